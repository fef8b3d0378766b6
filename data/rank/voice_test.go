package rank

import (
	"testing"

	"ashar/data"
)

var (
	youngWomen = data.Group{Sex: data.Female, Band: "18-28"}
	youngMen   = data.Group{Sex: data.Male, Band: "18-28"}
	oldWomen   = data.Group{Sex: data.Female, Band: "61+"}
	oldMen     = data.Group{Sex: data.Male, Band: "61+"}
	unsaid     = data.Group{}

	a, b, c, d = named("A"), named("B"), named("C"), named("D")
)

func sitting(n int, form data.Form, speakers ...speaker) meeting {
	return meeting{session: data.Session{ID: num(n), Village: drawVillages[0], Form: form}, speakers: speakers}
}

// Hands for two problems that turn out to be one are the same hands; stones are
// different stones.
func TestMergedVotesOfATally(t *testing.T) {
	hands := map[data.ID]int{a: 3, b: 5, c: 4}
	merges := data.Merges{a: a, b: a, c: c}
	raised := sitting(1, data.Tally, speaker{group: youngWomen, n: 8, hands: hands})
	laid := raised
	laid.session.Each = 3
	for _, x := range []struct {
		name        string
		m           meeting
		want, total int
		scores      string
	}{
		{"hands", raised, 5, 9, "A 9/16 C 7/16"},
		{"stones", laid, 8, 12, "A 3/4 C 1/4"},
	} {
		v := x.m.voices(t, merges)[0]
		if v.Said.Of(a).Mentions != x.want || v.Votes != x.total || v.Said.Len() != 2 {
			t.Errorf("%s: %d of %d votes, want %d of %d", x.name, v.Said.Of(a).Mentions, v.Votes, x.want, x.total)
		}
		round := Round{Voices: []Voice{v}, Problems: problems("A C")}
		wants(t, x.name, round.Count(data.People, Cut{}), x.scores)
	}
}

// Pairs inside a merge are dropped, and several for the same two settled by
// their majority.
func TestMergedPairsOfAMatrix(t *testing.T) {
	pair := func(x, y data.ID) data.Pair { p, _ := data.PairOf(x, y); return p }
	m := sitting(1, data.Pairs, speaker{group: youngWomen, n: 9})
	m.pairs = map[data.Pair]int{pair(a, b): -1, pair(a, c): 1, pair(b, c): 1, pair(a, d): 1, pair(b, d): -1, pair(c, d): 1}
	for _, x := range []struct {
		name   string
		merges data.Merges
		ids    string
		want   string
	}{
		{"nothing merged", nil, "A B C D", "A 2/3 B 2/3 C 1/3 D 1/3"},
		{"B into A: once for, once against D", data.Merges{b: a}, "A C D", "A 3/4 C 1/2 D 1/4"},
		{"A into B comes to the same", data.Merges{a: b}, "B C D", "B 3/4 C 1/2 D 1/4"},
		{"A into D turns its pairs round", data.Merges{a: d}, "B C D", "B 3/4 C 1/4 D 1/2"},
		{"D into C", data.Merges{d: c}, "A B C", "A 1/2 B 3/4 C 1/4"},
		{"two pairs", data.Merges{b: a, d: c}, "A C", "A 1 C 0"},
		{"all are one", data.Merges{b: a, c: a, d: a}, "A", "A 1"},
	} {
		round := Round{Voices: m.voices(t, x.merges), Problems: problems(x.ids)}
		wants(t, x.name, round.Count(data.People, Cut{}), x.want)
	}
	delete(m.pairs, pair(c, d))
	if v := m.voices(t, nil)[0]; v.Stays != Incomplete {
		t.Errorf("an open pair: the voice %q", v.Stays)
	}
	if v := m.voices(t, data.Merges{d: c})[0]; v.Stays != Counts {
		t.Errorf("the open pair is one problem now: the voice %q", v.Stays)
	}
}

// The single order or matrix of a mixed meeting counts only where everybody
// does.
func TestAMixedMeetingCountsOnlyInAll(t *testing.T) {
	for _, form := range []data.Form{data.Order, data.Pairs} {
		mixed := sitting(1, form, speaker{group: youngWomen, n: 6}, speaker{group: oldMen, n: 4})
		if form == data.Order {
			mixed.order = order("B A")
		} else {
			mixed.pairs = map[data.Pair]int{{A: a, B: b}: -1}
		}
		alone := sitting(2, data.Order, speaker{group: youngWomen, n: 5})
		alone.order = order("A B")
		round := Round{Voices: voicesOf(t, []meeting{mixed, alone}, nil), Problems: problems("A B"), Scheme: drawScheme,
			Population: []data.Population{{Sex: data.Female, Band: "18-28", People: 1}, {Sex: data.Female, Band: "61+"}, {Sex: data.Male, Band: "18-28"}, {Sex: data.Male, Band: "61+"}}}
		wants(t, "everybody", round.Count(data.People, Cut{}), "A 1/3 B 2/3")
		wants(t, "each group one voice", round.Count(data.Groups, Cut{}), "A 1/2 B 1/2")
		wants(t, "the village", round.Count(data.Groups, Cut{Village: &drawVillages[0]}), "A 1/2 B 1/2")
		r := round.Count(data.Citizens, Cut{})
		wants(t, "residents", r, "A 1 B 0")
		if r.Unplaced != 10 {
			t.Errorf("%d people cannot be placed, want 10", r.Unplaced)
		}
		for sex, n := range map[data.Sex]int{data.Female: 5, data.Male: 0, data.UnknownSex: 10} {
			r := round.Count(data.People, Cut{Sex: &sex})
			if sex == data.Female {
				wants(t, "women", r, "A 1 B 0")
			} else if r.Reason != "nothing" || len(scores(r)) > 0 {
				t.Errorf("%s: %v", sex.Key(), scores(r))
			}
			if r.N != n {
				t.Errorf("%d people are %s, want %d", r.N, sex.Key(), n)
			}
		}
	}
}

