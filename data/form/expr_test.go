package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
)

// exprCase is a line of testdata/expr.json, which the page's script is tested with too.
type exprCase struct {
	Expr     string
	Values   map[string][]string
	Here     string
	Position int
	Now      time.Time
	Labels   map[string]map[string]string // of questions, of choices
	Columns  map[string]string            // of a choice: the expression is a filter
	Text     *string
	Bool     *bool
	Number   any // a float64, or the text NaN, Infinity or -Infinity
	Error    string
	At       *int
}

// seen is an Env that is written down.
type seen struct{ exprCase }

func (s seen) Values(name string) []string      { return s.exprCase.Values[name] }
func (s seen) Here() string                     { return s.exprCase.Here }
func (s seen) Position() int                    { return s.exprCase.Position }
func (s seen) Label(name, choice string) string { return s.Labels[name][choice] }
func (s seen) Now() time.Time                   { return s.exprCase.Now }

func exprCases(tb testing.TB) []exprCase {
	tb.Helper()
	text, err := os.ReadFile("testdata/expr.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []exprCase
	if err := json.Unmarshal(text, &cases); err != nil {
		tb.Fatal(err)
	}
	noon, err := time.Parse(time.RFC3339, "2026-11-24T06:50:07.250+06:00")
	if err != nil {
		tb.Fatal(err)
	}
	for i := range cases {
		if cases[i].Now.IsZero() {
			cases[i].Now = noon
		}
	}
	return cases
}

func (c exprCase) parse() (*Expr, error) {
	if c.Columns == nil {
		return Parse(c.Expr)
	}
	e, err := ParseFilter(c.Expr)
	if err != nil {
		return nil, err
	}
	return e.Fill(func(name string) string { return c.Columns[name] }), nil
}

func TestExpressionsMeanWhatTheTableSays(t *testing.T) {
	cases := exprCases(t)
	if len(cases) < 400 {
		t.Fatalf("the table has only %d cases", len(cases))
	}
	for _, c := range cases {
		e, err := c.parse()
		if c.Error != "" {
			isWrong(t, c, err)
			continue
		}
		if err != nil {
			t.Errorf("%.80s: %v", c.Expr, err)
			continue
		}
		switch {
		case c.Text != nil:
			if got := e.Text(seen{c}); got != *c.Text {
				t.Errorf("%.80q is the text %q, not %q", c.Expr, got, *c.Text)
			}
		case c.Bool != nil:
			if got := e.Bool(seen{c}); got != *c.Bool {
				t.Errorf("%.80q is %v", c.Expr, got)
			}
		case c.Number != nil:
			if got := e.Number(seen{c}); formatNumber(got) != toText(c.Number) {
				t.Errorf("%.80q is the number %v, not %v", c.Expr, got, c.Number)
			}
		default:
			t.Errorf("%.80q: the case expects nothing", c.Expr)
		}
	}
}

func isWrong(t *testing.T, c exprCase, err error) {
	t.Helper()
	var bad *SyntaxError
	if !errors.As(err, &bad) {
		t.Errorf("%.80q can be read: %v", c.Expr, err)
		return
	}
	if bad.Key != c.Error || c.At != nil && bad.Offset != *c.At {
		t.Errorf("%.80q is refused with %v, not with %s", c.Expr, bad, c.Error)
	}
	if bad.Offset < 0 || bad.Offset > len(c.Expr) || len(bad.Args)%2 != 0 {
		t.Errorf("%.80q: %v points nowhere", c.Expr, bad)
	}
}

func TestNamesAndColumnsAreTold(t *testing.T) {
	e, err := ParseFilter("region = ${b} and ${a} > ${b} or jr:choice-name(${a}, '${list}') = name and region != '${text}'")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b", "a", "list"}, e.Names()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"region", "name"}, e.Columns()); diff != "" {
		t.Error(diff)
	}
	filled := e.Fill(func(string) string { return "x" })
	if len(filled.Columns()) != 0 || len(e.Columns()) != 2 || !slices.Equal(filled.Names(), e.Names()) {
		t.Errorf("filled it has the columns %v and names %v; the filter itself %v", filled.Columns(), filled.Names(), e.Columns())
	}
}

func TestOnlyWhatSeesNothingIsConstant(t *testing.T) {
	for source, want := range map[string][2]bool{
		"1 = 1":                       {true, true},
		"no":                          {false, true},
		"2 + 2":                       {true, true},
		"selected('a b', 'c')":        {false, true},
		"date('2026-01-01') > 5":      {true, true},
		"${a} = 1":                    {false, false},
		"true() or ${a}":              {false, false},
		". > 5":                       {false, false},
		"position(..) > 0":            {false, false},
		"today() > '2020-01-01'":      {false, false},
		"if(1, now(), 2)":             {false, false},
		"jr:choice-name('a', '${q}')": {false, false},
	} {
		e, err := Parse(source)
		if err != nil {
			t.Fatal(source, err)
		}
		if value, constant := e.Constant(); [2]bool{value, constant} != want {
			t.Errorf("%s: value %v, constant %v", source, value, constant)
		}
	}
}

