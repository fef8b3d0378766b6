package rank

import "math/big"

// Schulze is an order by the strongest chains of majorities (Schulze, 2011). It
// needs no whole order of comparisons, does not care for copies of a problem,
// and has a problem that wins against each of the others alone in first place.
type Schulze struct {
	// Paths[i][j] is the strength of the strongest chain from i to j, in the
	// units of the matrix: a chain is as strong as its weakest link, and a link
	// is as strong as the comparisons its winner wins. It is 0 where no chain
	// leads from i to j, and Paths[i][i] is nil. The numbers are the matrix's own.
	Paths [][]*big.Int
	// Ranks are competition ranks by the number of problems that beat one: those
	// that none beats are first. One that beats another has the better rank; of
	// two with different ranks the one need not beat the other.
	Ranks []int
}

// Beats tells whether i comes before j: the chain from i to j is stronger than
// the one back. It is transitive (Schulze, 2011, 4.1).
func (s Schulze) Beats(i, j int) bool { return i != j && s.Paths[i][j].Cmp(s.Paths[j][i]) > 0 }

// Schulze is the order by strongest chains. The strength of a link is its winning
// votes. As the matrix counts a tie as half a win for both, any two problems
// share out the same total, so that strength by winning votes and by margins is
// one and the same order. The work grows with the cube of the problems.
func (m *Matrix) Schulze() Schulze {
	n := len(m.Problems)
	s := Schulze{Paths: make([][]*big.Int, n)}
	none := new(big.Int)
	for i := range n {
		s.Paths[i] = make([]*big.Int, n)
		for j := range n {
			switch {
			case i == j:
			case m.Wins[i][j].Cmp(m.Wins[j][i]) > 0:
				s.Paths[i][j] = m.Wins[i][j]
			default:
				s.Paths[i][j] = none
			}
		}
	}
	for via := range n {
		for i := range n {
			if i != via {
				s.widen(i, via)
			}
		}
	}
	losses := make([]int, n) // less than nothing, so that the most beaten is last
	for i := range n {
		for j := range n {
			if s.Beats(i, j) {
				losses[j]--
			}
		}
	}
	s.Ranks = Ranks(losses)
	return s
}

// widen goes from i to all others by way of one, where that chain is stronger.
func (s Schulze) widen(i, via int) {
	for j, there := range s.Paths[i] {
		if j == i || j == via {
			continue
		}
		chain := s.Paths[i][via]
		if s.Paths[via][j].Cmp(chain) < 0 {
			chain = s.Paths[via][j]
		}
		if chain.Cmp(there) > 0 {
			s.Paths[i][j] = chain
		}
	}
}
