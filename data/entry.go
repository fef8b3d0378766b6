package data

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Kind says what an entry writes down.
type Kind string

// The kinds of entry. Two ways lead to a number: "add" is a tap and adds N,
// which may be negative; "count" is somebody's recount and replaces every tap
// it knew of.
const (
	PresenceAdd   Kind = "presence.add"   // Group, N: people came or left
	PresenceCount Kind = "presence.count" // Group, N, Seen: people counted
	Offer         Kind = "problem.offer"  // Problem: put before the group
	TallyAdd      Kind = "tally.add"      // Group, Problem, N: hands or stones
	TallyCount    Kind = "tally.count"    // Group, Problem, N, Seen: hands counted
	Explain       Kind = "tally.explain"  // Group, Problem, N, Text: why N votes of fewer people are right
	Cast          Kind = "ballot.cast"    // Group, Ballot: one person's ballot or score sheet
	Compare       Kind = "pair.compare"   // Problem, Other, N, Text: 1 the first is needed more, -1 the other, 0 both alike, and why
	Agree         Kind = "order.agree"    // Ballot: the order the whole group agreed on
	Note          Kind = "note.add"       // Text: what the note-taker saw
	Quote         Kind = "quote.add"      // Group, Text: what somebody said
	Redact        Kind = "note.redact"    // Target: the text of that note or quote is gone for ever
	Void          Kind = "entry.void"     // Target: that entry is taken back
	Header        Kind = "session.header" // Field, Value, Text: a line of the head was put right, and why
	Close         Kind = "session.close"  // Text: the sitting is over
	Reopen        Kind = "session.reopen" // Text: why it is not
)

// Entry is one thing written down in a session. Entries are only ever added:
// what a session says now is the fold of them all.
type Entry struct {
	ID       ID
	Session  ID
	Kind     Kind
	By       ID        // the account; zero where an import wrote it
	Made     time.Time // by the clock of whoever made it
	Received time.Time // by the clock of the server

	Group   Group
	Problem ID
	Other   ID
	N       int
	Text    string
	Field   string
	Value   string
	Target  ID
	Seen    ID   // a recount knows the entries up to this one
	Gone    bool // its text was blacked out
	Ballot  Ballot
}

// Lasts tells whether entries of the kind stay for good: they changed the head of
// the session or blacked a text out, and taking back the line that says so would
// not take back the change. It is done anew instead, with a reason.
func (k Kind) Lasts() bool { return k == Close || k == Reopen || k == Header || k == Redact }

// ofPeople are the kinds that speak for the people of one group.
var ofPeople = map[Kind]bool{PresenceAdd: true, PresenceCount: true, TallyAdd: true, TallyCount: true, Explain: true, Cast: true}

// formOf names the form of vote a kind belongs to; kinds of every form are
// missing.
var formOf = map[Kind][]Form{
	TallyAdd: {Tally}, TallyCount: {Tally},
	Cast:    {Ballots, Scores},
	Compare: {Pairs},
	Agree:   {Order},
}

// Check is what is wrong with an entry for a session of a round. Whether the
// problems it names are the round's is for the store, which knows them.
func (e Entry) Check(s Session, r Round) (bad Bad) {
	if forms, ok := formOf[e.Kind]; ok && !slices.Contains(forms, s.Form) {
		bad.Add("kind", "entry.form.other")
	}
	if shut := s.Shut(r); shut != "" && !e.passes(shut) {
		bad.Add("", shut)
	} else if e.Kind == Reopen && !s.Closed {
		bad.Add("", "session.open.already")
	}
	if !r.Scheme.Has(e.Group) || !e.tagged(s) {
		bad.Add("group", "error.choose")
	}
	if utf8.RuneCountInString(e.Text) > e.longest() {
		bad.Add("text", "error.long", "max", e.longest())
	}
	e.checkKind(&bad, s)
	return bad
}

