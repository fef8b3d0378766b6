package handlers

import (
	"errors"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// consentView is the form on which whoever leads a sitting notes who allowed
// people under eighteen to be there. The rest of the head is for staff.
type consentView struct {
	Head     sittingHead
	ID       data.ID
	Action   string
	Back     string
	Open     bool
	Consents []option
	Consent  string
	Reason   string
}

// mayConsent is where the consent of an open session is noted; empty where none
// is wanted, or none can be noted any more.
func (t *sitting) mayConsent(c *gin.Context) string {
	if t.state() != "open" || !seatsMinors(t.Round.Scheme) {
		return ""
	}
	return t.address(c, "consent")
}

func (s *Server) showConsent(c *gin.Context) error {
	status, bad := wrongs(c)
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	if t.imported() || !seatsMinors(t.Round.Scheme) {
		return data.ErrMissing
	}
	typed := c.Request.PostForm
	view := consentView{Head: t.head(c), ID: s.Mint(), Action: t.address(c, "consent"), Back: t.address(c, "presence"), Open: t.mayConsent(c) != "",
		Consents: consentChoices(words(c)), Consent: string(t.Consent), Reason: typed.Get("text")}
	if view.Consent == "" {
		view.Consent = noConsent
	}
	if bad != nil && typed.Has("consent") {
		view.Consent = typed.Get("consent")
	}
	return s.page(c, status, "session_consent", view, bad)
}

// saveConsent writes the consent down as a correction of the head, with the
// reason for it. The same form again finds it written down.
func (s *Server) saveConsent(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	here, birth := t.address(c, "consent"), f.birth(s.Mint)
	if _, err := s.store.Entry(c, home(c), t.Session, birth); !errors.Is(err, data.ErrMissing) {
		return s.afterHead(c, t, err)
	}
	e := s.entry(c, t, data.Entry{ID: birth, Kind: data.Header, Field: "consent", Value: string(f.consent()), Text: f.line("text")})
	if shut := t.Shut(t.Round); shut != "" {
		f.bad.Add("", shut)
	} else if f.bad == nil && e.Value == t.Header(e.Field) {
		f.bad.Add("", "session.head.same")
	}
	if f.join(e.Check(t.Session, t.Round)); f.join(t.Sheet.Check(e)) != nil {
		return s.again(c, here, f.bad)
	}
	err = s.store.AddEntries(c, home(c), t.Session, []data.Entry{e}, s.event(c, "session.header", t.ID, e.Text))
	if errors.Is(err, data.ErrConflict) {
		return s.again(c, here, s.clash(c, t.Session, t.Round))
	}
	if err != nil {
		return err
	}
	return s.done(c, t.address(c, "presence"), nil)
}
