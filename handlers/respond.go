package handlers

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates"
	"ashar/templates/lang"
)

// residentRoutes are the pages on which residents answer a survey. They need no
// account, no cookie and no script: a token in the address tells one visitor's
// pages from another's.
func (s *Server) residentRoutes() []route {
	return []route{
		{"GET", "/s/:word", anyone, s.showFirst, 0},
		{"POST", "/s/:word", anyone, s.keepFirst, maxAnswers},
		{"GET", "/s/:word/code", anyone, s.showCode, 0},
		{"POST", "/s/:word/code", anyone, s.useCode, 0},
		{"GET", "/s/:word/forget", anyone, s.forget, 0},
		{"GET", "/s/:word/:token", anyone, s.showReceipt, 0},
		{"POST", "/s/:word/:token", anyone, s.keepFirst, maxAnswers},
		{"GET", "/s/:word/:token/:screen", anyone, s.showScreen, 0},
		{"POST", "/s/:word/:token/:screen", anyone, s.keepScreen, maxAnswers},
	}
}

// maxAnswers bounds a page of answers in bytes: Cyrillic takes six for a letter.
const maxAnswers = 1 << 20

// The headers between survey.js and us: it sends a form by itself and is told
// where to go; any other page is not ours, or has something to say.
const (
	headerFetch = "X-Ashar-Fetch"
	headerNext  = "X-Ashar-Next"
	headerPage  = "X-Ashar-Page"
)

// residentHead is what stands on every page that residents see.
type residentHead struct {
	Title     string // of the survey
	TitleLang string
	Place     string // the municipality
	Home      string // the address of the first page
	Code      string // the address for who has a code
	Langs     []residentLang
	Helps     string // whom to call
}

// residentLang is one language on the first line.
type residentLang struct {
	Code, Name, Address string
	Current             bool
}

// meet finds the survey of an address and the language to speak in. Where there
// is none that has ever been open it says so itself, and gives none.
func (s *Server) meet(c *gin.Context) (*offered, error) {
	o, err := s.offered(c, c.Param("word"))
	if err != nil && !errors.Is(err, data.ErrMissing) {
		return nil, err
	}
	if err != nil || o.form == nil || o.survey.Phase(s.today()) == data.PhaseDraft {
		s.speakOf(c, data.Languages)
		return nil, s.gate(c, nil, "unknown", http.StatusNotFound)
	}
	s.speakOf(c, o.form.Languages)
	return o, nil
}

// speakOf chooses one of the languages: that of the address, else what the
// browser would like, else the first.
func (s *Server) speakOf(c *gin.Context, offered []string) {
	for _, code := range []string{c.Query("l"), words(c).Code(), offered[0]} {
		if l, ok := s.words.Get(code); ok && slices.Contains(offered, code) {
			c.Set(keyLang, l)
			return
		}
	}
}

// opened is meet for pages that are there only while the survey is open.
func (s *Server) opened(c *gin.Context) (*offered, error) {
	o, err := s.meet(c)
	if o == nil {
		return nil, err
	}
	switch o.survey.Phase(s.today()) {
	case data.PhaseEarly:
		return nil, s.gate(c, o, "early", http.StatusOK)
	case data.PhaseClosed:
		return nil, s.gate(c, o, "closed", http.StatusOK)
	}
	return o, nil
}

// gateView is a page that says why there is nothing to answer, and what to do.
type gateView struct {
	residentHead
	Heading string
	Text    string
	More    string // when results come
	Coded   bool   // who has a receipt can still use its code
	Without bool   // one can answer without a code
}

func (s *Server) gate(c *gin.Context, o *offered, kind string, status int) error {
	l := words(c)
	view := gateView{residentHead: s.residentHead(c, o), Heading: l.T("response.gate." + kind), Text: l.T("response.gate." + kind + ".text")}
	if o != nil {
		view.Coded = kind == "closed" && o.survey.Purged.IsZero() || kind == "used"
		view.Without = kind == "void" && o.survey.Door == data.DoorBoth
		if kind == "early" {
			view.Text = l.T("response.gate.early.text", "date", l.Date(o.survey.Opens.Time()))
		}
		if o.survey.Results != "" && kind != "early" && kind != "void" {
			view.More = l.T("response.results", "date", l.Date(o.survey.Results.Time()))
		}
	}
	return s.resident(c, status, "respond_gate", o, view, nil)
}

// residentHead is the head for a page of a survey; without one it is that of
// no survey at all.
func (s *Server) residentHead(c *gin.Context, o *offered) residentHead {
	head := residentHead{Langs: s.residentLangs(c, o)}
	if o == nil {
		return head
	}
	code := words(c).Code()
	head.Title, head.TitleLang = o.survey.Title.In(code)
	head.TitleLang = otherLang(head.TitleLang, code)
	head.Place, _ = o.municipality.Name.In(code)
	head.Home = "/s/" + o.survey.Word + "?l=" + code
	head.Code = "/s/" + o.survey.Word + "/code?l=" + code
	head.Helps = o.survey.Help
	return head
}

// residentLangs are the links to the same page in the languages of the survey. A
// first page is stored for everybody: nothing of how one visitor wrote its address
// may stand in it.
func (s *Server) residentLangs(c *gin.Context, o *offered) (list []residentLang) {
	codes := data.Languages
	if o != nil {
		codes = o.form.Languages
	}
	path := c.Request.URL.EscapedPath()
	if o != nil && (c.FullPath() == "/s/:word" || c.Request.Method == http.MethodPost && c.FullPath() == "/s/:word/:token") {
		path = "/s/" + o.survey.Word // a token has no page before it is answered
	}
	for _, code := range codes {
		l, ok := s.words.Get(code)
		if !ok {
			continue
		}
		query := url.Values{"l": {code}}
		if k := data.Clean(c.Query(fieldCode)); k != "" {
			query.Set(fieldCode, k)
		}
		list = append(list, residentLang{code, l.Name(), path + "?" + query.Encode(), l == words(c)})
	}
	return list
}

// otherLang is a language for a lang attribute: empty where it is the page's.
func otherLang(code, page string) string {
	if code == page {
		return ""
	}
	return code
}

// resident writes a page for a resident. Nothing of it is kept by the browser.
func (s *Server) resident(c *gin.Context, status int, name string, o *offered, view any, bad []templates.Error) error {
	page, err := s.residentPage(words(c), name, o, view, bad)
	if err != nil {
		return err
	}
	c.Header(headerPage, "1")
	c.Data(status, "text/html; charset=utf-8", page)
	return nil
}

func (s *Server) residentPage(l *lang.Lang, name string, o *offered, view any, bad []templates.Error) ([]byte, error) {
	p := templates.Page{Lang: l, View: view, Errors: bad}
	if o != nil {
		p.Invented = o.municipality.Invented
	}
	var b bytes.Buffer
	err := s.templates.Render(&b, name, "", p)
	return b.Bytes(), err
}

// goes sends a resident on to their next page.
func (s *Server) goes(c *gin.Context, address string) error {
	if c.GetHeader(headerFetch) != "" {
		c.Header(headerNext, address)
		c.Status(http.StatusNoContent)
		return nil
	}
	c.Header("Location", address)
	c.Status(http.StatusSeeOther)
	return nil
}
