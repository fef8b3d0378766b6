package rank

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// The same data make the same draws, whatever order groups, problems and figures
// come in; other data make others.
func TestDrawsCanBeRepeated(t *testing.T) {
	round := benchRedraw(t, 12, 6)
	for _, view := range data.Views {
		first := round.Redraw(view, Cut{}, 0.9)
		again := round
		again.Voices, again.Problems, again.Population = slices.Clone(round.Voices), slices.Clone(round.Problems), slices.Clone(round.Population)
		slices.Reverse(again.Voices)
		slices.Reverse(again.Problems)
		slices.Reverse(again.Population)
		if second := again.Redraw(view, Cut{}, 0.9); first.Reason != "" || len(first.Seed) != 32 || !reflect.DeepEqual(first, second) {
			t.Errorf("%s: %+v, in another order %+v", view, first, second)
		}
		again.Voices = again.Voices[1:]
		if second := again.Redraw(view, Cut{}, 0.9); second.Seed == first.Seed {
			t.Errorf("%s: without a group the seed is still %s", view, second.Seed)
		}
	}
}

// Strata are made larger only where one has a single group, and it is said.
func TestStrataAreMadeLargerForWantOfGroups(t *testing.T) {
	there := func(m meeting) meeting {
		m.session.Village = drawVillages[1]
		return m
	}
	all := []meeting{wanting(1, youngWomen, 3, "A"), wanting(2, youngWomen, 3, "B"), wanting(3, oldWomen, 4, "A"), wanting(4, oldWomen, 5, "A"),
		wanting(5, youngMen, 3, "B"), wanting(6, youngMen, 3, "B"), wanting(7, oldMen, 3, "A"), wanting(8, oldMen, 7, "B")}
	for _, c := range []struct {
		meetings     []meeting
		want, reason string
		strata       int
	}{
		{meetings: all, want: "", strata: 4},
		{meetings: all[1:], want: "bands", strata: 2},
		{meetings: []meeting{all[0], there(all[2]), all[4], there(all[6])}, want: "villages", strata: 2},
		{meetings: []meeting{all[0], all[2], all[4]}, reason: "groups"},
	} {
		round := residentsRound(t, census, c.meetings...)
		d := round.Redraw(data.Groups, Cut{}, 0)
		if d.Reason != c.reason || d.Collapsed != c.want || d.Strata != c.strata || d.Level != 0.9 {
			t.Errorf("%d meetings: %+v", len(c.meetings), d)
		}
		if c.reason != "" && (d.Sets != nil || d.Top3 != nil || d.First != nil || d.Frames != nil || d.Draws != 0 || d.Seed != "") {
			t.Errorf("nothing was drawn, and yet %+v", d)
		}
	}
}

func TestWhereNothingCanBeDrawn(t *testing.T) {
	round := residentsRound(t, nil, wanting(1, youngWomen, 3, "A"), wanting(2, youngWomen, 3, "B"))
	if d := round.Redraw(data.Citizens, Cut{}, 0.9); d.Reason != "nothing" {
		t.Errorf("no figures of residents: %+v", d)
	}
	if d := round.Redraw(data.People, Cut{}, 0.9); d.Reason != "" || d.Groups != 2 || d.Strata != 1 {
		t.Errorf("two groups: %+v", d)
	}
	round.Problems = problems("A")
	if d := round.Redraw(data.People, Cut{}, 0.9); d.Reason != "problems" {
		t.Errorf("one problem: %+v", d)
	}
	if d := (&Round{}).Redraw(data.People, Cut{}, 0.9); d.Reason != "nothing" {
		t.Errorf("nobody: %+v", d)
	}
}

// Three groups of one kind, of which two are drawn: all nine draws by hand. A is
// wanted by two groups of three, so it is first in 4 draws of 9 and ties in 4.
func TestDrawsComeNearToAllDrawsThereAre(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, youngWomen, 3, "A"), wanting(3, youngWomen, 3, "B"))
	d := round.Redraw(data.Groups, Cut{}, 0.9)
	if want := 6.0 / 9; math.Abs(d.First[a]-want) > 0.03 || math.Abs(d.First[a]+d.First[b]-1) > 1e-9 {
		t.Errorf("A is first in %v, want about %v", d.First[a], want)
	}
	if d.Draws != 2000 || len(d.Frames) != 12 || d.Top3[a] != 1 || d.Sets[a] != (Span{1, 2}) {
		t.Errorf("got %+v", d)
	}
}

