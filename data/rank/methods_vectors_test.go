package rank

import (
	"math"
	"math/big"
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

// locked is a majority of Ranked Pairs, in the order they are locked.
type locked struct {
	i, j   int
	margin int64
}

// rankedPairs locks majorities, the greatest margin first, unless that closes a
// circle (Tideman, 1987). Where margins are the same it knows no answer.
func rankedPairs(m *Matrix) (lockedIn, skipped []locked, order []int) {
	n := len(m.Problems)
	var pairs []locked
	for i := range n {
		for j := range n {
			if i != j && m.Margin(i, j).Sign() > 0 {
				pairs = append(pairs, locked{i, j, m.Margin(i, j).Int64()})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b locked) int { return int(b.margin - a.margin) })
	above := make([][]bool, n)
	for i := range above {
		above[i] = make([]bool, n)
	}
	for _, p := range pairs {
		if above[p.j][p.i] {
			skipped = append(skipped, p)
			continue
		}
		lockedIn = append(lockedIn, p)
		for x := range n {
			for y := range n {
				if (x == p.i || above[x][p.i]) && (y == p.j || above[p.j][y]) {
					above[x][y] = true
				}
			}
		}
	}
	order = numberedInts(n)
	slices.SortFunc(order, func(i, j int) int {
		if above[i][j] {
			return -1
		}
		return 1
	})
	return lockedIn, skipped, order
}

func TestVectorOfRankedPairs(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			Locked, Skipped [][]any
			Ranking         []string
		}
	}
	vector(t, "ranked-pairs-45", &v)
	m := matrixOf(idsOf(v.Input.Profile), ballotsOf(v.Input.Profile), oneEach)
	in, out, order := rankedPairs(m)
	hasLocked := func(got []locked, want [][]any) {
		if len(got) != len(want) {
			t.Errorf("%d majorities, want %d", len(got), len(want))
		}
		for at, w := range want {
			g := got[at]
			if m.Problems[g.i] != named(w[0].(string)) || m.Problems[g.j] != named(w[1].(string)) || float64(g.margin) != 2*w[2].(float64) {
				t.Errorf("%v, want %v", g, w)
			}
		}
	}
	hasLocked(in, v.Expected.Locked)
	hasLocked(out, v.Expected.Skipped)
	hasOrder(t, m, order, v.Expected.Ranking)
	if s := m.Schulze(); slices.Index(s.Ranks, 1) == order[0] {
		t.Error("Schulze and Ranked Pairs have the same first here, and should not")
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

// A village weighed by its residents has two best orders, and a tie to be told.
func TestVectorOfAVillageByOtherMethods(t *testing.T) {
	var v struct {
		Input struct {
			Problems []string
			Groups   map[string]struct {
				N, Census int64
				Ballots   []bloc
			}
		}
		Expected struct {
			Share  map[string]map[string]ratio `json:"census_pairwise_share"`
			Score  map[string]ratio            `json:"census_score"`
			Winner *string                     `json:"census_condorcet_winner"`
			Optima [][]string                  `json:"census_kemeny_optima"`
			Tiers  []tier                      `json:"census_schulze_tiers"`
			Raw    *string                     `json:"raw_condorcet_winner"`
			First  string                      `json:"raw_kemeny_first"`
		}
	}
	vector(t, "village-end-to-end", &v)
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
	m := matrixOf(ids, ballots, func(i int) int64 { return weights[i] })
	for a, row := range v.Expected.Share {
		for b, want := range row {
			if got := m.Share(slices.Index(ids, named(a)), slices.Index(ids, named(b))); got.Cmp(want.Rat) != 0 {
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
	check := m.Check(placesBy(ids, bordaRanks(m)))
	if check.Agree || check.Changes != nil || changed(check.Levels) != "I M schulze" {
		t.Errorf("%+v", check)
	}
	raw := matrixOf(ids, ballots, oneEach)
	hasWinner(t, raw, v.Expected.Raw)
	if first := raw.Kemeny().Order[0]; ids[first] != named(v.Expected.First) {
		t.Errorf("the first of all who came is %d", first)
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

func TestVectorOfCircularTriads(t *testing.T) {
	type expected struct {
		D    int
		Zeta ratio
	}
	var v struct {
		Input struct {
			Wins1 []int    `json:"case1_wins"`
			Wins2 []int    `json:"case2_wins"`
			Wins3 []int    `json:"case3_wins"`
			Edges [][2]int `json:"case3_edges_winner_loser"`
		}
		Expected struct{ Case1, Case2, Case3 expected }
	}
	vector(t, "pra-circular-triads", &v)
	for _, c := range []struct {
		wins []int
		want expected
	}{{v.Input.Wins1, v.Expected.Case1}, {v.Input.Wins2, v.Expected.Case2}, {v.Input.Wins3, v.Expected.Case3}} {
		if d, zeta, ok := Circles(c.wins); !ok || d != c.want.D || zeta.Cmp(c.want.Zeta.Rat) != 0 {
			t.Errorf("%v: %d circles, consistence %v, %v", c.wins, d, zeta, ok)
		}
	}
	pairs := map[data.Pair]int{}
	for _, e := range v.Input.Edges {
		answer(pairs, num(e[0]+1), num(e[1]+1), 1)
	}
	c := Consist(sheetOf(t, numbered(6), pairs))
	if len(c.Triads) != v.Expected.Case3.D || c.Zeta == nil || c.Zeta.Cmp(v.Expected.Case3.Zeta.Rat) != 0 {
		t.Errorf("%+v", c)
	}
	if _, zeta, _ := Circles(v.Input.Wins3); zeta.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("consistence %s", zeta)
	}
}
