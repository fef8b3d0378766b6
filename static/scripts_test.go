package static

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// node finds the interpreter that the checks of scripts need; building and running Ashar needs none.
func node(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err == nil {
		return path
	}
	if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
		t.Fatal("node is not installed, and ASHAR_TEST_REQUIRED asks for every check")
	}
	t.Skip("node is not installed: the scripts were NOT checked")
	return ""
}

func TestScriptsCanBeRead(t *testing.T) {
	node := node(t)
	scripts, err := filepath.Glob("*.js")
	if err != nil || len(scripts) < 4 {
		t.Fatalf("found the scripts %v: %v", scripts, err)
	}
	for _, script := range scripts {
		if out, err := exec.Command(node, "--check", script).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", script, err, out)
		}
	}
}

func TestScriptsDoWhatTheySay(t *testing.T) {
	if out, err := exec.Command(node(t), "--test", "scripts.test.mjs").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// The pages' policy forbids both, and a browser would only complain at the moment of use.
func TestScriptsNeedNothingThatThePolicyForbids(t *testing.T) {
	forbidden := regexp.MustCompile(`\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|setAttribute\("style"|https?://`)
	scripts, err := filepath.Glob("*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		content, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(content), "\n") {
			if found := forbidden.FindString(line); found != "" && !strings.Contains(line, `"innerHTML"`) {
				t.Errorf("%s:%d: %s", script, i+1, found)
			}
		}
	}
}

// Words belong to people who translate; the scripts take theirs from the page.
func TestScriptsSpeakNoLanguage(t *testing.T) {
	scripts, err := filepath.Glob("*.js")
	if err != nil {
		t.Fatal(err)
	}
	speech := regexp.MustCompile(`\p{Cyrillic}|(alert|confirm|prompt)\(`)
	for _, script := range scripts {
		content, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		if found := speech.FindString(string(content)); found != "" {
			t.Errorf("%s says %q", script, found)
		}
	}
}

// Lines lose what stands before them on their way to a phone: that must not be a part of a text.
func TestNoTextInAScriptGoesOverSeveralLines(t *testing.T) {
	scripts, err := filepath.Glob("*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		content, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(content), "\n") {
			if strings.Count(line, "`")%2 != 0 || strings.HasSuffix(line, `\`) {
				t.Errorf("%s:%d", script, i+1)
			}
		}
	}
}
