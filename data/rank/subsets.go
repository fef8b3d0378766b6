package rank

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// arrangement is the first of the best orders of a part, in the order in which
// the part is given, and how many there are; 20! orders fit into the count.
func arrangement(excess [][]*big.Int, part []int) (order []int, optima uint64) {
	n := len(part)
	if n == 1 {
		return part, 1
	}
	large, small := make([][]*big.Int, n), make([][]int64, n)
	sum := new(big.Int)
	for i := range n {
		large[i], small[i] = make([]*big.Int, n), make([]int64, n)
		for j := range n {
			large[i][j] = new(big.Int)
			if e := excess[part[i]][part[j]]; e != nil {
				large[i][j] = e
				sum.Add(sum, e)
				small[i][j] = e.Int64()
			}
		}
	}
	if sum.Cmp(big.NewInt(math.MaxInt64)) <= 0 {
		order, optima = arrange(small, integers)
	} else {
		order, optima = arrange(large, longIntegers)
	}
	for at, i := range order {
		order[at] = part[i]
	}
	return order, optima
}

// arithmetic is all that the program asks of numbers. add gives a+b, in the
// place of into where that place can be used again; N's zero value is such a
// place.
type arithmetic[N any] struct {
	add func(into, a, b N) N
	cmp func(a, b N) int
}

// integers are numbers whose sums fit into a machine word, longIntegers any.
var (
	integers = arithmetic[int64]{
		add: func(_, a, b int64) int64 { return a + b },
		cmp: cmp.Compare[int64],
	}
	longIntegers = arithmetic[*big.Int]{
		add: func(into, a, b *big.Int) *big.Int {
			if into == nil {
				into = new(big.Int)
			}
			return into.Add(a, b)
		},
		cmp: (*big.Int).Cmp,
	}
)

// arrange finds an order of 0 to n-1 with the greatest sum of w[i][j] over all i
// before j, the first one of them, and their number. w[i][i] is 0.
//
// The best sum of a set is known from the sets with one element less: one of its
// elements comes first, the rest in their best order. Sets are gone through by
// size, and of each size in order of their bits, which is also the order of their
// numbers among the sets of that size. So only two sizes are kept, 6 MB of
// machine numbers for 20 elements, beside the first element of every set.
func arrange[N any](w [][]N, a arithmetic[N]) (order []int, optima uint64) {
	n := len(w)
	pascal, before := newPascal(n), newBefore(w, a)
	first := make([]uint8, 1<<n)
	var here, less layer[N]
	less.resize(1)
	less.best[0], less.optima[0] = a.add(less.best[0], w[0][0], w[0][0]), 1
	var sum N
	rests := make([]rest, 0, n)
	for size := 1; size <= n; size++ {
		here.resize(pascal[n][size])
		for at, set := 0, uint32(1)<<size-1; set < 1<<n; at, set = at+1, next(set) {
			best, optima := here.best[at], uint64(0)
			for _, r := range pascal.rests(set, rests) {
				sum = before.sum(sum, r.first, r.set)
				sum = a.add(sum, sum, less.best[r.number])
				c := 1
				if optima > 0 {
					c = a.cmp(sum, best)
				}
				switch {
				case c > 0:
					best, sum = sum, best
					optima, first[set] = less.optima[r.number], uint8(r.first)
				case c == 0:
					optima += less.optima[r.number]
				}
			}
			here.best[at], here.optima[at] = best, optima
		}
		less, here = here, less
	}
	for set := uint32(1)<<n - 1; set != 0; set &^= 1 << first[set] {
		order = append(order, int(first[set]))
	}
	return order, less.optima[0]
}

// layer is what is known of all sets of one size, by their numbers.
type layer[N any] struct {
	best   []N
	optima []uint64
}

// resize makes room for n sets; numbers that are there are used again.
func (l *layer[N]) resize(n int) {
	if more := n - len(l.best); more > 0 {
		l.best = append(l.best, make([]N, more)...)
		l.optima = append(l.optima, make([]uint64, more)...)
	}
}

// before tells what an element gains by standing before all of a set: sums over
// the lower half of the elements and over the upper half, for every set of either.
type before[N any] struct {
	low, high [][]N
	half      int
	add       func(into, a, b N) N
}

func newBefore[N any](w [][]N, a arithmetic[N]) before[N] {
	b := before[N]{half: (len(w) + 1) / 2, add: a.add}
	sums := func(row []N) []N {
		t := make([]N, 1<<len(row))
		t[0] = a.add(t[0], w[0][0], w[0][0])
		for set := 1; set < len(t); set++ {
			t[set] = a.add(t[set], t[set&(set-1)], row[bits.TrailingZeros(uint(set))])
		}
		return t
	}
	for _, row := range w {
		b.low, b.high = append(b.low, sums(row[:b.half])), append(b.high, sums(row[b.half:]))
	}
	return b
}

func (b *before[N]) sum(into N, i int, set uint32) N {
	return b.add(into, b.low[i][set&(1<<b.half-1)], b.high[i][set>>b.half])
}

// next is the next set of the same size in order of bits (Gosper's hack).
func next(set uint32) uint32 {
	low := set & -set
	up := set + low
	return up | (set^up)/low>>2
}

// rest is a set without one element, and its number among the sets of its size.
type rest struct {
	set           uint32
	first, number int
}

// pascal holds how many sets of k there are among n.
type pascal [kemenyMost + 1][kemenyMost + 2]int

func newPascal(n int) (p pascal) {
	for i := range n + 1 {
		p[i][0] = 1
		for k := 1; k <= i; k++ {
			p[i][k] = p[i-1][k-1] + p[i-1][k]
		}
	}
	return p
}

// rests takes each element out of a set, in turn, the lowest first. The number of
// a set with the elements a < b < c is (a over 1) + (b over 2) + (c over 3): what
// is above the one taken out moves down by one.
func (p *pascal) rests(set uint32, rests []rest) []rest {
	number, k := 0, 0
	for left := set & (set - 1); left != 0; left &= left - 1 {
		k++
		number += p[bits.TrailingZeros32(left)][k]
	}
	k = 0
	for left := set; left != 0; {
		i := bits.TrailingZeros32(left)
		left &= left - 1
		rests = append(rests, rest{set &^ (1 << i), i, number})
		if k++; left != 0 {
			number += p[i][k] - p[bits.TrailingZeros32(left)][k]
		}
	}
	return rests
}
