package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ashar/data"
)

// file is an import of so many ballots into the village's round, in two
// sessions of a new village, with a problem of its own.
func (w village) file(digest string, ballots int) (Batch, []data.Entry) {
	b := Batch{
		Import:   data.Import{ID: mint(), Round: w.round.ID, File: digest + ".pb", Digest: digest, Ballots: ballots, By: data.ID{7}, Created: noon, Report: `{"read":2}`, State: data.Live},
		Villages: []data.Village{{ID: mint(), Name: data.Text{KY: "Район 1"}}},
		Problems: []data.Problem{{ID: mint(), Round: w.round.ID, Title: data.Text{EN: "Park"}, Source: "7", Created: noon}},
	}
	for range 2 {
		b.Sessions = append(b.Sessions, data.Session{ID: mint(), Round: w.round.ID, Village: b.Villages[0].ID, Form: data.Ballots, Import: b.Import.ID, Closed: true, Created: noon})
	}
	var entries []data.Entry
	for i := range ballots {
		e := w.ballot(i%3, (i+1)%3)
		e.Session, e.By = b.Sessions[i%2].ID, data.ID{}
		e.Ballot = append(e.Ballot, data.Choice{Problem: b.Problems[0].ID, Place: 3, Points: i})
		entries = append(entries, e)
	}
	return b, entries
}

func stage(ctx context.Context, s *Store, municipality data.ID, b Batch, entries []data.Entry) error {
	var sessions []data.ID
	for _, session := range b.Sessions {
		sessions = append(sessions, session.ID)
	}
	if err := s.StageImport(ctx, municipality, b.Import, sessions); err != nil {
		return err
	}
	return s.StageEntries(ctx, municipality, entries)
}

// rows is the number of entries there are, seen or not.
func rows(t *testing.T, s *Store) (n int) {
	t.Helper()
	must(t, s.row(t.Context(), `SELECT COUNT(*) FROM entry`).Scan(&n))
	return n
}

func TestImportIsSeenInOneStepAndUndoneInOne(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		before := got(s.Stamps(t.Context(), w.municipality, w.round.ID))(t)
		b, entries := w.file("a", 1200)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		same(t, before, got(s.Stamps(t.Context(), w.municipality, w.round.ID))(t))
		same(t, []data.Session{w.session}, got(s.Sessions(t.Context(), w.municipality, w.round.ID))(t))
		same(t, w.problems, got(s.Problems(t.Context(), w.municipality, w.round.ID))(t))
		same(t, 0, len(got(s.BallotIDs(t.Context(), w.municipality, w.round.ID))(t)))
		same(t, data.Staged, got(s.Import(t.Context(), w.municipality, b.Import.ID))(t).State)

		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		same(t, []data.Import{b.Import}, got(s.Imports(t.Context(), w.municipality, w.round.ID))(t))
		same(t, append(slices.Clone(w.problems), b.Problems...), got(s.Problems(t.Context(), w.municipality, w.round.ID))(t))
		same(t, 1200, len(got(s.BallotIDs(t.Context(), w.municipality, w.round.ID))(t)))
		if after := got(s.Stamps(t.Context(), w.municipality, w.round.ID))(t); after.Municipality == before.Municipality || len(after.Sessions) != 3 {
			t.Errorf("the stamps do not show the import: %v", after)
		}
		var want []data.Entry
		for _, e := range entries {
			if e.Session == b.Sessions[0].ID {
				want = append(want, e)
			}
		}
		same(t, want, w.entries(t, s, b.Sessions[0]))

		must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
		same(t, []data.Session{w.again(t, s, w.session)}, got(s.Sessions(t.Context(), w.municipality, w.round.ID))(t))
		same(t, []data.Village{w.village}, got(s.Villages(t.Context(), w.municipality))(t))
		same(t, 0, len(got(s.BallotIDs(t.Context(), w.municipality, w.round.ID))(t)))
		refused(t, data.ErrMissing, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
		same(t, 1200, rows(t, s))
		must(t, s.SweepImports(t.Context(), noon))
		same(t, 0, rows(t, s))
		undone := got(s.Import(t.Context(), w.municipality, b.Import.ID))(t)
		if undone.State != data.Undone || undone.Digest != "" || undone.Report != b.Import.Report {
			t.Errorf("an undone import says %v", undone)
		}
	})
}

func TestImportMakesMunicipalityAndRound(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := village{municipality: mint()}
		w.round, w.problems = newRound()
		b, entries := w.file("a", 10)
		b.Municipality = &data.Municipality{ID: w.municipality, Slug: "katowice", Name: data.Text{EN: "Katowice"}, Created: noon}
		b.Round, b.Problems = &w.round, append(b.Problems, w.problems...)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		same(t, []data.Municipality(nil), got(s.Municipalities(t.Context()))(t))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		w.round.Frozen, w.round.FrozenBy = noon, b.Import.By
		same(t, w.round, got(s.Round(t.Context(), w.municipality, w.round.ID))(t))
		same(t, 10, len(w.entries(t, s, b.Sessions[0]))+len(w.entries(t, s, b.Sessions[1])))
	})
}

func TestSameFileAddsNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 20)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		again, more := w.file("a", 20)
		must(t, stage(t.Context(), s, w.municipality, again, more))
		refused(t, data.ErrConflict, s.FinishImport(t.Context(), w.municipality, again, noon, event("import.add")))
		same(t, 3, len(got(s.Sessions(t.Context(), w.municipality, w.round.ID))(t)))

		must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
		must(t, s.FinishImport(t.Context(), w.municipality, again, noon, event("import.add"))) // now it is new
		must(t, s.SweepImports(t.Context(), noon.Add(time.Hour)))
		same(t, 20, rows(t, s))
	})
}

