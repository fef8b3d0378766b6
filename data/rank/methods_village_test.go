package rank

import (
	"slices"
	"testing"

	"ashar/data"
)

// villageVector is a worked example of four groups in a village.
type villageVector struct {
	Input struct {
		Problems []string
		Groups   map[string]struct {
			N, Census int64
			Ballots   []bloc
		}
	}
	Expected struct {
		Share  map[string]map[string]ratio `json:"census_pairwise_share"`
		Winner *string                     `json:"census_condorcet_winner"`
		Optima [][]string                  `json:"census_kemeny_optima"`
		Tiers  []tier                      `json:"census_schulze_tiers"`
		Raw    *string                     `json:"raw_condorcet_winner"`
		First  string                      `json:"raw_kemeny_first"`
	}
}

// matrices are its comparisons: every group as many as its residents, and every
// ballot as one.
func (v *villageVector) matrices() (weighed, raw *Matrix) {
	var ids []data.ID
	for _, p := range v.Input.Problems {
		ids = append(ids, named(p))
	}
	var ballots []data.Ballot
	var weights []int64
	for _, g := range v.Input.Groups {
		for _, b := range ballotsOf(g.Ballots) {
			ballots, weights = append(ballots, b), append(weights, 210*g.Census/g.N) // whole for groups of 5, 10, 14 and 21
		}
	}
	return matrixOf(ids, ballots, func(i int) int64 { return weights[i] }), matrixOf(ids, ballots, oneEach)
}

// A village weighed by its residents has two best orders, and a tie to be told.
func TestVectorOfAVillageByOtherMethods(t *testing.T) {
	var v villageVector
	vector(t, "village-end-to-end", &v)
	m, raw := v.matrices()
	for a, row := range v.Expected.Share {
		for b, want := range row {
			if got := m.Share(slices.Index(m.Problems, named(a)), slices.Index(m.Problems, named(b))); got.Cmp(want.Rat) != 0 {
				t.Errorf("%s against %s wins %s, want %s", a, b, got, want.Rat)
			}
		}
	}
	hasWinner(t, m, v.Expected.Winner)
	hasTiers(t, m, v.Expected.Tiers)
	k := m.Kemeny()
	hasOrder(t, m, k.Order, v.Expected.Optima[0])
	if k.Optima.Int64() != int64(len(v.Expected.Optima)) {
		t.Errorf("%s orders are best, want %d", k.Optima, len(v.Expected.Optima))
	}
	check := m.Check(placesBy(m.Problems, bordaRanks(m)))
	if check.Agree || check.Changes != nil || changed(check.Levels) != "I M schulze" {
		t.Errorf("%+v", check)
	}
	hasWinner(t, raw, v.Expected.Raw)
	if first := raw.Kemeny().Order[0]; raw.Problems[first] != named(v.Expected.First) {
		t.Errorf("the first of all who came is %d", first)
	}
}
