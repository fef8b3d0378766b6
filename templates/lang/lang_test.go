package lang

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func loaded(tb testing.TB) Set {
	tb.Helper()
	set, err := Load()
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

func speaking(tb testing.TB, code string) *Lang {
	tb.Helper()
	l, ok := loaded(tb).Get(code)
	if !ok {
		tb.Fatalf("no language %s", code)
	}
	return l
}

// made are languages with words of the test's own, so that rules are not tied to today's wording.
func made(tb testing.TB, words string) Set {
	tb.Helper()
	set, err := load(wordFiles(words))
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

func wordFiles(words string) fstest.MapFS {
	file := &fstest.MapFile{Data: []byte(words)}
	return fstest.MapFS{"ky.json": file, "ru.json": file, "en.json": file, "review.json": {Data: []byte(`{"ky": ["a.b"]}`)}}
}

func TestKyrgyzComesFirst(t *testing.T) {
	var codes, names []string
	for _, l := range loaded(t).All() {
		codes, names = append(codes, l.Code()), append(names, l.Name())
	}
	if diff := cmp.Diff([]string{"ky", "ru", "en"}, codes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Кыргызча", "Русский", "English"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestMatch(t *testing.T) {
	set := loaded(t)
	for accept, want := range map[string]string{
		"":                                    "ky",
		"*":                                   "ky",
		"ky":                                  "ky",
		"ky-KG,ru;q=0.8,en;q=0.5":             "ky",
		"ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7": "ru",
		"ru-KG":                               "ru",
		"en-GB,en;q=0.9":                      "en",
		"en;q=0.5,ky;q=0.9":                   "ky",
		"kk-KZ":                               "ru", // neighbours read Russian
		"uz":                                  "ru",
		"tg":                                  "ru",
		"fr-FR,fr;q=0.9":                      "ky", // none of ours: not the nearest guess
		"fr-FR,en;q=0.4":                      "en",
		"tr":                                  "ky",
		"zh-CN,zh":                            "ky",
		"de, ;q=,,":                           "ky",
		"!!!":                                 "ky",
		strings.Repeat("a-", 2000):            "ky",
	} {
		for range 2 { // the second time from memory
			if got := set.Match(accept).Code(); got != want {
				t.Errorf("Match(%.40q) = %s, want %s", accept, got, want)
			}
		}
	}
}

func TestHeadersOfAllKindsAreNotRememberedForEver(t *testing.T) {
	set := loaded(t)
	for i := range 3 * mostHeard {
		set.Match(fmt.Sprintf("ru;q=0.%d", i))
		set.Match(fmt.Sprintf("%d%s", i, strings.Repeat("-a", longestHeard)))
	}
	if n := len(set.heard.of); n > mostHeard {
		t.Errorf("%d headers are remembered", n)
	}
	if got := set.Match("ru;q=0.1").Code(); got != "ru" {
		t.Errorf("Russian is answered in %s", got)
	}
}

func TestGetTakesExactCodesOnly(t *testing.T) {
	set := loaded(t)
	for _, code := range []string{"", "KY", "ky-KG", "de", "../ky"} {
		if l, ok := set.Get(code); ok || l != nil {
			t.Errorf("Get(%q) = %v, %v", code, l, ok)
		}
	}
}

func TestPlaceholdersAreFilled(t *testing.T) {
	l, _ := made(t, `{"a.b": "{village}: {n} – {village}"}`).Get("ky")
	for _, c := range []struct {
		args []any
		want string
	}{
		{nil, "{village}: {n} – {village}"},
		{[]any{"village", "Ак-Муз", "n", 12345}, "Ак-Муз: 12\u00a0345 – Ак-Муз"},
		{[]any{"n", int64(-1000), "village", "<b>{n}</b>"}, "<b>{n}</b>: -1\u00a0000 – <b>{n}</b>"},
		{[]any{"n", uint8(7), "village", votes(1500)}, "1\u00a0500: 7 – 1\u00a0500"},
		{[]any{"n", 61.25, "village", name("Чаек")}, "Чаек: 61,25 – Чаек"},
		{[]any{"n", 60.0, "village", stringer{}}, "I say so: 60 – I say so"},
		{[]any{"n", nil, "village", true}, "true: <nil> – true"},
		{[]any{"village", day}, "2027-ж., 5-февраль: {n} – 2027-ж., 5-февраль"},
		{[]any{"village"}, "{village}: {n} – {village}"},
	} {
		if got := l.T("a.b", c.args...); got != c.want {
			t.Errorf("T(%v) = %q, want %q", c.args, got, c.want)
		}
	}
}

type (
	votes    int
	name     string
	stringer struct{}
)

func (stringer) String() string { return "I say so" }

func TestPluralFormFollowsN(t *testing.T) {
	set := made(t, `{"a.b": {"one": "{n} one", "few": "{n} few", "many": "{n} many", "other": "{n} other"}}`)
	for _, c := range []struct {
		n          any
		ky, ru, en string
	}{
		{0, "other", "many", "other"},
		{1, "one", "one", "one"},
		{-1, "one", "one", "one"},
		{2, "other", "few", "other"},
		{5, "other", "many", "other"},
		{11, "other", "many", "other"},
		{12, "other", "many", "other"},
		{21, "other", "one", "other"},
		{22, "other", "few", "other"},
		{101, "other", "one", "other"},
		{111, "other", "many", "other"},
		{1_000_000, "other", "many", "other"},
		{10_000_001, "other", "one", "other"},
		{uint16(3), "other", "few", "other"},
		{votes(1), "one", "one", "one"},
		{1.0, "one", "one", "one"},
		{1.001, "one", "one", "one"}, // written as 1
		{1.5, "other", "other", "other"},
		{"1", "other", "other", "other"}, // a text is not counted
	} {
		for code, form := range map[string]string{"ky": c.ky, "ru": c.ru, "en": c.en} {
			l, _ := set.Get(code)
			if got := l.T("a.b", "n", c.n); !strings.HasSuffix(got, " "+form) {
				t.Errorf("%s: %T %v gives %q, want %s", code, c.n, c.n, got, form)
			}
		}
	}
}

func TestPluralWithoutArgumentsIsOther(t *testing.T) {
	l, _ := made(t, `{"a.b": {"one": "village", "other": "villages"}}`).Get("en")
	if got := l.T("a.b"); got != "villages" {
		t.Errorf("got %q", got)
	}
	if got := l.T("a.b", "n", 1); got != "village" {
		t.Errorf("got %q", got)
	}
}

func TestMissingWordShowsItsKeyAndIsTold(t *testing.T) {
	set := made(t, `{"a.b": "x"}`)
	l, _ := set.Get("ru")
	if got := l.T("a.c", "n", 1); got != "⟦a.c⟧" {
		t.Errorf("got %q", got)
	}
	var told []string
	set.OnMissing(func(code, key string) { told = append(told, code+" "+key) })
	l.T("a.b")
	l.T("a.d")
	if diff := cmp.Diff([]string{"ru a.d"}, told); diff != "" {
		t.Error(diff)
	}
	if l.Has("a.d") || !l.Has("a.b") {
		t.Error("Has knows better than T")
	}
}

func TestLoadRefusesWhatCannotBeShown(t *testing.T) {
	for name, words := range map[string]string{
		"not JSON":                    `{`,
		"a number":                    `{"a.b": 1}`,
		"a form that is no text":      `{"a.b": {"other": 1}}`,
		"plural forms without other":  `{"a.b": {"one": "x"}}`,
		"an unknown plural form":      `{"a.b": {"several": "x", "other": "y"}}`,
		"an open brace":               `{"a.b": "x {n"}`,
		"a closed brace":              `{"a.b": "x n}"}`,
		"an empty placeholder":        `{"a.b": "{}"}`,
		"a placeholder with a space":  `{"a.b": "{n }"}`,
		"a placeholder that nests":    `{"a.b": "{a{b}}"}`,
		"a bad brace in one form":     `{"a.b": {"one": "{", "other": "y"}}`,
		"a bad brace in other":        `{"a.b": {"other": "}"}}`,
		"a placeholder in capitals":   `{"a.b": "{N}"}`,
		"a placeholder led by number": `{"a.b": "{1a}"}`,
	} {
		if _, err := load(wordFiles(words)); err == nil {
			t.Errorf("%s was loaded: %s", name, words)
		}
	}
	whole := wordFiles(`{"a.b": "x"}`)
	for name := range whole {
		parts := fstest.MapFS{}
		for n, f := range whole {
			if n != name {
				parts[n] = f
			}
		}
		if _, err := load(parts); err == nil {
			t.Errorf("loaded without %s", name)
		}
	}
}

func FuzzParseText(f *testing.F) {
	for _, seed := range []string{"", "x", "{n} адам", "{a}–{b}", "{", "}", "{{n}}", "{n}{n}", "\xff{n}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		parsed, err := parseText(raw)
		if err != nil {
			return
		}
		var b strings.Builder
		for _, h := range parsed.holes {
			b.WriteString(h.before + "{" + h.name + "}")
		}
		b.WriteString(parsed.tail)
		if b.String() != raw {
			t.Errorf("%q comes back as %q", raw, b.String())
		}
		if strings.Count(raw, "{") != len(parsed.holes) || strings.Count(raw, "}") != len(parsed.holes) {
			t.Errorf("%q: a brace is left over", raw)
		}
	})
}

func BenchmarkT(b *testing.B) {
	l := speaking(b, "ru")
	for name, args := range map[string][]any{"plain": nil, "text": {"title", "Ак-Муз"}, "plural": {"n", 12345}} {
		key := map[string]string{"plain": "app.tagline", "text": "app.title", "plural": "count.people"}[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.T(key, args...)
			}
		})
	}
}

func TestWordWithoutArgumentsCostsNoMemory(t *testing.T) {
	l := speaking(t, "ky")
	if n := testing.AllocsPerRun(100, func() { l.T("app.tagline") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
