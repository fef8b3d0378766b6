package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"ashar/data"
	"ashar/data/intake"
	"ashar/handlers"
	"ashar/templates/lang"
)

// importCommand reads ballots that others made.
type importCommand struct {
	File         string `arg:"" type:"existingfile" help:"PabuLib .pb file, or a CSV with a line for each choice of a ballot."`
	Municipality string `required:"" placeholder:"NAME" help:"Municipality; made when there is none of that name."`
	Round        string `required:"" placeholder:"NAME" help:"Round; made when there is none of that name."`
	Bands        string `placeholder:"BANDS" help:"Age bands of a new round, such as 14-17,18-28,29-45,46-60,61+."`
	DryRun       bool   `help:"Check the file and report, and keep nothing."`
}

// Run is called by the command line.
func (c *importCommand) Run(ctx context.Context, o *options) error {
	l, err := english()
	if err != nil {
		return err
	}
	request, err := c.request()
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	request.File = file
	result, err := o.bring(ctx, l, request)
	var refused *handlers.ImportError
	if errors.As(err, &refused) {
		return errors.New(l.T(refused.Key, refused.Args...))
	}
	if err != nil {
		return err
	}
	switch {
	case result.Same:
		fmt.Fprintln(o.out, "The same file is in this round already: nothing was added.")
	case c.DryRun:
		fmt.Fprintln(o.out, "Dry run: nothing was kept.")
	default:
		fmt.Fprintf(o.out, "Imported. ashar undo-import %s --municipality %s takes it out again.\n", result.Import.ID, result.Municipality.Slug)
	}
	return nil
}

// request is what the command line asks for.
func (c *importCommand) request() (handlers.ImportRequest, error) {
	request := handlers.ImportRequest{FileName: filepath.Base(c.File), Municipality: c.Municipality, Round: c.Round, DryRun: c.DryRun}
	var err error
	if c.Bands != "" {
		request.Bands, err = data.ParseBands(c.Bands)
	}
	return request, err
}

// bring brings a file of ballots into the database, and reports.
func (o *options) bring(ctx context.Context, l *lang.Lang, request handlers.ImportRequest) (result handlers.ImportResult, err error) {
	db, err := o.open(ctx)
	if err != nil {
		return result, err
	}
	defer db.Close()
	zone, err := time.LoadLocation(usualZone)
	if err != nil {
		return result, err
	}
	result, err = handlers.Import(ctx, handlers.ImportTools{Store: db, Now: time.Now, Mint: handlers.Mint, Zone: zone}, request, nil)
	if err == nil || result.Report.Refused.Total() > 0 {
		report(o.out, l, result)
	}
	return result, err
}

// noteLines bounds how many lines of one kind a terminal is shown.
const noteLines = 20

// report prints what became of every line of the file; of one that is refused
// only what has to be mended, for the rest will be said when it is.
func report(w io.Writer, l *lang.Lang, result handlers.ImportResult) {
	r := result.Report
	fmt.Fprintf(w, "%s\n", r.Title)
	fmt.Fprintf(w, "Lines with votes: %d; read %d, skipped %d, refused %d\n", r.Rows.All, r.Rows.Read, r.Rows.Skipped, r.Rows.Refused)
	if r.Refused.Total() > 0 {
		part(w, l, "Refused", r.Refused)
		return
	}
	fmt.Fprintf(w, "Ballots: %d; problems: %d; villages: %d; sessions: %d\n", r.Ballots, r.Problems, r.Villages, r.Sessions)
	counts(w, "By sex", r.Sexes)
	counts(w, "By age", r.Bands)
	part(w, l, "Mapped", r.Mapped)
	part(w, l, "Warnings", r.Warned)
	part(w, l, "Skipped", r.Skipped)
}

func counts(w io.Writer, heading string, counts []intake.Count) {
	if len(counts) == 0 {
		return
	}
	fmt.Fprint(w, heading+":")
	for _, c := range counts {
		key := c.Key
		if key == "" {
			key = "unknown"
		}
		fmt.Fprintf(w, " %s %d", key, c.N)
	}
	fmt.Fprintln(w)
}

func part(w io.Writer, l *lang.Lang, heading string, p intake.Part) {
	if len(p.Notes) == 0 {
		return
	}
	fmt.Fprintln(w, heading+":")
	shown := map[string]int{}
	for _, n := range p.Notes {
		if shown[n.Key]++; shown[n.Key] > noteLines {
			continue
		}
		place := ""
		if n.Line > 0 {
			place = "line " + strconv.Itoa(n.Line) + ": "
		}
		fmt.Fprintln(w, "  "+place+l.T(n.Key, n.Args...))
	}
	for key, n := range p.Counts {
		if n > noteLines {
			fmt.Fprintf(w, "  … and %d more like: %s\n", n-noteLines, key)
		}
	}
}

// undoCommand takes an import out again.
type undoCommand struct {
	ID           string `arg:"" help:"ID of the import."`
	Municipality string `required:"" placeholder:"NAME" help:"Name of the municipality, or its word in addresses."`
}

// Run is called by the command line.
func (c *undoCommand) Run(ctx context.Context, o *options) error {
	id, err := data.ParseID(c.ID)
	if err != nil {
		return err
	}
	db, m, err := o.openAt(ctx, c.Municipality)
	if err != nil {
		return err
	}
	defer db.Close()
	e := data.Event{Municipality: m.ID, At: time.Now(), Action: "import.undo", Subject: id}
	if err := db.UndoImport(ctx, m.ID, id, e); err != nil {
		return err
	}
	fmt.Fprintln(o.out, "The import is out.")
	return db.SweepImports(ctx, time.Now().Add(-24*time.Hour))
}
