package data

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Sex as people state it in a group. Unknown ("not said") is a category like
// the others.
type Sex string

// The three categories.
const (
	Female     Sex = "female"
	Male       Sex = "male"
	UnknownSex Sex = ""
)

// Sexes in the order in which they are shown.
var Sexes = []Sex{Female, Male, UnknownSex}

// Key is the sex as written in documents: female, male, unknown.
func (s Sex) Key() string {
	if s == UnknownSex {
		return "unknown"
	}
	return string(s)
}

// Band is a range of ages in whole years as a scheme writes it: "18-28", "61+".
// The empty band is "not said".
type Band string

// Key is the band as written in documents; the empty one is unknown.
func (b Band) Key() string {
	if b == "" {
		return "unknown"
	}
	return string(b)
}

// Ages are the first and the last age of a band, 150 where it is open.
func (b Band) Ages() (from, to int, err error) {
	first, last, isRange := strings.Cut(string(b), "-")
	if !isRange {
		if first, isRange = strings.CutSuffix(first, "+"); !isRange {
			return 0, 0, fmt.Errorf("band %q: %w", b, ErrInvalid)
		}
		last = "150"
	}
	from, err = age(first)
	if err == nil {
		to, err = age(last)
	}
	if err != nil || from > to {
		return 0, 0, fmt.Errorf("band %q: %w", b, ErrInvalid)
	}
	return from, to, nil
}

func age(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 150 || strconv.Itoa(n) != s {
		return 0, ErrInvalid
	}
	return n, nil
}

// ParseBands reads bands separated by commas, as in "14-17,18-28,61+": rising,
// not overlapping, each written as Ages wants it. No bands at all is fine.
func ParseBands(s string) ([]Band, error) {
	var bands []Band
	after := -1
	for part := range strings.SplitSeq(s, ",") {
		b := Band(strings.ReplaceAll(strings.TrimSpace(part), "–", "-"))
		if b == "" {
			continue
		}
		from, to, err := b.Ages()
		if err != nil {
			return nil, err
		}
		if from <= after {
			return nil, fmt.Errorf("band %q overlaps the one before: %w", b, ErrInvalid)
		}
		after = to
		bands = append(bands, b)
	}
	return bands, nil
}

// JoinBands writes bands the way ParseBands reads them.
func JoinBands(bands []Band) string {
	parts := make([]string, len(bands))
	for i, b := range bands {
		parts[i] = string(b)
	}
	return strings.Join(parts, ",")
}

// Group is the key of every break-down: the people of one sex, age band and
// tag. Each part may be "not said". One group of one session is the unit that
// speaks.
type Group struct {
	Sex  Sex
	Band Band
	Tag  string
}

// Tag is a category of people that is neither sex nor age: a social group, a
// neighbourhood.
type Tag struct {
	Key  string `json:"key"`
	Name Text   `json:"name"`
}

// Scheme says which groups a round tells apart. It is frozen when the round's
// first session opens.
type Scheme struct {
	Sexes bool   `json:"sexes"` // whether women and men are told apart
	Bands []Band `json:"bands,omitempty"`
	Tags  []Tag  `json:"tags,omitempty"`
}

// BandOf is the band of an age, or the empty band where none holds it.
func (s Scheme) BandOf(years int) Band {
	for _, b := range s.Bands {
		if from, to, err := b.Ages(); err == nil && years >= from && years <= to {
			return b
		}
	}
	return ""
}

// Has tells whether the scheme knows the group; "not said" is known always.
func (s Scheme) Has(g Group) bool {
	return (g.Sex == UnknownSex || s.Sexes && (g.Sex == Female || g.Sex == Male)) &&
		(g.Band == "" || slices.Contains(s.Bands, g.Band)) &&
		(g.Tag == "" || slices.ContainsFunc(s.Tags, func(t Tag) bool { return t.Key == g.Tag }))
}

