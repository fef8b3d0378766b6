package store

import (
	"context"
	"encoding/binary"
	"iter"

	"ashar/data"
)

// ResponsesSince are those that a reader has to look at who knows all changes up to
// the one given. On PostgreSQL changes may come to be seen in another order than
// they were made: there it looks again at those of a while before.
func (s *Store) ResponsesSince(ctx context.Context, municipality, survey, last data.ID) iter.Seq2[data.Response, error] {
	if s.jobs == nil {
		last = before(last)
	}
	return s.Responses(ctx, municipality, survey, last)
}

// lookBack is how long before the newest change a reader looks again, in
// milliseconds.
const lookBack = 30_000

// before is a change somewhat older than another: the first bytes of an ID are
// the time of its birth.
func before(change data.ID) (older data.ID) {
	var b [8]byte
	copy(b[2:], change[:6])
	binary.BigEndian.PutUint64(b[:], max(binary.BigEndian.Uint64(b[:]), lookBack)-lookBack)
	copy(older[:6], b[2:])
	return older
}
