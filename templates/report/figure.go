package report

import (
	"ashar/templates/chart"
)

// How high a row of a drawing is at most, in points for each of its units, and how
// large letters are. A drawing is stretched, so that its texts can be read on paper.
const (
	tall      = .7
	letters   = 9.5
	smaller   = 8.6
	rowUnits  = 30 // of most drawings
	textUnits = 5  // from the middle of a text down to its baseline

	drawingGap = 14 // above a drawing and below it

	legible = .5 // a drawing of several pictures is torn rather than made lower than this
)

// picture is a figure, measured.
type picture struct {
	finding     font
	heading     []string
	note        []string
	noteFont    font
	across, up  float64         // points for each unit of the drawing
	pieces      []chart.Drawing // those behind the first stand below it or on the next sheets
	drawingHigh float64         // of the first piece
}

// picture measures the figure of a section, no higher than there is room.
func (l *layout) picture(s Section, most float64) picture {
	p := picture{finding: font{l.bold, headingSize}, noteFont: font{l.plain, noteSize}}
	if s.Heading != "" {
		p.finding.size = findingSize
	}
	width := room(false)
	if s.Figure.Heading != s.Heading {
		p.heading = p.finding.lines(s.Figure.Heading, width, headingLines)
	}
	p.note = p.noteFont.lines(s.Figure.Note, width, headingLines)
	d := s.Figure.Drawing
	if d.Width <= 0 || d.Height <= 0 {
		return p
	}
	p.across = width / float64(d.Width)
	left := most - p.high() - drawingGap
	p.pieces, p.up = []chart.Drawing{d}, min(tall, left/float64(d.Height))
	if p.up < legible {
		p.pieces, p.up = tear(d, int(left/tall)), tall
		for _, piece := range p.pieces {
			p.up = min(p.up, left/float64(piece.Height))
		}
	}
	p.drawingHigh = p.up * float64(p.pieces[0].Height)
	return p
}

func (p picture) high() float64 {
	high := float64(len(p.heading))*p.finding.high() + float64(len(p.note))*p.noteFont.high() + p.drawingHigh
	if p.drawingHigh > 0 {
		high += drawingGap
	}
	return high
}

func (l *layout) figure(s Section, p picture) {
	if len(p.heading) > 0 {
		level := 0
		if s.Heading != "" {
			level = 1
		}
		l.place(s.Figure.Heading, level)
		l.lines(p.finding, ink, p.heading)
	}
	l.lines(p.noteFont, soft, p.note)
	if p.drawingHigh == 0 {
		return
	}
	l.y += 6
	for i, piece := range p.pieces {
		high := p.up * float64(piece.Height)
		if i > 0 {
			l.need(high)
		}
		l.drawing(&piece, p)
		l.y += high + drawingGap - 6
	}
}

// drawing puts a drawing's marks onto the sheet, whose texts are fitted to the room
// that the drawing leaves them.
func (l *layout) drawing(d *chart.Drawing, p picture) {
	x := func(units int) float64 { return side + float64(units)*p.across }
	y := func(units int) float64 { return l.y + float64(units)*p.up }
	for _, n := range d.Lines {
		l.put(rule{x(n.X1), y(n.Y1), x(n.X2), y(n.Y2), strokeOf(n.Class)})
	}
	for _, r := range d.Rects {
		l.put(box{x(r.X), y(r.Y), float64(r.W) * p.across, float64(r.H) * p.up, lookOf(r.Class, r.Pattern)})
	}
	round := min(p.across, p.up) // a dot stays round
	for _, o := range d.Dots {
		l.put(disc{x(o.X), y(o.Y), float64(o.R) * round, dotOf(o.Class)})
	}
	for _, t := range l.labels(d, p) {
		l.put(t)
	}
}
