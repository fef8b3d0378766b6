package chart

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// listOf is a ranking of scores out of 100, best first, of the problems 1, 2, ...; equal ones share their place.
func listOf(scores ...int64) (r rank.Ranking) {
	r.N = 40
	for i, s := range scores {
		p := rank.Place{Problem: id(i + 1), Rank: 1, Score: big.NewRat(s, 100)}
		for j, other := range scores {
			if other > s {
				p.Rank++
			}
			p.Tied = p.Tied || i != j && other == s
		}
		r.Places = append(r.Places, p)
	}
	return r
}

func lettered(p data.ID) string { return string(rune('A' + p[15] - 1)) }

func spans(all ...Range) map[data.ID]Range {
	m := map[data.ID]Range{}
	for i, r := range all {
		m[id(i+1)] = r
	}
	return m
}

// honest are the figures of how sure an order is, of everyday and of hostile titles.
func honest(l *lang.Lang) map[string]Figure {
	five := listOf(70, 60, 50, 50, 20)
	left, drawn := spans(Range{1, 1}, Range{2, 2}, Range{3, 5}, Range{3, 5}, Range{3, 5}), spans(Range{1, 2}, Range{1, 2}, Range{3, 4}, Range{3, 5}, Range{4, 5})
	all := []data.ID{id(1), id(2), id(3), id(4), id(5)}
	many := crowd(len(hostile)*3, 0)
	ranges := map[data.ID]Range{}
	var problems []data.ID
	var gaps []Gap
	var panels []Panel
	for i, p := range many.Places {
		ranges[p.Problem] = Range{1, len(many.Places)}
		problems = append(problems, p.Problem)
		gaps = append(gaps, Gap{Problem: p.Problem, Scores: [2]*big.Rat{p.Score, big.NewRat(1, 2)}, Low: big.NewRat(-1, 3), High: big.NewRat(1, 1), Contested: i%2 == 0})
		panels = append(panels, Panel{Column{hostile[i%len(hostile)], crowd(20, i)}, []string{"", hostile[1]}[i%2]})
	}
	var cols []Column
	for i := range 9 {
		cols = append(cols, Column{hostile[i], crowd(len(hostile)*3, i)})
	}
	half := func(i, j int) *big.Rat {
		if i == 3 && j == 4 {
			return nil
		}
		return big.NewRat(int64(50+7*(i-j)%50), 100)
	}
	sides := Sides{Names: [2]string{"Аялдар", "Эркектер"}, Sexes: true, Least: 20}
	return map[string]Figure{
		"sure":                  RankedSure(l, lettered, five, Sure{LeftOut, left}, "sure"),
		"sure, hostile":         RankedSure(l, hostileTitle, many, Sure{Redrawn, ranges}, "sure-hostile"),
		"ladder":                Ladder(l, lettered, five, left, drawn, "ladder"),
		"ladder, left out":      Ladder(l, lettered, five, left, nil, "ladder-left"),
		"ladder, redrawn":       Ladder(l, lettered, five, nil, drawn, "ladder-drawn"),
		"ladder, unknown":       Ladder(l, lettered, five, nil, nil, "ladder-unknown"),
		"ladder, nothing":       Ladder(l, lettered, rank.Ranking{}, nil, nil, "ladder-nothing"),
		"ladder, hostile":       Ladder(l, hostileTitle, many, ranges, ranges, "ladder-hostile"),
		"slope":                 Slope(l, lettered, []Column{{"2025", five}, {"2026", listOf(10, 20, 30, 40, 50)}}, "slope"),
		"slope, hostile":        Slope(l, hostileTitle, cols, "slope-hostile"),
		"slope, one":            Slope(l, lettered, []Column{{"2025", five}}, "slope-one"),
		"slope, nothing":        Slope(l, lettered, nil, "slope-nothing"),
		"pairs":                 Pairwise(l, lettered, five, all, func(i, j int) *big.Rat { return big.NewRat(int64(50+10*(j-i)), 100) }, "pairs"),
		"pairs, against":        Pairwise(l, lettered, five, all, half, "pairs-against"),
		"pairs, hostile":        Pairwise(l, hostileTitle, many, problems, half, "pairs-hostile"),
		"pairs, nothing":        Pairwise(l, lettered, rank.Ranking{}, nil, nil, "pairs-nothing"),
		"multiples":             Multiples(l, lettered, five, []Panel{{Column: Column{"Ак-Муз", five}}, {Column{"Бирдик", five}, "few"}, {Column: Column{"Кара-Суу", listOf(1, 2, 3)}}}, Villages, "multiples"),
		"multiples, all":        Multiples(l, lettered, five, []Panel{{Column: Column{"61+", five}}}, Groups, "multiples-all"),
		"multiples, hostile":    Multiples(l, hostileTitle, many, panels, Groups, "multiples-hostile"),
		"multiples, tied":       Multiples(l, lettered, listOf(50, 50), []Panel{{Column: Column{"Ак-Муз", five}}}, Villages, "multiples-tied"),
		"multiples, nothing":    Multiples(l, lettered, five, nil, Villages, "multiples-nothing"),
		"multiples, none drawn": Multiples(l, lettered, five, []Panel{{Column{"Бирдик", five}, "few"}}, Groups, "multiples-hidden"),
		"gaps":                  Gaps(l, lettered, []Gap{{Problem: id(1), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(9, 20)}}, {Problem: id(2), Scores: [2]*big.Rat{big.NewRat(1, 10), big.NewRat(9, 10)}, Low: big.NewRat(-9, 10), High: big.NewRat(-7, 10), Contested: true}, {Problem: id(3)}}, sides, "gaps"),
		"gaps, none":            Gaps(l, lettered, []Gap{{Problem: id(1), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(1, 2)}}, {Problem: id(2), Scores: [2]*big.Rat{big.NewRat(1, 2), big.NewRat(1, 3)}}}, Sides{Names: [2]string{"18–28", "61+"}, Least: 20}, "gaps-none"),
		"gaps, hostile":         Gaps(l, hostileTitle, gaps, Sides{Names: [2]string{hostile[0], hostile[1]}, Least: 20}, "gaps-hostile"),
		"gaps, nothing":         Gaps(l, lettered, []Gap{{Problem: id(1)}}, sides, "gaps-nothing"),
	}
}

