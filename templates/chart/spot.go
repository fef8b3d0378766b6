package chart

import (
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// spot is one point of a line, by its place on both axes.
type spot struct {
	Value [2]any `json:"value"`
}

// gap breaks a line, so that one series can hold many.
var gap = spot{Value: [2]any{undefinedValue, undefinedValue}}

func at(x, y any) spot { return spot{Value: [2]any{x, y}} }

// dot is how the points of a line look.
type dot struct {
	symbol string
	size   any // a number, or width and height
	fill   string
	edge   string // none where empty
}

// lineOf is a series of points of our own type, on one of the vertical axes. A
// nil style draws no line between them. Its points tell nothing that does not
// stand beside them, so it says nothing under the pointer.
func lineOf(name string, points []spot, axis int, style *opts.LineStyle, d *dot) *charts.Line {
	if style == nil {
		style = &opts.LineStyle{Opacity: opts.Float(0), Color: ink}
	}
	line := charts.NewLine()
	line.AddSeries(name, nil, charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.Data, s.YAxisIndex, s.LineStyle = points, axis, style
		s.ShowSymbol = opts.Bool(d != nil)
		s.ItemStyle, s.Symbol = &opts.ItemStyle{Color: style.Color}, "none"
		if d != nil {
			s.Symbol, s.SymbolSize = d.symbol, d.size
			s.ItemStyle = &opts.ItemStyle{Color: d.fill}
			if d.edge != "" {
				s.ItemStyle.BorderColor, s.ItemStyle.BorderWidth = d.edge, 2.5
			}
		}
	}))
	return line
}

// rightNames is an axis at the right with a text for each row, and a head over them.
func rightNames(texts []string, head string) opts.YAxis {
	return opts.YAxis{
		Type: "category", Position: "right", Inverse: opts.Bool(true), Data: texts, Name: head, NameLocation: "start", NameGap: 8,
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: &opts.AxisLabel{Interval: "0", FontSize: 13},
	}
}

// still takes away what would show under the pointer: it all stands in the picture.
func still(c *charts.RectChart) {
	c.SetGlobalOptions(charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}))
}

// slots is an unseen axis on which row i reaches from i to i+1: for lines between rows.
func slots(rows int) opts.YAxis {
	return opts.YAxis{Type: "value", Show: opts.Bool(false), Inverse: opts.Bool(true), Min: 0, Max: rows, AxisLabel: &opts.AxisLabel{}}
}

// firstSeries is a chart whose map of colours rules its first series only.
type firstSeries struct{ built }

func (f firstSeries) JSON() map[string]any {
	type mapped struct {
		opts.VisualMap
		SeriesIndex int `json:"seriesIndex"`
	}
	m := f.built.JSON()
	if all, ok := m["visualMap"].([]opts.VisualMap); ok {
		var bound []mapped
		for _, one := range all {
			bound = append(bound, mapped{VisualMap: one})
		}
		m["visualMap"] = bound
	}
	return m
}

// keyLine is one line of the key of a drawing: what a mark means.
type keyLine struct {
	text string
	mark func(d *Drawing, x, y int) // draws the mark at x, its middle at y
	icon string                     // the same for ECharts, where it has none of its own
}

// The key of a drawing stands above it.
const (
	keyX    = titleX
	keyRoom = 60 // for the mark
	keyHigh = 22
)

// key says how far down it reaches.
func (d *Drawing) key(s sheet, lines []keyLine) (y int) {
	y, x := 4, keyX
	if s.above > 0 {
		x = edgeX
	}
	for _, one := range lines {
		one.mark(d, x, y+keyHigh/2)
		for _, text := range wrap(one.text, s.width-x-keyRoom-8, 3) {
			d.text("key", "start", x+keyRoom, y+keyHigh/2+5, text)
			y += keyHigh
		}
	}
	return y
}

// keyNames are the texts of a key, for ECharts: it knows all marks but the thin
// line with its ends.
func keyNames(lines []keyLine) (names []any) {
	for _, one := range lines {
		if one.icon != "" {
			names = append(names, map[string]string{"name": one.text, "icon": one.icon})
			continue
		}
		names = append(names, one.text)
	}
	return names
}

// places is "1", "2", ... as the head of columns.
func places(l *lang.Lang, n int) (all []string) {
	for i := range n {
		all = append(all, l.Number(i+1))
	}
	return all
}
