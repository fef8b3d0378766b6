package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

// list is the address of the round's problems.
func (s *site) list() string { return "/ak-muz/rounds/" + s.round.ID.String() + "/problems" }

// at is the address of one problem.
func (s *site) at(i int) string { return "/ak-muz/problems/" + s.problems[i].ID.String() }

// stored are the problems of the round by their Kyrgyz titles.
func (s *site) stored() map[string]data.Problem {
	s.t.Helper()
	list, err := s.store.Problems(context.Background(), s.home.ID, s.round.ID)
	s.must(err)
	byTitle := map[string]data.Problem{}
	for _, p := range list {
		byTitle[p.Title.KY] = p
	}
	return byTitle
}

// merge lets problem b stand for problem a.
func (s *site) merge(a, b int) {
	s.t.Helper()
	s.as(data.Staff).post(s.at(a)+"/merge", "into", s.problems[b].ID.String()).want(http.StatusSeeOther)
}

func TestProblemIsAddedOnce(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Facilitator)
	id := who.get(s.list()).want(http.StatusOK).id()
	for range 2 {
		who.post(s.list(), "id", id, "title.ky", "  Сугат   суу ", "title.ru", "Поливная вода", "issue", "7", "competence", "aimak",
			"seen", s.problems[0].ID.String()).want(http.StatusSeeOther)
	}
	p, there := s.stored()["Сугат суу"]
	if !there || p.Title.RU != "Поливная вода" || p.Issue != 7 || p.Competence != data.OfAimak || len(s.stored()) != len(titles)+1 {
		t.Fatalf("stored: %+v", s.stored())
	}
	who.get(s.list()+"?added="+id).want(http.StatusOK, s.said("problem.added", "title", "Сугат суу"), s.said("problem.issue", "n", 7))
}

func TestWrongProblemKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	for name, c := range map[string]struct {
		field, value, said string
	}{
		"no title":       {"title.ky", "", "error.required"},
		"issue in words": {"issue", "жети", "error.number"},
		"odd competence": {"competence", "king", "error.choose"},
	} {
		t.Run(name, func(t *testing.T) {
			form := map[string]string{"title.ky": "Жайыт жолу", "issue": "12", "competence": "state"}
			form[c.field] = c.value
			var pairs []string
			for field, value := range form {
				pairs = append(pairs, field, value)
			}
			back := s.as(data.Staff).post(s.list(), pairs...).want(http.StatusUnprocessableEntity, s.said(c.said))
			if c.field != "title.ky" {
				back.want(http.StatusUnprocessableEntity, `value="Жайыт жолу"`)
			}
			if c.field != "competence" && !strings.Contains(back.body, `<option value="state" selected>`) {
				t.Error("the competence is forgotten")
			}
		})
	}
	if len(s.stored()) != len(titles) {
		t.Error("something wrong was kept")
	}
}

func TestSameButForLettersIsAskedAbout(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Staff)
	for _, typed := range []string{"КОЧО ЖАРЫКТАНДЫРУУ", "көчө жарыктaндыруу", "Street lighting"} { // the second with a Latin a
		asked := who.post(s.list(), "title.ky", typed).want(http.StatusUnprocessableEntity, s.said("problem.alike"), s.said("problem.alike.same"), s.said("problem.alike.new"))
		asked.want(http.StatusUnprocessableEntity, s.at(3), typed)
	}
	if len(s.stored()) != len(titles) {
		t.Fatal("made without asking")
	}
	who.post(s.list(), "title.ky", "КОЧО ЖАРЫКТАНДЫРУУ", "new", "1").want(http.StatusSeeOther)
	if _, there := s.stored()["КОЧО ЖАРЫКТАНДЫРУУ"]; !there {
		t.Fatal("a person said that it is another one, and it was not made")
	}
}

func TestTypingProposesAlikeOnes(t *testing.T) {
	s := newSite(t)
	s.merge(3, 2)
	who := s.as(data.Facilitator).htmx("div#problem-alike")
	proposed := who.get(s.list()+"?"+url.Values{"title.ky": {"Таза су"}, "title.ru": {""}}.Encode()).want(http.StatusOK, "Drinking water", s.said("problem.alike.near"))
	proposed.lacks("<html", "Kindergarten")
	who.get(s.list()+"?title.ru="+url.QueryEscape("уличное освещение")).want(http.StatusOK, "Kindergarten", s.said("problem.alike.same")).lacks("Street lighting")
	who.get(s.list()+"?title.ky=zzz").want(http.StatusOK).lacks(s.said("problem.alike.near"), s.said("problem.alike.same"))
}

