package handlers

import (
	"bytes"
	"context"
	"slices"

	"ashar/data"
)

// staged is an entry to be: one of the session's head, or the ballot at an
// index of the file.
type staged struct {
	id     data.ID
	head   *data.Entry
	ballot int32
}

// stagedAtOnce bounds how many entries are in memory at a time.
const stagedAtOnce = 5000

// stage writes the entries of every session where nobody sees them yet.
func (w *importing) stage(ctx context.Context) error {
	done, of := int64(0), int64(len(w.ids))
	for _, s := range w.sessions {
		list := w.entries(s)
		for some := range slices.Chunk(list, stagedAtOnce) {
			entries := make([]data.Entry, len(some))
			for i, e := range some {
				entries[i] = w.entry(s, e)
				if e.head == nil {
					done++
				}
			}
			if err := w.Store.StageEntries(ctx, w.result.Municipality.ID, entries); err != nil {
				return err
			}
			w.progress(stageWrite, done, of)
		}
	}
	return nil
}

// entries are those of a session in the order of their IDs, which is the order
// in which the database keeps them: who was there, which problems the file
// asked about, and the ballots.
func (w *importing) entries(s importedSession) []staged {
	list := make([]staged, 0, len(s.ballots)+len(w.problemOf)+32)
	people := map[data.Group]int{}
	for _, i := range s.ballots {
		people[w.file.Ballots[i].Group]++
		list = append(list, staged{id: w.ids[i], ballot: i})
	}
	head := func(e data.Entry) { list = append(list, staged{id: w.Mint(), head: &e}) }
	for g, n := range people {
		head(data.Entry{Kind: data.PresenceCount, Group: g, N: n})
	}
	for _, p := range w.problemOf {
		head(data.Entry{Kind: data.Offer, Problem: p})
	}
	slices.SortFunc(list, func(a, b staged) int { return bytes.Compare(a.id[:], b.id[:]) })
	return list
}

func (w *importing) entry(s importedSession, of staged) (e data.Entry) {
	if of.head != nil {
		e = *of.head
	} else {
		b := w.file.Ballots[of.ballot]
		choices := make([]data.Choice, len(b.Choices))
		for i, c := range b.Choices {
			choices[i] = data.Choice{Problem: w.problemOf[c.Problem], Place: int(c.Place), Points: int(c.Points)}
		}
		e = data.Entry{Kind: data.Cast, Group: b.Group, Ballot: data.NewBallot(choices)}
	}
	e.ID, e.Session, e.Made, e.Received = of.id, s.ID, w.result.Import.Created, w.result.Import.Created
	return e
}
