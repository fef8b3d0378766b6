package rank

import "ashar/data"

// Cast counts one ballot of a source in, such as the answer of a resident to
// the ranking question of a survey.
func (v *Voice) Cast(b data.Ballot) {
	v.cast(b)
	v.N = v.Ballots
}

// Add counts in what another voice of the same kind said.
func (v *Voice) Add(other *Voice) {
	v.N += other.N
	v.Ballots += other.Ballots
	v.Length += other.Length
	v.Points = v.Points || other.Points
	v.Said.add(&other.Said)
}

// Weights are how many residents each voice of the round stands for in a cut: 0
// for one that stands for none. The ranking has no places; it says whom the view
// of all residents leaves out, and why there are no weights where there are
// none.
func (r *Round) Weights(cut Cut) (weights []float64, left Ranking) {
	c := r.gather(data.Citizens, cut, nil)
	exact := c.weigh(data.Citizens, cut)
	if exact == nil {
		if c.ranking.Reason == "" {
			c.ranking.Reason = "nothing"
		}
		return nil, c.ranking
	}
	weights = make([]float64, len(r.Voices))
	for i, w := range exact {
		weights[c.at[i]], _ = w.Float64()
	}
	return weights, c.ranking
}
