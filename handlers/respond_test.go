package handlers

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ashar/data"
	forms "ashar/data/form"
)

// short is a survey of one page: who somebody is, and what they need.
func (s *site) short() forms.Form {
	return s.form(true, forms.Question{Name: "sex", Kind: forms.Sex, Refusable: true}, forms.Question{Name: "need", Kind: forms.Rank, List: "problems", Top: 3, Required: true})
}

func TestOnePageIsOneResponse(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.short())
	p := site.phone()
	page := p.get("/s/"+surveyWord).want(http.StatusOK, "Staff will read this.", "What Ak-Muz needs", "Question need", "Drinking water", "I prefer not to say", "Кыргызча", "Русский")
	to := page.action()
	sent := []string{"_asked", "sex", "_asked", "need", "sex", "_refused", "need/" + site.problems[1].ID.String(), "1", "need/" + site.problems[0].ID.String(), "3"}
	receipt := p.get(p.post(to, sent...).next()).want(http.StatusOK, "Thank you so much.", "1 March 2027", "WhatsApp")
	code := receipt.receipt()
	for range 3 { // double click, refresh, back and send
		if again := p.get(p.post(to, sent...).next()).receipt(); again != code {
			t.Errorf("the same form has the receipts %s and %s", code, again)
		}
	}
	list := site.responses(survey)
	if len(list) != 1 {
		t.Fatalf("%d responses, wanted one", len(list))
	}
	r := list[0]
	if r.State != data.StateCounted || r.Tier != data.TierOpen || len(r.Flags) > 0 || r.Version != 1 || r.Lang != "en" {
		t.Errorf("it is kept as %+v", r)
	}
	if r.Answers["sex"].Said != data.Refused || len(r.Answers["need"].Ranks) != 2 || r.Answers["need"].Ranks[0][0] != site.problems[1].ID.String() {
		t.Errorf("answers %+v", r.Answers)
	}
	receipt.lacks(titles[1].EN, "Question")
}

func TestEveryKindOfQuestionIsAnsweredOnItsPage(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.everyKind())
	p := site.phone()
	need := func(i int) string { return "need/" + site.problems[i].ID.String() }
	to := p.first()
	for _, page := range [][]string{
		{"agree", "yes"}, {"village", site.villages[1].ID.String()}, {"sex", "female"}, {"band", "_refused"},
		{need(2), "1", need(0), "2"}, {"beans/water", "7", "beans/light", "3"}, {"duel/yes/no", "no"}, {"mood", "4"},
		{"rate/water", "good", "rate/road", "bad"}, {"media", "water", "media", "road"}, {"say", "ң ө ү"}, {"more/_refused", "yes"},
		{"people", "12"}, {"land", "1,5"}, {"day", "2026-11-01"},
	} {
		next := p.post(to, page...).next()
		if strings.Count(next, "/") == 3 {
			to = next
			break
		}
		to = p.get(next).want(http.StatusOK).action()
	}
	p.get(to).receipt()
	r := site.responses(survey)[0]
	if r.Village != site.villages[1].ID || r.Sex != data.Female || r.Band != "" {
		t.Errorf("beside the answers stand %v %q %q", r.Village, r.Sex, r.Band)
	}
	a := r.Answers
	for name, right := range map[string]bool{
		"agree": a["agree"].Text == "yes", "band": a["band"].Said == data.Refused, "need": len(a["need"].Ranks) == 2, "beans": a["beans"].Points["water"] == 7,
		"duel": a["duel"].Cells["yes no"] == "no", "mood": a["mood"].Text == "4", "rate": a["rate"].Cells["road"] == "bad", "media": len(a["media"].Picks) == 2,
		"say": a["say"].Text == "ң ө ү", "more": a["more"].Said == data.Refused, "people": a["people"].Text == "12", "land": a["land"].Text == "1.5", "day": a["day"].Text == "2026-11-01",
	} {
		if !right {
			t.Errorf("%s is kept as %+v", name, a[name])
		}
	}
}

