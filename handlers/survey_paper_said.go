package handlers

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
)

// said is what an answer says, in words.
func (p *leaf) said(q *forms.Question, a data.Answer) string {
	choices := p.form.Choices(q)
	label := func(name string) string {
		if c, ok := forms.ChoiceOf(choices, name); ok {
			return p.say(c.Label)
		}
		return name
	}
	var parts []string
	switch q.Kind {
	case forms.One, forms.Village, forms.Sex, forms.Band:
		return label(a.Text)
	case forms.Consent:
		return p.l.T("survey.leaf.agreed")
	case forms.Date:
		return p.l.Date(data.Date(a.Text).Time())
	case forms.Many:
		for _, name := range a.Picks {
			parts = append(parts, label(name))
		}
	case forms.Rank:
		for place, tier := range a.Ranks {
			for _, name := range tier {
				parts = append(parts, strconv.Itoa(place+1)+". "+label(name))
			}
		}
	case forms.Points:
		for _, c := range choices {
			if n := a.Points[c.Name]; n > 0 {
				parts = append(parts, label(c.Name)+": "+strconv.Itoa(n))
			}
		}
	case forms.Matrix:
		for _, c := range choices {
			if mark, ok := forms.ChoiceOf(p.form.MarksOf(q), a.Cells[c.Name]); ok {
				parts = append(parts, label(c.Name)+": "+p.say(mark.Label))
			}
		}
	case forms.Pairs:
		parts = p.pairsSaid(choices, a.Cells)
	default:
		return a.Text
	}
	return strings.Join(parts, "; ")
}

// pairsSaid are the pairs that were decided, the preferred one first.
func (p *leaf) pairsSaid(choices []forms.Choice, cells map[string]string) (parts []string) {
	for _, pair := range forms.PairsOf(choices) {
		a, b := p.say(pair[0].Label), p.say(pair[1].Label)
		switch cells[pair[0].Name+" "+pair[1].Name] {
		case "":
		case forms.Tie:
			parts = append(parts, a+" = "+b)
		case pair[0].Name:
			parts = append(parts, a+" › "+b)
		default:
			parts = append(parts, b+" › "+a)
		}
	}
	return parts
}

// difference is a question that two typings of one sheet answer differently.
type difference struct {
	Field         string
	Name          string
	First, Second string
	Chosen        string // 1 or 2
	Bad           bool
	asked         leafQuestion
}

// typedRows is how many instances of a repeat two sets of answers have.
func typedRows(typed ...data.Answers) func(*forms.Question) int {
	return func(repeat *forms.Question) (rows int) {
		for _, answers := range typed {
			rows = max(rows, len(answers[repeat.Name].Rows))
		}
		return rows
	}
}

// differences between two typings of one sheet, question by question.
func (p *leaf) differences(first, second data.Answers) (list []difference) {
	for _, q := range p.list {
		if !q.Kind.Asks() {
			continue
		}
		a, there := answerIn(first, q)
		b, too := answerIn(second, q)
		if there == too && sameAnswer(q.Question, a, b) {
			continue
		}
		list = append(list, difference{Field: fieldOf(q), Name: p.name(q), First: p.answer(q.Question, a, there), Second: p.answer(q.Question, b, too), asked: q})
	}
	return list
}

func sameAnswer(q *forms.Question, a, b data.Answer) bool {
	if a.Said != b.Said {
		return false
	}
	x, y := forms.Fields(q, a), forms.Fields(q, b)
	if len(x) != len(y) {
		return false
	}
	for field, values := range x {
		if !slices.Equal(values, y[field]) {
			return false
		}
	}
	return true
}

// answerIn is the answer to a question, in its instance of a repeat.
func answerIn(answers data.Answers, q leafQuestion) (a data.Answer, there bool) {
	if q.Repeat != nil && q.Row >= 0 {
		rows := answers[q.Repeat.Name].Rows
		if q.Row >= len(rows) {
			return a, false
		}
		answers = rows[q.Row]
	}
	a, there = answers[q.Name]
	return a, there
}

// putAnswer keeps an answer where answerIn finds it.
func putAnswer(run *forms.Run, q leafQuestion, a data.Answer) {
	s := forms.Screen{Row: -1}
	if q.Repeat != nil && q.Row >= 0 {
		s = forms.Screen{Name: q.Repeat.Name, Row: q.Row, Repeat: q.Repeat}
	}
	run.Keep(s, data.Answers{q.Name: a})
}

// copyAnswers are answers that can be changed without changing the others.
func copyAnswers(answers data.Answers) data.Answers {
	out := make(data.Answers, len(answers))
	for name, a := range answers {
		rows := a.Rows
		a.Rows = nil
		for _, row := range rows {
			a.Rows = append(a.Rows, copyAnswers(row))
		}
		out[name] = a
	}
	return out
}
