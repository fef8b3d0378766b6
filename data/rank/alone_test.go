package rank

import (
	"slices"
	"testing"

	"ashar/data"
)

// answered are people who answered one by one, by village, sex and band.
func answered(kinds map[[3]string]int) *Round {
	r := &Round{Rule: data.DefaultRule(data.People)}
	for k, n := range kinds {
		r.Voices = append(r.Voices, Voice{Village: data.ID{k[0][0]}, Group: data.Group{Sex: data.Sex(k[1]), Band: data.Band(k[2])}, Form: data.Ballots, N: n, Ballots: n})
	}
	return r
}

func TestAFewWhoAnsweredFollowFromNoBreakdown(t *testing.T) {
	sex, band, village := By{Sex: true}, By{Band: true}, By{Village: true}
	for name, c := range map[string]struct {
		kinds     map[[3]string]int
		shown     []By
		residents bool
	}{
		"nobody":              {nil, nil, false},
		"four":                {map[[3]string]int{{"a", "f", "y"}: 4}, nil, false},
		"enough of each kind": {map[[3]string]int{{"a", "f", "y"}: 5, {"a", "m", "o"}: 5, {"b", "m", "y"}: 5}, []By{{}, sex, band, village, sex.and(band), sex.and(village), band.and(village), finest}, true},
		"one of a third band": {map[[3]string]int{{"a", "m", "y"}: 8, {"a", "m", "o"}: 8, {"a", "m", "x"}: 1}, []By{{}, sex, village}, false},
		"two who do not say":  {map[[3]string]int{{"a", "f", "y"}: 9, {"a", "m", "y"}: 9, {"a", "", ""}: 2}, []By{{}, village}, false},
		// women less those of the one village that is theirs alone would be two of the other
		"women of one village":       {map[[3]string]int{{"a", "f", ""}: 6, {"b", "f", ""}: 2, {"b", "m", ""}: 9}, []By{{}, sex, band}, false},
		"few of two things together": {map[[3]string]int{{"a", "f", "y"}: 3, {"a", "f", "o"}: 3, {"a", "m", "y"}: 9, {"b", "m", "o"}: 3, {"b", "f", "o"}: 9}, []By{{}, sex}, false},
		// the weights of residents would tell the bands of villages apart
		"few of a band in a village": {map[[3]string]int{{"a", "f", "y"}: 5, {"a", "f", "o"}: 5, {"a", "m", "y"}: 3, {"a", "m", "o"}: 5, {"b", "f", "y"}: 5, {"b", "m", "y"}: 5, {"b", "m", "o"}: 3}, []By{{}, sex}, true},
	} {
		a := answered(c.kinds).Alone()
		if !slices.Equal(a.By, c.shown) || a.Residents != c.residents {
			t.Errorf("%s: %+v, wanted %v %v", name, a, c.shown, c.residents)
		}
	}
}

func TestWhatIsShownBesideOthersIsWhatMayBeShownOfBoth(t *testing.T) {
	a := answered(map[[3]string]int{{"a", "f", "y"}: 9, {"a", "m", "y"}: 9, {"b", "f", "o"}: 9, {"b", "m", "o"}: 9}).Alone()
	some := Alone{By: []By{{}, {Sex: true}}, Residents: true}
	if both := a.And(some); !slices.Equal(both.By, some.By) || !both.Residents {
		t.Errorf("%+v", both)
	}
	if none := a.And(Alone{}); len(none.By) > 0 || none.Residents {
		t.Errorf("%+v", none)
	}
	female, village := data.Female, data.ID{'a'}
	for cut, want := range map[Cut][2]bool{{}: {true, true}, {Sex: &female}: {true, false}, {Village: &village}: {false, false}, {Session: &village}: {false, false}} {
		if people, residents := some.Shows(data.People, cut), some.Shows(data.Citizens, cut); people != want[0] || residents != want[1] {
			t.Errorf("%+v: %v %v", cut, people, residents)
		}
	}
	if !a.Shows(data.Citizens, Cut{Sex: &female}) {
		t.Error("women are enough of each kind")
	}
}
