package form

import (
	"encoding/json"
	"testing"
	"time"

	"ashar/data"
)

// noon is when forms are answered in tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("Bishkek", 6*3600))

func said(s string) data.Text { return data.Text{KY: s, RU: s, EN: s} }

// asks is a question with a label.
func asks(name string, kind Kind, with ...func(*Question)) Question {
	q := Question{Name: name, Kind: kind, Label: said(name)}
	for _, change := range with {
		change(&q)
	}
	return q
}

func of(list string) func(*Question)         { return func(q *Question) { q.List = list } }
func relevant(expr string) func(*Question)   { return func(q *Question) { q.Relevant = expr } }
func calculates(expr string) func(*Question) { return func(q *Question) { q.Calculation = expr } }
func times(expr string) func(*Question)      { return func(q *Question) { q.Times = expr } }
func must(q *Question)                       { q.Required = true }
func refusable(q *Question)                  { q.Refusable = true }
func top(n int) func(*Question)              { return func(q *Question) { q.Top = n } }
func holds(inside ...Question) func(*Question) {
	return func(q *Question) { q.Questions = inside }
}
func constrained(expr string) func(*Question) {
	return func(q *Question) { q.Constraint, q.Message = expr, said("no") }
}

// list is a list of choices that are named as they are labelled.
func list(name string, choices ...string) List {
	l := List{Name: name}
	for _, c := range choices {
		l.Choices = append(l.Choices, Choice{Name: c, Label: said(c)})
	}
	return l
}

// asked is a form with the lists that tests choose from.
func asked(questions ...Question) *Form {
	return &Form{Languages: data.Languages, Intro: said("intro"), Questions: questions, Lists: []List{
		list("yn", "yes", "no"), list("wants", "water", "road", "school", "clinic", "light"), list("marks", "1", "2", "3"),
		list(ListVillages, "v1", "v2"), list(ListSexes, "female", "male"), list(ListBands, "18-28", "61+"),
	}}
}

// kept is the form as the store hands it out.
func kept(t testing.TB, f *Form) *Form {
	t.Helper()
	text, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	var back Form
	if err := back.Scan(text); err != nil {
		t.Fatal(err)
	}
	return &back
}

// open is a form without grave faults.
func open(t testing.TB, questions ...Question) *Form {
	t.Helper()
	f := kept(t, asked(questions...))
	for _, found := range f.Check() {
		if found.Grave {
			t.Fatalf("the form is not fit to be opened: %+v", found)
		}
	}
	return f
}

// post is what a browser sends.
type post map[string][]string

func (p post) values(field string) []string { return p[field] }

// sent is a post with one value in each field: name, value, name, value.
func sent(pairs ...string) post {
	p := post{}
	for i := 0; i < len(pairs); i += 2 {
		p[pairs[i]] = append(p[pairs[i]], pairs[i+1])
	}
	return p
}

// answer posts to every question that is now asked on the page of a name, which
// must have no fault, and keeps it.
func answer(t testing.TB, r *Run, key string, p post) {
	t.Helper()
	screens := r.Screens()
	i := FindScreen(screens, key)
	if i < 0 {
		t.Fatalf("%s is not asked", key)
	}
	given := data.Answers{}
	for _, q := range screens[i].Asked {
		if !q.Kind.Asks() {
			continue
		}
		a, fault := r.Read(q, screens[i].Row, p.values)
		if fault.Key != "" {
			t.Fatalf("%s: %v", q.Name, fault)
		}
		given[q.Name] = a
	}
	r.Keep(screens[i], given)
}

// keys of the screens that are asked now.
func keys(r *Run) (keys []string) {
	for _, s := range r.Screens() {
		keys = append(keys, s.Key())
	}
	return keys
}

// shown is an answer as JSON, for messages.
func shown(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
