package chart

import (
	"strconv"

	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// Columns of the drawing.
const (
	heardX     = 210 // cells begin here
	heardTotal = 120 // room for totals
	heardHigh  = 52
)

func heardDrawing(l *lang.Lang, h rank.Heard, rows []string, cells [][]heardCell, head header) Drawing {
	d := Drawing{Width: width, Height: head.high + heardHigh*len(rows) + 4}
	head.draw(&d, head.high)
	totalX := head.x + head.step*len(head.names) + heardTotal - 12
	for i, row := range rows {
		y := head.high + i*heardHigh
		d.Texts = append(d.Texts, Text{X: 8, Y: y + heardHigh/2 + 5, Class: "name", Text: cut(row, longest, heardX-16), Title: row})
		for j, c := range cells[i][:len(head.names)] {
			d.heard(c, head.x+j*head.step+2, y+2, head.step-4, heardHigh-4)
		}
		if len(h.Cols) > 1 {
			d.text("total", "end", totalX, y+heardHigh/2+5, cameText(l, h.Sexes[i]))
		}
	}
	if len(h.Cols) > 1 {
		d.text("head", "end", totalX, head.high-8, l.T("sex.all"))
	}
	return d
}

// heard draws one cell: nobody heard in dashes, nobody to be heard left blank.
func (d *Drawing) heard(c heardCell, x, y, w, high int) {
	r := Rect{X: x, Y: y, W: w, H: high, Class: c.group + "-" + strconv.Itoa(c.level), Title: c.title()}
	class, text := "came", c.came
	switch {
	case c.Missing():
		r.Class, class = "unheard", "came bad"
	case c.Unsaid && c.Came > 0:
		r.Class, r.Pattern = "unsaid", "unknown"
	case c.Came == 0:
		r.Class, r.Pattern = "blank", "blank"
		if !c.Hidden {
			text = undefined
		}
	}
	d.Rects = append(d.Rects, r)
	base := y + high/2 + 6
	if c.part != "" {
		base -= 8
		d.text("part", "middle", x+w/2, base+17, c.part)
	}
	d.text(class, "middle", x+w/2, base, text)
}

func heardOptions(l *lang.Lang, rows []string, kinds [][]heardCell, head header, description string) string {
	var heard, unheard []any
	for i := range kinds {
		for j, c := range kinds[i][:len(head.names)] {
			text := c.came
			if c.part != "" {
				text += "\n" + c.part
			}
			p := point{Name: c.name, Value: spotless{j, i, c.Came}, Label: label(text)}
			look := style{shadeOf(c.group, max(1, c.level)), card, "solid", 2}
			switch {
			case c.Missing():
				look = style{card, bad, "dashed", 2}
				p.Label.Color = bad
			case c.Came == 0, c.Unsaid:
				look = style{card, edge, "dotted", 1}
			}
			p.apart(look)
			if c.Missing() {
				unheard = append(unheard, p)
			} else {
				heard = append(heard, p)
			}
		}
	}
	h := grid(head.columnNames(), rows, heardX, head.high+8, head.step < narrow, []opts.Piece{{Gte: 0, Color: slate}})
	cells(h, l.T("chart.heard.came"), append(heard, unheard...)) // the last ones lie on top: their edges must show
	return options(h, description)
}
