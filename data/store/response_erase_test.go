package store

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ashar/data"
)

func TestACorrectionTakesThePlaceOfTheAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.answer(t, s, "суу")
		must(t, s.SaveReading(t.Context(), a.municipality, a.reading(r), event("reading.save")))
		must(t, s.JudgeResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{r.ID}, data.StateCounted, event("response.judge")))
		draft := a.draft("жол")
		draft.Corrects = r.ID
		must(t, s.PutDraft(t.Context(), a.municipality, draft))
		same(t, draft, got(s.DraftBy(t.Context(), a.municipality, a.survey.ID, draft.Key))(t))

		r.Answers, r.Version, r.Lang, r.Sex, r.Band = draft.Answers, 2, "ru", data.Male, "61+"
		must(t, s.CorrectResponse(t.Context(), a.municipality, r, &draft.Key))
		is := a.again(t, s, r)
		if bytes.Compare(is.Changed[:], r.Changed[:]) <= 0 {
			t.Error("nobody would see that it changed")
		}
		r.Changed = is.Changed
		same(t, r, is) // nobody has looked at the new answers
		_, err := s.DraftBy(t.Context(), a.municipality, a.survey.ID, draft.Key)
		refused(t, data.ErrMissing, err)
		hidden := a.reading(r)
		hidden.Public = false
		same(t, []data.Reading{hidden}, got(s.Readings(t.Context(), a.municipality, a.survey.ID))(t))

		for _, gone := range []func() error{
			func() error {
				return s.JudgeResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{r.ID}, data.StateRemoved, event("response.judge"))
			},
			func() error { return s.WithdrawResponse(t.Context(), a.municipality, a.survey.ID, r.ID) },
		} {
			must(t, gone())
			refused(t, data.ErrConflict, s.CorrectResponse(t.Context(), a.municipality, r, nil))
		}
		same(t, data.Answers(nil), a.again(t, s, r).Answers)
	})
}

func TestOfAWithdrawnResponseOnlyThatItWasStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.response("суу")
		r.Tier, r.Sheet, r.By, r.Flags = data.TierPaper, "17", data.ID{9}, data.Flags{data.FlagFast}
		r = got(s.AddResponse(t.Context(), a.municipality, r, nil))(t)
		must(t, s.SecondEntry(t.Context(), a.municipality, a.survey.ID, r.ID, r.Answers, data.ID{8}))
		must(t, s.SaveReading(t.Context(), a.municipality, a.reading(r), event("reading.save")))
		draft := a.draft("жол")
		draft.Corrects = r.ID
		must(t, s.PutDraft(t.Context(), a.municipality, draft))
		for range 2 {
			must(t, s.WithdrawResponse(t.Context(), a.municipality, a.survey.ID, r.ID))
		}
		is := a.again(t, s, r)
		same(t, data.Response{ID: r.ID, Survey: r.Survey, Version: 1, Key: r.Key, Lang: "ky", Tier: data.TierPaper, Seconds: 75, State: data.StateWithdrawn, Received: noon, By: data.ID{9}, Changed: is.Changed}, is)
		same(t, []int{1, 1, 1, 0, 0, 0}, a.rows(t, s))
		refused(t, data.ErrMissing, s.SaveReading(t.Context(), a.municipality, a.reading(r), event("reading.save")))
		refused(t, data.ErrConflict, s.SecondEntry(t.Context(), a.municipality, a.survey.ID, r.ID, r.Answers, data.ID{8}))
		// Neither staff nor a rule brings it back.
		must(t, s.JudgeResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{r.ID}, data.StateCounted, event("response.judge")))
		must(t, s.FlagResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{r.ID}, data.FlagSame))
		same(t, data.StateWithdrawn, a.again(t, s, r).State)
	})
}

// While some withdraw, others correct, judge and flag the same response.
func TestWithdrawnStaysWithdrawnInACrowd(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.answer(t, s, "суу")
		together(t, 24, func(ctx context.Context, i int) (err error) {
			switch i % 4 {
			case 0:
				return s.WithdrawResponse(ctx, a.municipality, a.survey.ID, r.ID)
			case 1:
				err = s.CorrectResponse(ctx, a.municipality, r, nil)
			case 2:
				err = s.JudgeResponses(ctx, a.municipality, a.survey.ID, []data.ID{r.ID}, data.StateCounted, event("response.judge"))
			case 3:
				err = s.FlagResponses(ctx, a.municipality, a.survey.ID, []data.ID{r.ID}, data.FlagSame)
			}
			return won(err, make(chan int, 1))
		})
		if is := a.again(t, s, r); is.State != data.StateWithdrawn || is.Answers != nil {
			t.Errorf("it is %s with %v", is.State, is.Answers)
		}
	})
}

