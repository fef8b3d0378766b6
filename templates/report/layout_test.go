package report

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"ashar/templates/chart"
)

// ends is where a mark begins and ends, as a letter is measured.
func ends(m mark) (x1, y1, x2, y2 float64) {
	switch m := m.(type) {
	case words:
		w := m.font.width(m.text)
		if m.turned {
			return m.x - m.font.size, m.y - w, m.x, m.y
		}
		return m.x, m.y - .8*m.font.size, m.x + w, m.y + .25*m.font.size
	case rule:
		return min(m.x1, m.x2), min(m.y1, m.y2), max(m.x1, m.x2), max(m.y1, m.y2)
	case disc:
		return m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r
	case box:
		return m.x, m.y, m.x + m.w, m.y + m.h
	}
	return side, above, side, above // a place in the table of contents
}

func TestNothingStandsOutsideTheMargins(t *testing.T) {
	for name, d := range map[string]Document{"sample": sample(t, languages(t)[0], A4), "board": board(t, A4), "hostile": hostileDocument(t), "many columns": {Title: "a", Sections: []Section{{Table: manyColumns(200)}}}, "empty": {}} {
		sheets, err := layOut(d)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range sheets {
			right, bottom := short-side, float64(long)
			if s.wide {
				right, bottom = long-side, short
			}
			for _, m := range s.marks {
				if x1, y1, x2, y2 := ends(m); x1 < side-.1 || y1 < above-.1 || x2 > right+.1 || y2 > bottom-15 {
					t.Errorf("%s: sheet %d: %+v stands at %.1f,%.1f to %.1f,%.1f", name, i+1, m, x1, y1, x2, y2)
				}
			}
		}
		for i, s := range sheets {
			bottom := long - under
			if s.wide {
				bottom = short - under
			}
			for _, m := range s.marks {
				if _, y1, _, y2 := ends(m); y2 > bottom+.1 && y1 < bottom+17 {
					t.Errorf("%s: sheet %d: %+v stands in the foot", name, i+1, m)
				}
			}
		}
	}
}

func manyColumns(n int) *chart.Table {
	t := &chart.Table{Name: "n", Head: []chart.Cell{{Text: "Орун", Numeric: true}, {Text: "Көйгөй"}}}
	for i := range 5 {
		t.Rows = append(t.Rows, []chart.Cell{{Text: fmt.Sprint(i + 1), Numeric: true}, {Text: needs[i], Header: true}})
	}
	for c := range n {
		t.Head = append(t.Head, chart.Cell{Text: fmt.Sprintf("топ-%d", c+1), Numeric: true})
		for i := range t.Rows {
			t.Rows[i] = append(t.Rows[i], chart.Cell{Text: fmt.Sprintf("%d,%d", c+1, i), Numeric: true})
		}
	}
	return t
}

func TestTableOfManyColumnsComesInPartsAndLosesNone(t *testing.T) {
	pages := readBack(t, written(t, Document{Size: A4, Title: "a", Sections: []Section{{Table: manyColumns(200)}}}))
	all := flat(strings.Join(pages, "\n"))
	for c := range 200 {
		if want := fmt.Sprintf("топ-%d ", c+1); !strings.Contains(all+" ", want) {
			t.Errorf("no column %q", want)
		}
	}
	if parts, rows := strings.Count(all, "Көйгөй"), strings.Count(all, needs[0]); parts < 5 || parts != rows {
		t.Errorf("%d heads and %d first rows", parts, rows)
	}
}

// shown is the texts of a sheet in their order, and where the last of them stands.
func shown(s *sheet) (all []words) {
	for _, m := range s.marks {
		if w, ok := m.(words); ok {
			all = append(all, w)
		}
	}
	return all
}

func TestNoHeadingEndsASheet(t *testing.T) {
	l := languages(t)[2]
	f := append(figures(l, village(t), need), honest(l, village(t), need)...)
	for lines := range 60 { // so that everything once stands at the foot
		d := Document{Title: "a", Sections: []Section{{Text: []string{strings.Repeat("line\n", lines)}}}}
		for _, figure := range f {
			d.Sections = append(d.Sections, Section{Heading: "heading", Text: []string{strings.Repeat("text\n", 4)}}, Section{Heading: "heading", Figure: &figure, Table: &figure.Table}, Section{Heading: "heading", Table: &figure.Table}, Section{Heading: "heading", Lists: lists(3)}, Section{Heading: "heading", Lead: strings.Repeat("lead\n", 4)})
		}
		sheets, err := layOut(d)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range sheets {
			lowest := words{}
			for _, w := range shown(s) {
				if w.y > lowest.y && w.y < long-under {
					lowest = w
				}
			}
			if lowest.font.size >= findingSize && lowest.font.bold {
				t.Errorf("%d lines before: sheet %d ends with the heading %q", lines, i+1, lowest.text)
			}
		}
	}
}

func TestHeadsOfColumnsStandOnEverySheet(t *testing.T) {
	table := chart.Table{Name: "n", Head: []chart.Cell{{Text: "Көйгөй"}, {Text: "Упай", Numeric: true}}}
	for i := range 150 {
		table.Rows = append(table.Rows, []chart.Cell{{Text: fmt.Sprintf("problem-%d", i), Header: true}, {Text: fmt.Sprint(i), Numeric: true}})
	}
	pages := readBack(t, written(t, Document{Size: A4, Title: "a", Sections: []Section{{Table: &table}}}))
	for i, page := range pages {
		if strings.Count(page, "Көйгөй") != 1 || strings.Count(page, "problem-") < 2 {
			t.Errorf("page %d:\n%s", i+1, page)
		}
	}
	if n := strings.Count(strings.Join(pages, ""), "problem-"); n != 150 || len(pages) < 4 {
		t.Errorf("%d rows on %d pages", n, len(pages))
	}
}

