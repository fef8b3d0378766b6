package handlers

import (
	"context"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ashar/data"
	forms "ashar/data/form"
)

// begins makes a survey from a template, the way staff do.
func (s *site) begins(from string) data.Survey {
	s.t.Helper()
	staff := s.as(data.Staff)
	list := "rounds/" + s.round.ID.String() + "/surveys"
	page := staff.get(list + "/new").want(http.StatusOK)
	id := page.id()
	for range 2 { // pressed twice, made once
		a := staff.post(list, "id", id, "from", from).want(http.StatusSeeOther)
		if want := "/" + s.home.Slug + "/surveys/" + id; a.header.Get("Location") != want {
			s.t.Fatalf("goes to %s, not %s", a.header.Get("Location"), want)
		}
	}
	all, err := s.store.Surveys(context.Background(), s.home.ID, s.round.ID)
	s.must(err)
	for _, one := range all {
		if one.ID.String() == id {
			return one
		}
	}
	s.t.Fatal("no survey was made")
	return data.Survey{}
}

// path of one of a survey's pages.
func surveyPath(v data.Survey, parts ...string) string {
	return strings.Join(append([]string{"surveys", v.ID.String()}, parts...), "/")
}

// draft is the form that staff are working on.
func (s *site) draft(v data.Survey) forms.Form {
	s.t.Helper()
	f, _, err := s.store.Draft(context.Background(), s.home.ID, v.ID)
	s.must(err)
	return f
}

// reread is a survey as it is now.
func (s *site) reread(v data.Survey) data.Survey {
	s.t.Helper()
	v, err := s.store.Survey(context.Background(), s.home.ID, v.ID)
	s.must(err)
	return v
}

// field is the value of a hidden field of a page.
func (a answer) field(name string) string {
	a.t.Helper()
	found := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(a.body)
	if found == nil {
		a.t.Fatalf("no field %s\n%s", name, a.body)
	}
	return html.UnescapeString(found[1])
}

func TestATemplateOpensAsItIs(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	for _, from := range []string{"needs", "feedback", "youth"} {
		v := site.begins(from)
		head := staff.get(surveyPath(v)).want(http.StatusOK, "Nothing is wrong with the questions")
		staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
		if now := site.reread(v); now.Version != 1 || now.Phase(site.server.today()) != data.PhaseOpen {
			t.Fatalf("%s: %+v", from, now)
		}
		f, err := site.store.Version(t.Context(), site.home.ID, v.ID, 1)
		site.must(err)
		if q := f.Find(forms.Village); len(f.Choices(q)) != len(site.villages) || len(f.ListOf(forms.ListBands).Choices) != 5 {
			t.Errorf("%s: the form is not complete: %+v", from, f.Lists)
		}
		if list := f.ListOf("problems"); list != nil && len(list.Choices) != len(site.problems) {
			t.Errorf("%s: the problems of the round are missing: %+v", from, list)
		}
		staff.get(surveyPath(v)).want(http.StatusOK, "/s/"+v.Word).lacks("Publish the changes")
	}
}

func TestAChangedSurveyIsPublishedAsTheNextVersion(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	head := staff.get(surveyPath(v))
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	staff.post(surveyPath(v, "build"), "do", "up:else").want(http.StatusSeeOther)
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusConflict, "was changed while you looked")
	head = staff.get(surveyPath(v)).want(http.StatusOK, "Publish the changes")
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	if now := site.reread(v); now.Version != 2 {
		t.Fatalf("version %d", now.Version)
	}
	staff.post(surveyPath(v, "close")).want(http.StatusSeeOther)
	if now := site.reread(v); now.Phase(site.server.today()) != data.PhaseClosed {
		t.Fatalf("%+v", now)
	}
	head = staff.get(surveyPath(v)).want(http.StatusOK, "Open again")
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	if now := site.reread(v); now.Version != 2 || now.Phase(site.server.today()) != data.PhaseOpen {
		t.Fatalf("the same form once more: %+v", now)
	}
	staff.post(surveyPath(v, "archive"), "archived", "1").want(http.StatusSeeOther)
	if now := site.reread(v); !now.Archived || now.Shut.IsZero() {
		t.Fatalf("an archived survey takes no answers: %+v", now)
	}
	staff.post(surveyPath(v, "build"), "do", "up:else").want(http.StatusConflict)
	staff.post(surveyPath(v, "archive")).want(http.StatusSeeOther)
	staff.post(surveyPath(v, "delete"), "sure", "1").want(http.StatusSeeOther)
	staff.get(surveyPath(v)).want(http.StatusNotFound)
}

