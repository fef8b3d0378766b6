package chart

import (
	"strconv"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// Panel is one part of a break-down in a picture of many small ones.
type Panel struct {
	Column
	Hidden string // why its numbers are not shown, in words; empty where they are
}

// shown tells whether the panel has something to draw.
func (p Panel) shown() bool { return p.Hidden == "" && len(scored(p.Ranking)) > 0 }

// Parts says what the parts of a break-down are. It is part of the keys of the
// words for them.
type Parts string

const (
	Villages Parts = "villages"
	Groups   Parts = "groups"
)

// The small pictures.
const (
	panelTop   = 5  // problems in each
	panelGap   = 24 // between them
	panelHead  = 46 // name and number of people
	panelRow   = 34 // a title above its bar
	mostPanels = 30
)

// Multiples is the first five problems of every part, a small picture for each.
// The bar of the problem that is first for everybody is dark. There is nothing
// in it for ECharts to add.
func Multiples(l *lang.Lang, titles func(data.ID) string, all rank.Ranking, panels []Panel, parts Parts, id string) Figure {
	f := Figure{ID: id, Heading: multiplesHeading(l, titles, all, panels, parts), Table: multiplesTable(l, titles, panels, parts)}
	var shown []Column
	for _, p := range panels {
		if p.shown() {
			shown = append(shown, p.Column)
		}
	}
	f.Description = l.T("chart.multiples.description", "n", panelTop, "list", heatFirsts(l, titles, shown))
	if len(shown) == 0 {
		return f
	}
	f.Note = l.T("chart.unit")
	if ids := firsts(all); len(ids) > 0 {
		f.Note += " " + l.T("chart.multiples.note", "title", quoted(l, titles, ids))
	}
	if len(panels) > mostPanels {
		f.Note += " " + l.T("chart.cut.groups", "n", mostPanels, "total", len(panels))
		panels = panels[:mostPanels]
	}
	f.draw(func(s sheet) Drawing { return multiplesDrawing(s, l, titles, panels, firsts(all)) })
	return f
}

func multiplesHeading(l *lang.Lang, titles func(data.ID) string, all rank.Ranking, panels []Panel, parts Parts) string {
	ids, ordered, agree := firsts(all), 0, 0
	for _, p := range panels {
		if !p.shown() {
			continue
		}
		ordered++
		for _, id := range firsts(p.Ranking) {
			if len(ids) == 1 && id == ids[0] {
				agree++
			}
		}
	}
	switch {
	case ordered == 0:
		return l.T("chart.none")
	case len(ids) != 1:
		return l.T("chart.multiples."+string(parts), "n", ordered)
	case agree == ordered:
		return l.T("chart.multiples."+string(parts)+".all", "n", ordered, "title", quoted(l, titles, ids))
	}
	return l.T("chart.multiples."+string(parts)+".some", "n", ordered, "k", agree, "title", quoted(l, titles, ids))
}

func multiplesDrawing(s sheet, l *lang.Lang, titles func(data.ID) string, panels []Panel, first []data.ID) Drawing {
	cols := min(3, max(2, len(panels)))
	if s.above > 0 {
		cols = 1
	}
	wide := (s.width - 8 - (cols-1)*panelGap) / cols
	d := Drawing{Width: s.width}
	y, high := 4, 0
	for i, p := range panels {
		if i%cols == 0 {
			y, high = y+high, 0
		}
		high = max(high, d.panel(l, titles, p, first, 4+(i%cols)*(wide+panelGap), y, wide))
	}
	d.Height = y + high
	return d
}

// panel draws one part, and says how high that was.
func (d *Drawing) panel(l *lang.Lang, titles func(data.ID) string, p Panel, first []data.ID, x, y, wide int) int {
	t := Text{X: x, Y: y + 16, Class: "side", Anchor: "start", Text: cut(p.Name, longest, wide), Title: p.Name}
	d.Texts = append(d.Texts, t)
	d.line("axis", x, y+40, x+wide, y+40)
	if !p.shown() {
		text := p.Hidden
		if text == "" {
			text = l.T("chart.none")
		}
		lines := wrap(text, wide, 3)
		for i, line := range lines {
			d.text("head", "start", x, y+62+18*i, line)
		}
		return panelHead + 18*len(lines) + panelGap
	}
	d.text("head", "start", x, y+34, l.T("count.people", "n", p.Ranking.Counted))
	places := scored(p.Ranking)
	places = places[:min(panelTop, len(places))]
	for i, place := range places {
		row := y + panelHead + i*panelRow
		class := "other"
		for _, id := range first {
			if id == place.Problem {
				class = "group-all"
			}
		}
		d.panelRow(bar{mark: Mark(place), title: titles(place.Problem), score: rounded(place.Score, 0), text: scoreText(l, place.Score, 0)}, class, x, row, wide)
	}
	return panelHead + len(places)*panelRow + panelGap
}

// panelRow draws a problem in little room: its title above its bar.
func (d *Drawing) panelRow(b bar, class string, x, y, wide int) {
	const markW, textW = 30, 34
	d.text("mark", "start", x, y+14, b.mark)
	t := Text{X: x + markW, Y: y + 14, Class: "name", Anchor: "start", Text: cut(b.title, longest, wide-markW)}
	if t.Text != b.title {
		t.Title = b.title
	}
	d.Texts = append(d.Texts, t)
	long := int(b.score*float64(wide-markW-textW)/100 + 0.5)
	d.Rects = append(d.Rects, Rect{X: x + markW, Y: y + 20, W: long, H: 9, Class: class, Title: b.title + ": " + b.text})
	d.text("value", "start", x+markW+long+6, y+30, b.text)
}

func multiplesTable(l *lang.Lang, titles func(data.ID) string, panels []Panel, parts Parts) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("chart.part." + string(parts))), number(l.T("ranking.people"))}}
	for i := range panelTop {
		t.Head = append(t.Head, words(l.T("ranking.place", "n", strconv.Itoa(i+1))))
	}
	for _, p := range panels {
		row := []Cell{name(p.Name), number(undefined)}
		if p.shown() {
			row[1] = number(l.Number(p.Ranking.Counted))
		}
		for i := range panelTop {
			text := undefined
			if places := scored(p.Ranking); p.shown() && i < len(places) {
				text = Mark(places[i]) + " " + titles(places[i].Problem) + " – " + scoreText(l, places[i].Score, 0)
			} else if i == 0 && p.Hidden != "" {
				text = p.Hidden
			}
			row = append(row, words(text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
