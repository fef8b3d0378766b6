package store

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"ashar/data"
)

func TestSuspicionsHoldUntilAPersonLooks(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		one, two, gone := a.answer(t, s, "суу"), a.answer(t, s, "суу"), a.answer(t, s, "суу")
		judge := func(state data.State, list ...data.Response) error {
			var ids []data.ID
			for _, r := range list {
				ids = append(ids, r.ID)
			}
			return s.JudgeResponses(t.Context(), a.municipality, a.survey.ID, ids, state, event("response.judge"))
		}
		is := func(r data.Response, state data.State, flags ...data.Flag) data.Response {
			t.Helper()
			now := a.again(t, s, r)
			same(t, state, now.State)
			same(t, data.Flags(flags), now.Flags)
			return now
		}
		flag := func(f data.Flag) {
			must(t, s.FlagResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{one.ID, mint(), two.ID, gone.ID}, f))
		}
		must(t, judge(data.StateRemoved, gone))
		flag(data.FlagSame)
		held := is(one, data.StateHeld, data.FlagSame)
		is(gone, data.StateRemoved)
		flag(data.FlagSame)
		same(t, held, is(one, data.StateHeld, data.FlagSame)) // nothing new to see

		must(t, judge(data.StateCounted, one))
		flag(data.FlagBurst)
		is(one, data.StateCounted, data.FlagSame, data.FlagCleared, data.FlagBurst)
		is(two, data.StateHeld, data.FlagSame, data.FlagBurst)
		must(t, judge(data.StateRemoved, one))
		is(one, data.StateRemoved, data.FlagSame, data.FlagBurst)

		refused(t, data.ErrMissing, judge(data.StateCounted, one, data.Response{ID: mint()}))
		is(one, data.StateRemoved, data.FlagSame, data.FlagBurst)
		for _, state := range []data.State{data.StateWithdrawn, "", "x"} {
			refused(t, data.ErrInvalid, judge(state, one))
		}
		same(t, map[data.State]int{data.StateHeld: 1, data.StateRemoved: 2}, got(s.CountResponses(t.Context(), a.municipality, a.survey.ID))(t))
	})
}

func TestResponsesOfAStateByPages(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		var held []data.ID
		for i := range 25 {
			r := a.response("суу")
			if i%2 == 0 {
				r.State, held = data.StateHeld, append([]data.ID{r.ID}, held...)
			}
			got(s.AddResponse(t.Context(), a.municipality, r, nil))(t)
		}
		for state, want := range map[data.State]int{data.StateHeld: 13, data.StateCounted: 12, data.StateRemoved: 0} {
			var ids []data.ID
			for last := (data.ID{}); ; {
				n := 0
				for r, err := range s.ResponsesIn(t.Context(), a.municipality, a.survey.ID, state, last, 5) {
					must(t, err)
					same(t, state, r.State)
					ids, last, n = append(ids, r.ID), r.ID, n+1
				}
				if n < 5 {
					break
				}
			}
			same(t, want, len(ids))
			if state == data.StateHeld {
				same(t, held, ids)
			}
		}
	})
}

