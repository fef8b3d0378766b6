package chart

import (
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// gapRoom is the room for a gap and its span at the end of a row.
const gapRoom = 150

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

func gapsDrawing(l *lang.Lang, rows []gapRow, sides Sides) Drawing {
	const top = 52
	var names []string
	for _, row := range rows {
		names = append(names, row.title)
	}
	left := plotX(names)
	full := width - left - gapRoom - 16 // what 100 of 100 takes
	classes := sides.classes()
	d := Drawing{Width: width, Height: top + rowHigh*len(rows) + 4}
	d.gapsKey(l, sides, left)
	for _, part := range []int{0, 50, 100} {
		x := left + 8 + full*part/100
		d.line("guide", x, top, x, d.Height)
		d.text("head", "middle", x, top-6, l.Number(part))
	}
	d.text("head", "end", width-4, top-6, l.T("chart.gaps.gap"))
	for i, row := range rows {
		y := top + i*rowHigh
		d.label(y, "", row.title)
		middle := y + rowHigh/2
		class := "value"
		if row.Contested {
			class = "mark"
		}
		if mark := row.mark(); mark != "" {
			d.text("mark", "end", markEnd, middle+5, mark)
		}
		var x [2]int
		for side, score := range row.Scores {
			x[side] = left + 8 + int(rounded(score, 0)*float64(full)/100+0.5)
		}
		d.line(gapLine(row.Contested), x[0], middle, x[1], middle)
		// The dot goes over the ring, which is larger: both can be seen where they meet.
		d.Dots = append(d.Dots, Dot{X: x[0], Y: middle, R: 8, Class: "ring " + classes[0], Title: sides.Names[0] + ": " + scoreText(l, row.Scores[0], 0)},
			Dot{X: x[1], Y: middle, R: 6, Class: "full " + classes[1], Title: sides.Names[1] + ": " + scoreText(l, row.Scores[1], 0)})
		d.text(class, "start", width-gapRoom+8, middle+5, row.text)
		d.text("head", "end", width-4, middle+5, row.span)
	}
	return d
}

func gapLine(contested bool) string {
	if contested {
		return "between contested"
	}
	return "between"
}

// gapsKey writes what the ring, the dot and the mark are.
func (d *Drawing) gapsKey(l *lang.Lang, sides Sides, left int) {
	classes := sides.classes()
	d.Dots = append(d.Dots, Dot{X: left + 8, Y: 13, R: 8, Class: "ring " + classes[0]})
	x := left + 24
	d.text("side", "start", x, 18, sides.Names[0])
	x += textWidth(sides.Names[0]) + 32
	d.Dots = append(d.Dots, Dot{X: x, Y: 13, R: 6, Class: "full " + classes[1]})
	d.text("side", "start", x+14, 18, sides.Names[1])
	d.text("mark", "end", markEnd, 18, "!")
	d.text("head", "start", titleX, 18, l.T("chart.gaps.contested"))
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
