package main

import (
	"cmp"
	"slices"
	"time"

	"ashar/data"
	"ashar/handlers"
)

// seat is a group at a sitting and how many of it came.
type seat struct {
	sex  data.Sex
	band data.Band
	n    int
}

// sitting is one session of the demonstration.
type sitting struct {
	village int
	day     int // of September
	form    data.Form
	each    int
	top     int
	seats   []seat
	over    bool // somebody counted more hands than people
}

// sittings are the whole round: five forms, women and men apart, one mixed
// meeting. Of the second village nobody over sixty comes.
var sittings = []sitting{
	{0, 12, data.Tally, 0, 0, []seat{{data.Female, "18-28", 14}}, false},
	{0, 12, data.Tally, 0, 0, []seat{{data.Male, "18-28", 9}}, false},
	{0, 13, data.Ballots, 0, 3, []seat{{data.Female, "29-45", 12}, {data.Female, "46-60", 8}}, false},
	{0, 13, data.Ballots, 0, 3, []seat{{data.Male, "29-45", 10}, {data.Male, "46-60", 12}}, false},
	{0, 14, data.Order, 0, 0, []seat{{data.Male, "61+", 7}}, false},
	{0, 14, data.Scores, 0, 0, []seat{{data.Female, "61+", 9}}, false},
	{0, 15, data.Tally, 3, 0, []seat{{data.Female, "14-17", 11}, {data.Male, "14-17", 8}}, false},
	{1, 18, data.Tally, 0, 0, []seat{{data.Female, "18-28", 10}, {data.Female, "29-45", 13}, {data.Female, "46-60", 6}}, true},
	{1, 18, data.Pairs, 0, 0, []seat{{data.Male, "29-45", 11}}, false},
	{1, 19, data.Ballots, 0, 5, []seat{{data.Male, "18-28", 6}, {data.Male, "46-60", 9}}, false},
	{2, 21, data.Order, 0, 0, []seat{{data.Female, "46-60", 7}, {data.Male, "46-60", 6}}, false},
	{2, 22, data.Tally, 0, 0, []seat{{data.Female, "29-45", 9}, {data.Female, "61+", 4}, {data.Male, "29-45", 8}, {data.Male, "61+", 5}}, false},
}

func (d *demo) sessions() error {
	for i, s := range sittings {
		d.at = time.Date(2017, 9, s.day, 4+i%3, 0, 0, 0, time.UTC)
		session := data.Session{ID: handlers.Mint(), Round: d.round.ID, Village: d.villages[s.village].ID, Place: "", Facilitators: d.story.Facilitator,
			Date: data.Date(d.at.Format(time.DateOnly)), Form: s.form, Each: s.each, Top: s.top, By: d.by, Created: d.at}
		if s.seats[0].band.UnderAge() {
			session.Consent = data.ConsentSchool
		}
		if err := d.db.OpenSession(d.ctx, d.home.ID, session, d.at, d.event("session.open", session.ID)); err != nil {
			return err
		}
		entries := d.write(s, session)
		if err := d.db.AddEntries(d.ctx, d.home.ID, session, entries); err != nil {
			return err
		}
		if i == len(sittings)-1 {
			break // the last one is still going on
		}
		end := d.entry(session, data.Entry{Kind: data.Close})
		if err := d.db.AddEntries(d.ctx, d.home.ID, session, []data.Entry{end}, d.event("session.close", session.ID)); err != nil {
			return err
		}
	}
	return nil
}

// entry is something written down a little later than the one before.
func (d *demo) entry(session data.Session, e data.Entry) data.Entry {
	d.at = d.at.Add(time.Duration(20+d.dice.IntN(60)) * time.Second)
	e.ID, e.Session, e.By, e.Made, e.Received = handlers.Mint(), session.ID, d.by, d.at, d.at
	return e
}

