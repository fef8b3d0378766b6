// Package rank counts what groups said into an order of problems.
//
// It is pure: no database, no clock, no chance. Counts are integers, scores are
// exact fractions; only raking (rake.go) works with float64. The score of a
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
	Said    map[data.ID]Said
}

// Said is what a voice said of one problem.
type Said struct {
	Mentions int   // ballots that name it; votes of a tally
	Places   int   // twice the sum of its places over those ballots; tied problems share the mean place
	Length   int   // problems on those ballots together
	First    []int // First[t-1] ballots have it first together with t-1 others
	Points   int
	Wins     int // pairs: twice the comparisons won, a tie being half a win
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
)

// Voices are the voices of a session, always in the same order. Problems that
// were merged speak as the one that stands for them.
func Voices(sheet *data.Sheet, merges data.Merges) []Voice {
	c := casting{sheet: sheet, merges: merges, at: map[data.Group]int{}}
	switch sheet.Session.Form {
	case data.Tally:
		c.tally()
	case data.Ballots, data.Scores:
		c.ballots()
	case data.Order:
		c.order()
	case data.Pairs:
		c.pairs()
	}
	c.silent()
	over := map[data.Group]bool{}
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
	case len(v.Said) == 0:
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
			N: c.sheet.Present(g), Said: map[data.ID]Said{}})
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
			said := v.Said[to]
			before := said.Mentions
			if stones {
				said.Mentions += votes
			} else {
				said.Mentions = max(said.Mentions, votes)
			}
			v.Votes += said.Mentions - before
			v.Said[to] = said
		}
	}
}

func (c *casting) ballots() {
	scores := c.sheet.Session.Form == data.Scores
	for _, b := range c.sheet.Ballots {
		c.voice(b.Group).cast(b.Ballot.Merged(c.merges, scores))
	}
}

// cast counts one ballot in.
func (v *Voice) cast(b data.Ballot) {
	v.Ballots++
	v.Length += len(b)
	b.Tiers(func(before int, tier []data.Choice) {
		t := len(tier)
		for _, choice := range tier {
			said := v.Said[choice.Problem]
			said.Mentions++
			said.Places += 2*before + t + 1
			said.Length += len(b)
			said.Points += choice.Points
			v.Points = v.Points || choice.Points != 0
			if before == 0 {
				for len(said.First) < t {
					said.First = append(said.First, 0)
				}
				said.First[t-1]++
			}
			v.Said[choice.Problem] = said
		}
	})
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
	for p := range listed {
		v.Said[p] = Said{}
	}
	answered := 0
	for pair, n := range sum {
		if pair.A == pair.B {
			continue
		}
		answered++
		v.win(pair.A, 1+cmp.Compare(n, 0))
		v.win(pair.B, 1-cmp.Compare(n, 0))
	}
	if answered < len(listed)*(len(listed)-1)/2 {
		v.Stays = Incomplete
	}
}

func (v *Voice) win(problem data.ID, halves int) {
	said := v.Said[problem]
	said.Wins += halves
	v.Said[problem] = said
}

// score is the numerator of a problem's score in a voice among m problems, over
// den. Sources: the average Borda score of ranking.md, 3.1; ties take the mean
// of their places, problems a ballot does not name share the places left.
func (v *Voice) score(problem data.ID, m int) int {
	said := v.Said[problem]
	switch v.Form {
	case data.Tally:
		n := v.hands()
		return (m-1)*n - v.Votes + m*said.Mentions
	case data.Pairs:
		if _, listed := v.Said[problem]; !listed {
			return m - v.Listed - 1
		}
		return said.Wins + 2*(m-v.Listed)
	}
	places := said.Places + (v.Ballots-said.Mentions)*(m+1) + v.Length - said.Length
	return 2*m*v.Ballots - places
}

// den is the denominator of all scores of a voice among m problems.
func (v *Voice) den(m int) int {
	switch v.Form {
	case data.Tally:
		return 2 * v.hands() * (m - 1)
	case data.Pairs:
		return 2 * (m - 1)
	}
	return 2 * v.Ballots * (m - 1)
}

// hands is the number of people behind a tally: those counted as present, or
// the most votes one problem has where somebody explained that they were more.
func (v *Voice) hands() int {
	n := v.N
	for _, said := range v.Said {
		n = max(n, said.Mentions)
	}
	return n
}

// names tells whether the voice names the problem at all.
func (v *Voice) names(problem data.ID) bool {
	said, ok := v.Said[problem]
	return ok && (v.Form == data.Pairs || said.Mentions > 0)
}
