package rank

import (
	"math/big"
	"reflect"
	"slices"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sameRanking tells whether two rankings say the same of every problem, in
// whatever order equals stand.
func sameRanking(a, b Ranking) bool {
	places := func(r Ranking) map[data.ID]Place {
		m := map[data.ID]Place{}
		for _, p := range r.Places {
			m[p.Problem] = p
		}
		return m
	}
	return a.N == b.N && a.Voices == b.Voices && a.Reason == b.Reason && a.Unplaced == b.Unplaced && len(a.Out) == len(b.Out) &&
		cmp.Equal(a.Unheard, b.Unheard) && slices.Equal(a.Omitted, b.Omitted) && slices.Equal(a.Whole, b.Whole) && same(scores(a), scores(b)) && equalAdded(added(a), added(b)) && len(places(a)) == len(places(b)) &&
		!slices.ContainsFunc(a.Places, func(p Place) bool {
			q := places(b)[p.Problem]
			return p.Rank != q.Rank || p.Tied != q.Tied || p.Named != q.Named || p.Of != q.Of || (p.Mentions == nil) != (q.Mentions == nil) || (p.First == nil) != (q.First == nil)
		})
}

// Nothing depends on the order in which ballots were cast, groups came,
// sessions were held, or problems and figures are listed.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meetings, ids := drawMeetings(t)
		hand := handRound{population: map[stratum]int{{drawVillages[0], data.Female, "18-28"}: 70, {drawVillages[0], data.Female, "61+"}: 30, {drawVillages[0], data.Male, "18-28"}: 50, {drawVillages[0], data.Male, "61+"}: 44}}
		round := Round{Voices: voicesOf(t, meetings, nil), Problems: ids, Scheme: drawScheme, Population: hand.rows(), Rule: data.Rule{Rho: 0.2}}
		var turned []meeting
		for _, m := range rapid.Permutation(meetings).Draw(t, "sessions") {
			m.speakers = rapid.Permutation(m.speakers).Draw(t, "groups")
			for i, s := range m.speakers {
				m.speakers[i].ballots = rapid.Permutation(s.ballots).Draw(t, "ballots")
			}
			turned = append(turned, m)
		}
		again := round
		again.Voices = voicesOf(t, turned, nil)
		again.Problems = rapid.Permutation(ids).Draw(t, "problems")
		again.Population = rapid.Permutation(round.Population).Draw(t, "figures")
		cut := drawCut(t)
		for _, view := range data.Views {
			if a, b := round.Count(view, cut), again.Count(view, cut); !sameRanking(a, b) {
				t.Fatalf("%s: %+v, in another order %+v", view, a, b)
			}
		}
	})
}

// The same sheet makes the same voices in the same order every time.
func TestVoicesKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meetings, _ := drawMeetings(t)
		if a, b := voicesOf(t, meetings, nil), voicesOf(t, meetings, nil); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v, once more %+v", a, b)
		}
	})
}

// With rho = 0 it does not matter whether people sat in one group or in two
// halves of it: people and residents come to the same.
func TestHalvesOfAGroupAreTheGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom([]data.Form{data.Tally, data.Ballots, data.Scores}).Draw(t, "form")
		rest, ids := drawMeetings(t)
		halved := drawMeeting(t, 11, ids, []data.Form{form})
		other, whole := halved, halved
		other.session.ID = num(12)
		whole.speakers = nil
		for _, s := range halved.speakers {
			double := s
			double.n, double.ballots, double.hands = 2*s.n, append(slices.Clone(s.ballots), s.ballots...), map[data.ID]int{}
			for p, n := range s.hands {
				double.hands[p] = 2 * n
			}
			whole.speakers = append(whole.speakers, double)
		}
		population := handRound{population: map[stratum]int{}}
		for _, g := range drawGroups[:4] {
			population.population[stratum{halved.session.Village, g.Sex, g.Band}] = rapid.IntRange(0, 90).Draw(t, "residents")
		}
		one := Round{Voices: voicesOf(t, append(rest, whole), nil), Problems: ids, Scheme: drawScheme, Population: population.rows()}
		two := one
		two.Voices = voicesOf(t, append(rest, halved, other), nil)
		cut := drawCut(t)
		cut.Session = nil
		for _, view := range []data.View{data.People, data.Citizens} {
			if a, b := one.Count(view, cut), two.Count(view, cut); a.N != b.N || !same(scores(a), scores(b)) {
				t.Fatalf("%s: one group %v, two halves %v", view, scores(a), scores(b))
			}
		}
	})
}

// Ten times the people and ten times the residents change no score.
func TestTenTimesTheWeightsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t, data.Ballots, data.Scores, data.Order, data.Pairs)
		round.Rule.Rho = 0
		ten := round
		ten.Voices, ten.Population = slices.Clone(round.Voices), slices.Clone(round.Population)
		people, residents := rapid.Bool().Draw(t, "people"), rapid.Bool().Draw(t, "residents")
		for i := range ten.Voices {
			if people {
				ten.Voices[i].N *= 10
			}
		}
		for i := range ten.Population {
			if residents {
				ten.Population[i].People *= 10
			}
		}
		for _, view := range data.Views {
			if a, b := scores(round.Count(view, Cut{})), scores(ten.Count(view, Cut{})); !same(a, b) {
				t.Fatalf("%s: %v, ten times %v", view, a, b)
			}
		}
	})
}

