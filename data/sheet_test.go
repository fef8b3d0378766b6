package data

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func tap(g Group, p ID, n int) Entry { return Entry{Kind: TallyAdd, Group: g, Problem: p, N: n} }
func come(g Group, n int) Entry      { return Entry{Kind: PresenceAdd, Group: g, N: n} }
func cast(g Group, b Ballot) Entry   { return Entry{Kind: Cast, Group: g, Ballot: b} }
func pair(a, b ID, n int) Entry      { return Entry{Kind: Compare, Problem: a, Other: b, N: n} }

func hands(g Group, p ID, n, seen int) Entry {
	return Entry{Kind: TallyCount, Group: g, Problem: p, N: n, Seen: id(seen)}
}

func void(target int) Entry { return Entry{Kind: Void, Target: id(target)} }

func TestTapsAddUpInAnyOrder(t *testing.T) {
	groups, problems := []Group{women, men, {}}, []ID{{}, water, road}
	rapid.Check(t, func(t *rapid.T) {
		var taps []Entry
		want := map[Cell]int{}
		for range rapid.IntRange(0, 30).Draw(t, "taps") {
			e := tap(rapid.SampledFrom(groups).Draw(t, "group"), rapid.SampledFrom(problems).Draw(t, "problem"), rapid.IntRange(-2, 5).Draw(t, "n"))
			if e.Problem.Zero() {
				e.Kind = PresenceAdd
			}
			want[Cell{e.Group, e.Problem}] += e.N
			taps = append(taps, e)
		}
		sheet := says(t, sitting(Tally), rapid.Permutation(taps).Draw(t, "order")...)
		people := 0
		for _, g := range groups {
			here := max(0, want[Cell{Group: g}])
			people += here
			if got := sheet.Present(g); got != here {
				t.Fatalf("%d of %v are there, want %d", got, g, here)
			}
			for _, p := range problems[1:] {
				if got := sheet.Votes(g, p); got != (Count{N: max(0, want[Cell{g, p}])}) {
					t.Fatalf("%v of %v, want %d", got, g, want[Cell{g, p}])
				}
			}
			if got := sheet.Said(g); got != max(0, want[Cell{g, water}])+max(0, want[Cell{g, road}]) {
				t.Fatalf("%v said %d", g, got)
			}
		}
		if sheet.People() != people || sheet.Entries != len(taps) {
			t.Fatalf("%d people, want %d, from %d entries", sheet.People(), people, sheet.Entries)
		}
	})
}

func TestRecountReplacesWhatItHasSeen(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []Entry
		want    Count
	}{
		{"taps alone", []Entry{tap(women, water, 2), tap(women, water, 1)}, Count{N: 3}},
		{"a recount alone", []Entry{hands(women, water, 7, 0)}, Count{N: 7}},
		{"seen taps are in it", []Entry{tap(women, water, 2), tap(women, water, 1), hands(women, water, 7, 2)}, Count{N: 7}},
		{"a later tap is added", []Entry{tap(women, water, 2), hands(women, water, 7, 1), tap(women, water, 1)}, Count{N: 8}},
		{"a tap taken away later", []Entry{hands(women, water, 7, 0), tap(women, water, -1)}, Count{N: 6}},
		{"an unseen tap stays, flagged", []Entry{tap(women, water, 2), tap(women, water, 1), hands(women, water, 7, 1)}, Count{N: 8, Recent: true}},
		{"nothing was seen", []Entry{tap(women, water, 2), hands(women, water, 7, 0)}, Count{N: 9, Recent: true}},
		{"what was seen was refused", []Entry{tap(women, water, 2), hands(women, water, 7, 99), tap(women, water, 1)}, Count{N: 8, Recent: true}},
		{"the newest recount holds", []Entry{hands(women, water, 7, 0), hands(women, water, 5, 1)}, Count{N: 5}},
		{"it saw the first and its taps", []Entry{hands(women, water, 7, 0), tap(women, water, 2), hands(women, water, 5, 2)}, Count{N: 5}},
		{"two recount at once, flagged", []Entry{tap(women, water, 2), hands(women, water, 7, 1), hands(women, water, 5, 1)}, Count{N: 5, Recent: true}},
		{"a third recount settles it", []Entry{tap(women, water, 2), hands(women, water, 7, 1), hands(women, water, 5, 1), hands(women, water, 6, 3)}, Count{N: 6}},
		{"zero hands", []Entry{tap(women, water, 2), hands(women, water, 0, 1)}, Count{}},
		{"a recount taken back", []Entry{tap(women, water, 2), hands(women, water, 7, 1), void(2)}, Count{N: 2}},
		{"an older recount comes back", []Entry{hands(women, water, 7, 0), tap(women, water, 1), hands(women, water, 5, 2), void(3)}, Count{N: 8}},
		{"a seen tap taken back afterwards", []Entry{tap(women, water, 2), hands(women, water, 7, 1), void(1)}, Count{N: 7}},
		{"never below zero", []Entry{tap(women, water, 2), tap(women, water, -5)}, Count{}},
		{"other cells are left alone", []Entry{tap(men, water, 2), tap(women, road, 3), hands(women, water, 7, 2)}, Count{N: 7}},
	} {
		sheet := says(t, sitting(Tally), c.entries...)
		if got := sheet.Votes(women, water); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	sheet := says(t, sitting(Tally), come(women, 3), Entry{Kind: PresenceCount, Group: women, N: 10, Seen: id(1)}, come(women, -1), tap(women, water, 4))
	if sheet.Present(women) != 9 || sheet.Votes(women, water).N != 4 {
		t.Errorf("%d women, %d votes", sheet.Present(women), sheet.Votes(women, water).N)
	}
}

