package data

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Event is one line of the audit: an action or an import, never a single
// entry. The events of a municipality form a chain: each hash covers the one
// before, so that nothing can be changed or taken out later without showing.
type Event struct {
	Municipality ID // zero for what concerns the whole installation
	Seq          int64
	At           time.Time
	Account      ID     // zero for the command line
	Action       string // noun and verb: session.close
	Subject      ID
	Detail       string
	Hash         string
}

// Sum is the hash of the event after one with hash prev: SHA-256 over the
// fields, each with its length before it.
func (e Event) Sum(prev string) string {
	h := sha256.New()
	write := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	var num [16]byte
	binary.BigEndian.PutUint64(num[:8], uint64(e.Seq))
	binary.BigEndian.PutUint64(num[8:], uint64(e.At.UnixMilli()))
	for _, b := range [][]byte{[]byte(prev), e.Municipality[:], num[:], e.Account[:], []byte(e.Action), e.Subject[:], []byte(e.Detail)} {
		write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}
