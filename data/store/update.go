package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// update runs do in a transaction that is tried again where another one was in
// the way, so do must have no effect but on the database.
func (s *Store) update(ctx context.Context, do func(tx) error) error {
	if s.jobs != nil {
		return s.enqueue(ctx, do)
	}
	return translate(again(ctx, s.engine.retry, func() error { return s.once(ctx, do) }))
}

func (s *Store) once(ctx context.Context, do func(tx) error) error {
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	if err := do(tx{t, s, ctx}); err != nil {
		return err
	}
	return t.Commit()
}

// patience is how long something is tried again that others are in the way of.
const patience = 10 * time.Second

// again does something until it works, or fails for a reason that waiting does
// not mend, or patience is over. The pauses grow, and chance is in them, so that
// those who were in each other's way do not meet again.
func again(ctx context.Context, mends func(error) bool, do func() error) error {
	begun := time.Now()
	for try := 1; ; try++ {
		err := do()
		if err == nil || !mends(err) {
			return err
		}
		if time.Since(begun) > patience {
			return fmt.Errorf("after %d tries: %w", try, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(time.Duration(min(try, 8)) * 20 * time.Millisecond)):
		}
	}
}
