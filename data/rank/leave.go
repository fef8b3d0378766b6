package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// Span is the best and the worst place a problem may have; 1 is the most needed.
type Span struct{ Best, Worst int }

// Contains tells whether the place is inside the span.
func (s Span) Contains(place int) bool { return s.Best <= place && place <= s.Worst }

// Leave is where problems stand whichever group is left out.
type Leave struct {
	Groups  int              // groups that were left out, one after the other
	Spans   map[data.ID]Span // of the problems with a score; the whole order is always inside
	Without []Voice          // groups without which there is no order at all: the spans know nothing of them

	// Reason is why there are no spans, the end of a message key: nothing (the
	// view has no order), problems (fewer than two), groups (fewer than two), or
	// without (there is no order without any one of them).
	Reason string
}

// Leave counts a view of a cut again without each group that counts in it, and
// notes the best and the worst competition rank of each problem. A voice is one
// group of one session. Weights are made anew each time, as if the group had
// never met; only the list of named problems stays that of the whole round.
func (r *Round) Leave(view data.View, cut Cut) (l Leave) {
	p := r.panel(view, cut)
	if l.Reason = p.reason(); l.Reason != "" {
		return l
	}
	l.Spans = map[data.ID]Span{}
	for i, place := range p.ranks(p.weights) {
		l.Spans[p.named[i]] = Span{place, place}
	}
	rest := *r
	rest.Voices = slices.Clone(r.Voices)
	at := 0 // where the voice is in the round
	for i, v := range p.scored {
		for v != &r.Voices[at] {
			at++
		}
		if p.weights[i].Sign() == 0 {
			continue
		}
		l.Groups++
		rest.Voices[at].Stays = Silent
		weights := rest.gather(view, cut, p.named).weigh(view, cut)
		rest.Voices[at].Stays = v.Stays
		if weights == nil {
			l.Without = append(l.Without, *v)
			continue
		}
		l.note(p.named, p.ranks(slices.Insert(weights, i, new(big.Rat))))
	}
	if len(l.Without) == l.Groups {
		l.Reason, l.Spans = "without", nil
	}
	return l
}

func (l *Leave) note(named []data.ID, ranks []int) {
	for i, place := range ranks {
		s := l.Spans[named[i]]
		l.Spans[named[i]] = Span{min(s.Best, place), max(s.Worst, place)}
	}
}
