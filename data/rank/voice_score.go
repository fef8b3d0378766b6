package rank

import "ashar/data"

// score is the numerator of a problem's score in a voice among m problems, over
// den: its Borda score (Borda, 1781), which is the share of comparisons it wins.
// Ties take the mean of their places, and problems that a ballot does not name share
// the places left (Cullinan, Hsiao and Polett, 2014).
func (v *Voice) score(problem data.ID, m int) int {
	said := v.Said.Of(problem)
	switch v.Form {
	case data.Tally:
		n := v.hands()
		return (m-1)*n - v.Votes + m*said.Mentions
	case data.Pairs:
		if !v.Said.Has(problem) {
			return m - v.Listed - 1
		}
		return said.Wins + 2*(m-v.Listed)
	}
	places := said.Places + (v.Ballots-said.Mentions)*(m+1) + v.Length - said.Length
	return 2*m*v.Ballots - places
}

// den is the denominator of all scores of a voice among m problems.
func (v *Voice) den(m int) int {
	switch v.Form {
	case data.Tally:
		return 2 * v.hands() * (m - 1)
	case data.Pairs:
		return 2 * (m - 1)
	}
	return 2 * v.Ballots * (m - 1)
}

// hands is the number of people behind a tally: those counted as present, or
// the most votes one problem has where somebody explained that they were more.
func (v *Voice) hands() int {
	n := v.N
	for _, said := range v.Said.All() {
		n = max(n, said.Mentions)
	}
	return n
}

// comparisons is how many times the voice compares any two problems: once for
// each ballot, each person of a tally, and once for a matrix.
func (v *Voice) comparisons() int {
	switch v.Form {
	case data.Tally:
		return v.hands()
	case data.Pairs:
		return 1
	}
	return v.Ballots
}

// wins is twice the comparisons that a wins against b, a tie being half a win. A
// problem that a ballot does not name stands behind those it does, and of a
// tally the votes are enough: who has a hand up for a and not for b is not known,
// but by how many they are more is.
func (v *Voice) wins(a, b data.ID) int {
	return v.comparisons() + v.Said.lead(a, b) + v.weight(a) - v.weight(b)
}

// weight is how many of the comparisons name a problem at all.
func (v *Voice) weight(problem data.ID) int {
	if v.Form != data.Pairs {
		return v.Said.Of(problem).Mentions
	}
	if v.Said.Has(problem) {
		return 1
	}
	return 0
}

// names tells whether the voice names the problem at all.
func (v *Voice) names(problem data.ID) bool {
	return v.Said.Of(problem).Mentions > 0 || v.Form == data.Pairs && v.Said.Has(problem)
}
