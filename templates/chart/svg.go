package chart

import (
	"cmp"
	"slices"
	"strconv"
)

// Shape is marks of a drawing that look alike, as the path of an SVG: a page of
// thousands of marks is written and read in half the time.
type Shape struct {
	Class   string
	Pattern string
	Title   string
	Path    string
}

// LineShapes are the lines of a drawing.
func (d Drawing) LineShapes() (shapes []Shape) {
	for from, to := 0, 0; from < len(d.Lines); from = to {
		var path []byte
		for to = from; to < len(d.Lines) && d.Lines[to].Class == d.Lines[from].Class; to++ {
			n := d.Lines[to]
			path = numbers(path, 'M', n.X1, n.Y1)
			path = numbers(path, 'L', n.X2, n.Y2)
		}
		shapes = append(shapes, Shape{Class: d.Lines[from].Class, Path: string(path)})
	}
	return shapes
}

// RectShapes are the rectangles of a drawing. One that has a title is a shape of
// its own.
func (d Drawing) RectShapes() (shapes []Shape) {
	for from, to := 0, 0; from < len(d.Rects); from = to {
		look := d.Rects[from]
		var path []byte
		for to = from; to == from || to < len(d.Rects) && d.Rects[to].like(look); to++ {
			r := d.Rects[to]
			path = numbers(path, 'M', r.X, r.Y)
			path = numbers(path, 'h', r.W)
			path = numbers(path, 'v', r.H)
			path = append(numbers(path, 'h', -r.W), 'z')
		}
		shapes = append(shapes, Shape{look.Class, look.Pattern, look.Title, string(path)})
	}
	return shapes
}

func (r Rect) like(other Rect) bool {
	return r.Class == other.Class && r.Pattern == other.Pattern && r.Title == "" && other.Title == ""
}

// numbers writes one step of a path.
func numbers(path []byte, step byte, all ...int) []byte {
	path = append(path, step)
	for i, n := range all {
		if i > 0 {
			path = append(path, ' ')
		}
		path = strconv.AppendInt(path, int64(n), 10)
	}
	return path
}

// TextGroup is texts that look alike.
type TextGroup struct {
	Class  string
	Anchor string
	Rows   []TextRow
}

// TextRow is texts on one line: a first one, and those beside it.
type TextRow struct {
	First Text
	More  []Text
}

// TextGroups are the texts of a drawing.
func (d Drawing) TextGroups() (groups []TextGroup) {
	texts := slices.Clone(d.Texts)
	slices.SortStableFunc(texts, func(a, b Text) int { return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Anchor, b.Anchor)) })
	for from, to := 0, 0; from < len(texts); from = to {
		first, last := texts[from], len(groups)-1
		for to = from + 1; to < len(texts) && texts[to].beside(first); to++ {
		}
		if last < 0 || first.Class != groups[last].Class || first.Anchor != groups[last].Anchor {
			groups, last = append(groups, TextGroup{Class: first.Class, Anchor: first.Anchor}), last+1
		}
		groups[last].Rows = append(groups[last].Rows, TextRow{first, texts[from+1 : to]})
	}
	return groups
}

func (t Text) beside(other Text) bool {
	return t.Y == other.Y && t.Class == other.Class && t.Anchor == other.Anchor && !t.Turned && !other.Turned && t.Title == "" && other.Title == ""
}
