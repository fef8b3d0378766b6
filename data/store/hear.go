package store

import (
	"context"
	"database/sql"

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
// must not be held on to. Ballots that were taken back are among them.
func (s *Store) Hear(ctx context.Context, municipality, id data.ID, begin func(Hearing) (cast func(id data.ID, g data.Group, b data.Packed) error, err error)) error {
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
	cast, err := begin(h)
	if err != nil {
		return err
	}
	return h.casts(q, municipality, cast)
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

// casts reads the ballots, and of each no more than is counted: a session may
// have a hundred thousand.
func (h *Hearing) casts(q tx, municipality data.ID, cast func(data.ID, data.Group, data.Packed) error) error {
	rows, err := q.rows(`SELECT id, sex, band, tag, body FROM entry WHERE municipality_id = $1 AND session_id = $2 AND kind = $3`, municipality, h.Session.ID, data.Cast)
	if err != nil {
		return err
	}
	defer rows.Close()
	words := words{}
	var id data.ID
	var raw, sex, band, tag, body sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&raw, &sex, &band, &tag, &body); err != nil {
			return err
		}
		copy(id[:], raw)
		g := data.Group{Sex: data.Sex(words.keep(sex)), Band: data.Band(words.keep(band)), Tag: words.keep(tag)}
		if err := cast(id, g, data.Packed(body)); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}
