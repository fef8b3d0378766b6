package cell

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"testing"
)

// vector reads a worked example of the shared test data.
func vector(t *testing.T, name string, v any) {
	t.Helper()
	dir := os.Getenv("ASHAR_TEST_DATA")
	b, err := os.ReadFile(filepath.Join(dir, "design", "vectors", name+".json"))
	switch {
	case err == nil:
	case os.Getenv("ASHAR_TEST_DATA_REQUIRED") == "1":
		t.Fatalf("the worked example %s is required: %v", name, err)
	case dir == "":
		t.Skip("ASHAR_TEST_DATA is not set: the worked examples of the shared test data are not tried")
	default:
		t.Skipf("ASHAR_TEST_DATA has no worked example: %v", err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// shown are the counts of a table, all published.
func shown(counts []int) (cells []Cell) {
	for _, n := range counts {
		cells = append(cells, Show(n))
	}
	return cells
}

// published are the counts of a table of which some are hidden.
func published(counts []int, hidden []bool) (cells []Cell) {
	for i, n := range counts {
		if cells = append(cells, Show(n)); hidden[i] {
			cells[i] = Hide(n)
		}
	}
	return cells
}

// bound is how far one cell can go, to the end; high is nil where there is none.
func bound(t tester, cells []Cell, sums []Sum, at int) (low, high *big.Rat) {
	t.Helper()
	base := whole(cells[at].Low)
	for _, p := range apart(cells, sums) {
		if v, ok := p.at[at]; ok {
			low, high = ends(p.tableau(), v, func() {})
			if high != nil {
				high.Add(high, base)
			}
			return low.Add(low, base), high
		}
	}
	return base, whole(cells[at].High)
}

// ends moves a variable as far as it goes both ways, and looks at both corners.
func ends(table *tableau, v int, look func()) (low, high *big.Rat) {
	led := moved
	for led == moved {
		led = table.step(v, true)
	}
	look()
	if high = table.value(v); led == endless {
		high = nil
	}
	for led = moved; led == moved; {
		led = table.step(v, false)
	}
	look()
	return table.value(v), high
}

type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// rounded is a count that is published rounded to whole steps, halves up.
func rounded(n, step int) Cell {
	half := step / 2
	at := (n + half) / step * step
	return Cell{N: n, Low: max(0, at-half), High: at + step - 1 - half}
}
