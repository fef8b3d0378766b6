package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// paperView is a whole sheet of paper, to be typed in on one page.
type paperView struct {
	recordView
	Form     data.Form
	Each     int
	Most     int // the last place of a ballot or order
	Seen     string
	All      bool // the groups of those who did not say who they are, too
	Groups   []paperGroup
	Problems []listLine
	Tally    []paperLine // tally: problem by group
	Persons  []paperLine // ballots and scores: person by problem
	Pairs    []paperPair
	Order    []paperLine // order: a place for each problem
	Cast     int
	Overs    []overView
	Second   bool   // another person types it in again, from an empty page
	Typings  string // address of the second typing
	Checked  string // that it was typed in twice, and what came of it
}

// paperGroup is a column: a group, and how many of it were there.
type paperGroup struct {
	Key     string
	Name    string
	Class   string
	Present paperCell
}

// paperLine is a row of the sheet.
type paperLine struct {
	Number int
	Title  data.Text
	Group  paperCell // whose ballot it is
	Cells  []paperCell
}

// paperPair is a line of the sheet of a matrix.
type paperPair struct {
	A, B   listLine
	Answer paperCell
	Reason paperCell
}

// paperCell is one field of the sheet: what stood in it when the page was
// drawn, and what was typed since.
type paperCell struct {
	Name  string
	Was   string
	Value string
	Label string
	Bad   bool
}

// paperRows is how many persons' rows are added at a time; mostRows bounds what
// one form may hold.
const (
	paperRows = 10
	mostRows  = 200
)

func (s *Server) showPaper(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	status, bad := wrongs(c)
	return s.drawPaper(c, t, status, bad, false)
}

// drawPaper draws the sheet; what was typed stays where the page is shown
// again.
func (s *Server) drawPaper(c *gin.Context, t *sitting, status int, bad data.Bad, second bool) error {
	p := paper{t: t, l: words(c), bad: bad, blank: second}
	if c.Request.PostForm != nil && (bad != nil || asksForMore(c)) {
		p.typed = c.Request.PostForm
	}
	common, err := s.recordView(c, t)
	if err != nil {
		return err
	}
	view := paperView{recordView: common, Form: t.Form, Each: t.Each, Most: len(t.Sheet.Problems), Problems: t.listLines(c),
		Seen: t.Sheet.Last.String(), Cast: len(t.Sheet.Ballots)}
	if t.Top > 0 {
		view.Most = min(view.Most, t.Top)
	}
	if p.typed != nil {
		view.Seen = p.typed.Get("seen")
	}
	if err := s.markSecond(c, t, second, &view); err != nil {
		return err
	}
	view.All = p.typed.Has("all") || p.typed.Has("wider")
	groups := t.paperGroups(view.All)
	for _, g := range groups {
		view.Groups = append(view.Groups, p.group(g))
	}
	switch t.Form {
	case data.Tally:
		view.Tally = p.tally(groups, view.Problems)
	case data.Ballots, data.Scores:
		view.Persons = p.persons(view.Problems, rowsOf(p.typed))
	case data.Pairs:
		view.Pairs = p.pairs(view.Problems)
	case data.Order:
		view.Order = p.order(view.Problems)
	}
	return s.page(c, status, "paper", view, bad)
}

// asksForMore tells whether the form wants more room rather than to be kept.
func asksForMore(c *gin.Context) bool {
	return c.Request.PostForm.Has("more") || c.Request.PostForm.Has("wider")
}

// paperGroups are the columns of a sheet: all groups that say who they are, and
// of the others those that are here already.
func (t *sitting) paperGroups(all bool) (groups []data.Group) {
	here := t.groups()
	for _, g := range t.cells() {
		if all || !t.unsaid(g) || slices.Contains(here, g) {
			groups = append(groups, g)
		}
	}
	for _, g := range here {
		if !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// rowsOf is how many persons' rows the sheet has.
func rowsOf(typed paperForm) int {
	n, err := strconv.Atoi(typed.Get("rows"))
	if err != nil || n < paperRows {
		n = paperRows
	}
	if typed.Has("more") {
		n += paperRows
	}
	return min(n, mostRows)
}

// keepPaper writes the whole sheet down, or nothing of it.
func (s *Server) keepPaper(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	if t.imported() {
		return data.ErrForbidden
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	if asksForMore(c) {
		return s.drawPaper(c, t, http.StatusOK, nil, false)
	}
	p := paper{t: t, l: words(c), typed: c.Request.PostForm}
	now := s.Now()
	entries := p.entries(data.Entry{ID: f.birth(s.Mint), Session: t.ID, By: account(c).ID, Made: now, Received: now})
	address := t.address(c, "paper")
	if p.bad != nil {
		return s.again(c, address, p.bad)
	}
	if len(entries) == 0 {
		return s.done(c, address, s.showPaper)
	}
	err = s.store.AddEntries(c, home(c), t.Session, entries, s.event(c, "session.paper", t.ID, strconv.Itoa(len(entries))))
	if errors.Is(err, data.ErrConflict) {
		return s.again(c, address, s.clash(c, t.Session, t.Round))
	}
	if err != nil {
		return err
	}
	return s.done(c, address, s.showPaper)
}
