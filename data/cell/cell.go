// Package cell keeps the numbers of a few people out of published tables.
//
// A table is a list of counts and a list of sums that tie them together; tables
// of the same people, on one page or on many, go in as one list. Audit says what
// a reader can work out of the counts that are hidden; Merge joins neighbouring
// columns until there is nothing to hide, which people read better than stars;
// Protect chooses what to hide where merging does not help.
//
// Source of the rules: threshold and complementary suppression as in Statistical
// Policy Working Paper 22 of the FCSM, "Report on Statistical Disclosure
// Limitation Methodology"; the audit is by linear bounds, in exact arithmetic.
package cell

import (
	"fmt"
	"math"
)

// Cell is one count and what is published of it: that it lies from Low to High.
type Cell struct {
	N         int
	Low, High int
	Fixed     bool // public whatever is decided here, such as a number of another document: nobody asks to hide it
}

// Open is the High of a cell about which nothing is published.
const Open = math.MaxInt

// Show is a count that is published as it is.
func Show(n int) Cell { return Cell{N: n, Low: n, High: n} }

// Hide is a count of which nothing is published.
func Hide(n int) Cell { return Cell{N: n, High: Open} }

// Small tells whether a count is of so few people that it must not be known:
// from 1 to k-1. Nobody is not few.
func Small(n, k int) bool { return n > 0 && n < k }

// small tells whether the cell is to be kept from being known.
func (c Cell) small(k int) bool { return Small(c.N, k) && !c.Fixed }

// open tells whether more than one count fits what is published.
func (c Cell) open() bool { return c.Low < c.High }

// hidden tells whether nothing at all is published of it.
func (c Cell) hidden() bool { return c.Low == 0 && c.High == Open }

// Sum says that some cells add up to one, by their places in the list of cells.
type Sum struct {
	Cells []int
	Total int
}

// check finds what makes a list no table: sums that do not add up.
func check(cells []Cell, sums []Sum) error {
	for i, c := range cells {
		if c.N < 0 || c.Low < 0 || c.N < c.Low || c.N > c.High {
			return fmt.Errorf("cell %d: %d is not from %d to %d", i, c.N, c.Low, c.High)
		}
	}
	for i, s := range sums {
		n := 0
		for _, at := range append([]int{s.Total}, s.Cells...) {
			if at < 0 || at >= len(cells) {
				return fmt.Errorf("sum %d: there is no cell %d", i, at)
			}
		}
		for _, at := range s.Cells {
			n += cells[at].N
		}
		if n != cells[s.Total].N {
			return fmt.Errorf("sum %d: the cells have %d, their total says %d", i, n, cells[s.Total].N)
		}
	}
	return nil
}
