// Package form is the questionnaire of a survey: its questions, the logic
// between them, and what is right and wrong with an answer. The model is the
// one of XLSForm, so that forms can be exchanged with other tools.
package form

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"

	"ashar/data"
)

// Form is one version of a survey's questions. Once somebody has answered it,
// it is never changed: a change makes the next version.
type Form struct {
	Languages []string   `json:"languages"`       // in which it is offered, the default first
	Intro     data.Text  `json:"intro"`           // who will see what, before the first question
	Thanks    data.Text  `json:"thanks"`          // on the page with the receipt
	Whole     bool       `json:"whole,omitempty"` // all questions on one page
	Questions []Question `json:"questions"`
	Lists     []List     `json:"lists,omitempty"`

	parsed, filters map[string]*Expr // the expressions, read once when the form comes from the store
	places          map[string]place // of the questions, once the form is settled
}

// MaxRows bounds the instances of a repeat.
const MaxRows = 50

// Question is one line of the form. Names are for ever: answers are kept by
// them. Groups and repeats hold questions of their own.
type Question struct {
	Name        string     `json:"name"`
	Kind        Kind       `json:"kind"`
	Label       data.Text  `json:"label,omitzero"`
	Hint        data.Text  `json:"hint,omitzero"`
	Required    bool       `json:"required,omitempty"`
	Refusable   bool       `json:"refusable,omitempty"` // offers "I prefer not to say"
	Relevant    string     `json:"relevant,omitempty"`  // expressions
	Constraint  string     `json:"constraint,omitempty"`
	Message     data.Text  `json:"message,omitzero"` // said when the constraint does not hold
	Calculation string     `json:"calculation,omitempty"`
	Default     string     `json:"default,omitempty"`
	Filter      string     `json:"filter,omitempty"` // choice filter, an expression over the choice's Extra
	List        string     `json:"list,omitempty"`
	Marks       string     `json:"marks,omitempty"`  // matrix: the list of marks; List has its items
	Random      bool       `json:"random,omitempty"` // choices in an order drawn by lot
	Top         int        `json:"top,omitempty"`    // rank: at most so many places; 0 is all. many: at most so many
	Ties        bool       `json:"ties,omitempty"`   // rank: several may share a place
	Points      int        `json:"points,omitempty"` // points to share out
	From        float64    `json:"from,omitempty"`   // range
	To          float64    `json:"to,omitempty"`
	Step        float64    `json:"step,omitempty"`
	Times       string     `json:"times,omitempty"`    // repeat: how often, an expression; empty is as often as the person likes
	Together    bool       `json:"together,omitempty"` // group: all its questions on one page
	Questions   []Question `json:"questions,omitempty"`
}

// Kind of a question.
type Kind string

// The kinds.
const (
	Text      Kind = "text"
	Long      Kind = "long"
	Integer   Kind = "integer"
	Decimal   Kind = "decimal"
	Date      Kind = "date"
	One       Kind = "one"
	Many      Kind = "many"
	Rank      Kind = "rank"
	Points    Kind = "points"
	Pairs     Kind = "pairs"
	Range     Kind = "range"
	Matrix    Kind = "matrix"
	Village   Kind = "village"
	Sex       Kind = "sex"
	Band      Kind = "band"
	Note      Kind = "note"
	Consent   Kind = "consent"
	Calculate Kind = "calculate"
	Hidden    Kind = "hidden"
	Group     Kind = "group"
	Repeat    Kind = "repeat"
)

// Kinds in the order in which the builder offers them.
var Kinds = []Kind{One, Many, Rank, Points, Pairs, Text, Long, Integer, Decimal, Date, Range, Matrix, Village, Sex, Band, Note, Consent, Calculate, Hidden, Group, Repeat}

// Chosen tells whether answers of the kind are choices of its list.
func (k Kind) Chosen() bool {
	return slices.Contains([]Kind{One, Many, Rank, Points, Pairs, Matrix, Village, Sex, Band}, k)
}