func TestTheTreeIsWhatTheScriptReads(t *testing.T) {
	for source, want := range map[string]string{
		"${age} >= 18 and . != 'а'":    `["and",[">=",["$","age"],18],["!=",["."],"а"]]`,
		"-${a} - 0.5":                  `["-",["-",["$","a"]],0.5]`,
		"true()":                       `["true"]`,
		"yes":                          `true`,
		"position(..)":                 `["position"]`,
		"jr:choice-name(${a}, '${b}')": `["jr:choice-name",["$","a"],"b"]`,
		"region = ${r}":                `["=",["@","region"],["$","r"]]`,
		"format-date(concat('a', today()), '%Y')": `["format-date",["concat","a",["today"]],"%Y"]`,
	} {
		e, err := ParseFilter(source)
		if err != nil {
			t.Fatal(source, err)
		}
		var got bytes.Buffer
		to := json.NewEncoder(&got)
		to.SetEscapeHTML(false)
		if err := to.Encode(e.Tree()); err != nil || strings.TrimSpace(got.String()) != want {
			t.Errorf("%s is %s, not %s (%v)", source, got.String(), want, err)
		}
	}
}

func TestManyMayAskAtOnce(t *testing.T) {
	e, err := Parse("regex(${a}, '[a-z]+') and concat(${a}, 'x') = 'abcx'")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				if !e.Bool(seen{exprCase{Values: map[string][]string{"a": {"abc"}}}}) {
					t.Error("it does not hold")
				}
			}
		})
	}
	all.Wait()
}

// The longest and deepest that is read, over the most that a repeat holds.
func TestWorkIsBounded(t *testing.T) {
	long := slices.Repeat([]string{strings.Repeat("ө", 500)}, MaxRows)
	env := seen{exprCase{Values: map[string][]string{"a": long}}}
	for _, unit := range []string{"${a} = ${a}", "count(${a})", "regex(${a}, '.{0,400}')", "concat(${a})", "max(${a})", "${a} < ${a}", "selected(${a}, 'x')"} {
		source := unit + strings.Repeat(" or "+unit, (maxSource-len(unit))/(len(unit)+4))
		e, err := Parse(source)
		if err != nil {
			t.Fatal(unit, err)
		}
		start := time.Now()
		e.Bool(env)
		e.Text(env)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s, as often as it fits, takes %v", unit, took)
		} else {
			t.Logf("%s: %v", unit, took)
		}
	}
}

func TestNumbersAreWrittenWithoutExponent(t *testing.T) {
	for x, want := range map[float64]string{
		3: "3", -0.5: "-0.5", 1e21: "1000000000000000000000", 1.5e-7: "0.00000015", 123456789.125: "123456789.125",
		math.Inf(1): "Infinity", math.Inf(-1): "-Infinity", math.Copysign(0, -1): "0",
	} {
		if got := formatNumber(x); got != want {
			t.Errorf("%g is written %q, not %q", x, got, want)
		}
	}
	if got := formatNumber(math.NaN()); got != "NaN" {
		t.Errorf("no number is written %q", got)
	}
}

func TestBrokenLettersAreRefusedWhereTheyAre(t *testing.T) {
	_, err := Parse("'суу' = '\xff'")
	var bad *SyntaxError
	if !errors.As(err, &bad) || bad.Key != "form.expr.sign" || bad.Offset != len("'суу' = '") {
		t.Errorf("%v", err)
	}
}

// Every way to be refused has a case of its own in the table, and no case
// expects a word that nothing says.
func TestEveryRefusalIsInTheTable(t *testing.T) {
	said := map[string]bool{}
	files, err := filepath.Glob("expr*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range regexp.MustCompile(`wrong\([^"\n]*"(form\.expr\.\w+)"`).FindAllSubmatch(source, -1) {
			said[string(key[1])] = true
		}
	}
	met := map[string]bool{}
	for _, c := range exprCases(t) {
		if c.Error != "" {
			met[c.Error] = true
		}
	}
	if diff := cmp.Diff(said, met); diff != "" || len(said) < 15 {
		t.Errorf("said %d, met in the table:\n%s", len(said), diff)
	}
}

func TestEveryFunctionIsInTheTable(t *testing.T) {
	met := map[string]bool{}
	for _, c := range exprCases(t) {
		if e, err := c.parse(); err == nil {
			e.root.walk(func(n *node) { met[n.op] = true })
		}
	}
	for name := range functions {
		if !met[name] {
			t.Errorf("no case calls %s", name)
		}
	}
	for _, level := range levels {
		for op := range level {
			if !met[op] {
				t.Errorf("no case has the operator %s", op)
			}
		}
	}
}

// The column of a choice and the question that fills it mostly have one name.
func TestAFilterTellsColumnsFromQuestions(t *testing.T) {
	f := Form{
		Questions: []Question{{Name: "region", Kind: Text}, {Name: "village", Kind: One, List: "villages", Filter: "region = ${region} or name = 'other'"}},
		Lists: []List{{Name: "villages", Choices: []Choice{
			{Name: "ak-muz", Extra: map[string]string{"region": "naryn"}},
			{Name: "chaek", Extra: map[string]string{"region": "jumgal"}},
			{Name: "other"},
		}}},
	}
	for region, want := range map[string][]string{"naryn": {"ak-muz", "other"}, "jumgal": {"chaek", "other"}, "osh": {"other"}} {
		run := f.Run(data.Answers{"region": {Text: region}}, time.Time{}, "ky")
		var got []string
		for _, c := range run.Choices(f.Question("village"), -1) {
			got = append(got, c.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", region, diff)
		}
	}
}
