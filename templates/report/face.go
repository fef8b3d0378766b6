package report

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed noto-sans-regular.ttf noto-sans-bold.ttf
var fonts embed.FS

// missing stands for a letter that the font does not have: something was there.
const missing = '□'

// face is a font as it is measured: how wide its letters are.
type face struct {
	bold   bool
	widths map[rune]float64 // in parts of the size
}

func fontFile(bold bool) ([]byte, error) {
	if bold {
		return fonts.ReadFile("noto-sans-bold.ttf")
	}
	return fonts.ReadFile("noto-sans-regular.ttf")
}

func newFace(bold bool) (*face, error) {
	ttf, err := fontFile(bold)
	if err != nil {
		return nil, err
	}
	widths, err := letterWidths(ttf)
	if err != nil {
		return nil, fmt.Errorf("report: font: %w", err)
	}
	return &face{bold, widths}, nil
}

var errFont = errors.New("not a TrueType font with Unicode letters")

// letterWidths reads which letters a TrueType font has, and how wide they are in
// parts of its size: the tables head, hhea, hmtx and cmap (format 4) of the OpenType
// specification, learn.microsoft.com/typography/opentype/spec.
func letterWidths(ttf []byte) (widths map[rune]float64, err error) {
	defer func() {
		if recover() != nil { // something points behind the end
			widths, err = nil, errFont
		}
	}()
	u16 := func(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	tables := map[string][]byte{}
	for i := range u16(ttf, 4) {
		entry := ttf[12+16*i:]
		from, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		tables[string(entry[:4])] = ttf[from : from+size]
	}
	em, metrics := float64(u16(tables["head"], 18)), u16(tables["hhea"], 34)
	cmap := tables["cmap"]
	for i := range u16(cmap, 2) {
		table := cmap[binary.BigEndian.Uint32(cmap[8+8*i:]):]
		if u16(table, 0) != 4 {
			continue
		}
		widths = map[rune]float64{}
		for letter, glyph := range glyphs(table) {
			widths[letter] = float64(u16(tables["hmtx"], 4*min(glyph, metrics-1))) / em
		}
		return widths, nil
	}
	return nil, errFont
}

// glyphs reads a cmap table of format 4: stretches of letters.
func glyphs(table []byte) map[rune]int {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(table[at:])) }
	found := map[rune]int{}
	twice := u16(6) // the number of stretches
	for i := 0; i < twice; i += 2 {
		last, first := u16(14+i), u16(16+twice+i)
		delta, far := u16(16+2*twice+i), u16(16+3*twice+i)
		for letter := first; letter <= last && letter != 0xffff; letter++ {
			glyph := letter + delta
			if far != 0 {
				if glyph = u16(16 + 3*twice + i + far + 2*(letter-first)); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xffff; glyph != 0 {
				found[rune(letter)] = glyph
			}
		}
	}
	return found
}

// clean makes a text printable: letters and their marks in one, white space as
// spaces, nothing that steers, and a box for every letter that the font lacks.
func (f *face) clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch _, there := f.widths[r]; {
		case r == '\u00ad' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
			return -1
		case there:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return missing
	}, norm.NFC.String(s))
}

// font is a face in a size.
type font struct {
	*face
	size float64
}

// width is how wide a clean text is.
func (f font) width(s string) (w float64) {
	for _, r := range s {
		w += f.widths[r]
	}
	return w * f.size
}

// high is how far apart lines stand.
func (f font) high() float64 { return 1.32 * f.size }

// lines breaks a text between words into lines of at most a width, and long words
// wherever they must. After the most lines it is cut; most 0 takes them all.
func (f font) lines(s string, width float64, most int) (lines []string) {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }) {
		lines = append(lines, f.paragraph(f.clean(part), width)...)
	}
	if most > 0 && len(lines) > most {
		lines = lines[:most]
		lines[most-1] = f.cut(lines[most-1]+"…", width)
	}
	return lines
}

func (f font) paragraph(s string, width float64) (lines []string) {
	line, room := "", 0.0
	space := f.width(" ")
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' }) {
		w := f.width(word)
		if line != "" && w <= room-space {
			line, room = line+" "+word, room-space-w
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for w > width {
			n := f.fitting(word, width)
			lines, word = append(lines, word[:n]), word[n:]
			w = f.width(word)
		}
		line, room = word, width-w
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of a text fit, one letter at least.
func (f font) fitting(s string, width float64) int {
	w := 0.0
	for i, r := range s {
		if w += f.widths[r] * f.size; w > width && i > 0 {
			return i
		}
	}
	return len(s)
}

// cut shortens a clean text to a width, and says so.
func (f font) cut(s string, width float64) string {
	if f.width(s) <= width {
		return s
	}
	s = strings.TrimRight(s, " …")
	return strings.TrimRight(s[:f.fitting(s, width-f.width("…"))], " ,.;:") + "…"
}

// longestWord is the width below which words must be broken.
func (f font) longestWord(s string) (w float64) {
	for word := range strings.FieldsSeq(f.clean(s)) {
		w = max(w, f.width(word))
	}
	return w
}
