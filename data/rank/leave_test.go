package rank

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// villageRound is the round of the worked example.
func censusVillage(t *testing.T) (Round, map[string][2]int) {
	t.Helper()
	var v struct {
		Input struct {
			Groups map[string]struct {
				N, Census int
				Ballots   []bloc
			}
		}
		Expected struct {
			Range     map[string][2]int `json:"rank_range_over_loo"`
			Effective float64           `json:"n_eff_kish"`
		}
	}
	vector(t, "village-end-to-end", &v)
	round := Round{Problems: problems("W R K I L M"), Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-35", "36+"}}}
	for name, g := range v.Input.Groups {
		s := data.Session{ID: named(name), Village: num(1), Form: data.Ballots, Top: 3}
		m := meeting{session: s, speakers: []speaker{{group: villageGroups[name], n: g.N, ballots: ballotsOf(g.Ballots)}}}
		round.Voices = append(round.Voices, m.voices(t, nil)...)
		round.Population = append(round.Population, data.Population{Village: num(1), Sex: villageGroups[name].Sex, Band: villageGroups[name].Band, People: g.Census})
	}
	if got := round.Count(data.Citizens, Cut{}).Effective; got-v.Expected.Effective > 1e-9 || v.Expected.Effective-got > 1e-9 {
		t.Errorf("the effective number of people is %v, want %v", got, v.Expected.Effective)
	}
	return round, v.Expected.Range
}

// The example takes a group away and leaves the other weights as they were: the
// residents it stood for go with it. The ranks are those of the example.
func TestVectorOfLeavingOneGroupOut(t *testing.T) {
	round, want := censusVillage(t)
	p := round.panel(data.Citizens, Cut{})
	got := map[data.ID]Span{}
	for i := range p.named {
		place := p.ranks(p.weights)[i]
		got[p.named[i]] = Span{place, place}
	}
	l := Leave{Spans: got}
	for i := range p.weights {
		weights := slices.Clone(p.weights)
		weights[i] = new(big.Rat)
		l.note(p.named, p.ranks(weights))
	}
	for name, span := range want {
		if got[named(name)] != (Span{span[0], span[1]}) {
			t.Errorf("%s: %v, want %v", name, got[named(name)], span)
		}
	}
}

// A group is left out with those it stands for, and as if it had never met, when
// the other group of its sex stands in: without the young women the old ones stand
// for all 470, and kindergarten may be second. The spans hold both.
func TestAGroupIsLeftOutInBothWays(t *testing.T) {
	round, _ := censusVillage(t)
	l := round.Leave(data.Citizens, Cut{})
	if l.Reason != "" || l.Groups != 4 || len(l.Without) != 0 {
		t.Fatalf("got %+v", l)
	}
	for name, want := range map[string]Span{"W": {1, 3}, "R": {1, 3}, "I": {2, 6}, "M": {2, 6}, "K": {2, 6}, "L": {3, 6}} {
		if got := l.Spans[named(name)]; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Without the only group of women there is no order of all residents as if it had
// never met. The group is named, and not passed over.
func TestAGroupWithoutWhichThereIsNoOrderIsNamed(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, youngMen, 4, "A"), wanting(3, oldMen, 9, "B"))
	l := round.Leave(data.Citizens, Cut{})
	if l.Reason != "" || l.Groups != 3 || len(l.Without) != 1 || l.Without[0].Group != youngWomen || l.Spans[a] != (Span{1, 2}) || l.Spans[b] != (Span{1, 2}) {
		t.Errorf("got %+v", l)
	}
	if l := round.Leave(data.People, Cut{}); l.Reason != "" || len(l.Without) != 0 || l.Spans[a] != (Span{1, 2}) || l.Spans[b] != (Span{1, 2}) {
		t.Errorf("people: %+v", l)
	}
	both := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, youngMen, 4, "A"))
	if l := both.Leave(data.Citizens, Cut{}); l.Reason != "" || len(l.Without) != 2 || l.Groups != 2 || l.Spans[a] != (Span{1, 1}) {
		t.Errorf("neither has anybody to stand in: %+v", l)
	}
}

func TestWhereNoGroupCanBeLeftOut(t *testing.T) {
	alone := residentsRound(t, nil, wanting(1, youngWomen, 3, "A"))
	if l := alone.Leave(data.People, Cut{}); l.Reason != "groups" || l.Spans != nil {
		t.Errorf("one group: %+v", l)
	}
	if l := alone.Leave(data.Citizens, Cut{}); l.Reason != "nothing" || l.Spans != nil {
		t.Errorf("no figures of residents: %+v", l)
	}
	if l := (&Round{}).Leave(data.People, Cut{}); l.Reason != "nothing" {
		t.Errorf("nobody: %+v", l)
	}
	one := alone
	one.Problems = problems("A")
	if l := one.Leave(data.People, Cut{}); l.Reason != "problems" {
		t.Errorf("one problem: %+v", l)
	}
}

// placesOf are the places of scores; equals may have any of those they share.
func placesOf(scores map[data.ID]*big.Rat) map[data.ID]Span {
	places := map[data.ID]Span{}
	for p, s := range scores {
		at := Span{1, 0}
		for _, other := range scores {
			switch other.Cmp(s) {
			case 1:
				at.Best++
				at.Worst++
			case 0:
				at.Worst++
			}
		}
		places[p] = at
	}
	return places
}

// Spans are the best and the worst place of the order counted by hand, over the
// whole and without each voice; a voice that stands for nobody moves nothing.
func TestSpansAreThoseCountedByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, hand := drawRound(t)
		view, cut := rapid.SampledFrom(data.Views).Draw(t, "view"), drawCut(t)
		want := map[data.ID]Span{}
		for p, place := range placesOf(hand.scores(view, cut)) {
			want[p] = place
		}
		without := 0
		for i, v := range hand.voices {
			if v.stays != Counts || !cut.takes(v) || v.mixed && cut.parts() {
				continue
			}
			rest := hand
			rest.voices = slices.Clone(hand.voices)
			rest.voices[i].stays = Silent
			places := placesOf(rest.scores(view, cut))
			if len(places) == 0 {
				without++
			}
			for _, places := range []map[data.ID]Span{places, placesOf(hand.scoresBut(view, cut, i))} {
				for p, place := range places {
					want[p] = Span{min(want[p].Best, place.Best), max(want[p].Worst, place.Worst)}
				}
			}
		}
		l := round.Leave(view, cut)
		if l.Reason != "" {
			if l.Spans != nil || len(l.Without) > 0 {
				t.Fatalf("got %+v", l)
			}
			return
		}
		if !maps.Equal(l.Spans, want) || len(l.Without) != without || l.Groups != round.Count(view, cut).Voices {
			t.Fatalf("%+v, by hand %v and %d without", l, want, without)
		}
	})
}

func BenchmarkLeave(b *testing.B) {
	for _, size := range [][2]int{{40, 20}, {400, 73}} {
		for _, form := range []data.Form{data.Ballots, data.Tally} {
			for _, view := range data.Views {
				b.Run(fmt.Sprintf("%dx%d/%s/%s", size[0], size[1], form, view), func(b *testing.B) {
					round := benchRound(b, form, size[0], size[1])
					if view == data.Citizens && size[0] < 100 { // few groups do not fill 23 villages
						for i := range round.Voices {
							round.Voices[i].Village = num(1)
						}
						round.Population = round.Population[:10]
					}
					for b.Loop() {
						if l := round.Leave(view, Cut{}); l.Reason != "" {
							b.Fatalf("%+v", l)
						}
					}
				})
			}
		}
	}
}
