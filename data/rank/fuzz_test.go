package rank

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ashar/data"
)

// FuzzBallots writes down whatever the bytes say, in sessions of all forms, and
// counts it in every way there is. Nothing panics, nothing is no number, and
// nobody who came and nothing that was said is lost.
func FuzzBallots(f *testing.F) {
	dice := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		seed := make([]byte, 200+dice.IntN(3000))
		for i := range seed {
			seed[i] = byte(dice.Uint32())
		}
		f.Add(seed)
	}
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, bytes []byte) {
		s := &spring{bytes[:min(len(bytes), 6000)]}
		view, cut := pour(s, data.Views), s.cut()
		sheets := s.sheets(t)
		round, merges := s.round(sheets)
		nobodyIsLost(t, &round, sheets)
		nothingIsLost(t, &round, sheets, merges)
		for _, c := range []Cut{{}, cut} {
			for _, v := range data.Views {
				r := round.Count(v, c)
				fuzzRanking(t, &round, r, c)
				fuzzMatrix(t, round.Matrix(v, c), r)
			}
			fuzzSure(t, &round, view, c)
			fuzzParts(t, &round, view, c)
		}
		fuzzPublic(t, &round)
		for _, sheet := range sheets {
			numbers(t, "triads", Consist(sheet))
		}
	})
}

// nobodyIsLost compares the people that the sheets have with those of the voices
// and of the rankings, whole and in parts.
func nobodyIsLost(t *testing.T, round *Round, sheets []*data.Sheet) {
	t.Helper()
	all := 0
	for _, sheet := range sheets {
		came, spoken := 0, 0
		for _, g := range drawGroups {
			came += sheet.Present(g)
		}
		for i := range round.Voices {
			if round.Voices[i].Session == sheet.Session.ID {
				spoken += round.Voices[i].N
			}
		}
		if all += came; came != spoken {
			t.Fatalf("%d came to a session of the form %s, and its voices have %d", came, sheet.Session.Form, spoken)
		}
	}
	for _, view := range data.Views {
		r := round.Count(view, Cut{})
		counting, out := 0, 0
		for i := range round.Voices {
			if v := &round.Voices[i]; v.Stays == Counts {
				counting += v.N
			}
		}
		for _, v := range r.Out {
			out += v.N
		}
		if r.N != all || counting+out != all {
			t.Fatalf("%s: %d came, the ranking has %d: %d count and %d stay out", view, all, r.N, counting, out)
		}
	}
	if h := round.Heard(nil); h.All.Came != all {
		t.Fatalf("%d came, %d are heard or silent", all, h.All.Came)
	}
}

// nothingIsLost compares the ballots and votes of the sheets with what the
// ranking says of each problem.
func nothingIsLost(t *testing.T, round *Round, sheets []*data.Sheet, merges data.Merges) {
	t.Helper()
	mentions, ballots := map[data.ID]int{}, 0
	for _, sheet := range sheets {
		switch {
		case sheet.Session.Form == data.Tally:
			for _, g := range drawGroups {
				hands := map[data.ID]int{}
				for _, p := range fuzzProblems {
					to, n := merges.Of(p), sheet.Votes(g, p).N
					if sheet.Session.Each > 0 {
						hands[to] += n
					} else {
						hands[to] = max(hands[to], n)
					}
				}
				for p, n := range hands {
					mentions[p] += n
				}
			}
		case !sheet.Session.Form.OneVoice():
			for _, b := range sheet.Ballots {
				names := map[data.ID]bool{}
				for _, c := range b.Ballot {
					names[merges.Of(c.Problem)] = true
				}
				for p := range names {
					mentions[p]++
				}
				ballots++
			}
		}
	}
	first := new(big.Rat)
	for _, p := range round.Count(data.People, Cut{}).Places {
		if n := p.Mentions; n != nil && *n != mentions[p.Problem] || n == nil && mentions[p.Problem] > 0 {
			t.Fatalf("a problem was named %d times, and the ranking says %v", mentions[p.Problem], n)
		}
		if p.First != nil {
			first.Add(first, p.First)
		}
	}
	if first.Cmp(big.NewRat(int64(ballots), 1)) != 0 {
		t.Fatalf("%d ballots have %s first choices", ballots, first)
	}
}

func fuzzRanking(t *testing.T, round *Round, r Ranking, cut Cut) {
	t.Helper()
	numbers(t, "ranking", r)
	checkRanks(t, r)
	m, sum, n := len(round.Named()), new(big.Rat), 0
	seen := map[data.ID]bool{}
	for _, p := range r.Places {
		seen[p.Problem] = true
		if p.Score == nil {
			continue
		}
		if n++; p.Score.Sign() < 0 || p.Score.Cmp(big.NewRat(1, 1)) > 0 {
			t.Fatalf("a score of %s", p.Score)
		}
		sum.Add(sum, p.Score)
	}
	if len(seen) != len(round.Problems) || len(r.Places) != len(seen) || n != 0 && n != m || n > 1 && sum.Cmp(half(m)) != 0 {
		t.Fatalf("%d places of %d problems, %d of %d scores add up to %s", len(r.Places), len(round.Problems), n, m, sum)
	}
	parts := 0
	for _, part := range round.Break(r.View, cut, By{true, true, true, true}) {
		parts += part.Ranking.N
	}
	if parts != r.N {
		t.Fatalf("%d people, %d in its parts", r.N, parts)
	}
}