func TestATierEndsOnlyWhereNobodyCrosses(t *testing.T) {
	for _, c := range []struct {
		name   string
		ranges map[data.ID]Range
		want   []int
	}{
		{"each for itself", spans(Range{1, 1}, Range{2, 2}, Range{3, 3}), []int{1, 2, 3}},
		{"two and one", spans(Range{1, 2}, Range{1, 2}, Range{3, 3}), []int{1, 1, 2}},
		{"the first comes down past neighbours that keep their order", spans(Range{1, 3}, Range{2, 2}, Range{3, 3}), []int{1, 1, 1}},
		{"one that is not known may stand anywhere", map[data.ID]Range{id(1): {1, 1}, id(3): {3, 3}}, []int{1, 1, 1}},
		{"nothing is known", nil, nil},
	} {
		if diff := cmp.Diff(c.want, Sure{LeftOut, c.ranges}.tiers(listOf(70, 50, 30).Places)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestNobodyOfATierCanStandInAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		ranges, scores := map[data.ID]Range{}, make([]int64, n)
		for i := range n {
			best := rapid.IntRange(1, i+1).Draw(t, "best")
			ranges[id(i+1)], scores[i] = Range{best, rapid.IntRange(i+1, n).Draw(t, "worst")}, int64(90-i)
		}
		tiers := Sure{LeftOut, ranges}.tiers(listOf(scores...).Places)
		for i := range n {
			for j := range n {
				a, b := ranges[id(i+1)], ranges[id(j+1)]
				if tiers[i] < tiers[j] && a.Worst >= b.Best {
					t.Fatalf("%v and %v can meet, but stand in tiers %d and %d", a, b, tiers[i], tiers[j])
				}
			}
			if i > 0 && tiers[i] == tiers[i-1] {
				worst, best := 0, n+1
				for j := range n {
					if j < i {
						worst = max(worst, ranges[id(j+1)].Worst)
					} else {
						best = min(best, ranges[id(j+1)].Best)
					}
				}
				if worst < best {
					t.Fatalf("nobody crosses between %d and %d of %v, but there is no line", i, i+1, ranges)
				}
			}
		}
	})
}

func TestWidestHoldsBoth(t *testing.T) {
	a, b := map[data.ID]Range{id(1): {1, 3}, id(2): {2, 2}}, map[data.ID]Range{id(1): {2, 5}, id(3): {4, 4}}
	want := map[data.ID]Range{id(1): {1, 5}, id(2): {2, 2}, id(3): {4, 4}}
	if diff := cmp.Diff(want, Widest(a, b)); diff != "" {
		t.Error(diff)
	}
	if len(b) != 2 || b[id(1)] != (Range{2, 5}) {
		t.Error("what was given has changed")
	}
	if diff := cmp.Diff(a, Widest(a, nil)); diff != "" {
		t.Error(diff)
	}
}

func TestAnOrderWithoutRangesIsDrawnAsBefore(t *testing.T) {
	l := speaking(t, "en")
	if diff := cmp.Diff(Ranked(l, lettered, listOf(70, 50), "x"), RankedSure(l, lettered, listOf(70, 50), Sure{}, "x")); diff != "" {
		t.Error(diff)
	}
}

