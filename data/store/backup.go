package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrPostgres: PostgreSQL has tools of its own for this.
var ErrPostgres = errors.New("this is for SQLite files; use pg_dump and pg_restore with PostgreSQL")

// ErrInUse: the file is a database that somebody has open, or that was not
// closed.
var ErrInUse = errors.New("the database is in use")

// ErrExists: the file to write is there already.
var ErrExists = errors.New("the file is there already")

// Backup writes a copy of the database while it is in use, then opens the copy
// and checks it. A copy that does not hold is removed again.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.path == "" {
		return ErrPostgres
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	db := sql.OpenDB(connector(s.path, "mode=rw")) // readers may not, and the writer has other things to do
	defer db.Close()
	if err := copyInto(ctx, db, file); err != nil {
		return err
	}
	if err := CheckFile(ctx, file); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return syncFile(file)
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

// Restore puts a backup in the place of the database at path, which must not
// exist. The backup is checked before and after.
func Restore(ctx context.Context, backup, path string) error {
	if err := CheckFile(ctx, backup); err != nil {
		return err
	}
	for _, name := range append(beside(path), path) {
		if exists(name) {
			return fmt.Errorf("%s: %w", name, ErrExists)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part := path + ".part"
	if err := copyFile(backup, part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := CheckFile(ctx, part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, path)
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
	if _, err := io.Copy(dst, src); err != nil {
		return errors.Join(err, dst.Close())
	}
	return errors.Join(dst.Sync(), dst.Close())
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
