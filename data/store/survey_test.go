package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/form"
)

// asking is a survey that is open, of a new village.
type asking struct {
	village
	survey data.Survey
	form   form.Form
}

func ask(t testing.TB, s *Store) asking {
	t.Helper()
	a := asking{village: settle(t, s)}
	a.survey, a.form = a.newSurvey(), questions(a.village, "Эмне керек?")
	must(t, s.AddSurvey(t.Context(), a.municipality, a.survey, a.form, event("survey.add")))
	a.survey = a.now(t, s)
	must(t, s.OpenSurvey(t.Context(), a.municipality, a.survey, a.form, data.ID{7}, noon, event("survey.open")))
	a.survey = a.now(t, s)
	return a
}

func (w village) newSurvey() data.Survey {
	id := mint()
	return data.Survey{ID: id, Round: w.round.ID, Word: strings.NewReplacer("0", "g", "1", "h", "-", "").Replace(id.String()[24:]), Title: data.Text{KY: "Сурамжылоо"}, Door: data.DoorBoth,
		Opens: "2026-11-01", Closes: "2026-12-01", Most: 500, Results: "2026-12-15", Help: "0555", Keep: 6,
		Targets: data.Targets{{Village: w.village.ID, Sex: data.Female, People: 40}}, By: data.ID{7}, Created: noon}
}

// questions is a form whose only question is written so.
func questions(w village, label string) form.Form {
	return form.Form{Languages: []string{"ky"}, Intro: data.Text{KY: "Салам"}, Questions: []form.Question{{Name: "need", Kind: form.Long, Label: data.Text{KY: label}}},
		Lists: []form.List{{Name: form.ListVillages, Choices: []form.Choice{{Name: w.village.ID.String(), Label: w.village.Name}}}}}
}

// now is the survey as it is kept.
func (a asking) now(t testing.TB, s *Store) data.Survey {
	t.Helper()
	return got(s.Survey(t.Context(), a.municipality, a.survey.ID))(t)
}

// label is how the question of a form is written.
func label(f form.Form) string { return f.Questions[0].Label.KY }

func TestSurveyIsKeptOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		survey, draft := w.newSurvey(), questions(w, "Суу?")
		for range 2 {
			must(t, s.AddSurvey(t.Context(), w.municipality, survey, draft, event("survey.add")))
		}
		kept := got(s.Survey(t.Context(), w.municipality, survey.ID))(t)
		survey.Stamp = kept.Stamp
		same(t, survey, kept)
		same(t, []data.Survey{survey}, got(s.Surveys(t.Context(), w.municipality, w.round.ID))(t))
		m, at, err := s.SurveyAt(t.Context(), survey.Word)
		must(t, err)
		same(t, w.municipality, m)
		same(t, survey, at)
		if events := got(s.Events(t.Context(), w.municipality, 0, 2))(t); events[1].Action == "survey.add" {
			t.Error("one survey left two events")
		}
		f, stamp, err := s.Draft(t.Context(), w.municipality, survey.ID)
		must(t, err)
		same(t, survey.Stamp, stamp)
		same(t, "Суу?", label(f))
		_, _, err = s.SurveyAt(t.Context(), "jok")
		refused(t, data.ErrMissing, err)
		_, err = s.Version(t.Context(), w.municipality, survey.ID, 0)
		refused(t, data.ErrMissing, err)
	})
}

// The word is one in the whole installation.
func TestWordOfASurveyIsItsOwn(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a, w := ask(t, s), settle(t, s)
		other := w.newSurvey()
		word := other.Word
		other.Word = a.survey.Word
		refused(t, data.ErrConflict, s.AddSurvey(t.Context(), w.municipality, other, form.Form{}, event("survey.add")))
		other.Word = word
		must(t, s.AddSurvey(t.Context(), w.municipality, other, form.Form{}, event("survey.add")))
		other = got(s.Survey(t.Context(), w.municipality, other.ID))(t)
		other.Word = a.survey.Word
		refused(t, data.ErrConflict, s.SaveSurvey(t.Context(), w.municipality, other, event("survey.save")))
		same(t, word, got(s.Survey(t.Context(), w.municipality, other.ID))(t).Word)
	})
}

