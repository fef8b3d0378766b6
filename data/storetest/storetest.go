// Package storetest gives tests of several packages new, empty databases of
// every engine that the store serves. It hands out places to open and knows
// nothing of the store.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver by its name
)

// engine is a kind of database that tests of the store must pass on.
type engine struct {
	name  string
	place func(testing.TB) string // of a new database, which goes with the test
}

var engines = []engine{
	{"sqlite", File},
	{"postgres", func(t testing.TB) string { return schema(t, "") }},
}

// serializable makes PostgreSQL refuse what it would otherwise let through, so
// that a transaction that is not tried again shows.
var serializable = engine{"serializable", func(t testing.TB) string { return schema(t, "serializable") }}

// File is the place of a new SQLite database.
func File(t testing.TB) string { return filepath.Join(t.TempDir(), "ashar.db") }

// Each runs a test on a new database of every engine.
func Each(t *testing.T, do func(t *testing.T, place string)) {
	t.Helper()
	each(t, engines, do)
}

// Crowd is Each for tests in which many act at once.
func Crowd(t *testing.T, do func(t *testing.T, place string)) {
	t.Helper()
	each(t, append(slices.Clone(engines), serializable), do)
}

func each(t *testing.T, engines []engine, do func(t *testing.T, place string)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { do(t, e.place(t)) })
	}
}

// schema is the address of a new, empty schema of the test database.
func schema(t testing.TB, isolation string) string {
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
	name := "test_" + strings.ToLower(rand.Text())
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
	if isolation != "" {
		q.Set("default_transaction_isolation", isolation)
	}
	u.RawQuery = q.Encode()
	return u.String()
}
