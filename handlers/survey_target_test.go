package handlers

import (
	"context"
	"testing"

	"ashar/data"
)

// targetsOf is what is kept of a survey's targets, by the names of their fields.
func (s *site) targetsOf(survey data.Survey) map[string]int {
	kept := map[string]int{}
	for _, t := range s.survey(survey.ID).Targets {
		kept[cellName(t.Village, t.Sex, t.Band)] = t.People
	}
	return kept
}

// Of two people who save targets at once the second is shown what the first has
// put, with their own still there; saved again, theirs stays.
func TestNobodysTargetsAreLostSilently(t *testing.T) {
	s := newSite(t)
	survey := s.opens(s.short())
	at := "/" + s.home.Slug + "/surveys/" + survey.ID.String() + "/targets"
	who := s.as(data.Staff)
	band := s.round.Scheme.Bands[0]
	women, men := cellName(s.villages[0].ID, data.Female, band), cellName(s.villages[0].ID, data.Male, band)
	seen := who.get(at).want(200).field("seen")
	who.post(at, "seen", seen, women, "11").want(303)
	late := who.post(at, "seen", seen, women, "", men, "12").want(422, s.said("survey.theirs"), s.said("survey.theirs.question"), ": 11", `name="`+men+`" value="12"`)
	if kept := s.targetsOf(survey); len(kept) != 1 || kept[women] != 11 {
		t.Errorf("kept %v", kept)
	}
	who.post(at, "seen", late.field("seen"), men, "12", women, "11").want(303)
	who.post(at, men, "13").want(422, s.said("survey.theirs")) // a page of some other making
	if kept := s.targetsOf(survey); len(kept) != 2 || kept[women] != 11 || kept[men] != 12 {
		t.Errorf("kept %v", kept)
	}
	who.post(at, "seen", who.get(at).field("seen"), "do", "spread", "spread", "0", women, "9").want(422, s.said("error.summary"), `name="`+women+`" value="9"`)
}

// Targets are kept though something else about the survey was changed meanwhile.
func TestTargetsDoNotMindOtherChanges(t *testing.T) {
	s := newSite(t)
	survey := s.opens(s.short())
	at := "/" + s.home.Slug + "/surveys/" + survey.ID.String() + "/targets"
	who := s.as(data.Staff)
	cell := cellName(s.villages[0].ID, data.Female, s.round.Scheme.Bands[0])
	seen := who.get(at).want(200).field("seen")
	changed := s.survey(survey.ID)
	changed.Help = "0555 12 34 56"
	s.must(s.store.SaveSurvey(context.Background(), s.home.ID, changed, data.Event{}))
	who.post(at, "seen", seen, cell, "7").want(303)
	if now := s.survey(survey.ID); now.Help != changed.Help || s.targetsOf(survey)[cell] != 7 {
		t.Errorf("kept %+v", now)
	}
}
