package handlers

import (
	"testing"

	"ashar/templates/lang"
)

func TestTheMiddleOfNumbersIsThatOfAllWhoSaidThem(t *testing.T) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := words.Get("en")
	for _, c := range []struct {
		said         map[string]int
		mean, median string
	}{
		{map[string]int{"7": 1}, "7.0", "7"},
		{map[string]int{"1": 2, "10": 1}, "4.0", "1"},
		{map[string]int{"1": 2, "10": 2}, "5.5", "5.5"},
		{map[string]int{"2": 1, "-3": 1, "2.0": 3, "30": 1}, "5.8", "2"},
		{map[string]int{"4": 100000, "": 3, "some": 2}, "4.0", "4"},
	} {
		a := asking{reading: &reading{l: l}}
		if got, want := a.middle(c.said), l.T("survey.middle", "mean", c.mean, "median", c.median); got != want {
			t.Errorf("%v: %q, wanted %q", c.said, got, want)
		}
	}
	if got := (&asking{reading: &reading{l: l}}).middle(map[string]int{"": 9}); got != "" {
		t.Errorf("of no number at all: %q", got)
	}
}
