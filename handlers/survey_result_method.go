package handlers

import (
	"slices"

	forms "ashar/data/form"
)

// method is how the numbers of the page were made, in plain words: it is printed
// with them.
func (r *reading) method() (lines []string) {
	say := func(key string, args ...any) { lines = append(lines, r.l.T(key, args...)) }
	say("ranking.method.about.survey")
	if r.weight != nil {
		say("survey.weight.note")
	} else {
		say("survey.method.once")
	}
	say("survey.method.shares")
	if slices.ContainsFunc(r.tally.Asked, func(a forms.Asked) bool { return a.Kind.Orders() }) {
		say("survey.method.order")
	}
	if r.survey.Version > 1 {
		say("survey.method.versions", "n", r.l.Number(r.survey.Version))
	}
	say("survey.method.counted")
	say("survey.few.help", "least", r.least())
	return lines
}
