package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"ashar/data"
	"ashar/data/intake"
	"ashar/data/store"
)

// ImportTools are what an import needs of the world around it.
type ImportTools struct {
	Store *store.Store
	Now   func() time.Time
	Mint  func() data.ID
	Zone  *time.Location // of the villages
	By    data.ID        // the account; zero for the command line
}

// ImportRequest says which file of ballots goes into which round. A
// municipality or round that does not exist is made.
type ImportRequest struct {
	ID           data.ID       // of the import; minted where it is zero
	File         io.ReadSeeker // read a second time where its tags make the scheme of a new round
	FileName     string
	Size         int64       // in bytes, for the progress; 0 where it is not known
	Municipality string      // its name in any language, or its word in addresses
	Round        string      // its name or its ID
	Bands        []data.Band // nil: the bands of the round, or the usual ones for a new one
	DryRun       bool        // everything but keeping it
}

// ImportResult is what came of a file, also where it was refused.
type ImportResult struct {
	Municipality data.Municipality
	Round        data.Round
	Import       data.Import // the one that holds the ballots, or would after a dry run
	Same         bool        // the file is in the round already, and nothing was added
	Report       ImportReport
}

// ImportError is why a file is not taken, as a message key. It wraps
// data.ErrInvalid where the file or what was asked is wrong, and
// data.ErrConflict where what is in the round speaks against it.
type ImportError struct {
	data.Fault
	Count int // ballots of the file that are in the round already
	kind  error
}

func (e *ImportError) Error() string { return fmt.Sprint(e.Key, " ", e.Args, ": ", e.kind) }

// Unwrap is the kind of trouble.
func (e *ImportError) Unwrap() error { return e.kind }

func refused(key string, args ...any) error {
	return &ImportError{Fault: data.Fault{Key: key, Args: args}, kind: data.ErrInvalid}
}

// The stages of an import, as progress is told them.
const (
	stageRead  = "read"  // bytes of the file
	stageWrite = "write" // ballots
)

// Import reads a file of ballots into a round, all or nothing: it is checked
// and staged first, which nobody sees and which holds nobody up, and made
// visible in one step. The same file again adds nothing. Each village of the
// file becomes one closed session with everybody who voted there.
//
// progress, which may be nil, is told how far a stage has come.
func Import(ctx context.Context, tools ImportTools, in ImportRequest, progress func(stage string, done, of int64)) (ImportResult, error) {
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	w := &importing{ImportTools: tools, in: in, progress: progress}
	err := w.run(ctx)
	return w.result, err
}

// importing is an import under way.
type importing struct {
	ImportTools
	in       ImportRequest
	progress func(stage string, done, of int64)
	result   ImportResult

	newMunicipality, newRound bool
	file                      *intake.File
	lang                      string    // that its titles are written in
	ids                       []data.ID // of the ballots
	villages                  []data.Village
	problems                  []data.Problem
	problemOf                 []data.ID // by index in the file
	sessions                  []importedSession
}

func (w *importing) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{w.target, w.read, w.compare} {
		if err := step(ctx); err != nil || w.result.Same {
			return err
		}
	}
	if err := w.match(ctx); err != nil || w.in.DryRun {
		return err
	}
	err := w.keep(ctx)
	if !errors.Is(err, data.ErrConflict) {
		return err
	}
	// Somebody else was first: look again to say what is in the way.
	if err := w.compare(ctx); err != nil || w.result.Same {
		return err
	}
	return &ImportError{Fault: data.Fault{Key: "import.error.meanwhile"}, kind: data.ErrConflict}
}

// compare finds out whether the file, or some of its ballots, are in the round
// already.
func (w *importing) compare(ctx context.Context) error {
	municipality, round := w.result.Municipality.ID, w.result.Round.ID
	imports, err := w.Store.Imports(ctx, municipality, round)
	if err != nil {
		return err
	}
	for _, i := range imports {
		if i.State == data.Live && i.Digest == w.file.Digest {
			w.result.Import, w.result.Same = i, true
			return nil
		}
	}
	known, err := w.Store.BallotIDs(ctx, municipality, round)
	if err != nil {
		return err
	}
	n := 0
	for _, id := range w.ids {
		if known[id] {
			n++
		}
	}
	if n > 0 {
		return &ImportError{Fault: data.Fault{Key: "import.error.ballots", Args: []any{"n", n}}, Count: n, kind: data.ErrConflict}
	}
	return nil
}

// keep stages everything and makes it visible. What was staged in vain is swept
// up, also where the request was given up.
func (w *importing) keep(ctx context.Context) error {
	municipality, id := w.result.Municipality.ID, w.result.Import.ID
	sessions := make([]data.ID, len(w.sessions))
	for i, s := range w.sessions {
		sessions[i] = s.ID
	}
	if err := w.Store.StageImport(ctx, municipality, w.result.Import, sessions); err != nil {
		return err
	}
	err := w.stage(ctx)
	if err == nil {
		err = w.finish(ctx)
	}
	if err == nil {
		w.result.Import.State = data.Live
		return nil
	}
	sweep, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return errors.Join(err, w.Store.DropImport(sweep, municipality, id))
}

func (w *importing) finish(ctx context.Context) error {
	r := &w.result
	b := store.Batch{Import: r.Import, Villages: w.villages, Problems: w.problems}
	for _, s := range w.sessions {
		b.Sessions = append(b.Sessions, s.Session)
	}
	if w.newMunicipality {
		b.Municipality = &r.Municipality
	}
	if w.newRound {
		b.Round = &r.Round
	} else {
		b.Scheme = &r.Round.Scheme
	}
	now := w.Now()
	return w.Store.FinishImport(ctx, r.Municipality.ID, b, now, data.Event{At: now, Account: w.By, Action: "import.add", Subject: r.Import.ID, Detail: r.Import.File})
}
