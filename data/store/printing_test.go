package store

import (
	"errors"
	"testing"

	"ashar/data"
)

func (a asking) printing(purpose string) data.Printing {
	return data.Printing{ID: mint(), Survey: a.survey.ID, Version: 1, Lang: "ky", Purpose: purpose, Village: a.village.village.ID, By: data.ID{7}, Created: noon}
}

func TestSheetsAreNumberedOnAndOn(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		first, more := a.printing("аялдар"), a.printing("жаштар")
		for range 2 {
			if kept := got(s.AddPrinting(t.Context(), a.municipality, first, 30, event("survey.printed")))(t); kept.First != 1 || kept.Last != 30 {
				t.Errorf("the first sheets are %d to %d", kept.First, kept.Last)
			}
		}
		kept := got(s.AddPrinting(t.Context(), a.municipality, more, 5, event("survey.printed")))(t)
		same(t, []data.Printing{kept}, got(s.Printings(t.Context(), a.municipality, a.survey.ID))(t)[1:])
		if kept.First != 31 || kept.Last != 35 {
			t.Errorf("the next sheets are %d to %d", kept.First, kept.Last)
		}
		same(t, more.ID, got(s.PrintingOf(t.Context(), a.municipality, a.survey.ID, 31))(t).ID)
		same(t, first.ID, got(s.PrintingOf(t.Context(), a.municipality, a.survey.ID, 30))(t).ID)
		if _, err := s.PrintingOf(t.Context(), a.municipality, a.survey.ID, 36); !errors.Is(err, data.ErrMissing) {
			t.Errorf("a sheet that nobody printed: %v", err)
		}
		must(t, s.DeleteSurvey(t.Context(), a.municipality, a.survey.ID, event("survey.delete")))
	})
}

func TestWhatIsSettledStandsInBothTypings(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.response("суу")
		r.Tier, r.Sheet, r.By = data.TierPaper, "14", data.ID{7}
		r = got(s.AddResponse(t.Context(), a.municipality, r, nil))(t)
		if err := s.SecondEntry(t.Context(), a.municipality, a.survey.ID, r.ID, data.Answers{"need": {Text: "жол"}}, data.ID{7}); !errors.Is(err, data.ErrConflict) {
			t.Errorf("the first typist typed the second time: %v", err)
		}
		must(t, s.SecondEntry(t.Context(), a.municipality, a.survey.ID, r.ID, data.Answers{"need": {Text: "жол"}}, data.ID{8}))
		stale := r
		r = got(s.ResponsesOnPaper(t.Context(), a.municipality, a.survey.ID))(t)[0]
		r.Answers = data.Answers{"need": {Text: "жол"}}
		r.Second, stale.Second = r.Answers, r.Answers
		if err := s.SettleResponse(t.Context(), a.municipality, stale, event("survey.sheet.settled")); !errors.Is(err, data.ErrConflict) {
			t.Errorf("settled over what had changed: %v", err)
		}
		must(t, s.SettleResponse(t.Context(), a.municipality, r, event("survey.sheet.settled")))
		list := got(s.ResponsesOnPaper(t.Context(), a.municipality, a.survey.ID))(t)
		if len(list) != 1 || list[0].Answers["need"].Text != "жол" || list[0].Second["need"].Text != "жол" || list[0].SecondBy != (data.ID{8}) || list[0].Changed == r.Changed {
			t.Errorf("kept %+v", list)
		}
	})
}

func TestASecondTypingIsForgottenWhenItIsSettled(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		session := w.session
		if _, err := s.Retyping(t.Context(), w.municipality, session.ID); !errors.Is(err, data.ErrMissing) {
			t.Errorf("before: %v", err)
		}
		r := data.Retyping{Session: session.ID, By: data.ID{8}, At: noon, Fields: map[string]string{"here.female/18-28/": "9"}, Differs: 1}
		must(t, s.PutRetyping(t.Context(), w.municipality, r, event("session.paper.second")))
		same(t, r, got(s.Retyping(t.Context(), w.municipality, session.ID))(t))
		must(t, s.SettleRetyping(t.Context(), w.municipality, session.ID, noon, event("session.paper.settled")))
		if kept := got(s.Retyping(t.Context(), w.municipality, session.ID))(t); len(kept.Fields) != 0 || !kept.Settled.Equal(noon) || kept.Differs != 1 {
			t.Errorf("kept %+v", kept)
		}
	})
}
