package rank

import (
	"encoding/json"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ashar/data"
)

// vector reads a worked example of the shared test data.
func vector(t *testing.T, name string, v any) {
	t.Helper()
	dir := os.Getenv("ASHAR_TEST_DATA")
	path := filepath.Join(dir, "design", "vectors", name+".json")
	b, err := os.ReadFile(path)
	switch {
	case err == nil:
	case os.Getenv("ASHAR_TEST_DATA_REQUIRED") == "1":
		t.Fatalf("the worked example %s is required: %v", name, err)
	case dir == "":
		t.Skip("ASHAR_TEST_DATA is not set: the worked examples of the shared test data are not tried")
	default:
		t.Skipf("ASHAR_TEST_DATA has no worked example: %v", err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// A ratio is a JSON number, or a fraction in quotes.
type ratio struct{ *big.Rat }

func (r *ratio) UnmarshalJSON(b []byte) error {
	r.Rat = new(big.Rat)
	if b[0] == '"' {
		return r.UnmarshalText(b[1 : len(b)-1])
	}
	return r.UnmarshalText(b)
}

// A tier is one problem, or several that are tied.
type tier []string

func (t *tier) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]string)(t))
	}
	*t = make(tier, 1)
	return json.Unmarshal(b, &(*t)[0])
}

type bloc struct {
	N       int
	Ranking []tier
	Top3    []tier
}

func ballotsOf(blocs []bloc) (ballots []data.Ballot) {
	for _, bloc := range blocs {
		var b data.Ballot
		for i, tier := range append(bloc.Ranking, bloc.Top3...) {
			for _, name := range tier {
				b = append(b, data.Choice{Problem: named(name), Place: i + 1})
			}
		}
		for range bloc.N {
			ballots = append(ballots, b)
		}
	}
	return ballots
}

// hasPoints checks Borda points (m-1, ..., 0) against the scores: points are
// the score times ballots times m-1.
func hasPoints(t *testing.T, r Ranking, want map[string]ratio) {
	t.Helper()
	got, m := scores(r), len(want)
	if len(got) != m {
		t.Errorf("%d scores, want %d", len(got), m)
	}
	for name, points := range want {
		s := got[named(name)]
		if s == nil || new(big.Rat).Mul(s, big.NewRat(int64(r.N*(m-1)), 1)).Cmp(points.Rat) != 0 {
			t.Errorf("%s has the score %v, want %s points", name, s, points.Rat)
		}
	}
}

func hasFirsts(t *testing.T, r Ranking, want map[string]ratio) {
	t.Helper()
	for _, p := range r.Places {
		for name, n := range want {
			if named(name) == p.Problem && (p.First == nil || p.First.Cmp(n.Rat) != 0) {
				t.Errorf("%s is first on %v ballots, want %s", name, p.First, n.Rat)
			}
		}
	}
}

func namesOf[V any](m map[string]V) (ids []data.ID) {
	for name := range m {
		ids = append(ids, named(name))
	}
	return ids
}

func TestVectorsOfBorda(t *testing.T) {
	for _, name := range []string{"borda-1781", "condorcet-81", "cycle-3", "tennessee"} {
		t.Run(name, func(t *testing.T) {
			var v struct {
				Input    struct{ Profile []bloc }
				Expected struct {
					Borda0, Plurality map[string]ratio
					Pairwise          map[string]map[string]int
				}
			}
			vector(t, name, &v)
			round := one(t, ballotsOf(v.Input.Profile), namesOf(v.Expected.Borda0))
			r := round.Count(data.People, Cut{})
			hasPoints(t, r, v.Expected.Borda0)
			hasFirsts(t, r, v.Expected.Plurality)
			for a, row := range v.Expected.Pairwise {
				sum := new(big.Rat)
				for _, n := range row {
					sum.Add(sum, big.NewRat(int64(n), 1))
				}
				if sum.Cmp(v.Expected.Borda0[a].Rat) != 0 {
					t.Errorf("the comparisons %s wins are %s, its points %s", a, sum, v.Expected.Borda0[a].Rat)
				}
			}
		})
	}
}

// The points of these follow from their pairwise matrix alone.
func TestVectorOfSchulzesVoters(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct{ Pairwise map[string]map[string]int }
	}
	vector(t, "schulze-45", &v)
	want := map[string]ratio{}
	for a, row := range v.Expected.Pairwise {
		sum := 0
		for _, n := range row {
			sum += n
		}
		want[a] = ratio{big.NewRat(int64(sum), 1)}
	}
	round := one(t, ballotsOf(v.Input.Profile), namesOf(want))
	hasPoints(t, round.Count(data.People, Cut{}), want)
}