func TestFaultsAreSaidOnTopAndNothingTypedIsLost(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(true, forms.Question{Name: "people", Kind: forms.Integer, Constraint: ". <= 30", Message: text("Too many people.")},
		forms.Question{Name: "say", Kind: forms.Text, Required: true}, forms.Question{Name: "need", Kind: forms.Rank, List: "things", Required: true}))
	p := site.phone()
	to := p.first()
	page := p.post(to, "people", "99", "say", "", "need/water", "2", "need/road", "2").want(http.StatusUnprocessableEntity,
		`role="alert" tabindex="-1" autofocus`, `href="#f-people"`, "Too many people.", `href="#f-say"`, `href="#f-need-1"`, "Place 2 is given twice", `value="99"`)
	if strings.Count(page.body, "<option selected>2</option>") != 2 {
		t.Error("the places given are lost")
	}
	if page.action() != to {
		t.Error("another token")
	}
	p.get(p.post(to, "people", "9", "say", "суу", "need/water", "2").next()).receipt()
	if r := site.responses(survey); len(r) != 1 || r[0].Answers["people"].Text != "9" {
		t.Errorf("%+v", r)
	}
}

func TestAnswersSurviveBackAndADaysPause(t *testing.T) {
	site := newSite(t)
	site.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	survey := site.opens(site.form(false, forms.Question{Name: "a", Kind: forms.Text}, forms.Question{Name: "b", Kind: forms.Text}, forms.Question{Name: "c", Kind: forms.Text}))
	p := site.phone()
	first := p.first()
	second := p.post(first, "a", "one").next()
	p.post(p.get(second).action(), "b", "two")
	site.now = site.now.Add(26 * time.Hour)
	back := p.get(strings.Replace(second, "/b?", "/a?", 1)).want(http.StatusOK, `value="one"`)
	p.post(back.action(), "a", "other").next()
	third := p.get(strings.Replace(first, "?", "?x=1&", 1)).next() // the token leads to what is still to answer
	if !strings.Contains(third, "/c?") {
		t.Fatalf("led to %s", third)
	}
	p.get(p.post(p.get(third).action(), "c", "three").next()).receipt()
	r := site.responses(survey)
	if len(r) != 1 || r[0].Answers["a"].Text != "other" || r[0].Answers["b"].Text != "two" {
		t.Errorf("%+v", r)
	}
	// Whoever has the phone next and goes back sees the receipt, and no answer.
	p.get(p.get(second).next()).want(http.StatusOK).lacks("two", "other")
	p.get(p.post(second, "b", "mine").next()).receipt()
	if again := site.responses(survey); again[0].Answers["b"].Text != "two" {
		t.Error("somebody else changed what was sent")
	}
}

func TestAPageWhoseAnswerDoesNotStandAnyMoreSaysWhy(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(false, forms.Question{Name: "people", Kind: forms.Integer},
		forms.Question{Name: "children", Kind: forms.Integer, Constraint: ". <= ${people}", Message: text("More children than people.")}, forms.Question{Name: "say", Kind: forms.Text}))
	p := site.phone()
	people := p.first()
	children := p.get(p.post(people, "people", "5").next()).action()
	say := p.get(p.post(children, "children", "4").next()).action()
	p.post(people, "people", "2").next() // they go back
	p.get(p.post(say, "say", "water").next()).want(http.StatusOK, "Question children", `value="4"`, "More children than people.")
	p.get(p.post(children, "children", "1").next()).want(http.StatusOK, "Question say", "water")
	p.get(p.post(say, "say", "water").next()).receipt()
	if n := len(site.responses(survey)); n != 1 {
		t.Errorf("%d responses, wanted one", n)
	}
}