func TestNearTitlesAreProposedAfterSendingToo(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Staff)
	form := []string{"id", Mint().String(), "title.ky", "Таза су", "title.ru", "Чистая вода", "issue", "7"}
	asked := who.post(s.list(), form...).want(http.StatusUnprocessableEntity, s.said("problem.alike.ask"), "Drinking water", s.said("problem.alike.new"))
	asked.want(http.StatusUnprocessableEntity, `value="Таза су"`, `value="Чистая вода"`, `value="7"`, `name="seen" value="`+s.problems[0].ID.String()+`"`)
	who.get(s.list()).want(http.StatusOK, s.said("count.problems", "n", len(titles)))
	who.post(s.list(), append(form, "new", "1")...).want(http.StatusSeeOther)
	who.post(s.list(), "id", Mint().String(), "title.ky", "Таза суусу", "seen", s.problems[0].ID.String()).want(http.StatusUnprocessableEntity, "Таза су")
	who.post(s.list(), "id", Mint().String(), "title.ky", "Жолдор", "seen", s.problems[1].ID.String()).want(http.StatusSeeOther)
}

// A title that a file brought in is longer than one may type; whoever puts in
// the issue of such a problem is not stopped by that, unless they change it.
func TestALongImportedTitleStaysAsItIs(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("Ичүүчү суу  ", 20) + "жок"
	p := data.Problem{ID: Mint(), Round: s.round.ID, Title: data.Text{KY: long}, Created: s.clock()}
	s.must(s.store.AddProblems(context.Background(), s.home.ID, []data.Problem{p}, data.Event{}))
	who, at := s.as(data.Staff), "problems/"+p.ID.String()
	who.post(at, "title.ky", long, "title.ru", "Вода", "issue", "4").want(http.StatusSeeOther)
	who.post(at, "title.ky", long+"!", "title.ru", "Вода", "issue", "4").want(http.StatusUnprocessableEntity, s.said("error.long", "max", data.MaxName))
	who.post(at, "title.ky", long, "title.ru", long, "issue", "4").want(http.StatusUnprocessableEntity, s.said("error.long", "max", data.MaxName))
	if kept := s.stored()[long]; kept.Title != (data.Text{KY: long, RU: "Вода"}) || kept.Issue != 4 {
		t.Errorf("it says %+v now", kept)
	}
}

func TestStartersStandInTheOrderOfTheLaw(t *testing.T) {
	s := newSite(t)
	list := []data.Starter{{ID: Mint(), Title: data.Text{KY: "Сейил бак"}}, {ID: Mint(), Title: data.Text{KY: "Көпүрө"}, Issue: 9},
		{ID: Mint(), Title: data.Text{KY: "Көрүстөн"}, Issue: 2}, {ID: Mint(), Title: data.Text{KY: "Мектеп"}}}
	s.must(s.store.SaveStarters(context.Background(), list, data.Event{}))
	inOrder := regexp.MustCompile(`(?s)Көрүстөн.*Көпүрө.*Сейил бак.*Мектеп`)
	for _, page := range []answer{s.as(data.Administrator).get("/starters"), s.as(data.Staff).get(s.list())} {
		if !inOrder.MatchString(page.want(http.StatusOK).body) {
			t.Errorf("in another order\n%s", page.body)
		}
	}
}

func TestSearchFoldsLettersAndFindsMergedOnes(t *testing.T) {
	s := newSite(t)
	s.merge(3, 1)
	who := s.as(data.Staff).htmx("section#problem-lines")
	search := func(q string) answer { return who.get(s.list() + "?q=" + url.QueryEscape(q)).want(http.StatusOK) }
	search("ТАЗА СУУ").want(http.StatusOK, "Drinking water").lacks("Internal roads", "<html")
	search("кочо").want(http.StatusOK, "Internal roads", "Street lighting", s.said("problem.found", "n", 1))
	search("жок нерсе").want(http.StatusOK, s.said("list.none_found"), s.said("button.clear"))
}

func TestLongListHasPages(t *testing.T) {
	s := newSite(t)
	var many []data.Problem
	for i := range 120 {
		many = append(many, data.Problem{ID: Mint(), Round: s.round.ID, Title: data.Text{EN: fmt.Sprintf("Bridge %03d", i)}, Created: s.clock()})
	}
	s.must(s.store.AddProblems(context.Background(), s.home.ID, many, data.Event{}))
	who := s.as(data.Staff)
	who.get(s.list()).want(http.StatusOK, "Bridge 000", "Bridge 049", s.said("page.shown", "from", 1, "to", 50, "n", 124)).lacks("Bridge 050")
	who.get(s.list()+"?page=2&q=bridge").want(http.StatusOK, "Bridge 050", "Bridge 099", "page=3&q=bridge").lacks("Bridge 100")
}

