package report

import (
	"math"

	"ashar/templates/chart"
)

// Sizes of letters of tables, the first that fits. Long words may have a column of
// so much to themselves; longer ones are broken.
var tableSizes = []float64{9, 8.2, 7.4}

const (
	tiny     = 6.4
	wordRoom = 150
	cellSide = 4.5 // beside the text of a cell
	cellTop  = 3.2 // above it and below
)

// grid is a table, measured.
type grid struct {
	widths []float64
	size   float64
	wide   bool // too wide for an upright sheet
}

// grid finds the largest letters that a table can have: upright, else lying.
func (l *layout) grid(t *chart.Table) grid {
	for _, wide := range []bool{false, true} {
		for _, size := range tableSizes {
			least, most := l.columns(t, size)
			if sum(least) <= room(wide) {
				return grid{share(t, least, most, room(wide)), size, wide}
			}
		}
	}
	least, _ := l.columns(t, tiny)
	if all := sum(least); all > room(true) { // words are broken
		for i := range least {
			least[i] *= room(true) / all
		}
	}
	return grid{least, tiny, true}
}

// columns are the widths that columns need for their longest words, and those that
// they could use.
func (l *layout) columns(t *chart.Table, size float64) (least, most []float64) {
	least, most = make([]float64, len(t.Head)), make([]float64, len(t.Head))
	take := func(i int, c chart.Cell, bold bool, room float64) {
		f := l.cellFont(bold, size)
		word := min(wordRoom, f.longestWord(c.Text)) + 2*cellSide
		least[i] = max(least[i], word)
		most[i] = max(most[i], min(f.width(f.clean(c.Text))+2*cellSide, room), word)
	}
	for i, c := range t.Head {
		take(i, c, true, 80) // names of columns break into lines
	}
	for _, row := range t.Rows {
		for i, c := range row[:min(len(row), len(t.Head))] {
			take(i, c, c.Header, math.Inf(1))
		}
	}
	return least, most
}

func (l *layout) cellFont(bold bool, size float64) font {
	if bold {
		return font{l.bold, size}
	}
	return font{l.plain, size}
}

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// share divides the width of a sheet: what columns can use, then what is left to
// the columns of words.
func share(t *chart.Table, least, most []float64, room float64) []float64 {
	widths := append([]float64(nil), least...)
	if more := sum(most) - sum(least); more > 0 {
		part := min(1, (room-sum(least))/more)
		for i := range widths {
			widths[i] += part * (most[i] - least[i])
		}
	}
	var wordy []int
	for i, c := range t.Head {
		if !c.Numeric {
			wordy = append(wordy, i)
		}
	}
	for _, i := range wordy {
		widths[i] += max(0, room-sum(most)) / float64(len(wordy))
	}
	return widths
}

// row is the lines of every cell.
type row struct {
	cells []chart.Cell
	lines [][]string
	fonts []font
	high  float64
}

func (l *layout) row(g grid, cells []chart.Cell, head bool) row {
	r := row{cells: cells[:min(len(cells), len(g.widths))]}
	most := 1
	for i, c := range r.cells {
		f := l.cellFont(head || c.Header, g.size)
		lines := f.lines(c.Text, g.widths[i]-2*cellSide+.01, l.cellLines(g))
		r.lines, r.fonts = append(r.lines, lines), append(r.fonts, f)
		most = max(most, len(lines))
	}
	r.high = float64(most)*(font{l.plain, g.size}).high() + 2*cellTop
	return r
}

// cellLines is how many lines a cell may have, so that a row and the heads of its
// columns fit on a sheet.
func (l *layout) cellLines(g grid) int {
	high := long
	if g.wide {
		high = short
	}
	return int((high - above - under - 150) / 2 / (font{l.plain, g.size}).high())
}

func (l *layout) putRow(g grid, r row, below rule) {
	x := side
	for i, lines := range r.lines {
		for j, s := range lines {
			f := r.fonts[i]
			at := x + cellSide
			if r.cells[i].Numeric {
				at = x + g.widths[i] - cellSide - f.width(s)
			}
			l.put(words{at, l.y + cellTop + f.size + float64(j)*f.high(), f, ink, s, false})
		}
		x += g.widths[i]
	}
	l.y += r.high
	below.x1, below.x2, below.y1, below.y2 = side, x, l.y, l.y
	l.put(below)
}

// caption is what a table is called.
func caption(s Section) string {
	switch {
	case s.Figure != nil && s.Table.Name != "" && s.Figure.Heading != "":
		return s.Table.Name + ": " + s.Figure.Heading
	case s.Table.Name == s.Heading:
		return ""
	}
	return s.Table.Name
}

// tableTop is how high the beginning of a table is that must not be torn: its name,
// the heads of its columns and two rows.
func (l *layout) tableTop(s Section, g grid) float64 {
	f := font{l.bold, noteSize}
	high := float64(len(f.lines(caption(s), room(g.wide), 2)))*f.high() + 6 + l.row(g, s.Table.Head, true).high
	for _, cells := range s.Table.Rows[:min(2, len(s.Table.Rows))] {
		high += l.row(g, cells, false).high
	}
	return high
}

// table prints a table. The heads of its columns stand on every sheet that it
// goes on to.
func (l *layout) table(s Section, g grid) {
	if len(g.widths) == 0 {
		return
	}
	l.open(false, g.wide)
	if !l.fresh() {
		l.y += 6
	}
	l.need(l.tableTop(s, g))
	f := font{l.bold, noteSize}
	l.lines(f, soft, f.lines(caption(s), l.width(), 2))
	l.y += 2
	head := l.row(g, s.Table.Head, true)
	l.putRow(g, head, rule{thick: 1, colour: ink})
	for i, cells := range s.Table.Rows {
		r := l.row(g, cells, false)
		if i > 0 && l.y+r.high > l.bottom() {
			l.begin(g.wide)
			l.putRow(g, head, rule{thick: 1, colour: ink})
		}
		l.putRow(g, r, rule{thick: .4, colour: line})
	}
	l.y += 8
}
