package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"reflect"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
)

// word is what stands under one key: one text, or one for each plural form. Few words have forms, so that only those
// make room for them.
type word struct {
	text                         // that of the form other
	forms *[plural.Many + 1]text // nil where one text serves for all
}

// in is the text for a plural form.
func (w *word) in(form plural.Form) *text {
	if w.forms == nil {
		return &w.text
	}
	return &w.forms[form]
}

// text is a text cut at its placeholders.
type text struct {
	raw   string
	holes []hole
	tail  string // after the last placeholder
}

type hole struct{ before, name string }

var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func readWords(from fs.FS, name string) (map[string]*word, error) {
	var raw map[string]any
	if err := readJSON(from, name, &raw); err != nil {
		return nil, err
	}
	words := make(map[string]*word, len(raw))
	for key, value := range raw {
		w, err := parseWord(value)
		if err != nil {
			return nil, fmt.Errorf("words: %s: %s: %w", name, key, err)
		}
		words[key] = &w
	}
	return words, nil
}

var errShape = errors.New("neither a text nor an object of plural forms")

func parseWord(raw any) (w word, err error) {
	if plain, ok := raw.(string); ok {
		w.text, err = parseText(plain)
		return w, err
	}
	forms, ok := raw.(map[string]any)
	if !ok {
		return w, errShape
	}
	other, ok := forms["other"].(string)
	if !ok {
		return w, errors.New("plural forms without other")
	}
	if w.text, err = parseText(other); err != nil {
		return w, err
	}
	w.forms = &[plural.Many + 1]text{}
	for i := range w.forms {
		w.forms[i] = w.text
	}
	for name, said := range forms {
		i, ok := formNames[name]
		if !ok {
			return w, fmt.Errorf("%q is no plural form", name)
		}
		form, ok := said.(string)
		if !ok {
			return w, errShape
		}
		if w.forms[i], err = parseText(form); err != nil {
			return w, err
		}
	}
	return w, nil
}

func parseText(raw string) (text, error) {
	t := text{raw: raw}
	rest := raw
	for {
		before, after, found := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return t, fmt.Errorf("a } without its { in %q", raw)
		}
		if !found {
			t.tail = rest
			return t, nil
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || !isName(name) {
			return t, fmt.Errorf("a { that begins no placeholder in %q", raw)
		}
		t.holes = append(t.holes, hole{before, name})
		rest = tail
	}
}

func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// T is the word for a key. Arguments are pairs of a name and a value, T("session.title", "village", "Ак-Муз"), and
// fill the placeholders of those names; whole numbers get the language's grouping, so give years as strings. The
// argument named n chooses the plural form. A missing word shows its key in ⟦⟧, a missing argument its placeholder.
func (l *Lang) T(key string, args ...any) string {
	w, ok := l.words[key]
	if !ok {
		return l.lacks(key)
	}
	if len(args) == 0 {
		return w.raw
	}
	t := w.in(l.form(args))
	if len(t.holes) == 0 {
		return t.raw
	}
	var room [256]byte
	b := room[:0]
	for _, h := range t.holes {
		b = append(b, h.before...)
		if value, ok := argument(args, h.name); ok {
			b = l.appendValue(b, value)
		} else {
			b = append(append(append(b, '{'), h.name...), '}')
		}
	}
	return string(append(b, t.tail...))
}

func (l *Lang) lacks(key string) string {
	if l.missing != nil {
		l.missing(l.code, key)
	}
	return "⟦" + key + "⟧"
}

func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// form is the plural form for the argument named n. A number that is written with a fraction takes "other" in
// all our languages.
func (l *Lang) form(args []any) plural.Form {
	value, ok := argument(args, "n")
	if !ok {
		return plural.Other
	}
	switch v := reflect.ValueOf(value); {
	case v.CanInt():
		return l.formOf(float64(v.Int()))
	case v.CanUint():
		return l.formOf(float64(v.Uint()))
	case v.CanFloat():
		return l.formOf(v.Float())
	}
	return plural.Other
}

func (l *Lang) formOf(n float64) plural.Form {
	n = math.Abs(n)
	whole := math.Round(n)
	if whole > 1<<53 || math.Abs(n-whole) >= fractionShown {
		return plural.Other
	}
	// The rules look at the last digits only, but want to know 0 and 1 from 10 and 11.
	i := int64(whole)
	if i >= 1_000_000 {
		i = 1_000_000 + i%1_000_000
	}
	return plural.Cardinal.MatchPlural(l.tag, int(i), 0, 0, 0, 0)
}

func (l *Lang) appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return append(b, v...)
	case int:
		return l.appendNumber(b, int64(v))
	case time.Time:
		return append(b, l.Date(v)...)
	case fmt.Stringer:
		return append(b, v.String()...)
	}
	switch v := reflect.ValueOf(value); {
	case v.CanInt():
		return l.appendNumber(b, v.Int())
	case v.CanUint() && v.Uint() <= math.MaxInt64:
		return l.appendNumber(b, int64(v.Uint()))
	case v.CanFloat():
		return l.appendDecimal(b, v.Float(), 0, fractionDigits)
	}
	return fmt.Append(b, value)
}
