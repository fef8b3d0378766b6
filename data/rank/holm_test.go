package rank

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func spansOf(pairs [][2]int) (spans []Span) {
	for _, p := range pairs {
		spans = append(spans, Span{p[0], p[1]})
	}
	return spans
}

// pValue is p of the sign test as a float, both ways: exactly, and as the float
// that decides where it can.
func pValue(t *testing.T, x, y int) float64 {
	t.Helper()
	p, _ := tail(x, y).Float64()
	if x > y {
		if s := newSignTest(0, 1, x, y); math.Abs(math.Exp(s.log)-p) > s.off*p+1e-300 {
			t.Errorf("%d against %d: the float gives %g, the sum %g", x, y, math.Exp(s.log), p)
		}
	}
	return p
}

func TestVectorOfFirstSets(t *testing.T) {
	var v struct {
		Input struct {
			Cases    [][]int
			Coverage float64
		}
		Expected struct {
			Holm       [][][2]int
			Bonferroni [][2]int `json:"bonferroni_case1"`
		}
	}
	vector(t, "rank-sets-multinomial", &v)
	for i, counts := range v.Input.Cases {
		if got := FirstSets(counts, v.Input.Coverage); !slices.Equal(got, spansOf(v.Expected.Holm[i])) {
			t.Errorf("%v: %v, want %v", counts, got, v.Expected.Holm[i])
		}
	}
	counts := v.Input.Cases[0]
	m := len(counts)
	bound := new(big.Rat).Quo(big.NewRat(1, 20), big.NewRat(int64(m*(m-1)), 1))
	single := spans(m, func(i, j int) bool { return tail(counts[i], counts[j]).Cmp(bound) <= 0 })
	if !slices.Equal(single, spansOf(v.Expected.Bonferroni)) {
		t.Errorf("Bonferroni: %v, want %v", single, v.Expected.Bonferroni)
	}
}

func TestVectorOfPairSets(t *testing.T) {
	var v struct {
		Input struct {
			Profile  []bloc
			Coverage float64
		}
		Expected struct {
			Sets map[string][2]int  `json:"rank_sets"`
			P    map[string]float64 `json:"one_sided_p"`
		}
		Tolerance float64
	}
	vector(t, "rank-sets-pairwise", &v)
	cities := []string{"Memphis", "Nashville", "Chattanooga", "Knoxville"}
	wins := make([][]int, len(cities))
	for i, a := range cities {
		wins[i] = make([]int, len(cities))
		for j, b := range cities {
			for _, ballot := range ballotsOf(v.Input.Profile) {
				if place(ballot, named(a)) < place(ballot, named(b)) {
					wins[i][j]++
				}
			}
		}
	}
	for i, set := range pairSets(wins, v.Input.Coverage) {
		if want := v.Expected.Sets[cities[i]]; set != (Span{want[0], want[1]}) {
			t.Errorf("%s: %v, want %v", cities[i], set, want)
		}
	}
	for name, want := range v.Expected.P {
		x, y := wins[1][0], wins[0][1]
		if name == "Nashville>Chattanooga" {
			x, y = wins[1][2], wins[2][1]
		}
		if got := pValue(t, x, y); math.Abs(got-want) > v.Tolerance {
			t.Errorf("%s: p %g, want %g", name, got, want)
		}
	}
}

func TestVectorOfWhoWouldHaveToChange(t *testing.T) {
	var v struct {
		Input struct {
			Votes    map[string][]int
			Coverage float64
		}
		Expected struct {
			Sets   map[string][][2]int `json:"rank_sets"`
			Change map[string]int      `json:"switchers_to_flip_first"`
			P      map[string]float64  `json:"one_sided_p_first_over_second"`
		}
		Tolerance float64
	}
	vector(t, "kyrgyz-assemblies", &v)
	for place, votes := range v.Input.Votes {
		if got := FirstSets(votes, v.Input.Coverage); !slices.Equal(got, spansOf(v.Expected.Sets[place])) {
			t.Errorf("%s: %v, want %v", place, got, v.Expected.Sets[place])
		}
		if got := Switchers(votes[0], votes[1]); got != v.Expected.Change[place] {
			t.Errorf("%s: %d people, want %d", place, got, v.Expected.Change[place])
		}
		if got := pValue(t, votes[0], votes[1]); math.Abs(got-v.Expected.P[place]) > v.Tolerance {
			t.Errorf("%s: p %g, want %g", place, got, v.Expected.P[place])
		}
	}
}

// So many people, and not one fewer, put the second first.
func TestSoManyHaveToChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.IntRange(0, 500).Draw(t, "second")
		first := second + rapid.IntRange(0, 500).Draw(t, "more")
		n := Switchers(first, second)
		if !(first-n < second+n) || first-(n-1) < second+(n-1) {
			t.Fatalf("%d to %d: %d", first, second, n)
		}
	})
	if n := Switchers(3, 4); n != 0 {
		t.Errorf("the second has more already: %d", n)
	}
}

func TestNoSetsForWhatCannotBe(t *testing.T) {
	for _, coverage := range []float64{0, 0.49, 1.01, -1, math.NaN(), math.Inf(1)} {
		if sets := FirstSets([]int{9, 1}, coverage); sets != nil {
			t.Errorf("a coverage of %v: %v", coverage, sets)
		}
	}
	if sets := FirstSets([]int{9, -1}, 0.95); sets != nil {
		t.Errorf("fewer votes than none: %v", sets)
	}
	if sets := pairSets([][]int{{0, 1}, {1}}, 0.95); sets != nil {
		t.Errorf("a table with a hole: %v", sets)
	}
	if sets := FirstSets([]int{900, 1}, 1); !slices.Equal(sets, []Span{{1, 2}, {1, 2}}) {
		t.Errorf("nothing is certain: %v", sets)
	}
	if sets := FirstSets(nil, 0.95); len(sets) != 0 {
		t.Errorf("no problems: %v", sets)
	}
}

