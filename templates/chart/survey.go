package chart

import (
	"strings"

	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/opts"
)

// Answers is what people said to one question of a survey, ready to be drawn:
// a row for each thing they could say, a column for each kind of people.
type Answers struct {
	ID      string
	Heading string
	Note    string
	Unit    string // what the figures are
	Name    string // of the rows: choice, number
	Most    float64
	Rows    []string
	Marks   []string // before the names of the rows: ranks; may be nil
	All     AnswerCol
	Extra   []AnswerExtra // more columns of the table, for everybody
	Kinds   []AnswerCol
	Sexes   bool // the first two kinds are women and men, and there are no others
}

// AnswerCol is one kind of people.
type AnswerCol struct {
	Name  string
	Cells []AnswerCell
}

// AnswerCell is one number: as it is drawn, and as it is written beside the bar
// and in the table.
type AnswerCell struct {
	Value float64
	Short string
	Long  string
	None  bool // there is no number, or it is hidden
}

// AnswerExtra is a column of the table that is not drawn.
type AnswerExtra struct {
	Head  string
	Cells []string
}

// Survey draws what people said to one question.
func Survey(l *lang.Lang, a Answers) Figure {
	f := Figure{ID: a.ID, Heading: a.Heading, Table: a.table(l)}
	var parts []string
	for i, row := range a.Rows {
		parts = append(parts, row+" – "+a.All.Cells[i].Short)
	}
	f.Description = l.T("chart.survey.description", "unit", a.Unit, "list", listed(l, parts, "; "))
	notes := []string{a.Unit}
	if a.Note != "" {
		notes = append(notes, a.Note)
	}
	if len(a.Rows) > mostProblems {
		notes = append(notes, l.T("chart.cut.rows", "n", mostProblems, "total", len(a.Rows)))
	}
	if len(a.Kinds) > mostGroups {
		notes = append(notes, cutGroups(l, len(a.Kinds)))
	}
	f.Note = strings.Join(notes, " ")
	if len(a.Rows) == 0 || a.Most <= 0 {
		return f
	}
	a = a.cut()
	switch {
	case a.Sexes:
		f.draw(a.sidesDrawing)
		f.Options = a.sidesOptions(f.Description)
		f.Height = rowHigh*len(a.Rows) + 44
	case len(a.Kinds) > 0:
		f.draw(func(s sheet) Drawing { return a.mapDrawing(s, a.head(s)) })
		head := a.head(broad)
		f.Options = a.mapOptions(head, f.Description)
		f.Height = rowHigh*len(a.Rows) + head.high + 16
	default:
		f.draw(a.barsDrawing)
		f.Options = a.barsOptions(f.Description)
		f.Height = rowHigh*len(a.Rows) + 16
	}
	return f
}

// cut leaves as many rows and columns as a picture can hold.
func (a Answers) cut() Answers {
	a.Rows = a.Rows[:min(mostProblems, len(a.Rows))]
	a.Kinds = a.Kinds[:min(mostGroups, len(a.Kinds))]
	return a
}

func names(cols []AnswerCol) (names []string) {
	for _, c := range cols {
		names = append(names, c.Name)
	}
	return names
}

func (a Answers) mark(i int) string {
	if a.Marks == nil {
		return ""
	}
	return a.Marks[i]
}

func (a Answers) axis() []string {
	rows := make([]string, len(a.Rows))
	for i, row := range a.Rows {
		rows[i] = strings.TrimSpace(a.mark(i) + "  " + row)
	}
	return rows
}

// long is how long a bar is, of the room it has.
func (a Answers) long(c AnswerCell, room float64) int {
	return int(min(c.Value/a.Most, 1)*room + 0.5)
}

func (a Answers) barsDrawing(s sheet) Drawing {
	left := s.plotX(a.Rows)
	room := float64(s.width - left - s.numbers())
	d := Drawing{Width: s.width, Height: s.rows(len(a.Rows)) + 8}
	d.line("axis", left, 0, left, d.Height)
	for i, row := range a.Rows {
		y, c, long := d.label(s, 4+s.rows(i), a.mark(i), row), a.All.Cells[i], 0
		if !c.None {
			long = a.long(c, room)
			d.Rects = append(d.Rects, Rect{X: left, Y: y + (rowHigh-barHigh)/2, W: long, H: barHigh, Class: "group-all", Title: row + ": " + c.Long})
		}
		d.text("value", "start", left+long+8, y+rowHigh/2+5, c.Short)
	}
	return d
}

func (a Answers) barsOptions(description string) string {
	b := bars(0, 1, plotX(a.Rows), false)
	b.XAxisList[0].Max = a.Most
	b.SetXAxis(a.axis()).AddSeries(a.Unit, a.bars(a.All, 1), coloured(slate, "right"))
	return options(b, description, solid)
}

func (a Answers) bars(col AnswerCol, sign float64) (points []opts.BarData) {
	for _, c := range col.Cells[:len(a.Rows)] {
		if c.None {
			points = append(points, opts.BarData{Value: undefinedValue})
			continue
		}
		points = append(points, opts.BarData{Value: sign * c.Value, Label: label(c.Short)})
	}
	return points
}

