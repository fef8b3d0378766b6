//go:build cgo

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"

	"ashar/data"
)

func openSQLite(ctx context.Context, path string) (*Store, error) {
	if err := reserve(path); err != nil {
		return nil, err
	}
	s := &Store{path: path, jobs: make(chan *job, 1024), stopped: make(chan struct{}), marks: map[[2]data.ID]data.ID{}, engine: engine{
		name:     "sqlite",
		rewrite:  func(q string) string { return dollars.ReplaceAllString(q, "?$1") },
		translit: toSQLite,
		retry:    isBusy,
	}}
	s.write = sql.OpenDB(connector(path, "_txlock=immediate&mode=rwc"))
	s.write.SetMaxOpenConns(1)
	// The writer comes first: a reader cannot turn a new file to WAL.
	if err := s.checkVersion(ctx); err != nil {
		s.write.Close()
		return nil, err
	}
	s.read = sql.OpenDB(connector(path, "_query_only=true&mode=rw"))
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	return s, nil
}

// reserve makes the folder and the file, readable by their owner only.
func reserve(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := create(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// create makes a file that is not there. One that is there it does not even
// open: to close it again would drop the locks that this process has on it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteConnector opens connections without a registered driver name.
type sqliteConnector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c sqliteConnector) Driver() driver.Driver                        { return c.driver }

func connector(path, more string) driver.Connector {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_foreign_keys=on&_busy_timeout=" + busy +
		"&_journal_mode=WAL&_synchronous=FULL&_secure_delete=on&_cache_size=-8000&_stmt_cache_size=64&" + more
	return sqliteConnector{&sqlite3.SQLiteDriver{ConnectHook: readBack}, dsn}
}

// inspector opens a file that nobody writes, and leaves no trace beside it.
func inspector(path string) driver.Connector {
	strict := func(conn *sqlite3.SQLiteConn) error {
		_, err := conn.Exec(`PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON`, nil)
		return err
	}
	return sqliteConnector{&sqlite3.SQLiteDriver{ConnectHook: strict}, "file:" + (&url.URL{Path: path}).EscapedPath() + "?mode=ro&immutable=1&_query_only=true"}
}

// claim opens the small file behind Serve, without waiting.
func claim(path string) driver.Connector {
	return sqliteConnector{&sqlite3.SQLiteDriver{}, "file:" + (&url.URL{Path: path}).EscapedPath() + "?_busy_timeout=0"}
}

// readBack refuses a connection that would not keep what it acknowledges. The
// driver is compiled with synchronous=NORMAL for WAL, which loses rows when the
// power goes.
func readBack(conn *sqlite3.SQLiteConn) error {
	for _, want := range []struct{ pragma, value string }{
		{"synchronous", "2"}, {"foreign_keys", "1"}, {"journal_mode", "wal"}, {"secure_delete", "1"},
	} {
		got, err := pragma(conn, want.pragma)
		if err != nil {
			return err
		}
		if !strings.EqualFold(got, want.value) {
			return fmt.Errorf("sqlite: %s is %s and not %s", want.pragma, got, want.value)
		}
	}
	_, err := conn.Exec(`PRAGMA trusted_schema = OFF`, nil)
	return err
}

func pragma(conn *sqlite3.SQLiteConn, name string) (string, error) {
	rows, err := conn.Query("PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	value := make([]driver.Value, 1)
	if err := rows.Next(value); err != nil && err != io.EOF {
		return "", err
	}
	return fmt.Sprint(value[0]), nil
}

// oldest is the first SQLite without the WAL-reset corruption; 3.52.0 was
// withdrawn.
const oldest, withdrawn = 3051003, 3052000

func (s *Store) checkVersion(ctx context.Context) error {
	// Of several who turn a new file to WAL at once, all but one are refused.
	if err := again(ctx, isBusy, func() error { return s.write.PingContext(ctx) }); err != nil {
		return err
	}
	_, number, _ := sqlite3.Version()
	if number < oldest || number == withdrawn {
		return fmt.Errorf("sqlite %d can lose data; 3.51.3 or later is needed, but not 3.52.0", number)
	}
	return nil
}

// ErrNoCGO: the program was built without the C compiler that SQLite needs.
var ErrNoCGO = errors.New("built without cgo")

func isBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
}

// translateSQLite gives an error of the driver its meaning.
func translateSQLite(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) || e.Code != sqlite3.ErrConstraint {
		return err
	}
	switch e.ExtendedCode {
	case sqlite3.ErrConstraintUnique, sqlite3.ErrConstraintPrimaryKey:
		return fmt.Errorf("%w: %w", data.ErrConflict, err)
	case sqlite3.ErrConstraintForeignKey:
		return fmt.Errorf("%w: %w", data.ErrMissing, err)
	}
	return fmt.Errorf("%w: %w", data.ErrInvalid, err)
}

// ddl turns our PostgreSQL-flavoured tables into SQLite's strict ones. A table
// whose key is composed keeps its rows in the key's own tree.
var ddl = strings.NewReplacer("BIGINT", "INTEGER", "DOUBLE PRECISION", "REAL", "BYTEA", "BLOB", "BOOLEAN", "INTEGER",
	"\n);", "\n) STRICT, WITHOUT ROWID;")

func toSQLite(migration string) string { return ddl.Replace(migration) }
