package form

import "regexp"

// node is a part of an expression: a literal, or an operation on other parts.
type node struct {
	op      string
	name    string // of the question or column
	args    []*node
	literal any                      // string, float64 or bool where there is nothing to do
	do      func(n *node, e Env) any // string, float64, bool, or []string for the values of a question
	pattern *regexp.Regexp           // of regex
	sees    bool                     // it depends on more than the expression
}

func (n *node) eval(env Env) any {
	if n.do == nil {
		return n.literal
	}
	return n.do(n, env)
}

func (n *node) walk(visit func(n *node)) {
	visit(n)
	for _, arg := range n.args {
		arg.walk(visit)
	}
}

func (n *node) fill(column func(name string) string) *node {
	if n.op == "@" {
		return &node{literal: column(n.name)}
	}
	filled := *n
	filled.args = nil
	for _, arg := range n.args {
		filled.args = append(filled.args, arg.fill(column))
	}
	return &filled
}

func (n *node) tree() any {
	if n.do == nil {
		return n.literal
	}
	tree := []any{n.op}
	for _, arg := range n.args {
		tree = append(tree, arg.tree())
	}
	if n.name != "" {
		tree = append(tree, n.name)
	}
	return tree
}

// question, column and here are the parts that see.
func question(name string) *node {
	return &node{op: "$", name: name, sees: true, do: func(n *node, env Env) any { return env.Values(n.name) }}
}

func column(name string) *node {
	return &node{op: "@", name: name, sees: true, do: func(*node, Env) any { return "" }}
}

func here() *node {
	return &node{op: ".", sees: true, do: func(_ *node, env Env) any { return env.Here() }}
}
