package handlers

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

const youngMen = "male/18-28/"

// sheet is what a session says now.
func (s *site) sheet(at string) *data.Sheet {
	s.t.Helper()
	session := s.sessionAt(at)
	sheet, err := data.Fold(session, s.store.Entries(context.Background(), s.home.ID, session))
	s.must(err)
	return sheet
}

func (s *site) sessionAt(at string) data.Session {
	s.t.Helper()
	id, err := data.ParseID(at[strings.LastIndex(at, "/")+1:])
	s.must(err)
	session, err := s.store.Session(context.Background(), s.home.ID, id)
	s.must(err)
	return session
}

// votes are a group's for a problem.
func (s *site) votes(at, group string, problem int) int {
	s.t.Helper()
	g, _ := parseGroup(group)
	return s.sheet(at).Votes(g, s.problems[problem].ID).N
}

// held is a session with five young women and three young men and all problems
// on its list.
func (s *site) held(form string, more ...string) string {
	s.t.Helper()
	at, who := s.open(form, more...), s.as(data.Facilitator)
	who.write(at, "presence.count", "group", youngWomen, "n", "5").want(http.StatusSeeOther)
	who.write(at, "presence.count", "group", youngMen, "n", "3").want(http.StatusSeeOther)
	for i := range s.problems {
		who.write(at, "problem.offer", "problem", s.problem(i)).want(http.StatusSeeOther)
	}
	return at
}

func (s *site) problem(i int) string { return s.problems[i].ID.String() }

// pad is the screen of a problem.
func (s *site) pad(at string, problem int) string {
	return at + "/record?problem=" + s.problem(problem)
}

func TestTapCountsOnceHoweverOftenItIsSent(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	tap := []string{"kind", "tally.add", "id", Mint().String(), "problem", s.problem(0), "group", youngWomen, "n", "1", "back", s.pad(at, 0)}
	for range 3 {
		if kept := who.post(at+"/entries", tap...).want(http.StatusSeeOther); kept.header.Get("Location") != s.pad(at, 0) {
			t.Errorf("goes on to %s", kept.header.Get("Location"))
		}
	}
	if n := s.votes(at, youngWomen, 0); n != 1 {
		t.Errorf("%d votes of one tap", n)
	}
	other := append(tap[:len(tap)-4:len(tap)-4], "n", "-1", "back", s.pad(at, 0))
	who.post(at+"/entries", other...).want(http.StatusConflict, s.said("entry.conflict"))
	if n := s.votes(at, youngWomen, 0); n != 1 {
		t.Errorf("%d votes after another tap of the same name", n)
	}
}

func TestTapIsAnsweredWithThePadAlone(t *testing.T) {
	s := newSite(t)
	at := s.held(hands)
	answer := s.as(data.Facilitator).htmx("section#pad").write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1", "back", s.pad(at, 0))
	answer.want(http.StatusOK, `<section class="pad" id="pad"`, ">1</a>").lacks("<html", "<h1")
	if got := answer.header.Get("X-Ashar-Fragment"); got != "pad" {
		t.Errorf("the fragment is %q", got)
	}
}

var polled = regexp.MustCompile(`data-hx-get="([^"]+stamp=[^"]+)"`)

// poll is the address where the first live part of a page asks for news.
func (a answer) poll() string {
	a.t.Helper()
	found := polled.FindStringSubmatch(a.body)
	if found == nil {
		a.t.Fatalf("nothing asks for news\n%s", a.body)
	}
	return strings.ReplaceAll(found[1], "&amp;", "&")
}

func TestTwoPeopleSeeEachOther(t *testing.T) {
	s := newSite(t)
	at, one, other := s.held(hands), s.as(data.Facilitator), s.as(data.Staff)
	poll := one.get(s.pad(at, 0)).want(http.StatusOK).poll()
	one.htmx("section#pad").get(poll).want(http.StatusNoContent)
	other.write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	one.write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	news := one.htmx("section#pad").get(poll).want(http.StatusOK, ">2</a>").lacks("<html")
	one.htmx("section#pad").get(news.poll()).want(http.StatusNoContent)
}

func TestTapsOnAnOldPageOutliveARecountThatHadNotSeenThem(t *testing.T) {
	s := newSite(t)
	at, one, other := s.held(hands), s.as(data.Facilitator), s.as(data.Staff)
	old := one.get(s.pad(at, 0)).want(http.StatusOK)
	other.write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	typing := other.get(s.pad(at, 0)+"&type="+youngWomen).want(http.StatusOK, `name="seen"`)
	seen := regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(typing.body)[1]
	other.write(at, "tally.count", "problem", s.problem(0), "group", youngWomen, "n", "3", "seen", seen).want(http.StatusSeeOther)
	one.post(at+"/entries", "id", old.id(), "kind", "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	if n := s.votes(at, youngWomen, 0); n != 4 {
		t.Errorf("%d votes: three were counted, and one more tapped", n)
	}
}

