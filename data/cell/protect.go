package cell

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrFixed means that a small count can be worked out of numbers that are public
// whatever is hidden here.
var ErrFixed = errors.New("a small count follows from what is public already")

// Protect chooses which cells to hide so that Audit finds nothing: the small
// ones, 1 to k-1; in every sum with one hidden cell its smallest other; then, for
// what the audit still finds, the smallest number that its proof rests on. Totals
// go after other cells, and those with nobody in them, which protect least, go
// last. Cells that are hidden already stay so. Of what was hidden for the sake of
// others, all that can be shown after all is.
//
// It answers with a flag for each cell: hidden. With ErrFixed all that helps is
// hidden, and yet something follows from cells that are Fixed; any other error
// tells that the cells are no table.
func Protect(cells []Cell, sums []Sum, k int) (hidden []bool, err error) {
	if err := check(cells, sums); err != nil {
		return nil, err
	}
	p := protecting{was: cells, cells: slices.Clone(cells), sums: sums, k: k, total: make([]bool, len(cells)), spare: make([]bool, len(cells))}
	for _, s := range sums {
		p.total[s.Total] = true
	}
	for i, c := range p.cells {
		if c.small(k) {
			p.cells[i] = Hide(c.N)
		}
	}
	p.lines()
	left := p.close()
	p.open(left)
	hidden = make([]bool, len(cells))
	for i, c := range p.cells {
		hidden[i] = c.hidden()
	}
	if len(left) > 0 {
		err = fmt.Errorf("%w: %v", ErrFixed, left)
	}
	return hidden, err
}

// protecting is a table under way.
type protecting struct {
	was   []Cell // as they came
	cells []Cell
	sums  []Sum
	k     int
	total []bool
	spare []bool // hidden for the sake of others
}

// before orders what is hidden next: cells, then totals, then those with nobody;
// of each the smallest.
func (p *protecting) before(a, b int) int {
	class := func(at int) int {
		switch {
		case p.cells[at].N == 0:
			return 2
		case p.total[at]:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(class(a), class(b)), cmp.Compare(p.cells[a].N, p.cells[b].N), cmp.Compare(a, b))
}

// next is the first of some cells that can be hidden; false where none can.
func (p *protecting) next(among []int) (at int, ok bool) {
	for _, i := range among {
		if c := p.cells[i]; c.Fixed || c.hidden() {
			continue
		}
		if !ok || p.before(i, at) < 0 {
			at, ok = i, true
		}
	}
	return at, ok
}

func (p *protecting) hide(at int) { p.cells[at], p.spare[at] = Hide(p.cells[at].N), true }

// lines hides a second cell wherever one alone is hidden.
func (p *protecting) lines() {
	for changed := true; changed; {
		changed = false
		for _, s := range p.sums {
			open := 0
			line := append([]int{s.Total}, s.Cells...)
			for _, at := range line {
				if p.cells[at].open() {
					open++
				}
			}
			if open != 1 {
				continue
			}
			if at, ok := p.next(line); ok && p.cells[at].N > 0 {
				p.hide(at)
				changed = true
			}
		}
	}
}

// leaks of the table as it is now; that it is a table was seen to.
func (p *protecting) leaks() []Leak {
	leaks, err := Audit(p.cells, p.sums, p.k)
	if err != nil {
		panic(err)
	}
	return leaks
}

// close hides more until the audit finds nothing that hiding could close; what is
// left follows from cells that are fixed.
func (p *protecting) close() (left []Leak) {
	for changed := true; changed; {
		changed = false
		left = p.leaks()
		for _, leak := range left {
			if slices.ContainsFunc(leak.From, func(at int) bool { return p.cells[at].hidden() }) {
				continue // what was hidden for another may have closed it
			}
			if at, ok := p.next(leak.From); ok {
				p.hide(at)
				changed = true
			}
		}
	}
	return left
}

// open shows again what need not be hidden, totals and large numbers first.
func (p *protecting) open(left []Leak) {
	var spare []int
	for at, is := range p.spare {
		if is {
			spare = append(spare, at)
		}
	}
	slices.SortFunc(spare, func(a, b int) int { return p.before(b, a) })
	for _, at := range spare {
		p.cells[at] = p.was[at]
		if !slices.EqualFunc(p.leaks(), left, sameLeak) {
			p.cells[at] = Hide(p.cells[at].N)
		}
	}
}

func sameLeak(a, b Leak) bool {
	return a.Cell == b.Cell && a.Low.Cmp(b.Low) == 0 && a.High.Cmp(b.High) == 0
}
