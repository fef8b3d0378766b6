package rank

import (
	"math"
	"math/big"
	"slices"

	"ashar/data"
)

// Wanted is how much a problem is wanted by every part of a break-down.
type Wanted struct {
	Problem data.ID
	Value   float64 // above 0 (some part does not name it) to below 1 (everybody of every part does)
	Strata  int     // parts that it is the mean of, two or more
}

// Consensus tells, for every problem that the round names, how much all parts
// of a break-down want it: the geometric mean over the parts of (x+1/2)/(n+1),
// x of n people of the part having the problem among their first three. One
// part that does not want it pulls the mean down, which more votes elsewhere
// cannot make good; and unlike the product that Polis takes
// (group-aware-consensus) it does not fall only because there are more parts.
//
// Voices that stay out of the score stay out here, and the one voice of a mixed
// meeting stays out where sexes, bands or tags are told apart. Most wanted
// first, equals in the order of the round. It is undefined, nil, with fewer than
// two parts.
func (r *Round) Consensus(cut Cut, by By) []Wanted {
	named := r.Named()
	naming := map[kind]*topThree{}
	apart := cut.parts() || by.Sex || by.Band || by.Tag
	for i := range r.Voices {
		v := &r.Voices[i]
		if !cut.Holds(v) || v.Stays != Counts || v.Mixed && apart {
			continue
		}
		part := naming[by.of(v)]
		if part == nil {
			part = &topThree{x: make([]int, len(named))}
			naming[by.of(v)] = part
		}
		part.add(v, named)
	}
	if len(naming) < 2 {
		return nil
	}
	type wanted struct {
		Wanted
		product *big.Int // of 2x+1: equals are told exactly
	}
	all := make([]wanted, len(named))
	for j, problem := range named {
		x, n := make([]int, 0, len(naming)), make([]int, 0, len(naming))
		product := big.NewInt(1)
		for _, part := range naming {
			x, n = append(x, part.x[j]), append(n, part.n)
			product.Mul(product, big.NewInt(int64(2*part.x[j]+1)))
		}
		all[j] = wanted{Wanted{problem, geometric(x, n), len(naming)}, product}
	}
	slices.SortStableFunc(all, func(a, b wanted) int { return b.product.Cmp(a.product) })
	sorted := make([]Wanted, len(all))
	for i, w := range all {
		sorted[i] = w.Wanted
		if i > 0 && all[i-1].product.Cmp(w.product) == 0 {
			sorted[i].Value = sorted[i-1].Value
		}
	}
	return sorted
}

// topThree counts the people of one part, and for each problem those who have
// it among their first three.
type topThree struct {
	x []int
	n int
}

func (t *topThree) add(v *Voice, named []data.ID) {
	for j, problem := range named {
		x, n := v.wants(problem)
		t.x[j] += x
		if j == 0 { // the same people whichever problem
			t.n += n
		}
	}
}

// geometric is the geometric mean of (x+1/2)/(n+1), in logarithms, so that many
// parts do not end in 0. It sorts first: the same parts have the same mean in
// whatever order they come.
func geometric(x, n []int) float64 {
	logs := make([]float64, len(x))
	for i := range x {
		logs[i] = math.Log((float64(x[i]) + 0.5) / (float64(n[i]) + 1))
	}
	slices.Sort(logs)
	sum := 0.0
	for _, l := range logs {
		sum += l
	}
	return math.Exp(sum / float64(len(logs)))
}

// wants tells how many of the n people behind a voice have the problem among
// their first three. Of a tally those are the people who gave it a vote. Where a
// group has one voice, an agreed order or a matrix, all its people have what
// stands in the first three places there.
func (v *Voice) wants(problem data.ID) (x, n int) {
	said := v.Said.Of(problem)
	switch v.Form {
	case data.Tally:
		return said.Mentions, v.hands()
	case data.Order:
		return min(said.Top, 1) * v.N, v.N
	case data.Pairs:
		if v.Said.Has(problem) && v.above(said.Wins) < 3 {
			return v.N, v.N
		}
		return 0, v.N
	}
	return said.Top, v.Ballots
}

// above is how many problems of a matrix win more than so many halves.
func (v *Voice) above(halves int) (n int) {
	for _, said := range v.Said.All() {
		if said.Wins > halves {
			n++
		}
	}
	return n
}
