package rank

import (
	"math"

	"ashar/data"
)

// Agreement is how much two orders agree on the problems that both have.
type Agreement struct {
	Tau     float64 // Kendall's tau-b, -1 to 1
	Defined bool    // false where fewer than two problems are common, or one order has all of them in one place
	N       int     // problems in both orders
	First   bool    // both have the same problems in first place, among those in both
}

// Agree compares two rankings by Kendall's tau-b: the pairs of problems that
// stand the same way round in both, less those that do not, over the geometric
// mean of the pairs that each order tells apart (Kendall, 1945).
func Agree(a, b Ranking) (g Agreement) {
	x, y := common(a, b)
	g.N = len(x)
	same, apart, untiedX, untiedY := 0, 0, 0, 0
	for i := range x {
		for j := range i {
			dx, dy := sign(x[i]-x[j]), sign(y[i]-y[j])
			untiedX += dx * dx
			untiedY += dy * dy
			switch dx * dy {
			case 1:
				same++
			case -1:
				apart++
			}
		}
	}
	if untiedX > 0 && untiedY > 0 {
		g.Defined = true
		g.Tau = float64(same-apart) / math.Sqrt(float64(untiedX)*float64(untiedY))
	}
	g.First = g.N > 0 && sameFirst(x, y)
	return g
}

// common are the ranks in both orders of the problems that both have.
func common(a, b Ranking) (x, y []int) {
	in := map[data.ID]int{}
	for _, p := range a.Places {
		if p.Score != nil {
			in[p.Problem] = p.Rank
		}
	}
	for _, p := range b.Places {
		if rank, ok := in[p.Problem]; ok && p.Score != nil {
			x, y = append(x, rank), append(y, p.Rank)
		}
	}
	return x, y
}

// sameFirst tells whether the best of both orders are the same problems.
func sameFirst(x, y []int) bool {
	bestX, bestY := x[0], y[0]
	for i := range x {
		bestX, bestY = min(bestX, x[i]), min(bestY, y[i])
	}
	for i := range x {
		if (x[i] == bestX) != (y[i] == bestY) {
			return false
		}
	}
	return true
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
