package handlers

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
)

// ruled gives the site a round of its own, whose rule has all its usual settings.
func (s *site) ruled(change ...func(*data.Round)) *site {
	s.t.Helper()
	s.round.ID, s.round.Rule = Mint(), data.DefaultRule(data.People)
	for _, f := range change {
		f(&s.round)
	}
	for i := range s.problems {
		s.problems[i].ID, s.problems[i].Round = Mint(), s.round.ID
	}
	s.must(s.store.AddRound(context.Background(), s.home.ID, s.round, s.problems, data.Event{}))
	return s
}

// raises is a session of hands in a village: so many people of a group, and how
// many of them want the first problem, the second, and so on.
func (s *site) raises(village int, group string, came int, hands ...int) string {
	s.t.Helper()
	at, who := s.open("hands", "village", s.villages[village].ID.String()), s.as(data.Facilitator)
	who.write(at, "presence.count", "group", group, "n", strconv.Itoa(came)).want(http.StatusSeeOther)
	for i, n := range hands {
		who.write(at, "problem.offer", "problem", s.problem(i)).want(http.StatusSeeOther)
		who.write(at, "tally.count", "problem", s.problem(i), "group", group, "n", strconv.Itoa(n)).want(http.StatusSeeOther)
	}
	return at
}

// gathered are four groups in two villages, two of each sex, who want the same;
// apart are four whose women want what its men do not.
func (s *site) gathered() *site {
	s.t.Helper()
	s.raises(0, youngWomen, 9, 8, 5, 2)
	s.raises(0, youngMen, 8, 7, 4, 1)
	s.raises(1, youngWomen, 9, 9, 3, 2)
	s.raises(1, youngMen, 8, 6, 5, 1)
	return s
}

func (s *site) apart() *site {
	s.t.Helper()
	s.raises(0, youngWomen, 9, 8, 5, 1)
	s.raises(0, youngMen, 8, 1, 4, 7)
	s.raises(1, youngWomen, 9, 9, 4, 2)
	s.raises(1, youngMen, 8, 2, 4, 8)
	return s
}

func (s *site) ranking(query string) string {
	return "rounds/" + s.round.ID.String() + "/ranking" + query
}

// inOrder fails the test unless the page has all of these, each after the one
// before.
func (a answer) inOrder(parts ...string) {
	a.t.Helper()
	from := 0
	for _, part := range parts {
		i := strings.Index(a.body[from:], part)
		if i < 0 {
			a.t.Fatalf("%s is not there, or too early", part)
		}
		from += i
	}
}

// honest fails the test for what no page of a result may show.
func (a answer) honest() answer {
	a.t.Helper()
	return a.lacks("NaN", "Inf", "⟦", "ZgotmplZ", "<nil>", "%!")
}

// lists are those of women and of men.
const lists = `class="table list"`

func TestARankingBeginsWithWhoWasHeard(t *testing.T) {
	s := newSite(t).ruled().gathered()
	page := s.as(data.Staff).get(s.ranking("")).want(http.StatusOK).honest().lacks(`id="differ"`)
	page.inOrder(`class="lead"`, `id="heard"`, `id="all"`, `id="check"`, `id="ranked"`, `id="ladder"`, `id="again"`, `id="firsts"`, `id="wanted"`, `id="gaps"`, `id="methods"`, `id="pairs"`,
		lists, `id="sexes"`, `id="slope"`, `id="heat"`, `id="villages"`, `id="counts"`, `id="what"`, `id="method"`, "ranking.csv")
}

func TestWomensAndMensListsLeadWhereTheyDisagree(t *testing.T) {
	s := newSite(t).ruled().apart()
	page := s.as(data.Staff).get(s.ranking("")).want(http.StatusOK, s.said("chart.sexes.differ")).honest()
	page.inOrder(`id="heard"`, `id="differ"`, lists, lists, `id="all"`, `id="firsts"`)
	if n := strings.Count(page.body, lists); n != 2 {
		t.Errorf("%d lists of women and men", n)
	}
	s.as(data.Staff).get(s.ranking("?sex=female")).want(http.StatusOK).honest().lacks(lists, `id="differ"`)
}

func TestTheFirstScreenSaysWhoWasMissingInWhichVillage(t *testing.T) {
	s := newSite(t).ruled()
	s.raises(0, youngWomen, 9, 8, 5)
	s.raises(0, youngMen, 8, 7, 4)
	s.live()
	missing := s.said("ranking.missing", "n", 1, "people", s.said("count.people", "n", 30))
	page := s.as(data.Staff).get(s.ranking("")).want(http.StatusOK, missing)
	page.inOrder(`id="heard"`, `id="missing"`, `href="#left-out"`, `id="all"`, `id="left-out"`)
}

