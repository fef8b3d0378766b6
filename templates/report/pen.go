package report

import (
	"bytes"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// A sheet is a page as it is laid out: marks, in points of A4 from its upper left.
type sheet struct {
	wide  bool
	marks []mark
}

type mark interface{ draw(p *pen) }

// words stand on their baseline. Turned, they read upwards.
type words struct {
	x, y   float64
	font   font
	colour colour
	text   string
	turned bool
}

// rule is a straight line.
type rule struct {
	x1, y1, x2, y2 float64
	stroke         stroke
}

// disc is a round mark.
type disc struct {
	x, y, r float64
	look    look
}

// box is a rectangle.
type box struct {
	x, y, w, h float64
	look       look
}

// place is an entry in the table of contents.
type place struct {
	y     float64
	label string
	level int
}

// pen draws marks. It alone knows the library, and how much the sheets are enlarged.
type pen struct {
	pdf   *fpdf.Fpdf
	scale float64
	font  font // the one in use on this sheet
}

const family = "noto"

func newPen(d Document, scale float64) (*pen, error) {
	size := fpdf.SizeType{Wd: short * scale, Ht: long * scale}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: size})
	for _, bold := range []bool{false, true} {
		ttf, err := fontFile(bold)
		if err != nil {
			return nil, err
		}
		pdf.AddUTF8FontFromBytes(family, style(bold), ttf)
	}
	pdf.SetFont(family, "", footSize) // the library writes labels in Unicode only after one of its letters
	made := d.Made.UTC()
	if made.IsZero() {
		made = time.Unix(0, 0).UTC() // the library would take the time of day
	}
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetLang(tag(d.Lang))
	pdf.SetTitle(d.Title, true)
	pdf.SetSubject(d.Subtitle, true)
	return &pen{pdf: pdf, scale: scale}, pdf.Error()
}

// tag lets nothing through that could end the string it is written into.
func tag(lang string) string {
	return string(bytes.Map(func(r rune) rune {
		if r == '-' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' {
			return r
		}
		return -1
	}, []byte(lang)))
}

func style(bold bool) string {
	if bold {
		return "B"
	}
	return ""
}

func (p *pen) print(s *sheet) {
	turned := "P"
	if s.wide {
		turned = "L"
	}
	p.pdf.AddPageFormat(turned, fpdf.SizeType{Wd: short * p.scale, Ht: long * p.scale})
	p.font = font{}
	for _, m := range s.marks {
		m.draw(p)
	}
}

func (p *pen) output(w io.Writer) error { return p.pdf.Output(w) }

func (p *pen) use(f font) {
	if p.font != f {
		p.pdf.SetFont(family, style(f.bold), f.size*p.scale)
		p.font = f
	}
}

func (m words) draw(p *pen) {
	p.use(m.font)
	p.pdf.SetTextColor(m.colour.parts())
	x, y := m.x*p.scale, m.y*p.scale
	if !m.turned {
		p.pdf.Text(x, y, m.text)
		return
	}
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(90, x, y)
	p.pdf.Text(x, y, m.text)
	p.pdf.TransformEnd()
}

func (m rule) draw(p *pen) {
	p.line(m.stroke)
	p.pdf.Line(m.x1*p.scale, m.y1*p.scale, m.x2*p.scale, m.y2*p.scale)
	p.whole(m.stroke)
}

// line chooses how lines are drawn.
func (p *pen) line(s stroke) {
	p.pdf.SetDrawColor(s.colour.parts())
	p.pdf.SetLineWidth(s.thick * p.scale)
	if s.dashes != (dashes{}) {
		p.pdf.SetDashPattern([]float64{s.dashes[0] * p.scale, s.dashes[1] * p.scale}, 0)
	}
}

// whole ends the dashes of a line, if it had them.
func (p *pen) whole(s stroke) {
	if s.dashes != (dashes{}) {
		p.pdf.SetDashPattern(nil, 0)
	}
}

func (m disc) draw(p *pen) {
	x, y, r := m.x*p.scale, m.y*p.scale, m.r*p.scale
	if m.look.fill != none {
		p.pdf.SetFillColor(m.look.fill.parts())
		p.pdf.Circle(x, y, r, "F")
	}
	if m.look.edge != none {
		p.line(stroke{thick: m.look.thick, colour: m.look.edge})
		p.pdf.Circle(x, y, r, "D")
	}
}

func (m place) draw(p *pen) {
	p.pdf.Bookmark(m.label, m.level, m.y*p.scale)
}

func (m box) draw(p *pen) {
	if m.w <= 0 || m.h <= 0 {
		return
	}
	x, y, w, h := m.x*p.scale, m.y*p.scale, m.w*p.scale, m.h*p.scale
	if m.look.fill != none {
		p.pdf.SetFillColor(m.look.fill.parts())
		p.pdf.Rect(x, y, w, h, "F")
	}
	p.fillWith(m)
	if m.look.edge == none {
		return
	}
	around := stroke{thick: m.look.thick, colour: m.look.edge}
	if m.look.dashed {
		around.dashes = dashes{3, 2.4}
	}
	p.line(around)
	p.pdf.Rect(x, y, w, h, "D")
	p.whole(around)
}

// fillWith draws the pattern of a box. It is the same wherever the box stands, as
// the patterns of a page are, so that neighbours join.
func (p *pen) fillWith(m box) {
	at := m.look.pattern
	if at.every == 0 {
		return
	}
	p.pdf.ClipRect(m.x*p.scale, m.y*p.scale, m.w*p.scale, m.h*p.scale, false)
	if at.dots {
		p.pdf.SetFillColor(at.colour.parts())
		for y := math.Ceil(m.y/at.every) * at.every; y <= m.y+m.h; y += at.every {
			for x := math.Ceil(m.x/at.every) * at.every; x <= m.x+m.w; x += at.every {
				p.pdf.Circle(x*p.scale, y*p.scale, at.thick/2*p.scale, "F")
			}
		}
	} else {
		step := at.every * math.Sqrt2 // along an edge
		for x := math.Floor((m.x-m.y-m.h)/step) * step; x <= m.x+m.w-m.y; x += step {
			rule{x + m.y - 1, m.y - 1, x + m.y + m.h + 1, m.y + m.h + 1, stroke{thick: at.thick, colour: at.colour}}.draw(p)
		}
	}
	p.pdf.ClipEnd()
}
