package data

import (
	"cmp"
	"slices"
)

// Choice is a problem on a ballot. Place counts tiers from 1, the most needed;
// problems of one place are tied. Points are what the person gave the problem
// where the form has points or scores, else 0.
type Choice struct {
	Problem ID
	Place   int
	Points  int
}

// Ballot is what one person put in order, the most needed first. Problems that
// are not on it are tied behind those that are. A ballot names a problem once;
// one that names nothing is no ballot.
type Ballot []Choice

// NewBallot orders choices by place and numbers the tiers 1, 2, 3 without gaps.
// A problem named twice counts once, at its better place, its points added.
func NewBallot(choices []Choice) Ballot {
	at := map[ID]int{}
	var b Ballot
	for _, c := range choices {
		if i, twice := at[c.Problem]; twice {
			b[i].Place = min(b[i].Place, c.Place)
			b[i].Points += c.Points
			continue
		}
		at[c.Problem] = len(b)
		b = append(b, c)
	}
	b.settle()
	return b
}

// BallotByPoints is the ballot of a person who gave points: more points, better
// place; the same points, the same place. Points for a problem named twice add
// up before they are compared.
func BallotByPoints(choices []Choice) Ballot {
	flat := slices.Clone(choices)
	for i := range flat {
		flat[i].Place = 1
	}
	b := NewBallot(flat)
	for i := range b {
		b[i].Place = -b[i].Points
	}
	b.settle()
	return b
}

// settled tells whether the ballot is as NewBallot makes it: in order, its
// tiers numbered without gaps, every problem named and named once.
func (b Ballot) settled() bool {
	return slices.Equal(b, NewBallot(b)) && !slices.ContainsFunc(b, func(c Choice) bool { return c.Problem.Zero() })
}

// settle sorts by place and closes the gaps between places.
func (b Ballot) settle() {
	slices.SortStableFunc(b, func(x, y Choice) int { return cmp.Compare(x.Place, y.Place) })
	tier, was := 0, 0
	for i := range b {
		if i == 0 || b[i].Place != was {
			tier++
			was = b[i].Place
		}
		b[i].Place = tier
	}
}

// Merged is the ballot with each problem replaced by the one that stands for
// it. Problems that have become one count once, at the better place. Points add
// up, but scores do not: of two scores for one problem the higher one holds.
func (b Ballot) Merged(m Merges, scores bool) Ballot {
	moved := false
	for _, c := range b {
		moved = moved || m.Of(c.Problem) != c.Problem
	}
	if !moved {
		return b
	}
	var out []Choice
	for _, c := range b {
		c.Problem = m.Of(c.Problem)
		if i := slices.IndexFunc(out, func(o Choice) bool { return o.Problem == c.Problem }); i >= 0 && scores {
			out[i].Points = max(out[i].Points, c.Points)
			continue
		}
		out = append(out, c)
	}
	return NewBallot(out)
}

// Tiers calls f for each tier with the number of problems before it and its
// problems.
func (b Ballot) Tiers(f func(before int, tier []Choice)) {
	for i := 0; i < len(b); {
		j := i
		for j < len(b) && b[j].Place == b[i].Place {
			j++
		}
		f(i, b[i:j])
		i = j
	}
}
