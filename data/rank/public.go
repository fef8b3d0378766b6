package rank

import (
	"math/big"
	"slices"
	"strconv"

	"ashar/data"
	"ashar/data/cell"
)

// Public is what of a round may leave the staff: which rankings, and which
// numbers of who was heard. No group of fewer people than the rule's Smallest is
// shown, and none can be worked out of what is.
//
// The cuts are a fixed few: everybody, each sex, each band, each village, and
// the groups of village, sex and band. A break-down is shown whole or not at
// all, as one part follows from the others and everybody: it is shown where each
// of its parts has enough people, those whose sex or band is not said being a
// part like the others. Bands are merged with their neighbours until they have,
// of each sex where women and men are shown apart. How sure the order is goes
// before villages and bands where not all of it can be shown.
type Public struct {
	Round *Round        // the round, its bands merged: what is broken down is counted from it
	Bands [][]data.Band // which bands of the scheme each band of Round stands for
	By    []By          // the break-downs that may be shown

	least   int
	packing packing
	table   *heardTable
}

// Public finds what of the round may leave the staff.
func (r *Round) Public() *Public {
	p := &Public{Round: r, least: r.Rule.Smallest()}
	for i := range r.Scheme.Bands {
		p.Bands = append(p.Bands, r.Scheme.Bands[i:i+1])
	}
	if p.enough(r, By{}) {
		if p.enough(r, By{Sex: true}) && r.Scheme.Sexes {
			p.By = append(p.By, By{Sex: true})
		}
		p.merge(r)
		// Where one sex alone, or one band, met in a village, what it said follows
		// from the village and the others: they are shown only where that cannot be.
		if p.enough(r, By{Village: true}) && p.apart(r, By{Village: true, Sex: true}, By{Sex: true}) && p.apart(p.Round, By{Village: true, Band: true}, By{Band: true}) {
			p.By = append(p.By, By{Village: true})
		}
		// Of all three together: any other break-down may name one person in it.
		if three := (By{Sex: true, Band: true, Village: true}); p.shows(By{Sex: true}) && p.shows(By{Band: true}) && p.shows(By{Village: true}) && p.enough(p.Round, three) {
			p.By = append(p.By, three)
		}
	}
	p.sure(r)
	p.table = p.heardTable()
	return p
}

// Shows tells whether the ranking of a cut may be shown: of a cut of Round, in
// which bands are merged.
func (p *Public) Shows(cut Cut) bool {
	by := By{Sex: cut.Sex != nil, Band: cut.Band != nil, Village: cut.Village != nil}
	if cut.Session != nil || cut.Tag != nil || by != (By{}) && !p.shows(by) {
		return false
	}
	here, spoke := 0, 0
	for i := range p.Round.Voices {
		if v := &p.Round.Voices[i]; cut.Holds(v) {
			here += v.N
			spoke += v.spoke()
		}
	}
	return here >= p.least && spoke >= p.least
}

// apart tells whether a break-down by two things has enough people in each part,
// where the second is shown at all.
func (p *Public) apart(r *Round, both, second By) bool {
	return !p.shows(second) || p.enough(r, both)
}

func (p *Public) shows(by By) bool { return slices.Contains(p.By, by) }

// spoke is the number of people that a voice's score is made of.
func (v *Voice) spoke() int {
	switch {
	case v.Stays != Counts:
		return 0
	case v.Form == data.Ballots || v.Form == data.Scores:
		return min(v.N, v.Ballots)
	}
	return v.N
}

// enough tells whether every part of a break-down has enough people, or nobody:
// both those who came, and those who are in its score.
func (p *Public) enough(r *Round, by By) bool {
	here, spoke := map[kind]int{}, map[kind]int{}
	for i := range r.Voices {
		v := &r.Voices[i]
		here[by.of(v)] += v.N
		spoke[by.of(v)] += v.spoke()
	}
	for k, n := range here {
		if cell.Small(n, p.least) || cell.Small(spoke[k], p.least) {
			return false
		}
	}
	return len(here) > 0
}

