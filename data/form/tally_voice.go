package form

import (
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
)

// Voices are what an ordering question's ballots say, one voice for each kind of
// people in the cells that are wanted, always in the same order. merged is after
// problems were merged.
func (t *Tally) Voices(at int, survey data.ID, merged bool, want func(Cell) bool) []rank.Voice {
	return t.voices(survey, want, func(v *rank.Voice, cell Cell) {
		said := &t.Cells[cell][at].Voice
		if merged {
			said = &t.Cells[cell][at].Merged
		}
		v.Add(said)
	})
}

// Came are the people who answered, as voices: to be set beside residents and
// to be weighed.
func (t *Tally) Came(survey data.ID, want func(Cell) bool) []rank.Voice {
	return t.voices(survey, want, func(v *rank.Voice, cell Cell) {
		v.Add(&rank.Voice{N: t.People[cell], Ballots: t.People[cell], Said: rank.SayingsOf(map[data.ID]rank.Said{survey: {Mentions: t.People[cell]}})})
	})
}

func (t *Tally) voices(survey data.ID, want func(Cell) bool, add func(*rank.Voice, Cell)) []rank.Voice {
	at := map[Cell]int{}
	var voices []rank.Voice
	for cell := range t.Cells {
		if !want(cell) {
			continue
		}
		kind := cell
		kind.Tier = ""
		i, ok := at[kind]
		if !ok {
			i = len(voices)
			at[kind] = i
			voices = append(voices, rank.Voice{Session: survey, Village: kind.Village, Group: data.Group{Sex: kind.Sex, Band: kind.Band}, Form: data.Ballots})
		}
		add(&voices[i], cell)
	}
	voices = slices.DeleteFunc(voices, func(v rank.Voice) bool { return v.N == 0 })
	slices.SortFunc(voices, func(a, b rank.Voice) int {
		if d := slices.Compare(a.Village[:], b.Village[:]); d != 0 {
			return d
		}
		if d := strings.Compare(string(a.Group.Sex), string(b.Group.Sex)); d != 0 {
			return d
		}
		return strings.Compare(string(a.Group.Band), string(b.Group.Band))
	})
	return voices
}
