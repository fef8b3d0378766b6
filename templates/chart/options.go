package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Colours are the names that the style sheet gives them; chart.js looks them up,
// so that pictures follow the page into the dark.
const (
	ink     = "var(--ink)"
	card    = "var(--card)"
	edge    = "var(--edge)"
	bad     = "var(--bad)"
	slate   = "var(--all)"
	women   = "var(--women)"
	men     = "var(--men)"
	stripes = "var(--stripe)"
)

// undefinedValue is what ECharts takes for no number.
const undefinedValue = "-"

// absolute is the formatter of chart.js that drops the sign of a number.
const absolute = "ashar:absolute"

// built is a chart of go-echarts.
type built interface {
	Validate()
	JSON() map[string]any
}

// pattern is how ECharts fills a series besides its colour. The library has a
// type for it that cannot hold what ECharts wants.
type pattern struct {
	Symbol     string  `json:"symbol"`
	Color      string  `json:"color"`
	DashArrayX []int   `json:"dashArrayX,omitempty"`
	DashArrayY []int   `json:"dashArrayY,omitempty"`
	Rotation   float64 `json:"rotation,omitempty"`
}

var (
	hatched = pattern{Symbol: "rect", Color: stripes, DashArrayX: []int{1, 0}, DashArrayY: []int{4, 3}, Rotation: -0.785}
	solid   = pattern{Symbol: "rect", Color: "transparent"}
)

// options is the JSON for ECharts. Its own description of a chart is English, so
// it gets ours; the patterns go to the series in turn.
func options(c built, description string, patterns ...pattern) string {
	c.Validate()
	m := c.JSON()
	aria := map[string]any{"enabled": true, "label": map[string]any{"enabled": true, "description": description}}
	if len(patterns) > 0 {
		aria["decal"] = map[string]any{"show": true, "decals": patterns}
	}
	m["aria"] = aria
	delete(m, "color") // the library's own palette
	return asJSON(m)
}

// spotless is a cell of a heat map that looks and reads as its number says:
// column, row, number. chart.js names it by its row and column.
type spotless [3]any

// point is a cell that does not. The library's own has no label.
type point struct {
	Name      string        `json:"name,omitempty"`
	Value     spotless      `json:"value"`
	Label     *opts.Label   `json:"label,omitempty"` // besides what the series says
	ItemStyle *style        `json:"itemStyle,omitempty"`
	VisualMap *bool         `json:"visualMap,omitempty"`
	Tooltip   *opts.Tooltip `json:"tooltip,omitempty"`
}

// style is how one cell looks that the map of colours does not rule.
type style struct {
	Color       string `json:"color"`
	BorderColor string `json:"borderColor"`
	BorderType  string `json:"borderType"`
	BorderWidth int    `json:"borderWidth"`
}

// apart gives the point its own look.
func (p *point) apart(s style) {
	no := false
	p.VisualMap, p.ItemStyle = &no, &s
}

// label is what the label of one bar or cell says; how labels look is said once, by
// the series.
func label(text string) *opts.Label { return &opts.Label{Formatter: text} }

// labels is how the labels of a series look, and what those say that have no text
// of their own: their number.
func labels(position string) *opts.Label {
	return &opts.Label{Show: opts.Bool(true), Position: position, Formatter: absolute, Color: ink, LineHeight: 17}
}

// rowNames is the axis with a problem in each row, the first one on top, the
// names beginning at the left.
func rowNames(room int) charts.GlobalOpts {
	return charts.WithYAxisOpts(opts.YAxis{
		Type: "category", Inverse: opts.Bool(true),
		AxisLabel: &opts.AxisLabel{Interval: "0", Width: room - 16, Overflow: "truncate", FontSize: 13, Align: "left", Margin: float64(room - 8)},
	})
}

// bars is an empty chart of bars that lie, from one end of the scale to the
// other, with room at the left for names and perhaps a key on top.
func bars(from, to, left int, key bool) *charts.Bar {
	b := charts.NewBar()
	top := 8
	if key {
		top = 36
	}
	b.SetGlobalOptions(rowNames(left),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: from, Max: to, Show: opts.Bool(false)}),
		charts.WithGridOpts(opts.Grid{Left: px(left), Right: px(numberW), Top: px(top), Bottom: "8"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", ValueFormatter: absolute,
			AxisPointer: &opts.AxisPointer{Type: "shadow"}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(key), SelectedMode: "false"}),
	)
	b.XYReversal()
	return b
}

// coloured gives a series its colour, one bar to share with the others, and a side
// for its labels.
func coloured(colour, position string) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.Stack, s.ItemStyle, s.Label = "one", &opts.ItemStyle{Color: colour}, labels(position)
	})
}

// grid is an empty heat map with these columns and rows; pieces colour it.
func grid(cols, rows []string, left, top int, turned bool, pieces []opts.Piece) *charts.HeatMap {
	h := charts.NewHeatMap()
	names := &opts.AxisLabel{Interval: "0", FontSize: 12}
	if turned {
		names.Rotate, names.Width, names.Overflow = 90, top-20, "truncate"
	}
	h.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: cols, Position: "top", AxisLabel: names}),
		rowNames(left),
		charts.WithGridOpts(opts.Grid{Left: px(left), Right: "8", Top: px(top), Bottom: "8"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", ValueFormatter: absolute}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithVisualMapOpts(opts.VisualMap{Type: "piecewise", Show: opts.Bool(false), Dimension: "2", Pieces: pieces}),
	)
	h.YAxisList[0].Data = rows
	return h
}

// cells puts points of our own type into a heat map.
func cells(h *charts.HeatMap, name string, points []any) {
	h.AddSeries(name, nil, charts.WithSeriesOpts(func(s *charts.SingleSeries) { s.Data, s.Label = points, labels("inside") }),
		charts.WithItemStyleOpts(opts.ItemStyle{BorderColor: card, BorderWidth: 2}))
}
