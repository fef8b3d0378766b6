package handlers

import (
	"slices"

	"ashar/data"
	forms "ashar/data/form"
)

// leafBlock is a question on paper.
type leafBlock struct {
	Kind     forms.Kind
	N        int // its number, 0 of notes and groups
	Instance int // of a repeat, from 1
	Label    string
	Hint     string
	Only     string // when it is to be answered
	Rule     string // how
	Choices  []leafChoice
	Marks    []leafChoice
	Pairs    [][2]leafChoice
	Lines    []int // to write on
	Boxes    []int // for digits
	Refuse   bool
	Short    bool // its choices stand beside each other
}

// leafChoice is a choice with its number, by which it is typed in.
type leafChoice struct {
	N     int
	Name  string
	Label string
}

func (p *leaf) choices(choices []forms.Choice) (list []leafChoice) {
	for i, c := range choices {
		list = append(list, leafChoice{i + 1, c.Name, p.say(c.Label)})
	}
	return list
}

func (p *leaf) blocks() (blocks []leafBlock) {
	for _, q := range p.list {
		blocks = append(blocks, p.block(q))
	}
	return blocks
}

// block draws a question: its choices with numbers, or room to write.
func (p *leaf) block(q leafQuestion) leafBlock {
	b := leafBlock{Kind: q.Kind, N: q.N, Label: p.say(q.Label), Hint: p.say(q.Hint), Only: p.condition(q.Question), Refuse: q.Refusable && q.Kind.Asks(), Rule: p.rule(q.Question)}
	if q.Kind == forms.Repeat {
		b.Instance = q.Row + 1
	}
	if q.Kind.Chosen() {
		b.Choices = p.choices(p.form.Choices(q.Question))
	}
	switch q.Kind {
	case forms.Matrix:
		b.Marks = p.choices(p.form.MarksOf(q.Question))
	case forms.Pairs:
		for i, one := range b.Choices {
			for _, other := range b.Choices[i+1:] {
				b.Pairs = append(b.Pairs, [2]leafChoice{one, other})
			}
		}
	case forms.Range:
		for i, step := range q.Steps() {
			b.Choices = append(b.Choices, leafChoice{N: i + 1, Label: figures(p.l, step)})
		}
	case forms.Text:
		b.Lines = count(1)
	case forms.Long:
		b.Lines = count(4)
	case forms.Integer, forms.Decimal:
		b.Boxes = count(6)
	}
	b.Short = b.short()
	return b
}

// Listed tells whether the choices stand in a list, to be marked.
func (b leafBlock) Listed() bool {
	return slices.Contains([]forms.Kind{forms.One, forms.Many, forms.Village, forms.Sex, forms.Band, forms.Range}, b.Kind)
}

// short tells whether the choices fit beside each other.
func (b leafBlock) short() bool {
	const wide = 70 // letters on a line of the sheet
	letters := 0
	for _, c := range b.Choices {
		letters += len([]rune(c.Label)) + 5
	}
	return letters <= wide
}

// rule is how a question is answered on paper, in words.
func (p *leaf) rule(q *forms.Question) string {
	switch q.Kind {
	case forms.One, forms.Village, forms.Sex, forms.Band, forms.Range:
		return p.l.T("survey.leaf.rule.one")
	case forms.Many:
		if q.Top > 0 {
			return p.l.T("survey.leaf.rule.many.top", "n", q.Top)
		}
		return p.l.T("survey.leaf.rule.many")
	case forms.Rank:
		rule := p.l.T("survey.leaf.rule.rank")
		if q.Top > 0 {
			rule = p.l.T("survey.leaf.rule.rank.top", "n", q.Top)
		}
		if q.Ties {
			rule += " " + p.l.T("survey.leaf.rule.ties")
		}
		return rule
	case forms.Points:
		return p.l.T("survey.leaf.rule.points", "n", q.Points)
	case forms.Pairs:
		return p.l.T("survey.leaf.rule.pairs")
	case forms.Matrix:
		return p.l.T("survey.leaf.rule.matrix")
	case forms.Consent:
		return p.l.T("survey.leaf.rule.consent")
	case forms.Date:
		return p.l.T("survey.leaf.rule.date")
	}
	return ""
}

// name is how a question is spoken of in lists: its number and label.
func (p *leaf) name(q leafQuestion) string {
	said := p.l.T("survey.leaf.name", "n", q.N, "label", p.say(q.Label))
	if q.Repeat != nil && q.Row >= 0 {
		said += " · " + p.l.T("survey.leaf.instance", "label", p.say(q.Repeat.Label), "n", q.Row+1)
	}
	return said
}

// answer is an answer in words.
func (p *leaf) answer(q *forms.Question, a data.Answer, there bool) string {
	switch {
	case !there:
		return p.l.T("survey.leaf.not_asked")
	case a.Said == data.Refused:
		return p.l.T("survey.leaf.refused")
	case a.Said == data.Empty || a.Blank():
		return p.l.T("survey.leaf.empty")
	}
	return p.said(q, a)
}
