package rank

import (
	"slices"
	"testing"
)

// locked is a majority of Ranked Pairs, in the order they are locked.
type locked struct {
	i, j   int
	margin int64
}

// rankedPairs locks majorities, the greatest margin first, unless that closes a
// circle (Tideman, 1987). Where margins are the same it knows no answer.
func rankedPairs(m *Matrix) (lockedIn, skipped []locked, order []int) {
	n := len(m.Problems)
	var pairs []locked
	for i := range n {
		for j := range n {
			if i != j && m.Margin(i, j).Sign() > 0 {
				pairs = append(pairs, locked{i, j, m.Margin(i, j).Int64()})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b locked) int { return int(b.margin - a.margin) })
	above := make([][]bool, n)
	for i := range above {
		above[i] = make([]bool, n)
	}
	for _, p := range pairs {
		if above[p.j][p.i] {
			skipped = append(skipped, p)
			continue
		}
		lockedIn = append(lockedIn, p)
		for x := range n {
			for y := range n {
				if (x == p.i || above[x][p.i]) && (y == p.j || above[p.j][y]) {
					above[x][y] = true
				}
			}
		}
	}
	order = numberedInts(n)
	slices.SortFunc(order, func(i, j int) int {
		if above[i][j] {
			return -1
		}
		return 1
	})
	return lockedIn, skipped, order
}

func TestVectorOfRankedPairs(t *testing.T) {
	var v struct {
		Input    struct{ Profile []bloc }
		Expected struct {
			Locked, Skipped [][]any
			Ranking         []string
		}
	}
	vector(t, "ranked-pairs-45", &v)
	m := matrixOf(idsOf(v.Input.Profile), ballotsOf(v.Input.Profile), oneEach)
	in, out, order := rankedPairs(m)
	hasLocked := func(got []locked, want [][]any) {
		if len(got) != len(want) {
			t.Errorf("%d majorities, want %d", len(got), len(want))
		}
		for at, w := range want {
			g := got[at]
			if m.Problems[g.i] != named(w[0].(string)) || m.Problems[g.j] != named(w[1].(string)) || float64(g.margin) != 2*w[2].(float64) {
				t.Errorf("%v, want %v", g, w)
			}
		}
	}
	hasLocked(in, v.Expected.Locked)
	hasLocked(out, v.Expected.Skipped)
	hasOrder(t, m, order, v.Expected.Ranking)
	if s := m.Schulze(); slices.Index(s.Ranks, 1) == order[0] {
		t.Error("Schulze and Ranked Pairs have the same first here, and should not")
	}
}
