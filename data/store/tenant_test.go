package store

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
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
		mine, a := settle(t, s), ask(t, s)
		w := a.village
		e := w.note("сыр")
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
		b, entries := w.file("a", 4)
		must(t, stage(t.Context(), s, w.municipality, b, entries))
		must(t, s.FinishImport(t.Context(), w.municipality, b, noon, event("import.add")))
		staged, more := w.file("b", 4)
		must(t, stage(t.Context(), s, w.municipality, staged, more))
		must(t, s.SavePopulation(t.Context(), w.municipality, []data.ID{w.village.ID}, []data.Population{{Village: w.village.ID, People: 5}}, event("population.save")))

		cases := foreign(t.Context(), s, mine.municipality, w, e, b, staged)
		maps.Copy(cases, foreignHearing(t, s, mine.municipality, w))
		maps.Copy(cases, foreignSurvey(t, s, mine.municipality, a))
		maps.Copy(cases, foreignAnswers(t, s, mine.municipality, a))
		maps.Copy(cases, foreignPaper(t, s, mine.municipality, a))
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
		"Entry":       func() error { _, err := s.Entry(ctx, m, w.session, e.ID); return err },
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

func none[T any](list func(func(T, error) bool)) error {
	for _, err := range list {
		return err
	}
	return data.ErrMissing
}

// foreignSurvey does the same with a survey and its answers.
func foreignSurvey(t *testing.T, s *Store, m data.ID, a asking) map[string]func() error {
	ctx, survey := t.Context(), a.survey.ID
	return map[string]func() error{
		"Surveys":    func() error { return finds(s.Surveys(ctx, m, a.round.ID))(func(data.Survey) bool { return true }) },
		"Survey":     func() error { _, err := s.Survey(ctx, m, survey); return err },
		"AddSurvey":  func() error { return s.AddSurvey(ctx, m, a.newSurvey(), a.form, event("survey.add")) },
		"SaveSurvey": func() error { return s.SaveSurvey(ctx, m, a.survey, event("survey.save")) },
		"Draft":      func() error { _, _, err := s.Draft(ctx, m, survey); return err },
		"SaveDraft":  func() error { _, err := s.SaveDraft(ctx, m, survey, a.form, a.survey.Stamp); return err },
		"OpenSurvey": func() error {
			return s.OpenSurvey(ctx, m, a.survey, questions(a.village, "?"), data.ID{7}, noon, event("survey.open"))
		},
		"ShutSurvey":   func() error { return s.ShutSurvey(ctx, m, survey, noon, event("survey.shut")) },
		"Version":      func() error { _, err := s.Version(ctx, m, survey, 1); return err },
		"DeleteSurvey": func() error { return s.DeleteSurvey(ctx, m, survey, event("survey.delete")) },
		"PurgeSurvey":  func() error { return s.PurgeSurvey(ctx, m, survey, noon, event("survey.purge")) },
	}
}

// foreignAnswers does the same with what people answered.
func foreignAnswers(t *testing.T, s *Store, m data.ID, a asking) map[string]func() error {
	ctx, survey := t.Context(), a.survey.ID
	r := a.response("суу")
	r.Tier, r.Sheet, r.By = data.TierPaper, "17", data.ID{9}
	r = got(s.AddResponse(ctx, a.municipality, r, nil))(t)
	code, draft, reading := a.code("abc"), a.draft("жол"), a.reading(r)
	must(t, s.AddCodes(ctx, a.municipality, []data.Code{code}, event("code.add")))
	must(t, s.PutDraft(ctx, a.municipality, draft))
	must(t, s.SaveReading(ctx, a.municipality, reading, event("reading.save")))
	someResponse := func(data.Response) bool { return true }
	return map[string]func() error{
		"AddResponse": func() error { _, err := s.AddResponse(ctx, m, a.response("жол"), &code.Key); return err },
		"CorrectResponse": func() error {
			return s.CorrectResponse(ctx, m, r, &draft.Key)
		},
		"WithdrawResponse": func() error { return s.WithdrawResponse(ctx, m, survey, r.ID) },
		"JudgeResponses": func() error {
			return s.JudgeResponses(ctx, m, survey, []data.ID{r.ID}, data.StateRemoved, event("response.judge"))
		},
		"FlagResponses": func() error { // passes over what is not there
			err := s.FlagResponses(ctx, m, survey, []data.ID{r.ID}, data.FlagSame)
			return finds([]data.Response(nil), err)(someResponse)
		},
		"Response":       func() error { _, err := s.Response(ctx, m, survey, r.ID); return err },
		"ResponseBy":     func() error { _, err := s.ResponseBy(ctx, m, survey, r.Key); return err },
		"ResponseOn":     func() error { _, err := s.ResponseOn(ctx, m, survey, "17"); return err },
		"Responses":      func() error { return none(s.Responses(ctx, m, survey, data.ID{})) },
		"ResponsesSince": func() error { return none(s.ResponsesSince(ctx, m, survey, data.ID{})) },
		"Shuffled":       func() error { return none(s.Shuffled(ctx, m, survey)) },
		"ResponsesIn":    func() error { return none(s.ResponsesIn(ctx, m, survey, data.StateCounted, data.ID{}, 10)) },
		"ResponsesOnPaper": func() error {
			return finds(s.ResponsesOnPaper(ctx, m, survey))(someResponse)
		},
		"SettleResponse": func() error { return s.SettleResponse(ctx, m, r, event("response.settle")) },
		"SecondEntry":    func() error { return s.SecondEntry(ctx, m, survey, r.ID, r.Answers, data.ID{8}) },
		"CountResponses": func() error {
			counts, err := s.CountResponses(ctx, m, survey)
			return finds([]int{len(counts)}, err)(func(n int) bool { return n > 0 })
		},
		"LastChange": func() error {
			last, err := s.LastChange(ctx, m, survey)
			return finds([]data.ID{last}, err)(func(id data.ID) bool { return !id.Zero() })
		},
		"PutDraft": func() error { return s.PutDraft(ctx, m, draft) },
		"DraftBy":  func() error { _, err := s.DraftBy(ctx, m, survey, draft.Key); return err },
		"AddCodes": func() error { return s.AddCodes(ctx, m, []data.Code{a.code("x")}, event("code.add")) },
		"CodeBy":   func() error { _, err := s.CodeBy(ctx, m, survey, code.Key); return err },
		"VoidBatch": func() error {
			batch := CodeBatch{Name: code.Batch, Village: code.Village, Created: code.Created}
			must(t, s.VoidBatch(ctx, m, survey, batch, noon, event("code.void")))
			return finds(s.CodeBatches(ctx, a.municipality, survey))(func(b CodeBatch) bool { return b.Voided > 0 })
		},
		"VoidCode": func() error { return s.VoidCode(ctx, m, survey, code.Key, noon, event("code.void")) },
		"CodeBatches": func() error {
			return finds(s.CodeBatches(ctx, m, survey))(func(CodeBatch) bool { return true })
		},
		"SaveReading": func() error { return s.SaveReading(ctx, m, reading, event("reading.save")) },
		"Readings":    func() error { return finds(s.Readings(ctx, m, survey))(func(data.Reading) bool { return true }) },
	}
}

