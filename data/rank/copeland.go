package rank

import (
	"cmp"
	"slices"
)

// Condorcet is the problem that wins against each of the others (Condorcet, 1785),
// by its index; false where none does, which is so after a circle, a tie at the top, or with
// fewer than two problems.
func (m *Matrix) Condorcet() (i int, ok bool) {
	n := len(m.Problems)
	for i := range n {
		if n > 1 && m.beaten(i) == n-1 {
			return i, true
		}
	}
	return 0, false
}

// beaten is how many problems i wins against.
func (m *Matrix) beaten(i int) (n int) {
	for j := range m.Problems {
		if j != i && m.Wins[i][j].Cmp(m.Wins[j][i]) > 0 {
			n++
		}
	}
	return n
}

// Copeland counts against how many others each problem wins, in half wins: 2 for
// one it wins against, 1 for one it ties with (Copeland, 1951). Problem i of the
// matrix has the i-th number; m problems have m(m-1) half wins together.
func (m *Matrix) Copeland() []int {
	halves := make([]int, len(m.Problems))
	for i := range m.Problems {
		for j := range m.Problems {
			if j != i {
				halves[i] += 1 + m.Wins[i][j].Cmp(m.Wins[j][i])
			}
		}
	}
	return halves
}

// Ranks are the competition ranks of numbers of which the greatest comes first:
// 7, 5, 5, 3 stand at 1, 2, 2, 4.
func Ranks[N cmp.Ordered](numbers []N) []int {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, func(a, b N) int { return cmp.Compare(b, a) })
	ranks := make([]int, len(numbers))
	for i, n := range numbers {
		ranks[i] = 1 + slices.Index(sorted, n)
	}
	return ranks
}
