package rank

import (
	"math"
	"slices"
)

// tiny is a difference of scores between 0 and 1 that rounding may have made:
// sums of thousands of terms are off by less.
const tiny = 1e-12

// MaxT are joint rank sets by the max-t statistic of differences (Mogstad,
// Romano, Shaikh and Wilhelm, Review of Economic Studies, 2024): with a
// probability of 1-alpha all problems have their true place in their set at
// once. Theta are the scores, 0 to 1; each replicate has the scores of a
// re-draw. The standard error of a difference is the sample deviation (B-1) of
// its replicates; T of a replicate is its largest studentised deviation over
// all pairs; c is the ceil((1-alpha)B)-th smallest T. Two problems are told
// apart where their scores differ by more than c standard errors.
//
// That holds where very many were drawn from. Errors that few give are themselves
// unsure, and T, which is divided by the same errors in all replicates, does not
// know: of 12 equal problems in two strata of three groups all sets at 0.9 held in
// 0.1 of simulated trials. So c is at least Student's t for each of the m(m-1)
// ordered pairs (Bonferroni), of so many degrees of freedom as there are groups
// more than strata, as in surveys of clusters (Korn and Graubard, 1990): then they
// held in 0.9. One degree of freedom tells nothing apart. Freedom 0 stands for so
// many that they do not matter.
//
// A difference that is the same in all replicates has no error: it takes no
// part in T, and tells two problems apart unless it is nothing. With fewer than
// two replicates nothing is known: every set is the whole, and c is 0.
func MaxT(theta []float64, replicates [][]float64, alpha float64, freedom int) (c float64, sets []Span) {
	t, errors := studentised(theta, replicates)
	m := len(theta)
	if len(t) > 0 {
		slices.Sort(t)
		// What 1-alpha loses to rounding must not push the count one further.
		at := math.Ceil((1-alpha)*float64(len(t))-1e-9) - 1
		c = t[int(math.Max(0, math.Min(at, float64(len(t)-1))))]
	}
	if len(t) > 0 && freedom > 0 && m > 1 {
		c = math.Max(c, student(alpha/float64(m*(m-1)), freedom))
	}
	return c, spans(m, func(i, j int) bool {
		return len(t) > 0 && freedom != 1 && theta[i]-theta[j] > math.Max(c*errors[i][j], tiny)
	})
}

// studentised are T of each replicate, and the standard error of each
// difference; none for fewer than two replicates.
func studentised(theta []float64, replicates [][]float64) (t []float64, errors [][]float64) {
	m, draws := len(theta), len(replicates)
	if draws < 2 {
		return nil, nil
	}
	columns := make([][]float64, m)
	errors = make([][]float64, m)
	for i := range columns {
		columns[i], errors[i] = make([]float64, draws), make([]float64, m)
		for b := range replicates {
			columns[i][b] = replicates[b][i]
		}
	}
	t = make([]float64, draws)
	for i := range m {
		for j := range i {
			se := deviation(columns[i], columns[j])
			if !(se > tiny) {
				continue
			}
			errors[i][j], errors[j][i] = se, se
			known := theta[i] - theta[j]
			for b := range t {
				t[b] = max(t[b], math.Abs(columns[i][b]-columns[j][b]-known)/se)
			}
		}
	}
	return t, errors
}

// deviation is the sample deviation of the differences of two columns.
func deviation(x, y []float64) float64 {
	mean, sum := 0.0, 0.0
	for b := range x {
		mean += x[b] - y[b]
	}
	mean /= float64(len(x))
	for b := range x {
		d := x[b] - y[b] - mean
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(x)-1))
}

// spans turn what is told apart into rank sets: a problem stands below all that
// are above it for sure, and above all that are below it for sure.
func spans(m int, above func(i, j int) bool) []Span {
	sets := make([]Span, m)
	for j := range sets {
		sets[j] = Span{1, m}
	}
	for i := range m {
		for j := range m {
			if i != j && above(i, j) {
				sets[j].Best++
				sets[i].Worst--
			}
		}
	}
	return sets
}

// descend brings an order of scores from the highest down. It is quick where it is
// nearly so already, as that of one re-draw is for the next.
func descend(order []int, scores []float64) {
	for i := range order {
		for ; i > 0 && scores[order[i]] > scores[order[i-1]]; i-- {
			order[i], order[i-1] = order[i-1], order[i]
		}
	}
}

// tierEnd is where the tier ends that begins at a place of an order. Scores closer
// than rounding can tell are ties.
func tierEnd(order []int, scores []float64, from int) int {
	to := from + 1
	for to < len(order) && scores[order[to-1]]-scores[order[to]] <= tiny {
		to++
	}
	return to
}

// among is in how many of the replicates each problem is first, and in how many it is
// among the top, as shares. Where t tied problems share the places left in the
// top, each has its part of them: first with one other counts half.
func among(replicates [][]float64, top int) (first, best []float64) {
	if len(replicates) == 0 {
		return nil, nil
	}
	first, best = make([]float64, len(replicates[0])), make([]float64, len(replicates[0]))
	order := make([]int, len(first))
	for i := range order {
		order[i] = i
	}
	for _, scores := range replicates {
		descend(order, scores)
		for from, to := 0, 0; from < min(top, len(order)); from = to {
			to = tierEnd(order, scores, from)
			for _, i := range order[from:to] {
				best[i] += float64(min(to, top)-from) / float64(to-from)
				if from == 0 {
					first[i] += 1 / float64(to)
				}
			}
		}
	}
	for i := range order {
		first[i] /= float64(len(replicates))
		best[i] /= float64(len(replicates))
	}
	return first, best
}
