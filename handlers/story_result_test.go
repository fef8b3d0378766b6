package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/form"
	"ashar/handlers"
)

// polls opens a survey of the round that asks for everything, with answers of so
// many invented people, always the same ones.
func (h *house) polls(people int) data.Survey {
	h.t.Helper()
	ctx, now := h.t.Context(), time.Now()
	f := h.inquires()
	s := data.Survey{ID: handlers.Mint(), Round: h.round.ID, Word: "akmuz", Door: data.DoorBoth, By: h.accounts[data.Staff].ID, Created: now,
		Title:   data.Text{KY: "Айылга эмне керек", RU: "Что нужно селу", EN: "What the village needs"},
		Targets: data.Targets{{Sex: data.Female, People: people / 2}, {Village: h.villages[1].ID, Band: "61+", People: 400}}}
	h.must(h.store.AddSurvey(ctx, h.home.ID, s, f, data.Event{}))
	s, err := h.store.Survey(ctx, h.home.ID, s.ID)
	h.must(err)
	h.must(h.store.OpenSurvey(ctx, h.home.ID, s, f, s.By, now, data.Event{}))
	s, err = h.store.Survey(ctx, h.home.ID, s.ID)
	h.must(err)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range people {
		_, err := h.store.AddResponse(ctx, h.home.ID, h.invents(dice, s, i), nil)
		h.must(err)
	}
	return s
}

// inquires is the form of these stories.
func (h *house) inquires() form.Form {
	word := func(ky, ru, en string) data.Text { return data.Text{KY: ky, RU: ru, EN: en} }
	problems := form.List{Name: "problems", Problems: true}
	for _, p := range h.problems {
		problems.Choices = append(problems.Choices, form.Choice{Name: p.ID.String(), Label: p.Title, Problem: p.ID})
	}
	ways := form.List{Name: "ways", Choices: []form.Choice{{Name: "meeting", Label: word("Жыйында", "На сходе", "At the meeting")},
		{Name: "phone", Label: word("Телефон аркылуу", "По телефону", "By phone")}, {Name: "board", Label: word("Такта аркылуу", "На доске объявлений", "On the notice board")}}}
	marks := form.List{Name: "marks", Choices: []form.Choice{{Name: "good", Label: word("жакшы", "хорошо", "good")}, {Name: "bad", Label: word("начар", "плохо", "bad")}}}
	villages, sexes, bands := form.List{Name: form.ListVillages}, form.List{Name: form.ListSexes}, form.List{Name: form.ListBands}
	for _, v := range h.villages {
		villages.Choices = append(villages.Choices, form.Choice{Name: v.ID.String(), Label: v.Name})
	}
	sexes.Choices = []form.Choice{{Name: "female", Label: word("Аял", "Женщина", "Woman")}, {Name: "male", Label: word("Эркек", "Мужчина", "Man")}}
	for _, b := range h.round.Scheme.Bands {
		bands.Choices = append(bands.Choices, form.Choice{Name: string(b), Label: data.Text{KY: string(b)}})
	}
	return form.Form{Languages: data.Languages, Intro: word("Ким көрөт", "Кто увидит", "Who sees it"), Lists: []form.List{problems, ways, marks, villages, sexes, bands},
		Questions: []form.Question{
			{Name: "village", Kind: form.Village, Label: word("Айылыңыз", "Ваше село", "Your village"), Refusable: true},
			{Name: "sex", Kind: form.Sex, Label: word("Жынысыңыз", "Ваш пол", "Your sex"), Refusable: true},
			{Name: "band", Kind: form.Band, Label: word("Жашыңыз", "Ваш возраст", "Your age"), Refusable: true},
			{Name: "needs", Kind: form.Rank, Label: word("Эң керектүүсү эмне?", "Что нужнее всего?", "What is needed most?"), List: "problems", Top: 3},
			{Name: "hear", Kind: form.Many, Label: word("Кабарды кайдан угасыз?", "Откуда узнаёте новости?", "How do you hear news?"), List: "ways"},
			{Name: "beans", Kind: form.Points, Label: word("Он буурчакты бөлүңүз", "Разделите десять фасолин", "Share out ten beans"), List: "problems", Points: 10},
			{Name: "roads", Kind: form.Matrix, Label: word("Кантип иштейт?", "Как работает?", "How does it work?"), List: "ways", Marks: "marks"},
			{Name: "people", Kind: form.Integer, Label: word("Үйдө канча киши?", "Сколько человек дома?", "How many at home?")},
			{Name: "more", Kind: form.Long, Label: word("Дагы эмне?", "Что ещё?", "What else?"), Refusable: true},
		}}
}

