package chart

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

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
		if diff := cmp.Diff(c.want, Sure{Basis: LeftOut, Ranges: c.ranges}.tiers(listOf(70, 50, 30).Places)); diff != "" {
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
		tiers := Sure{Basis: LeftOut, Ranges: ranges}.tiers(listOf(scores...).Places)
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
	for _, name := range []string{"ladder", "ladder, left out", "ladder, unknown", "ladder, together", "ladder, sure", "gaps, untried", "slope", "slope, nothing", "pairs", "pairs, against", "multiples", "multiples, all", "multiples, tied", "gaps", "gaps, none", "gaps, nothing"} {
		got[name] = all[name].Heading
	}
	want := map[string]string{
		"ladder":           "First place is not sure: 2 problems can take it – “A”, “B”",
		"ladder, left out": "“A” stays first whichever group is left out",
		"ladder, unknown":  "How sure the places are is not known yet",
		"ladder, together": "“A” stays first whichever group is left out (small ones together)",
		"ladder, sure":     "First place is clear: only “A” can take it, by the re-draws and whichever group is left out (small ones together)",
		"gaps, untried":    "Аялдар / Эркектер: 1 wide gap, but it may be one group's alone – “A”",
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
		{"gaps, untried", 5, []string{"?", ""}},
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
			return
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
