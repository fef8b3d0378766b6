package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kindOfToken is what a token is.
type kindOfToken int

const (
	tokenEnd kindOfToken = iota
	tokenSign
	tokenWord     // and, div, a function, a column
	tokenQuestion // ${name}
	tokenText
	tokenNumber
)

type token struct {
	kind kindOfToken
	text string // without quotes and ${}
	at   int
	end  int
}

// lexer cuts a source into tokens, one at a time.
type lexer struct {
	source string
	at     int
}

var signs = []string{"!=", "<=", ">=", "..", "=", "<", ">", "+", "-", "*", "(", ")", ",", "."}

func (l *lexer) next() (token, error) {
	l.skip(unicode.IsSpace)
	at, rest := l.at, l.source[l.at:]
	if rest == "" {
		return token{kind: tokenEnd, at: at, end: at}, nil
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case strings.HasPrefix(rest, "${"):
		return l.question()
	case closing(r) != "":
		return l.quoted(closing(r), size)
	case digit(r) || r == '.' && len(rest) > 1 && digit(rune(rest[1])):
		return l.number()
	case begins(r):
		return l.word()
	}
	for _, sign := range signs {
		if strings.HasPrefix(rest, sign) {
			l.at += len(sign)
			return token{tokenSign, sign, at, l.at}, nil
		}
	}
	return token{}, wrong(at, "form.expr.sign", "sign", string(r))
}

func (l *lexer) skip(is func(r rune) bool) {
	l.at += len(l.source[l.at:]) - len(strings.TrimLeftFunc(l.source[l.at:], is))
}

func (l *lexer) question() (token, error) {
	at := l.at
	name, _, closed := strings.Cut(l.source[at+2:], "}")
	if !closed {
		return token{}, wrong(at, "form.expr.brace")
	}
	l.at = at + 2 + len(name) + 1
	name = strings.TrimSpace(name)
	if !isName(name) {
		return token{}, wrong(at, "form.expr.reference", "name", name)
	}
	return token{tokenQuestion, name, at, l.at}, nil
}

// closing are the quotes that close a text opened by the rune. Word processors
// and spreadsheets bend quotes; people do not see the difference.
func closing(open rune) string {
	switch open {
	case '\'', '"':
		return string(open)
	case '‘', '’':
		return "’‘"
	case '“', '”', '„':
		return "”“"
	}
	return ""
}

func (l *lexer) quoted(closing string, size int) (token, error) {
	at := l.at
	inside := l.source[at+size:]
	end := strings.IndexAny(inside, closing)
	if end < 0 {
		return token{}, wrong(at, "form.expr.quote")
	}
	_, last := utf8.DecodeRuneInString(inside[end:])
	l.at = at + size + end + last
	return token{tokenText, inside[:end], at, l.at}, nil
}

func (l *lexer) number() (token, error) {
	at := l.at
	l.skip(digit)
	if strings.HasPrefix(l.source[l.at:], ".") {
		l.at++
		l.skip(digit)
	}
	return token{tokenNumber, l.source[at:l.at], at, l.at}, nil
}

// A word may hold one colon, between a prefix and a name: jr:choice-name.
func (l *lexer) word() (token, error) {
	at := l.at
	l.skip(continues)
	if rest, found := strings.CutPrefix(l.source[l.at:], ":"); found {
		if r, _ := utf8.DecodeRuneInString(rest); begins(r) {
			l.at++
			l.skip(continues)
		}
	}
	return token{tokenWord, l.source[at:l.at], at, l.at}, nil
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

func begins(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func continues(r rune) bool {
	return begins(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '-' || r == '.'
}

func isName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return begins(r) && strings.TrimLeftFunc(s, continues) == ""
}

func wrong(at int, key string, args ...any) *SyntaxError {
	return &SyntaxError{Offset: at, Key: key, Args: args}
}