// effective tells by the definition whether an entry holds: nothing that holds
// takes it back.
func effective(entries []Entry, of ID) bool {
	return !slices.ContainsFunc(entries, func(e Entry) bool {
		return e.Kind == Void && e.Target == of && effective(entries, e.ID)
	})
}

func TestWhatIsTakenBackLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []Entry
		for i := range rapid.IntRange(1, 14).Draw(t, "entries") {
			e := tap(women, water, 1<<i)
			if i > 0 && rapid.Bool().Draw(t, "void") {
				e = void(rapid.IntRange(1, i).Draw(t, "target"))
			}
			entries = append(entries, e)
		}
		entries = born(entries...)
		want := 0
		for _, e := range entries {
			if e.Kind == TallyAdd && effective(entries, e.ID) {
				want += e.N
			}
		}
		if got := says(t, sitting(Tally), entries...).Votes(women, water).N; got != want {
			t.Fatalf("%b, want %b", got, want)
		}
	})
}

func TestTakingBackReachesEveryKind(t *testing.T) {
	for _, c := range []struct {
		form  Form
		entry Entry
		said  func(*Sheet) int
	}{
		{Tally, come(women, 3), func(s *Sheet) int { return s.People() }},
		{Tally, tap(women, water, 2), func(s *Sheet) int { return s.Said(women) }},
		{Tally, Entry{Kind: Offer, Problem: water}, func(s *Sheet) int { return len(s.Problems) }},
		{Ballots, cast(women, ballot(1, 1, 0)), func(s *Sheet) int { return len(s.Ballots) + len(s.Problems) }},
		{Pairs, pair(water, road, 1), func(s *Sheet) int { return len(s.Pairs) + len(s.Problems) }},
		{Tally, Entry{Kind: Note, Text: "late"}, func(s *Sheet) int { return len(s.Notes) }},
		{Order, Entry{Kind: Agree, Ballot: ballot(1, 1, 0)}, func(s *Sheet) int {
			if s.Order != nil {
				return 1
			}
			return len(s.Problems)
		}},
	} {
		there, gone, back := says(t, sitting(c.form), c.entry), says(t, sitting(c.form), c.entry, void(1)), says(t, sitting(c.form), c.entry, void(1), void(2))
		if c.said(there) == 0 || c.said(gone) != 0 || c.said(back) != c.said(there) {
			t.Errorf("%s: %d, taken back %d, and again %d", c.entry.Kind, c.said(there), c.said(gone), c.said(back))
		}
	}
	explained := []Entry{come(women, 1), tap(women, water, 3), {Kind: Explain, Group: women, Problem: water, N: 3, Text: "children"}}
	if overs := says(t, sitting(Tally), append(explained, void(3))...).Overs(); len(overs) != 1 || overs[0].Reason != "" {
		t.Errorf("the reason stays: %+v", overs)
	}
}

