package cell

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// safe fails unless every small cell is hidden, and two tables that fit
// everything published have it k apart: it takes the two tables, and not the
// word of the audit.
func safe(t tester, counts []int, hidden []bool, sums []Sum, k int) {
	t.Helper()
	cells := published(counts, hidden)
	leaks, err := Audit(cells, sums, k)
	if err != nil || len(leaks) > 0 {
		t.Fatalf("leaks %v, %v\nof %v\nhidden %v", leaks, err, counts, hidden)
	}
	for i, n := range counts {
		if Small(n, k) && !hidden[i] {
			t.Fatalf("cell %d shows %d people", i, n)
		}
	}
	for _, p := range apart(cells, sums) {
		table := p.tableau()
		for v, at := range p.open {
			if !Small(cells[at].N, k) {
				continue
			}
			low, high := ends(table, v, func() { fits(t, p, table, cells) })
			if high != nil && low.Add(low, whole(k)).Cmp(high) > 0 {
				t.Fatalf("cell %d is told to less than %d", at, k)
			}
		}
	}
}

// fits fails unless the table of a corner fits everything published.
func fits(t tester, p *part, table *tableau, cells []Cell) {
	t.Helper()
	for _, s := range p.sums {
		sum := whole(0)
		for at, factor := range s.all() {
			x := whole(cells[at].N)
			if v, ok := p.at[at]; ok {
				x = table.value(v)
			}
			if x.Sign() < 0 {
				t.Fatalf("cell %d is %s", at, x.RatString())
			}
			sum.Add(sum, x.Mul(x, whole(factor)))
		}
		if sum.Sign() != 0 {
			t.Fatalf("a corner does not fit %v", s)
		}
	}
}

// draw is a municipality: people by village, sex and band.
func draw(t *rapid.T) *Cube {
	villages := rapid.IntRange(1, 3).Draw(t, "villages")
	bands := rapid.IntRange(1, 4).Draw(t, "bands")
	size := rapid.SampledFrom([]int{2, 6, 12, 40}).Draw(t, "size")
	counts := make([]int, villages*2*bands)
	for i := range counts {
		counts[i] = rapid.IntRange(0, size).Draw(t, "people")
	}
	return NewCube(counts, villages, 2, bands)
}

// TestHiddenCellsCannotBeWorkedOut plays the reader of 1,000 municipalities, ten
// at a time, who has the table of people by village, sex and band, and all its
// totals.
func TestHiddenCellsCannotBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for i := range 10 {
			c := draw(t)
			k := rapid.IntRange(3, 8).Draw(t, "k")
			hidden, err := Protect(shown(c.N), c.Sums, k)
			if err != nil {
				t.Fatal(err)
			}
			safe(t, c.N, hidden, c.Sums, k)
			if i == 0 {
				needed(t, c, hidden, k)
			}
		}
	})
}

// needed fails where one of the cells hidden for the sake of others could be
// shown.
func needed(t *rapid.T, c *Cube, hidden []bool, k int) {
	for at, h := range hidden {
		if !h || Small(c.N[at], k) {
			continue
		}
		hidden[at] = false
		leaks, err := Audit(published(c.N, hidden), c.Sums, k)
		if hidden[at] = true; err != nil || len(leaks) == 0 {
			t.Fatalf("cell %d of %d is hidden for nothing, %v", at, c.N[at], err)
		}
	}
}

// The corners of a table of two axes are whole numbers, so that trying every
// table gives the very bounds.
func TestBoundsAreThoseOfEveryTableThatFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "cols")
		counts := make([]int, rows*cols)
		for i := range counts {
			counts[i] = rapid.IntRange(0, 3).Draw(t, "people")
		}
		c := NewCube(counts, rows, cols)
		cells := shown(c.N)
		for row := range rows {
			for col := range cols {
				at := c.At(row, col)
				switch rapid.IntRange(0, 4).Draw(t, "published") {
				case 0, 1:
					cells[at] = Hide(c.N[at])
				case 2:
					cells[at] = rounded(c.N[at], 3)
				}
			}
		}
		bounds := try(c, cells, rows, cols)
		for at, cell := range cells {
			if !cell.open() {
				continue
			}
			low, high := bound(t, cells, c.Sums, at)
			if high == nil || low.Cmp(whole(bounds[at][0])) != 0 || high.Cmp(whole(bounds[at][1])) != 0 {
				t.Fatalf("cell %d is from %v to %v, and trying all gives %v\n%+v", at, low, high, bounds[at], cells)
			}
		}
	})
}

