package handlers

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

const (
	youngWomen = "female/18-28/"
	oldMen     = "male/61+/"
	teenGirls  = "female/14-17/"
)

var (
	liveAddress = regexp.MustCompile(`id="session-now" data-hx-get="([^"]+)"`)
	seenField   = regexp.MustCompile(`name="seen" value="([0-9a-f-]{36})"`)
)

// said is what the site says in English.
func (s *site) said(key string, args ...any) string {
	l, _ := s.server.words.Get("en")
	return l.T(key, args...)
}

// opening is the form that opens a session in the first village today.
func (s *site) opening(form string, more ...string) []string {
	return append(more, "id", Mint().String(), "village", s.villages[0].ID.String(), "date", string(s.server.today()),
		"facilitators", "Айгүл Т.", "form", form, "each", "3", "consent", noConsent)
}

// open opens such a session and returns its address.
func (s *site) open(form string, more ...string) string {
	s.t.Helper()
	kept := s.as(data.Facilitator).post("rounds/"+s.round.ID.String()+"/sessions", s.opening(form, more...)...).want(http.StatusSeeOther)
	return kept.header.Get("Location")
}

// write writes one thing down.
func (c *client) write(at, kind string, pairs ...string) answer {
	c.site.t.Helper()
	return c.post(at+"/entries", append(pairs, "id", Mint().String(), "kind", kind)...)
}

// met is a session of hands with people, two problems and votes.
func (s *site) met() string {
	s.t.Helper()
	at, who := s.open(hands), s.as(data.Facilitator)
	who.write(at, "presence.count", "group", youngWomen, "n", "5").want(http.StatusSeeOther)
	for i, votes := range []string{"4", "2"} {
		problem := s.problems[i].ID.String()
		who.write(at, "problem.offer", "problem", problem).want(http.StatusSeeOther)
		who.write(at, "tally.count", "problem", problem, "group", youngWomen, "n", votes).want(http.StatusSeeOther)
	}
	return at
}

func TestSessionIsOpenedOnce(t *testing.T) {
	s := newSite(t)
	who, list := s.as(data.Facilitator), "rounds/"+s.round.ID.String()+"/sessions"
	who.get(list).want(http.StatusOK, s.said("session.list.none"))
	who.get(list+"/new").want(http.StatusOK, string(s.server.today()))
	form := s.opening(hands, "place", "Мектеп")
	at := who.post(list, form...).want(http.StatusSeeOther).header.Get("Location")
	if again := who.post(list, form...).want(http.StatusSeeOther).header.Get("Location"); again != at {
		t.Errorf("the same form opened %s and %s", at, again)
	}
	sessions, err := s.store.Sessions(context.Background(), s.home.ID, s.round.ID)
	s.must(err)
	if len(sessions) != 1 {
		t.Fatalf("%d sessions", len(sessions))
	}
	who.get(list).want(http.StatusOK, at, "Мектеп", s.said("session.missing.people"), s.said("session.missing.votes"))
	who.get(at).want(http.StatusOK, at+"/presence", at+"/list", at+"/record", at+"/notes", at+"/close", s.said("session.heading.presence"))
}

func TestSessionThatCannotBeIsShownAgain(t *testing.T) {
	s := newSite(t)
	list := "rounds/" + s.round.ID.String() + "/sessions"
	for name, wrong := range map[string][]string{
		"no village":      {"village", ""},
		"another village": {"village", Mint().String()},
		"tomorrow":        {"date", string(data.Date(s.clock().AddDate(0, 0, 2).Format("2006-01-02")))},
		"no day":          {"date", "31.02.2027"},
		"no form":         {"form", ""},
		"no facilitator":  {"facilitators", ""},
		"no stones":       {"form", stones, "each", "0"},
		"unknown tag":     {"tag", "nobody"},
		"no answer":       {"consent", ""},
	} {
		t.Run(name, func(t *testing.T) {
			pairs := append(wrong, s.opening(hands, "place", "Клубдун залы")...)
			s.as(data.Facilitator).post(list, pairs...).want(http.StatusUnprocessableEntity, "Клубдун залы", "error")
		})
	}
}