// holmByHand does it slowly: every ordered pair, in fractions.
func holmByHand(m int, votes func(i, j int) (int, int), alpha *big.Rat) []Span {
	type test struct {
		i, j int
		p    *big.Rat
	}
	var tests []test
	for i := range m {
		for j := range m {
			if x, y := votes(i, j); i != j {
				tests = append(tests, test{i, j, tail(x, y)})
			}
		}
	}
	slices.SortFunc(tests, func(a, b test) int { return a.p.Cmp(b.p) })
	above := map[[2]int]bool{}
	for k, s := range tests {
		if s.p.Cmp(new(big.Rat).Quo(alpha, big.NewRat(int64(len(tests)-k), 1))) > 0 {
			break
		}
		above[[2]int{s.i, s.j}] = true
	}
	return spans(m, func(i, j int) bool { return above[[2]int{i, j}] })
}

func TestSetsAreThoseOfEveryTestInFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 60), 1, 6).Draw(t, "votes")
		percent := rapid.IntRange(50, 99).Draw(t, "coverage")
		m := len(counts)
		sets := FirstSets(counts, float64(percent)/100)
		want := holmByHand(m, func(i, j int) (int, int) { return counts[i], counts[j] }, big.NewRat(int64(100-percent), 100))
		if !slices.Equal(sets, want) {
			t.Fatalf("%v, by hand %v", sets, want)
		}
		for i, set := range sets {
			place := 1
			for _, n := range counts {
				if n > counts[i] {
					place++
				}
			}
			if set.Best < 1 || set.Worst > m || !set.Contains(place) {
				t.Fatalf("%v: place %d of %d is not in %v", counts, place, m, set)
			}
		}
		wins := make([][]int, m)
		for i := range wins {
			wins[i] = rapid.SliceOfN(rapid.IntRange(0, 60), m, m).Draw(t, "wins")
		}
		pairs := pairSets(wins, float64(percent)/100)
		want = holmByHand(m, func(i, j int) (int, int) { return wins[i][j], wins[j][i] }, big.NewRat(int64(100-percent), 100))
		if !slices.Equal(pairs, want) || slices.ContainsFunc(pairs, func(s Span) bool { return s.Best < 1 || s.Best > s.Worst || s.Worst > m }) {
			t.Fatalf("%v, by hand %v", pairs, want)
		}
	})
}

// A p that is exactly its bound is rejected: 5 of 5 at 1/32 with two tests,
// which only a sum of fractions can tell.
func TestAPAtItsBoundIsRejected(t *testing.T) {
	for coverage, want := range map[float64][]Span{1 - 1.0/16: {{1, 1}, {2, 2}}, 0.9376: {{1, 2}, {1, 2}}} {
		if got := FirstSets([]int{5, 0}, coverage); !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", coverage, got, want)
		}
	}
}

// The float is as near to the exact sum as it says.
func TestTheFloatOfASignTestIsAsNearAsItSays(t *testing.T) {
	for _, c := range [][2]int{{1, 0}, {2, 1}, {40, 3}, {501, 500}, {1500, 500}, {3000, 2900}, {10000, 9900}} {
		p := tail(c[0], c[1])
		near := new(big.Float).SetRat(p)
		exponent := near.MantExp(near)
		mantissa, _ := near.Float64()
		log := math.Log(mantissa) + float64(exponent)*math.Ln2
		if s := newSignTest(0, 1, c[0], c[1]); math.Abs(s.log-log) > s.off/10 {
			t.Errorf("%v: %v, exactly %v, off %g", c, s.log, log, s.off)
		}
	}
}

func FuzzSetsStayInside(f *testing.F) {
	f.Add([]byte{41, 33, 27, 12, 9, 3}, 0.95)
	f.Fuzz(func(t *testing.T, votes []byte, coverage float64) {
		var counts []int
		for _, v := range votes[:min(len(votes), 12)] {
			counts = append(counts, int(v)*7)
		}
		for _, s := range FirstSets(counts, coverage) {
			if s.Best < 1 || s.Best > s.Worst || s.Worst > len(counts) {
				t.Fatalf("%v of %d", s, len(counts))
			}
		}
	})
}

func BenchmarkFirstSets40k(b *testing.B) {
	counts := make([]int, 73)
	left := 40_000
	for i := range counts {
		counts[i] = left / 12
		left -= counts[i]
	}
	for b.Loop() {
		FirstSets(counts, 0.95)
	}
}

// The exact sum, where a p is within the error of its float.
func BenchmarkTail40k(b *testing.B) {
	for b.Loop() {
		tail(20_200, 19_800)
	}
}

// pairSets are joint rank sets for ballots of independent people: wins[i][j]
// ballots have problem i above problem j, those that tie the two are in
// neither. The tests, the coverage and what is refused are those of FirstSets.
func pairSets(wins [][]int, coverage float64) []Span {
	for _, row := range wins {
		if len(row) != len(wins) {
			return nil
		}
	}
	return signSets(len(wins), func(i, j int) (x, y int) { return wins[i][j], wins[j][i] }, coverage)
}