func TestAQuestionThatAnAnswerBringsIsAskedWithoutScripts(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(true, forms.Question{Name: "has", Kind: forms.One, List: "yesno"},
		forms.Question{Name: "why", Kind: forms.Text, Relevant: "${has} = 'no'", Required: true}, forms.Question{Name: "end", Kind: forms.Text}))
	p := site.phone()
	page := p.get("/s/" + surveyWord)
	page.want(http.StatusOK, "<template data-later>", `data-relevant="["="`)
	came := p.post(page.action(), "_asked", "has", "_asked", "end", "has", "no", "end", "typed").want(http.StatusOK, "one more question", `value="typed"`, `name="why"`)
	if strings.Contains(came.body, "<template") {
		t.Error("the question is still to come")
	}
	p.get(p.post(came.action(), "_asked", "has", "_asked", "end", "_asked", "why", "has", "no", "end", "typed", "why", "far").next()).receipt()
	// With script it stood on the page already; and what is hidden is not counted.
	to := p.first()
	p.get(p.post(to, "_asked", "has", "_asked", "end", "_asked", "why", "has", "yes", "why", "never seen").next()).receipt()
	r := site.responses(survey)
	if len(r) != 2 || r[0].Answers["why"].Text != "far" {
		t.Fatalf("%+v", r)
	}
	if _, counted := r[1].Answers["why"]; counted {
		t.Error("a hidden answer is counted")
	}
}

func TestRepeatsAskForOneMore(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(false, forms.Question{Name: "child", Kind: forms.Repeat, Questions: []forms.Question{{Name: "age", Kind: forms.Integer, Label: text("Age")}}},
		forms.Question{Name: "end", Kind: forms.Text}))
	p := site.phone()
	to := p.get("/s/"+surveyWord).want(http.StatusOK, "0 so far").action()
	post := func(pairs ...string) { to = p.get(p.post(to, pairs...).next()).want(http.StatusOK).action() }
	post("_more", "yes")
	post("age", "7")
	post("_more", "yes")
	post("_drop", "1")
	post("_more", "yes")
	post("age", "4")
	p.post(to).want(http.StatusUnprocessableEntity, "2 so far")
	post("_more", "no")
	p.get(p.post(to, "end", "x").next()).receipt()
	if rows := site.responses(survey)[0].Answers["child"].Rows; len(rows) != 2 || rows[0]["age"].Text != "7" || rows[1]["age"].Text != "4" {
		t.Errorf("rows %+v", rows)
	}
}

func TestTheCodeCorrectsAndWithdraws(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(false, forms.Question{Name: "a", Kind: forms.Text}, forms.Question{Name: "b", Kind: forms.Text}))
	p := site.phone()
	to := p.get(p.post(p.first(), "a", "one").next()).action()
	code := p.get(p.post(to, "b", "two").next()).receipt()

	path := "/s/" + surveyWord + "/code?l=en"
	p.get(path).want(http.StatusOK, "Your code")
	p.post(path, "code", "aaaaa-bbbbb", "do", "correct").want(http.StatusUnprocessableEntity, "There is no such code")
	page := p.get(p.post(path, "code", strings.ToUpper(strings.ReplaceAll(code, "-", " ")), "do", "correct").next()).want(http.StatusOK, `value="one"`)
	page = p.get(p.post(page.action(), "a", "better").next()).want(http.StatusOK, `value="two"`)
	last := p.post(page.action(), "b", "two").next()
	p.get(last).want(http.StatusOK, "put right", "Your code stays the same").lacks("better")
	p.get(p.post(page.action(), "b", "two").next()).want(http.StatusOK, "put right") // a double click
	r := site.responses(survey)
	if len(r) != 1 || r[0].Answers["a"].Text != "better" || r[0].Answers["b"].Text != "two" {
		t.Fatalf("%+v", r)
	}

	p.post(path, "code", code, "do", "withdraw").want(http.StatusOK, "Really withdraw")
	p.post(path, "code", code, "do", "confirm").want(http.StatusOK, "have been withdrawn")
	p.post(path, "code", code, "do", "correct").want(http.StatusOK, "have been withdrawn")
	p.get(to).next()
	if r := site.responses(survey); r[0].State != data.StateWithdrawn || len(r[0].Answers) > 0 {
		t.Errorf("after withdrawing there is %+v", r[0])
	}
}

