package data

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// overs are the numbers that are too large, in a fixed order, without reasons.
func overs(s *Sheet) []Over {
	return slices.SortedFunc(slices.Values(s.Overs()), func(a, b Over) int {
		return cmp.Or(cmp.Compare(a.Group.Sex, b.Group.Sex), slices.Compare(a.Problem[:], b.Problem[:]))
	})
}

func TestMoreVotesThanPeopleWantAReason(t *testing.T) {
	explain := func(p ID, n int) Entry {
		return Entry{Kind: Explain, Group: women, Problem: p, N: n, Text: "late"}
	}
	two := []Entry{come(women, 2), come(men, 9)}
	stones := sitting(Tally)
	stones.Each = 3
	b := ballot(1, 1, 0)
	for _, c := range []struct {
		name    string
		s       Session
		entries []Entry
		want    []Over
	}{
		{"as many as there are", sitting(Tally), []Entry{tap(women, water, 2), tap(women, road, 2), tap(men, water, 9)}, nil},
		{"hands of two who are not there", sitting(Tally), []Entry{tap(women, water, 4), tap(men, water, 9)}, []Over{{Cell{women, water}, 4, 2, ""}}},
		{"two problems", sitting(Tally), []Entry{tap(women, road, 3), tap(women, water, 4)}, []Over{{Cell{women, water}, 4, 2, ""}, {Cell{women, road}, 3, 2, ""}}},
		{"explained", sitting(Tally), []Entry{tap(women, water, 4), explain(water, 4)}, []Over{{Cell{women, water}, 4, 2, "late"}}},
		{"explained for more", sitting(Tally), []Entry{tap(women, water, 4), explain(water, 5)}, []Over{{Cell{women, water}, 4, 2, "late"}}},
		{"explained for fewer", sitting(Tally), []Entry{tap(women, water, 4), explain(water, 3)}, []Over{{Cell{women, water}, 4, 2, ""}}},
		{"explained, then one more", sitting(Tally), []Entry{tap(women, water, 4), explain(water, 4), tap(women, water, 1)}, []Over{{Cell{women, water}, 5, 2, ""}}},
		{"explained for another problem", sitting(Tally), []Entry{tap(women, water, 4), explain(road, 4)}, []Over{{Cell{women, water}, 4, 2, ""}}},
		{"others came after all", sitting(Tally), []Entry{tap(women, water, 4), come(women, 2)}, nil},
		{"a group nobody counted", sitting(Tally), []Entry{tap(Group{}, water, 1)}, []Over{{Cell{Group{}, water}, 1, 0, ""}}},
		{"as many stones as there are", stones, []Entry{tap(women, water, 2), tap(women, road, 2), tap(women, light, 2)}, nil},
		{"one stone too many on one", stones, []Entry{tap(women, water, 3)}, []Over{{Cell{women, water}, 3, 2, ""}}},
		{"one stone too many of all", stones, []Entry{tap(women, water, 2), tap(women, road, 2), tap(women, light, 2), tap(women, id(904), 1)}, []Over{{Cell{women, ID{}}, 7, 6, ""}}},
		{"the stones of a group explained", stones, []Entry{tap(women, water, 2), tap(women, road, 2), tap(women, light, 2), tap(women, id(904), 1), explain(ID{}, 7)}, []Over{{Cell{women, ID{}}, 7, 6, "late"}}},
		{"as many ballots", sitting(Ballots), []Entry{cast(women, b), cast(women, b)}, nil},
		{"a ballot too many", sitting(Ballots), []Entry{cast(women, b), cast(women, b), cast(women, b)}, []Over{{Cell{women, ID{}}, 3, 2, ""}}},
		{"ballots explained", sitting(Ballots), []Entry{cast(women, b), cast(women, b), cast(women, b), explain(ID{}, 3)}, []Over{{Cell{women, ID{}}, 3, 2, "late"}}},
		{"one order of many", sitting(Order), []Entry{{Kind: Agree, Ballot: b}}, nil},
	} {
		if got := overs(says(t, c.s, append(slices.Clone(two), c.entries...)...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func by(account int, e Entry) Entry {
	e.By = id(account)
	return e
}

func TestUndoTakesBackOnesOwnNewest(t *testing.T) {
	entries := []Entry{
		by(1, come(women, 4)), by(2, tap(women, water, 1)), by(1, tap(women, water, 2)), by(1, Entry{Kind: Header, Field: "place", Text: "typo"}),
		by(2, Entry{Kind: Quote, Text: "a name"}), by(1, Entry{Kind: Redact, Target: id(5)}), by(1, Entry{Kind: Close}), by(1, Entry{Kind: Reopen, Text: "late"}),
	}
	for _, c := range []struct{ account, want int }{{1, 3}, {2, 5}, {3, 0}} {
		e, ok := says(t, sitting(Tally), entries...).Undo(id(c.account))
		if ok != (c.want > 0) || ok && e.ID != id(c.want) {
			t.Errorf("account %d takes back %v, %v, want %d", c.account, e.ID, ok, c.want)
		}
	}
	ballots := []Entry{by(1, come(women, 4)), by(1, cast(women, ballot(1, 1, 0))), by(2, cast(women, ballot(2, 1, 0)))}
	if e, ok := says(t, sitting(Ballots), ballots...).Undo(id(1)); !ok || e.ID != id(2) || e.Kind != Cast || e.Group != women || e.Session != sitting(Ballots).ID || !slices.Equal(e.Ballot, ballot(1, 1, 0)) {
		t.Errorf("got %+v, %v", e, ok)
	}
	later := append(ballots, by(1, Entry{Kind: Note, Text: "late"}))
	if e, ok := says(t, sitting(Ballots), later...).Undo(id(1)); !ok || e.ID != id(4) {
		t.Errorf("got %+v, %v", e, ok)
	}
}

// Whoever goes on undoing comes to the end of their own entries and leaves
// those of others as they were.
func TestUndoneToTheEnd(t *testing.T) {
	entry := rapid.Custom(func(t *rapid.T) Entry {
		e := rapid.SampledFrom([]Entry{come(women, 1), tap(women, water, 1), hands(men, road, 4, 0), cast(men, ballot(1, 1, 0)), pair(water, road, 1),
			{Kind: Agree, Ballot: ballot(1, 1, 0)}, {Kind: Note, Text: "seen"}, {Kind: Offer, Problem: light}}).Draw(t, "entry")
		return by(rapid.IntRange(1, 2).Draw(t, "account"), e)
	})
	rapid.Check(t, func(t *rapid.T) {
		entries := born(rapid.SliceOfN(entry, 0, 10).Draw(t, "entries")...)
		theirs := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.By == id(1) })
		own := len(entries) - len(theirs)
		for range own {
			e, ok := says(t, sitting(Tally), entries...).Undo(id(1))
			if !ok || e.By != id(1) {
				t.Fatalf("got %+v, %v", e, ok)
			}
			entries = born(append(entries, by(1, Entry{Kind: Void, Target: e.ID}))...)
		}
		sheet, left := says(t, sitting(Tally), entries...), says(t, sitting(Tally), theirs...)
		if e, ok := sheet.Undo(id(1)); ok {
			t.Fatalf("%+v can still be undone", e)
		}
		groups, problems := []Group{women, men}, []ID{water, road}
		x, y := outcome(sheet, groups, problems), outcome(left, groups, problems)
		x[3], y[3] = 0, 0 // the number of entries only grows
		if !slices.Equal(x, y) || len(sheet.Pairs) != len(left.Pairs) || !slices.Equal(sheet.Problems, left.Problems) || (sheet.Order == nil) != (left.Order == nil) {
			t.Fatalf("left %v of %v", x, y)
		}
	})
}

func TestWhoSpeaksForAMeeting(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []Entry
		want    Group
		mixed   bool
	}{
		{"nobody", nil, Group{}, true},
		{"one group", []Entry{come(women, 5)}, women, false},
		{"one group that said nothing of itself", []Entry{come(Group{}, 5)}, Group{}, false},
		{"two", []Entry{come(women, 5), come(men, 1)}, Group{}, true},
		{"the other left", []Entry{come(women, 5), come(men, 1), come(men, -1)}, women, false},
	} {
		if g, mixed := says(t, sitting(Order), c.entries...).Voice(); g != c.want || mixed != c.mixed {
			t.Errorf("%s: %v, mixed %v", c.name, g, mixed)
		}
	}
}

// matrix is a random matrix of pairs among problems, some of them open.
func matrix(t *rapid.T, problems []ID, least int) []Entry {
	var entries []Entry
	for i, a := range problems {
		for _, b := range problems[:i] {
			if n := rapid.IntRange(least, 1).Draw(t, "n"); n == -2 {
				continue
			} else if rapid.Bool().Draw(t, "turned") {
				entries = append(entries, pair(b, a, -n))
			} else {
				entries = append(entries, pair(a, b, n))
			}
		}
	}
	return entries
}

// won tells whether the newest word on two problems puts a above b.
func won(entries []Entry, a, b ID) bool {
	above := false
	for _, e := range entries {
		switch {
		case e.Problem == a && e.Other == b:
			above = e.N == 1
		case e.Problem == b && e.Other == a:
			above = e.N == -1
		}
	}
	return above
}

func TestTriadsAreEveryCircleOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := []ID{water, road, light, id(904), id(905), id(906)}
		problems := rapid.Permutation(all[:rapid.IntRange(0, 6).Draw(t, "problems")]).Draw(t, "order")
		entries := matrix(t, problems, -2)
		want := map[[3]ID]bool{}
		for i, a := range problems {
			for j, b := range problems {
				for k, c := range problems {
					if i < j && i < k && won(entries, a, b) && won(entries, b, c) && won(entries, c, a) {
						want[[3]ID{a, b, c}] = true
					}
				}
			}
		}
		got := says(t, sitting(Pairs), entries...).Triads(problems)
		for _, triad := range got {
			if !want[triad] {
				t.Fatalf("%v is no circle", triad)
			}
			delete(want, triad)
		}
		if len(want) > 0 {
			t.Fatalf("missing %v", want)
		}
	})
}

