package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

func TestVectorOfMaxTSets(t *testing.T) {
	type want struct {
		C    float64
		Sets [][2]int
	}
	var v struct {
		Input struct {
			Theta      []float64
			Replicates [][]float64
		}
		Expected struct {
			T []float64 `json:"T_sorted"`
			A want      `json:"alpha0.10"`
			B want      `json:"alpha0.25"`
		}
		Tolerance float64
	}
	vector(t, "rank-sets-maxt", &v)
	got, _ := studentised(v.Input.Theta, v.Input.Replicates)
	slices.Sort(got)
	if off := near([][]float64{got}, [][]float64{v.Expected.T}); len(got) != len(v.Expected.T) || off > v.Tolerance {
		t.Errorf("T is %v, want %v", got, v.Expected.T)
	}
	for alpha, want := range map[float64]want{0.10: v.Expected.A, 0.25: v.Expected.B} {
		c, sets := MaxT(v.Input.Theta, v.Input.Replicates, alpha, 0)
		if math.Abs(c-want.C) > v.Tolerance || !slices.Equal(sets, spansOf(want.Sets)) {
			t.Errorf("alpha %v: c %v, sets %v, want %+v", alpha, c, sets, want)
		}
	}
}

// All 27 draws of three groups from three go through what sums up the draws.
func TestVectorOfAllDraws(t *testing.T) {
	var v struct {
		Input struct {
			Groups []map[string]float64 `json:"group_scores"`
		}
		Expected struct {
			Midranks map[string]map[string]float64 `json:"midrank_counts_of_27"`
			First    map[string]ratio              `json:"P_first"`
			Top2     map[string]ratio              `json:"P_top2"`
		}
		Tolerance float64
	}
	vector(t, "bootstrap-exact-27", &v)
	names := []string{"W", "R", "K"}
	var draws [][]float64
	for n := range 27 {
		scores := make([]float64, len(names))
		for _, g := range []int{n % 3, n / 3 % 3, n / 9} {
			for i, name := range names {
				scores[i] += v.Input.Groups[g][name] / 3
			}
		}
		draws = append(draws, scores)
	}
	first, top2 := among(draws, 2)
	for i, name := range names {
		if want, _ := v.Expected.First[name].Float64(); math.Abs(first[i]-want) > v.Tolerance {
			t.Errorf("%s is first in %v, want %v", name, first[i], want)
		}
		if want, _ := v.Expected.Top2[name].Float64(); math.Abs(top2[i]-want) > v.Tolerance {
			t.Errorf("%s is among two in %v, want %v", name, top2[i], want)
		}
		counts := map[float64]float64{}
		for _, d := range draws {
			places := midranks(d)
			counts[places[i]]++
		}
		for place, key := range map[float64]string{1: "1.0", 1.5: "1.5", 2: "2.0", 2.5: "2.5", 3: "3.0"} {
			if counts[place] != v.Expected.Midranks[name][key] {
				t.Errorf("%s has place %s in %v draws, want %v", name, key, counts[place], v.Expected.Midranks[name][key])
			}
		}
	}
}

func TestTiesShareTheirPlaces(t *testing.T) {
	if places := midranks([]float64{0.2, 0.1 + 0.2, 0.3, 0.9, 0.2}); !slices.Equal(places, []float64{4.5, 2.5, 2.5, 1, 4.5}) {
		t.Errorf("got %v", places)
	}
	draws := [][]float64{{5, 5, 5, 5}, {3, 2, 2, 2}}
	first, nine := among(draws, 9)
	if !slices.Equal(first, []float64{0.625, 0.125, 0.125, 0.125}) || !slices.Equal(nine, []float64{1, 1, 1, 1}) {
		t.Errorf("first %v, among nine %v", first, nine)
	}
	if first, nine := among(nil, 9); first != nil || nine != nil {
		t.Errorf("no draws: %v, %v", first, nine)
	}
}

// A difference that never varies has no error: it tells problems apart unless it
// is nothing, and makes no 0/0.
func TestADifferenceThatNeverVaries(t *testing.T) {
	same := [][]float64{{0.7, 0.7, 0.2}, {0.5, 0.5, 0}, {0.9, 0.9, 0.4}}
	c, sets := MaxT([]float64{0.7, 0.7, 0.2}, same, 0.1, 0)
	if c != 0 || !slices.Equal(sets, []Span{{1, 2}, {1, 2}, {3, 3}}) {
		t.Errorf("c %v, %v", c, sets)
	}
	noise := [][]float64{{0.3, 0.1 + 0.2}, {0.3, 0.3}, {0.1 + 0.2, 0.3}}
	if _, sets := MaxT([]float64{0.1 + 0.2, 0.3}, noise, 0.1, 0); !slices.Equal(sets, []Span{{1, 2}, {1, 2}}) {
		t.Errorf("rounding tells apart what is one: %v", sets)
	}
	for _, few := range [][][]float64{nil, {{0.9, 0.1}}} {
		if c, sets := MaxT([]float64{0.9, 0.1}, few, 0.1, 0); c != 0 || !slices.Equal(sets, []Span{{1, 2}, {1, 2}}) {
			t.Errorf("%d replicates: c %v, %v", len(few), c, sets)
		}
	}
}

