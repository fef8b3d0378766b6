package handlers

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/intake"
)

// upload sends a file with the form of the import page.
func (c *client) upload(path, name, text string, pairs ...string) answer {
	c.site.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		c.site.must(w.WriteField(pairs[i], pairs[i+1]))
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		c.site.must(err)
		_, err = part.Write([]byte(text))
		c.site.must(err)
	}
	c.site.must(w.Close())
	return c.send(path, w.FormDataContentType(), &body)
}

// send posts a body of any kind.
func (c *client) send(path, kind string, body *bytes.Buffer) answer {
	c.site.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/"+c.site.home.Slug+"/"+path, body)
	r.Header.Set("Content-Type", kind)
	r.AddCookie(c.cookie)
	r.AddCookie(&http.Cookie{Name: languageCookie, Value: c.lang})
	answered := httptest.NewRecorder()
	c.site.handler.ServeHTTP(answered, r)
	return answer{t: c.site.t, status: answered.Code, header: answered.Result().Header, body: answered.Body.String()}
}

// newImports is a site whose imports end with the test, and the address of its
// import page.
func newImports(t *testing.T) (site *site, page string) {
	t.Helper()
	site = newSite(t)
	t.Cleanup(site.server.Stop)
	return site, "rounds/" + site.round.ID.String() + "/import"
}

