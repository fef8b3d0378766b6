package rank

import (
	"cmp"
	"math/big"
	"slices"

	"ashar/data"
)

// trim keeps a few people from standing for very many, or for hardly anybody: a
// person weight, the weight of a voice over its people, is brought to the
// bounds of factor times the median and the median over factor, once. Then the
// weights of each village and sex are brought back to what they added up to,
// once, so that residents still add up; a weight may end a little beyond its
// bound. All of it is exact. Where no weight is beyond the bounds the weights
// are handed back as they came. A factor below 1 does not trim.
func (c *counting) trim(weights []*big.Rat, cut Cut) []*big.Rat {
	factor := exact(c.round.Rule.Trim)
	if weights == nil || factor.Cmp(big.NewRat(1, 1)) < 0 {
		return weights
	}
	median := c.middle(weights, cut)
	low, high := new(big.Rat).Quo(median, factor), new(big.Rat).Mul(median, factor)
	trimmed, beyond := slices.Clone(weights), make([]bool, len(weights))
	for i, w := range weights {
		n := big.NewRat(int64(c.scored[i].N), 1)
		if least := new(big.Rat).Mul(low, n); w.Sign() > 0 && w.Cmp(least) < 0 {
			trimmed[i], beyond[i] = least, true
		}
		if most := new(big.Rat).Mul(high, n); w.Cmp(most) > 0 {
			trimmed[i], beyond[i] = most, true
		}
	}
	if !slices.Contains(beyond, true) {
		return weights
	}
	c.bringBack(trimmed, weights)
	for i := range beyond {
		if beyond[i] && trimmed[i].Cmp(weights[i]) != 0 {
			c.ranking.Trimmed++
		}
	}
	return trimmed
}

// middle is the median that weights are trimmed by. Villages and sexes are
// trimmed by that of the whole round, or women and men would no longer add up
// to all. A session or a tag has weights of its own, and so a median of its own.
func (c *counting) middle(weights []*big.Rat, cut Cut) *big.Rat {
	if cut != (Cut{}) && cut.Session == nil && cut.Tag == nil {
		whole := c.round.gather(data.Citizens, Cut{}, c.named)
		if all := whole.residents(Cut{}); all != nil {
			return whole.median(all)
		}
	}
	return c.median(weights)
}

// median is the median weight of a person, of those who stand for somebody.
func (c *counting) median(weights []*big.Rat) *big.Rat {
	type some struct { // people of one weight
		weight *big.Rat
		n      int
	}
	var all []some
	people := 0
	for i, w := range weights {
		if n := c.scored[i].N; w.Sign() > 0 {
			all = append(all, some{new(big.Rat).Quo(w, big.NewRat(int64(n), 1)), n})
			people += n
		}
	}
	slices.SortFunc(all, func(a, b some) int { return a.weight.Cmp(b.weight) })
	at := func(k int) *big.Rat { // the k-th person, from 0
		for _, s := range all {
			if k -= s.n; k < 0 {
				return s.weight
			}
		}
		return new(big.Rat)
	}
	sum := new(big.Rat).Add(at((people-1)/2), at(people/2))
	return sum.Quo(sum, big.NewRat(2, 1))
}

// bringBack scales the weights of each village and sex to the sums they had.
func (c *counting) bringBack(weights, had []*big.Rat) {
	before, after := map[side]*big.Rat{}, map[side]*big.Rat{}
	for i, v := range c.scored {
		if h, ok := c.home(v); ok {
			addTo(before, side{h.village, h.sex}, had[i])
			addTo(after, side{h.village, h.sex}, weights[i])
		}
	}
	for i, v := range c.scored {
		h, ok := c.home(v)
		k := side{h.village, h.sex}
		if ok && weights[i].Sign() > 0 && before[k].Cmp(after[k]) != 0 {
			weights[i] = new(big.Rat).Mul(weights[i], new(big.Rat).Quo(before[k], after[k]))
		}
	}
}

// kish is the effective number of people, (sum of w)^2 / (sum of w^2) over
// persons (Kish, 1965). It is summed from small to large, so that the order of
// voices changes no digit.
func (c *counting) kish(weights []*big.Rat) float64 {
	type part struct{ sum, square float64 }
	var parts []part
	for i, weight := range weights {
		if n := c.scored[i].N; n > 0 {
			w, _ := weight.Float64()
			parts = append(parts, part{w, w * w / float64(n)})
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(cmp.Compare(a.sum, b.sum), cmp.Compare(a.square, b.square)) })
	var all part
	for _, p := range parts {
		all.sum += p.sum
		all.square += p.square
	}
	if all.square == 0 {
		return 0
	}
	return all.sum * all.sum / all.square
}
