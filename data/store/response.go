package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"

	"ashar/data"
)

// AddResponse keeps what somebody sent, once: what is there under the same key
// stays, and is given back. A sheet's code lets one response in and is a
// conflict after that. The draft of the response is gone with it. A survey whose
// answers were erased takes no more: it is missing.
func (s *Store) AddResponse(ctx context.Context, municipality data.ID, r data.Response, code *data.Key) (kept data.Response, err error) {
	body, err := r.Answers.Value() // here, where many can do it at once
	if err != nil {
		return kept, err
	}
	err = s.update(ctx, func(t tx) error {
		kept = r
		if kept.Changed, err = t.change(municipality, r.Survey); err != nil {
			return err
		}
		n, err := t.exec(`INSERT INTO response (municipality_id, survey_id, id, version, code, lang, tier, sheet, village_id, sex, band, seconds, flags, state, received, account_id, body, changed)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
			WHERE EXISTS (SELECT 1 FROM survey WHERE municipality_id = $1 AND id = $2 AND purged = 0)
			ON CONFLICT (municipality_id, survey_id, code) DO NOTHING`,
			municipality, r.Survey, r.ID, r.Version, r.Key, r.Lang, r.Tier, null(r.Sheet), r.Village, r.Sex, r.Band, r.Seconds, r.Flags, r.State,
			millis(r.Received), nullID(r.By), body, kept.Changed)
		if err != nil {
			return err
		}
		if n == 0 {
			kept, err = t.response(municipality, r.Survey, r.Key)
			return err
		}
		if code != nil {
			n, err := t.exec(`UPDATE code SET used = TRUE WHERE municipality_id = $1 AND survey_id = $2 AND code = $3 AND used = FALSE`, municipality, r.Survey, *code)
			if err != nil {
				return err
			}
			if n == 0 {
				return data.ErrConflict
			}
		}
		_, err = t.exec(`DELETE FROM draft WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, r.Survey, r.Key)
		return err
	})
	if err != nil {
		kept = data.Response{}
	}
	return kept, err
}

// change is the mark of a new change, after all others of the survey. Where
// several servers write at once nobody can say which comes after which; but
// where there is one file, its order holds even if the clock was set back.
func (t tx) change(municipality, survey data.ID) (data.ID, error) {
	mark := t.s.mint()
	if t.s.jobs == nil {
		return mark, nil
	}
	of := [2]data.ID{municipality, survey}
	last, known := t.s.marks[of]
	if !known {
		var err error
		if last, err = lastChange(t.row, municipality, survey); err != nil {
			return mark, err
		}
	}
	if bytes.Compare(mark[:], last[:]) <= 0 {
		mark = next(last)
	}
	t.s.marks[of] = mark
	return mark, nil
}

// next is the identifier after another.
func next(id data.ID) data.ID {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i]++; id[i] != 0 {
			break
		}
	}
	return id
}

func (t tx) response(municipality, survey data.ID, key data.Key) (data.Response, error) {
	r, err := first(t, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, survey, key)
	r.Survey = survey
	return r, err
}

// CorrectResponse puts new answers in the place of the old ones, which are gone.
// What was withdrawn or removed stays so: a conflict. draft, where not nil, is
// the draft it was made in. Nobody has looked at the new answers: none of them
// may be shown outside, and a rule may hold the response again.
func (s *Store) CorrectResponse(ctx context.Context, municipality data.ID, r data.Response, draft *data.Key) error {
	return s.update(ctx, func(t tx) error {
		now, err := t.responseOf(municipality, r.Survey, r.ID)
		if err != nil {
			return err
		}
		mark, err := t.change(municipality, r.Survey)
		if err != nil {
			return err
		}
		n, err := t.exec(`UPDATE response SET version = $4, lang = $5, village_id = $6, sex = $7, band = $8, body = $9, flags = $10, changed = $11
			WHERE municipality_id = $1 AND survey_id = $2 AND id = $3 AND state IN ('counted', 'held')`,
			municipality, r.Survey, r.ID, r.Version, r.Lang, r.Village, r.Sex, r.Band, r.Answers, now.Flags.Without(data.FlagCleared), mark)
		if err != nil {
			return err
		}
		if n == 0 {
			return data.ErrConflict
		}
		if _, err := t.exec(`UPDATE reading SET shown = FALSE WHERE municipality_id = $1 AND survey_id = $2 AND response_id = $3`, municipality, r.Survey, r.ID); err != nil {
			return err
		}
		t.owe()
		if draft == nil {
			return nil
		}
		_, err = t.exec(`DELETE FROM draft WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, r.Survey, *draft)
		return err
	})
}