func (a Answers) sidesDrawing(s sheet) Drawing {
	const top, swatch = 34, 22
	middle := (s.plotX(a.Rows) + s.width) / 2
	room := float64(s.width - middle - numberW - 16)
	d := Drawing{Width: s.width, Height: top + s.rows(len(a.Rows)) + 4}
	d.Rects = append(d.Rects, Rect{X: middle - 12 - swatch, Y: 8, W: swatch, H: 13, Class: "group-women", Pattern: "women"},
		Rect{X: middle + 12, Y: 8, W: swatch, H: 13, Class: "group-men"})
	d.text("side", "end", middle-20-swatch, 20, a.Kinds[0].Name)
	d.text("side", "start", middle+20+swatch, 20, a.Kinds[1].Name)
	side := func(y int, row string, c AnswerCell, r Rect, sign int, anchor string) {
		long := 0
		if !c.None {
			long = a.long(c, room)
			r.X, r.Y, r.W, r.H, r.Title = middle+min(0, sign*long), y+(rowHigh-barHigh)/2, long, barHigh, row+": "+c.Long
			d.Rects = append(d.Rects, r)
		}
		d.text("value", anchor, middle+sign*(long+8), y+rowHigh/2+5, c.Short)
	}
	for i, row := range a.Rows {
		y := d.label(s, top+s.rows(i), a.mark(i), row)
		side(y, row, a.Kinds[0].Cells[i], Rect{Class: "group-women", Pattern: "women"}, -1, "end")
		side(y, row, a.Kinds[1].Cells[i], Rect{Class: "group-men"}, 1, "start")
	}
	d.line("axis", middle, top-4, middle, d.Height)
	return d
}

func (a Answers) sidesOptions(description string) string {
	b := bars(0, 1, plotX(a.Rows), true)
	b.XAxisList[0].Min, b.XAxisList[0].Max = -1.15*a.Most, 1.15*a.Most
	b.SetXAxis(a.axis())
	b.AddSeries(a.Kinds[0].Name, a.bars(a.Kinds[0], -1), coloured(women, "left")).AddSeries(a.Kinds[1].Name, a.bars(a.Kinds[1], 1), coloured(men, "right"))
	return options(b, description, hatched, solid)
}

// ofHundred is where a value stands on the scale of the four shades.
func (a Answers) ofHundred(c AnswerCell) float64 { return min(c.Value/a.Most, 1) * 100 }

// head is a column for everybody, and one for each kind of people.
func (a Answers) head(s sheet) header {
	return newHeader(s, append([]string{a.All.Name}, names(a.Kinds)...), s.plotX(a.Rows), edgeX, numberW)
}

func (a Answers) mapDrawing(s sheet, head header) Drawing {
	d := Drawing{Width: head.width(s, edgeX), Height: head.high + s.rows(len(a.Rows)) + 4}
	head.draw(&d, head.high)
	for i, row := range a.Rows {
		y := d.label(s, head.high+s.rows(i), a.mark(i), row)
		for j, col := range append([]AnswerCol{a.All}, a.Kinds...) {
			c := col.Cells[i]
			r := Rect{X: head.x + j*head.step + 1, Y: y + 1, W: head.step - 2, H: rowHigh - 2, Class: "blank", Pattern: "blank", Title: row + " · " + col.Name + ": " + c.Long}
			if !c.None {
				r.Class, r.Pattern = "level-"+string(rune('0'+shade(a.ofHundred(c)))), ""
			}
			d.Rects = append(d.Rects, r)
			d.text("cell", "middle", r.X+r.W/2, y+rowHigh/2+5, c.Short)
		}
	}
	return d
}

func (a Answers) mapOptions(head header, description string) string {
	var points []any
	for i := range a.Rows {
		for j, col := range append([]AnswerCol{a.All}, a.Kinds...) {
			c := col.Cells[i]
			p := point{Value: spotless{j, i, a.ofHundred(c)}, Label: label(c.Short)}
			if c.None {
				p.Value[2] = 0
				p.apart(style{card, edge, "dotted", 1})
			}
			points = append(points, p)
		}
	}
	h := grid(head.columnNames(), a.axis(), head.x, head.high+8, head.turned, heatPieces())
	cells(h, a.Unit, points)
	still(&h.RectChart) // it would tell the shade and not the number
	return options(h, description)
}

func (a Answers) table(l *lang.Lang) Table {
	t := Table{Name: l.T("chart.table")}
	if a.Marks != nil {
		t.Head = append(t.Head, number(l.T("ranking.rank")))
	}
	t.Head = append(t.Head, words(a.Name), number(a.All.Name))
	for _, extra := range a.Extra {
		t.Head = append(t.Head, number(extra.Head))
	}
	for _, kind := range a.Kinds {
		t.Head = append(t.Head, number(kind.Name))
	}
	for i, row := range a.Rows {
		var line []Cell
		if a.Marks != nil {
			line = append(line, number(a.Marks[i]))
		}
		line = append(line, name(row), number(a.All.Cells[i].Long))
		for _, extra := range a.Extra {
			line = append(line, number(extra.Cells[i]))
		}
		for _, kind := range a.Kinds {
			line = append(line, number(kind.Cells[i].Long))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
