package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/unicode/norm"

	"ashar/data"
	forms "ashar/data/form"
)

// answering is one resident at one page.
type answering struct {
	s     *Server
	c     *gin.Context
	of    *offered
	token token
	draft data.Draft
	form  *forms.Form
	run   *forms.Run
}

// Fields of our own on a page of questions. No question's name begins so and
// has no more than these letters.
const (
	fieldAsked = "_asked" // the marks of the questions that stood on the page
	fieldMore  = "_more"  // yes or no: another instance
	fieldDrop  = "_drop"  // the button that takes an instance back
	fieldTrap  = "website"
	fieldCode  = "k" // of a sheet
	fieldToken = "t"
)

// begin is somebody who has not answered anything yet.
func (s *Server) begin(c *gin.Context, o *offered, t token) *answering {
	now := s.Now()
	a := &answering{s: s, c: c, of: o, token: t, form: o.form}
	a.draft = data.Draft{Survey: o.survey.ID, Key: data.KeyOf(o.survey.ID, t.receipt()), Version: o.survey.Version,
		Lang: words(c).Code(), Answers: data.Answers{}, Began: now, Touched: now}
	a.start()
	return a
}

func (a *answering) start() {
	if a.draft.Answers == nil {
		a.draft.Answers = data.Answers{}
	}
	a.run = a.form.Run(a.draft.Answers, a.s.Now().In(a.s.Zone), words(a.c).Code())
}

// resume is somebody who has begun. Whoever has nothing kept under the token is
// shown where to go, and there is none.
func (s *Server) resume(c *gin.Context, o *offered) (*answering, error) {
	t, ours := s.readToken(o.survey.ID, c.Param("token"))
	if !ours {
		return nil, s.goes(c, s.respondPath(c, o))
	}
	a := s.begin(c, o, t)
	draft, err := s.store.DraftBy(c, o.municipality.ID, o.survey.ID, a.draft.Key)
	if errors.Is(err, data.ErrMissing) {
		return nil, s.goes(c, s.respondPath(c, o, t.String()))
	}
	if err != nil {
		return nil, err
	}
	if a.form, err = s.version(c, o, draft.Version); err != nil {
		return nil, err
	}
	a.draft = draft
	a.start()
	return a, nil
}

// respondPath is an address below a survey's, in the language that is spoken.
func (s *Server) respondPath(c *gin.Context, o *offered, parts ...string) string {
	path := "/s/" + o.survey.Word
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path + "?l=" + words(c).Code()
}

func (a *answering) path(screen string) string {
	if screen == "" {
		return a.s.respondPath(a.c, a.of, a.token.String())
	}
	return a.s.respondPath(a.c, a.of, a.token.String(), screen)
}

// showScreen shows one page of questions with what has been answered on it.
func (s *Server) showScreen(c *gin.Context) error {
	o, err := s.opened(c)
	if o == nil {
		return err
	}
	a, err := s.resume(c, o)
	if a == nil {
		return err
	}
	screens := a.run.Screens()
	at := forms.FindScreen(screens, c.Param("screen"))
	if at < 0 {
		next, done := a.pending(screens)
		if done && len(screens) > 0 {
			next = screens[len(screens)-1].Key()
		}
		return s.goes(c, a.path(next))
	}
	var bad data.Bad
	if q := a.run.Wrong(screens[at]); q != nil && c.Query("fix") != "" {
		fault := a.run.Fault(q, screens[at].Row)
		bad.Add(q.Name, fault.Key, fault.Args...)
	}
	return a.show(http.StatusOK, screens, at, held(a.run, screens[at]), bad, false)
}

// keepScreen takes one page of answers and goes on to the next, or, after the
// last, to the receipt.
func (s *Server) keepScreen(c *gin.Context) error {
	o, err := s.opened(c)
	if o == nil {
		return err
	}
	if err := posted(c); err != nil {
		return err
	}
	a, err := s.resume(c, o)
	if a == nil {
		return err
	}
	screens := a.run.Screens()
	at := forms.FindScreen(screens, c.Param("screen"))
	if at < 0 {
		next, _ := a.pending(screens)
		return s.goes(c, a.path(next))
	}
	return a.keep(screens, at)
}

// posted reads the fields of a page. What the address says is not among them, so
// that the two need not be put together.
func posted(c *gin.Context) error {
	c.Request.Form = url.Values{}
	if err := c.Request.ParseForm(); err != nil {
		return errorOfForm(err)
	}
	return nil
}

