package form

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ashar/data"
	"ashar/data/rank"
)

// problem is the problem of a name.
func problem(name string) (id data.ID) {
	copy(id[:], name)
	return id
}

// needs is a form with one question about the problems of a round, "other" being
// none of them.
func needs(t testing.TB, kind Kind, with ...func(*Question)) (*Form, *Question) {
	f := asked(asks("needs", kind, append(with, of("needs"))...))
	l := list("needs", "water", "road", "school", "clinic", "light", "other")
	for i := range l.Choices[:5] {
		l.Choices[i].Problem = problem(l.Choices[i].Name)
	}
	f.Lists = append(f.Lists, l)
	f = kept(t, f)
	return f, &f.Questions[0]
}

// count is the order that people who post places make, the best first, those
// nobody named last in brackets, with the scores.
func count(t *testing.T, f *Form, q *Question, posts []post) string {
	t.Helper()
	voice := rank.Voice{Form: data.Ballots}
	for _, p := range posts {
		r := f.Run(nil, noon, "ky")
		answer(t, r, q.Name, p)
		if ballot := f.Ballot(q, r.Final()[q.Name]); ballot != nil {
			voice.Cast(ballot)
		}
	}
	round := rank.Round{Voices: []rank.Voice{voice}}
	for _, c := range f.Choices(q) {
		if !c.Problem.Zero() {
			round.Problems = append(round.Problems, c.Problem)
		}
	}
	var order []string
	for _, p := range round.Count(data.People, rank.Cut{}).Places {
		name := strings.TrimRight(string(p.Problem[:]), "\x00")
		if p.Score == nil {
			order = append(order, "("+name+")")
			continue
		}
		order = append(order, name+" "+p.Score.RatString())
	}
	return strings.Join(order, ", ")
}

func several(n int, p post) []post { return slices.Repeat([]post{p}, n) }

// ranked is a post that names choices in order.
func ranked(names ...string) post {
	p := post{}
	for i, name := range names {
		p["needs/"+name] = []string{strconv.Itoa(i + 1)}
	}
	return p
}

// Twelve short orders in which one problem is first for half the people and on
// all lists but one: it comes first, and the one that nobody named last.
func TestShortOrdersAreCounted(t *testing.T) {
	f, q := needs(t, Rank, top(3))
	posts := slices.Concat(several(5, ranked("road", "school", "water")), several(6, ranked("water")), several(1, ranked("clinic")))
	if got, want := count(t, f, q, posts), "water 2/3, road 11/18, school 17/36, clinic 1/4, (light)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFullOrdersAreCounted(t *testing.T) {
	f, q := needs(t, Rank)
	posts := append(several(9, ranked("water", "road", "school", "clinic", "light")), ranked("road", "water", "school", "clinic", "light"))
	if got, want := count(t, f, q, posts), "water 39/40, road 31/40, school 1/2, clinic 1/4, light 0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The order in which choices were shown is never an answer.
func TestWhoPutsNothingCastsNoBallot(t *testing.T) {
	f, q := needs(t, Rank, random, refusable)
	shown := sent("needs/_shown", "other light clinic school road water")
	posts := append(several(3, shown), sent("needs/_refused", "1"), ranked("other"), ranked("road"))
	if got, want := count(t, f, q, posts), "road 1, (water), (school), (clinic), (light)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestBallotsOfEveryKind(t *testing.T) {
	choice := func(name string, place, points int) data.Choice {
		return data.Choice{Problem: problem(name), Place: place, Points: points}
	}
	for _, c := range []struct {
		kind Kind
		post post
		want data.Ballot
	}{
		{Rank, ranked("other", "light", "road"), data.Ballot{choice("light", 1, 0), choice("road", 2, 0)}},
		{Rank, sent("needs/water", "3", "needs/road", "3", "needs/other", "1", "needs/light", "5"), data.Ballot{choice("water", 1, 0), choice("road", 1, 0), choice("light", 2, 0)}},
		{Points, sent("needs/water", "2", "needs/road", "5", "needs/light", "2", "needs/other", "1"), data.Ballot{choice("road", 1, 5), choice("water", 2, 2), choice("light", 2, 2)}},
		{Pairs, sent("needs/water/road", "road", "needs/water/school", "water", "needs/road/school", "road", "needs/school/light", Tie),
			data.Ballot{choice("road", 1, 0), choice("water", 2, 0), choice("school", 3, 0), choice("light", 3, 0)}},
		{Many, sent("needs", "water"), nil},
		{Rank, sent(), nil},
		{Points, sent("needs/water", "0"), nil},
		{Pairs, sent(), nil},
	} {
		f, q := needs(t, c.kind, ties, points(10))
		r := f.Run(nil, noon, "ky")
		answer(t, r, "needs", c.post)
		if diff := cmp.Diff(c.want, f.Ballot(q, r.Final()["needs"])); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", c.kind, c.post, diff)
		}
	}
}

// A full comparison of pairs without circles says the same as the order it comes
// from.
func TestPairsSayWhatTheOrderSays(t *testing.T) {
	f, q := needs(t, Rank)
	pairs, p := needs(t, Pairs)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.Permutation([]string{"water", "road", "school", "clinic", "light"}).Draw(t, "order")
		ranks, cells := [][]string{}, map[string]string{}
		for i, a := range names {
			ranks = append(ranks, []string{a})
			for _, b := range names[i+1:] {
				cells[a+" "+b] = a
			}
		}
		want := f.Ballot(q, data.Answer{Ranks: ranks[:4]}) // the last one wins nothing
		if got := pairs.Ballot(p, data.Answer{Cells: cells}); !cmp.Equal(want, got) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// Points fall on the side of the more: the scores of two people add up.
func TestPointsAreCountedAsOrders(t *testing.T) {
	f, q := needs(t, Points, points(10))
	posts := []post{sent("needs/water", "6", "needs/road", "4"), sent("needs/road", "10")}
	if got, want := count(t, f, q, posts), "water 1/2, road 1/2, (school), (clinic), (light)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
