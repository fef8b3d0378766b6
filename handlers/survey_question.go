package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// questionFormView is one question with everything that can be set about it.
type questionFormView struct {
	surveyHead
	Q        forms.Question // as typed
	Was      string         // its name before
	Kind     string
	KindText string
	KindHelp string
	Kinds    []option // what it may become; empty where people have been asked it
	Fixed    bool     // people have been asked it: its name and kind stay
	Asks     bool
	Chosen   bool // it has a list of choices
	From, To string
	Step     string
	Top      string
	Points   string
	Lists    []option
	Choices  choicesView
	Marks    choicesView
	Quick    []kindGroup // ready conditions: a question, and what its choices make
	Leaders  []option    // questions to whose answers its choices may belong
	Names    []nameLine  // what expressions may speak of
	Findings []findingLine
	Logic    bool // conditions are in use
	Users    []string
	Seen     string
	Theirs   []string // what somebody else has changed meanwhile
	Saved    bool
}

// nameLine is a question that expressions may speak of.
type nameLine struct{ Name, Title string }

// questionOf is the question in the address.
func (s *Server) questionOf(c *gin.Context, v survey) (draft forms.Form, q *forms.Question, err error) {
	if draft, _, err = s.store.Draft(c, home(c), v.ID); err != nil {
		return draft, nil, err
	}
	if q = draft.Question(c.Param("question")); q == nil {
		return draft, nil, data.ErrMissing
	}
	return draft, q, nil
}

// questionParts is what the page of a question changes: it, and its choices.
func questionParts(f *forms.Form, q *forms.Question) any {
	own := *q
	own.Questions = nil
	return []any{own, f.ListOf(q.List), f.ListOf(q.Marks)}
}

func (s *Server) showQuestion(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	draft, q, err := s.questionOf(c, v)
	if err != nil {
		return err
	}
	view := questionFormView{Q: *q, Was: q.Name, Seen: digest(questionParts(&draft, q)), Saved: c.Query("saved") != ""}
	return s.questionForm(c, http.StatusOK, v, draft, view, nil)
}

// questionForm shows a question as typed in view.Q, within the form as typed.
func (s *Server) questionForm(c *gin.Context, status int, v survey, typed forms.Form, view questionFormView, bad data.Bad) error {
	l := words(c)
	w, err := s.filling(c, v.Round)
	if err != nil {
		return err
	}
	asked, err := s.published(c, v)
	if err != nil {
		return err
	}
	filled, found := s.findings(w, typed)
	q := &view.Q
	view.surveyHead, view.Fixed = s.surveyHead(c, v, "build"), asked.has(view.Was)
	view.Kind, view.KindText, view.KindHelp = string(q.Kind), l.T("question.kind."+string(q.Kind)), l.T("question.kind."+string(q.Kind)+".help")
	view.Asks, view.Chosen = q.Kind.Asks(), needsList(q.Kind)
	if !view.Fixed {
		view.Kinds = otherKinds(l, q.Kind)
	}
	if bad == nil {
		view.numbers()
	}
	if view.Chosen {
		view.Lists = listOptions(l, &filled, q)
		view.Choices = choicesOf(l, &filled, q, "c", q.List)
		view.Leaders = leaders(l, &filled, view.Was)
	}
	if q.Kind == forms.Matrix {
		view.Marks = choicesOf(l, &filled, q, "m", q.Marks)
	}
	view.Quick, view.Names = quickConditions(l, &filled, view.Was)
	view.Logic = q.Relevant != "" || q.Constraint != "" || q.Filter != "" || q.Default != ""
	for _, one := range found {
		if (one.Question == view.Was || one.List != "" && (one.List == q.List || one.List == q.Marks)) && !untranslated(one.Key) {
			view.Findings = append(view.Findings, findingLine{Text: s.findingText(l, one), Grave: one.Grave})
		}
	}
	for _, user := range typed.Users(view.Was) {
		view.Users = append(view.Users, questionTitle(l, user))
	}
	return s.page(c, status, "survey_question", view, bad)
}

func (view *questionFormView) numbers() {
	real := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	q := view.Q
	view.From, view.To, view.Step, view.Top, view.Points = real(q.From), real(q.To), real(q.Step), plain(q.Top), plain(q.Points)
}

// otherKinds are those that a question may become without losing what belongs to
// it: what holds others stays one that does.
func otherKinds(l *lang.Lang, kind forms.Kind) (kinds []option) {
	holds := func(k forms.Kind) bool { return k == forms.Group || k == forms.Repeat }
	for _, k := range forms.Kinds {
		if holds(kind) == holds(k) {
			kinds = append(kinds, option{Value: string(k), Label: l.T("question.kind." + string(k))})
		}
	}
	return kinds
}

