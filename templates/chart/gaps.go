package chart

import (
	"math/big"
	"slices"

	"ashar/data"
	"ashar/templates/lang"
)

// Gap is what two sides make of a problem. Scores are 0 to 1, nil where the side
// has none; Low and High are how small and how large Scores[0] - Scores[1] gets
// when one group is left out, nil where that is not known.
type Gap struct {
	Problem   data.ID
	Scores    [2]*big.Rat
	Low, High *big.Rat
	Contested bool
	Untried   bool // it would be contested, but some group cannot be left out
}

// size is Scores[0] - Scores[1].
func (g Gap) size() (*big.Rat, bool) {
	if g.Scores[0] == nil || g.Scores[1] == nil {
		return nil, false
	}
	return new(big.Rat).Sub(g.Scores[0], g.Scores[1]), true
}

// Sides are the two that a picture of gaps sets against each other.
type Sides struct {
	Names [2]string
	Sexes bool // women first, then men: they have colours of their own
	Least int  // of 100 comparisons: from that gap on a problem may be contested
}

// mark stands beside what is contested, or may be.
func (g Gap) mark() string {
	switch {
	case g.Contested:
		return "!"
	case g.Untried:
		return "?"
	}
	return ""
}

// gapRow is a gap, ready to be drawn.
type gapRow struct {
	Gap
	title string
	known bool
	text  string // the gap with its sign
	span  string // of the gap, over the groups left out; empty where not known
}

// Gaps is what two sides, women and men or young and old, make of each problem:
// a ring for the first side, a full dot for the second, and the gap between.
// The widest gaps come first: there is what they quarrel about, and at the end
// what they agree about.
func Gaps(l *lang.Lang, titles func(data.ID) string, gaps []Gap, sides Sides, id string) Figure {
	rows := gapRows(l, titles, gaps)
	f := Figure{ID: id, Heading: gapsHeading(l, rows, sides), Table: gapsTable(l, rows, sides)}
	var list []string
	known := 0
	for _, row := range rows {
		if row.known {
			known++
			list = append(list, row.title+" – "+row.text)
		}
	}
	if list == nil {
		list = append(list, undefined)
	}
	f.Description = l.T("chart.gaps.description", "first", sides.Names[0], "second", sides.Names[1], "list", listed(l, list, "; "))
	if known < 2 {
		return f
	}
	f.Note = l.T("chart.unit") + " " + l.T("chart.gaps.note", "n", sides.Least)
	if slices.ContainsFunc(gaps, func(g Gap) bool { return g.Untried }) {
		f.Note += " " + l.T("chart.gaps.untried.note")
	}
	if known > mostProblems {
		f.Note += " " + l.T("chart.cut.problems", "n", mostProblems, "total", known)
	}
	rows = rows[:min(mostProblems, known)]
	f.draw(func(s sheet) Drawing { return gapsDrawing(s, l, rows, sides) })
	f.Options = gapsOptions(l, rows, sides, f.Description)
	f.Height = rowHigh*len(rows) + 64
	return f
}

// gapRows are the gaps, the widest first, those that are not known last.
func gapRows(l *lang.Lang, titles func(data.ID) string, gaps []Gap) (rows []gapRow) {
	for _, g := range gaps {
		row := gapRow{Gap: g, title: titles(g.Problem), text: undefined}
		if size, ok := g.size(); ok {
			row.known, row.text = true, signed(l, size)
			if g.Low != nil && g.High != nil {
				row.span = l.T("chart.gaps.span", "low", signed(l, g.Low), "high", signed(l, g.High))
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b gapRow) int {
		x, first := a.Gap.size()
		y, second := b.Gap.size()
		switch {
		case first && second:
			return y.Abs(y).Cmp(x.Abs(x))
		case first:
			return -1
		case second:
			return 1
		}
		return 0
	})
	return rows
}

// signed is a difference of scores with its sign.
func signed(l *lang.Lang, difference *big.Rat) string {
	n := int(rounded(difference, 0))
	switch {
	case n > 0:
		return "+" + l.Number(n)
	case n < 0:
		return "−" + l.Number(-n)
	}
	return l.Number(0)
}
