package rank

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

func TestVectorOfTheGapBetweenWomenAndMen(t *testing.T) {
	round, e := villageRound(t)
	women, men := Cut{}.BySex()
	gaps := round.Gaps(data.Citizens, women, men, 0.2)
	if len(gaps) != len(e.Gap) {
		t.Fatalf("%d gaps, want %d", len(gaps), len(e.Gap))
	}
	for i, g := range gaps {
		name := []string{"W", "R", "K", "I", "L", "M"}[i]
		if g.Problem != named(name) || g.Gap.Cmp(e.Gap[name].Rat) != 0 {
			t.Errorf("%s: %s, want %s", name, g.Gap, e.Gap[name])
		}
		low, high := byLeaving(&round, data.Citizens, women, men, g.Problem)
		if g.Low.Cmp(low) != 0 || g.High.Cmp(high) != 0 || g.Alone != 0 {
			t.Errorf("%s: from %s to %s, %d alone, want from %s to %s", name, g.Low, g.High, g.Alone, low, high)
		}
	}
	var contested []string
	for i, g := range gaps {
		if g.Contested {
			contested = append(contested, []string{"W", "R", "K", "I", "L", "M"}[i])
		}
	}
	// Lights are 0.26 apart, but not without the young men.
	if !slices.Equal(contested, []string{"W", "R", "K", "I", "M"}) {
		t.Errorf("contested are %v", contested)
	}
	if all := spread(&round, data.Citizens, Cut{}); len(all) != len(e.Spread) {
		t.Errorf("%d spreads", len(all))
	} else {
		for name, want := range e.Spread {
			if got := all[named(name)]; math.Abs(got-want) > 1e-9 {
				t.Errorf("groups spread by %g about %s, want %g", got, name, want)
			}
		}
	}
}

// byLeaving counts whole rankings, one without each group of either side, both as
// if it had never met and with all others weighing what they weigh, and finds the
// smallest and the largest gap; nil where some group cannot be left out.
func byLeaving(r *Round, view data.View, one, other Cut, p data.ID) (low, high *big.Rat) {
	gap := func(r *Round) *big.Rat {
		a, b := scores(r.Count(view, one))[p], scores(r.Count(view, other))[p]
		if a == nil || b == nil {
			return nil
		}
		return new(big.Rat).Sub(a, b)
	}
	low = gap(r)
	high = low
	for i := range r.Voices {
		rest := *r
		rest.Voices = slices.Clone(r.Voices)
		rest.Voices[i].Stays = Silent
		x, y := scoreBut(r, view, one, i, p), scoreBut(r, view, other, i, p)
		if x == nil || y == nil {
			return nil, nil
		}
		for _, g := range []*big.Rat{gap(&rest), x.Sub(x, y)} {
			if g == nil {
				return nil, nil
			}
			if g.Cmp(low) < 0 {
				low = g
			}
			if g.Cmp(high) > 0 {
				high = g
			}
		}
	}
	return low, high
}

// scoreBut is the mean of what all voices but one say of a problem, each by the
// weight that it has beside that one; nil where nobody is left.
func scoreBut(r *Round, view data.View, cut Cut, but int, p data.ID) *big.Rat {
	c := r.gather(view, cut, r.Named())
	sum, all := new(big.Rat), new(big.Rat)
	for i, w := range c.weigh(view, cut) {
		if v := c.scored[i]; c.at[i] != but && w.Sign() > 0 {
			share := big.NewRat(int64(v.score(p, len(c.named))), int64(v.den(len(c.named))))
			sum.Add(sum, share.Mul(share, w))
			all.Add(all, w)
		}
	}
	if all.Sign() == 0 {
		return nil
	}
	return sum.Quo(sum, all)
}