// What is one group's alone counts as that group's.
func TestAnOrderOfOneGroupIsItsOwn(t *testing.T) {
	m := sitting(1, data.Order, speaker{group: youngWomen, n: 6}, speaker{group: oldMen, n: 0})
	m.order = order("B A")
	voices := m.voices(t, nil)
	if len(voices) != 1 || voices[0].Mixed || voices[0].Group != youngWomen || voices[0].N != 6 {
		t.Fatalf("got %+v", voices)
	}
	women := data.Female
	round := Round{Voices: voices, Problems: problems("A B")}
	r := round.Count(data.People, Cut{Sex: &women})
	wants(t, "women", r, "A 0 B 1")
	if p := r.Places[0]; p.Mentions != nil || p.First != nil || p.Points != nil || p.Named != 1 || p.Of != 1 {
		t.Errorf("an agreed order has ballots: %+v", p)
	}
}

// More votes than people stay out of the score until somebody explains them,
// but they are added up, and listed.
func TestTooManyVotesStayOutUntilExplained(t *testing.T) {
	for _, x := range []struct {
		name     string
		form     data.Form
		each     int
		too      speaker
		mentions int
		after    string
	}{
		{"hands", data.Tally, 0, speaker{n: 2, hands: map[data.ID]int{b: 4, a: 1}}, 4, "A 3/4 B 1/4"},
		{"stones on one", data.Tally, 2, speaker{n: 2, hands: map[data.ID]int{b: 3}}, 3, "A 5/7 B 2/7"},
		{"stones of all", data.Tally, 1, speaker{n: 2, hands: map[data.ID]int{b: 2, a: 1}}, 2, "A 11/14 B 3/14"},
		{"ballots", data.Ballots, 0, speaker{n: 2, ballots: profile("3 B A")}, 3, "A 5/7 B 2/7"},
	} {
		agreed := sitting(1, data.Order, speaker{group: youngMen, n: 5})
		agreed.order = order("A B")
		x.too.group = youngWomen
		too := sitting(2, x.form, x.too)
		too.session.Each = x.each
		round := Round{Voices: voicesOf(t, []meeting{agreed, too}, nil), Problems: problems("A B")}
		r := round.Count(data.People, Cut{})
		wants(t, x.name, r, "A 1 B 0")
		if r.N != 7 || r.Voices != 1 || len(r.Out) != 1 || r.Out[0].Stays != Unsaid || r.Out[0].Group != youngWomen {
			t.Errorf("%s: %d people, %d voices, out %+v", x.name, r.N, r.Voices, r.Out)
		}
		if m := mentionsOf(r, b); m != x.mentions {
			t.Errorf("%s: %d mentions, want %d", x.name, m, x.mentions)
		}
		too.speakers[0].reason = true
		round.Voices = voicesOf(t, []meeting{agreed, too}, nil)
		r = round.Count(data.People, Cut{})
		wants(t, x.name+", explained", r, x.after)
		if r.N != 7 || r.Voices != 2 || len(r.Out) != 0 || mentionsOf(r, b) != x.mentions {
			t.Errorf("%s, explained: %d people, %d voices, out %+v", x.name, r.N, r.Voices, r.Out)
		}
	}
}

func mentionsOf(r Ranking, p data.ID) int {
	for _, place := range r.Places {
		if place.Problem == p && place.Mentions != nil {
			return *place.Mentions
		}
	}
	return -1
}

