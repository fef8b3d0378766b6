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
// A difference that is the same in all replicates has no error: it takes no
// part in T, and tells two problems apart unless it is nothing. With fewer than
// two replicates nothing is known: every set is the whole, and c is 0.
func MaxT(theta []float64, replicates [][]float64, alpha float64) (c float64, sets []Span) {
	t, errors := studentised(theta, replicates)
	if len(t) > 0 {
		slices.Sort(t)
		// What 1-alpha loses to rounding must not push the count one further.
		at := math.Ceil((1-alpha)*float64(len(t))-1e-9) - 1
		c = t[int(math.Max(0, math.Min(at, float64(len(t)-1))))]
	}
	return c, spans(len(theta), func(i, j int) bool {
		return len(t) > 0 && theta[i]-theta[j] > math.Max(c*errors[i][j], tiny)
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

// midranks are the places of scores, the highest first, where ties share the
// mean of their places, and how many share each. Scores closer than rounding
// can tell are ties.
func midranks(scores []float64) (places []float64, tied []int) {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case scores[i] > scores[j]:
			return -1
		case scores[i] < scores[j]:
			return 1
		}
		return 0
	})
	places, tied = make([]float64, len(scores)), make([]int, len(scores))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && scores[order[to-1]]-scores[order[to]] <= tiny {
			to++
		}
		for _, i := range order[from:to] {
			places[i], tied[i] = float64(from+to+1)/2, to-from
		}
		from = to
	}
	return places, tied
}

// among is in how many of the replicates each problem is among the top, as a
// share. Where t tied problems share the places left in the top, each has its
// part of them: first with one other counts half.
func among(replicates [][]float64, top int) []float64 {
	if len(replicates) == 0 {
		return nil
	}
	sums := make([]float64, len(replicates[0]))
	for _, scores := range replicates {
		places, tied := midranks(scores)
		for i, place := range places {
			t := float64(tied[i])
			before := place - (t+1)/2 // problems that stand above all of them
			sums[i] += math.Max(0, math.Min(t, float64(top)-before)) / t
		}
	}
	for i := range sums {
		sums[i] /= float64(len(replicates))
	}
	return sums
}
