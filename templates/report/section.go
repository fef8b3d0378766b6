package report

// body is what stands below the heading of a section, measured.
type body struct {
	Section
	pairs   []pair
	picture picture
	parts   []grid
}

// measured is a section without its picture, whose room is not known before.
func (l *layout) measured(s Section) body {
	return body{Section: s, pairs: l.pairs(s.Lists), parts: l.parts(s)}
}

// section lays out one part. Its heading stays with what comes first below it.
func (l *layout) section(s Section, first bool) {
	b := l.measured(s)
	l.open(s.Break && !first, b.lies())
	if !l.fresh() && !first {
		l.y += 12
	}
	big := font{l.bold, headingSize}
	heading := big.lines(s.Heading, l.width(), headingLines)
	over := float64(len(heading)) * big.high()
	if s.Figure != nil {
		b.picture = l.picture(s, l.whole()-over-10)
		if left := l.bottom() - l.y - over - 10; first && b.pictured() && b.picture.high() > left {
			b.picture = l.picture(s, max(left, .7*b.picture.high())) // rather smaller than a sheet with a title and nothing else
		}
	}
	if len(heading) > 0 {
		l.need(over + 5 + l.beginning(b))
		l.place(s.Heading, 0)
		l.lines(big, ink, heading)
		l.y += 5
	}
	l.body(b)
}

func (l *layout) body(b body) {
	l.paragraph(b.Lead, font{l.plain, leadSize})
	for _, text := range b.Text {
		l.paragraph(text, font{l.plain, textSize})
	}
	l.lists(b.pairs)
	if b.Figure != nil {
		l.need(b.picture.high())
		l.figure(b.Section, b.picture)
	}
	for _, part := range b.parts {
		l.table(part)
	}
}

// worded tells whether a section has text above its lists, figures and tables.
func (b body) worded() bool { return b.Lead != "" || len(b.Text) > 0 }

// pictured tells whether a section begins with its figure.
func (b body) pictured() bool { return b.Figure != nil && !b.worded() && len(b.pairs) == 0 }

// lies tells whether a section is a table that needs lying sheets, and nothing else.
func (b body) lies() bool {
	return len(b.parts) > 0 && b.parts[0].wide && b.Figure == nil && len(b.pairs) == 0 && !b.worded()
}

// beginning is how high what comes first below a section's heading is.
func (l *layout) beginning(b body) float64 {
	switch {
	case b.Lead != "":
		return 3 * font{l.plain, leadSize}.high()
	case len(b.Text) > 0:
		return 3 * font{l.plain, textSize}.high()
	case len(b.pairs) > 0:
		return 4 + b.pairs[0].untorn(l.whole())
	case b.Figure != nil:
		return b.picture.high()
	case len(b.parts) > 0:
		return l.untorn(b.parts[0])
	}
	return 0
}

// paragraph leaves no line of itself alone on a sheet.
func (l *layout) paragraph(s string, f font) {
	lines := f.lines(s, l.width(), 0)
	if len(lines) == 0 {
		return
	}
	for i := range lines {
		switch left := len(lines) - i; {
		case left <= 3 && i == 0:
			l.need(float64(left) * f.high())
		case i == 0, left == 2:
			l.need(2 * f.high())
		default:
			l.need(f.high())
		}
		l.lines(f, ink, lines[i:i+1])
	}
	l.y += .57 * f.size
}
