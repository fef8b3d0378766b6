package lang

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the word files in their canonical form")

// entry is one line of a file of words, as it stands there.
type entry struct {
	key   string
	value any // a string, or a map of plural forms
}

func (e entry) texts() []string {
	if text, ok := e.value.(string); ok {
		return []string{text}
	}
	var all []string
	for _, form := range e.value.(map[string]any) {
		all = append(all, form.(string))
	}
	slices.Sort(all)
	return all
}

// entries reads a file in its own order and keeps keys that come twice, which a map would hide.
func entries(t *testing.T, raw []byte) []entry {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var all []entry
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		e := entry{key: key.(string)}
		if err := d.Decode(&e.value); err != nil {
			t.Fatalf("%s: %v", e.key, err)
		}
		all = append(all, e)
	}
	return all
}

var codes = []string{"ky", "ru", "en"}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// everyWord calls a check for each key of each language.
func everyWord(t *testing.T, check func(t *testing.T, code string, e entry)) {
	t.Helper()
	for _, code := range codes {
		all := entries(t, readFile(t, code+".json"))
		if len(all) == 0 {
			t.Errorf("%s.json is empty", code)
		}
		for _, e := range all {
			check(t, code, e)
		}
	}
}

// canonical writes words sorted, indented by two, letters as themselves, plural forms from one to other.
func canonical(t *testing.T, all []entry) []byte {
	t.Helper()
	slices.SortStableFunc(all, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	var b bytes.Buffer
	b.WriteString("{")
	for i, e := range all {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n  %s: %s", asJSON(t, e.key), asJSON(t, e.value))
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	if forms, ok := value.(map[string]any); ok {
		var lines []string
		for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
			if text, ok := forms[form]; ok {
				lines = append(lines, fmt.Sprintf("    %q: %s", form, asJSON(t, text)))
			}
		}
		return "{\n" + strings.Join(lines, ",\n") + "\n  }"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestWordsAreSorted(t *testing.T) {
	for _, code := range codes {
		name := code + ".json"
		raw := readFile(t, name)
		want := canonical(t, entries(t, raw))
		if *update && !bytes.Equal(raw, want) {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			raw = want
		}
		if diff := cmp.Diff(string(want), string(raw)); diff != "" {
			t.Errorf("%s is not in its canonical form; run go test ./templates/lang -run TestWordsAreSorted -update\n%s", name, diff)
		}
	}
}

func TestNoKeyComesTwice(t *testing.T) {
	for _, code := range codes {
		seen := map[string]bool{}
		for _, e := range entries(t, readFile(t, code+".json")) {
			if seen[e.key] {
				t.Errorf("%s: %s comes twice", code, e.key)
			}
			seen[e.key] = true
		}
	}
}

func TestEveryLanguageHasEveryKey(t *testing.T) {
	set := loaded(t)
	want := set.All()[0].Keys()
	for _, l := range set.All()[1:] {
		if diff := cmp.Diff(want, l.Keys()); diff != "" {
			t.Errorf("keys of ky (-) and %s (+) differ:\n%s", l.Code(), diff)
		}
	}
}

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

func TestKeysAreNounAndPart(t *testing.T) {
	everyWord(t, func(t *testing.T, code string, e entry) {
		if !keyShape.MatchString(e.key) {
			t.Errorf("%s: key %q is not a noun and its part", code, e.key)
		}
	})
}

func TestNoWordIsEmpty(t *testing.T) {
	everyWord(t, func(t *testing.T, code string, e entry) {
		for _, text := range e.texts() {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", code, e.key)
			}
			if text != strings.TrimSpace(text) {
				t.Errorf("%s: %s has white space around it: %q", code, e.key, text)
			}
		}
	})
}

// placeholders are the names of all forms of a word together: "one person" may leave {n} out.
func placeholders(t *testing.T, e entry) []string {
	t.Helper()
	names := map[string]bool{}
	for _, text := range e.texts() {
		parsed, err := parseText(text)
		if err != nil {
			t.Errorf("%s: %v", e.key, err)
		}
		for _, h := range parsed.holes {
			names[h.name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestPlaceholdersAgree(t *testing.T) {
	want := map[string][]string{}
	everyWord(t, func(t *testing.T, code string, e entry) {
		names := placeholders(t, e)
		if code == codes[0] {
			want[e.key] = names
		} else if diff := cmp.Diff(want[e.key], names); diff != "" {
			t.Errorf("%s: placeholders of %s differ from those in ky: %s", code, e.key, diff)
		}
	})
}

func TestPluralFormsAreTheLanguagesOwn(t *testing.T) {
	own := map[string][]string{"ky": {"one", "other"}, "ru": {"few", "many", "one", "other"}, "en": {"one", "other"}}
	isPlural := map[string]bool{}
	everyWord(t, func(t *testing.T, code string, e entry) {
		forms, ok := e.value.(map[string]any)
		if code == codes[0] {
			isPlural[e.key] = ok
		}
		if ok != isPlural[e.key] {
			t.Errorf("%s: %s has plural forms in one language and not in another", code, e.key)
		}
		if !ok {
			return
		}
		if diff := cmp.Diff(own[code], slices.Sorted(maps.Keys(forms))); diff != "" {
			t.Errorf("%s: plural forms of %s: %s", code, e.key, diff)
		}
	})
}

// Names and short forms that are the same in every alphabet. All capitals (CSV, PIN) need no leave.
var latinAllowed = map[string]bool{
	"English": true, "Excel": true, "WhatsApp": true, "Telegram": true, "PabuLib": true, "XLSForm": true,
	"Ashar": true, "ak-muz": true, "pb": true,
}

var (
	latinWord   = regexp.MustCompile(`[A-Za-z][A-Za-z-]*`)
	anyWord     = regexp.MustCompile(`[\p{L}]+`)
	latinLetter = regexp.MustCompile(`\p{Latin}`)
	cyrillic    = regexp.MustCompile(`\p{Cyrillic}`)
	holeShape   = regexp.MustCompile(`\{[a-z0-9_]+\}`)
)

func TestNoEnglishIsLeft(t *testing.T) {
	everyWord(t, func(t *testing.T, code string, e entry) {
		for _, text := range e.texts() {
			text = holeShape.ReplaceAllString(text, " ")
			if code == "en" || cyrillic.MatchString(text) {
				continue
			}
			for _, word := range latinWord.FindAllString(text, -1) {
				if word != strings.ToUpper(word) && !latinAllowed[word] {
					t.Errorf("%s: %s is English: %q (a name that stays as it is belongs in latinAllowed)", code, e.key, text)
				}
			}
		}
	})
}

// A Latin a in a Cyrillic word looks right and is never found by a search.
func TestNoWordMixesAlphabets(t *testing.T) {
	everyWord(t, func(t *testing.T, code string, e entry) {
		for _, text := range e.texts() {
			for _, word := range anyWord.FindAllString(holeShape.ReplaceAllString(text, " "), -1) {
				if latinLetter.MatchString(word) && cyrillic.MatchString(word) {
					t.Errorf("%s: %s: %q mixes Latin and Cyrillic letters", code, e.key, word)
				}
			}
		}
	})
}

func TestWordsToReviewExist(t *testing.T) {
	var review map[string][]string
	if err := json.Unmarshal(readFile(t, "review.json"), &review); err != nil {
		t.Fatal(err)
	}
	set := loaded(t)
	for code, keys := range review {
		l, ok := set.Get(code)
		if !ok {
			t.Errorf("review.json: no language %q", code)
			continue
		}
		if !slices.IsSorted(keys) {
			t.Errorf("review.json: the keys of %s are not sorted", code)
		}
		for _, key := range keys {
			if !l.Has(key) {
				t.Errorf("review.json: %s has no %s", code, key)
			}
		}
		if diff := cmp.Diff(keys, l.Review()); diff != "" && len(keys) > 0 {
			t.Errorf("Review of %s: %s", code, diff)
		}
	}
}
