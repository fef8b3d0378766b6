package report

import (
	"math"
	"slices"
	"strconv"

	"ashar/templates/chart"
)

// Sizes of letters of tables, the first that fits.
var tableSizes = []float64{9, 8.2, 7.4}

const (
	smallest = 7.4
	wordRoom = 150 // long words may have a column of so much to themselves, longer ones are broken
	wholes   = 70  // short figures are never broken: "5 of 6"
	cellSide = 4.5 // beside the text of a cell
	cellTop  = 3.2 // above it and below
)

// grid is a table, or as many of its columns as a sheet holds, measured.
type grid struct {
	caption string
	head    []chart.Cell
	rows    [][]chart.Cell
	widths  []float64
	size    float64
	wide    bool // too wide for an upright sheet
}

// parts are the table of a section, measured, in several parts where no sheet is
// wide enough.
func (l *layout) parts(s Section) []grid {
	if s.Table == nil || len(s.Table.Head) == 0 {
		return nil
	}
	whole := grid{caption: s.Table.Name, head: s.Table.Head}
	for _, cells := range s.Table.Rows {
		whole.rows = append(whole.rows, cells[:min(len(cells), len(whole.head))])
	}
	if s.Figure != nil && s.Figure.Heading != "" && whole.caption != "" {
		whole.caption += ": " + s.Figure.Heading
	}
	if whole.caption == s.Heading {
		whole.caption = ""
	}
	parts := l.divide(whole)
	if len(parts) == 1 {
		l.measureGrid(&parts[0])
		return parts
	}
	for i := range parts {
		parts[i].caption += " (" + strconv.Itoa(i+1) + " / " + strconv.Itoa(len(parts)) + ")"
		parts[i].size, parts[i].wide = smallest, true
		parts[i].share(l.columns(parts[i], smallest))
	}
	return parts
}

// divide deals columns out to as few parts as need be. The columns up to the one
// that names the rows stand in all of them.
func (l *layout) divide(g grid) (parts []grid) {
	least, _ := l.columns(g, smallest)
	names := 0
	if len(g.rows) > 0 {
		names = 1 + slices.IndexFunc(g.rows[0], func(c chart.Cell) bool { return c.Header })
	}
	if names == len(g.head) || sum(least) <= room(true) {
		return []grid{g}
	}
	for from := names; from < len(g.head); {
		to, used := from, sum(least[:names])
		for to < len(g.head) && (to == from || used+least[to] <= room(true)) {
			used += least[to]
			to++
		}
		part := grid{caption: g.caption, head: slices.Concat(g.head[:names], g.head[from:to])}
		for _, cells := range g.rows {
			part.rows = append(part.rows, slices.Concat(cells[:min(names, len(cells))], cells[min(from, len(cells)):min(to, len(cells))]))
		}
		parts, from = append(parts, part), to
	}
	return parts
}

// measureGrid finds the largest letters that a table can have: upright, else lying.
func (l *layout) measureGrid(g *grid) {
	for _, g.wide = range []bool{false, true} {
		for _, g.size = range tableSizes {
			if least, most := l.columns(*g, g.size); sum(least) <= room(g.wide) {
				g.share(least, most)
				return
			}
		}
	}
	g.share(l.columns(*g, g.size))
}

// columns are the widths that columns need, and those that they could use.
func (l *layout) columns(g grid, size float64) (least, most []float64) {
	least, most = make([]float64, len(g.head)), make([]float64, len(g.head))
	take := func(i int, c chart.Cell, bold bool, room float64) {
		f := l.cellFont(bold, size)
		all := f.width(f.clean(c.Text))
		word := min(wordRoom, f.longestWord(c.Text))
		if c.Numeric && all <= wholes && room > wholes {
			word = all
		}
		least[i] = max(least[i], word+2*cellSide)
		most[i] = max(most[i], min(all, room)+2*cellSide, word+2*cellSide)
	}
	for i, c := range g.head {
		take(i, c, true, wholes) // names of columns break into lines
	}
	for _, cells := range g.rows {
		for i, c := range cells {
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
// the columns of words. Where not even what they need is there, words are broken.
func (g *grid) share(least, most []float64) {
	g.widths = slices.Clone(least)
	if all := sum(least); all > room(g.wide) {
		for i := range g.widths {
			g.widths[i] *= room(g.wide) / all
		}
		return
	}
	if more := sum(most) - sum(least); more > 0 {
		part := min(1, (room(g.wide)-sum(least))/more)
		for i := range g.widths {
			g.widths[i] += part * (most[i] - least[i])
		}
	}
	wordy := 0.0
	for _, c := range g.head {
		if !c.Numeric {
			wordy++
		}
	}
	for i, c := range g.head {
		if !c.Numeric {
			g.widths[i] += max(0, room(g.wide)-sum(most)) / wordy
		}
	}
}
