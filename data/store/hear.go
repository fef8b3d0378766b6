package store

import (
	"context"
	"database/sql"
	"strings"

	"ashar/data"
)

// Hearing is a session as it was at one moment.
type Hearing struct {
	Session data.Session
	Written []data.Entry       // all but ballots, in no order
	Known   map[uint32]data.ID // the problems of its round by their short tails
}

// Hear reads a session as it is at one moment. Once all but the ballots is read,
// begin says what to do with each ballot, which is handed over as it is kept and
// must not be held on to. Ballots that were taken back are among them; their ids
// are read only where begin wants them, and are zero otherwise.
func (s *Store) Hear(ctx context.Context, municipality, id data.ID, begin func(Hearing) (cast func(id data.ID, g data.Group, b data.Packed) error, ids bool, err error)) error {
	t, err := s.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return translate(err)
	}
	defer t.Rollback() // nothing was written
	q := tx{t, s, ctx}
	var h Hearing
	if h.Session, err = first(q, scanSession, sessionColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id); err != nil {
		return err
	}
	if h.Known, err = shorts(q, municipality, h.Session.Round); err != nil {
		return err
	}
	if h.Written, err = h.written(q, municipality); err != nil {
		return err
	}
	cast, ids, err := begin(h)
	if err != nil {
		return err
	}
	return h.casts(q, municipality, ids, cast)
}

func (h *Hearing) written(q tx, municipality data.ID) (written []data.Entry, err error) {
	rows, err := q.rows(entryColumns+` WHERE municipality_id = $1 AND session_id = $2 AND kind <> $3`, municipality, h.Session.ID, data.Cast)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	words := words{}
	for rows.Next() {
		e, err := scanEntry(rows, h.Known, words)
		if err != nil {
			return nil, err
		}
		e.Session = h.Session.ID
		written = append(written, e)
	}
	return written, translate(rows.Err())
}

// The ballots of a session. Most of the time goes by the column, so that a group
// is read as one.
const (
	castColumns = `SELECT body, sex || '|' || band || '|' || tag`
	castRows    = ` FROM entry WHERE municipality_id = $1 AND session_id = $2 AND kind = $3`
)

// casts reads the ballots, and of each no more than is counted: a session may
// have a hundred thousand.
func (h *Hearing) casts(q tx, municipality data.ID, ids bool, cast func(data.ID, data.Group, data.Packed) error) error {
	var id data.ID
	var body, group, raw sql.RawBytes
	into, query := []any{&body, &group}, castColumns+castRows
	if ids {
		into, query = append(into, &raw), castColumns+`, id`+castRows
	}
	rows, err := q.rows(query, municipality, h.Session.ID, data.Cast)
	if err != nil {
		return err
	}
	defer rows.Close()
	groups := map[string]data.Group{}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		copy(id[:], raw)
		g, ok := groups[string(group)]
		if !ok {
			sex, rest, _ := strings.Cut(string(group), "|")
			band, tag, _ := strings.Cut(rest, "|")
			g = data.Group{Sex: data.Sex(sex), Band: data.Band(band), Tag: tag}
			groups[string(group)] = g
		}
		if err := cast(id, g, data.Packed(body)); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}
