package data

import (
	"encoding/binary"
	"errors"
)

// Packed is a ballot as it is kept: a mark, then for each problem the short tail
// of its id, how many tiers it stands below the one before, and its points. No
// JSON begins with the mark.
type Packed []byte

// PackedMark begins a packed ballot.
const PackedMark = 1

// ErrPacked says that a packed ballot cannot be read.
var ErrPacked = errors.New("a ballot in the database cannot be read")

// Pack writes the ballot compactly.
func (b Ballot) Pack() Packed {
	out := append(make(Packed, 0, 1+len(b)*6), PackedMark)
	place := 0
	for _, c := range b {
		out = binary.BigEndian.AppendUint32(out, c.Problem.Short())
		out = binary.AppendUvarint(out, uint64(c.Place-place))
		out = binary.AppendVarint(out, int64(c.Points))
		place = c.Place
	}
	return out
}

// Next reads the choice that begins at a place in the ballot, 1 for the first,
// and where the next one begins, which is the length of the ballot after the
// last. It is 0 where nothing can be read.
func (p Packed) Next(at int) (short uint32, down, points, next int) {
	if at+PackedChoice > len(p) {
		return 0, 0, 0, 0
	}
	short = binary.BigEndian.Uint32(p[at:])
	far, n := binary.Uvarint(p[at+4:])
	if n <= 0 || far > 1<<31 {
		return 0, 0, 0, 0
	}
	given, m := binary.Varint(p[at+4+n:])
	if m <= 0 {
		return 0, 0, 0, 0
	}
	return short, int(far), int(given), at + 4 + n + m
}

// PackedChoice is the length of a choice that stands one place below the one
// before and has no points.
const PackedChoice = 6

// Plain reads a choice of that length, and tells whether it is one.
func (p Packed) Plain(at int) (short uint32, plain bool) {
	choice := p[at : at+PackedChoice]
	return binary.BigEndian.Uint32(choice), choice[4] == 1 && choice[5] == 0
}

// Unpack reads the ballot; known are the problems of its round by their short
// tails.
func (p Packed) Unpack(known map[uint32]ID) (Ballot, error) {
	if len(p) == 0 || p[0] != PackedMark {
		return nil, ErrPacked
	}
	b := make(Ballot, 0, len(p)/6)
	place := 0
	for at := 1; at < len(p); {
		short, down, points, next := p.Next(at)
		id, ok := known[short]
		if next == 0 || !ok {
			return nil, ErrPacked
		}
		place += down
		b = append(b, Choice{Problem: id, Place: place, Points: points})
		at = next
	}
	return b, nil
}