func TestHeadingsSayHowSureAnOrderIs(t *testing.T) {
	all := honest(speaking(t, "en"))
	got := map[string]string{}
	for _, name := range []string{"ladder", "ladder, left out", "ladder, unknown", "slope", "slope, nothing", "pairs", "pairs, against", "multiples", "multiples, all", "multiples, tied", "gaps", "gaps, none", "gaps, nothing"} {
		got[name] = all[name].Heading
	}
	want := map[string]string{
		"ladder":           "First place is not sure: 2 problems can take it – “A”, “B”",
		"ladder, left out": "First place is sure: “A” stays first whichever group is left out",
		"ladder, unknown":  "How sure the places are is not known yet",
		"slope":            "“A” moves most: between rank 1 and rank 5",
		"slope, nothing":   "There is no order yet",
		"pairs":            "Every comparison of two agrees with the order",
		"pairs, against":   "9 pairs speak against the order",
		"multiples":        "“A” comes first in 1 of 2 villages",
		"multiples, all":   "“A” comes first in 1 group",
		"multiples, tied":  "The first problems of 1 village",
		"gaps":             "Аялдар / Эркектер: 1 contested problem – “B”",
		"gaps, none":       "18–28 / 61+: no problem is contested",
		"gaps, nothing":    "There is no order yet",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTablesCarryHowSureAnOrderIs(t *testing.T) {
	all := honest(speaking(t, "en"))
	for _, c := range []struct {
		figure string
		at     int
		want   []string
	}{
		{"sure", 4, []string{"1", "2", "3–5", "3–5", "3–5"}},
		{"sure", 5, []string{"1", "2", "3", "3", "3"}},
		{"ladder", 2, []string{"1", "2", "3–5", "3–5", "3–5"}},
		{"ladder", 3, []string{"1–2", "1–2", "3–4", "3–5", "4–5"}},
		{"slope", 1, []string{"1", "5", "2", "3=", "3="}},
		{"slope", 2, []string{"5", "1", "4", "2", "3"}},
		{"pairs, against", 2, []string{"", "57 !", "64 !", "71 !", "78 !"}},
		{"gaps", 3, []string{"−80", "+5", "–"}},
		{"multiples", 1, []string{"40", "–", "40"}},
	} {
		if diff := cmp.Diff(c.want, column(all[c.figure], c.at)); diff != "" {
			t.Errorf("%s, column %d: %s", c.figure, c.at, diff)
		}
	}
}

// What wins more than half must not read as half, or an outlined cell would look like a mistake.
func TestMoreThanHalfNeverReadsAsHalf(t *testing.T) {
	l := speaking(t, "en")
	for share, want := range map[*big.Rat]string{big.NewRat(1, 2): "50", big.NewRat(502, 1000): "50.2", big.NewRat(50001, 100000): "50.001", big.NewRat(3, 4): "75"} {
		if got := wonText(l, share); got != want {
			t.Errorf("%v reads as %s, not %s", share, got, want)
		}
	}
}

func TestEqualsAreNotAgainstTheOrder(t *testing.T) {
	f := Pairwise(speaking(t, "en"), lettered, listOf(50, 50), []data.ID{id(1), id(2)}, func(i, j int) *big.Rat { return big.NewRat(int64(40+20*i), 100) }, "x")
	if f.Heading != "Every comparison of two agrees with the order" {
		t.Error(f.Heading)
	}
}

func TestNoMoreThanEightLinesStandOut(t *testing.T) {
	f := honest(speaking(t, "en"))["slope, hostile"]
	out := map[string]bool{}
	for _, d := range f.Drawing.Dots {
		if !strings.Contains(d.Class, "faint") {
			out[strings.Split(d.Title, ": ")[0]] = true
		}
	}
	if len(out) == 0 || len(out) > slopeLines {
		t.Errorf("%d lines stand out", len(out))
	}
	if len(f.Table.Head) != 10 || len(f.Table.Rows) != len(hostile)*3 {
		t.Errorf("the table has %d columns and %d rows", len(f.Table.Head), len(f.Table.Rows))
	}
}

func TestNamesAtBothEndsOfASlopeDoNotLieOnEachOther(t *testing.T) {
	eachFigure(t, func(t *testing.T, f Figure) {
		if !strings.HasPrefix(f.ID, "slope") {
			t.Skip("no slope")
		}
		seen := map[string]string{}
		for _, x := range f.Drawing.Texts {
			if !strings.HasSuffix(x.Class, "name") {
				continue
			}
			where := fmt.Sprint(x.Anchor, x.Y)
			if other, ok := seen[where]; ok {
				t.Errorf("%q lies on %q", x.Text, other)
			}
			seen[where] = x.Text
		}
	})
}

func TestHiddenPartsShowNoNumber(t *testing.T) {
	f := honest(speaking(t, "en"))["multiples"]
	row := f.Table.Rows[1]
	if row[0].Text != "Бирдик" || row[1].Text != undefined || row[2].Text != "few" || row[3].Text != undefined {
		t.Errorf("%+v", row)
	}
	said := false
	for _, x := range f.Drawing.Texts {
		said = said || x.Text == "few"
	}
	if !said {
		t.Error("the picture does not say why a part is hidden")
	}
}

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
	rows := SlideRows(l, lettered, listOf(90, 80, 70, 60, 50, 40, 30, 20, 10), Sure{LeftOut, spans(Range{1, 2})}, 99)
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
