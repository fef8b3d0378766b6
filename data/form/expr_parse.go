package form

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// levels of binary operators, the loosest first. All bind to the left.
var levels = []map[string]func(n *node, e Env) any{
	{"or": or},
	{"and": and},
	{"=": same, "!=": differs},
	{"<": compare(func(a, b float64) bool { return a < b }), "<=": compare(func(a, b float64) bool { return a <= b }),
		">": compare(func(a, b float64) bool { return a > b }), ">=": compare(func(a, b float64) bool { return a >= b })},
	{"+": arithmetic(func(a, b float64) float64 { return a + b }), "-": arithmetic(func(a, b float64) float64 { return a - b })},
	{"*": arithmetic(func(a, b float64) float64 { return a * b }), "div": arithmetic(func(a, b float64) float64 { return a / b }), "mod": arithmetic(math.Mod)},
}

// whole cells that spreadsheets and people write where a condition is meant.
var whole = map[string]bool{
	"yes": true, "Yes": true, "YES": true, "true": true, "True": true, "TRUE": true,
	"no": false, "No": false, "NO": false, "false": false, "False": false, "FALSE": false,
}

type parser struct {
	lexer  lexer
	now    token // not yet taken
	depth  int
	filter bool // bare words are columns
}

func parse(source string, filter bool) (*Expr, error) {
	if len(source) > maxSource {
		return nil, wrong(maxSource, "form.expr.long", "most", maxSource)
	}
	if good, _, broken := strings.Cut(strings.ToValidUTF8(source, "\x00"), "\x00"); broken {
		return nil, wrong(len(good), "form.expr.sign", "sign", string(utf8.RuneError))
	}
	if value, ok := whole[strings.TrimSpace(source)]; ok {
		return &Expr{source, &node{literal: value}}, nil
	}
	p := &parser{lexer: lexer{source: source}, filter: filter}
	if err := p.step(); err != nil {
		return nil, err
	}
	root, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if p.now.kind != tokenEnd {
		return nil, p.unexpected()
	}
	return &Expr{source, root}, nil
}

// step takes the present token and looks at the next.
func (p *parser) step() (err error) {
	p.now, err = p.lexer.next()
	return err
}

func (p *parser) is(sign string) bool { return p.now.kind == tokenSign && p.now.text == sign }

func (p *parser) unexpected() error {
	if p.now.kind == tokenEnd {
		return wrong(p.now.at, "form.expr.end")
	}
	return wrong(p.now.at, "form.expr.unexpected", "what", p.lexer.source[p.now.at:p.now.end])
}

func (p *parser) binary(level int) (*node, error) {
	if level == len(levels) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	for err == nil && (p.now.kind == tokenSign || p.now.kind == tokenWord) {
		op := p.now.text
		do := levels[level][op]
		if do == nil {
			break
		}
		if err = p.step(); err != nil {
			break
		}
		var right *node
		right, err = p.binary(level + 1)
		left = &node{op: op, args: []*node{left, right}, do: do}
	}
	return left, err
}

func (p *parser) unary() (*node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, wrong(p.now.at, "form.expr.deep", "most", maxDepth)
	}
	defer func() { p.depth-- }()
	if !p.is("-") {
		return p.primary()
	}
	if err := p.step(); err != nil {
		return nil, err
	}
	arg, err := p.unary()
	return &node{op: "-", args: []*node{arg}, do: negative}, err
}

func (p *parser) primary() (n *node, err error) {
	t := p.now
	switch {
	case t.kind == tokenQuestion:
		n = question(t.text)
	case t.kind == tokenText:
		n = &node{literal: t.text}
	case t.kind == tokenNumber:
		x, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, wrong(t.at, "form.expr.number", "number", t.text)
		}
		n = &node{literal: x}
	case t.kind == tokenWord:
		return p.word()
	case p.is("."):
		n = here()
	case p.is("("):
		return p.bracket()
	default:
		return nil, p.unexpected()
	}
	return n, p.step()
}

func (p *parser) bracket() (*node, error) {
	open := p.now.at
	if err := p.step(); err != nil {
		return nil, err
	}
	n, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	return n, p.close(open)
}

// close takes the bracket that closes the one at open.
func (p *parser) close(open int) error {
	if p.now.kind == tokenEnd {
		return wrong(open, "form.expr.bracket")
	}
	if !p.is(")") {
		return p.unexpected()
	}
	return p.step()
}

// word is a function, or a column where there are columns.
func (p *parser) word() (*node, error) {
	t := p.now
	if err := p.step(); err != nil {
		return nil, err
	}
	switch {
	case p.is("("):
		return p.call(t)
	case p.filter && isName(t.text):
		return column(t.text), nil
	}
	return nil, wrong(t.at, "form.expr.bare", "name", t.text)
}

func (p *parser) call(t token) (*node, error) {
	f, ok := functions[t.text]
	if !ok {
		return nil, wrong(t.at, "form.expr.function", "name", t.text)
	}
	n := &node{op: t.text, do: f.do, sees: f.sees}
	open := p.now.at
	if err := p.step(); err != nil {
		return nil, err
	}
	if t.text == "position" && p.is("..") {
		if err := p.step(); err != nil {
			return nil, err
		}
		return n, p.close(open)
	}
	for !p.is(")") {
		if len(n.args) > 0 {
			if !p.is(",") {
				return nil, p.close(open)
			}
			if err := p.step(); err != nil {
				return nil, err
			}
		}
		arg, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, arg)
	}
	if err := f.fits(n, t.at); err != nil {
		return nil, err
	}
	return n, p.close(open)
}
