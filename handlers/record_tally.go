package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// tallyView is the tally pad of one problem, or the list of all of them with
// their totals.
type tallyView struct {
	recordView
	Problem  *listLine // nil on the list
	Problems []listLine
	Previous *listLine
	Next     *listLine
	Totals   string // the address of the list
	Cells    []tallyCell
	Votes    int
	Laid     int       // votes of the whole session
	Done     int       // problems that have votes
	Start    *listLine // the first that has none
	Each     int       // stones a person has
	All      string    // the address that shows all groups, empty where they are shown
	Few      string    // the address that folds them again
	Quotes   []quoteLine
	Last     string // what undo would take back
}

// tallyCell is one group's number.
type tallyCell struct {
	Key     string
	Name    string
	Class   string
	Group   data.Group
	N       int
	Present int
	Most    int  // more votes than this want explaining
	Left    int  // stones not laid yet, below zero where too many are
	Over    int  // stones too many
	Recent  bool // somebody recounted without having seen all taps
	Typing  bool // the number is being typed
	Type    string
	Seen    data.ID
	Typed   string
	Overs   []overView
}

func (s *Server) showTally(c *gin.Context, t *sitting) error {
	common, err := s.recordView(c, t)
	if err != nil {
		return err
	}
	view := tallyView{recordView: common, Problems: t.listLines(c), Each: t.Each, Totals: t.address(c, "record")}
	view.sum(t)
	status, bad := wrongs(c)
	problem, ok := t.asked(c, "problem")
	if !ok {
		return s.page(c, status, "record_tally", view, bad)
	}
	i := slices.IndexFunc(view.Problems, func(p listLine) bool { return p.ID == problem })
	view.Problem = &view.Problems[i]
	view.Problem.Here = true
	view.Votes = view.Problem.Votes
	if i > 0 {
		view.Previous = &view.Problems[i-1]
	}
	if i+1 < len(view.Problems) {
		view.Next = &view.Problems[i+1]
	}
	l := words(c)
	view.Head.Chip = l.T("record.progress", "k", i+1, "n", len(view.Problems))
	view.Quotes = t.quotes(l, problem)
	if last, ok := t.Sheet.Undo(account(c).ID); ok {
		view.Last = t.entryText(l, last)
	}
	s.fillPad(c, t, &view)
	return s.page(c, status, "record_tally", view, bad)
}

// sum adds up the votes of each problem.
func (v *tallyView) sum(t *sitting) {
	for i := range v.Problems {
		p := &v.Problems[i]
		for _, g := range t.groups() {
			p.Votes += t.Sheet.Votes(g, p.ID).N
		}
		v.Laid += p.Votes
		switch {
		case p.Votes > 0:
			v.Done++
		case v.Start == nil:
			v.Start = p
		}
	}
}

// fillPad puts the cells on the pad: of the groups that are here or have voted,
// or of all.
func (s *Server) fillPad(c *gin.Context, t *sitting, view *tallyView) {
	problem := view.Problem.ID
	groups := t.groups()
	all := c.Request.URL.Query().Has("all")
	for _, g := range t.cells() {
		if slices.Contains(groups, g) {
			continue
		}
		if all {
			groups = append(groups, g)
			view.Few = withoutParam(view.Here, "all")
		} else {
			view.All = withParam(view.Here, "all", "1")
		}
	}
	slices.SortStableFunc(groups, t.Round.Scheme.Compare)
	overs := t.overViews(c, view.recordView)
	for _, g := range groups {
		cell := s.tallyCell(c, t, problem, g, view.Here)
		for _, over := range overs {
			if over.Cell == (data.Cell{Group: g, Problem: problem}) || over.Cell == (data.Cell{Group: g}) {
				cell.Overs = append(cell.Overs, over)
			}
			if over.Cell == (data.Cell{Group: g, Problem: problem}) && over.Reason != "" {
				cell.Most = max(cell.Most, over.Votes)
			}
		}
		view.Cells = append(view.Cells, cell)
		if cell.Typing {
			view.Poll = "" // nothing moves under the fingers
		}
	}
}

func (s *Server) tallyCell(c *gin.Context, t *sitting, problem data.ID, g data.Group, here string) tallyCell {
	votes, key := t.Sheet.Votes(g, problem), groupKey(g)
	cell := tallyCell{Key: key, Name: t.groupName(words(c), g), Class: groupClass(t.Round.Scheme, g), Group: g, N: votes.N, Recent: votes.Recent,
		Present: t.Sheet.Present(g), Type: withParam(here, "type", key), Seen: t.Sheet.Last}
	cell.Most = cell.Present
	cell.Left = t.Each*cell.Present - t.Sheet.Said(g)
	cell.Over = -cell.Left
	if c.Request.URL.Query().Get("type") == key && t.state() == "open" {
		cell.Typing = true
	}
	if _, bad := wrongs(c); bad != nil && c.Request.PostForm.Get("kind") == string(data.TallyCount) && c.Request.PostForm.Get("group") == key {
		cell.Typing, cell.Typed = true, c.Request.PostForm.Get("n")
		if seen, err := data.ParseID(c.Request.PostForm.Get("seen")); err == nil {
			cell.Seen = seen
		}
	}
	return cell
}
