package rank

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// judged are orders of a worked example in doubled places.
func judged(judges [][]float64) (orders [][]int) {
	for _, judge := range judges {
		var order []int
		for _, place := range judge {
			order = append(order, int(2*place))
		}
		orders = append(orders, order)
	}
	return orders
}

func doubledSums(orders [][]int) []int64 {
	sums := make([]int64, len(orders[0]))
	for _, order := range orders {
		for i, place := range meanPlaces(order) {
			sums[i] += place
		}
	}
	return sums
}

func TestVectorsOfConcordance(t *testing.T) {
	for _, name := range []string{"kendall-w-16", "kendall-w-1948"} {
		t.Run(name, func(t *testing.T) {
			var v struct {
				Input    struct{ Judges [][]float64 }
				Expected struct {
					Sums      []ratio `json:"rank_sums"`
					S         int64
					W         ratio
					Plain     float64           `json:"W_uncorrected"`
					Published float64           `json:"W_published"`
					Chi2      *float64          `json:"friedman_chi2"`
					P         *ratio            `json:"exact_p"`
					Tail      map[string]*ratio `json:"exact_tail_by_friedman_chi2"`
				}
				Tolerance float64
			}
			vector(t, name, &v)
			orders, e := judged(v.Input.Judges), v.Expected
			k, n := int64(len(orders)), int64(len(orders[0]))
			sums := doubledSums(orders)
			for i, want := range e.Sums {
				if big.NewRat(sums[i], 2).Cmp(want.Rat) != 0 {
					t.Errorf("problem %d has places that add up to %d/2, want %s", i+1, sums[i], want.Rat)
				}
			}
			if s := rankDeviation(sums, k); s != 4*e.S {
				t.Errorf("S is %d/4, want %d", s, e.S)
			}
			c := Kendall(orders, nil)
			got, _ := c.W.Float64()
			want, _ := e.W.Float64()
			if math.Abs(got-want) > 1e-9 || c.K != int(k) || c.N != int(n) || (c.How == "exact") != (e.P != nil) {
				t.Errorf("got %+v, want W %s", c, e.W)
			}
			if e.Published != 0 && math.Abs(got-e.Published) > 5e-4 {
				t.Errorf("W is %g, published %g", got, e.Published)
			}
			if plain := 12 * float64(e.S) / float64(k*k*(n*n*n-n)); e.Plain != 0 && math.Abs(plain-e.Plain) > 1e-9 {
				t.Errorf("without ties W is %g, want %g", plain, e.Plain)
			}
			if e.Chi2 != nil && math.Abs(c.Chi2-*e.Chi2) > 1e-12 {
				t.Errorf("chi-square %g, want %g", c.Chi2, *e.Chi2)
			}
			hasChances(t, orders, 4*e.S, e.P, e.Tail)
		})
	}
}

// hasChances checks how often orders at random deviate as much, s being four
// times the deviation, and how often by each chi-square.
func hasChances(t *testing.T, orders [][]int, s int64, want *ratio, tail map[string]*ratio) {
	t.Helper()
	var places [][]int64
	for _, order := range orders {
		places = append(places, meanPlaces(order))
	}
	if want != nil {
		if p, _ := exactChance(arranged(places), s); p.Cmp(want.Rat) != 0 {
			t.Errorf("by chance in %s, want %s", p, want)
		}
	}
	k, n := int64(len(orders)), int64(len(orders[0]))
	for chi2, want := range tail { // chi2 = 12 S / (k n (n+1))
		x, err := strconv.ParseFloat(chi2, 64)
		if err != nil {
			t.Fatal(err)
		}
		s := int64(math.Round(4 * x * float64(k*n*(n+1)) / 12))
		if p, _ := exactChance(arranged(places), s); p.Cmp(want.Rat) != 0 {
			t.Errorf("chi-square %s or more by chance in %s, want %s", chi2, p, want)
		}
	}
}

// The four groups of the village agree no better than by chance: their one
// order hides that women and men want different things.
func TestVectorOfTheVillageInDiscord(t *testing.T) {
	round, e := villageRound(t)
	for _, view := range data.Views {
		c := Concordant(round.Break(view, Cut{}, By{Sex: true, Band: true}), nil)
		if c.W == nil || c.W.Cmp(e.W.Rat) != 0 || math.Abs(c.Chi2-e.Chi2) > 1e-9 || c.K != 4 || c.N != 6 {
			t.Errorf("%s: got %+v, want W %s", view, c, e.W)
		}
		if p := chiTail(c.Chi2, 5); math.Abs(p-0.77) > 0.005 || c.How == "chi2" || math.Abs(c.P-p) > 0.1 {
			t.Errorf("%s: p %g (%s), by chi-square %g", view, c.P, c.How, p)
		}
	}
	women, men := Cut{}.BySex()
	a, b := round.Count(data.Citizens, women), round.Count(data.Citizens, men)
	if g := Agree(a, b); math.Abs(g.Tau-e.Tau) > 1e-9 {
		t.Errorf("tau-b %g, want %g", g.Tau, e.Tau)
	}
	if rho, ok := SpearmanOf(a, b); !ok || math.Abs(rho-e.Spearman) > 1e-9 {
		t.Errorf("Spearman %g, want %g", rho, e.Spearman)
	}
}

