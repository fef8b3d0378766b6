package rank

import (
	"math/big"

	"ashar/data"
)

// Matrix sets problems against each other, two by two. Wins[i][j] is how many
// comparisons problem i wins against problem j, a tie being half a win for both,
// in units in which all of them are whole: Wins[i][j] + Wins[j][i] is Total for
// any two, and Wins[i][i] is nil. The mean of Wins[i][j]/Total over all j is the
// score of i, so that matrix and score are one object.
type Matrix struct {
	Problems []data.ID
	Wins     [][]*big.Int
	Total    *big.Int
}

// Margin is by how much i wins against j, in the units of the matrix.
func (m *Matrix) Margin(i, j int) *big.Int {
	return new(big.Int).Sub(m.Wins[i][j], m.Wins[j][i])
}

// Share is the part of the comparisons with j that i wins, 0 to 1.
func (m *Matrix) Share(i, j int) *big.Rat {
	return new(big.Rat).SetFrac(m.Wins[i][j], m.Total)
}

// Matrix is the problems that somebody named against each other, in a cut and a
// view, with the very weights of the ranking; nil where that has no order or
// nothing to compare.
func (r *Round) Matrix(view data.View, cut Cut) *Matrix {
	c := r.gather(view, cut, r.Named())
	weights := c.weigh(view, cut)
	if weights == nil || len(c.named) < 2 {
		return nil
	}
	factors, total := c.factors(weights, len(c.named))
	m := &Matrix{Problems: c.named, Wins: make([][]*big.Int, len(c.named))}
	// A voice's factor times its denominator is its weight, and the denominator
	// is twice its comparisons for each of the other problems.
	m.Total = new(big.Int).Quo(total, big.NewInt(int64(len(c.named)-1)))
	for i := range m.Wins {
		m.Wins[i] = make([]*big.Int, len(c.named))
	}
	sums := c.compare(factors, m.Total)
	for i := range m.Wins {
		for j := i + 1; j < len(m.Wins); j++ {
			m.Wins[i][j] = sums(i, j)
			m.Wins[j][i] = new(big.Int).Sub(m.Total, m.Wins[i][j])
		}
	}
	return m
}

// compare adds up who wins against whom, weighed: in machine words where no sum
// can be too long for them.
func (c *counting) compare(factors []*big.Int, total *big.Int) func(i, j int) *big.Int {
	if total.BitLen() < 63 {
		small := make([]int64, len(factors))
		for v, f := range factors {
			small[v] = f.Int64()
		}
		return func(i, j int) *big.Int {
			sum := int64(0)
			for v, voice := range c.scored {
				sum += small[v] * int64(voice.wins(c.named[i], c.named[j]))
			}
			return big.NewInt(sum)
		}
	}
	return func(i, j int) *big.Int {
		sum, product := new(big.Int), new(big.Int)
		for v, voice := range c.scored {
			sum.Add(sum, product.Mul(factors[v], big.NewInt(int64(voice.wins(c.named[i], c.named[j])))))
		}
		return sum
	}
}
