// Command check asks of the tree what the compiler and the linters do not:
// that packages import only what .ci/arrows allows, that functions stay small,
// and that no words for people stand outside the language files. It also reads
// the events of go test, so that a skipped test is never a silent one.
package main

import (
	"fmt"
	"os"
)

const usage = `usage: check arrows | sizes | words       run from the top of the tree
       go test -json ... | check tests [-noskip [BUT-FOR]]`

// A report is what one check found: troubles fail it, notes do not.
type report struct {
	troubles, notes []string
}

func (r *report) trouble(format string, args ...any) {
	r.troubles = append(r.troubles, fmt.Sprintf(format, args...))
}

func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("%s", usage))
	}
	var found report
	var err error
	switch os.Args[1] {
	case "arrows":
		found, err = checkArrows()
	case "sizes":
		found, err = checkSizes(".")
	case "words":
		found, err = checkWords(".")
	case "tests":
		args := append(os.Args[2:], "", "")
		found, err = readTests(os.Stdin, os.Stdout, args[0] == "-noskip", args[1])
	default:
		err = fmt.Errorf("%s", usage)
	}
	if err != nil {
		fail(err)
	}
	for _, line := range found.notes {
		fmt.Println("note:", line)
	}
	for _, line := range found.troubles {
		fmt.Println(line)
	}
	if len(found.troubles) > 0 {
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
