package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ashar/data"
	"ashar/templates/chart"
)

func TestReportIsReadBackInEveryLanguage(t *testing.T) {
	for _, l := range languages(t) {
		d := sample(t, l, A4)
		d.Sections[5].Text = append(d.Sections[5].Text, "Ң ң Ө ө Ү ү · Ә ә Ғ ғ Қ қ Ұ ұ Һ һ І і · Ўў Ҳҳ Ҷҷ Ӣӣ Ӯӯ · ş ğ ı İ · № « » – — − → ≥ 2=")
		pages := readBack(t, written(t, d))
		all := flat(strings.Join(pages, "\n"))
		var said []string
		for _, s := range d.Sections {
			said = append(append(said, s.Heading), s.Text...)
			if s.Figure != nil {
				said = append(said, s.Figure.Heading, s.Figure.Note)
			}
		}
		for _, want := range append(said, d.Title, d.Subtitle, "Бала бакча", "Көчө жарыгы") {
			if !strings.Contains(all, flat(want)) {
				t.Errorf("%s: not in the report: %q", l.Code(), want)
			}
		}
		for i, page := range pages {
			for _, want := range []string{d.Synthetic, d.Footer, d.Page(i+1, len(pages))} {
				if !strings.Contains(flat(page), want) {
					t.Errorf("%s: page %d lacks %q", l.Code(), i+1, want)
				}
			}
		}
	}
}

func TestFileSaysWhatItIs(t *testing.T) {
	d := sample(t, languages(t)[0], A4)
	pdf := written(t, d)
	for _, want := range []string{"/Lang (ky)", "/CreationDate (D:20170914100500)", "/Outlines"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
	d.Lang, d.Made = "ky) /OpenAction (", time.Time{}
	pdf = written(t, d)
	for _, want := range []string{"/Lang (kyOpenAction)", "/CreationDate (D:19700101000000)"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
}

func TestSameDocumentGivesTheSameBytes(t *testing.T) {
	d := hostileDocument(t)
	first := written(t, d)
	var all sync.WaitGroup
	for range 4 { // at once: requests share the fonts
		all.Go(func() {
			var b bytes.Buffer
			if err := Write(&b, d); err != nil || !bytes.Equal(b.Bytes(), first) {
				t.Errorf("other bytes, %v", err)
			}
		})
	}
	all.Wait()
}

func TestPaperOfAnotherSizeIsRefused(t *testing.T) {
	if err := Write(&bytes.Buffer{}, Document{Size: "A5"}); err == nil {
		t.Error("A5 was taken")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestReportThatCannotBeWrittenSaysSo(t *testing.T) {
	if err := Write(full{}, Document{Size: A4}); err == nil {
		t.Error("nobody said so")
	}
}

func TestPaperHasItsSize(t *testing.T) {
	box := regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)
	for size, want := range map[Size]string{A4: "595.28 841.89", A3: "841.89 1190.6"} {
		d := Document{Size: size, Title: "a"}
		found := box.FindSubmatch(written(t, d))
		if found == nil || !strings.HasPrefix(string(found[1])+" "+string(found[2]), want[:len(want)-1]) {
			t.Errorf("%s has %s, want %s", size, found, want)
		}
	}
}

func TestEverySizeHasTheSamePages(t *testing.T) {
	l := languages(t)[0]
	small, large := readBack(t, written(t, sample(t, l, A4))), readBack(t, written(t, sample(t, l, A3)))
	if len(small) != len(large) || len(small) != 5 {
		t.Fatalf("%d pages of A4, %d of A3", len(small), len(large))
	}
	for i := range small {
		a, b := strings.Fields(small[i]), strings.Fields(large[i])
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("page %d is another", i+1)
		}
	}
}

// hostile are titles that must come out as they went in.
var hostile = []string{
	`</script><script>alert(1)</script>`, `) Tj ET Q (`, `\) /JS (app.alert(1)) \( \\`, "endstream endobj", `%PDF-1.7`, "{nb} {nb}", `<</URI (http://x)>>`,
	"a\u2028b\u2029c\r\nd\te", "\x00\x07\u202e\u200bкызыл", strings.Repeat("Ң", 400), "строка с «кавычками» и очень длинным названием, которое не помещается на рисунке целиком",
	"й и\u0306 ё е\u0308", "水 🙂 ქ \u1100", "",
}

// hostileDocument has 60 problems of hostile titles and 18 groups of many names.
func hostileDocument(t testing.TB) Document {
	t.Helper()
	l := languages(t)[1]
	scheme := data.Scheme{Sexes: true}
	var crowds []crowd
	for i := range 9 {
		scheme.Bands = append(scheme.Bands, data.Band(fmt.Sprintf("%d-%d", 14+8*i, 21+8*i)))
		for j, sex := range []data.Sex{data.Female, data.Male} {
			c := crowd{sex: sex, band: scheme.Bands[i], n: 1 + (i+j)%4}
			for k := range 60 {
				c.order = append(c.order, (k*7+i*11+j*23)%60+1)
			}
			crowds = append(crowds, c)
		}
	}
	titles := func(p data.ID) string { return fmt.Sprintf("%d %s", p[15], hostile[int(p[15])%len(hostile)]) }
	f := figures(l, count(t, scheme, 60, crowds), titles)
	long := strings.Repeat("Отчёт о том, что сказали люди. ", 60)
	d := Document{Lang: "ru", Size: A4, Title: long, Subtitle: long, Synthetic: long, Footer: long, Made: time.Unix(1e9, 0)}
	for i := range f {
		d.Sections = append(d.Sections, Section{Heading: hostile[i], Text: append([]string{long}, hostile...), Figure: &f[i], Table: &f[i].Table})
	}
	tall := chart.Table{Name: long, Head: []chart.Cell{{Text: long}, {Text: long, Numeric: true}}, Rows: [][]chart.Cell{{{Text: long + long, Header: true}, {Text: long}}, {}, {{Text: "a"}}}}
	d.Sections = append(d.Sections, Section{Heading: long, Table: &tall, Break: true}, Section{}, Section{Table: &chart.Table{}}, Section{Figure: &chart.Figure{}})
	return d
}

func TestHostileWordsStayWords(t *testing.T) {
	d := hostileDocument(t)
	pdf := written(t, d)
	for _, raw := range []string{"/JS", "/OpenAction", "/URI", "/Annots"} {
		if bytes.Contains(pdf, []byte(raw)) {
			t.Errorf("the file has %s", raw)
		}
	}
	all := flat(strings.Join(readBack(t, pdf), "\n"))
	for _, want := range []string{`</script><script>alert(1)</script>`, `) Tj ET Q (`, `\) /JS (app.alert(1)) \( \\`, "endstream endobj", "a b c d e", "{nb} {nb}", "кызыл", "й й ё ё", "□ □ □ □"} {
		if !strings.Contains(all, want) {
			t.Errorf("lost: %q", want)
		}
	}
}

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
	case box:
		return m.x, m.y, m.x + m.w, m.y + m.h
	}
	return side, above, side, above // a place in the table of contents
}

