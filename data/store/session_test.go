package store

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"ashar/data"
)

func TestSessionIsKeptWhole(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		session := data.Session{ID: mint(), Round: w.round.ID, Village: w.village.ID, Place: "Мектеп", Date: "2026-11-21", Facilitators: "Айгүл, Бакыт",
			Form: data.Ballots, Each: 2, Top: 5, Tag: "herders", Consent: data.ConsentSchool, By: data.ID{7}, Created: noon}
		must(t, s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")))
		is := w.again(t, s, session)
		if is.Stamp.Zero() {
			t.Error("a new session has no stamp")
		}
		session.Stamp = is.Stamp
		same(t, session, is)
		same(t, []data.Session{w.session, session}, got(s.Sessions(t.Context(), w.municipality, w.round.ID))(t))
	})
}

func TestSessionOpenedTwiceIsKeptOnce(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		again := w.session
		again.Place = "башка"
		var opened atomic.Int32
		together(t, 8, func(ctx context.Context, i int) error {
			opened.Add(1)
			return s.OpenSession(ctx, w.municipality, again, noon, event("session.again"))
		})
		same(t, []data.Session{w.session}, got(s.Sessions(t.Context(), w.municipality, w.round.ID))(t))
		for _, e := range got(s.Events(t.Context(), w.municipality, 0, 100))(t) {
			if e.Action == "session.again" {
				t.Error("opening it again is in the audit")
			}
		}
	})
}

func TestSessionNeedsItsRoundAndVillage(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for _, session := range []data.Session{{ID: mint(), Round: mint(), Village: w.village.ID}, {ID: mint(), Round: w.round.ID, Village: mint()}} {
			refused(t, data.ErrMissing, s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")))
		}
	})
}

func TestOnlyEmptySessionIsDeleted(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
		refused(t, data.ErrConflict, s.DeleteSession(t.Context(), w.municipality, w.session.ID, event("session.delete")))
		w.again(t, s, w.session)

		empty := w.open(t, s)
		must(t, s.DeleteSession(t.Context(), w.municipality, empty.ID, event("session.delete")))
		refused(t, data.ErrMissing, s.DeleteSession(t.Context(), w.municipality, empty.ID, event("session.delete")))
		e := w.tap(1)
		refused(t, data.ErrMissing, s.AddEntries(t.Context(), w.municipality, empty, []data.Entry{e}))
	})
}

func TestSessionIsNotDeletedUnderAnEntry(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for range 20 {
			session := w.open(t, s)
			added, deleted := make(chan error), make(chan error)
			go func() { added <- s.AddEntries(t.Context(), w.municipality, session, []data.Entry{w.tap(1)}) }()
			go func() { deleted <- s.DeleteSession(t.Context(), w.municipality, session.ID, event("session.delete")) }()
			add, del := <-added, <-deleted
			if (add == nil) == (del == nil) {
				t.Fatalf("an entry was added (%v) and its session deleted (%v)", add, del)
			}
			if add == nil {
				refused(t, data.ErrConflict, del)
			} else if !errors.Is(add, data.ErrMissing) {
				t.Fatal(add)
			}
		}
	})
}

func TestArchivedSessionLeavesTheStamps(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		archive := func(archived bool) Stamps {
			must(t, s.ArchiveSession(t.Context(), w.municipality, w.session.ID, archived, event("session.archive")))
			if is := w.again(t, s, w.session); is.Archived != archived {
				t.Fatalf("archived is %v", is.Archived)
			}
			return got(s.Stamps(t.Context(), w.municipality, w.round.ID))(t)
		}
		if n := len(archive(true).Sessions); n != 0 {
			t.Errorf("an archived session is among %d stamps", n)
		}
		if n := len(archive(false).Sessions); n != 1 {
			t.Errorf("%d stamps, want 1", n)
		}
		refused(t, data.ErrMissing, s.ArchiveSession(t.Context(), w.municipality, mint(), true, event("session.archive")))
	})
}

func TestStampsChangeWithWhatTheRankingDependsOn(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		other := w.open(t, s)
		stamps := func() Stamps { return got(s.Stamps(t.Context(), w.municipality, w.round.ID))(t) }
		before := stamps()
		p := w.problems[0]
		for _, c := range []struct {
			name         string
			municipality bool
			session      bool
			do           func() error
		}{
			{"entry", false, true, func() error { return s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}) }},
			{"problem", true, false, func() error { return s.SaveProblem(t.Context(), w.municipality, p, event("problem.save")) }},
			{"merge", true, false, func() error {
				return s.MergeProblem(t.Context(), w.municipality, w.round.ID, p.ID, w.problems[1].ID, event("problem.merge"))
			}},
			{"round", true, false, func() error { return s.SaveRound(t.Context(), w.municipality, w.round, event("round.save")) }},
			{"population", true, false, func() error {
				return s.SavePopulation(t.Context(), w.municipality, []data.ID{{}}, []data.Population{{People: 9}}, event("population.save"))
			}},
			{"account", false, false, func() error {
				return s.AddAccount(t.Context(), data.Account{ID: mint(), Municipality: w.municipality, Login: "aigul"}, event("account.add"))
			}},
			{"setting", false, false, func() error { return s.SaveSetting(t.Context(), "a", "b") }},
		} {
			must(t, c.do())
			after := stamps()
			if (after.Municipality != before.Municipality) != c.municipality {
				t.Errorf("%s: the municipality's stamp changed: %v", c.name, !c.municipality)
			}
			if (after.Sessions[w.session.ID] != before.Sessions[w.session.ID]) != c.session {
				t.Errorf("%s: the session's stamp changed: %v", c.name, !c.session)
			}
			if after.Sessions[other.ID] != before.Sessions[other.ID] {
				t.Errorf("%s: another session's stamp changed", c.name)
			}
			before = after
		}
		_, err := s.Stamps(t.Context(), mint(), w.round.ID)
		refused(t, data.ErrMissing, err)
	})
}
