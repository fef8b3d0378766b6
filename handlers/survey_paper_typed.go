package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"ashar/data"
	forms "ashar/data/form"
)

// typing is a survey's sheet on its way from the keyboard. Choices are typed by
// their numbers on the sheet, so that the keypad is enough. The fields of a
// question are those of form.Read behind "q." or, in an instance of a repeat,
// "q2.".
type typing struct {
	*leaf
	run   *forms.Run
	typed url.Values
	bad   data.Bad
}

// fieldOf is the name of a question's first field.
func fieldOf(q leafQuestion) string {
	if q.Repeat != nil && q.Row >= 0 {
		return "q" + strconv.Itoa(q.Row+1) + "." + q.Name
	}
	return "q." + q.Name
}

// partOut is ticked where what is on the sheet is no answer.
const partOut = "/_out"

func (t *typing) value(field string) string {
	return data.Clean(norm.NFC.String(t.typed.Get(field)))
}

// noChoice is what a number stands for that no choice has.
const noChoice = "?"

// byNumber is the choice behind a number; nothing behind nothing.
func byNumber(choices []forms.Choice, number string) string {
	if number == "" {
		return ""
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(choices) {
		return noChoice
	}
	return choices[n-1].Name
}

// values are what was typed, as form.Read takes it.
func (t *typing) values(q leafQuestion) forms.Values {
	at := strings.TrimSuffix(fieldOf(q), q.Name)
	choices := t.form.Choices(q.Question)
	return func(field string) []string {
		part := strings.TrimPrefix(field, q.Name)
		value := t.value(at + field)
		switch {
		case part == forms.PartShown:
			return nil
		case part == forms.PartRefused:
		case q.Kind == forms.One || q.Kind == forms.Village || q.Kind == forms.Sex || q.Kind == forms.Band:
			value = t.choice(q, choices, value)
		case q.Kind == forms.Many && value == "0" && q.Refusable:
			value = forms.RefusedValue
		case q.Kind == forms.Many:
			return allByNumber(choices, value)
		case q.Kind == forms.Consent && value != "1":
			value = ""
		case q.Kind == forms.Range && value != "":
			value = t.step(q, value)
		case q.Kind == forms.Date:
			value = keyedDate(value)
		case q.Kind == forms.Matrix:
			value = byNumber(t.form.MarksOf(q.Question), value)
		case q.Kind == forms.Pairs:
			value = pairWon(part, value)
		}
		return []string{value}
	}
}

func (t *typing) choice(q leafQuestion, choices []forms.Choice, number string) string {
	if number == "0" && q.Refusable {
		return forms.RefusedValue
	}
	return byNumber(choices, number)
}

// step is the number behind the box of a range.
func (t *typing) step(q leafQuestion, number string) string {
	steps := q.Steps()
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(steps) {
		return noChoice
	}
	return strconv.FormatFloat(steps[n-1], 'f', -1, 64)
}

// allByNumber are the choices behind numbers with anything between them.
func allByNumber(choices []forms.Choice, typed string) (names []string) {
	for _, number := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == ';' || r == '+' }) {
		names = append(names, byNumber(choices, number))
	}
	return names
}

// keyedDate is a date of digits alone, 09032026.
func keyedDate(typed string) string {
	if len(typed) == 8 && strings.Trim(typed, "0123456789") == "" {
		return typed[:2] + "." + typed[2:4] + "." + typed[4:]
	}
	return typed
}

// pairWon is which of a pair a number means: the first, the second, or 0 for both
// alike.
func pairWon(part, number string) string {
	pair := strings.Split(strings.TrimPrefix(part, "/"), "/")
	switch {
	case number == "" || len(pair) != 2:
		return ""
	case number == "0":
		return forms.Tie
	case number == "1" || number == "2":
		return pair[number[0]-'1']
	}
	return noChoice
}

