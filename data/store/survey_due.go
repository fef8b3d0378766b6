package store

import (
	"context"
	"database/sql"

	"ashar/data"
)

// Kept is a survey whose answers will have to be erased one day.
type Kept struct {
	Municipality data.ID
	Survey       data.Survey
}

// KeptSurveys are the surveys of the whole installation that were opened, whose
// answers are still there, and must not be for ever.
func (s *Store) KeptSurveys(ctx context.Context) ([]Kept, error) {
	type found struct{ municipality, survey data.ID }
	scan := func(rows *sql.Rows, f *found) error { return rows.Scan(&f.municipality, &f.survey) }
	list, err := all(reader{s, ctx}, scan, `SELECT municipality_id, id FROM survey WHERE keep > 0 AND purged = 0 AND opened > 0`)
	if err != nil {
		return nil, err
	}
	var kept []Kept
	for _, f := range list {
		survey, err := s.Survey(ctx, f.municipality, f.survey)
		if err != nil {
			return nil, err
		}
		kept = append(kept, Kept{f.municipality, survey})
	}
	return kept, nil
}