// drawManyGroups draws a round in which most sides have several groups.
func drawManyGroups(t *rapid.T) Round {
	ids := drawProblems[:rapid.IntRange(2, 4).Draw(t, "problems")]
	var meetings []meeting
	for i := range rapid.IntRange(4, 8).Draw(t, "meetings") {
		m := meeting{session: data.Session{ID: num(i + 1), Village: rapid.SampledFrom(drawVillages).Draw(t, "village"), Form: data.Ballots}}
		for _, g := range drawGroups[:4] {
			favourite := ids[rapid.IntRange(0, len(ids)-1).Draw(t, "favourite")]
			s := speaker{group: g, n: rapid.IntRange(1, 9).Draw(t, "people"), ballots: []data.Ballot{drawBallot(t, ids, data.Ballots)}}
			for range s.n - 1 {
				s.ballots = append(s.ballots, data.Ballot{{Problem: favourite, Place: 1}})
			}
			if rapid.IntRange(0, 2).Draw(t, "came") > 0 {
				m.speakers = append(m.speakers, s)
			}
		}
		meetings = append(meetings, m)
	}
	round := Round{Voices: voicesOf(t, meetings, nil), Problems: append(slices.Clone(ids), named("Z")), Scheme: drawScheme, Rule: data.Rule{Rho: 0.2}}
	for _, village := range drawVillages {
		for _, g := range drawGroups[:4] {
			n := rapid.SampledFrom([]int{0, 7, 120, 333}).Draw(t, "residents")
			round.Population = append(round.Population, data.Population{Village: village, Sex: g.Sex, Band: g.Band, People: n})
		}
	}
	return round
}

func TestGapsAreThoseOfWholeRankings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round := drawManyGroups(t)
		if rapid.Bool().Draw(t, "margins only") {
			round.Population = []data.Population{
				{Village: drawVillages[0], Sex: data.Female, People: 90}, {Village: drawVillages[0], Sex: data.Male, People: 60},
				{Village: drawVillages[0], Band: "18-28", People: 50}, {Village: drawVillages[0], Band: "61+", People: 100}}
		}
		one, other := Cut{}.BySex()
		switch rapid.IntRange(0, 3).Draw(t, "sides") {
		case 0:
			one, other = drawCut(t), drawCut(t) // any two, even with groups in common
		case 1:
			one, other, _ = Cut{}.ByAge(drawScheme, 29)
		}
		view := rapid.SampledFrom(data.Views).Draw(t, "view")
		a, b := scores(round.Count(view, one)), scores(round.Count(view, other))
		gaps := round.Gaps(view, one, other, 0.2)
		if (len(a) < 2 || len(b) < 2) != (gaps == nil) {
			t.Fatalf("%d and %d scores, gaps %v", len(a), len(b), gaps)
		}
		limit := big.NewRat(1, 5)
		for _, g := range gaps {
			want := new(big.Rat).Sub(a[g.Problem], b[g.Problem])
			low, high := byLeaving(&round, view, one, other, g.Problem)
			if g.Gap.Cmp(want) != 0 || g.One.Cmp(a[g.Problem]) != 0 || g.Other.Cmp(b[g.Problem]) != 0 || (g.Alone > 0) != (low == nil) {
				t.Fatalf("got %+v, want %s", g, want)
			}
			if low != nil && (g.Low.Cmp(low) != 0 || g.High.Cmp(high) != 0) || g.Low.Cmp(g.Gap) > 0 || g.High.Cmp(g.Gap) < 0 {
				t.Fatalf("from %s to %s, want from %s to %s", g.Low, g.High, low, high)
			}
			wide := new(big.Rat).Abs(want).Cmp(limit) >= 0 && g.Low.Sign() == g.High.Sign() && g.Low.Sign() != 0
			if g.Contested != (wide && low != nil) || g.Untried != (wide && low == nil) {
				t.Fatalf("wide %v: %+v", wide, g)
			}
		}
		for _, g := range round.Gaps(view, other, one, 0.2) { // turned round
			back := new(big.Rat).Neg(g.Gap)
			if i := slices.IndexFunc(gaps, func(h Gap) bool { return h.Problem == g.Problem }); gaps[i].Gap.Cmp(back) != 0 || gaps[i].Contested != g.Contested {
				t.Fatalf("%+v, the other way %+v", gaps[i], g)
			}
		}
	})
}

