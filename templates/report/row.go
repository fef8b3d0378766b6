package report

import (
	"ashar/templates/chart"
)

// row is the lines of every cell.
type row struct {
	cells []chart.Cell
	lines [][]string
	fonts []font
	high  float64
}

func (l *layout) row(g grid, cells []chart.Cell, head bool) row {
	r := row{cells: cells}
	most := 1
	for i, c := range cells {
		f := l.cellFont(head || c.Header, g.size)
		lines := f.lines(c.Text, g.widths[i]-2*cellSide+.01, g.cellLines())
		r.lines, r.fonts = append(r.lines, lines), append(r.fonts, f)
		most = max(most, len(lines))
	}
	r.high = float64(most)*font{l.plain, g.size}.high() + 2*cellTop
	return r
}

// cellLines is how many lines a cell may have, so that a row and the heads of its
// columns fit on a sheet, whatever stands above them.
func (g grid) cellLines() int {
	high := long
	if g.wide {
		high = short
	}
	return int((high - above - under - 240) / 2 / (font{size: g.size}).high())
}

func (l *layout) putRow(g grid, r row, below rule) {
	x := float64(side)
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
	below.x1, below.x2, below.y1, below.y2 = side, side+sum(g.widths), l.y, l.y
	l.put(below)
}

// A table that is no higher than this part of a sheet is not torn.
const intact = .4

func (l *layout) captionLines(g grid) (font, []string) {
	f := font{l.bold, noteSize}
	return f, f.lines(g.caption, room(g.wide), 2)
}

// untorn is how high the beginning of a table is that stays together: its caption,
// the heads of its columns and two rows, or the whole of a short one.
func (l *layout) untorn(g grid) float64 {
	f, caption := l.captionLines(g)
	high := float64(len(caption))*f.high() + 8 + l.row(g, g.head, true).high
	beginning := high
	for i, cells := range g.rows {
		if high += l.row(g, cells, false).high; i < 2 {
			beginning = high
		}
		if high > intact*l.whole() {
			return beginning
		}
	}
	return high
}

// table prints a table. The heads of its columns stand on every sheet that it
// goes on to, and its last row does not stand there alone.
func (l *layout) table(g grid) {
	l.open(false, g.wide)
	if !l.fresh() {
		l.y += 6
	}
	l.need(l.untorn(g))
	f, caption := l.captionLines(g)
	l.lines(f, soft, caption)
	l.y += 2
	head := l.row(g, g.head, true)
	l.putRow(g, head, rule{stroke: stroke{thick: 1, colour: ink}})
	rows := make([]row, len(g.rows))
	for i, cells := range g.rows {
		rows[i] = l.row(g, cells, false)
	}
	for i, r := range rows {
		high := r.high
		if i == len(rows)-2 {
			high += rows[i+1].high
		}
		if i > 0 && l.y+high > l.bottom() && l.y > l.top+head.high {
			l.begin(g.wide)
			l.putRow(g, head, rule{stroke: stroke{thick: 1, colour: ink}})
		}
		l.putRow(g, r, rule{stroke: stroke{thick: .4, colour: line}})
	}
	l.y += 8
}
