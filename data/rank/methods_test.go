package rank

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCompetitionRanks(t *testing.T) {
	for _, c := range []struct{ numbers, want []int }{
		{[]int{7, 5, 5, 3}, []int{1, 2, 2, 4}},
		{[]int{3, 5, 7, 5}, []int{4, 2, 1, 2}},
		{[]int{0, 0}, []int{1, 1}},
		{[]int{4}, []int{1}},
		{nil, []int{}},
	} {
		if got := Ranks(c.numbers); !slices.Equal(got, c.want) {
			t.Errorf("%v stand at %v, want %v", c.numbers, got, c.want)
		}
	}
}

func TestSchulzeFindsTheStrongestChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 6)
		s := m.Schulze()
		beatenBy := make([]int, len(m.Problems))
		for i := range m.Problems {
			for j := range m.Problems {
				if i == j {
					continue
				}
				if want := strongest(m, i, j); s.Paths[i][j].Cmp(want) != 0 {
					t.Fatalf("from %d to %d leads a chain of %s, by trying all %s", i, j, s.Paths[i][j], want)
				}
				if s.Beats(i, j) {
					beatenBy[j]--
					if s.Ranks[i] >= s.Ranks[j] {
						t.Fatalf("%d beats %d and has the rank %d against %d", i, j, s.Ranks[i], s.Ranks[j])
					}
				}
				for k := range m.Problems {
					if s.Beats(i, j) && s.Beats(j, k) && !s.Beats(i, k) {
						t.Fatalf("%d beats %d, that beats %d", i, j, k)
					}
				}
			}
		}
		if !slices.Equal(s.Ranks, Ranks(beatenBy)) {
			t.Fatalf("ranks %v, want %v", s.Ranks, Ranks(beatenBy))
		}
	})
}

func TestACondorcetWinnerIsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 7)
		i, ok := m.Condorcet()
		for j := range m.Problems {
			all := true
			for k := range m.Problems {
				all = all && (k == j || m.Margin(j, k).Sign() > 0)
			}
			if all != (ok && i == j) {
				t.Fatalf("%d wins against all: %v; the winner is %d, %v", j, all, i, ok)
			}
		}
		if !ok {
			return
		}
		s, k := m.Schulze(), m.Kemeny()
		for j := range m.Problems {
			if j != i && !s.Beats(i, j) {
				t.Fatalf("%d wins against all and does not beat %d", i, j)
			}
		}
		if k.Order[0] != i || s.Ranks[i] != 1 || m.Copeland()[i] != 2*(len(m.Problems)-1) {
			t.Fatalf("%d wins against all: %+v, ranks %v, half wins %v", i, k, s.Ranks, m.Copeland())
		}
	})
}

func TestTenTimesTheComparisonsChangeNoMethod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 7)
		tenTimes := func(n *big.Int) *big.Int { return new(big.Int).Mul(n, big.NewInt(10)) }
		ten := m.mapped(tenTimes)
		a, b := m.Kemeny(), ten.Kemeny()
		if !slices.Equal(a.Order, b.Order) || a.Optima.Cmp(b.Optima) != 0 || tenTimes(a.Score).Cmp(b.Score) != 0 {
			t.Fatalf("Kemeny %+v, ten times %+v", a, b)
		}
		if a, b := m.Schulze().Ranks, ten.Schulze().Ranks; !slices.Equal(a, b) {
			t.Fatalf("Schulze %v, ten times %v", a, b)
		}
		if a, b := m.Copeland(), ten.Copeland(); !slices.Equal(a, b) {
			t.Fatalf("Copeland %v, ten times %v", a, b)
		}
	})
}

// Listing the problems otherwise changes nothing but which of several best
// orders is the first.
func TestTheListOfProblemsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 7)
		order := rapid.Permutation(numberedInts(len(m.Problems))).Draw(t, "list")
		other := m.permuted(order)
		a, b := m.Kemeny(), other.Kemeny()
		if a.Optima.Cmp(b.Optima) != 0 || a.Score.Cmp(b.Score) != 0 {
			t.Fatalf("Kemeny %+v, otherwise listed %+v", a, b)
		}
		ranks, halves := m.Schulze().Ranks, m.Copeland()
		otherRanks, otherHalves := other.Schulze().Ranks, other.Copeland()
		for at, i := range order {
			if ranks[i] != otherRanks[at] || halves[i] != otherHalves[at] {
				t.Fatalf("%v and %v, otherwise listed %v and %v", ranks, halves, otherRanks, otherHalves)
			}
		}
		borda := bordaRanks(m)
		var otherBorda []int
		for _, i := range order {
			otherBorda = append(otherBorda, borda[i])
		}
		if x, y := m.Check(placesBy(m.Problems, borda)), other.Check(placesBy(other.Problems, otherBorda)); x.Agree != y.Agree {
			t.Fatalf("checked %+v, otherwise listed %+v", x, y)
		}
	})
}

func TestComparisonsTurnedRoundTurnTheMethods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 6)
		back := m.turned()
		a, b := m.Kemeny(), back.Kemeny()
		_, orders := bestOrders(back)
		slices.Reverse(a.Order)
		if a.Score.Cmp(b.Score) != 0 || a.Optima.Cmp(b.Optima) != 0 || !slices.ContainsFunc(orders, func(o []int) bool { return slices.Equal(o, a.Order) }) {
			t.Fatalf("Kemeny %+v, turned round %+v", a, b)
		}
		s, r := m.Schulze(), back.Schulze()
		most := 2 * (len(m.Problems) - 1)
		for i := range m.Problems {
			for j := range m.Problems {
				if s.Beats(i, j) != r.Beats(j, i) {
					t.Fatalf("%d beats %d: %v, turned round %v", i, j, s.Beats(i, j), r.Beats(j, i))
				}
			}
			if m.Copeland()[i]+back.Copeland()[i] != most {
				t.Fatalf("half wins %v, turned round %v", m.Copeland(), back.Copeland())
			}
		}
	})
}

func TestNothingToCompareHasNoWinner(t *testing.T) {
	for _, m := range []*Matrix{{Total: new(big.Int)}, matrixFrom(numbered(1), [][]int64{{0}}, 6)} {
		if _, ok := m.Condorcet(); ok {
			t.Errorf("%d problems have a winner", len(m.Problems))
		}
		k, s := m.Kemeny(), m.Schulze()
		if len(k.Order) != len(m.Problems) || k.Score.Sign() != 0 || k.Optima.Int64() != 1 || len(s.Ranks) != len(m.Problems) {
			t.Errorf("%+v, %+v", k, s)
		}
	}
	var none *Matrix
	for _, c := range []Check{none.Check(nil), (&Matrix{}).Check(nil), matrixFrom(numbered(1), [][]int64{{0}}, 6).Check([]Place{{Problem: num(1), Rank: 1}}),
		randomMatrix(rand.New(rand.NewPCG(1, 1)), 3, 9).Check([]Place{{Problem: num(1), Rank: 1}, {Problem: num(2)}, {Problem: named("unknown"), Rank: 2}})} {
		if c.Reason != "problems" || c.Agree || c.Changes != nil || c.Winner != nil || c.Kemeny.Order != nil || c.Schulze != nil {
			t.Errorf("%+v", c)
		}
	}
}
