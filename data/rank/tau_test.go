package rank

import (
	"math"
	"math/big"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// standing is a ranking of problems by their ranks; 0 is one without a score.
func standing(ranks ...int) (r Ranking) {
	for i, rank := range ranks {
		p := Place{Problem: data.ID{15: byte(i + 1)}, Rank: rank}
		if rank > 0 {
			p.Score = big.NewRat(int64(100-rank), 100)
		}
		r.Places = append(r.Places, p)
	}
	return r
}

func TestAgreementOfTwoOrders(t *testing.T) {
	for _, c := range []struct {
		a, b    Ranking
		tau     float64
		defined bool
		n       int
		first   bool
	}{
		{standing(1, 2, 3, 4), standing(1, 2, 3, 4), 1, true, 4, true},
		{standing(1, 2, 3, 4), standing(4, 3, 2, 1), -1, true, 4, false},
		{standing(1, 2, 3, 4), standing(2, 1, 3, 4), 4.0 / 6, true, 4, false},
		{standing(1, 2, 2, 4), standing(1, 2, 3, 4), 5 / math.Sqrt(30), true, 4, true},
		{standing(1, 1, 1), standing(1, 2, 3), 0, false, 3, false}, // one says nothing
		{standing(1, 2, 0), standing(0, 1, 2), 0, false, 1, true},  // one in common
		{standing(1, 2, 3, 0), standing(1, 0, 2, 3), 1, true, 2, true},
		{standing(), standing(), 0, false, 0, false},
	} {
		g := Agree(c.a, c.b)
		if math.Abs(g.Tau-c.tau) > 1e-12 || g.Defined != c.defined || g.N != c.n || g.First != c.first {
			t.Errorf("%v and %v: %+v", c.a.Places, c.b.Places, g)
		}
	}
}

func TestAgreementIsTheSameFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "problems")
		draw := func(name string) Ranking {
			return standing(rapid.SliceOfN(rapid.IntRange(0, 5), n, n).Draw(t, name)...)
		}
		a, b := draw("a"), draw("b")
		g, h := Agree(a, b), Agree(b, a)
		if g != h {
			t.Fatalf("%+v and %+v", g, h)
		}
		if g.Tau < -1-1e-9 || g.Tau > 1+1e-9 {
			t.Fatalf("tau %v", g.Tau)
		}
		if own := Agree(a, a); own.Defined && math.Abs(own.Tau-1) > 1e-9 {
			t.Fatalf("with itself %v", own.Tau)
		}
	})
}

func TestVoicesAddedCountAsTheirBallotsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		problems := []data.ID{{15: 1}, {15: 2}, {15: 3}, {15: 4}}
		var whole, first, second Voice
		for range rapid.IntRange(1, 12).Draw(t, "ballots") {
			var said []data.Choice
			for i, p := range problems {
				if place := rapid.IntRange(0, 4).Draw(t, "place"); place > 0 {
					said = append(said, data.Choice{Problem: p, Place: place, Points: i})
				}
			}
			if len(said) == 0 {
				continue
			}
			b := data.NewBallot(said)
			whole.Cast(b)
			if rapid.Bool().Draw(t, "half") {
				first.Cast(b)
			} else {
				second.Cast(b)
			}
		}
		first.Add(&second)
		for _, v := range []*Voice{&whole, &first} {
			v.Form = data.Ballots
		}
		one, other := Round{Voices: []Voice{whole}, Problems: problems}, Round{Voices: []Voice{first}, Problems: problems}
		a, b := one.Count(data.People, Cut{}), other.Count(data.People, Cut{})
		for i := range a.Places {
			x, y := a.Places[i], b.Places[i]
			if x.Problem != y.Problem || x.Rank != y.Rank || (x.Score == nil) != (y.Score == nil) || x.Score != nil && x.Score.Cmp(y.Score) != 0 {
				t.Fatalf("%v and %v", a.Places, b.Places)
			}
		}
	})
}

func TestWeightsAddUpToTheResidents(t *testing.T) {
	village := data.ID{15: 9}
	r := Round{Scheme: data.Scheme{Sexes: true}, Population: []data.Population{{Village: village, Sex: data.Female, People: 300}, {Village: village, Sex: data.Male, People: 100}}}
	for sex, n := range map[data.Sex]int{data.Female: 10, data.Male: 50} {
		r.Voices = append(r.Voices, Voice{Village: village, Group: data.Group{Sex: sex}, Form: data.Ballots, N: n, Ballots: n, Said: SayingsOf(map[data.ID]Said{{1}: {Mentions: n}})})
	}
	weights, left := r.Weights(Cut{})
	if left.Reason != "" || weights == nil {
		t.Fatalf("no weights: %s", left.Reason)
	}
	for i, v := range r.Voices {
		want := map[data.Sex]float64{data.Female: 300, data.Male: 100}[v.Group.Sex]
		if math.Abs(weights[i]-want) > 1e-9 {
			t.Errorf("%s stand for %v residents", v.Group.Sex, weights[i])
		}
	}
	r.Population = nil
	if weights, left := r.Weights(Cut{}); weights != nil || left.Reason != "population" {
		t.Errorf("without a population: %v, %q", weights, left.Reason)
	}
}
