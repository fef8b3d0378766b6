package handlers

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates"
)

// receiptView is the page that says the answers are there. It shows none of
// them: the next person with this phone may look at it.
type receiptView struct {
	residentHead
	Receipt  string
	Thanks   string
	State    string // kept, corrected, withdrawn or removed
	Results  string
	Open     bool // it can still be put right
	WhatsApp string
	Telegram string
	Forget   string // a picture of nothing, see forget
}

// showReceipt is the page under a token: the receipt of who has sent their
// answers, the next question of who has not.
func (s *Server) showReceipt(c *gin.Context) error {
	o, err := s.meet(c)
	if o == nil {
		return err
	}
	t, ours := s.readToken(o.survey.ID, c.Param("token"))
	if !ours {
		// A form without a token of ours was given one; its first address leads to the first page.
		return s.goes(c, s.respondPath(c, o))
	}
	r, err := s.store.ResponseBy(c, o.municipality.ID, o.survey.ID, data.KeyOf(o.survey.ID, t.receipt()))
	if err == nil {
		return s.receipt(c, o, r, spaced(t.receipt()))
	}
	if !errors.Is(err, data.ErrMissing) {
		return err
	}
	a := s.begin(c, o, t)
	draft, err := s.store.DraftBy(c, o.municipality.ID, o.survey.ID, a.draft.Key)
	switch {
	case errors.Is(err, data.ErrMissing) && t.corrects():
		return s.receipt(c, o, data.Response{State: stateCorrected}, "")
	case errors.Is(err, data.ErrMissing):
		return s.goes(c, s.respondPath(c, o))
	case err != nil:
		return err
	}
	if a.form, err = s.version(c, o, draft.Version); err != nil {
		return err
	}
	a.draft = draft
	a.start()
	screens := a.run.Screens()
	next, done := a.pending(screens)
	if done && len(screens) > 0 {
		next = screens[len(screens)-1].Key()
	}
	return s.goes(c, a.path(next))
}

// stateCorrected is only said, and never kept.
const stateCorrected data.State = "corrected"

func (s *Server) receipt(c *gin.Context, o *offered, r data.Response, code string) error {
	l := words(c)
	view := receiptView{residentHead: s.residentHead(c, o), Receipt: code, State: "kept", Forget: "/s/" + o.survey.Word + "/forget", Open: o.survey.Phase(s.today()) == data.PhaseOpen}
	switch r.State {
	case stateCorrected, data.StateWithdrawn, data.StateRemoved:
		view.State = string(r.State)
	default:
		view.Thanks, _ = o.form.Thanks.In(l.Code())
	}
	if o.survey.Results != "" {
		view.Results = l.T("response.results", "date", l.Date(o.survey.Results.Time()))
	}
	if view.Open && o.survey.Door != data.DoorCoded {
		link := s.publicURL(c) + "/s/" + o.survey.Word
		text := l.T("response.share.text", "title", view.Title)
		view.WhatsApp = "https://wa.me/?" + url.Values{"text": {text + " " + link}}.Encode()
		view.Telegram = "https://t.me/share/url?" + url.Values{"url": {link}, "text": {text}}.Encode()
	}
	return s.resident(c, http.StatusOK, "respond_receipt", o, view, nil)
}

// forget makes the browser forget the pages it keeps for who goes back, which
// are there with all that was typed even where it was told to keep nothing: the
// next person with this phone must not find them. The receipt loads it as a
// picture, since the page before it is put away only when the receipt has come.
// On a plain connection a change of cookies does the same; this one says nothing
// and lasts a second.
func (s *Server) forget(c *gin.Context) error {
	c.Header("Clear-Site-Data", `"cache"`)
	if !s.heeded(c) {
		http.SetCookie(c.Writer, &http.Cookie{Name: "ashar-forget", Value: "1", Path: "/s/" + c.Param("word"), MaxAge: 1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	c.Status(http.StatusNoContent)
	return nil
}

// heeded tells whether browsers do what forget says: they trust only those who
// speak over TLS, and their own machine. Elsewhere the first page must not be
// kept at all, and who goes back finds it blank.
func (s *Server) heeded(c *gin.Context) bool {
	host, _, err := net.SplitHostPort(c.Request.Host)
	if err != nil {
		host = c.Request.Host
	}
	address, err := netip.ParseAddr(host)
	return s.secure() || host == "localhost" || err == nil && address.IsLoopback()
}

// publicURL is the address of this server as people type it.
func (s *Server) publicURL(c *gin.Context) string {
	if s.URL != nil {
		return s.URL.Scheme + "://" + s.URL.Host
	}
	return "http://" + c.Request.Host
}

// codeView is the page for who has a receipt.
type codeView struct {
	residentHead
	Action  string
	Typed   string
	Open    bool // answers can still be put right
	Confirm bool // asks whether they really want it withdrawn
}

// showCode asks for the code of a receipt.
func (s *Server) showCode(c *gin.Context) error {
	o, err := s.meet(c)
	if o == nil {
		return err
	}
	return s.code(c, o, http.StatusOK, codeView{})
}

func (s *Server) code(c *gin.Context, o *offered, status int, view codeView, bad ...templates.Error) error {
	view.residentHead = s.residentHead(c, o)
	view.Action, view.Open = view.Code, o.survey.Phase(s.today()) == data.PhaseOpen
	return s.resident(c, status, "respond_code", o, view, bad)
}

// useCode puts right or withdraws what was sent, by the code of its receipt.
func (s *Server) useCode(c *gin.Context) error {
	o, err := s.meet(c)
	if o == nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	view := codeView{Typed: f.line("code")}
	l := words(c)
	if !s.guard.mayGuess(c.ClientIP(), s.Now()) {
		return s.code(c, o, http.StatusTooManyRequests, view, templates.Error{Field: "code", Text: l.T("response.code.many")})
	}
	r, err := s.store.ResponseBy(c, o.municipality.ID, o.survey.ID, data.KeyOf(o.survey.ID, view.Typed))
	if errors.Is(err, data.ErrMissing) || err == nil && r.Tier == data.TierPaper {
		s.guard.guessed(c.ClientIP(), s.Now())
		return s.code(c, o, http.StatusUnprocessableEntity, view, templates.Error{Field: "code", Text: l.T("response.code.unknown")})
	}
	if err != nil {
		return err
	}
	if r.State == data.StateWithdrawn || r.State == data.StateRemoved {
		return s.receipt(c, o, r, "")
	}
	switch f.line("do") {
	case "withdraw":
		view.Confirm = true
		return s.code(c, o, http.StatusOK, view)
	case "confirm":
		if err := s.store.WithdrawResponse(c, o.municipality.ID, o.survey.ID, r.ID); err != nil {
			return err
		}
		r.State = data.StateWithdrawn
		return s.receipt(c, o, r, "")
	}
	return s.putRight(c, o, r)
}

// putRight begins a draft with what was answered, under a token of its own.
func (s *Server) putRight(c *gin.Context, o *offered, r data.Response) error {
	if o.survey.Phase(s.today()) != data.PhaseOpen {
		return s.gate(c, o, "closed", http.StatusOK)
	}
	a := s.begin(c, o, s.mintToken(o.survey.ID, true))
	var err error
	if a.form, err = s.version(c, o, r.Version); err != nil {
		return err
	}
	a.draft.Corrects, a.draft.Version, a.draft.Answers = r.ID, r.Version, r.Answers
	a.start()
	screens := a.run.Screens()
	if len(screens) == 0 {
		return s.gate(c, o, "closed", http.StatusOK)
	}
	return a.save(screens[0].Key())
}
