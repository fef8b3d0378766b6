package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
)

// keptFlags is where a draft keeps what was strange about its first page. It is
// no question, so it is not among what is sent.
const keptFlags = "_flags"

// suspect notes what is strange about a page that came: a token that is not
// ours, or the field filled that nobody can see.
func (a *answering) suspect(ours bool) {
	var flags []string
	if !ours {
		flags = append(flags, string(data.FlagToken))
	}
	if a.typedOne(fieldTrap) != "" {
		flags = append(flags, string(data.FlagTrap))
	}
	if len(flags) > 0 {
		a.run.Answers[keptFlags] = data.Answer{Text: strings.Join(flags, " ")}
	}
}

// send makes what was answered a response, or puts one right, and shows the
// receipt. The same form sent again finds the response there.
func (a *answering) send() error {
	answers := a.run.Final()
	r := data.Response{ID: a.s.Mint(), Survey: a.of.survey.ID, Version: a.draft.Version, Key: a.draft.Key, Lang: words(a.c).Code(),
		Tier: data.TierOpen, Seconds: a.seconds(), State: data.StateCounted, Received: a.s.Now(), Answers: answers}
	r.Village, r.Sex, r.Band = a.form.Heard(answers)
	if !a.draft.Corrects.Zero() {
		return a.correct(r)
	}
	from := a.s.guard.place(a.c.ClientIP(), a.s.Now())
	vector := sameness(a.form, answers)
	if a.draft.Code != nil {
		r.Tier = data.TierCoded
	} else {
		if err := a.of.watch.recall(a.c, a.s.store, a.of, a.form); err != nil {
			return err
		}
		if r.Flags = a.flags(from, vector, answers); len(r.Flags) > 0 {
			r.State = data.StateHeld
		}
	}
	kept, err := a.s.store.AddResponse(a.c, a.of.municipality.ID, r, a.draft.Code)
	if errors.Is(err, data.ErrConflict) && a.draft.Code != nil { // it was used or voided meanwhile
		code, err := a.s.store.CodeBy(a.c, a.of.municipality.ID, a.of.survey.ID, *a.draft.Code)
		if err != nil {
			return err
		}
		return a.s.spent(a.c, a.of, code)
	}
	if err != nil {
		return err
	}
	if kept.ID == r.ID {
		a.of.taken.Add(1)
		if r.Tier == data.TierOpen {
			if err := a.arrived(r, from, vector); err != nil {
				return err
			}
		}
	}
	return a.s.goes(a.c, a.path(""))
}

// correct puts a response right, in the form it was given to.
func (a *answering) correct(r data.Response) error {
	r.ID = a.draft.Corrects
	err := a.s.store.CorrectResponse(a.c, a.of.municipality.ID, r, &a.draft.Key)
	if errors.Is(err, data.ErrConflict) || errors.Is(err, data.ErrMissing) {
		return a.s.gate(a.c, a.of, "gone", http.StatusOK)
	}
	if err != nil {
		return err
	}
	return a.s.goes(a.c, a.path(""))
}

// fastest is how many seconds nobody takes less than for more than shortForm
// questions, or for several pages.
const (
	fastest   = 5
	shortForm = 3
)

// flags of a response that comes through the open link. They hold it until a
// person has looked at it; nobody is turned away for them.
func (a *answering) flags(from place, vector uint64, answers data.Answers) (flags data.Flags) {
	flags.Scan(a.run.Answers[keptFlags].Text) // never fails for a text
	asked := 0
	a.form.All(func(q, _ *forms.Question) bool {
		if _, ok := answers[q.Name]; ok && q.Kind.Asks() {
			asked++
		}
		return true
	})
	if (asked > shortForm || len(a.run.Screens()) > 1) && a.s.Now().Sub(a.token.born()).Seconds() < fastest {
		flags = flags.With(data.FlagFast)
	}
	return a.of.watch.suspects(flags, from, vector, a.s.Now())
}

// arrived counts a response that was kept, and flags those that look otherwise
// now that it is there.
func (a *answering) arrived(r data.Response, from place, vector uint64) error {
	for flag, ids := range a.of.watch.arrived(r, from, vector, variety(a.form), a.s.Now()) {
		if r.Flags.Has(flag) { // it was kept with it
			ids = slices.DeleteFunc(ids, func(id data.ID) bool { return id == r.ID })
		}
		if len(ids) == 0 {
			continue
		}
		if err := a.s.store.FlagResponses(a.c, a.of.municipality.ID, a.of.survey.ID, ids, flag); err != nil {
			return err
		}
	}
	return nil
}
