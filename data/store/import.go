package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ashar/data"
)

const importColumns = `SELECT id, round_id, file, COALESCE(digest, ''), state, ballots, account_id, created, report FROM import`

func scanImport(rows *sql.Rows, i *data.Import) error {
	var created int64
	err := rows.Scan(&i.ID, &i.Round, &i.File, &i.Digest, &i.State, &i.Ballots, &i.By, &created, &i.Report)
	i.Created = moment(created)
	return err
}

// Imports of a round, newest first.
func (s *Store) Imports(ctx context.Context, municipality, round data.ID) ([]data.Import, error) {
	return all(reader{s, ctx}, scanImport, importColumns+` WHERE municipality_id = $1 AND round_id = $2 ORDER BY created DESC, id DESC`, municipality, round)
}

// Import is one of a municipality's.
func (s *Store) Import(ctx context.Context, municipality, id data.ID) (data.Import, error) {
	return first(reader{s, ctx}, scanImport, importColumns+` WHERE municipality_id = $1 AND id = $2`, municipality, id)
}

// BallotIDs are the ids of all imported ballots of a round.
func (s *Store) BallotIDs(ctx context.Context, municipality, round data.ID) (map[data.ID]bool, error) {
	ids, err := all(reader{s, ctx}, func(rows *sql.Rows, id *data.ID) error { return rows.Scan(id) },
		`SELECT e.id FROM session s JOIN entry e ON e.municipality_id = s.municipality_id AND e.session_id = s.id
		WHERE s.municipality_id = $1 AND s.round_id = $2 AND s.import_id <> $3 AND e.kind = 'ballot.cast'`, municipality, round, data.ID{})
	if err != nil {
		return nil, err
	}
	known := make(map[data.ID]bool, len(ids))
	for _, id := range ids {
		known[id] = true
	}
	return known, nil
}

// StageImport notes that an import is under way and which sessions it will
// make, so that what a broken one leaves behind can be swept up. The sessions
// have new ids: those of an import that was undone may still wait to be swept.
func (s *Store) StageImport(ctx context.Context, municipality data.ID, i data.Import, sessions []data.ID) error {
	var joined []byte
	for _, id := range sessions {
		joined = append(joined, id[:]...)
	}
	if joined == nil {
		joined = []byte{}
	}
	return s.update(ctx, func(t tx) error {
		_, err := t.exec(`INSERT INTO import (municipality_id, id, round_id, file, digest, state, ballots, sessions, account_id, created, report)
			VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9, $10)`,
			municipality, i.ID, i.Round, i.File, data.Staged, i.Ballots, joined, i.By, millis(i.Created), i.Report)
		return err
	})
}

// StageEntries writes entries of sessions that do not exist yet, a bounded
// number at a time so that others can write in between. None of them may be
// there already.
func (s *Store) StageEntries(ctx context.Context, municipality data.ID, entries []data.Entry) error {
	const chunk = 500
	for len(entries) > 0 {
		some := entries[:min(chunk, len(entries))]
		entries = entries[len(some):]
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.update(ctx, func(t tx) error { return t.stageEntries(municipality, some) }); err != nil {
			return err
		}
	}
	return nil
}

// stageEntries adds many rows with one statement: a round trip for each row is
// what costs time on PostgreSQL.
func (t tx) stageEntries(municipality data.ID, entries []data.Entry) error {
	args := make([]any, 0, manyEntries*13)
	for len(entries) > 0 {
		query, n := addManyEntries, manyEntries
		if len(entries) < n {
			query, n = addEntry, 1
		}
		args = args[:0]
		for _, e := range entries[:n] {
			row, err := pack(e)
			if err != nil {
				return err
			}
			args = append(args, municipality, e.Session, e.ID, e.Kind, row.account, millis(e.Made), millis(e.Received),
				e.Group.Sex, e.Group.Band, e.Group.Tag, row.problem, e.N, row.body)
		}
		added, err := t.exec(query, args...)
		if err != nil {
			return err
		}
		if added != int64(n) {
			return fmt.Errorf("an entry is in its session already: %w", data.ErrConflict)
		}
		entries = entries[n:]
	}
	return nil
}

// addManyEntries is addEntry for many rows at once.
var addManyEntries = func() string {
	into, values, _ := strings.Cut(addEntry, "VALUES ")
	row, then, _ := strings.Cut(values, " ON CONFLICT")
	rows := make([]string, manyEntries)
	for i := range rows {
		rows[i] = dollars.ReplaceAllStringFunc(row, func(place string) string {
			n, _ := strconv.Atoi(place[1:])
			return "$" + strconv.Itoa(n+13*i)
		})
	}
	return into + "VALUES " + strings.Join(rows, ", ") + " ON CONFLICT" + then
}()