// The style sheet's own marks inside patterns, and its states of the whole drawing.
var notOurs = map[string]bool{"stripe": true, "dot": true, "hatch": true}

func TestEveryClassOfTheStyleSheetHasItsLook(t *testing.T) {
	css, err := os.ReadFile("../../static/chart.css")
	if err != nil {
		t.Fatal(err)
	}
	known := func(name string) bool {
		_, a := looks[name]
		_, b := letterings[name]
		_, c := strokes[name]
		_, d := dots[name]
		return a || b || c || d || notOurs[name]
	}
	found := regexp.MustCompile(`\.drawn \.([a-z0-9-]+(?:\.[a-z0-9-]+)*)`).FindAllStringSubmatch(string(css), -1)
	for _, class := range found {
		if !known(strings.ReplaceAll(class[1], ".", " ")) {
			t.Errorf("chart.css draws .%s, and paper does not know it", class[1])
		}
	}
	if len(found) < 40 {
		t.Errorf("only %d classes were found", len(found))
	}
}

func TestEveryMarkOfAFigureHasItsLook(t *testing.T) {
	l := languages(t)[0]
	for _, f := range append(figures(l, village(t), need), honest(l, village(t), need)...) {
		for _, r := range f.Drawing.Rects {
			if _, ok := patterns[r.Pattern]; r.Pattern != "" && !ok {
				t.Errorf("%s: pattern %q", f.ID, r.Pattern)
			}
			for name := range strings.FieldsSeq(r.Class) {
				if _, ok := looks[name]; !ok {
					t.Errorf("%s: rectangle %q", f.ID, r.Class)
				}
			}
		}
		for _, o := range f.Drawing.Dots {
			if _, ok := lookUp(dots, o.Class); !ok {
				t.Errorf("%s: dot %q", f.ID, o.Class)
			}
		}
		for _, n := range f.Drawing.Lines {
			if _, ok := lookUp(strokes, n.Class); !ok {
				t.Errorf("%s: line %q", f.ID, n.Class)
			}
		}
		for _, x := range f.Drawing.Texts {
			for name := range strings.FieldsSeq(x.Class) {
				if _, ok := letterings[name]; !ok {
					t.Errorf("%s: text %q", f.ID, x.Class)
				}
			}
		}
	}
}

func TestTextsOfADrawingDoNotRunIntoEachOther(t *testing.T) {
	l := languages(t)[0]
	for _, f := range append(figures(l, village(t), need), honest(l, village(t), need)...) {
		sheets, err := layOut(Document{Title: "a", Sections: []Section{{Figure: &f}}})
		if err != nil {
			t.Fatal(err)
		}
		all := shown(sheets[0])
		for i, a := range all {
			for _, b := range all[:i] {
				ax1, ay1, ax2, ay2 := ends(a)
				bx1, by1, bx2, by2 := ends(b)
				if ax1 < bx2-.5 && bx1 < ax2-.5 && ay1 < by2-3 && by1 < ay2-3 {
					t.Errorf("%s: %q and %q", f.ID, a.text, b.text)
				}
			}
		}
	}
}

func TestLongTitleStandsWholeInItsDrawing(t *testing.T) {
	l := languages(t)[0]
	f := figures(l, village(t), need)[1]
	sheets, err := layOut(Document{Title: "a", Sections: []Section{{Figure: &f}}})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, w := range shown(sheets[0]) {
		all = append(all, w.text)
	}
	if !strings.Contains(strings.Join(all, " "), needs[7]) {
		t.Errorf("%q is cut in %q", needs[7], all)
	}
}

func TestNoTextLiesOnADotOrIsTooSmallOrCutForNothing(t *testing.T) {
	for _, f := range append(figures(languages(t)[0], village(t), need), honest(languages(t)[0], village(t), need)...) {
		for _, w := range placed[words](t, f) {
			if w.font.size < 6 {
				t.Errorf("%s: %q is written in %.1f points", f.ID, w.text, w.font.size)
			}
			if start, cut := strings.CutSuffix(w.text, "…"); cut && !strings.Contains(needs[7], start) {
				t.Errorf("%s: %q is cut", f.ID, w.text)
			}
			x1, y1, x2, y2 := ends(w)
			for _, o := range placed[disc](t, f) {
				if x1 < o.x+o.r && o.x-o.r < x2 && y1+1 < o.y+o.r && o.y-o.r < y2-2 {
					t.Errorf("%s: %q lies on the dot at %.0f,%.0f", f.ID, w.text, o.x, o.y)
				}
			}
		}
	}
}

func TestClassesThatNobodyKnowsAreDrawnAllTheSame(t *testing.T) {
	if l := lookOf("new", ""); l.fill != slate {
		t.Errorf("a bar: %+v", l)
	}
	if l := dotOf("new"); l.fill != slate {
		t.Errorf("a dot: %+v", l)
	}
	if s := strokeOf("new"); s.thick == 0 {
		t.Errorf("a line: %+v", s)
	}
	if l := lookOf("level-3 against", ""); l.fill != looks["level-3"].fill || l.edge != ink {
		t.Errorf("a cell within a frame: %+v", l)
	}
}
