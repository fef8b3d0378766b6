package handlers_test

import (
	"strings"
	"testing"

	"ashar/data"
)

func TestStoryEveryPageIsWholeInEveryLanguageOnAPhone(t *testing.T) {
	h := newHouse(t).lived()
	s := h.spoken()
	b := h.opens(t)
	b.size(360, 640)
	b.looks("sign-in")
	b.signIn(data.Administrator)
	session := "sessions/" + s.ID.String()
	pages := []string{"", "edit", "villages", "population", "audit", "rounds/new", "round", "round/edit", "round/problems", "round/sessions",
		"round/sessions/new", session, session + "/presence", session + "/list", session + "/record", session + "/record?problem=" + h.problems[0].ID.String(),
		session + "/notes", session + "/history", session + "/close", session + "/protocol", session + "/paper", session + "/blank", session + "/head", session + "/consent",
		"round/ranking", "round/ranking/rounds", "round/import", "problems/" + h.problems[0].ID.String()}
	for _, l := range h.words.All() {
		for _, page := range pages {
			b.speak(l.Code(), h.path(page))
			b.looks("phone-" + named(h, s, page))
		}
		for _, page := range []string{"/municipalities", "/accounts", "/accounts/new", "/starters", "/account"} {
			b.speak(l.Code(), page)
			b.looks("phone" + strings.ReplaceAll(page, "/", "-"))
		}
	}
}

func TestStoryEveryPageIsWholeOnAWideScreen(t *testing.T) {
	h := newHouse(t).lived()
	s := h.spoken()
	b := h.opens(t)
	b.size(1280, 900)
	b.looks("sign-in")
	b.signIn(data.Staff)
	for _, page := range []string{"", "villages", "population", "rounds/new", "round", "round/problems", "round/sessions", "round/import", "sessions/" + s.ID.String(), "sessions/" + s.ID.String() + "/protocol"} {
		b.open(h.path(page))
		b.looks("wide-" + named(h, s, page))
	}
}

// named is an address without its ids.
func named(h *house, s data.Session, page string) string {
	for _, p := range h.problems {
		page = strings.ReplaceAll(page, p.ID.String(), "one")
	}
	return strings.NewReplacer(s.ID.String(), "one", "?", "-", "=", "-").Replace(page)
}
