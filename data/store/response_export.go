package store

import (
	"context"
	"iter"

	"ashar/data"
)

// Shuffled are the responses of a survey in the order of their keys, which tells
// nothing about when they came.
func (s *Store) Shuffled(ctx context.Context, municipality, survey data.ID) iter.Seq2[data.Response, error] {
	return s.responses(ctx, survey, responseColumns+` WHERE municipality_id = $1 AND survey_id = $2 ORDER BY code`, municipality, survey)
}
