package handlers

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"ashar/data"
	forms "ashar/data/form"
)

// crowd is honest people and others at one survey, each with their own time.
type crowd struct {
	*site
	t       *testing.T
	survey  data.Survey
	chance  *rand.Rand
	form    forms.Form
	needs   []forms.Choice
	steps   []step
	refused int
	honest  map[data.ID]bool // responses
	codes   []string
}

// step is something that happens at a moment.
type step struct {
	at time.Time
	do func()
}

const eight = 8 // problems to rank

func newCrowd(t *testing.T) *crowd {
	c := &crowd{site: newSite(t), t: t, chance: rand.New(rand.NewPCG(11, 24)), honest: map[data.ID]bool{}}
	c.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	for i := range eight {
		c.needs = append(c.needs, forms.Choice{Name: fmt.Sprint("need", i), Label: text(fmt.Sprint("Need ", i))})
	}
	c.form = c.site.form(true, forms.Question{Name: "village", Kind: forms.Village}, forms.Question{Name: "sex", Kind: forms.Sex, Refusable: true},
		forms.Question{Name: "band", Kind: forms.Band}, forms.Question{Name: "need", Kind: forms.Rank, List: "needs", Top: 3, Required: true}, forms.Question{Name: "say", Kind: forms.Text})
	c.form.Lists = append(c.form.Lists, forms.List{Name: "needs", Choices: c.needs})
	c.survey = c.opens(c.form, func(s *data.Survey) { s.Door = data.DoorBoth })
	return c
}

// ballot is an honest one: some needs are more pressing than others, and people
// agree a good deal.
func (c *crowd) ballot() []string {
	weights := []float64{9, 6, 5, 4, 2, 1.5, 1, .5}
	var picked []int
	for len(picked) < 3 {
		total := 0.0
		for i, w := range weights {
			if !slices.Contains(picked, i) {
				total += w
			}
		}
		x := c.chance.Float64() * total
		for i, w := range weights {
			if slices.Contains(picked, i) {
				continue
			}
			if x -= w; x < 0 {
				picked = append(picked, i)
				break
			}
		}
	}
	return c.said(picked...)
}

// said is a form with the needs in order and somebody's own sex, age and village.
func (c *crowd) said(picked ...int) []string {
	pairs := []string{"village", c.villages[c.chance.IntN(2)].ID.String(), "sex", []string{"female", "male", "_refused"}[c.chance.IntN(3)],
		"band", string(c.round.Scheme.Bands[c.chance.IntN(5)])}
	for place, i := range picked {
		pairs = append(pairs, "need/"+c.needs[i].Name, fmt.Sprint(place+1))
	}
	return pairs
}

// answers is somebody who opens the link, takes a while, and sends. sent is told
// what came back.
func (c *crowd) answers(at time.Time, takes time.Duration, from, path string, pairs []string, sent func(answer)) {
	p := &phone{site: c.site, lang: "ky", from: from}
	c.steps = append(c.steps, step{at, func() {
		page := p.get(path)
		if page.status != http.StatusOK || !strings.Contains(page.body, "<form method") {
			c.refused++
			return
		}
		to := page.action()
		c.steps = append(c.steps, step{c.now.Add(takes), func() { sent(p.post(to, pairs...)) }})
	}})
}

// goes through all that happens, in the order of time.
func (c *crowd) goes() {
	for len(c.steps) > 0 {
		next := 0
		for i := range c.steps {
			if c.steps[i].at.Before(c.steps[next].at) {
				next = i
			}
		}
		one := c.steps[next]
		c.steps[next] = c.steps[len(c.steps)-1]
		c.steps = c.steps[:len(c.steps)-1]
		if one.at.After(c.now) {
			c.now = one.at
		}
		one.do()
	}
}

// village sends its honest people: all behind one address, within an hour.
func (c *crowd) village(n int, begin time.Time) {
	for range n {
		at := begin.Add(time.Duration(c.chance.Int64N(int64(50 * time.Minute))))
		takes := 20*time.Second + time.Duration(c.chance.ExpFloat64()*float64(80*time.Second))
		c.answers(at, min(takes, 9*time.Minute), "198.51.100.20", "/s/"+surveyWord, c.ballot(), func(a answer) {
			if a.status != http.StatusSeeOther {
				c.refused++
				return
			}
			c.honest[c.newest()] = true
		})
	}
}

// newest is the response that came last.
func (c *crowd) newest() data.ID {
	last := data.Response{}
	for _, state := range []data.State{data.StateCounted, data.StateHeld} {
		for r, err := range c.store.ResponsesIn(context.Background(), c.home.ID, c.survey.ID, state, data.ID{}, 1) {
			c.must(err)
			if r.ID.String() > last.ID.String() {
				last = r
			}
		}
	}
	return last.ID
}

// coded sends people with codes of sheets.
func (c *crowd) coded(n int, begin time.Time) {
	var codes []data.Code
	for i := range n {
		code := fmt.Sprintf("kaz%s", strings.Repeat(string(data.WordLetters[i%31]), 3)+string(data.WordLetters[i/31]))
		c.codes = append(c.codes, code)
		codes = append(codes, data.Code{Survey: c.survey.ID, Key: data.KeyOf(c.survey.ID, code), Batch: "one", Created: c.now})
	}
	c.must(c.store.AddCodes(context.Background(), c.site.home.ID, codes, data.Event{}))
	for _, code := range c.codes {
		at := begin.Add(time.Duration(c.chance.Int64N(int64(30 * time.Minute))))
		c.answers(at, time.Minute, "198.51.100.21", "/s/"+surveyWord+"?k="+code, append(c.ballot(), "k", code), func(a answer) {
			if a.status != http.StatusSeeOther {
				c.refused++
			}
		})
	}
}

// top are the five first needs of responses that count, by points for places.
func (c *crowd) top(of func(data.Response) bool) (list []string) {
	points := map[string]int{}
	for _, r := range c.responses(c.survey) {
		if !of(r) {
			continue
		}
		for place, tier := range r.Answers["need"].Ranks {
			points[tier[0]] += 3 - place
		}
	}
	for _, need := range c.needs {
		list = append(list, need.Name)
	}
	slices.SortStableFunc(list, func(a, b string) int { return points[b] - points[a] })
	return list[:5]
}

func countsIn(tier data.Tier) func(data.Response) bool {
	return func(r data.Response) bool { return r.State == data.StateCounted && r.Tier == tier }
}

// judge says how many of the honest and of the others are held.
func (c *crowd) judge() (honest, others, othersIn int, flags map[data.Flag]int) {
	flags = map[data.Flag]int{}
	for _, r := range c.responses(c.survey) {
		if r.Tier != data.TierOpen {
			continue
		}
		if !c.honest[r.ID] {
			othersIn++
		}
		if r.State != data.StateHeld {
			continue
		}
		for _, f := range r.Flags {
			flags[f]++
		}
		if c.honest[r.ID] {
			honest++
		} else {
			others++
		}
	}
	return honest, others, othersIn, flags
}
