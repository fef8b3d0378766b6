package data

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Municipality is an aiyl aimak. Everything but accounts belongs to exactly one.
type Municipality struct {
	ID       ID
	Slug     string // its word in addresses: ak-muz
	Name     Text
	Invented bool // its villages, people or votes are made up; every screen says so
	Archived bool
	Created  time.Time
	Stamp    ID // new with every change of its villages, population, rounds or problems
}

// Village is one settlement of a municipality.
type Village struct {
	ID   ID
	Name Text
}

// Population is a number of people living in a village: one of a sex and band,
// or a margin, where Sex or Band (or both) is empty and the figure stands for
// everybody along it. The zero village stands for the whole municipality.
type Population struct {
	Village ID
	Sex     Sex
	Band    Band
	People  int
}

// reserved words cannot be a municipality's: they begin other addresses.
var reserved = map[string]bool{
	"static": true, "sign-in": true, "sign-out": true, "set-up": true, "healthz": true, "readyz": true,
	"accounts": true, "account": true, "municipalities": true, "language": true, "reset": true, "s": true,
	"field": true, "sync": true, "starters": true, "audit": true, "help": true, "favicon.ico": true, "robots.txt": true, "sw.js": true,
}

var slugs = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check is what is wrong with a municipality as typed.
func (m Municipality) Check() (bad Bad) {
	checkText(&bad, "name", m.Name, MaxName)
	switch {
	case m.Slug == "":
		bad.Add("slug", "error.required")
	case !slugs.MatchString(m.Slug) || len(m.Slug) > 60:
		bad.Add("slug", "municipality.slug.form")
	case reserved[m.Slug]:
		bad.Add("slug", "error.taken")
	}
	return bad
}

// Check is what is wrong with a village as typed.
func (v Village) Check() (bad Bad) {
	checkText(&bad, "name", v.Name, MaxName)
	return bad
}

// checkText wants a text in at least one language, none of them too long.
func checkText(bad *Bad, field string, t Text, most int) {
	if t.Empty() {
		bad.Add(field, "error.required")
	}
	if t.Longest() > most {
		bad.Add(field, "error.long", "max", most)
	}
}

// Slug proposes a word for addresses from a name: «Ак-Муз» gives ak-muz. A name
// without a letter or digit that can be spelled gives the empty word.
func Slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range foldLatin(latin.Replace(strings.ToLower(name))) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		} else if !unicode.Is(unicode.Mn, r) {
			dash = true
		}
	}
	s := b.String()
	if len(s) > 50 {
		s = strings.Trim(s[:50], "-")
	}
	if reserved[s] {
		s += "-aimak"
	}
	return s
}
