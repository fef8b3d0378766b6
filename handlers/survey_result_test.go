package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ashar/data"
	forms "ashar/data/form"
)

// inquiry is a survey of the site that is open, and its form.
type inquiry struct {
	*site
	survey data.Survey
	form   forms.Form
	n      int
}

// fixtureProblems are those of fixtures A and B.
var fixtureProblems = []string{"water", "road", "school", "clinic", "light"}

// newPoll opens a survey that asks for village, sex, age, an order of the
// problems with so many places, and more of every kind.
func newPoll(t *testing.T, top int) *inquiry {
	t.Helper()
	return pollOn(newSite(t), top)
}

func pollOn(s *site, top int) *inquiry {
	s.t.Helper()
	ctx := context.Background()
	p := &inquiry{site: s}
	problems := forms.List{Name: "problems", Problems: true}
	s.problems = nil
	for _, name := range fixtureProblems {
		problem := data.Problem{ID: Mint(), Round: s.round.ID, Title: data.Text{KY: name, RU: name, EN: name}, Created: s.clock()}
		s.problems = append(s.problems, problem)
		problems.Choices = append(problems.Choices, forms.Choice{Name: problem.ID.String(), Label: problem.Title, Problem: problem.ID})
	}
	s.must(s.store.AddProblems(ctx, s.home.ID, s.problems, data.Event{}))
	word := func(en string) data.Text { return data.Text{KY: "ky " + en, RU: "ru " + en, EN: en} }
	few := forms.List{Name: "few", Choices: []forms.Choice{{Name: "a", Label: word("Apple")}, {Name: "b", Label: word("Berry")}, {Name: "c", Label: word("Cherry")}}}
	marks := forms.List{Name: "marks", Choices: []forms.Choice{{Name: "good", Label: word("Good")}, {Name: "bad", Label: word("Bad")}}}
	villages, sexes, bands := forms.List{Name: forms.ListVillages}, forms.List{Name: forms.ListSexes}, forms.List{Name: forms.ListBands}
	for _, v := range s.villages {
		villages.Choices = append(villages.Choices, forms.Choice{Name: v.ID.String(), Label: v.Name})
	}
	for _, sex := range []data.Sex{data.Female, data.Male} {
		sexes.Choices = append(sexes.Choices, forms.Choice{Name: string(sex), Label: word(string(sex))})
	}
	for _, band := range s.round.Scheme.Bands {
		bands.Choices = append(bands.Choices, forms.Choice{Name: string(band), Label: word(string(band))})
	}
	p.form = forms.Form{Languages: []string{"ky", "ru", "en"}, Intro: word("intro"), Whole: true, Lists: []forms.List{problems, few, marks, villages, sexes, bands},
		Questions: []forms.Question{
			{Name: "village", Kind: forms.Village, Label: word("Your village"), Refusable: true},
			{Name: "sex", Kind: forms.Sex, Label: word("Your sex"), Refusable: true},
			{Name: "band", Kind: forms.Band, Label: word("Your age"), Refusable: true},
			{Name: "needs", Kind: forms.Rank, Label: word("What is needed most"), List: "problems", Top: top, Ties: true},
			{Name: "fruit", Kind: forms.One, Label: word("Which fruit"), List: "few"},
			{Name: "fruits", Kind: forms.Many, Label: word("Which fruits"), List: "few"},
			{Name: "beans", Kind: forms.Points, Label: word("Ten beans"), List: "few", Points: 10},
			{Name: "pairs", Kind: forms.Pairs, Label: word("Two by two"), List: "few"},
			{Name: "grid", Kind: forms.Matrix, Label: word("How is it"), List: "few", Marks: "marks"},
			{Name: "age", Kind: forms.Integer, Label: word("Years here")},
			{Name: "more", Kind: forms.Long, Label: word("What else"), Refusable: true},
		}}
	p.survey = data.Survey{ID: Mint(), Round: s.round.ID, Word: "needs", Title: word("Needs of the village"), Door: data.DoorBoth, By: s.accounts[data.Staff].ID, Created: s.clock()}
	s.must(s.store.AddSurvey(ctx, s.home.ID, p.survey, p.form, data.Event{}))
	p.again()
	s.must(s.store.OpenSurvey(ctx, s.home.ID, p.survey, p.form, p.survey.By, s.clock(), data.Event{}))
	p.again()
	return p
}

// again reads the survey as it is now.
func (p *inquiry) again() {
	var err error
	p.survey, err = p.store.Survey(context.Background(), p.home.ID, p.survey.ID)
	p.must(err)
}

