package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// ErrPostgres: PostgreSQL has tools of its own for this.
var ErrPostgres = errors.New("this is for SQLite files; use pg_dump and pg_restore with PostgreSQL")

// ErrInUse: the file is a database that somebody has open, or that was not
// closed.
var ErrInUse = errors.New("the database is in use")

// ErrExists: the file to write is there already.
var ErrExists = errors.New("the file is there already")

// Backup writes a copy of the database while it is in use, then opens the copy
// and checks it, and writes its SHA-256 beside it. A copy that does not hold is
// removed again.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.path == "" {
		return ErrPostgres
	}
	if exists(SumOf(file)) { // it would not be this copy's
		return fmt.Errorf("%s: %w", SumOf(file), ErrExists)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	db := sql.OpenDB(connector(s.path, "mode=rw")) // readers may not, and the writer has other things to do
	defer db.Close()
	if err := copyInto(ctx, db, file); err != nil {
		return err
	}
	err := CheckFile(ctx, file)
	if err == nil {
		err = syncFile(file)
	}
	if err == nil {
		err = writeSum(file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// copyInto writes a database, as it is at one moment, into a new file that only
// its owner may read.
func copyInto(ctx context.Context, db *sql.DB, file string) error {
	if err := create(file); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", file, ErrExists)
	} else if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?1`, file); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// Restored is what came of a backup.
type Restored struct {
	Summed bool   // its SHA-256 stood beside it, and is right
	Aside  string // where the database went that was there before; empty where there was none
}

// Restore puts a backup in the place of the database at path. One that is there
// is moved to the name aside, however damaged it is; where aside is empty there
// must be none. Nothing is moved before the backup has been checked and copied.
func Restore(ctx context.Context, backup, path, aside string) (r Restored, err error) {
	there := slices.DeleteFunc(append(beside(path), path), func(name string) bool { return !exists(name) })
	if len(there) > 0 && aside == "" {
		return r, fmt.Errorf("%s: %w", there[0], ErrExists)
	}
	if r.Summed, err = CheckSum(backup); err != nil {
		return r, err
	}
	if err := CheckFile(ctx, backup); err != nil {
		return r, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return r, err
	}
	part := path + ".part"
	if err := copyFile(backup, part); err != nil {
		return r, errors.Join(err, os.Remove(part))
	}
	if len(there) > 0 {
		if err := moveAside(ctx, path, aside); err != nil {
			return r, errors.Join(err, os.Remove(part))
		}
		r.Aside = aside
	}
	return r, os.Rename(part, path)
}

// moveAside gives a database that no server uses another name, and its logs the
// same, so that they still belong to each other. It does not open the database,
// which may be why it has to go.
func moveAside(ctx context.Context, path, aside string) (err error) {
	release, err := claimFile(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	for _, tail := range []string{"", "-wal", "-journal", "-shm"} {
		if !exists(path + tail) {
			continue
		}
		if exists(aside + tail) {
			return fmt.Errorf("%s: %w", aside+tail, ErrExists)
		}
		if err := os.Rename(path+tail, aside+tail); err != nil {
			return err
		}
	}
	return nil
}

// beside are the logs of an SQLite file. They are there while it is open, and
// stay where a process was killed; whatever file has that name next, they would
// be read into it.
func beside(path string) []string { return []string{path + "-wal", path + "-journal"} }

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// CheckFile opens a database file for reading and checks that it is whole: its
// pages, its references, and the chains of its audit. It must not be in use; a
// copy made by Backup is not.
func CheckFile(ctx context.Context, file string) error {
	if _, err := os.Stat(file); err != nil {
		return err
	}
	for _, name := range beside(file) {
		if exists(name) {
			return fmt.Errorf("%s is there: %w", name, ErrInUse)
		}
	}
	db := sql.OpenDB(inspector(file))
	defer db.Close()
	s := &Store{read: db}
	var result string
	if err := s.row(ctx, `SELECT integrity_check FROM pragma_integrity_check LIMIT 1`).Scan(&result); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	var orphans int
	if err := s.row(ctx, `SELECT COUNT(*) FROM pragma_foreign_key_check`).Scan(&orphans); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if result != "ok" || orphans > 0 {
		return fmt.Errorf("%s is damaged: %s, %d broken references", file, result, orphans)
	}
	_, broken, err := s.Verify(ctx)
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("%d audit chains are broken", len(broken))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// copyFile writes a copy and compares it with what it is a copy of.
func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	if _, err := io.Copy(dst, io.TeeReader(src, h)); err != nil {
		return errors.Join(err, dst.Close())
	}
	if err := errors.Join(dst.Sync(), dst.Close()); err != nil {
		return err
	}
	if sum, err := fileSum(to); err != nil || sum != hex.EncodeToString(h.Sum(nil)) {
		return errors.Join(err, fmt.Errorf("%s: %w", to, ErrSum))
	}
	return nil
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
