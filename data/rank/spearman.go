package rank

import (
	"cmp"
	"math"
)

// Spearman is Spearman's rank correlation of two rows of numbers, -1 to 1:
// Pearson's correlation of their places, equal numbers sharing the mean of
// theirs. It is undefined, false, where the rows are not of one length, are
// shorter than two, or one of them is all tied.
func Spearman[X, Y cmp.Ordered](x []X, y []Y) (rho float64, ok bool) {
	if len(x) != len(y) || len(x) < 2 {
		return 0, false
	}
	a, b := meanPlaces(x), meanPlaces(y)
	mean := int64(len(x) + 1) // twice the mean place
	var ab, aa, bb int64
	for i := range a {
		da, db := a[i]-mean, b[i]-mean
		ab += da * db
		aa += da * da
		bb += db * db
	}
	if aa == 0 || bb == 0 {
		return 0, false
	}
	return float64(ab) / math.Sqrt(float64(aa)*float64(bb)), true
}

// SpearmanOf is Spearman's correlation of two rankings on the problems that
// both give a score; undefined, false, as Spearman is.
func SpearmanOf(a, b Ranking) (rho float64, ok bool) {
	return Spearman(common(a, b))
}
