package store

import (
	"context"
	"errors"
	"testing"

	"ashar/data"
)

func TestProblemIsKeptAndChanged(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		p := data.Problem{ID: mint(), Round: w.round.ID, Title: data.Text{KY: "Жол", RU: "Дорога"}, Issue: 3, Competence: data.OfState, Source: "BO.D8.1/20", Created: noon}
		must(t, s.AddProblems(t.Context(), w.municipality, []data.Problem{p}, event("problem.add")))
		same(t, p, got(s.Problem(t.Context(), w.municipality, p.ID))(t))

		again := p
		again.Title.KY = "башка"
		must(t, s.AddProblems(t.Context(), w.municipality, []data.Problem{again}, event("problem.add")))
		same(t, p, got(s.Problem(t.Context(), w.municipality, p.ID))(t))

		p.Title, p.Issue, p.Competence = data.Text{KY: "Көпүрө"}, 4, data.OfOther
		changed := p
		changed.Into, changed.Source = w.problems[0].ID, "other"
		must(t, s.SaveProblem(t.Context(), w.municipality, changed, event("problem.save")))
		same(t, append(w.problems, p), got(s.Problems(t.Context(), w.municipality, w.round.ID))(t))
		refused(t, data.ErrMissing, s.SaveProblem(t.Context(), w.municipality, data.Problem{ID: mint()}, event("problem.save")))
	})
}

// Ballots name problems by the tail of their ids.
func TestRoundHoldsNoTwoProblemsWithTheSameTail(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		twin := data.Problem{ID: mint(), Round: w.round.ID, Created: noon}
		copy(twin.ID[12:], w.problems[0].ID[12:])
		refused(t, data.ErrConflict, s.AddProblems(t.Context(), w.municipality, []data.Problem{twin}, event("problem.add")))
	})
}

func TestMergeIsUndone(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		a, b := w.problems[0].ID, w.problems[1].ID
		must(t, s.MergeProblem(t.Context(), w.municipality, w.round.ID, a, b, event("problem.merge")))
		same(t, b, got(s.Problem(t.Context(), w.municipality, a))(t).Into)
		must(t, s.MergeProblem(t.Context(), w.municipality, w.round.ID, a, data.ID{}, event("problem.merge")))
		same(t, w.problems, got(s.Problems(t.Context(), w.municipality, w.round.ID))(t))
	})
}

func TestMergeMakesNoCircle(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		a, b, c := w.problems[0].ID, w.problems[1].ID, w.problems[2].ID
		merge := func(from, to data.ID) error {
			return s.MergeProblem(t.Context(), w.municipality, w.round.ID, from, to, event("problem.merge"))
		}
		refused(t, data.ErrInvalid, merge(a, a))
		must(t, merge(a, b))
		must(t, merge(b, c))
		refused(t, data.ErrInvalid, merge(b, a))
		refused(t, data.ErrInvalid, merge(c, a))
		refused(t, data.ErrMissing, merge(a, mint()))
		refused(t, data.ErrMissing, merge(mint(), a))
		refused(t, data.ErrMissing, merge(mint(), data.ID{}))
	})
}

func TestTwoMergesAtOnceMakeNoCircle(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for range 25 {
			together(t, 3, func(ctx context.Context, i int) error {
				err := s.MergeProblem(ctx, w.municipality, w.round.ID, w.problems[i].ID, w.problems[(i+1)%3].ID, event("problem.merge"))
				if errors.Is(err, data.ErrInvalid) {
					return nil
				}
				return err
			})
			alone := 0
			for _, p := range got(s.Problems(t.Context(), w.municipality, w.round.ID))(t) {
				if p.Into.Zero() {
					alone++
				}
				must(t, s.MergeProblem(t.Context(), w.municipality, w.round.ID, p.ID, data.ID{}, event("problem.merge")))
			}
			if alone != 1 {
				t.Fatalf("%d of three problems stand for themselves, want 1", alone)
			}
		}
	})
}