// write is everything written down at a sitting.
func (d *demo) write(s sitting, session data.Session) []data.Entry {
	var entries []data.Entry
	add := func(e data.Entry) { entries = append(entries, d.entry(session, e)) }
	for _, seat := range s.seats {
		add(data.Entry{Kind: data.PresenceCount, Group: seat.group(), N: seat.n})
	}
	offered := d.problems
	if s.form == data.Pairs {
		offered = offered[:6] // fifteen comparisons are an hour's talk
	}
	for _, p := range offered {
		add(data.Entry{Kind: data.Offer, Problem: p.ID})
	}
	switch s.form {
	case data.Tally:
		d.tally(s, add)
	case data.Ballots, data.Scores:
		d.ballots(s, add)
	case data.Pairs:
		d.pairs(s, len(offered), add)
	case data.Order:
		add(data.Entry{Kind: data.Agree, Ballot: d.order(s.seats[0], 6)})
	}
	quote := d.story.Quotes[d.dice.IntN(len(d.story.Quotes))]
	add(data.Entry{Kind: data.Quote, Group: s.seats[0].group(), Problem: d.problems[quote.Problem].ID, Text: quote.Text})
	if session.Form == data.Order {
		add(data.Entry{Kind: data.Note, Text: d.story.Note})
	}
	return entries
}

func (s seat) group() data.Group { return data.Group{Sex: s.sex, Band: s.band} }

// wants is how much the people of a seat want a problem, 0 to 1.
func (d *demo) wants(s seat, problem int) float64 {
	p := d.story.Problems[problem]
	want := p.Women
	if s.sex == data.Male {
		want = p.Men
	}
	switch s.band {
	case "14-17", "18-28":
		want += p.Young
	case "46-60", "61+":
		want -= p.Young
	}
	return min(0.97, max(0.02, want))
}

// tally raises hands, or lays stones where each has some.
func (d *demo) tally(s sitting, add func(data.Entry)) {
	for k, seat := range s.seats {
		votes := make([]int, len(d.problems))
		for range seat.n {
			if s.each > 0 {
				for _, c := range d.order(seat, s.each) {
					votes[slices.IndexFunc(d.problems, func(p data.Problem) bool { return p.ID == c.Problem })]++
				}
				continue
			}
			for p := range d.problems {
				if d.dice.Float64() < d.wants(seat, p) {
					votes[p]++
				}
			}
		}
		if s.over && k == 0 {
			votes[0] = seat.n + 3
		}
		for p, n := range votes {
			if n > 0 {
				add(data.Entry{Kind: data.TallyAdd, Group: seat.group(), Problem: d.problems[p].ID, N: n})
			}
		}
	}
}

// order is one person's order of the most wanted problems.
func (d *demo) order(s seat, top int) data.Ballot {
	type choice struct {
		problem data.ID
		want    float64
	}
	var all []choice
	for i, p := range d.problems {
		all = append(all, choice{p.ID, d.wants(s, i) + d.dice.NormFloat64()*0.18})
	}
	slices.SortFunc(all, func(a, b choice) int { return cmp.Compare(b.want, a.want) })
	var choices []data.Choice
	for i, c := range all[:min(top, len(all))] {
		choices = append(choices, data.Choice{Problem: c.problem, Place: i + 1})
	}
	return data.NewBallot(choices)
}

func (d *demo) ballots(s sitting, add func(data.Entry)) {
	for _, seat := range s.seats {
		for range seat.n {
			ballot := d.order(seat, s.top)
			if s.form == data.Scores {
				ballot = d.scores(seat)
			}
			add(data.Entry{Kind: data.Cast, Group: seat.group(), Ballot: ballot})
		}
	}
}

// scores is one person's sheet, 1 to 5 for each problem.
func (d *demo) scores(s seat) data.Ballot {
	var choices []data.Choice
	for i, p := range d.problems {
		points := int(1.5 + 4*d.wants(s, i) + d.dice.NormFloat64()*0.7)
		choices = append(choices, data.Choice{Problem: p.ID, Points: min(5, max(1, points))})
	}
	return data.BallotByPoints(choices)
}

// pairs compares the first problems two by two.
func (d *demo) pairs(s sitting, n int, add func(data.Entry)) {
	for a := range n {
		for b := a + 1; b < n; b++ {
			gap := d.wants(s.seats[0], a) - d.wants(s.seats[0], b) + d.dice.NormFloat64()*0.1
			said := 1
			if gap < 0 {
				said = -1
			}
			add(data.Entry{Kind: data.Compare, Problem: d.problems[a].ID, Other: d.problems[b].ID, N: said, Text: d.story.Reason})
		}
	}
}
