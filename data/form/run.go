package form

import (
	"slices"
	"time"

	"ashar/data"
)

// Run is a form being answered: the answers so far, at a moment, in a language.
// It is for one goroutine.
type Run struct {
	Form    *Form
	Answers data.Answers
	Now     time.Time // in the zone of the villages
	Lang    string

	places map[string]place
	known  map[spot]bool   // relevance, once it is known
	worked map[spot]string // what was calculated
	counts map[string]int  // instances of repeats
	asking map[spot]bool   // what is being found out: who asks for itself gets nothing
	sound  map[spot]bool   // answers that were right when they were taken
}

// place is where a question stands in its form.
type place struct {
	q      *Question
	around []*Question // the groups and repeats that hold it, outermost first
	repeat *Question   // the one among them
}

// spot is a question in an instance of a repeat, -1 outside of one.
type spot struct {
	name string
	row  int
}

// Run begins or goes on with answering. The answers may be nil.
func (f *Form) Run(answers data.Answers, now time.Time, lang string) *Run {
	if f.parsed == nil { // it was made here, and does not come from the store
		ready := *f
		ready.prepare()
		f = &ready
	}
	if answers == nil {
		answers = data.Answers{}
	}
	r := &Run{Form: f, Answers: answers, Now: now, Lang: lang, places: f.places,
		known: map[spot]bool{}, worked: map[spot]string{}, counts: map[string]int{}, asking: map[spot]bool{}, sound: map[spot]bool{}}
	if r.places == nil {
		r.places = map[string]place{}
		settle(r.places, f.Questions, place{})
	}
	return r
}

// Settled is a form of which nothing is changed any more: what each run needs of
// it is found out here, once for all.
func (f Form) Settled() *Form {
	f.prepare()
	f.places = map[string]place{}
	settle(f.places, f.Questions, place{})
	return &f
}

// settle notes the places of questions that are held as the place says.
func settle(places map[string]place, questions []Question, in place) {
	for i := range questions {
		q := &questions[i]
		places[q.Name] = place{q, in.around, in.repeat}
		inside := place{around: append(slices.Clip(in.around), q), repeat: in.repeat}
		if q.Kind == Repeat && in.repeat == nil {
			inside.repeat = q
		}
		settle(places, q.Questions, inside)
	}
}

// Changed must be called when the answers have changed.
func (r *Run) Changed() {
	clear(r.sound)
	r.anew()
}

// anew lets everything be found out again.
func (r *Run) anew() {
	clear(r.known)
	clear(r.worked)
	clear(r.counts)
	clear(r.asking)
}

// RepeatOf is the repeat that holds a question, nil for none.
func (r *Run) RepeatOf(q *Question) *Question { return r.places[q.Name].repeat }

// once finds something out that may lead back to itself; then it is not found.
func (r *Run) once(at spot, find func()) {
	if !r.asking[at] {
		r.asking[at] = true
		find()
		delete(r.asking, at)
	}
}

// Relevant tells whether a question is asked: its condition and those of the
// groups around it hold, and where it offers choices there are some. row is the
// instance of its repeat, -1 outside. A condition that asks for itself in a circle
// does not hold; Check refuses such forms.
func (r *Run) Relevant(q *Question, row int) (relevant bool) {
	if q.Relevant == "" && q.Filter == "" && len(r.places[q.Name].around) == 0 {
		return r.offers(q, row) // no answer changes that
	}
	at := spot{q.Name, row}
	if known, ok := r.known[at]; ok {
		return known
	}
	r.once(at, func() {
		relevant = r.reached(q, row) && (q.Relevant == "" || r.Form.expr(q.Relevant).Bool(r.sight(q, row))) && r.offers(q, row)
		r.known[at] = relevant
	})
	return relevant
}

// offers tells whether a question has choices left, or needs none: nobody can
// answer one without.
func (r *Run) offers(q *Question, row int) bool {
	return !q.Kind.Chosen() || len(r.Choices(q, row)) > 0
}

