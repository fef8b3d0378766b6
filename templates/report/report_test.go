package report

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

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
	r := count(t, scheme, 60, crowds)
	f := append(figures(l, r, titles), honest(l, r, titles)...)
	long := strings.Repeat("Отчёт о том, что сказали люди. ", 60)
	d := Document{Lang: "ru", Size: A4, Title: long, Subtitle: long, Synthetic: long, Footer: long, Made: time.Unix(1e9, 0)}
	for i := range f {
		s := Section{Heading: hostile[i], Figure: &f[i]}
		if i < 4 { // the tables of the others have as many columns as there are problems
			s.Text, s.Table = append([]string{long}, hostile...), &f[i].Table
		}
		d.Sections = append(d.Sections, s)
	}
	tall := chart.Table{Name: long, Head: []chart.Cell{{Text: long}, {Text: long, Numeric: true}}, Rows: [][]chart.Cell{{{Text: long + long, Header: true}, {Text: long}}, {}, {{Text: "a"}}}}
	list := List{Name: long, N: long}
	for i := range 60 {
		list.Rows = append(list.Rows, Item{hostile[i%len(hostile)], titles(num(i)), hostile[(i+1)%len(hostile)]})
	}
	d.Sections = append(d.Sections, Section{Heading: long, Table: &tall, Break: true}, Section{Lead: long, Lists: []List{list, {}, list}}, Section{}, Section{Table: &chart.Table{}}, Section{Figure: &chart.Figure{}})
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

func TestEveryPageIsDrawnWithoutComplaint(t *testing.T) {
	program := tool(t, "pdftoppm")
	folder := os.Getenv("ASHAR_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	l := languages(t)[0]
	for name, d := range map[string]Document{"a4": sample(t, l, A4), "board": board(t, A4), "a3": sample(t, l, A3), "hostile": hostileDocument(t)} {
		sheets, err := layOut(d)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, "report-"+name+".pdf")
		if err := os.WriteFile(file, written(t, d), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "-r", "60", "-png", file, strings.TrimSuffix(file, ".pdf")).CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Errorf("%s: %v: %s", name, err, out)
		}
		if drawn, _ := filepath.Glob(strings.TrimSuffix(file, ".pdf") + "-*.png"); len(drawn) != len(sheets) {
			t.Errorf("%s: %d pictures of %d pages", name, len(drawn), len(sheets))
		}
	}
}

func TestTableOfContentsHasEveryHeading(t *testing.T) {
	d := sample(t, languages(t)[0], A4)
	d.Synthetic = "" // no letter stands before the title
	pdf := written(t, d)
	headings := []string{d.Title}
	for _, s := range d.Sections {
		headings = append(headings, s.Heading)
	}
	for _, heading := range headings {
		label := "\xfe\xff"
		for _, unit := range utf16.Encode([]rune(heading)) {
			label += string([]byte{byte(unit >> 8), byte(unit)})
		}
		if !bytes.Contains(pdf, []byte("<</Title ("+strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)", "\r", "\\r").Replace(label))) {
			t.Errorf("no entry for %q", heading)
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