// answers are what the sheet says. What was not filled in is empty even where an
// answer is wanted: nobody can ask the one who wrote it. What the sheet asks of
// others is left out, and how many such answers there are is told.
func (t *typing) answers(now time.Time, lang string) (answers data.Answers, left int) {
	t.run = t.form.Run(nil, now, lang)
	for _, q := range t.list {
		if a, fault := t.read(q); q.Kind.Asks() && fault.Key == "" {
			putAnswer(t.run, q, a)
		}
	}
	t.trim()
	written := 0
	for _, q := range t.list {
		if !q.Kind.Asks() {
			continue
		}
		a, fault := t.read(q)
		if !t.run.Relevant(q.Question, t.rowOf(q)) {
			if fault.Key != "" || !a.Blank() {
				left++
			}
			continue
		}
		if fault.Key != "" {
			t.bad.Add(fieldOf(q), fault.Key, fault.Args...)
		}
		if a.Said == data.Refused || !a.Blank() {
			written++
		}
	}
	if t.bad == nil && written == 0 {
		t.bad.Add("", "survey.typing.nothing")
	}
	return t.run.Final(), left
}

func (t *typing) rowOf(q leafQuestion) int {
	if q.Repeat == nil {
		return -1
	}
	return q.Row
}

// read takes one answer from the sheet.
func (t *typing) read(q leafQuestion) (data.Answer, data.Fault) {
	if !q.Kind.Asks() {
		return data.Answer{}, data.Fault{}
	}
	if t.value(fieldOf(q)+partOut) != "" {
		return data.Answer{Said: data.Empty}, data.Fault{}
	}
	a, fault := t.run.Read(q.Question, t.rowOf(q), t.values(q))
	if fault.Key == "form.matrix.all" || t.blank(q) && q.Kind != forms.Consent {
		fault = data.Fault{}
	}
	return a, fault
}

// blank tells whether nothing is typed in any field of a question.
func (t *typing) blank(q leafQuestion) bool {
	at := fieldOf(q)
	for field := range t.typed {
		if (field == at || strings.HasPrefix(field, at+"/")) && t.value(field) != "" {
			return false
		}
	}
	return true
}

// trim takes the instances off the end of repeats in which nothing is written.
func (t *typing) trim() {
	for name, a := range t.run.Answers {
		rows := a.Rows
		for len(rows) > 0 && !writtenOn(rows[len(rows)-1]) {
			rows = rows[:len(rows)-1]
		}
		if len(rows) < len(a.Rows) {
			a.Rows = rows
			t.run.Answers[name] = a
		}
	}
	t.run.Changed()
}

func writtenOn(row data.Answers) bool {
	for _, a := range row {
		if a.Said == data.Refused || !a.Blank() {
			return true
		}
	}
	return false
}

// keyed are answers as they would be typed, for a page that shows them again.
func (p *leaf) keyed(answers data.Answers) url.Values {
	typed := url.Values{}
	for _, q := range p.list {
		a, there := answerIn(answers, q)
		if !there || !q.Kind.Asks() {
			continue
		}
		at := strings.TrimSuffix(fieldOf(q), q.Name)
		for field, values := range forms.Fields(q.Question, a) {
			if value := p.key(q, strings.TrimPrefix(field, q.Name), values); value != "" {
				typed.Set(at+field, value)
			}
		}
	}
	return typed
}

// key is a value of a field as its number on the sheet.
func (p *leaf) key(q leafQuestion, part string, values []string) string {
	choices := p.form.Choices(q.Question)
	switch {
	case part == forms.PartRefused:
		return values[0]
	case values[0] == forms.RefusedValue:
		if q.Kind.Chosen() {
			return "0"
		}
		return ""
	case q.Kind == forms.Many:
		var numbers []string
		for _, name := range values {
			numbers = append(numbers, numberOf(choices, name))
		}
		return strings.Join(numbers, " ")
	case q.Kind == forms.One || q.Kind == forms.Village || q.Kind == forms.Sex || q.Kind == forms.Band:
		return numberOf(choices, values[0])
	case q.Kind == forms.Consent:
		return "1"
	case q.Kind == forms.Range:
		x, _ := strconv.ParseFloat(values[0], 64)
		return strconv.Itoa(slices.Index(q.Steps(), x) + 1)
	case q.Kind == forms.Matrix:
		return numberOf(p.form.MarksOf(q.Question), values[0])
	case q.Kind == forms.Pairs:
		pair := strings.Split(strings.TrimPrefix(part, "/"), "/")
		return strconv.Itoa(slices.Index(pair, values[0]) + 1)
	}
	return values[0]
}

func numberOf(choices []forms.Choice, name string) string {
	i := slices.IndexFunc(choices, func(c forms.Choice) bool { return c.Name == name })
	return strconv.Itoa(i + 1)
}
