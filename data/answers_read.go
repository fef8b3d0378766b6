package data

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readAnswers reads answers as Value wrote them, several times as fast as
// package json does: a survey's results read all of them. Anything that Value
// would not write is left to package json, and then ok is false. What is read are
// parts of the text: who keeps a few words of it should clone them.
func readAnswers(text string) (answers Answers, ok bool) {
	r := answersReader{text: text, strange: !utf8.ValidString(text)}
	answers = r.answers(strings.Count(text, ":{"))
	return answers, !r.strange && r.at == len(text)
}

// answersReader goes through a text. Once it has met something strange it says
// nothing more.
type answersReader struct {
	text    string
	at      int
	strange bool
}

// next tells whether the next byte is the one, and steps over it.
func (r *answersReader) next(b byte) bool {
	if r.strange || r.at >= len(r.text) || r.text[r.at] != b {
		return false
	}
	r.at++
	return true
}

func (r *answersReader) must(b byte) {
	if !r.next(b) {
		r.strange = true
	}
}

// object calls read for each name of an object, standing before its value.
func (r *answersReader) object(read func(name string)) {
	r.must('{')
	if r.next('}') {
		return
	}
	for !r.strange {
		name := r.string()
		r.must(':')
		read(name)
		if !r.next(',') {
			r.must('}')
			return
		}
	}
}

// list calls read for each element of a list, standing before it.
func (r *answersReader) list(read func()) {
	r.must('[')
	if r.next(']') {
		return
	}
	for !r.strange {
		read()
		if !r.next(',') {
			r.must(']')
			return
		}
	}
}

// answers are an object of about so many.
func (r *answersReader) answers(about int) Answers {
	answers := make(Answers, about)
	r.object(func(name string) { answers[name] = r.answer() })
	return answers
}

func (r *answersReader) answer() (a Answer) {
	seen := ""
	r.object(func(part string) {
		r.strange = r.strange || strings.Contains(seen, part) // package json would put the two together
		seen += part
		switch part {
		case "q":
			a.Said = Said(r.string())
		case "t":
			a.Text = r.string()
		case "c":
			a.Picks = r.texts()
		case "r":
			a.Ranks = [][]string{}
			r.list(func() { a.Ranks = append(a.Ranks, r.texts()) })
		case "p":
			a.Points = map[string]int{}
			r.object(func(name string) { a.Points[name] = r.int() })
		case "m":
			a.Cells = map[string]string{}
			r.object(func(name string) { a.Cells[name] = r.string() })
		case "s":
			a.Shown = r.texts()
		case "i":
			a.Rows = []Answers{}
			r.list(func() { a.Rows = append(a.Rows, r.answers(0)) })
		default:
			r.strange = true
		}
	})
	return a
}

func (r *answersReader) texts() []string {
	list := []string{}
	r.list(func() { list = append(list, r.string()) })
	return list
}

func (r *answersReader) string() string {
	r.must('"')
	escaped := false
	for i, from := r.at, r.at; !r.strange && i < len(r.text); i++ {
		switch b := r.text[i]; {
		case b == '"':
			r.at = i + 1
			if escaped {
				return r.unescaped(r.text[from-1 : r.at])
			}
			return r.text[from:i]
		case b == '\\':
			escaped = true
			i++
		case b < ' ':
			r.strange = true
		}
	}
	r.strange = true
	return ""
}

func (r *answersReader) unescaped(quoted string) (s string) {
	if json.Unmarshal([]byte(quoted), &s) != nil {
		r.strange = true
	}
	return s
}

func (r *answersReader) int() int {
	from := r.at
	for r.at < len(r.text) && (r.text[r.at] == '-' || r.text[r.at] >= '0' && r.text[r.at] <= '9') {
		r.at++
	}
	n, err := strconv.Atoi(r.text[from:r.at])
	if err != nil || strconv.Itoa(n) != r.text[from:r.at] {
		r.strange = true
	}
	return n
}
