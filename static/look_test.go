package static

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A palette is what the names of colours mean on one kind of page: light or dark, at the desk or in the field.
type palette map[string]string

var (
	token = regexp.MustCompile(`--([\w-]+):\s*(#[0-9a-f]{3,6});`)
	night = "@media screen and (prefers-color-scheme: dark)"
)

// read takes the tokens of one rule of a style sheet, the one at night if dark is asked for.
func read(t *testing.T, name, selector string, dark bool) palette {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	css := string(bare(content, ".css"))
	if dark {
		_, css, _ = strings.Cut(css, night)
	}
	_, rule, found := strings.Cut(css, selector+" {")
	rule, _, _ = strings.Cut(rule, "}")
	p := palette{}
	for _, match := range token.FindAllStringSubmatch(rule, -1) {
		p[match[1]] = match[2]
	}
	if !found || len(p) == 0 {
		t.Fatalf("%s: no tokens under %s (dark: %v)", name, selector, dark)
	}
	return p
}

func (p palette) over(below palette) palette {
	both := palette{}
	for _, layer := range []palette{below, p} {
		for name, colour := range layer {
			both[name] = colour
		}
	}
	return both
}

func palettes(t *testing.T) map[string]palette {
	desk, deskNight := read(t, "app.css", ":root", false), read(t, "app.css", ":root", true).over(read(t, "app.css", ":root", false))
	return map[string]palette{
		"desk":           desk,
		"desk at night":  deskNight,
		"field":          read(t, "field.css", "body.field", false).over(desk),
		"field at night": read(t, "field.css", "body.field", true).over(deskNight),
		"paper":          read(t, "print.css", ":root, body.field", false).over(desk),
	}
}

// contrast is WCAG 2's ratio of two colours.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	sum := 0.0
	for i, share := range []float64{0.2126, 0.7152, 0.0722} {
		value, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatalf("%q is not a colour", colour)
		}
		part := float64(value) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += share * part
	}
	return sum
}

func TestContrastIsCountedAsWCAGSays(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#ffffff", 21}, {"#777777", "#fff", 4.48}, {"#fff", "#fff", 1}} {
		if got := contrast(t, c.a, c.b); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s is %.2f, not %.2f", c.a, c.b, got, c.want)
		}
	}
}

// What stands on what: words 4.5 (7 in the field, where the sun shines), edges of controls and parts of charts 3.
var standing = []struct {
	front, back string
	words       bool
}{
	{"ink", "paper", true}, {"ink", "card", true}, {"ink", "wash", true},
	{"soft", "paper", true}, {"soft", "card", true}, {"soft", "wash", true},
	{"women", "card", true}, {"men", "card", true}, {"all", "card", true}, {"unknown", "card", true},
	{"women", "paper", true}, {"men", "paper", true}, {"all", "paper", true}, {"unknown", "paper", true},
	{"good", "good-wash", true}, {"warn", "warn-wash", true}, {"bad", "bad-wash", true},
	{"ink", "good-wash", true}, {"ink", "warn-wash", true}, {"ink", "bad-wash", true},
	{"good", "card", true}, {"warn", "card", true}, {"bad", "card", true}, {"bad", "paper", true}, {"card", "bad", true},
	{"accent-on", "accent", true}, {"ink-on", "ink", true},
	{"ink", "women-1", true}, {"ink", "women-2", true}, {"ink", "women-3", true}, {"ink", "women-4", true},
	{"ink", "men-1", true}, {"ink", "men-2", true}, {"ink", "men-3", true}, {"ink", "men-4", true},
	{"ink", "all-1", true}, {"ink", "all-2", true}, {"ink", "all-3", true}, {"ink", "all-4", true},
	{"edge", "paper", false}, {"edge", "card", false}, {"edge", "wash", false},
	{"accent", "card", false}, {"accent", "paper", false}, {"focus", "paper", false}, {"focus", "card", false},
	{"all", "all-1", false},
}

func TestEverythingCanBeReadOnWhatItStandsOn(t *testing.T) {
	for where, p := range palettes(t) {
		for _, s := range standing {
			least := 3.0
			if s.words {
				least = 4.5
			}
			if s.words && strings.HasPrefix(where, "field") {
				least = 7
			}
			if got := contrast(t, p[s.front], p[s.back]); got < least {
				t.Errorf("%s: %s (%s) on %s (%s) is %.2f, less than %.1f", where, s.front, p[s.front], s.back, p[s.back], got, least)
			}
		}
	}
}

func TestEveryColourThatIsUsedIsNamed(t *testing.T) {
	use := regexp.MustCompile(`var\(--([\w-]+)`)
	named := regexp.MustCompile(`--([\w-]+):`)
	known := map[string]bool{}
	used := map[string]string{}
	sheets, err := filepath.Glob("*.css")
	if err != nil || len(sheets) < 4 {
		t.Fatalf("found the style sheets %v: %v", sheets, err)
	}
	for _, name := range sheets {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range named.FindAllStringSubmatch(string(content), -1) {
			known[match[1]] = true
		}
		for _, match := range use.FindAllStringSubmatch(string(content), -1) {
			used[match[1]] = name
		}
	}
	for name, sheet := range used {
		if !known[name] {
			t.Errorf("%s uses --%s, which nobody names", sheet, name)
		}
	}
}
