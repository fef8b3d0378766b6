package report

import (
	"strconv"
)

// A sheet of A4, in points.
const (
	short = 210 / 25.4 * 72
	long  = 297 / 25.4 * 72
	side  = 15 / 25.4 * 72 // left free beside the text
	above = 14 / 25.4 * 72 // left free on top
	under = 23 / 25.4 * 72 // left free below the text, for the foot
)

// Sizes of letters.
const (
	titleSize   = 25
	underSize   = 11.5 // of the subtitle
	leadSize    = 14.5 // of the message
	headingSize = 16
	findingSize = 12.5 // of a figure's heading below a section's
	textSize    = 10.5
	noteSize    = 9
	footSize    = 8
)

// A heading longer than this is none; what people typed may be of any length.
const headingLines = 6

// layout places things on sheets from top to bottom.
type layout struct {
	doc         *Document
	plain, bold *face
	sheets      []*sheet
	top, y      float64 // where this sheet's text began, and where it goes on
}

func newLayout(d *Document) (*layout, error) {
	plain, err := newFace(false)
	if err != nil {
		return nil, err
	}
	bold, err := newFace(true)
	if err != nil {
		return nil, err
	}
	return &layout{doc: d, plain: plain, bold: bold}, nil
}

func (l *layout) sheet() *sheet     { return l.sheets[len(l.sheets)-1] }
func (l *layout) put(marks ...mark) { l.sheet().marks = append(l.sheet().marks, marks...) }
func (l *layout) fresh() bool       { return l.y == l.top }
func (l *layout) width() float64    { return room(l.sheet().wide) }

func room(wide bool) float64 {
	if wide {
		return long - 2*side
	}
	return short - 2*side
}

// bottom is where the text of this sheet ends.
func (l *layout) bottom() float64 {
	if l.sheet().wide {
		return short - under
	}
	return long - under
}

// running is how high the title is that stands on top of the second sheet and the following.
const running = 26

// begin begins a sheet: the banner, and from the second sheet on the title.
func (l *layout) begin(wide bool) {
	l.sheets = append(l.sheets, &sheet{wide: wide})
	l.y = above
	l.banner()
	if len(l.sheets) > 1 {
		small := font{l.plain, footSize}
		l.put(words{side, l.y + footSize, small, soft, small.cut(small.clean(l.doc.Title), l.width()), false},
			rule{side, l.y + 14, side + l.width(), l.y + 14, stroke{thick: .5, colour: line}})
		l.y += running
	}
	l.top = l.y
}

// bannerText is what is invented, in lines.
func (l *layout) bannerText(wide bool) (f font, lines []string, high float64) {
	f = font{l.bold, noteSize}
	if lines = f.lines(l.doc.Synthetic, room(wide)-20, 3); len(lines) > 0 {
		high = float64(len(lines))*f.high() + 18
	}
	return f, lines, high
}

// banner says what is invented, within a frame that a grey printer prints too.
func (l *layout) banner() {
	f, lines, high := l.bannerText(l.sheet().wide)
	if high == 0 {
		return
	}
	l.put(box{side, l.y, l.width(), high - 10, look{fill: card, edge: ink, thick: 1}})
	for i, s := range lines {
		l.put(words{side + (l.width()-f.width(s))/2, l.y + 4 + f.size + float64(i)*f.high(), f, ink, s, false})
	}
	l.y += high
}

// whole is how high the text of an upright sheet is.
func (l *layout) whole() float64 {
	_, _, banner := l.bannerText(false)
	return long - under - above - running - banner
}

// need begins a sheet of the same kind where less than so much is left of this one.
func (l *layout) need(high float64) {
	if !l.fresh() && l.y+high > l.bottom() {
		l.begin(l.sheet().wide)
	}
}

// open begins a sheet where the next section needs another than this one.
func (l *layout) open(fresh, wide bool) {
	if fresh && !l.fresh() || wide != l.sheet().wide {
		l.begin(wide)
	}
}

// lines writes lines that are broken already.
func (l *layout) lines(f font, c colour, lines []string) {
	for _, s := range lines {
		l.put(words{side, l.y + f.size, f, c, s, false})
		l.y += f.high()
	}
}

func (l *layout) title() {
	l.put(rule{side, l.y + 2, side + 56, l.y + 2, stroke{thick: 4, colour: accent}}) // as broad as a thumb: where to begin reading
	l.y += 12
	f := font{l.bold, titleSize}
	for f.size > headingSize && len(f.lines(l.doc.Title, l.width(), 0)) > 3 {
		f.size--
	}
	l.place(l.doc.Title, 0)
	l.lines(f, ink, f.lines(l.doc.Title, l.width(), headingLines))
	if l.doc.Subtitle != "" {
		l.y += 5
		under := font{l.plain, underSize}
		l.lines(under, soft, under.lines(l.doc.Subtitle, l.width(), headingLines))
	}
	l.y += 8
	l.put(rule{side, l.y, side + l.width(), l.y, stroke{thick: 1, colour: ink}})
	l.y += 14
}

// place puts an entry into the table of contents.
func (l *layout) place(label string, level int) {
	if label = l.plain.clean(label); label != "" {
		l.put(place{l.y, label, level})
	}
}

// footers are written last: only now the number of pages is known.
func (l *layout) footers() {
	f := font{l.plain, footSize}
	for i, s := range l.sheets {
		number := strconv.Itoa(i+1) + " / " + strconv.Itoa(len(l.sheets))
		if l.doc.Page != nil {
			number = l.doc.Page(i+1, len(l.sheets))
		}
		number = f.cut(f.clean(number), 140)
		y, right := long-under+18, side+room(s.wide)
		if s.wide {
			y = short - under + 18
		}
		s.marks = append(s.marks, rule{side, y, right, y, stroke{thick: .5, colour: line}})
		for j, text := range f.lines(l.doc.Footer, room(s.wide)-f.width(number)-16, 2) {
			s.marks = append(s.marks, words{side, y + 12 + float64(j)*f.high(), f, soft, text, false})
		}
		s.marks = append(s.marks, words{right - f.width(number), y + 12, f, soft, number, false})
	}
}
