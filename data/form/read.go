package form

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"ashar/data"
)

// The names of the fields in which a page asks a question are the question's
// name, or the name, a slash and a part: of a rank, of points and of a matrix
// the choice; of pairs "a/b". No name has a slash in it.
const (
	PartShown   = "/_shown"   // the order in which the choices stood, with spaces between
	PartRefused = "/_refused" // ticked: I prefer not to say
)

// RefusedValue is the choice "I prefer not to say" of a question with one choice.
const RefusedValue = "_refused"

// Agreed is the answer of those who consent.
const Agreed = "yes"

// The most that can be typed, in code points.
const (
	MaxText = data.MaxLine
	MaxLong = data.MaxNotes
)

// Values of a field as sent, cleaned.
type Values func(field string) []string

func (v Values) one(field string) string {
	if all := v(field); len(all) > 0 {
		return all[0]
	}
	return ""
}

// Read takes the answer to a question from a page, and says what is wrong with
// it: the key of the fault is empty where nothing is. A faulty answer must not
// be kept.
func (r *Run) Read(q *Question, row int, values Values) (data.Answer, data.Fault) {
	a, fault := r.parse(q, row, values)
	if fault.Key != "" {
		return a, fault
	}
	if shown := strings.Fields(values.one(q.Name + PartShown)); q.Random && len(shown) > 0 && r.permutes(q, row, shown) {
		a.Shown = shown
	}
	if a.Said == data.Empty && q.Required {
		return a, data.Fault{Key: required(q.Kind)}
	}
	if a.Said == data.Answered && q.Constraint != "" {
		see := r.sight(q, row)
		see.here = &a
		if !r.Form.expr(q.Constraint).Bool(see) {
			return a, data.Fault{Key: "form.constraint"}
		}
	}
	return a, data.Fault{}
}

func required(kind Kind) string {
	switch kind {
	case One, Many, Village, Sex, Band, Matrix, Pairs:
		return "error.choose"
	case Rank:
		return "form.rank.none"
	case Consent:
		return "form.consent.needed"
	}
	return "error.required"
}

// permutes tells whether an order that a page says it showed is one of the
// question's choices.
func (r *Run) permutes(q *Question, row int, shown []string) bool {
	choices := r.Choices(q, row)
	if len(shown) != len(choices) {
		return false
	}
	seen := map[string]bool{}
	for _, name := range shown {
		if _, ok := ChoiceOf(choices, name); !ok || seen[name] {
			return false
		}
		seen[name] = true
	}
	return true
}

func (r *Run) parse(q *Question, row int, values Values) (a data.Answer, fault data.Fault) {
	if q.Refusable && (values.one(q.Name+PartRefused) != "" || values.one(q.Name) == RefusedValue) {
		return data.Answer{Said: data.Refused}, fault
	}
	text := values.one(q.Name)
	switch q.Kind {
	case Text, Long, Hidden:
		a.Text = written(q.Kind, text)
		fault = tooLong(q.Kind, a.Text)
	case Integer, Decimal, Range:
		a.Text, fault = q.number(text)
	case Date:
		a.Text, fault = dated(text)
	case One, Village, Sex, Band:
		if a.Text = text; text != "" {
			if _, ok := ChoiceOf(r.Choices(q, row), text); !ok {
				fault.Key = "error.choose"
			}
		}
	case Consent:
		if text != "" {
			a.Text = Agreed
		}
	case Many:
		a.Picks, fault = r.picks(q, row, values(q.Name))
	case Rank:
		a.Ranks, fault = r.ranks(q, row, values)
	case Points:
		a.Points, fault = r.points(q, row, values)
	case Pairs:
		a.Cells, fault = r.pairs(q, row, values)
	case Matrix:
		a.Cells, fault = r.matrix(q, row, values)
	}
	if a.Blank() {
		a.Said = data.Empty
	}
	return a, fault
}

// written is a typed text, without what nobody can see; a short one has one line.
func written(kind Kind, text string) string {
	if text = data.Clean(text); kind == Text {
		text = strings.Join(strings.Fields(text), " ")
	}
	return text
}

func tooLong(kind Kind, text string) data.Fault {
	most := MaxText
	if kind == Long {
		most = MaxLong
	}
	if utf8.RuneCountInString(text) > most {
		return data.Fault{Key: "error.long", Args: []any{"max", most}}
	}
	return data.Fault{}
}

// dated reads a date. Where the phone has no calendar people type it as they write
// it, 9.3.2026.
func dated(text string) (string, data.Fault) {
	if text == "" || data.Date(text).Valid() {
		return text, data.Fault{}
	}
	if t, err := time.Parse("2.1.2006", strings.NewReplacer("/", ".", "-", ".", " ", "").Replace(text)); err == nil {
		return t.Format(time.DateOnly), data.Fault{}
	}
	return text, data.Fault{Key: "error.date"}
}

// decimals are numbers as people type them: no exponents, no infinities.
var decimals = regexp.MustCompile(`^[-+]?\d{1,15}(\.\d{1,9})?$`)

// number reads a number typed with a point or comma and spaces, and writes it
// the way expressions read it.
func (q *Question) number(text string) (string, data.Fault) {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".", "−", "-").Replace(text)
	if s == "" {
		return "", data.Fault{}
	}
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case !decimals.MatchString(s) || err != nil:
		return text, data.Fault{Key: "error.number"}
	case q.Kind == Integer && x != math.Trunc(x):
		return text, data.Fault{Key: "form.number.whole"}
	case q.Kind == Range && !q.onScale(x):
		return text, data.Fault{Key: "error.range", Args: []any{"min", q.From, "max", q.To}}
	}
	return strconv.FormatFloat(x+0, 'f', -1, 64), data.Fault{}
}

// onScale tells whether a number is one of the steps of a range.
func (q *Question) onScale(x float64) bool {
	if x < q.From || x > q.To {
		return false
	}
	steps := (x - q.From) / q.step()
	return math.Abs(steps-math.Round(steps)) < 1e-9
}

func (q *Question) step() float64 {
	if q.Step > 0 {
		return q.Step
	}
	return 1
}

// Steps are the numbers of a range.
func (q *Question) Steps() []float64 {
	var steps []float64
	for i := 0; i <= maxSteps; i++ {
		x := q.From + float64(i)*q.step()
		if x > q.To+1e-9 {
			break
		}
		steps = append(steps, math.Round(x*1e9)/1e9)
	}
	return steps
}

// maxSteps bounds how many steps a range has.
const maxSteps = 100

// Fields are an answer as the fields of its question hold it, for a page that
// shows it again.
func Fields(q *Question, a data.Answer) map[string][]string {
	fields := map[string][]string{}
	put := func(part, value string) { fields[q.Name+part] = []string{value} }
	if len(a.Shown) > 0 {
		put(PartShown, strings.Join(a.Shown, " "))
	}
	if a.Said == data.Refused {
		put(PartRefused, "yes")
		put("", RefusedValue)
		return fields
	}
	if a.Text != "" {
		put("", a.Text)
	}
	if len(a.Picks) > 0 {
		fields[q.Name] = a.Picks
	}
	place := 1
	for _, tier := range a.Ranks {
		for _, name := range tier {
			put("/"+name, strconv.Itoa(place))
		}
		place += len(tier)
	}
	for name, n := range a.Points {
		put("/"+name, strconv.Itoa(n))
	}
	for cell, said := range a.Cells {
		put("/"+strings.Replace(cell, " ", "/", 1), said)
	}
	return fields
}
