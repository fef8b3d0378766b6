package form

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// Personal is what in an open answer looks as if it named somebody. It is a
// guess that asks a person to look, and never a verdict.
type Personal uint8

// The kinds of it.
const (
	PersonalPhone Personal = 1 << iota
	PersonalMail
	PersonalNumber // as long as the personal number of a passport
	PersonalName
)

// PersonalKinds are the ends of their message keys, in order.
var PersonalKinds = []string{"phone", "mail", "number", "name"}

// Kinds are the ends of the message keys of what was found.
func (p Personal) Kinds() (kinds []string) {
	for i, kind := range PersonalKinds {
		if p&(1<<i) != 0 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

var (
	mails  = regexp.MustCompile(`\S@\S+\.\S`)
	digits = regexp.MustCompile(`\+?\d(?:[\s().\-–]{0,2}\d){8,19}`)
)

// names finds patronymics and surnames as they end in Kyrgyz and Russian, with a
// name before or behind them. It is made when it is first asked for, since
// that takes some milliseconds of the start.
var names = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\p{Lu}\p{L}+\s+(?:\p{Lu}\p{L}+\s+)?(?:уулу|кызы)(?:\P{L}|$)|` +
		`\p{Lu}\p{L}+(?:ов|ова|ев|ева|ин|ина|баев|баева|алиев|алиева|ович|овна|евич|евна)\s+\p{Lu}(?:\p{L}+|\.)|` +
		`\p{Lu}\p{L}+\s+\p{Lu}\p{L}+(?:ов|ова|ев|ева|ович|овна|евич|евна)(?:\P{L}|$)`)
})

// PersonalIn finds what in a text looks as if it named somebody.
func PersonalIn(text string) (found Personal) {
	if strings.Contains(text, "@") && mails.MatchString(text) {
		found |= PersonalMail
	}
	if strings.ContainsFunc(text, unicode.IsDigit) {
		for _, number := range digits.FindAllString(text, -1) {
			n := 0
			for _, r := range number {
				if unicode.IsDigit(r) {
					n++
				}
			}
			switch {
			case n == 14:
				found |= PersonalNumber
			case n >= 9 && n <= 13:
				found |= PersonalPhone
			}
		}
	}
	if names().MatchString(text) {
		found |= PersonalName
	}
	return found
}