func TestGraveFaultsKeepASurveyClosed(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("blank")
	head := staff.get(surveyPath(v)).want(http.StatusOK, "There is no question yet", "It does not say who will see the answers")
	staff.post(surveyPath(v, "open"), "stamp", v.Stamp.String()).want(http.StatusUnprocessableEntity, "Put right what is listed below first")
	if head.has("/open\"") {
		t.Error("the button is there all the same")
	}
	if now := site.reread(v); now.Version != 0 {
		t.Fatal("it was opened")
	}
	v = site.begins("needs")
	page := staff.get(surveyPath(v, "questions", "else"))
	staff.post(surveyPath(v, "questions", "else"), "seen", page.field("seen"), "label.en", "What else?", "relevant", "${gone} = 'x' and").want(http.StatusSeeOther)
	staff.get(surveyPath(v)).want(http.StatusOK, "When it is asked: The expression is not finished")
	staff.get(surveyPath(v, "build")).want(http.StatusOK, "When it is asked: The expression is not finished")
	page = staff.get(surveyPath(v, "questions", "else")).want(http.StatusOK, "The expression is not finished")
	staff.post(surveyPath(v, "questions", "else"), "seen", page.field("seen"), "label.en", "What else?", "relevant", "1 = 2").want(http.StatusSeeOther)
	staff.get(surveyPath(v)).want(http.StatusOK, "The condition never holds", "1 text is not translated")
}

func TestQuestionsOfEveryKindAreAdded(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	for _, kind := range forms.Kinds {
		a := staff.post(surveyPath(v, "questions"), "kind", string(kind), "label", "Жол "+string(kind), "after", "else").want(http.StatusSeeOther)
		staff.get(a.header.Get("Location")).want(http.StatusOK, "Жол "+string(kind))
	}
	f := site.draft(v)
	seen := 0
	f.All(func(q, _ *forms.Question) bool {
		seen++
		if needsList(q.Kind) && f.ListOf(q.List) == nil {
			t.Errorf("%s has no list", q.Name)
		}
		if q.Kind == forms.Matrix && f.ListOf(q.Marks) == nil {
			t.Errorf("%s has no marks", q.Name)
		}
		page := staff.get(surveyPath(v, "questions", q.Name)).want(http.StatusOK)
		before := digest(questionParts(&f, q))
		staff.post(surveyPath(v, "questions", q.Name), "seen", page.field("seen"), "do", "stay", "label.ky", "Жаңы "+q.Name).want(http.StatusSeeOther)
		after := site.draft(v)
		if got := after.Question(q.Name); got == nil || got.Label.KY != "Жаңы "+q.Name || got.Kind != q.Kind || got.List != q.List || before == digest(questionParts(&after, got)) {
			t.Errorf("%s is now %+v", q.Name, got)
		}
		return true
	})
	if seen != len(forms.Kinds)+6 {
		t.Errorf("%d questions", seen)
	}
	staff.post(surveyPath(v, "questions"), "kind", "nonsense", "label", "x").want(http.StatusUnprocessableEntity, "Choose from what is offered")
}

