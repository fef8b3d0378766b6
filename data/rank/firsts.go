package rank

import (
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

// FirstsOf are the first choices of the parts of a break-down, each beside the place
// that it has in the order of the whole cut.
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

// LostOf are the lowest scores that the parts of a break-down give, in the order of
// the whole cut. Problems without a score in any part are left out.
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
