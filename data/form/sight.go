package form

import (
	"strconv"
	"strings"
	"time"

	"ashar/data"
)

// sight is what an expression sees from where it stands.
type sight struct {
	run  *Run
	q    *Question
	row  int
	here *data.Answer // an answer that is being looked at, before it is kept
}

func (r *Run) sight(q *Question, row int) sight { return sight{run: r, q: q, row: row} }

// Values of a question that are asked: one outside of repeats and within the
// same instance, else one for each instance.
func (s sight) Values(name string) []string {
	at, ok := s.run.places[name]
	if !ok {
		return nil
	}
	if at.repeat == nil {
		if at.q.Kind == Repeat && s.run.Relevant(at.q, -1) {
			return instances(s.run.Times(at.q))
		}
		return s.one(at.q, -1)
	}
	if s.row >= 0 && (s.q == at.repeat || s.run.RepeatOf(s.q) == at.repeat) {
		return s.one(at.q, s.row)
	}
	var values []string
	for row := range s.run.Times(at.repeat) {
		values = append(values, s.one(at.q, row)...)
	}
	return values
}

// instances are the values of a repeat itself, for count(${repeat}).
func instances(n int) []string {
	values := make([]string, n)
	for i := range values {
		values[i] = strconv.Itoa(i + 1)
	}
	return values
}

func (s sight) one(q *Question, row int) []string {
	if !s.run.Relevant(q, row) {
		return nil
	}
	a, ok := s.run.Answer(q, row)
	switch {
	case q.Kind == Calculate:
		return []string{s.run.work(q, row, q.Calculation)}
	case q.Kind == Hidden && !ok && q.Default != "":
		return []string{s.run.work(q, row, q.Default)}
	case !ok || a.Said != data.Answered:
		return nil
	}
	return []string{plain(q, a)}
}

// Here is the value of the question the expression belongs to.
func (s sight) Here() string {
	if s.here != nil {
		return plain(s.q, *s.here)
	}
	a, _ := s.run.Answer(s.q, s.row)
	return plain(s.q, a)
}

// Position of the instance of the repeat, from 1.
func (s sight) Position() int { return s.row + 1 }

// Now is the moment of the run.
func (s sight) Now() time.Time { return s.run.Now }

// Label of a choice in the language of the run.
func (s sight) Label(name, choice string) string {
	at, ok := s.run.places[name]
	if !ok {
		return ""
	}
	if c, ok := ChoiceOf(s.run.Form.Choices(at.q), choice); ok {
		label, _ := c.Label.In(s.run.Lang)
		return label
	}
	return ""
}

// plain is an answer as expressions and other tools see it: choices and places
// by their names with spaces between.
func plain(q *Question, a data.Answer) string {
	switch q.Kind {
	case Many:
		return strings.Join(a.Picks, " ")
	case Rank:
		var names []string
		for _, tier := range a.Ranks {
			names = append(names, tier...)
		}
		return strings.Join(names, " ")
	case Points:
		total := 0
		for _, n := range a.Points {
			total += n
		}
		return strconv.Itoa(total)
	}
	return a.Text
}