// foreignPaper does the same with what is printed and typed in again.
func foreignPaper(t *testing.T, s *Store, m data.ID, a asking) map[string]func() error {
	ctx, survey := t.Context(), a.survey.ID
	printing := got(s.AddPrinting(ctx, a.municipality, data.Printing{ID: mint(), Survey: survey, By: data.ID{7}, Created: noon}, 20, event("paper.print")))(t)
	retyping := data.Retyping{Session: a.session.ID, By: data.ID{8}, At: noon, Differs: 1}
	must(t, s.PutRetyping(ctx, a.municipality, retyping, event("paper.retype")))
	return map[string]func() error{
		"AddPrinting": func() error {
			other := printing
			other.ID, other.Village = mint(), data.ID{}
			_, err := s.AddPrinting(ctx, m, other, 5, event("paper.print"))
			return err
		},
		"Printings":   func() error { return finds(s.Printings(ctx, m, survey))(func(data.Printing) bool { return true }) },
		"PrintingOf":  func() error { _, err := s.PrintingOf(ctx, m, survey, 1); return err },
		"PutRetyping": func() error { return s.PutRetyping(ctx, m, retyping, event("paper.retype")) },
		"Retyping":    func() error { _, err := s.Retyping(ctx, m, a.session.ID); return err },
		"SettleRetyping": func() error {
			err := s.SettleRetyping(ctx, m, a.session.ID, noon, event("paper.settle"))
			return finds([]data.Response(nil), err)(func(data.Response) bool { return true })
		},
	}
}

// dump is how many rows of each kind there are: what a stranger could have
// changed.
func dump(t *testing.T, s *Store) string {
	t.Helper()
	var all []string
	for _, query := range []string{`village`, `population`, `round`, `problem`, `problem WHERE into_id = $1`, `session`, `session WHERE archived = FALSE`,
		`entry`, `entry WHERE body IS NULL`, `import WHERE state = 'live'`, `event`, `survey`, `survey WHERE shut = 0 AND purged = 0`, `survey_version`, `draft`, `code WHERE used = FALSE`,
		`reading`, `response`, `response WHERE state = 'counted' AND flags = '' AND second IS NULL`, `printing`, `retyping WHERE settled = 0`} {
		var n int
		var args []any
		if strings.Contains(query, "$1") {
			args = []any{data.ID{}}
		}
		must(t, s.row(t.Context(), `SELECT COUNT(*) FROM `+query, args...).Scan(&n))
		all = append(all, fmt.Sprint(query, ": ", n))
	}
	return strings.Join(all, ", ")
}

// foreignHearing reads a session of w, whole and in part, in municipality m.
func foreignHearing(t *testing.T, s *Store, m data.ID, w village) map[string]func() error {
	now := w.again(t, s, w.session)
	if _, ok := s.Since(w.municipality, w.session.ID, w.session.Stamp, now.Stamp); !ok || now.Stamp == w.session.Stamp {
		t.Error("what was written down is not known to its own municipality")
	}
	return map[string]func() error{
		"Hear": func() error {
			return s.Hear(t.Context(), m, w.session.ID, func(Hearing) (func(data.ID, data.Group, data.Packed) error, bool, error) {
				t.Error("it was read")
				return nil, false, nil
			})
		},
		"Since": func() error {
			if _, ok := s.Since(m, w.session.ID, w.session.Stamp, now.Stamp); !ok {
				return data.ErrMissing
			}
			return nil
		},
	}
}
