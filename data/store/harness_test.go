package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"ashar/data"
	"ashar/data/storetest"
)

// each runs a test on a new store of every engine.
func each(t *testing.T, do func(*testing.T, *Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, place string) { do(t, open(t, place)) })
}

// crowd is each for tests in which many act at once.
func crowd(t *testing.T, do func(*testing.T, *Store)) {
	t.Helper()
	storetest.Crowd(t, func(t *testing.T, place string) { do(t, open(t, place)) })
}

// sqlite is a new store in a file of its own.
func sqlite(t testing.TB) *Store {
	t.Helper()
	return open(t, storetest.File(t))
}

func open(t testing.TB, place string) *Store {
	t.Helper()
	s, err := Open(t.Context(), place, mint)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return s
}

func mint() data.ID { return data.ID(uuid.Must(uuid.NewV7())) }

// noon is when things happen in tests.
var noon = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

func event(action string) data.Event {
	return data.Event{At: noon, Account: data.ID{7}, Action: action}
}

// village is a small municipality with one round, three problems and an open
// session.
type village struct {
	municipality data.ID
	village      data.Village
	round        data.Round
	problems     []data.Problem
	session      data.Session
}

func settle(t testing.TB, s *Store) village {
	t.Helper()
	m := mint()
	must(t, s.AddMunicipality(t.Context(), data.Municipality{ID: m, Slug: "aimak-" + m.String(), Name: data.Text{KY: "Ак-Муз"}, Created: noon}, event("municipality.add")))
	w := village{municipality: m, village: data.Village{ID: mint(), Name: data.Text{KY: "Жаңы-Айыл", RU: "Жаны-Айыл"}}}
	must(t, s.SaveVillage(t.Context(), m, w.village, event("village.add")))
	w.round, w.problems = newRound()
	must(t, s.AddRound(t.Context(), m, w.round, w.problems, event("round.add")))
	w.session = w.open(t, s)
	return w
}

func newRound() (data.Round, []data.Problem) {
	r := data.Round{
		ID: mint(), Name: "2026-жыл", Forms: []data.Form{data.Tally, data.Ballots}, Rule: data.Rule{View: data.Groups, Rho: 0.25, Trim: 4, Differ: 0.1, Contested: 0.3, Level: 0.95, Least: 10},
		Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-28", "61+"}, Tags: []data.Tag{{Key: "herders", Name: data.Text{KY: "Малчылар"}}}},
		Starts: "2026-11-01", Ends: "2026-12-01", Created: noon,
	}
	var problems []data.Problem
	for i := range 3 {
		problems = append(problems, data.Problem{ID: mint(), Round: r.ID, Title: data.Text{KY: fmt.Sprint("Суу ", i)}, Issue: i, Competence: data.OfAimak, Created: noon})
	}
	return r, problems
}

// open is one more session of the village's round, as it is kept.
func (w village) open(t testing.TB, s *Store) data.Session {
	t.Helper()
	session := data.Session{ID: mint(), Round: w.round.ID, Village: w.village.ID, Place: "Клуб", Date: "2026-11-20",
		Facilitators: "Айгүл", Form: data.Tally, Each: 3, Consent: data.ConsentSchool, By: data.ID{7}, Created: noon}
	must(t, s.OpenSession(t.Context(), w.municipality, session, noon, event("session.open")))
	return w.again(t, s, session)
}

// again is a session as it is kept now.
func (w village) again(t testing.TB, s *Store, session data.Session) data.Session {
	t.Helper()
	return got(s.Session(t.Context(), w.municipality, session.ID))(t)
}

// tap is one hand raised.
func (w village) tap(n int) data.Entry {
	return data.Entry{ID: mint(), Session: w.session.ID, Kind: data.TallyAdd, By: data.ID{7}, Made: noon, Received: noon,
		Group: data.Group{Sex: data.Female, Band: "18-28"}, Problem: w.problems[0].ID, N: n}
}

// note is something written down in words.
func (w village) note(text string) data.Entry {
	return data.Entry{ID: mint(), Session: w.session.ID, Kind: data.Note, By: data.ID{7}, Made: noon, Received: noon, Text: text}
}

// entries are all entries of a session.
func (w village) entries(t testing.TB, s *Store, session data.Session) []data.Entry {
	t.Helper()
	var list []data.Entry
	for e, err := range s.Entries(t.Context(), w.municipality, session) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got hands out the value of a call that must succeed.
func got[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// refused wants an error of a kind.
func refused(t testing.TB, want, err error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// same wants two values to be equal.
func same(t interface {
	Helper()
	Fatalf(string, ...any)
}, want, is any) {
	t.Helper()
	if diff := cmp.Diff(want, is, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("differs (-want +is):\n%s", diff)
	}
}

// together runs do n times at once and wants no error.
func together(t testing.TB, n int, do func(ctx context.Context, i int) error) {
	t.Helper()
	errs := make(chan error, n)
	for i := range n {
		go func() { errs <- do(t.Context(), i) }()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}
