package rank

import (
	"math/big"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// answer writes down what a group said of a before b: 1, -1 or 0.
func answer(pairs map[data.Pair]int, a, b data.ID, n int) {
	pair, turned := data.PairOf(a, b)
	if turned {
		n = -n
	}
	pairs[pair] = n
}

// sheetOf is the sheet of a meeting that compared problems two by two.
func sheetOf(t tester, ids []data.ID, pairs map[data.Pair]int) *data.Sheet {
	t.Helper()
	m := meeting{session: data.Session{Form: data.Pairs}, pairs: pairs}
	sheet, err := data.Fold(m.session, each(m.entries()))
	if err != nil {
		t.Fatal(err)
	}
	sheet.Problems = ids
	return sheet
}

// The number of circles by the formula is the number of circles that are listed,
// where every pair has a winner; with a tie or an open pair there is no
// coefficient, and what circles there are is told.
func TestCirclesAreCountedAndListed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := numbered(rapid.IntRange(1, 7).Draw(t, "problems"))
		kinds := rapid.SampledFrom([][]int{{1, -1}, {1, -1, 0, 2}}).Draw(t, "answers")
		pairs, wins, whole, circles := map[data.Pair]int{}, make([]int, len(ids)), true, 0
		above := map[[2]int]bool{}
		for i := range ids {
			for j := range i {
				n := rapid.SampledFrom(kinds).Draw(t, "answer")
				if n == 2 { // not asked
					whole = false
					continue
				}
				answer(pairs, ids[i], ids[j], n)
				above[[2]int{i, j}], above[[2]int{j, i}] = n > 0, n < 0
				switch n {
				case 1:
					wins[i]++
				case -1:
					wins[j]++
				default:
					whole = false
				}
			}
		}
		for i := range ids {
			for j := range ids {
				for k := range ids {
					if above[[2]int{i, j}] && above[[2]int{j, k}] && above[[2]int{k, i}] {
						circles++ // once for each that it can begin with
					}
				}
			}
		}
		c := Consist(sheetOf(t, ids, pairs))
		if 3*len(c.Triads) != circles {
			t.Fatalf("%d circles are listed, want a third of %d", len(c.Triads), circles)
		}
		if (c.Zeta != nil) != (whole && len(ids) > 2) {
			t.Fatalf("consistence %v, whole %v, %d problems", c.Zeta, whole, len(ids))
		}
		if c.Zeta == nil {
			return
		}
		d, _, ok := Circles(wins)
		if !ok || d != len(c.Triads) || c.Zeta.Sign() < 0 || c.Zeta.Cmp(big.NewRat(1, 1)) > 0 || (d == 0) != (c.Zeta.Cmp(big.NewRat(1, 1)) == 0) {
			t.Fatalf("%d circles by the formula, %v, consistence %v, %v", d, c.Triads, c.Zeta, ok)
		}
	})
}

func TestNumbersOfNoMatrixHaveNoConsistence(t *testing.T) {
	for _, wins := range [][]int{nil, {0}, {1, 0}, {1, 1, 2}, {3, 3, 0, 0}, {-1, 2, 2}, {3, 0, 0}} {
		if d, zeta, ok := Circles(wins); ok || zeta != nil || d != 0 {
			t.Errorf("%v: %d circles, consistence %v", wins, d, zeta)
		}
	}
	// As many circles as there can be.
	for _, c := range []struct {
		wins []int
		d    int
	}{{[]int{1, 1, 1}, 1}, {[]int{2, 2, 1, 1}, 2}, {slices.Repeat([]int{2}, 5), 5}, {[]int{3, 3, 3, 2, 2, 2}, 8}} {
		if d, zeta, ok := Circles(c.wins); !ok || d != c.d || zeta.Sign() != 0 {
			t.Errorf("%v: %d circles, consistence %v, %v", c.wins, d, zeta, ok)
		}
	}
}
