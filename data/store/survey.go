package store

import (
	"context"
	"database/sql"
	"time"

	"ashar/data"
	"ashar/data/form"
)

const surveyColumns = `SELECT id, round_id, word, title, door, opened, shut, opens, closes, most, results, help, keep, targets, version, archived, purged, account_id, created, stamp FROM survey`

func scanSurvey(rows *sql.Rows, s *data.Survey) error {
	var opened, shut, purged, created int64
	err := rows.Scan(&s.ID, &s.Round, &s.Word, &s.Title, &s.Door, &opened, &shut, &s.Opens, &s.Closes, &s.Most, &s.Results, &s.Help,
		&s.Keep, &s.Targets, &s.Version, &s.Archived, &purged, &s.By, &created, &s.Stamp)
	s.Opened, s.Shut, s.Purged, s.Created = moment(opened), moment(shut), moment(purged), moment(created)
	return err
}

// SurveyChanges counts the changes made to surveys through this Store: while it
// stays the same, what was read of them holds, unless another process writes to
// the same database.
func (s *Store) SurveyChanges() uint64 { return s.surveys.Load() }

func (s *Store) updateSurvey(ctx context.Context, do func(tx) error) error {
	defer s.surveys.Add(1)
	return s.update(ctx, do)
}

// Surveys of a round, archived ones too, in order of birth.
func (s *Store) Surveys(ctx context.Context, municipality, round data.ID) ([]data.Survey, error) {
	return all(reader{s, ctx}, scanSurvey, surveyColumns+` WHERE municipality_id = $1 AND round_id = $2 ORDER BY id`, municipality, round)
}

// Survey is one of a municipality's.
func (s *Store) Survey(ctx context.Context, municipality, id data.ID) (data.Survey, error) {
	return first(reader{s, ctx}, scanSurvey, surveyColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
}

// SurveyAt finds the survey behind the word of a public address, and whose it
// is.
func (s *Store) SurveyAt(ctx context.Context, word string) (municipality data.ID, survey data.Survey, err error) {
	if err := s.row(ctx, `SELECT municipality_id FROM survey WHERE word = $1`, word).Scan(&municipality); err != nil {
		return municipality, survey, translate(err)
	}
	survey, err = first(reader{s, ctx}, scanSurvey, surveyColumns+` WHERE municipality_id = $1 AND word = $2`, municipality, word)
	return municipality, survey, err
}

// AddSurvey keeps a new survey with its first draft. The same survey twice is
// kept once; a word that another one has is a conflict.
func (s *Store) AddSurvey(ctx context.Context, municipality data.ID, survey data.Survey, draft form.Form, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		n, err := t.exec(`INSERT INTO survey (municipality_id, id, round_id, word, title, door, opened, shut, opens, closes, most, results, help, keep, targets, version, draft, archived, purged, account_id, created, stamp)
			VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8, $9, $10, $11, $12, $13, 0, $14, FALSE, 0, $15, $16, $17) ON CONFLICT (municipality_id, id) DO NOTHING`,
			municipality, survey.ID, survey.Round, survey.Word, survey.Title, survey.Door, survey.Opens, survey.Closes, survey.Most,
			survey.Results, survey.Help, survey.Keep, survey.Targets, draft, survey.By, millis(survey.Created), t.s.mint())
		if err != nil || n == 0 {
			return err
		}
		return t.event(municipality, e)
	})
}

