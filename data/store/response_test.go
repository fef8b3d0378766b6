package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"ashar/data"
)

// response is what one resident sent.
func (a asking) response(need string) data.Response {
	id := mint()
	return data.Response{ID: id, Survey: a.survey.ID, Version: 1, Key: data.KeyOf(a.survey.ID, id.String()), Lang: "ky", Tier: data.TierOpen, Village: a.village.village.ID,
		Sex: data.Female, Band: "18-28", Seconds: 75, State: data.StateCounted, Received: noon,
		Answers: data.Answers{"need": {Text: need}, "age": {Said: data.Refused}, "rank": {Ranks: [][]string{{"a", "b"}, {"c"}}, Shown: []string{"c", "b", "a"}},
			"beans": {Points: map[string]int{"a": 3}}, "child": {Rows: []data.Answers{{"name": {Text: "Айбек"}}}}}}
}

// answer is a response as it is kept.
func (a asking) answer(t testing.TB, s *Store, need string) data.Response {
	t.Helper()
	return got(s.AddResponse(t.Context(), a.municipality, a.response(need), nil))(t)
}

func (a asking) draft(need string) data.Draft {
	return data.Draft{Survey: a.survey.ID, Key: data.KeyOf(a.survey.ID, mint().String()), Version: 1, Lang: "ru", Answers: data.Answers{"need": {Text: need}}, Began: noon, Touched: noon}
}

func (a asking) code(letters string) data.Code {
	return data.Code{Survey: a.survey.ID, Key: data.KeyOf(a.survey.ID, letters), Batch: "аялдар", Village: a.village.village.ID, Created: noon}
}

func (a asking) reading(r data.Response) data.Reading {
	return data.Reading{Survey: a.survey.ID, Response: r.ID, Question: "need", Tags: []string{"суу", "жол"}, Problem: a.problems[0].ID, Public: true, By: data.ID{7}, At: noon}
}

// responses of the survey that changed after the one given.
func (a asking) responses(t testing.TB, s *Store, after data.ID) (list []data.Response) {
	t.Helper()
	for r, err := range s.Responses(t.Context(), a.municipality, a.survey.ID, after) {
		must(t, err)
		list = append(list, r)
	}
	return list
}

func (a asking) again(t testing.TB, s *Store, r data.Response) data.Response {
	t.Helper()
	return got(s.Response(t.Context(), a.municipality, a.survey.ID, r.ID))(t)
}

// won passes on who was first; a conflict is no failure.
func won(err error, n chan int) error {
	switch {
	case err == nil:
		n <- 1
	case !errors.Is(err, data.ErrConflict):
		return err
	}
	return nil
}

func TestTheSameSubmitTwiceIsOneResponse(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		first := a.response("суу")
		must(t, s.PutDraft(t.Context(), a.municipality, data.Draft{Survey: a.survey.ID, Key: first.Key, Answers: first.Answers, Began: noon, Touched: noon}))
		ids := make(chan data.ID, 20)
		together(t, 20, func(ctx context.Context, i int) error {
			r := first
			r.ID, r.Answers = mint(), data.Answers{"need": {Text: fmt.Sprint("суу ", i)}}
			kept, err := s.AddResponse(ctx, a.municipality, r, nil)
			ids <- kept.ID
			return err
		})
		all := a.responses(t, s, data.ID{})
		if len(all) != 1 {
			t.Fatalf("%d responses", len(all))
		}
		for range 20 {
			same(t, all[0].ID, <-ids)
		}
		same(t, all[0], a.again(t, s, all[0]))
		same(t, all[0], got(s.ResponseBy(t.Context(), a.municipality, a.survey.ID, first.Key))(t))
		_, err := s.DraftBy(t.Context(), a.municipality, a.survey.ID, first.Key)
		refused(t, data.ErrMissing, err)

		// A slow page of the same phone puts nothing back.
		must(t, s.PutDraft(t.Context(), a.municipality, data.Draft{Survey: a.survey.ID, Key: first.Key, Answers: first.Answers, Began: noon, Touched: noon}))
		_, err = s.DraftBy(t.Context(), a.municipality, a.survey.ID, first.Key)
		refused(t, data.ErrMissing, err)
	})
}

func TestAResponseIsKeptAsItWasSent(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.response("суу")
		r.Tier, r.Sheet, r.By, r.Flags, r.State = data.TierPaper, "17", data.ID{9}, data.Flags{data.FlagFast, data.FlagBurst}, data.StateHeld
		kept := got(s.AddResponse(t.Context(), a.municipality, r, nil))(t)
		r.Changed = kept.Changed
		same(t, r, kept)
		same(t, r, a.again(t, s, r))
		same(t, r, got(s.ResponseOn(t.Context(), a.municipality, a.survey.ID, "17"))(t))
		twice := a.response("жол")
		twice.Sheet = "17"
		_, err := s.AddResponse(t.Context(), a.municipality, twice, nil)
		refused(t, data.ErrConflict, err)
		for range 2 { // those without a sheet are not the same
			a.answer(t, s, "суу")
		}
	})
}

