package rank

import (
	"math"

	"ashar/data"
)

// Persistence is the p at which lists are compared: the first five
// places carry 86 of 100 parts of the weight.
const Persistence = 0.8

// Tiers are the problems of a ranking that have a score, best first, each tier
// one place.
func Tiers(r Ranking) (tiers [][]data.ID) {
	for i, p := range r.Places {
		if p.Score == nil {
			continue
		}
		if i == 0 || p.Rank != r.Places[i-1].Rank {
			tiers = append(tiers, nil)
		}
		last := len(tiers) - 1
		tiers[last] = append(tiers[last], p.Problem)
	}
	return tiers
}

// Overlap is the rank-biased overlap of two lists, 0 (nothing in common) to 1
// (the same list): the share of problems that their tops have in common, at
// every depth d, weighted by p^(d-1). Lists may be of different lengths, and
// what they do not reach is extrapolated (RBO-ext, equation 32 of Webber, Moffat
// and Zobel, 2010). Tied problems stand together at the first of their places,
// so that a top may hold more than d; the share is then taken of the mean size
// of both tops (section 4.5 there). It is undefined, false, where a list is
// empty or p is not between 0 and 1.
func Overlap(a, b [][]data.ID, p float64) (rbo float64, ok bool) {
	if !(p > 0 && p < 1) {
		return 0, false
	}
	shares := depths(a, b)
	if len(shares) == 0 {
		return 0, false
	}
	weight := 1 - p
	for _, share := range shares {
		rbo += weight * share
		weight *= p
	}
	// Beyond the longer list the share stays as it is: sum of p^(d-1)(1-p) = p^l.
	return min(rbo+shares[len(shares)-1]*math.Pow(p, float64(len(shares))), 1), true
}

// depths are the shares in common of the tops of two lists at depth 1, 2, ...
// to the end of the longer one. Where the shorter list has ended, problems yet
// unseen are taken to agree as often as all of it did.
func depths(a, b [][]data.ID) (shares []float64) {
	x, y := topOfList(a), topOfList(b)
	if x.length > y.length {
		x, y = y, x
	}
	if x.length == 0 {
		return nil
	}
	both, rate := 0, 0.0
	for d := 1; d <= y.length; d++ {
		for _, p := range x.to(d) {
			both += y.seen(p)
		}
		for _, p := range y.to(d) {
			both += x.seen(p)
		}
		if d <= x.length {
			rate = 2 * float64(both) / float64(len(x.held)+len(y.held))
			shares = append(shares, rate)
			continue
		}
		unseen := rate * float64(d-x.length)
		shares = append(shares, 2*(float64(both)+unseen)/float64(d+len(y.held)))
	}
	return shares
}

// listTop is the best of a list down to some depth.
type listTop struct {
	tiers  [][]data.ID
	length int
	held   map[data.ID]bool
}

func topOfList(tiers [][]data.ID) *listTop {
	t := &listTop{tiers: tiers, held: map[data.ID]bool{}}
	for _, tier := range tiers {
		t.length += len(tier)
	}
	return t
}

// to reaches down to a depth, and says which problems came in: a tier comes in
// whole where its first place is reached.
func (t *listTop) to(depth int) (came []data.ID) {
	for len(t.tiers) > 0 && len(t.held) < depth {
		for _, p := range t.tiers[0] {
			t.held[p] = true
		}
		came = append(came, t.tiers[0]...)
		t.tiers = t.tiers[1:]
	}
	return came
}

func (t *listTop) seen(p data.ID) int {
	if t.held[p] {
		return 1
	}
	return 0
}

// TopSame says "same of the top of are the same": how many problems stand in
// the first n places of both lists. A tie for the n-th place comes in whole, and
// of is then the larger of both tops; shorter lists have shorter tops. It is
// undefined, false, where a list is empty or n is not positive.
func TopSame(a, b [][]data.ID, n int) (same, of int, ok bool) {
	x, y := topOfList(a), topOfList(b)
	if x.length == 0 || y.length == 0 || n < 1 {
		return 0, 0, false
	}
	x.to(n)
	for _, p := range y.to(n) {
		same += x.seen(p)
	}
	return same, max(len(x.held), len(y.held)), true
}
