package data

import (
	"database/sql/driver"
	"encoding/json"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// Survey is an open questionnaire of a round: residents answer it on phones or
// on paper. Its questions live in versions (package form), each kept for ever
// beside the answers given to it.
type Survey struct {
	ID       ID
	Round    ID
	Word     string // its word in addresses, /s/{word}; one in the whole installation
	Title    Text
	Door     Door
	Opened   time.Time // when staff opened it; zero is a draft
	Shut     time.Time // when staff closed it
	Opens    Date      // first day on which it takes answers, empty for at once
	Closes   Date      // last day
	Most     int       // it is full with so many responses; 0 is no bound
	Results  Date      // when people will hear what came of it
	Help     string    // whom to call to answer with help
	Keep     int       // months after closing until the answers are erased; 0 is for ever
	Targets  Targets
	Version  int // the one that people answer now; 0 before it was first opened
	Archived bool
	Purged   time.Time // when its answers were erased
	By       ID
	Created  time.Time
	Stamp    ID // new with every change of the survey itself, not with responses
}

// Door says who may answer a survey.
type Door string

// The doors.
const (
	DoorOpen  Door = "open"  // whoever has the link
	DoorCoded Door = "coded" // only holders of a code from a sheet
	DoorBoth  Door = "both"  // both, told apart
)

// Doors in the order in which they are offered.
var Doors = []Door{DoorOpen, DoorCoded, DoorBoth}

// Target is how many people of a kind a survey wants to hear. An empty village,
// sex or band stands for everybody along it.
type Target struct {
	Village ID   `json:"village,omitzero"`
	Sex     Sex  `json:"sex,omitempty"`
	Band    Band `json:"band,omitempty"`
	People  int  `json:"people"`
}

// Targets of a survey.
type Targets []Target

// Value keeps targets as JSON.
func (t Targets) Value() (driver.Value, error) {
	b, err := json.Marshal(t)
	return string(b), err
}

// Scan reads what Value keeps.
func (t *Targets) Scan(src any) error { return scanJSON(src, t) }

// Phase is where a survey stands on a day.
type Phase string

// The phases.
const (
	PhaseDraft  Phase = "draft"
	PhaseEarly  Phase = "early" // opened, its first day is still to come
	PhaseOpen   Phase = "open"
	PhaseClosed Phase = "closed"
)

// Phase of the survey on a day in the village. Whether it is full is for those
// to say who count.
func (s Survey) Phase(today Date) Phase {
	switch {
	case s.Opened.IsZero():
		return PhaseDraft
	case !s.Shut.IsZero(), s.Archived, s.Closes != "" && today > s.Closes:
		return PhaseClosed
	case s.Opens != "" && today < s.Opens:
		return PhaseEarly
	}
	return PhaseOpen
}

// words of surveys have no letters that look like others: no l, o, i; no 0, 1.
var words = regexp.MustCompile(`^[a-hjkmnp-z2-9]{3,24}$`)

// WordLetters are the letters and digits a word or code of ours is made of:
// none of them is taken for another when read from paper.
const WordLetters = "abcdefghjkmnpqrstuvwxyz23456789"

// Check is what is wrong with a survey as typed.
func (s Survey) Check() (bad Bad) {
	checkText(&bad, "title", s.Title, MaxName)
	if !words.MatchString(s.Word) {
		bad.Add("word", "survey.word.form")
	}
	if !slices.Contains(Doors, s.Door) {
		bad.Add("door", "error.choose")
	}
	for field, day := range map[string]Date{"opens": s.Opens, "closes": s.Closes, "results": s.Results} {
		if day != "" && !day.Valid() {
			bad.Add(field, "error.date")
		}
	}
	if s.Opens != "" && s.Closes != "" && s.Closes < s.Opens {
		bad.Add("closes", "survey.closes.early")
	}
	if s.Most < 0 || s.Most > 10_000_000 {
		bad.Add("most", "error.range", "min", 0, "max", 10_000_000)
	}
	if s.Keep < 0 || s.Keep > 120 {
		bad.Add("keep", "error.range", "min", 0, "max", 120)
	}
	if slices.ContainsFunc(s.Targets, func(t Target) bool { return t.People < 1 || t.People > MaxCount }) {
		bad.Add("targets", "error.range", "min", 1, "max", MaxCount)
	}
	if utf8.RuneCountInString(s.Help) > MaxName {
		bad.Add("help", "error.long", "max", MaxName)
	}
	return bad
}

// Due is the day from which the answers must be erased; empty where they stay.
// It counts from the day the survey closed.
func (s Survey) Due(zone *time.Location) Date {
	end := s.Closes
	if !s.Shut.IsZero() {
		if day := Date(s.Shut.In(zone).Format(time.DateOnly)); end == "" || day < end {
			end = day
		}
	}
	if s.Keep == 0 || end == "" {
		return ""
	}
	return Date(end.Time().AddDate(0, s.Keep, 0).Format(time.DateOnly))
}
