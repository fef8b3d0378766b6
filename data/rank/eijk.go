package rank

import (
	"math/big"

	"ashar/data"
)

// Eijk is van der Eijk's measure of agreement A on an ordered scale, 1 where
// all choose the same step, 0 where every step is chosen as often, -1 where half
// stand at either end. counts[i] is how many chose step i+1. It is undefined,
// nil, with fewer than three steps or where nobody chose.
//
// The counts are taken apart into layers of steps that are chosen equally often
// or not at all; A is the mean of the layers' A, weighted by the people in them
// (C. van der Eijk, Measuring agreement in ordered rating scales, Quality &
// Quantity 35, 2001).
func Eijk(counts []int) *big.Rat {
	if len(counts) < 3 {
		return nil
	}
	a, people := new(big.Rat), int64(0)
	for _, l := range eijkLayers(counts) {
		people += l.people
		a.Add(a, l.a.Mul(l.a, big.NewRat(l.people, 1)))
	}
	if people == 0 {
		return nil
	}
	return a.Quo(a, big.NewRat(people, 1))
}

// eijkLayer is a part of the people, spread evenly over some steps.
type eijkLayer struct {
	steps  []bool
	people int64
	a      *big.Rat
}

// eijkLayers takes counts apart from below: every layer is as high as the least
// count still left. Negative counts are none.
func eijkLayers(counts []int) (all []eijkLayer) {
	for floor := 0; ; {
		l := eijkLayer{steps: make([]bool, len(counts))}
		least, chosen := 0, 0
		for i, n := range counts {
			if l.steps[i] = n > floor; l.steps[i] {
				chosen++
				if least == 0 || n < least {
					least = n
				}
			}
		}
		if chosen == 0 {
			return all
		}
		l.people = int64(chosen) * int64(least-floor)
		l.a = l.agreement(int64(chosen))
		all, floor = append(all, l), least
	}
}

// agreement is A of one layer: U (1 - (S-1)/(K-1)) for S chosen of K steps.
// U = ((K-2) TU - (K-1) TDU) / ((K-2) (TU+TDU)) compares the triples of two
// chosen steps and one that is not: with that one outside, TU, and between, TDU.
func (l eijkLayer) agreement(s int64) *big.Rat {
	k := int64(len(l.steps))
	beside, between := int64(0), int64(0)
	before := int64(0)
	for _, chosen := range l.steps {
		if chosen {
			before++
			continue
		}
		after := s - before
		between += before * after
		beside += before*(before-1)/2 + after*(after-1)/2
	}
	a := big.NewRat(k-s, k-1)
	if beside+between > 0 {
		a.Mul(a, big.NewRat((k-2)*beside-(k-1)*between, (k-2)*(beside+between)))
	}
	return a
}

// Split is a problem on which a group is split inside.
type Split struct {
	Voice     *Voice
	Problem   data.ID
	Agreement float64 // van der Eijk's A, -1 (two halves at the ends) to below 0
	N         int     // sheets that give the problem a score
}

// Split finds the groups whose sheets of scores, 1 to 5, disagree on a problem
// more than if every score were as frequent: van der Eijk's A is below zero. Fewer
// than least sheets are no split, but a few people.
func (r *Round) Split(cut Cut, least int) (all []Split) {
	for i := range r.Voices {
		v := &r.Voices[i]
		if v.Form != data.Scores || !cut.Holds(v) {
			continue
		}
		for _, problem := range r.Problems {
			said := v.Said.Of(problem)
			if len(said.Marks) > scoreMost+1 || said.Mentions < least {
				continue // another scale, or too few
			}
			counts := make([]int, scoreMost)
			for score, n := range said.Marks {
				if score > 0 {
					counts[score-1] = n
				}
			}
			if a := Eijk(counts); a != nil && a.Sign() < 0 {
				f, _ := a.Float64()
				all = append(all, Split{v, problem, f, said.Mentions})
			}
		}
	}
	return all
}

// scoreMost is the highest score of a sheet.
const scoreMost = 5
