package handlers

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

// doors says for every route who may come in: a for administrators, s for
// staff, f for facilitators, o for observers, * for everybody. A route that is
// missing here fails the test.
var doors = map[string]string{
	"GET /healthz": "*", "GET /readyz": "*", "GET /favicon.ico": "*", "GET /robots.txt": "*", "GET /language/:code": "*", "GET /": "*",
	"GET /sign-in": "*", "POST /sign-in": "*", "POST /sign-out": "*",
	"GET /set-up/:token": "*", "POST /set-up/:token": "*", "GET /reset/:token": "*", "POST /reset/:token": "*",
	"GET /account": "asfo", "POST /account/password": "asfo", "POST /account/devices": "asfo",

	"GET /accounts": "as", "GET /accounts/new": "as", "POST /accounts": "as",
	"GET /accounts/:id": "as", "POST /accounts/:id": "as", "POST /accounts/:id/link": "as",
	"GET /starters": "a", "POST /starters": "a", "GET /audit": "a",
	"GET /municipalities": "a", "POST /municipalities": "a",

	"GET /:municipality": "asfo", "GET /:municipality/edit": "a", "POST /:municipality/edit": "a",
	"POST /:municipality/archive": "a", "POST /:municipality/delete": "a",
	"GET /:municipality/villages": "as", "POST /:municipality/villages": "as", "POST /:municipality/villages/:id/delete": "as",
	"GET /:municipality/population": "as", "POST /:municipality/population": "as", "GET /:municipality/audit": "as",

	"GET /:municipality/rounds/new": "as", "POST /:municipality/rounds": "as", "GET /:municipality/rounds/:id": "asfo",
	"GET /:municipality/rounds/:id/edit": "as", "POST /:municipality/rounds/:id/edit": "as", "POST /:municipality/rounds/:id/copy": "as",
	"POST /:municipality/rounds/:id/archive": "as", "POST /:municipality/rounds/:id/delete": "as",

	"GET /:municipality/rounds/:id/problems": "asf", "POST /:municipality/rounds/:id/problems": "asf",
	"POST /:municipality/rounds/:id/problems/starters": "as", "GET /:municipality/problems/:id": "asf",
	"POST /:municipality/problems/:id": "as", "POST /:municipality/problems/:id/merge": "as", "POST /:municipality/problems/:id/split": "as",

	"GET /:municipality/rounds/:id/sessions": "asf", "GET /:municipality/rounds/:id/sessions/new": "asf", "POST /:municipality/rounds/:id/sessions": "asf",
	"GET /:municipality/sessions/:id": "asf", "GET /:municipality/sessions/:id/presence": "asf",
	"GET /:municipality/sessions/:id/list": "asf", "POST /:municipality/sessions/:id/list": "asf",
	"GET /:municipality/sessions/:id/record": "asf", "GET /:municipality/sessions/:id/notes": "asf",
	"POST /:municipality/sessions/:id/entries": "asf", "POST /:municipality/sessions/:id/undo": "asf",
	"POST /:municipality/sessions/:id/redact": "as",
	"GET /:municipality/sessions/:id/paper":   "as", "POST /:municipality/sessions/:id/paper": "as",
	"GET /:municipality/sessions/:id/blank": "asf", "GET /:municipality/sessions/:id/protocol": "asf", "GET /:municipality/sessions/:id/history": "asf",
	"GET /:municipality/sessions/:id/close": "asf", "POST /:municipality/sessions/:id/close": "asf",
	"GET /:municipality/sessions/:id/consent": "asf", "POST /:municipality/sessions/:id/consent": "asf",
	"POST /:municipality/sessions/:id/reopen": "as", "GET /:municipality/sessions/:id/head": "as", "POST /:municipality/sessions/:id/head": "as",
	"POST /:municipality/sessions/:id/archive": "as", "POST /:municipality/sessions/:id/delete": "as",

	"GET /:municipality/rounds/:id/ranking": "aso", "GET /:municipality/rounds/:id/ranking.json": "aso",
	"GET /:municipality/rounds/:id/ranking.csv": "aso", "GET /:municipality/rounds/:id/ranking.xlsx": "aso",
	"GET /:municipality/rounds/:id/ranking.pdf": "aso", "GET /:municipality/rounds/:id/projector": "aso", "GET /:municipality/rounds/:id/ranking/rounds": "aso",
	"GET /:municipality/rounds/:id/import": "as", "POST /:municipality/rounds/:id/import": "as",
	"GET /:municipality/imports/:id": "as", "POST /:municipality/imports/:id/bring": "as", "POST /:municipality/imports/:id/undo": "as",
	"GET /:municipality/rounds/:id/surveys": "asfo", "GET /:municipality/rounds/:id/surveys/new": "as", "POST /:municipality/rounds/:id/surveys": "as",
	"GET /:municipality/surveys/:id": "aso", "GET /:municipality/surveys/:id/edit": "as", "POST /:municipality/surveys/:id/edit": "as",
	"GET /:municipality/surveys/:id/targets": "as", "POST /:municipality/surveys/:id/targets": "as",
	"POST /:municipality/surveys/:id/open": "as", "POST /:municipality/surveys/:id/close": "as", "POST /:municipality/surveys/:id/archive": "as",
	"POST /:municipality/surveys/:id/delete": "as", "GET /:municipality/surveys/:id/purge": "as", "POST /:municipality/surveys/:id/purge": "as",
	"GET /:municipality/surveys/:id/build": "as", "POST /:municipality/surveys/:id/build": "as",
	"GET /:municipality/surveys/:id/frame": "as", "POST /:municipality/surveys/:id/frame": "as", "POST /:municipality/surveys/:id/questions": "as",
	"GET /:municipality/surveys/:id/questions/:question": "as", "POST /:municipality/surveys/:id/questions/:question": "as",
	"GET /:municipality/surveys/:id/questions/:question/delete": "as", "POST /:municipality/surveys/:id/questions/:question/delete": "as",
	"GET /:municipality/surveys/:id/translate": "as", "POST /:municipality/surveys/:id/translate": "as",
	"GET /:municipality/surveys/:id/try": "as", "POST /:municipality/surveys/:id/try": "as",

	"GET /:municipality/surveys/:id/results": "aso", "GET /:municipality/surveys/:id/review": "as", "POST /:municipality/surveys/:id/review": "as",
	"GET /:municipality/surveys/:id/answers": "as", "POST /:municipality/surveys/:id/answers": "as", "GET /:municipality/surveys/:id/export/:file": "as",
	"GET /s/:word/sheet/:sheet": "*", "GET /:municipality/surveys/:id/poster": "as",
	"GET /:municipality/surveys/:id/codes": "as", "POST /:municipality/surveys/:id/codes": "as", "POST /:municipality/surveys/:id/codes/void": "as",
	"GET /:municipality/surveys/:id/paper": "as", "POST /:municipality/surveys/:id/paper": "as", "GET /:municipality/surveys/:id/paper/:printing": "as",
	"GET /:municipality/surveys/:id/entry": "asf", "GET /:municipality/surveys/:id/entry/:sheet": "asf",
	"GET /:municipality/sessions/:id/paper/second": "as", "POST /:municipality/sessions/:id/paper/second": "as", "POST /:municipality/sessions/:id/paper/settle": "as",
	"POST /:municipality/surveys/:id/entry/:sheet": "asf", "POST /:municipality/surveys/:id/entry/:sheet/settle": "asf",
	"GET /:municipality/rounds/:id/ballots.pb": "as", "GET /:municipality/rounds/:id/ballots.csv": "as",
}

