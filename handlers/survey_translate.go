package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// translateView is the texts of a form in two languages side by side.
type translateView struct {
	surveyHead
	From, To string
	FromName string
	ToName   string
	Langs    []option
	Progress []progressLine
	Lines    []translateLine
	Missing  bool // only what is not translated yet
	All      int
	Saved    bool
	Clashes  int // texts that could not be kept
}

// translateLine is one text and its translation.
type translateLine struct {
	Key    string // of the part
	Where  string
	What   string
	Source string
	Really string // the language that the source is in
	Text   string
	Seen   string
	Long   bool
	Error  string
}

func (s *Server) showTranslate(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.translatePage(c, http.StatusOK, v, nil, nil)
}

// languagesOf are the two languages that a page of translation is about: as
// asked for, else from the form's first into the one that lacks most.
func languagesOf(f *forms.Form, from, to string) (string, string) {
	if !slices.Contains(data.Languages, from) {
		from = "ky"
		for _, l := range f.Languages {
			if l != to {
				from = l
				break
			}
		}
	}
	if slices.Contains(data.Languages, to) && to != from {
		return from, to
	}
	least := -1
	for _, l := range data.Languages {
		if done, _ := f.Translated(l); l != from && (least < 0 || done < least) {
			least, to = done, l
		}
	}
	return from, to
}

// translatePage shows the texts, with those that could not be kept as typed.
func (s *Server) translatePage(c *gin.Context, status int, v survey, clashes map[string]string, bad data.Bad) error {
	l := words(c)
	draft, _, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return err
	}
	view := translateView{surveyHead: s.surveyHead(c, v, "translate"), Missing: c.Query("only") != "", Saved: bad == nil && c.Query("saved") != "", Clashes: len(clashes)}
	view.From, view.To = languagesOf(&draft, c.Query("from"), c.Query("to"))
	view.Progress = s.progress(c, v, &draft)
	for _, other := range s.words.All() {
		view.Langs = append(view.Langs, option{Value: other.Code(), Label: other.Name()})
		switch other.Code() {
		case view.From:
			view.FromName = other.Name()
		case view.To:
			view.ToName = other.Name()
		}
	}
	for _, p := range draft.Parts() {
		view.All++
		now := p.Text.Exact(view.To)
		line := translateLine{Key: p.Key, What: l.T("question." + p.What), Text: now, Seen: digest(now), Long: p.What == "intro" || p.What == "thanks"}
		line.Source, line.Really = sourceOf(*p.Text, view.From, view.To)
		if q := draft.Question(p.Question); q != nil && p.What != "label" {
			line.Where = questionTitle(l, q)
		}
		if typed, ok := clashes[p.Key]; ok {
			line.Text, line.Error = typed, l.T(bad[p.Key].Key, bad[p.Key].Args...)
		}
		if !view.Missing || now == "" || line.Error != "" {
			view.Lines = append(view.Lines, line)
		}
	}
	return s.page(c, status, "survey_translate", view, bad)
}

// sourceOf is a text to translate from: in the language asked for, else in any
// but the one it is translated into.
func sourceOf(t data.Text, from, to string) (text, really string) {
	if text := t.Exact(from); text != "" {
		return text, from
	}
	for _, l := range data.Languages {
		if text := t.Exact(l); text != "" && l != to {
			return text, l
		}
	}
	return "", from
}

// saveTranslate keeps each text that was typed, unless somebody else has changed
// that very text meanwhile: then theirs stays, and both are shown.
func (s *Server) saveTranslate(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	to := c.Request.URL.Query().Get("to") // not c.Query, which would remember the query of this request
	if !slices.Contains(data.Languages, to) {
		return data.ErrInvalid
	}
	var clashes map[string]string
	err = s.rework(c, v, func(draft *forms.Form) error {
		f.bad, clashes = nil, map[string]string{}
		for _, p := range draft.Parts() {
			if f.has(p.Key) {
				f.translated(p, to, clashes)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if f.bad != nil {
		return s.translatePage(c, http.StatusUnprocessableEntity, v, clashes, f.bad)
	}
	query := c.Request.URL.Query()
	query.Set("saved", "1")
	return s.done(c, v.address(c, "translate")+"?"+query.Encode(), s.showTranslate)
}

// translated reads one translation and keeps it in its part, or among the
// clashes where that cannot be.
func (f *form) translated(p forms.Part, to string, clashes map[string]string) {
	typed, now, most := f.line(p.Key), p.Text.Exact(to), data.MaxLine
	if p.What == "intro" || p.What == "thanks" {
		typed, most = f.text(p.Key), data.MaxNotes
	}
	switch {
	case typed == now:
	case len([]rune(typed)) > most:
		f.bad.Add(p.Key, "error.long", "max", most)
		clashes[p.Key] = typed
	case digest(now) != f.line("seen."+p.Key):
		f.bad.Add(p.Key, "survey.translate.theirs", "text", now)
		clashes[p.Key] = typed
	default:
		p.Text.Put(to, typed)
	}
}
