package handlers

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"ashar/data/store"
)

// eachEngine runs a test on a new store of every engine.
func eachEngine(t *testing.T, do func(*testing.T, *store.Store)) {
	t.Helper()
	for name, place := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "ashar.db") },
		"postgres": postgresSchema,
	} {
		t.Run(name, func(t *testing.T) {
			opened, err := store.Open(context.Background(), place(t), Mint)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { opened.Close() })
			do(t, opened)
		})
	}
}

// postgresSchema is the address of a new, empty schema of the test database.
func postgresSchema(t *testing.T) string {
	t.Helper()
	address := os.Getenv("ASHAR_TEST_POSTGRES")
	if address == "" {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatal("ASHAR_TEST_POSTGRES must be the address of a PostgreSQL database that tests may fill")
		}
		t.Skip("not tried on PostgreSQL: ASHAR_TEST_POSTGRES is not set")
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ReplaceAll(Mint().String(), "-", "")
	if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec(`DROP SCHEMA ` + name + ` CASCADE`); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}
