package report

import (
	"fmt"
	"strings"
	"testing"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
)

// crowded is small pictures of so many villages.
func crowded(t testing.TB, n int) chart.Figure {
	t.Helper()
	all := village(t).Count(data.People, rank.Cut{})
	var panels []chart.Panel
	for i := range n {
		panels = append(panels, chart.Panel{Column: chart.Column{Name: fmt.Sprintf("Айыл №%d", i+1), Ranking: all}})
	}
	return chart.Multiples(languages(t)[0], need, all, panels, chart.Villages, "crowded")
}

func TestManySmallPicturesAreTornAndNotCrushed(t *testing.T) {
	f := crowded(t, 30)
	for _, s := range []Section{{Figure: &f}, {Heading: "a", Text: []string{"a"}, Figure: &f}} {
		sheets, err := layOut(Document{Title: "a", Sections: []Section{s}})
		if err != nil {
			t.Fatal(err)
		}
		if len(sheets) < 3 {
			t.Fatalf("%d sheets", len(sheets))
		}
		bars, names := 0, map[string]int{}
		for i, sheet := range sheets {
			for _, m := range sheet.marks {
				switch m := m.(type) {
				case box:
					bars++
				case words:
					names[m.text]++
					if m.font.size < 6 {
						t.Errorf("sheet %d: %q is written in %.1f points", i+1, m.text, m.font.size)
					}
				}
			}
		}
		if bars != len(f.Drawing.Rects) {
			t.Errorf("%d bars of %d", bars, len(f.Drawing.Rects))
		}
		for i := range 30 {
			if name := fmt.Sprintf("Айыл №%d", i+1); names[name] != 1 {
				t.Errorf("%s stands there %d times", name, names[name])
			}
		}
	}
}

func TestTearingLosesNothingAndCutsNoPicture(t *testing.T) {
	for _, n := range []int{1, 7, 30} {
		d := crowded(t, n).Drawing
		for _, most := range []int{1, 300, 700, 1 << 20} {
			lines, rects, texts, high := 0, 0, 0, 0
			pieces := tear(d, most)
			for _, p := range pieces {
				lines, rects, texts, high = lines+len(p.Lines), rects+len(p.Rects), texts+len(p.Texts), high+p.Height
				if len(pieces) > 1 && p.Height > max(most, 260) {
					t.Errorf("%d villages, at most %d: a piece is %d high", n, most, p.Height)
				}
				for _, x := range p.Texts {
					if x.Y < 0 || x.Y > p.Height {
						t.Errorf("%q stands at %d of %d", x.Text, x.Y, p.Height)
					}
				}
			}
			if lines != len(d.Lines) || rects != len(d.Rects) || texts != len(d.Texts) || high > d.Height {
				t.Errorf("%d villages, at most %d: %d lines, %d bars, %d texts, %d high", n, most, lines, rects, texts, high)
			}
		}
	}
}

func TestOnePictureIsNeverTorn(t *testing.T) {
	for _, f := range append(figures(languages(t)[0], village(t), need), honest(languages(t)[0], village(t), need)...) {
		if strings.HasPrefix(f.ID, "multiples") {
			continue
		}
		if pieces := tear(f.Drawing, 1); len(pieces) != 1 && f.ID != "heard" {
			t.Errorf("%s came in %d pieces", f.ID, len(pieces))
		}
	}
}
