package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// castView is the screen on which people's ballots or score sheets are written
// down, one after another.
type castView struct {
	recordView
	Form     data.Form
	Groups   []castGroup
	Problems []castLine
	Most     int // problems a ballot may name
	Top      int // the same where the session says it, else 0
	Cast     int // ballots so far
	Next     int // the number of the one under way
	Last     []castCard
	Overs    []overView
}

// Ready tells whether a ballot can be written down: there is something to vote
// on, and somebody to vote.
func (v castView) Ready() bool { return v.Open && len(v.Problems) > 0 && len(v.Groups) > 0 }

// castGroup is a group that may cast ballots, with how many it has cast.
type castGroup struct {
	Key    string
	Name   string
	Class  string
	N      int
	People int
	Chosen bool
}

// castLine is a problem on the ballot under way, and its scores so far.
type castLine struct {
	listLine
	Typed  string
	Scored int // sheets that score it
	Mean   float64
}

// castCard is a ballot that was cast.
type castCard struct {
	Entry data.ID
	Group string
	Class string
	Clock string
	Text  string
}

// lastCards is how many of the last ballots are shown.
const lastCards = 10

func (s *Server) showCasting(c *gin.Context, t *sitting) error {
	common, err := s.recordView(c, t)
	if err != nil {
		return err
	}
	view := castView{recordView: common, Form: t.Form, Top: t.Top, Most: len(t.Sheet.Problems),
		Cast: len(t.Sheet.Ballots), Next: len(t.Sheet.Ballots) + 1}
	if t.Top > 0 {
		view.Most = min(view.Most, t.Top)
	}
	view.Overs = t.overViews(c, view.recordView)
	view.Groups = t.castGroups(c)
	view.Problems = t.castLines(c)
	view.Last = s.castCards(c, t)
	page := "record_ballots"
	if t.Form == data.Scores {
		page = "record_scores"
	}
	status, bad := wrongs(c)
	return s.page(c, status, page, view, bad)
}

// castGroups are the groups that are here, and any that has cast ballots. The
// one of the ballot before is chosen, or the only one.
func (t *sitting) castGroups(c *gin.Context) []castGroup {
	chosen := c.Request.URL.Query().Get("group")
	if _, bad := wrongs(c); bad != nil {
		chosen = c.Request.PostForm.Get("group")
	}
	cast := map[data.Group]int{}
	for _, b := range t.Sheet.Ballots {
		cast[b.Group]++
	}
	var groups []castGroup
	for _, g := range t.groups() {
		key := groupKey(g)
		groups = append(groups, castGroup{Key: key, Name: t.groupName(words(c), g), Class: groupClass(t.Round.Scheme, g), N: cast[g],
			People: t.Sheet.Present(g), Chosen: key == chosen})
	}
	if len(groups) == 1 {
		groups[0].Chosen = true
	}
	return groups
}

// castLines are the problems of the ballot, with what was typed where the page
// is shown again.
func (t *sitting) castLines(c *gin.Context) []castLine {
	sums, scored := map[data.ID]int{}, map[data.ID]int{}
	for _, b := range t.Sheet.Ballots {
		for _, choice := range b.Ballot {
			sums[choice.Problem] += choice.Points
			scored[choice.Problem]++
		}
	}
	_, bad := wrongs(c)
	var lines []castLine
	for _, p := range t.listLines(c) {
		line := castLine{listLine: p, Scored: scored[p.ID]}
		if line.Scored > 0 {
			line.Mean = float64(sums[p.ID]) / float64(line.Scored)
		}
		if bad != nil {
			line.Typed = c.Request.PostForm.Get("place."+p.ID.String()) + c.Request.PostForm.Get("score."+p.ID.String())
		}
		lines = append(lines, line)
	}
	return lines
}

// castCards are the last ballots, newest first.
func (s *Server) castCards(c *gin.Context, t *sitting) (cards []castCard) {
	for i, b := range slices.Backward(t.Sheet.Ballots) {
		if len(t.Sheet.Ballots)-i > lastCards {
			break
		}
		card := castCard{Entry: b.Entry, Group: t.groupName(words(c), b.Group), Class: groupClass(t.Round.Scheme, b.Group), Text: t.ballotText(words(c), b.Ballot)}
		if !t.imported() {
			card.Clock = words(c).Clock(b.Made.In(s.Zone))
		}
		cards = append(cards, card)
	}
	return cards
}
