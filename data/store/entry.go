package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"

	"ashar/data"
)

const (
	addEntry = `INSERT INTO entry (municipality_id, session_id, id, kind, account_id, made, received, sex, band, tag, problem_id, n, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (municipality_id, session_id, id) DO NOTHING`
	entryColumns = `SELECT id, kind, account_id, made, received, sex, band, tag, problem_id, n, body FROM entry`
)

// AddEntries writes entries down in a session, all or none. An entry that is
// there already, with the same content, is kept once; with other content it is
// a conflict. So is a session that was closed, reopened or put into the archive
// meanwhile, itself or with its round.
func (s *Store) AddEntries(ctx context.Context, municipality data.ID, session data.Session, entries []data.Entry, events ...data.Event) error {
	var done step
	err := s.update(ctx, func(t tx) error {
		done = step{}
		var fresh []data.Entry
		for _, e := range entries {
			added, err := t.addEntry(municipality, session, e)
			if err != nil {
				return err
			}
			if added {
				fresh = append(fresh, e)
			}
		}
		if len(fresh) == 0 {
			return nil
		}
		// The session first: whoever takes problems away waits for it, or is waited for.
		from, to, err := t.touch(municipality, session, fresh)
		if err != nil {
			return err
		}
		if err := t.knows(municipality, session.Round, fresh); err != nil {
			return err
		}
		for _, e := range events {
			if err := t.event(municipality, e); err != nil {
				return err
			}
		}
		done = step{from, to, asKept(session.ID, fresh)}
		return nil
	})
	if err == nil {
		s.tail.add(place{municipality, session.ID}, done)
	}
	return err
}

func (t tx) addEntry(municipality data.ID, session data.Session, e data.Entry) (fresh bool, err error) {
	row, err := pack(e)
	if err != nil {
		return false, err
	}
	n, err := t.exec(addEntry, municipality, session.ID, e.ID, e.Kind, row.account, millis(e.Made), millis(e.Received),
		e.Group.Sex, e.Group.Band, e.Group.Tag, row.problem, e.N, row.body)
	if err != nil || n > 0 {
		return n > 0, err
	}
	var kind data.Kind
	var g data.Group
	var problem data.ID
	var number int
	var body []byte
	err = t.row(`SELECT kind, sex, band, tag, problem_id, n, body FROM entry WHERE municipality_id = $1 AND session_id = $2 AND id = $3`,
		municipality, session.ID, e.ID).Scan(&kind, &g.Sex, &g.Band, &g.Tag, &problem, &number, &body)
	if err != nil {
		return false, translate(err)
	}
	said := bytes.Equal(body, row.body) || bytes.Equal(body, blackedOut()) // whoever sends it again may not know
	if kind != e.Kind || g != e.Group || problem != e.Problem || number != e.N || !said {
		return false, fmt.Errorf("entry %s was written down with other content: %w", e.ID, data.ErrConflict)
	}
	return false, nil
}

// knows wants the problems that entries name to be the round's: a ballot keeps
// the tails of their ids, which nobody could read elsewhere.
func (t tx) knows(municipality, round data.ID, entries []data.Entry) error {
	asked := map[data.ID]bool{{}: true}
	ask := func(id data.ID) error {
		if asked[id] {
			return nil
		}
		asked[id] = true
		return translate(t.row(`SELECT 1 FROM problem WHERE municipality_id = $1 AND id = $2 AND round_id = $3`, municipality, id, round).Scan(new(int)))
	}
	for _, e := range entries {
		named := []data.ID{e.Problem, e.Other}
		for _, c := range e.Ballot {
			named = append(named, c.Problem)
		}
		for _, id := range named {
			if err := ask(id); err != nil {
				return fmt.Errorf("problem %s: %w", id, err)
			}
		}
	}
	return nil
}

// touch gives the session a new stamp and what its new entries change in its
// head. It must still be as open as the writer of the entries believes, and where
// a consent is taken away nothing may have come to it since it was looked at. The
// stamps of before and after are the result.
func (t tx) touch(municipality data.ID, session data.Session, entries []data.Entry) (from, to data.ID, err error) {
	var stamp any
	if slices.ContainsFunc(entries, unseats) {
		stamp = session.Stamp
	}
	to = t.s.mint()
	err = t.row(`UPDATE session SET was = stamp, stamp = $4 WHERE municipality_id = $1 AND id = $2 AND closed = $3 AND archived = $5 AND stamp = COALESCE($6, stamp)
		AND EXISTS (SELECT 1 FROM round r WHERE r.municipality_id = $1 AND r.id = session.round_id AND r.archived = FALSE) RETURNING was`,
		municipality, session.ID, session.Closed, to, session.Archived, stamp).Scan(&from)
	if err = translate(err); errors.Is(err, data.ErrMissing) {
		return from, to, t.unchanged(`SELECT 1 FROM session WHERE municipality_id = $1 AND id = $2`, municipality, session.ID)
	}
	if err != nil {
		return from, to, err
	}
	return from, to, t.retitle(municipality, session, entries)
}

