package chart

import (
	"slices"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// rung is one row of a ladder.
type rung struct {
	mark, title string
	place       int // where the count puts it
	left, drawn *Range
}

// Ladder is which places each problem can take: a box over the places that it
// takes whichever one group is left out, a thin line over those that it takes
// in the re-draws, a dot where the count puts it. Either of the two may be
// missing; what is said, and the lines between tiers, hold for both.
func Ladder(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, ways Ways, id string) Figure {
	all, sure := scored(r), ways.Sure()
	rows := rungs(titles, all, ways.Left, ways.Drawn)
	f := Figure{ID: id, Heading: ladderHeading(l, titles, all, sure), Table: ladderTable(l, rows, ways)}
	f.Description = l.T("chart.ladder.description", "n", len(all), "list", ladderList(l, titles, all, sure))
	if len(all) < 2 || len(sure.Ranges) == 0 {
		return f
	}
	tiers := sure.tiers(all)
	f.Note = l.T("chart.tiers.none")
	if n := tiers[len(tiers)-1]; n > 1 {
		f.Note = l.T("chart.tiers", "n", n)
	}
	if len(all) > mostProblems {
		f.Note += " " + l.T("chart.cut.problems", "n", mostProblems, "total", len(all))
	}
	rows = rows[:min(mostProblems, len(rows))]
	f.draw(func(s sheet) Drawing { return ladderDrawing(s, l, rows, tiers, sure.Together) })
	f.Options = ladderOptions(l, rows, tiers, sure.Together, f.Description)
	f.Height = rowHigh*len(rows) + 46 + 3*keyHigh
	return f
}

// LadderHeading is the finding of a ladder alone.
func LadderHeading(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, ways Ways) string {
	return ladderHeading(l, titles, scored(r), ways.Sure())
}

func rungs(titles func(data.ID) string, all []rank.Place, left, draws map[data.ID]Range) (rows []rung) {
	of := func(ranges map[data.ID]Range, id data.ID) *Range {
		if r, ok := ranges[id]; ok {
			return &r
		}
		return nil
	}
	for _, p := range all {
		rows = append(rows, rung{Mark(p), titles(p.Problem), p.Rank, of(left, p.Problem), of(draws, p.Problem)})
	}
	return rows
}

// ladderHeading says whether first place is sure, and else who can take it.
func ladderHeading(l *lang.Lang, titles func(data.ID) string, all []rank.Place, sure Sure) string {
	if len(all) == 0 {
		return l.T("chart.none")
	}
	if len(sure.Ranges) == 0 {
		return l.T("chart.ladder.unknown")
	}
	var can []data.ID
	for _, p := range all {
		if r, ok := sure.Ranges[p.Problem]; !ok || r.Best == 1 {
			can = append(can, p.Problem)
		}
	}
	if r := sure.Ranges[all[0].Problem]; len(can) == 1 && r.Worst == 1 {
		return l.T("chart.ladder.sure."+string(sure.Basis), "title", quoted(l, titles, can), "together", TogetherText(l, sure.Together))
	}
	return l.T("chart.ladder.open", "n", len(can), "titles", quoted(l, titles, can))
}

func ladderList(l *lang.Lang, titles func(data.ID) string, all []rank.Place, sure Sure) string {
	var list []string
	for _, p := range all {
		list = append(list, titles(p.Problem)+" – "+sure.of(p.Problem))
	}
	return listed(l, list, "; ")
}

// ladderWidest is how wide the column of a place gets at most; in one below
// placeW its number has no room.
const (
	ladderWidest = 60
	placeW       = 18
)

func ladderDrawing(s sheet, l *lang.Lang, rows []rung, tiers []int, together bool) Drawing {
	var names []string
	for _, row := range rows {
		names = append(names, row.title)
	}
	left, places := s.plotX(names), len(tiers)
	step := min(ladderWidest, (s.width-left-4)/places)
	d := Drawing{Width: s.width}
	top := d.key(s, ladderLines(l, rows, together)) + 28
	d.Height = top + s.rows(len(rows)) + 4
	for i := range places {
		x := left + i*step
		if step >= placeW || i == 0 || (i+1)%5 == 0 {
			d.text("head", "middle", x+step/2, top-8, l.Number(i+1))
		}
		d.line("guide", x, top, x, d.Height-4)
	}
	d.line("guide", left+places*step, top, left+places*step, d.Height-4)
	for i, row := range rows {
		y := top + s.rows(i)
		if i > 0 && tiers[i] > tiers[i-1] {
			d.line("tier", 8, y, left+places*step, y)
		}
		d.rung(row, left, step, d.label(s, y, row.mark, row.title)+rowHigh/2)
	}
	return d
}

// rung draws what one row can do: places begin at left and are a step wide.
func (d *Drawing) rung(row rung, left, step, middle int) {
	if r := row.left; r != nil {
		d.box(left+(r.Best-1)*step+2, middle, (r.Worst-r.Best+1)*step-4, row.title+": "+r.String())
	}
	centre := func(place int) int { return left + (place-1)*step + step/2 }
	if r := row.drawn; r != nil {
		d.whisker(centre(r.Best), centre(r.Worst), middle, row.title+": "+r.String())
	}
	d.Dots = append(d.Dots, Dot{X: centre(row.place), Y: middle, R: 6, Class: "now", Title: row.title + ": " + row.mark})
}

func (d *Drawing) box(x, middle, w int, title string) {
	d.Rects = append(d.Rects, Rect{X: x, Y: middle - 10, W: w, H: 20, Class: "may", Title: title})
}

// whisker is a thin line from the middle of one place to that of another, with ends.
func (d *Drawing) whisker(from, to, middle int, title string) {
	d.Rects = append(d.Rects,
		Rect{X: from - 1, Y: middle - 1, W: to - from + 2, H: 2, Class: "whisker", Title: title},
		Rect{X: from - 1, Y: middle - 7, W: 2, H: 14, Class: "whisker"}, Rect{X: to - 1, Y: middle - 7, W: 2, H: 14, Class: "whisker"})
}

// leftText says what the boxes are.
func leftText(l *lang.Lang, together bool) string {
	return l.T("chart.ladder.key.left", "together", TogetherText(l, together))
}

// ladderLines is the key of the marks that there are.
func ladderLines(l *lang.Lang, rows []rung, together bool) []keyLine {
	lines := []keyLine{{text: l.T("chart.ladder.key.now"), mark: func(d *Drawing, x, y int) {
		d.Dots = append(d.Dots, Dot{X: x + 24, Y: y, R: 6, Class: "now"})
	}}}
	if slices.ContainsFunc(rows, func(r rung) bool { return r.left != nil }) {
		lines = append(lines, keyLine{text: leftText(l, together), mark: func(d *Drawing, x, y int) { d.box(x, y, 48, "") }})
	}
	if slices.ContainsFunc(rows, func(r rung) bool { return r.drawn != nil }) {
		lines = append(lines, keyLine{text: l.T("chart.ladder.key.draws"), icon: "path://M0 0h2v6h22v-6h2v14h-2v-6h-22v6h-2z", mark: func(d *Drawing, x, y int) { d.whisker(x+2, x+46, y, "") }})
	}
	return lines
}

func ladderOptions(l *lang.Lang, rows []rung, tiers []int, together bool, description string) string {
	var names, titles []string
	var boxes []spotless
	var whiskers, ends, now, lines []spot
	for i, row := range rows {
		names, titles = append(names, row.mark+"  "+row.title), append(titles, row.title)
		if r := row.left; r != nil {
			for place := r.Best; place <= r.Worst; place++ {
				boxes = append(boxes, spotless{place - 1, i, 1})
			}
		}
		if r := row.drawn; r != nil {
			from, to := at(r.Best-1, i), at(r.Worst-1, i)
			whiskers, ends = append(whiskers, from, to, gap), append(ends, from, to)
		}
		now = append(now, at(row.place-1, i))
		if i > 0 && tiers[i] > tiers[i-1] {
			lines = append(lines, at(0, i), at(len(tiers)-1, i), gap)
		}
	}
	h := grid(places(l, len(tiers)), names, plotX(titles), 30+3*keyHigh, false, []opts.Piece{{Gte: 0, Color: shadeOf("all", 3)}})
	h.AddSeries(leftText(l, together), nil, charts.WithSeriesOpts(func(s *charts.SingleSeries) { s.Data = boxes }),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: shadeOf("all", 3), BorderColor: card, BorderWidth: 2}))
	still(&h.RectChart)
	h.Legend = opts.Legend{Show: opts.Bool(true), Orient: "vertical", Left: px(titleX), Top: "0", SelectedMode: "false", Data: keyNames(ladderLines(l, rows, together))}
	h.ExtendYAxis(slots(len(rows)))
	h.Overlap(
		lineOf(l.T("chart.ladder.key.draws"), whiskers, 0, &opts.LineStyle{Color: ink, Width: 2}, nil),
		lineOf("", ends, 0, nil, &dot{"rect", []int{2, 14}, ink, ""}),
		lineOf(l.T("chart.ladder.key.now"), now, 0, nil, &dot{"circle", 11, slate, card}),
		lineOf("", lines, 1, &opts.LineStyle{Color: ink, Width: 1.5}, nil),
	)
	return options(firstSeries{h}, description)
}

func ladderTable(l *lang.Lang, rows []rung, ways Ways) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{number(l.T("ranking.rank")), words(l.T("chart.problem"))}}
	if len(ways.Left) > 0 {
		t.Head = append(t.Head, number(leftText(l, ways.Together)))
	}
	if len(ways.Drawn) > 0 {
		t.Head = append(t.Head, number(l.T("chart.ladder.key.draws")))
	}
	text := func(r *Range) Cell {
		if r == nil {
			return number(undefined)
		}
		return number(r.String())
	}
	for _, row := range rows {
		line := []Cell{number(row.mark), name(row.title)}
		if len(ways.Left) > 0 {
			line = append(line, text(row.left))
		}
		if len(ways.Drawn) > 0 {
			line = append(line, text(row.drawn))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