// says keeps a response, as if somebody had sent it.
func (p *inquiry) says(r data.Response) data.Response {
	p.t.Helper()
	p.n++
	r.ID, r.Survey, r.Version, r.Lang = Mint(), p.survey.ID, p.survey.Version, "ky"
	r.Key = data.KeyOf(p.survey.ID, fmt.Sprint("code", p.n))
	r.Received = p.clock()
	if r.Tier == "" {
		r.Tier = data.TierOpen
	}
	if r.State == "" {
		r.State = data.StateCounted
	}
	kept, err := p.store.AddResponse(context.Background(), p.home.ID, r, nil)
	p.must(err)
	return kept
}

// ranks is an answer to the ranking question by the names of problems.
func (p *inquiry) ranks(names ...string) data.Answers {
	var a data.Answer
	for _, name := range names {
		a.Ranks = append(a.Ranks, []string{p.problems[slices.Index(fixtureProblems, name)].ID.String()})
	}
	return data.Answers{"needs": a}
}

func (p *inquiry) at(page string) string { return "surveys/" + p.survey.ID.String() + "/" + page }

// order are the problems of the ranking page with their marks, as the API tells
// them.
func (p *inquiry) order(query string) (list []string) {
	p.t.Helper()
	var got struct {
		Problems []struct {
			Title    string
			Rank     *int
			Tied     bool
			First    *float64
			Mentions *int
		}
	}
	body := p.as(data.Observer).get("rounds/" + p.round.ID.String() + "/ranking.json?source=" + p.survey.ID.String() + query).want(http.StatusOK).body
	p.must(json.Unmarshal([]byte(body), &got))
	for _, one := range got.Problems {
		line := one.Title + " –"
		if one.Rank != nil {
			line = fmt.Sprintf("%s %d", one.Title, *one.Rank)
		}
		if slices.Contains(fixtureProblems, one.Title) {
			list = append(list, line)
		}
	}
	return list
}

func TestFixtureAOfShortListsPutsWaterFirst(t *testing.T) {
	p := newPoll(t, 3)
	for range 5 {
		p.says(data.Response{Answers: p.ranks("road", "school", "water")})
	}
	for range 6 {
		p.says(data.Response{Answers: p.ranks("water")})
	}
	p.says(data.Response{Answers: p.ranks("clinic")})
	want := []string{"water 1", "road 2", "school 3", "clinic 4", "light –"}
	if got := p.order("&tier=all"); !slices.Equal(got, want) {
		t.Errorf("%v, wanted %v", got, want)
	}
	page := p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "“water” comes first", "12 asked, 12 answered", "7 ranked only 1 of 3", "“water” wins against every other one",
		"11 of 12", "23 of 36", "15 of 36", "10 of 36", "3 of 36", "0 of 36")
	page.lacks("⟦")
	ranking := p.as(data.Observer).get("rounds/"+p.round.ID.String()+"/ranking?tier=all&source="+p.survey.ID.String()).want(http.StatusOK, "12 people put the problems in order", "never added to the groups", "“water” comes first")
	ranking.lacks("⟦", "view=groups")
}

// The apple won most, as it was put beside the cherry most; the berry won against
// it each time.
func TestPairsAreWeighedByWhoMetWhom(t *testing.T) {
	p := newPoll(t, 3)
	met := func(n int, cells map[string]string) {
		for range n {
			p.says(data.Response{Answers: data.Answers{"pairs": {Cells: cells}}})
		}
	}
	met(4, map[string]string{"a b": "b", "a c": "a", "b c": "b"})
	met(2, map[string]string{"a b": "b", "a c": "a", "b c": "c"})
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK).lacks("Terry")
	met(40, map[string]string{"a c": "a"})
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, p.said("survey.pairs.strength", "list", "“Berry”, “Apple”, “Cherry”"))
}

func TestFixtureBOfFullListsTellsFirstFromSecond(t *testing.T) {
	p := newPoll(t, 0)
	for range 9 {
		p.says(data.Response{Answers: p.ranks("water", "road", "school", "clinic", "light")})
	}
	p.says(data.Response{Answers: p.ranks("road", "water", "school", "clinic", "light")})
	want := []string{"water 1", "road 2", "school 3", "clinic 4", "light 5"}
	if got := p.order("&tier=all"); !slices.Equal(got, want) {
		t.Errorf("%v, wanted %v", got, want)
	}
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "10 of 10", "“water” comes first: it wins 98 of 100 comparisons")
}

func TestSurveysAreNeverAddedToGroups(t *testing.T) {
	p := newPoll(t, 3)
	address := "rounds/" + p.round.ID.String() + "/ranking.json"
	before := p.as(data.Observer).get(address).want(http.StatusOK).body
	for range 20 {
		p.says(data.Response{Answers: p.ranks("light")})
	}
	if after := p.as(data.Observer).get(address).want(http.StatusOK).body; after != before {
		t.Errorf("the ranking of the groups changed:\n%s\n%s", before, after)
	}
}

