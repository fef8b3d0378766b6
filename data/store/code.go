package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"ashar/data"
)

// AddCodes keeps new codes of sheets, all or none. Their letters are known to
// nobody but the paper.
func (s *Store) AddCodes(ctx context.Context, municipality data.ID, codes []data.Code, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		for _, c := range codes {
			if err := t.hasSurvey(municipality, c.Survey); err != nil {
				return err
			}
			if _, err := t.exec(`INSERT INTO code (municipality_id, survey_id, code, batch, village_id, used, created) VALUES ($1, $2, $3, $4, $5, FALSE, $6)`,
				municipality, c.Survey, c.Key, c.Batch, c.Village, millis(c.Created)); err != nil {
				return err
			}
		}
		return t.event(municipality, e)
	})
}

// CodeBy finds a code of a sheet by its key.
func (s *Store) CodeBy(ctx context.Context, municipality, survey data.ID, key data.Key) (data.Code, error) {
	c, err := first(reader{s, ctx}, scanCode, `SELECT batch, village_id, used, voided, created FROM code WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, survey, key)
	c.Survey, c.Key = survey, key
	return c, err
}

func scanCode(rows *sql.Rows, c *data.Code) error {
	var voided, created int64
	err := rows.Scan(&c.Batch, &c.Village, &c.Used, &voided, &created)
	c.Voided, c.Created = moment(voided), moment(created)
	return err
}

// CodeBatch is codes that were printed together, and what became of them.
type CodeBatch struct {
	Name    string
	Village data.ID
	Created time.Time
	Codes   int
	Used    int // by people
	Voided  int // lost before anybody used them
}

// CodeBatches of codes of a survey, as they were printed.
func (s *Store) CodeBatches(ctx context.Context, municipality, survey data.ID) ([]CodeBatch, error) {
	scan := func(rows *sql.Rows, b *CodeBatch) error {
		var created int64
		err := rows.Scan(&b.Name, &b.Village, &created, &b.Codes, &b.Used, &b.Voided)
		b.Created = moment(created)
		return err
	}
	return all(reader{s, ctx}, scan, `SELECT batch, village_id, created, COUNT(*), SUM(CASE WHEN used AND voided = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN voided > 0 THEN 1 ELSE 0 END) FROM code
		WHERE municipality_id = $1 AND survey_id = $2 GROUP BY batch, village_id, created ORDER BY created, batch, village_id`, municipality, survey)
}

// VoidBatch makes the codes of a batch that nobody has used yet worthless, since
// they got lost. The event says how many they are and of which batch, as is known only
// here; of none there is no event.
func (s *Store) VoidBatch(ctx context.Context, municipality, survey data.ID, b CodeBatch, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		n, err := t.exec(`UPDATE code SET used = TRUE, voided = $6 WHERE municipality_id = $1 AND survey_id = $2 AND batch = $3 AND village_id = $4 AND created = $5 AND used = FALSE`,
			municipality, survey, b.Name, b.Village, millis(b.Created), millis(at))
		if err != nil || n == 0 {
			return err
		}
		e.Detail = strconv.FormatInt(n, 10) + " · " + b.Name
		return t.event(municipality, e)
	})
}

// VoidCode makes one code worthless. One that somebody has answered with is a
// conflict; twice is as good as once.
func (s *Store) VoidCode(ctx context.Context, municipality, survey data.ID, key data.Key, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		n, err := t.exec(`UPDATE code SET used = TRUE, voided = $4 WHERE municipality_id = $1 AND survey_id = $2 AND code = $3 AND used = FALSE`, municipality, survey, key, millis(at))
		if err != nil {
			return err
		}
		var batch string
		var voided int64
		if err := t.row(`SELECT batch, voided FROM code WHERE municipality_id = $1 AND survey_id = $2 AND code = $3`, municipality, survey, key).Scan(&batch, &voided); err != nil {
			return translate(err)
		}
		switch {
		case voided == 0:
			return data.ErrConflict
		case n == 0:
			return nil
		}
		e.Detail = "1 · " + batch
		return t.event(municipality, e)
	})
}

// SaveReading keeps what staff noted on an open answer, in the place of what
// was noted before. An answer that was withdrawn is missing.
func (s *Store) SaveReading(ctx context.Context, municipality data.ID, r data.Reading, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		err := t.row(`SELECT 1 FROM response WHERE municipality_id = $1 AND survey_id = $2 AND id = $3 AND state <> 'withdrawn'`, municipality, r.Survey, r.Response).Scan(new(int))
		if err != nil {
			return translate(err)
		}
		if _, err := t.exec(`INSERT INTO reading (municipality_id, survey_id, response_id, question, tags, problem_id, shown, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (municipality_id, survey_id, response_id, question) DO UPDATE SET tags = $5, problem_id = $6, shown = $7, account_id = $8, at = $9`,
			municipality, r.Survey, r.Response, r.Question, strings.Join(r.Tags, "\n"), nullID(r.Problem), r.Public, r.By, millis(r.At)); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// Readings of a survey.
func (s *Store) Readings(ctx context.Context, municipality, survey data.ID) ([]data.Reading, error) {
	scan := func(rows *sql.Rows, r *data.Reading) error {
		var tags string
		var at int64
		err := rows.Scan(&r.Response, &r.Question, &tags, &r.Problem, &r.Public, &r.By, &at)
		if tags != "" {
			r.Tags = strings.Split(tags, "\n")
		}
		r.Survey, r.At = survey, moment(at)
		return err
	}
	return all(reader{s, ctx}, scan, `SELECT response_id, question, tags, problem_id, shown, account_id, at FROM reading WHERE municipality_id = $1 AND survey_id = $2 ORDER BY response_id, question`, municipality, survey)
}
