package rank

import (
	"math/big"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// Any round, view and cut: the package and the count by hand agree to the last
// digit.
func TestCountIsTheCountByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, hand := drawRound(t)
		cut := drawCut(t)
		for _, view := range data.Views {
			r := round.Count(view, cut)
			if want := hand.scores(view, cut); !same(scores(r), want) {
				t.Fatalf("%s: scores %v, by hand %v (%s)", view, scores(r), want, r.Reason)
			}
			checkAdded(t, r, hand, cut)
			checkRanks(t, r)
		}
	})
}

// checkAdded checks what is simply added up.
func checkAdded(t *rapid.T, r Ranking, hand handRound, cut Cut) {
	n, out := 0, 0
	for _, v := range hand.voices {
		if cut.takes(v) {
			n += v.n
			if v.stays != Counts {
				out++
			}
		}
	}
	if r.N != n || len(r.Out) != out || len(r.Places) != len(hand.problems) {
		t.Fatalf("%d people, %d voices out, %d places; by hand %d, %d", r.N, len(r.Out), len(r.Places), n, out)
	}
	for _, p := range r.Places {
		want := hand.add(p.Problem, cut)
		if p.Named != want.named || p.Of != want.of {
			t.Fatalf("named by %d of %d, want %d of %d", p.Named, p.Of, want.named, want.of)
		}
		if (p.Mentions != nil) != want.votes || p.Mentions != nil && *p.Mentions != want.mentions {
			t.Fatalf("%v mentions, want %v: %d", p.Mentions, want.votes, want.mentions)
		}
		if (p.First != nil) != want.ballots || p.First != nil && p.First.Cmp(want.first) != 0 {
			t.Fatalf("%v first choices, want %v: %s", p.First, want.ballots, want.first)
		}
		if (p.Points != nil) != want.given || p.Points != nil && *p.Points != want.points {
			t.Fatalf("%v points, want %v: %d", p.Points, want.given, want.points)
		}
	}
}

// checkRanks checks competition ranks: one more than the problems with a better
// score; those without a score have none and stand last.
func checkRanks(t interface{ Fatalf(string, ...any) }, r Ranking) {
	for i, p := range r.Places {
		better, equal := 0, 0
		for _, q := range r.Places {
			if p.Score == nil || q.Score == nil {
				continue
			}
			switch c := q.Score.Cmp(p.Score); {
			case c > 0:
				better++
			case c == 0:
				equal++
			}
		}
		switch {
		case p.Score == nil:
			if p.Rank != 0 || p.Tied || i+1 < len(r.Places) && r.Places[i+1].Score != nil {
				t.Fatalf("place %d without a score: %+v", i+1, p)
			}
		case p.Rank != better+1 || p.Tied != (equal > 1) || i > 0 && r.Places[i-1].Score.Cmp(p.Score) < 0:
			t.Fatalf("place %d: %+v, %d are better", i+1, p, better)
		}
	}
	if (r.Reason == "") != (len(r.Places) > 0 && r.Places[0].Score != nil) {
		t.Fatalf("reason %q, places %v", r.Reason, r.Places)
	}
}

// The voices themselves are those of the meeting, each with its reason to stay
// out.
func TestVoicesAreThoseOfTheMeeting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meetings, _ := drawMeetings(t)
		for _, m := range meetings {
			want := map[data.Group]handVoice{}
			for _, v := range m.byHand() {
				want[v.group] = v
			}
			got := m.voices(t, nil)
			for _, v := range got {
				w, ok := want[v.Group]
				if !ok || v.Session != w.session || v.Village != w.village || v.N != w.n || v.Mixed != w.mixed || v.Form != w.form || v.Stays != w.stays {
					t.Fatalf("%+v, want %+v", v, w)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%d voices, want %d", len(got), len(want))
			}
		}
	})
}

func half(n int) *big.Rat { return big.NewRat(int64(n), 2) }

