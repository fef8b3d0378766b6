package data

import "slices"

// Present is the number of people of a group who are there, never below zero.
func (s *Sheet) Present(g Group) int { return max(0, s.counts[Cell{Group: g}].N) }

// Votes is a group's number of hands or stones for a problem.
func (s *Sheet) Votes(g Group, problem ID) Count {
	c := s.counts[Cell{g, problem}]
	c.N = max(0, c.N)
	return c
}

// Unsure are the numbers whose newest recount had not seen an older entry, in no
// order: taps were added to it, and someone should look.
func (s *Sheet) Unsure() (cells []Cell) {
	for cell, c := range s.counts {
		if c.Recent {
			cells = append(cells, cell)
		}
	}
	return cells
}

// People is the number of people there.
func (s *Sheet) People() int {
	sum := 0
	for cell := range s.counts {
		if cell.Problem.Zero() {
			sum += s.Present(cell.Group)
		}
	}
	return sum
}

// Minors are the people there who may be under eighteen.
func (s *Sheet) Minors() int {
	sum := 0
	for cell := range s.counts {
		if cell.Problem.Zero() && cell.Group.Band.UnderAge() {
			sum += s.Present(cell.Group)
		}
	}
	return sum
}

// Check is what speaks against an entry in what the sheet says: a consent is not
// taken away from people who are there.
func (s *Sheet) Check(e Entry) (bad Bad) {
	after, ok := s.Session.With(e.Field, e.Value)
	if n := s.Minors(); e.Kind == Header && ok && n > 0 && s.Session.Consented() && !after.Consented() {
		bad.Add(e.Field, "session.consent.needed", "n", n)
	}
	return bad
}

// Groups are the groups that are there or have said something, in no order.
func (s *Sheet) Groups() []Group {
	seen := map[Group]bool{}
	for cell, c := range s.counts {
		if c.N > 0 {
			seen[cell.Group] = true
		}
	}
	for _, b := range s.Ballots {
		seen[b.Group] = true
	}
	groups := make([]Group, 0, len(seen))
	for g := range seen {
		groups = append(groups, g)
	}
	return groups
}

// Said is the number of votes of a group: all hands or stones of a tally, or
// its ballots.
func (s *Sheet) Said(g Group) int {
	sum := 0
	for cell := range s.counts {
		if cell.Group == g && !cell.Problem.Zero() {
			sum += s.Votes(g, cell.Problem).N
		}
	}
	for _, b := range s.Ballots {
		if b.Group == g {
			sum++
		}
	}
	return sum
}

// Over is a number that is larger than the people who are there allow. Problem
// is zero where the ballots or all the stones of a group are too many.
type Over struct {
	Cell
	Votes   int
	Allowed int
	Reason  string // empty until somebody explains; until then the group stays out of the score
}

// TooMany tells whether so many ballots are more than the people of a group who
// are there, and nobody has explained why.
func (s *Sheet) TooMany(g Group, ballots int) bool {
	e, explained := s.explains[Cell{Group: g}]
	return ballots > s.Present(g) && !(explained && e.N >= ballots && e.Text != "")
}

// Overs are all the numbers that want explaining, in no order. A reason holds
// for the number it was given for, and for smaller ones.
func (s *Sheet) Overs() []Over {
	var overs []Over
	look := func(cell Cell, votes, allowed int) {
		if votes <= allowed {
			return
		}
		over := Over{Cell: cell, Votes: votes, Allowed: allowed}
		if e, ok := s.explains[cell]; ok && e.N >= votes {
			over.Reason = e.Text
		}
		overs = append(overs, over)
	}
	for cell := range s.counts {
		if !cell.Problem.Zero() {
			look(cell, s.Votes(cell.Group, cell.Problem).N, s.Present(cell.Group))
		}
	}
	ballots := map[Group]int{}
	for _, b := range s.Ballots {
		ballots[b.Group]++
	}
	for g, n := range ballots {
		look(Cell{Group: g}, n, s.Present(g))
	}
	if s.Session.Form == Tally && s.Session.Each > 0 {
		for _, g := range s.Groups() {
			look(Cell{Group: g}, s.Said(g), s.Session.Each*s.Present(g))
		}
	}
	return overs
}

// Undo is the newest entry of an account that it can take back by itself, or
// false. What lasts is not taken back but done anew, and a taking-back stays.
func (s *Sheet) Undo(account ID) (Entry, bool) {
	var last Entry
	for _, e := range slices.Backward(s.undoable) {
		if e.By == account && !e.Kind.Lasts() && e.Kind != Void {
			last = e
			break
		}
	}
	for _, b := range slices.Backward(s.Ballots) {
		if b.By == account {
			if cast := b.entry(); later(cast, last) > 0 {
				last = cast
				last.Session = s.Session.ID
			}
			break
		}
	}
	return last, !last.ID.Zero()
}

// entry is the entry that cast a ballot.
func (b CastBallot) entry() Entry {
	return Entry{ID: b.Entry, Kind: Cast, By: b.By, Made: b.Made, Received: b.Received, Group: b.Group, Ballot: b.Ballot}
}

// Empty tells whether nothing was said yet that a ranking could count.
func (s *Sheet) Empty() bool {
	for cell := range s.counts {
		if !cell.Problem.Zero() && s.Votes(cell.Group, cell.Problem).N > 0 {
			return false
		}
	}
	return len(s.Ballots) == 0 && len(s.Pairs) == 0 && s.Order == nil
}

// Voice is the group that speaks through the one order or matrix of a session:
// its only group, or mixed.
func (s *Sheet) Voice() (g Group, mixed bool) {
	found := 0
	for _, group := range s.Groups() {
		if s.Present(group) > 0 {
			g = group
			found++
		}
	}
	if found == 1 {
		return g, false
	}
	return Group{}, true
}

// Triads are the circles in a matrix of pairs: a above b, b above c, c above a.
// Each stands once, beginning with its earliest problem in the given order.
func (s *Sheet) Triads(problems []ID) [][3]ID {
	above := func(a, b ID) bool {
		pair, turned := PairOf(a, b)
		n := s.Pairs[pair].N
		return n > 0 != turned && n != 0
	}
	var triads [][3]ID
	for i, a := range problems {
		for j := i + 1; j < len(problems); j++ {
			for k := j + 1; k < len(problems); k++ {
				b, c := problems[j], problems[k]
				switch {
				case above(a, b) && above(b, c) && above(c, a):
					triads = append(triads, [3]ID{a, b, c})
				case above(a, c) && above(c, b) && above(b, a):
					triads = append(triads, [3]ID{a, c, b})
				}
			}
		}
	}
	return triads
}

// Wins are the pairs that a problem won and tied, and those nobody has answered
// yet, among the given problems.
func (s *Sheet) Wins(problem ID, problems []ID) (won, tied, open int) {
	for _, other := range problems {
		if other == problem {
			continue
		}
		pair, turned := PairOf(problem, other)
		c, ok := s.Pairs[pair]
		switch {
		case !ok:
			open++
		case c.N == 0:
			tied++
		case c.N > 0 != turned:
			won++
		}
	}
	return won, tied, open
}
