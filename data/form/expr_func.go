package form

import (
	"errors"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of a pattern of regex: its bytes, and what they unfold to.
const (
	maxPattern = 500
	maxProgram = 5000
)

// function is one that expressions may call.
type function struct {
	least, most int  // arguments; most is -1 where there is no bound
	sees        bool // its value depends on more than its arguments
	do          func(n *node, env Env) any
	check       func(n *node, at int) error // what else must be true of a call; nil for nothing
}

var functions = map[string]function{
	"true":             {do: func(*node, Env) any { return true }},
	"false":            {do: func(*node, Env) any { return false }},
	"not":              {least: 1, most: 1, do: func(n *node, env Env) any { return !toBool(n.args[0].eval(env)) }},
	"if":               {least: 3, most: 3, do: choose},
	"coalesce":         {least: 2, most: 2, do: coalesce},
	"selected":         {least: 2, most: 2, do: selected},
	"count-selected":   {least: 1, most: 1, do: func(n *node, env Env) any { return float64(len(words(n.text(env, 0)))) }},
	"jr:choice-name":   {least: 2, most: 2, sees: true, check: namesQuestion, do: func(n *node, env Env) any { return env.Label(n.name, n.text(env, 0)) }},
	"string-length":    {least: 1, most: 1, do: func(n *node, env Env) any { return float64(utf8.RuneCountInString(n.text(env, 0))) }},
	"concat":           {most: -1, do: concat},
	"regex":            {least: 2, most: 2, check: isPattern, do: func(n *node, env Env) any { return n.pattern.MatchString(n.text(env, 0)) }},
	"number":           {least: 1, most: 1, do: func(n *node, env Env) any { return n.number(env, 0) }},
	"int":              {least: 1, most: 1, do: func(n *node, env Env) any { return math.Trunc(n.number(env, 0)) }},
	"floor":            {least: 1, most: 1, do: func(n *node, env Env) any { return math.Floor(n.number(env, 0)) }},
	"round":            {least: 1, most: 2, do: round},
	"sum":              {least: 1, most: 1, check: isOfQuestion, do: sum},
	"count":            {least: 1, most: 1, check: isOfQuestion, do: func(n *node, env Env) any { return float64(len(env.Values(n.args[0].name))) }},
	"min":              {least: 1, most: -1, do: best(func(a, b float64) bool { return a < b })},
	"max":              {least: 1, most: -1, do: best(func(a, b float64) bool { return a > b })},
	"position":         {sees: true, do: func(_ *node, env Env) any { return float64(env.Position()) }},
	"today":            {sees: true, do: today},
	"now":              {sees: true, do: now},
	"date":             {least: 1, most: 1, do: date},
	"format-date":      {least: 2, most: 2, check: isFormat, do: formatDate},
	"format-date-time": {least: 2, most: 2, check: isFormat, do: formatDate},
}

// fits tells what is wrong with a call.
func (f function) fits(n *node, at int) error {
	if len(n.args) < f.least || f.most >= 0 && len(n.args) > f.most {
		return wrong(at, "form.expr.arguments", "name", n.op, "want", f.want())
	}
	if f.check == nil {
		return nil
	}
	return f.check(n, at)
}

// want is how many arguments it takes, as people read it.
func (f function) want() string {
	least := strconv.Itoa(f.least)
	switch f.most {
	case f.least:
		return least
	case -1:
		return "≥ " + least
	}
	return least + "–" + strconv.Itoa(f.most)
}

func choose(n *node, env Env) any {
	if toBool(n.args[0].eval(env)) {
		return n.args[1].eval(env)
	}
	return n.args[2].eval(env)
}

func coalesce(n *node, env Env) any {
	if v := n.args[0].eval(env); toText(v) != "" {
		return v
	}
	return n.args[1].eval(env)
}

// words are the choices of a text.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(spaces, r) })
}

// selected of nothing tells whether nothing is selected, as it does in ODK.
func selected(n *node, env Env) any {
	picked, choice := words(n.text(env, 0)), strings.Trim(n.text(env, 1), spaces)
	if choice == "" {
		return len(picked) == 0
	}
	return slices.Contains(picked, choice)
}

// concat joins all values, of a repeat too. What grows too long is empty.
func concat(n *node, env Env) any {
	var b strings.Builder
	for _, arg := range n.args {
		v := arg.eval(env)
		parts, ok := v.([]string)
		if !ok {
			parts = []string{toText(v)}
		}
		for _, part := range parts {
			if b.Len()+len(part) > maxJoined {
				return ""
			}
			b.WriteString(part)
		}
	}
	return b.String()
}

// round goes half up, at the decimal digits that people see: 1.005 to two
// places is 1.01, though the nearest binary fraction is a little less.
func round(n *node, env Env) any {
	x, places := n.number(env, 0), 0.0
	if len(n.args) == 2 {
		places = math.Trunc(n.number(env, 1))
	}
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return x
	case !(math.Abs(places) <= 30):
		return math.NaN()
	}
	return shift(math.Floor(shift(x, int(places))+0.5), -int(places))
}

// shift moves the decimal point.
func shift(x float64, places int) float64 {
	x, _ = strconv.ParseFloat(formatNumber(x)+"e"+strconv.Itoa(places), 64) // infinite where it is too large
	return x
}

func sum(n *node, env Env) any {
	total := 0.0
	for _, s := range env.Values(n.args[0].name) {
		if x := toNumber(s, env); !math.IsNaN(x) {
			total += x
		}
	}
	return total
}

// best of all values, leaving out what is no number, as ODK does.
func best(better func(a, b float64) bool) func(n *node, env Env) any {
	return func(n *node, env Env) any {
		found := math.NaN()
		for _, arg := range n.args {
			for _, v := range singles(arg.eval(env)) {
				if x := toNumber(v, env); !math.IsNaN(x) && (math.IsNaN(found) || better(x, found)) {
					found = x
				}
			}
		}
		return found
	}
}

func isOfQuestion(n *node, at int) error {
	if n.args[0].op != "$" {
		return wrong(at, "form.expr.values", "name", n.op)
	}
	return nil
}

// namesQuestion takes the name out of jr:choice-name(${q}, '${q}').
func namesQuestion(n *node, at int) error {
	quoted, _ := n.args[1].literal.(string)
	name, opened := strings.CutPrefix(strings.TrimSpace(quoted), "${")
	name, closed := strings.CutSuffix(name, "}")
	if !opened || !closed || !isName(name) {
		return wrong(at, "form.expr.label", "name", n.op)
	}
	n.name, n.args = name, n.args[:1]
	return nil
}

// isPattern reads the pattern of regex, which must stand there as a text: so a
// mistake in it is found when the form is made. The whole text has to match.
func isPattern(n *node, at int) error {
	pattern, ok := n.args[1].literal.(string)
	if !ok {
		return wrong(at, "form.expr.literal", "name", n.op)
	}
	var err error
	if n.pattern, err = compile(pattern); err != nil {
		return wrong(at, "form.expr.pattern", "pattern", pattern)
	}
	return nil
}

var errTooLarge = errors.New("the pattern is too large")

// compile refuses a pattern that is small but unfolds to much: x{500}{2}.
func compile(pattern string) (*regexp.Regexp, error) {
	if len(pattern) > maxPattern {
		return nil, errTooLarge
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, err
	}
	if len(program.Inst) > maxProgram {
		return nil, errTooLarge
	}
	return regexp.Compile(`^(?:` + pattern + `)$`)
}
