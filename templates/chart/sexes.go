package chart

import (
	"math/big"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// pair is a problem with what women and what men make of it.
type pair struct {
	mark, title string
	women, men  rank.Place
}

// Sexes is women against men: a problem in each row, in the order of everybody,
// the women's bar to the left and the men's to the right.
func Sexes(l *lang.Lang, titles func(data.ID) string, all, women, men rank.Ranking, id string) Figure {
	digits := Digits(women, men)
	rows := pairs(titles, all, women, men)
	f := Figure{ID: id, Heading: sexesHeading(l, titles, women, men), Table: sexesTable(l, rows, digits)}
	f.Description = l.T("chart.sexes.description", "women", best(l, titles, women, digits), "men", best(l, titles, men, digits))
	named := 0
	for named < len(rows) && (rows[named].women.Score != nil || rows[named].men.Score != nil) {
		named++
	}
	if named < 2 {
		return f
	}
	f.Note = note(l, named, 0)
	rows = rows[:min(mostProblems, named)]
	sides := [2]string{l.T("count.women", "n", women.Counted), l.T("count.men", "n", men.Counted)}
	f.draw(func(s sheet) Drawing { return sexesDrawing(s, l, rows, sides, digits) })
	f.Options = sexesOptions(l, rows, sides, digits, f.Description)
	f.Height = rowHigh*len(rows) + 44
	return f
}

// pairs are the problems in the order of all. Those that neither women nor men
// have a score for come last.
func pairs(titles func(data.ID) string, all, women, men rank.Ranking) []pair {
	w, m := byProblem(women), byProblem(men)
	var scored, rest []pair
	for _, p := range all.Places {
		row := pair{Mark(p), titles(p.Problem), w[p.Problem], m[p.Problem]}
		if row.women.Score != nil || row.men.Score != nil {
			scored = append(scored, row)
		} else {
			rest = append(rest, row)
		}
	}
	return append(scored, rest...)
}

func byProblem(r rank.Ranking) map[data.ID]rank.Place {
	m := map[data.ID]rank.Place{}
	for _, p := range r.Places {
		m[p.Problem] = p
	}
	return m
}

func sexesHeading(l *lang.Lang, titles func(data.ID) string, women, men rank.Ranking) string {
	w, m := firsts(women), firsts(men)
	switch {
	case w == nil && m == nil:
		return l.T("chart.none")
	case m == nil:
		return l.T("chart.sexes.women")
	case w == nil:
		return l.T("chart.sexes.men")
	}
	theirs := map[data.ID]bool{}
	for _, id := range m {
		theirs[id] = true
	}
	var both []data.ID
	for _, id := range w {
		if theirs[id] {
			both = append(both, id)
		}
	}
	if both == nil {
		return l.T("chart.sexes.differ")
	}
	return l.T("chart.sexes.same", "titles", quoted(l, titles, both))
}

func sexesDrawing(s sheet, l *lang.Lang, rows []pair, sides [2]string, digits int) Drawing {
	const top, swatch = 34, 22
	var names []string
	for _, row := range rows {
		names = append(names, row.title)
	}
	middle := (s.plotX(names) + s.width) / 2
	full := float64(s.width - middle - numberW - 8) // what 100 of 100 takes
	d := Drawing{Width: s.width, Height: top + s.rows(len(rows)) + 4}
	d.Rects = append(d.Rects, Rect{X: middle - 12 - swatch, Y: 8, W: swatch, H: 13, Class: "group-women", Pattern: "women"},
		Rect{X: middle + 12, Y: 8, W: swatch, H: 13, Class: "group-men"})
	d.text("side", "end", middle-20-swatch, 20, sides[0])
	d.text("side", "start", middle+20+swatch, 20, sides[1])
	side := func(y int, title string, score *big.Rat, r Rect, sign int, anchor string) {
		text, long := scoreText(l, score, digits), 0
		if score != nil {
			long = int(rounded(score, digits)*full/100 + 0.5)
			r.X, r.Y, r.W, r.H, r.Title = middle+min(0, sign*long), y+(rowHigh-barHigh)/2, long, barHigh, title+": "+text
			d.Rects = append(d.Rects, r)
		}
		d.text("value", anchor, middle+sign*(long+8), y+rowHigh/2+5, text)
	}
	for i, row := range rows {
		y := d.label(s, top+s.rows(i), row.mark, row.title)
		side(y, row.title, row.women.Score, Rect{Class: "group-women", Pattern: "women"}, -1, "end")
		side(y, row.title, row.men.Score, Rect{Class: "group-men"}, 1, "start")
	}
	d.line("axis", middle, top-4, middle, d.Height)
	return d
}

func sexesOptions(l *lang.Lang, rows []pair, sides [2]string, digits int, description string) string {
	var names []string
	var left, right []opts.BarData
	one := func(score *big.Rat, sign float64) opts.BarData {
		if score == nil {
			return opts.BarData{Value: undefinedValue}
		}
		return opts.BarData{Value: sign * rounded(score, digits), Label: label(scoreText(l, score, digits))}
	}
	for _, row := range rows {
		names = append(names, row.mark+"  "+row.title)
		left = append(left, one(row.women.Score, -1))
		right = append(right, one(row.men.Score, 1))
	}
	b := bars(-115, 115, plotX(names), true)
	b.SetXAxis(names)
	b.AddSeries(sides[0], left, coloured(women, "left")).AddSeries(sides[1], right, coloured(men, "right"))
	return options(b, description, hatched, solid)
}

func sexesTable(l *lang.Lang, rows []pair, digits int) Table {
	column := func(group, what string) Cell {
		return number(l.T("chart.group.column", "group", l.T(group), "what", l.T(what)))
	}
	t := Table{Name: l.T("chart.table"), Head: []Cell{
		number(l.T("ranking.rank")), words(l.T("chart.problem")),
		column("sex.female", "ranking.rank"), column("sex.female", "ranking.score"),
		column("sex.male", "ranking.rank"), column("sex.male", "ranking.score"),
	}}
	for _, r := range rows {
		t.Rows = append(t.Rows, []Cell{
			number(r.mark), name(r.title),
			number(Mark(r.women)), number(scoreText(l, r.women.Score, digits)),
			number(Mark(r.men)), number(scoreText(l, r.men.Score, digits)),
		})
	}
	return t
}
