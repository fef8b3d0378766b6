package store

import (
	"cmp"
	"errors"
	"slices"
	"testing"
	"time"

	"ashar/data"
)

// A tablet whose clock is wrong names its entries wrongly: what came in last is
// still the latest.
func TestLatestEntriesAreThoseThatCameInLast(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		var all []data.Entry
		for i := range 7 {
			e := w.tap(i + 1)
			e.Received = noon.Add(-time.Duration(i/2) * time.Second) // the later named came in first, some at one moment
			all = append(all, e)
		}
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, all))
		want := slices.SortedFunc(slices.Values(all), func(a, b data.Entry) int {
			return cmp.Or(b.Received.Compare(a.Received), slices.Compare(b.ID[:], a.ID[:]))
		})
		var is []data.Entry
		for before := (data.ID{}); ; before = is[len(is)-1].ID {
			n := len(is)
			for e, err := range s.LatestEntries(t.Context(), w.municipality, w.session, before, 3) {
				must(t, err)
				is = append(is, e)
			}
			if len(is) == n {
				break
			}
		}
		same(t, want, is)
		same(t, all[3], got(s.Entry(t.Context(), w.municipality, w.session, all[3].ID))(t))
		_, err := s.Entry(t.Context(), w.municipality, w.session, mint())
		refused(t, data.ErrMissing, err)
	})
}

func TestWhatIsInTheArchiveTakesNoMore(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		note := w.note("суу жок")
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{note}))
		for name, archive := range map[string]func(bool) error{
			"the session": func(archived bool) error {
				return s.ArchiveSession(t.Context(), w.municipality, w.session.ID, archived, event("session.archive"))
			},
			"its round": func(archived bool) error {
				r := got(s.Round(t.Context(), w.municipality, w.round.ID))(t)
				r.Archived = archived
				return s.SaveRound(t.Context(), w.municipality, r, event("round.archive"))
			},
		} {
			must(t, archive(true))
			err := s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}) // as it was read before
			if !errors.Is(err, data.ErrConflict) {
				t.Errorf("with %s in the archive: %v", name, err)
			}
			must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{note})) // sent again
			must(t, archive(false))
			must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
		}
		// Words about a person go from the archive too.
		must(t, s.ArchiveSession(t.Context(), w.municipality, w.session.ID, true, event("session.archive")))
		must(t, s.RedactEntry(t.Context(), w.municipality, w.session, w.redact(note), event("note.redact")))
		same(t, "", got(s.Entry(t.Context(), w.municipality, w.session, note.ID))(t).Text)
	})
}

// Two people write at the same time: one takes the consent away, the other
// counts a pupil in. Whoever comes second is told.
func TestConsentAndPupilsWaitForEachOther(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		none := func() data.Entry {
			e := w.entry(data.Header)
			e.Field, e.Text = "consent", "мектеп уруксат берген эмес"
			return e
		}
		pupil := func() data.Entry {
			e := w.tap(1)
			e.Kind, e.Problem, e.Group.Band = data.PresenceAdd, data.ID{}, "14-17"
			return e
		}
		seen := w.again(t, s, w.session)
		must(t, s.AddEntries(t.Context(), w.municipality, seen, []data.Entry{pupil()}))
		refused(t, data.ErrConflict, s.AddEntries(t.Context(), w.municipality, seen, []data.Entry{none()}))

		must(t, s.AddEntries(t.Context(), w.municipality, w.again(t, s, w.session), []data.Entry{none()}))
		refused(t, data.ErrConflict, s.AddEntries(t.Context(), w.municipality, seen, []data.Entry{pupil()}))
		same(t, 2, len(w.entries(t, s, w.session)))
	})
}
