package handlers

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates"
	"ashar/templates/lang"
)

// drawing draws the questions of a page in a language, with what their fields
// hold.
type drawing struct {
	run    *forms.Run
	lang   *lang.Lang
	screen forms.Screen
	fields forms.Values
	bad    map[string]data.Fault
	seed   uint64 // of orders drawn by lot
}

// held is what the fields of a question hold: what was answered before, else
// what the form proposes.
func held(run *forms.Run, screen forms.Screen) forms.Values {
	fields := map[string][]string{}
	for _, q := range append(append([]*forms.Question(nil), screen.Asked...), screen.Later...) {
		a, ok := run.Answer(q, screen.Row)
		if !ok {
			if d := run.Default(q, screen.Row); d != "" {
				fields[q.Name] = []string{d}
				if q.Kind == forms.Many {
					fields[q.Name] = strings.Fields(d)
				}
			}
			continue
		}
		for name, values := range forms.Fields(q, a) {
			fields[name] = values
		}
		if len(a.Shown) > 0 {
			fields[q.Name+forms.PartShown] = []string{strings.Join(a.Shown, " ")}
		}
	}
	return func(field string) []string { return fields[field] }
}

func (d *drawing) one(field string) string {
	if all := d.fields(field); len(all) > 0 {
		return all[0]
	}
	return ""
}

// ask draws one question.
func (d *drawing) ask(q *forms.Question) askView {
	code := d.lang.Code()
	v := askView{Kind: string(q.Kind), Name: q.Name, Mark: d.run.Mark(q, d.screen.Row), ID: "f-" + q.Name, Optional: q.Kind.Asks() && !q.Required, Refusable: q.Refusable, Value: d.one(q.Name)}
	v.Label, v.Lang = q.Label.In(code)
	v.Hint, v.HintLang = q.Hint.In(code)
	v.Lang, v.HintLang = otherLang(v.Lang, code), otherLang(v.HintLang, code)
	v.Refused = q.Refusable && (d.one(q.Name+forms.PartRefused) != "" || v.Value == forms.RefusedValue)
	if v.Refused {
		v.Value = ""
	}
	if fault, ok := d.bad[q.Name]; ok {
		v.Error = d.fault(q, fault)
	}
	if tree := d.run.Condition(q); tree != nil && len(d.screen.Asked)+len(d.screen.Later) > 1 {
		v.Relevant = encoded(tree)
	}
	if tree := d.run.Rule(q); tree != nil {
		v.Rule, v.Message = encoded(tree), d.fault(q, data.Fault{Key: "form.constraint"})
	}
	d.field(q, &v)
	return v
}

// fault is what is wrong with an answer, in the form's own words where it has
// some.
func (d *drawing) fault(q *forms.Question, f data.Fault) string {
	if f.Key == "form.constraint" && !q.Message.Empty() {
		text, _ := q.Message.In(d.lang.Code())
		return text
	}
	return d.lang.T(f.Key, f.Args...)
}

// field is what the kind of a question needs to be answered.
func (d *drawing) field(q *forms.Question, v *askView) {
	switch q.Kind {
	case forms.Text:
		v.Max = forms.MaxText
	case forms.Long:
		v.Max = forms.MaxLong
	case forms.Integer:
		v.Keys = "numeric"
	case forms.Decimal:
		v.Keys = "decimal"
	case forms.Range:
		d.scale(q, v)
	case forms.One, forms.Many, forms.Village, forms.Sex, forms.Band:
		v.Choices = d.choices(q, v)
		v.Select = q.Kind != forms.Many && len(v.Choices) > mostRadios
		v.Most = q.Top
	case forms.Rank:
		v.Choices, v.Ties = d.choices(q, v), q.Ties
		v.Most = len(v.Choices)
		if q.Top > 0 {
			v.Most = min(q.Top, v.Most)
		}
		for place := range v.Most {
			v.Places = append(v.Places, place+1)
		}
	case forms.Points:
		v.Choices, v.Points = d.choices(q, v), q.Points
	case forms.Pairs:
		v.Choices = d.pairs(q)
	case forms.Matrix:
		v.Choices = d.choices(q, v)
		for i := range v.Choices {
			v.Choices[i].Marks = d.marks(q, v.Choices[i])
		}
	}
	if len(v.Choices) > 0 && (q.Kind == forms.Points || q.Kind == forms.Rank) {
		v.ID += "-1"
	}
}

