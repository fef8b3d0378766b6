package rank

import (
	"math/big"
	"math/bits"
)

// arrangement is the first of the best orders of a part, in the order in which
// the part is given, and how many there are; for 20 problems, the most that is
// asked, 20! fits into the count.
func arrangement(excess [][]*big.Int, part []int) (order []int, optima uint64) {
	s := newSubsets(excess, part)
	s.estimate()
	all := uint32(1)<<len(part) - 1
	optima = s.resolve(all)
	for set := all; set != 0; set &^= 1 << s.first[set] {
		order = append(order, part[s.first[set]])
	}
	return order, optima
}

// subsets is the dynamic program of Kemeny's orders over the subsets of a part:
// one problem of a set comes first, the others follow in their own best order.
//
// It goes up through all sets in machine numbers. Weights too long for that are
// rounded down to a unit, and then the best sums are known to within as many
// units as the set has pairs. So the program goes down again from the whole set,
// only through what may be best, and settles with exact numbers what the
// estimate cannot tell apart. Rounding never decides.
type subsets struct {
	weight    [][]*big.Int // what i before j gains; nil for nothing
	exact     bool         // the unit is 1: nothing is rounded
	half      int          // sums over a set are looked up for its lower and upper half
	low, high [][]int64    // what i before a set gains, rounded
	best      []int64      // by set, rounded: 8 MB for 20 problems
	optima    []uint64     // by set; 0 where nothing is settled yet
	first     []uint8      // by set, once it is settled
	sums      []*big.Int   // by set, the best sum, where it was needed
}

func newSubsets(excess [][]*big.Int, part []int) *subsets {
	n := len(part)
	s := &subsets{weight: make([][]*big.Int, n), half: (n + 1) / 2}
	sum := new(big.Int)
	for i := range n {
		s.weight[i] = make([]*big.Int, n)
		for j := range n {
			if w := excess[part[i]][part[j]]; w != nil {
				s.weight[i][j] = w
				sum.Add(sum, w)
			}
		}
	}
	shift := uint(max(0, sum.BitLen()-62))
	s.exact = shift == 0
	for _, row := range s.weight {
		short := make([]int64, n)
		for j, w := range row {
			if w != nil {
				short[j] = new(big.Int).Rsh(w, shift).Int64()
			}
		}
		s.low, s.high = append(s.low, sumsOf(short[:s.half])), append(s.high, sumsOf(short[s.half:]))
	}
	s.best, s.optima, s.first = make([]int64, 1<<n), make([]uint64, 1<<n), make([]uint8, 1<<n)
	if !s.exact {
		s.sums = make([]*big.Int, 1<<n)
		s.sums[0] = new(big.Int)
	}
	s.optima[0] = 1
	return s
}

// sumsOf are the sums over all subsets of some numbers.
func sumsOf(numbers []int64) []int64 {
	sums := make([]int64, 1<<len(numbers))
	for set := 1; set < len(sums); set++ {
		sums[set] = sums[set&(set-1)] + numbers[bits.TrailingZeros(uint(set))]
	}
	return sums
}

// led is the best sum of a set that problem i leads, rounded.
func (s *subsets) led(i int, rest uint32) int64 {
	return s.low[i][rest&(1<<s.half-1)] + s.high[i][rest>>s.half] + s.best[rest]
}

// estimate finds the best sums of all sets, rounded.
func (s *subsets) estimate() {
	for set := uint32(1); int(set) < len(s.best); set++ {
		best := int64(0)
		for left := set; left != 0; left &= left - 1 {
			best = max(best, s.led(bits.TrailingZeros32(left), set&^(left&-left)))
		}
		s.best[set] = best
	}
}

// resolve settles which problem leads a set, the first where several may, and in
// how many orders the set is at its best.
func (s *subsets) resolve(set uint32) uint64 {
	if s.optima[set] > 0 {
		return s.optima[set]
	}
	leaders := s.leaders(set)
	for _, i := range leaders {
		s.optima[set] += s.resolve(set &^ (1 << i))
	}
	s.first[set] = leaders[0]
	return s.optima[set]
}

// leaders are the problems that lead a set in one of its best orders.
func (s *subsets) leaders(set uint32) (leaders []uint8) {
	blur := int64(0) // rounding takes less than one unit from each pair
	if size := int64(bits.OnesCount32(set)); !s.exact && size > 1 {
		blur = size*(size-1)/2 - 1
	}
	for left := set; left != 0; left &= left - 1 {
		if i := bits.TrailingZeros32(left); s.led(i, set&^(1<<i)) >= s.best[set]-blur {
			leaders = append(leaders, uint8(i))
		}
	}
	if s.exact || len(leaders) == 1 {
		return leaders
	}
	var best *big.Int
	var exact []uint8
	for _, i := range leaders {
		sum := s.sum(i, set&^(1<<i))
		c := 1
		if best != nil {
			c = sum.Cmp(best)
		}
		switch {
		case c > 0:
			best, exact = sum, []uint8{i}
		case c == 0:
			exact = append(exact, i)
		}
	}
	return exact
}

// sum is the best sum of a set that problem i leads.
func (s *subsets) sum(i uint8, rest uint32) *big.Int {
	if s.sums[rest] == nil {
		s.resolve(rest)
		s.sums[rest] = s.sum(s.first[rest], rest&^(1<<s.first[rest]))
	}
	sum := new(big.Int).Set(s.sums[rest])
	for left := rest; left != 0; left &= left - 1 {
		if w := s.weight[i][bits.TrailingZeros32(left)]; w != nil {
			sum.Add(sum, w)
		}
	}
	return sum
}
