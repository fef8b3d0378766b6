package rank

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
)

// How the chance of an agreement is found. Chi-square is trusted from chiGroups
// orders of chiProblems on. Below that all arrangements of all orders are gone
// through where no more than exactSums sums have to be formed; else drawnOrders
// are drawn, with a seed made from the places themselves, so that anybody who
// has the same orders draws the same.
const (
	chiGroups   = 20
	chiProblems = 8
	exactSums   = 200_000
	drawnOrders = 1_999
)

// concord is how often orders with the same ties, each arranged at random, have
// a deviation of s or more, and how it was found.
func (known *Chances) concord(places [][]int64, s int64, chi2 float64) (p float64, how string) {
	if len(places) >= chiGroups && len(places[0]) >= chiProblems {
		return chiTail(chi2, len(places[0])-1), "chi2"
	}
	orders := arranged(places)
	if exact, ok := exactChance(orders, s); ok {
		p, _ = exact.Float64()
		return p, "exact"
	}
	return known.chance(orders, s), "drawn"
}

// arranged brings orders into the one form that all their arrangements share:
// every order sorted, and the orders sorted. What follows from it cannot depend
// on how groups or problems are listed.
func arranged(places [][]int64) [][]int64 {
	orders := make([][]int64, len(places))
	for i, order := range places {
		orders[i] = slices.Sorted(slices.Values(order))
	}
	slices.SortFunc(orders, slices.Compare[[]int64])
	return orders
}

// exactChance goes through all arrangements. Orders are added one after the
// other; sums that are the same but for the sequence of problems lead to the
// same deviations from there on, and are carried on as one. It gives up, false,
// where that is too much work.
func exactChance(orders [][]int64, s int64) (p *big.Rat, ok bool) {
	type heap struct {
		sums  []int64
		times int64
	}
	heaps := map[string]heap{"": {orders[0], 1}}
	all, work := int64(1), 0
	for _, order := range orders[1:] {
		n, ok := arrangements(order)
		if work += n * len(heaps); !ok || work > exactSums || all > math.MaxInt64/int64(n) {
			return nil, false
		}
		all *= int64(n)
		next := map[string]heap{}
		for _, h := range heaps {
			turn := slices.Clone(order)
			for more := true; more; more = nextArrangement(turn) {
				sums := slices.Clone(h.sums)
				for i, place := range turn {
					sums[i] += place
				}
				slices.Sort(sums)
				key := string(sumKey(sums))
				next[key] = heap{sums, next[key].times + h.times}
			}
		}
		heaps = next
	}
	most := int64(0)
	for _, h := range heaps {
		if rankDeviation(h.sums, int64(len(orders))) >= s {
			most += h.times
		}
	}
	return big.NewRat(most, all), true
}

func sumKey(sums []int64) (b []byte) {
	for _, sum := range sums {
		b = binary.AppendVarint(b, sum)
	}
	return b
}

// arrangements is the number of ways to arrange a sorted order, n!/(t! u! ...)
// for ties of t, u, ...; false where that is more than exactSums.
func arrangements(order []int64) (n int, ok bool) {
	n, tie := 1, 0
	for i := range order {
		tie++
		if i > 0 && order[i] != order[i-1] {
			tie = 1
		}
		// n(i) = n(i-1) * i / tie is whole at every step.
		if n = n * (i + 1) / tie; n > exactSums {
			return 0, false
		}
	}
	return n, true
}

// nextArrangement turns an order into the next one of its arrangements in
// lexicographic sequence, each once; false after the last.
func nextArrangement(order []int64) bool {
	i := len(order) - 2
	for i >= 0 && order[i] >= order[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(order) - 1
	for order[j] <= order[i] {
		j--
	}
	order[i], order[j] = order[j], order[i]
	slices.Reverse(order[i+1:])
	return true
}

// Chances remember how much orders agree that are arranged at random. It follows from
// their ties alone, which seldom change while ballots come in, and takes longer to
// draw than all else about an agreement. Nil remembers nothing.
type Chances struct {
	mu    sync.Mutex
	drawn map[string][]int64 // deviations by the arranged orders, sorted
}

// mostChances bounds how many kinds of orders are remembered.
const mostChances = 64

// chance arranges the orders at random, and counts how often they agree as much. The
// orders as they are count as one draw more, so that the chance is never 0.
func (known *Chances) chance(orders [][]int64, s int64) float64 {
	var key []byte
	for _, order := range orders {
		key = append(append(key, sumKey(order)...), 0xff)
	}
	deviations := known.of(string(key), func() []int64 { return drawnDeviations(orders, key) })
	less, _ := slices.BinarySearch(deviations, s)
	return float64(1+len(deviations)-less) / (drawnOrders + 1)
}

func (known *Chances) of(key string, draw func() []int64) []int64 {
	if known == nil {
		return draw()
	}
	known.mu.Lock()
	defer known.mu.Unlock()
	drawn, ok := known.drawn[key]
	if !ok {
		drawn = draw()
		if known.drawn == nil || len(known.drawn) >= mostChances {
			known.drawn = map[string][]int64{}
		}
		known.drawn[key] = drawn
	}
	return drawn
}

// drawnDeviations are the deviations of the orders, each arranged at random again and
// again. The seed is made of the key.
func drawnDeviations(orders [][]int64, key []byte) []int64 {
	hash := fnv.New64a()
	hash.Write(key)
	random := rand.New(rand.NewPCG(hash.Sum64(), uint64(len(orders))))
	sums, deviations := make([]int64, len(orders[0])), make([]int64, drawnOrders)
	for draw := range deviations {
		copy(sums, orders[0])
		for _, order := range orders[1:] {
			for i := len(order) - 1; i >= 0; i-- {
				j := random.IntN(i + 1)
				order[i], order[j] = order[j], order[i]
				sums[i] += order[i]
			}
		}
		deviations[draw] = rankDeviation(sums, int64(len(orders)))
	}
	slices.Sort(deviations)
	return deviations
}
