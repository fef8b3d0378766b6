package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ashar/data/store"
	"ashar/handlers"
)

// ashar runs a command and returns what it printed.
func ashar(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(context.Background(), &out, args)
	return out.String(), err
}

// must runs a command that has to go well.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := ashar(t, args...)
	if err != nil {
		t.Fatalf("ashar %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// ballots is a small file in the long form: three people, two problems.
const ballots = "ballot,village,sex,age,problem,place\n1,Ak-Muz,F,20,Water,1\n1,Ak-Muz,F,20,Road,2\n2,Ak-Muz,M,35,Road,1\n3,Terek-Suu,F,,Water,1\n"

func TestBallotsGoInOnceAndComeOutRanked(t *testing.T) {
	db, file := filepath.Join(t.TempDir(), "ashar.db"), filepath.Join(t.TempDir(), "ballots.csv")
	if err := os.WriteFile(file, []byte(ballots), 0o600); err != nil {
		t.Fatal(err)
	}
	to := []string{"--db", db, "--municipality", "Ak-Muz", "--round", "2017"}
	must(t, append([]string{"import", file, "--dry-run"}, to...)...)
	if _, err := ashar(t, append([]string{"ranking"}, to...)...); err == nil {
		t.Error("a dry run left something behind")
	}
	must(t, append([]string{"import", file}, to...)...)
	again := must(t, append([]string{"import", file}, to...)...)
	if !strings.Contains(again, "nothing was added") {
		t.Errorf("the same file again: %s", again)
	}
	var document struct {
		N        int
		Problems []struct {
			Title  string
			Rank   int
			Groups []struct{ Sex string }
		}
	}
	printed := must(t, append([]string{"ranking", "--format", "json", "--by", "sex"}, to...)...)
	if err := json.Unmarshal([]byte(printed), &document); err != nil {
		t.Fatal(err)
	}
	if document.N != 3 || len(document.Problems) != 2 || document.Problems[0].Title != "Water" || len(document.Problems[0].Groups) != 2 {
		t.Errorf("the ranking is %+v", document)
	}
	for _, format := range []string{"csv", "table"} {
		if out := must(t, append([]string{"ranking", "--format", format}, to...)...); !strings.Contains(out, "Water") {
			t.Errorf("%s: %s", format, out)
		}
	}
}

func TestABackupComesBack(t *testing.T) {
	folder := t.TempDir()
	db, copied, restored := filepath.Join(folder, "ashar.db"), filepath.Join(folder, "copy.db"), filepath.Join(folder, "again.db")
	link := must(t, "set-up", "--db", db)
	if !strings.Contains(link, "/set-up/") {
		t.Errorf("no link: %s", link)
	}
	must(t, "backup", copied, "--db", db)
	must(t, "restore", copied, "--db", restored)
	if _, err := ashar(t, "restore", copied, "--db", restored); !errors.Is(err, store.ErrExists) {
		t.Errorf("an existing database was overwritten: %v", err)
	}
	must(t, "restore", copied, "--force", "--db", restored)
	must(t, "verify", "--db", restored)
}

func TestADamagedDatabaseMakesRoomForItsBackup(t *testing.T) {
	folder := t.TempDir()
	db, copied := filepath.Join(folder, "ashar.db"), filepath.Join(folder, "copy.db")
	must(t, "set-up", "--db", db)
	if out := must(t, "backup", copied, "--db", db); !strings.Contains(out, copied+".sha256") {
		t.Errorf("nobody is told of the sum: %s", out)
	}
	if err := os.WriteFile(db, []byte("a disk that died"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := ashar(t, "restore", copied+"-not", "--force", "--db", db)
	if err == nil || strings.Contains(out, "is now") {
		t.Errorf("without a backup something was moved: %s", out)
	}
	out = must(t, "restore", copied, "--force", "--db", db)
	aside, err := filepath.Glob(db + ".before-restore-*")
	if err != nil || len(aside) != 1 || !strings.Contains(out, "is now "+aside[0]) || !strings.Contains(out, "byte for byte") {
		t.Errorf("moved to %v (%v): %s", aside, err, out)
	}
	must(t, "verify", "--db", db)
}

func TestRestoreSaysWhatItCannotPromise(t *testing.T) {
	folder := t.TempDir()
	db, copied := filepath.Join(folder, "ashar.db"), filepath.Join(folder, "copy.db")
	must(t, "set-up", "--db", db)
	must(t, "backup", copied, "--db", db)
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	damaged[len(damaged)/2] ^= 1
	if err := os.WriteFile(copied, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ashar(t, "restore", copied, "--db", filepath.Join(folder, "again.db")); !errors.Is(err, store.ErrSum) {
		t.Errorf("a changed backup: %v", err)
	}
	if err := errors.Join(os.WriteFile(copied, whole, 0o600), os.Remove(copied+".sha256")); err != nil {
		t.Fatal(err)
	}
	if out := must(t, "restore", copied, "--db", filepath.Join(folder, "again.db")); !strings.Contains(out, "cannot be promised") {
		t.Errorf("without its sum: %s", out)
	}
}

func TestOneServerAndManyCommands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "ashar.db")
	serving, err := store.Open(context.Background(), db, handlers.Mint)
	if err != nil {
		t.Fatal(err)
	}
	defer serving.Close()
	release, err := serving.Serve(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if _, err := ashar(t, "serve", "--listen", "127.0.0.1:0", "--db", db); !errors.Is(err, store.ErrServed) {
		t.Errorf("a second server: %v", err)
	}
	must(t, "verify", "--db", db)
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "backup", copied, "--db", db)
	if _, err := ashar(t, "restore", copied, "--force", "--db", db); !errors.Is(err, store.ErrServed) {
		t.Errorf("a database in use was moved aside: %v", err)
	}
}

func TestTheDemonstrationHasARanking(t *testing.T) {
	ctx, db := context.Background(), filepath.Join(t.TempDir(), "ashar.db")
	to, err := store.Open(ctx, db, handlers.Mint)
	if err != nil {
		t.Fatal(err)
	}
	if err := fillDemo(ctx, to, handlers.Phrase()); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	for _, view := range []string{"people", "groups", "population"} {
		out := must(t, "ranking", "--db", db, "--municipality", "ak-muz", "--round", "2017", "--view", view, "--by", "sex")
		if !strings.Contains(out, "Drinking water") {
			t.Errorf("%s: %s", view, out)
		}
	}
}

func TestHelpNamesFlagsAndVariables(t *testing.T) {
	out, _ := ashar(t, "version")
	if !strings.HasPrefix(out, "ashar") {
		t.Errorf("version: %s", out)
	}
	if text := plain(store.ErrNoCGO); !strings.Contains(text, "gcc") {
		t.Errorf("without cgo: %s", text)
	}
}