// A gap that rests on one group is told, but nothing is called contested: nobody
// knows whether it would be.
func TestAGapThatRestsOnOneGroup(t *testing.T) {
	m := meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{
		{group: data.Group{Sex: data.Female, Band: "18-28"}, n: 3, ballots: profile("3 A B C")},
		{group: data.Group{Sex: data.Male, Band: "18-28"}, n: 2, ballots: profile("2 C B A")},
		{group: data.Group{Sex: data.Male, Band: "61+"}, n: 4, ballots: profile("4 C A B")},
	}}
	round := Round{Voices: m.voices(t, nil), Problems: problems("A B C Z"), Scheme: drawScheme}
	women, men := Cut{}.BySex()
	gaps := round.Gaps(data.People, women, men, 0.2)
	if len(gaps) != 3 {
		t.Fatalf("got %+v", gaps)
	}
	for i, want := range []string{"2/3", "1/3", "-1"} {
		if g := gaps[i]; g.Gap.Cmp(fraction(t, want)) != 0 || g.Alone != 1 || g.Contested || g.Untried != (i != 1) {
			t.Errorf("got %+v, want a gap of %s", g, want)
		}
	}
	if gaps[0].Low.Cmp(big.NewRat(1, 2)) != 0 || gaps[0].High.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("from %s to %s", gaps[0].Low, gaps[0].High)
	}
	young, old, ok := Cut{}.ByAge(drawScheme, 29)
	if !ok || !slices.Equal(*young.Bands, []data.Band{"18-28"}) || !slices.Equal(*old.Bands, []data.Band{"61+"}) {
		t.Errorf("young %v, old %v", young.Bands, old.Bands)
	}
	if _, _, ok := (Cut{}).ByAge(drawScheme, 28); ok {
		t.Error("a band that ends at 28 does not end before 28")
	}
	if _, _, ok := (Cut{}).ByAge(data.Scheme{Sexes: true}, 29); ok {
		t.Error("a scheme without bands has young and old")
	}
}

// Several bands together are counted as their residents weigh: the same as the
// round of those bands alone.
func TestBandsTogetherAreTheRoundOfTheseBands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		bands := rapid.SliceOfNDistinct(rapid.SampledFrom(drawScheme.Bands), 0, 2, rapid.ID).Draw(t, "bands")
		alone := round
		alone.Voices, alone.Population = slices.Clone(round.Voices), nil
		for i := range alone.Voices {
			if v := &alone.Voices[i]; v.Mixed || !slices.Contains(bands, v.Group.Band) {
				v.Stays = Silent
			}
		}
		for _, row := range round.Population {
			if slices.Contains(bands, row.Band) {
				alone.Population = append(alone.Population, row)
			}
		}
		alone.Scheme.Bands = bands
		for _, view := range data.Views {
			if view == data.Citizens && len(bands) == 0 {
				continue // nobody lives there
			}
			a, b := scores(round.Count(view, Cut{Bands: &bands})), scores(alone.Count(view, Cut{}))
			if !same(a, b) {
				t.Fatalf("%s of %v: %v, alone %v", view, bands, a, b)
			}
		}
	})
}

func BenchmarkGaps(b *testing.B) {
	for _, view := range data.Views {
		b.Run(string(view), func(b *testing.B) {
			round := benchRound(b, data.Ballots, 40, 20)
			women, men := Cut{}.BySex()
			b.ReportAllocs()
			for b.Loop() {
				if gaps := round.Gaps(view, women, men, 0.2); view != data.Citizens && len(gaps) != 20 {
					b.Fatalf("%d gaps", len(gaps))
				}
			}
		})
	}
}

// spread is how far the groups of a cut are from its score of each problem: the
// standard deviation of their scores, weighted as the view weighs groups; nil where
// fewer than two groups count or fewer than two problems are named.
func spread(r *Round, view data.View, cut Cut) map[data.ID]float64 {
	p := r.panel(view, cut)
	if p.reason() != "" {
		return nil
	}
	spread, mean := map[data.ID]float64{}, p.mean(p.weights)
	for j, problem := range p.named {
		sum, total := 0.0, 0.0
		for k, weight := range p.weights {
			w, _ := weight.Float64()
			off := p.shares[k][j] - mean[j]
			sum += w * off * off
			total += w
		}
		spread[problem] = math.Sqrt(sum / total)
	}
	return spread
}
