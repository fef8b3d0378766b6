package handlers

import (
	"net/http"
	"strings"
	"testing"

	"ashar/data"
	forms "ashar/data/form"
)

// streets is a page with parts of a village and the streets of the part chosen,
// of which one part has none.
func (s *site) streets() forms.Form {
	f := s.form(false, forms.Question{Name: "home", Kind: forms.Group, Together: true, Questions: []forms.Question{
		{Name: "part", Kind: forms.One, List: "parts", Label: text("Which part?")},
		{Name: "street", Kind: forms.One, List: "streets", Filter: "part = ${part}", Required: true, Label: text("Which street?")}}})
	streets := choices("manas", "lenin", "panfilov")
	for i, part := range []string{"upper", "upper", "lower"} {
		streets[i].Extra = map[string]string{"part": part}
	}
	f.Lists = append(f.Lists, forms.List{Name: "parts", Choices: choices("upper", "lower", "farms")}, forms.List{Name: "streets", Choices: streets})
	return f
}

// asks are the marks of the questions on a page, as its form sends them.
func (a answer) asks() (pairs []string) {
	for part := range strings.SplitSeq(a.body, `name="_asked" value="`) {
		if mark, _, ok := strings.Cut(part, `"`); ok && !strings.Contains(part[:5], "<") {
			pairs = append(pairs, "_asked", mark)
		}
	}
	return pairs
}

// Choices that hang on an answer of the same page come when it is there, others
// when it is another; without any there is no question, though it is required.
func TestChoicesFollowAnAnswerOfTheSamePage(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.streets())
	p := site.phone()
	send := func(page answer, pairs ...string) answer {
		return p.post(page.action(), append(page.asks(), pairs...)...)
	}
	page := p.get("/s/"+surveyWord).want(http.StatusOK, "Which part?").lacks("Which street?")
	upper := send(page, "part", "upper").want(http.StatusOK, "one more question", "Which street?", "Manas", "Lenin").lacks("Panfilov")
	send(upper, "part", "upper").want(http.StatusUnprocessableEntity, "Choose from what is offered", "Manas")
	lower := send(upper, "part", "lower", "street", "manas").want(http.StatusOK, "Panfilov").lacks("Manas")
	p.get(send(lower, "part", "lower", "street", "panfilov").next()).receipt()

	none := p.get("/s/" + surveyWord)
	p.get(send(send(none, "part", "upper"), "part", "farms").next()).receipt()
	list := site.responses(survey)
	if len(list) != 2 || list[0].Answers["street"].Text != "panfilov" {
		t.Fatalf("kept %+v", list)
	}
	if a, asked := list[1].Answers["street"]; asked || list[1].Answers["part"].Text != "farms" {
		t.Errorf("kept %+v", a)
	}
}

// On pages of their own it is the same, and an answer that another one has made
// impossible is asked for again before anything is sent.
func TestChoicesFollowAnAnswerOfAnEarlierPage(t *testing.T) {
	site := newSite(t)
	f := site.streets()
	f.Questions = f.Questions[0].Questions
	survey := site.opens(f)
	p := site.phone()
	part := p.post(p.first(), "part", "upper").next()
	p.get(part).want(http.StatusOK, "Manas").lacks("Panfilov")
	back := strings.Replace(part, "/street?", "/part?", 1)
	p.get(p.post(back, "part", "lower").next()).want(http.StatusOK, "Panfilov").lacks("Manas")
	p.post(part, "street", "manas").want(http.StatusUnprocessableEntity)
	p.get(p.post(part, "street", "panfilov").next()).receipt()
	if list := site.responses(survey); len(list) != 1 || list[0].Answers["street"].Text != "panfilov" || list[0].State == data.StateRemoved {
		t.Errorf("kept %+v", list)
	}
}
