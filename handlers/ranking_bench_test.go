package handlers

import (
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ashar/data"
)

// benchSessions and benchProblems are the size of the round that is measured.
const benchSessions, benchProblems = 12, 20

// grow gives the round more problems, and twelve open sessions with so many full
// ballots, each of one group.
func (s *site) grow(t *testing.T, ballots int) (sessions []data.Session, groups []data.Group) {
	ctx := context.Background()
	for i := len(s.problems); i < benchProblems; i++ {
		p := data.Problem{ID: Mint(), Round: s.round.ID, Title: data.Text{KY: fmt.Sprint("Көйгөй ", i)}, Created: s.clock()}
		s.problems = append(s.problems, p)
	}
	s.round.ID = Mint() // a round of its own
	for i := range s.problems {
		s.problems[i].ID, s.problems[i].Round = Mint(), s.round.ID
	}
	s.round.Rule = data.DefaultRule(data.People)
	s.must(s.store.AddRound(ctx, s.home.ID, s.round, s.problems, data.Event{}))
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range benchSessions {
		session := data.Session{ID: Mint(), Round: s.round.ID, Village: s.villages[i%2].ID, Place: "Клуб", Date: "2026-11-20", Facilitators: "Айгүл",
			Form: data.Ballots, Consent: data.ConsentSchool, By: s.accounts[data.Staff].ID, Created: s.clock()}
		s.must(s.store.OpenSession(ctx, s.home.ID, session, s.clock(), data.Event{}))
		g := data.Group{Sex: data.Sexes[i%2], Band: s.round.Scheme.Bands[i%5]}
		entries := []data.Entry{s.entry(session, data.Entry{Kind: data.PresenceCount, Group: g, N: ballots})}
		for range ballots / benchSessions {
			entries = append(entries, s.ballot(session, g, dice))
			if len(entries) == 2000 {
				s.must(s.store.AddEntries(ctx, s.home.ID, session, entries))
				entries = nil
			}
		}
		s.must(s.store.AddEntries(ctx, s.home.ID, session, entries))
		sessions, groups = append(sessions, session), append(groups, g)
	}
	return sessions, groups
}

func (s *site) entry(session data.Session, e data.Entry) data.Entry {
	e.ID, e.Session, e.By, e.Made, e.Received = Mint(), session.ID, s.accounts[data.Staff].ID, s.clock(), s.clock()
	return e
}

// ballot is a full one: the first problems are wanted more, so that there is an
// order to be found.
func (s *site) ballot(session data.Session, g data.Group, dice *rand.Rand) data.Entry {
	order := dice.Perm(len(s.problems))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(a/5+dice.IntN(4), b/5+dice.IntN(4)) })
	var b data.Ballot
	for place, i := range order {
		b = append(b, data.Choice{Problem: s.problems[i].ID, Place: place + 1})
	}
	return s.entry(session, data.Entry{Kind: data.Cast, Group: g, Ballot: b})
}

var seen = regexp.MustCompile(`&amp;seen=([0-9a-f]+)"`)

// begins is how a packed answer begins: to unpack all of it is the work of another
// machine, and would be measured here.
func (a answer) begins() string {
	a.t.Helper()
	r, err := gzip.NewReader(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	start := make([]byte, 4096)
	n, err := io.ReadFull(r, start)
	if err != nil {
		a.t.Fatal(err)
	}
	return string(start[:n])
}

// TestARankingIsKeptCurrent measures and prints how long viewers of the ranking
// wait while ballots come in. ASHAR_TEST_MANY is how many ballots, 100,000 for a
// measure that counts; a million shows how long it takes to read them anew.
func TestARankingIsKeptCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("to measure takes a while")
	}
	many, err := strconv.Atoi(cmp.Or(os.Getenv("ASHAR_TEST_MANY"), "2400"))
	if err != nil {
		t.Fatal("ASHAR_TEST_MANY is not a number of ballots")
	}
	s := newSite(t)
	sessions, groups := s.grow(t, many)
	for range 3 {
		began, spent := time.Now(), spentByUs()
		counted, err := Count(context.Background(), s.store, s.home.ID, s.round)
		s.must(err)
		took := time.Since(began)
		if r := counted.Ranking(data.People, Everybody); r.Places[0].Rank != 1 {
			t.Fatal("not counted")
		}
		t.Logf("%d ballots of %d problems read from the file and added up in %v (%v of CPU)", many, benchProblems, took.Round(time.Millisecond), (spentByUs() - spent).Round(time.Millisecond))
	}
	s.watched(t, sessions, groups)
}

// watched lets eight people look at the ranking as their pages do, while ballots
// come in.
func (s *site) watched(t *testing.T, sessions []data.Session, groups []data.Group) {
	address := "rounds/" + s.round.ID.String() + "/ranking"
	began := time.Now()
	s.as(data.Staff).get(address).want(http.StatusOK)
	t.Logf("drawn for the first viewer in %v", time.Since(began).Round(time.Millisecond))
	stop := make(chan struct{})
	var writer, viewers sync.WaitGroup
	written := 0
	writer.Go(func() {
		dice := rand.New(rand.NewPCG(3, 4))
		for {
			select {
			case <-stop:
				return
			case <-time.After(250 * time.Millisecond):
			}
			i := dice.IntN(len(sessions))
			s.must(s.store.AddEntries(context.Background(), s.home.ID, sessions[i], []data.Entry{s.ballot(sessions[i], groups[i], dice)}))
			written++
		}
	})
	var mu sync.Mutex
	var changed, unchanged []time.Duration
	for range 8 {
		who := s.as(data.Observer).htmx("div#ranking").packed()
		viewers.Go(func() {
			version := ""
			for range 40 {
				began := time.Now()
				a := who.get(address + "?seen=" + version)
				took := time.Since(began)
				mu.Lock()
				if a.status == http.StatusNoContent {
					unchanged = append(unchanged, took)
				} else {
					changed = append(changed, took)
					version = seen.FindStringSubmatch(a.want(http.StatusOK).begins())[1]
				}
				mu.Unlock()
				time.Sleep(200 * time.Millisecond)
			}
		})
	}
	viewers.Wait()
	close(stop)
	writer.Wait()
	if written == 0 || len(changed) == 0 {
		t.Fatal("nothing came in")
	}
	slices.Sort(changed)
	slices.Sort(unchanged)
	all := slices.Concat(changed, unchanged)
	slices.Sort(all)
	at := func(all []time.Duration, part int) time.Duration {
		return all[len(all)*part/100].Round(10 * time.Microsecond)
	}
	t.Logf("8 viewers, %d ballots came in: %d answers, p50 %v, p95 %v; %d new pages p50 %v, p95 %v", written, len(all), at(all, 50), at(all, 95), len(changed), at(changed, 50), at(changed, 95))
}
