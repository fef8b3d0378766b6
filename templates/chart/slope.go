package chart

import (
	"cmp"
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// What a picture of slopes can hold.
const (
	slopeCols  = 6
	slopeRows  = 20
	slopeLines = 8 // that stand out; the others are grey
)

// slopeNames is the room for the names at each end; many columns leave less.
func slopeNames(cols int) int {
	if cols <= 3 {
		return 340
	}
	return 270
}

// slope is one problem with where it stands in each column.
type slope struct {
	title  string
	places []rank.Place
	slot   []int // the row in each column, equals under each other; -1 where it has no place
	out    bool  // it stands out
}

// way is how a problem moves from the first column to the last, as a class.
func (s slope) way() string {
	first, last := s.places[0].Rank, s.places[len(s.places)-1].Rank
	switch {
	case first == 0 || last == 0 || first == last:
		return "stay"
	case last < first:
		return "rise"
	}
	return "fall"
}

// moves is by how many places a problem moves between any two columns.
func (s slope) moves() int {
	best, worst := s.span()
	return worst - best
}

func (s slope) span() (best, worst int) {
	for _, p := range s.places {
		if p.Rank > 0 {
			worst = max(worst, p.Rank)
			if best == 0 || p.Rank < best {
				best = p.Rank
			}
		}
	}
	return best, worst
}

// Slope is what changes its place from one column to the next: from women to
// men, from village to village, from round to round, from view to view.
// There must be two columns at least; a picture shows the first six.
func Slope(l *lang.Lang, titles func(data.ID) string, cols []Column, id string) Figure {
	all := slopes(titles, cols)
	f := Figure{ID: id, Heading: slopeHeading(l, all, cols), Table: slopeTable(l, all, cols)}
	f.Description = l.T("chart.slope.description", "list", slopeList(l, all))
	if len(cols) < 2 || len(all) < 2 {
		return f
	}
	notes := []string{l.T("chart.slope.note")}
	if len(cols) > slopeCols {
		notes = append(notes, l.T("chart.cut.groups", "n", slopeCols, "total", len(cols)))
		cols = cols[:slopeCols]
	}
	if len(all) > slopeRows {
		notes = append(notes, l.T("chart.cut.problems", "n", slopeRows, "total", len(all)))
		all = all[:slopeRows]
	}
	f.Note = strings.Join(notes, " ")
	settle(all, len(cols))
	f.Drawing = slopeDrawing(all, cols)
	f.Options = slopeOptions(all, cols, f.Description)
	f.Height = slopeHigh*len(all) + 72
	return f
}

// slopes are all problems that have a place somewhere: the ones with the best
// places first, of these the ones that move most.
func slopes(titles func(data.ID) string, cols []Column) (all []slope) {
	at := map[data.ID]int{}
	for j, col := range cols {
		for _, p := range scored(col.Ranking) {
			i, ok := at[p.Problem]
			if !ok {
				i = len(all)
				at[p.Problem] = i
				all = append(all, slope{title: titles(p.Problem), places: make([]rank.Place, len(cols))})
			}
			all[i].places[j] = p
		}
	}
	slices.SortStableFunc(all, func(a, b slope) int {
		first, _ := a.span()
		second, _ := b.span()
		return cmp.Or(cmp.Compare(first, second), cmp.Compare(b.moves(), a.moves()))
	})
	return all
}

// settle gives each problem its row in each column, and says which stand out.
func settle(all []slope, cols int) {
	for i := range all {
		all[i].places, all[i].slot, all[i].out = all[i].places[:cols], make([]int, cols), i < slopeLines
	}
	for j := range cols {
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			x, y := all[a].places[j].Rank, all[b].places[j].Rank
			switch {
			case x == 0 || y == 0:
				return cmp.Compare(y, x) // those without a place come last
			case x != y:
				return x - y
			case j > 0:
				return all[a].slot[j-1] - all[b].slot[j-1]
			}
			return 0
		})
		for row, i := range order {
			all[i].slot[j] = row
			if all[i].places[j].Rank == 0 {
				all[i].slot[j] = -1
			}
		}
	}
}

func slopeHeading(l *lang.Lang, all []slope, cols []Column) string {
	if len(cols) < 2 || len(all) == 0 {
		return l.T("chart.none")
	}
	most := all[0]
	for _, s := range all {
		if s.moves() > most.moves() {
			most = s
		}
	}
	best, worst := most.span()
	if best == worst {
		return l.T("chart.slope.same")
	}
	title := l.T("chart.quoted", "title", most.title)
	return l.T("chart.slope.most", "title", title, "best", best, "worst", worst)
}

func slopeList(l *lang.Lang, all []slope) string {
	var list []string
	for _, s := range all {
		var marks []string
		for _, p := range s.places {
			marks = append(marks, Mark(p))
		}
		list = append(list, s.title+" – "+strings.Join(marks, ", "))
	}
	if list == nil {
		return undefined
	}
	return listed(l, list, "; ")
}

// slopeHigh is how high a row of slopes is.
const slopeHigh = 28