func TestWhoComesSecondIsToldOfTheFirst(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		mine, theirs := a.survey, a.survey
		mine.Title.KY, mine.Archived, mine.Keep = "Башка", true, 0
		must(t, s.SaveSurvey(t.Context(), a.municipality, mine, event("survey.save")))
		same(t, "Башка", a.now(t, s).Title.KY)
		refused(t, data.ErrConflict, s.SaveSurvey(t.Context(), a.municipality, theirs, event("survey.save")))
		refused(t, data.ErrConflict, s.OpenSurvey(t.Context(), a.municipality, theirs, a.form, data.ID{7}, noon, event("survey.open")))
		_, err := s.SaveDraft(t.Context(), a.municipality, a.survey.ID, questions(a.village, "x"), theirs.Stamp)
		refused(t, data.ErrConflict, err)

		stamp := got(s.SaveDraft(t.Context(), a.municipality, a.survey.ID, questions(a.village, "1"), a.now(t, s).Stamp))(t)
		stamp = got(s.SaveDraft(t.Context(), a.municipality, a.survey.ID, questions(a.village, "2"), stamp))(t)
		f, seen, err := s.Draft(t.Context(), a.municipality, a.survey.ID)
		must(t, err)
		same(t, stamp, seen)
		same(t, "2", label(f))
	})
}

func TestVersionsStay(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		if r := got(s.Round(t.Context(), a.municipality, a.round.ID))(t); r.Frozen.IsZero() {
			t.Error("the scheme is not frozen")
		}
		same(t, 1, a.survey.Version)
		same(t, noon, a.survey.Opened)

		later := noon.Add(time.Hour)
		must(t, s.ShutSurvey(t.Context(), a.municipality, a.survey.ID, later, event("survey.shut")))
		same(t, later, a.now(t, s).Shut)
		must(t, s.OpenSurvey(t.Context(), a.municipality, a.now(t, s), a.form, data.ID{7}, later, event("survey.open")))
		same(t, 1, a.now(t, s).Version) // nothing changed
		same(t, true, a.now(t, s).Shut.IsZero())
		same(t, noon, a.now(t, s).Opened)
		must(t, s.OpenSurvey(t.Context(), a.municipality, a.now(t, s), questions(a.village, "Дагы эмне?"), data.ID{7}, later, event("survey.open")))
		same(t, 2, a.now(t, s).Version)
		same(t, "Эмне керек?", label(got(s.Version(t.Context(), a.municipality, a.survey.ID, 1))(t)))
		same(t, "Дагы эмне?", label(got(s.Version(t.Context(), a.municipality, a.survey.ID, 2))(t)))
	})
}

// Of many who open at once one makes the version.
func TestSurveyIsOpenedByOne(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		n := make(chan int, 8)
		together(t, 8, func(ctx context.Context, i int) error {
			err := s.OpenSurvey(ctx, a.municipality, a.survey, questions(a.village, "Дагы?"), data.ID{7}, noon, event("survey.open"))
			return won(err, n)
		})
		same(t, 1, len(n))
		same(t, 2, a.now(t, s).Version)
	})
}

func TestSurveyWithAnswersStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		refused(t, data.ErrConflict, s.DeleteRound(t.Context(), a.municipality, a.round.ID, event("round.delete")))
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{a.code("abc")}, event("code.add")))
		r := a.answer(t, s, "суу")
		refused(t, data.ErrConflict, s.DeleteSurvey(t.Context(), a.municipality, a.survey.ID, event("survey.delete")))
		must(t, s.PurgeSurvey(t.Context(), a.municipality, a.survey.ID, noon, event("survey.purge")))
		must(t, s.DeleteSurvey(t.Context(), a.municipality, a.survey.ID, event("survey.delete")))
		_, err := s.Survey(t.Context(), a.municipality, a.survey.ID)
		refused(t, data.ErrMissing, err)
		_, err = s.AddResponse(t.Context(), a.municipality, r, nil)
		refused(t, data.ErrMissing, err)
	})
}

// A round that has no session has a survey.
func TestRoundOfASurveyStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		r, problems := newRound()
		must(t, s.AddRound(t.Context(), w.municipality, r, problems, event("round.add")))
		survey := w.newSurvey()
		survey.Round = r.ID
		must(t, s.AddSurvey(t.Context(), w.municipality, survey, form.Form{}, event("survey.add")))
		refused(t, data.ErrConflict, s.DeleteRound(t.Context(), w.municipality, r.ID, event("round.delete")))
		same(t, len(problems), len(got(s.Problems(t.Context(), w.municipality, r.ID))(t)))
		must(t, s.DeleteSurvey(t.Context(), w.municipality, survey.ID, event("survey.delete")))
		must(t, s.DeleteRound(t.Context(), w.municipality, r.ID, event("round.delete")))
	})
}

