package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"ashar/data"
)

const roundColumns = `SELECT id, name, scheme, forms, rule_view, rho, rule_trim, rule_differ, rule_contested, rule_level, rule_least,
	frozen, frozen_by, starts, ends, archived, created FROM round`

func scanRound(rows *sql.Rows, r *data.Round) error {
	var forms string
	var frozen, created int64
	rule := &r.Rule
	err := rows.Scan(&r.ID, &r.Name, &r.Scheme, &forms, &rule.View, &rule.Rho, &rule.Trim, &rule.Differ, &rule.Contested, &rule.Level, &rule.Least,
		&frozen, &r.FrozenBy, &r.Starts, &r.Ends, &r.Archived, &created)
	r.Frozen, r.Created = moment(frozen), moment(created)
	for _, f := range strings.Fields(forms) {
		r.Forms = append(r.Forms, data.Form(f))
	}
	return err
}

func joinForms(forms []data.Form) string {
	words := make([]string, len(forms))
	for i, f := range forms {
		words[i] = string(f)
	}
	return strings.Join(words, " ")
}

// Rounds of a municipality, newest first.
func (s *Store) Rounds(ctx context.Context, municipality data.ID) ([]data.Round, error) {
	return all(reader{s, ctx}, scanRound, roundColumns+` WHERE municipality_id = $1 ORDER BY created DESC, id DESC`, municipality)
}

// Round is one of a municipality's.
func (s *Store) Round(ctx context.Context, municipality, id data.ID) (data.Round, error) {
	return first(reader{s, ctx}, scanRound, roundColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
}

// AddRound keeps a new round together with the problems it begins with. The
// same round twice is kept once.
func (s *Store) AddRound(ctx context.Context, municipality data.ID, r data.Round, problems []data.Problem, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		added, err := t.addRound(municipality, r)
		if err != nil || !added {
			return err
		}
		if err := t.addProblems(municipality, problems, data.ID{}); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) addRound(municipality data.ID, r data.Round) (added bool, err error) {
	rule := r.Rule
	n, err := t.exec(`INSERT INTO round (municipality_id, id, name, scheme, forms, rule_view, rho, rule_trim, rule_differ, rule_contested, rule_level, rule_least,
			frozen, frozen_by, starts, ends, archived, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (municipality_id, id) DO NOTHING`,
		municipality, r.ID, r.Name, r.Scheme, joinForms(r.Forms), rule.View, rule.Rho, rule.Trim, rule.Differ, rule.Contested, rule.Level, rule.Least,
		millis(r.Frozen), r.FrozenBy, r.Starts, r.Ends, r.Archived, millis(r.Created))
	return n > 0, err
}

// SaveRound changes a round. Its scheme and rule are kept only while it is not
// frozen: once frozen, a save that would change them is a conflict.
func (s *Store) SaveRound(ctx context.Context, municipality data.ID, r data.Round, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		rule := r.Rule
		n, err := t.exec(`UPDATE round SET name = $3, forms = $4, starts = $5, ends = $6, archived = $7, scheme = $8,
				rule_view = $9, rho = $10, rule_trim = $11, rule_differ = $12, rule_contested = $13, rule_level = $14, rule_least = $15
			WHERE municipality_id = $1 AND id = $2 AND (frozen = 0 OR (scheme = $8
				AND rule_view = $9 AND rho = $10 AND rule_trim = $11 AND rule_differ = $12 AND rule_contested = $13 AND rule_level = $14 AND rule_least = $15))`,
			municipality, r.ID, r.Name, joinForms(r.Forms), r.Starts, r.Ends, r.Archived, r.Scheme,
			rule.View, rule.Rho, rule.Trim, rule.Differ, rule.Contested, rule.Level, rule.Least)
		if err != nil {
			return err
		}
		if n == 0 {
			return t.unchanged(`SELECT 1 FROM round WHERE municipality_id = $1 AND id = $2`, municipality, r.ID)
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// freeze fixes the scheme and the rule of a round, the first time only.
func (t tx) freeze(municipality, round, by data.ID, at time.Time) error {
	_, err := t.exec(`UPDATE round SET frozen = $3, frozen_by = $4 WHERE municipality_id = $1 AND id = $2 AND frozen = 0`,
		municipality, round, millis(at), by)
	return err
}

// DeleteRound removes a round in which no session was ever opened and no survey
// is; else it is a conflict.
func (s *Store) DeleteRound(ctx context.Context, municipality, id data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		var used int
		if err := t.row(`SELECT (SELECT COUNT(*) FROM session WHERE municipality_id = $1 AND round_id = $2) + (SELECT COUNT(*) FROM survey WHERE municipality_id = $1 AND round_id = $2)`,
			municipality, id).Scan(&used); err != nil {
			return err
		}
		if used > 0 {
			return data.ErrConflict
		}
		for _, statement := range []string{
			`DELETE FROM problem WHERE municipality_id = $1 AND round_id = $2`,
			`DELETE FROM import WHERE municipality_id = $1 AND round_id = $2 AND LENGTH(sessions) = 0`, // the others still know what to sweep
		} {
			if _, err := t.exec(statement, municipality, id); err != nil {
				return err
			}
		}
		if err := t.one(`DELETE FROM round WHERE municipality_id = $1 AND id = $2`, municipality, id); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}