func TestAnswersOfFewPeopleAreHiddenWithWhatWouldTellThem(t *testing.T) {
	p := newPoll(t, 3)
	for i := range 43 {
		r := data.Response{Sex: data.Male, Band: "29-45", Village: p.villages[0].ID, Answers: p.ranks("road", "water")}
		if i < 3 {
			r.Sex, r.Answers = data.Female, p.ranks("light")
		}
		r.Answers["fruit"] = data.Answer{Text: string("abc"[min(i/20, 2)])}
		r.Answers["sex"] = data.Answer{Text: string(r.Sex)}
		p.says(r)
	}
	page := p.as(data.Observer).get(p.at("results?by=sex")).want(http.StatusOK, "Women (3)", "Men (40)", "are hidden (*)")
	for _, row := range []string{"Apple", "Berry", "Cherry"} {
		line := page.body[strings.Index(page.body, `<th scope="row">`+row+`</th>`):]
		line = line[:strings.Index(line, "</tr>")]
		if strings.Count(line, ">*<") != 2 {
			t.Errorf("%s by sex is not hidden for both: %s", row, line)
		}
	}
	ranking := "rounds/" + p.round.ID.String() + "/ranking.json?tier=all&source=" + p.survey.ID.String()
	for _, cut := range []string{"&sex=female", "&sex=male"} {
		if body := p.as(data.Observer).get(ranking + cut).want(http.StatusOK).body; !strings.Contains(body, `"rank":null`) || strings.Contains(body, `"rank":1`) {
			t.Errorf("the ranking of%s is shown: %s", cut, body)
		}
	}
	if body := p.as(data.Observer).get(ranking + "&by=sex").want(http.StatusOK).body; strings.Count(body, `"rank":1`) != 1 {
		t.Errorf("groups of few have ranks: %s", body)
	}
	whole := "rounds/" + p.round.ID.String() + "/ranking?view=people&tier=all&source=" + p.survey.ID.String()
	p.as(data.Observer).get(whole+"&sex=male").want(http.StatusOK, "not shown: the answers of a few others").lacks("fewer than 5 people, so")
	p.as(data.Observer).get(whole+"&sex=female").want(http.StatusOK, "fewer than 5 people, so")
	// Of one by one no groups are spoken of, and no table stands that has nothing in it.
	p.as(data.Observer).get(whole).want(http.StatusOK, `<p class="sub">43 people, `).lacks("There is no order yet", `id="wanted"`, "Named by")
}

func TestHeldAndRemovedResponsesAreToldAndDoNotCount(t *testing.T) {
	p := newPoll(t, 3)
	for range 6 {
		p.says(data.Response{Answers: p.ranks("water")})
	}
	for range 4 {
		p.says(data.Response{Answers: p.ranks("light"), State: data.StateHeld, Flags: data.Flags{data.FlagBurst}})
	}
	trap := p.says(data.Response{Answers: p.ranks("light"), State: data.StateHeld, Flags: data.Flags{data.FlagTrap}})
	staff := p.as(data.Staff)
	staff.get(p.at("results")).want(http.StatusOK, "6 through the open link", "5 responses wait for review")
	page := staff.get(p.at("review")).want(http.StatusOK, "Very many at once · 4", "A field that people cannot see was filled · 1")
	if n := strings.Count(page.body, `name="response"`); n != 5 {
		t.Errorf("%d responses to review", n)
	}
	staff.post(p.at("review"), "do", "removed", "response", trap.ID.String()).want(http.StatusUnprocessableEntity, "Say why", `value="`+trap.ID.String()+`" checked`)
	staff.post(p.at("review"), "do", "removed", "reason", "робот").want(http.StatusUnprocessableEntity, "Tick at least one", `value="робот"`)
	staff.post(p.at("review"), "do", "removed", "reason", "робот", "response", trap.ID.String()).want(http.StatusSeeOther)
	done := staff.post(p.at("review?flag=burst"), "do", "counted", "all", "burst").want(http.StatusSeeOther)
	staff.get(done.header.Get("Location")).want(http.StatusOK, "Accepted: 4 responses count now", "nothing to look at")
	staff.get(p.at("results")).want(http.StatusOK, "10 through the open link", "1 response was removed by staff")
	staff.get("audit").want(http.StatusOK, "Responses removed", "1 · робот", "Responses accepted")
	if got := p.order("&tier=open")[:2]; !slices.Equal(got, []string{"water 1", "light 2"}) {
		t.Errorf("%v", got)
	}
}

