package store

import (
	"context"
	"database/sql"

	"ashar/data"
)

// event adds a line to a municipality's audit, chained to the one before. An
// event without an action is none.
func (t tx) event(municipality data.ID, e data.Event) error {
	if e.Action == "" {
		return nil
	}
	var prev string
	// The row of the chain makes those wait who act at the same time.
	if err := t.row(`INSERT INTO chain (municipality_id, seq, hash) VALUES ($1, 1, '')
		ON CONFLICT (municipality_id) DO UPDATE SET seq = chain.seq + 1 RETURNING seq, hash`, municipality).Scan(&e.Seq, &prev); err != nil {
		return translate(err)
	}
	e.Municipality = municipality
	e.Hash = e.Sum(prev)
	if _, err := t.exec(`UPDATE chain SET hash = $2 WHERE municipality_id = $1`, municipality, e.Hash); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO event (municipality_id, seq, at, account_id, action, subject_id, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		municipality, e.Seq, millis(e.At), e.Account, e.Action, e.Subject, e.Detail, e.Hash)
	return err
}

func scanEvent(rows *sql.Rows, e *data.Event) error {
	var at int64
	err := rows.Scan(&e.Municipality, &e.Seq, &at, &e.Account, &e.Action, &e.Subject, &e.Detail, &e.Hash)
	e.At = moment(at)
	return err
}

const eventColumns = `SELECT municipality_id, seq, at, account_id, action, subject_id, detail, hash FROM event`

// Events of a municipality, newest first, at most limit of them, older than
// before where that is not zero.
func (s *Store) Events(ctx context.Context, municipality data.ID, before int64, limit int) ([]data.Event, error) {
	if before == 0 {
		before = 1 << 62
	}
	return all(reader{s, ctx}, scanEvent, eventColumns+` WHERE municipality_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`, municipality, before, limit)
}

// Broken is a place where an audit chain does not hold.
type Broken struct {
	Municipality data.ID
	Seq          int64 // where the first event is missing, or does not follow from the one before
}

// links are all events and, after those of each municipality, what its chain
// says its end is: one line without an action, in the place of the event to
// come.
const links = eventColumns + `
	UNION ALL SELECT municipality_id, seq + 1, 0, municipality_id, '', municipality_id, '', hash FROM chain
	ORDER BY municipality_id, seq`

// Verify checks every audit chain from its beginning to its end: the number of
// events that hold, and the chains that are broken.
func (s *Store) Verify(ctx context.Context) (good int, broken []Broken, err error) {
	rows, err := s.rows(ctx, links)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	var c checking
	for rows.Next() {
		var e data.Event
		if err := scanEvent(rows, &e); err != nil {
			return 0, nil, err
		}
		c.look(e)
	}
	c.leave()
	return c.good, c.broken, translate(rows.Err())
}

// checking is a walk along the chains, one after the other.
type checking struct {
	good   int
	broken []Broken
	begun  bool       // a chain is under way
	last   data.Event // of it
	ended  bool       // its end was seen
	bad    bool       // it is broken
}

func (c *checking) look(e data.Event) {
	if !c.begun || e.Municipality != c.last.Municipality {
		c.leave()
		c.begun, c.ended, c.bad, c.last = true, false, false, data.Event{Municipality: e.Municipality}
	}
	end := e.Action == ""
	switch {
	case c.bad:
		return
	case c.ended || e.Seq != c.last.Seq+1, end && e.Hash != c.last.Hash, !end && e.Hash != e.Sum(c.last.Hash):
		c.fail(min(e.Seq, c.last.Seq+1))
	case end:
		c.ended = true
	default:
		c.good++
		c.last = e
	}
}

// leave ends a chain; one without its end is broken.
func (c *checking) leave() {
	if c.begun && !c.ended && !c.bad {
		c.fail(c.last.Seq + 1)
	}
}

func (c *checking) fail(seq int64) {
	c.bad = true
	c.broken = append(c.broken, Broken{c.last.Municipality, seq})
}