// Who has counted asks only for what came since, and comes to the same as who
// counts anew, whatever happens between.
func TestReadingOnComesToTheSameAsReadingAnew(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		known, last := map[data.ID]data.Response{}, data.ID{}
		var ids []data.ID
		run := func(t *rapid.T) {
			ctx, m, survey := context.Background(), a.municipality, a.survey.ID
			for range rapid.IntRange(0, 6).Draw(t, "acts") {
				var err error
				if len(ids) == 0 || rapid.IntRange(0, 2).Draw(t, "new") == 0 {
					r := a.response("суу")
					ids = append(ids, r.ID)
					_, err = s.AddResponse(ctx, m, r, nil)
				} else {
					id := rapid.SampledFrom(ids).Draw(t, "id")
					switch rapid.IntRange(0, 3).Draw(t, "act") {
					case 0:
						r := a.response("жол")
						r.ID = id
						err = s.CorrectResponse(ctx, m, r, nil)
					case 1:
						err = s.JudgeResponses(ctx, m, survey, []data.ID{id}, rapid.SampledFrom([]data.State{data.StateCounted, data.StateRemoved}).Draw(t, "state"), event("response.judge"))
					case 2:
						err = s.FlagResponses(ctx, m, survey, []data.ID{id}, data.FlagSame)
					case 3:
						if rapid.IntRange(0, 5).Draw(t, "withdraw") == 0 {
							err = s.WithdrawResponse(ctx, m, survey, id)
						}
					}
				}
				if err != nil && !errors.Is(err, data.ErrConflict) {
					t.Fatal(err)
				}
			}
			since := changesSince(t, s, a, last)
			for r, err := range s.Responses(ctx, m, survey, last) {
				same(t, since[r.ID], r.Changed)
				if err != nil || bytes.Compare(r.Changed[:], last[:]) <= 0 {
					t.Fatal(err, r.Changed, last)
				}
				known[r.ID], last = r, r.Changed
			}
			n := 0
			for r, err := range s.Responses(ctx, m, survey, data.ID{}) {
				if err != nil {
					t.Fatal(err)
				}
				same(t, r, known[r.ID])
				n++
			}
			same(t, n, len(known))
			if newest, err := s.LastChange(ctx, m, survey); err != nil || newest != last {
				t.Fatal(err, newest, last)
			}
		}
		rapid.Check(t, run) // every run goes on from the one before
	})
}

// changesSince are the changes that who reads on is given: on SQLite no older ones.
func changesSince(t *rapid.T, s *Store, a asking, last data.ID) map[data.ID]data.ID {
	since := map[data.ID]data.ID{}
	for r, err := range s.ResponsesSince(context.Background(), a.municipality, a.survey.ID, last) {
		if err != nil || s.Engine() == "sqlite" && bytes.Compare(r.Changed[:], last[:]) <= 0 {
			t.Fatal(err, r.Changed, last)
		}
		since[r.ID] = r.Changed
	}
	return since
}

// A clock that was set back hides nothing from those who read on.
func TestAClockSetBackHidesNothing(t *testing.T) {
	s := sqlite(t)
	a := ask(t, s)
	a.answer(t, s, "суу")
	last := got(s.LastChange(t.Context(), a.municipality, a.survey.ID))(t)
	s.mint = func() data.ID { id := mint(); id[0] = 0; return id } // the battery of the clock is empty
	second := a.answer(t, s, "жол")
	must(t, s.JudgeResponses(t.Context(), a.municipality, a.survey.ID, []data.ID{second.ID}, data.StateHeld, event("response.judge")))
	third := a.answer(t, s, "жарык")
	var ids []data.ID
	for _, r := range a.responses(t, s, last) {
		ids = append(ids, r.ID)
	}
	same(t, []data.ID{second.ID, third.ID}, ids)
	same(t, data.ID{0, 1}, next(data.ID{0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}))
}

func TestASheetIsTypedByTwo(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		r := a.response("суу")
		r.Tier, r.Sheet, r.By = data.TierPaper, "17", data.ID{9}
		r = got(s.AddResponse(t.Context(), a.municipality, r, nil))(t)
		second := func(answers data.Answers, by data.ID) error {
			return s.SecondEntry(t.Context(), a.municipality, a.survey.ID, r.ID, answers, by)
		}
		refused(t, data.ErrConflict, second(r.Answers, data.ID{9}))
		must(t, second(r.Answers, data.ID{8}))
		other := data.Answers{"need": {Text: "жол"}}
		must(t, second(other, data.ID{8}))
		refused(t, data.ErrConflict, second(r.Answers, data.ID{6}))
		is := a.again(t, s, r)
		r.Second, r.SecondBy, r.Changed = other, data.ID{8}, is.Changed
		same(t, r, is)
		open := a.answer(t, s, "суу")
		refused(t, data.ErrConflict, s.SecondEntry(t.Context(), a.municipality, a.survey.ID, open.ID, other, data.ID{8}))
	})
}
