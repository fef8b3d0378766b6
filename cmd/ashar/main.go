// Command ashar starts Ashar. Flags, the environment, the clock and the signals
// of the system live here and nowhere else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the villages' time zone, also where the system has no table of them

	"github.com/alecthomas/kong"

	"ashar/data/store"
)

// options is the command line. Every flag has a variable of the environment.
type options struct {
	DB string `name:"db" env:"ASHAR_DB" default:"data/ashar.db" placeholder:"PLACE" help:"Database: a file path (SQLite) or postgres://user@host/name."`

	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the pages (this is what ashar does when it is told nothing)."`
	Demo    demoCommand    `cmd:"" help:"Serve a throw-away copy filled with an invented round of Ak-Muz."`
	Import  importCommand  `cmd:"" help:"Read a file of ballots into a round, all or nothing."`
	Undo    undoCommand    `cmd:"" name:"undo-import" help:"Take an import out again."`
	Ranking rankingCommand `cmd:"" help:"Print a ranking."`
	Backup  backupCommand  `cmd:"" help:"Copy the database while it is in use, and check the copy."`
	Restore restoreCommand `cmd:"" help:"Put a backup in the place of the database."`
	Verify  verifyCommand  `cmd:"" help:"Check that nothing in the audit was changed."`
	SetUp   setUpCommand   `cmd:"" name:"set-up" help:"Print a new link for the first administrator."`
	Reset   resetCommand   `cmd:"" name:"reset-administrator" help:"Print a one-time link by which an administrator sets a new password."`
	Version versionCommand `cmd:"" help:"Print the version."`

	out io.Writer // where commands print
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ashar:", plain(err))
		stop()
		os.Exit(1)
	}
}

// run is the whole program: what it prints goes to out.
func run(ctx context.Context, out io.Writer, args []string) error {
	o := options{out: out}
	parser, err := kong.New(&o, kong.Name("ashar"),
		kong.Description("Ashar: what a village needs, from focus groups to an honest order of priorities."),
		kong.UsageOnError(), kong.Writers(out, os.Stderr), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&o))
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	command, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return command.Run()
}

// plain says the troubles that an operator can mend in a way that tells how.
func plain(err error) string {
	switch {
	case errors.Is(err, store.ErrNoCGO):
		return "this program was built without a C compiler, which SQLite needs. Install gcc (apt install gcc) and build again with CGO_ENABLED=1, or give a postgres:// address with --db."
	case errors.Is(err, store.ErrServed):
		return err.Error() + ". Stop it first, or give another file with --db. Commands such as import or ranking may run beside it."
	case errors.Is(err, store.ErrNewer):
		return err.Error() + ". Start the newer program, or restore an older backup."
	}
	return err.Error()
}
