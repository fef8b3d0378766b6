package rank

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"ashar/data"
)

// What the worked examples know and the product does not offer: other points for
// ties and short ballots, and other methods.

// convention is the points of a problem on one ballot of k problems among m: it
// shares its tier with t-1 others, and before stand above it. A problem that the
// ballot does not name is in no tier, with t 0.
type convention func(m, k, before, t int) *big.Rat

// The conventions. Where problems are tied, each has the mean of their places.
var (
	// borda1 is m to 1 points; those not named share the points left.
	borda1 convention = func(m, k, before, t int) *big.Rat {
		if t == 0 {
			before, t = k, m-k
		}
		return big.NewRat(int64(2*(m-before)-t+1), 2)
	}
	// pessimistic is m-1 to 0 points, and none for those not named.
	pessimistic convention = func(m, _, before, t int) *big.Rat {
		if t == 0 {
			return new(big.Rat)
		}
		return big.NewRat(int64(2*(m-1-before)-t+1), 2)
	}
	// modified is Emerson's: as many points for the first as the ballot names.
	modified convention = func(_, k, before, t int) *big.Rat {
		if t == 0 {
			return new(big.Rat)
		}
		return big.NewRat(int64(2*(k-before)-t+1), 2)
	}
	// symmetric is how many stand below, less how many above.
	symmetric convention = func(m, k, before, t int) *big.Rat {
		if t == 0 {
			before, t = k, m-k
		}
		return big.NewRat(int64(m-before-t-before), 1)
	}
)

func (c convention) points(ballots []data.Ballot, ids []data.ID) map[data.ID]*big.Rat {
	points := map[data.ID]*big.Rat{}
	for _, p := range ids {
		points[p] = new(big.Rat)
	}
	for _, b := range ballots {
		left := slices.Clone(ids)
		b.Tiers(func(before int, tier []data.Choice) {
			for _, choice := range tier {
				points[choice.Problem].Add(points[choice.Problem], c(len(ids), len(b), before, len(tier)))
				left = slices.DeleteFunc(left, func(p data.ID) bool { return p == choice.Problem })
			}
		})
		for _, p := range left {
			points[p].Add(points[p], c(len(ids), len(b), 0, 0))
		}
	}
	return points
}

func hasRatios(t *testing.T, what string, got map[data.ID]*big.Rat, want map[string]ratio) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	for name, n := range want {
		if got[named(name)] == nil || got[named(name)].Cmp(n.Rat) != 0 {
			t.Errorf("%s: %s has %s, want %s", what, name, got[named(name)], n)
		}
	}
}

// inOrder checks that numbers fall in the order of tiers.
func inOrder(t *testing.T, what string, got map[data.ID]*big.Rat, want []tier) {
	t.Helper()
	places, rank := placesOf(got), 1
	for _, tier := range want {
		for _, name := range tier {
			if places[named(name)].Best != rank {
				t.Errorf("%s: %s has the place %d, want %d", what, name, places[named(name)], rank)
			}
		}
		rank += len(tier)
	}
	if rank != len(got)+1 {
		t.Errorf("%s: an order of %d, want %d", what, rank-1, len(got))
	}
}

// Other conventions have other winners, which is why ours is fixed and printed.
func TestVectorOfOtherConventions(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			Pessimistic     map[string]ratio `json:"pessimistic_tail_zero"`
			Modified        map[string]ratio `json:"modified_emerson"`
			Symmetric       map[string]ratio `json:"symmetric"`
			PessimisticSays []tier           `json:"order_pessimistic"`
			ModifiedSays    []tier           `json:"order_modified"`
		}
	}
	vector(t, "borda-truncated-ties", &v)
	ballots, ids := ballotsOf(v.Input.Profile), idsOf(v.Input.Profile)
	worst, emerson, even := pessimistic.points(ballots, ids), modified.points(ballots, ids), symmetric.points(ballots, ids)
	hasRatios(t, "pessimistic", worst, v.Expected.Pessimistic)
	hasRatios(t, "modified", emerson, v.Expected.Modified)
	hasRatios(t, "symmetric", even, v.Expected.Symmetric)
	inOrder(t, "pessimistic", worst, v.Expected.PessimisticSays)
	inOrder(t, "modified", emerson, v.Expected.ModifiedSays)
	round := one(t, ballots, ids)
	whole := big.NewRat(int64(len(ballots)*(len(ids)-1)), 1) // the points that a score of 1 stands for
	for p, s := range scores(round.Count(data.People, Cut{})) {
		twice := new(big.Rat).Mul(s, new(big.Rat).Mul(whole, big.NewRat(2, 1)))
		if twice.Sub(twice, whole).Cmp(even[p]) != 0 {
			t.Errorf("the score %s is not that of the symmetric points %s", s, even[p])
		}
	}
}

