package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// module is the first element of every import path of ours.
const module = "ashar"

// arrows is the file .ci/arrows as read.
type arrows struct {
	may  map[string][]string // package -> what it may import of ours
	only []placed
}

// placed says that the outside paths live in these packages and nowhere else.
type placed struct {
	packages, paths []string
}

// imports is one package of ours and what it imports, as go list tells it.
type imports struct {
	ImportPath string
	Imports    []string
}

func checkArrows() (report, error) {
	text, err := os.ReadFile(".ci/arrows")
	if err != nil {
		return report{}, err
	}
	allowed, err := parseArrows(string(text))
	if err != nil {
		return report{}, err
	}
	packages, err := listImports()
	if err != nil {
		return report{}, err
	}
	return compare(allowed, packages), nil
}

func parseArrows(text string) (arrows, error) {
	read := arrows{may: map[string][]string{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "only "); ok {
			packages, paths, ok := strings.Cut(rest, " imports ")
			if !ok {
				return read, fmt.Errorf(".ci/arrows:%d: want: only PACKAGE imports PATH", number)
			}
			read.only = append(read.only, placed{strings.Fields(packages), strings.Fields(paths)})
			continue
		}
		name, targets, ok := strings.Cut(line, ":")
		if _, twice := read.may[name]; !ok || twice {
			return read, fmt.Errorf(".ci/arrows:%d: want one line for each package", number)
		}
		read.may[name] = strings.Fields(targets)
	}
	return read, nil
}

func listImports() ([]imports, error) {
	var out, complaint bytes.Buffer
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	list.Stdout, list.Stderr = &out, &complaint
	if err := list.Run(); err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	var packages []imports
	for decoder := json.NewDecoder(&out); ; {
		var p imports
		if err := decoder.Decode(&p); err == io.EOF {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

func compare(allowed arrows, packages []imports) report {
	var found report
	for _, p := range packages {
		from := strings.TrimPrefix(p.ImportPath, module+"/")
		may, known := allowed.may[from]
		if !known {
			found.trouble("%s has no line in .ci/arrows", from)
			continue
		}
		for _, to := range p.Imports {
			if !allowed.permits(from, may, to) {
				found.trouble("%s imports %s: no such arrow in .ci/arrows", from, strings.TrimPrefix(to, module+"/"))
			}
		}
	}
	return found
}

func (a arrows) permits(from string, may []string, to string) bool {
	if ours, ok := strings.CutPrefix(to, module+"/"); ok {
		return slices.Contains(may, "*") || slices.Contains(may, ours)
	}
	for _, rule := range a.only {
		here := slices.ContainsFunc(rule.paths, func(path string) bool {
			return to == path || !isStandard(path) && within(to, path)
		})
		if here && !slices.Contains(rule.packages, from) {
			return false
		}
	}
	return !slices.Contains(may, "std") || isStandard(to)
}

func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

// isStandard goes by the rule of the go command itself: outside the standard
// library the first element of a path is a host and has a dot.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && path != "C"
}
