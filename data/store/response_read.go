package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"iter"

	"ashar/data"
)

const responseColumns = `SELECT id, version, code, lang, tier, sheet, village_id, sex, band, seconds, flags, state, received, account_id, body, second, second_by, changed FROM response`

// unread is a response as it is in the database, whose answers nobody has made out.
type unread struct {
	data.Response
	body, second sql.NullString
}

func scanUnread(rows *sql.Rows, r *unread) error {
	var received int64
	var sheet sql.NullString
	err := rows.Scan(&r.ID, &r.Version, &r.Key, &r.Lang, &r.Tier, &sheet, &r.Village, &r.Sex, &r.Band, &r.Seconds, &r.Flags, &r.State,
		&received, &r.By, &r.body, &r.second, &r.SecondBy, &r.Changed)
	r.Sheet, r.Received = sheet.String, moment(received)
	return err
}

// toldColumns are what a file tells of a response.
const toldColumns = `SELECT id, version, lang, tier, village_id, sex, band, state, received, body FROM response`

func scanTold(rows *sql.Rows, r *unread) error {
	var received int64
	err := rows.Scan(&r.ID, &r.Version, &r.Lang, &r.Tier, &r.Village, &r.Sex, &r.Band, &r.State, &received, &r.body)
	r.Received = moment(received)
	return err
}

// read makes out the answers.
func (r *unread) read() error {
	for _, one := range []struct {
		text sql.NullString
		to   *data.Answers
	}{{r.body, &r.Answers}, {r.second, &r.Second}} {
		if one.text.Valid {
			if err := one.to.Scan(one.text.String); err != nil {
				return err
			}
		}
	}
	return nil
}

func scanResponse(rows *sql.Rows, r *data.Response) error {
	one := unread{Response: *r}
	if err := scanUnread(rows, &one); err != nil {
		return err
	}
	err := one.read()
	*r = one.Response
	return err
}

// Responses of a survey that changed after the one given (the zero ID for all),
// in the order of their changes.
func (s *Store) Responses(ctx context.Context, municipality, survey, after data.ID) iter.Seq2[data.Response, error] {
	return s.responses(ctx, survey, scanUnread, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND changed > $3 ORDER BY changed`, municipality, survey, after)
}

// ResponsesSince are those that a reader has to look at who knows all changes up to
// the one given. On PostgreSQL changes may come to be seen in another order than
// they were made: there it looks again at those of a while before.
func (s *Store) ResponsesSince(ctx context.Context, municipality, survey, last data.ID) iter.Seq2[data.Response, error] {
	if s.jobs == nil {
		last = before(last)
	}
	return s.Responses(ctx, municipality, survey, last)
}

// lookBack is how long before the newest change a reader looks again, in
// milliseconds.
const lookBack = 30_000

// before is a change somewhat older than another: the first bytes of an ID are
// the time of its birth.
func before(change data.ID) (older data.ID) {
	var b [8]byte
	copy(b[2:], change[:6])
	binary.BigEndian.PutUint64(b[:], max(binary.BigEndian.Uint64(b[:]), lookBack)-lookBack)
	copy(older[:6], b[2:])
	return older
}

// ResponsesIn are those in a state, the newest first, at most limit of them,
// older than before where that is not zero.
func (s *Store) ResponsesIn(ctx context.Context, municipality, survey data.ID, state data.State, before data.ID, limit int) iter.Seq2[data.Response, error] {
	if before.Zero() {
		before = lastID
	}
	return s.responses(ctx, survey, scanUnread, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND state = $3 AND id < $4 ORDER BY id DESC LIMIT $5`, municipality, survey, state, before, limit)
}

// Shuffled are the responses of a survey as files tell them, without keys, flags,
// and who typed them in, in the order of their keys, which tells nothing about
// when they came.
func (s *Store) Shuffled(ctx context.Context, municipality, survey data.ID) iter.Seq2[data.Response, error] {
	return s.responses(ctx, survey, scanTold, toldColumns+` WHERE municipality_id = $1 AND survey_id = $2 ORDER BY code`, municipality, survey)
}

// responses are read a little ahead of who ranges over them: to get them from the
// database takes about as long as to make out their answers and to use them.
func (s *Store) responses(ctx context.Context, survey data.ID, scan func(*sql.Rows, *unread) error, query string, args ...any) iter.Seq2[data.Response, error] {
	rows := ahead(func(yield func(unread, error) bool) {
		rows, err := s.rows(ctx, query, args...)
		if err != nil {
			yield(unread{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			r := unread{Response: data.Response{Survey: survey}}
			err := scan(rows, &r)
			if !yield(r, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(unread{}, translate(err))
		}
	})
	return func(yield func(data.Response, error) bool) {
		for r, err := range rows {
			if err == nil {
				err = r.read()
			}
			if !yield(r.Response, err) || err != nil {
				return
			}
		}
	}
}
