package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"ashar/data"
	"ashar/data/form"
	"ashar/data/store"
	"ashar/handlers"
)

const (
	word    = "sapat"
	choices = 20 // of the ranking question; people put five of them in order
)

// answers measures residents: the first page of a survey, and a whole response
// in one form, which is on the disk before the receipt. They come without a
// token and all from one address, so that each goes through every check against
// floods too. ASHAR_CEILING is as for entries.
func answers(binary string) ([]figure, error) {
	v, server, stop, err := settle(binary)
	if err != nil {
		return nil, err
	}
	defer stop()
	if err := v.asks(); err != nil {
		return nil, err
	}
	var figures []figure
	for _, c := range []int{1, 16, 64} {
		if ceiling := os.Getenv("ASHAR_CEILING"); ceiling != "" {
			said, _, err := load(c, func() error {
				return server.ask(posted(ceiling, url.Values{"village": {"Ak-Muz"}, "n": {"1"}}), http.StatusOK)
			})
			if err != nil {
				return nil, err
			}
			figures = append(figures, figure{fmt.Sprintf("ceiling, %d connections", c), said, ""})
		}
		sent, err := costs(server, fmt.Sprintf("responses, %d connections", c), "70 % of the ceiling at 64", c, func() error {
			return server.ask(v.response(server.url), http.StatusSeeOther)
		})
		if err != nil {
			return nil, err
		}
		figures = append(figures, sent)
	}
	pages, err := costs(server, "first pages, 16 connections", "0.06 CPU ms", 16, func() error {
		request, err := http.NewRequest(http.MethodGet, server.url+"/s/"+word, nil)
		if err != nil {
			return err
		}
		return server.ask(request, http.StatusOK)
	})
	if err != nil {
		return nil, err
	}
	memory, err := peak(server.pid)
	return append(figures, pages, figure{"peak memory under responses", megabytes(memory), "under 64 MB"}), err
}

// asks opens a survey: village, sex, band, the top five of twenty, a long text.
func (v village) asks() error {
	ctx, now := context.Background(), time.Now()
	db, err := store.Open(ctx, v.database, handlers.Mint)
	if err != nil {
		return err
	}
	defer db.Close()
	m, err := db.Municipality(ctx, slug)
	if err != nil {
		return err
	}
	say := func(en string) data.Text { return data.Text{EN: en} }
	f := form.Form{Languages: []string{"en"}, Intro: say("Staff of the municipality read this."), Thanks: say("Thank you."), Whole: true,
		Questions: []form.Question{
			{Name: "village", Kind: form.Village, Label: say("Village")}, {Name: "sex", Kind: form.Sex, Label: say("Sex")}, {Name: "band", Kind: form.Band, Label: say("Age")},
			{Name: "needs", Kind: form.Rank, List: "needs", Top: 5, Label: say("What is needed most?")}, {Name: "say", Kind: form.Long, Label: say("What else?")}},
		Lists: []form.List{{Name: form.ListVillages, Choices: []form.Choice{{Name: v.session.Village.String(), Label: say("Ak-Muz")}}},
			{Name: form.ListSexes, Choices: []form.Choice{{Name: "female", Label: say("Woman")}, {Name: "male", Label: say("Man")}}},
			{Name: form.ListBands, Choices: []form.Choice{{Name: "18-28", Label: say("18-28")}}}, {Name: "needs"}}}
	for i := range choices {
		name := strconv.Itoa(i)
		f.Lists[3].Choices = append(f.Lists[3].Choices, form.Choice{Name: name, Label: say("Need " + name)})
	}
	survey := data.Survey{ID: handlers.Mint(), Round: v.session.Round, Word: word, Title: say("Needs"), Door: data.DoorOpen, By: v.session.By, Created: now}
	if err := db.AddSurvey(ctx, m.ID, survey, f, data.Event{}); err != nil {
		return err
	}
	if survey, err = db.Survey(ctx, m.ID, survey.ID); err != nil {
		return err
	}
	return db.OpenSurvey(ctx, m.ID, survey, f, survey.By, now, data.Event{})
}

// response is what one resident sends.
func (v village) response(base string) *http.Request {
	said := url.Values{"village": {v.session.Village.String()}, "sex": {"female"}, "band": {"18-28"}, "say": {"Көпүрөнү да оңдоп бериңиздер, жазында өтүү кыйын."}}
	for place, choice := range rand.Perm(choices)[:5] {
		said.Set("needs/"+strconv.Itoa(choice), strconv.Itoa(place+1))
	}
	return posted(base+"/s/"+word, said)
}
