package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// The methods that an order is held against, the ends of message keys.
const (
	ByKemeny    = "kemeny"
	BySchulze   = "schulze"
	ByCondorcet = "condorcet"
)

// Check is what other methods of counting make of an order, from the same
// comparisons. Numbers by problem, and Kemeny.Order, go by the problems of the
// matrix.
type Check struct {
	Reason   string   // why nothing is checked: "problems" where fewer than two stand in the order; the rest is then empty
	Top      int      // problems of the first three places
	Agree    bool     // no method puts them otherwise: no Changes, no Levels
	Open     []string // methods that do not say who is there, so that they cannot contradict either
	Changes  []Change // A stands before B in the order, B before A by those methods
	Levels   []Change // A and B are level in the order and not by those methods, or the other way round
	Winner   *data.ID // the problem that wins against each of the others; nil where there is none
	Kemeny   Kemeny   // the one of the best orders that keeps most of the order checked
	Schulze  []int    // competition ranks
	Copeland []int    // half wins: 2 for a win, 1 for a tie
}

// Change is a pair of problems, and the methods by which it stands otherwise.
type Change struct {
	A, B data.ID
	By   []string
}

// checkTop is how many places of an order are held against other methods.
const checkTop = 3

// Check holds an order against the methods of Kemeny, Schulze and Condorcet.
// Places without a rank, and problems that the matrix does not have, are left out.
//
// A pair is in question where A is among the first three of the order, and B
// among them too or among as many first ones of the method; what ties for the
// third place is among the first three. Kemeny's orders have no ties: they may
// put either way what is level in the order checked, and where several are best,
// it is enough that one agrees; but then, unless all of them do, and where it is not
// known whether there are others, Kemeny leaves it open. By Schulze two are level where
// neither beats the other. Condorcet only says who is first, and leaves it open where
// that is not one problem.
func (m *Matrix) Check(places []Place) Check {
	h := m.headline(places)
	if len(h.order) < 2 {
		return Check{Reason: "problems"}
	}
	schulze := m.Schulze()
	c := Check{Top: h.top, Schulze: schulze.Ranks, Copeland: m.Copeland()}
	decided := false
	if c.Kemeny, decided = h.kemeny(); !decided {
		c.Open = append(c.Open, ByKemeny)
	}
	methods := []method{h.byKemeny(c.Kemeny), h.bySchulze(schulze)}
	if winner, ok := m.Condorcet(); ok {
		c.Winner = &m.Problems[winner]
		methods = append(methods, byCondorcet(winner))
	} else {
		c.Open = append(c.Open, ByCondorcet)
	}
	h.hold(&c, methods)
	c.Agree = len(c.Changes)+len(c.Levels) == 0
	return c
}

// headline is the order that is checked, over the problems of the matrix.
type headline struct {
	m     *Matrix
	order []int // best first
	rank  []int // 0 for what has no place in it
	top   int   // how many of the order are in question
}

// method is another way to count. It says 1 of two problems where the first is
// before the second, 0 where they are level, and -1; here is what the headline
// says of them, which is also the answer of a method that has none.
type method struct {
	by   string
	top  []int // the first ones by it
	says func(i, j, here int) int
}

func (m *Matrix) headline(places []Place) headline {
	h := headline{m: m}
	if m == nil {
		return h
	}
	h.rank = make([]int, len(m.Problems))
	for _, p := range places {
		if i := slices.Index(m.Problems, p.Problem); i >= 0 && p.Rank > 0 {
			h.order, h.rank[i] = append(h.order, i), p.Rank
		}
	}
	for at, i := range h.order {
		if at < checkTop || h.rank[i] == h.rank[h.order[checkTop-1]] {
			h.top = at + 1
		}
	}
	return h
}

// kemeny is the best order that keeps most pairs of the headline in question;
// decided is false where others, as good, keep fewer, or may.
func (h *headline) kemeny() (k Kemeny, decided bool) {
	k = h.m.Kemeny()
	if k.Optima != nil && k.Optima.Cmp(big.NewInt(1)) == 0 {
		return k, true
	}
	in := make([]bool, len(h.rank))
	for _, i := range h.order[:h.top] {
		in[i] = true
	}
	near := h.m.near(func(i, j int) bool { return in[i] && h.rank[i] < h.rank[j] })
	if near.Score.Cmp(k.Score) >= 0 { // where orders are searched it may find a worse one
		k.Order, k.Score, k.Exact = near.Order, near.Score, k.Exact || near.Exact
	}
	return k, k.Optima != nil && near.Optima != nil && k.Optima.Cmp(near.Optima) == 0
}

func (h *headline) byKemeny(k Kemeny) method {
	place := make([]int, len(k.Order))
	for at, i := range k.Order {
		place[i] = at
	}
	return method{ByKemeny, k.Order[:h.top], func(i, j, here int) int {
		if here == 0 { // an order without ties does not contradict a tie
			return here
		}
		return sign(place[j] - place[i])
	}}
}

func (h *headline) bySchulze(s Schulze) method {
	var top []int
	for i, rank := range s.Ranks {
		if rank <= h.top {
			top = append(top, i)
		}
	}
	return method{BySchulze, top, func(i, j, _ int) int {
		switch {
		case s.Beats(i, j):
			return 1
		case s.Beats(j, i):
			return -1
		}
		return 0
	}}
}

func byCondorcet(winner int) method {
	return method{ByCondorcet, []int{winner}, func(i, j, here int) int {
		switch winner {
		case i:
			return 1
		case j:
			return -1
		}
		return here
	}}
}

// hold finds the pairs in question that do not stand by all methods as they do in
// the headline.
func (h *headline) hold(c *Check, methods []method) {
	for at, i := range h.order[:h.top] {
		for below, j := range h.order[at+1:] {
			change := Change{A: h.m.Problems[i], B: h.m.Problems[j]}
			level := change
			here := sign(h.rank[j] - h.rank[i])
			for _, method := range methods {
				if at+1+below >= h.top && !slices.Contains(method.top, j) {
					continue
				}
				switch there := method.says(i, j, here); {
				case there == here:
				case here == 1 && there == -1:
					change.By = append(change.By, method.by)
				default:
					level.By = append(level.By, method.by)
				}
			}
			if change.By != nil {
				c.Changes = append(c.Changes, change)
			}
			if level.By != nil {
				c.Levels = append(c.Levels, level)
			}
		}
	}
}
