package form

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Expressions as others have written them, in the workbooks of the shared data.
// Those that cannot be read are refused for a reason that can be told; the most
// common reason is a function that only other tools have.
func TestRealExpressionsAreReadOrRefusedWithAReason(t *testing.T) {
	cells := realExpressions(t)
	read, reasons := 0, map[string][]string{}
	for _, cell := range cells {
		parse := Parse
		if cell.column == "choice_filter" {
			parse = ParseFilter
		}
		e, err := parse(cell.source)
		var bad *SyntaxError
		switch {
		case errors.As(err, &bad):
			reasons[bad.Key] = append(reasons[bad.Key], fmt.Sprintf("%s at %d: %.70q %v", cell.column, bad.Offset, cell.source, bad.Args))
		case err != nil:
			t.Errorf("%q: %v is no SyntaxError", cell.source, err)
		default:
			read++
			evaluate(t, e, "1", "yes")
		}
	}
	t.Logf("%d of %d expressions can be read", read, len(cells))
	for reason, list := range reasons {
		t.Logf("%s: %d\n\t%s", reason, len(list), strings.Join(list, "\n\t"))
	}
	if read < len(cells)*98/100 {
		t.Errorf("only %d of %d can be read", read, len(cells))
	}
	for _, line := range reasons["form.expr.function"] {
		if !regexp.MustCompile(`\[name (sqrt|cos|atan|round|instance|jr:itext|pulldata|indexed-repeat|once|random)\]$`).MatchString(line) {
			t.Errorf("a function that should be known is refused: %s", line)
		}
	}
}

type exprCell struct{ column, source string }

func realExpressions(t *testing.T) []exprCell {
	t.Helper()
	root := os.Getenv("ASHAR_TEST_DATA")
	if root == "" {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatal("ASHAR_TEST_DATA is not set, and ASHAR_TEST_REQUIRED asks for every check")
		}
		t.Skip("ASHAR_TEST_DATA is not set: expressions of real forms were NOT read")
	}
	files, err := filepath.Glob(filepath.Join(root, "data/xlsforms/*.xlsx"))
	if err != nil || len(files) < 40 {
		t.Fatalf("found %d workbooks: %v", len(files), err)
	}
	var cells []exprCell
	for _, file := range files {
		cells = append(cells, expressionsOf(t, file)...)
	}
	if len(cells) < 800 {
		t.Fatalf("found only %d expressions", len(cells))
	}
	return cells
}

var exprColumns = []string{"relevant", "relevance", "constraint", "calculation", "calculate", "choice_filter", "repeat_count"}

func expressionsOf(t *testing.T, file string) (cells []exprCell) {
	t.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(file, err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		if !strings.EqualFold(strings.TrimSpace(sheet), "survey") {
			continue
		}
		rows, err := book.GetRows(sheet)
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %d rows, %v", file, len(rows), err)
		}
		for _, row := range rows[1:] {
			for i, source := range row[:min(len(row), len(rows[0]))] {
				column := strings.TrimLeft(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(rows[0][i])), "bind"), ":")
				if strings.TrimSpace(source) != "" && slices.Contains(exprColumns, column) {
					cells = append(cells, exprCell{column, source})
				}
			}
		}
	}
	return cells
}