// Problems that are all equal in truth are what is hardest: whoever tells any two of
// them apart is wrong. So often all sets hold as they say, however few the groups.
func TestSetsHoldAsOftenAsTheySay(t *testing.T) {
	for _, c := range []struct{ problems, strata, groups int }{{3, 1, 3}, {8, 2, 2}, {12, 2, 3}, {6, 4, 2}, {12, 2, 8}} {
		dice := rand.New(rand.NewPCG(uint64(c.problems), uint64(c.groups)))
		held, trials := 0, 150
		for range trials {
			u := urnsOfEquals(dice, c.problems, c.strata, c.groups)
			replicates := make([][]float64, 200)
			for b := range replicates {
				replicates[b] = u.draw(rand.NewPCG(dice.Uint64(), 1))
			}
			_, sets := MaxT(u.scores(nil), replicates, 0.1, len(u.balls)-u.strata())
			if !slices.ContainsFunc(sets, func(s Span) bool { return s != Span{1, c.problems} }) {
				held++
			}
		}
		if share := float64(held) / float64(trials); share < 0.84 {
			t.Errorf("%+v: all sets at 0.9 held in %.2f", c, share)
		}
	}
}

// urnsOfEquals are groups of equal weight whose scores differ by chance alone.
func urnsOfEquals(dice *rand.Rand, problems, strata, groups int) *urns {
	u := &urns{problems: make([]data.ID, problems)}
	for i := range strata * groups {
		b := ball{stratum: stratum{village: num(i/groups + 1)}, weight: 1, shares: make([]float64, problems)}
		for j := range b.shares {
			b.shares[j] = 0.5 + 0.1*dice.NormFloat64()
		}
		u.balls = append(u.balls, b)
	}
	return u
}

// One stratum of two groups leaves one degree of freedom: nothing is told apart,
// not even what both say alike.
func TestTwoGroupsTellNothingApart(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, youngWomen, 5, "A"))
	if d := round.Redraw(data.People, Cut{}, 0.9); d.Reason != "" || d.Sets[a] != (Span{1, 2}) || d.Sets[b] != (Span{1, 2}) {
		t.Errorf("got %+v", d)
	}
}

// Rank sets contain the place, are inside the list, and grow with the level.
func TestSetsContainThePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.IntRange(1, 6).Draw(t, "problems")
		score := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 12).Draw(t, "twelfths")) / 12 })
		theta := rapid.SliceOfN(score, m, m).Draw(t, "scores")
		replicates := rapid.SliceOfN(rapid.SliceOfN(score, m, m), 0, 9).Draw(t, "replicates")
		alpha := rapid.Float64Range(0, 1).Draw(t, "alpha")
		freedom := rapid.IntRange(0, 8).Draw(t, "degrees of freedom")
		c, sets := MaxT(theta, replicates, alpha, freedom)
		wider, wide := MaxT(theta, replicates, alpha/2, freedom)
		if !(c >= 0 && wider >= c) {
			t.Fatalf("c %v, at half of alpha %v", c, wider)
		}
		if freedom > 1 { // fewer make sets no narrower
			_, wide = MaxT(theta, replicates, alpha, freedom-1)
		}
		for i, s := range sets {
			place := 1
			for _, x := range theta {
				if x > theta[i] {
					place++
				}
			}
			if s.Best < 1 || s.Worst > m || !s.Contains(place) || wide[i].Best > s.Best || wide[i].Worst < s.Worst {
				t.Fatalf("place %d, set %v, the wider one %v", place, s, wide[i])
			}
		}
		sum := 0.0
		_, best := among(replicates, 3)
		for _, p := range best {
			sum += p
		}
		if len(replicates) > 0 && math.Abs(sum-float64(min(3, m))) > 1e-9 {
			t.Fatalf("%v are among the top three", sum)
		}
	})
}

// midranks are the places of scores, the highest first, where ties share the mean of
// their places.
func midranks(scores []float64) []float64 {
	order, places := make([]int, len(scores)), make([]float64, len(scores))
	for i := range order {
		order[i] = i
	}
	descend(order, scores)
	for from, to := 0, 0; from < len(order); from = to {
		to = tierEnd(order, scores, from)
		for _, i := range order[from:to] {
			places[i] = float64(from+to+1) / 2
		}
	}
	return places
}
