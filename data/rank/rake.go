package rank

import (
	"math"
	"math/big"

	"ashar/data"
)

// Raked tells how well the margins of a population were met by raking.
type Raked struct {
	Rounds    int     // passes over the margins
	Error     float64 // the largest difference left, in people
	Converged bool
}

// Bounds of raking: the largest error that counts as met, and the most passes.
const (
	rakeError  = 1e-9
	rakeRounds = 1000
)

// full are the strata of a village whose every figure is known, nil where one
// is missing.
func (c *counting) full(village data.ID) map[stratum]*big.Rat {
	sexes, bands := c.axes()
	known := map[stratum]*big.Rat{}
	for _, row := range c.round.Population {
		if row.Village == village {
			known[stratum{village, row.Sex, row.Band}] = big.NewRat(int64(row.People), 1)
		}
	}
	full := map[stratum]*big.Rat{}
	for _, sex := range sexes {
		for _, band := range bands {
			s := stratum{village, sex, band}
			if known[s] == nil {
				return nil
			}
			full[s] = known[s]
		}
	}
	return full
}

// axes are the sexes and bands that strata are made of; one empty value stands
// for an axis that the scheme does not have.
func (c *counting) axes() ([]data.Sex, []data.Band) {
	sexes, bands := []data.Sex{data.UnknownSex}, []data.Band{""}
	if c.round.Scheme.Sexes {
		sexes = []data.Sex{data.Female, data.Male}
	}
	if len(c.round.Scheme.Bands) > 0 {
		bands = c.round.Scheme.Bands
	}
	return sexes, bands
}

// raked fits the people who came from a village to its margins by iterative
// proportional fitting (Deming and Stephan, 1940). The result is nil where no
// margin is known; and where margins cannot be met, because nobody who came
// belongs to one or because they contradict each other, why says so.
func (c *counting) raked(village data.ID) (people map[stratum]*big.Rat, why string) {
	sexes, bands := c.axes()
	bySex, byBand := map[data.Sex]float64{}, map[data.Band]float64{}
	for _, row := range c.round.Population {
		switch {
		case row.Village != village:
		case row.Band == "" && row.Sex != data.UnknownSex:
			bySex[row.Sex] = float64(row.People)
		case row.Sex == data.UnknownSex && row.Band != "":
			byBand[row.Band] = float64(row.People)
		}
	}
	rows, cols := targets(sexes, bySex), targets(bands, byBand)
	if rows == nil && cols == nil {
		return nil, ""
	}
	table := make([][]float64, len(sexes))
	for i, sex := range sexes {
		table[i] = make([]float64, len(bands))
		for j, band := range bands {
			table[i][j] = float64(c.came(village, sex, band))
		}
	}
	state := Rake(table, rows, cols)
	c.raking(state)
	if !state.Converged {
		return nil, "raking"
	}
	people = map[stratum]*big.Rat{}
	for i, sex := range sexes {
		for j, band := range bands {
			if n := new(big.Rat).SetFloat64(table[i][j]); n != nil {
				people[stratum{village, sex, band}] = n
			}
		}
	}
	return people, ""
}

// raking keeps the worst that raking came to in any village.
func (c *counting) raking(state Raked) {
	if was := c.ranking.Raked; was != nil {
		state = Raked{max(was.Rounds, state.Rounds), max(was.Error, state.Error), was.Converged && state.Converged}
	}
	c.ranking.Raked = &state
}

func (c *counting) came(village data.ID, sex data.Sex, band data.Band) (n int) {
	for _, v := range c.round.Voices {
		if v.Stays == Counts && !v.Mixed && (village.Zero() || v.Village == village) && v.Group.Sex == sex && v.Group.Band == band {
			n += v.N
		}
	}
	return n
}

// targets lines a margin up with an axis; nil where a figure of it is not known.
func targets[K comparable](axis []K, margin map[K]float64) []float64 {
	t := make([]float64, len(axis))
	for i, k := range axis {
		n, known := margin[k]
		if !known {
			return nil
		}
		t[i] = n
	}
	return t
}

// Rake multiplies the rows and columns of a table in turn until they add up to
// the targets; a nil target leaves its axis alone. It stops at an error of
// 1e-9, after 1,000 passes, or at a margin above zero that the table is empty
// for.
func Rake(table [][]float64, rows, cols []float64) (state Raked) {
	for possible := true; possible && !state.Converged && state.Rounds < rakeRounds; state.Rounds++ {
		for i, target := range rows {
			possible = scaleRow(table, i, target) && possible
		}
		for j, target := range cols {
			possible = scaleCol(table, j, target) && possible
		}
		state.Error = margins(table, rows, cols)
		state.Converged = state.Error < rakeError
	}
	return state
}

// scaleRow brings a row to its target, and tells whether it could.
func scaleRow(table [][]float64, i int, target float64) bool {
	sum := 0.0
	for _, x := range table[i] {
		sum += x
	}
	if sum > 0 {
		for j := range table[i] {
			table[i][j] *= target / sum
		}
	}
	return sum > 0 || target == 0
}

func scaleCol(table [][]float64, j int, target float64) bool {
	sum := 0.0
	for i := range table {
		sum += table[i][j]
	}
	if sum > 0 {
		for i := range table {
			table[i][j] *= target / sum
		}
	}
	return sum > 0 || target == 0
}

// margins is the largest difference between a sum and its target.
func margins(table [][]float64, rows, cols []float64) (worst float64) {
	for i, target := range rows {
		sum := 0.0
		for _, x := range table[i] {
			sum += x
		}
		worst = math.Max(worst, math.Abs(sum-target))
	}
	for j, target := range cols {
		sum := 0.0
		for i := range table {
			sum += table[i][j]
		}
		worst = math.Max(worst, math.Abs(sum-target))
	}
	return worst
}
