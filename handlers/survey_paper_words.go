package handlers

import (
	"strconv"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// leafQuestion is a question as it stands on paper: everything is there, and
// whoever writes leaves out what is not for them.
type leafQuestion struct {
	*forms.Question
	N      int             // its number, 0 of what is not answered
	Row    int             // the instance of its repeat, -1 outside
	Repeat *forms.Question // whose instance it is
}

// leafRows is how many instances of a repeat there is room for on paper.
const leafRows = 3

// leaf is a form on paper, in a language.
type leaf struct {
	form    *forms.Form
	l       *lang.Lang
	numbers map[string]int // of questions
	rows    func(repeat *forms.Question) int
	list    []leafQuestion
}

func newLeaf(f *forms.Form, l *lang.Lang, rows func(*forms.Question) int) *leaf {
	p := &leaf{form: f, l: l, numbers: map[string]int{}, rows: rows}
	f.All(func(q, _ *forms.Question) bool {
		if q.Kind.Asks() {
			p.numbers[q.Name] = len(p.numbers) + 1
		}
		return true
	})
	p.walk(f.Questions, nil, -1)
	return p
}

func (p *leaf) walk(questions []forms.Question, repeat *forms.Question, row int) {
	for i := range questions {
		q := &questions[i]
		switch {
		case !q.Kind.Shown():
		case q.Kind == forms.Repeat:
			for at := range p.rows(q) {
				p.list = append(p.list, leafQuestion{Question: q, Repeat: q, Row: at})
				p.walk(q.Questions, q, at)
			}
		case q.Kind == forms.Group:
			p.list = append(p.list, leafQuestion{Question: q, Repeat: repeat, Row: row})
			p.walk(q.Questions, repeat, row)
		default:
			p.list = append(p.list, leafQuestion{Question: q, N: p.numbers[q.Name], Repeat: repeat, Row: row})
		}
	}
}

// say is a text of the form in the language of the sheet.
func (p *leaf) say(t data.Text) string {
	text, _ := t.In(p.l.Code())
	return text
}

// condition is when a question is to be answered, in words; empty where it
// always is.
func (p *leaf) condition(q *forms.Question) string {
	if q.Relevant == "" {
		return ""
	}
	e, err := forms.Parse(q.Relevant)
	if err != nil {
		return ""
	}
	said, ok := p.words(e.Tree())
	if !ok {
		said = p.plainly(q.Relevant)
	}
	return p.l.T("survey.leaf.only", "condition", said)
}

// plainly is a condition that has no words, with the numbers of the questions.
func (p *leaf) plainly(source string) string {
	for name, n := range p.numbers {
		source = strings.ReplaceAll(source, "${"+name+"}", p.l.T("survey.leaf.question", "n", n))
	}
	return source
}

// compared are the comparisons that have words, and what they say the other way
// round.
var compared = map[string]struct{ key, turned string }{
	"=": {"survey.leaf.is", "="}, "!=": {"survey.leaf.isnt", "!="}, "<": {"survey.leaf.less", ">"}, "<=": {"survey.leaf.most", ">="},
	">": {"survey.leaf.more", "<"}, ">=": {"survey.leaf.least", "<="},
}

func (p *leaf) words(tree any) (said string, ok bool) {
	list, isList := tree.([]any)
	if !isList || len(list) == 0 {
		return "", false
	}
	op, _ := list[0].(string)
	args := list[1:]
	switch {
	case (op == "and" || op == "or") && len(args) == 2:
		a, first := p.words(args[0])
		b, second := p.words(args[1])
		return p.l.T("survey.leaf."+op, "a", a, "b", b), first && second
	case op == "not" && len(args) == 1:
		a, ok := p.words(args[0])
		return p.l.T("survey.leaf.not", "a", a), ok
	case op == "selected" && len(args) == 2:
		return p.comparison("=", args[0], args[1])
	case compared[op].key != "" && len(args) == 2:
		if _, turn := args[1].([]any); turn {
			return p.comparison(compared[op].turned, args[1], args[0])
		}
		return p.comparison(op, args[0], args[1])
	}
	return "", false
}

// comparison is what an answer must be.
func (p *leaf) comparison(op string, asked, with any) (string, bool) {
	list, ok := asked.([]any)
	if !ok || len(list) != 2 || list[0] != "$" {
		return "", false
	}
	name, _ := list[1].(string)
	q, n := p.form.Question(name), p.numbers[name]
	if q == nil || n == 0 {
		return "", false
	}
	value := ""
	switch with := with.(type) {
	case string:
		value = with
	case float64:
		value = figures(p.l, with)
	default:
		return "", false
	}
	if value == "" && op == "=" {
		return p.l.T("survey.leaf.unanswered", "n", n), true
	}
	if value == "" && op == "!=" {
		return p.l.T("survey.leaf.answered", "n", n), true
	}
	if q.Kind == forms.Consent {
		value = p.l.T("survey.leaf.agreed")
	} else if choice, ok := forms.ChoiceOf(p.form.Choices(q), value); ok {
		value = p.say(choice.Label)
	}
	return p.l.T(compared[op].key, "n", n, "value", value), true
}

// figures is a number with as many digits as it has.
func figures(l *lang.Lang, x float64) string {
	_, behind, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	return l.Decimal(x, len(behind))
}