// What was withdrawn, corrected or purged is in no file and in no backup.
func TestErasedAnswersLeaveTheFile(t *testing.T) {
	for name, erase := range map[string]func(t *testing.T, s *Store, a asking, r data.Response) error{
		"withdrawn": func(t *testing.T, s *Store, a asking, r data.Response) error {
			return s.WithdrawResponse(t.Context(), a.municipality, a.survey.ID, r.ID)
		},
		"corrected": func(t *testing.T, s *Store, a asking, r data.Response) error {
			r.Answers = data.Answers{"need": {Text: "башка"}}
			return s.CorrectResponse(t.Context(), a.municipality, r, nil)
		},
		"purged": func(t *testing.T, s *Store, a asking, r data.Response) error {
			return s.PurgeSurvey(t.Context(), a.municipality, a.survey.ID, noon, event("survey.purge"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sqlite(t)
			a, other := ask(t, s), ask(t, s)
			var sent []data.Response
			long := strings.Repeat("кеп ", 900) // longer than a page
			for i := range 12 {
				r := a.response(fmt.Sprintf("secret-%d %s", i, long[:len(long)*(i%3)/2]))
				draft := a.draft(r.Answers["need"].Text)
				draft.Corrects = r.ID
				must(t, s.PutDraft(t.Context(), a.municipality, draft))
				sent = append(sent, got(s.AddResponse(t.Context(), a.municipality, r, nil))(t))
				if name == "corrected" {
					continue // and the draft goes another way
				}
				reading := a.reading(r)
				reading.Tags = []string{fmt.Sprintf("secret-%d", i)}
				must(t, s.SaveReading(t.Context(), a.municipality, reading, event("reading.save")))
				for range 30 { // others share the pages, and split them
					other.answer(t, s, "ордунда калат")
				}
			}
			if name == "corrected" {
				must(t, s.SweepDrafts(t.Context(), noon.Add(time.Hour)))
			}
			if len(secrets(t, s.path)) == 0 {
				t.Fatal("the words cannot be found even before they are erased")
			}
			for i, r := range sent {
				if name != "purged" || i == 0 {
					must(t, erase(t, s, a, r))
				}
			}
			forgets(t, s)
			backup := filepath.Join(t.TempDir(), "backup.db")
			must(t, s.Backup(t.Context(), backup))
			if found := secrets(t, backup); len(found) > 0 {
				t.Errorf("erased words are in the backup: %v", found)
			}
		})
	}
}

func TestABackupHoldsTheSurveys(t *testing.T) {
	s := sqlite(t)
	a := ask(t, s)
	code := a.code("abc")
	must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{code}, event("code.add")))
	r := got(s.AddResponse(t.Context(), a.municipality, a.response("суу"), &code.Key))(t)
	must(t, s.SaveReading(t.Context(), a.municipality, a.reading(r), event("reading.save")))
	draft := a.draft("жол")
	must(t, s.PutDraft(t.Context(), a.municipality, draft))
	backup, path := filepath.Join(t.TempDir(), "backup.db"), filepath.Join(t.TempDir(), "ashar.db")
	must(t, s.Backup(t.Context(), backup))
	got(Restore(t.Context(), backup, path, ""))(t)
	restored := open(t, path)
	same(t, a.survey, a.now(t, restored))
	same(t, label(a.form), label(got(restored.Version(t.Context(), a.municipality, a.survey.ID, 1))(t)))
	same(t, []data.Response{r}, a.responses(t, restored, data.ID{}))
	same(t, draft, got(restored.DraftBy(t.Context(), a.municipality, a.survey.ID, draft.Key))(t))
	same(t, true, got(restored.CodeBy(t.Context(), a.municipality, a.survey.ID, code.Key))(t).Used)
	same(t, []data.Reading{a.reading(r)}, got(restored.Readings(t.Context(), a.municipality, a.survey.ID))(t))
	if _, broken, err := restored.Verify(t.Context()); err != nil || len(broken) > 0 {
		t.Errorf("the audit is broken: %v, %v", broken, err)
	}
	same(t, r, got(restored.AddResponse(t.Context(), a.municipality, r, &code.Key))(t))
}