func TestVectorOfADuplicate(t *testing.T) {
	var v struct {
		Input struct {
			Before []bloc
			After  []bloc `json:"after_adding_near_duplicate"`
		}
		Expected struct {
			Before map[string]ratio `json:"borda0_before"`
			After  map[string]ratio `json:"borda0_after"`
		}
	}
	vector(t, "clone-borda", &v)
	before := one(t, ballotsOf(v.Input.Before), namesOf(v.Expected.Before))
	hasPoints(t, before.Count(data.People, Cut{}), v.Expected.Before)
	after := one(t, ballotsOf(v.Input.After), namesOf(v.Expected.After))
	hasPoints(t, after.Count(data.People, Cut{}), v.Expected.After)
	m := meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{{n: 20, ballots: ballotsOf(v.Input.After)}}}
	mended := Round{Voices: m.voices(t, data.Merges{named("B2"): named("B")}), Problems: namesOf(v.Expected.Before)}
	hasPoints(t, mended.Count(data.People, Cut{}), v.Expected.Before)
}

func TestVectorOfTruncatedAndTiedBallots(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			Average map[string]ratio
			Order   []tier `json:"order_average"`
		}
	}
	vector(t, "borda-truncated-ties", &v)
	round := one(t, ballotsOf(v.Input.Profile), namesOf(v.Expected.Average))
	r := round.Count(data.People, Cut{})
	hasPoints(t, r, v.Expected.Average)
	stands(t, r, v.Expected.Order)
}

// stands checks the order of a ranking, ties included.
func stands(t *testing.T, r Ranking, want []tier) {
	t.Helper()
	at := 0
	for _, tier := range want {
		for range tier {
			p := r.Places[at]
			if !slices.ContainsFunc(tier, func(name string) bool { return named(name) == p.Problem }) || p.Tied != (len(tier) > 1) {
				t.Errorf("place %d is %+v, want one of %v", at+1, p, tier)
			}
			at++
		}
	}
}

func TestVectorOfTheCommonScale(t *testing.T) {
	var v struct {
		Input struct {
			Problems []string
			N        int
			Each     int `json:"stickers_each"`
			Tally    map[string]int
			Wins     struct{ A []int } `json:"pra_wins_example"`
			Order    []string          `json:"consensus_ranking_example"`
		}
		Expected struct {
			Score map[string]ratio
			Sum   ratio
			Pairs []ratio          `json:"pra_scores"`
			Order map[string]ratio `json:"consensus_scores"`
		}
	}
	vector(t, "common-scale", &v)
	stickers := speaker{n: v.Input.N, hands: map[data.ID]int{}}
	for name, n := range v.Input.Tally {
		stickers.hands[named(name)] = n
	}
	tally := meeting{session: data.Session{Form: data.Tally, Each: v.Input.Each}, speakers: []speaker{stickers}}
	// Two of the six got no sticker; they are scored because other groups named them.
	other := Voice{Form: data.Ballots, Stays: Silent, Said: SayingsOf(map[data.ID]Said{named("R"): {Mentions: 1}, named("I"): {Mentions: 1}})}
	round := Round{Voices: append(tally.voices(t, nil), other), Problems: namesOf(v.Input.Tally)}
	hasScores(t, round.Count(data.People, Cut{}), v.Expected.Score)
	sum := new(big.Rat)
	for _, s := range scores(round.Count(data.People, Cut{})) {
		sum.Add(sum, s)
	}
	if sum.Cmp(v.Expected.Sum.Rat) != 0 {
		t.Errorf("the scores add up to %s, want %s", sum, v.Expected.Sum)
	}

	pairs := meeting{session: data.Session{Form: data.Pairs}, speakers: []speaker{{n: 9}}, pairs: map[data.Pair]int{}}
	want := map[string]ratio{}
	for i := range v.Input.Wins.A {
		want[string(rune('a'+i))] = v.Expected.Pairs[i]
		for j := range i {
			pairs.pairs[data.Pair{A: named(string(rune('a' + j))), B: named(string(rune('a' + i)))}] = 1
		}
	}
	round = Round{Voices: pairs.voices(t, nil), Problems: namesOf(want)}
	hasScores(t, round.Count(data.People, Cut{}), want)

	agreed := meeting{session: data.Session{Form: data.Order}, speakers: []speaker{{n: 9}}}
	for i, name := range v.Input.Order {
		agreed.order = append(agreed.order, data.Choice{Problem: named(name), Place: i + 1})
	}
	round = Round{Voices: agreed.voices(t, nil), Problems: namesOf(v.Expected.Order)}
	hasScores(t, round.Count(data.People, Cut{}), v.Expected.Order)
}

