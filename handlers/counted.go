package handlers

import (
	"fmt"

	"ashar/data"
	"ashar/data/rank"
)

// ready prepares the memory of a round that was just counted.
func (c *Counted) ready() {
	c.named = map[data.ID]bool{}
	for _, p := range c.Rank.Named() {
		c.named[p] = true
	}
	c.done = map[string]*rank.Ranking{}
	c.parts = map[string][]rank.Part{}
	c.drawn = map[string]*drawnPage{}
	c.studies = map[string]*study{}
	c.whatIfs = map[string]*Counted{}
}

// mostDrawn bounds how many drawn pages of one round or survey are remembered; that
// of a round has its figures, some hundred kilobytes.
const mostDrawn = 24

// drawnPage is a page of the ranking as it was drawn before.
type drawnPage struct {
	view      rankingView
	fragments fragments
}

// page is the page of a key, made where there is none yet.
func (c *Counted) page(key string, make func() (rankingView, error)) (*drawnPage, error) {
	c.mu.Lock()
	p := c.drawn[key]
	c.mu.Unlock()
	if p != nil {
		return p, nil
	}
	view, err := make()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.drawn) >= mostDrawn {
		clear(c.drawn)
	}
	p = &drawnPage{view: view}
	c.drawn[key] = p
	return p, nil
}

// mostCuts bounds how many rankings of one round are remembered: people ask for
// few, and a crawler may ask for all.
const mostCuts = 500

// Ranking of a part of the round in a view, counted once. It must not be
// changed.
func (c *Counted) Ranking(view data.View, cut rank.Cut) *rank.Ranking {
	key := string(view) + cutKey(cut)
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.done[key]; ok {
		return r
	}
	r := c.guarded(view, cut, c.Rank.Count(view, cut))
	if len(c.done) >= mostCuts {
		clear(c.done)
	}
	c.done[key] = &r
	return &r
}

// Parts of a part of the round, broken down once.
func (c *Counted) Parts(view data.View, cut rank.Cut, by rank.By) []rank.Part {
	key := string(view) + cutKey(cut) + fmt.Sprint(by)
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.parts[key]; ok {
		return p
	}
	p := c.Rank.Break(view, cut, by)
	for i := range p {
		p[i].Ranking = c.guarded(view, p[i].Cut, p[i].Ranking)
	}
	if len(c.parts) >= mostCuts {
		clear(c.parts)
	}
	c.parts[key] = p
	return p
}

// cutKey tells cuts apart by what they hold, not by where it is kept.
func cutKey(cut rank.Cut) string {
	key := ""
	if cut.Session != nil {
		key += "|session " + cut.Session.String()
	}
	if cut.Village != nil {
		key += "|village " + cut.Village.String()
	}
	if cut.Sex != nil {
		key += "|sex " + string(*cut.Sex)
	}
	if cut.Band != nil {
		key += "|band " + string(*cut.Band)
	}
	if cut.Bands != nil {
		key += fmt.Sprint("|bands ", *cut.Bands)
	}
	if cut.Tag != nil {
		key += "|tag " + *cut.Tag
	}
	return key
}
