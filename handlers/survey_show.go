package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// surveyView is the first page of a survey: how it stands and what to do next.
type surveyView struct {
	surveyHead
	Survey   data.Survey
	Finding  string // the state in a sentence
	Link     string
	Share    string
	WhatsApp string
	Telegram string
	Counted  int
	Held     int
	Removed  int // removed or withdrawn
	Asks     int // questions
	Findings []findingLine
	Grave    bool
	Changed  bool // the form differs from the one that people answer
	Progress []progressLine
	Stamp    data.ID
	Due      data.Date
	May      mayView
	Missed   bool // somebody changed it between looking and opening
}

// findingLine is something about a form that staff should know, and where it is
// put right.
type findingLine struct {
	Text    string
	Where   string // the question in words
	Address string
	Grave   bool
}

// progressLine is how far a form is translated into a language.
type progressLine struct {
	Code, Name string
	Done, Of   int
	Address    string
}

func (s *Server) showSurvey(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.surveyPage(c, http.StatusOK, v, nil)
}

func (s *Server) surveyPage(c *gin.Context, status int, v survey, bad data.Bad) error {
	l := words(c)
	view := surveyView{surveyHead: s.surveyHead(c, v, ""), Survey: v.Survey, Stamp: v.Stamp, Due: v.Due(s.Zone), May: may(c), Missed: status == http.StatusConflict}
	counts, err := s.store.CountResponses(c, home(c), v.ID)
	if err != nil {
		return err
	}
	view.Counted, view.Held = counts[data.StateCounted], counts[data.StateHeld]
	view.Removed = counts[data.StateRemoved] + counts[data.StateWithdrawn]
	view.Finding = s.surveyFinding(l, v, view.Counted)
	view.Link = s.public(c) + "/s/" + v.Word
	title, _ := v.Title.In(l.Code())
	view.Share = l.T("survey.link.text", "title", title, "link", view.Link)
	view.WhatsApp = "https://wa.me/?" + url.Values{"text": {view.Share}}.Encode()
	view.Telegram = "https://t.me/share/url?" + url.Values{"url": {view.Link}, "text": {title}}.Encode()
	if view.May.SetUp {
		if err := s.prospect(c, v, &view); err != nil {
			return err
		}
	}
	return s.page(c, status, "survey", view, bad)
}

// prospect is what staff see of the form they are working on.
func (s *Server) prospect(c *gin.Context, v survey, view *surveyView) error {
	w, err := s.filling(c, v.Round)
	if err != nil {
		return err
	}
	draft, _, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return err
	}
	filled, found := s.findings(w, draft)
	filled.All(func(q, _ *forms.Question) bool {
		if q.Kind.Asks() {
			view.Asks++
		}
		return true
	})
	view.Findings, view.Grave = s.findingLines(c, v, &filled, found), forms.Grave(found)
	view.Progress = s.progress(c, v, &draft)
	if v.Version > 0 {
		answered, err := s.store.Version(c, home(c), v.ID, v.Version)
		if err != nil {
			return err
		}
		view.Changed = digest(answered) != digest(filled)
	}
	return nil
}

// surveyFinding is the state of a survey in a sentence.
func (s *Server) surveyFinding(l *lang.Lang, v survey, counted int) string {
	answers := l.T("count.responses", "n", counted)
	switch v.Phase(s.today()) {
	case data.PhaseDraft:
		return l.T("survey.finding.draft")
	case data.PhaseEarly:
		return l.T("survey.finding.early", "date", l.Date(v.Opens.Time()))
	case data.PhaseClosed:
		if !v.Purged.IsZero() {
			return l.T("survey.finding.purged", "date", l.Date(v.Purged.In(s.Zone)))
		}
		return l.T("survey.finding.closed", "answers", answers)
	}
	if v.Closes != "" {
		return l.T("survey.finding.until", "answers", answers, "date", l.Date(v.Closes.Time()))
	}
	return l.T("survey.finding.open", "answers", answers)
}

// progress of a form in its languages.
func (s *Server) progress(c *gin.Context, v survey, draft *forms.Form) (lines []progressLine) {
	for _, l := range s.words.All() {
		if !slices.Contains(draft.Languages, l.Code()) {
			continue
		}
		line := progressLine{Code: l.Code(), Name: l.Name(), Address: v.address(c, "translate") + "?to=" + l.Code()}
		line.Done, line.Of = draft.Translated(l.Code())
		lines = append(lines, line)
	}
	return lines
}

// findingLines are findings in words. Texts that are not translated are one line
// for each language.
func (s *Server) findingLines(c *gin.Context, v survey, f *forms.Form, found []forms.Finding) (lines []findingLine) {
	l := words(c)
	for _, one := range found {
		if untranslated(one.Key) {
			continue
		}
		line := findingLine{Grave: one.Grave, Text: s.findingText(l, one), Address: v.address(c, "frame")}
		name := one.Question
		if sharers := f.Sharers(one.List); name == "" && len(sharers) > 0 {
			name = sharers[0].Name
		}
		if q := f.Question(name); q != nil {
			line.Where, line.Address = questionTitle(l, q), v.address(c, "questions", name)
		}
		if one.Key == "form.empty" {
			line.Address = v.address(c, "build")
		}
		lines = append(lines, line)
	}
	for _, p := range s.progress(c, v, f) {
		if p.Done < p.Of {
			lines = append(lines, findingLine{Text: l.T("survey.untranslated", "n", p.Of-p.Done, "lang", p.Name), Address: p.Address + "&only=missing"})
		}
	}
	return lines
}

func untranslated(key string) bool {
	return key == "form.untranslated" || key == "form.choice.untranslated"
}

// findingText is a finding in words, with the name of the expression it is in.
func (s *Server) findingText(l *lang.Lang, one forms.Finding) string {
	text := l.T(one.Key, one.Args...)
	for i := 0; i+1 < len(one.Args); i += 2 {
		if of, ok := one.Args[i+1].(string); ok && one.Args[i] == "of" {
			return l.T("survey.theirs.line", "what", l.T("question."+of), "text", text)
		}
	}
	return text
}

// questionTitle is a question as staff speak of it: what it asks, else its name.
func questionTitle(l *lang.Lang, q *forms.Question) string {
	if title, _ := q.Label.In(l.Code()); title != "" {
		return title
	}
	return l.T("question.kind."+string(q.Kind)) + " (" + q.Name + ")"
}
