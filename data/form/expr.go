package form

import (
	"fmt"
	"time"
)

// What an expression may take, so that none can keep the server busy.
const (
	maxSource = 2000  // bytes of source
	maxDepth  = 40    // brackets within brackets
	maxJoined = 10000 // bytes that concat may give
)

// Expr is an expression of XLSForm, such as ${age} >= 18 and selected(., 'yes').
// What it means is XPath 1.0 as ODK reads it: a question without an answer is an
// empty text, dates are days when they are counted or compared. It never
// changes and may be used by many at once.
type Expr struct {
	source string
	root   *node
}

// SyntaxError tells where an expression cannot be read and why, in words that
// people choose: Key and Args are of a message.
type SyntaxError struct {
	Offset int // in bytes
	Key    string
	Args   []any
}

// Error is for the log; people read the message of Key.
func (e *SyntaxError) Error() string { return fmt.Sprint(e.Key, " at ", e.Offset, " ", e.Args) }

// Env is what an expression can see from where it stands.
type Env interface {
	// Values of a question: one, none where it was not asked or has no answer, or
	// one for each instance of a repeat. Several choices are one text with spaces.
	Values(name string) []string
	Here() string                     // the value of the question it belongs to
	Position() int                    // of the instance of the repeat, from 1
	Label(name, choice string) string // of a choice of a question
	Now() time.Time                   // in the zone of the villages
}

// Parse reads an expression. The error is a *SyntaxError.
func Parse(source string) (*Expr, error) { return parse(source, false) }

// ParseFilter reads a choice filter, in which a bare word is a column of the
// list of choices: region = ${region}. Fill puts a choice into it.
func ParseFilter(source string) (*Expr, error) { return parse(source, true) }

// String is the source.
func (e *Expr) String() string { return e.source }

// Names of the questions it refers to, each once.
func (e *Expr) Names() []string { return e.referred("$", "jr:choice-name") }

// Columns of choices that a filter refers to, each once.
func (e *Expr) Columns() []string { return e.referred("@") }

func (e *Expr) referred(ops ...string) []string {
	var names []string
	seen := map[string]bool{}
	e.root.walk(func(n *node) {
		for _, op := range ops {
			if n.op == op && !seen[n.name] {
				seen[n.name] = true
				names = append(names, n.name)
			}
		}
	})
	return names
}

// compared are the questions, each with a text, that the expression holds against
// each other: for pointing out choices that no question has.
func (e *Expr) compared() (pairs [][2]string) {
	e.root.walk(func(n *node) {
		if len(n.args) != 2 || n.op != "=" && n.op != "!=" && n.op != "selected" {
			return
		}
		for i, arg := range n.args {
			if text, ok := n.args[1-i].literal.(string); ok && arg.op == "$" {
				pairs = append(pairs, [2]string{arg.name, text})
			}
		}
	})
	return pairs
}

// Fill is the filter for one choice, with the values of its columns in place of
// their names.
func (e *Expr) Fill(column func(name string) string) *Expr {
	return &Expr{source: e.source, root: e.root.fill(column)}
}

// Bool tells whether it holds.
func (e *Expr) Bool(env Env) bool { return toBool(e.root.eval(env)) }

// Text is its value as a text.
func (e *Expr) Text(env Env) string { return toText(e.root.eval(env)) }

// Number is its value as a number, NaN where it is none.
func (e *Expr) Number(env Env) float64 { return toNumber(e.root.eval(env), env) }

// Constant tells whether it is the same whatever people answer, and then
// whether it holds: for pointing out conditions that decide nothing.
func (e *Expr) Constant() (value, constant bool) {
	constant = true
	e.root.walk(func(n *node) { constant = constant && !n.sees })
	return constant && e.Bool(nowhere{}), constant
}

// Tree is the expression for JSON, as the page's own script reads it: a text, a
// number and a truth value are themselves, all else is a list of an operator or
// function and what it works on. ["$", name] is a question, ["@", name] a
// column, ["."] the question itself.
func (e *Expr) Tree() any { return e.root.tree() }

// nowhere is where nothing can be seen.
type nowhere struct{}

func (nowhere) Values(string) []string      { return nil }
func (nowhere) Here() string                { return "" }
func (nowhere) Position() int               { return 0 }
func (nowhere) Label(string, string) string { return "" }
func (nowhere) Now() time.Time              { return time.Time{} }
