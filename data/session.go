package data

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Form is the way in which a session's people say what they need.
type Form string

// The five forms of vote.
const (
	Tally   Form = "tally"   // hands raised, or stones laid, per problem and group
	Ballots Form = "ballots" // one ballot per person, in order
	Pairs   Form = "pairs"   // the whole group compares problems two by two
	Order   Form = "order"   // the whole group agrees on one order
	Scores  Form = "scores"  // one sheet per person, 1 to 5 for each problem
)

// Forms in the order in which they are offered.
var Forms = []Form{Tally, Ballots, Pairs, Order, Scores}

// OneVoice tells whether the form records what the group says together, rather
// than what its people say.
func (f Form) OneVoice() bool { return f == Pairs || f == Order }

// Session is one sitting of a focus group or meeting.
type Session struct {
	ID           ID
	Round        ID
	Village      ID
	Place        string
	Date         Date
	Facilitators string
	Form         Form
	Each         int    // tally: stones each person has; 0 means hands, any number
	Top          int    // ballots: how many problems a ballot may name; 0 means all
	Tag          string // the tag its people share; empty where they share none
	Consent      Consent
	Closed       bool
	Archived     bool
	Import       ID // the import that wrote it, zero for a real sitting
	By           ID // who opened it
	Created      time.Time
	Stamp        ID // new with every entry: what a reader asks to know whether its copy is old
}

// Consent says who allowed people under eighteen to take part.
type Consent string

// The consents; empty is none.
const (
	ConsentParents Consent = "parents"
	ConsentSchool  Consent = "school"
)

// Consents in the order in which they are offered.
var Consents = []Consent{ConsentParents, ConsentSchool}

// Consented tells whether people under eighteen may sit in the session. An
// import brings votes that were cast elsewhere, under its own rules.
func (s Session) Consented() bool { return s.Consent != "" || !s.Import.Zero() }

// shutClosed is the one reason that reopening mends.
const shutClosed = "session.closed.already"

// Shut is the message key of why nothing more is written down in the session of
// a round; empty where it is open.
func (s Session) Shut(r Round) string {
	switch {
	case r.Archived:
		return "round.archived.already"
	case s.Archived:
		return "session.archived.already"
	case s.Closed:
		return shutClosed
	}
	return ""
}

// Check is what is wrong with the head of a session as typed.
func (s Session) Check() (bad Bad) {
	if s.Village.Zero() {
		bad.Add("village", "error.choose")
	}
	if !s.Date.Valid() {
		bad.Add("date", "error.date")
	}
	for field, text := range map[string]string{"place": s.Place, "facilitators": s.Facilitators} {
		if utf8.RuneCountInString(text) > MaxLine {
			bad.Add(field, "error.long", "max", MaxLine)
		}
	}
	if s.Facilitators == "" {
		bad.Add("facilitators", "error.required")
	}
	if !slices.Contains(Forms, s.Form) {
		bad.Add("form", "error.choose")
	}
	if s.Each < 0 || s.Each > 20 {
		bad.Add("each", "error.range", "min", 0, "max", 20)
	}
	if s.Top < 0 || s.Top > 50 {
		bad.Add("top", "error.range", "min", 0, "max", 50)
	}
	if s.Consent != "" && !slices.Contains(Consents, s.Consent) {
		bad.Add("consent", "error.choose")
	}
	return bad
}

// CheckDate is what speaks against the date, today being a day in the village:
// a sitting is not written down before it was held.
func (s Session) CheckDate(today Date) (bad Bad) {
	if s.Date > today {
		bad.Add("date", "session.date.future")
	}
	return bad
}

// HeaderFields are the lines of a session's head that can be put right later,
// each with a reason.
var HeaderFields = []string{"village", "place", "date", "facilitators", "consent"}

// Header is the value of one such line.
func (s Session) Header(field string) string {
	switch field {
	case "village":
		return s.Village.String()
	case "place":
		return s.Place
	case "date":
		return string(s.Date)
	case "facilitators":
		return s.Facilitators
	case "consent":
		return string(s.Consent)
	}
	return ""
}

// With is the session with one line of its head changed; false where there is
// no such line.
func (s Session) With(field, value string) (Session, bool) {
	switch field {
	case "village":
		id, err := ParseID(value)
		if err != nil {
			return s, false
		}
		s.Village = id
	case "place":
		s.Place = value
	case "date":
		s.Date = Date(value)
	case "facilitators":
		s.Facilitators = value
	case "consent":
		s.Consent = Consent(value)
	default:
		return s, false
	}
	return s, true
}