var letters = map[data.Role]string{data.Administrator: "a", data.Staff: "s", data.Facilitator: "f", data.Observer: "o"}

// address is a route with the slug of a municipality and IDs that lead nowhere.
func address(path, slug string) string {
	return strings.NewReplacer(":municipality", slug, ":id", Mint().String(), ":token", "none", ":code", "ky").Replace(path)
}

func TestEveryRouteLetsInWhomItShould(t *testing.T) {
	site := newSite(t)
	for _, r := range site.server.routes() {
		name := r.method + " " + r.path
		open, ok := doors[name]
		if !ok {
			t.Errorf("%s is not in the table", name)
			continue
		}
		for _, role := range append(slices.Clone(data.Roles), "") {
			who := &client{site: site, lang: "en"}
			if role != "" {
				who = site.as(role)
			}
			a := who.do(r.method, address(r.path, site.home.Slug), "")
			in := a.status != http.StatusForbidden && a.status != http.StatusUnauthorized && !strings.HasPrefix(a.header.Get("Location"), "/sign-in?")
			if want := open == "*" || role != "" && strings.Contains(open, letters[role]); in != want {
				t.Errorf("%s as %q: let in %v, wanted %v (status %d)", name, role, in, want, a.status)
			}
		}
	}
}

// plainly is a page without the addresses in it, which are the asker's own.
func plainly(body string) string { return addresses.ReplaceAllString(body, "") }

var addresses = regexp.MustCompile(`(href|action)="[^"]*"`)

func TestAnotherMunicipalityLooksMissing(t *testing.T) {
	site := newSite(t)
	other := data.Municipality{ID: Mint(), Slug: "kok-jar", Name: data.Text{KY: "Көк-Жар"}, Created: site.clock()}
	site.must(site.store.AddMunicipality(context.Background(), other, data.Event{}))
	for _, r := range site.server.routes() {
		if !strings.HasPrefix(r.path, "/:municipality") {
			continue
		}
		for _, role := range []data.Role{data.Staff, data.Facilitator, data.Observer} {
			who := site.as(role)
			id := Mint().String()
			foreign := who.do(r.method, strings.Replace(address(r.path, other.Slug), ":id", id, 1), "")
			missing := who.do(r.method, strings.Replace(address(r.path, "there-is-none"), ":id", id, 1), "")
			if foreign.status != http.StatusNotFound || plainly(foreign.body) != plainly(missing.body) {
				t.Errorf("%s %s as %s: status %d; it must look like one that does not exist", r.method, r.path, role, foreign.status)
			}
		}
	}
}
