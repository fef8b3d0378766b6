package handlers_test

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/store"
	"ashar/data/storetest"
	"ashar/handlers"
	"ashar/templates/lang"
)

// house is a whole server that listens, with a database of its own: what a
// browser finds when a municipality has just been set up.
type house struct {
	t        *testing.T
	store    *store.Store
	server   *handlers.Server
	ahead    atomic.Int64 // by how much its clock is ahead of ours
	url      string
	road     *road
	words    lang.Set
	home     data.Municipality
	villages []data.Village
	round    data.Round
	problems []data.Problem
	accounts map[data.Role]data.Account
}

// password is everybody's in these stories; hashing it takes a while, so it is
// done once.
const password = "тоо суу жол бак 2027"

var hashed = sync.OnceValue(func() string { return handlers.HashPassword(password) })

// newHouse is a server on SQLite with nobody and nothing in it.
func newHouse(t *testing.T) *house {
	t.Helper()
	return houseOn(t, storetest.File(t))
}

func houseOn(t *testing.T, place string) *house {
	t.Helper()
	opened, err := store.Open(t.Context(), place, handlers.Mint)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: opened, accounts: map[data.Role]data.Account{}}
	server, err := handlers.New(handlers.Config{Store: opened, Key: make([]byte, 32), Zone: time.UTC, Now: h.now, Mint: handlers.Mint,
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	h.must(err)
	h.server = server
	handler, err := server.Handler()
	h.must(err)
	h.road = &road{to: handler}
	listening := httptest.NewServer(h.road)
	h.url = listening.URL
	t.Cleanup(func() {
		h.road.open(false)
		listening.Close()
		server.Stop()
		opened.Close()
	})
	h.words, err = lang.Load()
	h.must(err)
	return h
}

// now is the time in the house.
func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }

// lived is a server with a municipality, two villages, a round with problems,
// and an account for each role.
func (h *house) lived() *house {
	ctx := h.t.Context()
	now := time.Now()
	h.home = data.Municipality{ID: handlers.Mint(), Slug: "ak-muz", Name: data.Text{KY: "Ак-Муз", RU: "Ак-Муз", EN: "Ak-Muz"}, Created: now, Invented: true}
	h.must(h.store.AddMunicipality(ctx, h.home, data.Event{}))
	for _, role := range data.Roles {
		a := data.Account{ID: handlers.Mint(), Municipality: h.home.ID, Login: string(role), Name: "Айгүл Токтогулова", Role: role, Active: true, Password: hashed(), Created: now}
		if role == data.Administrator {
			a.Municipality = data.ID{}
		}
		h.must(h.store.AddAccount(ctx, a, data.Event{}))
		h.accounts[role] = a
	}
	for _, name := range []data.Text{{KY: "Ак-Муз", RU: "Ак-Муз", EN: "Ak-Muz"}, {KY: "Терек-Суу", RU: "Терек-Суу", EN: "Terek-Suu"}} {
		v := data.Village{ID: handlers.Mint(), Name: name}
		h.must(h.store.SaveVillage(ctx, h.home.ID, v, data.Event{}))
		h.villages = append(h.villages, v)
	}
	h.round = data.Round{ID: handlers.Mint(), Name: "2027", Forms: data.Forms, Rule: data.Rule{View: data.People, Rho: .2}, Created: now,
		Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}}}
	for _, title := range needs {
		h.problems = append(h.problems, data.Problem{ID: handlers.Mint(), Round: h.round.ID, Title: title, Created: now})
	}
	h.must(h.store.AddRound(ctx, h.home.ID, h.round, h.problems, data.Event{}))
	return h
}

// needs are what people of Ak-Muz named.
var needs = []data.Text{
	{KY: "Таза суу", RU: "Питьевая вода", EN: "Drinking water"},
	{KY: "Ички жолдор", RU: "Внутренние дороги", EN: "Internal roads"},
	{KY: "Бала бакча", RU: "Детский сад", EN: "Kindergarten"},
	{KY: "Көчө жарыктандыруу", RU: "Уличное освещение", EN: "Street lighting"},
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// path is an address under the municipality; "round" is its round.
func (h *house) path(rest string) string {
	if rest == "round" || strings.HasPrefix(rest, "round/") {
		rest = "rounds/" + h.round.ID.String() + strings.TrimPrefix(rest, "round")
	}
	return strings.TrimSuffix("/"+h.home.Slug+"/"+rest, "/")
}

// sits opens a session of the round in the first village, as if another
// facilitator had.
func (h *house) sits(form data.Form) data.Session {
	h.t.Helper()
	now := time.Now()
	s := data.Session{ID: handlers.Mint(), Round: h.round.ID, Village: h.villages[0].ID, Place: "Клуб", Date: data.Date(now.UTC().Format(time.DateOnly)),
		Facilitators: "Бакыт М.", Form: form, By: h.accounts[data.Facilitator].ID, Created: now}
	h.must(h.store.OpenSession(h.t.Context(), h.home.ID, s, now, data.Event{}))
	return s
}

// writes adds entries to a session, as if they came from another tablet.
func (h *house) writes(s data.Session, entries ...data.Entry) {
	h.t.Helper()
	now := time.Now()
	for i := range entries {
		e := &entries[i]
		e.ID, e.Session, e.By, e.Made, e.Received = handlers.Mint(), s.ID, h.accounts[data.Facilitator].ID, now, now
	}
	kept, err := h.store.Session(h.t.Context(), h.home.ID, s.ID)
	h.must(err)
	h.must(h.store.AddEntries(h.t.Context(), h.home.ID, kept, entries))
}

// women and men of two ages are enough for a story.
var (
	women = data.Group{Sex: data.Female, Band: "18-28"}
	men   = data.Group{Sex: data.Male, Band: "29-45"}
)

// spoken is a session in which women and men were counted and raised their
// hands: for water mostly the women, for roads mostly the men.
func (h *house) spoken() data.Session {
	h.t.Helper()
	s := h.sits(data.Tally)
	h.writes(s,
		data.Entry{Kind: data.PresenceAdd, Group: women, N: 9}, data.Entry{Kind: data.PresenceAdd, Group: men, N: 8},
		data.Entry{Kind: data.TallyAdd, Group: women, Problem: h.problems[0].ID, N: 8}, data.Entry{Kind: data.TallyAdd, Group: men, Problem: h.problems[0].ID, N: 4},
		data.Entry{Kind: data.TallyAdd, Group: women, Problem: h.problems[1].ID, N: 3}, data.Entry{Kind: data.TallyAdd, Group: men, Problem: h.problems[1].ID, N: 7},
		data.Entry{Kind: data.TallyAdd, Group: women, Problem: h.problems[2].ID, N: 5}, data.Entry{Kind: data.TallyAdd, Group: men, Problem: h.problems[2].ID, N: 1})
	return s
}

// ends signs an account out everywhere, as the server does after a long pause.
func (h *house) ends(role data.Role) {
	h.t.Helper()
	a := h.accounts[role]
	list, err := h.store.SignIns(h.t.Context(), a.ID)
	h.must(err)
	for _, v := range list {
		h.must(h.store.SignOut(h.t.Context(), a.ID, v.Hash))
	}
}

// eachHouse tells a story on SQLite, and on PostgreSQL where there is one.
func eachHouse(t *testing.T, tell func(*testing.T, *house)) {
	storetest.Each(t, func(t *testing.T, place string) { tell(t, houseOn(t, place)) })
}

// lacking skips a test that needs something this machine has not, or fails it
// where everything must be there.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}
