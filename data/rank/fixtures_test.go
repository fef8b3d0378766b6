package rank

import (
	"cmp"
	"math/big"
	"slices"
	"testing"

	"ashar/data"
)

// Three rounds on which survey tools give answers that are wrong or half the
// truth. Each goes the whole way: what is written down, the sheet of the session,
// its voices, the ranking.

// accepted is the round of meetings whose every entry the sessions accept.
func accepted(t *testing.T, scheme data.Scheme, ids []data.ID, meetings ...meeting) Round {
	t.Helper()
	round := Round{Problems: ids, Scheme: scheme}
	for _, m := range meetings {
		for _, e := range m.entries() {
			if bad := e.Check(m.session, data.Round{Scheme: scheme}); len(bad) > 0 {
				t.Fatalf("%+v is refused: %v", e, bad)
			}
		}
		sheet, err := data.Fold(m.session, each(m.entries()))
		if err != nil {
			t.Fatal(err)
		}
		round.Voices = append(round.Voices, Voices(sheet, nil)...)
	}
	return round
}

func ballotSession(top int) data.Session {
	return data.Session{ID: num(1), Village: num(2), Form: data.Ballots, Top: top}
}

// against is the share of comparisons that one problem of a matrix wins.
func against(m *Matrix, a, b string) *big.Rat {
	return m.Share(slices.Index(m.Problems, named(a)), slices.Index(m.Problems, named(b)))
}

// Averages put a problem first that nobody named, and sums one that is longer
// ballots' second. Water has half of all first choices, is on all ballots but
// one, and wins against each of the others.
func TestAProblemMostPutFirstIsFirst(t *testing.T) {
	ids := problems("light school clinic road water")
	round := accepted(t, data.Scheme{}, ids, meeting{session: ballotSession(3), speakers: []speaker{{n: 12, ballots: profile("5 road school water; 6 water; 1 clinic")}}})
	r := round.Count(data.People, Cut{})
	stands(t, Ranking{Places: r.Places[:4]}, []tier{{"water"}, {"road"}, {"school"}, {"clinic"}})
	if first := r.Places[0]; first.First.Cmp(big.NewRat(6, 1)) != 0 || *first.Mentions != 11 || r.N != 12 {
		t.Errorf("water is first on %s and named on %d of %d", first.First, *first.Mentions, r.N)
	}
	if last := r.Places[4]; last.Problem != named("light") || last.Score != nil || last.Rank != 0 || *last.Mentions != 0 || last.First.Sign() != 0 {
		t.Errorf("the one nobody named is %+v", last)
	}
	m := round.Matrix(data.People, Cut{})
	hasWinner(t, m, new("water"))
	if share := against(m, "water", "road"); share.Cmp(big.NewRat(13, 24)) != 0 { // 6 and half of the one that names neither
		t.Errorf("water wins %s against road", share)
	}
	if check := m.Check(r.Places); check.Changes != nil {
		t.Errorf("by other methods %+v", check)
	}
}

// Ten whole orders, nine of them the same: how often a problem stands anywhere
// says nothing, 10, 10, 10, 10, 10.
func TestNineAgainstOneIsNotTenOfTen(t *testing.T) {
	ids := problems("water road school clinic light")
	round := accepted(t, data.Scheme{}, ids, meeting{session: ballotSession(0), speakers: []speaker{{n: 10, ballots: profile("9 water road school clinic light; 1 road water school clinic light")}}})
	r := round.Count(data.People, Cut{})
	wants(t, "nine against one", r, "water 39/40 road 31/40 school 1/2 clinic 1/4 light 0")
	stands(t, r, []tier{{"water"}, {"road"}, {"school"}, {"clinic"}, {"light"}})
	hasFirsts(t, r, ratios(t, "water 9 road 1 school 0 clinic 0 light 0"))
	for _, p := range r.Places {
		if *p.Mentions != 10 {
			t.Errorf("%d of 10 name %s", *p.Mentions, p.Problem[:])
		}
	}
	m := round.Matrix(data.People, Cut{})
	if share := against(m, "water", "road"); share.Cmp(big.NewRat(9, 10)) != 0 {
		t.Errorf("water wins %s against road", share)
	}
	if check := m.Check(r.Places); !check.Agree {
		t.Errorf("by other methods %+v", check)
	}
}

// Five groups, each with the three problems it agreed on: one group one voice
// puts water first, by people it is road. Both are true, and both are shown.
func TestGroupsSayWaterAndPeopleSayRoad(t *testing.T) {
	bands := []data.Band{"14-17", "18-35", "60+"}
	scheme := data.Scheme{Sexes: true, Bands: bands}
	var meetings []meeting
	points := map[data.View]map[data.ID]*big.Rat{data.Groups: {}, data.People: {}} // 3, 2, 1
	for i, g := range []struct {
		group data.Group
		n     int
		says  string
	}{
		{data.Group{Sex: data.Female, Band: "18-35"}, 12, "water clinic road"}, {data.Group{Sex: data.Female, Band: "60+"}, 4, "clinic water light"},
		{data.Group{Sex: data.Male, Band: "18-35"}, 30, "road light water"}, {data.Group{Sex: data.Male, Band: "60+"}, 5, "road water school"},
		{data.Group{Sex: data.Female, Band: "14-17"}, 11, "school water clinic"},
	} {
		s := data.Session{ID: num(i + 1), Village: num(9), Form: data.Order, Consent: data.ConsentSchool}
		meetings = append(meetings, meeting{session: s, speakers: []speaker{{group: g.group, n: g.n}}, order: order(g.says)})
		for place, p := range problems(g.says) {
			addTo(points[data.Groups], p, big.NewRat(int64(3-place), 1))
			addTo(points[data.People], p, big.NewRat(int64(g.n*(3-place)), 1))
		}
	}
	round := accepted(t, scheme, problems("light school clinic road water"), meetings...)
	for _, c := range []struct {
		view   data.View
		order  []tier
		points string
	}{
		{data.Groups, []tier{{"water"}, {"road"}, {"clinic"}, {"school"}, {"light"}}, "water 10 road 7 clinic 6 school 4 light 3"},
		{data.People, []tier{{"road"}, {"water"}, {"light"}, {"clinic"}, {"school"}}, "road 117 water 106 light 64 clinic 47 school 38"},
	} {
		hasRatios(t, "points of three", points[c.view], ratios(t, c.points))
		inOrder(t, "points of three", points[c.view], c.order)
		r := round.Count(c.view, Cut{})
		stands(t, r, c.order)
		if r.N != 62 || r.Voices != 5 || len(r.Out) > 0 {
			t.Errorf("%s: %d people of %d groups, %d stay out", c.view, r.N, r.Voices, len(r.Out))
		}
	}
	firsts := FirstsOf(round.Break(data.Groups, Cut{}, By{Sex: true, Band: true}), round.Count(data.Groups, Cut{}))
	slices.SortFunc(firsts, func(a, b First) int { return cmp.Compare(a.N, b.N) })
	for i, want := range []string{"clinic", "road", "school", "water", "road"} {
		if f := firsts[i]; len(f.Problems) != 1 || f.Problems[0] != named(want) {
			t.Errorf("the group of %d wants %v, not %s", f.N, f.Problems, want)
		}
	}
}
