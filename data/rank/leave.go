package rank

import "ashar/data"

// Span is the best and the worst place a problem may have; 1 is the most needed.
type Span struct{ Best, Worst int }

// Contains tells whether the place is inside the span.
func (s Span) Contains(place int) bool { return s.Best <= place && place <= s.Worst }

// Leave is where problems stand whichever group is left out.
type Leave struct {
	Groups  int              // groups that were left out, one after the other
	Spans   map[data.ID]Span // of the problems with a score; the whole order is always inside
	Without []Voice          // groups without which the view has no order of its own, as nobody could stand in for them,
	Alone   int              // and how many they are

	// Reason is why there are no spans, the end of a message key: nothing (the
	// view has no order), problems (fewer than two), or groups (fewer than two).
	Reason string
}

// Leave counts a view of a cut again without each group that counts in it, and
// notes the best and the worst place of each problem; problems that tie may have
// any of the places they share. A voice is one
// group of one session.
//
// A group is left out in both ways there are, as by the jackknife (Tukey, 1958; in
// surveys Rao and Shao, 1992), and the spans hold both: together
// with the residents it stands for, all others weighing what they weigh; and as
// if it had never met, so that others stand in for those residents, if anybody
// can. Only the list of named problems stays that of the whole round.
func (r *Round) Leave(view data.View, cut Cut) (l Leave) {
	p := r.panel(view, cut)
	if l.Reason = p.reason(); l.Reason == "" {
		l.out(p, p.each())
	}
	return l
}

// out leaves packs of voices out, one pack after the other.
func (l *Leave) out(p *panel, packs [][]int) {
	l.Spans = map[data.ID]Span{}
	for i, span := range placesAt(p.ranks(p.weights)) {
		l.Spans[p.named[i]] = span
	}
	for _, pack := range packs {
		l.Groups++
		l.note(p.named, p.ranks(p.less(pack...)))
		if p.view != data.Citizens {
			continue // the others weigh the same in both ways
		}
		var voices []int
		for _, i := range pack {
			voices = append(voices, p.at[i])
		}
		if weights := p.without(voices...); weights != nil {
			l.note(p.named, p.ranks(weights))
		} else {
			l.Without, l.Alone = append(l.Without, *p.scored[pack[0]]), l.Alone+1
		}
	}
}

func (l *Leave) note(named []data.ID, ranks []int) {
	for i, at := range placesAt(ranks) {
		s := l.Spans[named[i]]
		l.Spans[named[i]] = Span{min(s.Best, at.Best), max(s.Worst, at.Worst)}
	}
}

// placesAt are competition ranks as spans: those who share a place may have any of
// the places that they take up together.
func placesAt(ranks []int) []Span {
	ties := map[int]int{}
	for _, r := range ranks {
		ties[r]++
	}
	spans := make([]Span, len(ranks))
	for i, r := range ranks {
		spans[i] = Span{r, r + ties[r] - 1}
	}
	return spans
}
