// Package data is what Ashar knows: its nouns and their rules.
//
// It imports only the standard library, reads no clock and opens nothing:
// time, chance and identifiers come in from outside, so that every rule can be
// tried with a table of cases. Package store keeps these nouns, package rank
// counts them.
package data

import "errors"

// The four troubles that a caller can do something about. Everything else is a
// fault of ours.
var (
	// ErrMissing: there is no such thing, or it belongs to another municipality.
	ErrMissing = errors.New("missing")
	// ErrForbidden: the thing is there, and this account may not do that to it.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict: somebody else was there first, and waiting does not help.
	ErrConflict = errors.New("conflict")
	// ErrInvalid: what was sent cannot be kept as it is.
	ErrInvalid = errors.New("invalid")
)

// Bad says what is wrong with a form: the name of the field and the key of the
// message to show beside it.
type Bad map[string]Fault

// Fault is a message key with the values its placeholders want, as name and
// value pairs.
type Fault struct {
	Key  string
	Args []any
}

// Add notes the first thing that is wrong with a field; later ones are less
// telling. It makes the map when there is none yet.
func (b *Bad) Add(field, key string, args ...any) {
	if *b == nil {
		*b = Bad{}
	}
	if _, ok := (*b)[field]; !ok {
		(*b)[field] = Fault{Key: key, Args: args}
	}
}

// Limits of what people can type, in code points. They are stated beside the
// fields and checked at the door.
const (
	MaxName  = 120  // names and titles
	MaxLine  = 300  // places, facilitators, reasons
	MaxNotes = 4000 // one note or quote
	MaxCount = 100_000
)
