package export

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	"ashar/data/form"
)

// The states in which a question is left, as machines read them and as the ends
// of message keys.
const (
	stateUnasked  = "not_asked"
	stateAnswered = "answered"
	stateEmpty    = "empty"
	stateRefused  = "refused"
	statePartial  = "partial"      // ranked fewer choices than could be
	stateTied     = "tied"         // ranked with several in one place
	stateBoth     = "partial_tied" // the one and the other
)

// state of an answer that was given in a version of the survey.
func (c *column) state(version int, a *data.Answer, asked bool) string {
	switch {
	case !asked:
		return stateUnasked
	case a.Said == data.Empty:
		return stateEmpty
	case a.Said == data.Refused:
		return stateRefused
	case c.asked.Kind != form.Rank:
		return stateAnswered
	}
	named, tied := 0, false
	for _, tier := range a.Ranks {
		named += len(tier)
		tied = tied || len(tier) > 1
	}
	switch partial := named < c.asked.Most(version); {
	case partial && tied:
		return stateBoth
	case tied:
		return stateTied
	case partial:
		return statePartial
	}
	return stateAnswered
}

// answer is what a response says to the question of a column, and whether it was
// asked.
func (c *column) answer(r *data.Response) (a data.Answer, asked bool) {
	answers := r.Answers
	if c.row >= 0 {
		rows := answers[c.repeat].Rows
		if c.row >= len(rows) {
			return a, false
		}
		answers = rows[c.row]
	}
	a, asked = answers[c.asked.Name]
	return a, asked
}

// cell of an answer: text, or an int, or nil where there is nothing.
func (c *column) cell(version int, a *data.Answer, asked bool, v voice) any {
	if c.part == partState {
		state := c.state(version, a, asked)
		if v.machine() {
			return state
		}
		return v.words("export.survey." + state)
	}
	if !asked || a.Said != data.Answered {
		return nil
	}
	return c.value(a, v)
}

func (c *column) value(a *data.Answer, v voice) any {
	choices := c.asked.Choices
	switch c.part {
	case partPicked:
		if slices.Contains(a.Picks, choices[c.choice].Name) {
			return 1
		}
		return 0
	case partPlace:
		return c.placed(a, v)
	case partRank:
		place := 1
		for _, tier := range a.Ranks {
			if slices.Contains(tier, choices[c.choice].Name) {
				return place
			}
			place += len(tier)
		}
		return nil
	case partPoints:
		return a.Points[choices[c.choice].Name]
	case partPair:
		said, ok := a.Cells[choices[c.choice].Name+" "+choices[c.other].Name]
		if !ok {
			return nil
		}
		return v.choice(choices, said)
	case partMark:
		return v.choice(c.asked.Marks, a.Cells[choices[c.choice].Name])
	}
	switch c.asked.Kind {
	case form.One, form.Village, form.Sex, form.Band:
		return v.choice(choices, a.Text)
	case form.Integer, form.Decimal, form.Range:
		if x, err := strconv.ParseFloat(a.Text, 64); err == nil {
			return x
		}
	case form.Repeat:
		return len(a.Rows)
	case form.Consent:
		if !v.machine() {
			return v.words("export.yes")
		}
	}
	return a.Text
}

// placed are the choices that stood in a place; tied ones share the first of
// theirs.
func (c *column) placed(a *data.Answer, v voice) any {
	before := 0
	for _, tier := range a.Ranks {
		if before == c.other {
			names := make([]string, len(tier))
			for i, name := range tier {
				names[i] = v.choice(c.asked.Choices, name)
			}
			return strings.Join(names, map[bool]string{true: " ", false: "; "}[v.machine()])
		}
		before += len(tier)
	}
	return nil
}