func (t tx) responseOf(municipality, survey, id data.ID) (data.Response, error) {
	return first(t, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND id = $3`, municipality, survey, id)
}

// WithdrawResponse erases the answers for ever; that there was a response stays.
// Twice is as good as once.
func (s *Store) WithdrawResponse(ctx context.Context, municipality, survey, id data.ID) error {
	return s.update(ctx, func(t tx) error {
		mark, err := t.change(municipality, survey)
		if err != nil {
			return err
		}
		if err := t.one(`UPDATE response SET state = 'withdrawn', body = NULL, second = NULL, second_by = NULL, flags = '', sex = '', band = '', village_id = $4, sheet = NULL, changed = $5
			WHERE municipality_id = $1 AND survey_id = $2 AND id = $3`, municipality, survey, id, data.ID{}, mark); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM draft WHERE municipality_id = $1 AND survey_id = $2 AND corrects = $3`, municipality, survey, id); err != nil {
			return err
		}
		t.owe()
		_, err = t.exec(`DELETE FROM reading WHERE municipality_id = $1 AND survey_id = $2 AND response_id = $3`, municipality, survey, id)
		return err
	})
}

// Response of a survey by its ID.
func (s *Store) Response(ctx context.Context, municipality, survey, id data.ID) (data.Response, error) {
	r, err := first(reader{s, ctx}, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND id = $3`, municipality, survey, id)
	r.Survey = survey
	return r, err
}

// ResponseBy finds a response by the key of its receipt code.
func (s *Store) ResponseBy(ctx context.Context, municipality, survey data.ID, key data.Key) (data.Response, error) {
	r, err := first(reader{s, ctx}, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, survey, key)
	r.Survey = survey
	return r, err
}

// ResponseOn finds a response by the number of its sheet.
func (s *Store) ResponseOn(ctx context.Context, municipality, survey data.ID, sheet string) (data.Response, error) {
	r, err := first(reader{s, ctx}, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND sheet = $3`, municipality, survey, sheet)
	r.Survey = survey
	return r, err
}

// CountResponses tells how many responses a survey has in each state.
func (s *Store) CountResponses(ctx context.Context, municipality, survey data.ID) (map[data.State]int, error) {
	rows, err := s.rows(ctx, `SELECT state, COUNT(*) FROM response WHERE municipality_id = $1 AND survey_id = $2 GROUP BY state`, municipality, survey)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[data.State]int{}
	for rows.Next() {
		var state data.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, translate(rows.Err())
}

// LastChange is the newest change of any response of a survey; zero where there
// is none.
func (s *Store) LastChange(ctx context.Context, municipality, survey data.ID) (data.ID, error) {
	return lastChange(func(query string, args ...any) *sql.Row { return s.row(ctx, query, args...) }, municipality, survey)
}

func lastChange(row func(query string, args ...any) *sql.Row, municipality, survey data.ID) (last data.ID, err error) {
	err = row(`SELECT changed FROM response WHERE municipality_id = $1 AND survey_id = $2 ORDER BY changed DESC LIMIT 1`, municipality, survey).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return last, nil
	}
	return last, translate(err)
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func nullID(id data.ID) any {
	if id.Zero() {
		return nil
	}
	return id
}
