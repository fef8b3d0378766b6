package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	errLarge = errors.New("file too large")
	errMany  = errors.New("too many lines")
	errLong  = errors.New("line or field too long")
)

// lines cuts a file into records. It knows what encoding/csv does not: a field
// such as "Foo" bar is not quoted but has quotes in it, and a quote that is
// never closed does not swallow the rest of the file.
type lines struct {
	in     *bufio.Reader
	n      int      // number of the last line taken
	ahead  [][]byte // lines that were taken and given back
	comma  byte
	first  int // number of the record's first line
	buf    []byte
	spans  []span
	fields []string
	joined int           // lines of the record
	err    error         // what ended the reading
	odd    func(charset) // told of each line that is not UTF-8
}

// span is a field within buf.
type span struct {
	from, to int
	quoted   bool
}

func newLines(r io.Reader, progress func(int64), odd func(charset)) *lines {
	counted := &meter{r: r, tell: progress}
	plain := transform.NewReader(counted, unicode.BOMOverride(encoding.Nop.NewDecoder()))
	return &lines{in: bufio.NewReaderSize(plain, 4*MaxField), odd: odd}
}

// meter counts bytes and stops at the limit.
type meter struct {
	r    io.Reader
	done int64
	tell func(int64)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.done += int64(n)
	if m.done > MaxBytes {
		return 0, errLarge
	}
	if m.tell != nil && n > 0 {
		m.tell(m.done)
	}
	return n, err
}

// take is the next line, without its end. It is good until the next call.
func (l *lines) take() ([]byte, error) {
	if len(l.ahead) > 0 {
		line := l.ahead[0]
		l.ahead = l.ahead[1:]
		l.n++
		return line, nil
	}
	if l.err != nil {
		return nil, l.err
	}
	line, err := l.in.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		l.err = errLong
	case l.n == MaxLines && len(line) > 0:
		l.err = errMany
	case err == io.EOF && len(line) > 0: // the last line, without its end
	default:
		l.err = err
	}
	if l.err != nil {
		return nil, l.err
	}
	l.n++
	line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if !utf8.Valid(line) {
		var from charset
		line, from = decode(line)
		l.odd(from)
	}
	return line, nil
}

// peek is the first line that is not blank, left in its place.
func (l *lines) peek() (string, error) {
	var seen [][]byte
	for {
		line, err := l.take()
		if err == nil {
			seen = append(seen, bytes.Clone(line))
		}
		if err != nil || len(bytes.TrimSpace(line)) > 0 {
			l.giveBack(seen)
			return string(line), err
		}
	}
}

func (l *lines) giveBack(taken [][]byte) {
	l.ahead = append(taken, l.ahead...)
	l.n -= len(taken)
}

// next is the next record. Its fields are good until the next call; whoever
// keeps one must clone it.
func (l *lines) next() ([]string, error) {
	line, err := l.take()
	if err != nil {
		return nil, err
	}
	l.first = l.n
	l.buf = append(l.buf[:0], line...)
	l.spans = l.spans[:0]
	for at := 0; at >= 0; {
		var s span
		s, at = l.field(at)
		if s.to-s.from > MaxField {
			l.n = l.first - 1 // as where the line itself is too long
			return nil, errLong
		}
		l.spans = append(l.spans, s)
	}
	l.joined = l.n - l.first + 1
	text := string(l.buf)
	l.fields = l.fields[:0]
	for _, s := range l.spans {
		field := text[s.from:s.to]
		if s.quoted {
			field = strings.ReplaceAll(field, `""`, `"`)
		}
		l.fields = append(l.fields, field)
	}
	return l.fields, nil
}

// field finds the field that begins at a place of buf, and where the next one
// begins, -1 after the last.
func (l *lines) field(at int) (s span, next int) {
	if at < len(l.buf) && l.buf[at] == '"' {
		if end, after, ok := l.closing(at); ok {
			if after == len(l.buf) {
				return span{at + 1, end, true}, -1
			}
			return span{at + 1, end, true}, after + 1
		}
	}
	if i := bytes.IndexByte(l.buf[at:], l.comma); i >= 0 {
		return span{at, at + i, false}, at + i + 1
	}
	return span{at, len(l.buf), false}, -1
}

// closing finds the quote that closes the one at a place of buf, and the comma
// or end after it, reading on over line ends. Without one the field is not a
// quoted field, and what was read on is given back.
func (l *lines) closing(at int) (end, after int, ok bool) {
	var more [][]byte
	length := len(l.buf)
	fail := func() (int, int, bool) {
		l.buf = l.buf[:length]
		l.giveBack(more)
		return 0, 0, false
	}
	for i := at + 1; ; i++ {
		q := bytes.IndexByte(l.buf[i:], '"')
		if q < 0 {
			i = len(l.buf)
			if i-at > MaxField {
				return fail()
			}
			line, err := l.take()
			if err != nil { // it stays for the next take
				return fail()
			}
			more = append(more, bytes.Clone(line))
			l.buf = append(append(l.buf, '\n'), line...)
			continue // i++ steps over the line end
		}
		i += q
		if i+1 < len(l.buf) && l.buf[i+1] == '"' {
			i++
			continue
		}
		after = i + 1
		for after < len(l.buf) && l.buf[after] == ' ' {
			after++
		}
		if after == len(l.buf) || l.buf[after] == l.comma {
			return i, after, true
		}
		return fail()
	}
}

// blank tells whether a record holds nothing.
func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}
