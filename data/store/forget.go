package store

import "context"

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

// owe notes that words were blacked out. PostgreSQL drops them by itself when it
// vacuums.
func (t tx) owe() {
	if t.s.jobs != nil {
		t.s.owed = rewriting
	}
}

// forget pays the debt, in the goroutine of the writer. The log cannot be
// emptied while somebody reads an older state; then the next commit tries again.
func (s *Store) forget() {
	if s.owed == nothing {
		return
	}
	ctx := context.Background()
	if s.owed == rewriting {
		if _, err := s.write.ExecContext(ctx, `VACUUM`); err != nil {
			return
		}
		s.owed = emptying
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 50`); err != nil {
		return
	}
	var held, pages, moved int
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&held, &pages, &moved)
	if err == nil && held == 0 {
		s.owed = nothing
	}
	_, _ = conn.ExecContext(ctx, `PRAGMA busy_timeout = `+busy)
}
