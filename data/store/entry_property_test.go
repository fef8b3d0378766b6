package store

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ashar/data"
)

// TestEveryEntryComesBackAsItWas writes random entries of every kind and reads
// them back.
func TestEveryEntryComesBackAsItWas(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		var more []data.Problem
		for range 47 {
			more = append(more, data.Problem{ID: mint(), Round: w.round.ID, Created: noon})
		}
		must(t, s.AddProblems(t.Context(), w.municipality, more, event("problem.add")))
		w.problems = append(w.problems, more...)
		rapid.Check(t, func(r *rapid.T) {
			w.session = w.open(t, s)
			want := rapid.SliceOfN(rapid.Custom(w.anyEntry), 1, 8).Draw(r, "entries")
			if err := s.AddEntries(t.Context(), w.municipality, w.session, want); err != nil {
				r.Fatal(err)
			}
			session := w.again(t, s, w.session)
			is := w.entries(t, s, session)
			if len(is) != len(want) {
				r.Fatalf("%d entries came back of %d", len(is), len(want))
			}
			for i := range want {
				same(r, want[i], is[i])
			}
			session.Closed = w.session.Closed // sending them again changes nothing
			if err := s.AddEntries(t.Context(), w.municipality, session, want); err != nil {
				r.Fatal(err)
			}
		})
	})
}

// words of people: any letters, also those outside the basic plane, quotes and
// what looks like markup.
var anyText = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"Көчө жаңы, түтүк жок", "</script><b>\"'", "𐱅𐰇𐰼𐰰 👩‍🌾", "a\x00b", "\u2028"}))

func (w village) anyEntry(r *rapid.T) data.Entry {
	moment := func(name string) time.Time {
		return time.UnixMilli(rapid.Int64Range(1, 1<<42).Draw(r, name)).UTC()
	}
	e := data.Entry{
		ID: mint(), Session: w.session.ID, Made: moment("made"), Received: moment("received"),
		Kind: rapid.SampledFrom([]data.Kind{data.PresenceAdd, data.PresenceCount, data.Offer, data.TallyAdd, data.TallyCount, data.Explain,
			data.Cast, data.Compare, data.Agree, data.Note, data.Quote, data.Redact, data.Void, data.Header}).Draw(r, "kind"),
		N: rapid.IntRange(-1000, data.MaxCount).Draw(r, "n"),
		Group: data.Group{
			Sex:  rapid.SampledFrom(data.Sexes).Draw(r, "sex"),
			Band: rapid.SampledFrom([]data.Band{"", "14-17", "61+"}).Draw(r, "band"),
			Tag:  rapid.SampledFrom([]string{"", "herders", "жаштар"}).Draw(r, "tag"),
		},
	}
	if rapid.Bool().Draw(r, "by") {
		e.By = mint()
	}
	problem := rapid.SampledFrom(w.problems)
	if e.Kind == data.Cast || e.Kind == data.Agree {
		e.Ballot = w.anyBallot(r)
		return e
	}
	if rapid.Bool().Draw(r, "problem") {
		e.Problem, e.Other = problem.Draw(r, "problem").ID, problem.Draw(r, "other").ID
	}
	e.Text = anyText.Draw(r, "text")
	e.Target, e.Seen = data.ID{1, rapid.Byte().Draw(r, "target")}, data.ID{rapid.Byte().Draw(r, "seen")}
	if e.Kind == data.Header {
		e.Field, e.Value = "place", rapid.StringOfN(rapid.RuneFrom([]rune("Көчө 1ңү</>")), 0, 300, -1).Draw(r, "value")
	}
	return e
}

func (w village) anyBallot(r *rapid.T) data.Ballot {
	named := rapid.Permutation(w.problems).Draw(r, "order")[:rapid.IntRange(1, len(w.problems)).Draw(r, "named")]
	place := 1
	var b data.Ballot
	for _, p := range named {
		b = append(b, data.Choice{Problem: p.ID, Place: place, Points: rapid.IntRange(-5, 1_000_000).Draw(r, "points")})
		place += rapid.IntRange(0, 1).Draw(r, "tie")
	}
	return b
}