// People answer that they live in a village: it stays, and one whose codes are
// handed out.
func TestVillageOfASurveyStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		offered, coded, free := data.Village{ID: mint()}, data.Village{ID: mint()}, data.Village{ID: mint()}
		for _, v := range []data.Village{offered, coded, free} {
			must(t, s.SaveVillage(t.Context(), a.municipality, v, event("village.add")))
		}
		w := a.village
		w.village = offered
		must(t, s.OpenSurvey(t.Context(), a.municipality, a.survey, questions(w, "Кайсы айыл?"), data.ID{7}, noon, event("survey.open")))
		code := a.code("abc")
		code.Village = coded.ID
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{code}, event("code.add")))
		refused(t, data.ErrConflict, s.DeleteVillage(t.Context(), a.municipality, offered.ID, event("village.delete")))
		refused(t, data.ErrConflict, s.DeleteVillage(t.Context(), a.municipality, coded.ID, event("village.delete")))
		must(t, s.DeleteVillage(t.Context(), a.municipality, free.ID, event("village.delete")))
	})
}

// An import is taken out again, but not the problems and villages that an open
// survey may offer.
func TestUndoneImportLeavesWhatASurveyOffers(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for _, opened := range []bool{false, true} {
			w := settle(t, s)
			must(t, s.DeleteSession(t.Context(), w.municipality, w.session.ID, event("session.delete")))
			b, entries := w.file("a", 4)
			b.Problems = append(b.Problems, data.Problem{ID: mint(), Round: w.round.ID, Title: data.Text{KY: "Жарык"}, Created: noon})
			b.Villages = append(b.Villages, data.Village{ID: mint(), Name: data.Text{KY: "Ак-Суу"}})
			must(t, stage(t.Context(), s, w.municipality, b, entries))
			must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
			survey := w.newSurvey()
			must(t, s.AddSurvey(t.Context(), w.municipality, survey, form.Form{}, event("survey.add")))
			if opened {
				survey = got(s.Survey(t.Context(), w.municipality, survey.ID))(t)
				asked := questions(w, "?")
				var offered form.List
				for _, p := range b.Problems {
					offered.Choices = append(offered.Choices, form.Choice{Name: p.ID.String(), Label: p.Title, Problem: p.ID})
				}
				asked.Lists = append(asked.Lists, offered)
				must(t, s.OpenSurvey(t.Context(), w.municipality, survey, asked, data.ID{7}, noon, event("survey.open")))
			}
			problems, villages := len(got(s.Problems(t.Context(), w.municipality, w.round.ID))(t)), len(got(s.Villages(t.Context(), w.municipality))(t))
			must(t, s.UndoImport(t.Context(), w.municipality, b.Import.ID, event("import.undo")))
			if !opened {
				problems, villages = problems-len(b.Problems), villages-len(b.Villages)
			}
			same(t, problems, len(got(s.Problems(t.Context(), w.municipality, w.round.ID))(t)))
			same(t, villages, len(got(s.Villages(t.Context(), w.municipality))(t)))
		}
	})
}

func TestPurgeLeavesOnlyTheQuestions(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a, other := ask(t, s), ask(t, s)
		for _, a := range []asking{a, other} {
			r := a.answer(t, s, "суу")
			must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{a.code("abc")}, event("code.add")))
			must(t, s.PutDraft(t.Context(), a.municipality, a.draft("х")))
			must(t, s.SaveReading(t.Context(), a.municipality, a.reading(r), event("reading.save")))
		}
		must(t, s.PurgeSurvey(t.Context(), a.municipality, a.survey.ID, noon, event("survey.purge")))
		for i, n := range a.rows(t, s) {
			if want := map[string]int{"survey": 2, "survey_version": 2}[tables[i]]; want == 2 && n != 2 || want == 0 && n != 1 {
				t.Errorf("%d rows of %s are left", n, tables[i])
			}
		}
		same(t, noon, a.now(t, s).Purged)
		same(t, noon, a.now(t, s).Shut)
		same(t, 1, len(other.responses(t, s, data.ID{})))
		same(t, 0, len(a.responses(t, s, data.ID{})))

		// A page that was open all the while brings nothing back.
		_, err := s.AddResponse(t.Context(), a.municipality, a.response("суу"), nil)
		refused(t, data.ErrMissing, err)
		refused(t, data.ErrConflict, s.OpenSurvey(t.Context(), a.municipality, a.now(t, s), a.form, data.ID{7}, noon, event("survey.open")))
		refused(t, data.ErrMissing, s.PurgeSurvey(t.Context(), a.municipality, a.survey.ID, noon, event("survey.purge")))
	})
}

// tables of surveys.
var tables = []string{"survey", "survey_version", "response", "draft", "code", "reading"}

func (a asking) rows(t testing.TB, s *Store) []int {
	t.Helper()
	n := make([]int, len(tables))
	for i, table := range tables {
		must(t, s.row(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&n[i]))
	}
	return n
}
