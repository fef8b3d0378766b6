package static

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ashar/data/form"
)

// logicCase is an expression, what it sees, and its value as Go counts it.
type logicCase struct {
	Expr     string                       `json:"expr"`
	Tree     any                          `json:"tree"`
	Values   map[string][]string          `json:"values"`
	Here     string                       `json:"here"`
	Position int                          `json:"position"`
	Labels   map[string]map[string]string `json:"labels"`
	Now      string                       `json:"now"`
	Text     string                       `json:"text"`
	Bool     bool                         `json:"bool"`
	Number   string                       `json:"number"`
}

type logicEnv struct {
	*logicCase
	now time.Time
}

func (e logicEnv) Values(name string) []string      { return e.logicCase.Values[name] }
func (e logicEnv) Here() string                     { return e.logicCase.Here }
func (e logicEnv) Position() int                    { return e.logicCase.Position }
func (e logicEnv) Label(name, choice string) string { return e.Labels[name][choice] }
func (e logicEnv) Now() time.Time                   { return e.now }

func (c *logicCase) count(t *testing.T, e *form.Expr) {
	t.Helper()
	now, err := time.Parse(time.RFC3339, "2026-11-24T06:50:07.250+06:00")
	if err != nil {
		t.Fatal(err)
	}
	env := logicEnv{c, now}
	c.Now = now.Format("2006-01-02T15:04:05.000-07:00")
	c.Tree, c.Text, c.Bool = e.Tree(), e.Text(env), e.Bool(env)
	switch n := strconv.FormatFloat(e.Number(env), 'f', -1, 64); n {
	case "+Inf", "-Inf":
		c.Number = strings.TrimPrefix(n, "+") + "inity"
	case "-0":
		c.Number = "0"
	default:
		c.Number = n
	}
}

func TestThePageCountsAsTheServerDoes(t *testing.T) {
	cases := append(tableCases(t), randomCases(t, 1000)...)
	encoded, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(path, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(node(t), "--test", "logic.test.mjs")
	command.Env = append(os.Environ(), "LOGIC_CASES="+path)
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// tableCases are those that package form is tested with.
func tableCases(t *testing.T) []logicCase {
	t.Helper()
	text, err := os.ReadFile("../data/form/testdata/expr.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Expr     string
		Values   map[string][]string
		Here     string
		Position int
		Labels   map[string]map[string]string
		Columns  map[string]string
		Error    string
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	var cases []logicCase
	for _, line := range table {
		if line.Error != "" {
			continue
		}
		parse := form.Parse
		if line.Columns != nil {
			parse = form.ParseFilter
		}
		e, err := parse(line.Expr)
		if err != nil {
			t.Fatal(line.Expr, err)
		}
		c := logicCase{Expr: line.Expr, Values: line.Values, Here: line.Here, Position: line.Position, Labels: line.Labels}
		c.count(t, e.Fill(func(name string) string { return line.Columns[name] }))
		cases = append(cases, c)
	}
	return cases
}

// randomCases are expressions of every kind over values of every kind, the same
// each time.
func randomCases(t *testing.T, n int) []logicCase {
	t.Helper()
	chance := rand.New(rand.NewPCG(2026, 11))
	one := func(list []string) string { return list[chance.IntN(len(list))] }
	cases := make([]logicCase, n)
	hold := 0
	for i := range cases {
		c := &cases[i]
		c.Values = map[string][]string{}
		for _, name := range []string{"a", "b", "c", "d"} {
			c.Values[name] = []string{}
			for range []int{0, 1, 1, 1, 2, 3}[chance.IntN(6)] {
				c.Values[name] = append(c.Values[name], one(randomValues))
			}
		}
		c.Here, c.Position = one(randomValues), 1+chance.IntN(4)
		c.Expr = randomExpr(chance, 1+chance.IntN(5))
		e, err := form.Parse(c.Expr)
		if err != nil {
			t.Fatalf("%s: %v", c.Expr, err)
		}
		if c.count(t, e); c.Bool {
			hold++
		}
	}
	if hold < n/4 || hold > n*3/4 {
		t.Errorf("%d of %d random expressions hold: they say little", hold, n)
	}
	return cases
}

var randomValues = []string{
	"", "0", "1", "-2", "7", "3.5", "1,5", "10", " 4 ", "1e3", "NaN", "yes", "no", "a", "a b", "b a c", "wheat", "суу", "Ысык-Көл", "😀",
	"2024-02-29", "2023-02-29", "2026-11-24", "2026-11-24T06:50", "2026-11-24T01:00:00.500Z", "0000-03-01", "9999-12-31",
}

var randomForms = []string{
	"X = X", "X = X", "X != X", "X < X", "X <= X", "X > X", "X >= X", "X and X", "X or X", "not(X)", "X + X", "X - X", "X * X", "X div X", "X mod X", "-X",
	"(X)", "if(X, X, X)", "coalesce(X, X)", "selected(X, X)", "count-selected(X)", "string-length(X)", "concat(X, X)", "number(X)", "int(X)", "floor(X)",
	"round(X)", "round(X, X)", "min(X, X)", "max(X)", "sum(${a})", "count(${b})", "date(X)", "format-date(X, '%Y-%n-%e %H:%M:%S.%3')",
	"regex(X, '[a-z]+( [a-z]+)*')", "regex(X, '-?[0-9]+|[^0-9]')", "jr:choice-name(X, '${a}')", "position(..) = X",
}

func randomExpr(chance *rand.Rand, depth int) string {
	if depth == 0 {
		leaves := []string{"${a}", "${b}", "${c}", "${d}", ".", "0", "1", "2", "0.1", "18", "today()", "now()", "true()", "false()", "position(..)", "''", "'a'", "'b'", "'суу'", "'2024-02-29'"}
		return leaves[chance.IntN(len(leaves))]
	}
	var b strings.Builder
	for _, r := range randomForms[chance.IntN(len(randomForms))] {
		if r == 'X' {
			b.WriteString(randomExpr(chance, chance.IntN(depth)))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Whoever pays for each megabyte gets it with the first page of a form.
func TestTheLogicOfFormsIsSmall(t *testing.T) {
	source, err := os.ReadFile("logic.js")
	if err != nil {
		t.Fatal(err)
	}
	small := regexp.MustCompile(`(?m)^\s+(//.*\n)?`).ReplaceAll(bare(source, ".js"), nil)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	z.Write(small)
	z.Close()
	t.Logf("%d bytes, %d without indentation, %d packed", len(source), len(small), packed.Len())
	if packed.Len() > 4<<10 {
		t.Errorf("it has %d bytes when packed", packed.Len())
	}
}
