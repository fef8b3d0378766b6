package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"ashar/data"
	"ashar/data/store"
	"ashar/handlers"
	"ashar/templates/lang"
)

// open opens the database for a command, which may run beside a server.
func (o *options) open(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, o.DB, handlers.Mint)
}

// openAt opens the database, and finds a municipality in it.
func (o *options) openAt(ctx context.Context, name string) (*store.Store, data.Municipality, error) {
	db, err := o.open(ctx)
	if err != nil {
		return nil, data.Municipality{}, err
	}
	m, err := handlers.FindMunicipality(ctx, db, name)
	if err != nil {
		return nil, m, errors.Join(err, db.Close())
	}
	return db, m, nil
}

// english is the language of the command line.
func english() (*lang.Lang, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	l, ok := words.Get("en")
	if !ok {
		return nil, errors.New("there is no English")
	}
	return l, nil
}

// rankingCommand prints a ranking.
type rankingCommand struct {
	Municipality string `required:"" placeholder:"NAME" help:"Name of the municipality in any language, or its word in addresses."`
	Round        string `required:"" placeholder:"NAME" help:"Name of the round, or its ID."`
	By           string `placeholder:"sex,band,village,tag" help:"Break the ranking down by these."`
	View         string `enum:"people,groups,population," default:"" help:"people, groups or population; without it the frozen rule of the round."`
	Format       string `enum:"table,json,csv" default:"table" help:"table, json or csv."`
}

// Run is called by the command line.
func (c *rankingCommand) Run(ctx context.Context, o *options) error {
	by, err := handlers.ParseBy(c.By)
	if err != nil {
		return err
	}
	l, err := english()
	if err != nil {
		return err
	}
	db, m, err := o.openAt(ctx, c.Municipality)
	if err != nil {
		return err
	}
	defer db.Close()
	round, err := handlers.FindRound(ctx, db, m.ID, c.Round)
	if err != nil {
		return err
	}
	counted, err := handlers.Count(ctx, db, m.ID, round)
	if err != nil {
		return err
	}
	view := data.View(c.View)
	if view == "" {
		view = round.Rule.View
	}
	document := counted.Document(l, m, view, handlers.Everybody, by)
	switch c.Format {
	case "json":
		return document.JSON(o.out)
	case "csv":
		return document.CSV(o.out, l.T)
	}
	return document.Table(o.out, l.T)
}

// backupCommand copies the database while it is in use.
type backupCommand struct {
	File string `arg:"" help:"File to write; it must not exist."`
}

// Run is called by the command line.
func (c *backupCommand) Run(ctx context.Context, o *options) error {
	db, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Backup(ctx, c.File); err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%s is written, and was opened again and checked. Its SHA-256 is in %s: keep the two together.\n", c.File, store.SumOf(c.File))
	return nil
}

// restoreCommand puts a backup in the place of the database.
type restoreCommand struct {
	File  string `arg:"" help:"Backup to restore."`
	Force bool   `help:"Move an existing database aside first; nothing is deleted."`
}

// Run is called by the command line.
func (c *restoreCommand) Run(ctx context.Context, o *options) error {
	if strings.HasPrefix(o.DB, "postgres") {
		return store.ErrPostgres
	}
	aside := ""
	if c.Force {
		aside = o.DB + ".before-restore-" + time.Now().UTC().Format("20060102T150405")
	}
	r, err := store.Restore(ctx, c.File, o.DB, aside)
	if r.Aside != "" {
		fmt.Fprintf(o.out, "The database that was there is now %s.\n", r.Aside)
	}
	if errors.Is(err, store.ErrExists) && !c.Force {
		return fmt.Errorf("%w; --force moves it aside", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%s is restored to %s.\n", c.File, o.DB)
	if r.Summed {
		fmt.Fprintln(o.out, "It is byte for byte the file that was written: its SHA-256 is right.")
	} else {
		fmt.Fprintf(o.out, "There is no %s. The pages, the references and the chain of the audit were checked and hold; "+
			"that no letter or number inside an entry was changed since the backup cannot be promised.\n", store.SumOf(c.File))
	}
	return nil
}

// verifyCommand checks the audit.
type verifyCommand struct{}

var errBroken = errors.New("the audit does not hold")

// Run is called by the command line.
func (c *verifyCommand) Run(ctx context.Context, o *options) error {
	db, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	good, broken, err := db.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%d events hold.\n", good)
	for _, b := range broken {
		fmt.Fprintf(o.out, "Municipality %s: event %d does not follow from the one before.\n", b.Municipality, b.Seq)
	}
	if len(broken) > 0 {
		return errBroken
	}
	return nil
}

// setUpCommand makes a new link for the first administrator.
type setUpCommand struct {
	Base string `env:"ASHAR_URL" default:"http://127.0.0.1:8080" help:"Address of the server."`
}

// Run is called by the command line.
func (c *setUpCommand) Run(ctx context.Context, o *options) error {
	db, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := db.Administrators(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		return errors.New("there is an administrator already; ashar reset-administrator makes a link for a new password")
	}
	path, err := handlers.NewSetUp(ctx, db, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintln(o.out, strings.TrimSuffix(c.Base, "/")+path)
	return nil
}

// resetCommand lets an administrator in again who lost the password.
type resetCommand struct {
	Login string `arg:"" optional:"" help:"Login of the administrator; the last one made where it is left out."`
	Base  string `env:"ASHAR_URL" default:"http://127.0.0.1:8080" help:"Address of the server."`
}

// Run is called by the command line.
func (c *resetCommand) Run(ctx context.Context, o *options) error {
	db, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return err
	}
	var found data.Account
	for _, a := range accounts {
		if a.Role == data.Administrator && (c.Login == "" || data.LoginKey(c.Login) == data.LoginKey(a.Login)) {
			found = a
		}
	}
	if found.ID.Zero() {
		return fmt.Errorf("administrator %q: %w", c.Login, data.ErrMissing)
	}
	e := data.Event{At: time.Now(), Action: "account.link", Subject: found.ID, Detail: found.Login}
	if !found.Active {
		found.Active = true
		if err := db.SaveAccount(ctx, found, data.Event{At: time.Now(), Action: "account.save", Subject: found.ID, Detail: found.Login}); err != nil {
			return err
		}
	}
	path, err := handlers.NewReset(ctx, db, found.ID, time.Now(), e)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%s\n%s%s\n", found.Login, strings.TrimSuffix(c.Base, "/"), path)
	return nil
}

// versionCommand prints what this program was built from.
type versionCommand struct{}

// Run is called by the command line.
func (c *versionCommand) Run(o *options) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("built without information on its build")
	}
	fmt.Fprintln(o.out, "ashar", info.Main.Version, info.GoVersion)
	return nil
}
