package form

import (
	"slices"

	"ashar/data/cell"
)

// hide hides the numbers of few people among kinds of people, and those from
// which they could be worked out: a kind of whom only few answered wholly; a
// cell of fewer people than least, or of all but so few; in any row or column
// whose sum is known, enough others that what is hidden there is at least two
// cells and at least so many people; and what else follows from all of it
// together.
func (t *Table) hide(asked *Asked, least int) {
	few := func(n int) bool { return cell.Small(n, least) }
	for i := range t.Cols {
		c := &t.Cols[i]
		c.Hide = make([]bool, len(c.N))
		c.Small = few(c.Answered) || slices.ContainsFunc(c.parts, func(p part) bool { return few(p.answered) })
		t.Hidden = t.Hidden || c.Small
	}
	kinds := t.Cols[1:]
	for i := range kinds {
		for row, n := range kinds[i].N {
			kinds[i].Hide[row] = kinds[i].Small || few(n) || slices.ContainsFunc(kinds[i].parts, func(p part) bool { return few(p.n[row]) })
		}
	}
	t.cover(asked, least)
	t.audit(asked, least)
	for i := range kinds {
		for _, hidden := range kinds[i].Hide {
			t.Hidden = t.Hidden || hidden
		}
	}
}

// cover hides more in every row and column until none tells what is hidden.
func (t *Table) cover(asked *Asked, least int) {
	kinds := t.Cols[1:]
	for changed := true; changed; {
		changed = false
		for row := range t.Cols[0].N {
			line := make([]cellRef, 0, len(kinds))
			for i := range kinds {
				line = append(line, cellRef{&kinds[i], row})
			}
			changed = cover(line, least) || changed
		}
		for i := range kinds {
			for _, rows := range asked.sums(len(kinds[i].N)) {
				line := make([]cellRef, 0, len(rows))
				for _, row := range rows {
					line = append(line, cellRef{&kinds[i], row})
				}
				changed = cover(line, least) || changed
			}
		}
	}
}

// sums are the rows of a column that add up to a number that is shown: all of
// them where each person is in one row, those of one item of a matrix.
func (a *Asked) sums(rows int) (lines [][]int) {
	step := rows
	switch a.Kind {
	case Many, Rank, Points, Pairs:
		return nil
	case Matrix:
		step = len(a.Marks)
	}
	for from := 0; step > 0 && from+step <= rows; from += step {
		var line []int
		for row := from; row < from+step; row++ {
			line = append(line, row)
		}
		lines = append(lines, line)
	}
	return lines
}

// cellRef is one cell of a table.
type cellRef struct {
	col *Col
	row int
}

func (c cellRef) n() int       { return c.col.N[c.row] }
func (c cellRef) hidden() bool { return c.col.Hide[c.row] }

// cover hides more of a line whose sum is known until what is hidden cannot be
// worked out; the smallest numbers go first, and nobody's zero before the last.
func cover(line []cellRef, enough int) (changed bool) {
	for {
		hidden, people, least, telling := 0, 0, -1, false
		for i, c := range line {
			if c.hidden() {
				hidden++
				people += c.n()
				telling = telling || c.n() > 0 || c.col.Small // that nobody of three chose it tells what they chose
				continue
			}
			if least < 0 || less(c.n(), line[least].n()) {
				least = i
			}
		}
		if !telling || hidden > 1 && people >= enough || least < 0 {
			return changed
		}
		line[least].col.Hide[line[least].row] = true
		changed = true
	}
}

// less orders what is hidden next: small numbers, but zeros last.
func less(a, b int) bool {
	if (a == 0) != (b == 0) {
		return b == 0
	}
	return a < b
}
