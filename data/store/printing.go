package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"ashar/data"
)

const printingColumns = `SELECT id, first_number, last_number, version, lang, purpose, village_id, account_id, created FROM printing`

func scanPrinting(rows *sql.Rows, p *data.Printing) error {
	var created int64
	err := rows.Scan(&p.ID, &p.First, &p.Last, &p.Version, &p.Lang, &p.Purpose, &p.Village, &p.By, &created)
	p.Created = moment(created)
	return err
}

// AddPrinting gives the next free numbers of a survey to so many sheets. The same
// printing twice has the same numbers.
func (s *Store) AddPrinting(ctx context.Context, municipality data.ID, p data.Printing, sheets int, e data.Event) (kept data.Printing, err error) {
	err = s.update(ctx, func(t tx) error {
		before, err := all(t, scanPrinting, printingColumns+` WHERE municipality_id = $1 AND survey_id = $2 ORDER BY first_number`, municipality, p.Survey)
		if err != nil {
			return err
		}
		kept = p
		kept.First = 1
		for _, one := range before {
			if one.ID == p.ID {
				kept = one
				kept.Survey = p.Survey
				return nil
			}
			kept.First = one.Last + 1
		}
		kept.Last = kept.First + sheets - 1
		if err := t.hasVillage(municipality, p.Village); err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO printing (municipality_id, survey_id, id, first_number, last_number, version, lang, purpose, village_id, account_id, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			municipality, p.Survey, p.ID, kept.First, kept.Last, p.Version, p.Lang, p.Purpose, p.Village, p.By, millis(p.Created)); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
	return kept, err
}

// Printings of a survey, by their numbers.
func (s *Store) Printings(ctx context.Context, municipality, survey data.ID) ([]data.Printing, error) {
	list, err := all(reader{s, ctx}, scanPrinting, printingColumns+` WHERE municipality_id = $1 AND survey_id = $2 ORDER BY first_number`, municipality, survey)
	for i := range list {
		list[i].Survey = survey
	}
	return list, err
}

// PrintingOf is the printing that a sheet belongs to.
func (s *Store) PrintingOf(ctx context.Context, municipality, survey data.ID, sheet int) (data.Printing, error) {
	p, err := first(reader{s, ctx}, scanPrinting, printingColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND first_number <= $3 AND last_number >= $4`, municipality, survey, sheet, sheet)
	p.Survey = survey
	return p, err
}

// ResponsesOnPaper are those that were typed in from sheets, the newest first.
func (s *Store) ResponsesOnPaper(ctx context.Context, municipality, survey data.ID) ([]data.Response, error) {
	list, err := all(reader{s, ctx}, scanResponse, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 AND sheet IS NOT NULL ORDER BY id DESC`, municipality, survey)
	for i := range list {
		list[i].Survey = survey
	}
	return list, err
}

// SettleResponse puts what a paper sheet really says into the place of both
// typings: it was looked at again. What was removed stays so: a conflict.
func (s *Store) SettleResponse(ctx context.Context, municipality data.ID, r data.Response, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		mark, err := t.change(municipality, r.Survey)
		if err != nil {
			return err
		}
		n, err := t.exec(`UPDATE response SET village_id = $4, sex = $5, band = $6, body = $7, second = $8, changed = $9
			WHERE municipality_id = $1 AND survey_id = $2 AND id = $3 AND changed = $10 AND state IN ('counted', 'held')`,
			municipality, r.Survey, r.ID, r.Village, r.Sex, r.Band, r.Answers, r.Second, mark, r.Changed)
		if err == nil && n == 0 {
			err = t.unchanged(`SELECT 1 FROM response WHERE municipality_id = $1 AND survey_id = $2 AND id = $3`, municipality, r.Survey, r.ID)
		}
		if err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// PutRetyping keeps what a second person typed from a session's sheet, in the
// place of what was typed a second time before.
func (s *Store) PutRetyping(ctx context.Context, municipality data.ID, r data.Retyping, e data.Event) error {
	fields, err := json.Marshal(r.Fields)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t tx) error {
		if _, err := t.exec(`INSERT INTO retyping (municipality_id, session_id, account_id, at, fields, settled, differs) VALUES ($1, $2, $3, $4, $5, 0, $6)
			ON CONFLICT (municipality_id, session_id) DO UPDATE SET account_id = $3, at = $4, fields = $5, settled = 0, differs = $6`,
			municipality, r.Session, r.By, millis(r.At), string(fields), r.Differs); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// Retyping of a session; missing where there is none.
func (s *Store) Retyping(ctx context.Context, municipality, session data.ID) (data.Retyping, error) {
	scan := func(rows *sql.Rows, r *data.Retyping) error {
		var at, settled int64
		var fields string
		if err := rows.Scan(&r.By, &at, &fields, &settled, &r.Differs); err != nil {
			return err
		}
		r.At, r.Settled = moment(at), moment(settled)
		return json.Unmarshal([]byte(fields), &r.Fields)
	}
	r, err := first(reader{s, ctx}, scan, `SELECT account_id, at, fields, settled, differs FROM retyping WHERE municipality_id = $1 AND session_id = $2`, municipality, session)
	r.Session = session
	return r, err
}

// SettleRetyping notes that the differences of a second typing were looked at.
// What was typed is kept no longer: the entries say what holds.
func (s *Store) SettleRetyping(ctx context.Context, municipality, session data.ID, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		n, err := t.exec(`UPDATE retyping SET fields = '{}', settled = $3 WHERE municipality_id = $1 AND session_id = $2 AND settled = 0`, municipality, session, millis(at))
		if err != nil || n == 0 {
			return err
		}
		return t.event(municipality, e)
	})
}
