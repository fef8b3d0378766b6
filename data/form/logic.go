package form

import (
	"errors"
	"slices"
	"strings"
)

// logic checks the expressions of a question: that they can be read, that what
// they name is there, and that they can be true and false.
func (c *checking) logic(q *Question) {
	for _, e := range []struct {
		source, of string
		condition  bool
		parse      func(string) (*Expr, error)
	}{
		{q.Relevant, "relevant", true, Parse}, {q.Constraint, "constraint", true, Parse}, {q.Filter, "filter", true, ParseFilter},
		{q.Calculation, "calculation", false, Parse}, {q.Default, "default", false, Parse}, {q.Times, "times", false, Parse},
	} {
		if e.source == "" {
			continue
		}
		parsed, err := e.parse(e.source)
		if err != nil {
			c.unread(q, e.of, err)
			continue
		}
		c.refers(q, e.of, parsed)
		if value, constant := parsed.Constant(); e.condition && constant {
			c.note(e.of != "filter" && !value, q, "form.expr.dead."+word(value), "of", e.of)
		}
	}
	if q.Kind == Calculate && q.Calculation == "" {
		c.note(true, q, "form.calculation.missing")
	}
	c.dead(q)
}

// dead notes conditions that depend on answers, and yet hold for none: a question
// that nobody is asked, an answer that nobody can give, choices nobody is offered.
func (c *checking) dead(q *Question) {
	var around []*Expr
	for _, holder := range c.places[q.Name].around {
		around = append(around, c.form.expr(holder.Relevant))
	}
	hangs := func(source string) bool { _, constant := c.form.expr(source).Constant(); return !constant }
	if hangs(q.Relevant) && !c.never(q, around...) && c.never(q, append(slices.Clip(around), c.form.expr(q.Relevant))...) {
		c.note(false, q, "form.expr.dead.false", "of", "relevant")
	}
	if hangs(q.Constraint) && c.never(q, c.form.expr(q.Constraint)) {
		c.note(true, q, "form.expr.dead.false", "of", "constraint")
	}
	filter := c.form.filter(q.Filter)
	if q.Filter == "" || filter == emptyExpr {
		return
	}
	var lost []string
	choices := c.form.Choices(q)
	for i := range choices {
		if c.never(q, filter.Fill(choices[i].column)) {
			lost = append(lost, choices[i].Name)
		}
	}
	switch {
	case lost == nil:
	case len(lost) == len(choices):
		c.note(false, q, "form.expr.dead.false", "of", "filter")
	default:
		c.note(false, q, "form.choice.never", "names", strings.Join(lost, ", "))
	}
}

// never is that of the form; no condition at all holds.
func (c *checking) never(q *Question, conditions ...*Expr) bool {
	given := slices.DeleteFunc(slices.Clone(conditions), func(e *Expr) bool { return e.source == "" || e == emptyExpr })
	return len(given) > 0 && c.form.never(q, given, c.places)
}

// refers notes what an expression names and the form does not have.
func (c *checking) refers(q *Question, of string, parsed *Expr) {
	for _, name := range parsed.Names() {
		if named := c.form.Question(name); named == nil || named.Kind == Group || named.Kind == Note {
			c.note(true, q, "form.expr.name", "of", of, "name", name)
		}
	}
	for _, pair := range parsed.compared() {
		named, choice := c.form.Question(pair[0]), pair[1]
		if named == nil || !named.Kind.Picks() {
			continue
		}
		choices := c.form.Choices(named)
		if _, ok := ChoiceOf(choices, choice); !ok && choice != "" && len(choices) > 0 {
			c.note(false, q, "form.expr.choice", "of", of, "name", named.Name, "choice", choice)
		}
	}
	choices := c.form.Choices(q)
	for _, column := range parsed.Columns() {
		has := func(choice Choice) bool { _, ok := choice.Extra[column]; return ok || column == "name" }
		if len(choices) > 0 && !slices.ContainsFunc(choices, has) {
			c.note(true, q, "form.expr.column", "name", column)
		}
	}
}

// word is the end of a message key for what is always so.
func word(value bool) string {
	if value {
		return "true"
	}
	return "false"
}

func (c *checking) unread(q *Question, of string, err error) {
	var wrong *SyntaxError
	if errors.As(err, &wrong) {
		c.note(true, q, wrong.Key, append(slices.Clone(wrong.Args), "of", of, "at", wrong.Offset+1)...)
		return
	}
	c.note(true, q, "form.expr.unread", "of", of)
}

// circles finds questions whose conditions or calculations need themselves, and
// conditions that look at questions that come later: at the time they are asked
// there is nothing to look at.
func (c *checking) circles() {
	needs := map[string][]string{}
	order := map[string]int{}
	var names []string
	c.form.All(func(q, _ *Question) bool {
		order[q.Name] = len(names)
		names = append(names, q.Name)
		needs[q.Name] = slices.Concat(c.referred(q.Relevant), c.referred(q.Calculation), c.referred(q.Times), c.filtered(q))
		if q.Kind == Hidden {
			needs[q.Name] = append(needs[q.Name], c.referred(q.Default)...)
		}
		return true
	})
	c.inherit(needs, c.form.Questions, nil)
	for _, name := range names {
		q := c.form.Question(name)
		if reaches(needs, name, name, map[string]bool{}) {
			c.note(true, q, "form.circle")
			continue
		}
		for _, other := range append(c.referred(q.Relevant), c.filtered(q)...) {
			if at, ok := order[other]; ok && at > order[name] {
				c.note(false, q, "form.later", "name", other)
			}
		}
	}
}

// inherit adds what the groups and repeats around a question need: while they
// are not asked, it is not.
func (c *checking) inherit(needs map[string][]string, questions []Question, around []string) {
	for i := range questions {
		q := &questions[i]
		needs[q.Name] = append(needs[q.Name], around...)
		c.inherit(needs, q.Questions, slices.Concat(around, c.referred(q.Relevant), c.referred(q.Times)))
	}
}

func (c *checking) referred(source string) []string { return c.form.expr(source).Names() }

// filtered are what the filter of a question's choices refers to.
func (c *checking) filtered(q *Question) []string {
	if q.Filter == "" {
		return nil
	}
	return c.form.filter(q.Filter).Names()
}

// reaches tells whether following needs from a name leads to the goal.
func reaches(needs map[string][]string, from, goal string, seen map[string]bool) bool {
	for _, next := range needs[from] {
		if next == goal {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if reaches(needs, next, goal, seen) {
				return true
			}
		}
	}
	return false
}