func TestClosedSessionTakesNothingMore(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	kept := []string{"kind", "tally.add", "id", Mint().String(), "problem", s.problem(0), "group", youngWomen, "n", "1", "back", s.pad(at, 0)}
	who.post(at+"/entries", kept...).want(http.StatusSeeOther)
	session := s.sessionAt(at)
	s.must(s.store.AddEntries(context.Background(), s.home.ID, session, []data.Entry{{ID: Mint(), Session: session.ID, Kind: data.Close}}))
	who.post(at+"/entries", kept...).want(http.StatusSeeOther) // the answer it did not hear
	late := []string{"problem", s.problem(0), "group", youngWomen, "n", "1", "back", s.pad(at, 0)}
	who.write(at, "tally.add", late...).want(http.StatusConflict, s.said("session.closed.already"), "<html")
	fragment := who.htmx("section#pad").write(at, "tally.add", late...).want(http.StatusConflict, s.said("session.closed.already"))
	if fragment.lacks("<html", "<button").header.Get("X-Ashar-Fragment") != "pad" {
		t.Error("the refusal is no fragment of the pad")
	}
	if n := s.votes(at, youngWomen, 0); n != 1 {
		t.Errorf("%d votes", n)
	}
}

func TestMoreVotesThanPeopleWantAReason(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	over := s.said("session.over.votes", "group", "Men, 18–28 years", "title", s.problems[0].Title.EN, "votes", 4, "n", 3)
	page := who.write(at, "tally.count", "problem", s.problem(0), "group", youngMen, "n", "4").want(http.StatusSeeOther)
	page = who.get(s.pad(at, 0)).want(http.StatusOK, over, s.said("over.keep"))
	explain := []string{"problem", s.problem(0), "group", youngMen, "n", "4", "back", s.pad(at, 0)}
	who.write(at, "tally.explain", append(explain, "text", " ")...).want(http.StatusUnprocessableEntity, s.said("error.required"), `id="f-text"`)
	who.write(at, "tally.explain", append(explain, "text", "Бирөө кеч келди <b>")...).want(http.StatusSeeOther)
	page = who.get(s.pad(at, 0)).want(http.StatusOK, s.said("session.over.reason", "reason", "Бирөө кеч келди <b>")).lacks(over)
	if strings.Contains(page.body, "келди <b>") {
		t.Error("the reason is not escaped")
	}
	overs := s.sheet(at).Overs()
	if len(overs) != 1 || overs[0].Reason == "" {
		t.Errorf("overs %v", overs)
	}
	who.write(at, "tally.add", "problem", s.problem(0), "group", youngMen, "n", "1").want(http.StatusSeeOther)
	who.get(s.pad(at, 0)).want(http.StatusOK, s.said("over.keep")) // the reason was for four
}

func TestStonesThatAreLeftAreCounted(t *testing.T) {
	s := newSite(t)
	at, who := s.held(stones), s.as(data.Facilitator) // three for each
	who.write(at, "tally.count", "problem", s.problem(0), "group", youngMen, "n", "3").want(http.StatusSeeOther)
	who.write(at, "tally.count", "problem", s.problem(1), "group", youngMen, "n", "2").want(http.StatusSeeOther)
	who.get(s.pad(at, 0)).want(http.StatusOK, s.said("tally.stones.left", "n", 4), s.said("tally.stones.left", "n", 15), s.said("tally.ask.stones", "n", 3))
	for _, p := range []int{1, 2, 3} {
		who.write(at, "tally.count", "problem", s.problem(p), "group", youngMen, "n", "3").want(http.StatusSeeOther)
	}
	who.get(s.pad(at, 0)).want(http.StatusOK, s.said("tally.stones.over", "n", 3),
		s.said("session.over.stones", "group", "Men, 18–28 years", "votes", 12, "n", 9))
}

func TestNumberThatIsNoneIsAskedForAgain(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	for typed, key := range map[string]string{"": "error.required", "сегиз": "error.number", "-3": "error.range"} {
		page := who.write(at, "tally.count", "problem", s.problem(0), "group", youngWomen, "n", typed, "back", s.pad(at, 0))
		page.want(http.StatusUnprocessableEntity, `id="f-n" name="n" value="`+typed+`"`)
		if text := s.said(key, "min", 0, "max", data.MaxCount); !page.has(text) {
			t.Errorf("%q: no %q", typed, text)
		}
	}
	if got := s.sheet(at).Entries; got != 2+len(s.problems) {
		t.Errorf("%d entries", got)
	}
}

func TestPadGoesFromProblemToProblem(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	who.write(at, "tally.count", "problem", s.problem(1), "group", youngWomen, "n", "4").want(http.StatusSeeOther)
	who.write(at, "quote.add", "problem", s.problem(1), "group", youngWomen, "text", "Көпүрө <script>alert(1)</script> сынды").want(http.StatusSeeOther)
	page := who.get(s.pad(at, 1)).want(http.StatusOK, ">4</output>", s.said("tally.of", "n", 8), `rel="prev"`, `rel="next"`, "Көпүрө <script>")
	if strings.Contains(page.body, "<script>alert") {
		t.Error("a quote runs")
	}
	who.get(s.pad(at, 0)).lacks(`rel="prev"`)
	who.get(s.pad(at, len(s.problems)-1)).lacks(`rel="next"`)
	who.get(at+"/record").want(http.StatusOK, s.said("tally.heading.hands", "n", 4, "done", 1, "of", len(s.problems)), s.said("record.of", "k", 4, "n", 8))
	who.get(s.pad(at, 1)+"&all=1").want(http.StatusOK, "Women, 29–45 years", s.said("tally.others.hide"))
	who.get(s.pad(at, 1)).lacks("Women, 29–45 years")
}

