package handlers

import (
	"context"
	"net/http"
	"testing"

	"ashar/data"
)

// neighbours are another municipality of the same server, and its staff.
func (s *site) neighbours() (data.Municipality, data.Account) {
	s.t.Helper()
	ctx := context.Background()
	m := data.Municipality{ID: Mint(), Slug: "kok-jar", Name: data.Text{KY: "Көк-Жар"}, Created: s.clock()}
	s.must(s.store.AddMunicipality(ctx, m, data.Event{}))
	a := data.Account{ID: Mint(), Municipality: m.ID, Login: "neighbour", Name: "Бакыт А.", Role: data.Staff, Active: true, Created: s.clock()}
	s.must(s.store.AddAccount(ctx, a, data.Event{}))
	return m, a
}

// A form chooses the ID of what it makes. Whoever has seen the address of a survey
// in another municipality can make one of the same ID, and must find nothing there
// but their own.
func TestASurveyOfTheSameIDShowsNothingOfAnotherMunicipality(t *testing.T) {
	p := newPoll(t, 3)
	for range 9 {
		p.says(data.Response{Answers: p.ranks("water", "road")})
	}
	ours := p.as(data.Observer)
	before := ours.get(p.at("results")).want(http.StatusOK, "9 of 9")

	ctx := context.Background()
	m, a := p.neighbours()
	p.must(p.store.AddRound(ctx, m.ID, p.round, nil, data.Event{}))
	twin := data.Survey{ID: p.survey.ID, Round: p.round.ID, Word: "twin", Title: text("Twin"), Door: data.DoorOpen, By: a.ID, Created: p.clock()}
	p.must(p.store.AddSurvey(ctx, m.ID, twin, p.site.short(), data.Event{}))
	twin, err := p.store.Survey(ctx, m.ID, twin.ID)
	p.must(err)
	p.must(p.store.OpenSurvey(ctx, m.ID, twin, p.site.short(), a.ID, p.clock(), data.Event{}))
	theirs := p.client(a)
	for _, page := range []string{"surveys/" + twin.ID.String() + "/results", "rounds/" + p.round.ID.String() + "/ranking", "rounds/" + p.round.ID.String() + "/import"} {
		theirs.get("/"+m.Slug+"/"+page).want(http.StatusOK).lacks("What is needed most", "9 of 9", "road")
	}
	for i := range 30 {
		r := data.Response{ID: Mint(), Survey: twin.ID, Version: 1, Key: data.KeyOf(twin.ID, string(rune('а'+i))), Tier: data.TierOpen, State: data.StateCounted, Received: p.clock(), Answers: p.ranks("light")}
		_, err := p.store.AddResponse(ctx, m.ID, r, nil)
		p.must(err)
	}
	theirs.get("/" + m.Slug + "/surveys/" + twin.ID.String() + "/results").want(http.StatusOK)
	if after := ours.get(p.at("results")).want(http.StatusOK); after.body != before.body {
		t.Error("what neighbours answered is among our answers")
	}
}

// Answers that were erased are in no memory either.
func TestErasedAnswersAreNotShownFromMemory(t *testing.T) {
	p := newPoll(t, 3)
	for range 9 {
		a := p.ranks("water", "road")
		a["more"] = data.Answer{Text: "the spring behind the mill"}
		p.says(data.Response{Answers: a})
	}
	p.as(data.Staff).get(p.at("results")).want(http.StatusOK, "9 of 9")
	p.as(data.Staff).get(p.at("answers")).want(http.StatusOK, "behind the mill")
	p.must(p.store.PurgeSurvey(context.Background(), p.home.ID, p.survey.ID, p.clock(), data.Event{}))
	for _, page := range []string{p.at("results"), p.at("review"), "rounds/" + p.round.ID.String() + "/ranking?source=" + p.survey.ID.String()} {
		p.as(data.Staff).get(page).want(http.StatusOK).lacks("9 of 9", "9 asked", "“water” comes first")
	}
	p.as(data.Staff).get(p.at("answers")).want(http.StatusOK).lacks("behind the mill")
}
