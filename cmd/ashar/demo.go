package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"time"

	"ashar/data"
	"ashar/data/store"
	"ashar/handlers"
)

// demoCommand serves an invented round, and forgets everything at the end.
type demoCommand struct {
	serveCommand `embed:""`
}

//go:embed demo.json
var demoWords []byte

// demoStory is the demonstration in words. Villages, votes and people are
// invented; problem titles are those that villages often name.
type demoStory struct {
	Municipality data.Text
	Villages     []data.Text
	Round        string
	Facilitator  string
	Problems     []struct {
		Title      data.Text
		Issue      int
		Competence data.Competence
		Women, Men float64 // how much they want it, 0 to 1
		Young      float64 // added for the young, taken from the old
	}
	Quotes []struct {
		Problem int
		Text    string
	}
	Note   string
	Reason string
	Survey data.Text
	Else   []string // what residents wrote
}

// Run is called by the command line.
func (c *demoCommand) Run(ctx context.Context, o *options) error {
	folder, err := os.MkdirTemp("", "ashar-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	db, err := store.Open(ctx, filepath.Join(folder, "ashar.db"), handlers.Mint)
	if err != nil {
		return err
	}
	defer db.Close()
	config, err := c.config(ctx, db)
	if err != nil {
		return err
	}
	if err := handlers.SeedStarters(ctx, db, handlers.Mint); err != nil {
		return err
	}
	password := handlers.Phrase()
	if err := fillDemo(ctx, db, password); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "The demonstration is at http://%s/ and is gone when you stop it.\nSign in as administrator, staff, facilitator or observer with the password\n\n  %s\n\n", listener.Addr(), password)
	return serve(ctx, config, listener)
}

// demo is a demonstration under way.
type demo struct {
	ctx      context.Context
	db       *store.Store
	dice     *rand.Rand
	story    demoStory
	home     data.Municipality
	villages []data.Village
	round    data.Round
	problems []data.Problem
	by       data.ID
	at       time.Time
}

// fillDemo writes the invented round the way people write theirs: by opening
// sessions and adding entries.
func fillDemo(ctx context.Context, db *store.Store, password string) error {
	d := demo{ctx: ctx, db: db, dice: rand.New(rand.NewPCG(2017, 9)), at: time.Date(2017, 9, 12, 5, 0, 0, 0, time.UTC)}
	if err := json.Unmarshal(demoWords, &d.story); err != nil {
		return err
	}
	for _, step := range []func() error{func() error { return d.accounts(handlers.HashPassword(password)) }, d.places, d.begin, d.sessions, d.survey} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) accounts(hash string) error {
	d.home = data.Municipality{ID: handlers.Mint(), Slug: "ak-muz", Name: d.story.Municipality, Invented: true, Created: d.at}
	if err := d.db.AddMunicipality(d.ctx, d.home, d.event("municipality.add", d.home.ID)); err != nil {
		return err
	}
	for _, role := range data.Roles {
		a := data.Account{ID: handlers.Mint(), Municipality: d.home.ID, Login: string(role), Name: d.story.Facilitator, Role: role, Password: hash, Active: true, Created: d.at}
		switch role {
		case data.Administrator:
			a.Municipality = data.ID{}
		case data.Facilitator:
			d.by = a.ID
		}
		if err := d.db.AddAccount(d.ctx, a, d.event("account.add", a.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) event(action string, subject data.ID) data.Event {
	return data.Event{Municipality: d.home.ID, At: d.at, Account: d.by, Action: action, Subject: subject}
}

// places are the villages and how many people live there.
func (d *demo) places() error {
	bands, err := data.ParseBands("14-17,18-28,29-45,46-60,61+")
	if err != nil {
		return err
	}
	d.round.Scheme = data.Scheme{Sexes: true, Bands: bands}
	size := []int{64, 188, 236, 158, 94} // of a band in a village of 740, before the dice
	var ids []data.ID
	var figures []data.Population
	for i, name := range d.story.Villages {
		v := data.Village{ID: handlers.Mint(), Name: name}
		if err := d.db.SaveVillage(d.ctx, d.home.ID, v, d.event("village.save", v.ID)); err != nil {
			return err
		}
		d.villages = append(d.villages, v)
		ids = append(ids, v.ID)
		for _, sex := range []data.Sex{data.Female, data.Male} {
			for j, band := range bands {
				people := size[j]*(3-i)/4 + d.dice.IntN(15)
				figures = append(figures, data.Population{Village: v.ID, Sex: sex, Band: band, People: people})
			}
		}
	}
	return d.db.SavePopulation(d.ctx, d.home.ID, ids, figures, d.event("population.save", d.home.ID))
}

func (d *demo) begin() error {
	d.round.ID, d.round.Name, d.round.Forms, d.round.Created = handlers.Mint(), d.story.Round, data.Forms, d.at
	d.round.Rule = data.DefaultRule(data.Citizens)
	d.round.Starts, d.round.Ends = "2017-09-12", "2017-09-22"
	for _, p := range d.story.Problems {
		d.problems = append(d.problems, data.Problem{ID: handlers.Mint(), Round: d.round.ID, Title: p.Title, Issue: p.Issue, Competence: p.Competence, Created: d.at})
	}
	return d.db.AddRound(d.ctx, d.home.ID, d.round, d.problems, d.event("round.add", d.round.ID))
}