// Kendall and Babington Smith (1940): in a full matrix without ties there are
// n(n-1)(2n-1)/12 - (sum of wins squared)/2 circles.
func TestTriadsAreAsManyAsTheFormulaSays(t *testing.T) {
	full := func(t *rapid.T) []ID {
		var problems []ID
		for i := range rapid.IntRange(0, 7).Draw(t, "problems") {
			problems = append(problems, id(901+i))
		}
		return problems
	}
	rapid.Check(t, func(t *rapid.T) {
		problems := full(t)
		entries := matrix(t, problems, 0)
		for i := range entries {
			if entries[i].N == 0 {
				entries[i].N = -1
			}
		}
		sheet := says(t, sitting(Pairs), entries...)
		n, squares := len(problems), 0
		for _, p := range problems {
			w, _, _ := sheet.Wins(p, problems)
			squares += w * w
		}
		if got, want := 12*len(sheet.Triads(problems)), n*(n-1)*(2*n-1)-6*squares; got != want {
			t.Fatalf("%d twelfths, want %d", got, want)
		}
	})
}

func TestWinsTiesAndOpenPairsAddUp(t *testing.T) {
	sheet := says(t, sitting(Pairs), pair(water, road, 1), pair(light, water, 0), pair(light, road, 1))
	for _, c := range []struct {
		problem         ID
		won, tied, open int
	}{{water, 1, 1, 1}, {road, 0, 0, 1}, {light, 1, 1, 1}, {id(904), 0, 0, 3}} {
		won, tied, open := sheet.Wins(c.problem, []ID{water, road, light, id(904)})
		if won != c.won || tied != c.tied || open != c.open {
			t.Errorf("%v: won %d, tied %d, open %d", c.problem, won, tied, open)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		problems := []ID{water, road, light, id(904), id(905)}
		entries := matrix(t, problems, -2)
		sheet := says(t, sitting(Pairs), entries...)
		halves, left := 0, 0
		for _, p := range problems {
			won, tied, open := sheet.Wins(p, problems)
			halves, left = halves+2*won+tied, left+open
		}
		if halves != 2*len(entries) || left != 2*(10-len(entries)) {
			t.Fatalf("%d half wins and %d open in %d pairs", halves, left, len(entries))
		}
	})
}

func TestBallotsAreWhatAGroupSaid(t *testing.T) {
	sheet := says(t, sitting(Ballots), cast(women, ballot(1, 1, 0)), cast(men, ballot(1, 1, 0)), cast(women, ballot(2, 1, 0)))
	if sheet.Said(women) != 2 || sheet.Said(men) != 1 || sheet.Said(Group{}) != 0 {
		t.Errorf("women %d, men %d, others %d", sheet.Said(women), sheet.Said(men), sheet.Said(Group{}))
	}
}

func TestUnsureNumbersAndWhatWasTakenBackAreListed(t *testing.T) {
	sheet := says(t, sitting(Tally), tap(women, water, 2), tap(men, water, 2), hands(women, water, 7, 0), hands(men, water, 7, 2), void(2))
	if got := sheet.Unsure(); !slices.Equal(got, []Cell{{women, water}}) {
		t.Errorf("unsure of %v", got)
	}
	if len(sheet.Taken) != 1 || !sheet.Taken[id(2)] {
		t.Errorf("taken back %v", sheet.Taken)
	}
}
