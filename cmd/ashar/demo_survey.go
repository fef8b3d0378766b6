package main

import (
	"time"

	"ashar/data"
	"ashar/data/form"
	"ashar/handlers"
	"ashar/templates/lang"
)

// residents is how many invented people answer the survey.
const residents = 160

// survey is an open questionnaire of the round, as it is after some days: most
// answers came through the link, some with codes or on paper, and a few wait for
// somebody to look at them.
func (d *demo) survey() error {
	words, err := lang.Load()
	if err != nil {
		return err
	}
	ready, err := form.Templates()
	if err != nil {
		return err
	}
	d.at = time.Date(2017, 9, 20, 4, 0, 0, 0, time.UTC)
	draft := ready[0].Form
	s := data.Survey{ID: handlers.Mint(), Round: d.round.ID, Word: "akmz", Title: d.story.Survey, Door: data.DoorBoth, By: d.by, Created: d.at}
	if err := d.db.AddSurvey(d.ctx, d.home.ID, s, draft, d.event("survey.add", s.ID)); err != nil {
		return err
	}
	if s, err = d.db.Survey(d.ctx, d.home.ID, s.ID); err != nil {
		return err
	}
	filled := handlers.Filling{Villages: d.villages, Scheme: d.round.Scheme, Problems: d.problems}.Fill(draft, words)
	if err := d.db.OpenSurvey(d.ctx, d.home.ID, s, filled, d.by, d.at, d.event("survey.open", s.ID)); err != nil {
		return err
	}
	for i := range residents {
		if _, err := d.db.AddResponse(d.ctx, d.home.ID, d.answer(s, i), nil); err != nil {
			return err
		}
	}
	return nil
}

// answer is what one invented resident says. Women and the young answer more
// often than others, as they do.
func (d *demo) answer(s data.Survey, i int) data.Response {
	d.at = d.at.Add(time.Duration(5+d.dice.IntN(90)) * time.Minute)
	who := seat{sex: data.Female, band: []data.Band{"14-17", "18-28", "18-28", "29-45", "29-45", "46-60", "61+"}[d.dice.IntN(7)]}
	if d.dice.IntN(5) < 2 {
		who.sex = data.Male
	}
	r := data.Response{ID: handlers.Mint(), Survey: s.ID, Version: 1, Key: data.Key(handlers.Mint()), Lang: "ky", Tier: data.TierOpen, Village: d.villages[min(d.dice.IntN(4), len(d.villages)-1)].ID,
		Sex: who.sex, Band: who.band, Seconds: 40 + d.dice.IntN(300), State: data.StateCounted, Received: d.at}
	switch {
	case i%4 == 1:
		r.Tier = data.TierCoded
	case i%40 == 7:
		r.State, r.Flags, r.Seconds = data.StateHeld, data.Flags{data.FlagFast}, 2
	}
	if d.dice.IntN(5) == 0 {
		r.Lang = "ru"
	}
	r.Answers = data.Answers{"village": {Text: r.Village.String()}, "sex": {Text: string(r.Sex)}, "age": {Text: string(r.Band)}, "else": {Said: data.Empty}}
	if d.dice.IntN(12) == 0 {
		r.Sex, r.Answers["sex"] = data.UnknownSex, data.Answer{Said: data.Refused}
	}
	needs := data.Answer{}
	for _, choice := range d.order(who, 1+d.dice.IntN(5)) {
		needs.Ranks = append(needs.Ranks, []string{choice.Problem.String()})
	}
	r.Answers["needs"] = needs
	if d.dice.IntN(4) == 0 {
		r.Answers["else"] = data.Answer{Text: d.story.Else[d.dice.IntN(len(d.story.Else))]}
	}
	return r
}