func TestAClosedDoorIsKind(t *testing.T) {
	site := newSite(t)
	site.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	survey := site.opens(site.short(), func(s *data.Survey) { s.Opens, s.Closes, s.Most = "2027-02-03", "2027-02-20", 1 })
	p := site.phone()
	for _, lang := range []string{"ky", "ru", "en"} {
		p.get("/s/nosuch?l="+lang).want(http.StatusNotFound, site.word(lang, "response.gate.unknown"))
		p.get("/s/"+surveyWord+"?l="+lang).want(http.StatusOK, site.word(lang, "response.gate.early"))
	}
	site.now = site.now.AddDate(0, 0, 3)
	problem := "need/" + site.problems[0].ID.String()
	to := p.first()
	p.get(p.post(to, problem, "1").next()).receipt()
	for _, lang := range []string{"ky", "ru", "en"} {
		p.get("/s/"+surveyWord+"?l="+lang).want(http.StatusOK, site.word(lang, "response.gate.full"))
	}
	site.now = site.now.AddDate(0, 0, 30)
	for _, lang := range []string{"ky", "ru", "en"} {
		p.get("/s/"+surveyWord+"?l="+lang).want(http.StatusOK, site.word(lang, "response.gate.closed"), site.word(lang, "response.code.have"))
	}
	p.post(to, problem, "2").want(http.StatusOK, "The survey is over")
	p.get(to).want(http.StatusOK).receipt() // the receipt stays
	if n := len(site.responses(survey)); n != 1 {
		t.Errorf("%d responses", n)
	}
}

func (s *site) word(lang, key string) string {
	l, ok := s.server.words.Get(lang)
	if !ok || !l.Has(key) {
		s.t.Fatalf("no word %s in %s", key, lang)
	}
	return l.T(key)
}

func TestACodeOfASheetWorksOnce(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.short(), func(s *data.Survey) { s.Door = data.DoorCoded })
	codes := []data.Code{{Survey: survey.ID, Key: data.KeyOf(survey.ID, "kaz4n-bulak"), Batch: "one", Created: site.clock()}}
	site.must(site.store.AddCodes(context.Background(), site.home.ID, codes, data.Event{}))
	p := site.phone()
	p.get("/s/"+surveyWord).want(http.StatusOK, "Code from the sheet").lacks("Question need")
	p.get("/s/"+surveyWord+"?k=wrong").want(http.StatusUnprocessableEntity, "no such code")
	problem := "need/" + site.problems[0].ID.String()
	p.post("/s/"+surveyWord, problem, "1").want(http.StatusOK, "Code from the sheet") // no code, no answer
	page := p.get("/s/"+surveyWord+"?k=KAZ4N+bulak").want(http.StatusOK, "Question need", `name="k" value="KAZ4N bulak"`)
	other := p.get("/s/" + surveyWord + "?k=kaz4nbulak")
	p.get(p.post(page.action(), "k", "KAZ4N bulak", problem, "1").next()).receipt()
	p.get(p.post(page.action(), "k", "KAZ4N bulak", problem, "1").next()).receipt() // the same form again
	p.post(other.action(), "k", "kaz4nbulak", problem, "2").want(http.StatusOK, "This code has been used")
	p.get("/s/"+surveyWord+"?k=kaz4nbulak").want(http.StatusOK, "This code has been used")
	list := site.responses(survey)
	if len(list) != 1 || list[0].Tier != data.TierCoded || list[0].State != data.StateCounted {
		t.Errorf("%+v", list)
	}
}

func TestTheAddressKeepsTheLanguage(t *testing.T) {
	site := newSite(t)
	site.opens(site.form(false, forms.Question{Name: "a", Kind: forms.Text}, forms.Question{Name: "b", Kind: forms.Text}))
	p := site.phone()
	page := p.get("/s/"+surveyWord+"?l=ru").want(http.StatusOK, `<html lang="ru">`, "Question a ru", `href="/s/bulak?l=ky"`)
	next := p.post(page.action(), "a", "x").next()
	p.get(next).want(http.StatusOK, `<html lang="ru">`, "Question b ru")
	p.get(strings.Replace(next, "l=ru", "l=ky", 1)).want(http.StatusOK, `<html lang="ky">`, "Question b ky")
	p.get("/s/"+surveyWord+"?l=de").want(http.StatusOK, `<html lang="en">`)
}
