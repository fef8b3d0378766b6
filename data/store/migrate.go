package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer: the database was written by a newer Ashar than this one.
var ErrNewer = errors.New("the database is newer than this program")

// migrate brings the tables up to date, forward only. An SQLite file that
// already holds something is copied first, beside itself. Another process may be
// doing the same at the same time; who comes second tries again and finds it
// done.
func (s *Store) migrate(ctx context.Context, from fs.FS) error {
	files, err := s.migrationFiles(from)
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if s.engine.name == "postgres" {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, s.write, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	copied := fmt.Sprintf("%s.before-%s", s.path, time.Now().UTC().Format("20060102T150405.000"))
	return again(ctx, elsewhere, func() error { return s.up(ctx, provider, copied) })
}

// elsewhere tells whether an error comes of another process that is making the
// same tables or columns.
func elsewhere(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code == "42P07" || e.Code == "42701" || e.Code == "42710" || e.Code == "23505" || isSerialization(err)
	}
	return isBusy(err) || strings.Contains(err.Error(), "already exists") || strings.Contains(err.Error(), "duplicate column name")
}

func (s *Store) up(ctx context.Context, provider *goose.Provider, copied string) error {
	have, want, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case have > want:
		return fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, have, want)
	case have == want:
		return nil
	case have > 0 && s.path != "":
		if err := copyInto(ctx, s.write, copied); err != nil && !errors.Is(err, ErrExists) {
			return err
		}
	}
	_, err = provider.Up(ctx)
	return err
}

// migrationFiles are the embedded migrations in this engine's words.
func (s *Store) migrationFiles(from fs.FS) (fs.FS, error) {
	files := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		if s.engine.translit != nil {
			text = []byte(s.engine.translit(string(text)))
		}
		files[entry.Name()] = &fstest.MapFile{Data: text}
		return nil
	})
	return files, err
}
