// Package store keeps the nouns of package data in SQLite or PostgreSQL.
//
// There is one store and one SQL for both engines. SQLite is the default: one
// file, WAL, synchronous=FULL, one writer whose commits are shared by everybody
// who waits at the time. PostgreSQL is for many municipalities and several
// servers.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ashar/data"
)

// Store is an open database. Its methods may be called from many goroutines.
type Store struct {
	read    *sql.DB
	write   *sql.DB
	engine  engine
	path    string // of the SQLite file
	jobs    chan *job
	stopped chan struct{}
	gate    sync.RWMutex // closed is set behind it
	closed  bool
	owed    debt                   // the writer's own, and so are the next three
	due     time.Time              // when to pay it
	rested  time.Time              // when the file may be rewritten again
	marks   map[[2]data.ID]data.ID // the last change of each survey
	mint    func() data.ID
	queries sync.Map // SQL as written -> as this engine wants it
	surveys atomic.Uint64
	tail    tail
}

// engine is what differs between the two.
type engine struct {
	name     string
	rewrite  func(string) string
	translit func(string) string // DDL
	retry    func(error) bool
}

// Open opens a database and brings it up to date. The place is a file path for
// SQLite or a postgres:// address. mint makes identifiers for what the store
// itself gives birth to: stamps.
func Open(ctx context.Context, place string, mint func() data.ID) (*Store, error) {
	var s *Store
	var err error
	if strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://") {
		s, err = openPostgres(place)
	} else {
		s, err = openSQLite(ctx, place)
	}
	if err != nil {
		return nil, err
	}
	s.mint = mint
	if s.jobs != nil {
		go s.commitGroups()
	}
	if err := s.migrate(ctx, migrations); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for the commits under way and closes the database.
func (s *Store) Close() error {
	if s.jobs != nil {
		s.gate.Lock()
		if !s.closed {
			s.closed = true
			close(s.jobs)
		}
		s.gate.Unlock()
		<-s.stopped
	}
	err := s.read.Close()
	if s.write != s.read {
		if werr := s.write.Close(); err == nil {
			err = werr
		}
	}
	return err
}

// Engine names the engine: sqlite or postgres.
func (s *Store) Engine() string { return s.engine.name }

// Ready tells whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var one int
	return s.row(ctx, `SELECT 1`).Scan(&one)
}

// q is a statement as this engine wants it.
func (s *Store) q(query string) string {
	if s.engine.rewrite == nil {
		return query
	}
	if done, ok := s.queries.Load(query); ok {
		return done.(string)
	}
	done := s.engine.rewrite(query)
	s.queries.Store(query, done)
	return done
}

func (s *Store) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := s.read.QueryContext(ctx, s.q(query), args...)
	return rows, translate(err)
}

func (s *Store) row(ctx context.Context, query string, args ...any) *sql.Row {
	return s.read.QueryRowContext(ctx, s.q(query), args...)
}

// tx is a transaction that writes.
type tx struct {
	*sql.Tx
	s   *Store
	ctx context.Context
}

func (t tx) exec(query string, args ...any) (changed int64, err error) {
	result, err := t.ExecContext(t.ctx, t.s.q(query), args...)
	if err != nil {
		err = translate(err)
		if strings.HasPrefix(query, "DELETE") && errors.Is(err, data.ErrMissing) {
			err = fmt.Errorf("%w: %v", data.ErrConflict, err) // something still needs it
		}
		return 0, err
	}
	return result.RowsAffected()
}

// one runs a statement that must change something, else the thing is missing.
func (t tx) one(query string, args ...any) error {
	n, err := t.exec(query, args...)
	if err == nil && n == 0 {
		return data.ErrMissing
	}
	return err
}

// unchanged says why a thing could not be changed as asked: it is missing, or,
// where the query finds it, somebody else was there first.
func (t tx) unchanged(query string, args ...any) error {
	if err := t.row(query, args...).Scan(new(int)); err != nil {
		return translate(err)
	}
	return data.ErrConflict
}

func (t tx) row(query string, args ...any) *sql.Row {
	return t.QueryRowContext(t.ctx, t.s.q(query), args...)
}

func (t tx) rows(query string, args ...any) (*sql.Rows, error) {
	rows, err := t.QueryContext(t.ctx, t.s.q(query), args...)
	return rows, translate(err)
}

// querier is the database outside a transaction or inside one.
type querier interface {
	rows(query string, args ...any) (*sql.Rows, error)
}

// reader is the read pool as a querier.
type reader struct {
	s   *Store
	ctx context.Context
}

func (r reader) rows(query string, args ...any) (*sql.Rows, error) {
	return r.s.rows(r.ctx, query, args...)
}

// all scans every row of a query.
func all[T any](q querier, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	rows, err := q.rows(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var t T
		if err := scan(rows, &t); err != nil {
			return nil, translate(err)
		}
		list = append(list, t)
	}
	return list, translate(rows.Err())
}

// first scans the one row of a query; none is ErrMissing.
func first[T any](q querier, scan func(*sql.Rows, *T) error, query string, args ...any) (T, error) {
	list, err := all(q, scan, query, args...)
	if err == nil && len(list) == 0 {
		err = data.ErrMissing
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// dollars finds the placeholders $1, $2 ... of a statement.
var dollars = regexp.MustCompile(`\$(\d+)`)

// stamp notes that something of a municipality changed, so that readers know
// their copies are old.
func (t tx) stamp(municipality data.ID) error {
	return t.one(`UPDATE municipality SET stamp = $2 WHERE id = $1`, municipality, t.s.mint())
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
