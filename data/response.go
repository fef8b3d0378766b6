package data

import (
	"crypto/sha256"
	"database/sql/driver"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Response is what one resident answered. It knows no name, phone or network
// address, and its time stays with the staff.
type Response struct {
	ID       ID
	Survey   ID
	Version  int    // of the survey's questions
	Key      Key    // of the receipt code
	Lang     string // in which it was answered
	Tier     Tier   // how well we know that it is one person's only one
	Sheet    string // of paper: the number on the sheet
	Village  ID     // these three are answers too, kept beside for counting
	Sex      Sex
	Band     Band
	Seconds  int // from the first page to the end; 0 where unknown
	Flags    Flags
	State    State
	Received time.Time
	By       ID // who typed it in from paper
	Answers  Answers
	Second   Answers // of paper: as another person typed it in; nil where nobody has
	SecondBy ID
	Changed  ID // new with every change of the response
}

// Tier is the trust that the way of coming in deserves.
type Tier string

// The tiers, told apart wherever results are shown.
const (
	TierCoded Tier = "coded" // with a code that works once
	TierPaper Tier = "paper" // typed in from a sheet by staff
	TierOpen  Tier = "open"  // through the open link
)

// Tiers in the order in which they are shown.
var Tiers = []Tier{TierCoded, TierPaper, TierOpen}

// State is whether a response counts.
type State string

// The states of a response.
const (
	StateCounted   State = "counted"
	StateHeld      State = "held"      // suspicious: waits for a person, and does not count meanwhile
	StateRemoved   State = "removed"   // by staff, with a reason
	StateWithdrawn State = "withdrawn" // by the resident; its answers are erased
)

// Flag is a reason to look at a response, the end of a message key.
type Flag string

// The flags.
const (
	FlagTrap    Flag = "trap"    // the field that people cannot see was filled
	FlagFast    Flag = "fast"    // sent faster than anybody reads
	FlagBurst   Flag = "burst"   // one of very many that came at once by one way
	FlagSame    Flag = "same"    // the very answers of many others
	FlagToken   Flag = "token"   // sent without having been asked
	FlagCleared Flag = "cleared" // a person looked at it: it counts
)

// Flags of a response.
type Flags []Flag

// Value keeps flags as words with spaces.
func (f Flags) Value() (driver.Value, error) {
	parts := make([]string, len(f))
	for i, flag := range f {
		parts[i] = string(flag)
	}
	return strings.Join(parts, " "), nil
}

// Scan reads what Value keeps.
func (f *Flags) Scan(src any) error {
	var s string
	switch src := src.(type) {
	case string:
		s = src
	case []byte:
		s = string(src)
	}
	*f = nil
	for _, part := range strings.Fields(s) {
		*f = append(*f, Flag(part))
	}
	return nil
}

// Has tells whether a flag is among them.
func (f Flags) Has(flag Flag) bool { return slices.Contains(f, flag) }

// With is the flags and one more, each once.
func (f Flags) With(flag Flag) Flags {
	if slices.Contains(f, flag) {
		return f
	}
	return append(slices.Clone(f), flag)
}

// Without is the flags but one.
func (f Flags) Without(flag Flag) Flags {
	return slices.DeleteFunc(slices.Clone(f), func(other Flag) bool { return other == flag })
}

// Key is the hash under which a code of a receipt or sheet is kept: who reads
// the database cannot use the code.
type Key [16]byte

// KeyOf a code of a survey, however it was typed: case and what stands between
// its letters do not matter, and on a Cyrillic keyboard there are letters that
// look like those of the sheet.
func KeyOf(survey ID, code string) Key {
	code = strings.Map(func(r rune) rune {
		if latin, ok := looks[r]; ok {
			return latin
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, strings.ToLower(code))
	sum := sha256.Sum256(append(survey[:], code...))
	return Key(sum[:16])
}

// Value hands the key to a database as its bytes.
func (k Key) Value() (driver.Value, error) { return k[:], nil }

// Scan takes the bytes from a database.
func (k *Key) Scan(src any) error { return (*ID)(k).Scan(src) }

// Answers by the name of the question. A question that is not among them was
// not asked: its condition did not hold.
type Answers map[string]Answer

// Answer to one question. Which of the parts is used is the question's kind.
type Answer struct {
	Said   Said              `json:"q,omitempty"`
	Text   string            `json:"t,omitempty"` // text, number, date, one choice, village, sex, band, calculated
	Picks  []string          `json:"c,omitempty"` // many choices, as they stand in the list
	Ranks  [][]string        `json:"r,omitempty"` // rank: tiers, the most needed first
	Points map[string]int    `json:"p,omitempty"` // points shared out
	Cells  map[string]string `json:"m,omitempty"` // rating: item -> mark; pairs: "a b" -> the preferred one, "=" for a tie
	Shown  []string          `json:"s,omitempty"` // the order in which choices stood, where it was drawn by lot
	Rows   []Answers         `json:"i,omitempty"` // the instances of a repeat
}

// Blank tells whether nothing is written in any part of an answer.
func (a Answer) Blank() bool {
	return a.Text == "" && len(a.Picks) == 0 && len(a.Ranks) == 0 && len(a.Points) == 0 && len(a.Cells) == 0 && len(a.Rows) == 0
}

// Said is how a question was left.
type Said string

// Answered is the zero value; a question that was not asked has no Answer.
const (
	Answered Said = ""
	Empty    Said = "empty"   // asked, and left empty
	Refused  Said = "refused" // "I prefer not to say"
)

// Value keeps answers as JSON; nil is NULL.
func (a Answers) Value() (driver.Value, error) {
	if a == nil {
		return nil, nil
	}
	return appendAnswers(make([]byte, 0, 512), a), nil
}

// Scan reads what Value keeps.
func (a *Answers) Scan(src any) error {
	*a = nil
	var text string
	switch src := src.(type) {
	case string:
		text = src
	case []byte:
		text = string(src)
	}
	if read, ok := readAnswers(text); ok {
		*a = read
		return nil
	}
	return scanJSON(src, a)
}

// Draft is what somebody has answered so far. It is kept under the key of a
// code that only the address of their page knows, until they send it or for
// some days.
type Draft struct {
	Survey   ID
	Key      Key
	Corrects ID   // the response that is being put right, zero for a new one
	Code     *Key // of the sheet's code they came with
	Version  int
	Lang     string
	Answers  Answers
	Began    time.Time
	Touched  time.Time
}

// Code is a code of a sheet that lets one person answer once.
type Code struct {
	Survey  ID
	Key     Key
	Batch   string    // what the sheets are for, as staff wrote it
	Village ID        // where they are handed out, zero for anywhere
	Used    bool      // it lets nobody in any more
	Voided  time.Time // when staff said that it got lost; zero where it did not
	Created time.Time
}

// Reading is what staff noted on an open answer: tags, the problem it was
// turned into, and whether it may be shown outside.
type Reading struct {
	Survey   ID
	Response ID
	Question string
	Tags     []string
	Problem  ID
	Public   bool // moderated: may leave the staff
	By       ID
	At       time.Time
}
