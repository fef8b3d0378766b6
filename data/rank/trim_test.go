package rank

import (
	"math/big"
	"reflect"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// Young women, 1 who came for 100, and old women, 10 who came for 50, in one
// village: a person stands for 100, or for 5. Ten men stand for 5 each, ten for
// 4. The median of 31 people is 5; at 5 times it nobody stands for more than 25.
// All women together go on standing for 150: 25 and 50 become 50 and 100.
func TestAPersonStandsForSoManyTimesTheMedian(t *testing.T) {
	population := []data.Population{people(youngWomen, 100), people(oldWomen, 50), people(youngMen, 50), people(oldMen, 40)}
	round := residentsRound(t, population, wanting(1, youngWomen, 1, "A"), wanting(2, oldWomen, 10, "B"), wanting(3, youngMen, 10, "A"), wanting(4, oldMen, 10, "B"))
	r := round.Count(data.Citizens, Cut{})
	wants(t, "not trimmed", r, "A 150/240 B 90/240")
	if r.Trimmed != 0 {
		t.Errorf("%d voices were trimmed", r.Trimmed)
	}
	round.Rule.Trim = 5
	r = round.Count(data.Citizens, Cut{})
	wants(t, "trimmed", r, "A 100/240 B 140/240")
	if want := 240.0 * 240 / (50*50 + 10*10*10 + 10*5*5 + 10*4*4); r.Trimmed != 1 || r.Effective < want-1e-9 || r.Effective > want+1e-9 {
		t.Errorf("%d voices trimmed, %v effective people, want %v", r.Trimmed, r.Effective, want)
	}
	women := data.Female
	wants(t, "women by the median of all", round.Count(data.Citizens, Cut{Sex: &women}), "A 50/150 B 100/150")
	wants(t, "nobody is trimmed in other views", round.Count(data.People, Cut{}), "A 11/31 B 20/31")
	for _, off := range []float64{0, 0.5, -5} {
		round.Rule.Trim = off
		wants(t, "not trimmed", round.Count(data.Citizens, Cut{}), "A 150/240 B 90/240")
	}
}

// Those who stand for hardly anybody are trimmed too: 40 old men for 2.
func TestAPersonStandsForAPartOfTheMedianAtLeast(t *testing.T) {
	population := []data.Population{people(youngWomen, 50), people(oldWomen, 50), people(youngMen, 40), people(oldMen, 2)}
	round := residentsRound(t, population, wanting(1, youngWomen, 50, "A"), wanting(2, oldWomen, 50, "B"), wanting(3, youngMen, 40, "A"), wanting(4, oldMen, 40, "B"))
	round.Rule.Trim = 5
	r := round.Count(data.Citizens, Cut{}) // 40 and 8 are brought back to 42: 35 and 7
	wants(t, "trimmed", r, "A 85/142 B 57/142")
	if r.Trimmed != 1 {
		t.Errorf("%d voices were trimmed", r.Trimmed)
	}
}

// A voice that is all there is of its sex stands for all of it, trimmed or not:
// nothing changed, and nothing is reported.
func TestTheOnlyVoiceOfASexIsNotTrimmed(t *testing.T) {
	population := []data.Population{people(youngWomen, 900), people(oldWomen, 0), people(youngMen, 10), people(oldMen, 10)}
	round := residentsRound(t, population, wanting(1, youngWomen, 1, "A"), wanting(3, youngMen, 10, "A"), wanting(4, oldMen, 10, "B"))
	round.Rule.Trim = 5
	r := round.Count(data.Citizens, Cut{})
	wants(t, "as it was", r, "A 910/920 B 10/920")
	if r.Trimmed != 0 {
		t.Errorf("%d voices were trimmed", r.Trimmed)
	}
}

// Trimming moves weight inside a village and sex and nowhere else; women and men
// and villages go on adding up; a factor that nobody is beyond changes nothing.
func TestTrimmedResidentsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		plain := round.gather(data.Citizens, Cut{}, round.Named())
		had := plain.weigh(data.Citizens, Cut{})
		round.Rule.Trim = rapid.SampledFrom([]float64{1, 1.5, 2, 5, 1e9}).Draw(t, "factor")
		c := round.gather(data.Citizens, Cut{}, round.Named())
		weights := c.weigh(data.Citizens, Cut{})
		if (weights == nil) != (had == nil) {
			t.Fatal("trimming makes or unmakes an order")
		}
		if weights == nil {
			return
		}
		sums := map[side]*big.Rat{}
		for i, v := range c.scored {
			h, _ := c.home(v)
			addTo(sums, side{h.village, h.sex}, new(big.Rat).Sub(weights[i], had[i]))
			if weights[i].Sign() != had[i].Sign() {
				t.Fatalf("%s became %s", had[i], weights[i])
			}
		}
		for k, d := range sums {
			if d.Sign() != 0 {
				t.Fatalf("%v has %s more", k, d)
			}
		}
		if round.Rule.Trim == 1e9 && (c.ranking.Trimmed != 0 || !reflect.DeepEqual(weights, had)) {
			t.Fatalf("nobody is beyond, and %d were trimmed", c.ranking.Trimmed)
		}
		addsUp(t, &round, c, weights)
	})
}

// addsUp checks that a voice stands for as many in its village and sex as in all.
func addsUp(t *rapid.T, round *Round, c *counting, weights []*big.Rat) {
	t.Helper()
	for _, village := range drawVillages {
		for _, sex := range []data.Sex{data.Female, data.Male} {
			cut := Cut{Village: &village, Sex: &sex}
			part := round.gather(data.Citizens, cut, c.named)
			parts := part.weigh(data.Citizens, cut)
			if parts == nil || c.omits(village) {
				continue
			}
			for i, v := range part.scored {
				if at := slices.Index(c.scored, v); weights[at].Cmp(parts[i]) != 0 {
					t.Fatalf("%s of all, %s in its part", weights[at], parts[i])
				}
			}
		}
	}
}

// Nobody can count for more people than there are.
func TestEffectivePeopleAreNoMoreThanPeople(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		for _, view := range data.Views {
			r := round.Count(view, drawCut(t))
			if ordered := r.Reason == ""; ordered != (r.Effective > 0) || r.Effective > float64(r.N)+1e-9 {
				t.Fatalf("%s: %v of %d, reason %q", view, r.Effective, r.N, r.Reason)
			}
		}
	})
}
