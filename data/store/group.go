package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// job is a change that waits for the writer.
type job struct {
	ctx  context.Context
	do   func(tx) error
	done chan error
}

// most is how many changes share one commit.
const most = 256

var errClosed = errors.New("the store is closed")

// enqueue hands a change to the writer and waits until it is on the disk.
func (s *Store) enqueue(ctx context.Context, do func(tx) error) error {
	j := &job{ctx: ctx, do: do, done: make(chan error, 1)}
	if err := s.send(j); err != nil {
		return err
	}
	return translate(<-j.done)
}

func (s *Store) send(j *job) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return errClosed
	}
	select {
	case s.jobs <- j:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// commitGroups is the one writer of an SQLite file. Whatever waits when it
// comes round goes into one transaction, so that one fsync serves them all;
// each change has a savepoint of its own, so that one refused takes nobody
// along. Between them it pays its debts.
func (s *Store) commitGroups() {
	defer close(s.stopped)
	for {
		select {
		case j, open := <-s.jobs:
			if !open {
				s.due = time.Time{}
				s.forget()
				return
			}
			s.commit(s.waiting(j))
			s.forget()
		case <-s.reminder():
			s.forget()
		}
	}
}

// waiting are the changes that wait, after the first.
func (s *Store) waiting(first *job) []*job {
	batch := []*job{first}
	for len(batch) < most {
		select {
		case more, open := <-s.jobs:
			if !open {
				return batch
			}
			batch = append(batch, more)
		default:
			return batch
		}
	}
	return batch
}

func (s *Store) commit(batch []*job) {
	results := make([]error, len(batch))
	err := again(context.Background(), isBusy, func() error { return s.attempt(batch, results) })
	for i, j := range batch {
		if err != nil {
			results[i] = err
		}
		j.done <- results[i]
	}
}

// attempt runs a batch in one transaction. The context of a request does not
// reach the statements: to interrupt one would roll the others back.
func (s *Store) attempt(batch []*job, results []error) error {
	ctx := context.Background()
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback()
	for i, j := range batch {
		if results[i] = j.ctx.Err(); results[i] != nil {
			continue
		}
		results[i], err = s.savepoint(tx{t, s, ctx}, j.do, len(batch) > 1)
		if err != nil {
			return err
		}
	}
	if len(batch) == 1 && results[0] != nil {
		return nil // rolled back
	}
	return t.Commit()
}

// savepoint runs one change; failed is its own trouble, err the whole batch's.
func (s *Store) savepoint(t tx, do func(tx) error, shared bool) (failed, err error) {
	if !shared {
		return guarded(t, do), nil
	}
	if _, err := t.ExecContext(t.ctx, `SAVEPOINT change`); err != nil {
		return nil, err
	}
	if failed = guarded(t, do); failed != nil {
		if _, err := t.ExecContext(t.ctx, `ROLLBACK TO change`); err != nil {
			return failed, err
		}
	}
	_, err = t.ExecContext(t.ctx, `RELEASE change`)
	return failed, err
}

// guarded runs a change in the goroutine of the writer, where a panic would end
// the program for everybody.
func guarded(t tx, do func(tx) error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("a change panicked: %v\n%s", fault, debug.Stack())
		}
	}()
	return do(t)
}