func TestConcordanceIsUndefined(t *testing.T) {
	for _, c := range []struct {
		orders [][]int
		reason string
	}{
		{nil, "groups"},
		{[][]int{{1, 2, 3}}, "groups"},
		{[][]int{{}, {}}, "problems"},
		{[][]int{{1}, {1}}, "problems"},
		{[][]int{{1, 1, 1}, {2, 2, 2}, {5, 5, 5}}, "ties"},
	} {
		if got := Kendall(c.orders, nil); got.W != nil || got.Reason != c.reason || got.P != 0 || got.How != "" {
			t.Errorf("%v: %+v, want %s", c.orders, got, c.reason)
		}
	}
	all := Kendall([][]int{{1, 2, 3}, {1, 1, 1}}, nil) // one of them tells them apart
	if all.W == nil || all.W.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("got %+v", all)
	}
}

// A part that said nothing is no order among the others, and is listed.
func TestASilentPartIsLeftOutOfConcordance(t *testing.T) {
	m := meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{
		{group: data.Group{Sex: data.Female}, n: 3, ballots: profile("3 A B C")},
		{group: data.Group{Sex: data.Male}, n: 2, ballots: profile("2 A C B")},
		{n: 4},
	}}
	round := Round{Voices: m.voices(t, nil), Problems: problems("A B C Z"), Scheme: data.Scheme{Sexes: true}}
	c := Concordant(round.Break(data.People, Cut{}, By{Sex: true}), nil)
	if c.K != 2 || c.N != 3 || len(c.Without) != 1 || *c.Without[0].Sex != data.UnknownSex || c.W.Cmp(big.NewRat(3, 4)) != 0 {
		t.Errorf("got %+v", c)
	}
}

// byBrute is W by its definition, in floating point, and how often all
// arrangements one by one have as much.
func byBrute(orders [][]int) (w, p float64) {
	n, k := len(orders[0]), float64(len(orders))
	of := func(orders [][]int) (s float64) {
		for _, sum := range doubledSums(orders) {
			s += math.Pow(float64(sum)/2-k*float64(n+1)/2, 2)
		}
		return s
	}
	ties := 0.0
	for _, order := range orders {
		for _, x := range order {
			same := 0.0 // each of t tied adds t^2-1: together t^3-t
			for _, y := range order {
				if x == y {
					same++
				}
			}
			ties += same*same - 1
		}
	}
	s, as, all := of(orders), 0, 0
	var arrange func(g, i int)
	arrange = func(g, i int) {
		switch {
		case g == len(orders):
			all++
			if of(orders) > s-1e-9 {
				as++
			}
		case i == n:
			arrange(g+1, 0)
		default:
			for j := i; j < n; j++ {
				orders[g][i], orders[g][j] = orders[g][j], orders[g][i]
				arrange(g, i+1)
				orders[g][i], orders[g][j] = orders[g][j], orders[g][i]
			}
		}
	}
	arrange(0, 0)
	return 12 * s / (k*k*float64(n*n*n-n) - k*ties), float64(as) / float64(all)
}

func TestConcordanceIsThatOfAllArrangements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(2, 4).Draw(t, "problems"), rapid.IntRange(2, 3).Draw(t, "groups")
		orders := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(1, n), n, n), k, k).Draw(t, "orders")
		c := Kendall(orders, nil)
		if c.W == nil {
			if c.Reason != "ties" || slices.ContainsFunc(orders, func(o []int) bool { return slices.Min(o) < slices.Max(o) }) {
				t.Fatalf("undefined: %+v", c)
			}
			return
		}
		w, p := byBrute(orders)
		if got, _ := c.W.Float64(); math.Abs(got-w) > 1e-9 || math.Abs(c.P-p) > 1e-12 || c.How != "exact" {
			t.Fatalf("got %+v, by hand W %g and %g", c, w, p)
		}
	})
}

// W is between 0 and 1, the chance too, and neither knows in which order groups
// and problems are listed, or how places are written.
func TestConcordanceHasNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(2, 9).Draw(t, "problems"), rapid.IntRange(2, 24).Draw(t, "groups")
		orders := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(1, n), n, n), k, k).Draw(t, "orders")
		a := Kendall(orders, nil)
		at := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range n {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "problems turned")
		var turned [][]int
		for _, order := range rapid.Permutation(orders).Draw(t, "groups turned") {
			var o []int
			for _, i := range at {
				o = append(o, 10*order[i]-3)
			}
			turned = append(turned, o)
		}
		b := Kendall(turned, nil)
		if (a.W == nil) != (b.W == nil) || a.W != nil && (a.W.Cmp(b.W) != 0 || a.P != b.P || a.How != b.How) {
			t.Fatalf("%+v, turned %+v", a, b)
		}
		if a.W != nil && (a.W.Sign() < 0 || a.W.Cmp(big.NewRat(1, 1)) > 0 || !(a.P >= 0 && a.P <= 1)) {
			t.Fatalf("got %+v", a)
		}
	})
}

func TestTheSameOrderAgreesWhollyWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.SliceOfN(rapid.IntRange(1, 9), 2, 9).Draw(t, "order")
		c := Kendall([][]int{order, order, order}, nil)
		if slices.Min(order) < slices.Max(order) && (c.W == nil || c.W.Cmp(big.NewRat(1, 1)) != 0 || math.Abs(c.Spearman-1) > 1e-9) {
			t.Fatalf("got %+v", c)
		}
	})
}
