package rank

import (
	"math"
	"math/big"

	"ashar/data"
)

// First is what one part of a break-down needs most.
type First struct {
	Cut      Cut
	N        int       // people of the part
	Problems []data.ID // in first place; several where they are tied, none where the part has no order
	Score    *big.Rat  // their score in the part, 0 to 1; nil where it has no order
	Overall  []int     // the place of each in the order of everybody; 0 where there is none
	Reason   string    // why the part has no order, as Ranking says
}

// Firsts are the first choices of every part of a break-down, each beside the
// place it has in the order of the whole cut.
func (r *Round) Firsts(view data.View, cut Cut, by By) []First {
	return FirstsOf(r.Break(view, cut, by), r.Count(view, cut))
}

// FirstsOf are the first choices of parts that have been counted already.
func FirstsOf(parts []Part, whole Ranking) (firsts []First) {
	overall := map[data.ID]int{}
	for _, p := range whole.Places {
		overall[p.Problem] = p.Rank
	}
	for _, part := range parts {
		f := First{Cut: part.Cut, N: part.Ranking.N, Reason: part.Ranking.Reason}
		for _, p := range part.Ranking.Places {
			if p.Rank == 1 {
				f.Problems = append(f.Problems, p.Problem)
				f.Overall = append(f.Overall, overall[p.Problem])
				f.Score = p.Score
			}
		}
		firsts = append(firsts, f)
	}
	return firsts
}

// Lost is where a problem has its lowest score: whose voice is lost when it
// stands high for everybody.
type Lost struct {
	Problem data.ID
	Overall int      // its place in the order of everybody; 0 where there is none
	Score   *big.Rat // the lowest score that a part gives it, 0 to 1
	Parts   []Cut    // the parts that give it this score
}

// Lost are the lowest scores that the parts of a break-down give, in the order
// of the whole cut. Problems without a score in any part are left out.
func (r *Round) Lost(view data.View, cut Cut, by By) []Lost {
	return LostOf(r.Break(view, cut, by), r.Count(view, cut))
}

// LostOf are the lowest scores of parts that have been counted already.
func LostOf(parts []Part, whole Ranking) (all []Lost) {
	lost := map[data.ID]*Lost{}
	for _, part := range parts {
		for _, p := range part.Ranking.Places {
			if p.Score == nil {
				continue
			}
			l := lost[p.Problem]
			if l == nil || p.Score.Cmp(l.Score) < 0 {
				l = &Lost{Problem: p.Problem, Score: p.Score}
				lost[p.Problem] = l
			}
			if p.Score.Cmp(l.Score) == 0 {
				l.Parts = append(l.Parts, part.Cut)
			}
		}
	}
	for _, p := range whole.Places {
		if l := lost[p.Problem]; l != nil {
			l.Overall = p.Rank
			all = append(all, *l)
		}
	}
	return all
}

// Spread is how far the groups of a cut are from its score of each problem: the
// standard deviation of their scores, weighted as the view weighs groups, 0 (all
// score it alike) to 1/2. It is undefined, nil, where fewer than two groups count
// or fewer than two problems are named.
func (r *Round) Spread(view data.View, cut Cut) map[data.ID]float64 {
	s := r.side(view, cut)
	counting := 0
	for _, f := range s.factors {
		counting += f.Sign()
	}
	if s.scores == nil || counting < 2 {
		return nil
	}
	spread := map[data.ID]float64{}
	m := len(s.named)
	for j, p := range s.named {
		// The factor of a voice times its denominator is its weight, in units of total.
		sum := new(big.Rat)
		for i, f := range s.factors {
			v := &r.Voices[i]
			den := int64(v.den(m))
			off := big.NewRat(int64(v.score(p, m)), den)
			off.Sub(off, s.scores[j])
			weight := new(big.Rat).SetFrac(new(big.Int).Mul(f, big.NewInt(den)), s.total)
			sum.Add(sum, off.Mul(off.Mul(off, off), weight))
		}
		variance, _ := sum.Float64()
		spread[p] = math.Sqrt(variance)
	}
	return spread
}
