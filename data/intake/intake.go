// Package intake reads files of ballots that others have made: PabuLib's .pb
// (semicolons, the sections META, PROJECTS and VOTES) and a long CSV with one
// line for each problem on each ballot.
//
// Dirty input is normal. Nothing is dropped silently: the report says what was
// read, mapped, warned of, skipped and refused, by line. A file is taken whole
// or not at all: one refused line refuses the file, and all refused lines are
// listed, so that they can be mended in one go. Of a person's age only the
// band is kept.
package intake

import (
	"errors"
	"fmt"
	"io"

	"ashar/data"
)

// What a file may be at most. A million ballots of three lines each fit; reading
// them takes about 400 MB of memory, and the File keeps a third of that.
const (
	MaxBytes    = 128 << 20
	MaxLines    = 5_000_000
	MaxField    = 64 << 10 // bytes: a vote for 2,000 projects with ids of 30 letters
	MaxBallots  = 1_000_000
	MaxProblems = 2000
	MaxVillages = 2000
	MaxTitle    = 300       // code points of a title or an id; longer ones are cut and reported
	MaxPoints   = 1_000_000 // for one problem on one ballot
)

// File is what a file of ballots says, ready to be kept.
type File struct {
	Kind     string    // "pb" or "csv"
	Title    string    // what the file calls itself, for the report
	Form     data.Form // data.Ballots, or data.Scores where points are scores
	Points   bool      // ballots carry points
	Top      int       // how many problems a ballot may name; 0 is any number
	Problems []Problem // as they stand in the file, or as they are first named
	Villages []string  // in order of first appearance; "" where the voter has none
	Tags     []string  // tags of the file that the scheme does not know
	Ballots  []Ballot  // nil when the file is refused
	Meta     map[string]string
	Digest   string // SHA-256 of what is kept: see digest
	Report   Report
}

// Problem is a project of a .pb file, or a problem named in a CSV.
type Problem struct {
	Source   string // the file's id
	Title    string
	Cost     string // as the file writes it
	Votes    *int   // ballots naming it, as the file states; nil where it does not
	Score    *int   // points it got, as the file states
	Category string
}

// Ballot is what one person put in order.
type Ballot struct {
	Voter   string     // the file's id of the ballot
	Village int        // index into Villages
	Group   data.Group // one that the scheme has
	Choices []Choice   // best place first, problems of one place by index
}

// Choice is a problem on a ballot, as in data.Choice.
type Choice struct {
	Problem int32 // index into Problems
	Place   int32
	Points  int32
}

// errStop ends the reading after a refusal that makes the rest meaningless.
var errStop = errors.New("stop")

// Read reads a file of ballots for a round with that scheme. Name is the file's
// name, for messages; progress, which may be nil, is told the bytes read so far.
//
// The File is never nil. When the file is refused, the error is data.ErrInvalid
// and the File holds the report but no ballots.
//
// A ballot's group is always one that the scheme has. A tag that it lacks
// becomes "not said" and is listed in Tags: whoever makes a round from the file
// adds them to the scheme and reads again.
func Read(r io.Reader, name string, scheme data.Scheme, progress func(done int64)) (*File, error) {
	in := newReading(r, scheme, progress)
	f := in.file
	f.Title = base(name)
	if err := in.read(); err != nil && err != errStop {
		f.Ballots = nil
		return f, fmt.Errorf("reading %s: %w", name, err)
	}
	in.sum()
	if n := f.Report.Refused.Total(); n > 0 {
		f.Ballots = nil
		return f, fmt.Errorf("reading %s: %d refusals: %w", name, n, data.ErrInvalid)
	}
	f.Digest = f.digest()
	return f, nil
}
