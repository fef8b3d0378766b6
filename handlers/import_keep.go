package handlers

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// waitingFile is a file that was looked at and may still be brought in.
type waitingFile struct {
	job  data.ID
	file *upload
	gone *time.Timer
}

// keptFor is how long such a file waits, and mostKept how many wait at a time:
// the oldest give way.
const (
	keptFor  = time.Hour
	mostKept = 8
)

// settle removes the file of a job that is over, but for one that was only looked
// at and can come in: it waits.
func (q *importJobs) settle(job *importJob, result ImportResult, err error) error {
	switch {
	case job.upload == nil:
		return err
	case job.dryRun && err == nil && !result.Same:
		q.keep(job.id, job.upload)
		return nil
	}
	return errors.Join(err, job.upload.Close())
}

// keep lets the file of a job wait.
func (q *importJobs) keep(job data.ID, file *upload) {
	q.mu.Lock()
	q.waiting = append(q.waiting, waitingFile{job, file, time.AfterFunc(keptFor, func() { q.drop(job) })})
	var oldest data.ID
	if len(q.waiting) > mostKept {
		oldest = q.waiting[0].job
	}
	q.mu.Unlock()
	q.drop(oldest)
}

// waits tells whether the file of a job can still be brought in.
func (q *importJobs) waits(job data.ID) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.ContainsFunc(q.waiting, func(w waitingFile) bool { return w.job == job })
}

// take hands out the file of a job, to one who asks for it; nil where it does
// not wait any more.
func (q *importJobs) take(job data.ID) *upload {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.IndexFunc(q.waiting, func(w waitingFile) bool { return w.job == job })
	if i < 0 {
		return nil
	}
	w := q.waiting[i]
	w.gone.Stop()
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return w.file
}

// drop removes the file of a job, if it waits.
func (q *importJobs) drop(job data.ID) {
	if file := q.take(job); file != nil {
		if err := file.Close(); err != nil {
			q.log.Error("a file that waited", "error", err)
		}
	}
}

// dropAll removes every file that waits.
func (q *importJobs) dropAll() {
	q.mu.Lock()
	waiting := slices.Clone(q.waiting)
	q.mu.Unlock()
	for _, w := range waiting {
		q.drop(w.job)
	}
}

// bringIn brings a file in that was only looked at, without its being sent
// again.
func (s *Server) bringIn(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	job, ok := s.imports.find(home(c), id)
	if !ok {
		return data.ErrMissing
	}
	r, err := s.store.Round(c, home(c), job.round)
	if err != nil {
		return err
	}
	birth := f.birth(s.Mint)
	if _, begun := s.imports.find(home(c), birth); begun { // the same form again
		return s.done(c, under(c, "imports", birth.String()), nil)
	}
	if shelved(c, r).Archived {
		return data.ErrConflict
	}
	file := s.imports.take(id)
	if file == nil {
		inRound(c, r, "")
		f.bad.Add("file", "import.file.gone")
		return s.listImports(c, http.StatusUnprocessableEntity, r, false, f.bad)
	}
	return s.beginImport(c, r, birth, file, false)
}
