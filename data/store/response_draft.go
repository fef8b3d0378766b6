package store

import (
	"context"
	"database/sql"
	"time"

	"ashar/data"
)

// PutDraft keeps what somebody has answered so far. Where the response was sent
// meanwhile nothing is kept: the next person with the same phone sees nothing of
// it.
func (s *Store) PutDraft(ctx context.Context, municipality data.ID, d data.Draft) error {
	return s.update(ctx, func(t tx) error {
		if err := t.hasSurvey(municipality, d.Survey); err != nil {
			return err
		}
		var sheet any
		if d.Code != nil {
			sheet = *d.Code
		}
		_, err := t.exec(`INSERT INTO draft (municipality_id, survey_id, code, corrects, sheet_code, version, lang, body, began, touched)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
			WHERE $11 = TRUE OR NOT EXISTS (SELECT 1 FROM response WHERE municipality_id = $1 AND survey_id = $2 AND code = $3)
			ON CONFLICT (municipality_id, survey_id, code) DO UPDATE SET corrects = $4, sheet_code = $5, version = $6, lang = $7, body = $8, touched = $10`,
			municipality, d.Survey, d.Key, d.Corrects, sheet, d.Version, d.Lang, d.Answers, millis(d.Began), millis(d.Touched), !d.Corrects.Zero())
		return err
	})
}

// DraftBy finds a draft by its key.
func (s *Store) DraftBy(ctx context.Context, municipality, survey data.ID, key data.Key) (data.Draft, error) {
	scan := func(rows *sql.Rows, d *data.Draft) error {
		var began, touched int64
		var sheet []byte
		err := rows.Scan(&d.Corrects, &sheet, &d.Version, &d.Lang, &d.Answers, &began, &touched)
		if len(sheet) > 0 {
			d.Code = new(data.Key)
			copy(d.Code[:], sheet)
		}
		d.Began, d.Touched = moment(began), moment(touched)
		return err
	}
	d, err := first(reader{s, ctx}, scan, `SELECT corrects, sheet_code, version, lang, body, began, touched FROM draft WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, survey, key)
	d.Survey, d.Key = survey, key
	return d, err
}

// SweepDrafts erases drafts that nobody has touched since a moment.
func (s *Store) SweepDrafts(ctx context.Context, before time.Time) error {
	return s.update(ctx, func(t tx) error {
		_, err := t.exec(`DELETE FROM draft WHERE touched < $1`, millis(before))
		return err
	})
}