// over waits until no file is being read.
func (s *site) over() {
	s.t.Helper()
	for range 1000 {
		if len(s.server.imports.underWay(owned{s.home.ID, s.round.ID})) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatal("a file is read for ever")
}

func location(a answer) string { return a.header.Get("Location") }

func TestStaffBringAFileIn(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	form := staff.get(page).want(http.StatusOK, "Files of ballots", "No file has come into this round yet.")
	sent := staff.upload(page, "village.pb", fixture(t, "village.pb"), "id", form.id(), "mode", "import").want(http.StatusSeeOther)
	site.over()
	staff.get(location(sent)).want(http.StatusOK, "5 ballots came into the round", "village.pb", "Age “127”, became “not said”: 1",
		"“w/1” is on the ballot twice", "6: 5 read, 1 skipped, 0 refused")
	staff.get(page).want(http.StatusOK, "in the round", "village.pb", "Айгүл Т.")
	if again := staff.upload(page, "village.pb", fixture(t, "village.pb"), "id", form.id(), "mode", "import").want(http.StatusSeeOther); location(again) != location(sent) {
		t.Errorf("the same form leads to %s and %s", location(sent), location(again))
	}
	counted, err := Count(context.Background(), site.store, site.home.ID, site.round)
	site.must(err)
	if len(counted.Sessions) != 2 || len(counted.Villages) != 2 || len(counted.Problems) != len(titles)+1 { // two of the file are there by their titles
		t.Errorf("%d sessions, %d villages, %d problems", len(counted.Sessions), len(counted.Villages), len(counted.Problems))
	}
}

func TestCheckingAFileKeepsNothing(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	sent := staff.upload(page, "village.pb", fixture(t, "village.pb"), "id", Mint().String(), "mode", "check")
	site.over()
	staff.get(location(sent)).want(http.StatusOK, "The file can come in: 5 ballots", "1 of them new", "Bring it into the round")
	staff.get(page).want(http.StatusOK, "No file has come into this round yet.").lacks("village.pb")
}

func TestRefusedFileShowsItsLines(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	broken := strings.Replace(fixture(t, "village.pb"), "b2;None;\\N;;r/2;1", "b2;None;\\N;;x<b>/9;1", 1)
	sent := staff.upload(page, "village.pb", broken, "mode", "import")
	site.over()
	shown := staff.get(location(sent)).want(http.StatusOK, "The file did not come in", "1 line of the file needs mending", "The file has no project “x<b>/9”.")
	if strings.Contains(shown.body, "<b>/9") {
		t.Error("what the file says is not escaped")
	}
	shown.want(http.StatusOK, "Lines:\u00a021").lacks("Please look", "Mapped", "Skipped:")
	staff.get(page).lacks("village.pb")
}

func TestSameFileIsSaidToBeThere(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	first := staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import")
	site.over()
	again := staff.upload(page, "again.pb", fixture(t, "village.pb"), "mode", "import")
	site.over()
	staff.get(location(again)).want(http.StatusOK, "This file is in the round already", location(first))
	changed := staff.upload(page, "again.pb", strings.Replace(fixture(t, "village.pb"), "a1;34;K", "a1;35;M", 1), "mode", "import")
	site.over()
	staff.get(location(changed)).want(http.StatusOK, "5 ballots of the file are in the round already.")
}

func TestFileIsTakenOutAgainAfterAQuestion(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	sent := staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import")
	site.over()
	staff.post(location(sent)+"/undo").want(http.StatusOK, "Take 5 ballots of village.pb out of the round?")
	staff.get(location(sent)).want(http.StatusOK, "5 ballots came into the round")
	staff.post(location(sent)+"/undo", "sure", "1").want(http.StatusSeeOther)
	staff.post(location(sent)+"/undo", "sure", "1").want(http.StatusSeeOther)
	staff.get(location(sent)).want(http.StatusOK, "The file was taken out again")
	staff.get(page).want(http.StatusOK, "taken out again")
	staff.get("audit").want(http.StatusOK, "File of ballots imported", "File of ballots taken out again")
	again := staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import")
	site.over()
	staff.get(location(again)).want(http.StatusOK, "5 ballots came into the round")
}

func TestNoFileIsSaidBesideTheField(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	staff.upload(page, "", "", "mode", "import").want(http.StatusUnprocessableEntity, "Choose a file.", `value="import" checked`)
	sent := staff.upload(page, "empty.csv", "", "mode", "check").want(http.StatusSeeOther)
	site.over()
	staff.get(location(sent)).want(http.StatusOK, "The file is empty.")
	staff.send(page, "application/x-www-form-urlencoded", bytes.NewBufferString("mode=check")).want(http.StatusUnprocessableEntity)
}

func TestTooLargeAFileIsRefusedAndLeavesNoTrace(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	site, page := newImports(t)
	staff := site.as(data.Staff)
	staff.upload(page, "large.csv", strings.Repeat("x", maxImport), "mode", "import").want(http.StatusRequestEntityTooLarge)
	staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import").want(http.StatusSeeOther)
	site.over()
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "ashar-import-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

// The page shows how far a file has come, and everybody of the municipality can
// look, nobody else.
func TestFileOnItsWayShowsItsProgress(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	goOn := make(chan struct{})
	job := &importJob{id: Mint(), municipality: site.home.ID, round: site.round.ID, file: "slow.pb", by: "Айгүл", begun: time.Now(), stage: stageRead, of: 10}
	site.server.imports.add(job)
	site.server.imports.start(job, func(ctx context.Context) (ImportResult, error) {
		job.progress(stageWrite, 3, 10)
		<-goOn
		return ImportResult{Report: ImportReport{Report: intake.Report{Kind: "csv"}}}, refused("import.error.archived")
	})
	address := "imports/" + job.id.String()
	for range 100 {
		if job.state().done == 3 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	staff.get(address).want(http.StatusOK, "slow.pb is being read", "3 of 10", `http-equiv="refresh"`, `value="3"`)
	if part := staff.htmx("div#import").get(address); strings.Contains(part.body, "<html") || !part.has("3 of 10") {
		t.Error(part.body)
	}
	staff.get(page).want(http.StatusOK, "Being read now", "slow.pb")
	other := data.Municipality{ID: Mint(), Slug: "other", Name: data.Text{KY: "Башка"}, Created: time.Now()}
	site.must(site.store.AddMunicipality(context.Background(), other, data.Event{}))
	site.as(data.Administrator).get("/other/" + address).want(http.StatusNotFound)
	close(goOn)
	site.over()
	staff.get(address).want(http.StatusOK, "The file did not come in").lacks(`http-equiv="refresh"`)

}

func TestStoppedServerGivesFilesUp(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	begun := make(chan struct{})
	job := &importJob{id: Mint(), municipality: site.home.ID, round: site.round.ID, file: "slow.pb", begun: time.Now(), stage: stageRead}
	site.server.imports.add(job)
	site.server.imports.start(job, func(ctx context.Context) (ImportResult, error) {
		close(begun)
		<-ctx.Done()
		return ImportResult{}, ctx.Err()
	})
	<-begun
	waiting := staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import")
	site.server.Stop()
	for _, address := range []string{"imports/" + job.id.String(), location(waiting)} {
		staff.get(address).want(http.StatusOK, "The server stopped, so the file did not come in.")
	}
}

// A file that nobody thought of must not stop the server.
func TestPanicOfAnImportIsOnlyItsOwn(t *testing.T) {
	site, _ := newImports(t)
	job := &importJob{id: Mint(), municipality: site.home.ID, round: site.round.ID, file: "strange.pb", begun: time.Now(), stage: stageRead}
	site.server.imports.add(job)
	site.server.imports.start(job, func(context.Context) (ImportResult, error) { panic("strange") })
	site.over()
	site.as(data.Staff).get("imports/"+job.id.String()).want(http.StatusOK, "This is not your mistake.")
}

func TestOldJobsAreForgotten(t *testing.T) {
	q := newImportJobs(nil)
	running := &importJob{id: Mint()}
	q.add(running)
	for range 3 * mostJobs {
		if !q.add(&importJob{id: Mint(), over: true}) {
			t.Fatal("a new job is taken for an old one")
		}
	}
	if _, ok := q.find(data.ID{}, running.id); len(q.jobs) > mostJobs || !ok {
		t.Errorf("%d jobs are remembered, the running one among them: %t", len(q.jobs), ok)
	}
}

func TestArchivedRoundTakesNoFile(t *testing.T) {
	site, page := newImports(t)
	site.round.Archived = true
	site.must(site.store.SaveRound(context.Background(), site.home.ID, site.round, data.Event{}))
	staff := site.as(data.Staff)
	staff.get(page).want(http.StatusOK, "This round is in the archive").lacks(`type="file"`)
	staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import").want(http.StatusConflict)
}

func TestExportedBallotsComeInAgain(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	sent := staff.upload(page, "village.pb", fixture(t, "village.pb"), "mode", "import")
	site.over()
	tally := data.Session{ID: Mint(), Round: site.round.ID, Village: site.villages[0].ID, Date: "2017-09-20", Facilitators: "А", Form: data.Tally, Created: time.Now()}
	site.must(site.store.OpenSession(context.Background(), site.home.ID, tally, time.Now(), data.Event{}))
	staff.get(page).want(http.StatusOK, "1 session without ballots is left out of the file", "Show of hands")
	round := "rounds/" + site.round.ID.String()
	csv := staff.get(round+"/ballots.csv").want(http.StatusOK, "ballot,village,sex,band,tag,problem_id,title,points")
	sheet := staff.get(round + "/ballots.csv?for=spreadsheet").want(http.StatusOK)
	if !strings.HasPrefix(sheet.body, "\uFEFF") {
		t.Error("a spreadsheet would not know the letters")
	}
	pb := staff.get(round+"/ballots.pb").want(http.StatusOK, "left_out;tally: Ак-Муз 2017-09-20", "vote_type;cumulative", "num_votes;5", "w/1;;4;")
	if got := pb.header.Get("Content-Disposition"); got != "attachment; filename=ak-muz-2027.pb" {
		t.Error(got)
	}
	staff.post(location(sent)+"/undo", "sure", "1").want(http.StatusSeeOther)
	for name, text := range map[string]string{"round.pb": pb.body, "round.csv": csv.body} {
		again := staff.upload(page, name, text, "mode", "import")
		site.over()
		staff.get(location(again)).want(http.StatusOK, "5 ballots came into the round")
		staff.get("rounds/"+site.round.ID.String()+"/ballots.pb").want(http.StatusOK, "num_votes;5", "w/1;;4;")
		staff.post(location(again)+"/undo", "sure", "1").want(http.StatusSeeOther)
	}
	staff.get(round+"/ballots.pb").want(http.StatusOK, "num_votes;0")
}

// What another server reads is shown as far as the database knows.
func TestFileReadElsewhereIsShown(t *testing.T) {
	site, page := newImports(t)
	staff := site.as(data.Staff)
	i := data.Import{ID: Mint(), Round: site.round.ID, File: "far.pb", State: data.Staged, Ballots: 7, Created: time.Now(), Report: `{"kind":"csv"}`}
	site.must(site.store.StageImport(context.Background(), site.home.ID, i, nil))
	staff.get(page).want(http.StatusOK, "far.pb", "being read", "command line")
	staff.get("imports/"+i.ID.String()).want(http.StatusOK, "far.pb is being read", "on another server or by the command line", `http-equiv="refresh"`)
	staff.post("imports/"+i.ID.String()+"/undo", "sure", "1").want(http.StatusConflict)
}