func TestChangedFileWithBallotsAlreadyThereConflicts(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for range 5 {
			first, entries := w.file("a"+mint().String(), 20)
			second, changed := w.file("b"+mint().String(), 20)
			changed[19].ID = entries[3].ID
			must(t, stage(t.Context(), s, w.municipality, first, entries))
			must(t, stage(t.Context(), s, w.municipality, second, changed))
			finished := make(chan error)
			for _, b := range []Batch{first, second} {
				go func() { finished <- s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")) }()
			}
			one, two := <-finished, <-finished
			if (one == nil) == (two == nil) {
				t.Fatalf("of two files with the same ballot came in: %v, %v", one, two)
			}
			refused(t, data.ErrConflict, errors.Join(one, two))
		}
	})
}

func TestUndoKeepsWhatOthersUse(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 4)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		// People of the village use what came with the file.
		w.village, w.problems = b.Villages[0], b.Problems
		w.session = w.open(t, s)
		tap := w.tap(1)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{tap}))
		must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
		must(t, s.SweepImports(t.Context(), noon))
		got(s.Problem(t.Context(), w.municipality, b.Problems[0].ID))(t)
		same(t, 2, len(got(s.Villages(t.Context(), w.municipality))(t)))
		same(t, []data.Entry{tap}, w.entries(t, s, w.session))
	})
}

func TestUndoneImportTakesItsProblemsAlong(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		must(t, s.DeleteSession(t.Context(), w.municipality, w.session.ID, event("session.delete")))
		b, entries := w.file("a", 4)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
		same(t, w.problems, got(s.Problems(t.Context(), w.municipality, w.round.ID))(t))
		same(t, []data.Village{w.village}, got(s.Villages(t.Context(), w.municipality))(t))
	})
}

func TestLeftoversOfABrokenImportAreSwept(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		tap := w.tap(1)
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{tap}))
		broken, entries := w.file("a", 30)
		must(t, stage(t.Context(), s, w.municipality, broken, entries))
		underWay, others := w.file("b", 7)
		underWay.Import.Created = noon.Add(time.Hour)
		must(t, stage(t.Context(), s, w.municipality, underWay, others))

		must(t, s.SweepImports(t.Context(), noon.Add(time.Minute)))
		same(t, 8, rows(t, s))
		refused(t, data.ErrMissing, s.FinishImport(t.Context(), w.municipality, broken, noon, event("import.add")))
		must(t, s.FinishImport(t.Context(), w.municipality, underWay, noon, event("import.add")))
		must(t, s.SweepImports(t.Context(), noon.Add(24*time.Hour)))
		same(t, 8, rows(t, s))
	})
}

// Whoever is first, an import is seen whole or not at all.
func TestSweepingAndFinishingAtOnceLeaveAllOrNothing(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for i := range 10 {
			b, entries := w.file(fmt.Sprint("file ", i), 300)
			must(t, stage(t.Context(), s, w.municipality, b, entries))
			finished, swept := make(chan error), make(chan error)
			go func() { finished <- s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")) }()
			go func() { swept <- s.SweepImports(t.Context(), noon.Add(time.Hour)) }()
			err := <-finished
			must(t, <-swept)
			n := 0
			for _, session := range b.Sessions {
				for _, err := range s.Entries(t.Context(), w.municipality, session) {
					must(t, err)
					n++
				}
			}
			state := got(s.Import(t.Context(), w.municipality, b.Import.ID))(t).State
			switch {
			case err == nil && n == 300 && state == data.Live:
			case errors.Is(err, data.ErrMissing) && n == 0 && state == data.Undone:
			default:
				t.Fatalf("finished: %v; %d of 300 entries are there, and the import is %s", err, n, state)
			}
		}
	})
}

func TestDeletedRoundLeavesNoEntriesBehind(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		must(t, s.DeleteSession(t.Context(), w.municipality, w.session.ID, event("session.delete")))
		undone, entries := w.file("a", 9)
		must(t, stage(t.Context(), s, w.municipality, undone, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, undone, noon, event("import.add")))
		must(t, s.UndoImport(t.Context(), w.municipality, undone.Import.ID, event("import.undo")))
		staged, more := w.file("b", 9)
		must(t, stage(t.Context(), s, w.municipality, staged, more))
		must(t, s.DeleteRound(t.Context(), w.municipality, w.round.ID, event("round.delete")))
		refused(t, data.ErrMissing, s.FinishImport(t.Context(), w.municipality, staged, noon, event("import.add")))
		must(t, s.SweepImports(t.Context(), noon.Add(time.Hour)))
		same(t, 0, rows(t, s))
	})
}

func TestOthersWriteWhileAnImportIsStaged(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		const ballots = 20_000
		b, entries := w.file("a", ballots)
		staged := make(chan error, 1)
		begun := time.Now()
		go func() { staged <- stage(t.Context(), s, w.municipality, b, entries) }()
		var longest time.Duration
		n := 0
		for done := false; !done; n++ {
			at := time.Now()
			must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
			longest = max(longest, time.Since(at))
			select {
			case err := <-staged:
				must(t, err)
				done = true
			default:
			}
		}
		t.Logf("%d ballots staged in %v; beside it %d entries were added, the slowest in %v", ballots, time.Since(begun).Round(time.Millisecond), n, longest.Round(time.Millisecond))
		if longest > 2*time.Second || n < 3 {
			t.Errorf("%d entries were added, the slowest in %v", n, longest)
		}
		same(t, ballots+n, rows(t, s))
	})
}
