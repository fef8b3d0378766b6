package form

import (
	"slices"
	"strings"

	"ashar/data"
)

// Ballot is what an answer says of the problems of the round: nil where the
// question does not put problems in order or nothing was put.
func (f *Form) Ballot(q *Question, a data.Answer) data.Ballot {
	switch q.Kind {
	case Rank:
		return data.NewBallot(f.placed(q, func(c Choice) (place, points int) {
			return 1 + slices.IndexFunc(a.Ranks, func(tier []string) bool { return slices.Contains(tier, c.Name) }), 0
		}))
	case Points:
		return data.BallotByPoints(f.placed(q, func(c Choice) (place, points int) { return a.Points[c.Name], a.Points[c.Name] }))
	case Pairs:
		won := wins(a.Cells)
		return data.NewBallot(f.placed(q, func(c Choice) (place, points int) {
			if won[c.Name] == 0 {
				return 0, 0
			}
			return 2*MaxChoices - won[c.Name], 0 // the more comparisons won, the better the place
		}))
	}
	return nil
}

// placed are the problems among the choices of a question that have a place.
func (f *Form) placed(q *Question, of func(c Choice) (place, points int)) (said []data.Choice) {
	for _, c := range f.Choices(q) {
		if place, points := of(c); place > 0 && !c.Problem.Zero() {
			said = append(said, data.Choice{Problem: c.Problem, Place: place, Points: points})
		}
	}
	return said
}

// wins is twice the number of comparisons that each choice won, a tie being half
// a win.
func wins(pairs map[string]string) map[string]int {
	won := map[string]int{}
	for pair, better := range pairs {
		a, b, _ := strings.Cut(pair, " ")
		switch better {
		case Tie:
			won[a]++
			won[b]++
		case a, b:
			won[better] += 2
		}
	}
	return won
}
