package data

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// came is an entry whose ID says one thing of when it was made, and whose
// arrival is another.
func came(e Entry, name, second int) Entry {
	e.ID, e.Received = id(name), time.Unix(int64(second), 0)
	return e
}

func TestWhatCameInLastHolds(t *testing.T) {
	agree := func(b Ballot) Entry { return Entry{Kind: Agree, Ballot: b} }
	explain := func(text string) Entry {
		return Entry{Kind: Explain, Group: women, Problem: water, N: 9, Text: text}
	}
	note := func(text string) Entry { return Entry{Kind: Note, Text: text} }
	for name, c := range map[string]struct {
		first, last Entry
		holds       func(*Sheet) bool
	}{
		"a pair":    {pair(water, road, 1), pair(road, water, 1), func(s *Sheet) bool { return s.Pairs[Pair{water, road}].N == -1 }},
		"an order":  {agree(ballot(1, 1, 0)), agree(ballot(2, 1, 0)), func(s *Sheet) bool { return s.Order.Ballot[0].Problem == id(2) }},
		"a closing": {Entry{Kind: Close}, Entry{Kind: Reopen, Text: "one is missing"}, func(s *Sheet) bool { return s.Closing.Kind == Reopen }},
		"the list":  {Entry{Kind: Offer, Problem: road}, Entry{Kind: Offer, Problem: water}, func(s *Sheet) bool { return slices.Equal(s.Problems, []ID{road, water}) }},
		"a reason":  {explain("late"), explain("children"), func(s *Sheet) bool { return s.explains[Cell{women, water}].Text == "children" }},
		"notes":     {note("first"), note("then"), func(s *Sheet) bool { return s.Notes[0].Text == "first" && s.Notes[1].Text == "then" }},
		"ballots":   {cast(women, ballot(1, 1, 0)), cast(men, ballot(1, 1, 0)), func(s *Sheet) bool { return s.Ballots[1].Group == men }},
		"undo":      {tap(women, water, 1), tap(men, water, 1), func(s *Sheet) bool { e, _ := s.Undo(ID{}); return e.Group == men }},
		"a ballot":  {tap(women, water, 1), cast(men, ballot(1, 1, 0)), func(s *Sheet) bool { e, _ := s.Undo(ID{}); return e.Kind == Cast }},
		"the last":  {tap(women, water, 1), tap(men, water, 1), func(s *Sheet) bool { return s.Last != id(2) }},
		"taps last": {cast(men, ballot(1, 1, 0)), tap(women, water, 1), func(s *Sheet) bool { e, _ := s.Undo(ID{}); return e.Kind == TallyAdd }},
	} {
		right := says(t, sitting(Tally), came(c.first, 2, 10), came(c.last, 3, 20))
		wrong := says(t, sitting(Tally), came(c.first, 2, 10), came(c.last, 1, 20)) // the tablet's clock is behind
		if !c.holds(right) || !c.holds(wrong) {
			t.Errorf("%s: with a right clock %v, with a wrong one %v", name, c.holds(right), c.holds(wrong))
		}
	}
}

// TestNamesOfEntriesDecideNothing gives the same entries, which came in at the
// same moments, other IDs, and wants the same sheet.
func TestNamesOfEntriesDecideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "entries")
		entries := make([]Entry, n)
		for i := range entries {
			entries[i] = came(anyEntry(t, i), i+1, 1000+i)
		}
		names := rapid.Permutation(entries).Draw(t, "names")
		renamed := map[ID]ID{{}: {}}
		for i, e := range entries {
			renamed[e.ID] = names[i].ID
		}
		back := map[ID]ID{}
		other := make([]Entry, n)
		for i, e := range entries {
			other[i] = renameEntry(e, renamed)
			back[other[i].ID] = e.ID
		}
		want, got := says(t, sitting(Tally), entries...), says(t, sitting(Tally), other...)
		if diff := cmp.Diff(outline(want, nil), outline(got, back)); diff != "" {
			t.Fatalf("(-by one name +by another)\n%s", diff)
		}
	})
}

// anyEntry is the i-th entry of a sitting: it may know of those before it.
func anyEntry(t *rapid.T, i int) Entry {
	g, p := rapid.SampledFrom([]Group{women, men}).Draw(t, "group"), rapid.SampledFrom([]ID{water, road, light}).Draw(t, "problem")
	e := good(rapid.SampledFrom(kinds).Draw(t, "kind"))
	e.By = id(rapid.IntRange(1, 2).Draw(t, "by"))
	e.N = rapid.IntRange(-1, 5).Draw(t, "n")
	switch e.Kind {
	case Compare:
		e.Other = rapid.SampledFrom([]ID{water, road, light}).Draw(t, "other")
		e.N = rapid.IntRange(-1, 1).Draw(t, "said")
	case Cast, Agree:
		e.Ballot = Ballot{{p, 1, 0}}
	}
	if !e.Problem.Zero() {
		e.Problem = p
	}
	e.Group, e.Text = g, rapid.SampledFrom([]string{"one", "other"}).Draw(t, "text")
	earlier := rapid.IntRange(0, i).Draw(t, "earlier") // 0 is none
	e.Seen, e.Target = id(earlier), id(max(earlier, 1))
	return e
}

func renameEntry(e Entry, names map[ID]ID) Entry {
	e.ID, e.Seen, e.Target = names[e.ID], names[e.Seen], names[e.Target]
	return e
}

// sheetOutline is all that a sheet says.
type sheetOutline struct {
	Problems []ID
	Ballots  []CastBallot
	Pairs    map[Pair]Comparison
	Order    *CastBallot
	Notes    []Entry
	Closing  Entry
	Last     ID
	Taken    map[ID]bool
	Counts   map[Cell]Count
	Explains map[Cell]Entry
	Undo     [2]Entry
}

// outline is a sheet with its entries named as before.
func outline(s *Sheet, back map[ID]ID) sheetOutline {
	name := func(id ID) ID {
		if was, ok := back[id]; ok {
			return was
		}
		return id
	}
	entry := func(e Entry) Entry {
		e.ID, e.Seen, e.Target = name(e.ID), name(e.Seen), name(e.Target)
		return e
	}
	o := sheetOutline{Problems: s.Problems, Pairs: map[Pair]Comparison{}, Last: name(s.Last), Closing: entry(s.Closing), Taken: map[ID]bool{},
		Counts: s.counts, Explains: map[Cell]Entry{}}
	for _, b := range s.Ballots {
		b.Entry = name(b.Entry)
		o.Ballots = append(o.Ballots, b)
	}
	for pair, c := range s.Pairs {
		c.Entry = name(c.Entry)
		o.Pairs[pair] = c
	}
	if s.Order != nil {
		order := *s.Order
		order.Entry = name(order.Entry)
		o.Order = &order
	}
	for _, e := range s.Notes {
		o.Notes = append(o.Notes, entry(e))
	}
	for id, was := range s.Taken {
		o.Taken[name(id)] = was
	}
	for cell, e := range s.explains {
		o.Explains[cell] = entry(e)
	}
	for i := range o.Undo {
		e, _ := s.Undo(id(i + 1))
		o.Undo[i] = entry(e)
	}
	return o
}