func TestStartersAreTakenOnce(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	water := data.Starter{ID: Mint(), Title: data.Text{KY: "таза СУУ"}, Issue: 4}
	bridge := data.Starter{ID: Mint(), Title: data.Text{KY: "Көпүрө", RU: "Мост"}, Issue: 9, Competence: data.OfState}
	park := data.Starter{ID: Mint(), Title: data.Text{KY: "Сейил бак"}, Issue: 2}
	s.must(s.store.SaveStarters(ctx, []data.Starter{water, bridge, park}, data.Event{}))
	who := s.as(data.Staff)
	who.get(s.list()).want(http.StatusOK, bridge.ID.String(), park.ID.String()).lacks(water.ID.String())
	who.post(s.list()+"/starters").want(http.StatusUnprocessableEntity, s.said("problem.starters.none"))
	form := []string{"id", Mint().String(), "starter", bridge.ID.String(), "starter", water.ID.String()}
	for range 2 {
		who.post(s.list()+"/starters", form...).want(http.StatusSeeOther)
	}
	if p := s.stored()["Көпүрө"]; p.Issue != 9 || p.Competence != data.OfState || p.Title.RU != "Мост" || len(s.stored()) != len(titles)+1 {
		t.Fatalf("stored: %+v", s.stored())
	}
	who.get(s.list()).want(http.StatusOK, park.ID.String()).lacks(bridge.ID.String())
}

func TestProblemIsEdited(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Staff)
	who.get(s.at(1)).want(http.StatusOK, `value="Ички жолдор"`, `value="Внутренние дороги"`)
	who.post(s.at(1), "title.ky", "Ички жолдор", "issue", "100").want(http.StatusUnprocessableEntity, s.said("error.range", "min", 0, "max", 99), `value="100"`)
	who.post(s.at(1), "title.ky", "Айыл ичиндеги жолдор", "title.ru", "Внутренние дороги", "issue", "5", "competence", "aimak").want(http.StatusSeeOther)
	p := s.stored()["Айыл ичиндеги жолдор"]
	if p.ID != s.problems[1].ID || p.Title.EN != "" || p.Issue != 5 || p.Competence != data.OfAimak {
		t.Fatalf("kept: %+v", p)
	}
	drawn := who.htmx("div#problem").post(s.at(1), "title.ky", "Жолдор").want(http.StatusOK, s.said("problem.done.saved"), "Жолдор")
	drawn.lacks("<html")
}

func TestMergeCountsTogetherAndComesApart(t *testing.T) {
	s := newSite(t)
	s.met() // names problems 0 and 1
	who := s.as(data.Staff)
	into := s.problems[2].ID.String()
	who.get(s.at(0)+"?into="+into).want(http.StatusOK, s.said("problem.merge.ask", "from", "Drinking water", "to", "Kindergarten"),
		s.said("problem.merge.undo"), s.said("problem.merge.stays"), s.at(2)+"?into="+s.problems[0].ID.String())
	who.get(s.at(2)).want(http.StatusOK, s.said("ranking.named", "k", 0, "n", 1))
	for range 2 {
		who.post(s.at(0)+"/merge", "into", into).want(http.StatusSeeOther)
	}
	who.get(s.at(2)).want(http.StatusOK, s.said("ranking.named", "k", 1, "n", 1), s.said("problem.merged"), "Drinking water", s.at(0)+"/split")
	who.get(s.at(0)).want(http.StatusOK, s.said("problem.merged.into", "title", "Kindergarten"))
	who.get(s.list()).want(http.StatusOK, s.said("problem.list.merged", "n", 1))
	for range 2 {
		who.post(s.at(0) + "/split").want(http.StatusSeeOther)
	}
	who.get(s.at(2)).want(http.StatusOK, s.said("ranking.named", "k", 0, "n", 1)).lacks(s.said("problem.merged"))
	who.get(s.at(0)+"?done=split").want(http.StatusOK, s.said("ranking.named", "k", 1, "n", 1), s.said("problem.done.split"))
}

func TestCircleIsRefused(t *testing.T) {
	s := newSite(t)
	s.merge(0, 1)
	who := s.as(data.Staff)
	for _, c := range []struct {
		from int
		into string
		said string
	}{
		{1, s.problems[0].ID.String(), "problem.merge.self"},
		{2, s.problems[2].ID.String(), "problem.merge.self"},
		{2, Mint().String(), "error.choose"},
		{2, "nonsense", "error.choose"},
	} {
		who.post(s.at(c.from)+"/merge", "into", c.into).want(http.StatusUnprocessableEntity, s.said(c.said))
	}
	if p := s.stored()[titles[1].KY]; !p.Into.Zero() {
		t.Fatal("a circle was kept")
	}
}

func TestMergeTargetsAreSearched(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Staff).htmx("div#problem-targets")
	found := who.get(s.at(0)+"?q="+url.QueryEscape("жол")).want(http.StatusOK, "Internal roads", s.at(0)+"?into="+s.problems[1].ID.String())
	found.lacks("<html", "Drinking water")
	who.get(s.at(0)+"?q=drinking").want(http.StatusOK, s.said("list.none_found"))
}

