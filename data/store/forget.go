package store

import (
	"context"
	"time"
)

// busy is how long a connection waits for another process that is writing, in
// milliseconds.
const busy = "5000"

// debt is what must still be done before words that were blacked out are gone
// from an SQLite file too.
type debt int

const (
	nothing   debt = iota
	emptying       // the write-ahead log keeps old pages
	rewriting      // pages keep what was once moved to others, even with secure_delete
)

// How the writer shares its time: a file is rewritten for everybody who asked
// since the last time, and at most one part in rest of the time, so that nobody
// holds the others up by taking back what they said over and over.
const (
	rest    = 20
	patient = time.Second // before it tries again what a reader was in the way of
)

// owe notes that words were blacked out. PostgreSQL drops them by itself when it
// vacuums.
func (t tx) owe() {
	if t.s.jobs != nil {
		t.s.owed, t.s.due = rewriting, t.s.rested
	}
}

// reminder comes when a debt is due; never where there is none.
func (s *Store) reminder() <-chan time.Time {
	if s.owed == nothing {
		return nil
	}
	return time.After(time.Until(s.due))
}

// forget pays the debt if it is due, in the goroutine of the writer. The log
// cannot be emptied while somebody reads an older state; then it tries again.
func (s *Store) forget() {
	begun := time.Now()
	if s.owed == nothing || begun.Before(s.due) {
		return
	}
	s.due = begun.Add(patient)
	if s.owed == rewriting {
		if _, err := s.write.ExecContext(context.Background(), `VACUUM`); err != nil {
			return
		}
		s.owed = emptying
		s.rested = time.Now().Add(rest * time.Since(begun))
	}
	if s.emptyLog() {
		s.owed = nothing
	}
}

// emptyLog tells whether nothing is left in the write-ahead log.
func (s *Store) emptyLog() bool {
	ctx := context.Background()
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return false
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 50`); err != nil {
		return false
	}
	var held, pages, moved int
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&held, &pages, &moved)
	_, _ = conn.ExecContext(ctx, `PRAGMA busy_timeout = `+busy)
	return err == nil && held == 0
}