func TestChoicesAreWrittenMovedAndDropped(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("blank")
	a := staff.post(surveyPath(v, "questions"), "kind", "one", "label", "Which road is worst?")
	name := strings.TrimPrefix(a.header.Get("Location"), "/"+site.home.Slug+"/"+surveyPath(v, "questions")+"/")
	at := surveyPath(v, "questions", name)
	page := staff.get(at)
	staff.post(at, "seen", page.field("seen"), "label.en", "Which road?", "c.n", "0", "c.new", "Lenin street\nToktogul street\n\nОрозбеков көчөсү", "do", "c.add").want(http.StatusSeeOther)
	names := func() (names []string) {
		f := site.draft(v)
		for _, c := range f.Choices(f.Question(name)) {
			names = append(names, c.Name+"="+c.Label.KY+c.Label.EN)
		}
		return names
	}
	if got := strings.Join(names(), " "); got != "lenin-street=Lenin street toktogul-street=Toktogul street orozbekov-kochosu=Орозбеков көчөсү" {
		t.Fatal(got)
	}
	page = staff.get(at).want(http.StatusOK, "Toktogul street")
	again := append([]string{"seen", page.field("seen"), "label.en", "Which road?", "c.n", "3", "c.new", "Toktogul street"}, "do", "c.add")
	for i, label := range []string{"Lenin street", "Toktogul street"} {
		at := "c." + strconv.Itoa(i)
		again = append(again, at+".name", page.field(at+".name"), at+".label.en", label)
	}
	again = append(again, "c.2.name", page.field("c.2.name"), "c.2.label.ky", "Орозбеков көчөсү")
	staff.post(at, again...).want(http.StatusSeeOther)
	if got := names(); len(got) != 3 {
		t.Fatalf("a line that is there already was added again: %v", got)
	}
	page = staff.get(at)
	row := func(i, label string) []string {
		return []string{"c." + i + ".name", page.field("c." + i + ".name"), "c." + i + ".label.en", label}
	}
	sent := append([]string{"seen", page.field("seen"), "label.en", "Which road?", "c.n", "3"}, append(append(row("0", "Lenin street"), row("1", "Toktogul")...), row("2", "")...)...)
	staff.post(at, append(sent, "do", "c.up.1")...).want(http.StatusSeeOther)
	if got := strings.Join(names(), " "); got != "toktogul-street=Toktogul lenin-street=Lenin street" {
		t.Fatal(got)
	}
	page = staff.get(at)
	staff.post(at, append(append([]string{"seen", page.field("seen"), "label.en", "Which?", "c.n", "2"}, append(row("0", "Toktogul"), row("1", "Lenin street")...)...), "do", "c.drop.0")...).want(http.StatusSeeOther)
	if got := strings.Join(names(), " "); got != "lenin-street=Lenin street" {
		t.Fatal(got)
	}
}

func TestTwoEditorsLoseNothing(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	at := surveyPath(v, "questions", "else")
	one, two := staff.get(at), staff.get(at)
	other := staff.get(surveyPath(v, "questions", "needs"))
	staff.post(at, "seen", one.field("seen"), "label.en", "Anything else?").want(http.StatusSeeOther)
	staff.post(surveyPath(v, "questions", "needs"), "seen", other.field("seen"), "label.en", "What first?", "top", "3").want(http.StatusSeeOther)
	a := staff.post(at, "seen", two.field("seen"), "label.en", "What is missing?").want(http.StatusUnprocessableEntity,
		"Somebody else has changed the same thing", "What is missing?", "Text of the question: Anything else?")
	f := site.draft(v)
	if f.Question("else").Label.EN != "Anything else?" || f.Question("needs").Top != 3 {
		t.Fatal("one editor's words are gone")
	}
	staff.post(at, "seen", a.field("seen"), "label.en", "What is missing?").want(http.StatusSeeOther)
	if f := site.draft(v); f.Question("else").Label.EN != "What is missing?" {
		t.Fatal(f.Question("else").Label.EN)
	}
	settings := staff.get(surveyPath(v, "edit"))
	typed := func(help, seen string) []string {
		return []string{"seen", seen, "title.en", "Needs", "word", v.Word, "door", "open", "keep", "12", "help", help}
	}
	staff.post(surveyPath(v, "edit"), typed("0700 1", settings.field("seen"))...).want(http.StatusSeeOther)
	a = staff.post(surveyPath(v, "edit"), typed("0700 2", settings.field("seen"))...).want(http.StatusUnprocessableEntity, "0700 2", "Somebody else")
	staff.post(surveyPath(v, "edit"), typed("0700 2", a.field("seen"))...).want(http.StatusSeeOther)
	if now := site.reread(v); now.Help != "0700 2" {
		t.Fatal(now.Help)
	}
}