// invents is what one person says: women more of water, men more of roads.
func (h *house) invents(dice *rand.Rand, s data.Survey, i int) data.Response {
	bands := h.round.Scheme.Bands
	r := data.Response{ID: handlers.Mint(), Survey: s.ID, Version: s.Version, Key: data.KeyOf(s.ID, fmt.Sprint(i)), Lang: "ky", Received: time.Now(), State: data.StateCounted,
		Tier: data.Tiers[dice.IntN(3)], Village: h.villages[dice.IntN(2)].ID, Sex: []data.Sex{data.Female, data.Male}[dice.IntN(2)], Band: bands[1+dice.IntN(len(bands)-1)], Seconds: 40 + dice.IntN(200)}
	order := dice.Perm(len(h.problems))
	if dice.IntN(3) > 0 {
		first := 0
		if r.Sex == data.Male {
			first = 1
		}
		order = append([]int{first}, order...)
	}
	var ranks [][]string
	points, seen := map[string]int{}, map[int]bool{}
	for _, at := range order {
		if !seen[at] && len(ranks) < 1+dice.IntN(3) {
			ranks = append(ranks, []string{h.problems[at].ID.String()})
			points[h.problems[at].ID.String()] = 3
		}
		seen[at] = true
	}
	if i%100 == 7 {
		r.State, r.Flags = data.StateHeld, data.Flags{data.FlagBurst, data.FlagFast}
	}
	r.Answers = data.Answers{"village": {Text: r.Village.String()}, "sex": {Text: string(r.Sex)}, "band": {Text: string(r.Band)}, "needs": {Ranks: ranks}, "beans": {Points: points},
		"hear": {Picks: []string{[]string{"meeting", "phone", "board"}[dice.IntN(3)]}}, "roads": {Cells: map[string]string{"meeting": "good", "phone": []string{"good", "bad"}[dice.IntN(2)]}},
		"people": {Text: fmt.Sprint(1 + dice.IntN(9))}, "more": {Said: data.Empty}}
	if i%5 == 0 {
		r.Answers["more"] = data.Answer{Text: "Көчө жарыгы жок, Асанов Бакыт 0555 123 456"}
	}
	return r
}

// counts is the population of both villages.
func (h *house) counts() {
	h.t.Helper()
	var figures []data.Population
	for i, band := range h.round.Scheme.Bands {
		for _, v := range h.villages {
			figures = append(figures, data.Population{Village: v.ID, Sex: data.Female, Band: band, People: 200 - 20*i}, data.Population{Village: v.ID, Sex: data.Male, Band: band, People: 180 - 20*i})
		}
	}
	h.must(h.store.SavePopulation(h.t.Context(), h.home.ID, []data.ID{h.villages[0].ID, h.villages[1].ID}, figures, data.Event{}))
}

func TestStoryStaffReadTheResultsOfASurvey(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.lived()
		h.spoken()
		h.counts()
		s := h.polls(240)
		results := h.path("surveys/" + s.ID.String() + "/results")
		b := h.opens(t)
		b.size(1280, 900)
		b.signIn(data.Staff)
		b.open(results)
		b.until("every chart is drawn", drawn)
		b.looks("results")
		for _, query := range []string{"?by=sex", "?by=band&tier=trusted", "?by=village&weight=1"} {
			b.open(results + query)
			b.until("every chart is drawn", drawn)
			b.looks("results" + query)
		}
		b.open(h.path("round/ranking?source=" + s.ID.String()))
		b.until("every chart is drawn", drawn)
		b.looks("ranking-source")
		for _, page := range []string{"review", "answers"} {
			b.open(h.path("surveys/" + s.ID.String() + "/" + page))
			b.looks(page)
		}
		b.size(360, 640)
		for _, l := range h.words.All() {
			for _, page := range []string{"results", "results?by=sex", "review", "answers"} {
				b.speak(l.Code(), h.path("surveys/"+s.ID.String()+"/"+page))
				b.looks("phone-" + page)
			}
		}
	})
}
