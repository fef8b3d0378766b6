package rank

import (
	"math"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// listOf writes a list short: "A B=C" has A first, then B and C tied.
func listOf(s string) (tiers [][]data.ID) {
	order(s).Tiers(func(_ int, tier []data.Choice) {
		var ids []data.ID
		for _, c := range tier {
			ids = append(ids, c.Problem)
		}
		tiers = append(tiers, ids)
	})
	return tiers
}

// overlapAtLeast is the smallest overlap that the unseen rest of two lists of
// the same length leaves possible (equation 11 of Webber, Moffat and Zobel).
func overlapAtLeast(shares []float64, p float64) float64 {
	k := len(shares)
	both := shares[k-1] * float64(k)
	sum := -both * math.Log(1-p)
	for d, share := range shares {
		sum += (share*float64(d+1) - both) * math.Pow(p, float64(d+1)) / float64(d+1)
	}
	return sum * (1 - p) / p
}

func TestVectorOfRankBiasedOverlap(t *testing.T) {
	var v struct {
		Input    struct{ S, T []tier }
		Expected struct {
			Average   []float64          `json:"average_overlap_by_depth"`
			Published []float64          `json:"average_overlap_published_3dp"`
			Least     float64            `json:"rbo_min_identical7_p0.9"`
			Swapped   float64            `json:"rbo_ext_swap_first_two_p0.9"`
			Weights   map[string]float64 `json:"weight_of_top_d"`
		}
	}
	vector(t, "rbo-webber", &v)
	list := func(tiers []tier) (ids [][]data.ID) {
		for _, tier := range tiers {
			ids = append(ids, []data.ID{named(tier[0])})
		}
		return ids
	}
	s := list(v.Input.S)
	sum := 0.0
	for d, share := range depths(s, list(v.Input.T)) {
		sum += share
		if mean := sum / float64(d+1); math.Abs(mean-v.Expected.Average[d]) > 1e-9 || math.Abs(mean-v.Expected.Published[d]) > 5e-4 {
			t.Errorf("average overlap to depth %d: %g, want %g", d+1, mean, v.Expected.Average[d])
		}
	}
	if least := overlapAtLeast(depths(s, s), 0.9); math.Abs(least-v.Expected.Least) > 1e-9 {
		t.Errorf("the same seven overlap by %g at least, want %g", least, v.Expected.Least)
	}
	swapped := append([][]data.ID{s[1], s[0]}, s[2:]...)
	if rbo, ok := Overlap(s, swapped, 0.9); !ok || math.Abs(rbo-v.Expected.Swapped) > 1e-9 {
		t.Errorf("first two swapped: %g, want %g", rbo, v.Expected.Swapped)
	}
	for name, c := range map[string]struct {
		p float64
		d int
	}{"p0.9_d10": {0.9, 10}, "p0.8_d5": {Persistence, 5}, "p0.8_d3": {Persistence, 3}, "p0.7_d3": {0.7, 3}} {
		if w := topWeight(c.p, c.d); math.Abs(w-v.Expected.Weights[name]) > 1e-9 {
			t.Errorf("the top %d at p = %g weigh %g, want %g", c.d, c.p, w, v.Expected.Weights[name])
		}
	}
}

func TestOverlapByHand(t *testing.T) {
	for _, c := range []struct {
		a, b string
		p    float64
		want float64
	}{
		{"A", "A", 0.5, 1},
		{"A", "B", 0.5, 0},
		{"A B", "B A", 0.5, 0.5},          // shares 0, 1, 1, ...
		{"A=B", "B A", 0.5, 0.5*2/3 + .5}, // shares 2/3, 1, 1, ...
		{"A=B", "B=A", 0.5, 1},
		{"A B C", "A", 0.5, 1},                                   // the shorter list agrees as far as it goes
		{"A B", "B", 0.5, 0.25*0.5 + 0.25*0.5},                   // shares 0 of 1, then B of both {A B} and {B, unseen}, and so on
		{"A B C", "A D", 0.5, 0.5 + 0.25/2 + 0.25*(1.5/3)},       // 1, 1/2, (1+1/2)/3
		{"A=B=C", "A D", 0.5, 0.5*2/4 + 0.25*2/5 + 0.25*2*1.4/6}, // 2*1/4, 2*1/5, 2*(1+2/5)/6 and so on
	} {
		got, ok := Overlap(listOf(c.a), listOf(c.b), c.p)
		back, _ := Overlap(listOf(c.b), listOf(c.a), c.p)
		if !ok || math.Abs(got-c.want) > 1e-12 || math.Abs(got-back) > 1e-12 {
			t.Errorf("%s and %s overlap by %g, the other way %g, want %g", c.a, c.b, got, back, c.want)
		}
	}
	for _, p := range []float64{0, 1, -1, math.NaN()} {
		if _, ok := Overlap(listOf("A"), listOf("A"), p); ok {
			t.Errorf("an overlap at p = %g", p)
		}
	}
	if _, ok := Overlap(nil, listOf("A"), 0.8); ok {
		t.Error("an overlap with nothing")
	}
}

func TestTheTopOfBothIsTheSame(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		n        int
		same, of int
		ok       bool
	}{
		{"A B C D", "D C B A", 2, 0, 2, true},
		{"A B C D", "B A D C", 2, 2, 2, true},
		{"A B C D", "B A D C", 3, 2, 3, true},
		{"A B=C D", "A D B C", 2, 1, 3, true}, // the tie comes in whole
		{"A B", "A B C D", 4, 2, 4, true},
		{"A", "B", 8, 0, 1, true},
		{"", "A", 3, 0, 0, false},
		{"A", "A", 0, 0, 0, false},
	} {
		same, of, ok := TopSame(listOf(c.a), listOf(c.b), c.n)
		if same != c.same || of != c.of || ok != c.ok {
			t.Errorf("top %d of %s and %s: %d of %d, %v", c.n, c.a, c.b, same, of, ok)
		}
	}
}

