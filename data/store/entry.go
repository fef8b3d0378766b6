package store

import (
	"bytes"
	"context"
	"database/sql"
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
// a conflict. A session that was closed (or reopened) meanwhile takes no more:
// that is a conflict too.
func (s *Store) AddEntries(ctx context.Context, municipality data.ID, session data.Session, entries []data.Entry, events ...data.Event) error {
	return s.update(ctx, func(t tx) error {
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
		if err := t.knows(municipality, session.Round, fresh); err != nil {
			return err
		}
		if err := t.touch(municipality, session, fresh); err != nil {
			return err
		}
		for _, e := range events {
			if err := t.event(municipality, e); err != nil {
				return err
			}
		}
		return nil
	})
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

// heads are the kinds of entry that change the head of a session.
var heads = []data.Kind{data.Header, data.Close, data.Reopen}

// touch gives the session a new stamp and what its new entries change in its
// head. It must still be as open or closed as the writer of the entries
// believes.
func (t tx) touch(municipality data.ID, session data.Session, entries []data.Entry) error {
	n, err := t.exec(`UPDATE session SET stamp = $4 WHERE municipality_id = $1 AND id = $2 AND closed = $3`, municipality, session.ID, session.Closed, t.s.mint())
	if err != nil {
		return err
	}
	if n == 0 {
		return t.unchanged(`SELECT 1 FROM session WHERE municipality_id = $1 AND id = $2`, municipality, session.ID)
	}
	if !slices.ContainsFunc(entries, func(e data.Entry) bool { return slices.Contains(heads, e.Kind) }) {
		return nil
	}
	// As it is kept now, not as the writer last saw it.
	now, err := first(t, scanSession, sessionColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, session.ID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch e.Kind {
		case data.Header:
			now, _ = now.With(e.Field, e.Value)
		case data.Close:
			now.Closed = true
		case data.Reopen:
			now.Closed = false
		}
	}
	return t.one(`UPDATE session SET closed = $3, village_id = $4, place = $5, held = $6, facilitators = $7, consent = $8 WHERE municipality_id = $1 AND id = $2`,
		municipality, session.ID, now.Closed, now.Village, now.Place, now.Date, now.Facilitators, now.Consent)
}

// Entries of a session in the order of their birth.
func (s *Store) Entries(ctx context.Context, municipality data.ID, session data.Session) iter.Seq2[data.Entry, error] {
	return s.entries(ctx, municipality, session, entryColumns+` WHERE municipality_id = $1 AND session_id = $2 ORDER BY id`)
}

// LatestEntries of a session, the newest first, at most limit of them, older
// than before where that is not zero.
func (s *Store) LatestEntries(ctx context.Context, municipality data.ID, session data.Session, before data.ID, limit int) iter.Seq2[data.Entry, error] {
	if before.Zero() {
		for i := range before {
			before[i] = 0xff
		}
	}
	return s.entries(ctx, municipality, session, entryColumns+` WHERE municipality_id = $1 AND session_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4`, before, limit)
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
		if err := t.touch(municipality, session, nil); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}
