package chart

import (
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// heardCell is one kind of people, ready to be drawn.
type heardCell struct {
	rank.HeardCell
	name  string
	came  string
	part  string // share of the residents; empty where they are not known
	group string // women, men, all: the colour of its row
	level int    // shade, 0 where nobody is to be expected
}

// Heard is who came beside who lives there. Kinds of people whom nobody has
// heard are drawn as loudly as the others.
func Heard(l *lang.Lang, h rank.Heard, tag func(string) string, id string) Figure {
	rows, cols := heardRows(l, h), heardCols(l, h, tag)
	cells := heardCells(l, h, rows, cols)
	f := Figure{ID: id, Heading: heardHeading(l, h, rows, cols), Table: heardTable(l, h, rows, cols, cells)}
	var parts []string
	for i := range cells {
		for _, c := range cells[i] {
			parts = append(parts, c.title())
		}
	}
	f.Description = l.T("chart.heard.description", "came", l.T("count.people", "n", h.All.Came), "list", strings.Join(parts, "; "))
	notes := heardNotes(l, h)
	if len(cols) > mostGroups {
		notes = append(notes, cutGroups(l, len(cols)))
		cols = cols[:mostGroups]
	}
	f.Note = strings.Join(notes, " ")
	f.draw(func(s sheet) Drawing { return heardDrawing(s, l, h, rows, cols, cells) })
	head := newHeader(broad, cols, heardX, heardTotal, numberW)
	f.Options = heardOptions(l, rows, cells, head, f.Description)
	f.Height = heardHigh*len(rows) + head.high + 16
	return f
}

// heardRows are the names of the rows; a single one is everybody.
func heardRows(l *lang.Lang, h rank.Heard) (names []string) {
	if len(h.Rows) == 1 {
		return []string{l.T("sex.all")}
	}
	for _, sex := range h.Rows {
		names = append(names, sexName(l, sex))
	}
	return names
}

func heardCols(l *lang.Lang, h rank.Heard, tag func(string) string) (names []string) {
	for _, col := range h.Cols {
		switch {
		case col.Band != "":
			names = append(names, BandName(l, col.Band))
		case col.Tag != "":
			names = append(names, tag(col.Tag))
		case len(h.Cols) == 1:
			names = append(names, l.T("chart.heard.came"))
		default:
			names = append(names, l.T("chart.heard.unknown"))
		}
	}
	return names
}

func heardCells(l *lang.Lang, h rank.Heard, rows, cols []string) [][]heardCell {
	weight := shadeBy(h)
	most := 0.0
	for i := range h.Cells {
		for _, c := range h.Cells[i] {
			most = max(most, weight(c))
		}
	}
	cells := make([][]heardCell, len(h.Cells))
	for i := range h.Cells {
		for j, c := range h.Cells[i] {
			cell := heardCell{HeardCell: c, name: kindName(h, rows, cols, i, j), came: cameText(l, c), group: groupOf(h.Rows[i])}
			if share, ok := c.Share(); ok {
				cell.part = l.Percent(share)
			}
			if c.Came > 0 && most > 0 {
				cell.level = min(shades, 1+int(weight(c)/most*shades))
			}
			cells[i] = append(cells[i], cell)
		}
	}
	return cells
}

// hidden stands where a number is not shown.
const hidden = "…"

func cameText(l *lang.Lang, c rank.HeardCell) string {
	if c.Hidden {
		return hidden
	}
	return l.Number(c.Came)
}

// shadeBy is what the shade of a cell shows: the share of its residents where
// all of them are known, else the number of people.
func shadeBy(h rank.Heard) func(rank.HeardCell) float64 {
	for i := range h.Cells {
		for _, c := range h.Cells[i] {
			if _, ok := c.Share(); c.Came > 0 && !c.Unsaid && !ok {
				return func(c rank.HeardCell) float64 { return float64(c.Came) }
			}
		}
	}
	return func(c rank.HeardCell) float64 {
		share, _ := c.Share()
		return share
	}
}

func groupOf(s data.Sex) string {
	switch s {
	case data.Female:
		return "women"
	case data.Male:
		return "men"
	}
	return "all"
}

func kindName(h rank.Heard, rows, cols []string, i, j int) string {
	switch {
	case len(h.Cols) == 1:
		return rows[i]
	case len(h.Rows) == 1:
		return cols[j]
	}
	return rows[i] + ", " + cols[j]
}

func (c heardCell) title() string {
	t := c.name + ": " + c.came
	if c.part != "" {
		t += " (" + c.part + ")"
	}
	return t
}

// heardHeading names those whom nobody heard: whole columns and rows first, then
// what is left.
func heardHeading(l *lang.Lang, h rank.Heard, rows, cols []string) string {
	if h.All.Came == h.All.Silent {
		return l.T("chart.heard.nobody")
	}
	var missing []string
	inRow, inCol := map[int]bool{}, map[int]bool{}
	for i, c := range h.Sexes {
		if inRow[i] = c.Missing() && len(h.Rows) > 1; inRow[i] {
			missing = append(missing, rows[i])
		}
	}
	for j, c := range h.Kinds {
		if inCol[j] = c.Missing() && len(h.Cols) > 1; inCol[j] {
			missing = append(missing, inYears(l, h.Cols[j], cols[j]))
		}
	}
	for i := range h.Cells {
		for j, c := range h.Cells[i] {
			if c.Missing() && !inRow[i] && !inCol[j] {
				missing = append(missing, kindName(h, rows, cols, i, j))
			}
		}
	}
	if missing == nil {
		return l.T("chart.heard.everybody")
	}
	return l.T("chart.heard.missing", "list", listed(l, missing, "; "))
}

// inYears is the name of a column in a sentence, where bare figures would not do.
func inYears(l *lang.Lang, col data.Group, name string) string {
	from, to, err := col.Band.Ages()
	switch {
	case err != nil:
		return name
	case to >= 150:
		return l.T("band.from.years", "n", from)
	}
	return l.T("band.range.years", "a", from, "n", to)
}

// heardNotes say how many of the residents were not heard, where that is known,
// and who is in no cell.
func heardNotes(l *lang.Lang, h rank.Heard) (notes []string) {
	unheard, known := 0, h.All.Residents != nil && *h.All.Residents > 0 && h.All.Came > h.All.Silent
	for i := range h.Cells {
		for _, c := range h.Cells[i] {
			if c.Missing() && c.Residents != nil {
				unheard += *c.Residents
			}
			known = known && !(c.Missing() && c.Residents == nil)
		}
	}
	if known && unheard > 0 {
		notes = append(notes, l.T("chart.heard.share", "share", l.Percent(float64(unheard)/float64(*h.All.Residents))))
	}
	if hides(h) {
		notes = append(notes, l.T("chart.heard.hidden", "sign", hidden))
	}
	if h.Mixed > 0 {
		notes = append(notes, l.T("chart.heard.mixed.note", "people", l.T("count.people", "n", h.Mixed)))
	}
	return notes
}

// hides tells whether some number is not shown.
func hides(h rank.Heard) bool {
	return slices.ContainsFunc(slices.Concat(append(h.Cells, h.Sexes, h.Kinds)...), func(c rank.HeardCell) bool { return c.Hidden })
}

// heardTable is a row for each kind of people and each sum, so that everything
// can be added up by hand.
func heardTable(l *lang.Lang, h rank.Heard, rows, cols []string, cells [][]heardCell) Table {
	silent := h.All.Silent > 0
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("group.title")), number(l.T("chart.heard.came"))}}
	if silent {
		t.Head = append(t.Head, number(l.T("chart.heard.silent")))
	}
	t.Head = append(t.Head, number(l.T("chart.heard.residents")), number(l.T("chart.heard.part")))
	add := func(title string, c rank.HeardCell) {
		row := []Cell{name(title), number(cameText(l, c))}
		if silent {
			row = append(row, number(l.Number(c.Silent)))
		}
		part := undefined
		if share, ok := c.Share(); ok {
			part = l.Percent(share)
		}
		t.Rows = append(t.Rows, append(row, number(count(l, c.Residents)), number(part)))
	}
	for i := range cells {
		for _, c := range cells[i] {
			add(c.name, c.HeardCell)
		}
	}
	total := func(group string) string { return l.T("chart.heard.total", "group", group) }
	if len(rows) > 1 && len(cols) > 1 {
		for i, row := range rows {
			add(total(row), h.Sexes[i])
		}
		for j, col := range cols {
			add(total(col), h.Kinds[j])
		}
	}
	if h.Mixed > 0 {
		add(l.T("chart.heard.mixed"), rank.HeardCell{Came: h.Mixed})
	}
	add(l.T("sex.all"), h.All)
	return t
}
