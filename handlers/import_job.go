package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"ashar/data"
)

// importJob is a file that is being read, or was a little while ago.
type importJob struct {
	id                  data.ID
	municipality, round data.ID
	file                string
	dryRun              bool
	upload              *upload // what was sent; removed in the end, unless it waits
	by                  string
	begun               time.Time

	mu       sync.Mutex
	stage    string
	done, of int64
	over     bool
	result   ImportResult
	err      error
}

// importState is how far a job has come, at one moment.
type importState struct {
	stage    string
	done, of int64
	over     bool
	result   ImportResult
	err      error
}

func (j *importJob) state() importState {
	j.mu.Lock()
	defer j.mu.Unlock()
	return importState{j.stage, j.done, j.of, j.over, j.result, j.err}
}

func (j *importJob) progress(stage string, done, of int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stage, j.done, j.of = stage, done, of
}

// importJobs are the jobs of this server. They live in memory: what was
// imported stands in the database, and of a file that was only looked at nothing
// is kept. Files are read one at a time, which bounds the memory.
type importJobs struct {
	mu      sync.Mutex
	jobs    []*importJob  // newest last
	waiting []waitingFile // oldest first
	turn    chan struct{}
	ctx     context.Context // ends when the server stops
	cancel  context.CancelFunc
	work    sync.WaitGroup
	log     *slog.Logger
}

// mostJobs bounds how many jobs are remembered.
const mostJobs = 40

func newImportJobs(log *slog.Logger) *importJobs {
	q := &importJobs{turn: make(chan struct{}, 1), log: log}
	q.ctx, q.cancel = context.WithCancel(context.Background())
	return q
}

// Stop gives up the imports under way, waits until what they staged is swept
// up, removes the files that wait, and lets no other begin.
func (s *Server) Stop() {
	s.imports.cancel()
	s.imports.work.Wait()
	s.imports.dropAll()
}

// brokenAfter is when an import that never came to its end is taken for one
// whose program died.
const brokenAfter = 24 * time.Hour

// Sweep removes what imports left behind and nobody sees, while nobody waits
// for it. What it does not finish is swept up another time.
func (s *Server) Sweep() {
	before := s.Now().Add(-brokenAfter)
	s.imports.work.Go(func() {
		if err := s.store.SweepImports(s.imports.ctx, before); err != nil && !errors.Is(err, context.Canceled) {
			s.Log.Error("sweeping up", "error", err)
		}
	})
}

// find is a job of a municipality.
func (q *importJobs) find(municipality, id data.ID) (*importJob, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range q.jobs {
		if j.id == id && j.municipality == municipality {
			return j, true
		}
	}
	return nil, false
}

// underWay are the jobs of a round that are not over, oldest first.
func (q *importJobs) underWay(round owned) (list []*importJob) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range q.jobs {
		if j.municipality == round.municipality && j.round == round.id && !j.state().over {
			list = append(list, j)
		}
	}
	return list
}

// add remembers a job, false where there is one by its ID: the same form again.
// The oldest that are over are forgotten.
func (q *importJobs) add(job *importJob) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	kept := q.jobs[:0:0]
	spare := len(q.jobs) + 1 - mostJobs
	for _, j := range q.jobs {
		if j.id == job.id {
			return false
		}
		if spare > 0 && j.state().over {
			spare--
			continue
		}
		kept = append(kept, j)
	}
	q.jobs = append(kept, job)
	return true
}

// start runs a job when its turn comes. The caller has added it.
func (q *importJobs) start(job *importJob, run func(context.Context) (ImportResult, error)) {
	q.work.Go(func() {
		var result ImportResult
		err := q.ctx.Err()
		select {
		case q.turn <- struct{}{}:
			if err == nil {
				result, err = q.guarded(run)
			}
			<-q.turn
		case <-q.ctx.Done():
			err = q.ctx.Err()
		}
		err = q.settle(job, result, err)
		var known *ImportError
		if err != nil && !errors.As(err, &known) && !errors.Is(err, context.Canceled) {
			q.log.Error("import", "file", job.file, "error", err)
		}
		job.mu.Lock()
		defer job.mu.Unlock()
		job.over, job.result, job.err = true, result, err
	})
}

// guarded turns a panic into an error: a strange file must not stop the server.
func (q *importJobs) guarded(run func(context.Context) (ImportResult, error)) (result ImportResult, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	return run(q.ctx)
}
