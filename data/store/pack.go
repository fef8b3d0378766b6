package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"ashar/data"
)

// packed is the part of an entry that is kept in variable columns; nil is NULL.
type packed struct {
	account any
	problem any
	body    []byte
}

// extra is what few kinds of entry have; it is kept as JSON.
type extra struct {
	Other  data.ID `json:"other,omitzero"`
	Text   string  `json:"text,omitempty"`
	Field  string  `json:"field,omitempty"`
	Value  string  `json:"value,omitempty"`
	Target data.ID `json:"target,omitzero"`
	Seen   data.ID `json:"seen,omitzero"`
	Gone   bool    `json:"gone,omitempty"`
}

func pack(e data.Entry) (p packed, err error) {
	if !e.By.Zero() {
		p.account = e.By
	}
	if !e.Problem.Zero() {
		p.problem = e.Problem
	}
	x := extra{e.Other, e.Text, e.Field, e.Value, e.Target, e.Seen, e.Gone}
	switch {
	case len(e.Ballot) == 0:
		p.body = packExtra(x)
	case x == extra{}:
		p.body = packBallot(e.Ballot)
	default:
		return p, fmt.Errorf("a ballot says more than an order: %w", data.ErrInvalid) // half of it would be lost
	}
	return p, nil
}

// blackedOut is what is kept of a note or quote whose words are gone.
func blackedOut() []byte { return packExtra(extra{Gone: true}) }

func packExtra(x extra) []byte {
	if x == (extra{}) {
		return nil
	}
	b, err := json.Marshal(x)
	if err != nil {
		panic(err) // strings and ids always can be written
	}
	return b
}

func unpack(e *data.Entry, body []byte, known map[uint32]data.ID) error {
	if len(body) == 0 {
		return nil
	}
	if body[0] == ballotMark {
		var err error
		e.Ballot, err = unpackBallot(body, known)
		return err
	}
	var x extra
	if err := json.Unmarshal(body, &x); err != nil {
		return err
	}
	e.Other, e.Text, e.Field, e.Value, e.Target, e.Seen, e.Gone = x.Other, x.Text, x.Field, x.Value, x.Target, x.Seen, x.Gone
	return nil
}

// ballotMark begins a ballot; no JSON begins so.
const ballotMark = 1

// packBallot writes a ballot compactly: the mark, then for each problem the
// short tail of its id, how many tiers it stands below the one before, and its
// points.
func packBallot(b data.Ballot) []byte {
	out := append(make([]byte, 0, 1+len(b)*6), ballotMark)
	place := 0
	for _, c := range b {
		out = binary.BigEndian.AppendUint32(out, c.Problem.Short())
		out = binary.AppendUvarint(out, uint64(c.Place-place))
		out = binary.AppendVarint(out, int64(c.Points))
		place = c.Place
	}
	return out
}

var errBallot = errors.New("a ballot in the database cannot be read")

func unpackBallot(body []byte, known map[uint32]data.ID) (data.Ballot, error) {
	body = body[1:]
	b := make(data.Ballot, 0, len(body)/6)
	place := 0
	for len(body) > 4 {
		id, ok := known[binary.BigEndian.Uint32(body)]
		down, n := binary.Uvarint(body[4:])
		if !ok || n <= 0 {
			return nil, errBallot
		}
		points, m := binary.Varint(body[4+n:])
		if m <= 0 {
			return nil, errBallot
		}
		place += int(down)
		b = append(b, data.Choice{Problem: id, Place: place, Points: int(points)})
		body = body[4+n+m:]
	}
	if len(body) > 0 {
		return nil, errBallot
	}
	return b, nil
}
