package form

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

// Whatever is written: it is read or refused at a place in it, what was read is
// read again as the same, and its value is there soon.
func FuzzParse(f *testing.F) {
	for _, c := range exprCases(f) {
		f.Add(c.Expr, "a b", "2024-02-29")
	}
	f.Fuzz(func(t *testing.T, source, one, other string) {
		for _, read := range []func(string) (*Expr, error){Parse, ParseFilter} {
			e, err := read(source)
			var bad *SyntaxError
			if errors.As(err, &bad) {
				if bad.Offset < 0 || bad.Offset > len(source) || bad.Key == "" {
					t.Errorf("%q: %v points nowhere", source, bad)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%q: %v is no SyntaxError", source, err)
			}
			again, err := read(e.String())
			if err != nil || string(tree(t, again)) != string(tree(t, e)) {
				t.Errorf("%q is read again as another: %v", source, err)
			}
			evaluate(t, e, one, other)
		}
	})
}

func tree(t *testing.T, e *Expr) []byte {
	t.Helper()
	b, err := json.Marshal(e.Tree())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func evaluate(t *testing.T, e *Expr, one, other string) {
	t.Helper()
	values := map[string][]string{}
	for i, name := range e.Names() {
		values[name] = [][]string{{one}, {one, other}, nil, {other}}[i%4]
	}
	env := seen{exprCase{Values: values, Here: one, Position: 1, Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}}
	start := time.Now()
	e = e.Fill(func(string) string { return other })
	e.Bool(env)
	e.Text(env)
	e.Number(env)
	e.Constant()
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%q takes %v", e, took)
	}
}
