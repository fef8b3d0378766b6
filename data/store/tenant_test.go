package store

import (
	"context"
	"reflect"
	"testing"

	"ashar/data"
)

// notOfOne are the methods whose first ID is not the municipality they look in.
var notOfOne = map[string]bool{"Account": true, "DeleteMunicipality": true, "SetPassword": true, "SignIns": true, "SignOut": true}

// TestAnotherMunicipalitysThingsLookMissing asks every method that takes a
// municipality for the things of another one. A method that is not in the table
// fails the test.
func TestAnotherMunicipalitysThingsLookMissing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		mine, w := settle(t, s), settle(t, s)
		e := w.note("сыр")
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
		b, entries := w.file("a", 4)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		staged, more := w.file("b", 4)
		must(t, stage(t.Context(), s, w.municipality, staged, more))
		must(t, s.SavePopulation(t.Context(), w.municipality, []data.ID{w.village.ID}, []data.Population{{Village: w.village.ID, People: 5}}, event("population.save")))

		cases := foreign(t.Context(), s, mine.municipality, w, e, b, staged)
		store := reflect.TypeFor[*Store]()
		for method := range store.Methods() {
			in := method.Type
			if in.NumIn() < 3 || in.In(2) != reflect.TypeFor[data.ID]() || notOfOne[method.Name] {
				continue
			}
			do, known := cases[method.Name]
			if !known {
				t.Errorf("%s takes a municipality and is not tried with another one's things", method.Name)
				continue
			}
			before := dump(t, s)
			if err := do(); err != data.ErrMissing {
				refused(t, data.ErrMissing, err)
			}
			if after := dump(t, s); after != before {
				t.Errorf("%s changed something: %v, before %v", method.Name, after, before)
			}
		}
	})
}

// foreign calls every method with the things of w in municipality m; what finds
// nothing, without an error, is missing too.
func foreign(ctx context.Context, s *Store, m data.ID, w village, e data.Entry, b, staged Batch) map[string]func() error {
	round, session, village := w.round.ID, w.session, w.village
	return map[string]func() error{
		"Villages": func() error {
			return finds(s.Villages(ctx, m))(func(v data.Village) bool { return v.ID == village.ID })
		},
		"SaveVillage":    func() error { return s.SaveVillage(ctx, mint(), village, event("village.save")) },
		"DeleteVillage":  func() error { return s.DeleteVillage(ctx, m, village.ID, event("village.delete")) },
		"Population":     func() error { return finds(s.Population(ctx, m))(func(data.Population) bool { return true }) },
		"SavePopulation": func() error { return s.SavePopulation(ctx, m, []data.ID{village.ID}, nil, event("population.save")) },
		"Rounds":         func() error { return finds(s.Rounds(ctx, m))(func(r data.Round) bool { return r.ID == round }) },
		"Round":          func() error { _, err := s.Round(ctx, m, round); return err },
		"AddRound":       func() error { return s.AddRound(ctx, mint(), w.round, w.problems, event("round.add")) },
		"SaveRound":      func() error { return s.SaveRound(ctx, m, w.round, event("round.save")) },
		"DeleteRound":    func() error { return s.DeleteRound(ctx, m, round, event("round.delete")) },
		"Problems":       func() error { return finds(s.Problems(ctx, m, round))(func(data.Problem) bool { return true }) },
		"Problem":        func() error { _, err := s.Problem(ctx, m, w.problems[0].ID); return err },
		"AddProblems":    func() error { return s.AddProblems(ctx, m, w.problems, event("problem.add")) },
		"SaveProblem":    func() error { return s.SaveProblem(ctx, m, w.problems[0], event("problem.save")) },
		"MergeProblem": func() error {
			return s.MergeProblem(ctx, m, round, w.problems[0].ID, w.problems[1].ID, event("problem.merge"))
		},
		"Sessions": func() error { return finds(s.Sessions(ctx, m, round))(func(data.Session) bool { return true }) },
		"Session":  func() error { _, err := s.Session(ctx, m, session.ID); return err },
		"OpenSession": func() error {
			session.ID = mint()
			return s.OpenSession(ctx, m, session, noon, event("session.open"))
		},
		"ArchiveSession": func() error { return s.ArchiveSession(ctx, m, w.session.ID, true, event("session.archive")) },
		"DeleteSession":  func() error { return s.DeleteSession(ctx, m, w.session.ID, event("session.delete")) },
		"Stamps": func() error {
			stamps, err := s.Stamps(ctx, m, round)
			return finds([]Stamps{stamps}, err)(func(s Stamps) bool { return len(s.Sessions) > 0 })
		},
		"AddEntries": func() error { return s.AddEntries(ctx, m, w.session, []data.Entry{w.note("x")}, event("entry.add")) },
		"Entries":    func() error { return none(s.Entries(ctx, m, w.session)) },
		"LatestEntries": func() error {
			return none(s.LatestEntries(ctx, m, w.session, data.ID{}, 10))
		},
		"RedactEntry": func() error { return s.RedactEntry(ctx, m, w.session, w.redact(e), event("note.redact")) },
		"Imports":     func() error { return finds(s.Imports(ctx, m, round))(func(data.Import) bool { return true }) },
		"Import":      func() error { _, err := s.Import(ctx, m, b.Import.ID); return err },
		"BallotIDs": func() error {
			ids, err := s.BallotIDs(ctx, m, round)
			return finds([]int{len(ids)}, err)(func(n int) bool { return n > 0 })
		},
		"StageImport":  func() error { return data.ErrMissing }, // its municipality may not be there yet
		"StageEntries": func() error { return data.ErrMissing },
		"FinishImport": func() error { return s.FinishImport(ctx, m, staged, noon, event("import.add")) },
		"DropImport":   func() error { return s.DropImport(ctx, m, staged.Import.ID) },
		"UndoImport":   func() error { return s.UndoImport(ctx, m, b.Import.ID, event("import.undo")) },
		"Events": func() error {
			return finds(s.Events(ctx, m, 0, 100))(func(e data.Event) bool { return e.Municipality != m })
		},
	}
}

// finds turns a list without such a thing into ErrMissing.
func finds[T any](list []T, err error) func(func(T) bool) error {
	return func(is func(T) bool) error {
		for _, v := range list {
			if is(v) {
				return nil
			}
		}
		if err == nil {
			err = data.ErrMissing
		}
		return err
	}
}

func none(entries func(func(data.Entry, error) bool)) error {
	for _, err := range entries {
		return err
	}
	return data.ErrMissing
}

// dump is the number of rows in every table and of sessions that are not
// archived: what a stranger could have changed.
func dump(t *testing.T, s *Store) [11]int {
	t.Helper()
	var n [11]int
	for i, query := range []string{`village`, `population`, `round`, `problem`, `problem WHERE into_id = $1`, `session`, `session WHERE archived = FALSE`,
		`entry`, `entry WHERE body IS NULL`, `import WHERE state = 'live'`, `event`} {
		args := []any{data.ID{}}
		if i != 4 {
			args = nil
		}
		must(t, s.row(t.Context(), `SELECT COUNT(*) FROM `+query, args...).Scan(&n[i]))
	}
	return n
}