// Picks tells whether the value of an answer of the kind is the name of a choice,
// or of several.
func (k Kind) Picks() bool { return slices.Contains([]Kind{One, Many, Village, Sex, Band}, k) }

// Orders tells whether an answer of the kind puts its choices in order.
func (k Kind) Orders() bool { return k == Rank || k == Points || k == Pairs }

// Shown tells whether people see the question.
func (k Kind) Shown() bool { return k != Calculate && k != Hidden }

// Asks tells whether people answer it.
func (k Kind) Asks() bool { return k.Shown() && k != Note && k != Group && k != Repeat }

// List of choices. Problems marks the list that is filled with the problems of
// the round whenever the survey is opened.
type List struct {
	Name     string   `json:"name"`
	Problems bool     `json:"problems,omitempty"`
	Choices  []Choice `json:"choices,omitempty"`
}

// Choice of a list. Answers keep its name; the label may change.
type Choice struct {
	Name    string            `json:"name"`
	Label   data.Text         `json:"label"`
	Problem data.ID           `json:"problem,omitzero"` // the problem of the round that it stands for
	Extra   map[string]string `json:"extra,omitempty"`  // columns for filters
}

// The lists that a round and its municipality fill: villages, sexes and bands.
const (
	ListVillages = "_villages"
	ListSexes    = "_sexes"
	ListBands    = "_bands"
)

// Choices of a question, before any filter.
func (f *Form) Choices(q *Question) []Choice {
	name := q.List
	switch q.Kind {
	case Village:
		name = ListVillages
	case Sex:
		name = ListSexes
	case Band:
		name = ListBands
	}
	return f.list(name)
}

// MarksOf are the marks of a matrix.
func (f *Form) MarksOf(q *Question) []Choice { return f.list(q.Marks) }

func (f *Form) list(name string) []Choice {
	for i := range f.Lists {
		if f.Lists[i].Name == name {
			return f.Lists[i].Choices
		}
	}
	return nil
}

// All calls visit for every question in order, those inside groups and repeats
// too, with the repeat that holds it (nil for none), until it returns false.
func (f *Form) All(visit func(q, repeat *Question) bool) { all(f.Questions, nil, visit) }

func all(questions []Question, repeat *Question, visit func(q, repeat *Question) bool) bool {
	for i := range questions {
		q := &questions[i]
		if !visit(q, repeat) {
			return false
		}
		inside := repeat
		if q.Kind == Repeat {
			inside = q
		}
		if !all(q.Questions, inside, visit) {
			return false
		}
	}
	return true
}

// Question by its name, nil where there is none.
func (f *Form) Question(name string) (found *Question) {
	f.All(func(q, _ *Question) bool {
		if q.Name == name {
			found = q
		}
		return found == nil
	})
	return found
}

// Find is a question of the kind, the first that is asked once; nil where there
// is none.
func (f *Form) Find(kind Kind) (found *Question) {
	f.All(func(q, repeat *Question) bool {
		if q.Kind == kind && repeat == nil {
			found = q
		}
		return found == nil
	})
	return found
}

// ChoiceOf finds a choice by its name.
func ChoiceOf(choices []Choice, name string) (Choice, bool) {
	i := slices.IndexFunc(choices, func(c Choice) bool { return c.Name == name })
	if i < 0 {
		return Choice{}, false
	}
	return choices[i], true
}

// Value keeps a form as JSON.
func (f Form) Value() (driver.Value, error) {
	b, err := json.Marshal(f)
	return string(b), err
}

// Scan reads what Value keeps.
func (f *Form) Scan(src any) error {
	*f = Form{}
	var err error
	switch s := src.(type) {
	case string:
		err = json.Unmarshal([]byte(s), f)
	case []byte:
		err = json.Unmarshal(s, f)
	default:
		err = fmt.Errorf("a form cannot be read from %T", src)
	}
	f.prepare()
	return err
}
