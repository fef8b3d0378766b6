package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ashar/data"
)

// left are the files of uploads that are on the disk.
func left(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(os.TempDir(), "ashar-import-*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestCheckedFileComesInWithoutBeingSentAgain(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	site, page := newImports(t)
	staff := site.as(data.Staff)
	checked := location(staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "check"))
	site.over()
	for _, l := range []string{"ky", "ru", "en"} {
		staff.in(l).get(checked).want(http.StatusOK, site.saidIn(l, "import.state.checked.waits"), site.saidIn(l, "import.next.checked"), checked+"/bring")
	}
	form := staff.get(checked).want(http.StatusOK, "Bring it into the round")
	brought := location(staff.post(checked+"/bring", "id", form.id()).want(http.StatusSeeOther))
	site.over()
	staff.get(brought).want(http.StatusOK, "5 ballots came into the round", "village.pb")
	if again := location(staff.post(checked+"/bring", "id", form.id()).want(http.StatusSeeOther)); again != brought {
		t.Errorf("the same form leads to %s and %s", brought, again)
	}
	if files := left(t); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
	// The file went in, and is not here any more.
	staff.get(checked).want(http.StatusOK, "?mode=import").lacks(checked + "/bring")
	staff.post(checked+"/bring", "id", Mint().String()).want(http.StatusUnprocessableEntity, site.said("import.file.gone"), `value="import" checked`)
	staff.get(page).want(http.StatusOK, "village.pb")
	site.as(data.Facilitator).post(checked+"/bring", "id", Mint().String()).want(http.StatusForbidden)
	staff.post("imports/" + Mint().String() + "/bring").want(http.StatusNotFound)
}

func TestOnlyAFileThatCanComeInWaits(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	site, page := newImports(t)
	staff := site.as(data.Staff)
	text := fixture(t, "village.pb")
	for name, sent := range map[string]string{"refused": strings.Replace(text, "r/2;1", "x/9;1", 1), "empty": ""} {
		at := location(staff.upload(page, name+".pb", sent, "mode", "check"))
		site.over()
		staff.get(at).want(http.StatusOK, "The file did not come in").lacks("/bring")
	}
	staff.upload(page, "village.pb", text, "mode", "import")
	site.over()
	same := location(staff.upload(page, "again.pb", text, "mode", "check"))
	site.over()
	staff.get(same).want(http.StatusOK, "This file is in the round already").lacks("/bring")
	if files := left(t); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
}

func TestCheckedFileStaysOutOfAnArchivedRound(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	checked := location(staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "check"))
	site.over()
	site.round.Archived = true
	site.must(site.store.SaveRound(context.Background(), site.home.ID, site.round, data.Event{}))
	staff.get(checked).want(http.StatusOK).lacks("/bring")
	staff.post(checked+"/bring", "id", Mint().String()).want(http.StatusConflict)
}

// lets lets the file of a job wait, and names it.
func (q *importJobs) lets(t *testing.T, id data.ID) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "ashar-import-*")
	if err != nil {
		t.Fatal(err)
	}
	job := &importJob{id: id, dryRun: true, upload: &upload{File: file}}
	if err := q.settle(job, ImportResult{}, nil); err != nil || !q.waits(id) {
		t.Fatalf("the file does not wait: %v", err)
	}
	return file.Name()
}

func TestCheckedFileWaitsAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newImportJobs(slog.Default())
		id := Mint()
		name := q.lets(t, id)
		time.Sleep(keptFor - time.Second)
		if _, err := os.Stat(name); err != nil || !q.waits(id) {
			t.Errorf("gone too early: %v", err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if _, err := os.Stat(name); err == nil || q.waits(id) {
			t.Error("it waits for ever")
		}
	})
}

func TestOldestOfManyWaitingFilesGives(t *testing.T) {
	q := newImportJobs(slog.Default())
	var ids []data.ID
	var names []string
	for i := range mostKept + 2 {
		ids = append(ids, Mint())
		names = append(names, q.lets(t, ids[i]))
	}
	for i, id := range ids {
		_, err := os.Stat(names[i])
		if here := i >= 2; q.waits(id) != here || (err == nil) != here {
			t.Errorf("file %d of %d: waits %v, %v", i+1, len(ids), q.waits(id), err)
		}
	}
	(&Server{imports: q}).Stop()
	for _, name := range names {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is there after the server stopped", name)
		}
	}
}
