package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestArrowNobodyAllowedIsFound(t *testing.T) {
	allowed, err := parseArrows(`
		handlers: data templates  # and nothing else
		data: std
		data/store: data
		cmd/ashar: *
		only data/store imports database/sql github.com/mattn/go-sqlite3
	`)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		from, to, want string
	}{
		{"handlers", "ashar/data", ""},
		{"handlers", "ashar/data/store", "handlers imports data/store: no such arrow in .ci/arrows"},
		{"handlers", "golang.org/x/text/language", ""},
		{"handlers", "github.com/mattn/go-sqlite3", "handlers imports github.com/mattn/go-sqlite3: no such arrow in .ci/arrows"},
		{"data", "database/sql/driver", ""},
		{"data", "database/sql", "data imports database/sql: no such arrow in .ci/arrows"},
		{"data", "github.com/google/uuid", "data imports github.com/google/uuid: no such arrow in .ci/arrows"},
		{"data", "ashar/data/store", "data imports data/store: no such arrow in .ci/arrows"},
		{"data/store", "database/sql", ""},
		{"cmd/ashar", "ashar/data/store", ""},
		{"utils", "strings", "utils has no line in .ci/arrows"},
	}
	for _, c := range cases {
		found := compare(allowed, []imports{{ImportPath: "ashar/" + c.from, Imports: []string{c.to}}})
		if got := strings.Join(found.troubles, "\n"); got != c.want {
			t.Errorf("%s -> %s: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestWordsForPeopleAreFoundInTemplates(t *testing.T) {
	cases := []struct{ page, want string }{
		{"<h1>{{.Words.Title}}</h1>\n<p>Welcome</p>", "2: Welcome"},
		{`<p class="wide">{{/* a remark */}}<!-- another --> &nbsp; 18–28 №</p>`, ""},
		{`<img src="a.svg" alt="A picture">`, `1: alt="A picture"`},
		{`<img src="a.svg" alt="{{word "problem.picture"}}">`, ""},
		{`<a href="x.csv">CSV</a>`, ""},
		{"<script type=\"application/json\">{\"a\": 1}</script>", ""},
		{"<p>\n  {{.N}} суу\n</p>", "2: суу"},
	}
	for _, c := range cases {
		var found report
		wordsInTemplate(&found, "page.html", c.page)
		want := ""
		if place, text, ok := strings.Cut(c.want, ": "); ok {
			want = "page.html:" + place + ": words for people belong in templates/lang: " + text
		}
		if got := strings.Join(found.troubles, "\n"); got != want {
			t.Errorf("%s: got %q, want %q", c.page, got, want)
		}
	}
}

func TestWordsForPeopleAreFoundInGo(t *testing.T) {
	cases := []struct {
		path, statement string
		found           bool
	}{
		{"handlers/a.go", `say("Please wait")`, true},
		{"handlers/a.go", `say("session.date.late")`, false},
		{"handlers/a.go", `say("default-src 'none'; script-src 'self'")`, false},
		{"handlers/a.go", `say("bar women")`, false},
		{"handlers/a.go", `slog.Error("Cannot start", "error", 1)`, false},
		{"handlers/a.go", `s.Log.Error("Cannot start", "error", 1)`, false},
		{"handlers/a.go", `panic("Out of reach")`, false},
		{"data/store/a.go", `say("SELECT id FROM problem")`, false},
		{"data/store/a.go", `say("суу")`, true},
		{"data/store/a.go", `say("ү", "у")`, false},
		{"data/store/a_test.go", `say("суу")`, false},
		{"data/store/seed.go", `say("суу")`, false},
	}
	for _, c := range cases {
		root := t.TempDir()
		write(t, root, ".ci/allow", "words data/store/seed.go a list in three languages\n")
		write(t, root, c.path, "package a\n\nfunc a() {\n\t"+c.statement+"\n}\n")
		found, err := checkWords(root)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(found.troubles) > 0; got != c.found {
			t.Errorf("%s: %s: found %v, want %v", c.path, c.statement, found.troubles, c.found)
		}
	}
}

func TestLongFunctionIsNamedAndTooLongOneFails(t *testing.T) {
	root := t.TempDir()
	body := func(lines int) string { return "() {\n" + strings.Repeat("\tprintln()\n", lines-2) + "}\n" }
	write(t, root, "a.go", "package a\n\nfunc short"+body(45)+"\nfunc long"+body(46)+"\nfunc most"+body(60)+"\nfunc over"+body(61))
	found, err := checkSizes(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.troubles) != 1 || !strings.Contains(found.troubles[0], "over has 61 lines") {
		t.Errorf("troubles: %q", found.troubles)
	}
	if len(found.notes) != 2 || !strings.Contains(found.notes[0], "long has 46 lines") {
		t.Errorf("notes: %q", found.notes)
	}
}

func TestSkippedTestIsNeverSilent(t *testing.T) {
	const events = `{"Action":"run","Package":"ashar/data","Test":"TestA"}
{"Action":"output","Package":"ashar/data","Test":"TestA","Output":"    a_test.go:9: no browser\n"}
{"Action":"output","Package":"ashar/data","Test":"TestA","Output":"--- SKIP: TestA (0.00s)\n"}
{"Action":"skip","Package":"ashar/data","Test":"TestA"}
{"Action":"output","Package":"ashar/data","Test":"TestB","Output":"    b_test.go:3: all went well\n"}
{"Action":"pass","Package":"ashar/data","Test":"TestB"}
{"Action":"output","Package":"ashar/data","Output":"PASS\n"}
{"Action":"output","Package":"ashar/data","Output":"ok  \tashar/data\t0.1s\n"}
{"Action":"pass","Package":"ashar/data"}
`
	cases := []struct {
		strict  bool
		excuse  string
		trouble bool
	}{
		{false, "", false},
		{true, "", true},
		{true, "no data", true},
		{true, "no browser", false},
	}
	for _, c := range cases {
		var out strings.Builder
		found, err := readTests(strings.NewReader(events), &out, c.strict, c.excuse)
		if err != nil {
			t.Fatal(err)
		}
		said := out.String() + strings.Join(found.troubles, "\n")
		if !strings.Contains(said, "ashar/data TestA (a_test.go:9: no browser)") || c.trouble != (len(found.troubles) == 1) {
			t.Errorf("%v: said %q, troubles %q", c, out.String(), found.troubles)
		}
		if strings.Contains(said, "all went well") || !strings.Contains(said, "ok  \tashar/data\t0.1s\n") || !strings.Contains(said, "1 passed, 0 failed, 1 skipped\n") {
			t.Errorf("%v: said %q", c, said)
		}
	}
}

func TestWhatACrashedTestSaidIsShown(t *testing.T) {
	const events = `{"Action":"output","Package":"ashar/data","Test":"TestA","Output":"panic: index out of range\n"}
{"Action":"output","Package":"ashar/data","Output":"FAIL\tashar/data\t0.1s\n"}
{"Action":"fail","Package":"ashar/data"}
`
	var out strings.Builder
	found, err := readTests(strings.NewReader(events), &out, false, "")
	if err != nil || len(found.troubles) != 1 { // no test passed
		t.Errorf("troubles %q, error %v", found.troubles, err)
	}
	if !strings.HasPrefix(out.String(), "panic: index out of range\nFAIL\tashar/data\t0.1s\n") {
		t.Errorf("said %q", out.String())
	}
}

func write(t *testing.T, root, path, text string) {
	t.Helper()
	path = filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}
