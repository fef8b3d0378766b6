package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// notesView is what the note-taker wrote and what people said.
type notesView struct {
	recordView
	Redact  string
	Next    string
	Staff   bool
	Kinds   []option
	Kind    string
	Groups  []option // whose words it may be
	Group   string
	Problem data.ID // what it is about; zero where it is about nothing in particular
	About   string  // its title
	Text    string
	Lines   []noteLine // newest first
}

// noteLine is one note or quote.
type noteLine struct {
	ID    data.ID
	Quote bool
	Group string // whose words they are
	About string // the problem it is about
	Text  string
	Gone  bool   // blacked out
	Said  string // who wrote it down, and when
}

func (s *Server) showNotes(c *gin.Context) error {
	status, bad := wrongs(c)
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	l, typed := words(c), c.Request.PostForm
	view := notesView{Redact: t.address(c, "redact"), Next: t.address(c, "close"), Staff: account(c).May(staff.roles...), Kind: string(data.Quote),
		Kinds: []option{{Value: string(data.Quote), Label: l.T("session.note.quote")}, {Value: string(data.Note), Label: l.T("session.note.note")}}}
	if view.recordView, err = s.recordView(c, t); err != nil {
		return err
	}
	for _, g := range t.present() {
		view.Groups = append(view.Groups, option{Value: groupKey(g), Label: t.groupName(l, g)})
	}
	if len(view.Groups) != 1 {
		view.Groups = append(view.Groups, option{Value: groupKey(data.Group{}), Label: l.T("group.unknown")})
		view.Group = groupKey(data.Group{})
	}
	if problem, ok := t.asked(c, "problem"); ok {
		view.Problem, view.About = problem, t.title(l, problem)
	}
	if len(bad) > 0 && typed.Get("kind") != "" {
		view.Kind, view.Text, view.Group = typed.Get("kind"), typed.Get("text"), typed.Get("group")
	}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view.Lines = s.noteLines(c, t, names)
	return s.page(c, status, "session_notes", view, bad)
}

// noteLines are the notes and quotes of a session, newest first.
func (s *Server) noteLines(c *gin.Context, t *sitting, names map[data.ID]string) (lines []noteLine) {
	l := words(c)
	for _, e := range slices.Backward(t.Sheet.Notes) {
		if e.Kind == data.Header {
			continue
		}
		line := noteLine{ID: e.ID, Quote: e.Kind == data.Quote, Text: e.Text, Gone: e.Gone,
			Said: l.T("session.note.by", "name", names[e.By], "time", s.moment(c, e.Made))}
		if line.Quote && e.Group != (data.Group{}) {
			line.Group = t.cellName(l, e.Group)
		}
		if !e.Problem.Zero() {
			line.About = t.title(l, e.Problem)
		}
		lines = append(lines, line)
	}
	return lines
}

// redactView asks before a text is blacked out for ever.
type redactView struct {
	ID     data.ID
	Action string
	Target data.ID
	Text   string
	Back   string
}

// redact blacks a text out for ever, once somebody has said that they are sure.
func (s *Server) redact(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	target := f.id("target")
	i := slices.IndexFunc(t.Sheet.Notes, func(e data.Entry) bool { return e.ID == target && e.Kind != data.Header })
	if i < 0 {
		return data.ErrMissing
	}
	if t.Sheet.Notes[i].Gone {
		return s.done(c, t.address(c, "notes"), s.showNotes)
	}
	if !f.has("sure") {
		return s.page(c, http.StatusOK, "session_redact", redactView{ID: s.Mint(), Action: t.address(c, "redact"), Target: target,
			Text: t.Sheet.Notes[i].Text, Back: t.address(c, "notes")})
	}
	redact := s.entry(c, t, data.Entry{ID: f.birth(s.Mint), Kind: data.Redact, Target: target})
	if bad := redact.Check(t.Session, t.Round); bad != nil {
		return s.again(c, t.address(c, "notes"), bad)
	}
	if err := s.store.RedactEntry(c, home(c), t.Session, redact, s.event(c, "session.redact", t.ID, target.String())); err != nil {
		return err
	}
	return s.done(c, t.address(c, "notes"), s.showNotes)
}
