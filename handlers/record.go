package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// recordView is what every screen that records votes has.
type recordView struct {
	Head     sittingHead
	Entries  string // where its forms go
	Undo     string
	Here     string // its own address, to come back to
	Poll     string // the same, with what it has seen
	Presence string // the session's other pages
	List     string
	Notes    string
	Open     bool // something can be written down
	State    string
	People   int
	Undone   string // what was just taken back
	mint     func() data.ID
}

// ID is a new one for each form, so that each is kept once.
func (v recordView) ID() string { return v.mint().String() }

// showRecord shows the screen of the session's form of vote. A screen that asks
// whether there is anything new hears nothing while there is not.
func (s *Server) showRecord(c *gin.Context) error {
	if seen := c.Request.URL.Query().Get("stamp"); seen != "" {
		id, err := param(c, "id")
		if err != nil {
			return err
		}
		session, err := s.store.Session(c, home(c), id)
		if err != nil {
			return err
		}
		if seen == seenMark(c, session) {
			c.Status(http.StatusNoContent)
			return nil
		}
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	switch t.Form {
	case data.Tally:
		return s.showTally(c, t)
	case data.Pairs:
		return s.showPairs(c, t)
	case data.Order:
		return s.showOrder(c, t)
	}
	return s.showCasting(c, t)
}

// seenMark is new with every entry of the session, and with every change of the
// problems' titles.
func seenMark(c *gin.Context, session data.Session) string {
	return session.Stamp.String() + "." + municipality(c).Stamp.String()
}

func (s *Server) recordView(c *gin.Context, t *sitting) (recordView, error) {
	u := *c.Request.URL
	q := u.Query()
	for _, passing := range []string{"stamp", "type", "undone"} {
		q.Del(passing)
	}
	u.RawQuery = q.Encode()
	here := u.RequestURI()
	undone, err := s.undone(c, t)
	return recordView{
		Head: t.head(c), Entries: t.address(c, "entries"), Undo: t.address(c, "undo"), Here: here, Poll: withParam(here, "stamp", seenMark(c, t.Session)),
		Presence: t.address(c, "presence"), List: t.address(c, "list"), Notes: t.address(c, "notes"),
		Open: t.state() == "open", State: t.state(), People: t.Sheet.People(), Undone: undone, mint: s.Mint,
	}, err
}

// overView is a number that is larger than the people who are there allow, and
// the form to keep it with a reason.
type overView struct {
	ID      data.ID // of the entry that explains it
	Number  int     // tells its form from the others of the page
	Cell    data.Cell
	Group   string // its key
	Problem string // empty where all the ballots or stones of a group are too many
	Text    string
	Votes   int
	Reason  string // empty until somebody explains
	Typed   string
	Bad     bool // what was typed is not enough
}

// overViews are the numbers of the sheet that want explaining.
func (t *sitting) overViews(c *gin.Context, v recordView) (views []overView) {
	_, bad := wrongs(c)
	typed := c.Request.PostForm
	for i, o := range t.overs() {
		over := overView{ID: v.mint(), Number: i, Cell: o.Cell, Group: groupKey(o.Group), Text: t.overText(words(c), o), Votes: o.Votes, Reason: o.Reason}
		if !o.Problem.Zero() {
			over.Problem = o.Problem.String()
		}
		if bad != nil && typed.Get("kind") == string(data.Explain) && typed.Get("group") == over.Group && typed.Get("problem") == over.Problem {
			_, over.Bad = bad["text"]
			over.Typed = typed.Get("text")
		}
		views = append(views, over)
	}
	return views
}

// listLine is a problem of the session's list.
type listLine struct {
	ID      data.ID
	Number  int
	Title   data.Text
	Address string
	Votes   int
	Here    bool // it is the one on the screen
}

// listLines are the problems put before the group, each with the address of
// its own screen.
func (t *sitting) listLines(c *gin.Context) []listLine {
	var lines []listLine
	for i, id := range t.Sheet.Problems {
		lines = append(lines, listLine{ID: id, Number: i + 1, Title: t.Problems[id].Title,
			Address: withParam(t.address(c, "record"), "problem", id.String())})
	}
	return lines
}

// asked is the problem that the address names; false where it names none of the
// session's.
func (t *sitting) asked(c *gin.Context, name string) (data.ID, bool) {
	id, err := data.ParseID(c.Request.URL.Query().Get(name))
	return id, err == nil && slices.Contains(t.Sheet.Problems, id)
}

// quoteLine is something said, and by whom.
type quoteLine struct {
	Text  string
	Group string
}

// quotes are what people said about a problem.
func (t *sitting) quotes(l *lang.Lang, problem data.ID) (lines []quoteLine) {
	for _, e := range t.Sheet.Notes {
		if e.Kind != data.Quote || e.Problem != problem || e.Gone {
			continue
		}
		line := quoteLine{Text: e.Text}
		if e.Group != (data.Group{}) {
			line.Group = t.groupName(l, e.Group)
		}
		lines = append(lines, line)
	}
	return lines
}
