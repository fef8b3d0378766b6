package data

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is one thing said in up to three languages.
type Text struct {
	KY string `json:"ky,omitempty"`
	RU string `json:"ru,omitempty"`
	EN string `json:"en,omitempty"`
}

// Languages are the codes of a Text's parts, Kyrgyz first.
var Languages = []string{"ky", "ru", "en"}

// Exact is the part in that language, empty where nobody has written it.
func (t Text) Exact(lang string) string {
	switch lang {
	case "ky":
		return t.KY
	case "ru":
		return t.RU
	case "en":
		return t.EN
	}
	return ""
}

// Put sets one part.
func (t *Text) Put(lang, s string) {
	switch lang {
	case "ky":
		t.KY = s
	case "ru":
		t.RU = s
	case "en":
		t.EN = s
	}
}

// In is the text in that language, or the first one there is. The second value
// is the language it really is in, for the page to say so.
func (t Text) In(lang string) (text, really string) {
	if s := t.Exact(lang); s != "" {
		return s, lang
	}
	for _, l := range Languages {
		if s := t.Exact(l); s != "" {
			return s, l
		}
	}
	return "", lang
}

// Empty tells whether nothing is written in any language.
func (t Text) Empty() bool { return t == Text{} }

// Clean is the text with every part cleaned as Clean does.
func (t Text) Clean() Text {
	return Text{KY: Clean(t.KY), RU: Clean(t.RU), EN: Clean(t.EN)}
}

// Longest is the length of its longest part in code points.
func (t Text) Longest() int {
	return max(utf8.RuneCountInString(t.KY), utf8.RuneCountInString(t.RU), utf8.RuneCountInString(t.EN))
}

// Value keeps a Text as JSON.
func (t Text) Value() (driver.Value, error) {
	b, err := json.Marshal(t)
	return string(b), err
}

// Scan reads what Value keeps.
func (t *Text) Scan(src any) error { return scanJSON(src, t) }

// scanJSON reads a JSON column of either engine into v.
func scanJSON(src, v any) error {
	switch s := src.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(s), v)
	case []byte:
		return json.Unmarshal(s, v)
	}
	return fmt.Errorf("JSON cannot be read from %T", src)
}

// Clean is typed text without what nobody can see: control characters,
// zero-width and direction marks, and white space around it or doubled. Line
// breaks stay, as \n.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	return cleaned(s)
}

func cleaned(s string) string {
	s = breaks.Replace(strings.ToValidUTF8(s, ""))
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteRune('\n')
			space = false
			continue
		case invisible(r):
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}

// isClean tells of most texts that have nothing to be cleaned, and is never wrong
// when it says so.
func isClean(s string) bool {
	before := ' '
	for _, r := range s {
		switch {
		case r == ' ' || r == '\n':
			if before == ' ' || before == '\n' {
				return false
			}
		case r == utf8.RuneError || invisible(r) || unicode.IsSpace(r):
			return false
		}
		before = r
	}
	return s == "" || before != ' ' && before != '\n'
}

// breaks are the other ways to end a line, as keyboards and spreadsheets have them.
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// invisible runes: C0 and C1 controls, soft hyphen, zero-width marks, direction
// overrides and isolates, variation selectors, tags, the byte order mark. The
// zero-width joiner goes too: no text of ours needs it.
func invisible(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xad || r == 0x61c ||
		r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff || r >= 0xfff9 && r <= 0xfffb || r >= 0xe0000 && r <= 0xe0fff
}
