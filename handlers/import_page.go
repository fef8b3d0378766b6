package handlers

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// importsView is where files of ballots come into a round and go out of it.
type importsView struct {
	ID       data.ID
	Address  string // of the round
	Open     bool   // whether files may come in
	DryRun   bool
	Modes    []option
	MaxMB    int
	UnderWay []importLine
	Imports  []importLine
	Ballots  bool     // there is something to export
	LeftOut  []string // sessions that an export has no place for
}

type importLine struct {
	Address string
	File    string
	At      time.Time
	By      string
	Ballots int
	State   data.ImportState
}

func (s *Server) showImports(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	return s.listImports(c, http.StatusOK, r, c.Query("mode") != "import")
}

func (s *Server) listImports(c *gin.Context, status int, r data.Round, dryRun bool, bad ...data.Bad) error {
	l := words(c)
	view := importsView{ID: s.Mint(), Address: under(c, "rounds", r.ID.String()), DryRun: dryRun, MaxMB: maxImport >> 20,
		Open: !r.Archived && !municipality(c).Archived,
		Modes: []option{{"check", l.T("import.mode.check"), l.T("import.mode.check.help")},
			{"import", l.T("import.mode.import"), l.T("import.mode.import.help")}}}
	for _, j := range s.imports.underWay(owned{home(c), r.ID}) {
		view.UnderWay = append(view.UnderWay, importLine{Address: under(c, "imports", j.id.String()), File: j.file, At: j.begun.In(s.Zone), By: j.by})
	}
	imports, err := s.store.Imports(c, home(c), r.ID)
	if err != nil {
		return err
	}
	for _, i := range imports {
		if _, running := s.imports.find(home(c), i.ID); running && i.State == data.Staged {
			continue
		}
		by, err := s.importedBy(c, i.By)
		if err != nil {
			return err
		}
		view.Imports = append(view.Imports, importLine{under(c, "imports", i.ID.String()), i.File, i.Created.In(s.Zone), by, i.Ballots, i.State})
	}
	if view.Ballots, view.LeftOut, err = s.leftOut(c, r); err != nil {
		return err
	}
	return s.page(c, status, "imports", view, bad...)
}

// importedBy is the name of an account; the command line has none.
func (s *Server) importedBy(c *gin.Context, id data.ID) (string, error) {
	if id.Zero() {
		return words(c).T("audit.command_line"), nil
	}
	a, err := s.store.Account(c, id)
	return a.Name, err
}

// importFile takes a file and begins to read it. The page it leads to shows how
// far that has come.
func (s *Server) importFile(c *gin.Context) error {
	r, err := s.round(c, "")
	if err != nil {
		return err
	}
	f, file, err := receive(c)
	if err != nil {
		return err
	}
	dryRun := f.line("mode") != "import"
	if file == nil {
		f.bad.Add("file", "error.file")
		return s.listImports(c, http.StatusUnprocessableEntity, r, dryRun, f.bad)
	}
	if shelved(c, r).Archived {
		return errors.Join(data.ErrConflict, file.Close())
	}
	return s.beginImport(c, r, f.birth(s.Mint), file, dryRun)
}

// beginImport begins to read a file and leads to the page that shows how far that
// has come.
func (s *Server) beginImport(c *gin.Context, r data.Round, id data.ID, file *upload, dryRun bool) error {
	job := &importJob{id: id, municipality: home(c), round: r.ID, file: shortened(file.name), dryRun: dryRun, upload: file,
		by: account(c).Name, begun: s.Now(), stage: stageRead, of: file.size}
	if !s.imports.add(job) { // the same form again
		return errors.Join(file.Close(), s.done(c, under(c, "imports", id.String()), nil))
	}
	tools := ImportTools{Store: s.store, Now: s.Now, Mint: s.Mint, Zone: s.Zone, By: account(c).ID}
	in := ImportRequest{ID: id, File: file, FileName: file.name, Size: file.size, Municipality: municipality(c).Slug, Round: r.ID.String(), DryRun: dryRun}
	s.imports.start(job, func(ctx context.Context) (ImportResult, error) {
		if _, err := file.Seek(0, io.SeekStart); err != nil { // it may have been read before
			return ImportResult{}, err
		}
		return Import(ctx, tools, in, job.progress)
	})
	return s.done(c, under(c, "imports", id.String()), nil)
}

