package handlers

import (
	"errors"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// undo takes back the newest entry of the account that asks. The same form sent
// twice takes back one.
func (s *Server) undo(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	to, birth := comeBack(c, t, f), f.birth(s.Mint)
	if was, err := s.store.Entry(c, home(c), t.Session, birth); !errors.Is(err, data.ErrMissing) {
		return s.afterUndo(c, to, was, err)
	}
	last, ok := t.Sheet.Undo(account(c).ID)
	if !ok {
		return s.again(c, to, data.Bad{"": {Key: "session.undo.nothing"}})
	}
	void := s.entry(c, t, data.Entry{ID: birth, Kind: data.Void, Target: last.ID})
	if bad := f.join(void.Check(t.Session, t.Round)); bad != nil {
		return s.again(c, to, bad)
	}
	if bad := last.CheckTaking(t.Session); bad != nil {
		return s.again(c, to, bad)
	}
	return s.afterUndo(c, to, void, s.store.AddEntries(c, home(c), t.Session, []data.Entry{void}))
}

// afterUndo goes back to the page, which says what was taken back.
func (s *Server) afterUndo(c *gin.Context, to string, void data.Entry, err error) error {
	if err != nil {
		return err
	}
	return s.done(c, withParam(to, "undone", void.Target.String()), s.screen(to))
}

// undone says what was just taken back, where the address says that something
// was.
func (s *Server) undone(c *gin.Context, t *sitting) (string, error) {
	id, err := data.ParseID(c.Query("undone"))
	if err != nil || !t.Sheet.Taken[id] {
		return "", nil
	}
	e, err := s.store.Entry(c, home(c), t.Session, id)
	if err != nil {
		return "", err
	}
	return words(c).T("session.undo.done", "what", t.entryText(words(c), e)), nil
}
