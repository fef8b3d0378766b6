package rank

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// All orders of up to seven problems, tried one by one, give what the program
// finds: the agreement, the first of the best orders, and their number, with
// ties, circles, and weights that no machine number holds.
func TestKemenyIsTheBestOfAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 6)
		if rapid.Bool().Draw(t, "long weights") {
			// The remainders make the weights coprime; they are less than a tie can tell.
			third, _ := new(big.Int).SetString("1000000000000000000000000000057", 10)
			m = m.mapped(func(n *big.Int) *big.Int { return new(big.Int).Mul(n, third) })
			for i := range m.Wins {
				for j := range i {
					d := big.NewInt(int64(rapid.IntRange(-2, 2).Draw(t, "remainder")))
					m.Wins[i][j] = new(big.Int).Add(m.Wins[i][j], d)
					m.Wins[j][i] = new(big.Int).Sub(m.Wins[j][i], d)
				}
			}
		}
		best, orders := bestOrders(m)
		k := m.Kemeny()
		if !k.Exact || k.Score.Cmp(best) != 0 || k.Optima == nil || k.Optima.Cmp(big.NewInt(int64(len(orders)))) != 0 || !slices.Equal(k.Order, orders[0]) {
			t.Fatalf("%+v, by trying all %v agree with %s", k, orders, best)
		}
	})
}

func TestKemenyOfSevenIsTheBestOfAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, total := range []int64{1, 2, 4, 100} {
		for range 5 {
			m := randomMatrix(r, 7, total)
			best, orders := bestOrders(m)
			k := m.Kemeny()
			if k.Score.Cmp(best) != 0 || k.Optima.Int64() != int64(len(orders)) || !slices.Equal(k.Order, orders[0]) {
				t.Fatalf("%+v, by trying all %d agree with %s, the first %v", k, len(orders), best, orders[0])
			}
		}
	}
}

// randomMatrix has the wins of any two drawn evenly.
func randomMatrix(r *rand.Rand, n int, total int64) *Matrix {
	wins := make([][]int64, n)
	for i := range wins {
		wins[i] = make([]int64, n)
		for j := range i {
			wins[i][j] = r.Int64N(total + 1)
			wins[j][i] = total - wins[i][j]
		}
	}
	return matrixFrom(numbered(n), wins, total)
}

// What machine numbers cannot tell apart is told apart by long ones: a circle of
// three whose weights differ in the last of 100 bits, and one where they do not.
func TestRoundingDecidesNothing(t *testing.T) {
	for _, last := range []int64{-1, 0, 1} {
		whole := new(big.Int).Lsh(big.NewInt(1), 100)
		m := matrixFrom(numbered(4), [][]int64{{0, 2, 1, 3}, {1, 0, 2, 3}, {2, 1, 0, 3}, {0, 0, 0, 0}}, 3).
			mapped(func(n *big.Int) *big.Int { return new(big.Int).Mul(n, whole) })
		m.Wins[0][1].Add(m.Wins[0][1], big.NewInt(last)) // the link from 0 to 1 is the weakest, or the strongest
		m.Wins[1][0].Sub(m.Wins[1][0], big.NewInt(last))
		m.Wins[0][3].Sub(m.Wins[0][3], big.NewInt(1)) // nothing in common
		m.Wins[3][0].Add(m.Wins[3][0], big.NewInt(1))
		best, orders := bestOrders(m)
		k := m.Kemeny()
		if k.Score.Cmp(best) != 0 || k.Optima.Int64() != int64(len(orders)) || !slices.Equal(k.Order, orders[0]) {
			t.Errorf("%+d: %+v, by trying all %v agree with %s", last, k, orders, best)
		}
		if want := []int{1, 3, 2}[last+1]; len(orders) != want {
			t.Errorf("%+d: %v are best, want %d", last, orders, want)
		}
	}
}

