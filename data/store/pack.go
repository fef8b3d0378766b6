package store

import (
	"encoding/json"
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
		p.body = e.Ballot.Pack()
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
	if body[0] == data.PackedMark {
		var err error
		e.Ballot, err = data.Packed(body).Unpack(known)
		return err
	}
	var x extra
	if err := json.Unmarshal(body, &x); err != nil {
		return err
	}
	e.Other, e.Text, e.Field, e.Value, e.Target, e.Seen, e.Gone = x.Other, x.Text, x.Field, x.Value, x.Target, x.Seen, x.Gone
	return nil
}