func TestNothingStandsOutsideTheMargins(t *testing.T) {
	for name, d := range map[string]Document{"sample": sample(t, languages(t)[0], A4), "hostile": hostileDocument(t), "many columns": {Title: "a", Sections: []Section{{Table: manyColumns(200)}}}, "empty": {}} {
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
	f := figures(l, village(t), need)
	for lines := range 60 { // so that everything once stands at the foot
		d := Document{Title: "a", Sections: []Section{{Text: []string{strings.Repeat("line\n", lines)}}}}
		for _, figure := range f {
			d.Sections = append(d.Sections, Section{Heading: "heading", Text: []string{strings.Repeat("text\n", 4)}}, Section{Heading: "heading", Figure: &figure, Table: &figure.Table}, Section{Heading: "heading", Table: &figure.Table})
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

func TestShotsAreKept(t *testing.T) {
	folder := os.Getenv("ASHAR_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	for _, size := range []Size{A4, A3} {
		pdf := written(t, sample(t, languages(t)[0], size))
		if err := os.WriteFile(filepath.Join(folder, "report-"+string(size)+".pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkReport writes a report of six sections; kB is its size.
func BenchmarkReport(b *testing.B) {
	d := sample(b, languages(b)[0], A4)
	b.ReportAllocs()
	var pdf bytes.Buffer
	for b.Loop() {
		pdf.Reset()
		if err := Write(&pdf, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(pdf.Len())/1000, "kB")
}
