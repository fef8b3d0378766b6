package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ashar/data"
	"ashar/data/store"
	"ashar/handlers"
)

// village is a database with one session under way, and who may write in it.
type village struct {
	database string
	session  data.Session
	group    data.Group
	problem  data.ID
	password string
}

const (
	slug  = "ak-muz"
	login = "staff"
)

// newVillage prepares a database the way people's own entries would.
func newVillage(folder string) (v village, err error) {
	ctx, now := context.Background(), time.Now()
	v = village{database: filepath.Join(folder, "ashar.db"), password: handlers.Phrase(), group: data.Group{Sex: data.Female, Band: "18-28"}}
	db, err := store.Open(ctx, v.database, handlers.Mint)
	if err != nil {
		return v, err
	}
	defer db.Close()
	m := data.Municipality{ID: handlers.Mint(), Slug: slug, Name: data.Text{EN: "Ak-Muz"}, Invented: true, Created: now}
	place := data.Village{ID: handlers.Mint(), Name: data.Text{EN: "Ak-Muz"}}
	round := data.Round{ID: handlers.Mint(), Name: "Load", Forms: data.Forms, Rule: data.DefaultRule(data.People), Created: now,
		Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-28"}}}
	problem := data.Problem{ID: handlers.Mint(), Round: round.ID, Title: data.Text{EN: "Drinking water"}, Created: now}
	staff := data.Account{ID: handlers.Mint(), Municipality: m.ID, Login: login, Name: "Staff", Role: data.Staff, Active: true,
		Password: handlers.HashPassword(v.password), Created: now}
	v.problem = problem.ID
	v.session = data.Session{ID: handlers.Mint(), Round: round.ID, Village: place.ID, Date: "2017-09-12", Facilitators: "Staff", Form: data.Tally, By: staff.ID, Created: now}
	entry := func(e data.Entry) data.Entry {
		e.ID, e.Session, e.By, e.Made, e.Received = handlers.Mint(), v.session.ID, staff.ID, now, now
		return e
	}
	for _, step := range []func() error{
		func() error { return db.AddMunicipality(ctx, m, data.Event{}) },
		func() error { return db.SaveVillage(ctx, m.ID, place, data.Event{}) },
		func() error { return db.AddRound(ctx, m.ID, round, []data.Problem{problem}, data.Event{}) },
		func() error { return db.AddAccount(ctx, staff, data.Event{}) },
		func() error { return db.OpenSession(ctx, m.ID, v.session, now, data.Event{}) },
		func() error {
			return db.AddEntries(ctx, m.ID, v.session, []data.Entry{
				entry(data.Entry{Kind: data.Offer, Problem: problem.ID}),
				entry(data.Entry{Kind: data.PresenceCount, Group: v.group, N: 1000}),
			})
		},
	} {
		if err := step(); err != nil {
			return v, err
		}
	}
	return v, nil
}

// running is a server under measurement.
type running struct {
	url    string
	pid    int
	client *http.Client
	stop   func() error
}

// launch starts a server on a database and waits until it is ready.
func launch(binary, database string) (*running, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	server := exec.Command(binary)
	server.Env = append(os.Environ(), "ASHAR_LISTEN="+address, "ASHAR_DB="+database)
	if err := server.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	r := &running{url: "http://" + address, pid: server.Process.Pid, stop: func() error { return stop(server, ended) }}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	r.client = &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 128},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return r, ready(r.url+"/readyz", ended)
}

// signIn gives the client a cookie, as a browser gets one.
func (r *running) signIn(name, password string) error {
	answer, err := r.client.PostForm(r.url+"/sign-in", url.Values{"login": {name}, "password": {password}})
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("sign-in: %s", answer.Status)
	}
	return nil
}

// ask sends one request and reads the answer to its end.
func (r *running) ask(request *http.Request, want int) error {
	answer, err := r.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != want {
		return fmt.Errorf("%s: %s", request.URL.Path, answer.Status)
	}
	return nil
}

// newest are the addresses of the newest round and of its session with the most
// ballots.
func newest(v village) (round, session string, err error) {
	ctx := context.Background()
	db, err := store.Open(ctx, v.database, handlers.Mint)
	if err != nil {
		return "", "", err
	}
	defer db.Close()
	m, err := db.Municipality(ctx, slug)
	if err != nil {
		return "", "", err
	}
	rounds, err := db.Rounds(ctx, m.ID)
	if err != nil {
		return "", "", err
	}
	counted, err := handlers.Count(ctx, db, m.ID, rounds[0])
	if err != nil {
		return "", "", err
	}
	ballots, largest := map[data.ID]int{}, data.ID{}
	for _, voice := range counted.Rank.Voices {
		if ballots[voice.Session] += voice.Ballots; ballots[voice.Session] > ballots[largest] {
			largest = voice.Session
		}
	}
	return "/" + slug + "/rounds/" + rounds[0].ID.String(), "/" + slug + "/sessions/" + largest.String(), nil
}