func TestFacilitatorSeesAndAddsButChangesNothing(t *testing.T) {
	s := newSite(t)
	s.met()
	s.merge(3, 2)
	who := s.as(data.Facilitator)
	who.get(s.list()).want(http.StatusOK, s.said("problem.add"), "Street lighting").lacks(s.said("problem.named"), s.said("problem.starters"))
	who.get(s.at(2)).want(http.StatusOK, "Бала бакча", "Street lighting").lacks(s.said("button.save"), s.said("button.split"), s.said("problem.merge"), s.said("ranking.named", "k", 0, "n", 1))
	who.get(s.at(0) + "?into=" + s.problems[1].ID.String()).want(http.StatusOK).lacks(s.said("problem.merge.title"))
	for _, verb := range []string{"", "/merge", "/split"} {
		who.post(s.at(2)+verb, "title.ky", "x").want(http.StatusForbidden)
	}
	s.as(data.Staff).get(s.list()).want(http.StatusOK, s.said("problem.named"))
}

func TestArchivedRoundKeepsItsProblems(t *testing.T) {
	s := newSite(t)
	s.round.Archived = true
	s.must(s.store.SaveRound(context.Background(), s.home.ID, s.round, data.Event{}))
	who := s.as(data.Staff)
	who.get(s.list()).want(http.StatusOK, "Drinking water").lacks(s.said("problem.add"))
	who.get(s.at(0)).want(http.StatusOK).lacks(s.said("button.save"))
	who.post(s.list(), "title.ky", "Көпүрө").want(http.StatusConflict)
	who.post(s.at(0), "title.ky", "Көпүрө").want(http.StatusConflict)
	who.post(s.at(0)+"/merge", "into", s.problems[1].ID.String()).want(http.StatusConflict)
}

func TestHostileTitleIsOnlyText(t *testing.T) {
	s := newSite(t)
	const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	s.as(data.Staff).post(s.list(), "title.ky", hostile).want(http.StatusSeeOther)
	id := s.stored()[hostile].ID.String()
	who := s.as(data.Staff)
	for _, at := range []string{s.list(), s.list() + "?added=" + id, s.list() + "?" + url.Values{"q": {hostile}}.Encode(),
		s.list() + "?" + url.Values{"title.ky": {hostile}}.Encode(), "/ak-muz/problems/" + id, s.at(0) + "?q=script", s.at(0) + "?into=" + id} {
		body := who.get(at).want(http.StatusOK, "alert(1)").body
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") {
			t.Errorf("%s runs what was typed", at)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

func TestProblemPagesSpeakEveryLanguage(t *testing.T) {
	s := newSite(t)
	s.must(SeedStarters(context.Background(), s.store, Mint))
	s.met()
	s.merge(3, 2)
	id := s.problems[0].ID.String()
	for _, lang := range data.Languages {
		for _, role := range []data.Role{data.Staff, data.Facilitator} {
			who := s.as(role).in(lang)
			for _, at := range []string{s.list(), s.list() + "?added=" + id + "&chosen=2", s.list() + "?q=zzz", s.list() + "?title.ky=" + url.QueryEscape("Таза су"),
				s.at(0), s.at(2), s.at(3), s.at(2) + "?into=" + id, s.at(2) + "?q=" + url.QueryEscape("жол"), s.at(0) + "?done=saved", s.at(0) + "?done=merged", s.at(0) + "?done=split"} {
				page := who.get(at).want(http.StatusOK).lacks("⟦")
				page.body = tags.ReplaceAllString(page.body, " ") // scripts fill in what stands in attributes
				page.lacks("{n}", "{title}")
			}
		}
		who := s.as(data.Staff).in(lang)
		who.post(s.list(), "title.ky", titles[0].KY).want(http.StatusUnprocessableEntity).lacks("⟦")
		who.post(s.list() + "/starters").want(http.StatusUnprocessableEntity).lacks("⟦")
		who.post(s.at(0)+"/merge", "into", id).want(http.StatusUnprocessableEntity).lacks("⟦")
		who.get("/ak-muz/audit").want(http.StatusOK).lacks("⟦audit.problem")
	}
}

func TestProblemsOfOthersAreMissing(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Staff)
	who.get("/ak-muz/problems/" + Mint().String()).want(http.StatusNotFound)
	who.get("/ak-muz/problems/nonsense").want(http.StatusNotFound)
	who.get("/ak-muz/rounds/" + Mint().String() + "/problems").want(http.StatusNotFound)
	who.get(s.at(0) + "?into=" + Mint().String()).want(http.StatusNotFound)
	who.get(s.at(0) + "?into=nonsense").want(http.StatusNotFound)
}
