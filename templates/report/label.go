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
	down        float64 // from where it stands to the middle of the room across
}

// labels fits the texts of a drawing. Charts are drawn for any font and cut long
// titles by a guess; here the letters are measured, and a title gets two lines
// before it is cut.
func (l *layout) labels(d *chart.Drawing, p picture) (fitted []mark) {
	all := l.measure(d, p)
	base := min(1, p.up*14/letters) // smaller where the drawing is very high
	shrink := map[string]float64{}  // of the first class: the strong ones among the cells are as large as the others
	for _, t := range all {
		if two(t) {
			continue // these have a second line
		}
		f := l.lettered(t.look, base)
		if w := f.width(t.whole); w > t.along {
			shrink[t.kind()] = max(.75, min(t.along/w, or1(shrink[t.kind()])))
		}
	}
	for _, t := range all {
		written := l.fit(t, l.lettered(t.look, base*or1(shrink[t.kind()])), p)
		if t.look.over {
			fitted = append(fitted, behind(written))
		}
		for _, w := range written {
			fitted = append(fitted, w)
		}
	}
	return fitted
}

func (t label) kind() string {
	kind, _, _ := strings.Cut(t.Class, " ")
	return kind
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
func two(t label) bool { return t.Turned || titled(t.Text) }

// titled tells whether a text is a title, which is never part of a longer one.
func titled(t chart.Text) bool { return t.Class == "name" || t.Class == "faint-name" }

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
		if shortened && (titled(t) || titles[t.Title] == 1) && strings.HasPrefix(t.Title, start) {
			m.whole = l.plain.clean(t.Title)
		}
		above, below := across(d, t)
		if t.Turned {
			m.along, m.over = float64(t.Y)*p.up, float64(above+below)*p.across
		} else {
			m.along, m.over = float64(l.free(d, t, p))*p.across, float64(above+below)*p.up
			m.down = float64(below-above) / 2 * p.up
		}
		all = append(all, m)
	}
	return all
}

// behind is white paper below a text that stands over lines.
func behind(lines []words) box {
	first, last := lines[0], lines[len(lines)-1]
	b := box{x: first.x - 1.5, y: first.y - .8*first.font.size, look: look{fill: card, edge: none}}
	for _, w := range lines {
		b.w = max(b.w, w.font.width(w.text)+3)
	}
	b.h = last.y + .12*last.font.size - b.y
	return b
}

// fit writes one text in one line, in two, or cut.
func (l *layout) fit(t label, f font, p picture) []words {
	if f.width(t.whole) <= t.along {
		return []words{t.at(l.y, f, p, t.whole, 0)}
	}
	if !two(t) {
		f.size *= max(.6, t.along/f.width(t.whole))
		return []words{t.at(l.y, f, p, f.cut(t.whole, t.along), 0)}
	}
	var lines []string
	for _, smaller := range []float64{.84, .74} {
		f := font{f.face, smaller * f.size}
		if lines = f.lines(t.whole, t.along, 0); len(lines) == 1 {
			return []words{t.at(l.y, f, p, lines[0], 0)}
		}
		high := 1.1 * f.size
		if last := smaller < .8; 2*high <= t.over+1 && (len(lines) == 2 || last) {
			lines = f.lines(t.whole, t.along, 2)
			return []words{t.at(l.y, f, p, lines[0], t.down-high/2), t.at(l.y, f, p, lines[1], t.down+high/2)}
		}
	}
	f.size *= .84
	return []words{t.at(l.y, f, p, f.cut(t.whole, t.along), 0)}
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
