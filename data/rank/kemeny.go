package rank

import (
	"cmp"
	"math/big"
	"slices"
)

// kemenyMost is how many problems that hang together are put in order exactly:
// the work doubles with each problem more, and the memory nearly so.
const kemenyMost = 20

// Kemeny is the order of problems, without ties, that agrees with the most
// comparisons (Kemeny, 1959). Several orders may be as good as each other.
type Kemeny struct {
	Order  []int    // indices into the problems of the matrix, best first
	Optima *big.Int // how many orders are as good as this; nil where they were not counted
	Exact  bool     // no order is better; false where Order is merely the best that was found
	Score  *big.Int // the comparisons that Order agrees with, in the units of the matrix
}

// Kemeny finds the best order. Problems of which each wins or ties against the
// next, in a circle, hang together. Of two problems that do not, one wins, and
// all that hang together with it win against all that hang together with the
// other; so the best orders are exactly those that put one such component behind
// the other, each in one of its own best orders, and their numbers multiply (the
// extended Condorcet criterion: Truchon, 1998).
//
// A component of up to 20 problems is put in order by dynamic programming over
// its subsets (Held and Karp, 1962); Order is then the first of the best orders, in the order of
// Problems. A greater one falls apart further where the ties inside it are left
// aside: then Order is still one of the best, and how many there are is not
// counted. What is still greater than 20 is searched from its Borda order by
// moving one problem at a time until no move makes it better.
func (m *Matrix) Kemeny() Kemeny { return m.kemeny(m.excess(nil), kemenyMost) }

// near is one of the best orders, the one that keeps the most of the pairs that
// keep wants: keep(i, j) wants i before j. Keeping one counts less than the
// least comparison. Its Optima are only those that keep as many.
func (m *Matrix) near(keep func(i, j int) bool) Kemeny {
	return m.kemeny(m.excess(keep), kemenyMost)
}

// excess is by how much i wins against j, nil where it does not: all that tells
// good orders from bad ones. It is divided by what all of them have in common,
// so that most matrices fit into machine numbers.
func (m *Matrix) excess(keep func(i, j int) bool) [][]*big.Int {
	n := len(m.Problems)
	whole := big.NewInt(int64(n * n)) // a margin outweighs all wishes together
	common := new(big.Int)
	excess := make([][]*big.Int, n)
	for i := range n {
		excess[i] = make([]*big.Int, n)
		for j := range n {
			if i == j {
				continue
			}
			margin := m.Margin(i, j)
			if keep != nil {
				margin.Mul(margin, whole)
				if keep(i, j) {
					margin.Add(margin, big.NewInt(1))
				}
				if keep(j, i) {
					margin.Sub(margin, big.NewInt(1))
				}
			}
			if margin.Sign() > 0 {
				excess[i][j] = margin
				common.GCD(nil, nil, common, margin)
			}
		}
	}
	for _, row := range excess {
		for _, e := range row {
			if e != nil {
				e.Quo(e, common)
			}
		}
	}
	return excess
}

func (m *Matrix) kemeny(excess [][]*big.Int, most int) Kemeny {
	k := Kemeny{Exact: true, Score: new(big.Int)}
	all := make([]int, len(excess))
	for i := range all {
		all[i] = i
	}
	parts := components(all, func(i, j int) bool { return excess[j][i] == nil })
	if slices.ContainsFunc(parts, func(part []int) bool { return len(part) > most }) {
		k.Order, k.Exact = apart(excess, all, most)
	} else {
		k.Optima = big.NewInt(1)
		for _, part := range parts {
			order, optima := arrangement(excess, part)
			k.Order = append(k.Order, order...)
			k.Optima.Mul(k.Optima, new(big.Int).SetUint64(optima))
		}
	}
	for at, i := range k.Order {
		for _, j := range k.Order[at+1:] {
			k.Score.Add(k.Score, m.Wins[i][j])
		}
	}
	return k
}

// apart puts problems in order without counting the best orders, so that ties
// need not hold problems together: between two components that none of these
// holds together, every pair is a tie or goes the same way round.
func apart(excess [][]*big.Int, all []int, most int) (order []int, exact bool) {
	exact = true
	for _, part := range components(all, func(i, j int) bool { return excess[i][j] != nil }) {
		if len(part) > most {
			exact = false
			order = append(order, search(excess, part)...)
			continue
		}
		found, _ := arrangement(excess, part)
		order = append(order, found...)
	}
	return order, exact
}

// components parts the nodes into those that edges lead from and to, and sorts
// the parts so that no edge leads to an earlier one: where there is a way from
// one part to another, the first reaches more nodes. Inside a part, and where
// there is no way, the given order stays.
func components(nodes []int, edge func(i, j int) bool) (parts [][]int) {
	reach := closure(nodes, edge)
	reached := map[int]int{} // by the first node of a part
	placed := make([]bool, len(nodes))
	for i := range nodes {
		if placed[i] {
			continue
		}
		var part []int
		for j := range nodes {
			if !reach[i][j] {
				continue
			}
			reached[nodes[i]]++
			if reach[j][i] {
				placed[j] = true
				part = append(part, nodes[j])
			}
		}
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(a, b []int) int { return cmp.Compare(reached[b[0]], reached[a[0]]) })
	return parts
}

// closure tells to which nodes a way leads from each, by their places; every
// node reaches itself.
func closure(nodes []int, edge func(i, j int) bool) [][]bool {
	n := len(nodes)
	reach := make([][]bool, n)
	for i := range n {
		reach[i] = make([]bool, n)
		for j := range n {
			reach[i][j] = i == j || edge(nodes[i], nodes[j])
		}
	}
	for via := range n {
		for i := range n {
			if !reach[i][via] {
				continue
			}
			for j := range n {
				reach[i][j] = reach[i][j] || reach[via][j]
			}
		}
	}
	return reach
}

// search is the best order that moving one problem at a time finds, exchanging
// neighbours being the shortest move. It starts from the order of what each wins
// by, less what it loses by: the Borda order inside the part.
func search(excess [][]*big.Int, part []int) []int {
	order := slices.Clone(part)
	sum := map[int]*big.Int{}
	for _, i := range part {
		sum[i] = new(big.Int)
		for _, j := range part {
			sum[i].Add(sum[i], gain(excess, i, j))
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return sum[j].Cmp(sum[i]) })
	for moved := true; moved; {
		moved = false
		for _, i := range slices.Clone(order) {
			moved = move(excess, order, slices.Index(order, i)) || moved
		}
	}
	return order
}

// gain is what i before j is better than j before i.
func gain(excess [][]*big.Int, i, j int) *big.Int {
	switch {
	case i == j:
	case excess[i][j] != nil:
		return excess[i][j]
	case excess[j][i] != nil:
		return new(big.Int).Neg(excess[j][i])
	}
	return new(big.Int)
}

// move takes the problem at a place to where it does best, and tells whether
// that is another place.
func move(excess [][]*big.Int, order []int, from int) bool {
	i, to, best := order[from], from, new(big.Int)
	better := new(big.Int)
	for at := from - 1; at >= 0; at-- {
		if better.Add(better, gain(excess, i, order[at])); better.Cmp(best) > 0 {
			to = at
			best.Set(better)
		}
	}
	better.SetInt64(0)
	for at := from + 1; at < len(order); at++ {
		if better.Sub(better, gain(excess, i, order[at])); better.Cmp(best) > 0 {
			to = at
			best.Set(better)
		}
	}
	if to == from {
		return false
	}
	copy(order, slices.Insert(slices.Delete(slices.Clone(order), from, from+1), to, i))
	return true
}
