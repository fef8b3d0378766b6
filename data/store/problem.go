package store

import (
	"context"
	"database/sql"
	"slices"

	"ashar/data"
)

const problemColumns = `SELECT id, round_id, title, issue, competence, source, into_id, created FROM problem`

func scanProblem(rows *sql.Rows, p *data.Problem) error {
	var created int64
	err := rows.Scan(&p.ID, &p.Round, &p.Title, &p.Issue, &p.Competence, &p.Source, &p.Into, &created)
	p.Created = moment(created)
	return err
}

// Problems of a round, merged ones too, in order of birth.
func (s *Store) Problems(ctx context.Context, municipality, round data.ID) ([]data.Problem, error) {
	return all(reader{s, ctx}, scanProblem, problemColumns+` WHERE municipality_id = $1 AND round_id = $2 ORDER BY id`, municipality, round)
}

// Problem is one of a municipality's.
func (s *Store) Problem(ctx context.Context, municipality, id data.ID) (data.Problem, error) {
	return first(reader{s, ctx}, scanProblem, problemColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
}

// AddProblems keeps new problems; those that are there already stay as they
// are.
func (s *Store) AddProblems(ctx context.Context, municipality data.ID, problems []data.Problem, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.addProblems(municipality, problems, data.ID{}); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) addProblems(municipality data.ID, problems []data.Problem, by data.ID) error {
	for _, p := range problems {
		if _, err := t.exec(`INSERT INTO problem (municipality_id, id, round_id, short, title, issue, competence, source, into_id, import_id, created)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (municipality_id, id) DO NOTHING`,
			municipality, p.ID, p.Round, int64(p.ID.Short()), p.Title, p.Issue, p.Competence, p.Source, p.Into, by, millis(p.Created)); err != nil {
			return err
		}
	}
	return nil
}

// SaveProblem changes what is written about a problem; not what it is merged
// into.
func (s *Store) SaveProblem(ctx context.Context, municipality data.ID, p data.Problem, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if err := t.one(`UPDATE problem SET title = $3, issue = $4, competence = $5 WHERE municipality_id = $1 AND id = $2`,
			municipality, p.ID, p.Title, p.Issue, p.Competence); err != nil {
			return err
		}
		if err := t.stamp(municipality); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// MergeProblem lets problem to stand for problem from; a zero to undoes it. The
// originals and their entries stay. What speaks against a merge is found inside
// the transaction, so that two merges at once make no circle.
func (s *Store) MergeProblem(ctx context.Context, municipality, round, from, to data.ID, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		// The stamp first: it makes another merge wait until this one is seen.
		if err := t.stamp(municipality); err != nil {
			return err
		}
		problems, err := all(t, scanProblem, problemColumns+` WHERE municipality_id = $1 AND round_id = $2 ORDER BY id`, municipality, round)
		if err != nil {
			return err
		}
		known := func(id data.ID) bool {
			return slices.ContainsFunc(problems, func(p data.Problem) bool { return p.ID == id })
		}
		if !known(from) || !to.Zero() && !known(to) {
			return data.ErrMissing
		}
		if !to.Zero() && data.CanMerge(problems, from, to).Key != "" {
			return data.ErrInvalid
		}
		if err := t.one(`UPDATE problem SET into_id = $4 WHERE municipality_id = $1 AND round_id = $2 AND id = $3`, municipality, round, from, to); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

// shorts are the problems of a round by the tail of their ids.
func shorts(q querier, municipality, round data.ID) (map[uint32]data.ID, error) {
	ids, err := all(q, func(rows *sql.Rows, id *data.ID) error { return rows.Scan(id) },
		`SELECT id FROM problem WHERE municipality_id = $1 AND round_id = $2`, municipality, round)
	if err != nil {
		return nil, err
	}
	known := make(map[uint32]data.ID, len(ids))
	for _, id := range ids {
		known[id.Short()] = id
	}
	return known, nil
}

func scanStarter(rows *sql.Rows, p *data.Starter) error {
	return rows.Scan(&p.ID, &p.Title, &p.Issue, &p.Competence)
}

// Starters is the list of problems that rounds may begin with.
func (s *Store) Starters(ctx context.Context) ([]data.Starter, error) {
	return all(reader{s, ctx}, scanStarter, `SELECT id, title, issue, competence FROM starter ORDER BY issue, id`)
}

// SaveStarters replaces the whole starter list.
func (s *Store) SaveStarters(ctx context.Context, list []data.Starter, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if _, err := t.exec(`DELETE FROM starter`); err != nil {
			return err
		}
		for _, p := range list {
			if _, err := t.exec(`INSERT INTO starter (id, title, issue, competence) VALUES ($1, $2, $3, $4)`, p.ID, p.Title, p.Issue, p.Competence); err != nil {
				return err
			}
		}
		return t.event(data.ID{}, e)
	})
}

// Setting is a value of the whole installation; empty where nobody has set it.
func (s *Store) Setting(ctx context.Context, name string) (value string, err error) {
	err = translate(s.row(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&value))
	if err == data.ErrMissing {
		err = nil
	}
	return value, err
}

// SaveSetting keeps such a value.
func (s *Store) SaveSetting(ctx context.Context, name, value string) error {
	return s.update(ctx, func(t tx) error {
		_, err := t.exec(`INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
}
