package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// Consistence is how well the comparisons of one group go together.
type Consistence struct {
	// Triads are the circles: the first stands above the second, the second above
	// the third, and the third above the first. A triad with a tie or with an
	// open pair is none.
	Triads [][3]data.ID
	// Zeta is the coefficient of consistence, from 0 (as many circles as there
	// can be) to 1 (one order fits all answers). It is nil where undefined: with
	// fewer than three problems, a pair still open, or a tie.
	Zeta *big.Rat
}

// Consist judges the matrix of a session whose problems are compared two by two.
func Consist(sheet *data.Sheet) Consistence {
	c := Consistence{Triads: sheet.Triads(sheet.Problems)}
	wins := make([]int, len(sheet.Problems))
	for i, p := range sheet.Problems {
		won, tied, open := sheet.Wins(p, sheet.Problems)
		if tied+open > 0 {
			return c
		}
		wins[i] = won
	}
	_, c.Zeta, _ = Circles(wins)
	return c
}

// Circles is the number of circular triads in a whole matrix without ties, and
// the coefficient of consistence that goes with it, from the comparisons that
// each problem wins: d = n(n-1)(2n-1)/12 - sum of squares/2, zeta = 1 - 24d/(n^3-n)
// for odd n and 1 - 24d/(n^3-4n) for even n (Kendall and Babington Smith, 1940).
// It is false for fewer than three problems, and for numbers that no such matrix
// has.
func Circles(wins []int) (d int, zeta *big.Rat, ok bool) {
	n := len(wins)
	if n < 3 || !tournament(wins) {
		return 0, nil, false
	}
	squares := 0
	for _, w := range wins {
		squares += w * w
	}
	d = (n*(n-1)*(2*n-1)/6 - squares) / 2
	most := n*n*n - n
	if n%2 == 0 {
		most = n*n*n - 4*n
	}
	return d, big.NewRat(int64(most-24*d), int64(most)), true
}

// tournament tells whether there is a matrix in which the problems win so often:
// any k of them win k(k-1)/2 comparisons among themselves at least, and all of
// them just as many (Landau, 1953).
func tournament(wins []int) bool {
	sum := 0
	for i, w := range slices.Sorted(slices.Values(wins)) {
		if sum += w; w < 0 || sum < i*(i+1)/2 {
			return false
		}
	}
	return sum == len(wins)*(len(wins)-1)/2
}
