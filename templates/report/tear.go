package report

import "ashar/templates/chart"

// strip is how many free units part two pictures of one drawing: more than there
// are between the lines of a text or between bars.
const strip = 16

// span is from where to where something stands on the height of a drawing.
type span struct{ from, to int }

func lineSpan(n chart.Line) span { return span{min(n.Y1, n.Y2), max(n.Y1, n.Y2)} }
func rectSpan(r chart.Rect) span { return span{r.Y, r.Y + r.H} }
func dotSpan(o chart.Dot) span   { return span{o.Y - o.R, o.Y + o.R} }

// textSpan is of the letters; a turned text reaches an unknown way up.
func textSpan(t chart.Text) span {
	if t.Turned {
		return span{0, t.Y}
	}
	return span{t.Y - 12, t.Y}
}

// tear cuts a drawing between its pictures into pieces no higher than so many
// units. What is one picture stays one, however high.
func tear(d chart.Drawing, most int) (pieces []chart.Drawing) {
	var piece span
	for i, rows := range pictures(d) {
		if i > 0 && rows.to-piece.from > most {
			pieces = append(pieces, cutOut(d, piece))
			piece.from = rows.from
		}
		piece.to = rows.to
	}
	piece.to = d.Height
	return append(pieces, cutOut(d, piece))
}

// pictures are where the pictures of a drawing stand that lie below each other.
func pictures(d chart.Drawing) (all []span) {
	taken := make([]bool, d.Height+1)
	stand := func(s span) {
		for y := max(0, s.from); y <= min(s.to, d.Height); y++ {
			taken[y] = true
		}
	}
	each(d.Lines, lineSpan, stand)
	each(d.Rects, rectSpan, stand)
	each(d.Dots, dotSpan, stand)
	each(d.Texts, textSpan, stand)
	for y, there := range taken {
		switch last := len(all) - 1; {
		case !there:
		case last < 0 || y-all[last].to > strip:
			all = append(all, span{y, y})
		default:
			all[last].to = y
		}
	}
	return all
}

func each[M any](marks []M, of func(M) span, do func(span)) {
	for _, m := range marks {
		do(of(m))
	}
}

// cutOut is the part of a drawing that stands between two heights.
func cutOut(d chart.Drawing, s span) chart.Drawing {
	piece := chart.Drawing{Width: d.Width, Height: s.to - s.from}
	for _, n := range within(d.Lines, lineSpan, s) {
		n.Y1, n.Y2 = n.Y1-s.from, n.Y2-s.from
		piece.Lines = append(piece.Lines, n)
	}
	for _, r := range within(d.Rects, rectSpan, s) {
		r.Y -= s.from
		piece.Rects = append(piece.Rects, r)
	}
	for _, o := range within(d.Dots, dotSpan, s) {
		o.Y -= s.from
		piece.Dots = append(piece.Dots, o)
	}
	for _, t := range within(d.Texts, textSpan, s) {
		t.Y -= s.from
		piece.Texts = append(piece.Texts, t)
	}
	return piece
}

func within[M any](marks []M, of func(M) span, s span) (there []M) {
	for _, m := range marks {
		if at := of(m); at.from >= s.from && at.from <= s.to {
			there = append(there, m)
		}
	}
	return there
}
