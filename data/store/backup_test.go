package store

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ashar/data"
)

func TestBackupDuringWritesRestores(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var mu sync.Mutex
	kept := 0
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for ctx.Err() == nil {
				if err := s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}, event("entry.add")); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				kept++
				mu.Unlock()
			}
		})
	}
	for i := range 3 {
		before := count(&mu, &kept)
		file := filepath.Join(t.TempDir(), "deep", "er", "backup.db")
		must(t, s.Backup(t.Context(), file))
		after := count(&mu, &kept)
		info, err := os.Stat(file)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("the backup has mode %v", info.Mode())
		}
		refused(t, ErrExists, s.Backup(t.Context(), file))

		path := filepath.Join(t.TempDir(), "new", "ashar.db")
		if r := got(Restore(t.Context(), file, path, ""))(t); r != (Restored{Summed: true}) {
			t.Errorf("restored, but %+v", r)
		}
		alone(t, path)
		same(t, []string{SumOf(file)}, got(filepath.Glob(file+"?*"))(t))
		restored := open(t, path)
		n := len(w.entries(t, restored, w.session))
		if n < before || n > after+8 {
			t.Errorf("backup %d holds %d entries; %d were kept before it, %d after", i, n, before, after)
		}
		if _, broken, err := restored.Verify(t.Context()); err != nil || len(broken) > 0 {
			t.Errorf("the audit of backup %d is broken: %v, %v", i, broken, err)
		}
		must(t, restored.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
	}
	stop()
	writers.Wait()
}

func count(mu *sync.Mutex, n *int) int {
	mu.Lock()
	defer mu.Unlock()
	return *n
}

// alone wants no log or lock beside a file that nobody has open.
func alone(t *testing.T, file string) {
	t.Helper()
	beside, err := filepath.Glob(file + "?*")
	must(t, err)
	if len(beside) > 0 {
		t.Errorf("left beside %s: %v", file, beside)
	}
}

func TestRestoreOverwritesNothing(t *testing.T) {
	s := sqlite(t)
	settle(t, s)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	refuses(t, ErrExists, backup, s.path, "")

	// A log without its file would be read into whatever takes the file's place.
	path := filepath.Join(t.TempDir(), "ashar.db")
	must(t, os.WriteFile(path+"-wal", []byte("old"), 0o600))
	refuses(t, ErrExists, backup, path, "")
}

// refuses wants a backup not to be restored, for a reason.
func refuses(t *testing.T, want error, backup, path, aside string) {
	t.Helper()
	_, err := Restore(t.Context(), backup, path, aside)
	refused(t, want, err)
}

func TestRestoreRefusesWhatIsNoWholeDatabase(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	for range 50 {
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.note("суу жок")}, event("entry.add")))
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	whole, err := os.ReadFile(backup)
	must(t, err)
	page := bytes.Index(whole, []byte("entry.add"))
	for name, damage := range map[string]func([]byte) []byte{
		"empty":           func([]byte) []byte { return nil },
		"text":            func([]byte) []byte { return []byte("дептер эмес") },
		"half":            func(b []byte) []byte { return b[:len(b)/2] },
		"a page of zeros": func(b []byte) []byte { clear(b[4096:8192]); return b },
		"an event":        func(b []byte) []byte { b[page] ^= 1; return b },
	} {
		bad, path := filepath.Join(t.TempDir(), "bad.db"), filepath.Join(t.TempDir(), "ashar.db")
		must(t, os.WriteFile(bad, damage(bytes.Clone(whole)), 0o600))
		if _, err := Restore(t.Context(), bad, path, ""); err == nil {
			t.Errorf("%s was restored", name)
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s left a file: %v", name, err)
		}
		alone(t, path)
	}
	refuses(t, os.ErrNotExist, backup+"-not", filepath.Join(t.TempDir(), "ashar.db"), "")
}

func TestCheckFindsMostFlippedBytes(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	for range 50 {
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.note("суу жок"), w.tap(1)}, event("entry.add")))
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	whole, err := os.ReadFile(backup)
	must(t, err)
	const tries = 60
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range tries {
		damaged := bytes.Clone(whole)
		for range 1 + random.IntN(64) {
			damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		}
		bad := filepath.Join(t.TempDir(), "bad.db")
		must(t, os.WriteFile(bad, damaged, 0o600))
		if CheckFile(t.Context(), bad) != nil {
			found++
		}
	}
	t.Logf("%d of %d copies with 1 to 64 flipped bytes were refused", found, tries)
	if found < tries*3/4 {
		t.Errorf("only %d of %d", found, tries)
	}
}

// Whoever names the database of a running server by mistake must not harm it.
func TestCheckingALiveFileLeavesItAlone(t *testing.T) {
	s := sqlite(t)
	w := settle(t, s)
	e := w.tap(1)
	must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}))
	log, err := os.ReadFile(s.path + "-wal")
	must(t, err)
	refused(t, ErrInUse, CheckFile(t.Context(), s.path))
	refuses(t, ErrInUse, s.path, filepath.Join(t.TempDir(), "ashar.db"), "")
	after, err := os.ReadFile(s.path + "-wal")
	must(t, err)
	if !bytes.Equal(log, after) {
		t.Error("the log of a live database was touched")
	}
	same(t, []data.Entry{e}, w.entries(t, s, w.session))
}

func TestPostgresHasToolsOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if s.Engine() == "postgres" {
			refused(t, ErrPostgres, s.Backup(t.Context(), filepath.Join(t.TempDir(), "backup.db")))
		}
	})
}
