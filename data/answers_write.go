package data

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// appendAnswers writes answers as package json does, some times faster: it is
// done for everything that residents send.
func appendAnswers(b []byte, answers Answers) []byte {
	if answers == nil {
		return append(b, "null"...)
	}
	return appendObject(b, answers, appendAnswer)
}

func appendAnswer(b []byte, a Answer) []byte {
	b = append(b, '{')
	from := len(b)
	part := func(name string) {
		if len(b) > from {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), '"', ':')
	}
	if a.Said != "" {
		part("q")
		b = appendText(b, string(a.Said))
	}
	if a.Text != "" {
		part("t")
		b = appendText(b, a.Text)
	}
	if len(a.Picks) > 0 {
		part("c")
		b = appendTexts(b, a.Picks)
	}
	if len(a.Ranks) > 0 {
		part("r")
		b = appendList(b, a.Ranks, appendTexts)
	}
	if len(a.Points) > 0 {
		part("p")
		b = appendObject(b, a.Points, func(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) })
	}
	if len(a.Cells) > 0 {
		part("m")
		b = appendObject(b, a.Cells, appendText)
	}
	if len(a.Shown) > 0 {
		part("s")
		b = appendTexts(b, a.Shown)
	}
	if len(a.Rows) > 0 {
		part("i")
		b = appendList(b, a.Rows, appendAnswers)
	}
	return append(b, '}')
}

func appendObject[V any](b []byte, of map[string]V, value func([]byte, V) []byte) []byte {
	names := make([]string, 0, 16)
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	b = append(b, '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = value(append(appendText(b, name), ':'), of[name])
	}
	return append(b, '}')
}

func appendList[V any](b []byte, of []V, value func([]byte, V) []byte) []byte {
	if of == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, v := range of {
		if i > 0 {
			b = append(b, ',')
		}
		b = value(b, v)
	}
	return append(b, ']')
}

func appendTexts(b []byte, texts []string) []byte { return appendList(b, texts, appendText) }

// appendText leaves a text with a letter that must be written otherwise to
// package json.
func appendText(b []byte, text string) []byte {
	for _, r := range text {
		if r < ' ' || r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError {
			quoted, _ := json.Marshal(text) // a text can always be written
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}