func TestAnOpenAnswerBecomesAProblemOnce(t *testing.T) {
	p := newPoll(t, 3)
	var last data.Response
	for range 6 {
		r := data.Response{Answers: p.ranks("water")}
		r.Answers["more"] = data.Answer{Text: "Көпүрө жок, Асанов Бакыт +996 555 123 456"}
		last = p.says(r)
	}
	staff := p.as(data.Staff)
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "6 asked, 6 answered").lacks("Көпүрө", "Read them all")
	page := staff.get(p.at("answers")).want(http.StatusOK, "Көпүрө жок", "looks like a phone number", "looks like somebody's name")
	birth := page.id()
	form := []string{"response", last.ID.String(), "question", "more", "id", birth, "tags", "жол, көпүрө", "make", "1", "title", "Көпүрө"}
	staff.post(p.at("answers"), form...).want(http.StatusSeeOther)
	staff.post(p.at("answers"), form...).want(http.StatusSeeOther)
	problems, err := p.store.Problems(t.Context(), p.home.ID, p.round.ID)
	p.must(err)
	if n := len(slices.DeleteFunc(problems, func(p data.Problem) bool { return p.Title.EN != "Көпүрө" })); n != 1 {
		t.Errorf("%d problems were made", n)
	}
	staff.get(p.at("answers?show=tag:"+"көпүрө")).want(http.StatusOK, "Problem:", "Көпүрө", "1 answer")
	again := []string{"response", last.ID.String(), "question", "more", "tags", "", "loose", "1"}
	staff.post(p.at("answers"), again...).want(http.StatusSeeOther)
	same := []string{"response", last.ID.String(), "question", "more", "make", "1", "title", "Копуро"}
	staff.post(p.at("answers"), same...).want(http.StatusUnprocessableEntity, "A problem of that title is there")
	saved := staff.post(p.at("answers?at=2&show=unread"), "response", last.ID.String(), "question", "more", "title", "Копуро", "new", "1").want(http.StatusSeeOther)
	staff.get(saved.header.Get("Location")).want(http.StatusOK, `id="answer-2"><p class="notice good" role="status">Saved.`)
	staff.get(p.at("answers?show=problem")).want(http.StatusOK, "Копуро") // a title that is typed is not lost, whichever button is pressed
	staff.post(p.at("answers"), "response", last.ID.String(), "question", "more", "public", "1").want(http.StatusSeeOther)
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "Answers that may be shown", "Көпүрө жок")
}

// posts answers the ranking question on the resident's own page, some time
// after it was opened.
func (p *inquiry) posts(names ...string) {
	p.t.Helper()
	resident := &client{site: p.site, lang: "en"}
	page := resident.get("/s/" + p.survey.Word + "?l=en").want(http.StatusOK)
	action := regexp.MustCompile(`<form method="post" action="([^"]+)" id="answers"`).FindStringSubmatch(page.body)
	if action == nil {
		p.t.Fatalf("no form\n%s", page.body)
	}
	p.now = p.clock().Add(2 * time.Minute)
	var fields []string
	for place, name := range names {
		fields = append(fields, "needs/"+p.problems[slices.Index(fixtureProblems, name)].ID.String(), strconv.Itoa(place+1))
	}
	resident.post(html.UnescapeString(action[1]), fields...).want(http.StatusSeeOther)
}

func TestFixturesGoFromTheResidentsPageToTheRanking(t *testing.T) {
	for _, fixture := range []struct {
		top  int
		said [][]string
		want []string
	}{
		{3, slices.Concat(slices.Repeat([][]string{{"road", "school", "water"}}, 5), slices.Repeat([][]string{{"water"}}, 6), [][]string{{"clinic"}}),
			[]string{"water 1", "road 2", "school 3", "clinic 4", "light –"}},
		{0, append(slices.Repeat([][]string{{"water", "road", "school", "clinic", "light"}}, 9), []string{"road", "water", "school", "clinic", "light"}),
			[]string{"water 1", "road 2", "school 3", "clinic 4", "light 5"}},
	} {
		p := newPoll(t, fixture.top)
		p.now = time.Now()
		for _, names := range fixture.said {
			p.posts(names...)
		}
		n := len(fixture.said)
		p.as(data.Observer).get(p.at("results")).want(http.StatusOK, fmt.Sprintf("%d asked, %d answered", n, n)).lacks("wait for review")
		if got := p.order("&tier=open"); !slices.Equal(got, fixture.want) {
			t.Errorf("%v, wanted %v", got, fixture.want)
		}
		p.as(data.Observer).get("rounds/"+p.round.ID.String()+"/ranking?tier=open&source="+p.survey.ID.String()).want(http.StatusOK, "“water” comes first")
	}
}
