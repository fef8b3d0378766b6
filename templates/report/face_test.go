package report

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

func faces(t testing.TB) []*face {
	t.Helper()
	var all []*face
	for _, bold := range []bool{false, true} {
		f, err := newFace(bold)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestEveryLetterThatWeWriteHasAGlyph(t *testing.T) {
	written := "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя" + string(missing)
	for _, l := range languages(t) {
		raw, err := os.ReadFile("../lang/" + l.Code() + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var said map[string]any
		if err := json.Unmarshal(raw, &said); err != nil {
			t.Fatal(err)
		}
		written += fmt.Sprint(said)
	}
	for _, f := range faces(t) {
		lacking := map[rune]bool{}
		for _, r := range written {
			if _, there := f.widths[r]; !there && !lacking[r] && r != '\n' && r != '\t' {
				lacking[r] = true
				t.Errorf("bold %v: no glyph for %q (%U)", f.bold, r, r)
			}
		}
	}
}

func TestWidthsAreThoseOfTheFont(t *testing.T) {
	plain, bold := font{faces(t)[0], 1000}, font{faces(t)[1], 1000}
	// From the font's own table hmtx, read with fontTools.
	for text, want := range map[string][2]float64{"a": {561, 604}, "Ң": {755, 841}, " ": {260, 260}, "1": {572, 572}, "…": {791, 855}} {
		if got := [2]float64{plain.width(text), bold.width(text)}; got != want {
			t.Errorf("%q is %v wide, want %v", text, got, want)
		}
	}
}

func TestBrokenFontIsRefused(t *testing.T) {
	ttf, err := fontFile(false)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 3, 12, 100, 1000} {
		if _, err := letterWidths(ttf[:n:n]); err == nil {
			t.Errorf("%d bytes of a font were taken", n)
		}
	}
}

func TestWhatTheFontLacksLeavesABox(t *testing.T) {
	f := faces(t)[0]
	for in, want := range map[string]string{
		"水🙂":             "□□",
		"Ң\u200bө\u202e": "Ңө",
		"и\u0306":        "й",
		"a\tb\x00c":      "a bc",
		"ty\u00adpe":     "type",
		"a\u00a0b":       "a\u00a0b",
		"\xff":           "\ufffd",
	} {
		if got := f.clean(in); got != want {
			t.Errorf("%q came out as %q, want %q", in, got, want)
		}
	}
}

func FuzzLinesLoseNothingAndFit(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 60.0)
	}
	plain, err := newFace(false)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string, width float64) {
		if !(width > 0 && width < 1e4) {
			t.Skip("no width of a line")
		}
		l := font{plain, 10}
		lines := l.lines(s, width, 0)
		for _, line := range lines {
			if l.width(line) > width+.01 && len([]rune(line)) > 1 {
				t.Errorf("%q is %.1f wide, not %.1f", line, l.width(line), width)
			}
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := bare(strings.Join(lines, "")), bare(l.clean(s)); got != want {
			t.Errorf("%q became %q", want, got)
		}
		if w := width + l.width("…"); l.width(l.cut(l.clean(s), w)) > w+10 {
			t.Errorf("%q cut to %q", s, l.cut(l.clean(s), w))
		}
	})
}
