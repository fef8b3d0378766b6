package data

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

var kinds = []Kind{PresenceAdd, PresenceCount, Offer, TallyAdd, TallyCount, Explain, Cast, Compare, Agree, Note, Quote, Redact, Void, Header, Close, Reopen}

func sitting(form Form) Session {
	return Session{ID: id(800), Village: id(700), Date: "2026-09-12", Facilitators: "Айгүл", Form: form}
}

// good is an entry of a kind that nothing is wrong with.
func good(kind Kind) Entry {
	e := Entry{Kind: kind, Group: women}
	switch kind {
	case PresenceAdd, PresenceCount:
		e.N = 3
	case Offer:
		e.Problem = water
	case TallyAdd, TallyCount:
		e.Problem, e.N = water, 1
	case Explain:
		e.Problem, e.N, e.Text = water, 9, "two came late"
	case Cast, Agree:
		e.Ballot = Ballot{{water, 1, 5}, {road, 2, 3}}
	case Compare:
		e.Problem, e.Other, e.N = water, road, -1
	case Note, Quote:
		e.Text = "the pump is old"
	case Void, Redact:
		e.Target = id(1)
	case Header:
		e.Field, e.Value, e.Text = "place", "the school", "a slip of the pen"
	case Reopen:
		e.Text = "a sheet was found"
	}
	return e
}

func TestWhatAFormTakes(t *testing.T) {
	only := map[Kind][]Form{
		TallyAdd: {Tally}, TallyCount: {Tally}, Cast: {Ballots, Scores}, Compare: {Pairs}, Agree: {Order},
	}
	for _, form := range Forms {
		for _, kind := range kinds {
			for _, closed := range []bool{false, true} {
				s := sitting(form)
				s.Closed = closed
				want := map[string]string{}
				if forms, ok := only[kind]; ok && !slices.Contains(forms, form) {
					want["kind"] = "entry.form.other"
				}
				switch {
				case closed && kind != Reopen && kind != Redact && kind != Header:
					want[""] = "session.closed.already"
				case !closed && kind == Reopen:
					want[""] = "session.open.already"
				}
				if got := faults(good(kind).Check(s, round)); !maps.Equal(got, want) {
					t.Errorf("%s in a session by %s, closed %v: %v, want %v", kind, form, closed, got, want)
				}
			}
		}
	}
}

type entryCase struct {
	name string
	form Form
	e    Entry
	want map[string]string
}

func with(kind Kind, change func(*Entry)) Entry {
	e := good(kind)
	change(&e)
	return e
}

