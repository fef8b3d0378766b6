package rank

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"ashar/data"
)

// bands of the scheme that the benchmarks count by.
var benchScheme = data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}}

func benchGroup(r *rand.Rand) data.Group {
	return data.Group{Sex: data.Sexes[r.IntN(3)], Band: append(benchScheme.Bands, "")[r.IntN(6)]}
}

// benchBallot names three of the problems.
func benchBallot(r *rand.Rand, problems int) data.Ballot {
	var b data.Ballot
	for i, p := range r.Perm(problems)[:3] {
		b = append(b, data.Choice{Problem: num(p + 1), Place: i + 1})
	}
	return b
}

// BenchmarkVoices38k makes voices of as many ballots as the largest file of a
// participatory budget has: 38,903, three of 73 projects each, in 23 districts.
func BenchmarkVoices38k(b *testing.B) {
	const ballots, districts, projects = 38_903, 23, 73
	r := rand.New(rand.NewPCG(1, 2))
	entries := make([][]data.Entry, districts)
	for i := range ballots {
		at := i % districts
		entries[at] = append(entries[at], data.Entry{ID: num(i + 1), Kind: data.Cast, Group: benchGroup(r), Ballot: benchBallot(r, projects)})
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for i := range entries {
			sheet, err := data.Fold(data.Session{ID: num(i + 1), Form: data.Ballots}, each(entries[i]))
			if err != nil {
				b.Fatal(err)
			}
			for _, v := range Voices(sheet, nil) {
				n += v.Ballots
			}
		}
		if n != ballots {
			b.Fatalf("%d ballots", n)
		}
	}
}

// BenchmarkBreakSexBand ranks 73 problems by sex and band from 400 voices.
func BenchmarkBreakSexBand(b *testing.B) {
	const groups, projects = 400, 73
	for _, form := range []data.Form{data.Ballots, data.Tally} {
		for _, view := range data.Views {
			b.Run(fmt.Sprintf("%s/%s", form, view), func(b *testing.B) {
				round := benchRound(b, form, groups, projects)
				b.ReportAllocs()
				for b.Loop() {
					if parts := round.Break(view, Cut{}, By{Sex: true, Band: true}); len(parts) != 18 {
						b.Fatalf("%d parts", len(parts))
					}
				}
			})
		}
	}
}

func benchRound(b *testing.B, form data.Form, groups, projects int) Round {
	r := rand.New(rand.NewPCG(3, 4))
	round := Round{Scheme: benchScheme, Rule: data.Rule{Rho: 0.2}}
	for i := range projects {
		round.Problems = append(round.Problems, num(i+1))
	}
	for i := range groups {
		s := speaker{group: benchGroup(r), n: 5 + r.IntN(70), hands: map[data.ID]int{}}
		for range s.n {
			if form == data.Ballots {
				s.ballots = append(s.ballots, benchBallot(r, projects))
			} else {
				s.hands[num(1+r.IntN(projects))]++
			}
		}
		m := meeting{session: data.Session{ID: num(i + 1), Village: num(i%23 + 1), Form: form}, speakers: []speaker{s}}
		round.Voices = append(round.Voices, m.voices(b, nil)...)
	}
	for village := range 23 {
		for _, sex := range []data.Sex{data.Female, data.Male} {
			for _, band := range benchScheme.Bands {
				round.Population = append(round.Population, data.Population{Village: num(village + 1), Sex: sex, Band: band, People: 50 + r.IntN(500)})
			}
		}
	}
	return round
}

// BenchmarkMillionBallots counts a million full ballots of 20 problems in 12
// groups from memory: scores, comparisons of each two, first choices.
func BenchmarkMillionBallots(b *testing.B) {
	const ballots, problems, groups = 1_000_000, 20, 12
	r := rand.New(rand.NewPCG(5, 6))
	ids := make([]data.ID, problems)
	for i := range ids {
		ids[i] = num(1000 + i)
	}
	all, long := []byte(nil), 0 // as they are kept, one after the other
	for range ballots {
		var ballot data.Ballot
		for place, p := range r.Perm(problems) {
			ballot = append(ballot, data.Choice{Problem: ids[p], Place: place + 1})
		}
		packed := ballot.Pack()
		all, long = append(all, packed...), len(packed)
	}
	known := map[uint32]data.ID{}
	for _, id := range ids {
		known[id.Short()] = id
	}
	session := data.Session{Form: data.Ballots}
	var written []data.Entry
	var names []data.Group
	for i := range groups {
		names = append(names, data.Group{Sex: data.Sexes[i%2], Band: benchScheme.Bands[i%5], Tag: fmt.Sprint(i)})
		written = append(written, data.Entry{ID: num(i + 1), Kind: data.PresenceCount, Group: names[i], N: ballots})
	}
	sheet, err := data.Fold(session, each(written))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		c := NewCasting(session, nil)
		for i := range ballots {
			if err := c.CastPacked(names[i%groups], all[i*long:(i+1)*long], known); err != nil {
				b.Fatal(err)
			}
		}
		round := Round{Voices: c.Voices(sheet), Problems: ids}
		if ranking, m := round.Count(data.People, Cut{}), round.Matrix(data.People, Cut{}); ranking.Places[0].First == nil || m == nil {
			b.Fatal("not counted")
		}
	}
}
