package data

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Sheet is what a session says now: the fold of its entries. Nothing on it is
// kept anywhere else.
type Sheet struct {
	Session  Session
	Problems []ID // put before the group, in that order
	Ballots  []CastBallot
	Pairs    map[Pair]Comparison
	Order    *CastBallot // the agreed order, the latest where there are several
	Notes    []Entry     // notes, quotes and corrections of the head
	Closing  Entry       // the last closing or reopening
	Last     ID          // the entry that came in last, ballots aside: what a recount has seen
	Entries  int
	Taken    map[ID]bool // entries that were taken back

	counts   map[Cell]Count
	explains map[Cell]Entry
	undoable []Entry // in the order in which they came in, ballots aside
}

// Cell is where a number of a sheet stands: a group, and a problem or, for the
// people present, no problem.
type Cell struct {
	Group   Group
	Problem ID
}

// Count is a number of a sheet.
type Count struct {
	N      int
	Recent bool // the newest recount had not seen an older entry: taps are added, and someone should look
}

// CastBallot is one person's ballot or score sheet, or a group's agreed order.
type CastBallot struct {
	Entry    ID
	By       ID
	Made     time.Time
	Received time.Time
	Group    Group
	Ballot   Ballot
}

// Pair is two problems put against each other, the smaller ID first.
type Pair struct{ A, B ID }

// PairOf orders two problems into a pair, and tells whether it turned them.
func PairOf(a, b ID) (p Pair, turned bool) {
	if slices.Compare(a[:], b[:]) > 0 {
		return Pair{b, a}, true
	}
	return Pair{a, b}, false
}

// Comparison is what the group said of a pair: N is 1 where A is needed more,
// -1 where B is, 0 where both are alike.
type Comparison struct {
	N      int
	Reason string
	Entry  ID
}

// Fold makes the sheet of a session from its entries, in the order in which they
// came in, whatever order they stand in. Entries that a later one takes back
// leave no trace on the sheet.
func Fold(s Session, entries iter.Seq2[Entry, error]) (*Sheet, error) {
	sheet := &Sheet{Session: s, Pairs: map[Pair]Comparison{}, counts: map[Cell]Count{}, explains: map[Cell]Entry{}}
	var written []Entry // all but ballots, which imports bring by the ten thousand
	for e, err := range entries {
		if err != nil {
			return nil, err
		}
		sheet.Entries++
		if e.Kind == Cast {
			sheet.Ballots = append(sheet.Ballots, castBallot(e))
		} else {
			written = append(written, e)
		}
	}
	sheet.settle(written)
	return sheet, nil
}

func castBallot(e Entry) CastBallot {
	return CastBallot{e.ID, e.By, e.Made, e.Received, e.Group, e.Ballot}
}

// later orders entries as they came in. What a tablet's clock says, and so the
// name that the tablet gave, decides only between those of one moment.
func later(a, b Entry) int {
	return cmp.Or(a.Received.Compare(b.Received), slices.Compare(a.ID[:], b.ID[:]))
}

// laterCast is the same for ballots.
func laterCast(a, b CastBallot) int {
	return cmp.Or(a.Received.Compare(b.Received), slices.Compare(a.Entry[:], b.Entry[:]))
}

func (s *Sheet) settle(written []Entry) {
	slices.SortFunc(written, later)
	slices.SortFunc(s.Ballots, laterCast)
	arrived := make(map[ID]int, len(written)) // from 1
	redacted := map[ID]bool{}
	for i, e := range written {
		arrived[e.ID], s.Last = i+1, e.ID
		if e.Kind == Redact {
			redacted[e.Target] = true
		}
	}
	s.Taken = taken(written)
	s.Ballots = slices.DeleteFunc(s.Ballots, func(b CastBallot) bool { return s.Taken[b.Entry] })
	s.undoable = slices.DeleteFunc(written, func(e Entry) bool { return s.Taken[e.ID] })
	cells := map[Cell][]Entry{}
	for _, e := range s.undoable {
		switch e.Kind {
		case PresenceAdd, PresenceCount:
			cell := Cell{Group: e.Group}
			cells[cell] = append(cells[cell], e)
		case TallyAdd, TallyCount:
			cell := Cell{e.Group, e.Problem}
			cells[cell] = append(cells[cell], e)
		default:
			s.say(e, redacted)
		}
	}
	for cell, entries := range cells {
		s.counts[cell] = count(entries, arrived)
	}
	s.list()
}

