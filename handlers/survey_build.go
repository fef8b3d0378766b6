package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// buildView is the form that staff are working on, one question to a line.
type buildView struct {
	surveyHead
	Lines    []buildLine
	Places   []option // behind which question, or in which group, a new one may stand
	After    string   // the place chosen
	Kinds    []kindGroup
	Kind     string
	Label    string
	Findings []findingLine // of the whole form
	Grave    bool
	Progress []progressLine
	Intro    data.Text
	Whole    bool
	Said     string // what has just been done
}

// kindGroup is kinds of questions that belong together.
type kindGroup struct {
	Label   string
	Options []option
}

// buildLine is one question of the form.
type buildLine struct {
	Name     string
	Title    data.Text
	Kind     string
	KindText string
	Depth    int
	Number   int // of those that people answer; 0 for the others
	Facts    []string
	When     string // its condition
	Findings []findingLine
	Address  string
	Up, Down bool // it can be moved so
	Enter    bool // there is a group beside it
	Leave    bool
	Holds    bool // a group or repeat
}

func (s *Server) showBuild(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.buildPage(c, http.StatusOK, v, buildView{After: c.Query("after"), Kind: string(forms.One)}, nil)
}

func (s *Server) buildPage(c *gin.Context, status int, v survey, view buildView, bad data.Bad) error {
	l := words(c)
	w, err := s.filling(c, v.Round)
	if err != nil {
		return err
	}
	draft, _, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return err
	}
	filled, found := s.findings(w, draft)
	view.surveyHead, view.Grave = s.surveyHead(c, v, "build"), forms.Grave(found)
	view.Progress, view.Intro, view.Whole = s.progress(c, v, &draft), draft.Intro, draft.Whole
	byName := map[string][]forms.Finding{}
	for _, one := range found {
		if sharers := filled.Sharers(one.List); one.Question == "" && len(sharers) > 0 {
			one.Question = sharers[0].Name
		}
		byName[one.Question] = append(byName[one.Question], one)
	}
	for _, one := range s.findingLines(c, v, &filled, byName[""]) {
		if one.Grave {
			view.Findings = append(view.Findings, one)
		}
	}
	number := 0
	view.lines(filled.Questions, 0, func(line *buildLine, q *forms.Question) {
		line.Address = v.address(c, "questions", q.Name)
		line.KindText, line.Facts = l.T("question.kind."+line.Kind), factsOf(l, &filled, q)
		if q.Kind.Asks() {
			number++
			line.Number = number
		}
		for _, one := range byName[q.Name] {
			if !untranslated(one.Key) {
				line.Findings = append(line.Findings, findingLine{Text: s.findingText(l, one), Grave: one.Grave})
			}
		}
		if line.Holds {
			view.Places = append(view.Places, option{Value: placeInside + q.Name, Label: l.T("survey.build.into", "title", questionTitle(l, q))})
		}
		view.Places = append(view.Places, option{Value: q.Name, Label: l.T("survey.build.after", "title", questionTitle(l, q))})
	})
	view.Kinds = kindGroups(l)
	if done := c.Query("done"); slices.Contains(buildDone, done) {
		view.Said = l.T("survey.build.done." + done)
	}
	return s.page(c, status, "survey_build", view, bad)
}

// lines are the questions of a list and those inside them.
func (view *buildView) lines(questions []forms.Question, depth int, fill func(*buildLine, *forms.Question)) {
	holds := func(at int) bool {
		return at >= 0 && at < len(questions) && (questions[at].Kind == forms.Group || questions[at].Kind == forms.Repeat)
	}
	for i := range questions {
		q := &questions[i]
		line := buildLine{Name: q.Name, Title: q.Label, Kind: string(q.Kind), Depth: min(depth, 4), When: q.Relevant, Up: i > 0, Down: i+1 < len(questions),
			Enter: holds(i-1) || holds(i+1), Leave: depth > 0, Holds: holds(i)}
		fill(&line, q)
		view.Lines = append(view.Lines, line)
		view.lines(q.Questions, depth+1, fill)
	}
}

// factsOf is what a line says of a question besides its text.
func factsOf(l *lang.Lang, f *forms.Form, q *forms.Question) (facts []string) {
	add := func(yes bool, key string, args ...any) {
		if yes {
			facts = append(facts, l.T(key, args...))
		}
	}
	list := f.ListOf(q.List)
	add(q.Required, "question.required")
	add(q.Refusable, "question.refusable")
	add(q.Kind.Chosen() && list != nil && list.Problems, "question.list.problems")
	add(q.Kind.Chosen(), "count.choices", "n", len(f.Choices(q)))
	add(q.Top > 0, "question.top.fact", "n", q.Top)
	add(q.Kind == forms.Points, "count.points", "n", q.Points)
	add(q.Kind == forms.Group && q.Together, "question.together")
	return facts
}

// kindGroups are the kinds that can be added.
func kindGroups(l *lang.Lang) (groups []kindGroup) {
	for _, g := range []struct {
		key   string
		kinds []forms.Kind
	}{
		{"order", []forms.Kind{forms.Rank, forms.Points, forms.Pairs}},
		{"choose", []forms.Kind{forms.One, forms.Many, forms.Matrix, forms.Range}},
		{"write", []forms.Kind{forms.Text, forms.Long, forms.Integer, forms.Decimal, forms.Date}},
		{"about", []forms.Kind{forms.Village, forms.Sex, forms.Band}},
		{"shape", []forms.Kind{forms.Group, forms.Repeat, forms.Note, forms.Consent}},
		{"hidden", []forms.Kind{forms.Calculate, forms.Hidden}},
	} {
		group := kindGroup{Label: l.T("question.kinds." + g.key)}
		for _, k := range g.kinds {
			group.Options = append(group.Options, option{string(k), l.T("question.kind." + string(k)), l.T("question.kind." + string(k) + ".help")})
		}
		groups = append(groups, group)
	}
	return groups
}

// buildDone are the ends of the keys of what a form can have done.
var buildDone = []string{"up", "down", "enter", "leave", "wrap", "unwrap", "copy", "delete", "save"}

// build does one thing to the order of questions: "up:name". It is done to the
// form as it is, whoever else is at it.
func (s *Server) build(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	asked, err := s.published(c, v)
	if err != nil {
		return err
	}
	do, name, _ := strings.Cut(f.line("do"), ":")
	ok := false
	err = s.rework(c, v, func(draft *forms.Form) (wrong error) {
		ok, wrong = arrange(draft, do, name, asked)
		return wrong
	})
	if err != nil {
		return err
	}
	address := v.address(c, "build")
	if ok {
		address += "?done=" + do
	}
	return s.done(c, address+"#q-"+name, s.showBuild)
}

// arrange does one thing to the order of questions, and tells whether that could
// be.
func arrange(draft *forms.Form, do, name string, asked published) (ok bool, err error) {
	switch do {
	case "up":
		ok = draft.Move(name, -1)
	case "down":
		ok = draft.Move(name, 1)
	case "enter":
		ok = draft.Enter(name)
	case "leave":
		ok = draft.Leave(name)
	case "wrap":
		ok = draft.Wrap(name, forms.Question{Name: draft.Fresh("group", asked.has), Kind: forms.Group, Together: true})
	case "unwrap":
		ok = draft.Unwrap(name)
	case "copy":
		_, ok = draft.Copy(name, asked.has)
	default:
		err = data.ErrInvalid
	}
	return ok, err
}
