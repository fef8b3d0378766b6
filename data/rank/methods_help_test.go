package rank

import (
	"cmp"
	"math/big"
	"slices"

	"ashar/data"

	"pgregory.net/rapid"
)

// matrixOf sets problems against each other on ballots of some weights, in half
// comparisons. A problem that a ballot does not name stands behind all it names.
func matrixOf(ids []data.ID, ballots []data.Ballot, weight func(ballot int) int64) *Matrix {
	wins := make([][]int64, len(ids))
	for i := range ids {
		wins[i] = make([]int64, len(ids))
	}
	total := int64(0)
	for at, b := range ballots {
		w := weight(at)
		total += 2 * w
		places := map[data.ID]int{}
		for _, c := range b {
			places[c.Problem] = c.Place
		}
		tier := make([]int, len(ids))
		for i, p := range ids {
			tier[i] = len(b) + 1
			if place, ok := places[p]; ok {
				tier[i] = place
			}
		}
		for i := range ids {
			for j := range ids {
				wins[i][j] += w * int64(1+cmp.Compare(tier[j], tier[i]))
			}
		}
	}
	return matrixFrom(ids, wins, total)
}

func oneEach(int) int64 { return 1 }

// matrixFrom is a matrix of machine numbers.
func matrixFrom(ids []data.ID, wins [][]int64, total int64) *Matrix {
	m := &Matrix{Problems: ids, Total: big.NewInt(total)}
	for i, row := range wins {
		m.Wins = append(m.Wins, make([]*big.Int, len(row)))
		for j, n := range row {
			if i != j {
				m.Wins[i][j] = big.NewInt(n)
			}
		}
	}
	return m
}

// drawMatrix draws comparisons of up to so many problems, ties among them often.
func drawMatrix(t *rapid.T, most int) *Matrix {
	n := rapid.IntRange(2, most).Draw(t, "problems")
	total := rapid.SampledFrom([]int64{2, 4, 10, 1000, 1 << 61}).Draw(t, "total")
	wins := make([][]int64, n)
	for i := range wins {
		wins[i] = make([]int64, n)
		for j := range i {
			wins[i][j] = rapid.Int64Range(0, total).Draw(t, "wins")
			wins[j][i] = total - wins[i][j]
		}
	}
	return matrixFrom(numbered(n), wins, total)
}

func numbered(n int) (ids []data.ID) {
	for i := range n {
		ids = append(ids, num(i+1))
	}
	return ids
}

// mapped is a matrix with each number made another.
func (m *Matrix) mapped(f func(*big.Int) *big.Int) *Matrix {
	to := &Matrix{Problems: m.Problems, Total: f(m.Total)}
	for _, row := range m.Wins {
		var mapped []*big.Int
		for _, w := range row {
			if w != nil {
				w = f(w)
			}
			mapped = append(mapped, w)
		}
		to.Wins = append(to.Wins, mapped)
	}
	return to
}

// permuted is the same matrix with its problems listed in another order.
func (m *Matrix) permuted(order []int) *Matrix {
	to := &Matrix{Total: m.Total}
	for _, i := range order {
		to.Problems = append(to.Problems, m.Problems[i])
		var row []*big.Int
		for _, j := range order {
			row = append(row, m.Wins[i][j])
		}
		to.Wins = append(to.Wins, row)
	}
	return to
}

// turned is the matrix of the same comparisons, each the other way round.
func (m *Matrix) turned() *Matrix {
	to := &Matrix{Problems: m.Problems, Total: m.Total}
	for i := range m.Wins {
		var row []*big.Int
		for j := range m.Wins {
			row = append(row, m.Wins[j][i])
		}
		to.Wins = append(to.Wins, row)
	}
	return to
}

// permutations are all orders of n things, in the order of a dictionary.
func permutations(n int, yield func([]int)) {
	order := make([]int, 0, n)
	var grow func()
	grow = func() {
		if len(order) == n {
			yield(order)
			return
		}
		for i := range n {
			if !slices.Contains(order, i) {
				order = append(order, i)
				grow()
				order = order[:len(order)-1]
			}
		}
	}
	grow()
}

func (m *Matrix) agreement(order []int) *big.Int {
	sum := new(big.Int)
	for at, i := range order {
		for _, j := range order[at+1:] {
			sum.Add(sum, m.Wins[i][j])
		}
	}
	return sum
}

// bestOrders tries all orders: the greatest agreement, and all orders that have it.
func bestOrders(m *Matrix) (best *big.Int, orders [][]int) {
	permutations(len(m.Problems), func(order []int) {
		sum := m.agreement(order)
		c := 1
		if best != nil {
			c = sum.Cmp(best)
		}
		switch {
		case c > 0:
			best, orders = sum, [][]int{slices.Clone(order)}
		case c == 0:
			orders = append(orders, slices.Clone(order))
		}
	})
	return best, orders
}

// strongest is the strength of the strongest chain from i to j, by trying every
// chain that visits no problem twice.
func strongest(m *Matrix, i, j int) *big.Int {
	best := new(big.Int)
	seen := make([]bool, len(m.Problems))
	var walk func(at int, weakest *big.Int)
	walk = func(at int, weakest *big.Int) {
		if at == j {
			if weakest.Cmp(best) > 0 {
				best = weakest
			}
			return
		}
		seen[at] = true
		for to := range m.Problems {
			if seen[to] || m.Wins[at][to].Cmp(m.Wins[to][at]) <= 0 {
				continue
			}
			link := m.Wins[at][to]
			if weakest != nil && weakest.Cmp(link) < 0 {
				link = weakest
			}
			walk(to, link)
		}
		seen[at] = false
	}
	walk(i, nil)
	return best
}

// placesBy is an order as a ranking tells it, from ranks by problem.
func placesBy(ids []data.ID, ranks []int) (places []Place) {
	for i, p := range ids {
		places = append(places, Place{Problem: p, Rank: ranks[i]})
	}
	slices.SortStableFunc(places, func(a, b Place) int { return cmp.Compare(a.Rank, b.Rank) })
	return places
}

// bordaRanks are the ranks by the sum of comparisons won.
func bordaRanks(m *Matrix) []int {
	sums := make([]*big.Int, len(m.Problems))
	for i, row := range m.Wins {
		sums[i] = new(big.Int)
		for _, w := range row {
			if w != nil {
				sums[i].Add(sums[i], w)
			}
		}
	}
	ranks := make([]int, len(sums))
	for i, s := range sums {
		ranks[i] = 1
		for _, other := range sums {
			if other.Cmp(s) > 0 {
				ranks[i]++
			}
		}
	}
	return ranks
}
