package store

import (
	"testing"

	"ashar/data"
)

func TestDroppedImportLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 30)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.DropImport(t.Context(), w.municipality, b.Import.ID))
		same(t, 0, rows(t, s))
		_, err := s.Import(t.Context(), w.municipality, b.Import.ID)
		refused(t, data.ErrMissing, err)
		refused(t, data.ErrMissing, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		refused(t, data.ErrMissing, s.DropImport(t.Context(), w.municipality, b.Import.ID))
	})
}

func TestLiveImportIsNotDropped(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 6)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		refused(t, data.ErrMissing, s.DropImport(t.Context(), w.municipality, b.Import.ID))
		same(t, 6, rows(t, s))
	})
}

// Entries that were read with one scheme cannot come in under another.
func TestImportKeepsToTheSchemeItWasReadWith(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 6)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		other := w.round.Scheme
		other.Bands = []data.Band{"18-28"}
		b.Scheme = &other
		refused(t, data.ErrConflict, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		same(t, data.Staged, got(s.Import(t.Context(), w.municipality, b.Import.ID))(t).State)
		b.Scheme = &w.round.Scheme
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
	})
}

func TestBallotOfAFileIsStagedOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		b, entries := w.file("a", 250)
		for _, twice := range []int{120, 240} { // among many, and among the rest
			list := append([]data.Entry{}, entries...)
			list[twice] = list[twice-2]
			refused(t, data.ErrConflict, stage(t.Context(), s, w.municipality, b, list))
			must(t, s.DropImport(t.Context(), w.municipality, b.Import.ID))
		}
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		same(t, 250, rows(t, s))
	})
}

func TestBallotThatSaysMoreThanAnOrderIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		e := w.ballot(0, 1)
		e.Text = "анан дагы"
		refused(t, data.ErrInvalid, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
		same(t, 0, rows(t, s))
	})
}