// A code lets one in, however many hold it.
func TestACodeLetsOneIn(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		code := a.code("k7m-2qp")
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{code, a.code("other")}, event("code.add")))
		in := make(chan int, 50)
		together(t, 50, func(ctx context.Context, i int) error {
			r := a.response("суу")
			r.Tier = data.TierCoded
			_, err := s.AddResponse(ctx, a.municipality, r, &code.Key)
			return won(err, in)
		})
		same(t, 1, len(in))
		same(t, 1, len(a.responses(t, s, data.ID{})))
		same(t, true, got(s.CodeBy(t.Context(), a.municipality, a.survey.ID, code.Key))(t).Used)
		same(t, []CodeBatch{{"аялдар", a.village.village.ID, noon, 2, 1, 0}}, got(s.CodeBatches(t.Context(), a.municipality, a.survey.ID))(t))

		unknown := data.KeyOf(a.survey.ID, "jok")
		_, err := s.AddResponse(t.Context(), a.municipality, a.response("суу"), &unknown)
		refused(t, data.ErrConflict, err)
		same(t, 1, len(a.responses(t, s, data.ID{})))
	})
}

// Codes that got lost let nobody in; whoever was quicker stays in, and the same
// letters printed another day are another matter.
func TestLostCodesLetNobodyIn(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		later := a.code("later")
		later.Created = noon.Add(time.Second)
		one, two := a.code("one"), a.code("two")
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{one, two, later}, event("code.add")))
		got(s.AddResponse(t.Context(), a.municipality, a.response("суу"), &one.Key))(t)
		batch := got(s.CodeBatches(t.Context(), a.municipality, a.survey.ID))(t)[0]
		at := noon.Add(time.Hour)
		for range 2 {
			must(t, s.VoidBatch(t.Context(), a.municipality, a.survey.ID, batch, at, event("code.void")))
		}
		same(t, []CodeBatch{{"аялдар", a.village.village.ID, noon, 2, 1, 1}, {"аялдар", a.village.village.ID, later.Created, 1, 0, 0}},
			got(s.CodeBatches(t.Context(), a.municipality, a.survey.ID))(t))
		_, err := s.AddResponse(t.Context(), a.municipality, a.response("жол"), &two.Key)
		refused(t, data.ErrConflict, err)
		same(t, at, got(s.CodeBy(t.Context(), a.municipality, a.survey.ID, two.Key))(t).Voided)

		refused(t, data.ErrConflict, s.VoidCode(t.Context(), a.municipality, a.survey.ID, one.Key, at, event("code.void")))
		refused(t, data.ErrMissing, s.VoidCode(t.Context(), a.municipality, a.survey.ID, a.code("none").Key, at, event("code.void")))
		for range 2 {
			must(t, s.VoidCode(t.Context(), a.municipality, a.survey.ID, later.Key, at, event("code.void")))
		}
		_, err = s.AddResponse(t.Context(), a.municipality, a.response("жол"), &later.Key)
		refused(t, data.ErrConflict, err)
		same(t, 1, len(a.responses(t, s, data.ID{})))
		details := map[string]int{}
		for _, e := range got(s.Events(t.Context(), a.municipality, 0, 50))(t) {
			if e.Action == "code.void" {
				details[e.Detail]++
			}
		}
		same(t, map[string]int{"1 · аялдар": 2}, details)
	})
}

// Whoever used a code and sends again is given their response, not turned away.
func TestWhoUsedACodeMaySendAgain(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		code := a.code("k7m")
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{code}, event("code.add")))
		r := a.response("суу")
		first := got(s.AddResponse(t.Context(), a.municipality, r, &code.Key))(t)
		same(t, first, got(s.AddResponse(t.Context(), a.municipality, r, &code.Key))(t))
	})
}

func TestCodesAreKeptAllOrNone(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		must(t, s.AddCodes(t.Context(), a.municipality, []data.Code{a.code("a")}, event("code.add")))
		refused(t, data.ErrConflict, s.AddCodes(t.Context(), a.municipality, []data.Code{a.code("b"), a.code("A")}, event("code.add")))
		same(t, a.code("a"), got(s.CodeBy(t.Context(), a.municipality, a.survey.ID, a.code(" а-").Key))(t)) // the Cyrillic letter
		_, err := s.CodeBy(t.Context(), a.municipality, a.survey.ID, a.code("b").Key)
		refused(t, data.ErrMissing, err)
	})
}

func TestDraftsGoOnAndAreSwept(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		code := data.KeyOf(a.survey.ID, "abc")
		d := a.draft("суу")
		must(t, s.PutDraft(t.Context(), a.municipality, d))
		d.Answers, d.Lang, d.Version, d.Code, d.Touched = data.Answers{"need": {Text: "жол"}}, "en", 2, &code, noon.Add(time.Hour)
		must(t, s.PutDraft(t.Context(), a.municipality, d))
		same(t, d, got(s.DraftBy(t.Context(), a.municipality, a.survey.ID, d.Key))(t))
		old := a.draft("эски")
		old.Touched = noon.Add(-time.Hour)
		must(t, s.PutDraft(t.Context(), a.municipality, old))
		must(t, s.SweepDrafts(t.Context(), noon))
		_, err := s.DraftBy(t.Context(), a.municipality, a.survey.ID, old.Key)
		refused(t, data.ErrMissing, err)
		same(t, d, got(s.DraftBy(t.Context(), a.municipality, a.survey.ID, d.Key))(t))
	})
}

func TestReadingsTakeThePlaceOfEachOther(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.answer(t, s, "суу")
		reading := a.reading(r)
		must(t, s.SaveReading(t.Context(), a.municipality, reading, event("reading.save")))
		same(t, []data.Reading{reading}, got(s.Readings(t.Context(), a.municipality, a.survey.ID))(t))
		reading.Tags, reading.Problem, reading.Public = nil, data.ID{}, false
		must(t, s.SaveReading(t.Context(), a.municipality, reading, event("reading.save")))
		same(t, []data.Reading{reading}, got(s.Readings(t.Context(), a.municipality, a.survey.ID))(t))
	})
}