func TestOverviewIsQuietUntilSomethingIsNew(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	live := liveAddress.FindStringSubmatch(who.get(at).want(http.StatusOK).body)
	if live == nil {
		t.Fatal("the overview does not look for news")
	}
	who.htmx("div#session-now").get(live[1]).want(http.StatusNoContent)
	s.as(data.Staff).write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	fresh := who.htmx("div#session-now").get(live[1]).want(http.StatusOK, s.said("count.people", "n", 1))
	if strings.Contains(fresh.body, "<html") || fresh.header.Get("X-Ashar-Fragment") != "session-now" {
		t.Error("more than the fragment came")
	}
}

func TestPresenceIsTappedAndTyped(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	pad := at + "/presence"
	who.get(pad).want(http.StatusOK, "type=female", "type=male")
	for range 2 {
		who.write(at, "presence.add", "group", youngWomen, "n", "1", "back", pad).want(http.StatusSeeOther)
	}
	who.write(at, "presence.add", "group", youngWomen, "n", "-1", "back", pad).want(http.StatusSeeOther)
	shown := who.get(pad).want(http.StatusOK, `name="group" value="female/18-28/"`, `>1</a>`)
	shown.lacks(`name="group" value="male/61+/"`) // nobody of them is here: they are folded
	typing := who.get(pad+"?type="+strings.ReplaceAll(oldMen, "+", "%2B")).want(http.StatusOK, `name="seen"`, `value="presence.count"`)
	kept := who.htmx("section#presence-pad").post(at+"/entries", "id", typing.id(), "kind", "presence.count", "group", oldMen, "n", "12", "back", pad)
	kept.want(http.StatusOK, `name="group" value="male/61+/"`, ">12</a>", ">13</output>").lacks("<html")
	who.write(at, "presence.count", "group", oldMen, "n", "много", "back", pad).want(http.StatusUnprocessableEntity, "много", s.said("error.number"))
}

func TestRecountThatMissedTapsIsPointedOut(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	who.write(at, "presence.add", "group", youngWomen, "n", "1")
	seen := seenField.FindStringSubmatch(who.get(at + "/presence?type=" + youngWomen).want(http.StatusOK).body)
	if seen == nil {
		t.Fatal("the recount does not say what it knows of")
	}
	s.as(data.Staff).write(at, "presence.add", "group", youngWomen, "n", "1")
	who.write(at, "presence.count", "group", youngWomen, "n", "7", "seen", seen[1])
	who.get(at).want(http.StatusOK, s.said("session.unsure.look"), s.said("count.people", "n", 8))
}

func TestPeopleUnderEighteenWantAConsent(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	who.write(at, "presence.add", "group", teenGirls, "n", "1", "back", at+"/presence").want(http.StatusUnprocessableEntity, s.said("session.consent.missing"))
	s.as(data.Staff).post(at+"/head", "id", Mint().String(), "village", s.villages[0].ID.String(), "date", string(s.server.today()),
		"facilitators", "Айгүл Т.", "consent", "school", "text", "мектеп уруксат берди").want(http.StatusSeeOther)
	who.write(at, "presence.add", "group", teenGirls, "n", "1", "back", at+"/presence").want(http.StatusSeeOther)
	who.get(at+"/protocol").want(http.StatusOK, s.said("session.consent.school"), "мектеп уруксат берди")
}

