package handlers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// errNotKept ends a change that is shown again instead.
var errNotKept = errors.New("not kept")

// saveQuestion keeps a question with its choices, whole or not at all. What the
// buttons beside the choices do is done to what was typed.
func (s *Server) saveQuestion(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	asked, err := s.published(c, v)
	if err != nil {
		return err
	}
	was, do := c.Param("question"), f.line("do")
	view := questionFormView{Was: was, Seen: f.line("seen"), From: f.line("from"), To: f.line("to"), Step: f.line("step"), Top: f.line("top"), Points: f.line("points")}
	var typed forms.Form
	err = s.rework(c, v, func(draft *forms.Form) error {
		f.bad = nil
		old := draft.Question(was)
		if old == nil {
			return data.ErrMissing
		}
		before, now := *old, digest(questionParts(draft, old))
		view.Q = f.question(before, asked.has(was))
		f.lists(draft, &view.Q, words(c).Code(), asked, do)
		f.checkName(draft, was, view.Q.Name, asked)
		if f.bad == nil && now != view.Seen {
			view.Seen, view.Theirs = now, differences(words(c), before, view.Q)
			f.bad.Add("", "survey.theirs")
		}
		typed = *draft
		if f.bad != nil {
			return errNotKept
		}
		draft.Replace(was, view.Q)
		return nil
	})
	switch {
	case errors.Is(err, errNotKept):
		return s.questionForm(c, http.StatusUnprocessableEntity, v, typed, view, f.bad)
	case err != nil:
		return err
	case do == "" || do == "save":
		return s.done(c, v.address(c, "build")+"?done=save#q-"+view.Q.Name, nil)
	}
	return s.staysAt(c, v, view.Q.Name)
}

// staysAt goes on with a question whose choices were changed, under the name that
// it has now.
func (s *Server) staysAt(c *gin.Context, v survey, name string) error {
	for i := range c.Params {
		if c.Params[i].Key == "question" {
			c.Params[i].Value = name
		}
	}
	return s.done(c, v.address(c, "questions", name)+"?saved=1#choices", s.showQuestion)
}

// checkName makes sure that every question has a name of its own, and that no
// new one takes the name of one that people have answered.
func (f *form) checkName(draft *forms.Form, was, name string, asked published) {
	switch {
	case name == was:
	case !forms.NameFits(name):
		f.bad.Add("name", "form.name.form")
	case draft.Question(name) != nil:
		f.bad.Add("name", "form.name.twice")
	case asked.has(name):
		f.bad.Add("name", "form.name.asked")
	}
}

// question reads what was typed of a question. What the page did not ask for
// stays as it was; so does the name and kind of one that people have been asked.
func (f *form) question(was forms.Question, fixed bool) forms.Question {
	q := was
	if kind := forms.Kind(f.line("kind")); !fixed && slices.Contains(forms.Kinds, kind) {
		q.Kind = kind
	}
	if name := f.line("name"); !fixed && name != "" {
		q.Name = name
	}
	q.Label, q.Hint, q.Message = f.texts("label"), f.texts("hint"), f.texts("message")
	for field, text := range map[string]data.Text{"label": q.Label, "hint": q.Hint, "message": q.Message} {
		if text.Longest() > data.MaxLine {
			f.bad.Add(field, "error.long", "max", data.MaxLine)
		}
	}
	q.Required, q.Refusable, q.Random, q.Ties, q.Together = f.has("required"), f.has("refusable"), f.has("random"), f.has("ties"), f.has("together")
	for field, source := range map[string]*string{"relevant": &q.Relevant, "constraint": &q.Constraint, "calculation": &q.Calculation,
		"default": &q.Default, "filter": &q.Filter, "times": &q.Times} {
		if f.has(field) {
			*source = f.expression(field)
		}
	}
	if quick := f.line("quick"); quick != "" {
		q.Relevant = forms.Both(q.Relevant, quick)
	}
	if leader := f.line("follows"); leader != "" {
		q.Filter = forms.Both(q.Filter, follows(leader))
	}
	f.limits(&q)
	return q
}

// limits are the numbers of a question.
func (f *form) limits(q *forms.Question) {
	if f.has("top") {
		q.Top = f.number("top")
	}
	if f.has("points") {
		q.Points = f.number("points")
	}
	if f.has("from") {
		q.From, q.To, q.Step = f.decimal("from"), f.decimal("to"), f.decimal("step")
	}
}

// expression is a field with an expression.
func (f *form) expression(name string) string {
	source := f.text(name)
	if len(source) > forms.MaxExpr {
		f.bad.Add(name, "error.long", "max", forms.MaxExpr)
	}
	return source
}

// differences are the parts of a question that two versions do not share, in
// words, with what the first of them has.
func differences(l *lang.Lang, theirs, ours forms.Question) (lines []string) {
	text := func(t data.Text) string { s, _ := t.In(l.Code()); return s }
	for _, one := range []struct{ key, theirs, ours string }{
		{"question.label", text(theirs.Label), text(ours.Label)}, {"question.hint", text(theirs.Hint), text(ours.Hint)},
		{"question.kind", l.T("question.kind." + string(theirs.Kind)), l.T("question.kind." + string(ours.Kind))},
		{"question.relevant", theirs.Relevant, ours.Relevant}, {"question.constraint", theirs.Constraint, ours.Constraint},
		{"question.message", text(theirs.Message), text(ours.Message)}, {"question.calculation", theirs.Calculation, ours.Calculation},
		{"question.filter", theirs.Filter, ours.Filter}, {"question.name", theirs.Name, ours.Name},
	} {
		if one.theirs != one.ours {
			lines = append(lines, l.T("survey.theirs.line", "what", l.T(one.key), "text", one.theirs))
		}
	}
	return lines
}
