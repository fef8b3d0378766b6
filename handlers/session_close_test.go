package handlers

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

// hostile is what somebody may type to see whether the page runs it.
const hostile = `"><script>alert('суу')</script><img src=x onerror=alert(1)>`

func TestHostileTextIsInert(t *testing.T) {
	s := newSite(t)
	at := s.open(hands, "place", hostile, "facilitators", hostile)
	who := s.as(data.Staff)
	who.write(at, "presence.count", "group", youngWomen, "n", "5").want(http.StatusSeeOther)
	who.post(at+"/list", "id", Mint().String(), "title", hostile, "new", "1").want(http.StatusSeeOther)
	who.write(at, "quote.add", "group", youngWomen, "text", hostile).want(http.StatusSeeOther)
	who.write(at, "note.add", "text", hostile, "back", at+`/notes?x="><script>`).want(http.StatusSeeOther)
	for _, page := range []string{"", "/presence", "/list", "/list?title=" + `%22%3E%3Cscript%3E`, "/list?q=%22%3E%3Cscript%3E", "/notes", "/close", "/protocol", "/blank", "/history", "/head"} {
		body := who.get(at + page).want(http.StatusOK).body
		if strings.Contains(body, "<script>") || strings.Contains(body, "<img src=x") || inline.MatchString(body) {
			t.Errorf("%s runs what was typed", page)
		}
	}
	list := who.get("rounds/" + s.round.ID.String() + "/sessions").want(http.StatusOK).body
	if strings.Contains(list, "<script>") {
		t.Error("the list runs what was typed")
	}
}

// inline is what the content security policy would refuse.
var inline = regexp.MustCompile(`(?i)<[a-z][^>]*\s(style|on[a-z]+)\s*=\s*"`)

func TestNoteIsBlackedOutForEver(t *testing.T) {
	s := newSite(t)
	at, who, staff := s.met(), s.as(data.Facilitator), s.as(data.Staff)
	const words = "Асан байкенин кызы ооруп калды"
	who.write(at, "quote.add", "group", youngWomen, "text", words, "problem", s.problems[0].ID.String(), "back", at+"/notes").want(http.StatusSeeOther)
	who.get(at+"/notes").want(http.StatusOK, words, "Drinking water").lacks("/redact")
	who.write(at, "note.add", "text", "", "back", at+"/notes").want(http.StatusUnprocessableEntity, s.said("error.required"))
	target := redactTarget.FindStringSubmatch(staff.get(at + "/notes").want(http.StatusOK).body)
	if target == nil {
		t.Fatal("staff cannot black a note out")
	}
	who.post(at+"/redact", "target", target[1], "sure", "1").want(http.StatusForbidden)
	sure := staff.post(at+"/redact", "target", target[1]).want(http.StatusOK, words, `name="sure"`)
	who.get(at+"/notes").want(http.StatusOK, words) // asked is not done
	for range 2 {
		staff.post(at+"/redact", "id", sure.id(), "target", target[1], "sure", "1").want(http.StatusSeeOther)
	}
	for _, page := range []string{"/notes", "/history", "/protocol", "/close", "/record?problem=" + s.problems[0].ID.String()} {
		staff.get(at + page).want(http.StatusOK).lacks(words)
	}
	staff.get(at+"/notes").want(http.StatusOK, s.said("session.note.gone"))
	staff.post(at+"/redact", "target", Mint().String(), "sure", "1").want(http.StatusNotFound)
}

var redactTarget = regexp.MustCompile(`name="target" value="([0-9a-f-]{36})"`)

func TestClosedSessionStays(t *testing.T) {
	s := newSite(t)
	at, who, staff := s.met(), s.as(data.Facilitator), s.as(data.Staff)
	form := []string{"id", who.get(at+"/close").want(http.StatusOK, "Drinking water").id(), "text", "Баары макул"}
	for range 2 {
		who.post(at+"/close", form...).want(http.StatusSeeOther)
	}
	first := code(t, who.get(at+"/protocol").want(http.StatusOK, "Баары макул", `class="sign"`, "Drinking water").lacks(s.said("session.protocol.draft")))
	who.write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusConflict, s.said("session.closed.already"))
	who.post(at+"/list", "id", Mint().String(), "problem", s.problems[3].ID.String()).want(http.StatusConflict, s.said("session.closed.already"))
	who.get(at + "/presence").want(http.StatusOK).lacks(`class="plus"`)
	who.get(at).want(http.StatusOK, "/protocol").lacks("/reopen")

	who.post(at+"/reopen", "id", Mint().String(), "text", "ката").want(http.StatusForbidden)
	staff.post(at+"/reopen", "id", Mint().String()).want(http.StatusUnprocessableEntity, s.said("error.required"))
	staff.post(at+"/reopen", "id", Mint().String(), "text", "сан туура эмес").want(http.StatusSeeOther)
	staff.get(at+"/protocol").want(http.StatusOK, s.said("session.protocol.draft"))
	who.write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusSeeOther)
	who.post(at+"/close", "id", Mint().String()).want(http.StatusSeeOther)
	if second := code(t, who.get(at+"/protocol")); second == first {
		t.Errorf("the code %s stands for other numbers too", first)
	}
	who.get(at+"/history").want(http.StatusOK, "сан туура эмес", "Баары макул")
}

