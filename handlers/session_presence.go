package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// presenceView is who is in the room, group by group.
type presenceView struct {
	recordView
	Lines   []presenceCell // groups with people
	Others  []presenceCell // groups nobody of whom is here
	Unsaid  []presenceCell // the same, for people who do not say who they are
	Typing  *presenceCell  // whose number is being typed
	Typed   string
	Seen    data.ID // what a recount knows of
	Consent string  // where a consent is noted
}

// presenceCell is one group of the room.
type presenceCell struct {
	Key     string
	Name    string
	Class   string
	N       int
	Count   string // the page where its number is typed
	Typing  bool
	Blocked bool // under eighteen, and nobody consented
	Unsure  bool // it was recounted without having seen all taps
}

func (s *Server) showPresence(c *gin.Context) error {
	status, bad := wrongs(c)
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	view := presenceView{Seen: t.Sheet.Last}
	if view.recordView, err = s.recordView(c, t); err != nil {
		return err
	}
	view.Consent = t.mayConsent(c)
	typing := c.Query("type")
	if f := c.Request.PostForm; len(bad) > 0 && f.Get("kind") == string(data.PresenceCount) {
		typing, view.Typed = f.Get("group"), f.Get("n")
		if seen, err := data.ParseID(f.Get("seen")); err == nil {
			view.Seen = seen
		}
	}
	for _, g := range t.presenceCells() {
		cell := t.presenceCell(c, g)
		if cell.Typing = view.Open && cell.Key == typing; cell.Typing {
			view.Typing = &cell
		}
		switch {
		case cell.N > 0:
			view.Lines = append(view.Lines, cell)
		case t.unsaid(g):
			view.Unsaid = append(view.Unsaid, cell)
		default:
			view.Others = append(view.Others, cell)
		}
	}
	return s.page(c, status, "session_presence", view, bad)
}

// presenceCells are the cells of the session, and any other group that somebody
// counted in: an import or an earlier form may know more.
func (t *sitting) presenceCells() []data.Group {
	cells := t.cells()
	known := map[data.Group]bool{}
	for _, g := range cells {
		known[g] = true
	}
	for _, g := range t.present() {
		if !known[g] {
			cells = append(cells, g)
		}
	}
	return cells
}

func (t *sitting) presenceCell(c *gin.Context, g data.Group) presenceCell {
	key := groupKey(g)
	return presenceCell{Key: key, Name: t.cellName(words(c), g), Class: groupClass(t.Round.Scheme, g), N: t.Sheet.Present(g),
		Count: withParam(t.address(c, "presence"), "type", key), Blocked: g.Band.UnderAge() && !t.Consented(),
		Unsure: slices.Contains(t.Sheet.Unsure(), data.Cell{Group: g})}
}

// cellName is a cell's name on a pad. People who are told apart by nothing, or
// who say nothing of themselves, have one too.
func (t *sitting) cellName(l *lang.Lang, g data.Group) string {
	if (g == data.Group{Tag: t.Tag}) && t.unsaid(g) {
		return l.T("group.unknown.heading")
	}
	return t.groupName(l, g)
}
