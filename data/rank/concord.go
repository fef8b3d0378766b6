package rank

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"ashar/data"
)

// Concord is how far several orders of the same problems agree with each other.
type Concord struct {
	W        *big.Rat // Kendall's coefficient of concordance, 0 (as if by chance) to 1 (the same order); nil where undefined
	Reason   string   // why there is none: groups (fewer than two), problems (fewer than two), ties (nobody tells any apart)
	K        int      // orders compared
	N        int      // problems that every order has
	Chi2     float64  // K(N-1)W, Friedman's statistic, of N-1 degrees of freedom
	Spearman float64  // (KW-1)/(K-1): the mean Spearman correlation of two orders (exactly so where none has ties)
	P        float64  // how often orders made at random agree at least as much, 0 to 1
	How      string   // how P was got: exact, drawn or chi2

	Without []Cut     // parts that have no order of their own; they are not among the K
	Dropped []data.ID // problems that some part has no score for; they are not among the N
}

// Concordant compares the orders that the parts of a break-down have. A part
// without any order (nobody of it spoke, or nobody knows how many it stands for)
// is left out and listed; so is a problem that a part with an order gives no
// score. Parts and problems are compared each as one, whatever their size.
func Concordant(parts []Part, known *Chances) Concord {
	var orders []map[data.ID]int
	var without []Cut
	times := map[data.ID]int{}
	for _, part := range parts {
		order := map[data.ID]int{}
		for _, p := range part.Ranking.Places {
			if p.Score != nil {
				order[p.Problem] = p.Rank
				times[p.Problem]++
			}
		}
		if len(order) == 0 {
			without = append(without, part.Cut)
			continue
		}
		orders = append(orders, order)
	}
	var everywhere, dropped []data.ID
	for p, n := range times {
		if n == len(orders) {
			everywhere = append(everywhere, p)
		} else {
			dropped = append(dropped, p)
		}
	}
	byID := func(a, b data.ID) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(dropped, byID)
	places := make([][]int, len(orders))
	for i, order := range orders {
		for _, p := range everywhere {
			places[i] = append(places[i], order[p])
		}
	}
	c := Kendall(places, known)
	c.Without, c.Dropped = without, dropped
	return c
}

// Kendall is the concordance of orders, each the places it gives to the same
// problems in the same sequence. Only which place is better matters: equal ones
// are tied, and share the mean of their places.
//
//	W = 12 S / (K^2 (N^3-N) - K sum(t^3-t))
//
// with S the squared deviations of the sums of places from their mean, and t
// the sizes of the ties of every order (Kendall & Babington Smith, 1939). With
// few groups chi-square misleads, so that P comes from permutations (Legendre,
// 2005) until there are chiGroups orders of chiProblems.
func Kendall(orders [][]int, known *Chances) Concord {
	c := Concord{K: len(orders)}
	for i, order := range orders {
		if i == 0 || len(order) < c.N {
			c.N = len(order)
		}
	}
	switch {
	case c.K < 2:
		c.Reason = "groups"
	case c.N < 2:
		c.Reason = "problems"
	}
	if c.Reason != "" {
		return c
	}
	k, n := int64(c.K), int64(c.N)
	sums, tied := make([]int64, n), int64(0)
	places := make([][]int64, 0, k)
	for _, order := range orders {
		twice := meanPlaces(order[:n])
		squares := int64(0)
		for i, place := range twice {
			sums[i] += place
			squares += place * place
		}
		// Ties shrink the squares of the places by sum(t^3-t)/12.
		tied += 2*n*(n+1)*(2*n+1) - 3*squares
		places = append(places, twice)
	}
	whole := k*k*(n*n*n-n) - k*tied
	if whole == 0 {
		c.Reason = "ties"
		return c
	}
	s := rankDeviation(sums, k)
	c.W = big.NewRat(3*s, whole) // places, and so S, are doubled
	w, _ := c.W.Float64()
	c.Chi2 = float64(c.K*(c.N-1)) * w
	c.Spearman = (float64(c.K)*w - 1) / float64(c.K-1)
	c.P, c.How = known.concord(places, s, c.Chi2)
	return c
}

// meanPlaces are twice the places of numbers, the smallest first; equal ones
// share the mean of their places, which doubled is whole.
func meanPlaces[X cmp.Ordered](x []X) []int64 {
	at := make([]int, len(x))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(i, j int) int { return cmp.Compare(x[i], x[j]) })
	places := make([]int64, len(x))
	for i := 0; i < len(at); {
		j := i + 1
		for j < len(at) && cmp.Compare(x[at[i]], x[at[j]]) == 0 {
			j++
		}
		for _, k := range at[i:j] {
			places[k] = int64(i + 1 + j)
		}
		i = j
	}
	return places
}

// rankDeviation is the sum of the squared deviations of sums of k doubled places
// from their mean.
func rankDeviation(sums []int64, k int64) (s int64) {
	mean := k * int64(len(sums)+1)
	for _, sum := range sums {
		s += (sum - mean) * (sum - mean)
	}
	return s
}

// chiTail is the probability that chi-square of df degrees of freedom is x or
// more: the regularised upper gamma function, which for whole and half orders
// is a finite sum (Abramowitz & Stegun, 26.4.4 and 26.4.5).
func chiTail(x float64, df int) float64 {
	h := x / 2
	sum, term, step := 0.0, math.Exp(-h), 1.0
	if df%2 == 1 {
		sum, term, step = math.Erfc(math.Sqrt(h)), 2*math.Sqrt(h/math.Pi)*term, 1.5
	}
	for i := range df / 2 {
		sum += term
		term *= h / (step + float64(i))
	}
	return min(sum, 1)
}
