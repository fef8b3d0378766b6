package handlers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// sessionHeadView is the form that puts the head of a session right.
type sessionHeadView struct {
	Head        sittingHead
	ID          data.ID
	Action      string
	Back        string
	Villages    []option
	Consents    []option // empty where nobody is under eighteen
	Typed       sessionTyped
	Reason      string
	Today       data.Date
	Corrections []historyLine // earlier ones, newest first
}

func (s *Server) showHead(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	typed := sessionTyped{Village: t.Village.String(), Place: t.Place, Date: string(t.Date), Facilitators: t.Facilitators, Consent: string(t.Consent)}
	if t.Consent == "" {
		typed.Consent = noConsent
	}
	return s.headForm(c, http.StatusOK, t, s.Mint(), typed, "")
}

func (s *Server) headForm(c *gin.Context, status int, t *sitting, id data.ID, typed sessionTyped, reason string, bad ...data.Bad) error {
	l := words(c)
	view := sessionHeadView{Head: t.head(c), ID: id, Action: t.address(c, "head"), Back: t.address(c), Typed: typed, Reason: reason, Today: s.today()}
	for _, v := range t.Villages {
		view.Villages = append(view.Villages, option{Value: v.ID.String(), Label: villageName(l, t.Villages, v.ID)})
	}
	if seatsMinors(t.Round.Scheme) {
		view.Consents = consentChoices(l)
	}
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view.Corrections = s.corrections(c, t, names)
	return s.page(c, status, "session_head", view, bad...)
}

// corrections of the head, newest first.
func (s *Server) corrections(c *gin.Context, t *sitting, names map[data.ID]string) (lines []historyLine) {
	for _, e := range slices.Backward(t.Sheet.Notes) {
		if e.Kind == data.Header {
			lines = append(lines, historyLine{Text: t.entryText(words(c), e), Who: names[e.By], When: s.moment(c, e.Made)})
		}
	}
	return lines
}

// saveHead writes down a correction for each line that was changed, all with
// the one reason.
func (s *Server) saveHead(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	birth, reason := f.birth(s.Mint), f.line("text")
	if _, err := s.store.Entry(c, home(c), t.Session, nth(birth, 1)); !errors.Is(err, data.ErrMissing) {
		return s.afterHead(c, t, err) // the same form once more
	}
	entries := s.headEntries(c, t, f, birth, reason)
	if len(entries) == 0 {
		f.bad.Add("", "session.head.same")
	}
	for _, e := range entries {
		f.join(e.Check(t.Session, t.Round))
		f.join(t.Sheet.Check(e))
		if after, ok := t.Session.With(e.Field, e.Value); ok && e.Field == "date" {
			f.join(after.CheckDate(s.today()))
		}
	}
	if f.bad != nil {
		return s.headForm(c, http.StatusUnprocessableEntity, t, birth, f.sessionTyped(), reason, f.bad)
	}
	err = s.store.AddEntries(c, home(c), t.Session, entries, s.event(c, "session.header", t.ID, reason))
	if errors.Is(err, data.ErrConflict) {
		return s.headForm(c, http.StatusConflict, t, birth, f.sessionTyped(), reason, s.clash(c, t.Session, t.Round))
	}
	return s.afterHead(c, t, err)
}

func (s *Server) afterHead(c *gin.Context, t *sitting, err error) error {
	if err != nil {
		return err
	}
	return s.done(c, t.address(c), nil)
}

// headEntries are the corrections that a form asks for.
func (s *Server) headEntries(c *gin.Context, t *sitting, f *form, birth data.ID, reason string) (entries []data.Entry) {
	typed := map[string]string{"village": f.line("village"), "place": f.line("place"), "date": string(f.date("date")), "facilitators": f.line("facilitators")}
	if seatsMinors(t.Round.Scheme) {
		typed["consent"] = string(f.consent())
	}
	for _, field := range data.HeaderFields {
		value, asked := typed[field]
		if !asked || value == t.Header(field) {
			continue
		}
		if field == "village" && !slices.ContainsFunc(t.Villages, func(v data.Village) bool { return v.ID.String() == value }) {
			f.bad.Add("village", "error.choose")
			continue
		}
		entries = append(entries, s.entry(c, t, data.Entry{ID: nth(birth, len(entries)+1), Kind: data.Header, Field: field, Value: value, Text: reason}))
	}
	return entries
}
