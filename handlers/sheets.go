package handlers

import (
	"sync"

	"ashar/data"
)

// sheets remembers the sheets of imported sessions, which may have tens of
// thousands of ballots and in which nobody writes any more. Like roundCount it is a
// memory of folding and never a second truth. What it hands out is only read.
type sheets struct {
	mu      sync.Mutex
	kept    map[data.ID]*data.Sheet
	entries int // on all of them
}

// mostEntries bounds what is remembered; a hundred thousand ballots take some
// thirty megabytes.
const mostEntries = 100_000

func newSheets() *sheets { return &sheets{kept: map[data.ID]*data.Sheet{}} }

// of is the sheet of a session as it is now, nil where it has to be folded.
func (s *sheets) of(session data.Session) *data.Sheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sheet := s.kept[session.ID]; sheet != nil && sheet.Session == session {
		return sheet
	}
	return nil
}

func (s *sheets) keep(sheet *data.Sheet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.kept[sheet.Session.ID]; old != nil {
		s.entries -= old.Entries
	}
	s.kept[sheet.Session.ID] = sheet
	s.entries += sheet.Entries
	for id, other := range s.kept { // any others: they will be folded again when they are asked for
		if s.entries > mostEntries && other != sheet {
			delete(s.kept, id)
			s.entries -= other.Entries
		}
	}
}
