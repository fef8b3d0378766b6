package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"ashar/data"
)

func TestEntryIsKeptOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		e := w.tap(2)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}, event("entry.add")))
		stamp := w.again(t, s, w.session).Stamp

		again := e
		again.Received = noon.Add(1e9) // the server's clock, not what was said
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{again}, event("entry.again")))
		same(t, []data.Entry{e}, w.entries(t, s, w.session))
		if w.again(t, s, w.session).Stamp != stamp {
			t.Error("an entry that was there already gave the session a new stamp")
		}
		if e := got(s.Events(t.Context(), w.municipality, 0, 1))(t)[0]; e.Action != "entry.add" {
			t.Errorf("an entry that was there already left the event %s", e.Action)
		}
	})
}

func TestEntryWithOtherContentConflicts(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		e, note, ballot := w.tap(2), w.note("суу жок"), w.ballot(0, 1)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e, note, ballot}))
		for name, change := range map[string]func() data.Entry{
			"number":  func() data.Entry { c := e; c.N = 3; return c },
			"kind":    func() data.Entry { c := e; c.Kind = data.TallyCount; return c },
			"group":   func() data.Entry { c := e; c.Group.Band = "61+"; return c },
			"problem": func() data.Entry { c := e; c.Problem = w.problems[1].ID; return c },
			"text":    func() data.Entry { c := note; c.Text += "."; return c },
			"ballot":  func() data.Entry { c := w.ballot(1, 0); c.ID = ballot.ID; return c },
		} {
			fresh := w.tap(1)
			err := s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{fresh, change()})
			if !errors.Is(err, data.ErrConflict) {
				t.Errorf("another %s: %v", name, err)
			}
		}
		same(t, []data.Entry{e, note, ballot}, w.entries(t, s, w.session))
	})
}

func TestEntriesComeInOrderOfBirth(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		var all []data.Entry
		for i := range 10 {
			all = append(all, w.tap(i+1))
		}
		late := slices.Concat(all[5:], all[:5])
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, late[:6]))
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, late[6:]))
		same(t, all, w.entries(t, s, w.session))

		latest := func(before data.ID, limit int) (list []data.Entry) {
			for e, err := range s.LatestEntries(t.Context(), w.municipality, w.session, before, limit) {
				must(t, err)
				list = append(list, e)
			}
			slices.Reverse(list)
			return list
		}
		same(t, all[6:], latest(data.ID{}, 4))
		same(t, all[2:6], latest(all[6].ID, 4))
		same(t, all[:2], latest(all[2].ID, 4))

		for e, err := range s.Entries(t.Context(), w.municipality, w.session) { // a reader may stop early
			must(t, err)
			same(t, all[0], e)
			break
		}
	})
}

func TestEntryNamesOnlyProblemsOfItsRound(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w, foreign := settle(t, s), settle(t, s)
		other, problems := newRound()
		must(t, s.AddRound(t.Context(), w.municipality, other, problems, event("round.add")))
		for name, p := range map[string]data.ID{"nobody's": mint(), "another round's": problems[0].ID, "another municipality's": foreign.problems[0].ID} {
			tap, pair, ballot := w.tap(1), w.tap(1), w.ballot(0, 1)
			tap.Problem = p
			pair.Kind, pair.Other = data.Compare, p
			ballot.Ballot[1].Problem = p
			for _, e := range []data.Entry{tap, pair, ballot} {
				if err := s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1), e}); !errors.Is(err, data.ErrMissing) {
					t.Errorf("%s naming %s problem: %v", e.Kind, name, err)
				}
			}
		}
		same(t, []data.Entry(nil), w.entries(t, s, w.session))
	})
}

func TestClosedSessionTakesNoMore(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		tap, closing := w.tap(1), w.entry(data.Close)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{tap, closing}))
		closed := w.again(t, s, w.session)
		if !closed.Closed {
			t.Fatal("the session is open")
		}
		refused(t, data.ErrConflict, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{tap, closing})) // sent again

		reopening := w.entry(data.Reopen)
		reopening.Text = "бир добуш калып калыптыр"
		must(t, s.AddEntries(t.Context(), w.municipality, closed, []data.Entry{reopening}))
		if w.again(t, s, w.session).Closed {
			t.Fatal("the session is closed")
		}
		more := w.tap(1)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{closing, more})) // sent again with one more
		if w.again(t, s, w.session).Closed {
			t.Error("a closing that was there already closed the session again")
		}
		same(t, []data.Entry{tap, closing, reopening, more}, w.entries(t, s, w.session))
	})
}

func TestHeaderEntriesChangeOnlyTheirLine(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		moved := data.Village{ID: mint(), Name: data.Text{KY: "Өйдө"}}
		must(t, s.SaveVillage(t.Context(), w.municipality, moved, event("village.add")))
		lines := map[string]string{"village": moved.ID.String(), "place": "Мектеп", "date": "2026-11-19", "facilitators": "Бакыт", "consent": "parents"}
		want := w.session
		for field, value := range lines {
			e := w.entry(data.Header)
			e.Field, e.Value, e.Text = field, value, "ката"
			want, _ = want.With(field, value)
			// Everybody still has the session as it was at first.
			must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
		}
		is := w.again(t, s, w.session)
		want.Stamp = is.Stamp
		same(t, want, is)

		lost := w.entry(data.Header)
		lost.Field, lost.Value = "village", mint().String()
		refused(t, data.ErrMissing, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{lost}))
	})
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		var mu sync.Mutex
		var kept []data.ID
		together(t, 64, func(ctx context.Context, i int) error {
			for range 5 {
				e, bad := w.tap(1), w.tap(1)
				bad.Problem = mint()
				if err := s.AddEntries(ctx, w.municipality, w.session, []data.Entry{e}); err != nil {
					return err
				}
				mu.Lock()
				kept = append(kept, e.ID)
				mu.Unlock()
				if err := s.AddEntries(ctx, w.municipality, w.session, []data.Entry{w.tap(1), bad}); !errors.Is(err, data.ErrMissing) {
					return errors.New("a bad entry got the answer of a good one")
				}
			}
			return nil
		})
		var is []data.ID
		for _, e := range w.entries(t, s, w.session) {
			is = append(is, e.ID)
		}
		slices.SortFunc(kept, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
		same(t, kept, is)
	})
}

func TestSameEntrySentManyTimesAtOnceIsKeptOnce(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		list := []data.Entry{w.tap(1), w.tap(2), w.note("суу")}
		together(t, 32, func(ctx context.Context, i int) error {
			mine := slices.Clone(list)
			if i%2 == 0 {
				slices.Reverse(mine)
			}
			return s.AddEntries(ctx, w.municipality, w.session, mine)
		})
		same(t, list, w.entries(t, s, w.session))
	})
}

// ballot ranks problems of the village's round by their index.
func (w village) ballot(problems ...int) data.Entry {
	e := w.tap(0)
	e.Kind, e.Problem = data.Cast, data.ID{}
	for i, p := range problems {
		e.Ballot = append(e.Ballot, data.Choice{Problem: w.problems[p].ID, Place: i + 1})
	}
	return e
}

// entry is a bare one of a kind.
func (w village) entry(kind data.Kind) data.Entry {
	return data.Entry{ID: mint(), Session: w.session.ID, Kind: kind, By: data.ID{7}, Made: noon, Received: noon}
}
