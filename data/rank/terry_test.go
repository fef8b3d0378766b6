package rank

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// drawWins draws comparisons of some pairs, at times very many.
func drawWins(t *rapid.T) [][]float64 {
	n := rapid.IntRange(2, 7).Draw(t, "items")
	most := rapid.SampledFrom([]float64{1, 5, 1e6}).Draw(t, "most")
	wins := make([][]float64, n)
	for i := range wins {
		wins[i] = make([]float64, n)
		for j := range wins[i] {
			if i != j && rapid.Bool().Draw(t, "asked") {
				wins[i][j] = math.Round(rapid.Float64Range(0, most).Draw(t, "wins")*2) / 2
			}
		}
	}
	return wins
}

// At the answer the sum stands still: each item wins as often as it should,
// less what the penalty takes. The strengths add up to 0 and do not depend on
// the order of the items.
func TestTerryStandsStillAtTheAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wins := drawWins(t)
		sum := 0.0
		for _, row := range wins {
			for _, w := range row {
				sum += w
			}
		}
		theta, ok := Terry(wins)
		if ok != chained(wins) {
			t.Fatalf("%v: %v", wins, ok)
		}
		if !ok {
			return
		}
		all := 0.0
		for i := range theta {
			all += theta[i]
			if slope := slopeAt(wins, theta, i); math.Abs(slope) > 1e-10*(1+sum) {
				t.Fatalf("%v: the slope of %d is %g at %v", wins, i, slope, theta)
			}
		}
		if math.Abs(all) > 1e-9 {
			t.Fatalf("%v add up to %g", theta, all)
		}
		n := len(theta)
		turned := make([][]float64, n)
		for i := range turned {
			for j := range turned {
				turned[i] = append(turned[i], wins[n-1-i][n-1-j])
			}
		}
		other, ok := Terry(turned)
		for i := range theta {
			if !ok || math.Abs(theta[i]-other[n-1-i]) > 1e-8 {
				t.Fatalf("%v, listed backwards %v", theta, other)
			}
		}
	})
}

// chained tells whether all items can be reached from the first, going from one to
// another as long as there are new ones.
func chained(wins [][]float64) bool {
	reached := map[int]bool{0: true}
	for range wins {
		for i := range wins {
			for j := range wins {
				if i != j && reached[i] && wins[i][j]+wins[j][i] > 0 {
					reached[j] = true
				}
			}
		}
	}
	return len(reached) == len(wins)
}

// slopeAt is how the sum changes with the strength of item i.
func slopeAt(wins [][]float64, theta []float64, i int) float64 {
	slope := -theta[i]
	for j := range theta {
		if j != i {
			p := 1 / (1 + math.Exp(theta[j]-theta[i]))
			slope += wins[i][j]*(1-p) - wins[j][i]*p
		}
	}
	return slope
}

func TestTerryOfNothingIsUndefined(t *testing.T) {
	for name, wins := range map[string][][]float64{
		"no item":             nil,
		"one item":            {{0}},
		"nothing compared":    {{0, 0}, {0, 0}},
		"one never compared":  {{0, 9, 0}, {0, 0, 0}, {0, 0, 0}},
		"two and two apart":   {{0, 3, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 5}, {0, 0, 2, 0}},
		"itself alone":        {{3, 0}, {0, 0}},
		"less than nothing":   {{0, -1}, {2, 0}},
		"no number":           {{0, math.NaN()}, {2, 0}},
		"without end":         {{0, math.Inf(1)}, {2, 0}},
		"not a square":        {{0, 1}, {2}},
		"more than a row has": {{0, 1}, {2, 0, 3}},
	} {
		if theta, ok := Terry(wins); ok || theta != nil {
			t.Errorf("%s: %v", name, theta)
		}
	}
}

// One that always wins has a strength all the same, and two that were never
// compared are told apart by a third.
func TestTerryNeedsNoWholeMatrix(t *testing.T) {
	theta, ok := Terry([][]float64{{0, 9, 0}, {0, 0, 9}, {0, 0, 0}})
	if !ok || theta[0] < 1 || math.Abs(theta[0]+theta[2]) > 1e-12 || math.Abs(theta[1]) > 1e-12 {
		t.Errorf("%v, %v", theta, ok)
	}
	half, ok := Terry([][]float64{{0, 0.5}, {0.5, 0}})
	if !ok || half[0] != 0 || half[1] != 0 {
		t.Errorf("a tie gives %v, %v", half, ok)
	}
}

func TestVectorOfBradleyAndTerry(t *testing.T) {
	var v struct {
		Input struct {
			Comparisons [][2]int `json:"comparisons_winner_loser"`
			N           int      `json:"n_items"`
		}
		Expected  struct{ Theta []float64 }
		Tolerance float64
	}
	vector(t, "bradley-terry-l2", &v)
	wins := make([][]float64, v.Input.N)
	for i := range wins {
		wins[i] = make([]float64, v.Input.N)
	}
	for _, c := range v.Input.Comparisons {
		wins[c[0]][c[1]]++
	}
	theta, ok := Terry(wins)
	if !ok || len(theta) != len(v.Expected.Theta) {
		t.Fatalf("%v, %v", theta, ok)
	}
	for i, want := range v.Expected.Theta {
		if math.Abs(theta[i]-want) > v.Tolerance {
			t.Errorf("item %d has %g, want %g", i, theta[i], want)
		}
	}
}