// The scores of any voice, and of any cut in any view, add up to half the
// number of problems.
func TestScoresAddUpToHalfTheProblems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		named := round.Named()
		m := len(named)
		if m < 2 {
			return
		}
		for i := range round.Voices {
			v, sum := &round.Voices[i], 0
			if v.Stays != Counts {
				continue
			}
			for _, p := range named {
				s := v.score(p, m)
				if sum += s; s < 0 || s > v.den(m) {
					t.Fatalf("%d of %d in %+v", s, v.den(m), v)
				}
			}
			if 2*sum != m*v.den(m) {
				t.Fatalf("%d of %d in %+v", sum, v.den(m), v)
			}
		}
		for _, view := range data.Views {
			for _, by := range []By{{}, {Sex: true}, {Sex: true, Band: true, Tag: true}, {Village: true, Tag: true}} {
				for _, part := range round.Break(view, Cut{}, by) {
					sum, n := new(big.Rat), 0
					for _, s := range scores(part.Ranking) {
						sum.Add(sum, s)
						n++
					}
					if n > 0 && (n != m || sum.Cmp(half(m)) != 0) {
						t.Fatalf("%d of %d scores add up to %s", n, m, sum)
					}
				}
			}
		}
	})
}

// added is what must add up: people, mentions, points and first choices.
func added(rankings ...Ranking) map[data.ID][4]string {
	sums := map[data.ID][4]string{}
	n := 0
	for _, r := range rankings {
		n += r.N
	}
	for i := range rankings[0].Places {
		id := rankings[0].Places[i].Problem
		mentions, points, first := 0, 0, new(big.Rat)
		for _, r := range rankings {
			for _, p := range r.Places {
				if p.Problem != id {
					continue
				}
				if p.Mentions != nil {
					mentions += *p.Mentions
				}
				if p.Points != nil {
					points += *p.Points
				}
				if p.First != nil {
					first.Add(first, p.First)
				}
			}
		}
		sums[id] = [4]string{half(2 * n).RatString(), half(2 * mentions).RatString(), half(2 * points).RatString(), first.RatString()}
	}
	return sums
}

func equalAdded(a, b map[data.ID][4]string) bool {
	for id, x := range a {
		if b[id] != x {
			return false
		}
	}
	return len(a) == len(b)
}

// Women, men and not said are all; so are the bands, the villages, the tags,
// and all of them at once.
func TestPartsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		view := rapid.SampledFrom(data.Views).Draw(t, "view")
		whole := round.Count(view, Cut{})
		if len(round.Voices) == 0 {
			return
		}
		var sexes []Ranking
		for _, sex := range data.Sexes {
			sexes = append(sexes, round.Count(view, Cut{Sex: &sex}))
		}
		if got, want := added(sexes...), added(whole); !equalAdded(got, want) {
			t.Fatalf("women, men and not said %v, all %v", got, want)
		}
		for _, by := range []By{{}, {Sex: true}, {Band: true}, {Village: true}, {Tag: true}, {Sex: true, Band: true}, {true, true, true, true}} {
			var parts []Ranking
			for _, part := range round.Break(view, Cut{}, by) {
				parts = append(parts, part.Ranking)
			}
			if got, want := added(parts...), added(whole); !equalAdded(got, want) {
				t.Fatalf("%+v: %v, all %v", by, got, want)
			}
		}
	})
}

// In the view of people the whole is the parts, weighted by those who count.
func TestPeopleAreTheSumOfTheirVoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		whole := scores(round.Count(data.People, Cut{}))
		sums, total := map[data.ID]*big.Rat{}, 0
		for _, village := range drawVillages {
			part := round.Count(data.People, Cut{Village: &village})
			n := part.N
			for _, v := range part.Out {
				n -= v.N
			}
			for p, s := range scores(part) {
				if sums[p] == nil {
					sums[p] = new(big.Rat)
				}
				sums[p].Add(sums[p], new(big.Rat).Mul(s, half(2*n)))
			}
			total += n
		}
		for _, s := range sums {
			s.Quo(s, half(2*total))
		}
		if !same(whole, sums) {
			t.Fatalf("all %v, villages together %v", whole, sums)
		}
	})
}