// importView is one file: how far it has come, or what became of it.
type importView struct {
	Address string
	ID      data.ID // of the import that would bring a checked file in
	Waits   bool    // the checked file is still here
	Round   string  // its address
	File    string
	At      time.Time
	By      string
	State   string // running, waiting, checked, live, undone, same, refused, failed
	Heading string
	Text    string
	Stage   string
	Done    int64
	Of      int64
	Other   string // the import that has the same file
	Report  *reportView
	MayUndo bool
	Open    bool // whether the file may come in now
}

func (s *Server) showImport(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	view := importView{Address: under(c, "imports", id.String())}
	if job, ok := s.imports.find(home(c), id); ok {
		if state := job.state(); !state.over || state.err != nil || job.dryRun || state.result.Same {
			return s.showJob(c, view, job, state)
		}
	}
	i, err := s.store.Import(c, home(c), id)
	if err != nil {
		return err
	}
	r, err := s.importRound(c, &view, i.Round)
	if err != nil {
		return err
	}
	if view.By, err = s.importedBy(c, i.By); err != nil {
		return err
	}
	l := words(c)
	view.File, view.At, view.State = i.File, i.Created.In(s.Zone), string(i.State)
	view.Heading = l.T("import.state."+view.State+".title", "n", i.Ballots, "file", i.File)
	view.Text = l.T("import.state." + view.State + ".text")
	view.MayUndo = i.State == data.Live && !r.Archived
	view.Report, err = reportOf(l, i.Report)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "import", view)
}

func (s *Server) importRound(c *gin.Context, view *importView, id data.ID) (data.Round, error) {
	r, err := s.store.Round(c, home(c), id)
	if err == nil {
		inRound(c, r, "")
		view.Round = under(c, "rounds", id.String())
		view.Open = !r.Archived && !municipality(c).Archived
	}
	return r, err
}

// showJob shows what is not in the database: a file on its way, or one that did
// not come in.
func (s *Server) showJob(c *gin.Context, view importView, job *importJob, state importState) error {
	if _, err := s.importRound(c, &view, job.round); err != nil {
		return err
	}
	l := words(c)
	view.File, view.At, view.By, view.Stage, view.Done, view.Of = job.file, job.begun.In(s.Zone), job.by, state.stage, state.done, max(state.of, 1)
	report := state.result.Report
	switch {
	case !state.over:
		view.State = "running"
	case state.err != nil:
		view.State, view.Text = failure(l, state.err)
	case state.result.Same:
		view.State, view.Other = "same", under(c, "imports", state.result.Import.ID.String())
	default:
		view.State, view.ID, view.Waits = "checked", s.Mint(), s.imports.waits(job.id)
	}
	if view.Waits {
		view.Text = l.T("import.state.checked.waits")
	}
	if state.over && (report.Kind != "" || report.Refused.Total() > 0) {
		view.Report = newReportView(l, report)
	}
	if view.Report != nil && view.State == "refused" {
		view.Report.toMend()
	}
	view.Heading = l.T("import.state."+view.State+".title", "n", report.Ballots, "file", job.file)
	if view.Text == "" {
		view.Text = l.T("import.state." + view.State + ".text")
	}
	return s.page(c, http.StatusOK, "import", view)
}

// failure says why a file did not come in: refused for what it says, or failed
// for a reason that is not its own.
func failure(l *lang.Lang, err error) (state, text string) {
	var why *ImportError
	switch {
	case errors.As(err, &why):
		return "refused", l.T(why.Key, why.Args...)
	case errors.Is(err, context.Canceled):
		return "failed", l.T("import.error.stopped")
	}
	return "failed", l.T("error.500.text")
}

// undoImport takes a file out again; the first time it asks.
func (s *Server) undoImport(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	i, err := s.store.Import(c, home(c), id)
	if err != nil {
		return err
	}
	view := importView{Address: under(c, "imports", id.String()), File: i.File}
	r, err := s.importRound(c, &view, i.Round)
	if err != nil {
		return err
	}
	switch {
	case i.State == data.Undone: // the same form once more
		return s.done(c, view.Address, nil)
	case i.State != data.Live || r.Archived:
		return data.ErrConflict
	case !f.has("sure"):
		view.Text = words(c).T("import.undo.ask", "n", i.Ballots, "file", i.File)
		return s.page(c, http.StatusOK, "import_undo", view)
	}
	if err := s.store.UndoImport(c, home(c), id, s.event(c, "import.undo", id, i.File)); err != nil {
		return err
	}
	s.Sweep()
	return s.done(c, view.Address, nil)
}
