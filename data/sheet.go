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
	undoable []Entry
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
	Entry  ID
	By     ID
	Made   time.Time
	Group  Group
	Ballot Ballot
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

// folding is a sheet under way.
type folding struct {
	sheet    *Sheet
	counts   map[Cell][]Entry
	explains []Entry
	pairs    []Entry
	orders   []Entry
	offers   []Entry
	lines    []Entry
	voids    []Entry
	redacted map[ID]bool
	last     Entry
}

// Fold makes the sheet of a session from its entries, in the order of their
// IDs. Entries that a later one takes back leave no trace on the sheet.
func Fold(s Session, entries iter.Seq2[Entry, error]) (*Sheet, error) {
	f := folding{
		sheet:    &Sheet{Session: s, Pairs: map[Pair]Comparison{}, counts: map[Cell]Count{}, explains: map[Cell]Entry{}},
		counts:   map[Cell][]Entry{},
		redacted: map[ID]bool{},
	}
	for e, err := range entries {
		if err != nil {
			return nil, err
		}
		f.collect(e)
	}
	f.settle()
	return f.sheet, nil
}

func (f *folding) collect(e Entry) {
	f.sheet.Entries++
	switch e.Kind {
	case PresenceAdd, PresenceCount:
		cell := Cell{Group: e.Group}
		f.counts[cell] = append(f.counts[cell], e)
	case TallyAdd, TallyCount:
		cell := Cell{e.Group, e.Problem}
		f.counts[cell] = append(f.counts[cell], e)
	case Offer:
		f.offers = append(f.offers, e)
	case Explain:
		f.explains = append(f.explains, e)
	case Cast:
		f.sheet.Ballots = append(f.sheet.Ballots, CastBallot{e.ID, e.By, e.Made, e.Group, e.Ballot})
	case Compare:
		f.pairs = append(f.pairs, e)
	case Agree:
		f.orders = append(f.orders, e)
	case Note, Quote, Header:
		f.lines = append(f.lines, e)
	case Close, Reopen:
		f.sheet.Closing = e
	case Void:
		f.voids = append(f.voids, e)
	case Redact:
		f.redacted[e.Target] = true
	}
	if e.Kind != Cast && later(e, f.last) > 0 {
		f.last, f.sheet.Last = e, e.ID
	}
	if e.Kind != Cast { // imports cast by the ten thousand; see Undo
		f.sheet.undoable = append(f.sheet.undoable, e)
	}
}

// taken is the set of entries that are taken back. Taking back a taking-back
// puts the entry in again.
func (f *folding) taken() map[ID]bool {
	taken := map[ID]bool{}
	for _, v := range slices.Backward(f.voids) {
		if !taken[v.ID] {
			taken[v.Target] = true
		}
	}
	return taken
}

func (f *folding) settle() {
	taken := f.taken()
	f.sheet.Taken = taken
	kept := func(entries []Entry) []Entry {
		return slices.DeleteFunc(entries, func(e Entry) bool { return taken[e.ID] })
	}
	s := f.sheet
	seen := f.seen()
	for cell, entries := range f.counts {
		if entries = kept(entries); len(entries) > 0 {
			s.counts[cell] = count(entries, seen)
		}
	}
	s.Ballots = slices.DeleteFunc(s.Ballots, func(b CastBallot) bool { return taken[b.Entry] })
	for _, e := range kept(f.pairs) {
		pair, turned := PairOf(e.Problem, e.Other)
		n := e.N
		if turned {
			n = -n
		}
		s.Pairs[pair] = Comparison{N: n, Reason: e.Text, Entry: e.ID}
	}
	for _, e := range kept(f.orders) {
		s.Order = &CastBallot{e.ID, e.By, e.Made, e.Group, e.Ballot}
	}
	for _, e := range kept(f.explains) {
		s.explains[Cell{e.Group, e.Problem}] = e
	}
	for _, e := range kept(f.lines) {
		if e.Gone = e.Gone || f.redacted[e.ID]; e.Gone {
			e.Text = ""
		}
		s.Notes = append(s.Notes, e)
	}
	s.undoable = kept(s.undoable)
	s.list(kept(f.offers))
}

// list puts together the problems of the session: those offered, then any that
// has votes without having been offered.
func (s *Sheet) list(offers []Entry) {
	seen := map[ID]bool{}
	add := func(p ID) {
		if !p.Zero() && !seen[p] {
			seen[p] = true
			s.Problems = append(s.Problems, p)
		}
	}
	for _, e := range offers {
		add(e.Problem)
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

// later orders entries as they came in. What was made long ago, on a page left
// open or on a tablet out of reach, may come in last.
func later(a, b Entry) int {
	return cmp.Or(a.Received.Compare(b.Received), slices.Compare(a.ID[:], b.ID[:]))
}

// knows tells whether a recount that has seen up to an entry had seen another.
// Where that entry is not here its name must do, which says when it was made.
func knows(upTo, e Entry) bool {
	if upTo.Received.IsZero() {
		e.Received = upTo.Received
	}
	return later(e, upTo) <= 0
}

// seen are the entries up to which recounts know.
func (f *folding) seen() map[ID]Entry {
	seen := map[ID]Entry{}
	for _, entries := range f.counts {
		for _, e := range entries {
			if !e.Seen.Zero() {
				seen[e.Seen] = Entry{ID: e.Seen}
			}
		}
	}
	for _, e := range f.sheet.undoable {
		if _, ok := seen[e.ID]; ok {
			seen[e.ID] = e
		}
	}
	return seen
}

// count is the number that taps and recounts come to: the newest recount, and
// every tap that it had not seen. Two people who recount at the same time have
// not seen each other's: the newer one holds, flagged.
func count(entries []Entry, seen map[ID]Entry) (c Count) {
	slices.SortFunc(entries, later)
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
	for i, e := range entries {
		if knows(seen[r.Seen], e) {
			continue
		}
		if e.Kind == PresenceAdd || e.Kind == TallyAdd {
			c.N += e.N
		}
		c.Recent = c.Recent || i < recount
	}
	return c
}
