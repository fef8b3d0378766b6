package report

import (
	"strings"

	"ashar/templates/chart"
)

// label is a text of a drawing with the room that it has there: along its line,
// and across it to the next text.
type label struct {
	chart.Text
	look        lettering
	whole       string // the whole of a text that was cut
	along, over float64
}

// labels fits the texts of a drawing. Charts are drawn for any font and cut long
// titles by a guess; here the letters are measured, and a title gets two lines
// before it is cut.
func (l *layout) labels(d *chart.Drawing, p picture) (fitted []mark) {
	all := l.measure(d, p)
	base := min(1, p.up*14/letters) // smaller where the drawing is very high
	shrink := map[string]float64{}
	for _, t := range all {
		if two(t) {
			continue // these have a second line
		}
		f := l.lettered(t.look, base)
		if w := f.width(t.whole); w > t.along {
			shrink[t.Class] = max(.75, min(t.along/w, or1(shrink[t.Class])))
		}
	}
	for _, t := range all {
		fitted = append(fitted, l.fit(t, l.lettered(t.look, base*or1(shrink[t.Class])), p)...)
	}
	return fitted
}

func or1(x float64) float64 {
	if x == 0 {
		return 1
	}
	return x
}

func (l *layout) lettered(look lettering, scale float64) font {
	f := font{l.plain, letters * scale}
	if look.bold {
		f.face = l.bold
	}
	if look.small {
		f.size = smaller * scale
	}
	return f
}

// two tells whether a text may be broken into two lines: titles and turned names.
func two(t label) bool { return t.Turned || t.Class == "name" }

// measure finds the room of every text.
func (l *layout) measure(d *chart.Drawing, p picture) []label {
	titles := map[string]int{}
	for _, t := range d.Texts {
		titles[t.Title]++
	}
	var all []label
	for _, t := range d.Texts {
		m := label{Text: t, look: letteringOf(t.Class), whole: l.plain.clean(t.Text)}
		start, shortened := strings.CutSuffix(t.Text, "…")
		if shortened && titles[t.Title] == 1 && strings.HasPrefix(t.Title, start) {
			m.whole = l.plain.clean(t.Title)
		}
		if t.Turned {
			m.along, m.over = float64(t.Y)*p.up, float64(pitch(d, t))*p.across
		} else {
			m.along, m.over = float64(l.free(d, t, p))*p.across, float64(pitch(d, t))*p.up
		}
		all = append(all, m)
	}
	return all
}

// pitch is how far the next text of the kind is across the line.
func pitch(d *chart.Drawing, t chart.Text) int {
	next := rowUnits
	for _, o := range d.Texts {
		if o.Class != t.Class || o.Turned != t.Turned {
			continue
		}
		gap := o.Y - t.Y
		if t.Turned {
			gap = o.X - t.X
		}
		if gap = max(gap, -gap); gap > 0 {
			next = min(next, gap)
		}
	}
	return next
}

// free is how many units a text may be wide where it stands.
func (l *layout) free(d *chart.Drawing, t chart.Text, p picture) int {
	const gap = 6
	switch t.Anchor {
	case "middle":
		return max(1, middleRoom(d, t)-2)
	case "end":
		left := 0
		for _, r := range d.Rects {
			if beside(r.Y, r.Y+r.H, t) && r.X+r.W <= t.X {
				left = max(left, r.X+r.W+gap)
			}
		}
		return max(1, t.X-left)
	}
	right := d.Width
	for _, r := range d.Rects {
		if beside(r.Y, r.Y+r.H, t) && r.X >= t.X {
			right = min(right, r.X-gap)
		}
	}
	for _, n := range d.Lines {
		if n.X1 == n.X2 && beside(min(n.Y1, n.Y2), max(n.Y1, n.Y2), t) && n.X1 >= t.X {
			right = min(right, n.X1-gap)
		}
	}
	for _, o := range d.Texts {
		if o.Y != t.Y || o.X <= t.X {
			continue
		}
		begin := o.X
		if w := int(l.lettered(letteringOf(o.Class), 1).width(l.plain.clean(o.Text)) / p.across); o.Anchor == "end" {
			begin -= w
		} else if o.Anchor == "middle" {
			begin -= w / 2
		}
		if begin > t.X {
			right = min(right, begin-gap)
		}
	}
	return max(1, right-t.X)
}

// beside tells whether something from top to bottom stands in a text's line.
func beside(top, bottom int, t chart.Text) bool { return top < t.Y && bottom > t.Y-10 }

// middleRoom is the width of the cell that a text stands in, or of the cell below
// a column's name.
func middleRoom(d *chart.Drawing, t chart.Text) int {
	room, nearest := 2*min(t.X, d.Width-t.X), d.Height+1
	for _, r := range d.Rects {
		if r.X <= t.X && t.X <= r.X+r.W && r.Y+r.H >= t.Y-4 && r.Y < nearest {
			room, nearest = r.W, r.Y
		}
	}
	return room
}

// fit writes one text in one line, in two, or cut.
func (l *layout) fit(t label, f font, p picture) []mark {
	if f.width(t.whole) <= t.along {
		return []mark{t.at(l.y, f, p, t.whole, 0)}
	}
	if !two(t) {
		f.size *= max(.6, t.along/f.width(t.whole))
		return []mark{t.at(l.y, f, p, f.cut(t.whole, t.along), 0)}
	}
	var lines []string
	for _, smaller := range []float64{.84, .74} {
		f := font{f.face, smaller * f.size}
		if lines = f.lines(t.whole, t.along, 0); len(lines) == 1 {
			return []mark{t.at(l.y, f, p, lines[0], 0)}
		}
		high := 1.1 * f.size
		if last := smaller < .8; 2*high <= t.over+1 && (len(lines) == 2 || last) {
			lines = f.lines(t.whole, t.along, 2)
			return []mark{t.at(l.y, f, p, lines[0], -high/2), t.at(l.y, f, p, lines[1], high/2)}
		}
	}
	f.size *= .84
	return []mark{t.at(l.y, f, p, f.cut(t.whole, t.along), 0)}
}

// at places a line of a text, shifted by so much across its direction. What stays
// in its place is the middle of the letters, for they are not enlarged like the drawing.
func (t label) at(top float64, f font, p picture, s string, shift float64) words {
	down := .36*f.size + shift
	w := words{font: f, colour: t.look.colour, text: s, turned: t.Turned}
	if t.Turned {
		w.x, w.y = side+float64(t.X-textUnits)*p.across+down, top+float64(t.Y)*p.up
		return w
	}
	w.x, w.y = side+float64(t.X)*p.across, top+float64(t.Y-textUnits)*p.up+down
	switch t.Anchor {
	case "middle":
		w.x -= f.width(s) / 2
	case "end":
		w.x -= f.width(s)
	}
	return w
}
