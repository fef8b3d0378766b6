package rank

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

// BenchmarkKemeny puts random comparisons in order, which mostly hang together in
// one component. Its numbers are those of 10,000 ballots, or with fractions of
// long weights.
func BenchmarkKemeny(b *testing.B) {
	for _, n := range []int{12, 16, 18, 20} {
		m := randomMatrix(rand.New(rand.NewPCG(11, 12)), n, 10_000)
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if k := m.Kemeny(); !k.Exact {
					b.Fatalf("%+v", k)
				}
			}
		})
	}
	for _, n := range []int{12, 18, 20} {
		m := longWeights(randomMatrix(rand.New(rand.NewPCG(11, 12)), n, 10_000), 64)
		b.Run(fmt.Sprintf("%d/long", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if k := m.Kemeny(); !k.Exact {
					b.Fatalf("%+v", k)
				}
			}
		})
	}
	b.Run("20/nearly tied", func(b *testing.B) {
		m := longWeights(matrixFrom(numbered(20), randomSigns(20), 3), 16)
		b.ReportAllocs()
		for b.Loop() {
			if k := m.Kemeny(); !k.Exact {
				b.Fatalf("%+v", k)
			}
		}
	})
	m := randomMatrix(rand.New(rand.NewPCG(11, 12)), 73, 10_000)
	b.Run("73/searched", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if k := m.Kemeny(); k.Exact {
				b.Fatalf("%+v", k)
			}
		}
	})
}

// randomSigns has all pairs won by the same margin, so that very many orders are
// nearly as good as the best.
func randomSigns(n int) [][]int64 {
	r := rand.New(rand.NewPCG(19, 20))
	wins := make([][]int64, n)
	for i := range wins {
		wins[i] = make([]int64, n)
		for j := range i {
			wins[i][j] = 1 + r.Int64N(2)
			wins[j][i] = 3 - wins[i][j]
		}
	}
	return wins
}

// longWeights gives comparisons weights of some 120 bits that have nothing in
// common, as fractions of many groups have: the last bits are drawn.
func longWeights(m *Matrix, last int) *Matrix {
	r := rand.New(rand.NewPCG(13, 14))
	to := m.mapped(func(n *big.Int) *big.Int { return new(big.Int).Lsh(n, 100) })
	for i := range to.Wins {
		for j := range i {
			d := new(big.Int).SetUint64(r.Uint64() >> (64 - last))
			to.Wins[i][j] = new(big.Int).Add(to.Wins[i][j], d)
			to.Wins[j][i] = new(big.Int).Sub(to.Wins[j][i], d)
		}
	}
	return to
}

func BenchmarkSchulze40(b *testing.B) {
	m := randomMatrix(rand.New(rand.NewPCG(15, 16)), 40, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		if s := m.Schulze(); len(s.Ranks) != 40 {
			b.Fatalf("%d ranks", len(s.Ranks))
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{12, 18, 73} {
		m := randomMatrix(rand.New(rand.NewPCG(17, 18)), n, 10_000)
		places := placesBy(m.Problems, bordaRanks(m))
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			for b.Loop() {
				if c := m.Check(places); c.Reason != "" {
					b.Fatal(c.Reason)
				}
			}
		})
	}
}
