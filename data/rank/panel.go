package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// panel is what the voices of a cut say, laid out to be counted many times over
// with other weights.
type panel struct {
	*counting
	view    data.View
	cut     Cut
	weights []*big.Rat  // of the scored voices; nil where the view has no order
	points  [][]int     // the score of each voice for each named problem, times the voice's den
	shares  [][]float64 // the same scores, 0 to 1
	rest    *Round      // to leave voices out of; nil until one is
}

func (r *Round) panel(view data.View, cut Cut) *panel {
	p := &panel{counting: r.gather(view, cut, r.Named()), view: view, cut: cut}
	p.weights = p.weigh(view, cut)
	m := len(p.named)
	if p.weights == nil || m < 2 {
		return p
	}
	for _, v := range p.scored {
		points, shares, den := make([]int, m), make([]float64, m), float64(v.den(m))
		for i, problem := range p.named {
			points[i] = v.score(problem, m)
			shares[i] = float64(points[i]) / den
		}
		p.points, p.shares = append(p.points, points), append(p.shares, shares)
	}
	return p
}

// reason is why the panel cannot be counted in other ways, the end of a message
// key; empty where it can.
func (p *panel) reason() string {
	groups := 0
	for _, w := range p.weights {
		groups += w.Sign()
	}
	switch {
	case p.weights == nil || len(p.named) == 0:
		return "nothing"
	case len(p.named) < 2:
		return "problems"
	case groups < 2:
		return "groups"
	}
	return ""
}

// less are the weights where some of the scored voices weigh nothing, and all
// others what they weigh.
func (p *panel) less(some ...int) []*big.Rat {
	weights := slices.Clone(p.weights)
	for _, i := range some {
		weights[i] = new(big.Rat)
	}
	return weights
}

// without are the weights as if voices of the round, by their places there in
// order, had never met: others may stand in for their residents. They are nil
// where there is no order without them, and the same slice where it makes no
// difference.
func (p *panel) without(voices ...int) []*big.Rat {
	inside := p.inside(voices)
	raked := false // to figures that all voices belong to
	for _, voice := range voices {
		raked = raked || p.ranking.Raked != nil && p.round.Voices[voice].Stays == Counts
	}
	if len(inside) == 0 && !raked {
		return p.weights
	}
	if len(inside) == len(p.scored) || p.view != data.Citizens {
		return p.alone(voices...)
	}
	if p.rest == nil {
		rest := *p.round
		rest.Voices, p.rest = slices.Clone(rest.Voices), &rest
	}
	for _, voice := range voices {
		p.rest.Voices[voice].Stays = Silent
	}
	weights := p.rest.gather(p.view, p.cut, p.named).weigh(p.view, p.cut)
	for _, voice := range voices {
		p.rest.Voices[voice].Stays = p.round.Voices[voice].Stays
	}
	if weights == nil {
		return nil
	}
	for _, i := range inside {
		weights = slices.Insert(weights, i, new(big.Rat))
	}
	return weights
}

// alone are the weights where voices of the round weigh nothing, and the others
// what they weigh: their residents are left out with them. They are nil where
// nobody is left, and the same slice where it makes no difference.
func (p *panel) alone(voices ...int) []*big.Rat {
	inside := p.inside(voices)
	if len(inside) == 0 {
		return p.weights
	}
	weights := p.less(inside...)
	if !slices.ContainsFunc(weights, func(w *big.Rat) bool { return w.Sign() > 0 }) {
		return nil
	}
	return weights
}

// inside are those of the scored voices that are among voices of the round.
func (p *panel) inside(voices []int) (inside []int) {
	for _, voice := range voices {
		if i, ok := slices.BinarySearch(p.at, voice); ok {
			inside = append(inside, i)
		}
	}
	return inside
}

// blur is how far rounding can bring two scores apart, or together. A sum of n
// terms of one sign is off by n roundings, 1.1e-16 of it each, at the very most; a
// share and a weight bring a few more. Two sums are compared.
func (p *panel) blur() float64 { return float64(len(p.scored)+10) * 1e-15 }

// ranks are the competition ranks of the named problems under other weights.
// Scores are compared as floats where they are further apart than rounding can
// bring them, and as exact sums where they are not: the ranks are those that exact
// scores have.
func (p *panel) ranks(weights []*big.Rat) []int {
	scores := p.mean(weights)
	near, sums := p.blur(), p.sums(weights)
	compare := func(i, j int) int {
		if d := scores[j] - scores[i]; d > near {
			return 1
		} else if d < -near {
			return -1
		}
		if p.alike(weights, i, j) {
			return 0
		}
		x, _ := sums(i)
		y, _ := sums(j)
		return y.Cmp(x)
	}
	order := make([]int, len(p.named))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, compare)
	ranks := make([]int, len(order))
	for at, i := range order {
		ranks[i] = at + 1
		if at > 0 && compare(order[at-1], i) == 0 {
			ranks[i] = ranks[order[at-1]]
		}
	}
	return ranks
}

// mean weighs the shares together.
func (p *panel) mean(weights []*big.Rat) []float64 {
	total, scores := 0.0, make([]float64, len(p.named))
	for k, weight := range weights {
		w, _ := weight.Float64()
		if w == 0 {
			continue
		}
		total += w
		for i, share := range p.shares[k] {
			scores[i] += w * share
		}
	}
	for i := range scores {
		scores[i] /= total
	}
	return scores
}

// alike tells whether every voice that has weight says the same of two problems.
func (p *panel) alike(weights []*big.Rat, i, j int) bool {
	for k, w := range weights {
		if p.points[k][i] != p.points[k][j] && w.Sign() != 0 {
			return false
		}
	}
	return true
}

// sums are the exact scores, and what all of them are to be divided by; each is
// made when it is asked for, and once.
func (p *panel) sums(weights []*big.Rat) func(i int) (sum, total *big.Int) {
	var factors []*big.Int
	var total *big.Int
	made := make([]*big.Int, len(p.named))
	return func(i int) (*big.Int, *big.Int) {
		if factors == nil {
			factors, total = p.factors(weights, len(p.named))
		}
		if made[i] == nil {
			made[i] = new(big.Int)
			var product, points big.Int
			for k, f := range factors {
				made[i].Add(made[i], product.Mul(f, points.SetInt64(int64(p.points[k][i]))))
			}
		}
		return made[i], total
	}
}

// exact are the exact scores, 0 to 1.
func (p *panel) exact(weights []*big.Rat) func(i int) *big.Rat {
	sums := p.sums(weights)
	return func(i int) *big.Rat {
		return new(big.Rat).SetFrac(sums(i))
	}
}
