package form

import (
	"slices"
	"strconv"
	"time"
)

// mostTried bounds how many answers are tried at once before it is said that a
// condition never holds.
const mostTried = 5000

// supposed is what people may answer to the questions of a condition, one value
// of each being tried at a time. What is not in it may be anything.
type supposed struct {
	names  []string
	values [][]string // by name
	at     map[string]string
}

// never tells whether conditions about a question cannot hold together whatever
// people answer: they want two choices where one can be made, or a number above
// and below. It is true only of what is certain; what cannot be told may hold.
func (f *Form) never(q *Question, conditions []*Expr, places map[string]place) bool {
	s := supposed{at: map[string]string{}}
	tries := 1
	for _, e := range conditions {
		for _, name := range e.sights() {
			values := f.supposable(q, name, conditions, places)
			if values == nil || slices.Contains(s.names, name) || tries*len(values) > mostTried {
				continue
			}
			tries *= len(values)
			s.names, s.values = append(s.names, name), append(s.values, values)
		}
	}
	return !s.some(0, func() bool {
		return !slices.ContainsFunc(conditions, func(e *Expr) bool { holds, _ := e.root.may(&s); return !holds })
	})
}

// some tells whether the test holds for any of the answers that can be tried.
func (s *supposed) some(from int, test func() bool) bool {
	if from == len(s.names) {
		return test()
	}
	for _, value := range s.values[from] {
		s.at[s.names[from]] = value
		if s.some(from+1, test) {
			return true
		}
	}
	return false
}

// ownValue is the name under which the value of the question itself is tried: a
// dot, which is no question's.
const ownValue = "."

// supposable are the answers to a question that make a difference to conditions
// about q: each choice, or, where it is a number that is only compared with
// numbers, one on each side of every one of them. nil where that cannot be told.
func (f *Form) supposable(q *Question, name string, conditions []*Expr, places map[string]place) []string {
	of, empty := q, []string(nil) // a constraint is not asked of what is empty
	if name != ownValue {
		at, ok := places[name]
		if !ok || at.repeat != nil && at.repeat != places[q.Name].repeat {
			return nil // several instances answer at once
		}
		of = at.q
		if !of.Required || of.Refusable || of.Relevant != "" || of.Filter != "" || at.around != nil {
			empty = []string{""}
		}
	}
	switch of.Kind {
	case One, Village, Sex, Band:
		for _, c := range f.Choices(of) {
			empty = append(empty, c.Name)
		}
		return empty
	case Consent:
		return append(empty, Agreed)
	case Integer, Decimal, Range:
		var edges []float64
		for _, e := range conditions {
			if !e.edges(name, &edges) {
				return nil
			}
		}
		return append(empty, around(edges)...)
	}
	return nil
}

// around are numbers below, at, between and above some.
func around(edges []float64) (values []string) {
	slices.Sort(edges)
	edges = slices.Compact(edges)
	add := func(x float64) { values = append(values, strconv.FormatFloat(x, 'f', -1, 64)) }
	for i, x := range edges {
		if i == 0 {
			add(x - 1)
		} else {
			add((edges[i-1] + x) / 2)
		}
		add(x)
	}
	if len(edges) > 0 {
		add(edges[len(edges)-1] + 1)
	}
	return values
}

// comparisons of numbers.
var comparisons = []string{"=", "!=", "<", "<=", ">", ">="}

// edges adds the numbers that a value is compared with. It is false where the
// value is used in any other way.
func (e *Expr) edges(name string, edges *[]float64) bool {
	uses, compared := 0, 0
	e.root.walk(func(n *node) {
		if n.sight() == name {
			uses++
		}
		if len(n.args) != 2 || !slices.Contains(comparisons, n.op) {
			return
		}
		for i, arg := range n.args {
			if number, ok := n.args[1-i].literal.(float64); ok && arg.sight() == name {
				compared++
				*edges = append(*edges, number)
			}
		}
	})
	return uses == compared
}

// sights are the values that an expression looks at, its own among them.
func (e *Expr) sights() (names []string) {
	e.root.walk(func(n *node) {
		if name := n.sight(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	})
	return names
}

// sight is the name of the value that a part is, empty where it is none.
func (n *node) sight() string {
	switch n.op {
	case "$":
		return n.name
	case ".":
		return ownValue
	}
	return ""
}

// may tells whether a part may be true and whether it may be false, by what is
// supposed.
func (n *node) may(s *supposed) (hold, fail bool) {
	switch n.op {
	case "and", "or":
		a, b := n.args[0], n.args[1]
		holdA, failA := a.may(s)
		holdB, failB := b.may(s)
		if n.op == "and" {
			return holdA && holdB, failA || failB
		}
		return holdA || holdB, failA && failB
	case "not":
		hold, fail = n.args[0].may(s)
		return fail, hold
	}
	known := true
	n.walk(func(part *node) {
		if _, supposed := s.at[part.sight()]; part.sees && !supposed {
			known = false
		}
	})
	if !known {
		return true, true
	}
	holds := toBool(n.eval(s))
	return holds, !holds
}

// The supposed answers, as expressions see them.

// Values of a question; empty is none.
func (s *supposed) Values(name string) []string {
	if value := s.at[name]; value != "" {
		return []string{value}
	}
	return nil
}

// Here is the value of the question itself.
func (s *supposed) Here() string { return s.at[ownValue] }

// Position, Label and Now are never supposed: what sees them may be anything.
func (s *supposed) Position() int               { return 0 }
func (s *supposed) Label(string, string) string { return "" }
func (s *supposed) Now() time.Time              { return time.Time{} }
