package handlers

import (
	"github.com/gin-gonic/gin"

	"ashar/data"
)

// closingView is the summary of a session before it is closed.
type closingView struct {
	Head     sittingHead
	ID       data.ID
	Address  string
	Back     string
	Open     bool
	Facts    []fact
	Table    sessionTable
	Overs    []overLine
	Warnings []warning
	Notes    []noteLine
	Text     string
	Undone   string
}

// overLine is a number that is larger than the people there allow, and its
// reason.
type overLine struct{ Text, Reason string }

func (s *Server) showClosing(c *gin.Context) error {
	status, bad := wrongs(c)
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	if t.imported() {
		return data.ErrMissing
	}
	l := words(c)
	r, voices := t.ranked(nil)
	view := closingView{Head: t.head(c), ID: s.Mint(), Address: t.address(c, "close"), Back: t.address(c), Open: t.state() == "open",
		Facts: t.facts(l, voices), Table: t.table(l, r, voices), Overs: t.overLines(l), Warnings: t.warnings(c), Text: c.Request.PostForm.Get("text")}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view.Notes = s.noteLines(c, t, names)
	if view.Undone, err = s.undone(c, t); err != nil {
		return err
	}
	return s.page(c, status, "session_close", view, bad)
}

// closeSession ends the sitting. What is written on it can be printed then.
func (s *Server) closeSession(c *gin.Context) error {
	return s.turn(c, data.Close, "close", "protocol")
}

// reopenSession lets staff go on with a session that was closed.
func (s *Server) reopenSession(c *gin.Context) error {
	return s.turn(c, data.Reopen, "", "")
}

// turn closes or reopens a session. from is the page that the form stands on,
// to the one that follows. A form sent twice finds the session turned already.
func (s *Server) turn(c *gin.Context, kind data.Kind, from, to string) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	if t.imported() {
		return data.ErrForbidden
	}
	birth := f.birth(s.Mint)
	if t.Sheet.Closing.ID != birth {
		e := s.entry(c, t, data.Entry{ID: birth, Kind: kind, Text: f.text("text")})
		if bad := f.join(e.Check(t.Session, t.Round)); bad != nil {
			return s.again(c, t.page(c, from), bad)
		}
		if err := s.store.AddEntries(c, home(c), t.Session, []data.Entry{e}, s.event(c, string(kind), t.ID, e.Text)); err != nil {
			return err
		}
	}
	return s.done(c, t.page(c, to), nil)
}

// page is one of the session's pages; the empty one is its overview.
func (t *sitting) page(c *gin.Context, name string) string {
	if name == "" {
		return t.address(c)
	}
	return t.address(c, name)
}

// archiveSession takes a session out of the ranking, or back in.
func (s *Server) archiveSession(c *gin.Context) error {
	t, err := s.sessionHead(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	archived, action := !f.has("back"), "session.archive"
	if !archived {
		action = "session.unarchive"
	}
	if err := s.store.ArchiveSession(c, home(c), t.ID, archived, s.event(c, action, t.ID, "")); err != nil {
		return err
	}
	return s.done(c, t.address(c), nil)
}

// deleteSession removes a session in which nothing was ever written down.
func (s *Server) deleteSession(c *gin.Context) error {
	t, err := s.sessionHead(c)
	if err != nil {
		return err
	}
	detail := t.village(words(c)) + ", " + string(t.Date)
	if err := s.store.DeleteSession(c, home(c), t.ID, s.event(c, "session.delete", t.ID, detail)); err != nil {
		return err
	}
	return s.done(c, under(c, "rounds", t.Round.ID.String(), "sessions"), nil)
}
