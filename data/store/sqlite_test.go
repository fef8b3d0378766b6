package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ashar/data"
)

func TestEveryConnectionKeepsWhatItAcknowledges(t *testing.T) {
	s := sqlite(t)
	settle(t, s)
	var conns []*sql.Conn
	for range s.read.Stats().MaxOpenConnections {
		conns = append(conns, got(s.read.Conn(t.Context()))(t))
	}
	conns = append(conns, got(s.write.Conn(t.Context()))(t))
	if len(conns) < 5 {
		t.Fatalf("only %d connections", len(conns))
	}
	for i, conn := range conns {
		for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000",
			"trusted_schema": "0", "secure_delete": "1", "query_only": map[bool]string{true: "0", false: "1"}[i == len(conns)-1]} {
			var is string
			must(t, conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&is))
			if is != want {
				t.Errorf("connection %d: %s is %s, want %s", i, pragma, is, want)
			}
		}
	}
	for _, conn := range conns {
		must(t, conn.Close())
	}
}

func TestConnectionThatWouldLoseRowsIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ashar.db")
	for _, more := range []string{"_synchronous=NORMAL", "_foreign_keys=off", "_journal_mode=DELETE", "_secure_delete=off"} {
		name, _, _ := strings.Cut(more, "=")
		c := connector(path, "mode=rwc").(sqliteConnector)
		c.dsn = strings.Replace(c.dsn, name+"=", "ignored=", 1) + "&" + more
		conn, err := c.Connect(t.Context())
		if err == nil {
			conn.Close()
			t.Errorf("a connection with %s was accepted", more)
		}
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := sqlite(t)
	if _, err := s.read.ExecContext(t.Context(), `DELETE FROM setting`); err == nil {
		t.Error("a reader wrote")
	}
}

func TestFileIsItsOwnersOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "а ң?#%20.db")
	s := open(t, path)
	settle(t, s)
	for name, want := range map[string]os.FileMode{filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600} {
		info, err := os.Stat(name)
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}

// The driver binds $2 to the first value where it stands first.
func TestPlaceholdersMeanTheirNumbers(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		var a, b, c, d string
		must(t, s.row(t.Context(), `SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($10 AS TEXT)`+
			strings.Repeat(` WHERE CAST($3 AS TEXT) = CAST($4 AS TEXT) AND CAST($5 AS TEXT) = CAST($6 AS TEXT) AND CAST($7 AS TEXT) = CAST($8 AS TEXT) AND CAST($9 AS TEXT) = 'x'`, 1),
			"one", "two", "x", "x", "x", "x", "x", "x", "x", "ten").Scan(&a, &b, &c, &d))
		same(t, []string{"two", "one", "two", "ten"}, []string{a, b, c, d})

		w := settle(t, s)
		must(t, s.update(t.Context(), func(t tx) error {
			return t.one(`UPDATE round SET name = $2 WHERE municipality_id = $1 AND id = $3`, w.municipality, "экинчи", w.round.ID)
		}))
		same(t, "экинчи", got(s.Round(t.Context(), w.municipality, w.round.ID))(t).Name)
	})
}

func TestTroubleHasItsMeaningOnBothEngines(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		for _, c := range []struct {
			name, sql string
			args      []any
			want      error
		}{
			{"unique", `INSERT INTO setting (name, value) VALUES ('a', '1'), ('a', '2')`, nil, data.ErrConflict},
			{"foreign key", `INSERT INTO village (municipality_id, id, name, import_id) VALUES ($1, $1, '', $1)`, []any{mint()}, data.ErrMissing},
			{"still used", `DELETE FROM round WHERE municipality_id = $1`, []any{w.municipality}, data.ErrConflict},
			{"not null", `INSERT INTO setting (name, value) VALUES ('b', NULL)`, nil, data.ErrInvalid},
		} {
			err := s.update(t.Context(), func(t tx) error { _, err := t.exec(c.sql, c.args...); return err })
			refused(t, c.want, err)
		}
		same(t, true, s.Ready(t.Context()) == nil)
	})
}