// Whichever of the four groups is left out, water stays first; but what four groups
// say does not rule out that others would have put it second.
func TestPlacesAreSaidInWords(t *testing.T) {
	s := newSite(t).ruled().gathered()
	page := s.as(data.Staff).get(s.ranking("")).want(http.StatusOK, "“Drinking water” stays first whichever group is left out")
	row := regexp.MustCompile(`(?s)id="all".*?<tbody>\s*<tr.*?</tr>`).FindString(page.body)
	if !strings.Contains(row, "Drinking water") || !strings.Contains(row, s.said("ranking.places.top2")) {
		t.Errorf("the first row is %s", row)
	}
}

// What cannot be known is said in words: it is no zero, no NaN and no error.
func TestWhatIsUndefinedIsSaidInWords(t *testing.T) {
	noScheme := func(r *data.Round) { r.Scheme = data.Scheme{} }
	for name, c := range map[string]struct {
		speak  func(s *site)
		change []func(*data.Round)
		said   []string
		lacks  []string
	}{
		"nobody":           {said: []string{"ranking.empty"}, lacks: []string{`id="all"`, `id="again"`, `id="what"`}},
		"people, no votes": {speak: func(s *site) { s.raises(0, youngWomen, 9) }, said: []string{"ranking.empty"}, lacks: []string{`id="ladder"`}},
		"one group": {speak: func(s *site) { s.raises(0, youngWomen, 9, 8, 5) }, said: []string{"ranking.sure.reason.groups", "ranking.concord.groups", "ranking.side.none"},
			lacks: []string{`id="ladder"`, `id="again"`}},
		"one problem": {speak: func(s *site) { s.raises(0, youngWomen, 9, 8); s.raises(1, youngMen, 9, 8) }, said: []string{"ranking.sure.reason.problems"}, lacks: []string{`id="ladder"`, `id="again"`, `id="methods"`}},
		"all tied":    {speak: func(s *site) { s.raises(0, youngWomen, 9, 5, 5); s.raises(1, youngMen, 9, 5, 5) }, said: []string{"ranking.sure.tied", "ranking.winner.none"}},
		"only women": {speak: func(s *site) { s.raises(0, youngWomen, 9, 8, 5); s.raises(1, youngWomen, 9, 8, 5) }, said: []string{"ranking.side.none"},
			lacks: []string{`id="gaps"`, `id="differ"`}},
		"no scheme": {speak: func(s *site) { s.raises(0, "//", 9, 8, 5); s.raises(1, "//", 9, 7, 6) }, change: []func(*data.Round){noScheme}, lacks: []string{lists, `id="sexes"`, `id="gaps"`, `id="ages"`}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t).ruled(c.change...)
			if c.speak != nil {
				c.speak(s)
			}
			for _, view := range data.Views {
				page := s.as(data.Staff).get(s.ranking("?view=" + string(view))).want(http.StatusOK).honest()
				if view == data.People {
					for _, key := range c.said {
						page.want(http.StatusOK, s.said(key))
					}
					page.lacks(c.lacks...)
				}
			}
			s.as(data.Staff).get("rounds/"+s.round.ID.String()+"/projector").want(http.StatusOK, `class="slide"`).honest()
			s.as(data.Staff).get("rounds/" + s.round.ID.String() + "/ranking.pdf").want(http.StatusOK)
		})
	}
}

func TestASurveyIsRankedWithoutGroups(t *testing.T) {
	p := newPoll(t, 3)
	for i := range 24 {
		sex := data.Sexes[i%2]
		p.says(data.Response{Sex: sex, Band: "18-28", Answers: p.ranks("water", "road")})
	}
	page := func(more string) answer {
		return p.as(data.Staff).get("rounds/" + p.round.ID.String() + "/ranking?tier=all&source=" + p.survey.ID.String() + more).want(http.StatusOK).honest()
	}
	page("").want(http.StatusOK, "“water” comes first", p.said("ranking.sure.reason.alone"), p.said("ranking.method.about.survey")).
		lacks(`id="ladder"`, `id="again"`, `id="what"`, `id="gaps"`, "/projector", "ranking.pdf")
	page("&sex=female").want(http.StatusOK, "“water” comes first")
	p.says(data.Response{Sex: data.Female, Band: "61+", Answers: p.ranks("light")})
	page("&band=61%2B").want(http.StatusOK, p.said("ranking.reason.few", "least", 5)).lacks(`id="ranked"`, `id="firsts"`, "“light”")
}
