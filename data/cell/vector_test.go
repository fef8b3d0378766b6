package cell

import (
	"slices"
	"strings"
	"testing"
)

// textbook is the table of delinquent children, and its pattern of hidden cells.
type textbook struct {
	Input struct {
		Rows, Cols []string
		Table      [][]int
		Threshold  int
	}
	Expected struct {
		Primary  [][2]string         `json:"primary"`
		Only     string              `json:"audit_primary_only"`
		Two      [][2]string         `json:"two_per_line_pattern"`
		Adds     [][2]string         `json:"safe_pattern_adds"`
		AuditTwo map[string][2]int64 `json:"audit_two_per_line"`
		Safe     map[string][2]int64 `json:"audit_safe"`
	}
}

func (b *textbook) cube() *Cube {
	return NewCube(slices.Concat(b.Input.Table...), len(b.Input.Rows), len(b.Input.Cols))
}

func (b *textbook) at(c *Cube, name string) int {
	row, col, _ := strings.Cut(name, "/")
	return c.At(slices.Index(b.Input.Rows, row), slices.Index(b.Input.Cols, col))
}

func (b *textbook) hidden(c *Cube, patterns ...[][2]string) []bool {
	hidden := make([]bool, len(c.N))
	for _, pattern := range patterns {
		for _, p := range pattern {
			hidden[b.at(c, p[0]+"/"+p[1])] = true
		}
	}
	return hidden
}

func TestVectorOfCellSuppression(t *testing.T) {
	var b textbook
	vector(t, "cell-suppression", &b)
	c, k := b.cube(), b.Input.Threshold
	for i, n := range c.N {
		primary := b.hidden(c, b.Expected.Primary)[i]
		if Small(n, k) != primary {
			t.Errorf("cell %d of %d: small %v", i, n, !primary)
		}
	}
	only := published(c.N, b.hidden(c, b.Expected.Primary))
	leaks, err := Audit(only, c.Sums, k)
	if err != nil || len(leaks) != len(b.Expected.Primary) {
		t.Errorf("with the small cells hidden alone %v leak, %v", leaks, err)
	}
	if b.Expected.Only != "every suppressed cell is exactly recoverable" {
		t.Errorf("the example says %q, and that is not what is tried here", b.Expected.Only)
	}
	for _, leak := range leaks {
		if n := whole(c.N[leak.Cell]); leak.Low.Cmp(n) != 0 || leak.High.Cmp(n) != 0 {
			t.Errorf("%v is not told exactly", leak)
		}
	}
	b.audits(t, c, b.hidden(c, b.Expected.Two), b.Expected.AuditTwo)
	b.audits(t, c, b.hidden(c, b.Expected.Two, b.Expected.Adds), b.Expected.Safe)
	hidden, err := Protect(shown(c.N), c.Sums, k)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, h := range hidden {
		if h {
			n++
		}
	}
	safe(t, c.N, hidden, c.Sums, k)
	if most := len(b.Expected.Two) + len(b.Expected.Adds); n > most {
		t.Errorf("%d cells are hidden, %d do", n, most)
	}
}

// audits checks the bounds of a pattern, and which cells leak by them.
func (b *textbook) audits(t *testing.T, c *Cube, hidden []bool, want map[string][2]int64) {
	t.Helper()
	cells, k := published(c.N, hidden), b.Input.Threshold
	leaks, err := Audit(cells, c.Sums, k)
	if err != nil {
		t.Fatal(err)
	}
	for name, w := range want {
		at := b.at(c, name)
		low, high := bound(t, cells, c.Sums, at)
		if low.Cmp(whole(int(w[0]))) != 0 || high == nil || high.Cmp(whole(int(w[1]))) != 0 {
			t.Errorf("%s is from %v to %v, want %v", name, low, high, w)
		}
		leaky := slices.ContainsFunc(leaks, func(l Leak) bool { return l.Cell == at })
		if leaky != (Small(c.N[at], k) && w[1]-w[0] < int64(k)) {
			t.Errorf("%s leaks: %v", name, leaky)
		}
	}
}
