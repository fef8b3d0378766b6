package rank

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"ashar/data"
)

// TestMatrixAndScoreAreOneObject: whatever was said, in whatever form and view,
// the mean share of comparisons that a problem wins is its score.
func TestMatrixAndScoreAreOneObject(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		round, _ := drawRound(t)
		for _, view := range data.Views {
			m, ranking := round.Matrix(view, Cut{}), round.Count(view, Cut{})
			if m == nil {
				if ranking.Reason == "" && len(round.Named()) > 1 {
					t.Fatalf("%s has an order and no matrix", view)
				}
				continue
			}
			score := scores(ranking)
			for i, problem := range m.Problems {
				sum := new(big.Rat)
				for j := range m.Problems {
					if i == j {
						continue
					}
					if m.Wins[i][j].Sign() < 0 || new(big.Int).Add(m.Wins[i][j], m.Wins[j][i]).Cmp(m.Total) != 0 {
						t.Fatalf("%s: %s and %s of %s", view, m.Wins[i][j], m.Wins[j][i], m.Total)
					}
					sum.Add(sum, m.Share(i, j))
				}
				if sum.Quo(sum, big.NewRat(int64(len(m.Problems)-1), 1)).Cmp(score[problem]) != 0 {
					t.Fatalf("%s: the mean of the row is %s, the score %s", view, sum, score[problem])
				}
			}
		}
	})
}

// TestMatrixOfBallotsIsCountedByHand compares with ballots read one by one.
func TestMatrixOfBallotsIsCountedByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := rapid.SliceOfN(rapid.SampledFrom([]string{"A B C", "A", "B=C A", "C", "D A=B", "B A", "C=D"}), 1, 12).Draw(t, "ballots")
		var cast []data.Ballot
		for _, b := range ballots {
			cast = append(cast, order(b))
		}
		round := Round{Voices: meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{{n: len(cast), ballots: cast}}}.voices(t, nil),
			Problems: []data.ID{named("A"), named("B"), named("C"), named("D")}}
		m := round.Matrix(data.People, Cut{})
		if m == nil {
			t.Skip("one problem")
		}
		for i, a := range m.Problems {
			for j, b := range m.Problems {
				if i == j {
					continue
				}
				want := 0
				for _, ballot := range cast {
					want += 1 + sign(placeOn(ballot, b)-placeOn(ballot, a))
				}
				if got := new(big.Rat).Mul(m.Share(i, j), big.NewRat(int64(2*len(cast)), 1)); got.Cmp(big.NewRat(int64(want), 1)) != 0 {
					t.Fatalf("%v: %v against %v wins %s half comparisons, want %d", ballots, a, b, got, want)
				}
			}
		}
	})
}

// placeOn is where a ballot has a problem; behind all others where it does not.
func placeOn(b data.Ballot, problem data.ID) int {
	for _, c := range b {
		if c.Problem == problem {
			return c.Place
		}
	}
	return 1000
}
