package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// lists are what women and men want, the shorter one first.
func lists(n int) []List {
	women, men := List{Name: "Аялдар", N: "24 катышуучу, 3 топ"}, List{Name: "Эркектер", N: "26 катышуучу, 3 топ"}
	for i := range n {
		item := Item{Mark: fmt.Sprint(i + 1), Title: needs[i%len(needs)], Score: fmt.Sprint(90 - i)}
		men.Rows = append(men.Rows, item)
		if i < n-1 {
			item.Mark += "="
			women.Rows = append(women.Rows, item)
		}
	}
	return []List{women, men}
}

func TestListsStandBesideEachOtherWithLevelRows(t *testing.T) {
	sheets, err := layOut(Document{Title: "a", Sections: []Section{{Heading: "b", Lists: lists(8)}}})
	if err != nil || len(sheets) != 1 {
		t.Fatal(len(sheets), err)
	}
	at := map[string]words{}
	for _, w := range shown(sheets[0]) {
		at[w.text] = w
	}
	if at["Аялдар"].y != at["Эркектер"].y || at["Аялдар"].x >= short/2 || at["Эркектер"].x < short/2 {
		t.Errorf("names at %+v and %+v", at["Аялдар"], at["Эркектер"])
	}
	for i := range 7 {
		hers, his := at[fmt.Sprint(i+1, "=")], at[fmt.Sprint(i+1)]
		if hers.y != his.y || hers.y == 0 || hers.x >= short/2 || his.x < short/2 {
			t.Errorf("row %d at %+v and %+v", i+1, hers, his)
		}
	}
}

func TestLongListsGoOnUnderTheirNames(t *testing.T) {
	both := lists(150)
	for i := range both {
		for j := range both[i].Rows {
			both[i].Rows[j].Title = fmt.Sprintf("problem-%d-%d.", i, j)
		}
	}
	for before := range 50 { // so that the end stands everywhere
		d := Document{Title: "a", Sections: []Section{{Text: []string{strings.Repeat("line\n", before)}}, {Lists: both}}}
		sheets, err := layOut(d)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for i, s := range sheets {
			var order []int // whose rows, as they are written
			names := map[string]int{}
			for _, w := range shown(s) {
				names[w.text]++
				if strings.HasPrefix(w.text, "problem-") {
					seen[w.text] = true
					order = append(order, int(w.text[len("problem-")]))
				}
			}
			if len(order) > 0 && (names["Аялдар"] != 1 || names["Эркектер"] != 1 || !slices.IsSorted(order)) {
				t.Errorf("%d lines before: sheet %d: names %d and %d, rows %d", before, i+1, names["Аялдар"], names["Эркектер"], order)
			}
			if len(order) > 0 && len(order) < 3 {
				t.Errorf("%d lines before: sheet %d has %d rows", before, i+1, len(order))
			}
		}
		if len(seen) != 299 {
			t.Errorf("%d lines before: %d rows of 299", before, len(seen))
		}
	}
}

func TestOneListHasTheWholeWidthAndNoneHasNoPlace(t *testing.T) {
	width := func(s Section) (most float64) {
		sheets, err := layOut(Document{Title: "a", Sections: []Section{s}})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range sheets[0].marks {
			if n, ok := m.(rule); ok && n.stroke.thick == listRule {
				most = max(most, n.x2-n.x1)
			}
		}
		return most
	}
	if got := width(Section{Lists: lists(3)[:1]}); math.Abs(got-room(false)) > .1 {
		t.Errorf("one list is %.0f wide", got)
	}
	if got := width(Section{}); got != 0 {
		t.Errorf("no list is %.0f wide", got)
	}
	if got := width(Section{Lists: []List{{}}}); math.Abs(got-room(false)) > .1 {
		t.Errorf("an empty list is %.0f wide", got)
	}
}

func TestFirstPageSaysWhoWasHeardAndWhatTheyWant(t *testing.T) {
	d := board(t, A4)
	pages := readBack(t, written(t, d))
	first := flat(pages[0])
	for _, want := range []string{d.Title, d.Sections[0].Lead, d.Sections[1].Heading, d.Sections[1].Figure.Heading, d.Sections[2].Heading, "Аялдар Эркектер", "24 катышуучу, 3 топ", "26 катышуучу, 3 топ"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	sheets, err := layOut(d)
	if err != nil {
		t.Fatal(err)
	}
	lead := ""
	for _, w := range shown(sheets[0]) {
		if w.font.size == leadSize {
			lead += " " + w.text
		}
	}
	if flat(lead) != d.Sections[0].Lead || leadSize <= textSize+2 {
		t.Errorf("in the letters of a message: %q", lead)
	}
}
