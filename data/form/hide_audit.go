package form

import "ashar/data/cell"

// audit hides what else has to be hidden once all rows and columns of the table
// are taken together. What is said of everybody, and how many of a kind answered,
// is public; where so few people said something that the total alone tells it,
// hiding more does not help, and all that could is hidden.
func (t *Table) audit(asked *Asked, least int) {
	kinds := t.Cols[1:]
	if len(kinds) == 0 || t.Cols[0].Small {
		return
	}
	cells, sums := t.published(asked)
	hidden, err := cell.Protect(cells, sums, least)
	if hidden == nil {
		panic(err) // sums that are not there were left out
	}
	for row := range t.Cols[0].N {
		for i := range kinds {
			kinds[i].Hide[row] = hidden[row*len(kinds)+i]
		}
	}
}

// tied are cells of a table, and what ties them together.
type tied struct {
	cells []cell.Cell
	sums  []cell.Sum
}

func (t *tied) add(c cell.Cell) (at int) {
	t.cells = append(t.cells, c)
	return len(t.cells) - 1
}

// tie says that some cells add up to a number that is public, where they do: not
// where a kind of people is missing, or somebody has several answers.
func (t *tied) tie(total int, parts ...int) {
	n := 0
	for _, at := range parts {
		n += t.cells[at].N
	}
	if n == total {
		public := cell.Show(total)
		public.Fixed = true
		t.sums = append(t.sums, cell.Sum{Cells: parts, Total: t.add(public)})
	}
}

// published are the cells of the table, first those of the kinds, row by row,
// then totals and those who did not choose something.
func (t *Table) published(asked *Asked) ([]cell.Cell, []cell.Sum) {
	kinds := t.Cols[1:]
	var p tied
	for row := range t.Cols[0].N {
		for i := range kinds {
			if c := cell.Show(kinds[i].N[row]); kinds[i].Hide[row] {
				p.add(cell.Hide(c.N))
			} else {
				p.add(c)
			}
		}
	}
	for row, n := range t.Cols[0].N {
		var line []int
		for i := range kinds {
			line = append(line, row*len(kinds)+i)
		}
		p.tie(n, line...)
	}
	for i := range kinds {
		if !kinds[i].Small { // of so few the total says it all
			p.kind(&kinds[i], asked, func(row int) int { return row*len(kinds) + i })
		}
	}
	return p.cells, p.sums
}

// kind ties the cells of one kind of people: to how many of them answered or,
// where each could choose several, to those who did not.
func (t *tied) kind(kind *Col, asked *Asked, at func(row int) int) {
	lines := asked.sums(len(kind.N))
	for _, rows := range lines {
		var line []int
		for _, row := range rows {
			line = append(line, at(row))
		}
		t.tie(kind.Of[rows[0]], line...)
	}
	if lines != nil {
		return
	}
	for row, n := range kind.N {
		if of := kind.Of[row]; of >= n {
			t.tie(of, at(row), t.add(cell.Hide(of-n)))
		}
	}
}
