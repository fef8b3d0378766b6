package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every rule of .ci/lint, with a line that breaks it and one that does not.
var lintCases = []struct{ rule, path, bad, good string }{
	{"render", "templates/chart/a.go", `bar.Render(w)`, `bar.JSON()`},
	{"unescaped", "handlers/b.go", `template.HTML(title)`, `template.HTMLEscapeString(title)`},
	{"inline", "templates/a.html", `<a onclick="x()">`, `<a data-on="x">`},
	{"inline", "templates/b.html", `<p style="color: red">`, `<p class="style">`},
	{"inline", "templates/c.html", `<script>x()</script>`, `<script src="/static/a.js" defer></script>`},
	{"inline", "templates/d.html", `<script src="https://elsewhere.example/a.js"></script>`, `<script type="application/json">{}</script>`},
	{"inline", "templates/e.html", `<p data-hx-vals="js:{a: b()}">`, `<p data-hx-vals='{"a": 1}'>`},
	{"inline", "templates/f.html", `<p data-hx-on:click="x()">`, `<p data-hx-get="/x">`},
	{"inline", "templates/chart/g.go", `w("<g style=\"fill: red\">")`, `w("<g class=\"women\">")`},
	{"hx", "templates/h.html", `<p hx-get="/x">`, `<p data-hx-get="/x">`},
	{"door", "data/a.go", `at := time.Now()`, `at := now.Add(time.Hour)`},
	{"door", "data/rank/b.go", `i := rand.IntN(9)`, `i := dice.IntN(9)`},
	{"door", "data/c.go", "\t\"os\"", "\t\"strings\""},
	{"place", "README.md", `see /work/shared`, `see ../shared`},
	{"place", "data/d.go", `// for issue 7`, `// for each issue of local significance`},
	{"unfinished", "static/a.js", `// TODO: more`, `// every todo list`},
}

func TestLintFindsWhatMustNotBeWritten(t *testing.T) {
	root := lintTree(t)
	for _, c := range lintCases {
		write(t, root, c.path, c.good+"\n")
	}
	if said, err := runLint(root); err != nil {
		t.Errorf("found without cause: %s", said)
	}

	allow := ""
	for _, c := range lintCases {
		write(t, root, c.path, c.bad+"\n")
		allow += c.rule + " " + c.path + " a good reason\n"
	}
	said, err := runLint(root)
	if err == nil {
		t.Error("exit code 0")
	}
	for _, c := range lintCases {
		_, rest, _ := strings.Cut(said, c.path+":1:"+c.bad+"\n")
		if _, why, _ := strings.Cut(rest, "    "); !strings.HasPrefix(why, c.rule+": ") {
			t.Errorf("%s: not found: %s", c.rule, c.bad)
		}
	}

	write(t, root, ".ci/allow", allow)
	if said, err := runLint(root); err != nil {
		t.Errorf("allowed, but found: %s", said)
	}
}

func TestAllowanceWithoutFileOrReasonIsRefused(t *testing.T) {
	root := lintTree(t)
	write(t, root, "data/a.go", "package data\n")
	for _, line := range []string{"door data/gone.go it was needed once", "door data/a.go"} {
		write(t, root, ".ci/allow", line+"\n")
		if said, err := runLint(root); err == nil {
			t.Errorf("%q was taken: %s", line, said)
		}
	}
}

// lintTree is an empty tree with .ci/lint in it, and nothing allowed.
func lintTree(t *testing.T) string {
	t.Helper()
	lint, err := os.ReadFile("../lint")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	write(t, root, ".ci/lint", string(lint))
	write(t, root, ".ci/allow", "")
	return root
}

func runLint(root string) (string, error) {
	said, err := exec.Command(filepath.Join(root, ".ci/lint")).CombinedOutput()
	return string(said), err
}
