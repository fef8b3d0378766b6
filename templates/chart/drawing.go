package chart

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Drawing is a picture made of a few kinds of marks, in units of its view box.
type Drawing struct {
	Width, Height int
	Lines         []Line
	Rects         []Rect
	Dots          []Dot
	Texts         []Text
}

// Line is a straight line.
type Line struct {
	X1, Y1, X2, Y2 int
	Class          string
}

// Rect is a bar or a cell. Pattern names one of the part's patterns, and fills
// it in place of its class.
type Rect struct {
	X, Y, W, H int
	Class      string
	Pattern    string // women, unknown, blank
	Title      string // what it shows, in words
}

// Dot is a round mark, drawn over lines and bars.
type Dot struct {
	X, Y, R int
	Class   string
	Title   string // what it shows, in words
}

// Text stands on its baseline at X, Y. Turned, it reads upwards.
type Text struct {
	X, Y   int
	Class  string
	Anchor string // start, middle, end
	Text   string
	Turned bool
	Title  string // the whole of a text that was cut
}

// sheet is what a drawing is made for. A narrow one has the title of a row above
// the row, and not beside it.
type sheet struct {
	width int
	above int // room for a title above its row; 0 where it stands beside
	end   int // room that the end of that line keeps for something else
}

var (
	broad = sheet{width: 960}
	slim  = sheet{width: 320, above: 20, end: 60} // a phone held upright
)

// The columns of a picture with one problem in each row.
const (
	edgeX     = 4 // the outermost marks of a narrow sheet
	rowHigh   = 30
	barHigh   = 18
	markEnd   = 40  // rank marks end here
	titleX    = 52  // titles begin here
	titleRoom = 338 // and get at most so much
	numberW   = 52  // room for a number beside a bar
)

// longest is how many letters of a title a picture shows.
const longest = 40

func (d *Drawing) line(class string, x1, y1, x2, y2 int) {
	d.Lines = append(d.Lines, Line{x1, y1, x2, y2, class})
}

func (d *Drawing) text(class, anchor string, x, y int, text string) {
	d.Texts = append(d.Texts, Text{X: x, Y: y, Class: class, Anchor: anchor, Text: text})
}

// byLook puts rectangles that look alike one after the other, so that a page has
// one shape for all of them. None may lie over another.
func (d *Drawing) byLook() {
	slices.SortStableFunc(d.Rects, func(a, b Rect) int { return cmp.Compare(a.Class, b.Class) })
}

// label writes the mark and title of a row whose top is y, and says where the
// top of what stands in the row is.
func (d *Drawing) label(s sheet, y int, mark, title string) int {
	t := Text{X: titleX, Y: y + rowHigh/2 + 5, Class: "name"}
	room, anchor, markX := titleRoom, "end", markEnd
	if s.above > 0 {
		t.X, t.Y = 2*edgeX, y+s.above-3
		anchor, markX = "start", t.X
		if mark != "" {
			t.X += max(textWidth(mark)+8, 26)
		}
		room = s.width - t.X - s.end
	}
	if mark != "" {
		d.text("mark", anchor, markX, t.Y, mark)
	}
	t.Text = cut(title, longest, room)
	if t.Text != title {
		t.Title = title
	}
	d.Texts = append(d.Texts, t)
	return y + s.above
}

// rows is how high so many rows are, and high how high one is.
func (s sheet) rows(n int) int { return n * s.high() }
func (s sheet) high() int      { return rowHigh + s.above }

// plotX is where bars and cells begin on a sheet.
func (s sheet) plotX(titles []string) int {
	if s.above > 0 {
		return edgeX
	}
	return plotX(titles)
}

// plotX is where they begin beside the titles: behind the longest of them.
func plotX(titles []string) int {
	room := titleRoom / 3
	for _, t := range titles {
		room = max(room, min(textWidth(t), titleRoom))
	}
	return titleX + room + 12
}

// letterWidth is a guess at how wide a letter is at the size of the texts, rather
// too wide than too narrow: nobody measures fonts on a server.
func letterWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case strings.ContainsRune("iIlj.,:;'|!()[]і ", r):
		return 5
	case strings.ContainsRune("шщжюмфыmwЖШЩЮМФЫWM@%…—", r):
		return 13
	case r >= 0x1100:
		return 16
	case unicode.IsUpper(r):
		return 11
	}
	return 9
}

func textWidth(s string) (w int) {
	for _, r := range s {
		w += letterWidth(r)
	}
	return w
}

// cut shortens a text to so many letters that also fit into the width.
func cut(s string, letters, room int) string {
	if n := len([]rune(s)); n <= letters && textWidth(s) <= room {
		return s
	}
	var b strings.Builder
	n, w := 0, letterWidth('…')
	for _, r := range s {
		n, w = n+1, w+letterWidth(r)
		if n >= letters || w > room {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ,.;:") + "…"
}

// wrap breaks a text between words into lines of the width; the last one is cut
// where more would follow.
func wrap(s string, room, most int) []string {
	var lines []string
	for _, word := range strings.Fields(s) {
		last := len(lines) - 1
		switch {
		case last >= 0 && textWidth(lines[last]+" "+word) <= room, len(lines) == most:
			lines[last] += " " + word
		default:
			lines = append(lines, word)
		}
	}
	for i, line := range lines {
		lines[i] = cut(line, len(line), room)
	}
	return lines
}

// header is the names of columns, wrapped where the columns are wide and turned
// where they are narrow.
type header struct {
	x, step, high int
	turned        bool
	names         []string
}

// Columns get at most widest; in those below narrow names that do not fit are turned.
const (
	widest = 130
	narrow = 70
)

// newHeader shares out what the sheet has from x on. On a narrow one no column
// gets less than its least, whether it fits or not.
func newHeader(s sheet, names []string, x, end, least int) header {
	h := header{x: x, names: names, step: min(widest, (s.width-x-end)/max(1, len(names)))}
	if s.above > 0 {
		h.step = max(h.step, least)
	}
	longest := 0
	for _, n := range names {
		longest = max(longest, textWidth(n))
	}
	if h.turned = h.step < narrow && longest > h.step; h.turned {
		h.high = min(longest, 150) + 12
		return h
	}
	for _, n := range names {
		h.high = max(h.high, 18*len(wrap(n, h.room(), 3))+8)
	}
	return h
}

// room is what a line of a name has.
func (h header) room() int {
	if h.step < narrow {
		return h.step
	}
	return h.step - 6
}

// width is that of the sheet, or what the columns need.
func (h header) width(s sheet, end int) int { return max(s.width, h.x+h.step*len(h.names)+end) }

// draw writes the names above y.
func (h header) draw(d *Drawing, y int) {
	for i, n := range h.names {
		middle := h.x + i*h.step + h.step/2
		if h.turned {
			d.Texts = append(d.Texts, Text{X: middle + 5, Y: y - 6, Class: "head", Anchor: "start", Text: cut(n, longest, h.high-12), Turned: true, Title: n})
			continue
		}
		lines := wrap(n, h.room(), 3)
		for j, line := range lines {
			d.Texts = append(d.Texts, Text{X: middle, Y: y - 8 - 18*(len(lines)-1-j), Class: "head", Anchor: "middle", Text: line, Title: n})
		}
	}
}

// columnNames are the names with the same breaks, for ECharts.
func (h header) columnNames() []string {
	if h.turned {
		return h.names
	}
	var all []string
	for _, n := range h.names {
		all = append(all, strings.Join(wrap(n, h.room(), 3), "\n"))
	}
	return all
}