func TestScreensSayWhatToDoFirst(t *testing.T) {
	s := newSite(t)
	who := s.as(data.Facilitator)
	for _, form := range []string{hands, stones, "ballots", "pairs", "order", "scores"} {
		at := s.open(form)
		who.get(at+"/record").want(http.StatusOK, s.said("record.no_problems"), at+"/list")
		who.write(at, "problem.offer", "problem", s.problem(0)).want(http.StatusSeeOther)
		who.write(at, "problem.offer", "problem", s.problem(1)).want(http.StatusSeeOther)
		page := who.get(at + "/record").want(http.StatusOK)
		if form == "pairs" || form == "order" {
			continue // the group speaks with one voice, counted or not
		}
		page.want(http.StatusOK, s.said("record.nobody"), at+"/presence")
	}
}

func TestKindsWithADoorOfTheirOwnAreRefused(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Staff)
	note := Mint().String()
	who.post(at+"/entries", "id", note, "kind", "note.add", "text", "Айша эже айтты").want(http.StatusSeeOther)
	before := s.sheet(at).Entries
	for _, kind := range []string{"session.close", "session.reopen", "session.header", "note.redact", "nonsense", ""} {
		who.write(at, kind, "target", note, "field", "place", "value", "x", "text", "y").want(http.StatusUnprocessableEntity)
	}
	for _, kind := range []string{"ballot.cast", "pair.compare", "order.agree"} {
		who.write(at, kind, "group", youngWomen, "problem", s.problem(0), "other", s.problem(1), "n", "1", "place."+s.problem(0), "1").
			want(http.StatusUnprocessableEntity, s.said("entry.form.other"))
	}
	who.write(at, "entry.void", "target", Mint().String()).want(http.StatusUnprocessableEntity)
	if after := s.sheet(at).Entries; after != before {
		t.Errorf("%d entries were written", after-before)
	}
}

func TestEntryNamesWhatItsRoundKnows(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	other := s.round
	other.ID, other.Name = Mint(), "2028"
	foreign := data.Problem{ID: Mint(), Round: other.ID, Title: data.Text{KY: "Башка"}}
	s.must(s.store.AddRound(context.Background(), s.home.ID, other, []data.Problem{foreign}, data.Event{}))
	for _, problem := range []string{foreign.ID.String(), Mint().String(), "x", ""} {
		who.write(at, "tally.add", "problem", problem, "group", youngWomen, "n", "1").want(http.StatusUnprocessableEntity)
	}
	for _, group := range []string{"female/19-20/", "other/18-28/", "female", "female/18-28/poor"} {
		who.write(at, "tally.add", "problem", s.problem(0), "group", group, "n", "1").want(http.StatusUnprocessableEntity)
	}
	late := data.Problem{ID: Mint(), Round: s.round.ID, Title: data.Text{KY: "Жаңы"}}
	s.must(s.store.AddProblems(context.Background(), s.home.ID, []data.Problem{late}, data.Event{}))
	who.write(at, "tally.add", "problem", late.ID.String(), "group", youngWomen, "n", "1").want(http.StatusSeeOther)
}

func TestEntriesComeBackOnlyToTheirSession(t *testing.T) {
	s := newSite(t)
	at, who := s.held(hands), s.as(data.Facilitator)
	for _, back := range []string{"https://elsewhere.example/", "//elsewhere.example", "/accounts", "/ak-muz/sessions/" + Mint().String(), "javascript:alert(1)"} {
		kept := who.write(at, "tally.add", "problem", s.problem(0), "group", youngWomen, "n", "1", "back", back).want(http.StatusSeeOther)
		if to := kept.header.Get("Location"); to != at {
			t.Errorf("%s leads to %s", back, to)
		}
	}
}

func TestImportedSessionIsNotWrittenByHand(t *testing.T) {
	s := newSite(t)
	session := data.Session{ID: Mint(), Round: s.round.ID, Village: s.villages[0].ID, Date: s.server.today(), Form: data.Ballots, Import: Mint(), Closed: true}
	s.must(s.store.OpenSession(context.Background(), s.home.ID, session, s.clock(), data.Event{}))
	at, who := "/ak-muz/sessions/"+session.ID.String(), s.as(data.Staff)
	who.write(at, "problem.offer", "problem", s.problem(0)).want(http.StatusForbidden)
	who.post(at+"/paper", "id", Mint().String(), "seen", data.ID{}.String()).want(http.StatusForbidden)
	who.get(at+"/record").want(http.StatusOK, s.said("record.imported")).lacks(`action="` + at + `/entries"`)
}

// query is an address with parameters.
func query(at string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return at + "?" + q.Encode()
}