// mostRadios is how many choices stand as a list to tap on; more are one field.
const mostRadios = 15

// choices of a question in the order in which they are shown.
func (d *drawing) choices(q *forms.Question, v *askView) []choiceView {
	choices := d.run.Choices(q, d.screen.Row)
	if q.Random {
		choices = d.lot(q, choices)
		names := make([]string, len(choices))
		for i, c := range choices {
			names[i] = c.Name
		}
		v.Shown = strings.Join(names, " ")
	}
	picked := d.fields(q.Name)
	views := make([]choiceView, len(choices))
	for i, c := range choices {
		views[i] = d.choice(c, v.ID+"-"+strconv.Itoa(i+1))
		views[i].Value = d.one(q.Name + "/" + c.Name)
		for _, name := range picked {
			views[i].On = views[i].On || name == c.Name
		}
	}
	if (q.Kind.Chosen() && !q.Kind.Orders()) && len(views) > 0 {
		views[0].ID = v.ID
	}
	return views
}

func (d *drawing) choice(c forms.Choice, id string) choiceView {
	label, code := c.Label.In(d.lang.Code())
	return choiceView{Name: c.Name, Label: label, Lang: otherLang(code, d.lang.Code()), ID: id}
}

// lot is the order of choices as it was shown before, else one drawn by lot.
func (d *drawing) lot(q *forms.Question, choices []forms.Choice) []forms.Choice {
	var before []forms.Choice
	for _, name := range strings.Fields(d.one(q.Name + forms.PartShown)) {
		if c, ok := forms.ChoiceOf(choices, name); ok {
			before = append(before, c)
		}
	}
	if len(before) == len(choices) {
		return before
	}
	drawn := append([]forms.Choice(nil), choices...)
	seed := d.seed
	for _, b := range []byte(q.Name) {
		seed = seed*1099511628211 + uint64(b)
	}
	rand.New(rand.NewPCG(seed, uint64(d.screen.Row+1))).Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	return drawn
}

func (d *drawing) pairs(q *forms.Question) (views []choiceView) {
	for i, pair := range forms.PairsOf(d.run.Choices(q, d.screen.Row)) {
		name := q.Name + "/" + pair[0].Name + "/" + pair[1].Name
		v := choiceView{Name: name, Value: d.one(name), ID: "f-" + q.Name}
		if i > 0 {
			v.ID += "-" + strconv.Itoa(i)
		}
		for j, c := range pair {
			mark := d.choice(c, v.ID+"-"+strconv.Itoa(j))
			mark.On = v.Value == c.Name
			v.Marks = append(v.Marks, mark)
		}
		v.On = v.Value == forms.Tie
		views = append(views, v)
	}
	return views
}

func (d *drawing) marks(q *forms.Question, item choiceView) (views []choiceView) {
	for _, c := range d.run.Form.MarksOf(q) {
		mark := d.choice(c, "")
		mark.On = item.Value == c.Name
		views = append(views, mark)
	}
	return views
}

// mostSteps is how many steps of a range stand as a row to tap on.
const mostSteps = 11

func (d *drawing) scale(q *forms.Question, v *askView) {
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	steps := q.Steps()
	if v.Keys = "decimal"; len(steps) > mostSteps {
		v.From, v.To, v.Step = number(q.From), number(q.To), number(max(q.Step, 0))
		if q.Step <= 0 {
			v.Step = "1"
		}
		return
	}
	for i, x := range steps {
		c := choiceView{Name: number(x), Label: d.lang.Decimal(x, digitsOf(x)), ID: v.ID, On: v.Value == number(x)}
		if i > 0 {
			c.ID += "-" + strconv.Itoa(i)
		}
		v.Choices = append(v.Choices, c)
	}
}

// digitsOf is how many digits a number has behind its point.
func digitsOf(x float64) int {
	_, part, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	return len(part)
}

// encoded is a value as JSON for the page's script.
func encoded(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return "" // trees and texts always can
	}
	return string(b)
}

// faultsOf are what is wrong with a page, in the order of its questions.
func faultsOf(asks []askView) (list []templates.Error) {
	for _, v := range asks {
		if v.Error != "" {
			list = append(list, templates.Error{Field: strings.TrimPrefix(v.ID, "f-"), Text: v.Label + ": " + v.Error})
		}
	}
	return list
}