func TestLaterWordsOnAPairAndAnOrderHold(t *testing.T) {
	sheet := says(t, sitting(Pairs), pair(water, road, 1), pair(road, water, 1), pair(light, water, 0))
	if got := sheet.Pairs[Pair{water, road}]; got.N != -1 || got.Entry != id(2) {
		t.Errorf("got %+v", got)
	}
	sheet = says(t, sitting(Order), Entry{Kind: Agree, Ballot: ballot(1, 1, 0)}, Entry{Kind: Agree, Ballot: ballot(2, 1, 0), By: id(7)})
	if o := sheet.Order; o == nil || o.Entry != id(2) || o.By != id(7) || !slices.Equal(o.Ballot, ballot(2, 1, 0)) {
		t.Errorf("got %+v", o)
	}
}

func TestProblemsStandAsTheyWereOffered(t *testing.T) {
	offer := func(p ID) Entry { return Entry{Kind: Offer, Problem: p} }
	for _, c := range []struct {
		name    string
		form    Form
		entries []Entry
		want    []ID
	}{
		{"nothing", Tally, nil, nil},
		{"offered", Tally, []Entry{offer(road), offer(water), offer(road)}, []ID{road, water}},
		{"then those with votes", Tally, []Entry{tap(women, water, 1), tap(women, light, 1), offer(road), come(women, 3)}, []ID{road, water, light}},
		{"ballots", Ballots, []Entry{cast(women, ballot(5, 1, 0, 3, 2, 0)), offer(id(4))}, []ID{id(4), id(3), id(5)}},
		{"pairs", Pairs, []Entry{pair(road, water, 1)}, []ID{water, road}},
		{"an agreed order", Order, []Entry{{Kind: Agree, Ballot: ballot(9, 1, 0, 8, 2, 0)}}, []ID{id(8), id(9)}},
	} {
		if got := says(t, sitting(c.form), c.entries...).Problems; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// outcome is what a sheet comes to, apart from who wrote what when.
func outcome(s *Sheet, groups []Group, problems []ID) (numbers []int) {
	numbers = append(numbers, s.People(), len(s.Ballots), len(s.Notes), s.Entries)
	for _, g := range groups {
		for _, p := range problems {
			numbers = append(numbers, s.Votes(g, p).N)
		}
	}
	return numbers
}

// Two people write in one session; whoever is faster, nothing is lost.
func TestTwoPeopleLoseNothing(t *testing.T) {
	groups, problems := []Group{women, men}, []ID{water, road}
	entry := rapid.Custom(func(t *rapid.T) Entry {
		g, p := rapid.SampledFrom(groups).Draw(t, "group"), rapid.SampledFrom(problems).Draw(t, "problem")
		return rapid.SampledFrom([]Entry{tap(g, p, 1), tap(g, p, 2), come(g, 1), cast(g, Ballot{{p, 1, 0}}), {Kind: Note, Text: "seen"}}).Draw(t, "entry")
	})
	rapid.Check(t, func(t *rapid.T) {
		one, other := rapid.SliceOfN(entry, 0, 8).Draw(t, "one"), rapid.SliceOfN(entry, 0, 8).Draw(t, "other")
		var woven []Entry
		for a, b := one, other; len(a)+len(b) > 0; {
			if len(b) == 0 || len(a) > 0 && rapid.Bool().Draw(t, "one is faster") {
				woven, a = append(woven, a[0]), a[1:]
			} else {
				woven, b = append(woven, b[0]), b[1:]
			}
		}
		after := says(t, sitting(Tally), append(slices.Clone(one), other...)...)
		both := says(t, sitting(Tally), woven...)
		if x, y := outcome(after, groups, problems), outcome(both, groups, problems); !slices.Equal(x, y) {
			t.Fatalf("one after the other %v, woven %v", x, y)
		}
	})
}

func TestBlackedOutTextIsGoneForEver(t *testing.T) {
	entries := []Entry{
		{Kind: Quote, Group: women, Text: "Aigul said so"}, {Kind: Note, Text: "they nodded"},
		{Kind: Redact, Target: id(1)}, void(3), void(4), void(5),
	}
	sheet := says(t, sitting(Tally), entries...)
	if len(sheet.Notes) != 2 {
		t.Fatalf("got %+v", sheet.Notes)
	}
	quote, note := sheet.Notes[0], sheet.Notes[1]
	if !quote.Gone || quote.Text != "" || quote.Group != women || note.Gone || note.Text != "they nodded" {
		t.Errorf("got %+v and %+v", quote, note)
	}
	kept := says(t, sitting(Tally), Entry{Kind: Quote, Text: "old", Gone: true})
	if n := kept.Notes[0]; !n.Gone || n.Text != "" {
		t.Errorf("got %+v", n)
	}
}

func TestTheLastWordOnClosingHolds(t *testing.T) {
	sheet := says(t, sitting(Tally), Entry{Kind: Close, Text: "done"}, Entry{Kind: Reopen, Text: "a sheet was found"}, Entry{Kind: Header, Field: "place", Text: "typo"}, void(2))
	if sheet.Closing.Kind != Reopen || sheet.Last != id(4) || sheet.Entries != 4 || len(sheet.Notes) != 1 {
		t.Errorf("got %+v", sheet)
	}
	if empty := says(t, sitting(Tally)); !empty.Closing.ID.Zero() || !empty.Last.Zero() || !empty.Empty() {
		t.Errorf("got %+v", empty)
	}
}

func TestFoldPassesTroubleOn(t *testing.T) {
	trouble := errors.New("the disk is gone")
	sheet, err := Fold(sitting(Tally), func(yield func(Entry, error) bool) {
		if yield(Entry{ID: id(1), Kind: TallyAdd, Problem: water, N: 1}, nil) {
			yield(Entry{}, trouble)
		}
	})
	if sheet != nil || !errors.Is(err, trouble) {
		t.Errorf("got %v, %v", sheet, err)
	}
}

func TestEmptyUntilSomethingIsSaid(t *testing.T) {
	for _, c := range []struct {
		form  Form
		said  Entry
		empty bool
	}{
		{Tally, come(women, 5), true}, {Tally, Entry{Kind: Offer, Problem: water}, true}, {Tally, Entry{Kind: Note, Text: "late"}, true},
		{Tally, tap(women, water, -1), true}, {Tally, tap(women, water, 1), false}, {Ballots, cast(women, ballot(1, 1, 0)), false},
		{Pairs, pair(water, road, 0), false}, {Order, Entry{Kind: Agree, Ballot: ballot(1, 1, 0)}, false},
	} {
		if got := says(t, sitting(c.form), c.said).Empty(); got != c.empty {
			t.Errorf("after %+v: empty %v", c.said, got)
		}
	}
}

func TestGroupsAreThoseThereOrHeard(t *testing.T) {
	sheet := says(t, sitting(Ballots), come(women, 4), come(men, 2), come(men, -2), cast(Group{Tag: "poor"}, ballot(1, 1, 0)))
	got := map[Group]bool{}
	for _, g := range sheet.Groups() {
		got[g] = true
	}
	if !maps.Equal(got, map[Group]bool{women: true, {Tag: "poor"}: true}) || len(sheet.Groups()) != 2 {
		t.Errorf("got %v", sheet.Groups())
	}
}

func TestRecountKnowsWhatHadComeInAndNotWhatWasMade(t *testing.T) {
	at := func(e Entry, n, received int) Entry {
		e.ID, e.Received = id(n), time.Unix(int64(received), 0)
		return e
	}
	tap := Entry{Kind: TallyAdd, Group: women, Problem: water, N: 1}
	recount := Entry{Kind: TallyCount, Group: women, Problem: water, N: 5}
	recount.Seen = id(2)
	for name, c := range map[string]struct {
		entries []Entry
		want    Count
	}{
		"a tap made before and sent after":        {[]Entry{at(tap, 1, 30), at(tap, 2, 10), at(recount, 3, 20)}, Count{N: 6}},
		"a tap that was there, whoever made it":   {[]Entry{at(tap, 1, 5), at(tap, 2, 10), at(recount, 3, 20)}, Count{N: 5}},
		"a tap that came in while somebody typed": {[]Entry{at(tap, 2, 10), at(tap, 1, 15), at(recount, 3, 20)}, Count{N: 6, Recent: true}},
		"a tap by a clock that is ahead":          {[]Entry{at(tap, 2, 10), at(tap, 9, 8), at(recount, 3, 20)}, Count{N: 5}},
	} {
		if got := says(t, sitting(Tally), c.entries...).Votes(women, water); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}
