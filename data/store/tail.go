package store

import (
	"slices"
	"sync"

	"ashar/data"
)

// tail remembers what this process wrote down last, so that who has read a
// session before need not read all of it again. Each step says which stamp the
// session had before and which after; a change that is not in the tail, of another
// process or of the session's head, breaks the chain.
type tail struct {
	mu    sync.Mutex
	steps map[place][]step
	order []place // the sessions of the steps, oldest first
	kept  int     // entries in all steps
}

// place is a session of a municipality.
type place struct{ municipality, session data.ID }

type step struct {
	from, to data.ID
	entries  []data.Entry
}

// mostTail bounds how many entries the tail keeps.
const mostTail = 4096

func (t *tail) add(at place, s step) {
	if s.to.Zero() || len(s.entries) > mostTail {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.steps == nil {
		t.steps = map[place][]step{}
	}
	t.steps[at] = append(t.steps[at], s)
	t.order = append(t.order, at)
	t.kept += len(s.entries)
	for t.kept > mostTail {
		oldest := t.order[0]
		t.order = t.order[1:]
		t.kept -= len(t.steps[oldest][0].entries)
		if t.steps[oldest] = t.steps[oldest][1:]; len(t.steps[oldest]) == 0 {
			delete(t.steps, oldest)
		}
	}
}

// Since are the entries that were written down in a session between two of its
// stamps, in the order in which they came to be kept: false where that is not
// known, and all has to be read.
func (s *Store) Since(municipality, session, from, to data.ID) (entries []data.Entry, ok bool) {
	s.tail.mu.Lock()
	defer s.tail.mu.Unlock()
	steps := s.tail.steps[place{municipality, session}]
	for from != to {
		i := slices.IndexFunc(steps, func(s step) bool { return s.from == from })
		if i < 0 {
			return nil, false
		}
		entries = append(entries, steps[i].entries...)
		from, steps = steps[i].to, steps[i+1:]
	}
	return entries, true
}

// asKept are entries as they would be read again.
func asKept(session data.ID, entries []data.Entry) []data.Entry {
	kept := slices.Clone(entries)
	for i := range kept {
		kept[i].Session = session
		kept[i].Made, kept[i].Received = moment(millis(kept[i].Made)), moment(millis(kept[i].Received))
	}
	return kept
}
