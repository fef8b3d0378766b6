package form

import (
	"slices"

	"ashar/data"
	"ashar/data/rank"
)

// Alone is what may be told of the people who came by some tiers and answered a
// question, beside what is told of all and of other tiers.
func (t *Tally) Alone(at int, tiers []data.Tier, rule data.Rule) rank.Alone {
	alone := t.alone(at, tiers, rule)
	for _, some := range besides(tiers) {
		if t.Sum(at, among(some...)).Answered > 0 { // taking nobody away tells nothing
			alone = alone.And(t.alone(at, some, rule))
		}
	}
	return alone
}

func (t *Tally) alone(at int, tiers []data.Tier, rule data.Rule) rank.Alone {
	round := rank.Round{Rule: rule, Voices: t.voices(data.ID{}, among(tiers...), func(v *rank.Voice, cell Cell) {
		n := t.Cells[cell][at].Answered
		v.Add(&rank.Voice{N: n, Ballots: n})
	})}
	return round.Alone()
}

// besides are the tiers that follow from some by taking away: all less what came by
// the open link is the rest, and the rest less one of its two tiers is the other.
func besides(tiers []data.Tier) [][]data.Tier {
	open, rest := []data.Tier{data.TierOpen}, []data.Tier{data.TierCoded, data.TierPaper}
	switch {
	case len(tiers) == len(data.Tiers):
		return nil
	case len(tiers) == len(rest) || tiers[0] == data.TierOpen:
		return [][]data.Tier{open, rest}
	}
	return [][]data.Tier{open, rest[:1], rest[1:]}
}

func among(tiers ...data.Tier) func(Cell) bool {
	return func(c Cell) bool { return slices.Contains(tiers, c.Tier) }
}
