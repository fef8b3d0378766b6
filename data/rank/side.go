package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// sideCount is the scores of one cut, kept in such a way that they can be had
// without any one voice too.
type sideCount struct {
	round  *Round
	view   data.View
	cut    Cut
	named  []data.ID
	scores []*big.Rat // of the problems named; nil where there is no order
	raked  bool       // its residents depend on all voices that the round counts

	// The scores are sums over total. A voice of the side, by its place in the
	// round, gives its factor times its own score and denominator to them.
	sums    []*big.Int
	total   *big.Int
	factors map[int]*big.Int
}

// side counts a cut. The problems are those that the whole round names, and
// stay so whichever voice is left out.
func (r *Round) side(view data.View, cut Cut) *sideCount {
	s := &sideCount{round: r, view: view, cut: cut, named: r.Named()}
	s.count(r)
	return s
}

// count sums up the voices of a round, in integers over one denominator.
func (s *sideCount) count(r *Round) {
	c := counting{round: r, named: s.named, ranking: Ranking{View: s.view}}
	var at []int
	for i := range r.Voices {
		if v := &r.Voices[i]; s.cut.holds(v) && v.Stays == Counts && !(v.Mixed && s.cut.parts()) {
			c.scored = append(c.scored, v)
			at = append(at, i)
		}
	}
	m := len(s.named)
	if m < 2 {
		return
	}
	weights := c.weigh(s.view, s.cut)
	s.raked = c.ranking.Raked != nil
	if weights == nil {
		return
	}
	factors, total := c.factors(weights, m)
	s.total, s.factors = total, map[int]*big.Int{}
	for i, f := range factors {
		s.factors[at[i]] = f
	}
	var product big.Int
	for _, p := range s.named {
		sum := new(big.Int)
		for i, v := range c.scored {
			sum.Add(sum, product.Mul(factors[i], big.NewInt(int64(v.score(p, m)))))
		}
		s.sums = append(s.sums, sum)
		s.scores = append(s.scores, new(big.Rat).SetFrac(sum, total))
	}
}

// without is the scores of the side without one voice of the round; nil where
// there is no order without it, and the same slice where it is not of the side.
func (s *sideCount) without(i int) []*big.Rat {
	f, inside := s.factors[i]
	v, m := &s.round.Voices[i], len(s.named)
	switch {
	case !inside && s.raked && v.Stays == Counts:
		return s.recount(i)
	case !inside:
		return s.scores
	case len(s.factors) == 1:
		return nil
	case s.view == data.Citizens:
		return s.recount(i)
	}
	// The weights of the others do not change: take its part away.
	var part big.Int
	total := new(big.Int).Sub(s.total, part.Mul(f, big.NewInt(int64(v.den(m)))))
	scores := make([]*big.Rat, m)
	for j, p := range s.named {
		part.Mul(f, big.NewInt(int64(v.score(p, m))))
		scores[j] = new(big.Rat).SetFrac(new(big.Int).Sub(s.sums[j], &part), total)
	}
	return scores
}

// recount counts anew without a voice, as the residents it stood for fall to
// others, or to nobody. Raking looks at the voices of the round itself, so it
// gets a round of which that voice stays out.
func (s *sideCount) recount(but int) []*big.Rat {
	r := *s.round
	r.Voices = slices.Clone(r.Voices)
	r.Voices[but].Stays = Silent
	rest := sideCount{round: &r, view: s.view, cut: s.cut, named: s.named}
	rest.count(&r)
	return rest.scores
}