// passes tells whether an entry goes even into a session that is shut. Words
// about a person can be blacked out at any time.
func (e Entry) passes(shut string) bool {
	return e.Kind == Redact || shut == shutClosed && (e.Kind == Reopen || e.Kind == Header)
}

// tagged wants the people of a session that has a tag to have it too. Of words
// it need not be known whose they are.
func (e Entry) tagged(s Session) bool {
	return s.Tag == "" || e.Group.Tag == s.Tag || e.Group == (Group{}) && !ofPeople[e.Kind]
}

func (e Entry) longest() int {
	if e.Kind == Note || e.Kind == Quote {
		return MaxNotes
	}
	return MaxLine
}

func (e Entry) checkKind(bad *Bad, s Session) {
	switch e.Kind {
	case PresenceAdd, TallyAdd:
		if e.N == 0 || e.N > 1000 || e.N < -1000 {
			bad.Add("n", "error.range", "min", -1000, "max", 1000)
		}
	case PresenceCount, TallyCount:
		if e.N < 0 || e.N > MaxCount {
			bad.Add("n", "error.range", "min", 0, "max", MaxCount)
		}
	case Cast, Agree:
		e.checkBallot(bad, s)
	case Compare:
		if e.Problem == e.Other || e.Other.Zero() || e.N < -1 || e.N > 1 {
			bad.Add("pair", "error.choose")
		}
	case Explain, Note, Quote, Reopen:
		if e.Text == "" {
			bad.Add("text", "error.required")
		}
	case Void, Redact:
		if e.Target.Zero() {
			bad.Add("target", "error.choose")
		}
	case Header:
		e.checkHeader(bad, s)
	case Offer, Close:
	default:
		bad.Add("kind", "error.choose")
	}
	if e.SeatsMinors() && !s.Consented() {
		bad.Add("n", "session.consent.missing")
	}
	if problemKinds[e.Kind] && e.Problem.Zero() {
		bad.Add("problem", "error.choose")
	}
}

// SeatsMinors tells whether an entry counts people in who may be under eighteen.
func (e Entry) SeatsMinors() bool {
	return (e.Kind == PresenceAdd || e.Kind == PresenceCount) && e.N > 0 && e.Group.Band.UnderAge()
}

var problemKinds = map[Kind]bool{Offer: true, TallyAdd: true, TallyCount: true, Compare: true}

func (e Entry) checkBallot(bad *Bad, s Session) {
	if len(e.Ballot) == 0 {
		bad.Add("ballot", "entry.ballot.empty")
	}
	if s.Top > 0 && len(e.Ballot) > s.Top && s.Form == Ballots {
		bad.Add("ballot", "entry.ballot.many", "max", s.Top)
	}
	if !e.Ballot.settled() {
		bad.Add("ballot", "error.choose")
	}
	for _, c := range e.Ballot {
		if s.Form == Scores && (c.Points < 1 || c.Points > 5) {
			bad.Add("ballot", "error.range", "min", 1, "max", 5)
		}
	}
}

// checkHeader wants a reason for every correction, and the line as the session
// itself would accept it. Other lines may be as they are: an import has no
// facilitators.
func (e Entry) checkHeader(bad *Bad, s Session) {
	if e.Text == "" {
		bad.Add("text", "error.required")
	}
	after, ok := s.With(e.Field, e.Value)
	if !ok {
		bad.Add("field", "error.choose")
		return
	}
	if fault, wrong := after.Check()[e.Field]; wrong {
		bad.Add(e.Field, fault.Key, fault.Args...)
	}
}

// CheckTaking is what speaks against taking an entry of a session back. Where
// nobody consented, the numbers that keep people under eighteen out of it stay:
// others can be written down over them.
func (e Entry) CheckTaking(s Session) (bad Bad) {
	switch {
	case e.Kind.Lasts():
		bad.Add("", "entry.void.lasts")
	case (e.Kind == PresenceCount || e.Kind == PresenceAdd && e.N < 0) && e.Group.Band.UnderAge() && !s.Consented():
		bad.Add("", "session.consent.missing")
	}
	return bad
}
