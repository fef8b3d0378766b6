package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrServed: another server has this SQLite file.
var ErrServed = errors.New("another server is using this database")

// Serve claims an SQLite file for the one server that may answer from it, until
// the release function is called or the process ends, however it ends. Work
// from the command line needs no claim and runs beside. On PostgreSQL there may
// be many servers.
//
// The claim is an open exclusive transaction on a small database beside the
// file, because that lock is the same on every system.
func (s *Store) Serve(ctx context.Context) (release func() error, err error) {
	if s.path == "" {
		return func() error { return nil }, nil
	}
	return claimFile(ctx, s.path)
}

// claimFile is the claim on an SQLite file, which it does not open.
func claimFile(ctx context.Context, path string) (release func() error, err error) {
	name := path + "-served"
	if err := reserve(name); err != nil {
		return nil, err
	}
	db := sql.OpenDB(claim(name))
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `BEGIN EXCLUSIVE`); err != nil {
		db.Close()
		if isBusy(err) {
			return nil, fmt.Errorf("%s: %w", path, ErrServed)
		}
		return nil, err
	}
	return db.Close, nil
}
