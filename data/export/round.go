// Package export writes what a round holds for others to use: its ballots as
// PabuLib's .pb and as the long CSV that package intake reads, and its ranking.
package export

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"ashar/data"
)

// Round is a round as a file of ballots tells it.
type Round struct {
	Municipality string
	Name         string
	Starts, Ends data.Date // empty where not known
	Top          int       // how many problems a ballot may name; 0 is any number
	Problems     []Problem
	Ballots      iter.Seq2[Ballot, error] // ranged over twice
	LeftOut      []Session
}

// Problem is a column of the vote.
type Problem struct {
	ID     data.ID
	Source string // the id it came with; one is made where there is none
	Title  string
	Cost   string // as the file it came from wrote it; empty where nobody said
}

// Ballot is one person's ballot. It carries no name: files number their ballots.
type Ballot struct {
	Village string
	Group   data.Group
	Scores  bool // its points are scores
	Choices data.Ballot
}

// Session is one that has no ballots, only counts or a common order, and so
// cannot be in a file of ballots. The file names it where it can.
type Session struct {
	Village string
	Date    data.Date
	Form    data.Form
}

// kind is how all ballots of a round can be written. The first that loses
// nothing is taken.
type kind string

const (
	approval   kind = "approval"   // every ballot is one tier, without points
	cumulative kind = "cumulative" // points say the order
	scoring    kind = "scoring"    // scores say the order
	ordinal    kind = "ordinal"    // anything else
)

// survey is what must be known of a round before the first ballot is written.
type survey struct {
	kind    kind
	ballots int
	ties    bool // some ballot has two problems in one place
	points  bool // some ballot has points
	tags    bool
	ids     map[data.ID]string // of problems, as files write them
	index   map[data.ID]int
	votes   []int
	score   []int
}

func look(r Round) (*survey, error) {
	s := &survey{ids: ids(r.Problems), index: map[data.ID]int{}, votes: make([]int, len(r.Problems)), score: make([]int, len(r.Problems))}
	for i, p := range r.Problems {
		s.index[p.ID] = i
	}
	flat, byPoints, scores, negative := true, true, 0, false
	for b, err := range r.Ballots {
		if err != nil {
			return nil, err
		}
		s.ballots++
		s.tags = s.tags || b.Group.Tag != ""
		s.points = s.points || pointed(b)
		if b.Scores {
			scores++
		}
		byPoints = byPoints && slices.Equal(places(data.BallotByPoints(b.Choices)), places(b.Choices))
		for i, c := range b.Choices {
			at, ok := s.index[c.Problem]
			if !ok {
				return nil, fmt.Errorf("problem %s of a ballot: %w", c.Problem, data.ErrMissing)
			}
			s.votes[at]++
			s.score[at] += c.Points
			flat = flat && c.Place == 1
			negative = negative || c.Points < 0
			s.ties = s.ties || i > 0 && c.Place == b.Choices[i-1].Place
		}
	}
	switch {
	case !s.points && flat:
		s.kind = approval
	case s.points && byPoints && scores == s.ballots:
		s.kind = scoring
	case s.points && byPoints && scores == 0 && !negative:
		s.kind = cumulative
	default:
		s.kind = ordinal
	}
	return s, nil
}

// pointed tells whether a ballot carries points. One whose points are all zero
// says the same without them.
func pointed(b Ballot) bool {
	return b.Scores || slices.ContainsFunc(b.Choices, func(c data.Choice) bool { return c.Points != 0 })
}

// places are the problems of a ballot in an order of their own, each with its
// place.
func places(b data.Ballot) []data.Choice {
	out := slices.Clone(b)
	slices.SortFunc(out, func(x, y data.Choice) int { return slices.Compare(x.Problem[:], y.Problem[:]) })
	return out
}

// ids gives every problem an id that files can write: its own source if it is
// the only one with it and has no comma, which parts ids in a .pb.
func ids(problems []Problem) map[data.ID]string {
	count := map[string]int{}
	for _, p := range problems {
		count[p.Source]++
	}
	out := make(map[data.ID]string, len(problems))
	for _, p := range problems {
		if s := p.Source; s != "" && count[s] == 1 && len(s) <= data.MaxLine && s == line(s) && !strings.Contains(s, ",") {
			out[p.ID] = s
		}
	}
	next := 0
	for _, p := range problems {
		for out[p.ID] == "" {
			next++
			if made := "p" + strconv.Itoa(next); count[made] == 0 {
				out[p.ID] = made
			}
		}
	}
	return out
}

// line is a text on one line.
func line(s string) string { return strings.ReplaceAll(data.Clean(s), "\n", " ") }