// code is the check code of a protocol.
func code(t *testing.T, protocol answer) string {
	t.Helper()
	found := checkCode.FindString(protocol.want(http.StatusOK).body)
	if found == "" {
		t.Fatalf("a protocol without its code\n%s", protocol.body)
	}
	return found
}

var checkCode = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{6}\b`)

func TestHeadIsPutRightWithAReason(t *testing.T) {
	s := newSite(t)
	at, staff := s.open(hands), s.as(data.Staff)
	right := func(reason, place string) []string {
		return []string{"id", Mint().String(), "village", s.villages[1].ID.String(), "place", place, "date", string(s.server.today()),
			"facilitators", "Айгүл Т.", "consent", noConsent, "text", reason}
	}
	staff.get(at+"/head").want(http.StatusOK, "Ак-Муз")
	staff.post(at+"/head", right("", "Клуб")...).want(http.StatusUnprocessableEntity, "Клуб", s.said("error.required"))
	form := right("башка айыл экен", "Клуб")
	for range 2 {
		staff.post(at+"/head", form...).want(http.StatusSeeOther)
	}
	staff.get(at+"/protocol").want(http.StatusOK, "Терек-Суу", "Клуб", "башка айыл экен")
	staff.get(at+"/history").want(http.StatusOK, "башка айыл экен")
	staff.get(at+"/head").want(http.StatusOK, "башка айыл экен")
	staff.post(at+"/head", right("дагы", "Клуб")...).want(http.StatusUnprocessableEntity, s.said("session.head.same"))
	s.as(data.Facilitator).get(at + "/head").want(http.StatusForbidden)
}

func TestOnlyAnEmptySessionIsDeleted(t *testing.T) {
	s := newSite(t)
	staff, list := s.as(data.Staff), "rounds/"+s.round.ID.String()+"/sessions"
	empty, met := s.open(hands), s.met()
	staff.get(empty).want(http.StatusOK, empty+"/delete")
	staff.get(met).want(http.StatusOK).lacks(met + "/delete")
	staff.post(met + "/delete").want(http.StatusConflict)
	staff.post(empty + "/delete").want(http.StatusSeeOther)
	staff.get(empty).want(http.StatusNotFound)

	staff.post(met + "/archive").want(http.StatusSeeOther)
	staff.get(list).want(http.StatusOK).lacks(met)
	staff.get(list+"?state=archived").want(http.StatusOK, met)
	staff.post(met+"/archive", "back", "1").want(http.StatusSeeOther)
	staff.get(list).want(http.StatusOK, met)
}

func TestImportedSessionIsOnlyLookedAt(t *testing.T) {
	s := newSite(t)
	session := data.Session{ID: Mint(), Round: s.round.ID, Village: s.villages[0].ID, Date: "2017-09-12", Form: data.Ballots, Import: Mint(), Created: s.clock()}
	s.must(s.store.OpenSession(context.Background(), s.home.ID, session, s.clock(), data.Event{}))
	at, staff := "/ak-muz/sessions/"+session.ID.String(), s.as(data.Staff)
	staff.get(at).want(http.StatusOK, s.said("session.imported.help")).lacks("data-hx-trigger=\"every", at+"/close")
	staff.write(at, "presence.add", "group", youngWomen, "n", "1").want(http.StatusForbidden)
	staff.post(at+"/close", "id", Mint().String()).want(http.StatusForbidden)
	staff.get(at + "/close").want(http.StatusNotFound)
	staff.get(at + "/presence").want(http.StatusOK).lacks(`class="plus"`)
}

func TestSessionPagesHaveTheirWords(t *testing.T) {
	s := newSite(t)
	staff, list := s.as(data.Staff), "/ak-muz/rounds/"+s.round.ID.String()+"/sessions"
	pages := []string{list, list + "/new", list + "?state=closed"}
	for _, form := range []string{hands, stones, "ballots", "pairs", "order", "scores"} {
		at := s.open(form)
		staff.write(at, "presence.count", "group", youngWomen, "n", "3").want(http.StatusSeeOther)
		for _, p := range s.problems[:3] {
			staff.write(at, "problem.offer", "problem", p.ID.String()).want(http.StatusSeeOther)
		}
		staff.write(at, "note.add", "text", "Кышында суу тоңот").want(http.StatusSeeOther)
		staff.write(at, "presence.count", "group", oldMen, "n", "2")
		staff.post(at+"/undo", "id", Mint().String()).want(http.StatusSeeOther)
		for _, page := range []string{"", "/presence", "/presence?type=" + youngWomen, "/list", "/list?title=Таза", "/notes", "/close", "/protocol", "/blank", "/history", "/head", "/consent"} {
			pages = append(pages, at+page)
		}
	}
	for _, l := range []string{"ky", "ru", "en"} {
		for _, page := range pages {
			if body := staff.in(l).get(page).want(http.StatusOK).body; strings.Contains(body, "⟦") {
				t.Errorf("%s in %s lacks %s", page, l, body[strings.Index(body, "⟦"):][:60])
			}
		}
	}
}