func slopeDrawing(all []slope, cols []Column) Drawing {
	names := slopeNames(len(cols))
	left, right := names, width-names
	step := (right - left) / (len(cols) - 1)
	top := 4
	for j, col := range cols {
		top = max(top, 18*len(wrap(col.Name, slopeRoom(j, len(cols), step), 3))+12)
	}
	d := Drawing{Width: width, Height: top + slopeHigh*len(all) + 4}
	y := func(slot int) int { return top + slot*slopeHigh + slopeHigh/2 }
	for j, col := range cols {
		x, lines := left+j*step, wrap(col.Name, slopeRoom(j, len(cols), step), 3)
		anchor := slopeAnchor(j, len(cols))
		for i, line := range lines {
			d.Texts = append(d.Texts, Text{X: x, Y: top - 8 - 18*(len(lines)-1-i), Class: "side", Anchor: anchor, Text: line, Title: col.Name})
		}
		d.line("guide", x, top, x, d.Height-4)
	}
	for _, faint := range []bool{true, false} { // what stands out lies on top
		for _, s := range all {
			if s.out != faint {
				d.slope(s, left, step, y)
			}
		}
	}
	return d
}

// slopeRoom is the width for the name of a column; those at the ends may reach
// over the names of the problems.
func slopeRoom(j, cols, step int) int {
	if j == 0 || j == cols-1 {
		return slopeNames(cols) - 8
	}
	return step - 8
}

// slopeAnchor is how the name of a column stands: at the ends away from the others.
func slopeAnchor(j, cols int) string {
	switch j {
	case 0:
		return "end"
	case cols - 1:
		return "start"
	}
	return "middle"
}

// slope draws one problem: its line, its dots, and its name at both ends.
func (d *Drawing) slope(s slope, left, step int, y func(int) int) {
	class, text := "faint", "faint-name"
	if s.out {
		class, text = s.way(), "name"
	}
	last := len(s.slot) - 1
	for j, slot := range s.slot {
		if slot < 0 {
			continue
		}
		x, mark := left+j*step, Mark(s.places[j])
		if j < last && s.slot[j+1] >= 0 {
			d.line("slope "+class, x, y(slot), x+step, y(s.slot[j+1]))
		}
		d.Dots = append(d.Dots, Dot{X: x, Y: y(slot), R: 4, Class: "on " + class, Title: s.title + ": " + mark})
		switch j {
		case 0:
			d.named(text, "end", x-38, x-12, y(slot)+5, left-44, s.title, mark)
		case last:
			d.named(text, "start", x+38, x+12, y(slot)+5, left-44, s.title, mark)
		default:
			d.text("on-mark", "middle", x, y(slot)-8, mark)
		}
	}
}

// named writes a mark, and the title away from it.
func (d *Drawing) named(class, anchor string, x, markX, base, room int, title, mark string) {
	d.text("mark", anchor, markX, base, mark)
	t := Text{X: x, Y: base, Class: class, Anchor: anchor, Text: cut(title, longest, room)}
	if t.Text != title {
		t.Title = title
	}
	d.Texts = append(d.Texts, t)
}

func slopeOptions(all []slope, cols []Column, description string) string {
	var heads []string
	top := 0
	for _, col := range cols {
		lines := wrap(col.Name, 110, 3)
		heads, top = append(heads, strings.Join(lines, "\n")), max(top, 16*len(lines)+14)
	}
	ends := [2][]string{make([]string, len(all)), make([]string, len(all))}
	c := charts.NewLine()
	for _, s := range all {
		var points []spot
		last := len(s.slot) - 1
		for j, slot := range s.slot {
			if slot < 0 {
				points = append(points, gap)
				continue
			}
			points = append(points, at(j, slot))
			if j > 0 && j < last {
				points[j].Label = closeLabel(Mark(s.places[j]))
			}
		}
		for end, j := range []int{0, last} {
			if s.slot[j] >= 0 {
				ends[end][s.slot[j]] = Mark(s.places[j]) + "  " + s.title
			}
		}
		c.Overlap(lineOf(s.title, points, 0, slopeStyle(s), &dot{"circle", 8, slopeStyle(s).Color, card}))
	}
	names := slopeNames(len(cols))
	left := rowNames(names)
	c.SetGlobalOptions(left,
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Position: "top", AxisLine: &opts.AxisLine{Show: opts.Bool(false)}, AxisLabel: &opts.AxisLabel{Interval: "0", FontSize: 13}}),
		charts.WithGridOpts(opts.Grid{Left: px(names), Right: px(names), Top: px(top), Bottom: "8"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	still(&c.RectChart)
	c.SetXAxis(heads)
	c.YAxisList[0].Data = ends[0]
	right := rightNames(ends[1], "")
	right.AxisLabel.Width, right.AxisLabel.Overflow = names-16, "truncate"
	c.ExtendYAxis(right)
	return options(c, description)
}

func slopeStyle(s slope) *opts.LineStyle {
	style := &opts.LineStyle{Color: slate, Width: 2.5}
	switch {
	case !s.out:
		style.Color, style.Width = edge, 1
	case s.way() == "fall":
		style.Type = "dashed"
	case s.way() == "stay":
		style.Width = 1.5
	}
	return style
}

func slopeTable(l *lang.Lang, all []slope, cols []Column) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("chart.problem"))}}
	for _, col := range cols {
		t.Head = append(t.Head, number(l.T("chart.group.column", "group", col.Name, "what", l.T("ranking.rank"))))
	}
	for _, s := range all {
		row := []Cell{name(s.title)}
		for _, p := range s.places {
			row = append(row, number(Mark(p)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
