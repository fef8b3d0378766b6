package rank

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

func TestVectorOfGroupInformedConsensus(t *testing.T) {
	var v struct {
		Input struct {
			Groups [][2]int `json:"groups_agree_seen"`
			Two    [2]int   `json:"two_of_two"`
		}
		Expected struct {
			Polis     ratio   `json:"polis_product"`
			PolisTwo  ratio   `json:"polis_2of2"`
			Effective ratio   `json:"reddwarf_effective_2of2_laplace"`
			Geometric float64 `json:"geometric_mean_jeffreys"`
		}
	}
	vector(t, "group-informed-consensus", &v)
	var x, n []int
	laplace := func(agree, seen int) *big.Rat { return big.NewRat(int64(agree+1), int64(seen+2)) }
	polis := big.NewRat(1, 1)
	for _, g := range v.Input.Groups {
		x, n = append(x, g[0]), append(n, g[1])
		polis.Mul(polis, laplace(g[0], g[1]))
	}
	if got := geometric(x, n); math.Abs(got-v.Expected.Geometric) > 1e-9 {
		t.Errorf("got %g, want %g", got, v.Expected.Geometric)
	}
	// What Polis takes instead, and red-dwarf: agreement, less those who disagree.
	two := laplace(v.Input.Two[0], v.Input.Two[1])
	against := laplace(0, v.Input.Two[1])
	effective := new(big.Rat).Mul(two, new(big.Rat).Sub(big.NewRat(1, 1), against))
	for _, c := range []struct {
		got  *big.Rat
		want ratio
	}{{polis, v.Expected.Polis}, {two, v.Expected.PolisTwo}, {effective, v.Expected.Effective}} {
		if c.got.Cmp(c.want.Rat) != 0 {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

// The consensus of the village: its people as they would have raised hands for
// the problems of their first three places.
func TestVectorOfTheVillagesConsensus(t *testing.T) {
	_, e := villageRound(t)
	meetings := map[string]*meeting{}
	for problem, groups := range e.Top3 {
		for name, counts := range groups {
			m := meetings[name]
			if m == nil {
				m = &meeting{session: data.Session{ID: named(name), Form: data.Tally},
					speakers: []speaker{{group: villageGroups[name], n: counts[1], hands: map[data.ID]int{}}}}
				meetings[name] = m
			}
			m.speakers[0].hands[named(problem)] = counts[0]
		}
	}
	round := Round{Problems: problems("W R K I L M Z"), Scheme: drawScheme}
	for _, m := range meetings {
		round.Voices = append(round.Voices, m.voices(t, nil)...)
	}
	got := round.Consensus(Cut{}, By{Sex: true, Band: true})
	if len(got) != len(e.Consensus) {
		t.Fatalf("got %+v", got)
	}
	for i, want := range []string{"W", "R", "M", "I", "K", "L"} {
		if w := got[i]; w.Problem != named(want) || w.Strata != 4 || math.Abs(w.Value-e.Consensus[want]) > 1e-9 {
			t.Errorf("place %d: got %+v, want %s with %g", i+1, w, want, e.Consensus[want])
		}
	}
}

// What the first three places are in each form of vote.
func TestWhoWantsAProblem(t *testing.T) {
	pairs := map[data.Pair]int{}
	ids := problems("A B C D E")
	for i, a := range ids {
		for _, b := range ids[:i] {
			pairs[data.Pair{A: b, B: a}] = 1 // A wins 4, B 3, C 2, D 1, E none
		}
	}
	for _, c := range []struct {
		name string
		m    meeting
		want map[string][2]int
	}{
		{"hands", meeting{session: data.Session{Form: data.Tally}, speakers: []speaker{{n: 9, hands: map[data.ID]int{named("A"): 4}}}},
			map[string][2]int{"A": {4, 9}, "B": {0, 9}}},
		{"ballots", meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{{n: 9, ballots: profile("5 A=B=C D; 2 D")}}},
			map[string][2]int{"A": {5, 7}, "B": {5, 7}, "D": {2, 7}, "E": {0, 7}}},
		{"an agreed order", meeting{session: data.Session{Form: data.Order}, speakers: []speaker{{n: 9}}, order: order("A=B=C D E F")},
			map[string][2]int{"A": {9, 9}, "C": {9, 9}, "D": {0, 9}, "Z": {0, 9}}},
		{"a matrix", meeting{session: data.Session{Form: data.Pairs}, speakers: []speaker{{n: 9}}, pairs: pairs},
			map[string][2]int{"A": {9, 9}, "C": {9, 9}, "D": {0, 9}, "Z": {0, 9}}},
	} {
		v := c.m.voices(t, nil)[0]
		for problem, want := range c.want {
			if x, n := v.wants(named(problem)); x != want[0] || n != want[1] {
				t.Errorf("%s: %d of %d want %s, should be %v", c.name, x, n, problem, want)
			}
		}
	}
}

func TestConsensusOfOnePartIsUndefined(t *testing.T) {
	round := one(t, profile("3 A B C"), problems("A B C"))
	if got := round.Consensus(Cut{}, By{Sex: true}); got != nil {
		t.Errorf("got %+v", got)
	}
	if got := (&Round{}).Consensus(Cut{}, By{Sex: true}); got != nil {
		t.Errorf("nobody: %+v", got)
	}
}

func TestConsensusIsBetweenNoneAndAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		by := By{Sex: rapid.Bool().Draw(t, "sex"), Band: rapid.Bool().Draw(t, "band"), Village: rapid.Bool().Draw(t, "village")}
		cut := drawCut(t)
		got := round.Consensus(cut, by)
		if got == nil {
			return
		}
		if named := round.Named(); len(got) != len(named) {
			t.Fatalf("%d of %d problems", len(got), len(named))
		}
		for i, w := range got {
			if !(w.Value > 0 && w.Value < 1) || w.Strata < 2 || i > 0 && w.Value > got[i-1].Value*(1+1e-12) {
				t.Fatalf("got %+v", got)
			}
		}
		again := round
		again.Voices = rapid.Permutation(round.Voices).Draw(t, "voices")
		if turned := again.Consensus(cut, by); !slices.Equal(got, turned) {
			t.Fatalf("%+v, in another order %+v", got, turned)
		}
	})
}