// SaveSurvey changes what staff set about a survey. Its stamp must be the one
// they saw, else somebody changed it meanwhile: a conflict.
func (s *Store) SaveSurvey(ctx context.Context, municipality data.ID, survey data.Survey, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		n, err := t.exec(`UPDATE survey SET word = $3, title = $4, door = $5, opens = $6, closes = $7, most = $8, results = $9, help = $10, keep = $11, targets = $12, archived = $13, stamp = $14
			WHERE municipality_id = $1 AND id = $2 AND stamp = $15`,
			municipality, survey.ID, survey.Word, survey.Title, survey.Door, survey.Opens, survey.Closes, survey.Most, survey.Results,
			survey.Help, survey.Keep, survey.Targets, survey.Archived, t.s.mint(), survey.Stamp)
		if err == nil && n == 0 {
			err = t.unchanged(`SELECT 1 FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey.ID)
		}
		if err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// Draft is the form that staff are working on, and the stamp to save it with.
func (s *Store) Draft(ctx context.Context, municipality, survey data.ID) (f form.Form, stamp data.ID, err error) {
	err = s.row(ctx, `SELECT draft, stamp FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey).Scan(&f, &stamp)
	return f, stamp, translate(err)
}

// SaveDraft keeps the form that staff are working on, if nobody else has changed
// the survey since they saw it, and gives the new stamp.
func (s *Store) SaveDraft(ctx context.Context, municipality, survey data.ID, f form.Form, seen data.ID) (stamp data.ID, err error) {
	stamp = s.mint()
	return stamp, s.update(ctx, func(t tx) error {
		n, err := t.exec(`UPDATE survey SET draft = $3, stamp = $4 WHERE municipality_id = $1 AND id = $2 AND stamp = $5`, municipality, survey, f, stamp, seen)
		if err == nil && n == 0 {
			err = t.unchanged(`SELECT 1 FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey)
		}
		return err
	})
}

// OpenSurvey makes a form the next version of a survey and lets people answer
// it. It freezes the scheme of the round, as the first session does. A form that
// is the same as the version before makes no new one. One whose answers were
// erased is not opened again: a conflict.
func (s *Store) OpenSurvey(ctx context.Context, municipality data.ID, survey data.Survey, f form.Form, by data.ID, at time.Time, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		if err := t.freeze(municipality, survey.Round, by, at); err != nil {
			return err
		}
		version, err := t.nextVersion(municipality, survey, f, by, at)
		if err != nil {
			return err
		}
		n, err := t.exec(`UPDATE survey SET opened = CASE WHEN opened = 0 THEN $3 ELSE opened END, shut = 0, version = $4, stamp = $5
			WHERE municipality_id = $1 AND id = $2 AND stamp = $6 AND purged = 0`, municipality, survey.ID, millis(at), version, t.s.mint(), survey.Stamp)
		if err == nil && n == 0 {
			err = t.unchanged(`SELECT 1 FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey.ID)
		}
		if err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) nextVersion(municipality data.ID, survey data.Survey, f form.Form, by data.ID, at time.Time) (int, error) {
	text, err := f.Value()
	if err != nil {
		return 0, err
	}
	if survey.Version > 0 {
		var last string
		if err := t.row(`SELECT form FROM survey_version WHERE municipality_id = $1 AND survey_id = $2 AND version = $3`, municipality, survey.ID, survey.Version).Scan(&last); err != nil {
			return 0, translate(err)
		}
		if last == text {
			return survey.Version, nil
		}
	}
	_, err = t.exec(`INSERT INTO survey_version (municipality_id, survey_id, version, form, account_id, created) VALUES ($1, $2, $3, $4, $5, $6)`,
		municipality, survey.ID, survey.Version+1, text, by, millis(at))
	return survey.Version + 1, err
}

// ShutSurvey closes a survey to new answers.
func (s *Store) ShutSurvey(ctx context.Context, municipality, survey data.ID, at time.Time, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		if err := t.one(`UPDATE survey SET shut = $3, stamp = $4 WHERE municipality_id = $1 AND id = $2 AND opened > 0`, municipality, survey, millis(at), t.s.mint()); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// Version is a form as people answered it.
func (s *Store) Version(ctx context.Context, municipality, survey data.ID, version int) (f form.Form, err error) {
	err = s.row(ctx, `SELECT form FROM survey_version WHERE municipality_id = $1 AND survey_id = $2 AND version = $3`, municipality, survey, version).Scan(&f)
	return f, translate(err)
}

// offered adds the problems of a round that people may have answered with.
func (t tx) offered(municipality, round data.ID, problems map[data.ID]bool) error {
	forms, err := all(t, func(rows *sql.Rows, f *form.Form) error { return rows.Scan(f) },
		`SELECT v.form FROM survey s JOIN survey_version v ON v.municipality_id = s.municipality_id AND v.survey_id = s.id WHERE s.municipality_id = $1 AND s.round_id = $2`, municipality, round)
	for _, f := range forms {
		for _, l := range f.Lists {
			for _, c := range l.Choices {
				problems[c.Problem] = true
			}
		}
	}
	return err
}

// hasSurvey wants a survey to be the municipality's.
func (t tx) hasSurvey(municipality, survey data.ID) error {
	return translate(t.row(`SELECT 1 FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey).Scan(new(int)))
}

// DeleteSurvey removes a survey that nobody has answered; else it is a conflict.
func (s *Store) DeleteSurvey(ctx context.Context, municipality, survey data.ID, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		var used int
		if err := t.row(`SELECT COUNT(*) FROM response WHERE municipality_id = $1 AND survey_id = $2`, municipality, survey).Scan(&used); err != nil {
			return err
		}
		if used > 0 {
			return data.ErrConflict
		}
		for _, statement := range []string{
			`DELETE FROM code WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM draft WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM printing WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM survey_version WHERE municipality_id = $1 AND survey_id = $2`,
		} {
			if _, err := t.exec(statement, municipality, survey); err != nil {
				return err
			}
		}
		if err := t.one(`DELETE FROM survey WHERE municipality_id = $1 AND id = $2`, municipality, survey); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// PurgeSurvey erases the answers, drafts, codes and readings of a survey for
// ever, and closes it. Its questions stay.
func (s *Store) PurgeSurvey(ctx context.Context, municipality, survey data.ID, at time.Time, e data.Event) error {
	return s.updateSurvey(ctx, func(t tx) error {
		if err := t.one(`UPDATE survey SET purged = $3, shut = CASE WHEN shut = 0 THEN $3 ELSE shut END, stamp = $4 WHERE municipality_id = $1 AND id = $2 AND purged = 0`,
			municipality, survey, millis(at), t.s.mint()); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM response WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM draft WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM code WHERE municipality_id = $1 AND survey_id = $2`,
			`DELETE FROM reading WHERE municipality_id = $1 AND survey_id = $2`,
		} {
			if _, err := t.exec(statement, municipality, survey); err != nil {
				return err
			}
		}
		t.owe()
		return t.event(municipality, e)
	})
}
