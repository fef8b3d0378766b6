package handlers

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
)

func init() {
	maps.Copy(doors, map[string]string{
		"GET /s/:word": "*", "POST /s/:word": "*", "GET /s/:word/code": "*", "POST /s/:word/code": "*", "GET /s/:word/forget": "*",
		"GET /s/:word/:token": "*", "POST /s/:word/:token": "*", "GET /s/:word/:token/:screen": "*", "POST /s/:word/:token/:screen": "*",
	})
}

func text(s string) data.Text { return data.Text{KY: s + " ky", RU: s + " ru", EN: s} }

func choices(names ...string) (list []forms.Choice) {
	for _, name := range names {
		list = append(list, forms.Choice{Name: name, Label: text(strings.ToUpper(name[:1]) + name[1:])})
	}
	return list
}

// lists are what every form of these tests chooses from.
func (s *site) lists() []forms.List {
	var villages, problems []forms.Choice
	for _, v := range s.villages {
		villages = append(villages, forms.Choice{Name: v.ID.String(), Label: v.Name})
	}
	for _, p := range s.problems {
		problems = append(problems, forms.Choice{Name: p.ID.String(), Label: p.Title, Problem: p.ID})
	}
	var bands []forms.Choice
	for _, b := range s.round.Scheme.Bands {
		bands = append(bands, forms.Choice{Name: string(b), Label: data.Text{KY: string(b)}})
	}
	return []forms.List{{Name: forms.ListVillages, Choices: villages}, {Name: forms.ListSexes, Choices: choices("female", "male")},
		{Name: forms.ListBands, Choices: bands}, {Name: "problems", Problems: true, Choices: problems},
		{Name: "things", Choices: choices("water", "road", "school", "clinic", "light")}, {Name: "yesno", Choices: choices("yes", "no")},
		{Name: "marks", Choices: choices("good", "bad")}}
}

// questions are a form's, on pages of their own unless it is whole.
func (s *site) form(whole bool, questions ...forms.Question) forms.Form {
	for i := range questions {
		if questions[i].Label.Empty() {
			questions[i].Label = text("Question " + questions[i].Name)
		}
	}
	return forms.Form{Languages: []string{"ky", "ru", "en"}, Intro: text("Staff will read this."), Thanks: text("Thank you so much."),
		Whole: whole, Questions: questions, Lists: s.lists()}
}

// surveyWord is the word of the survey of these tests.
const surveyWord = "bulak"

// opens a survey with the form for everybody; change may set more about it.
func (s *site) opens(f forms.Form, change ...func(*data.Survey)) data.Survey {
	s.t.Helper()
	ctx := context.Background()
	survey := data.Survey{ID: Mint(), Round: s.round.ID, Word: surveyWord, Title: text("What Ak-Muz needs"), Door: data.DoorOpen, Results: "2027-03-01",
		By: s.accounts[data.Staff].ID, Created: s.clock()}
	for _, c := range change {
		c(&survey)
	}
	s.must(s.store.AddSurvey(ctx, s.home.ID, survey, f, data.Event{}))
	survey = s.survey(survey.ID)
	s.must(s.store.OpenSurvey(ctx, s.home.ID, survey, f, survey.By, s.clock(), data.Event{}))
	return s.survey(survey.ID)
}

func (s *site) survey(id data.ID) data.Survey {
	s.t.Helper()
	survey, err := s.store.Survey(context.Background(), s.home.ID, id)
	s.must(err)
	return survey
}

// responses of a survey, in the order of their changes.
func (s *site) responses(survey data.Survey) (list []data.Response) {
	s.t.Helper()
	for r, err := range s.store.Responses(context.Background(), s.home.ID, survey.ID, data.ID{}) {
		s.must(err)
		list = append(list, r)
	}
	return list
}

// phone is a browser of a resident: no cookie, no script, no account. It follows
// nothing.
type phone struct {
	site *site
	lang string
	from string // the network address
	head http.Header
}

func (s *site) phone() *phone { return &phone{site: s, lang: "en", from: "192.0.2.7"} }

func (p *phone) get(path string) answer { return p.do(http.MethodGet, path, nil) }

// post sends a form: names and values in pairs.
func (p *phone) post(path string, pairs ...string) answer {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.do(http.MethodPost, path, form)
}

func (p *phone) do(method, path string, form url.Values) answer {
	p.site.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept-Language", p.lang)
	for name, values := range p.head {
		r.Header[name] = values
	}
	r.RemoteAddr = p.from + ":4711"
	w := httptest.NewRecorder()
	p.site.handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	p.site.must(err)
	if len(w.Result().Cookies()) > 0 && !strings.HasSuffix(path, "/forget") {
		p.site.t.Errorf("%s %s sets a cookie", method, path)
	}
	return answer{t: p.site.t, status: w.Code, header: w.Result().Header, body: string(body)}
}

// first opens the link and gives the address that its form is sent to.
func (p *phone) first() string {
	p.site.t.Helper()
	return p.get("/s/" + surveyWord).want(http.StatusOK).action()
}

var formAction = regexp.MustCompile(`<form method="post" action="([^"]+)"`)

// action is where the form of a page is sent to.
func (a answer) action() string {
	a.t.Helper()
	found := formAction.FindStringSubmatch(a.body)
	if found == nil {
		a.t.Fatalf("no form\n%s", a.body)
	}
	return strings.ReplaceAll(found[1], "&amp;", "&")
}

// next is where a form that was taken leads to.
func (a answer) next() string {
	a.t.Helper()
	if a.status != http.StatusSeeOther {
		a.t.Fatalf("status %d, wanted to be led on\n%s", a.status, a.body)
	}
	return a.header.Get("Location")
}

var receiptCode = regexp.MustCompile(`<code>([a-z2-9]{5}-[a-z2-9]{5})</code>`)

// receipt is the code on the page that says that all has arrived.
func (a answer) receipt() string {
	a.t.Helper()
	found := receiptCode.FindStringSubmatch(a.body)
	if found == nil {
		a.t.Fatalf("no receipt\n%s", a.body)
	}
	return found[1]
}

// pages are questions of every kind, each on its own page.
func (s *site) everyKind() forms.Form {
	q := func(name string, kind forms.Kind, more ...func(*forms.Question)) forms.Question {
		one := forms.Question{Name: name, Kind: kind}
		for _, m := range more {
			m(&one)
		}
		return one
	}
	refusable := func(q *forms.Question) { q.Refusable = true }
	list := func(name string) func(*forms.Question) { return func(q *forms.Question) { q.List = name } }
	return s.form(false, q("agree", forms.Consent, func(q *forms.Question) { q.Required = true }), q("village", forms.Village),
		q("sex", forms.Sex, refusable), q("band", forms.Band, refusable), q("need", forms.Rank, list("problems"), func(q *forms.Question) { q.Top, q.Random, q.Required = 3, true, true }),
		q("beans", forms.Points, list("things"), func(q *forms.Question) { q.Points = 10 }), q("duel", forms.Pairs, list("yesno")), q("mood", forms.Range, func(q *forms.Question) { q.From, q.To = 1, 5 }),
		q("rate", forms.Matrix, list("things"), func(q *forms.Question) { q.Marks = "marks" }), q("media", forms.Many, list("things"), func(q *forms.Question) { q.Top = 2 }),
		q("say", forms.Text), q("more", forms.Long, refusable), q("people", forms.Integer, func(q *forms.Question) { q.Constraint, q.Message = ". <= 30", text("Too many people.") }),
		q("land", forms.Decimal), q("day", forms.Date))
}
