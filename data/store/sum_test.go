package store

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ashar/data"
)

// backedUp is a backup of a village with notes, its bytes, and the store.
func backedUp(t *testing.T) (s *Store, w village, file string, whole []byte) {
	t.Helper()
	s = sqlite(t)
	w = settle(t, s)
	for range 50 {
		must(t, s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.note("суу жок"), w.tap(1)}, event("entry.add")))
	}
	file = filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), file))
	return s, w, file, got(os.ReadFile(file))(t)
}

func TestEveryFlippedByteIsRefused(t *testing.T) {
	_, _, file, whole := backedUp(t)
	path := filepath.Join(t.TempDir(), "ashar.db")
	random := rand.New(rand.NewPCG(3, 4))
	const tries = 60
	missed := 0
	for range tries {
		damaged := bytes.Clone(whole)
		damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		must(t, os.WriteFile(file, damaged, 0o600))
		if CheckFile(t.Context(), file) == nil {
			missed++
		}
		refuses(t, ErrSum, file, path, "")
		if exists(path) {
			t.Fatal("a damaged backup was restored")
		}
	}
	t.Logf("of %d copies with one flipped byte all are refused; without the sum %d would have passed", tries, missed)
	alone(t, path)
}

func TestFlippedByteInTheSumIsRefusedToo(t *testing.T) {
	_, _, file, _ := backedUp(t)
	line := got(os.ReadFile(SumOf(file)))(t)
	for i := range 64 {
		damaged := bytes.Clone(line)
		damaged[i] ^= 1
		must(t, os.WriteFile(SumOf(file), damaged, 0o600))
		refuses(t, ErrSum, file, filepath.Join(t.TempDir(), "ashar.db"), "")
	}
	must(t, os.WriteFile(SumOf(file), nil, 0o600))
	refuses(t, ErrSum, file, filepath.Join(t.TempDir(), "ashar.db"), "")
}

// What sha256sum says of the file is what we say.
func TestSumIsWrittenAsSha256sumReadsIt(t *testing.T) {
	_, _, file, _ := backedUp(t)
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not here to read the sum")
	}
	cmd := exec.CommandContext(t.Context(), tool, "--check", "--strict", filepath.Base(SumOf(file)))
	cmd.Dir = filepath.Dir(file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestWithoutASumARestoreSaysSo(t *testing.T) {
	_, w, file, whole := backedUp(t)
	must(t, os.Remove(SumOf(file)))
	// A letter of a note: nothing but the sum could have told.
	at := bytes.Index(whole, []byte("суу жок"))
	whole[at+1] ^= 1
	must(t, os.WriteFile(file, whole, 0o600))
	path := filepath.Join(t.TempDir(), "ashar.db")
	if r := got(Restore(t.Context(), file, path, ""))(t); r.Summed {
		t.Error("a sum that is not there was right")
	}
	same(t, 100, len(w.entries(t, open(t, path), w.session)))
}

func TestBackupTakesNoOtherSumForItsOwn(t *testing.T) {
	s, _, _, _ := backedUp(t)
	file := filepath.Join(t.TempDir(), "backup.db")
	must(t, os.WriteFile(SumOf(file), []byte("old"), 0o600))
	refused(t, ErrExists, s.Backup(t.Context(), file))
	if exists(file) {
		t.Error("a backup was written beside another's sum")
	}
}

func TestDamagedDatabaseIsMovedAside(t *testing.T) {
	_, w, file, _ := backedUp(t)
	path := filepath.Join(t.TempDir(), "ashar.db")
	aside := path + ".aside"
	for name, text := range map[string]string{path: "not a database", path + "-wal": "its log"} {
		must(t, os.WriteFile(name, []byte(text), 0o600))
	}
	refuses(t, ErrExists, file, path, "")
	refuses(t, os.ErrNotExist, file+"-not", path, aside)
	same(t, "not a database", string(got(os.ReadFile(path))(t))) // nothing is moved for a backup that is not there
	same(t, Restored{Summed: true, Aside: aside}, got(Restore(t.Context(), file, path, aside))(t))
	same(t, "not a database", string(got(os.ReadFile(aside))(t)))
	same(t, "its log", string(got(os.ReadFile(aside+"-wal"))(t)))
	same(t, 100, len(w.entries(t, open(t, path), w.session)))
}

func TestServedDatabaseIsNotMovedAside(t *testing.T) {
	s, _, file, _ := backedUp(t)
	release := got(s.Serve(t.Context()))(t)
	refuses(t, ErrServed, file, s.path, s.path+".aside")
	if exists(s.path + ".part") {
		t.Error("a part was left")
	}
	must(t, release())
}