func TestTranslationsMeetEachOther(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	at := surveyPath(v, "translate") + "?from=ky&to=en"
	page := staff.get(at).want(http.StatusOK, "What else is needed")
	seen := page.field("seen.q/else/label")
	staff.post(at, "q/else/label", "Anything else?", "seen.q/else/label", seen).want(http.StatusSeeOther)
	staff.post(at, "q/else/label", "More?", "seen.q/else/label", seen, "q/needs/hint", "One is enough.", "seen.q/needs/hint", page.field("seen.q/needs/hint")).
		want(http.StatusUnprocessableEntity, "Somebody wrote meanwhile: “Anything else?”", "More?", "1 text was not kept")
	f := site.draft(v)
	if f.Question("else").Label.EN != "Anything else?" || f.Question("needs").Hint.EN != "One is enough." {
		t.Errorf("%+v %+v", f.Question("else").Label, f.Question("needs").Hint)
	}
	staff.post(at, "q/else/label", "", "seen.q/else/label", digest("Anything else?")).want(http.StatusSeeOther)
	if done, of := func() (int, int) { f := site.draft(v); return f.Translated("en") }(); done != of-1 {
		t.Errorf("%d of %d", done, of)
	}
	staff.get(surveyPath(v, "translate") + "?to=en&only=missing").want(http.StatusOK).lacks("One is enough.")
}

func TestPeoplesQuestionsKeepTheirNames(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	at := surveyPath(v, "questions", "else")
	page := staff.get(at)
	staff.post(at, "seen", page.field("seen"), "label.en", "What else?", "name", "needs").want(http.StatusUnprocessableEntity, "There is a question of that name")
	staff.post(at, "seen", page.field("seen"), "label.en", "What else?", "name", "what else").want(http.StatusUnprocessableEntity, "A name begins with a Latin letter")
	staff.post(at, "seen", page.field("seen"), "label.ky", "Дагы эмне?", "label.ru", "Что ещё?", "label.en", "What else?", "name", "more").want(http.StatusSeeOther)
	head := staff.get(surveyPath(v))
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	page = staff.get(surveyPath(v, "questions", "more")).want(http.StatusOK, "People have been asked this question")
	staff.post(surveyPath(v, "questions", "more"), "seen", page.field("seen"), "label.en", "What else?", "name", "again", "kind", "integer").want(http.StatusSeeOther)
	f := site.draft(v)
	if q := f.Question("more"); q == nil || q.Kind != forms.Long {
		t.Fatalf("%+v", q)
	}
	staff.post(surveyPath(v, "questions", "more", "delete")).want(http.StatusSeeOther)
	a := staff.post(surveyPath(v, "questions"), "kind", "integer", "label", "more").want(http.StatusSeeOther)
	if strings.HasSuffix(a.header.Get("Location"), "/more") {
		t.Error("a new question took the name of one that people answered")
	}
}