func checkEntries(t *testing.T, cases []entryCase) {
	t.Helper()
	for _, c := range cases {
		s := sitting(c.form)
		s.Top = 3
		if got := faults(c.e.Check(s, round)); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestNumbersStayWithinReason(t *testing.T) {
	n := func(kind Kind, n int) Entry { return with(kind, func(e *Entry) { e.N = n }) }
	out := map[string]string{"n": "error.range"}
	checkEntries(t, []entryCase{
		{"a tap of nothing", Tally, n(TallyAdd, 0), out},
		{"a thousand at once", Tally, n(TallyAdd, 1000), nil},
		{"a thousand taken away", Tally, n(PresenceAdd, -1000), nil},
		{"more than a thousand", Tally, n(TallyAdd, 1001), out},
		{"more than a thousand taken away", Tally, n(PresenceAdd, -1001), out},
		{"nobody is there", Tally, n(PresenceCount, 0), nil},
		{"no hands", Tally, n(TallyCount, 0), nil},
		{"less than no hands", Tally, n(TallyCount, -1), out},
		{"a town", Tally, n(PresenceCount, MaxCount), nil},
		{"more than a town", Tally, n(PresenceCount, MaxCount+1), out},
	})
}

func TestEntriesNameWhatTheyAreAbout(t *testing.T) {
	text := func(kind Kind, s string) Entry { return with(kind, func(e *Entry) { e.Text = s }) }
	no := func(kind Kind) Entry { return with(kind, func(e *Entry) { e.Problem = ID{} }) }
	long, notes := strings.Repeat("ү", MaxLine+1), strings.Repeat("ү", MaxNotes+1)
	checkEntries(t, []entryCase{
		{"no kind", Tally, Entry{}, map[string]string{"kind": "error.choose"}},
		{"no such kind", Tally, Entry{Kind: "tally.shout"}, map[string]string{"kind": "error.choose"}},
		{"a group the scheme lacks", Tally, with(TallyAdd, func(e *Entry) { e.Group.Band = "29-45" }), map[string]string{"group": "error.choose"}},
		{"a group that said nothing of itself", Tally, with(TallyAdd, func(e *Entry) { e.Group = Group{} }), nil},
		{"a tap for no problem", Tally, no(TallyAdd), map[string]string{"problem": "error.choose"}},
		{"a recount of no problem", Tally, no(TallyCount), map[string]string{"problem": "error.choose"}},
		{"an offer of no problem", Order, no(Offer), map[string]string{"problem": "error.choose"}},
		{"a reason for the stones of a group", Tally, no(Explain), nil},
		{"a pair of one", Pairs, with(Compare, func(e *Entry) { e.Other = water }), map[string]string{"pair": "error.choose"}},
		{"half a pair", Pairs, with(Compare, func(e *Entry) { e.Other = ID{} }), map[string]string{"pair": "error.choose"}},
		{"the other half", Pairs, no(Compare), map[string]string{"problem": "error.choose"}},
		{"both alike", Pairs, with(Compare, func(e *Entry) { e.N = 0 }), nil},
		{"more than won", Pairs, with(Compare, func(e *Entry) { e.N = 2 }), map[string]string{"pair": "error.choose"}},
		{"nothing taken back", Tally, with(Void, func(e *Entry) { e.Target = ID{} }), map[string]string{"target": "error.choose"}},
		{"nothing blacked out", Tally, with(Redact, func(e *Entry) { e.Target = ID{} }), map[string]string{"target": "error.choose"}},
		{"no reason", Tally, text(Explain, ""), map[string]string{"text": "error.required"}},
		{"an empty note", Tally, text(Note, ""), map[string]string{"text": "error.required"}},
		{"an empty quote", Tally, text(Quote, ""), map[string]string{"text": "error.required"}},
		{"closed without a word", Tally, text(Close, ""), nil},
		{"a long reason", Tally, text(Explain, long), map[string]string{"text": "error.long"}},
		{"as long as may be", Tally, text(Explain, long[2:]), nil},
		{"a long quote", Tally, text(Quote, long), nil},
		{"too long a quote", Tally, text(Quote, notes), map[string]string{"text": "error.long"}},
		{"as long a quote as may be", Tally, text(Quote, notes[2:]), nil},
	})
	closed := sitting(Tally)
	closed.Closed = true
	if got := faults(text(Reopen, "").Check(closed, round)); !maps.Equal(got, map[string]string{"text": "error.required"}) {
		t.Errorf("reopened without a reason: %v", got)
	}
}

func TestOnlyBallotsAreCast(t *testing.T) {
	cast := func(b Ballot) Entry { return Entry{Kind: Cast, Ballot: b} }
	agree := func(b Ballot) Entry { return Entry{Kind: Agree, Ballot: b} }
	four := ballot(1, 1, 0, 2, 2, 0, 3, 3, 0, 4, 4, 0)
	bad := map[string]string{"ballot": "error.choose"}
	checkEntries(t, []entryCase{
		{"empty", Ballots, cast(nil), map[string]string{"ballot": "entry.ballot.empty"}},
		{"no agreed order", Order, agree(nil), map[string]string{"ballot": "entry.ballot.empty"}},
		{"as many as may be", Ballots, cast(four[:3]), nil},
		{"too many", Ballots, cast(four), map[string]string{"ballot": "entry.ballot.many"}},
		{"an agreed order is not cut short", Order, agree(four), nil},
		{"ties", Ballots, cast(ballot(1, 1, 0, 2, 1, 0, 3, 2, 0)), nil},
		{"out of order", Ballots, cast(ballot(1, 2, 0, 2, 1, 0)), bad},
		{"a gap", Order, agree(ballot(1, 1, 0, 2, 3, 0)), bad},
		{"a problem twice", Ballots, cast(ballot(1, 1, 0, 1, 2, 0)), bad},
		{"no problem", Ballots, cast(Ballot{{Place: 1}}), bad},
		{"scores from 1 to 5", Scores, cast(ballot(1, 1, 5, 2, 2, 1)), nil},
		{"a score of 6", Scores, cast(ballot(1, 1, 6)), map[string]string{"ballot": "error.range"}},
		{"a score of 0", Scores, cast(ballot(1, 1, 0)), map[string]string{"ballot": "error.range"}},
		{"a long score sheet", Scores, cast(ballot(1, 1, 5, 2, 1, 5, 3, 1, 5, 4, 2, 1)), nil},
	})
}

func TestPeopleUnderAgeNeedConsent(t *testing.T) {
	pupils := Group{Sex: Female, Band: "14-17"}
	missing := map[string]string{"n": "session.consent.missing"}
	for _, c := range []struct {
		name    string
		consent Consent
		imports ID
		e       Entry
		want    map[string]string
	}{
		{"without", "", ID{}, Entry{Kind: PresenceAdd, Group: pupils, N: 1}, missing},
		{"counted without", "", ID{}, Entry{Kind: PresenceCount, Group: pupils, N: 5}, missing},
		{"they leave", "", ID{}, Entry{Kind: PresenceAdd, Group: pupils, N: -1}, nil},
		{"none are there", "", ID{}, Entry{Kind: PresenceCount, Group: pupils, N: 0}, nil},
		{"of parents", ConsentParents, ID{}, Entry{Kind: PresenceAdd, Group: pupils, N: 1}, nil},
		{"of the school", ConsentSchool, ID{}, Entry{Kind: PresenceCount, Group: pupils, N: 5}, nil},
		{"they voted elsewhere", "", id(5), Entry{Kind: PresenceCount, Group: pupils, N: 5}, nil},
		{"grown-ups", "", ID{}, Entry{Kind: PresenceAdd, Group: women, N: 1}, nil},
	} {
		s := sitting(Tally)
		s.Consent, s.Import = c.consent, c.imports
		if got := faults(c.e.Check(s, round)); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCorrectionsOfTheHeadWantAReason(t *testing.T) {
	head := func(field, value string) Entry {
		return Entry{Kind: Header, Field: field, Value: value, Text: "a slip of the pen"}
	}
	for _, c := range []struct {
		name string
		e    Entry
		want map[string]string
	}{
		{"village", head("village", id(701).String()), nil},
		{"date", head("date", "2026-09-13"), nil},
		{"place", head("place", ""), nil},
		{"consent", head("consent", "school"), nil},
		{"no reason", Entry{Kind: Header, Field: "place", Value: "the school"}, map[string]string{"text": "error.required"}},
		{"no such line", head("form", "tally"), map[string]string{"field": "error.choose"}},
		{"no such village", head("village", "Ак-Муз"), map[string]string{"field": "error.choose"}},
		{"no village", head("village", ID{}.String()), map[string]string{"village": "error.choose"}},
		{"no date", head("date", "yesterday"), map[string]string{"date": "error.date"}},
		{"nobody", head("facilitators", ""), map[string]string{"facilitators": "error.required"}},
		{"a long place", head("place", strings.Repeat("ж", MaxLine+1)), map[string]string{"place": "error.long"}},
		{"no such consent", head("consent", "mayor"), map[string]string{"consent": "error.choose"}},
	} {
		if got := faults(c.e.Check(sitting(Tally), round)); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	imported := sitting(Ballots)
	imported.Facilitators, imported.Import = "", id(5)
	if got := faults(head("village", id(701).String()).Check(imported, round)); len(got) > 0 {
		t.Errorf("an import without facilitators cannot be moved: %v", got)
	}
}

func TestWhatIsInTheArchiveTakesNothing(t *testing.T) {
	for _, c := range []struct {
		name                   string
		session, round, closed bool
		want                   string
	}{
		{"open", false, false, false, ""},
		{"a session in the archive", true, false, false, "session.archived.already"},
		{"a closed one", true, false, true, "session.archived.already"},
		{"a session of a round in the archive", false, true, false, "round.archived.already"},
		{"both", true, true, true, "round.archived.already"},
		{"closed", false, false, true, "session.closed.already"},
	} {
		for _, kind := range kinds {
			s, r := sitting(Tally), round
			s.Archived, s.Closed, r.Archived = c.session, c.closed, c.round
			want := c.want
			switch {
			case kind == Redact || c.want == "session.closed.already" && (kind == Reopen || kind == Header):
				want = ""
			case c.want == "" && kind == Reopen:
				want = "session.open.already"
			}
			if got := good(kind).Check(s, r)[""].Key; got != want {
				t.Errorf("%s, %s: %q, want %q", c.name, kind, got, want)
			}
		}
	}
}

func TestPeopleOfASessionHaveItsTag(t *testing.T) {
	poor, elderly := Group{Sex: Female, Band: "61+", Tag: "poor"}, Group{Tag: "elderly"}
	for _, c := range []struct {
		tag   string
		kind  Kind
		group Group
		fits  bool
	}{
		{"poor", TallyAdd, poor, true},
		{"poor", PresenceAdd, Group{Tag: "poor"}, true}, // who they are they did not say
		{"poor", PresenceAdd, Group{}, false},
		{"poor", TallyCount, women, false},
		{"poor", Explain, elderly, false},
		{"poor", Quote, elderly, false},
		{"poor", Quote, Group{}, true}, // whose words they are nobody knows
		{"poor", Offer, Group{}, true},
		{"", TallyAdd, poor, true}, // a mixed meeting
		{"", TallyAdd, women, true},
		{"", TallyAdd, Group{Tag: "rich"}, false},
	} {
		s := sitting(Tally)
		s.Tag = c.tag
		e := good(c.kind)
		e.Group = c.group
		if _, bad := e.Check(s, round)["group"]; bad == c.fits {
			t.Errorf("%s of %+v where the tag is %q: fits %v", c.kind, c.group, c.tag, !bad)
		}
	}
}

func TestWhatLastsIsNotTakenBack(t *testing.T) {
	for _, kind := range kinds {
		want := map[string]string{}
		if kind == Header || kind == Close || kind == Reopen || kind == Redact {
			want[""] = "entry.void.lasts"
		}
		if got := faults(good(kind).CheckTaking(sitting(Tally))); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
	pupils := Group{Sex: Female, Band: "14-17"}
	consented := sitting(Tally)
	consented.Consent = ConsentSchool
	for _, c := range []struct {
		name  string
		s     Session
		e     Entry
		stays bool
	}{
		{"nobody of them is here", sitting(Tally), Entry{Kind: PresenceCount, Group: pupils}, true},
		{"they left", sitting(Tally), Entry{Kind: PresenceAdd, Group: pupils, N: -1}, true},
		{"they came", sitting(Tally), Entry{Kind: PresenceAdd, Group: pupils, N: 1}, false},
		{"they left, and the school consents", consented, Entry{Kind: PresenceAdd, Group: pupils, N: -1}, false},
		{"grown-ups left", sitting(Tally), Entry{Kind: PresenceAdd, Group: women, N: -1}, false},
	} {
		if bad := c.e.CheckTaking(c.s); (bad[""].Key == "session.consent.missing") != c.stays {
			t.Errorf("%s: %v", c.name, bad)
		}
	}
}
