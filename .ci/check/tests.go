package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// An event is one line of go test -json.
type event struct {
	Action, Package, Test, Output string
}

// A run gathers what tests said until it is known whether anyone must read it.
type run struct {
	out                     io.Writer
	said                    map[string][]string // "package test" -> its output
	passed, failed, skipped int
	skips                   []string
}

// readTests prints what go test itself prints of a run: a line for each
// package, and everything that a failed test said. Then it names every skipped
// test with its reason. When strict, a skipped test is trouble, unless its
// reason names the word that excuses it.
func readTests(in io.Reader, out io.Writer, strict bool, excuse string) (report, error) {
	var found report
	tests := run{out: out, said: map[string][]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break
		} else if err != nil {
			return found, err
		}
		var e event
		if json.Unmarshal(line, &e) != nil {
			fmt.Fprintf(out, "%s", line) // not an event: the go command's own word
			continue
		}
		tests.take(e)
	}
	for _, skip := range tests.skips {
		if strict && (excuse == "" || !strings.Contains(skip, excuse)) {
			found.trouble("skipped, and none may be: %s", skip)
		} else {
			fmt.Fprintln(out, "skipped:", skip)
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", tests.passed, tests.failed, tests.skipped)
	if tests.passed == 0 {
		found.trouble("no test passed")
	}
	return found, nil
}

func (r *run) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.said[key] = append(r.said[key], e.Output)
	case "pass", "fail", "skip":
		r.count(e)
		if e.Action == "fail" && e.Test == "" {
			r.showUnfinished(e.Package)
		}
		r.show(e, r.said[key])
		delete(r.said, key)
	}
}

func (r *run) count(e event) {
	if e.Test == "" {
		return
	}
	switch e.Action {
	case "pass":
		r.passed++
	case "fail":
		r.failed++
	case "skip":
		r.skipped++
		if isSeed := strings.HasPrefix(e.Test, "Fuzz") && strings.Contains(e.Test, "/"); !isSeed {
			r.skips = append(r.skips, e.Package+" "+e.Test+reason(r.said[e.Package+" "+e.Test]))
		}
	}
}

// showUnfinished prints what tests said that never came to an end, in a package
// that crashed or ran out of time.
func (r *run) showUnfinished(pkg string) {
	for _, key := range slices.Sorted(maps.Keys(r.said)) {
		if name, ok := strings.CutPrefix(key, pkg+" "); ok && name != "" {
			r.show(event{Action: "fail", Package: pkg, Test: name}, r.said[key])
			delete(r.said, key)
		}
	}
}

// show prints all of what a failed test or package said, and of a passed
// package only the go command's own line.
func (r *run) show(e event, said []string) {
	for _, line := range said {
		if strings.HasPrefix(line, "=== ") || line == "PASS\n" {
			continue
		}
		closing := strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "?   \t")
		if e.Action == "fail" || e.Test == "" && closing {
			fmt.Fprint(r.out, line)
		}
	}
}

// reason is what the test said when it skipped itself.
func reason(said []string) string {
	var words []string
	for _, line := range said {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			words = append(words, line)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, " ") + ")"
}