// What the list of lists offers besides those that are there.
const (
	newList     = "*new"
	newProblems = "*problems"
)

// listOptions are the lists that a question may offer.
func listOptions(l *lang.Lang, f *forms.Form, q *forms.Question) (lists []option) {
	own, problems := false, false
	for i := range f.Lists {
		list := &f.Lists[i]
		alone := list.Name == q.List && len(f.Sharers(list.Name)) <= 1
		switch {
		case strings.HasPrefix(list.Name, "_") || !list.Problems && len(list.Choices) == 0 && !alone:
			continue
		case list.Problems:
			problems = true
			lists = append(lists, option{Value: list.Name, Label: l.T("question.list.problems")})
		case alone:
			own = true
			lists = append(lists, option{Value: list.Name, Label: l.T("question.list.own")})
		default:
			lists = append(lists, option{Value: list.Name, Label: firstChoices(l, f, list)})
		}
	}
	if !problems {
		lists = append(lists, option{Value: newProblems, Label: l.T("question.list.problems")})
	}
	if !own {
		lists = append(lists, option{Value: newList, Label: l.T("question.list.new")})
	}
	return lists
}

// firstChoices is a list by a question that offers it, and its first choices.
func firstChoices(l *lang.Lang, f *forms.Form, list *forms.List) string {
	var first []string
	for _, choice := range list.Choices[:min(3, len(list.Choices))] {
		text, _ := choice.Label.In(l.Code())
		first = append(first, text)
	}
	title := list.Name
	if sharers := f.Sharers(list.Name); len(sharers) > 0 {
		title = questionTitle(l, sharers[0])
	}
	return title + ": " + strings.Join(first, ", ")
}

// mostQuick bounds the choices of a question that are offered as conditions.
const mostQuick = 30

// quickConditions are conditions ready to be taken: each choice of the questions
// with few; and the names of all questions that conditions may speak of.
func quickConditions(l *lang.Lang, f *forms.Form, own string) (groups []kindGroup, names []nameLine) {
	f.All(func(q, _ *forms.Question) bool {
		if q.Name == own || !q.Kind.Asks() && q.Kind != forms.Calculate && q.Kind != forms.Hidden {
			return true
		}
		names = append(names, nameLine{q.Name, questionTitle(l, q)})
		choices := f.Choices(q)
		if len(choices) > mostQuick {
			return true
		}
		group := kindGroup{Label: questionTitle(l, q)}
		for _, choice := range choices {
			label, _ := choice.Label.In(l.Code())
			switch q.Kind {
			case forms.Many:
				group.Options = append(group.Options, option{Value: "selected(${" + q.Name + "}, '" + choice.Name + "')", Label: label})
			case forms.One, forms.Village, forms.Sex, forms.Band:
				group.Options = append(group.Options, option{Value: "${" + q.Name + "} = '" + choice.Name + "'", Label: label})
			}
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
		return true
	})
	return groups, names
}

// deleteQuestionView asks before a question is removed.
type deleteQuestionView struct {
	surveyHead
	Name   string // the question in words
	Inside []string
	Users  []string
	Asked  bool
	Back   string
	Action string
}

func (s *Server) showDeleteQuestion(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	draft, q, err := s.questionOf(c, v)
	if err != nil {
		return err
	}
	asked, err := s.published(c, v)
	if err != nil {
		return err
	}
	l := words(c)
	view := deleteQuestionView{surveyHead: s.surveyHead(c, v, "build"), Name: questionTitle(l, q), Asked: asked.has(q.Name), Back: v.address(c, "build"), Action: v.address(c, "questions", q.Name, "delete")}
	inside := forms.Form{Questions: q.Questions}
	inside.All(func(in, _ *forms.Question) bool {
		view.Inside = append(view.Inside, questionTitle(l, in))
		return true
	})
	for _, user := range draft.Users(q.Name) {
		view.Users = append(view.Users, questionTitle(l, user))
	}
	return s.page(c, http.StatusOK, "survey_question_delete", view)
}

func (s *Server) deleteQuestion(c *gin.Context) error {
	_, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	err = s.rework(c, v, func(draft *forms.Form) error {
		draft.Remove(c.Param("question"))
		return nil
	})
	if err != nil {
		return err
	}
	return s.done(c, v.address(c, "build")+"?done=delete", nil)
}
