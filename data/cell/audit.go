package cell

import (
	"fmt"
	"math/big"
)

// Leak is a small count that a reader can place between two numbers that are
// less than k apart.
type Leak struct {
	Cell      int
	Low, High *big.Rat
	From      []int // the published counts that this follows from, in rising order
}

// Audit finds the small counts, 1 to k-1, that can be worked out of everything
// published: those for which the numbers that fit it lie less than k apart. It
// knows that no count is below 0, the sums, and what is published of each cell,
// totals included, and takes all of it together by linear programming. An error
// means that the cells are no table: their sums do not add up.
func Audit(cells []Cell, sums []Sum, k int) ([]Leak, error) {
	if err := check(cells, sums); err != nil {
		return nil, err
	}
	var leaks []Leak
	parts := apart(cells, sums)
	for i, c := range cells {
		if c.small(k) && !c.open() {
			leaks = append(leaks, Leak{Cell: i, Low: whole(c.Low), High: whole(c.High), From: []int{i}})
		}
	}
	for _, p := range parts {
		leaks = append(leaks, p.audit(k)...)
	}
	return leaks, nil
}

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }

// part is some open cells that have no sum in common with others.
type part struct {
	cells []Cell
	open  []int       // their places in cells; a variable is a place in open
	at    map[int]int // the variable of a place
	sums  []Sum
}

// apart takes the open cells apart into those that have to do with each other.
func apart(cells []Cell, sums []Sum) (parts []*part) {
	root := roots(cells, sums)
	known := map[int]*part{}
	for i, c := range cells {
		if !c.open() {
			continue
		}
		p := known[root(i)]
		if p == nil {
			p = &part{cells: cells, at: map[int]int{}}
			known[root(i)] = p
			parts = append(parts, p)
		}
		p.at[i] = len(p.open)
		p.open = append(p.open, i)
	}
	for _, s := range sums {
		for at := range s.all() {
			if cells[at].open() {
				known[root(at)].sums = append(known[root(at)].sums, s)
				break
			}
		}
	}
	return parts
}

// roots gives each open cell one that stands for all it has to do with.
func roots(cells []Cell, sums []Sum) (root func(int) int) {
	of := make([]int, len(cells))
	for i := range of {
		of[i] = i
	}
	root = func(i int) int {
		if of[i] != i {
			of[i] = root(of[i])
		}
		return of[i]
	}
	for _, s := range sums {
		before := -1
		for at := range s.all() {
			if cells[at].open() {
				if before >= 0 {
					of[root(at)] = root(before)
				}
				before = at
			}
		}
	}
	return root
}

// all are the cells of a sum and its total, each with its factor: the cells less
// the total are 0.
func (s Sum) all() func(yield func(at, factor int) bool) {
	return func(yield func(at, factor int) bool) {
		for _, at := range s.Cells {
			if !yield(at, 1) {
				return
			}
		}
		yield(s.Total, -1)
	}
}

// audit of one part.
func (p *part) audit(k int) (leaks []Leak) {
	var seen []*seen
	for v, at := range p.open {
		if p.cells[at].small(k) {
			seen = append(seen, newSeen(v, p.cells[at].N-p.cells[at].Low))
		}
	}
	if len(seen) == 0 {
		return nil
	}
	t := p.tableau()
	look := func() {
		for _, s := range seen {
			s.look(t)
		}
	}
	look()
	for _, s := range seen {
		if leak, ok := p.leak(t, s, look, whole(k)); ok {
			leaks = append(leaks, leak)
		}
	}
	return leaks
}

// seen are the smallest and the largest value that one variable has had at the
// corners so far: all of them fit what is published.
type seen struct {
	variable  int
	low, high *big.Rat
}

func newSeen(v, n int) *seen { return &seen{v, whole(n), whole(n)} }

func (s *seen) look(t *tableau) {
	x := t.value(s.variable)
	if x.Cmp(s.low) < 0 {
		s.low = x
	}
	if x.Cmp(s.high) > 0 {
		s.high = x
	}
}

func (s *seen) wide(k *big.Rat) bool { return new(big.Rat).Sub(s.high, s.low).Cmp(k) >= 0 }

// leak moves a small cell up and then down as far as it goes, or until it has
// been seen wide enough.
func (p *part) leak(t *tableau, s *seen, look func(), k *big.Rat) (Leak, bool) {
	from := map[int]bool{}
	for _, up := range []bool{true, false} {
		led := moved
		for ; led == moved && !s.wide(k); look() {
			led = t.step(s.variable, up)
		}
		if led == moved || led == endless {
			return Leak{}, false
		}
		p.follow(t.proof(s.variable), from)
	}
	at := p.open[s.variable]
	low := whole(p.cells[at].Low)
	leak := Leak{Cell: at, Low: new(big.Rat).Add(s.low, low), High: new(big.Rat).Add(s.high, low)}
	for i := range p.cells {
		if from[i] && i != at {
			leak.From = append(leak.From, i)
		}
	}
	return leak, true
}

// follow notes the published counts that a proof rests on.
func (p *part) follow(times []*big.Int, from map[int]bool) {
	rests := map[int]*big.Int{}
	for e, n := range times {
		if n.Sign() == 0 {
			continue
		}
		for at, factor := range p.sums[e].all() {
			if rests[at] == nil {
				rests[at] = new(big.Int)
			}
			rests[at].Add(rests[at], new(big.Int).Mul(n, big.NewInt(int64(factor))))
		}
	}
	for at, n := range rests {
		if n.Sign() != 0 && !p.cells[at].hidden() {
			from[at] = true
		}
	}
}

// tableau of a part: its open cells above their Low.
func (p *part) tableau() *tableau {
	most := make([]int, len(p.open))
	for v, at := range p.open {
		if most[v] = p.cells[at].High; most[v] != Open {
			most[v] -= p.cells[at].Low
		}
	}
	t := newTableau(most, len(p.sums))
	for _, s := range p.sums {
		factors, total := map[int]int{}, 0
		for at, factor := range s.all() {
			if p.cells[at].open() {
				factors[p.at[at]] += factor
				total -= factor * p.cells[at].Low
			} else {
				total -= factor * p.cells[at].N
			}
		}
		t.equation(factors, total)
	}
	return t
}

// String says what leaks, for those who look for a fault.
func (l Leak) String() string {
	return fmt.Sprintf("cell %d is from %s to %s by %v", l.Cell, l.Low.RatString(), l.High.RatString(), l.From)
}