// retitle writes into the head of the session what entries change there.
func (t tx) retitle(municipality data.ID, session data.Session, entries []data.Entry) error {
	if !slices.ContainsFunc(entries, ofHead) {
		return nil
	}
	// As it is kept now, not as the writer last saw it.
	now, err := first(t, scanSession, sessionColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, session.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch {
		case e.Kind == data.Header:
			now, _ = now.With(e.Field, e.Value)
		case e.Kind == data.Close:
			now.Closed = true
		case e.Kind == data.Reopen:
			now.Closed = false
		case e.SeatsMinors() && !now.Consented():
			return fmt.Errorf("nobody consents any more: %w", data.ErrConflict)
		}
	}
	return t.one(`UPDATE session SET closed = $3, village_id = $4, place = $5, held = $6, facilitators = $7, consent = $8 WHERE municipality_id = $1 AND id = $2`,
		municipality, session.ID, now.Closed, now.Village, now.Place, now.Date, now.Facilitators, now.Consent)
}

// ofHead tells whether an entry changes the head of its session, or holds only
// by what stands there.
func ofHead(e data.Entry) bool {
	return e.Kind == data.Header || e.Kind == data.Close || e.Kind == data.Reopen || e.SeatsMinors()
}

// unseats tells whether an entry takes a consent away, which is right only while
// nobody sits there by it.
func unseats(e data.Entry) bool {
	return e.Kind == data.Header && e.Field == "consent" && e.Value == ""
}

// Entries of a session in the order of their birth.
func (s *Store) Entries(ctx context.Context, municipality data.ID, session data.Session) iter.Seq2[data.Entry, error] {
	return s.entries(ctx, municipality, session, entryColumns+` WHERE municipality_id = $1 AND session_id = $2 ORDER BY id`)
}

// LatestEntries of a session, at most limit of them, those that came in last
// first, and where before is not zero only those that came in before that entry.
func (s *Store) LatestEntries(ctx context.Context, municipality data.ID, session data.Session, before data.ID, limit int) iter.Seq2[data.Entry, error] {
	const newest, page = ` WHERE municipality_id = $1 AND session_id = $2`, ` ORDER BY received DESC, id DESC LIMIT $3`
	if before.Zero() {
		return s.entries(ctx, municipality, session, entryColumns+newest+page, limit)
	}
	return s.entries(ctx, municipality, session, entryColumns+newest+` AND (received, id) <
		(SELECT b.received, b.id FROM entry b WHERE b.municipality_id = $1 AND b.session_id = $2 AND b.id = $4)`+page, limit, before)
}

// Entry is one of a session's.
func (s *Store) Entry(ctx context.Context, municipality data.ID, session data.Session, id data.ID) (data.Entry, error) {
	for e, err := range s.entries(ctx, municipality, session, entryColumns+` WHERE municipality_id = $1 AND session_id = $2 AND id = $3`, id) {
		return e, err
	}
	return data.Entry{}, data.ErrMissing
}

func (s *Store) entries(ctx context.Context, municipality data.ID, session data.Session, query string, more ...any) iter.Seq2[data.Entry, error] {
	return func(yield func(data.Entry, error) bool) {
		known, err := shorts(reader{s, ctx}, municipality, session.Round)
		if err != nil {
			yield(data.Entry{}, err)
			return
		}
		rows, err := s.rows(ctx, query, append([]any{municipality, session.ID}, more...)...)
		if err != nil {
			yield(data.Entry{}, err)
			return
		}
		defer rows.Close()
		words := words{}
		for rows.Next() {
			e, err := scanEntry(rows, known, words)
			e.Session = session.ID
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(data.Entry{}, translate(err))
		}
	}
}

// words keeps one copy of the short texts that stand in every row.
type words map[string]string

func (w words) keep(raw sql.RawBytes) string {
	if s, ok := w[string(raw)]; ok {
		return s
	}
	s := string(raw)
	w[s] = s
	return s
}

func scanEntry(rows *sql.Rows, known map[uint32]data.ID, w words) (data.Entry, error) {
	var e data.Entry
	var kind, sex, band, tag, body sql.RawBytes
	var made, received int64
	if err := rows.Scan(&e.ID, &kind, &e.By, &made, &received, &sex, &band, &tag, &e.Problem, &e.N, &body); err != nil {
		return e, err
	}
	e.Kind = data.Kind(w.keep(kind))
	e.Group = data.Group{Sex: data.Sex(w.keep(sex)), Band: data.Band(w.keep(band)), Tag: w.keep(tag)}
	e.Made, e.Received = moment(made), moment(received)
	return e, unpack(&e, body, known)
}

// RedactEntry blacks out the text of a note or quote for ever: the words leave
// the database, and that something was said there stays.
func (s *Store) RedactEntry(ctx context.Context, municipality data.ID, session data.Session, redact data.Entry, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		added, err := t.addEntry(municipality, session, redact)
		if err != nil || !added {
			return err
		}
		if err := t.one(`UPDATE entry SET body = $4 WHERE municipality_id = $1 AND session_id = $2 AND id = $3 AND kind IN ('note.add', 'quote.add')`,
			municipality, session.ID, redact.Target, blackedOut()); err != nil {
			return err
		}
		t.owe()
		if err := t.one(`UPDATE session SET stamp = $3 WHERE municipality_id = $1 AND id = $2`, municipality, session.ID, t.s.mint()); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}
