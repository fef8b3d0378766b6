// Package rank counts what groups said into an order of problems.
//
// It is pure: no database, no clock, and no dice but those whose seed is made of
// what is counted. Counts are integers, scores are exact fractions; float64 is for
// raked weights and for statistics. The score of a
// problem in a group is the share of head-to-head comparisons it wins there,
// its average Borda score, so that the five forms of vote stand on one scale:
// over m problems the scores of any voice add up to m/2.
package rank

import (
	"cmp"
	"slices"

	"ashar/data"
)

// Voice is what one group of one session said, in counts that add up: every
// figure of a ranking is made from voices and nothing else.
type Voice struct {
	Session data.ID
	Village data.ID
	Group   data.Group
	Mixed   bool // one order or matrix of a meeting of several groups; Group is then empty
	Form    data.Form
	N       int  // people of the group who were there
	Ballots int  // ballots or score sheets cast; 1 for an agreed order
	Length  int  // problems on all those ballots together
	Votes   int  // hands or stones, all together
	Points  bool // its ballots carry points
	Listed  int  // problems in its matrix
	Stays   Stay // why it stays out of the score, empty where it counts
	Said    Sayings
}

// Stay is a reason to stay out of the score, the end of a message key.
type Stay string

// The reasons.
const (
	Counts     Stay = ""
	Nobody     Stay = "nobody"     // nobody of the group is counted as present
	Silent     Stay = "silent"     // the group is there and has said nothing
	Unsaid     Stay = "over"       // more votes than people, not explained yet
	Incomplete Stay = "incomplete" // pairs of the matrix are still open
	Left       Stay = "left"       // left out to see what would be
)

// Voices are the voices of a session, always in the same order. Problems that
// were merged speak as the one that stands for them.
func Voices(sheet *data.Sheet, merges data.Merges) []Voice {
	ballots := NewCasting(sheet.Session, merges)
	for _, b := range sheet.Ballots {
		ballots.Cast(b.Group, b.Ballot)
	}
	return ballots.Voices(sheet)
}

// Voices are the voices of the session whose ballots were counted; the sheet
// says the rest, and its own ballots are not looked at.
func (ballots *Casting) Voices(sheet *data.Sheet) []Voice {
	c := casting{sheet: sheet, merges: ballots.merges, at: map[data.Group]int{}}
	over := map[data.Group]bool{}
	switch sheet.Session.Form {
	case data.Tally:
		c.tally()
	case data.Ballots, data.Scores:
		for i, g := range ballots.groups {
			if n := ballots.voices[i].Ballots; n > 0 {
				c.ballots(g, ballots.voices[i])
				over[g] = sheet.TooMany(g, n)
			}
		}
	case data.Order:
		c.order()
	case data.Pairs:
		c.pairs()
	}
	c.silent()
	for _, o := range sheet.Overs() {
		over[o.Group] = over[o.Group] || o.Reason == ""
	}
	for i := range c.voices {
		c.voices[i].judge(over[c.voices[i].Group])
	}
	slices.SortFunc(c.voices, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(a.Group.Sex, b.Group.Sex), cmp.Compare(a.Group.Band, b.Group.Band), cmp.Compare(a.Group.Tag, b.Group.Tag))
	})
	return c.voices
}

// judge decides whether a voice counts.
func (v *Voice) judge(over bool) {
	switch {
	case v.Stays != Counts:
	case v.Said.Len() == 0:
		v.Stays = Silent
	case over:
		v.Stays = Unsaid
	case v.N == 0:
		v.Stays = Nobody
	}
}

// casting gathers the voices of one session.
type casting struct {
	sheet  *data.Sheet
	merges data.Merges
	voices []Voice
	at     map[data.Group]int
}

// voice is the voice of a group, begun when there is none yet.
func (c *casting) voice(g data.Group) *Voice {
	i, ok := c.at[g]
	if !ok {
		i = len(c.voices)
		c.at[g] = i
		s := c.sheet.Session
		c.voices = append(c.voices, Voice{Session: s.ID, Village: s.Village, Group: g, Form: s.Form,
			N: c.sheet.Present(g)})
	}
	return &c.voices[i]
}

// silent adds the groups that are there without having said anything. Where the
// meeting has one voice its people are in that voice already.
func (c *casting) silent() {
	if c.sheet.Session.Form.OneVoice() && len(c.voices) > 0 {
		return
	}
	for _, g := range c.sheet.Groups() {
		c.voice(g)
	}
}

// tally: hands for merged problems are most likely the same hands, so the
// larger number stands; stones are different stones, so they add up.
func (c *casting) tally() {
	stones := c.sheet.Session.Each > 0
	for _, g := range c.sheet.Groups() {
		for _, problem := range c.sheet.Problems {
			votes := c.sheet.Votes(g, problem).N
			if votes == 0 {
				continue
			}
			v, to := c.voice(g), c.merges.Of(problem)
			said := &v.Said.said[v.Said.row(to)]
			before := said.Mentions
			if stones {
				said.Mentions += votes
			} else {
				said.Mentions = max(said.Mentions, votes)
			}
			v.Votes += said.Mentions - before
		}
	}
}

// ballots: those of a group, as they were counted until now.
func (c *casting) ballots(g data.Group, counted *Voice) {
	v := c.voice(g)
	v.Ballots, v.Length, v.Points, v.Said = counted.Ballots, counted.Length, counted.Points, counted.Said.clone()
}

// order: the agreed order is one ballot of the group that speaks.
func (c *casting) order() {
	if c.sheet.Order == nil {
		return
	}
	c.one().cast(c.sheet.Order.Ballot.Merged(c.merges, false))
}

// one is the single voice of the session, with everybody who is there.
func (c *casting) one() *Voice {
	g, mixed := c.sheet.Voice()
	v := c.voice(g)
	v.Mixed = mixed
	if mixed {
		v.N = c.sheet.People()
	}
	return v
}

// pairs: comparisons between problems that have become one are dropped; several
// for the same two are settled by their majority.
func (c *casting) pairs() {
	if len(c.sheet.Pairs) == 0 {
		return
	}
	sum := map[data.Pair]int{}
	listed := map[data.ID]bool{}
	for _, p := range c.sheet.Problems {
		listed[c.merges.Of(p)] = true
	}
	for pair, said := range c.sheet.Pairs {
		merged, turned := data.PairOf(c.merges.Of(pair.A), c.merges.Of(pair.B))
		n := said.N
		if turned {
			n = -n
		}
		sum[merged] += n
	}
	v := c.one()
	v.Listed = len(listed)
	for _, p := range c.sheet.Problems { // always in the same order
		v.Said.row(c.merges.Of(p))
	}
	answered := 0
	for pair, n := range sum {
		if pair.A == pair.B {
			continue
		}
		answered++
		v.compare(pair, cmp.Compare(n, 0))
	}
	if answered < len(listed)*(len(listed)-1)/2 {
		v.Stays = Incomplete
	}
}

// compare writes down who won one comparison: 1 the first of the pair, -1 the
// second, 0 neither.
func (v *Voice) compare(p data.Pair, n int) {
	v.Said.said[v.Said.row(p.A)].Wins += 1 + n
	v.Said.said[v.Said.row(p.B)].Wins += 1 - n
	switch n {
	case 1:
		v.Said.win(p.A, p.B)
	case -1:
		v.Said.win(p.B, p.A)
	}
}
