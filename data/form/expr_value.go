package form

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A value is a string, a float64, a bool, or a []string: what a question holds,
// which in a repeat may be several. The conversions are those of XPath.

const spaces = " \t\n\r\f"

var numberShape = regexp.MustCompile(`^-?(\d+([.,]\d*)?|[.,]\d+)$`)

func toText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return formatNumber(v)
	case []string:
		if len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// formatNumber writes 3 and not 3.0, and no number with an exponent.
func formatNumber(x float64) string {
	switch {
	case x == 0: // minus zero too
		return "0"
	case math.IsInf(x, 0):
		return strings.TrimPrefix(strconv.FormatFloat(x, 'f', -1, 64)+"inity", "+")
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// toNumber reads a text as a decimal number, with a point or a comma, or as a
// date; the number of a date is its day, counted from 1970.
func toNumber(v any, env Env) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	}
	text := strings.Trim(toText(v), spaces)
	if numberShape.MatchString(text) {
		x, _ := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64) // infinite where it is too large
		return x
	}
	if ms, ok := moment(text, env); ok {
		return ms / dayLength
	}
	return math.NaN()
}

func toBool(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	case string:
		return v != ""
	case []string:
		return strings.Join(v, "") != ""
	}
	return false
}

// singles are the values one by one; no value is an empty text.
func singles(v any) []any {
	nodes, ok := v.([]string)
	if !ok {
		return []any{v}
	}
	if len(nodes) == 0 {
		return []any{""}
	}
	list := make([]any, len(nodes))
	for i, s := range nodes {
		list[i] = s
	}
	return list
}

// some tells whether the test holds for a value of the one and a value of the
// other argument: what is asked of a repeat is asked of each instance.
func (n *node) some(env Env, test func(a, b any) bool) bool {
	a, b := n.args[0].eval(env), n.args[1].eval(env)
	_, boolA := a.(bool)
	_, boolB := b.(bool)
	if nodes, ok := a.([]string); ok && boolB {
		a = toBool(nodes)
	}
	if nodes, ok := b.([]string); ok && boolA {
		b = toBool(nodes)
	}
	for _, x := range singles(a) {
		for _, y := range singles(b) {
			if test(x, y) {
				return true
			}
		}
	}
	return false
}

func same(n *node, env Env) any {
	return n.some(env, func(a, b any) bool { return alike(a, b, env) })
}

func differs(n *node, env Env) any {
	return n.some(env, func(a, b any) bool { return !alike(a, b, env) })
}

// alike forgives what decimal fractions lose on the way: 33.3 + 33.3 + 33.4 is
// 100, as it is to ODK.
func alike(a, b any, env Env) bool {
	_, boolA := a.(bool)
	_, boolB := b.(bool)
	if boolA || boolB {
		return toBool(a) == toBool(b)
	}
	_, numberA := a.(float64)
	_, numberB := b.(float64)
	if numberA || numberB {
		x, y := toNumber(a, env), toNumber(b, env)
		return x == y || math.Abs(x-y) < 1e-12
	}
	return toText(a) == toText(b)
}

func compare(holds func(a, b float64) bool) func(n *node, env Env) any {
	return func(n *node, env Env) any {
		return n.some(env, func(a, b any) bool { return holds(toNumber(a, env), toNumber(b, env)) })
	}
}

func arithmetic(count func(a, b float64) float64) func(n *node, env Env) any {
	return func(n *node, env Env) any { return count(n.number(env, 0), n.number(env, 1)) }
}

func negative(n *node, env Env) any { return -n.number(env, 0) }

func or(n *node, env Env) any { return toBool(n.args[0].eval(env)) || toBool(n.args[1].eval(env)) }

func and(n *node, env Env) any { return toBool(n.args[0].eval(env)) && toBool(n.args[1].eval(env)) }

// text and number are the values of an argument.
func (n *node) text(env Env, arg int) string { return toText(n.args[arg].eval(env)) }

func (n *node) number(env Env, arg int) float64 { return toNumber(n.args[arg].eval(env), env) }
