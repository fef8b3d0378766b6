package handlers

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/store"
)

// site is a server with a database of its own: a municipality with two
// villages, a round with problems, an account for each role.
type site struct {
	t        *testing.T
	store    *store.Store
	server   *Server
	handler  http.Handler
	now      time.Time // the clock of the server; zero is the real one
	home     data.Municipality
	villages []data.Village
	round    data.Round
	problems []data.Problem
	accounts map[data.Role]data.Account
}

// titles are problems as people in Ak-Muz named them.
var titles = []data.Text{
	{KY: "Таза суу", RU: "Питьевая вода", EN: "Drinking water"},
	{KY: "Ички жолдор", RU: "Внутренние дороги", EN: "Internal roads"},
	{KY: "Бала бакча", RU: "Детский сад", EN: "Kindergarten"},
	{KY: "Көчө жарыктандыруу", RU: "Уличное освещение", EN: "Street lighting"},
}

func newSite(t *testing.T) *site {
	t.Helper()
	ctx := context.Background()
	opened, err := store.Open(ctx, filepath.Join(t.TempDir(), "ashar.db"), Mint)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	s := &site{t: t, store: opened, accounts: map[data.Role]data.Account{}}
	s.server, err = New(Config{Store: opened, Key: make([]byte, 32), Zone: time.UTC, Now: s.clock, Mint: Mint,
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	s.must(err)
	s.handler, err = s.server.Handler()
	s.must(err)
	s.people(ctx)
	s.village(ctx)
	return s
}

func (s *site) clock() time.Time {
	if s.now.IsZero() {
		return time.Now()
	}
	return s.now
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// people are the municipality and its accounts.
func (s *site) people(ctx context.Context) {
	s.home = data.Municipality{ID: Mint(), Slug: "ak-muz", Name: data.Text{KY: "Ак-Муз", RU: "Ак-Муз", EN: "Ak-Muz"}, Created: s.clock()}
	s.must(s.store.AddMunicipality(ctx, s.home, data.Event{}))
	for _, role := range data.Roles {
		a := data.Account{ID: Mint(), Municipality: s.home.ID, Login: string(role), Name: "Айгүл Т.", Role: role, Active: true, Created: s.clock()}
		if role == data.Administrator {
			a.Municipality = data.ID{}
		}
		s.must(s.store.AddAccount(ctx, a, data.Event{}))
		s.accounts[role] = a
	}
}

// village is what the municipality has: villages, a round and its problems.
func (s *site) village(ctx context.Context) {
	for _, name := range []string{"Ак-Муз", "Терек-Суу"} {
		v := data.Village{ID: Mint(), Name: data.Text{KY: name}}
		s.must(s.store.SaveVillage(ctx, s.home.ID, v, data.Event{}))
		s.villages = append(s.villages, v)
	}
	s.round = data.Round{ID: Mint(), Name: "2027", Forms: data.Forms, Rule: data.Rule{View: data.People}, Created: s.clock(),
		Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}}}
	for _, title := range titles {
		s.problems = append(s.problems, data.Problem{ID: Mint(), Round: s.round.ID, Title: title, Created: s.clock()})
	}
	s.must(s.store.AddRound(ctx, s.home.ID, s.round, s.problems, data.Event{}))
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// has tells whether the page says something; text is compared as a reader sees
// it.
func (a answer) has(text string) bool { return strings.Contains(html.UnescapeString(a.body), text) }

// want fails the test unless the status is as said and every text is there.
func (a answer) want(status int, texts ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, wanted %d\n%s", a.status, status, a.body)
	}
	for _, text := range texts {
		if !a.has(text) {
			a.t.Fatalf("%q is not there\n%s", text, a.body)
		}
	}
	return a
}

// lacks fails the test if one of the texts is there.
func (a answer) lacks(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if a.has(text) {
			a.t.Fatalf("%q is there\n%s", text, a.body)
		}
	}
	return a
}

var hidden = regexp.MustCompile(`<input type="hidden" name="id" value="([0-9a-f-]{36})"`)

// id is the first ID that a form of the page gives to what it makes.
func (a answer) id() string {
	a.t.Helper()
	found := hidden.FindStringSubmatch(a.body)
	if found == nil {
		a.t.Fatalf("no form with an id\n%s", a.body)
	}
	return found[1]
}

// client is a browser that somebody is signed in with; it follows nothing.
type client struct {
	site   *site
	cookie *http.Cookie
	lang   string
	target string // what htmx redraws; empty is a browser without scripts
	packs  bool   // it takes gzip, and answers stay so
}

// as is a browser of the account with that role.
func (s *site) as(role data.Role) *client { return s.client(s.accounts[role]) }

// client signs an account in at the store, which is quicker than a password.
func (s *site) client(a data.Account) *client {
	s.t.Helper()
	token := Mint()
	now := s.clock()
	s.must(s.store.AddSignIn(context.Background(), store.SignIn{Hash: hashToken(token[:]), Account: a, Created: now, Seen: now, Values: []byte("{}")}, now.Add(-visitOldest)))
	encoded, err := s.server.visits.codec.Encode(s.server.visits.name, token[:])
	s.must(err)
	return &client{site: s, cookie: &http.Cookie{Name: s.server.visits.name, Value: encoded}, lang: "en"}
}

// htmx is the same browser asking for one element of its page, as htmx 4 does:
// section#pad.
func (c client) htmx(target string) *client {
	c.target = target
	return &c
}

// in is the same browser in another language.
func (c client) in(lang string) *client {
	c.lang = lang
	return &c
}

// packed is the same browser taking gzip.
func (c client) packed() *client {
	c.packs = true
	return &c
}

// get asks for a page, under the municipality's address where it does not begin
// with a slash.
func (c *client) get(path string) answer {
	c.site.t.Helper()
	return c.do(http.MethodGet, path, "")
}

// post sends a form: names and values in pairs.
func (c *client) post(path string, pairs ...string) answer {
	c.site.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return c.do(http.MethodPost, path, form.Encode())
}

func (c *client) do(method, path, body string) answer {
	c.site.t.Helper()
	if !strings.HasPrefix(path, "/") {
		path = "/" + c.site.home.Slug + "/" + path
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.cookie != nil {
		r.AddCookie(c.cookie)
	}
	r.AddCookie(&http.Cookie{Name: languageCookie, Value: c.lang})
	if c.target != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", c.target)
	}
	if c.packs {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	w := httptest.NewRecorder()
	c.site.handler.ServeHTTP(w, r)
	read, err := io.ReadAll(w.Result().Body)
	c.site.must(err)
	return answer{t: c.site.t, status: w.Code, header: w.Result().Header, body: string(read)}
}

// unpack is the answer to one who takes it packed.
func (a answer) unpack() answer {
	a.t.Helper()
	a.body = string(unpacked(a.t, []byte(a.body)))
	return a
}
