package handlers

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/unicode/norm"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// tryView is one page of the form as residents will see it. Nothing is kept: what
// was answered so far goes along in the page.
type tryView struct {
	surveyHead
	Lang     string
	Langs    []residentLang
	Helps    string
	Findings []findingLine // those that keep the form from being opened
	Screen   screenView
	Key      string // of the screen; empty before the first and after the last
	Answers  string
	Began    bool
	Intro    []string
	Least    int // the smallest group whose answers are shown
	Thanks   []string
	Done     []tryLine // what would have been kept
	Hidden   int       // questions that no condition asked for
}

// tryLine is one answer as it would have been kept.
type tryLine struct{ Question, Answer string }

// trial is somebody of the staff going through the form.
type trial struct {
	s    *Server
	c    *gin.Context
	form forms.Form
	lang *lang.Lang
	run  *forms.Run
	view tryView
}

func (s *Server) trial(c *gin.Context, answers data.Answers) (*trial, error) {
	v, err := s.survey(c)
	if err != nil {
		return nil, err
	}
	w, err := s.filling(c, v.Round)
	if err != nil {
		return nil, err
	}
	draft, _, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return nil, err
	}
	if l, ok := s.words.Get(c.Query("in")); ok {
		c.Set(keyLang, l) // the whole page is in the language that is tried
	}
	t := &trial{s: s, c: c, lang: words(c)}
	var found []forms.Finding
	t.form, found = s.findings(w, draft)
	t.view = tryView{surveyHead: s.surveyHead(c, v, "try"), Lang: t.lang.Code(), Helps: v.Help, Least: v.Round.Rule.Smallest()}
	found = slices.DeleteFunc(found, func(f forms.Finding) bool { return !f.Grave })
	for _, one := range s.findingLines(c, v, &t.form, found) {
		if one.Grave {
			t.view.Findings = append(t.view.Findings, one)
		}
	}
	for _, code := range t.form.Languages {
		if l, ok := s.words.Get(code); ok {
			t.view.Langs = append(t.view.Langs, residentLang{Code: code, Name: l.Name(), Address: v.address(c, "try") + "?in=" + code, Current: code == t.lang.Code()})
		}
	}
	if answers == nil {
		answers = data.Answers{}
	}
	t.run = t.form.Run(answers, s.Now().In(s.Zone), t.lang.Code())
	return t, nil
}

// showTry begins at the page before the first question.
func (s *Server) showTry(c *gin.Context) error {
	t, err := s.trial(c, nil)
	if err != nil {
		return err
	}
	t.view.Intro = paragraphsOf(t.form.Intro, t.lang)
	return t.page(http.StatusOK, nil)
}

// paragraphsOf a text in a language, or in any.
func paragraphsOf(t data.Text, l *lang.Lang) []string {
	text, _ := t.In(l.Code())
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

// tryOn takes the answers of a page along to the next.
func (s *Server) tryOn(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return errorOfForm(err)
	}
	var answers data.Answers
	if err := json.Unmarshal([]byte(c.Request.PostForm.Get("answers")), &answers); err != nil {
		answers = nil // begun anew
	}
	t, err := s.trial(c, answers)
	if err != nil {
		return err
	}
	screens := t.run.Screens()
	at := forms.FindScreen(screens, c.Request.PostForm.Get("key"))
	switch {
	case c.Request.PostForm.Has("back") && at > 0:
		return t.show(http.StatusOK, screens[at-1], held(t.run, screens[at-1]), nil)
	case at < 0:
		return t.next(screens, -1)
	case screens[at].More:
		return t.more(screens[at])
	}
	return t.keep(screens[at])
}

func (t *trial) typed(field string) []string {
	values := slices.Clone(t.c.Request.PostForm[field])
	for i := range values {
		values[i] = data.Clean(norm.NFC.String(values[i]))
	}
	return values
}