// merge joins neighbouring bands until each has enough people, of each sex where
// the sexes are shown apart and that is possible. Where nothing helps all bands
// are one.
func (p *Public) merge(r *Round) {
	bands := r.Scheme.Bands
	if len(bands) == 0 {
		return
	}
	spans, ok := []cell.Span(nil), false
	if p.shows(By{Sex: true}) {
		spans, ok = cell.Merge(bandRows(r, true), p.least)
	}
	if !ok {
		spans, ok = cell.Merge(bandRows(r, false), p.least)
	}
	if !ok {
		spans = []cell.Span{{From: 0, To: len(bands)}}
	}
	p.Bands = nil
	for _, s := range spans {
		p.Bands = append(p.Bands, bands[s.From:s.To])
	}
	p.Round = r.merged(p.Bands)
	if len(p.Bands) > 1 && p.enough(p.Round, By{Band: true}) {
		p.By = append(p.By, By{Band: true})
	}
}

// bandRows are people by band: those who came and those who are in a score, of
// each sex or of all.
func bandRows(r *Round, sexes bool) (rows [][]int) {
	of := map[data.Sex]int{}
	for i := range r.Voices {
		v := &r.Voices[i]
		sex, band := v.Group.Sex, slices.Index(r.Scheme.Bands, v.Group.Band)
		if !sexes {
			sex = data.UnknownSex
		} else if sex == data.UnknownSex {
			continue
		}
		at, known := of[sex]
		if !known {
			at = len(rows)
			of[sex] = at
			rows = append(rows, make([]int, len(r.Scheme.Bands)), make([]int, len(r.Scheme.Bands)))
		}
		if band >= 0 {
			rows[at][band] += v.N
			rows[at+1][band] += v.spoke()
		}
	}
	return rows
}

// merged is the round with wider bands. Residents of a wider band are known where
// those of each of its bands are.
func (r *Round) merged(bands [][]data.Band) *Round {
	wide := map[data.Band]data.Band{}
	scheme := r.Scheme
	scheme.Bands = nil
	for _, some := range bands {
		w := wider(some)
		scheme.Bands = append(scheme.Bands, w)
		for _, b := range some {
			wide[b] = w
		}
	}
	m := &Round{Voices: slices.Clone(r.Voices), Problems: r.Problems, Scheme: scheme, Rule: r.Rule}
	for i := range m.Voices {
		if w, ok := wide[m.Voices[i].Group.Band]; ok {
			m.Voices[i].Group.Band = w
		}
	}
	figures := map[data.Population]int{}
	for _, row := range r.Population {
		figures[data.Population{Village: row.Village, Sex: row.Sex, Band: row.Band}] = row.People
	}
	seen := map[data.Population]bool{}
	for _, row := range r.Population {
		w, ok := wide[row.Band]
		if !ok {
			m.Population = append(m.Population, row)
			continue
		}
		at := data.Population{Village: row.Village, Sex: row.Sex, Band: w}
		n, known := addUp(bands[slices.Index(scheme.Bands, w)], func(b data.Band) (int, bool) {
			n, known := figures[data.Population{Village: row.Village, Sex: row.Sex, Band: b}]
			return n, known
		})
		if known && !seen[at] {
			seen[at] = true
			at.People = n
			m.Population = append(m.Population, at)
		}
	}
	return m
}

// wider is the band of all ages of some neighbouring bands.
func wider(bands []data.Band) data.Band {
	first, last := bands[0], bands[len(bands)-1]
	from, _, err := first.Ages()
	if err != nil || len(bands) == 1 {
		return first
	}
	_, to, err := last.Ages()
	if err != nil {
		return first
	}
	if last[len(last)-1] == '+' {
		return data.Band(strconv.Itoa(from) + "+")
	}
	return data.Band(strconv.Itoa(from) + "-" + strconv.Itoa(to))
}

// A score outside these bounds tells what nearly each of them said.
var lowShown, highShown = big.NewRat(5, 100), big.NewRat(95, 100)

// Shown is a ranking as it may leave the staff: places and scores, and no counts
// of people. A score above 95 or below 5 of 100 is brought to that bound.
func (r *Ranking) Shown() *Ranking {
	s := *r
	s.Out, s.Unplaced = nil, 0
	s.Places = slices.Clone(r.Places)
	for i := range s.Places {
		p := &s.Places[i]
		p.First, p.Mentions, p.Points = nil, nil, nil
		if p.Score != nil && p.Score.Cmp(lowShown) < 0 {
			p.Score = lowShown
		}
		if p.Score != nil && p.Score.Cmp(highShown) > 0 {
			p.Score = highShown
		}
	}
	return &s
}
