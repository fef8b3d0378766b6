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
