package chart

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// Column is one group of a break-down with the name that people know it by.
type Column struct {
	Name    string
	Ranking rank.Ranking
}

// Columns names the parts of a break-down: village, sex, band, tag, as far as
// it was broken down by them.
func Columns(l *lang.Lang, parts []rank.Part, village func(data.ID) string, tag func(string) string) []Column {
	var columns []Column
	for _, p := range parts {
		columns = append(columns, Column{CutName(l, p.Cut, village, tag), p.Ranking})
	}
	return columns
}

// CutName is what a cut is called. What was not said is named with what it is
// that was not said, lest several of them stand side by side.
func CutName(l *lang.Lang, c rank.Cut, village func(data.ID) string, tag func(string) string) string {
	var all []string
	if c.Village != nil {
		all = append(all, village(*c.Village))
	}
	if c.Sex != nil {
		all = append(all, sexName(l, *c.Sex))
	}
	if c.Band != nil {
		all = append(all, BandName(l, *c.Band))
	}
	if c.Tag != nil {
		if *c.Tag == "" {
			all = append(all, l.T("tag.title")+": "+l.T("tag.unknown"))
		} else {
			all = append(all, tag(*c.Tag))
		}
	}
	return strings.Join(all, ", ")
}

func sexName(l *lang.Lang, s data.Sex) string {
	switch s {
	case data.Female:
		return l.T("sex.female")
	case data.Male:
		return l.T("sex.male")
	}
	return l.T("sex.unknown.heading")
}

// BandName is a band of ages as it is read: 18–28, 61+.
func BandName(l *lang.Lang, b data.Band) string {
	from, to, err := b.Ages()
	switch {
	case b == "":
		return l.T("band.unknown.heading")
	case err != nil:
		return string(b)
	case to >= 150:
		return l.T("band.from", "a", strconv.Itoa(from))
	}
	return l.T("band.range", "a", strconv.Itoa(from), "b", strconv.Itoa(to))
}

// heatRow is a problem with its place in each group.
type heatRow struct {
	mark, title string
	places      []rank.Place
}

// Heat is how many of 100 comparisons each problem wins in each group, as a map
// with the number in every cell. Problems stand in the order of everybody.
func Heat(l *lang.Lang, titles func(data.ID) string, all rank.Ranking, groups []Column, id string) Figure {
	rows := heatRows(titles, all, groups)
	f := Figure{ID: id, Heading: heatHeading(l, titles, all, groups), Table: heatTable(l, rows, groups)}
	f.Description = l.T("chart.heat.description", "list", heatFirsts(l, titles, groups))
	shown := len(scored(all))
	if shown < 2 || !slices.ContainsFunc(groups, func(g Column) bool { return len(scored(g.Ranking)) > 0 }) {
		return f
	}
	f.Note = note(l, shown, len(groups))
	rows = rows[:min(mostProblems, shown)]
	var names, problems []string
	for _, g := range groups[:min(mostGroups, len(groups))] {
		names = append(names, g.Name)
	}
	for _, row := range rows {
		problems = append(problems, row.title)
	}
	f.draw(func(s sheet) Drawing {
		return heatDrawing(s, l, rows, newHeader(s, names, s.plotX(problems), edgeX, cellW))
	})
	head := newHeader(broad, names, plotX(problems), edgeX, cellW)
	f.Options = heatOptions(l, rows, head, f.Description)
	f.Height = rowHigh*len(rows) + head.high + 16
	return f
}

func heatRows(titles func(data.ID) string, all rank.Ranking, groups []Column) []heatRow {
	var by []map[data.ID]rank.Place
	for _, g := range groups {
		by = append(by, byProblem(g.Ranking))
	}
	var rows []heatRow
	for _, p := range all.Places {
		row := heatRow{mark: Mark(p), title: titles(p.Problem)}
		for _, m := range by {
			row.places = append(row.places, m[p.Problem])
		}
		rows = append(rows, row)
	}
	return rows
}

