package store

import (
	"context"
	"database/sql"
	"time"

	"ashar/data"
)

const sessionColumns = `SELECT id, round_id, village_id, place, held, facilitators, form, each, top, tag, consent, closed, archived, import_id, account_id, created, stamp FROM session`

func scanSession(rows *sql.Rows, s *data.Session) error {
	var created int64
	err := rows.Scan(&s.ID, &s.Round, &s.Village, &s.Place, &s.Date, &s.Facilitators, &s.Form, &s.Each, &s.Top, &s.Tag,
		&s.Consent, &s.Closed, &s.Archived, &s.Import, &s.By, &created, &s.Stamp)
	s.Created = moment(created)
	return err
}

// Sessions of a round, archived ones too, in order of their date.
func (s *Store) Sessions(ctx context.Context, municipality, round data.ID) ([]data.Session, error) {
	return all(reader{s, ctx}, scanSession, sessionColumns+` WHERE municipality_id = $1 AND round_id = $2 ORDER BY held, id`, municipality, round)
}

// Session is one of a municipality's.
func (s *Store) Session(ctx context.Context, municipality, id data.ID) (data.Session, error) {
	return first(reader{s, ctx}, scanSession, sessionColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
}

// OpenSession keeps a new session and freezes its round's scheme and rule if it
// is the first. The same session twice is kept once.
func (s *Store) OpenSession(ctx context.Context, municipality data.ID, session data.Session, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.freeze(municipality, session.Round, session.By, at); err != nil {
			return err
		}
		added, err := t.addSession(municipality, session)
		if err != nil || !added {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) addSession(municipality data.ID, s data.Session) (added bool, err error) {
	n, err := t.exec(`INSERT INTO session (municipality_id, id, round_id, village_id, place, held, facilitators, form, each, top, tag, consent, closed, archived, import_id, account_id, created, stamp)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (municipality_id, id) DO NOTHING`,
		municipality, s.ID, s.Round, s.Village, s.Place, s.Date, s.Facilitators, s.Form, s.Each, s.Top, s.Tag, s.Consent,
		s.Closed, s.Archived, s.Import, s.By, millis(s.Created), t.s.mint())
	return n > 0, err
}

// ArchiveSession takes a session out of the ranking, or back in; it and its
// entries stay.
func (s *Store) ArchiveSession(ctx context.Context, municipality, id data.ID, archived bool, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.one(`UPDATE session SET archived = $3, stamp = $4 WHERE municipality_id = $1 AND id = $2`, municipality, id, archived, t.s.mint()); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// DeleteSession removes a session in which nothing was written down; else it is
// a conflict.
func (s *Store) DeleteSession(ctx context.Context, municipality, id data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		// The row first: on PostgreSQL it keeps entries from coming in meanwhile.
		if err := t.one(`DELETE FROM session WHERE municipality_id = $1 AND id = $2`, municipality, id); err != nil {
			return err
		}
		var used int
		if err := t.row(`SELECT COUNT(*) FROM entry WHERE municipality_id = $1 AND session_id = $2`, municipality, id).Scan(&used); err != nil {
			return err
		}
		if used > 0 {
			return data.ErrConflict
		}
		return t.event(municipality, e)
	})
}

// Stamps tells what a ranking of a round depends on: the stamp of its
// municipality and those of its sessions that count. While they stay the same,
// so does everything that was counted from them.
type Stamps struct {
	Municipality data.ID
	Sessions     map[data.ID]data.ID
}

// Stamps of a round.
func (s *Store) Stamps(ctx context.Context, municipality, round data.ID) (Stamps, error) {
	stamps := Stamps{Sessions: map[data.ID]data.ID{}}
	if err := s.row(ctx, `SELECT stamp FROM municipality WHERE id = $1`, municipality).Scan(&stamps.Municipality); err != nil {
		return stamps, translate(err)
	}
	rows, err := s.rows(ctx, `SELECT id, stamp FROM session WHERE municipality_id = $1 AND round_id = $2 AND archived = FALSE`, municipality, round)
	if err != nil {
		return stamps, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, stamp data.ID
		if err := rows.Scan(&id, &stamp); err != nil {
			return stamps, err
		}
		stamps.Sessions[id] = stamp
	}
	return stamps, rows.Err()
}
