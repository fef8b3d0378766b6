package store

import (
	"testing"

	"ashar/data"
)

func TestRoundIsKeptWhole(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		later, problems := newRound()
		later.Created = noon.Add(1e9)
		must(t, s.AddRound(t.Context(), w.municipality, later, problems, event("round.add")))
		same(t, later, got(s.Round(t.Context(), w.municipality, later.ID))(t))
		same(t, problems, got(s.Problems(t.Context(), w.municipality, later.ID))(t))
		list := got(s.Rounds(t.Context(), w.municipality))(t)
		if len(list) != 2 || list[0].ID != later.ID {
			t.Errorf("the newest round is not the first of %d", len(list))
		}
	})
}

func TestRoundAddedTwiceIsKeptOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		before := len(got(s.Events(t.Context(), w.municipality, 0, 100))(t))
		again := w.round
		again.Name = "башка"
		must(t, s.AddRound(t.Context(), w.municipality, again, w.problems, event("round.add")))
		same(t, w.round.Name, got(s.Round(t.Context(), w.municipality, w.round.ID))(t).Name)
		if after := len(got(s.Events(t.Context(), w.municipality, 0, 100))(t)); after != before {
			t.Errorf("adding it again left %d events", after-before)
		}
	})
}

func TestFirstSessionFreezesTheRound(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		r, problems := newRound()
		must(t, s.AddRound(t.Context(), w.municipality, r, problems, event("round.add")))
		r.Scheme.Bands = []data.Band{"14-17", "18-28"}
		r.Rule = data.Rule{View: data.Citizens, Rho: 1, Trim: 3.5, Differ: -0.25, Contested: 0.15, Level: 0.8, Least: 7}
		must(t, s.SaveRound(t.Context(), w.municipality, r, event("round.save")))
		same(t, r, got(s.Round(t.Context(), w.municipality, r.ID))(t))

		opener := data.ID{42}
		session := data.Session{ID: mint(), Round: r.ID, Village: w.village.ID, Form: data.Tally, By: opener, Created: noon}
		must(t, s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")))
		session.ID, session.By = mint(), data.ID{43}
		must(t, s.OpenSession(t.Context(), w.municipality, session, noon.Add(1e12), event("session.open")))
		r.Frozen, r.FrozenBy = noon, opener
		same(t, r, got(s.Round(t.Context(), w.municipality, r.ID))(t))

		for name, change := range map[string]func(*data.Round){
			"scheme":    func(r *data.Round) { r.Scheme.Bands = r.Scheme.Bands[:1] },
			"view":      func(r *data.Round) { r.Rule.View = data.People },
			"rho":       func(r *data.Round) { r.Rule.Rho = 0.5 },
			"trim":      func(r *data.Round) { r.Rule.Trim = 0 },
			"differ":    func(r *data.Round) { r.Rule.Differ = 0.3 },
			"contested": func(r *data.Round) { r.Rule.Contested = 0.2 },
			"level":     func(r *data.Round) { r.Rule.Level = 0.9 },
			"least":     func(r *data.Round) { r.Rule.Least = 5 },
		} {
			changed := r
			change(&changed)
			if err := s.SaveRound(t.Context(), w.municipality, changed, event("round.save")); err == nil {
				t.Errorf("the %s of a frozen round was changed", name)
			} else {
				refused(t, data.ErrConflict, err)
			}
		}
		r.Name, r.Ends, r.Archived, r.Forms = "жаңы ат", "2027-01-01", true, []data.Form{data.Order}
		must(t, s.SaveRound(t.Context(), w.municipality, r, event("round.save")))
		same(t, r, got(s.Round(t.Context(), w.municipality, r.ID))(t))
	})
}

// A form that sends nothing for a list gives an empty one, or none.
func TestNoTagsIsTheSameAsAnEmptyListOfTags(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		r, _ := newRound()
		r.Scheme.Tags = nil
		must(t, s.AddRound(t.Context(), w.municipality, r, nil, event("round.add")))
		session := data.Session{ID: mint(), Round: r.ID, Village: w.village.ID, Form: data.Tally, Created: noon}
		must(t, s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")))
		r.Scheme.Tags = []data.Tag{}
		must(t, s.SaveRound(t.Context(), w.municipality, r, event("round.save")))
	})
}

func TestOnlyRoundWithoutSessionsIsDeleted(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		refused(t, data.ErrConflict, s.DeleteRound(t.Context(), w.municipality, w.round.ID, event("round.delete")))
		r, problems := newRound()
		must(t, s.AddRound(t.Context(), w.municipality, r, problems, event("round.add")))
		must(t, s.DeleteRound(t.Context(), w.municipality, r.ID, event("round.delete")))
		_, err := s.Problem(t.Context(), w.municipality, problems[0].ID)
		refused(t, data.ErrMissing, err)
		refused(t, data.ErrMissing, s.DeleteRound(t.Context(), w.municipality, r.ID, event("round.delete")))
	})
}

func TestRoundIsNotDeletedUnderAnOpeningSession(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for range 20 {
			r, problems := newRound()
			must(t, s.AddRound(t.Context(), w.municipality, r, problems, event("round.add")))
			session := data.Session{ID: mint(), Round: r.ID, Village: w.village.ID, Form: data.Tally, Created: noon}
			opened, deleted := make(chan error), make(chan error)
			go func() { opened <- s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")) }()
			go func() { deleted <- s.DeleteRound(t.Context(), w.municipality, r.ID, event("round.delete")) }()
			open, del := <-opened, <-deleted
			switch {
			case open == nil:
				refused(t, data.ErrConflict, del)
			default:
				refused(t, data.ErrMissing, open)
				must(t, del)
			}
		}
	})
}
