package store

import (
	"bytes"
	"context"
	"database/sql"
	"time"

	"ashar/data"
)

// DropImport takes an import that did not come to its end out again, as if it
// had never begun.
func (s *Store) DropImport(ctx context.Context, municipality, id data.ID) error {
	var sessions []byte
	err := s.update(ctx, func(t tx) error {
		if err := t.one(`UPDATE import SET state = 'undone' WHERE municipality_id = $1 AND id = $2 AND state = 'staged'`, municipality, id); err != nil {
			return err
		}
		return translate(t.row(`SELECT sessions FROM import WHERE municipality_id = $1 AND id = $2`, municipality, id).Scan(&sessions))
	})
	if err != nil {
		return err
	}
	for i := 0; i+16 <= len(sessions); i += 16 {
		if err := s.sweepSession(ctx, municipality, data.ID(sessions[i:i+16])); err != nil {
			return err
		}
	}
	return s.update(ctx, func(t tx) error {
		return t.one(`DELETE FROM import WHERE municipality_id = $1 AND id = $2 AND state = 'undone'`, municipality, id)
	})
}

// UndoImport takes an import out again in one step: its sessions, and whatever
// problems and villages came with it, or with one that was undone before, that
// nothing uses now. SweepImports removes the entries afterwards; nobody sees them
// once their sessions are gone.
func (s *Store) UndoImport(ctx context.Context, municipality, id data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		// The stamp first: it makes an import that is finished wait until this is seen.
		if err := t.stamp(municipality); err != nil {
			return err
		}
		if err := t.one(`UPDATE import SET state = 'undone', digest = NULL WHERE municipality_id = $1 AND id = $2 AND state = 'live'`, municipality, id); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM session WHERE municipality_id = $1 AND import_id = $2`, municipality, id); err != nil {
			return err
		}
		if err := t.dropProblems(municipality, id); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM village WHERE municipality_id = $1
			AND EXISTS (SELECT 1 FROM import i WHERE i.municipality_id = $1 AND i.id = village.import_id AND i.state = 'undone')
			AND NOT EXISTS (SELECT 1 FROM session s WHERE s.municipality_id = village.municipality_id AND s.village_id = village.id)
			AND NOT EXISTS (SELECT 1 FROM population p WHERE p.municipality_id = village.municipality_id AND p.village_id = village.id)
			AND NOT EXISTS (SELECT 1 FROM survey v WHERE v.municipality_id = village.municipality_id AND v.version > 0)`, municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// SweepImports gives up imports that began before the given time and never came
// to an end, and removes the entries of all that were undone or given up; a
// bounded number at a time.
func (s *Store) SweepImports(ctx context.Context, before time.Time) error {
	// First of all nobody can finish them any more.
	if err := s.update(ctx, func(t tx) error {
		_, err := t.exec(`UPDATE import SET state = 'undone' WHERE state = 'staged' AND created < $1`, millis(before))
		return err
	}); err != nil {
		return err
	}
	type leftover struct {
		municipality, id data.ID
		sessions         []byte
	}
	left, err := all(reader{s, ctx}, func(rows *sql.Rows, l *leftover) error { return rows.Scan(&l.municipality, &l.id, &l.sessions) },
		`SELECT municipality_id, id, sessions FROM import WHERE state = 'undone' AND LENGTH(sessions) > 0`)
	if err != nil {
		return err
	}
	for _, l := range left {
		for i := 0; i+16 <= len(l.sessions); i += 16 {
			if err := s.sweepSession(ctx, l.municipality, data.ID(l.sessions[i:i+16])); err != nil {
				return err
			}
		}
		if err := s.update(ctx, func(t tx) error {
			_, err := t.exec(`UPDATE import SET sessions = $3 WHERE municipality_id = $1 AND id = $2`, l.municipality, l.id, []byte{})
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// sweepSession removes the entries of a session that is not there, in order. It
// names the last one of each bite: with a list of thousands PostgreSQL, which
// knows nothing yet about rows so new, went through all of them for each.
func (s *Store) sweepSession(ctx context.Context, municipality, session data.ID) error {
	for {
		var n int64
		err := s.update(ctx, func(t tx) (err error) {
			n, err = t.exec(`DELETE FROM entry WHERE municipality_id = $1 AND session_id = $2
				AND id <= COALESCE((SELECT id FROM entry WHERE municipality_id = $1 AND session_id = $2 ORDER BY id LIMIT 1 OFFSET 1999), $3)
				AND NOT EXISTS (SELECT 1 FROM session s WHERE s.municipality_id = $1 AND s.id = $2)`, municipality, session, lastID)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// lastID comes after every other.
var lastID = data.ID(bytes.Repeat([]byte{0xff}, 16))
