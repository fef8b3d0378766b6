package cell

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNeighboursAreMerged(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]int
		want string
	}{
		{"nothing is small", [][]int{{5, 9, 0}, {7, 5, 12}}, "0 1 2"},
		{"the young are few", [][]int{{2, 6, 9}, {5, 5, 5}}, "0+1 2"},
		{"the old are few", [][]int{{9, 6, 2}}, "0 1+2"},
		{"each is few", [][]int{{3, 3, 3, 3}}, "0+1 2+3"},
		{"the evenest is taken", [][]int{{2, 2, 2, 2, 2, 2, 2, 2, 2}}, "0+1+2 3+4+5 6+7+8"},
		{"nobody is not few", [][]int{{0, 0, 9}, {0, 3, 3}}, "0 1+2"},
		{"all together are few", [][]int{{2, 1, 1}, {9, 9, 9}}, "impossible"},
		{"no columns", nil, ""},
	} {
		spans, ok := Merge(c.rows, 5)
		var got []string
		for _, s := range spans {
			var cols []string
			for col := s.From; col < s.To; col++ {
				cols = append(cols, strconv.Itoa(col))
			}
			got = append(got, strings.Join(cols, "+"))
		}
		if joined := strings.Join(got, " "); ok != (c.want != "impossible") || ok && joined != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, joined, ok, c.want)
		}
	}
}

// No way to merge is better than the one that is found.
func TestMergingKeepsTheMostColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cols, k := rapid.IntRange(1, 8).Draw(t, "cols"), rapid.IntRange(2, 6).Draw(t, "k")
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 7), cols, cols), 1, 3).Draw(t, "rows")
		most := 0
		for cuts := range 1 << (cols - 1) {
			var spans []Span
			for from, to := 0, 1; to <= cols; to++ {
				if to == cols || cuts&(1<<(to-1)) != 0 {
					spans, from = append(spans, Span{from, to}), to
				}
			}
			if !few(rows, spans, k) {
				most = max(most, len(spans))
			}
		}
		spans, ok := Merge(rows, k)
		if ok != (most > 0) || len(spans) != most || ok && few(rows, spans, k) {
			t.Fatalf("%v of %v, the most are %d", spans, rows, most)
		}
	})
}

func few(rows [][]int, spans []Span, k int) bool {
	for _, row := range rows {
		for _, s := range spans {
			n := 0
			for _, x := range row[s.From:s.To] {
				n += x
			}
			if Small(n, k) {
				return true
			}
		}
	}
	return false
}
