package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// overs are the numbers that want explaining, in the order of groups and then
// of problems.
func (t *sitting) overs() []data.Over {
	overs := t.Sheet.Overs()
	slices.SortFunc(overs, func(a, b data.Over) int { return t.compareCells(a.Cell, b.Cell) })
	return overs
}

func (t *sitting) compareCells(a, b data.Cell) int {
	if d := t.Round.Scheme.Compare(a.Group, b.Group); d != 0 {
		return d
	}
	return slices.Index(t.Sheet.Problems, a.Problem) - slices.Index(t.Sheet.Problems, b.Problem)
}

// overText says how a number is larger than the people who are there allow.
func (t *sitting) overText(l *lang.Lang, over data.Over) string {
	group, votes := t.groupName(l, over.Group), over.Votes
	switch {
	case !over.Problem.Zero():
		return l.T("session.over.votes", "group", group, "title", t.title(l, over.Problem), "votes", votes, "n", over.Allowed)
	case t.Form == data.Tally:
		return l.T("session.over.stones", "group", group, "votes", votes, "n", over.Allowed)
	}
	return l.T("session.over."+string(t.Form), "group", group, "votes", votes, "n", over.Allowed)
}

// overLines are the same in words, each with its reason.
func (t *sitting) overLines(l *lang.Lang) (lines []overLine) {
	for _, over := range t.overs() {
		lines = append(lines, overLine{t.overText(l, over), over.Reason})
	}
	return lines
}

// recordAt is the screen that records votes for a problem; the first screen
// where there is none.
func (t *sitting) recordAt(c *gin.Context, problem data.ID) string {
	if problem.Zero() {
		return t.address(c, "record")
	}
	return withParam(t.address(c, "record"), "problem", problem.String())
}

// warnings are what somebody should look at before the session is closed.
func (t *sitting) warnings(c *gin.Context) (list []warning) {
	l := words(c)
	for _, over := range t.overs() {
		if over.Reason == "" {
			list = append(list, warning{t.overText(l, over), t.recordAt(c, over.Problem), l.T("session.over.explain")})
		}
	}
	unsure := t.Sheet.Unsure()
	slices.SortFunc(unsure, t.compareCells)
	for _, cell := range unsure {
		if cell.Problem.Zero() {
			list = append(list, warning{l.T("session.unsure.people", "group", t.groupName(l, cell.Group), "n", t.Sheet.Present(cell.Group)),
				t.address(c, "presence"), l.T("session.unsure.look")})
			continue
		}
		list = append(list, warning{l.T("session.unsure.votes", "group", t.groupName(l, cell.Group), "title", t.title(l, cell.Problem),
			"n", t.Sheet.Votes(cell.Group, cell.Problem).N), t.recordAt(c, cell.Problem), l.T("session.unsure.look")})
	}
	for _, text := range t.contradictions(l) {
		list = append(list, warning{text, t.address(c, "record"), l.T("session.unsure.look")})
	}
	if t.minorsWithoutConsent() {
		list = append(list, warning{Text: l.T("session.consent.lacking")})
	}
	return list
}

// mostTriads bounds how many contradictions are spelled out: a matrix filled in
// at random has dozens.
const mostTriads = 5

// contradictions are the circles of a matrix, each spelled out.
func (t *sitting) contradictions(l *lang.Lang) (texts []string) {
	if t.Form != data.Pairs {
		return nil
	}
	judged := rank.Consist(t.Sheet)
	triads := judged.Triads
	for _, triad := range triads[:min(mostTriads, len(triads))] {
		texts = append(texts, l.T("session.triad", "a", t.title(l, triad[0]), "b", t.title(l, triad[1]), "c", t.title(l, triad[2])))
	}
	if more := len(triads) - mostTriads; more > 0 {
		texts = append(texts, l.T("session.triad.more", "n", more))
	}
	if judged.Zeta != nil && len(triads) > 0 { // nothing is said where nothing goes in a circle
		zeta, _ := judged.Zeta.Float64()
		texts = append(texts, l.T("session.triad.zeta", "n", len(triads), "zeta", l.Decimal(zeta, 2)))
	}
	return texts
}

// minorsWithoutConsent tells whether people under eighteen are counted though
// nobody consented: two people who write at the same time can come to that.
func (t *sitting) minorsWithoutConsent() bool { return !t.Consented() && t.Sheet.Minors() > 0 }