func TestVectorOfPointsFromOne(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct{ Borda1 map[string]ratio }
	}
	vector(t, "borda-1781", &v)
	ballots, ids := ballotsOf(v.Input.Profile), idsOf(v.Input.Profile)
	points := borda1.points(ballots, ids)
	hasRatios(t, "m to 1 points", points, v.Expected.Borda1)
	round := one(t, ballots, ids)
	for p, s := range scores(round.Count(data.People, Cut{})) {
		got := new(big.Rat).Mul(s, big.NewRat(int64(len(ballots)*(len(ids)-1)), 1))
		if got.Add(got, big.NewRat(int64(len(ballots)), 1)).Cmp(points[p]) != 0 {
			t.Errorf("the score %s and %s points are not one more for each ballot", s, points[p])
		}
	}
}

// runoff drops the problem with the fewest first choices until one is left.
func runoff(t *testing.T, ballots []data.Ballot, ids []data.ID) data.ID {
	t.Helper()
	left := slices.Clone(ids)
	for len(left) > 1 {
		firsts := map[data.ID]int{}
		for _, b := range ballots {
			i := slices.IndexFunc(b, func(c data.Choice) bool { return slices.Contains(left, c.Problem) })
			firsts[b[i].Problem]++
		}
		slices.SortFunc(left, func(a, b data.ID) int { return firsts[b] - firsts[a] })
		last := len(left) - 1
		if firsts[left[last]] == firsts[left[last-1]] {
			t.Fatal("two have the fewest first choices")
		}
		left = left[:last]
	}
	return left[0]
}

// Four methods choose Nashville, dropping the last again and again Knoxville.
func TestVectorOfTheCapitalByOtherMethods(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			Pairs  []string `json:"ranked_pairs"`
			Runoff string   `json:"irv_winner"`
		}
	}
	vector(t, "tennessee", &v)
	ballots, ids := ballotsOf(v.Input.Profile), idsOf(v.Input.Profile)
	m := matrixOf(ids, ballots, oneEach)
	_, skipped, order := rankedPairs(m)
	if hasOrder(t, m, order, v.Expected.Pairs); len(skipped) > 0 {
		t.Errorf("there is no circle, and %v were skipped", skipped)
	}
	if winner := runoff(t, ballots, ids); winner != named(v.Expected.Runoff) {
		t.Errorf("left over is %s, want %s", winner[:], v.Expected.Runoff)
	}
}

// Over all draws of groups the mean of the scores is their mean over the groups.
func TestVectorOfTheMeanOfAllDraws(t *testing.T) {
	var v struct {
		Input struct {
			Groups []map[string]float64 `json:"group_scores"`
		}
		Expected  struct{ Mean map[string]ratio }
		Tolerance float64
	}
	vector(t, "bootstrap-exact-27", &v)
	exactly, drawn := map[data.ID]*big.Rat{}, map[string]float64{}
	n := len(v.Input.Groups)
	for _, g := range v.Input.Groups {
		for name, score := range g {
			addTo(exactly, named(name), new(big.Rat).Quo(exact(score), big.NewRat(int64(n), 1)))
		}
	}
	for at := range n * n * n {
		for _, g := range []int{at % n, at / n % n, at / n / n} {
			for name, score := range v.Input.Groups[g] {
				drawn[name] += score / float64(n*n*n*n)
			}
		}
	}
	hasRatios(t, "mean", exactly, v.Expected.Mean)
	for name, got := range drawn {
		if want, _ := v.Expected.Mean[name].Float64(); math.Abs(got-want) > v.Tolerance {
			t.Errorf("the draws have %s at %v, the groups at %v", name, got, want)
		}
	}
}