func TestTiersOfARanking(t *testing.T) {
	round := one(t, profile("2 A B=C D"), problems("D C Z B A"))
	got := Tiers(round.Count(data.People, Cut{}))
	want := listOf("A C=B D")
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if len(got[i]) != len(want[i]) || got[i][0] != want[i][0] {
			t.Errorf("tier %d is %v, want %v", i+1, got[i], want[i])
		}
	}
	if Tiers(Ranking{}) != nil {
		t.Error("nothing has tiers")
	}
}

func TestOverlapIsTheSameFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (tiers [][]data.ID) {
			all := problems("A B C D E F G H")
			for _, p := range rapid.Permutation(all).Draw(t, name)[:rapid.IntRange(1, len(all)).Draw(t, "length")] {
				if len(tiers) > 0 && rapid.IntRange(0, 2).Draw(t, "tied") == 0 {
					tiers[len(tiers)-1] = append(tiers[len(tiers)-1], p)
				} else {
					tiers = append(tiers, []data.ID{p})
				}
			}
			return tiers
		}
		a, b, p := draw("a"), draw("b"), rapid.Float64Range(0.05, 0.95).Draw(t, "p")
		x, okX := Overlap(a, b, p)
		y, okY := Overlap(b, a, p)
		if !okX || !okY || math.Abs(x-y) > 1e-12 || x < 0 || x > 1 {
			t.Fatalf("%v and %v: %g and %g", a, b, x, y)
		}
		if own, _ := Overlap(a, a, p); math.Abs(own-1) > 1e-12 {
			t.Fatalf("%v with itself: %g", a, own)
		}
		n := rapid.IntRange(1, 9).Draw(t, "n")
		same, of, _ := TopSame(a, b, n)
		if s, o, _ := TopSame(b, a, n); s != same || o != of || same > of {
			t.Fatalf("%d of %d, and %d of %d", same, of, s, o)
		}
		if same, of, _ := TopSame(a, a, n); same != of {
			t.Fatalf("%d of its own %d", same, of)
		}
	})
}

func TestVectorOfSpearman(t *testing.T) {
	var v struct {
		Input    struct{ X, Y []float64 }
		Expected struct{ Rho float64 }
	}
	vector(t, "spearman-iq-tv", &v)
	if rho, ok := Spearman(v.Input.X, v.Input.Y); !ok || math.Abs(rho-v.Expected.Rho) > 1e-9 {
		t.Errorf("got %g, want %g", rho, v.Expected.Rho)
	}
}

func TestSpearmanWithTies(t *testing.T) {
	for _, c := range []struct {
		x, y []int
		want float64
		ok   bool
	}{
		{[]int{1, 2, 3}, []int{10, 20, 30}, 1, true},
		{[]int{1, 2, 3}, []int{3, 2, 1}, -1, true},
		{[]int{1, 1, 2}, []int{1, 2, 3}, math.Sqrt(3) / 2, true},
		{[]int{1, 1, 1}, []int{1, 2, 3}, 0, false},
		{[]int{1}, []int{1}, 0, false},
		{[]int{1, 2}, []int{1}, 0, false},
		{nil, nil, 0, false},
	} {
		if rho, ok := Spearman(c.x, c.y); ok != c.ok || math.Abs(rho-c.want) > 1e-12 {
			t.Errorf("%v and %v: %g, %v", c.x, c.y, rho, ok)
		}
	}
}

func TestSpearmanIsACorrelation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "length")
		x := rapid.SliceOfN(rapid.IntRange(0, 6), n, n).Draw(t, "x")
		y := rapid.SliceOfN(rapid.IntRange(0, 6), n, n).Draw(t, "y")
		a, okA := Spearman(x, y)
		b, okB := Spearman(y, x)
		if a != b || okA != okB || a < -1-1e-12 || a > 1+1e-12 {
			t.Fatalf("%g and %g", a, b)
		}
		// Of two orders without ties, W is (rho+1)/2.
		if c := Kendall([][]int{x, y}, nil); okA {
			w, _ := c.W.Float64()
			if rho := 2*w - 1; math.Abs(rho-a) > 1e-9 && untied(x) && untied(y) {
				t.Fatalf("W %g, rho %g", w, a)
			}
		}
	})
}

func untied(x []int) bool {
	x = slices.Sorted(slices.Values(x))
	return len(slices.Compact(x)) == len(x)
}

// topWeight is the part of the weight of an overlap that the first d places
// carry, 0 to 1 (equation 21 of Webber, Moffat and Zobel, 2010).
func topWeight(p float64, d int) float64 {
	rest := math.Log(1 / (1 - p))
	for i := 1; i < d; i++ {
		rest -= math.Pow(p, float64(i)) / float64(i)
	}
	return 1 - math.Pow(p, float64(d-1)) + (1-p)/p*float64(d)*rest
}