// keep takes what a page says.
func (a *answering) keep(screens []forms.Screen, at int) error {
	screen := screens[at]
	if screen.More || a.c.Request.PostForm.Has(fieldDrop) {
		return a.repeat(screens, at)
	}
	bad, came := a.read(screen)
	if len(bad) > 0 || came {
		status := http.StatusOK
		if len(bad) > 0 {
			status = http.StatusUnprocessableEntity
		}
		screens = a.run.Screens()
		if at = forms.FindScreen(screens, screen.Key()); at < 0 {
			return a.goOn(screens, screen.Key())
		}
		return a.show(status, screens, at, a.typed, bad, came)
	}
	return a.goOn(a.run.Screens(), screen.Key())
}

// typed is what the fields of the page hold, cleaned.
func (a *answering) typed(field string) []string {
	values := slices.Clone(a.c.Request.PostForm[field])
	for i := range values {
		values[i] = data.Clean(norm.NFC.String(values[i]))
	}
	return values
}

func (a *answering) typedOne(field string) string {
	if all := a.typed(field); len(all) > 0 {
		return all[0]
	}
	return ""
}

// read keeps every right answer of a page, and tells what is wrong with the
// others and whether questions or choices have come that the page did not show.
func (a *answering) read(screen forms.Screen) (bad data.Bad, came bool) {
	stood := strings.Fields(strings.Join(a.typed(fieldAsked), " "))
	for _, q := range screen.All {
		if !q.Kind.Asks() || !a.run.Relevant(q, screen.Row) || !stoodThere(a.run, q, screen.Row, stood) {
			continue
		}
		if fault := a.run.Take(screen, q, a.typed); fault.Key != "" {
			bad.Add(q.Name, fault.Key, fault.Args...)
		}
	}
	screens := a.run.Screens()
	at := forms.FindScreen(screens, screen.Key())
	return bad, at >= 0 && slices.ContainsFunc(screens[at].Asked, func(q *forms.Question) bool {
		return q.Kind.Asks() && !stoodThere(a.run, q, screen.Row, stood)
	})
}

// stoodThere tells whether a question stood on the page that came, with the
// choices that it has now. Of a page of some other making all is taken.
func stoodThere(run *forms.Run, q *forms.Question, row int, stood []string) bool {
	return len(stood) == 0 || slices.Contains(stood, run.Mark(q, row))
}

// repeat answers whether there is another instance, or takes one back.
func (a *answering) repeat(screens []forms.Screen, at int) error {
	screen := screens[at]
	answer := a.run.Answers[screen.Name]
	switch {
	case a.c.Request.PostForm.Has(fieldDrop) && screen.Row >= 0 && screen.Row < len(answer.Rows):
		answer.Rows = slices.Delete(slices.Clone(answer.Rows), screen.Row, screen.Row+1)
		a.run.Answers[screen.Name] = answer
		a.run.Changed()
		return a.save(forms.Screen{Name: screen.Name, Row: -1, More: true}.Key())
	case a.typedOne(fieldMore) == "yes":
		next := forms.Screen{Name: screen.Name, Repeat: screen.Repeat, Row: len(answer.Rows)}
		a.run.Keep(next, nil)
		return a.save(next.Key())
	case a.typedOne(fieldMore) == "no":
		a.run.Answers[screen.Name] = answer
		a.run.Changed()
		return a.goOn(a.run.Screens(), screen.Key())
	}
	return a.show(http.StatusUnprocessableEntity, screens, at, a.typed, data.Bad{fieldMore: {Key: "error.choose"}}, false)
}

// pending is the first page that has not been answered, or not rightly; done is
// when there is none.
func (a *answering) pending(screens []forms.Screen) (key string, done bool) {
	if left := a.run.Left(screens); left >= 0 {
		return screens[left].Key(), false
	}
	return "", true
}

// goOn saves the draft and goes to the page after the one just answered; after
// the last it sends the answers.
func (a *answering) goOn(screens []forms.Screen, after string) error {
	if at := forms.FindScreen(screens, after); at >= 0 && at+1 < len(screens) {
		return a.save(screens[at+1].Key())
	}
	left := a.run.Left(screens)
	if left < 0 {
		return a.send()
	}
	if a.run.Wrong(screens[left]) == nil {
		return a.save(screens[left].Key())
	}
	if err := a.put(); err != nil {
		return err
	}
	return a.s.goes(a.c, a.path(screens[left].Key())+"&fix=1") // they have seen it: it says what does not stand any more
}

func (a *answering) save(next string) error {
	if err := a.put(); err != nil {
		return err
	}
	return a.s.goes(a.c, a.path(next))
}

// put keeps the draft.
func (a *answering) put() error {
	a.draft.Answers, a.draft.Touched, a.draft.Lang = a.run.Answers, a.s.Now(), words(a.c).Code()
	return a.s.store.PutDraft(a.c, a.of.municipality.ID, a.draft)
}