// drawFull draws ballots that put every problem in its own place or in ties.
func drawFull(t *rapid.T, ids []data.ID) (ballots []data.Ballot) {
	for range rapid.IntRange(1, 8).Draw(t, "ballots") {
		var choices []data.Choice
		for _, p := range ids {
			choices = append(choices, data.Choice{Problem: p, Place: rapid.IntRange(1, len(ids)).Draw(t, "place")})
		}
		ballots = append(ballots, data.NewBallot(choices))
	}
	return ballots
}

func TestBallotsTurnedRoundTurnTheScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := drawProblems[:rapid.IntRange(2, 5).Draw(t, "problems")]
		ballots := drawFull(t, ids)
		var turned []data.Ballot
		for _, b := range ballots {
			b = slices.Clone(b)
			for i := range b {
				b[i].Place = -b[i].Place
			}
			turned = append(turned, data.NewBallot(b))
		}
		forth, back := one(t, ballots, ids), one(t, turned, ids)
		there := scores(back.Count(data.People, Cut{}))
		for p, s := range scores(forth.Count(data.People, Cut{})) {
			if sum := new(big.Rat).Add(s, there[p]); sum.Cmp(big.NewRat(1, 1)) != 0 {
				t.Fatalf("%s and %s", s, there[p])
			}
		}
	})
}

// A problem that everybody puts last leaves the others in their order, where
// all ballots are full.
func TestALastProblemKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := drawProblems[:rapid.IntRange(2, 4).Draw(t, "problems")]
		ballots := drawFull(t, ids)
		var more []data.Ballot
		for _, b := range ballots {
			more = append(more, data.NewBallot(append(slices.Clone(b), data.Choice{Problem: named("Z"), Place: 99})))
		}
		few := one(t, ballots, ids)
		many := one(t, more, append(slices.Clone(ids), named("Z")))
		a, b := few.Count(data.People, Cut{}), many.Count(data.People, Cut{})
		for i, p := range a.Places {
			if q := b.Places[i]; p.Problem != q.Problem || p.Rank != q.Rank {
				t.Fatalf("%+v became %+v", a.Places, b.Places)
			}
		}
		if last := b.Places[len(ids)]; last.Problem != named("Z") || last.Score.Sign() != 0 {
			t.Fatalf("last is %+v", last)
		}
	})
}

// Merging problems is the same as writing the ballots anew with the problem
// that stands for them.
func TestAMergeIsTheBallotsWrittenAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meetings, ids := drawMeetings(t, data.Ballots, data.Scores, data.Order)
		merges := data.Merges{}
		for i, p := range ids {
			merges[p] = ids[rapid.IntRange(0, i).Draw(t, "stands for it")]
		}
		for _, p := range ids {
			merges[p] = merges.Of(merges.Of(merges.Of(merges.Of(merges[p]))))
		}
		standing := slices.DeleteFunc(slices.Clone(ids), func(p data.ID) bool { return merges.Of(p) != p })
		var anew []meeting
		for _, m := range meetings {
			m.order = recode(m.order, merges, m.session.Form)
			m.speakers = slices.Clone(m.speakers)
			for i := range m.speakers {
				var ballots []data.Ballot
				for _, b := range m.speakers[i].ballots {
					ballots = append(ballots, recode(b, merges, m.session.Form))
				}
				m.speakers[i].ballots = ballots
			}
			anew = append(anew, m)
		}
		merged := Round{Voices: voicesOf(t, meetings, merges), Problems: standing, Scheme: drawScheme}
		recoded := Round{Voices: voicesOf(t, anew, nil), Problems: standing, Scheme: drawScheme}
		cut := drawCut(t)
		for _, view := range data.Views {
			if a, b := merged.Count(view, cut), recoded.Count(view, cut); !sameRanking(a, b) {
				t.Fatalf("%s: merged %+v, written anew %+v", view, a, b)
			}
		}
	})
}

// recode writes a ballot anew: a person who named two problems that are one now
// meant it where it stands better, with the points of both or the higher score.
func recode(b data.Ballot, merges data.Merges, form data.Form) data.Ballot {
	if b == nil {
		return nil
	}
	best := map[data.ID]data.Choice{}
	for _, c := range b {
		c.Problem = merges.Of(c.Problem)
		if was, twice := best[c.Problem]; twice {
			c.Place = min(c.Place, was.Place)
			if form == data.Scores {
				c.Points = max(c.Points, was.Points)
			} else {
				c.Points += was.Points
			}
		}
		best[c.Problem] = c
	}
	var choices []data.Choice
	for _, c := range best {
		choices = append(choices, c)
	}
	return data.NewBallot(choices)
}