// keep what a page says, for the pages to come.
func (t *trial) keep(screen forms.Screen) error {
	var bad data.Bad
	stood := strings.Fields(strings.Join(t.typed(fieldAsked), " "))
	for _, q := range screen.All {
		if !q.Kind.Asks() || !t.run.Relevant(q, screen.Row) || !stoodThere(t.run, q, screen.Row, stood) {
			continue
		}
		if fault := t.run.Take(screen, q, t.typed); fault.Key != "" {
			bad.Add(q.Name, fault.Key, fault.Args...)
		}
	}
	screens := t.run.Screens()
	at := forms.FindScreen(screens, screen.Key())
	switch {
	case bad != nil && at >= 0:
		return t.show(http.StatusUnprocessableEntity, screens[at], t.typed, bad)
	case at >= 0 && !t.run.Visited(screens[at]): // an answer brought more questions
		return t.show(http.StatusOK, screens[at], t.typed, nil)
	}
	return t.next(screens, at)
}

// more begins another instance of a repeat, or goes on.
func (t *trial) more(screen forms.Screen) error {
	answer := t.run.Answers[screen.Name]
	if strings.Join(t.typed(fieldMore), "") == "yes" {
		next := forms.Screen{Name: screen.Name, Repeat: screen.Repeat, Row: len(answer.Rows)}
		t.run.Keep(next, nil)
		screens := t.run.Screens()
		if at := forms.FindScreen(screens, next.Key()); at >= 0 {
			return t.show(http.StatusOK, screens[at], held(t.run, screens[at]), nil)
		}
	}
	t.run.Answers[screen.Name] = answer
	t.run.Changed()
	screens := t.run.Screens()
	return t.next(screens, forms.FindScreen(screens, screen.Key()))
}

// next is the screen after one, or what would have been kept.
func (t *trial) next(screens []forms.Screen, at int) error {
	if at+1 < len(screens) {
		return t.show(http.StatusOK, screens[at+1], held(t.run, screens[at+1]), nil)
	}
	final := t.run.Final()
	t.view.Thanks = paragraphsOf(t.form.Thanks, t.lang)
	t.form.All(func(q, repeat *forms.Question) bool {
		a, ok := final[q.Name]
		switch {
		case repeat != nil || q.Kind == forms.Group || q.Kind == forms.Note:
		case !ok:
			t.view.Hidden++
		default:
			t.view.Done = append(t.view.Done, tryLine{questionTitle(t.lang, q), t.said(q, a)})
		}
		return true
	})
	t.view.Began = true
	return t.page(http.StatusOK, nil)
}

// said is an answer in words.
func (t *trial) said(q *forms.Question, a data.Answer) string {
	if q.Kind == forms.Repeat {
		return t.lang.Number(len(a.Rows))
	}
	return answerText(t.lang, &forms.Asked{Question: q, Choices: t.form.Choices(q), Marks: t.form.MarksOf(q)}, a)
}

func (t *trial) show(status int, screen forms.Screen, fields forms.Values, bad data.Bad) error {
	kept, err := json.Marshal(t.run.Answers)
	if err != nil {
		return err
	}
	t.view.Key, t.view.Answers, t.view.Began = screen.Key(), string(kept), true
	t.renderScreen(screen, fields, bad)
	return t.page(status, bad)
}

// renderScreen draws a screen the way residents see it.
func (t *trial) renderScreen(screen forms.Screen, fields forms.Values, bad data.Bad) {
	d := drawing{run: t.run, lang: t.lang, screen: screen, fields: fields, bad: bad}
	for _, q := range screen.Asked {
		t.view.Screen.Asks = append(t.view.Screen.Asks, d.ask(q))
		t.view.Screen.Ranks = t.view.Screen.Ranks || q.Kind == forms.Rank
	}
	if q := t.form.Question(screen.Name); q != nil && (screen.Repeat != nil || len(screen.Asked) > 1) {
		t.view.Screen.Heading, _ = q.Label.In(t.lang.Code())
	}
	if screen.More {
		t.view.Screen.More = t.lang.T("response.more", "n", len(t.run.Answers[screen.Name].Rows))
	}
}

func (t *trial) page(status int, bad data.Bad) error {
	return t.s.page(t.c, status, "survey_try", t.view, bad)
}
