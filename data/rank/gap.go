package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// Gap is how differently two kinds of people score a problem.
type Gap struct {
	Problem data.ID
	One     *big.Rat // score of the one side, 0 to 1
	Other   *big.Rat // score of the other
	Gap     *big.Rat // One less Other, -1 to 1

	// Low and High are the smallest and the largest gap that comes out when any
	// one group is left out, in either way that Leave does it, the gap of all groups
	// among them. Alone is how many groups cannot be left out, because a side has no
	// order without them.
	Low, High *big.Rat
	Alone     int

	// Contested: the gap is at least the limit, every group can be left out, and
	// whichever is, the same side wants the problem more. Untried: the same, but some
	// group cannot be left out, so that the gap may be a single group's.
	Contested, Untried bool
}

// BySex narrows a cut to women and to men.
func (c Cut) BySex() (women, men Cut) {
	female, male := data.Female, data.Male
	women, men = c, c
	women.Sex, men.Sex = &female, &male
	return women, men
}

// ByAge narrows a cut to the young, those of the bands that end before an age
// in whole years, and to everybody else whose band is said. It is false where
// the scheme has no such two sides, or a band lies on both.
func (c Cut) ByAge(scheme data.Scheme, before int) (young, old Cut, ok bool) {
	var under, over []data.Band
	for _, band := range scheme.Bands {
		switch from, to, err := band.Ages(); {
		case err == nil && to < before:
			under = append(under, band)
		case err == nil && from < before:
			return c, c, false
		default:
			over = append(over, band)
		}
	}
	young, old = c, c
	young.Bands, old.Bands = &under, &over
	return young, old, len(under) > 0 && len(over) > 0
}

// Gaps compares the scores of two sides in a view, in the order of the round's
// problems. The limit, 0 to 1, is the gap from which a problem is contested. It
// is nil where one side has no order, or the round names fewer than two problems.
func (r *Round) Gaps(view data.View, one, other Cut, limit float64) []Gap {
	a, b := r.panel(view, one), r.panel(view, other)
	if a.points == nil || b.points == nil {
		return nil
	}
	gaps := make([]Gap, len(a.named))
	x, y := a.exact(a.weights), b.exact(b.weights)
	for j := range gaps {
		g := &gaps[j]
		g.Problem, g.One, g.Other = a.named[j], x(j), y(j)
		g.Gap = new(big.Rat).Sub(g.One, g.Other)
		g.Low, g.High = g.Gap, g.Gap
	}
	for i := range r.Voices {
		ways := [][2][]*big.Rat{{a.without(i), b.without(i)}}
		if view == data.Citizens { // else both ways are one
			ways = append(ways, [2][]*big.Rat{a.alone(i), b.alone(i)})
		}
		if slices.ContainsFunc(ways, func(way [2][]*big.Rat) bool { return way[0] == nil || way[1] == nil }) {
			for j := range gaps {
				gaps[j].Alone++
			}
			continue
		}
		for _, way := range ways {
			if x, y := way[0], way[1]; &x[0] != &a.weights[0] || &y[0] != &b.weights[0] { // of either side
				reach(gaps, a, b, x, y)
			}
		}
	}
	atLeast := exact(limit)
	for j := range gaps {
		g := &gaps[j]
		wide := new(big.Rat).Abs(g.Gap).Cmp(atLeast) >= 0 && g.Low.Sign()*g.High.Sign() > 0
		g.Contested, g.Untried = wide && g.Alone == 0, wide && g.Alone > 0
	}
	return gaps
}

// reach widens the ranges of gaps to those under other weights. Most are well
// inside, which floats can tell.
func reach(gaps []Gap, a, b *panel, x, y []*big.Rat) {
	one, other, near := a.mean(x), b.mean(y), a.blur()+b.blur()
	exactOne, exactOther := a.exact(x), b.exact(y)
	for j := range gaps {
		g := &gaps[j]
		low, _ := g.Low.Float64()
		high, _ := g.High.Float64()
		if gap := one[j] - other[j]; low+near < gap && gap < high-near {
			continue
		}
		gap := new(big.Rat).Sub(exactOne(j), exactOther(j))
		if gap.Cmp(g.Low) < 0 {
			g.Low = gap
		}
		if gap.Cmp(g.High) > 0 {
			g.High = gap
		}
	}
}