// try finds the least and the most of every cell over all tables that fit.
func try(c *Cube, cells []Cell, rows, cols int) map[int][2]int {
	bounds := map[int][2]int{}
	n := make([]int, len(cells))
	var place func(i int)
	place = func(i int) {
		if i < rows*cols {
			at := c.At(i/cols, i%cols)
			for n[at] = cells[at].Low; n[at] <= min(cells[at].High, 9); n[at]++ {
				place(i + 1)
			}
			return
		}
		for _, s := range c.Sums {
			if s.Total == c.At(All, All) {
				continue // it follows from the others
			}
			sum := 0
			for _, at := range s.Cells {
				sum += n[at]
			}
			if sum != cells[s.Total].N {
				return
			}
		}
		for at := range cells {
			b, ok := bounds[at]
			if !ok {
				b = [2]int{n[at], n[at]}
			}
			bounds[at] = [2]int{min(b[0], n[at]), max(b[1], n[at])}
		}
	}
	place(0)
	return bounds
}

// Three tables on three pages, each of which is safe when it stands alone: by two
// and two they share a number that is hidden, and together tell all of them.
func TestTablesOnOtherPagesAreAudited(t *testing.T) {
	cells := []Cell{Hide(3), Hide(7), Hide(5), Show(10), Show(12), Show(8)}
	pages := []Sum{{[]int{0, 1}, 3}, {[]int{1, 2}, 4}, {[]int{0, 2}, 5}}
	for i := range pages {
		if leaks, err := Audit(cells, pages[i:i+1], 5); err != nil || len(leaks) != 0 {
			t.Errorf("page %d alone: %v, %v", i, leaks, err)
		}
	}
	leaks, err := Audit(cells, pages, 5)
	if err != nil || len(leaks) != 1 || leaks[0].String() != "cell 0 is from 3 to 3 by [3 4 5]" {
		t.Errorf("together: %v, %v", leaks, err)
	}
	hidden, err := Protect(cells, pages, 5)
	if err != nil {
		t.Fatal(err)
	}
	if leaks, err = Audit(published([]int{3, 7, 5, 10, 12, 8}, hidden), pages, 5); err != nil || len(leaks) > 0 {
		t.Errorf("with %v hidden %v leak, %v", hidden, leaks, err)
	}
}

func TestNumbersThatArePublicAlreadyCannotBeHidden(t *testing.T) {
	fixed := func(n int) Cell { c := Show(n); c.Fixed = true; return c }
	for _, c := range []struct {
		name  string
		cells []Cell
		want  error
	}{
		{"a total that is public", []Cell{Show(3), Show(7), fixed(10)}, nil},
		{"all but three are public", []Cell{Show(3), fixed(7), fixed(10)}, ErrFixed},
		{"the small number itself is public", []Cell{fixed(3), Show(7), Show(10)}, nil},
	} {
		hidden, err := Protect(c.cells, []Sum{{[]int{0, 1}, 2}}, 5)
		if !errors.Is(err, c.want) || hidden[0] == c.cells[0].Fixed {
			t.Errorf("%s: hidden %v, %v", c.name, hidden, err)
		}
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		cells []Cell
		sums  []Sum
	}{
		"the sum is wrong":       {[]Cell{Show(3), Show(7), Show(11)}, []Sum{{[]int{0, 1}, 2}}},
		"there is no such cell":  {[]Cell{Show(3)}, []Sum{{[]int{0}, 1}}},
		"nor one before":         {[]Cell{Show(3)}, []Sum{{[]int{-1}, 0}}},
		"people below nobody":    {[]Cell{Show(-1)}, nil},
		"published beside truth": {[]Cell{{N: 9, Low: 2, High: 7}}, nil},
	} {
		if _, err := Audit(c.cells, c.sums, 5); err == nil {
			t.Errorf("%s, and it is audited", name)
		}
		if _, err := Protect(c.cells, c.sums, 5); err == nil {
			t.Errorf("%s, and it is protected", name)
		}
	}
}

// Rounded numbers may tell as much as true ones.
func TestRoundedTotalsAreAudited(t *testing.T) {
	for n := range 60 {
		for s := 1; s < 12; s++ {
			if c := rounded(n, s); c.N < c.Low || c.N > c.High || c.Low > 0 && c.High-c.Low != s-1 {
				t.Errorf("%d in steps of %d is from %d to %d", n, s, c.Low, c.High)
			}
		}
	}
	sums := []Sum{{[]int{0, 1}, 2}}
	for _, c := range []struct {
		step, leaks int
	}{{1, 1}, {3, 1}, {10, 0}} {
		if leaks, err := Audit([]Cell{Hide(3), Show(43), rounded(46, c.step)}, sums, 5); err != nil || len(leaks) != c.leaks {
			t.Errorf("in steps of %d: %v, %v", c.step, leaks, err)
		}
	}
}

// The people who did not choose something are a cell like any other: 18 of 20
// tells of two.
func TestTheRestOfAGroupIsProtected(t *testing.T) {
	chose, rest, all := 0, 1, 2
	hidden, err := Protect([]Cell{Show(18), Hide(2), Show(20)}, []Sum{{[]int{chose, rest}, all}}, 5)
	if err != nil || !hidden[chose] || hidden[all] {
		t.Errorf("hidden %v, %v", hidden, err)
	}
}
