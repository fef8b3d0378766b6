package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// historyView is everything that was written down, newest first.
type historyView struct {
	Head    sittingHead
	Lines   []historyLine
	Entries int
	Older   string // the next page; empty on the last one
	Newest  string // the first page; empty on it
}

// historyLine is one entry in words.
type historyLine struct {
	Text  string
	Who   string
	When  string
	Made  time.Time
	Taken bool // it was taken back
}

// entriesAPage is how many entries a page of the history shows.
const entriesAPage = 100

func (s *Server) showHistory(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	var before data.ID
	if c.Query("before") != "" {
		if before, err = data.ParseID(c.Query("before")); err != nil {
			return err
		}
	}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view := historyView{Head: t.head(c), Entries: t.Sheet.Entries}
	if !before.Zero() {
		view.Newest = t.address(c, "history")
	}
	page := make([]data.Entry, 0, entriesAPage+1)
	for e, err := range s.store.LatestEntries(c, home(c), t.Session, before, entriesAPage+1) {
		if err != nil {
			return err
		}
		page = append(page, e)
	}
	if len(page) > entriesAPage {
		page = page[:entriesAPage]
		view.Older = t.address(c, "history") + "?before=" + url.QueryEscape(page[entriesAPage-1].ID.String())
	}
	for _, e := range page {
		line := historyLine{Who: names[e.By], When: s.moment(c, e.Made), Made: e.Made, Taken: t.Sheet.Taken[e.ID]}
		if e.By.Zero() {
			line.Who = words(c).T("session.state.imported")
		}
		if line.Text, err = s.entrySaid(c, t, e); err != nil {
			return err
		}
		view.Lines = append(view.Lines, line)
	}
	return s.page(c, http.StatusOK, "session_history", view)
}

// moment is a time as people in the villages write it.
func (s *Server) moment(c *gin.Context, at time.Time) string {
	return words(c).DateTime(at.In(s.Zone))
}

// entrySaid is an entry in words. A taking-back says what it took.
func (s *Server) entrySaid(c *gin.Context, t *sitting, e data.Entry) (string, error) {
	l := words(c)
	if e.Kind != data.Void {
		return t.entryText(l, e), nil
	}
	target, err := s.store.Entry(c, home(c), t.Session, e.Target)
	switch {
	case errors.Is(err, data.ErrMissing):
		return t.entryText(l, e), nil
	case err != nil:
		return "", err
	}
	return l.T("history.entry.void", "what", t.entryText(l, target)), nil
}

// entryText is an entry in words, without looking at others.
func (t *sitting) entryText(l *lang.Lang, e data.Entry) string {
	group := t.cellName(l, e.Group)
	text := e.Text
	if e.Gone {
		text = l.T("session.note.gone")
	}
	key := "history." + string(e.Kind)
	switch e.Kind {
	case data.PresenceAdd, data.TallyAdd:
		return l.T(key, "group", group, "title", t.title(l, e.Problem), "change", strings.Replace(fmt.Sprintf("%+d", e.N), "-", "−", 1))
	case data.Explain:
		if e.Problem.Zero() {
			key += ".all"
		}
	case data.Cast, data.Agree:
		return l.T(key, "group", group, "problems", t.ballotText(l, e.Ballot))
	case data.Compare:
		switch {
		case e.N == 0:
			key += ".tied"
		case e.N < 0:
			e.Problem, e.Other = e.Other, e.Problem
		}
	case data.Header:
		return l.T(key, "field", l.T("session."+e.Field), "value", t.headerText(l, e), "text", text)
	case data.Void:
		key += ".unknown"
	}
	if text == "" && (e.Kind == data.Close || e.Kind == data.Compare) {
		return l.T(key+".silent", "title", t.title(l, e.Problem), "other", t.title(l, e.Other))
	}
	return l.T(key, "group", group, "title", t.title(l, e.Problem), "other", t.title(l, e.Other), "n", e.N, "text", text)
}

// headerText is the value of a corrected line of the head.
func (t *sitting) headerText(l *lang.Lang, e data.Entry) string {
	switch e.Field {
	case "village":
		id, err := data.ParseID(e.Value)
		if err != nil {
			return e.Value
		}
		return villageName(l, t.Villages, id)
	case "date":
		return l.Date(data.Date(e.Value).Time())
	case "consent":
		if e.Value == "" {
			return l.T("session.consent.none")
		}
		return l.T("session.consent." + e.Value)
	}
	return e.Value
}

// ballotText is a ballot in one line: its problems in order, ties with =.
func (t *sitting) ballotText(l *lang.Lang, b data.Ballot) (text string) {
	b.Tiers(func(before int, tier []data.Choice) {
		for i, choice := range tier {
			switch {
			case i > 0:
				text += " = "
			case before > 0:
				text += " › "
			}
			text += t.title(l, choice.Problem)
			if choice.Points > 0 {
				text += fmt.Sprintf(" (%d)", choice.Points)
			}
		}
	})
	return text
}