// Tag finds a tag by its key.
func (s Scheme) Tag(key string) (Tag, bool) {
	for _, t := range s.Tags {
		if t.Key == key {
			return t, true
		}
	}
	return Tag{}, false
}

// Compare orders groups as they are shown: women, men, not said; young to old;
// tags in the scheme's order.
func (s Scheme) Compare(a, b Group) int {
	rank := func(g Group) [3]int {
		r := [3]int{slices.Index(Sexes, g.Sex), slices.Index(s.Bands, g.Band), slices.IndexFunc(s.Tags, func(t Tag) bool { return t.Key == g.Tag })}
		for i := 1; i < 3; i++ {
			if r[i] < 0 {
				r[i] = 1 << 20
			}
		}
		return r
	}
	x, y := rank(a), rank(b)
	return slices.Compare(x[:], y[:])
}

// UnderAge tells whether people of a band may be under eighteen, who sit in a
// session only with the consent of a parent or the school.
func (b Band) UnderAge() bool {
	from, _, err := b.Ages()
	return err == nil && from < 18
}

// View is a way to weigh groups against each other.
type View string

// The three views of the same entries.
const (
	People   View = "people"     // everybody who came counts once
	Groups   View = "groups"     // each group is one voice
	Citizens View = "population" // each group stands for the residents of its kind
)

// Views in the order in which they stand side by side.
var Views = []View{People, Groups, Citizens}

// Rule says how groups are merged into one order. Rho, 0 to 1, is how alike the
// people of one group are taken to be (the intra-class correlation of the
// design effect 1+(n-1)rho): 0 counts persons, 1 counts groups. It matters
// where several groups share a stratum in the view of all residents.
type Rule struct {
	View View
	Rho  float64
	Trim float64 // person weights are trimmed at so many times their median; 0 does not trim
}

// Round is one cycle of needs assessment in one municipality.
type Round struct {
	ID       ID
	Name     string
	Scheme   Scheme
	Forms    []Form
	Rule     Rule
	Frozen   time.Time // zero until the first session opens
	FrozenBy ID
	Starts   Date
	Ends     Date
	Archived bool
	Created  time.Time
}

// Check is what is wrong with a round as typed.
func (r Round) Check() (bad Bad) {
	if r.Name == "" {
		bad.Add("name", "error.required")
	}
	if len([]rune(r.Name)) > MaxName {
		bad.Add("name", "error.long", "max", MaxName)
	}
	if len(r.Forms) == 0 || slices.ContainsFunc(r.Forms, func(f Form) bool { return !slices.Contains(Forms, f) }) {
		bad.Add("forms", "error.choose")
	}
	if !slices.Contains(Views, r.Rule.View) {
		bad.Add("view", "error.choose")
	}
	if !(r.Rule.Rho >= 0 && r.Rule.Rho <= 1) {
		bad.Add("rho", "error.range", "min", 0, "max", 1)
	}
	if !r.Scheme.Sexes && len(r.Scheme.Bands) == 0 && len(r.Scheme.Tags) == 0 {
		bad.Add("scheme", "round.scheme.empty")
	}
	if r.Starts != "" && !r.Starts.Valid() {
		bad.Add("starts", "error.date")
	}
	if r.Ends != "" && !r.Ends.Valid() {
		bad.Add("ends", "error.date")
	}
	if r.Starts != "" && r.Ends != "" && r.Ends < r.Starts {
		bad.Add("ends", "round.ends.early")
	}
	return bad
}

// Value keeps a Scheme as JSON.
func (s Scheme) Value() (driver.Value, error) {
	b, err := json.Marshal(s)
	return string(b), err
}

// Scan reads what Value keeps.
func (s *Scheme) Scan(src any) error { return scanJSON(src, s) }

// Date is a day in the village, as "2017-09-12". It has no time zone.
type Date string

// Valid tells whether the date is written so and exists.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Time is midnight UTC of the day, for those who write dates out; the zero time
// where there is none.
func (d Date) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}