// reached tells whether all that holds a question is asked.
func (r *Run) reached(q *Question, row int) bool {
	for _, holder := range r.places[q.Name].around {
		inside := row
		if r.RepeatOf(holder) == nil {
			inside = -1
		}
		if !r.Relevant(holder, inside) {
			return false
		}
	}
	return true
}

// Answer to a question as it stands, whether or not it is asked now.
func (r *Run) Answer(q *Question, row int) (data.Answer, bool) {
	answers := r.Answers
	if repeat := r.RepeatOf(q); repeat != nil {
		rows := r.Answers[repeat.Name].Rows
		if row < 0 || row >= len(rows) {
			return data.Answer{}, false
		}
		answers = rows[row]
	}
	a, ok := answers[q.Name]
	return a, ok
}

// Times is how many instances a repeat has: as its expression says, at most
// MaxRows, or as many as the person has begun.
func (r *Run) Times(repeat *Question) int {
	if repeat.Times == "" {
		return min(len(r.Answers[repeat.Name].Rows), MaxRows)
	}
	if n, ok := r.counts[repeat.Name]; ok {
		return n
	}
	r.once(spot{"#" + repeat.Name, -1}, func() {
		n := r.Form.expr(repeat.Times).Number(r.sight(repeat, -1))
		if !(n > 0) {
			n = 0
		}
		r.counts[repeat.Name] = int(min(n, MaxRows))
	})
	return r.counts[repeat.Name]
}

// Choices of a question that its filter lets through.
func (r *Run) Choices(q *Question, row int) []Choice {
	choices := r.Form.Choices(q)
	if q.Filter == "" {
		return choices
	}
	filter := r.Form.filter(q.Filter)
	var kept []Choice
	for i := range choices {
		if filter.Fill(choices[i].column).Bool(r.sight(q, row)) {
			kept = append(kept, choices[i])
		}
	}
	return kept
}

// column of a choice, for filters; empty where it has none of the name.
func (c *Choice) column(name string) string {
	if name == "name" {
		return c.Name
	}
	return c.Extra[name]
}

// Default is what a question holds before anybody has answered it.
func (r *Run) Default(q *Question, row int) string {
	if q.Default == "" {
		return ""
	}
	return r.work(q, row, q.Default)
}

// work out a question's calculation or default, once. One that needs itself in a
// circle is empty.
func (r *Run) work(q *Question, row int, source string) string {
	at := spot{"=" + q.Name, row}
	if done, ok := r.worked[at]; ok {
		return done
	}
	r.once(at, func() { r.worked[at] = r.Form.expr(source).Text(r.sight(q, row)) })
	return r.worked[at]
}

// expr is an expression of the form. One that cannot be read, which Check
// refuses, is as good as an empty one.
func (f *Form) expr(source string) *Expr { return readOnce(f.parsed, source, Parse) }

// filter is a choice filter of the form.
func (f *Form) filter(source string) *Expr { return readOnce(f.filters, source, ParseFilter) }

var emptyExpr, _ = Parse("''")

func readOnce(parsed map[string]*Expr, source string, parse func(string) (*Expr, error)) *Expr {
	if e, ok := parsed[source]; ok {
		return e
	}
	if e, err := parse(source); err == nil {
		return e
	}
	return emptyExpr
}

// prepare reads all expressions once.
func (f *Form) prepare() {
	f.parsed, f.filters = map[string]*Expr{"": emptyExpr}, map[string]*Expr{}
	f.All(func(q, _ *Question) bool {
		for _, source := range []string{q.Relevant, q.Constraint, q.Calculation, q.Default, q.Times} {
			f.parsed[source] = f.expr(source)
		}
		if q.Filter != "" {
			f.filters[q.Filter] = f.filter(q.Filter)
		}
		return true
	})
}
