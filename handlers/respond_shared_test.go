package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ashar/data"
	forms "ashar/data/form"
)

// A phone goes from hand to hand on a plain connection, without scripts or
// cookies. What a server can do: no page may be kept, the filled form sent again
// leads to the receipt and changes nothing, and so does every address on the way.
func TestTheNextPersonOnASharedPhoneSeesNothing(t *testing.T) {
	site := newSite(t)
	survey := site.opens(site.form(false, forms.Question{Name: "a", Kind: forms.Text}, forms.Question{Name: "b", Kind: forms.Text}))
	p := site.phone()
	kept := func(a answer) answer {
		t.Helper()
		if is := a.header.Get("Cache-Control"); is != "no-store" {
			t.Errorf("a page may be kept: %q", is)
		}
		return a
	}
	one := kept(p.get("/s/" + surveyWord)).action()
	second := p.post(one, "a", "my own business").next()
	form := kept(p.get(second).want(http.StatusOK, "Question b"))
	kept(p.post(one, "a", strings.Repeat("x", forms.MaxText+1)).want(http.StatusUnprocessableEntity))
	two := form.action()
	first := strings.Replace(two, "/b?", "/a?", 1)
	kept(p.get(first).want(http.StatusOK, "my own business")) // nothing is sent yet
	receipt := p.post(two, "b", "nobody else's").next()
	code := kept(p.get(receipt)).receipt()

	for _, address := range []string{one, first, two} {
		for _, a := range []answer{p.post(address, "a", "other", "b", "words"), p.get(address)} {
			for a.status == http.StatusSeeOther {
				a = p.get(kept(a).header.Get("Location"))
			}
			if kept(a).receipt() != code || strings.Contains(a.body, "business") || strings.Contains(a.body, "nobody else") {
				t.Errorf("%s leads to %s", address, a.body)
			}
		}
	}
	if list := site.responses(survey); len(list) != 1 || list[0].Answers["a"].Text != "my own business" || list[0].Answers["b"].Text != "nobody else's" {
		t.Errorf("kept %+v", list)
	}
	kept(p.get("/s/"+surveyWord).want(http.StatusOK, "Question a")).lacks("business")
}

// Browsers heed what forget says only from those they trust; others are given a
// cookie that says nothing, for one second.
func TestForgettingLeavesNothingBehind(t *testing.T) {
	site := newSite(t)
	site.opens(site.short(), func(s *data.Survey) { s.Door = data.DoorOpen })
	p := site.phone()
	cookie := p.get("/s/" + surveyWord + "/forget").want(http.StatusNoContent).header.Get("Set-Cookie")
	if cookie != "ashar-forget=1; Path=/s/bulak; Max-Age=1; HttpOnly; SameSite=Strict" {
		t.Errorf("the cookie is %q", cookie)
	}
	site.server.URL = &url.URL{Scheme: "https", Host: "example.com"}
	a := p.get("/s/" + surveyWord + "/forget").want(http.StatusNoContent)
	if a.header.Get("Set-Cookie") != "" || a.header.Get("Clear-Site-Data") != `"cache"` {
		t.Errorf("%v", a.header)
	}
}
