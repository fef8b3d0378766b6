package store

import (
	"database/sql"

	"ashar/data"
)

// dropProblems removes the problems of an import's round that came with an
// import that was undone, and that nothing names any more: no entry, no survey
// that was opened, and no merge of a problem that stays.
func (t tx) dropProblems(municipality, id data.ID) error {
	i, err := first(t, scanImport, importColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
	if err != nil {
		return err
	}
	// Whoever writes in a session of the round now has been waited for, or waits.
	if _, err := t.exec(`UPDATE session SET stamp = $4 WHERE municipality_id = $1 AND round_id = $2 AND import_id = $3`, municipality, i.Round, data.ID{}, t.s.mint()); err != nil {
		return err
	}
	problems, err := all(t, scanProblem, problemColumns+` WHERE municipality_id = $1 AND round_id = $2`, municipality, i.Round)
	if err != nil {
		return err
	}
	left, err := all(t, func(rows *sql.Rows, id *data.ID) error { return rows.Scan(id) },
		`SELECT p.id FROM problem p JOIN import i ON i.municipality_id = p.municipality_id AND i.id = p.import_id
		WHERE p.municipality_id = $1 AND p.round_id = $2 AND i.state = 'undone'`, municipality, i.Round)
	if err != nil || len(left) == 0 {
		return err
	}
	stays, err := t.named(municipality, i.Round, problems)
	if err != nil {
		return err
	}
	if err := t.offered(municipality, i.Round, stays); err != nil {
		return err
	}
	came := map[data.ID]bool{}
	for _, id := range left {
		came[id] = true
	}
	for _, p := range problems {
		stays[p.ID] = stays[p.ID] || !came[p.ID]
	}
	keepMerged(problems, stays)
	for _, id := range left {
		if stays[id] {
			continue
		}
		if _, err := t.exec(`DELETE FROM problem WHERE municipality_id = $1 AND id = $2`, municipality, id); err != nil {
			return err
		}
	}
	return nil
}

// keepMerged lets the problems stay into which those that stay are merged.
func keepMerged(problems []data.Problem, stays map[data.ID]bool) {
	into := map[data.ID]data.ID{}
	for _, p := range problems {
		into[p.ID] = p.Into
	}
	for _, p := range problems {
		for at := p.ID; stays[p.ID] && !into[at].Zero() && !stays[into[at]]; at = into[at] {
			stays[into[at]] = true
		}
	}
}

// named are the problems that entries of the round name, whether or not they
// were taken back. What people wrote is read whole; an import names in its offers
// all that its ballots do, and so these need not be read.
func (t tx) named(municipality, round data.ID, problems []data.Problem) (map[data.ID]bool, error) {
	known := make(map[uint32]data.ID, len(problems))
	for _, p := range problems {
		known[p.ID.Short()] = p.ID
	}
	rows, err := t.rows(`SELECT e.problem_id, e.body FROM session s JOIN entry e ON e.municipality_id = s.municipality_id AND e.session_id = s.id
		WHERE s.municipality_id = $1 AND s.round_id = $2 AND (s.import_id = $3 OR e.problem_id IS NOT NULL)`, municipality, round, data.ID{})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	named := map[data.ID]bool{}
	var body []byte
	for rows.Next() {
		var e data.Entry
		if err := rows.Scan(&e.Problem, &body); err != nil {
			return nil, err
		}
		if err := unpack(&e, body, known); err != nil {
			return nil, err
		}
		named[e.Problem], named[e.Other] = true, true
		for _, c := range e.Ballot {
			named[c.Problem] = true
		}
	}
	return named, translate(rows.Err())
}
