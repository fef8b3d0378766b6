package handlers

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
	"ashar/data/storetest"
)

// heardRound is a round with one session of ballots, in which entries are
// written down by many tablets.
type heardRound struct {
	home     data.ID
	round    data.Round
	problems []data.Problem
	session  data.Session
	written  []data.Entry
	at       time.Time
}

var (
	heardGroups = []data.Group{{Sex: data.Female, Band: "18-28"}, {Sex: data.Male, Band: "18-28"}, {Sex: data.Male}}
	heardNoon   = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
)

func newHeardRound(t *rapid.T, db *store.Store) *heardRound {
	ctx, h := context.Background(), &heardRound{home: Mint(), at: heardNoon}
	event := data.Event{At: heardNoon, Action: "test.do"}
	village := data.Village{ID: Mint(), Name: data.Text{KY: "Булак"}}
	h.round = data.Round{ID: Mint(), Name: "2026", Forms: data.Forms, Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-28"}}, Rule: data.DefaultRule(data.People), Created: heardNoon}
	for i := range 4 {
		h.problems = append(h.problems, data.Problem{ID: Mint(), Round: h.round.ID, Title: data.Text{KY: fmt.Sprint("Суу ", i)}, Issue: 1, Competence: data.OfAimak, Created: heardNoon})
	}
	h.session = data.Session{ID: Mint(), Round: h.round.ID, Village: village.ID, Place: "Клуб", Date: "2026-11-20", Facilitators: "Айгүл",
		Form: rapid.SampledFrom([]data.Form{data.Ballots, data.Scores, data.Tally, data.Order}).Draw(t, "form"), By: data.ID{7}, Created: heardNoon}
	for _, err := range []error{
		db.AddMunicipality(ctx, data.Municipality{ID: h.home, Slug: "a" + h.home.String(), Name: data.Text{KY: "Булак"}, Created: heardNoon}, event),
		db.SaveVillage(ctx, h.home, village, event),
		db.AddRound(ctx, h.home, h.round, h.problems, event),
		db.OpenSession(ctx, h.home, h.session, heardNoon, event),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// entry draws what somebody may write down next.
func (h *heardRound) entry(t *rapid.T) data.Entry {
	h.at = h.at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "pause")) * 300 * time.Microsecond) // often within one millisecond
	e := data.Entry{ID: Mint(), Session: h.session.ID, By: data.ID{7}, Made: h.at, Received: h.at, Group: rapid.SampledFrom(heardGroups).Draw(t, "group")}
	problem := rapid.SampledFrom(h.problems).Draw(t, "problem").ID
	switch kind := rapid.SampledFrom([]string{"came", "cast", "cast", "cast", "hand", "void", "agree", "explain"}).Draw(t, "kind"); {
	case kind == "cast" && (h.session.Form == data.Ballots || h.session.Form == data.Scores):
		e.Kind, e.Ballot = data.Cast, data.Ballot{{Problem: problem, Place: 1, Points: 3}}
		if other := rapid.SampledFrom(h.problems).Draw(t, "second").ID; other != problem {
			e.Ballot = append(e.Ballot, data.Choice{Problem: other, Place: rapid.IntRange(1, 2).Draw(t, "place"), Points: 2})
		}
	case kind == "hand" && h.session.Form == data.Tally:
		e.Kind, e.Problem, e.N = rapid.SampledFrom([]data.Kind{data.TallyAdd, data.TallyCount}).Draw(t, "how"), problem, rapid.IntRange(1, 9).Draw(t, "n")
	case kind == "agree" && h.session.Form == data.Order:
		e.Kind, e.Ballot = data.Agree, data.Ballot{{Problem: problem, Place: 1}}
	case kind == "void" && len(h.written) > 0:
		e.Kind, e.Target, e.Group = data.Void, rapid.SampledFrom(h.written).Draw(t, "target").ID, data.Group{}
	case kind == "explain":
		e.Kind, e.N, e.Text = data.Explain, 50, "кечикти"
	default:
		e.Kind, e.N = data.PresenceAdd, rapid.IntRange(1, 9).Draw(t, "people")
	}
	return e
}

// TestHearingOnComesToTheSameAsReadingAnew writes entries of every kind down and
// looks at the round after each few of them: what is remembered says what the
// entries say, so that no total can disagree with them.
func TestHearingOnComesToTheSameAsReadingAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, place string) {
		db, err := store.Open(t.Context(), place, Mint)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		heard := 0
		rapid.Check(t, func(t *rapid.T) { heard += hearsOn(t, db) })
		if heard == 0 {
			t.Error("nothing was heard on: this looks at nothing")
		}
	})
}

// hearsOn tells how many times the session could be heard on.
func hearsOn(t *rapid.T, db *store.Store) (heard int) {
	ctx, h, kept := context.Background(), newHeardRound(t, db), newRoundCount()
	for range rapid.IntRange(2, 6).Draw(t, "looks") {
		for range rapid.IntRange(0, 4).Draw(t, "entries") {
			e := h.entry(t)
			if err := db.AddEntries(ctx, h.home, h.session, []data.Entry{e}); err != nil {
				t.Fatal(err)
			}
			h.written = append(h.written, e)
		}
		if was := kept.sessions[h.session.ID]; was != nil && was.casting != nil {
			heard++
		}
		got, err := kept.count(ctx, db, h.home, h.round)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Count(ctx, db, h.home, h.round)
		if err != nil {
			t.Fatal(err)
		}
		for _, view := range data.Views {
			if a, b := fmt.Sprintf("%+v", said(got.Rank.Count(view, Everybody))), fmt.Sprintf("%+v", said(want.Rank.Count(view, Everybody))); a != b {
				t.Fatalf("%s: remembered\n%s\nread anew\n%s", view, a, b)
			}
		}
	}
	return heard
}

// said is a ranking in words that can be compared.
func said(r rank.Ranking) (lines []string) {
	lines = append(lines, fmt.Sprint(r.N, r.Voices, r.Reason, len(r.Out)))
	for _, p := range r.Places {
		line := fmt.Sprint(p.Problem, p.Rank, p.Score, p.First, p.Named, p.Of)
		if p.Mentions != nil {
			line += fmt.Sprint(" named ", *p.Mentions)
		}
		lines = append(lines, line)
	}
	return lines
}

// TestWhoGaveUpWaitingCountsNobodyTwice: a hearing that was heard on, and whose
// successor was never kept, is read anew.
func TestWhoGaveUpWaitingCountsNobodyTwice(t *testing.T) {
	session := data.Session{Form: data.Ballots}
	was := &hearing{casting: rank.NewCasting(session, nil)}
	e := data.Entry{ID: Mint(), Kind: data.Cast, Group: heardGroups[0], Ballot: data.Ballot{{Problem: Mint(), Place: 1}}}
	next, err := was.hearOn(session, []data.Entry{e})
	if err != nil || len(next.voices) != 1 || next.voices[0].Ballots != 1 || next.casting == nil {
		t.Fatalf("heard on: %+v, %v", next, err)
	}
	if was.casting != nil {
		t.Error("the ballot could be added to what has it already")
	}
}
