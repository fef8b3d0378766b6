package chart

import (
	"math/big"
	"strconv"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// mostPairs is how many problems a picture sets against each other.
const mostPairs = 20

// duel is one problem against all others, in the order of the ranking.
type duel struct {
	mark, title string
	won         []won
}

// won is what a problem wins against another one. With itself, and where there is
// nothing to compare, it is not known.
type won struct {
	known   bool
	value   float64 // of 100 comparisons
	text    string
	against bool // it wins over one that the order puts before it
}

// Pairwise sets every problem against every other: of 100 comparisons, how many
// the problem in the row wins against the one in the column. The order is that
// of the ranking; cells that speak against it are outlined. share gives the part
// of the comparisons that problems[i] wins against problems[j], 0 to 1; nil where
// nobody compared them.
func Pairwise(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, problems []data.ID, share func(i, j int) *big.Rat, id string) Figure {
	rows := duels(l, titles, scored(r), problems, share)
	f := Figure{ID: id, Heading: pairwiseHeading(l, rows), Table: pairwiseTable(l, rows)}
	f.Description = l.T("chart.pairs.description", "n", len(rows), "list", upsets(l, rows))
	if len(rows) < 2 {
		return f
	}
	f.Note = l.T("chart.pairs.note")
	if len(rows) > mostPairs {
		f.Note += " " + l.T("chart.cut.problems", "n", mostPairs, "total", len(rows))
	}
	rows = rows[:min(mostPairs, len(rows))]
	var heads, names []string
	for _, row := range rows {
		heads, names = append(heads, row.mark), append(names, row.title)
	}
	f.draw(func(s sheet) Drawing {
		return pairwiseDrawing(s, rows, newHeader(s, heads, s.plotX(names), edgeX, cellW))
	})
	head := newHeader(broad, heads, plotX(names), edgeX, cellW)
	f.Options = pairwiseOptions(l, rows, head, f.Description)
	f.Height = rowHigh*len(rows) + head.high + 16
	return f
}

func duels(l *lang.Lang, titles func(data.ID) string, places []rank.Place, problems []data.ID, share func(i, j int) *big.Rat) (rows []duel) {
	at := map[data.ID]int{}
	for i, p := range problems {
		at[p] = i
	}
	var known []rank.Place
	for _, p := range places {
		if _, ok := at[p.Problem]; ok {
			known = append(known, p)
		}
	}
	half := big.NewRat(1, 2)
	for i, p := range known {
		row := duel{Mark(p), titles(p.Problem), make([]won, len(known))}
		for j, other := range known {
			row.won[j].text = undefined
			if i == j {
				continue
			}
			if wins := share(at[p.Problem], at[other.Problem]); wins != nil {
				row.won[j] = won{true, rounded(wins, 0), wonText(l, wins), p.Rank > other.Rank && wins.Cmp(half) > 0}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// upsetPairs are the pairs that speak against the order, in words.
func upsetPairs(l *lang.Lang, rows []duel) (all []string) {
	for _, row := range rows {
		for j, other := range rows {
			if row.won[j].against {
				all = append(all, l.T("chart.pairs.upset", "winner", l.T("chart.quoted", "title", row.title),
					"loser", l.T("chart.quoted", "title", other.title), "score", row.won[j].text))
			}
		}
	}
	return all
}

func upsets(l *lang.Lang, rows []duel) string {
	if all := upsetPairs(l, rows); all != nil {
		return listed(l, all, "; ")
	}
	return undefined
}

func pairwiseHeading(l *lang.Lang, rows []duel) string {
	if len(rows) < 2 {
		return l.T("chart.none")
	}
	switch all := upsetPairs(l, rows); len(all) {
	case 0:
		return l.T("chart.pairs.agree")
	case 1:
		return l.T("chart.pairs.one", "pair", all[0])
	default:
		return l.T("chart.pairs.many", "n", len(all))
	}
}

// wonText is how many of 100 comparisons are won. What is not half of them
// never reads as half.
func wonText(l *lang.Lang, share *big.Rat) string {
	if value := rounded(share, 0); value != 50 || share.Cmp(big.NewRat(1, 2)) == 0 {
		return l.Decimal(value, 0)
	}
	for digits := 1; digits < 4; digits++ {
		if rounded(share, digits) != 50 {
			return scoreText(l, share, digits)
		}
	}
	return scoreText(l, share, 4)
}

func pairwiseDrawing(s sheet, rows []duel, head header) Drawing {
	d := Drawing{Width: head.width(s, edgeX), Height: head.high + s.rows(len(rows)) + 4}
	head.draw(&d, head.high)
	for i, row := range rows {
		y := d.label(s, head.high+s.rows(i), row.mark, row.title)
		for j := range rows {
			won := row.won[j]
			r := Rect{X: head.x + j*head.step + 2, Y: y + 2, W: head.step - 4, H: rowHigh - 4, Class: "blank", Pattern: "blank"}
			if i == j {
				continue
			}
			if won.known {
				r.Class, r.Pattern = "level-"+strconv.Itoa(shade(won.value)), ""
			}
			if won.against {
				r.Class += " against"
			}
			d.Rects = append(d.Rects, r)
			d.text(cellClass(won.against), "middle", r.X+r.W/2, y+rowHigh/2+5, won.text)
		}
	}
	d.byLook()
	return d
}

func cellClass(marked bool) string {
	if marked {
		return "cell mark"
	}
	return "cell"
}

func pairwiseOptions(l *lang.Lang, rows []duel, head header, description string) string {
	var names []string
	var plain, outlined []any
	for i, row := range rows {
		names = append(names, row.mark+"  "+row.title)
		for j := range rows {
			if won := row.won[j]; i != j && won.against {
				outlined = append(outlined, won.point(l, i, j))
			} else if i != j {
				plain = append(plain, won.point(l, i, j))
			}
		}
	}
	h := grid(head.columnNames(), names, head.x, head.high+8, head.turned, heatPieces())
	cells(h, l.T("ranking.score.help"), append(plain, outlined...)) // the last ones lie on top: their edges must show
	still(&h.RectChart)
	return options(h, description)
}

// point is the cell of row i and column j for ECharts.
func (w won) point(l *lang.Lang, i, j int) any {
	p := point{Value: spotless{j, i, w.value}}
	if w.text != l.Decimal(w.value, 0) {
		p.Label = label(w.text)
	}
	switch {
	case !w.known:
		p.apart(style{card, edge, "dotted", 1})
	case w.against:
		p.apart(style{shadeOf("all", shade(w.value)), ink, "solid", 3})
	case p.Label == nil:
		return p.Value
	}
	return p
}

func pairwiseTable(l *lang.Lang, rows []duel) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{number(l.T("ranking.rank")), words(l.T("chart.problem"))}}
	for _, row := range rows {
		t.Head = append(t.Head, number(row.mark+" "+row.title))
	}
	for i, row := range rows {
		line := []Cell{number(row.mark), name(row.title)}
		for j, won := range row.won {
			switch {
			case i == j:
				line = append(line, number(""))
			case won.against:
				line = append(line, number(won.text+" !"))
			default:
				line = append(line, number(won.text))
			}
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