func hasScores(t *testing.T, r Ranking, want map[string]ratio) {
	t.Helper()
	got := scores(r)
	if len(got) != len(want) {
		t.Errorf("%d scores, want %d", len(got), len(want))
	}
	for name, s := range want {
		if got[named(name)] == nil || got[named(name)].Cmp(s.Rat) != 0 {
			t.Errorf("%s has %v, want %s", name, got[named(name)], s.Rat)
		}
	}
}

func TestVectorOfRaking(t *testing.T) {
	var v struct {
		Input struct {
			Seed [][]float64
			Rows []float64 `json:"row_targets"`
			Cols []float64 `json:"col_targets"`
		}
		Expected struct {
			Published [][]float64 `json:"after_3_row_col_cycles_2dp"`
			Converged [][]float64
		}
	}
	vector(t, "ipf-wikipedia", &v)
	for range 3 {
		for i, target := range v.Input.Rows {
			scaleRow(v.Input.Seed, i, target)
		}
		for j, target := range v.Input.Cols {
			scaleCol(v.Input.Seed, j, target)
		}
	}
	if published := near(v.Input.Seed, v.Expected.Published); published > 0.005001 {
		t.Errorf("after three passes the published table is %g away", published)
	}
	if off := margins(v.Input.Seed, v.Input.Rows, v.Input.Cols); off < 0.1 {
		t.Errorf("the published table is %g off its margins", off)
	}
	state := Rake(v.Input.Seed, v.Input.Rows, v.Input.Cols)
	if !state.Converged || state.Error >= rakeError {
		t.Errorf("got %+v", state)
	}
	if off := near(v.Input.Seed, v.Expected.Converged); off > 1e-9 {
		t.Errorf("the converged table is %g away", off)
	}
}

// near is the largest difference between two tables.
func near(a, b [][]float64) (worst float64) {
	for i := range a {
		for j := range a[i] {
			worst = math.Max(worst, math.Abs(a[i][j]-b[i][j]))
		}
	}
	return worst
}

func TestVectorOfEffectiveSize(t *testing.T) {
	var v struct {
		Input struct {
			Rho float64
			N   []int
		}
		Expected struct {
			Effective []float64 `json:"n_eff"`
		}
	}
	vector(t, "design-effect", &v)
	for i, n := range v.Input.N {
		got, _ := effective(n, exact(v.Input.Rho)).Float64()
		if math.Abs(got-v.Expected.Effective[i]) > 1e-9 {
			t.Errorf("%d people count %g, want %g", n, got, v.Expected.Effective[i])
		}
	}
}

func TestVectorOfAssemblies(t *testing.T) {
	var v struct {
		Input struct{ Votes map[string][]int }
	}
	vector(t, "kyrgyz-assemblies", &v)
	for place, votes := range v.Input.Votes {
		assemblyCounts(t, place, votes)
	}
}

// assemblyCounts counts a vote where everybody has one: the order of votes is
// the order of the ranking, and as first choices it comes to the same.
func assemblyCounts(t *testing.T, place string, votes []int) {
	t.Helper()
	s, n := speaker{hands: map[data.ID]int{}}, 0
	var ids []data.ID
	for i, v := range votes {
		ids = append(ids, num(i+1))
		if n += v; v > 0 {
			s.hands[num(i+1)] = v
		}
		for range v {
			s.ballots = append(s.ballots, data.Ballot{{Problem: num(i + 1), Place: 1}})
		}
	}
	s.n = n
	hands := meeting{session: data.Session{Form: data.Tally, Each: 1}, speakers: []speaker{{n: n, hands: s.hands}}}
	ballots := meeting{session: data.Session{Form: data.Ballots, Top: 1}, speakers: []speaker{{n: n, ballots: s.ballots}}}
	round := Round{Voices: hands.voices(t, nil), Problems: ids}
	r := round.Count(data.People, Cut{})
	for i, p := range r.Places {
		if p.Problem != ids[i] || *p.Mentions != votes[i] {
			t.Errorf("%s: place %d is %+v, want %d votes", place, i+1, p, votes[i])
		}
	}
	round.Voices = ballots.voices(t, nil)
	if b := round.Count(data.People, Cut{}); !same(scores(r), scores(b)) {
		t.Errorf("%s: hands give %v, ballots %v", place, scores(r), scores(b))
	}
}
