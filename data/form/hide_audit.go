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

// published are the cells of the table and what ties them together: first those
// of the kinds, row by row, then totals and those who did not choose something.
func (t *Table) published(asked *Asked) (cells []cell.Cell, sums []cell.Sum) {
	kinds := t.Cols[1:]
	add := func(c cell.Cell) int { cells = append(cells, c); return len(cells) - 1 }
	for row := range t.Cols[0].N {
		for i := range kinds {
			if add(cell.Show(kinds[i].N[row])); kinds[i].Hide[row] {
				cells[len(cells)-1] = cell.Hide(kinds[i].N[row])
			}
		}
	}
	tie := func(total int, parts ...int) {
		n := 0
		for _, at := range parts {
			n += cells[at].N
		}
		if n == total { // not where a kind of people is missing, or one has several answers
			fixed := cell.Show(total)
			fixed.Fixed = true
			sums = append(sums, cell.Sum{Cells: parts, Total: add(fixed)})
		}
	}
	for row, n := range t.Cols[0].N {
		var line []int
		for i := range kinds {
			line = append(line, row*len(kinds)+i)
		}
		tie(n, line...)
	}
	for i := range kinds {
		if kinds[i].Small {
			continue // so few that the total says it all
		}
		for _, rows := range asked.sums(len(kinds[i].N)) {
			var line []int
			for _, row := range rows {
				line = append(line, row*len(kinds)+i)
			}
			tie(kinds[i].Of[rows[0]], line...)
		}
		if asked.sums(len(kinds[i].N)) == nil {
			for row, n := range kinds[i].N {
				if of := kinds[i].Of[row]; of >= n {
					tie(of, row*len(kinds)+i, add(cell.Hide(of-n)))
				}
			}
		}
	}
	return cells, sums
}
