package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates"
)

// showFirst is the page that a link or poster leads to: what this is, who will
// see what, and the first question.
func (s *Server) showFirst(c *gin.Context) error {
	o, err := s.opened(c)
	if o == nil {
		return err
	}
	if o.full(0) {
		return s.gate(c, o, "full", http.StatusOK)
	}
	if k := data.Clean(c.Query(fieldCode)); k != "" || o.survey.Door == data.DoorCoded {
		return s.showFirstCoded(c, o, k)
	}
	t := s.mintToken(o.survey.ID, false)
	lot := 0
	if o.form.Draws() {
		lot = int(t[1]) % lots
	}
	page, err := s.first(c, o, lot)
	if err != nil {
		return err
	}
	return s.serveFirst(c, page, t.String())
}

// serveFirst writes a stored page with a token. Where the browser heeds forget,
// it may show the page again when somebody goes back to it, with what they typed
// and the same token: so it is not told to keep nothing, only to ask each time
// the link is followed.
func (s *Server) serveFirst(c *gin.Context, page *firstPage, t string) error {
	h := c.Writer.Header()
	if s.heeded(c) {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	h.Set(headerPage, "1")
	h.Set("Content-Type", "text/html; charset=utf-8")
	var body []byte
	if unpacks(c.GetHeader("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = page.gzip(t)
	} else {
		body = page.plain(t)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.Writer.WriteHeader(http.StatusOK)
	c.Writer.Write(body) // an error here is a browser that went away
	return nil
}

// first is the stored first page in the language that is spoken. It is drawn
// when it is first asked for.
func (s *Server) first(c *gin.Context, o *offered, lot int) (*firstPage, error) {
	key := firstKey{words(c).Code(), lot}
	if page, ok := o.firsts.Load(key); ok {
		return page.(*firstPage), nil
	}
	o.drawing.Lock() // one draws it for all who wait
	defer o.drawing.Unlock()
	if page, ok := o.firsts.Load(key); ok {
		return page.(*firstPage), nil
	}
	var t token
	t[1] = byte(lot)
	a := s.begin(c, o, t)
	view := a.firstView("")
	view.Action = "/s/" + o.survey.Word + "/" + hole + "?l=" + key.lang
	drawn, err := s.residentPage(words(c), "respond", o, view, nil)
	if err != nil {
		return nil, err
	}
	page, err := newFirstPage(drawn)
	if err != nil {
		return nil, err
	}
	o.firsts.Store(key, page)
	return page, nil
}

// firstView is the first page of questions with what stands before it.
func (a *answering) firstView(sheet string) screenView {
	screens := a.run.Screens()
	view := screenView{residentHead: a.s.residentHead(a.c, a.of), Send: true}
	if len(screens) > 0 {
		view = a.view(screens, 0, held(a.run, screens[0]), nil)
	}
	view.Action, view.First, view.Sheet, view.Least = a.path(""), true, sheet, a.of.least
	view.Logic = view.Logic || a.form.Thinks() // the first page has room for the script of later ones
	view.Door = a.of.survey.Door == data.DoorBoth && sheet == ""
	for i := range view.Asks {
		view.Asks[i].Top = false // the heading is the survey's title
	}
	intro, _ := a.form.Intro.In(words(a.c).Code())
	for line := range strings.SplitSeq(intro, "\n") {
		if line != "" {
			view.Intro = append(view.Intro, line)
		}
	}
	return view
}

// codedView is the page that asks for the code of a sheet.
type codedView struct {
	residentHead
	Action string
	Typed  string
}

// showFirstCoded is the first page for who has a code of a sheet, or should
// have one.
func (s *Server) showFirstCoded(c *gin.Context, o *offered, typed string) error {
	if o.survey.Door == data.DoorOpen {
		return s.goes(c, s.respondPath(c, o))
	}
	ask := func(status int, bad ...templates.Error) error {
		return s.resident(c, status, "respond_sheet", o, codedView{s.residentHead(c, o), "/s/" + o.survey.Word, typed}, bad)
	}
	if typed == "" {
		return ask(http.StatusOK)
	}
	code, err := s.sheetCode(c, o, typed)
	switch {
	case errors.Is(err, errTooMany):
		return ask(http.StatusTooManyRequests, templates.Error{Field: fieldCode, Text: words(c).T("response.code.many")})
	case errors.Is(err, data.ErrMissing):
		return ask(http.StatusUnprocessableEntity, templates.Error{Field: fieldCode, Text: words(c).T("response.sheet.unknown")})
	case err != nil:
		return err
	case code.Used:
		return s.spent(c, o, code)
	}
	a := s.begin(c, o, s.mintToken(o.survey.ID, false))
	return s.resident(c, http.StatusOK, "respond", o, a.firstView(typed), nil)
}

// sheetCode finds a code of a sheet. Who tries many wrong ones has to wait.
func (s *Server) sheetCode(c *gin.Context, o *offered, typed string) (data.Code, error) {
	if !s.guard.mayGuess(c.ClientIP(), s.Now()) {
		return data.Code{}, errTooMany
	}
	code, err := s.store.CodeBy(c, o.municipality.ID, o.survey.ID, data.KeyOf(o.survey.ID, typed))
	if errors.Is(err, data.ErrMissing) {
		s.guard.guessed(c.ClientIP(), s.Now())
	}
	return code, err
}

// spent says why a code of a sheet lets nobody in.
func (s *Server) spent(c *gin.Context, o *offered, code data.Code) error {
	if !code.Voided.IsZero() {
		return s.gate(c, o, "void", http.StatusOK)
	}
	return s.gate(c, o, "used", http.StatusOK)
}

// keepFirst takes the first page. Of a survey of one page it is all there is:
// one writing makes it a response.
func (s *Server) keepFirst(c *gin.Context) error {
	o, err := s.opened(c)
	if o == nil {
		return err
	}
	if err := posted(c); err != nil {
		return err
	}
	sent := c.Param("token")
	if sent == "" {
		sent = c.Request.PostForm.Get(fieldToken)
	}
	t, ours := s.readToken(o.survey.ID, sent)
	if !ours {
		t = s.tokenFrom(o.survey.ID, sent)
	}
	a := s.begin(c, o, t)
	screens := a.run.Screens()
	if len(screens) > 1 || a.typedOne(fieldCode) != "" || o.full(0) { // else the one writing of send finds out
		if going, err := a.known(); going || err != nil {
			return err
		}
		screens = a.run.Screens()
	}
	if o.full(o.underWay()) || !ours && o.full(0) {
		return s.gate(c, o, "full", http.StatusOK)
	}
	if stop, err := a.present(); stop || err != nil {
		return err
	}
	a.suspect(ours)
	if len(screens) == 0 {
		return a.send()
	}
	return a.keep(screens, 0)
}

// known sends those on who have sent this page already, and gives those who have
// begun what they have answered.
func (a *answering) known() (going bool, err error) {
	municipality, survey := a.of.municipality.ID, a.of.survey.ID
	draft, err := a.s.store.DraftBy(a.c, municipality, survey, a.draft.Key)
	switch {
	case err == nil && draft.Version == a.draft.Version:
		a.draft = draft
		a.start()
		return false, nil
	case err == nil:
		return true, a.s.goes(a.c, a.path(""))
	case !errors.Is(err, data.ErrMissing):
		return false, err
	}
	_, err = a.s.store.ResponseBy(a.c, municipality, survey, a.draft.Key)
	if err == nil {
		return true, a.s.goes(a.c, a.path(""))
	}
	if errors.Is(err, data.ErrMissing) {
		err = nil
	}
	return false, err
}

// present takes the code of a sheet that came with the first page. It stops
// those whose code does not let them in.
func (a *answering) present() (stop bool, err error) {
	typed := a.typedOne(fieldCode)
	if a.draft.Code != nil || typed == "" && a.of.survey.Door != data.DoorCoded || a.of.survey.Door == data.DoorOpen {
		return false, nil
	}
	code, err := a.s.sheetCode(a.c, a.of, typed)
	switch {
	case errors.Is(err, data.ErrMissing) || errors.Is(err, errTooMany):
		return true, a.s.showFirstCoded(a.c, a.of, typed)
	case err != nil:
		return false, err
	case code.Used:
		return true, a.s.spent(a.c, a.of, code)
	}
	a.draft.Code = &code.Key
	return false, nil
}
