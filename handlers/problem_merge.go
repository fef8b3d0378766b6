package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// mergeView asks before one problem counts as another, and says what happens.
type mergeView struct {
	From problemLine
	To   problemLine
	Turn string // the address of the same question the other way round
}

// showMerge asks whether a problem is to be merged into the one that into
// names, or the one that stands for that.
func (s *Server) showMerge(c *gin.Context, p data.Problem, n needs, into string) error {
	typed, err := data.ParseID(into)
	if err != nil {
		return err
	}
	to, known := n.of(n.Merges.Of(typed))
	switch {
	case n.frozen(c):
		return data.ErrConflict
	case !known:
		return data.ErrMissing
	}
	if fault := data.CanMerge(n.All, p.ID, to.ID); fault.Key != "" {
		return s.problem(c, http.StatusUnprocessableEntity, p, n, typedOf(p), data.Bad{"": fault})
	}
	places, err := s.named(c, n.Round)
	if err != nil {
		return err
	}
	view := mergeView{From: n.line(c, p, places), To: n.line(c, to, places)}
	if p.Into.Zero() {
		view.Turn = problemAddress(c, to.ID) + "?into=" + p.ID.String()
	}
	return s.page(c, http.StatusOK, "problem_merge", view)
}

// mergeProblem lets another problem stand for this one. The page of the other
// shows what became of it.
func (s *Server) mergeProblem(c *gin.Context) error {
	f, p, n, err := s.problemToChange(c)
	if err != nil {
		return err
	}
	to, known := n.of(f.id("into"))
	if !known {
		f.bad.Add("", "error.choose")
	} else if p.Into == to.ID { // the same form once more
		return s.done(c, problemAddress(c, to.ID)+"?done=merged", nil)
	} else if fault := data.CanMerge(n.All, p.ID, to.ID); fault.Key != "" {
		f.bad.Add("", fault.Key, fault.Args...)
	}
	if f.bad == nil {
		from, _ := p.Title.In("ky")
		into, _ := to.Title.In("ky")
		err := s.store.MergeProblem(c, home(c), n.Round.ID, p.ID, to.ID, s.event(c, "problem.merge", p.ID, from+" → "+into))
		if err == nil {
			return s.done(c, problemAddress(c, to.ID)+"?done=merged", nil)
		}
		if !errors.Is(err, data.ErrInvalid) { // which is another merge a moment earlier
			return err
		}
		f.bad.Add("", "problem.merge.self")
	}
	return s.problem(c, http.StatusUnprocessableEntity, p, n, typedOf(p), f.bad)
}

// splitProblem undoes a merge: the problem stands for itself again.
func (s *Server) splitProblem(c *gin.Context) error {
	_, p, n, err := s.problemToChange(c)
	if err != nil {
		return err
	}
	address := problemAddress(c, p.ID) + "?done=split"
	if p.Into.Zero() { // the same form once more
		return s.done(c, address, nil)
	}
	title, _ := p.Title.In("ky")
	if err := s.store.MergeProblem(c, home(c), n.Round.ID, p.ID, data.ID{}, s.event(c, "problem.split", p.ID, title)); err != nil {
		return err
	}
	return s.done(c, address, nil)
}
