package chart

import (
	"slices"
	"strconv"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestARedrawShowsWhatItsTableSays(t *testing.T) {
	l := speaking(t, "en")
	ids := []data.ID{id(1), id(2), id(3)}
	r := NewReplay(l, lettered, ids, [][]float64{{.7, .6, .5}, {.5, .6, .5}}, "x")
	if r.Heading != "“A” comes first in 1 of 2 re-draws" {
		t.Error(r.Heading)
	}
	var got [][]string
	for _, f := range r.Frames {
		var rows []string
		for _, row := range f.Rows {
			rows = append(rows, row.Mark+" "+row.Title+" "+row.Score)
		}
		got = append(got, rows)
	}
	if diff := cmp.Diff([][]string{{"1 A 70", "2 B 60", "3 C 50"}, {"1 B 60", "2 A 50", "2 C 50"}}, got); diff != "" {
		t.Error(diff)
	}
	want := [][]string{{"A", "1 of 2", "1", "2"}, {"B", "1 of 2", "2", "1"}, {"C", "0 of 2", "3", "2"}}
	for i, row := range r.Table.Rows {
		var texts []string
		for _, c := range row {
			texts = append(texts, c.Text)
		}
		if diff := cmp.Diff(want[i], texts); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFramesOfAReplayHaveOneScaleAndFit(t *testing.T) {
	l := speaking(t, "ky")
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(0, 12).Draw(t, "n"), rapid.IntRange(0, 15).Draw(t, "k")
		var ids []data.ID
		for i := range n {
			ids = append(ids, id(i+1))
		}
		draws := make([][]float64, k)
		for i := range draws {
			draws[i] = rapid.SliceOfN(rapid.Float64Range(0, 1), n, n).Draw(t, "draw")
		}
		r := NewReplay(l, hostileTitle, ids, draws, "x")
		if (len(r.Frames) > 0) != (n > 1 && k > 0) || len(r.Frames) > frameMost {
			t.Fatalf("%d frames of %d draws of %d problems", len(r.Frames), k, n)
		}
		var keys []string
		for _, f := range r.Frames {
			var these []string
			for _, row := range f.Rows {
				these = append(these, row.Key)
				end := frameMark + row.Bar + 6 + textWidth(row.Score)
				if row.Y < 0 || row.Y+frameRow > f.Height || end > FrameWidth || frameMark+textWidth(row.Title) > FrameWidth {
					t.Fatalf("%+v does not fit into %d x %d", row, FrameWidth, f.Height)
				}
			}
			slices.Sort(these)
			if keys != nil && !slices.Equal(keys, these) {
				t.Fatalf("frames show %v and %v", keys, these)
			}
			keys = these
		}
	})
}

func TestASlideHasNoMoreBarsThanCanBeRead(t *testing.T) {
	l := speaking(t, "en")
	rows := SlideRows(l, lettered, listOf(90, 80, 70, 60, 50, 40, 30, 20, 10), Sure{Basis: LeftOut, Ranges: spans(Range{1, 2})}, 99, 0)
	if len(rows) != SlideMost || rows[0].Sure != "1–2" || rows[1].Sure != "" || rows[1].Rungs != nil {
		t.Fatalf("%+v", rows)
	}
	var rungs []string
	for _, r := range rows[0].Rungs {
		rungs = append(rungs, strconv.FormatBool(r.May)+strconv.FormatBool(r.Now))
	}
	if len(rungs) != 9 || rungs[0] != "truetrue" || rungs[1] != "truefalse" || rungs[2] != "falsefalse" {
		t.Error(rungs)
	}
}

func TestTheSlideOfWhoWasHeardIsTheFigure(t *testing.T) {
	l := speaking(t, "en")
	r, _ := village()
	heading, grid := HeardGrid(l, withPeople(r).Heard(nil), nil)
	f := Heard(l, withPeople(r).Heard(nil), nil, "x")
	if heading != f.Heading || len(grid.Rows) != 2 || len(grid.Heads) != 5 {
		t.Fatalf("%q, %d rows of %d", heading, len(grid.Rows), len(grid.Heads))
	}
	i := 0
	for _, row := range grid.Rows {
		for _, c := range row.Cells {
			if c.Text != f.Table.Rows[i][1].Text || c.Missing != (c.Text == "0") {
				t.Errorf("%+v, and in the table %+v", c, f.Table.Rows[i])
			}
			i++
		}
	}
}
