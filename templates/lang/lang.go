// Package lang keeps the words that people read, in Kyrgyz, Russian and English, and writes numbers, dates and
// lists the way each language does.
//
// Words live in ky.json, ru.json and en.json: flat, sorted by key, the same keys in all three. A word may hold
// placeholders, {village}, and may be an object of plural forms chosen by the argument named n.
package lang

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed ky.json ru.json en.json review.json
var files embed.FS

// locale is what a language needs beside its words.
type locale struct {
	tag     language.Tag
	name    string
	group   string // between thousands
	decimal string
	percent string // after a share
	months  [12]string
	date    string // see writeDate
	short   string
}

// locales stand in the order in which they are offered; the first is the one we speak when we do not know better.
var locales = []locale{
	{
		tag: language.Kirghiz, name: "Кыргызча", group: "\u00a0", decimal: ",", percent: "%",
		months: [12]string{"январь", "февраль", "март", "апрель", "май", "июнь",
			"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
		date: "Y-ж., d-M", short: "D.m.Y",
	},
	{
		tag: language.Russian, name: "Русский", group: "\u00a0", decimal: ",", percent: "\u00a0%",
		months: [12]string{"января", "февраля", "марта", "апреля", "мая", "июня",
			"июля", "августа", "сентября", "октября", "ноября", "декабря"},
		date: "d M Y г.", short: "D.m.Y",
	},
	{
		tag: language.English, name: "English", group: ",", decimal: ".", percent: "%",
		months: [12]string{"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December"},
		date: "d M Y", short: "d b Y",
	},
}

// Lang is one language. It is safe for many requests at once.
type Lang struct {
	locale
	code      string
	words     map[string]*word
	review    []string
	missing   func(code, key string)
	collators sync.Pool
}

// Code is the tag of the language for the lang attribute, the cookie and the address: ky, ru or en.
func (l *Lang) Code() string { return l.code }

// Name is what the language calls itself.
func (l *Lang) Name() string { return l.name }

// Has tells whether there is a word for the key.
func (l *Lang) Has(key string) bool {
	_, ok := l.words[key]
	return ok
}

// Keys are the keys of all words, sorted.
func (l *Lang) Keys() []string {
	keys := make([]string, 0, len(l.words))
	for key := range l.words {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Review are the keys whose words a native speaker has still to look at, sorted.
func (l *Lang) Review() []string { return slices.Clone(l.review) }

// Set is all languages that Ashar speaks.
type Set struct {
	langs   []*Lang
	matcher language.Matcher
	heard   *heard
}

// heard remembers what headers ask for: browsers send the same few, and to choose
// anew takes a tenth of the time of a page.
type heard struct {
	mu sync.RWMutex
	of map[string]*Lang
}

// What is remembered: so many headers, none of them longer.
const (
	mostHeard    = 500
	longestHeard = 100
)

func (h *heard) get(accept string) *Lang {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.of[accept]
}

func (h *heard) put(accept string, l *Lang) {
	if len(accept) > longestHeard {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.of) >= mostHeard {
		clear(h.of)
	}
	h.of[strings.Clone(accept)] = l
}

// Load reads the words that are built into the program.
func Load() (Set, error) { return load(files) }

func load(from fs.FS) (Set, error) {
	var review map[string][]string
	if err := readJSON(from, "review.json", &review); err != nil {
		return Set{}, err
	}
	set := Set{langs: make([]*Lang, len(locales))}
	tags, failed := make([]language.Tag, len(locales)), make([]error, len(locales))
	var all sync.WaitGroup
	for i, loc := range locales { // at once: the start waits for it
		code := loc.tag.String()
		one := &Lang{locale: loc, code: code, review: review[code]}
		set.langs[i], tags[i] = one, loc.tag
		all.Go(func() { one.words, failed[i] = readWords(from, code+".json") })
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		return Set{}, err
	}
	set.matcher, set.heard = language.NewMatcher(tags), &heard{of: map[string]*Lang{}}
	return set, nil
}

func readJSON(from fs.FS, name string, into any) error {
	raw, err := fs.ReadFile(from, name)
	if err != nil {
		return fmt.Errorf("words: %w", err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("words: %s: %w", name, err)
	}
	return nil
}

// All are the languages in the order in which a page offers them.
func (s Set) All() []*Lang { return slices.Clone(s.langs) }

// Get finds a language by its exact code, as a cookie or an address names it.
func (s Set) Get(code string) (*Lang, bool) {
	for _, l := range s.langs {
		if l.code == code {
			return l, true
		}
	}
	return nil, false
}

// Match chooses the language for an Accept-Language header. Whoever asks for none of ours gets Kyrgyz, not
// the nearest guess.
func (s Set) Match(accept string) *Lang {
	l := s.heard.get(accept)
	if l == nil {
		l = s.match(accept)
		s.heard.put(accept, l)
	}
	return l
}

func (s Set) match(accept string) *Lang {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return s.langs[0]
	}
	_, i, confidence := s.matcher.Match(wanted...)
	if confidence == language.No {
		return s.langs[0]
	}
	return s.langs[i]
}

// OnMissing names a function to be told of each word that was asked for and is not there. Tests use it to fail;
// call it before the set is shared.
func (s Set) OnMissing(tell func(code, key string)) {
	for _, l := range s.langs {
		l.missing = tell
	}
}