// Where more hangs together than is put in order exactly, the order says so, is
// no better than the best and no worse than the Borda order of each part; where
// it claims to be exact it is, also if only ties held it together.
func TestKemenyBeyondTheExactSizeSaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 6)
		best, orders := bestOrders(m)
		k := m.kemeny(m.excess(nil), 2)
		switch d := k.Score.Cmp(best); {
		case d > 0, k.Exact && d != 0:
			t.Fatalf("%+v, the best agree with %s", k, best)
		case k.Optima != nil && (!k.Exact || k.Optima.Int64() != int64(len(orders))):
			t.Fatalf("%+v counts orders, there are %d", k, len(orders))
		case m.agreement(k.Order).Cmp(k.Score) != 0:
			t.Fatalf("%+v does not have its score", k)
		}
		sorted := slices.Sorted(slices.Values(k.Order))
		for i := range m.Problems {
			if sorted[i] != i {
				t.Fatalf("%v is no order of %d problems", k.Order, len(m.Problems))
			}
		}
		for from := range k.Order {
			for to := range k.Order {
				moved := slices.Insert(slices.Delete(slices.Clone(k.Order), from, from+1), to, k.Order[from])
				if m.agreement(moved).Cmp(k.Score) > 0 {
					t.Fatalf("%v is worse than %v", k.Order, moved)
				}
			}
		}
	})
}

func TestKemenyOfManyProblems(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	// Ten circles of three, one behind the other: each has three best orders.
	circles := make([][]int64, 30)
	for i := range circles {
		circles[i] = make([]int64, 30)
		for j := range i {
			circles[j][i] = 10
			if i/3 == j/3 {
				circles[j][i] = 6
				if i-j == 2 {
					circles[j][i] = 4
				}
			}
			circles[i][j] = 10 - circles[j][i]
		}
	}
	ties := make([][]int64, 45)
	for i := range ties {
		ties[i] = slices.Repeat([]int64{1}, 45)
	}
	for name, c := range map[string]struct {
		m      *Matrix
		exact  bool
		optima *big.Int
	}{
		"one circle of 30":  {randomMatrix(r, 30, 1000), false, nil},
		"30 in ten circles": {matrixFrom(numbered(30), circles, 10), true, big.NewInt(59_049)},
		"45 ties":           {matrixFrom(numbered(45), ties, 2), true, nil},
	} {
		k := c.m.Kemeny()
		if k.Exact != c.exact || (k.Optima == nil) != (c.optima == nil) || c.optima != nil && k.Optima.Cmp(c.optima) != 0 {
			t.Errorf("%s: exact %v, %v orders, want %v, %v", name, k.Exact, k.Optima, c.exact, c.optima)
		}
		borda := bordaRanks(c.m)
		order := numberedInts(len(borda))
		slices.SortStableFunc(order, func(i, j int) int { return borda[i] - borda[j] })
		if k.Score.Cmp(c.m.agreement(order)) < 0 {
			t.Errorf("%s: worse than the Borda order", name)
		}
	}
}

func numberedInts(n int) (order []int) {
	for i := range n {
		order = append(order, i)
	}
	return order
}

// Of the best orders near takes one that keeps most of what is wished for, and
// never another order for the sake of wishes.
func TestWishesChooseAmongTheBestOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 5)
		ranks := rapid.SliceOfN(rapid.IntRange(1, 3), len(m.Problems), len(m.Problems)).Draw(t, "wished")
		kept := func(order []int) (n int) {
			for at, i := range order {
				for _, j := range order[at+1:] {
					if ranks[i] < ranks[j] {
						n++
					}
				}
			}
			return n
		}
		best, orders := bestOrders(m)
		most := 0
		for _, order := range orders {
			most = max(most, kept(order))
		}
		k := m.near(func(i, j int) bool { return ranks[i] < ranks[j] })
		if k.Score.Cmp(best) != 0 || kept(k.Order) != most {
			t.Fatalf("%+v keeps %d wishes, want %d, with an agreement of %s", k, kept(k.Order), most, best)
		}
	})
}