// say puts on the sheet what an entry says in words or in order: of a thing said
// twice the later holds.
func (s *Sheet) say(e Entry, redacted map[ID]bool) {
	switch e.Kind {
	case Explain:
		s.explains[Cell{e.Group, e.Problem}] = e
	case Compare:
		pair, turned := PairOf(e.Problem, e.Other)
		if turned {
			e.N = -e.N
		}
		s.Pairs[pair] = Comparison{N: e.N, Reason: e.Text, Entry: e.ID}
	case Agree:
		order := castBallot(e)
		s.Order = &order
	case Note, Quote, Header:
		if e.Gone = e.Gone || redacted[e.ID]; e.Gone {
			e.Text = ""
		}
		s.Notes = append(s.Notes, e)
	case Close, Reopen:
		s.Closing = e
	}
}

// taken are the entries that are taken back. Taking back a taking-back puts the
// entry in again. What lasts stays, for what it changed stays too.
func taken(written []Entry) map[ID]bool {
	taken := map[ID]bool{}
	for _, v := range slices.Backward(written) {
		if v.Kind == Void && !taken[v.ID] {
			taken[v.Target] = true
		}
	}
	for _, e := range written {
		if e.Kind.Lasts() {
			delete(taken, e.ID)
		}
	}
	return taken
}

// list puts together the problems of the session: those offered, then any that
// has votes without having been offered.
func (s *Sheet) list() {
	seen := map[ID]bool{}
	add := func(p ID) {
		if !p.Zero() && !seen[p] {
			seen[p] = true
			s.Problems = append(s.Problems, p)
		}
	}
	for _, e := range s.undoable {
		if e.Kind == Offer {
			add(e.Problem)
		}
	}
	more := map[ID]bool{}
	for cell := range s.counts {
		more[cell.Problem] = true
	}
	for pair := range s.Pairs {
		more[pair.A], more[pair.B] = true, true
	}
	for _, b := range s.Ballots {
		for _, c := range b.Ballot {
			more[c.Problem] = true
		}
	}
	if s.Order != nil {
		for _, c := range s.Order.Ballot {
			more[c.Problem] = true
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(more), func(a, b ID) int { return slices.Compare(a[:], b[:]) }) {
		add(p)
	}
}

// count is the number that taps and recounts, in the order in which they came
// in, come to: the newest recount, and every tap that it had not seen. Two people
// who recount at the same time have not seen each other's: the newer one holds,
// flagged. So does one whose writer had last seen a tap that was refused: the
// hands were counted all the same.
func count(entries []Entry, arrived map[ID]int) (c Count) {
	recount := -1
	for i, e := range entries {
		if e.Kind == PresenceCount || e.Kind == TallyCount {
			recount = i
		}
	}
	if recount < 0 {
		for _, e := range entries {
			c.N += e.N
		}
		return c
	}
	r := entries[recount]
	c.N = r.N
	upTo, here := arrived[r.Seen]
	if !here && !r.Seen.Zero() {
		upTo, c.Recent = arrived[r.ID], true
	}
	for i, e := range entries {
		if arrived[e.ID] <= upTo {
			continue
		}
		if e.Kind == PresenceAdd || e.Kind == TallyAdd {
			c.N += e.N
		}
		c.Recent = c.Recent || i < recount
	}
	return c
}