// In the view of residents women stay half of them in every draw, however many
// people the drawn groups stood for.
func TestResidentsAddUpInEveryDraw(t *testing.T) {
	half := []data.Population{people(youngWomen, 90), people(oldWomen, 10), people(youngMen, 50), people(oldMen, 50)}
	round := residentsRound(t, half, wanting(1, youngWomen, 3, "A"), wanting(2, oldWomen, 3, "A"), wanting(3, youngMen, 3, "B"), wanting(4, oldMen, 3, "B"))
	d := round.Redraw(data.Citizens, Cut{}, 0.9)
	if d.Collapsed != "bands" || d.Groups != 4 || d.Strata != 2 {
		t.Fatalf("got %+v", d)
	}
	for _, frame := range d.Frames {
		if math.Abs(frame[0]-0.5) > 1e-12 || math.Abs(frame[1]-0.5) > 1e-12 {
			t.Errorf("all women want A and all men B, and A has %v", frame)
		}
	}
	if d.Sets[a] != (Span{1, 2}) || d.First[a] != 0.5 {
		t.Errorf("got %+v", d)
	}
}

// Whatever is drawn is inside the list, adds up, and holds the place that the
// count gives; the order of voices does not matter.
func TestDrawsHoldTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		more, _ := drawMeetings(t)
		for i := range more {
			more[i].session.ID = num(20 + i)
		}
		round.Voices, round.Problems = append(round.Voices, voicesOf(t, more, nil)...), drawProblems
		view := rapid.SampledFrom(data.Views).Draw(t, "view")
		var cut Cut
		if rapid.Bool().Draw(t, "a part") {
			cut = drawCut(t)
		}
		d := round.Redraw(view, cut, rapid.SampledFrom([]float64{0.5, 0.9, 0.99}).Draw(t, "level"))
		again := round
		again.Voices = rapid.Permutation(round.Voices).Draw(t, "voices")
		if !reflect.DeepEqual(d, again.Redraw(view, cut, d.Level)) {
			t.Fatal("another order of voices makes other draws")
		}
		if d.Reason != "" {
			return
		}
		holdsOrder(t, d, round.Count(view, cut))
	})
}

// holdsOrder checks draws against the count.
func holdsOrder(t *rapid.T, d Redraw, r Ranking) {
	t.Helper()
	first, top3 := 0.0, 0.0
	for _, p := range r.Places {
		set, scored := d.Sets[p.Problem]
		if scored != (p.Score != nil) || scored && (set.Best < 1 || set.Worst > len(d.Problems) || !set.Contains(p.Rank)) {
			t.Fatalf("%+v is not in %v", p, set)
		}
		if f, g := d.First[p.Problem], d.Top3[p.Problem]; !(0 <= f && f <= g+1e-12 && g <= 1+1e-12) {
			t.Fatalf("first in %v, among three in %v", f, g)
		}
		first, top3 = first+d.First[p.Problem], top3+d.Top3[p.Problem]
	}
	if math.Abs(first-1) > 1e-9 || math.Abs(top3-float64(min(3, len(d.Problems)))) > 1e-9 {
		t.Fatalf("%v are first, %v among three", first, top3)
	}
	for _, frame := range d.Frames {
		sum := 0.0
		for _, s := range frame {
			sum += s
		}
		if math.Abs(sum-float64(len(d.Problems))/2) > 1e-9 {
			t.Fatalf("the scores of a draw add up to %v", sum)
		}
	}
}

// benchRedraw is a round of one village whose every kind has two groups or more.
func benchRedraw(t tester, groups, projects int) Round {
	t.Helper()
	round := Round{Scheme: drawScheme, Rule: data.Rule{Rho: 0.2}}
	r := rand.New(rand.NewPCG(5, 6))
	for i := range projects {
		round.Problems = append(round.Problems, num(i+1))
	}
	for i := range groups {
		s := speaker{group: drawGroups[i%4], n: 5 + r.IntN(20)}
		for range s.n {
			s.ballots = append(s.ballots, benchBallot(r, projects))
		}
		m := meeting{session: data.Session{ID: num(i + 1), Village: drawVillages[0], Form: data.Ballots}, speakers: []speaker{s}}
		round.Voices = append(round.Voices, m.voices(t, nil)...)
	}
	for i, row := range census {
		row.People += 10 * i
		round.Population = append(round.Population, row)
	}
	return round
}

// BenchmarkRedraw draws 40 groups 2,000 times, 15 problems.
func BenchmarkRedraw(b *testing.B) {
	round := benchRedraw(b, 40, 15)
	for _, view := range data.Views {
		b.Run(string(view), func(b *testing.B) {
			for b.Loop() {
				if d := round.Redraw(view, Cut{}, 0.9); d.Reason != "" || d.Draws != 2000 {
					b.Fatalf("%+v", d)
				}
			}
		})
	}
}
