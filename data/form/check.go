package form

import (
	"regexp"
	"slices"

	"ashar/data"
)

// Limits of a form.
const (
	MaxQuestions = 500
	MaxChoices   = 200 // of one list
	MaxOrdered   = 50  // choices that a person is asked to put in order
	MaxPaired    = 10  // choices of a pairwise question: 45 pairs
	MaxExpr      = 2000
)

var (
	questionNames = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,63}$`)
	choiceNames   = regexp.MustCompile(`^[A-Za-z0-9.-][A-Za-z0-9_.+-]{0,63}$`) // 61+ is a band
)

// Finding is something about a form that staff should know. Grave ones keep it
// from being opened.
type Finding struct {
	Grave    bool
	Question string // empty where it is of the whole form
	List     string
	Key      string // of the message
	Args     []any
}

// Check is everything that is wrong with a form, the grave first, each in the
// order of its questions. Texts that miss in one of the form's languages are
// among them.
func (f *Form) Check() []Finding {
	c := checking{form: f, names: map[string]bool{}, lists: map[string]bool{}, places: map[string]place{}}
	settle(c.places, f.Questions, place{})
	c.whole()
	f.All(func(q, repeat *Question) bool {
		c.question(q, repeat)
		return true
	})
	for i := range f.Lists {
		c.list(&f.Lists[i])
	}
	c.circles()
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		switch {
		case a.Grave == b.Grave:
			return 0
		case a.Grave:
			return -1
		}
		return 1
	})
	return c.found
}

// Grave tells whether a form must not be opened as it is.
func Grave(found []Finding) bool {
	return slices.ContainsFunc(found, func(f Finding) bool { return f.Grave })
}

type checking struct {
	form  *Form
	found []Finding
	names map[string]bool // of questions, so far
	lists map[string]bool

	places map[string]place
}

func (c *checking) note(grave bool, q *Question, key string, args ...any) {
	f := Finding{Grave: grave, Key: key, Args: args}
	if q != nil {
		f.Question = q.Name
	}
	c.found = append(c.found, f)
}

func (c *checking) whole() {
	f := c.form
	asked, lines := 0, 0
	f.All(func(q, _ *Question) bool {
		lines++
		if q.Kind.Asks() {
			asked++
		}
		return true
	})
	switch {
	case asked == 0:
		c.note(true, nil, "form.empty")
	case lines > MaxQuestions:
		c.note(true, nil, "form.many", "max", MaxQuestions)
	}
	if len(f.Languages) == 0 || slices.ContainsFunc(f.Languages, func(l string) bool { return !slices.Contains(data.Languages, l) }) {
		c.note(true, nil, "form.languages")
	}
	c.texts(nil, f.Intro, "form.intro.missing")
}

// texts notes the languages of the form in which a text is missing.
func (c *checking) texts(q *Question, t data.Text, key string) {
	if t.Empty() {
		c.note(true, q, key)
		return
	}
	for _, l := range c.form.Languages {
		if t.Exact(l) == "" {
			c.note(false, q, "form.untranslated", "lang", l)
		}
	}
}

func (c *checking) question(q, repeat *Question) {
	switch {
	case !questionNames.MatchString(q.Name):
		c.note(true, q, "form.name.form")
	case c.names[q.Name]:
		c.note(true, q, "form.name.twice")
	}
	c.names[q.Name] = true
	if !slices.Contains(Kinds, q.Kind) {
		c.note(true, q, "form.kind")
		return
	}
	if q.Kind.Asks() || q.Kind == Note {
		c.texts(q, q.Label, "form.label.missing")
	}
	if q.Constraint != "" {
		c.texts(q, q.Message, "form.message.missing")
	}
	if !q.Hint.Empty() {
		c.texts(q, q.Hint, "")
	}
	if q.Kind == Repeat && repeat != nil {
		c.note(true, q, "form.repeat.nested")
	}
	if (q.Kind == Group || q.Kind == Repeat) && len(q.Questions) == 0 {
		c.note(false, q, "form.group.empty")
	}
	c.choices(q)
	c.numbers(q)
	c.logic(q)
}

func (c *checking) choices(q *Question) {
	if !q.Kind.Chosen() {
		return
	}
	n := len(c.form.Choices(q))
	switch {
	case q.Kind == Village || q.Kind == Sex || q.Kind == Band:
	case n == 0 && !slices.ContainsFunc(c.form.Lists, func(l List) bool { return l.Name == q.List && l.Problems }):
		c.note(true, q, "form.list.missing")
	case q.Kind == Pairs && n > MaxPaired:
		c.note(true, q, "form.pairs.many", "max", MaxPaired)
	case q.Kind.Orders() && n > MaxOrdered:
		c.note(true, q, "form.rank.many", "max", MaxOrdered)
	}
	if q.Kind == Matrix && len(c.form.MarksOf(q)) < 2 {
		c.note(true, q, "form.marks.missing")
	}
}

func (c *checking) numbers(q *Question) {
	if q.Kind == Range && (!(q.From < q.To) || q.Step < 0 || (q.To-q.From)/q.step() > maxSteps) {
		c.note(true, q, "form.range", "max", maxSteps)
	}
	if q.Kind == Points && (q.Points < 1 || q.Points > 1000) {
		c.note(true, q, "form.points", "max", 1000)
	}
	if q.Top < 0 || q.Top > MaxOrdered {
		c.note(true, q, "error.range", "min", 0, "max", MaxOrdered)
	}
}

func (c *checking) list(l *List) {
	note := func(grave bool, key string, args ...any) {
		c.found = append(c.found, Finding{Grave: grave, List: l.Name, Key: key, Args: args})
	}
	if c.lists[l.Name] {
		note(true, "form.list.twice")
	}
	c.lists[l.Name] = true
	if len(l.Choices) > MaxChoices {
		note(true, "form.list.many", "max", MaxChoices)
	}
	seen := map[string]bool{}
	for _, choice := range l.Choices {
		switch {
		case !choiceNames.MatchString(choice.Name):
			note(true, "form.choice.form", "name", choice.Name)
		case seen[choice.Name]:
			note(true, "form.choice.twice", "name", choice.Name)
		}
		seen[choice.Name] = true
		if choice.Label.Empty() {
			note(true, "form.choice.label", "name", choice.Name)
		}
		for _, lang := range c.form.Languages {
			if !choice.Label.Empty() && choice.Label.Exact(lang) == "" && choice.Problem.Zero() {
				note(false, "form.choice.untranslated", "name", choice.Name, "lang", lang)
			}
		}
	}
}
