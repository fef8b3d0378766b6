package chart

import (
	"maps"
	"strconv"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// Range is the places that a problem can take, from the best to the worst; 1 is
// the first.
type Range struct{ Best, Worst int }

// String is a range as people write it: 2, 1–3.
func (r Range) String() string {
	if r.Best == r.Worst {
		return strconv.Itoa(r.Best)
	}
	return strconv.Itoa(r.Best) + "–" + strconv.Itoa(r.Worst)
}

// Basis says how the places that a problem can take were found. It ends the keys
// of the words for it.
type Basis string

const (
	LeftOut Basis = "left"  // whichever one group is left out
	Redrawn Basis = "draws" // and whatever the re-draws of the groups do not rule out
)

// Sure is how sure the places of a ranking are. A problem without a range may
// stand anywhere.
type Sure struct {
	Basis    Basis
	Ranges   map[data.ID]Range
	Together bool // small groups were left out, and drawn, together
}

// Ways are the places that problems can take in the two ways in which that is
// tried. Either may be missing.
type Ways struct {
	Left     map[data.ID]Range // whichever group is left out
	Drawn    map[data.ID]Range // that the re-draws do not rule out
	Together bool              // small groups were left out, and drawn, together
}

// Sure is the wider of both: what is called sure is so in either way.
func (w Ways) Sure() Sure {
	if len(w.Drawn) > 0 {
		return Sure{Redrawn, Widest(w.Left, w.Drawn), w.Together}
	}
	return Sure{LeftOut, w.Left, w.Together}
}

// TogetherText is what follows "whichever group is left out" where that is so of
// small ones only together; else nothing.
func TogetherText(l *lang.Lang, together bool) string {
	if !together {
		return ""
	}
	return " " + l.T("chart.together")
}

// Widest are ranges that hold both: from the better of the best places to the
// worse of the worst.
func Widest(a, b map[data.ID]Range) map[data.ID]Range {
	both := map[data.ID]Range{}
	maps.Copy(both, b)
	for id, r := range a {
		if other, ok := both[id]; ok {
			r = Range{min(r.Best, other.Best), max(r.Worst, other.Worst)}
		}
		both[id] = r
	}
	return both
}

// of is the range of a problem as people write it.
func (s Sure) of(id data.ID) string {
	if r, ok := s.Ranges[id]; ok {
		return r.String()
	}
	return undefined
}

// tiers numbers the tiers that the places fall into. A new one begins where
// nobody from above can come below the line, and nobody from below above it; it
// is not enough that the two neighbours keep their order.
func (s Sure) tiers(places []rank.Place) []int {
	if len(s.Ranges) == 0 {
		return nil
	}
	at := func(i int) Range {
		if r, ok := s.Ranges[places[i].Problem]; ok {
			return r
		}
		return Range{1, len(places)}
	}
	best := make([]int, len(places)) // of this one and all below it
	for i := len(places) - 1; i >= 0; i-- {
		best[i] = at(i).Best
		if i+1 < len(places) {
			best[i] = min(best[i], best[i+1])
		}
	}
	all := make([]int, len(places))
	tier, worst := 1, 0
	for i := range places {
		if i > 0 && worst < best[i] {
			tier++
		}
		all[i], worst = tier, max(worst, at(i).Worst)
	}
	return all
}

// note says what the ranges are, and what the tiers mean.
func (s Sure) note(l *lang.Lang, tiers []int) string {
	if len(tiers) == 0 {
		return ""
	}
	text := l.T("chart.sure."+string(s.Basis), "together", TogetherText(l, s.Together))
	if n := tiers[len(tiers)-1]; n > 1 {
		return text + " " + l.T("chart.tiers", "n", n)
	}
	return text + " " + l.T("chart.tiers.none")
}
