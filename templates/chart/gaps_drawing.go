package chart

import (
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// gapRoom is the room for a gap and its span at the end of a row, or of the line
// above it.
const (
	gapRoom     = 150
	gapRoomSlim = 120
)

func gapsHeading(l *lang.Lang, rows []gapRow, sides Sides) string {
	titles := map[string][]string{} // by mark
	known := 0
	for _, row := range rows {
		if row.known {
			known++
			titles[row.mark()] = append(titles[row.mark()], l.T("chart.quoted", "title", row.title))
		}
	}
	say := func(key string, titles []string) string {
		return l.T(key, "first", sides.Names[0], "second", sides.Names[1], "n", len(titles), "titles", listed(l, titles, ", "))
	}
	switch {
	case known == 0:
		return l.T("chart.none")
	case titles["!"] != nil:
		return say("chart.gaps.some", titles["!"])
	case titles["?"] != nil:
		return say("chart.gaps.untried", titles["?"])
	}
	return l.T("chart.gaps.none", "first", sides.Names[0], "second", sides.Names[1])
}

// classes are the colours of the two sides.
func (s Sides) classes() [2]string {
	if s.Sexes {
		return [2]string{"women", "men"}
	}
	return [2]string{"all", "all"}
}

func gapsDrawing(s sheet, l *lang.Lang, rows []gapRow, sides Sides) Drawing {
	room, end := gapRoom, gapRoom+16
	if s.above > 0 {
		room, end, s.end = gapRoomSlim, 28, gapRoomSlim
	}
	var names []string
	for _, row := range rows {
		names = append(names, row.title)
	}
	left := s.plotX(names)
	full := s.width - left - end // what 100 of 100 takes
	classes := sides.classes()
	d := Drawing{Width: s.width}
	top := d.gapsKey(s, l, sides, left)
	d.Height = top + s.rows(len(rows)) + 4
	for _, part := range []int{0, 50, 100} {
		x := left + 8 + full*part/100
		d.line("guide", x, top, x, d.Height)
		d.text("head", "middle", x, top-6, l.Number(part))
	}
	for i, row := range rows {
		y, class := top+s.rows(i), "value"
		if row.Contested {
			class = "mark"
		}
		middle := d.label(s, y, row.mark(), row.title) + rowHigh/2
		var x [2]int
		for side, score := range row.Scores {
			x[side] = left + 8 + int(rounded(score, 0)*float64(full)/100+0.5)
		}
		d.line(gapLine(row.Contested), x[0], middle, x[1], middle)
		// The dot goes over the ring, which is larger: both can be seen where they meet.
		d.Dots = append(d.Dots, Dot{X: x[0], Y: middle, R: 8, Class: "ring " + classes[0], Title: sides.Names[0] + ": " + scoreText(l, row.Scores[0], 0)},
			Dot{X: x[1], Y: middle, R: 6, Class: "full " + classes[1], Title: sides.Names[1] + ": " + scoreText(l, row.Scores[1], 0)})
		d.text(class, "start", s.width-room+8, y+rowHigh/2+5, row.text)
		d.text("head", "end", s.width-4, y+rowHigh/2+5, row.span)
	}
	return d
}

func gapLine(contested bool) string {
	if contested {
		return "between contested"
	}
	return "between"
}

// gapsKey writes what the ring, the dot and the mark are, and the heads of the
// columns. It says how far down they reach.
func (d *Drawing) gapsKey(s sheet, l *lang.Lang, sides Sides, left int) (top int) {
	classes, x, y := sides.classes(), left+8, 18
	d.Dots = append(d.Dots, Dot{X: x, Y: y - 5, R: 8, Class: "ring " + classes[0]})
	d.text("side", "start", x+16, y, sides.Names[0])
	if s.above > 0 {
		y += keyHigh
	} else {
		x += textWidth(sides.Names[0]) + 48
	}
	d.Dots = append(d.Dots, Dot{X: x, Y: y - 5, R: 6, Class: "full " + classes[1]})
	d.text("side", "start", x+16, y, sides.Names[1])
	contested := l.T("chart.gaps.contested")
	if s.above > 0 {
		y += keyHigh + 6
		d.text("mark", "start", left+4, y, "!")
		d.text("head", "start", left+16, y, contested)
		d.text("head", "end", s.width-4, y, l.T("chart.gaps.gap"))
		return y + 28
	}
	d.text("mark", "end", markEnd, y, "!")
	d.text("head", "start", titleX, y, contested)
	d.text("head", "end", s.width-4, y+28, l.T("chart.gaps.gap"))
	return y + 34
}

func gapsOptions(l *lang.Lang, rows []gapRow, sides Sides, description string) string {
	var names, texts, titles []string
	var between, strong, first, second []spot
	for i, row := range rows {
		mark, text := "   ", row.text
		if row.mark() != "" {
			mark = row.mark() + "  "
		}
		if row.span != "" {
			text += "  " + row.span
		}
		names, texts, titles = append(names, mark+row.title), append(texts, text), append(titles, row.title)
		a, b := at(rounded(row.Scores[0], 0), i), at(rounded(row.Scores[1], 0), i)
		if row.Contested {
			strong = append(strong, a, b, gap)
		} else {
			between = append(between, a, b, gap)
		}
		first, second = append(first, a), append(second, b)
	}
	c := charts.NewLine()
	left, right := women, men
	if !sides.Sexes {
		left, right = slate, slate
	}
	c.Overlap(lineOf("", between, 0, &opts.LineStyle{Color: edge, Width: 2}, nil), lineOf("", strong, 0, &opts.LineStyle{Color: ink, Width: 4}, nil),
		lineOf(sides.Names[0], first, 0, nil, &dot{"circle", 15, card, left}), lineOf(sides.Names[1], second, 0, nil, &dot{"circle", 12, right, ""}))
	c.SetGlobalOptions(rowNames(plotX(titles)),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Position: "top", Min: 0, Max: 100, SplitNumber: 2}),
		charts.WithGridOpts(opts.Grid{Left: px(plotX(titles)), Right: px(gapRoom), Top: "56", Bottom: "8"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), SelectedMode: "false", Data: []string{sides.Names[0], sides.Names[1]}}))
	still(&c.RectChart)
	c.YAxisList[0].Data = names
	c.ExtendYAxis(rightNames(texts, ""))
	return options(c, description)
}

func gapsTable(l *lang.Lang, rows []gapRow, sides Sides) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("chart.problem")), number(sides.Names[0]), number(sides.Names[1]),
		number(l.T("chart.gaps.gap")), number(l.T("chart.gaps.spans")), words(l.T("chart.gaps.contested"))}}
	for _, row := range rows {
		span := undefined
		if row.span != "" {
			span = row.span
		}
		t.Rows = append(t.Rows, []Cell{name(row.title), number(scoreText(l, row.Scores[0], 0)), number(scoreText(l, row.Scores[1], 0)),
			number(row.text), number(span), words(row.mark())})
	}
	return t
}