func TestEveryReasonToStayOut(t *testing.T) {
	ab := data.Pair{A: a, B: b}
	for _, x := range []struct {
		name string
		m    meeting
		want []Stay
		n    int
	}{
		{"nobody came", sitting(1, data.Tally), nil, 0},
		{"all are silent", sitting(1, data.Tally, speaker{group: youngWomen, n: 3}, speaker{group: youngMen, n: 4}), []Stay{Silent, Silent}, 7},
		{"no hand was raised", sitting(1, data.Tally, speaker{group: youngWomen, n: 3, hands: map[data.ID]int{a: 0}}), []Stay{Silent}, 3},
		{"one of two is silent", sitting(1, data.Ballots, speaker{group: youngWomen, n: 3, ballots: profile("3 A")}, speaker{group: youngMen, n: 4}), []Stay{Counts, Silent}, 7},
		{"nobody was counted", sitting(1, data.Tally, speaker{group: youngWomen, hands: map[data.ID]int{a: 2}}), []Stay{Unsaid}, 0},
		{"nobody was counted, with a reason", sitting(1, data.Tally, speaker{group: youngWomen, hands: map[data.ID]int{a: 2}, reason: true}), []Stay{Nobody}, 0},
		{"an order of nobody", meeting{session: data.Session{Form: data.Order}, order: order("A B")}, []Stay{Nobody}, 0},
		{"a matrix of nobody", meeting{session: data.Session{Form: data.Pairs}, pairs: map[data.Pair]int{ab: 1}}, []Stay{Nobody}, 0},
		{"no order", sitting(1, data.Order, speaker{group: youngWomen, n: 3}, speaker{group: unsaid, n: 2}), []Stay{Silent, Silent}, 5},
		{"no pairs", sitting(1, data.Pairs, speaker{group: oldMen, n: 3}), []Stay{Silent}, 3},
	} {
		voices, n := x.m.voices(t, nil), 0
		if len(voices) != len(x.want) {
			t.Errorf("%s: %+v", x.name, voices)
			continue
		}
		for i, v := range voices {
			n += v.N
			if v.Stays != x.want[i] {
				t.Errorf("%s: %q, want %q", x.name, v.Stays, x.want[i])
			}
		}
		round := Round{Voices: voices, Problems: problems("A B")}
		if r := round.Count(data.People, Cut{}); r.N != n || n != x.n {
			t.Errorf("%s: %d people, want %d", x.name, r.N, x.n)
		}
	}
}

// A round with one problem has nothing to compare: it wins, and that is all.
func TestOneProblemWins(t *testing.T) {
	round := one(t, profile("3 A"), problems("A"))
	r := round.Count(data.People, Cut{})
	wants(t, "one problem", r, "A 1")
	if r.Voices != 1 || r.Places[0].Rank != 1 || r.Places[0].Tied {
		t.Errorf("got %+v", r)
	}
}

func TestNothingSaidSaysSo(t *testing.T) {
	for name, round := range map[string]Round{
		"no voices":    {Problems: problems("A B")},
		"no problems":  {},
		"silent":       {Problems: problems("A B"), Voices: sitting(1, data.Tally, speaker{n: 4}).voices(t, nil)},
		"all are over": {Problems: problems("A B"), Voices: sitting(1, data.Tally, speaker{n: 1, hands: map[data.ID]int{a: 2}}).voices(t, nil)},
	} {
		for _, view := range data.Views {
			r := round.Count(view, Cut{})
			if r.Reason != "nothing" || r.View != view || len(r.Places) != len(round.Problems) || len(scores(r)) > 0 {
				t.Errorf("%s, %s: %+v", name, view, r)
			}
		}
		if parts := round.Break(data.People, Cut{}, By{Sex: true}); len(parts) != min(1, len(round.Voices)) {
			t.Errorf("%s: %d parts", name, len(parts))
		}
	}
}

func TestPartsStandInTheOrderOfTheScheme(t *testing.T) {
	var meetings []meeting
	for i, village := range []data.ID{drawVillages[1], drawVillages[0]} {
		for _, g := range []data.Group{unsaid, oldMen, oldWomen, youngMen, youngWomen} {
			m := sitting(10*i+len(meetings), data.Ballots, speaker{group: g, n: 1, ballots: profile("1 A")})
			m.session.Village = village
			meetings = append(meetings, m)
		}
	}
	round := Round{Voices: voicesOf(t, meetings, nil), Problems: problems("A"), Scheme: drawScheme}
	groups := []data.Group{youngWomen, oldWomen, youngMen, oldMen, unsaid}
	parts := round.Break(data.People, Cut{}, By{Village: true, Sex: true, Band: true})
	if len(parts) != 10 {
		t.Fatalf("%d parts", len(parts))
	}
	for i, p := range parts {
		g := data.Group{Sex: *p.Cut.Sex, Band: *p.Cut.Band}
		if *p.Cut.Village != drawVillages[1-i/5] || g != groups[i%5] || p.Cut.Tag != nil || p.Cut.Session != nil || p.Ranking.N != 1 {
			t.Errorf("part %d: %v in %v, %d people", i, g, *p.Cut.Village, p.Ranking.N)
		}
	}
	inside := round.Break(data.People, Cut{Village: &drawVillages[0]}, By{Sex: true})
	if len(inside) != 3 || *inside[0].Cut.Village != drawVillages[0] || inside[0].Ranking.N != 2 {
		t.Errorf("inside one village: %+v", inside)
	}
}
