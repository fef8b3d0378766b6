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

// heardDrawing has a row for each sex. On a narrow sheet their names and totals
// stand above the cells.
func heardDrawing(s sheet, l *lang.Lang, h rank.Heard, rows, cols []string, cells [][]heardCell) Drawing {
	x, end, base := heardX, heardTotal, heardHigh/2+5
	if s.above > 0 {
		x, end, base = edgeX, edgeX, s.above-4
	}
	head := newHeader(s, cols, x, end, numberW)
	d := Drawing{Width: head.width(s, end), Height: head.high + (heardHigh+s.above)*len(rows) + 4}
	head.draw(&d, head.high)
	totalX := head.x + head.step*len(head.names) + heardTotal - 12
	if s.above > 0 {
		totalX = d.Width - edgeX
	}
	for i, row := range rows {
		y := head.high + i*(heardHigh+s.above)
		d.Texts = append(d.Texts, Text{X: min(8, x), Y: y + base, Class: "name", Text: cut(row, longest, heardX-16), Title: row})
		for j, c := range cells[i][:len(head.names)] {
			d.heard(c, head.x+j*head.step+2, y+s.above+2, head.step-4, heardHigh-4)
		}
		if len(h.Cols) > 1 {
			d.text("total", "end", totalX, y+base, cameText(l, h.Sexes[i]))
		}
	}
	if len(h.Cols) > 1 && s.above == 0 {
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
	h := grid(head.columnNames(), rows, heardX, head.high+8, head.turned, []opts.Piece{{Gte: 0, Color: slate}})
	cells(h, l.T("chart.heard.came"), append(heard, unheard...)) // the last ones lie on top: their edges must show
	return options(h, description)
}
