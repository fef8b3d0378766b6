package rank

import "math"

// Terry stops at steps shorter than terryStep, or at steps below terryNear that
// rounding keeps from becoming shorter; no step is longer than terryMost.
const (
	terryStep   = 1e-12
	terryNear   = 1e-6
	terryMost   = 0.25
	terryRounds = 1000
)

// Terry is the strength of each of n items from comparisons of some pairs, also
// where many pairs were never asked: the theta that make
//
//	sum of wins[i][j] log(1/(1+exp(theta[j]-theta[i]))) - 1/2 sum of theta[i]^2
//
// greatest, the model of Bradley and Terry (1952) with a penalty. Without the
// penalty there is no answer where some items win all comparisons with the others
// (Ford, 1957). The probability that i wins against j is
// 1/(1+exp(theta[j]-theta[i])); the theta add up to 0.
//
// wins[i][j] is how often i won against j, 0 or more, a tie being half a win for
// both; wins[i][i] says nothing. Terry is false for fewer than two items, where no
// chain of comparisons ties some two items together (only the penalty would put one
// before the other), for numbers that are not such counts, and where it does not
// come to an end.
func Terry(wins [][]float64) (theta []float64, ok bool) {
	n := len(wins)
	if n < 2 || !counts(wins) || !joined(wins) {
		return nil, false
	}
	theta, last := make([]float64, n), math.Inf(1)
	for range terryRounds {
		slope, bend := terrySlopes(wins, theta)
		step := solve(bend, slope)
		length := centre(step)
		if length <= terryStep || length <= terryNear && length > last/2 {
			return theta, true
		}
		last = length
		// No difference of two theta changes by more than twice the step, and the
		// second derivatives by more than e to that. So a step of Newton's that is
		// kept this short makes the sum greater, without being tried first.
		scale := min(1, terryMost/length)
		for i := range theta {
			theta[i] += scale * step[i]
		}
	}
	return nil, false
}

// joined tells whether a chain of comparisons leads from each item to all others.
func joined(wins [][]float64) bool {
	items := make([]int, len(wins))
	for i := range items {
		items[i] = i
	}
	parts := components(items, func(i, j int) bool { return wins[i][j]+wins[j][i] > 0 })
	return len(parts) == 1
}

// counts tells whether the numbers are counts of comparisons.
func counts(wins [][]float64) bool {
	sum := 0.0
	for i, row := range wins {
		if len(row) != len(wins) {
			return false
		}
		for j, w := range row {
			switch {
			case i == j:
			case !(w >= 0):
				return false
			default:
				sum += w
			}
		}
	}
	return !math.IsInf(sum, 1)
}

// terrySlopes are the first derivatives of the sum, and the second ones, negative.
func terrySlopes(wins [][]float64, theta []float64) (slope []float64, bend [][]float64) {
	n := len(theta)
	slope, bend = make([]float64, n), make([][]float64, n)
	for i := range n {
		bend[i] = make([]float64, n)
	}
	for i := range n {
		slope[i] -= theta[i]
		bend[i][i]++
		for j := range i {
			p := 1 / (1 + math.Exp(theta[j]-theta[i]))
			push := wins[i][j]*(1-p) - wins[j][i]*p
			slope[i] += push
			slope[j] -= push
			b := (wins[i][j] + wins[j][i]) * p * (1 - p)
			bend[i][i] += b
			bend[j][j] += b
			bend[i][j] -= b
			bend[j][i] -= b
		}
	}
	return slope, bend
}

// solve solves a x = b for a symmetric positive definite a, which it overwrites
// with its factor (Cholesky). The penalty keeps a positive definite.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	x := make([]float64, n)
	for i := range n {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(sum)
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
		x[i] = b[i]
		for k := range i {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= a[k][i] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}

// centre brings a step to the sum 0, as the answer has it, so that rounding does
// not move all theta alike; length is its greatest part.
func centre(step []float64) (length float64) {
	mean := 0.0
	for _, s := range step {
		mean += s / float64(len(step))
	}
	for i := range step {
		step[i] -= mean
		length = math.Max(length, math.Abs(step[i]))
	}
	return length
}
