package store

import (
	"context"
	"errors"

	"ashar/data"
)

// JudgeResponses decides what becomes of responses: counted, held or removed.
// What was withdrawn stays so. Those that a person lets count are marked, so
// that no rule holds them again.
func (s *Store) JudgeResponses(ctx context.Context, municipality, survey data.ID, ids []data.ID, state data.State, e data.Event) error {
	if state != data.StateCounted && state != data.StateHeld && state != data.StateRemoved {
		return data.ErrInvalid
	}
	return s.update(ctx, func(t tx) error {
		for _, id := range ids {
			r, err := t.responseOf(municipality, survey, id)
			if err != nil {
				return err
			}
			flags := r.Flags.Without(data.FlagCleared)
			if state == data.StateCounted {
				flags = flags.With(data.FlagCleared)
			}
			if err := t.mark(municipality, survey, id, state, flags); err != nil {
				return err
			}
		}
		return t.event(municipality, e)
	})
}

// FlagResponses notes a suspicion about responses and holds those that count,
// except the ones that a person has cleared.
func (s *Store) FlagResponses(ctx context.Context, municipality, survey data.ID, ids []data.ID, flag data.Flag) error {
	return s.update(ctx, func(t tx) error {
		for _, id := range ids {
			r, err := t.responseOf(municipality, survey, id)
			if errors.Is(err, data.ErrMissing) || err == nil && r.State != data.StateCounted && r.State != data.StateHeld {
				continue
			}
			if err != nil {
				return err
			}
			state := data.StateHeld
			if r.Flags.Has(data.FlagCleared) {
				state = r.State
			}
			if state == r.State && r.Flags.Has(flag) {
				continue // whoever has counted need not look again
			}
			if err := t.mark(municipality, survey, id, state, r.Flags.With(flag)); err != nil {
				return err
			}
		}
		return nil
	})
}

// mark gives a response another state and other flags, if it is not withdrawn.
func (t tx) mark(municipality, survey, id data.ID, state data.State, flags data.Flags) error {
	mark, err := t.change(municipality, survey)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE response SET state = $4, flags = $5, changed = $6 WHERE municipality_id = $1 AND survey_id = $2 AND id = $3 AND state <> 'withdrawn'`,
		municipality, survey, id, state, flags, mark)
	return err
}

// SecondEntry keeps what another person typed from the same sheet, and what that
// person types there again. The first typist's own second try is a conflict, and
// a third person's.
func (s *Store) SecondEntry(ctx context.Context, municipality, survey, id data.ID, answers data.Answers, by data.ID) error {
	return s.update(ctx, func(t tx) error {
		mark, err := t.change(municipality, survey)
		if err != nil {
			return err
		}
		n, err := t.exec(`UPDATE response SET second = $4, second_by = $5, changed = $6 WHERE municipality_id = $1 AND survey_id = $2 AND id = $3
			AND account_id <> $5 AND (second_by IS NULL OR second_by = $5) AND state IN ('counted', 'held')`,
			municipality, survey, id, answers, by, mark)
		if err == nil && n == 0 {
			err = t.unchanged(`SELECT 1 FROM response WHERE municipality_id = $1 AND survey_id = $2 AND id = $3`, municipality, survey, id)
		}
		return err
	})
}