const manyEntries = 100

// Batch is everything an import makes visible in one step. Municipality and
// Round are nil where they exist.
type Batch struct {
	Import       data.Import
	Municipality *data.Municipality
	Round        *data.Round
	Villages     []data.Village
	Problems     []data.Problem
	Sessions     []data.Session
	Scheme       *data.Scheme // the round's must still be this one; nil where the round is new
}

// FinishImport makes a staged import visible. The same file, or one with a
// ballot of the same round, that came in meanwhile is a conflict; so is a problem
// that went.
func (s *Store) FinishImport(ctx context.Context, municipality data.ID, b Batch, at time.Time, e data.Event) error {
	return s.update(ctx, func(t tx) error {
		if b.Municipality != nil {
			if err := t.addMunicipality(*b.Municipality); err != nil {
				return err
			}
		}
		// The stamp first: it makes another import wait until this one is seen.
		if err := t.stamp(municipality); err != nil {
			return err
		}
		if b.Round != nil {
			if _, err := t.addRound(municipality, *b.Round); err != nil {
				return err
			}
		}
		if err := t.one(`UPDATE import SET state = $3, digest = $4, report = $5 WHERE municipality_id = $1 AND id = $2 AND state = 'staged'`,
			municipality, b.Import.ID, data.Live, b.Import.Digest, b.Import.Report); err != nil {
			return err
		}
		if err := t.addBatch(municipality, b); err != nil {
			return err
		}
		if err := t.freeze(municipality, b.Import.Round, b.Import.By, at); err != nil {
			return err
		}
		if err := t.sameScheme(municipality, b); err != nil {
			return err
		}
		if err := t.knownProblems(municipality, b.Import); err != nil {
			return err
		}
		if err := t.newBallots(municipality, b.Import); err != nil {
			return err
		}
		return t.event(municipality, e)
	})
}

func (t tx) addBatch(municipality data.ID, b Batch) error {
	for _, v := range b.Villages {
		if err := t.saveVillage(municipality, v, b.Import.ID); err != nil {
			return err
		}
	}
	if err := t.addProblems(municipality, b.Problems, b.Import.ID); err != nil {
		return err
	}
	for _, session := range b.Sessions {
		if _, err := t.addSession(municipality, session); err != nil {
			return err
		}
	}
	return nil
}

// knownProblems wants the problems that an import asked about to be in its round
// still: what came with another may have gone with it meanwhile.
func (t tx) knownProblems(municipality data.ID, i data.Import) error {
	var gone int
	err := t.row(`SELECT COUNT(*) FROM session s JOIN entry e ON e.municipality_id = s.municipality_id AND e.session_id = s.id
		WHERE s.municipality_id = $1 AND s.import_id = $2 AND e.kind = 'problem.offer'
		AND NOT EXISTS (SELECT 1 FROM problem p WHERE p.municipality_id = $1 AND p.id = e.problem_id AND p.round_id = s.round_id)`, municipality, i.ID).Scan(&gone)
	if err == nil && gone > 0 {
		err = fmt.Errorf("%d problems are not in the round any more: %w", gone, data.ErrConflict)
	}
	return err
}

// newBallots wants no ballot of an import to be in its round already.
func (t tx) newBallots(municipality data.ID, i data.Import) error {
	const ballots = `SELECT e.id FROM session s JOIN entry e ON e.municipality_id = s.municipality_id AND e.session_id = s.id
		WHERE s.municipality_id = $1 AND s.round_id = $2 AND e.kind = 'ballot.cast' AND s.import_id <> $4 AND s.import_id `
	var twice int
	err := t.row(`SELECT COUNT(*) FROM (`+ballots+`<> $3 INTERSECT `+ballots+`= $3) twice`, municipality, i.Round, i.ID, data.ID{}).Scan(&twice)
	if err == nil && twice > 0 {
		err = fmt.Errorf("%d ballots are in the round already: %w", twice, data.ErrConflict)
	}
	return err
}

// sameScheme wants the round to tell the groups apart that the entries were
// written with. Once it is frozen that cannot change any more.
func (t tx) sameScheme(municipality data.ID, b Batch) error {
	if b.Scheme == nil {
		return nil
	}
	var same int
	err := t.row(`SELECT COUNT(*) FROM round WHERE municipality_id = $1 AND id = $2 AND scheme = $3`, municipality, b.Import.Round, *b.Scheme).Scan(&same)
	if err == nil && same == 0 {
		err = data.ErrConflict
	}
	return err
}
