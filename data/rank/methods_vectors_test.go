package rank

import (
	"slices"
	"testing"

	"ashar/data"
)

// counted is what a worked example expects of the methods of counting.
type counted struct {
	Winner   *string        `json:"condorcet_winner"`
	Kemeny   []string       `json:"kemeny_ranking"`
	Score    *int64         `json:"kemeny_score"`
	Distance *int64         `json:"kemeny_distance"`
	Optima   *int64         `json:"kemeny_optimal_count"`
	Tiers    []tier         `json:"schulze_tiers"`
	Schulze  []string       `json:"schulze"`
	Copeland map[string]int `json:"copeland"`
	Pairwise map[string]map[string]int64
}

func TestVectorsOfMethods(t *testing.T) {
	for _, name := range []string{"borda-1781", "condorcet-81", "cycle-3", "tennessee"} {
		t.Run(name, func(t *testing.T) {
			var v struct {
				Input    struct{ Profile []bloc }
				Expected counted
			}
			vector(t, name, &v)
			ballots := ballotsOf(v.Input.Profile)
			m := matrixOf(idsOf(v.Input.Profile), ballots, oneEach)
			hasWinner(t, m, v.Expected.Winner)
			hasPairs(t, m, v.Expected.Pairwise)
			hasKemeny(t, m, v.Expected, int64(len(ballots)))
			if v.Expected.Tiers != nil {
				hasTiers(t, m, v.Expected.Tiers)
			}
			if v.Expected.Schulze != nil {
				hasTiers(t, m, tiersOf(v.Expected.Schulze))
			}
			for name, wins := range v.Expected.Copeland {
				if got := m.Copeland()[slices.Index(m.Problems, named(name))]; got != 2*wins {
					t.Errorf("%s has %d half wins, want %d wins", name, got, wins)
				}
			}
		})
	}
}

// idsOf are the problems of ballots in order of their names, so that nothing
// rests on who comes first.
func idsOf(blocs []bloc) (ids []data.ID) {
	for _, b := range blocs {
		for _, tier := range append(slices.Clone(b.Ranking), b.Top3...) {
			for _, name := range tier {
				if !slices.Contains(ids, named(name)) {
					ids = append(ids, named(name))
				}
			}
		}
	}
	slices.SortFunc(ids, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	return ids
}

func tiersOf(names []string) (tiers []tier) {
	for _, name := range names {
		tiers = append(tiers, tier{name})
	}
	return tiers
}

func hasWinner(t *testing.T, m *Matrix, want *string) {
	t.Helper()
	i, ok := m.Condorcet()
	if ok != (want != nil) || ok && m.Problems[i] != named(*want) {
		t.Errorf("the winner is %d, %v", i, ok)
	}
}

func hasPairs(t *testing.T, m *Matrix, want map[string]map[string]int64) {
	t.Helper()
	for a, row := range want {
		for b, n := range row {
			if got := m.Wins[slices.Index(m.Problems, named(a))][slices.Index(m.Problems, named(b))]; got.Int64() != 2*n {
				t.Errorf("%s wins %s half comparisons against %s, want %d whole ones", a, got, b, n)
			}
		}
	}
}

// hasKemeny: the distance is what the order does not agree with, of all pairs on
// all ballots.
func hasKemeny(t *testing.T, m *Matrix, want counted, ballots int64) {
	t.Helper()
	k, n := m.Kemeny(), int64(len(m.Problems))
	if want.Kemeny != nil {
		hasOrder(t, m, k.Order, want.Kemeny)
		if k.Optima.Int64() != 1 {
			t.Errorf("%s orders are best", k.Optima)
		}
	}
	if want.Score != nil && k.Score.Int64() != 2**want.Score {
		t.Errorf("%s half comparisons agree, want %d whole ones", k.Score, *want.Score)
	}
	if want.Distance != nil && ballots*n*(n-1)-k.Score.Int64() != 2**want.Distance {
		t.Errorf("%s half comparisons agree, want a distance of %d", k.Score, *want.Distance)
	}
	if want.Optima != nil && k.Optima.Int64() != *want.Optima {
		t.Errorf("%s orders are best, want %d", k.Optima, *want.Optima)
	}
}

func hasOrder(t *testing.T, m *Matrix, order []int, want []string) {
	t.Helper()
	if len(order) != len(want) {
		t.Errorf("the order is %v, want %v", order, want)
		return
	}
	for at, i := range order {
		if m.Problems[i] != named(want[at]) {
			t.Errorf("the order is %v, want %v", order, want)
		}
	}
}

// hasTiers checks competition ranks of Schulze, and that what stands in one tier
// does not beat each other.
func hasTiers(t *testing.T, m *Matrix, want []tier) {
	t.Helper()
	s := m.Schulze()
	rank := 1
	for _, tier := range want {
		for _, name := range tier {
			i := slices.Index(m.Problems, named(name))
			if s.Ranks[i] != rank {
				t.Errorf("%s has the rank %d, want %d", name, s.Ranks[i], rank)
			}
			for _, other := range tier {
				if s.Beats(i, slices.Index(m.Problems, named(other))) {
					t.Errorf("%s beats %s", name, other)
				}
			}
		}
		rank += len(tier)
	}
}

func TestVectorOfSchulzesChains(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			counted
			Paths   map[string]map[string]int64 `json:"strongest_paths_winning_votes"`
			Ranking []string
		}
	}
	vector(t, "schulze-45", &v)
	m := matrixOf(idsOf(v.Input.Profile), ballotsOf(v.Input.Profile), oneEach)
	hasWinner(t, m, v.Expected.Winner)
	hasPairs(t, m, v.Expected.Pairwise)
	hasTiers(t, m, tiersOf(v.Expected.Ranking))
	paths := m.Schulze().Paths
	if len(v.Expected.Paths) != len(paths) {
		t.Errorf("%d problems, want %d", len(paths), len(v.Expected.Paths))
	}
	for a, row := range v.Expected.Paths {
		for b, n := range row {
			if got := paths[slices.Index(m.Problems, named(a))][slices.Index(m.Problems, named(b))]; got.Int64() != 2*n {
				t.Errorf("the chain from %s to %s is %s half comparisons strong, want %d whole ones", a, b, got, n)
			}
		}
	}
}

// Borda turns over for a copy of a problem, Schulze and Kemeny do not, and the
// check says so.
func TestVectorOfADuplicateByOtherMethods(t *testing.T) {
	var v struct {
		Input struct {
			Before []bloc
			After  []bloc `json:"after_adding_near_duplicate"`
		}
		Expected struct {
			Schulze []string `json:"schulze_after"`
			Kemeny  []string `json:"kemeny_after"`
			Score   *int64   `json:"kemeny_score_after"`
		}
	}
	vector(t, "clone-borda", &v)
	before := matrixOf(idsOf(v.Input.Before), ballotsOf(v.Input.Before), oneEach)
	hasTiers(t, before, tiersOf([]string{"A", "B"}))
	ids, ballots := idsOf(v.Input.After), ballotsOf(v.Input.After)
	after := matrixOf(ids, ballots, oneEach)
	hasTiers(t, after, tiersOf(v.Expected.Schulze))
	hasKemeny(t, after, counted{Kemeny: v.Expected.Kemeny, Score: v.Expected.Score}, int64(len(ballots)))
	round := one(t, ballots, ids)
	check := after.Check(round.Count(data.People, Cut{}).Places)
	if check.Agree || changed(check.Changes) != "B A kemeny schulze condorcet" {
		t.Errorf("%+v", check)
	}
}
