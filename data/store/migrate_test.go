package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"ashar/data"
	"ashar/data/storetest"
)

func TestOpeningAgainFindsEverything(t *testing.T) {
	storetest.Each(t, func(t *testing.T, place string) {
		first, err := Open(t.Context(), place, mint)
		must(t, err)
		w := settle(t, first)
		e := w.tap(1)
		must(t, first.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
		must(t, first.Close())
		same(t, []data.Entry{e}, w.entries(t, open(t, place), w.session))
	})
}

func TestManyMayOpenANewDatabaseAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, place string) {
		together(t, 6, func(ctx context.Context, i int) error {
			s, err := Open(ctx, place, mint)
			if err != nil {
				return err
			}
			return s.Close()
		})
		settle(t, open(t, place))
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, place string) {
		s, err := Open(t.Context(), place, mint)
		must(t, err)
		_, err = s.write.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, TRUE)`)
		must(t, err)
		must(t, s.Close())
		_, err = Open(t.Context(), place, mint)
		refused(t, ErrNewer, err)
	})
}

func TestOlderFileIsCopiedBeforeItIsChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ashar.db")
	s := open(t, path)
	w := settle(t, s)
	next := everyMigration(t)
	copies := func() []string {
		list, err := filepath.Glob(path + ".before-*")
		must(t, err)
		return list
	}
	must(t, s.migrate(t.Context(), next))
	same(t, []string(nil), copies()) // nothing to do

	next["migrations/90000_later.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE later (\n\tid BYTEA NOT NULL PRIMARY KEY\n);\n")}
	must(t, s.migrate(t.Context(), next))
	_, err := s.write.ExecContext(t.Context(), `INSERT INTO later (id) VALUES (x'00')`)
	must(t, err)
	files := copies()
	if len(files) != 1 {
		t.Fatalf("there are %d copies", len(files))
	}
	info, err := os.Stat(files[0])
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v", info.Mode())
	}
	must(t, CheckFile(t.Context(), files[0]))
	old := open(t, files[0])
	same(t, w.round.Name, got(old.Round(t.Context(), w.municipality, w.round.ID))(t).Name)
	if old.row(t.Context(), `SELECT id FROM later`).Scan(new(data.ID)) == nil {
		t.Error("the copy has the new table")
	}
	_, err = Open(t.Context(), path, mint)
	refused(t, ErrNewer, err)
}

// A database is taken back to before rules had settings, and brought up to date
// again: what was in it then gets what is usual.
func TestRoundsOfBeforeGetTheUsualSettings(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for _, back := range []string{
			`ALTER TABLE round DROP COLUMN rule_trim`, `ALTER TABLE round DROP COLUMN rule_differ`, `ALTER TABLE round DROP COLUMN rule_contested`,
			`ALTER TABLE round DROP COLUMN rule_level`, `ALTER TABLE round DROP COLUMN rule_least`, `ALTER TABLE session DROP COLUMN was`,
			`ALTER TABLE code DROP COLUMN voided`, `DELETE FROM goose_db_version WHERE version_id >= 3`,
		} {
			_, err := s.write.ExecContext(t.Context(), back)
			must(t, err)
		}
		must(t, s.migrate(t.Context(), everyMigration(t)))
		want := data.DefaultRule(w.round.Rule.View)
		want.Rho = w.round.Rule.Rho
		same(t, want, got(s.Round(t.Context(), w.municipality, w.round.ID))(t).Rule)
		same(t, w.session, w.again(t, s, w.session))
	})
}

// everyMigration is what this program brings, for tests to add to.
func everyMigration(t *testing.T) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(migrations, "migrations/*.sql")
	must(t, err)
	files := fstest.MapFS{}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		must(t, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		bad := everyMigration(t)
		bad["migrations/90000_later.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE later (\n\tid BYTEA NOT NULL PRIMARY KEY\n);\nSELECT nonsense;\n")}
		if s.migrate(t.Context(), bad) == nil {
			t.Fatal("nonsense was run")
		}
		if s.row(t.Context(), `SELECT COUNT(*) FROM later`).Scan(new(int)) == nil {
			t.Error("half of a migration stayed")
		}
		must(t, s.migrate(t.Context(), migrations))
		settle(t, s)
	})
}