func TestFirstChoiceOfEveryGroup(t *testing.T) {
	round, e := villageRound(t)
	firsts := FirstsOf(round.Break(data.Citizens, Cut{}, By{Sex: true, Band: true}), round.Count(data.Citizens, Cut{}))
	if len(firsts) != 4 {
		t.Fatalf("got %+v", firsts)
	}
	for i, want := range []struct {
		group, problem string
		n, overall     int
	}{{"W18", "K", 14, 5}, {"W36", "W", 10, 1}, {"M18", "R", 5, 2}, {"M36", "I", 21, 3}} {
		f, g := firsts[i], villageGroups[want.group]
		if *f.Cut.Sex != g.Sex || *f.Cut.Band != g.Band || !slices.Equal(f.Problems, []data.ID{named(want.problem)}) ||
			f.N != want.n || !slices.Equal(f.Overall, []int{want.overall}) || f.Score.Cmp(e.Scores[want.group][want.problem].Rat) != 0 {
			t.Errorf("%s: got %+v", want.group, f)
		}
	}
	lost := LostOf(round.Break(data.Citizens, Cut{}, By{Sex: true, Band: true}), round.Count(data.Citizens, Cut{}))
	if len(lost) != 6 {
		t.Fatalf("got %+v", lost)
	}
	water := lost[0] // first for everybody, and not for young men
	if water.Problem != named("W") || water.Overall != 1 || water.Score.Cmp(big.NewRat(8, 25)) != 0 || len(water.Parts) != 1 || *water.Parts[0].Sex != data.Male || *water.Parts[0].Band != "18-35" {
		t.Errorf("got %+v", water)
	}
	if medical := lost[3]; medical.Problem != named("M") || len(medical.Parts) != 2 {
		t.Errorf("got %+v", medical)
	}
}

func TestFirstChoicesThatAreTiedOrNotThere(t *testing.T) {
	m := meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{
		{group: data.Group{Sex: data.Female}, n: 3, ballots: profile("3 A=B C")},
		{group: data.Group{Sex: data.Male}, n: 2},
	}}
	round := Round{Voices: m.voices(t, nil), Problems: problems("A B C"), Scheme: data.Scheme{Sexes: true}}
	firsts := FirstsOf(round.Break(data.People, Cut{}, By{Sex: true}), round.Count(data.People, Cut{}))
	if len(firsts) != 2 || !slices.Equal(firsts[0].Problems, problems("A B")) || !slices.Equal(firsts[0].Overall, []int{1, 1}) {
		t.Fatalf("got %+v", firsts)
	}
	if men := firsts[1]; men.Problems != nil || men.Score != nil || men.Reason != "nothing" || men.N != 2 {
		t.Errorf("got %+v", men)
	}
	if all := spread(&round, data.People, Cut{}); all != nil {
		t.Errorf("one group spreads by %v", all)
	}
}