func TestAlikeTitleIsAskedAbout(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator).in("ky")
	list := at + "/list"
	asked := who.post(list, "id", Mint().String(), "title", "таза су").want(http.StatusUnprocessableEntity, "Таза суу", `name="new"`, `value="таза су"`)
	asked.want(http.StatusUnprocessableEntity, `name="use" value="`+s.problems[0].ID.String()+`"`)
	who.htmx("div#list-alike").get(list+"?title=ички+жолдор").want(http.StatusOK, "Ички жолдор").lacks("<html", "Бала бакча")

	who.post(list, "id", Mint().String(), "title", "таза су", "use", s.problems[0].ID.String()).want(http.StatusSeeOther)
	form := []string{"id", Mint().String(), "title", "Таза сууну тазалоо", "new", "1"}
	who.post(list, form...).want(http.StatusSeeOther)
	who.post(list, form...).want(http.StatusSeeOther)
	who.post(list, "id", Mint().String(), "problem", s.problems[1].ID.String(), "problem", s.problems[2].ID.String()).want(http.StatusSeeOther)
	problems, err := s.store.Problems(context.Background(), s.home.ID, s.round.ID)
	s.must(err)
	if len(problems) != len(titles)+1 {
		t.Errorf("%d problems, one was new", len(problems))
	}
	who.get(list).want(http.StatusOK, "Таза сууну тазалоо", `name="off" value="`+s.problems[2].ID.String()+`"`)
	who.get(at).want(http.StatusOK, "4 көйгөй")
	who.post(list, "id", Mint().String(), "off", s.problems[2].ID.String()).want(http.StatusSeeOther)
	who.get(at).want(http.StatusOK, "3 көйгөй")
	who.post(list, "id", Mint().String()).want(http.StatusUnprocessableEntity)
}

func TestSpokenOfProblemStaysOnTheList(t *testing.T) {
	s := newSite(t)
	at, who := s.met(), s.as(data.Facilitator)
	off := s.problems[0].ID.String()
	who.get(at+"/list").want(http.StatusOK, "Drinking water").lacks(`name="off" value="` + off + `"`)
	who.post(at+"/list", "id", Mint().String(), "off", off).want(http.StatusConflict, s.said("session.list.spoken"))
	who.get(at+"/list").want(http.StatusOK, "Drinking water")
}

func TestProblemOfAnotherRoundIsNotListed(t *testing.T) {
	s := newSite(t)
	at := s.open(hands)
	s.as(data.Facilitator).post(at+"/list", "id", Mint().String(), "problem", Mint().String()).want(http.StatusUnprocessableEntity)
	s.as(data.Facilitator).get(at).want(http.StatusOK, s.said("count.problems", "n", 0))
}

func TestUndoTakesBackOnesOwnLast(t *testing.T) {
	s := newSite(t)
	at, who := s.open(hands), s.as(data.Facilitator)
	pad := at + "/presence"
	who.write(at, "presence.count", "group", youngWomen, "n", "3")
	who.write(at, "presence.count", "group", youngWomen, "n", "9")
	s.as(data.Staff).write(at, "presence.count", "group", oldMen, "n", "4")
	form := []string{"id", Mint().String(), "back", pad}
	for range 2 { // the second is the same form again
		to := who.post(at+"/undo", form...).want(http.StatusSeeOther).header.Get("Location")
		who.get(to).want(http.StatusOK, ">3</a>", ">4</a>", `role="status"`)
	}
	who.get(at+"/history").want(http.StatusOK, "<del>")
	who.post(at+"/undo", "id", Mint().String(), "back", pad).want(http.StatusSeeOther)
	who.post(at+"/undo", "id", Mint().String(), "back", pad).want(http.StatusConflict, s.said("session.undo.nothing"))
	who.post(at+"/undo", "id", Mint().String(), "back", "https://elsewhere.example/").want(http.StatusConflict)
	s.as(data.Staff).get(pad).want(http.StatusOK, ">4</a>")
}

func TestFormsComeBackToTheirOwnSession(t *testing.T) {
	s := newSite(t)
	at, who := s.met(), s.as(data.Facilitator)
	for _, other := range []string{"//elsewhere.example", "/ak-muz/sessions/" + Mint().String(), at + "x"} {
		if to := who.write(at, "note.add", "text", "суук", "back", other).want(http.StatusSeeOther).header.Get("Location"); to != at {
			t.Errorf("back to %s leads to %s", other, to)
		}
	}
	who.get("sessions/" + Mint().String()).want(http.StatusNotFound)
}