func TestAnswersGoWhenTheirTimeIsOver(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	head := staff.get(surveyPath(v))
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	answer := func() {
		_, err := site.store.AddResponse(t.Context(), site.home.ID, data.Response{ID: Mint(), Survey: v.ID, Version: 1, Key: data.Key(Mint()), Lang: "ky",
			Tier: data.TierOpen, State: data.StateCounted, Received: site.clock(), Answers: data.Answers{"else": {Text: "суу"}}}, nil)
		site.must(err)
	}
	answer()
	staff.post(surveyPath(v, "delete"), "sure", "1").want(http.StatusConflict, "People have answered it")
	staff.get(surveyPath(v, "purge")).want(http.StatusOK, "1 response")
	staff.post(surveyPath(v, "purge"), "word", "yes").want(http.StatusUnprocessableEntity, "Type exactly "+v.Word)
	n := func() int {
		counts, err := site.store.CountResponses(t.Context(), site.home.ID, v.ID)
		site.must(err)
		return counts[data.StateCounted]
	}
	site.must(site.server.SweepSurveys(t.Context()))
	if n() != 1 {
		t.Fatal("an open survey lost its answers")
	}
	staff.post(surveyPath(v, "close")).want(http.StatusSeeOther)
	site.now = time.Now().AddDate(0, keptMonths, -1)
	site.must(site.server.SweepSurveys(t.Context()))
	if n() != 1 {
		t.Fatal("answers went a day early")
	}
	site.now = time.Now().AddDate(0, keptMonths, 1)
	site.must(site.server.SweepSurveys(t.Context()))
	site.must(site.server.SweepSurveys(t.Context()))
	if now := site.reread(v); n() != 0 || now.Purged.IsZero() {
		t.Fatalf("answers stayed: %+v", now)
	}
	site.now = time.Time{}
	staff.get(surveyPath(v)).want(http.StatusOK, "The answers were erased")
	staff.post(surveyPath(v, "open"), "stamp", site.reread(v).Stamp.String()).want(http.StatusUnprocessableEntity, "cannot be opened again")
	staff.post(surveyPath(v, "purge"), "word", v.Word).want(http.StatusSeeOther)
}

func TestTargetsAreSpreadOverThePeople(t *testing.T) {
	scheme := data.Scheme{Sexes: true, Bands: []data.Band{"0-13", "14-28", "29+"}}
	village := Mint()
	figures := []data.Population{
		{Village: village, Sex: data.Female, Band: "0-13", People: 900}, {Village: village, Sex: data.Female, Band: "14-28", People: 50},
		{Village: village, Sex: data.Female, Band: "29+", People: 30}, {Village: village, Sex: data.Male, Band: "29+", People: 20},
		{Village: village, Sex: data.UnknownSex, Band: "29+", People: 50}, {Sex: data.Male, Band: "29+", People: 20}, {Village: village, Sex: data.Male, Band: "61+", People: 20},
	}
	want := map[data.Group]int{{Sex: data.Female, Band: "14-28"}: 5, {Sex: data.Female, Band: "29+"}: 3, {Sex: data.Male, Band: "29+"}: 2}
	got := spread(10, figures, scheme)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for _, one := range got {
		if one.People != want[data.Group{Sex: one.Sex, Band: one.Band}] {
			t.Errorf("%+v", one)
		}
	}
	for n := 1; n < 40; n++ {
		sum := 0
		for _, one := range spread(n, figures, scheme) {
			sum += one.People
		}
		if sum != n {
			t.Errorf("%d became %d", n, sum)
		}
	}
	if spread(10, nil, scheme) != nil {
		t.Error("nobody lives there")
	}
}

func TestTryingKeepsNothing(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	at := surveyPath(v, "try")
	staff.get(at+"?in=ru").want(http.StatusOK, "Скажите, что нужнее всего нашему селу", "Это проба: ничего не сохраняется")
	page := staff.post(at).want(http.StatusOK, "Which village do you live in?")
	bad := staff.post(at, "key", page.field("key"), "answers", page.field("answers"), "_asked", "village", "_asked", "sex", "_asked", "age", "sex", "female").want(http.StatusUnprocessableEntity, "Choose from what is offered")
	page = staff.post(at, "key", bad.field("key"), "answers", bad.field("answers"), "village", site.villages[0].ID.String(), "sex", "female", "age", "18-28").
		want(http.StatusOK, "What should be solved first?", "Drinking water")
	page = staff.post(at, "key", page.field("key"), "answers", page.field("answers"), "needs/"+site.problems[1].ID.String(), "1").want(http.StatusOK, "What else is needed")
	staff.post(at, "key", page.field("key"), "answers", page.field("answers"), "else", "A bridge").want(http.StatusOK, "This is what would be kept", "A bridge", "Internal roads", "Woman")
	counts, err := site.store.CountResponses(t.Context(), site.home.ID, v.ID)
	site.must(err)
	if len(counts) != 0 {
		t.Errorf("something was kept: %v", counts)
	}
}
