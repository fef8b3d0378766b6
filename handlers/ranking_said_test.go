package handlers

import (
	"math/big"
	"testing"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// Two orders that have nothing in common have a W of a half: that is not called
// agreement.
func TestAgreementIsSaidByHowAlikeTwoGroupsAre(t *testing.T) {
	l := inEnglish(t)
	for _, c := range []struct {
		orders [][]int
		want   string
	}{
		{[][]int{{1, 2, 3, 4, 5}, {3, 1, 5, 2, 4}}, "2 groups agree in part (W = 0.65, mean correlation 0.30)."},
		{[][]int{{1, 2, 3, 4, 5}, {2, 5, 3, 1, 4}}, "2 groups agree little (W = 0.50, mean correlation 0.00)."},
		{[][]int{{1, 2, 3, 4, 5}, {2, 1, 3, 5, 4}}, "2 groups largely agree (W = 0.90, mean correlation 0.80)."},
		{[][]int{{1, 2, 3, 4, 5}, {3, 1, 2, 5, 4}}, "2 groups largely agree (W = 0.80, mean correlation 0.60)."},
		{[][]int{{1, 2, 3, 4, 5}, {3, 1, 4, 5, 2}}, "2 groups agree little (W = 0.60, mean correlation 0.20)."},
	} {
		s := study{accord: rank.Kendall(c.orders, nil)}
		s.accord.P = 0.0004
		if got := s.concord(l); got != c.want+" Orders made at random would agree as much in about 1 of 100 cases." {
			t.Errorf("%v: %s", c.orders, got)
		}
	}
}

// A method that names nobody contradicts nobody; that is not called agreement.
func TestAMethodWithoutAnAnswerDoesNotAgree(t *testing.T) {
	l := inEnglish(t)
	for _, c := range []struct {
		check rank.Check
		want  string
	}{
		{rank.Check{Agree: true, Top: 3}, "All counting methods give the same first 3"},
		{rank.Check{Agree: true, Top: 2, Open: []string{rank.ByKemeny, rank.ByCondorcet}}, "No counting method contradicts the first 2, but no single answer comes from: Kemeny, Condorcet"},
		{rank.Check{Changes: []rank.Change{{By: []string{rank.ByKemeny}}}, Open: []string{rank.ByCondorcet}}, "Counted otherwise, the first places change"},
	} {
		if got, _ := (&study{check: c.check}).badge(l, func(data.ID) string { return "" }); got != c.want {
			t.Errorf("%+v: %s", c.check, got)
		}
	}
}

// Where small groups are left out only together, the sentence says so; and where
// groups may not be named, how many are needed.
func TestTheWallSaysThatSmallGroupsAreLeftOutTogether(t *testing.T) {
	l := inEnglish(t)
	id := data.ID{1}
	first := &rank.Ranking{Places: []rank.Place{{Problem: id, Rank: 1, Score: big.NewRat(1, 2)}}}
	for worst, want := range map[int]string{1: "Water stays first whichever group is left out", 3: "Water is first, and never below rank 3 whichever group is left out"} {
		s := study{leave: rank.Leave{Spans: map[data.ID]rank.Span{id: {Best: 1, Worst: worst}}}}
		if got := s.lead(l, func(data.ID) string { return "Water" }, first); got != want+"." {
			t.Error(got)
		}
		s.together = true
		if got := s.lead(l, func(data.ID) string { return "Water" }, first); got != want+" (small ones together)." {
			t.Error(got)
		}
	}
	s := study{leave: rank.Leave{Alone: 2}}
	if got := s.needed(l, nil); len(got) != 1 || got[0] != l.T("ranking.sure.alone", "n", 2) {
		t.Error(got)
	}
	if got := (&study{}).needed(l, nil); got != nil {
		t.Error(got)
	}
}

// A set of places that holds at nine of ten is not "every time".
func TestASetOfOnePlaceIsOnlyThatPlace(t *testing.T) {
	if got := placeWords(inEnglish(t), chart.Range{Best: 1, Worst: 1}); got != "only first" {
		t.Error(got)
	}
}

func inEnglish(t *testing.T) *lang.Lang {
	t.Helper()
	all, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := all.Get("en")
	return l
}
