package intake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"ashar/data"
)

// charset is what a line that is not UTF-8 was taken for.
type charset string

const (
	cyrillic charset = "Windows-1251"
	polish   charset = "Windows-1250"
	broken   charset = "" // UTF-8 with damaged letters
)

// decode reads a line that is not UTF-8. One that has more whole letters of
// UTF-8 than stray bytes is damaged UTF-8, and each stray byte becomes U+FFFD.
// Otherwise it is one of the two code pages that spreadsheets here and in
// Poland write: Cyrillic words are runs of high bytes, Polish letters stand
// alone.
func decode(line []byte) ([]byte, charset) {
	whole, stray, run, longest := 0, 0, 0, 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			stray++
			run++
		case size > 1:
			whole++
			run += size
		default:
			run = 0
		}
		longest = max(longest, run)
		i += size
	}
	if whole >= stray {
		return bytes.ToValidUTF8(line, []byte("\uFFFD")), broken
	}
	page, from := charmap.Windows1250, polish
	if longest > 2 {
		page, from = charmap.Windows1251, cyrillic
	}
	text, err := page.NewDecoder().Bytes(line)
	if err != nil { // a code page knows every byte or puts U+FFFD for it
		return bytes.ToValidUTF8(line, []byte("\uFFFD")), broken
	}
	return text, from
}

// tidy is a field without white space around it, on one line, cleaned as typed
// text is and composed, so that the same name is the same string.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	if plain(s) {
		return s
	}
	return norm.NFC.String(strings.ReplaceAll(data.Clean(s), "\n", " "))
}

// plain tells whether a text is visible ASCII with single spaces.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// cut is the beginning of a text that is too long, with an ellipsis.
func cut(s string, most int) (string, bool) {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s, false
	}
	return string([]rune(s)[:most-1]) + "…", true
}

// whole reads a whole number, also written as spreadsheets do: "34.0", "34,0".
func whole(s string) (int, bool) {
	i := strings.IndexAny(s, ".,")
	if i > 0 && len(s) > i+1 && strings.Trim(s[i+1:], "0") == "" {
		s = s[:i]
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > -1e9 && n < 1e9
}

// nothing tells whether a field is empty, or a word that programs write for
// empty, spelled as they do.
func nothing(s string) bool {
	switch s {
	case "", "None", "null", "NULL", `\N`, "nan", "NaN", "NA", "N/A", "-", "?":
		return true
	}
	return false
}
