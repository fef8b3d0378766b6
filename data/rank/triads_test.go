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

// compared is what a group said of some problems: above[i][j] where i won.
type compared struct {
	ids   []data.ID
	above [][]bool
	pairs map[data.Pair]int
	whole bool // every pair has a winner
}

func drawCompared(t *rapid.T) compared {
	n := rapid.IntRange(1, 7).Draw(t, "problems")
	c := compared{ids: numbered(n), above: make([][]bool, n), pairs: map[data.Pair]int{}, whole: true}
	for i := range n {
		c.above[i] = make([]bool, n)
	}
	kinds := rapid.SampledFrom([][]int{{1, -1}, {1, -1, 0, 2}}).Draw(t, "answers")
	for i := range n {
		for j := range i {
			said := rapid.SampledFrom(kinds).Draw(t, "answer")
			c.above[i][j], c.above[j][i] = said == 1, said == -1
			c.whole = c.whole && (said == 1 || said == -1)
			if said != 2 { // else the pair was not asked
				answer(c.pairs, c.ids[i], c.ids[j], said)
			}
		}
	}
	return c
}

// circles counts them by trying any three, and how often each problem won.
func (c compared) circles() (circles int, wins []int) {
	wins = make([]int, len(c.ids))
	for i := range c.ids {
		for j := range c.ids {
			if !c.above[i][j] {
				continue
			}
			wins[i]++
			for k := range c.ids {
				if c.above[j][k] && c.above[k][i] {
					circles++
				}
			}
		}
	}
	return circles / 3, wins // each was found from where it can begin
}

// The number of circles by the formula is the number of circles that are listed,
// where every pair has a winner; with a tie or an open pair there is no
// coefficient, and what circles there are is told.
func TestCirclesAreCountedAndListed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawCompared(t)
		circles, wins := drawn.circles()
		c := Consist(sheetOf(t, drawn.ids, drawn.pairs))
		if len(c.Triads) != circles {
			t.Fatalf("%d circles are listed, want %d", len(c.Triads), circles)
		}
		if (c.Zeta != nil) != (drawn.whole && len(drawn.ids) > 2) {
			t.Fatalf("consistence %v, whole %v, %d problems", c.Zeta, drawn.whole, len(drawn.ids))
		}
		if c.Zeta == nil {
			return
		}
		one := big.NewRat(1, 1)
		d, _, ok := Circles(wins)
		if !ok || d != circles || c.Zeta.Sign() < 0 || c.Zeta.Cmp(one) > 0 || (d == 0) != (c.Zeta.Cmp(one) == 0) {
			t.Fatalf("%d circles by the formula, want %d, consistence %v, %v", d, circles, c.Zeta, ok)
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

func TestVectorOfCircularTriads(t *testing.T) {
	type expected struct {
		D    int
		Zeta ratio
	}
	var v struct {
		Input struct {
			Wins1 []int    `json:"case1_wins"`
			Wins2 []int    `json:"case2_wins"`
			Wins3 []int    `json:"case3_wins"`
			Edges [][2]int `json:"case3_edges_winner_loser"`
		}
		Expected struct{ Case1, Case2, Case3 expected }
	}
	vector(t, "pra-circular-triads", &v)
	for _, c := range []struct {
		wins []int
		want expected
	}{{v.Input.Wins1, v.Expected.Case1}, {v.Input.Wins2, v.Expected.Case2}, {v.Input.Wins3, v.Expected.Case3}} {
		if d, zeta, ok := Circles(c.wins); !ok || d != c.want.D || zeta.Cmp(c.want.Zeta.Rat) != 0 {
			t.Errorf("%v: %d circles, consistence %v, %v", c.wins, d, zeta, ok)
		}
	}
	pairs := map[data.Pair]int{}
	for _, e := range v.Input.Edges {
		answer(pairs, num(e[0]+1), num(e[1]+1), 1)
	}
	c := Consist(sheetOf(t, numbered(6), pairs))
	if len(c.Triads) != v.Expected.Case3.D || c.Zeta == nil || c.Zeta.Cmp(v.Expected.Case3.Zeta.Rat) != 0 {
		t.Errorf("%+v", c)
	}
	if _, zeta, _ := Circles(v.Input.Wins3); zeta.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("consistence %s", zeta)
	}
}
