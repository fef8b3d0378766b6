package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"ashar/data"
)

// asks is a file whose import asks about problems: those it brings, and others
// that are there.
func (w village) asks(digest string, brings []data.Problem, others ...data.Problem) (Batch, []data.Entry) {
	b, entries := w.file(digest, 4)
	for i := range entries {
		entries[i].Ballot = nil
		for _, p := range slices.Concat(brings, others) {
			entries[i].Ballot = append(entries[i].Ballot, data.Choice{Problem: p.ID, Place: len(entries[i].Ballot) + 1})
		}
	}
	b.Problems = brings
	for _, session := range b.Sessions {
		for _, p := range slices.Concat(brings, others) {
			e := w.entry(data.Offer)
			e.Session, e.Problem, e.By = session.ID, p.ID, data.ID{}
			entries = append(entries, e)
		}
	}
	return b, entries
}

// brings brings such a file in.
func (w village) brings(t *testing.T, s *Store, digest string, brings []data.Problem, others ...data.Problem) Batch {
	t.Helper()
	b, entries := w.asks(digest, brings, others...)
	must(t, stage(t.Context(), s, w.municipality, b, entries))
	must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
	return b
}

func (w village) undo(t *testing.T, s *Store, b Batch) {
	t.Helper()
	must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
	must(t, s.SweepImports(t.Context(), noon.Add(time.Hour)))
}

// fresh are new problems of the village's round.
func (w village) fresh(n int) (problems []data.Problem) {
	for range n {
		problems = append(problems, data.Problem{ID: mint(), Round: w.round.ID, Title: data.Text{EN: "Park"}, Source: "7", Created: noon})
	}
	return problems
}

// rest wants the round to have its first problems and these.
func (w village) rest(t *testing.T, s *Store, more ...data.Problem) {
	t.Helper()
	is := got(s.Problems(t.Context(), w.municipality, w.round.ID))(t)
	for i := range is {
		is[i].Into = data.ID{}
	}
	want := slices.SortedFunc(slices.Values(slices.Concat(w.problems, more)), func(a, b data.Problem) int { return slices.Compare(a.ID[:], b.ID[:]) })
	same(t, want, is)
}

func TestProblemsGoWithTheLastImportThatAsksAboutThem(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s) // its people sit there all the time
		first, second := w.fresh(2), w.fresh(1)
		one := w.brings(t, s, "a", first)
		two := w.brings(t, s, "b", second, first[1])
		w.undo(t, s, one)
		w.rest(t, s, first[1], second[0])
		same(t, 6, len(w.entries(t, s, two.Sessions[0]))+len(w.entries(t, s, two.Sessions[1]))-2)
		w.undo(t, s, two)
		w.rest(t, s)
		same(t, []data.Village{w.village}, got(s.Villages(t.Context(), w.municipality))(t))
	})
}

func TestSecondImportUndoneFirstLeavesTheFirstWhole(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		first, second := w.fresh(2), w.fresh(1)
		one := w.brings(t, s, "a", first)
		two := w.brings(t, s, "b", second, first...)
		w.undo(t, s, two)
		w.rest(t, s, first...)
		w.undo(t, s, one)
		w.rest(t, s)
	})
}

func TestProblemThatPeopleNameStaysWhenItsImportGoes(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		came := w.fresh(6)
		b := w.brings(t, s, "a", came)
		tap, pair, slip, order, gone := w.tap(1), w.entry(data.Compare), w.ballot(0), w.entry(data.Agree), w.tap(1)
		tap.Problem, gone.Problem = came[0].ID, came[4].ID
		pair.Problem, pair.Other = w.problems[0].ID, came[1].ID
		slip.Ballot[0].Problem = came[2].ID
		order.Ballot = data.Ballot{{Problem: came[3].ID, Place: 1}}
		void := w.entry(data.Void) // what was taken back is still written down
		void.Target = gone.ID
		written := []data.Entry{tap, pair, slip, order, gone, void}
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, written))
		w.undo(t, s, b)
		w.rest(t, s, came[:5]...)
		same(t, written, w.entries(t, s, w.session))
	})
}

func TestProblemIntoWhichOthersAreMergedStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		came := w.fresh(4)
		b := w.brings(t, s, "a", came)
		for from, to := range map[data.ID]data.ID{w.problems[0].ID: came[0].ID, came[0].ID: came[1].ID, came[2].ID: came[3].ID} {
			must(t, s.MergeProblem(t.Context(), w.municipality, w.round.ID, from, to, event("problem.merge")))
		}
		w.undo(t, s, b)
		w.rest(t, s, came[:2]...)
	})
}

func TestImportThatAsksAboutAProblemThatWentConflicts(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		came := w.fresh(1)
		first := w.brings(t, s, "a", came)
		second, entries := w.asks("b", nil, came...)
		must(t, stage(t.Context(), s, w.municipality, second, entries))
		must(t, s.UndoImport(t.Context(), w.municipality, first.Import.ID, event("import.undo")))
		refused(t, data.ErrConflict, s.FinishImport(t.Context(), w.municipality, second, noon, event("import.add")))
		w.rest(t, s)
	})
}

// Whoever is first, no entry names a problem that is not there.
func TestUndoAndTapsWaitForEachOther(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for i := range 8 {
			came := w.fresh(1)
			b := w.brings(t, s, "file "+string(rune('a'+i)), came)
			tap := w.tap(1)
			tap.Problem = came[0].ID
			tapped := make(chan error)
			go func() {
				tapped <- s.AddEntries(context.WithoutCancel(t.Context()), w.municipality, w.session, []data.Entry{tap})
			}()
			must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
			err := <-tapped
			_, there := s.Problem(t.Context(), w.municipality, came[0].ID)
			if (err == nil) != (there == nil) {
				t.Fatalf("the tap: %v; its problem: %v", err, there)
			}
		}
	})
}