func fuzzMatrix(t *testing.T, m *Matrix, r Ranking) {
	t.Helper()
	got := scores(r)
	if (m == nil) != (len(got) < 2) {
		t.Fatalf("%d scores and the matrix %v", len(got), m)
	}
	numbers(t, "check", m.Check(r.Places))
	if m == nil {
		return
	}
	for i, p := range m.Problems {
		mean := new(big.Rat)
		for j := range m.Problems {
			if i != j {
				mean.Add(mean, m.Share(i, j))
			}
		}
		if mean.Quo(mean, big.NewRat(int64(len(m.Problems)-1), 1)); got[p] == nil || mean.Cmp(got[p]) != 0 {
			t.Fatalf("a row has the mean %s, the score is %v", mean, got[p])
		}
	}
}

// fuzzSure looks at what tells how sure an order is: it holds the order itself.
func fuzzSure(t *testing.T, round *Round, view data.View, cut Cut) {
	t.Helper()
	l, d := round.Leave(view, cut), round.Redraw(view, cut, 0.9)
	numbers(t, "leave", l)
	numbers(t, "redraw", d)
	for _, p := range round.Count(view, cut).Places {
		if p.Rank == 0 {
			continue
		}
		if span, ok := l.Spans[p.Problem]; ok != (l.Reason == "") || ok && !span.Contains(p.Rank) {
			t.Fatalf("place %d, left out %+v (%s)", p.Rank, span, l.Reason)
		}
		if set, ok := d.Sets[p.Problem]; ok != (d.Reason == "") || ok && (!set.Contains(p.Rank) || set.Best < 1 || set.Worst > len(d.Problems)) {
			t.Fatalf("place %d, drawn again %+v (%s)", p.Rank, set, d.Reason)
		}
		if first, top := d.First[p.Problem], d.Top3[p.Problem]; !(first >= 0 && first <= top+1e-9 && top <= 1+1e-9) {
			t.Fatalf("first in %g and among the first three in %g of the draws", first, top)
		}
	}
}

// fuzzParts looks at what tells who agrees and who does not.
func fuzzParts(t *testing.T, round *Round, view data.View, cut Cut) {
	t.Helper()
	for _, by := range []By{{Sex: true}, {Village: true, Band: true}, {true, true, true, true}} {
		c := Concordant(round.Break(view, cut, by), nil)
		numbers(t, "concord", c)
		if (c.W == nil) != (c.Reason != "") || c.W != nil && (c.W.Sign() < 0 || c.W.Cmp(big.NewRat(1, 1)) > 0 || !(c.P >= 0 && c.P <= 1)) {
			t.Fatalf("%+v", c)
		}
		for _, w := range round.Consensus(cut, by) {
			if !(w.Value > 0 && w.Value < 1) {
				t.Fatalf("%+v", w)
			}
		}
		numbers(t, "firsts", FirstsOf(round.Break(view, cut, by), round.Count(view, cut)))
		numbers(t, "lost", LostOf(round.Break(view, cut, by), round.Count(view, cut)))
	}
	women, men := cut.BySex()
	young, old, _ := cut.ByAge(round.Scheme, 29)
	for _, gaps := range [][]Gap{round.Gaps(view, women, men, 0.2), round.Gaps(view, young, old, 0.2)} {
		for _, g := range gaps {
			if g.Low.Cmp(g.Gap) > 0 || g.High.Cmp(g.Gap) < 0 || new(big.Rat).Abs(g.Gap).Cmp(big.NewRat(1, 1)) > 0 {
				t.Fatalf("%+v", g)
			}
		}
	}
	numbers(t, "agreement", Agree(round.Count(view, women), round.Count(view, men)))
	numbers(t, "spread", spread(round, view, cut))
	numbers(t, "split", round.Split(cut, 1))
	weights, _ := round.Weights(cut)
	if numbers(t, "weights", weights); slices.ContainsFunc(weights, func(w float64) bool { return w < 0 }) {
		t.Fatalf("weights %v", weights)
	}
}

// fuzzPublic looks at what leaves the staff: no ranking of a few.
func fuzzPublic(t *testing.T, round *Round) {
	t.Helper()
	p := round.Public()
	numbers(t, "heard by all", p.Heard(nil))
	for _, by := range p.By {
		for _, part := range p.Round.Break(data.People, Cut{}, by) {
			// A break-down is shown whole: of a few, even not shown itself, the others tell.
			if n := part.Ranking.N; n < round.Rule.Smallest() && (n > 0 || p.Shows(part.Cut)) {
				t.Fatalf("%+v shows %d people", by, n)
			}
			fuzzRanking(t, p.Round, part.Ranking, part.Cut)
		}
	}
}