// heatHeading names the problem that is first in most groups, the needier one
// of equals.
func heatHeading(l *lang.Lang, titles func(data.ID) string, all rank.Ranking, groups []Column) string {
	wins, ordered := map[data.ID]int{}, 0
	for _, g := range groups {
		ids := firsts(g.Ranking)
		ordered += min(1, len(ids))
		for _, id := range ids {
			wins[id]++
		}
	}
	if ordered == 0 {
		return l.T("chart.none")
	}
	var most data.ID
	for _, p := range all.Places {
		if wins[p.Problem] > wins[most] {
			most = p.Problem
		}
	}
	title := quoted(l, titles, []data.ID{most})
	if wins[most] == ordered {
		return l.T("chart.heat.all", "n", ordered, "title", title)
	}
	return l.T("chart.heat.most", "n", ordered, "k", wins[most], "title", title)
}

func heatFirsts(l *lang.Lang, titles func(data.ID) string, groups []Column) string {
	var all []string
	for _, g := range groups {
		if ids := firsts(g.Ranking); ids != nil {
			all = append(all, l.T("chart.group.column", "group", g.Name, "what", quoted(l, titles, ids)))
		}
	}
	if all == nil {
		return undefined
	}
	return listed(l, all, "; ")
}

// Four shades: to 25, to 50, to 75, to 100.
const shades = 4

func shade(value float64) int { return min(shades, 1+int(value/25)) }

func heatPieces() (pieces []opts.Piece) {
	for i := 1; i <= shades; i++ {
		p := opts.Piece{Gte: float32(25 * (i - 1)), Lt: float32(25 * i), Color: shadeOf("all", i)}
		if i == 1 {
			p.Gte, p.Gt = 0, -1 // a zero would be left out
		}
		if i == shades {
			p.Lt, p.Lte = 0, 100
		}
		pieces = append(pieces, p)
	}
	return pieces
}

func shadeOf(group string, level int) string {
	return "var(--" + group + "-" + strconv.Itoa(level) + ")"
}

// cellW is the least room for a cell with a number of two digits.
const cellW = 28

func heatDrawing(s sheet, l *lang.Lang, rows []heatRow, head header) Drawing {
	d := Drawing{Width: head.width(s, edgeX), Height: head.high + s.rows(len(rows)) + 4}
	head.draw(&d, head.high)
	for i, row := range rows {
		y := d.label(s, head.high+s.rows(i), row.mark, row.title)
		for j, p := range row.places[:len(head.names)] {
			r := Rect{X: head.x + j*head.step + 1, Y: y + 1, W: head.step - 2, H: rowHigh - 2, Class: "blank", Pattern: "blank"}
			if p.Score != nil {
				r.Class, r.Pattern = "level-"+strconv.Itoa(shade(rounded(p.Score, 0))), ""
			}
			d.Rects = append(d.Rects, r)
			d.text("cell", "middle", r.X+r.W/2, y+rowHigh/2+5, scoreText(l, p.Score, 0))
		}
	}
	d.byLook()
	return d
}

func heatOptions(l *lang.Lang, rows []heatRow, head header, description string) string {
	var names []string
	var points []any
	for i, row := range rows {
		names = append(names, row.mark+"  "+row.title)
		for j, p := range row.places[:len(head.names)] {
			if p.Score != nil {
				points = append(points, spotless{j, i, rounded(p.Score, 0)})
				continue
			}
			none := point{Value: spotless{j, i, 0}, Label: label(undefined), Tooltip: &opts.Tooltip{Show: opts.Bool(false)}}
			none.apart(style{card, edge, "dotted", 1})
			points = append(points, none)
		}
	}
	h := grid(head.columnNames(), names, head.x, head.high+8, head.turned, heatPieces())
	cells(h, l.T("ranking.score.help"), points)
	return options(h, description)
}

func heatTable(l *lang.Lang, rows []heatRow, groups []Column) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{number(l.T("ranking.rank")), words(l.T("chart.problem"))}}
	for _, g := range groups {
		t.Head = append(t.Head, number(g.Name))
	}
	for _, r := range rows {
		row := []Cell{number(r.mark), name(r.title)}
		for _, p := range r.places {
			row = append(row, number(scoreText(l, p.Score, 0)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
