package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
)

// problemView is the page of one problem: what is known about it, how often it
// was named, which others it stands for; and the form to change that.
type problemView struct {
	problemLine
	List        string // the address of the round's list
	Typed       problemTyped
	Competences []option
	Into        *problemLine // the one that stands for it, if it is merged
	Open        bool         // it can be changed
	Done        string       // the key of what was just done to it
	Query       string
	Targets     []problemLine // what it may be merged into
	More        int           // of them, those that the page does not show
}

// problemDone are the ends of the keys of what a form can have done to a
// problem.
var problemDone = []string{"saved", "merged", "split"}

// problemAt is the problem in the address, among those of its round.
func (s *Server) problemAt(c *gin.Context) (p data.Problem, n needs, err error) {
	id, err := param(c, "id")
	if err != nil {
		return p, n, err
	}
	if p, err = s.store.Problem(c, home(c), id); err != nil {
		return p, n, err
	}
	n, err = s.needsOf(c, p.Round)
	return p, n, err
}

// problemToChange is the same for a form that changes it.
func (s *Server) problemToChange(c *gin.Context) (*form, data.Problem, needs, error) {
	f, err := read(c)
	if err != nil {
		return f, data.Problem{}, needs{}, err
	}
	p, n, err := s.problemAt(c)
	if err == nil && n.frozen(c) {
		err = data.ErrConflict
	}
	return f, p, n, err
}

func (s *Server) showProblem(c *gin.Context) error {
	p, n, err := s.problemAt(c)
	if err != nil {
		return err
	}
	if into := c.Query("into"); into != "" && account(c).May(staff.roles...) {
		return s.showMerge(c, p, n, into)
	}
	return s.problem(c, http.StatusOK, p, n, typedOf(p), nil)
}

// problem shows one problem, with its form as it was typed.
func (s *Server) problem(c *gin.Context, status int, p data.Problem, n needs, typed problemTyped, bad data.Bad) error {
	view := problemView{List: problemsAddress(c, n.Round.ID), Typed: typed, Competences: competenceOptions(words(c)), Query: c.Query("q"),
		Open: !n.frozen(c) && account(c).May(staff.roles...)}
	places, err := s.named(c, n.Round)
	if err != nil {
		return err
	}
	view.problemLine = n.line(c, p, places)
	if to, ok := n.of(n.Merges.Of(p.ID)); ok && to.ID != p.ID {
		line := n.line(c, to, places)
		view.Into = &line
	}
	if done := c.Query("done"); slices.Contains(problemDone, done) {
		view.Done = "problem.done." + done
	}
	if view.Open && view.Into == nil {
		view.Targets, view.More = n.targets(c, p, view.Query)
	}
	return s.page(c, status, "problem", view, bad)
}

// line is a problem of the round as a list shows it.
func (n needs) line(c *gin.Context, p data.Problem, places map[data.ID]*rank.Place) problemLine {
	return problemLine{Problem: p, Address: problemAddress(c, p.ID), Place: places[p.ID], Merged: n.merged(c, p.ID)}
}

// targets are the problems that this one may be merged into: those that are
// alike, or those that a search finds.
func (n needs) targets(c *gin.Context, p data.Problem, query string) (lines []problemLine, more int) {
	others := slices.DeleteFunc(slices.Clone(n.All), func(o data.Problem) bool { return n.Merges.Of(o.ID) == n.Merges.Of(p.ID) })
	if query == "" {
		found, _ := alike(words(c), p.Title, others)
		return linesOf(c, found), 0
	}
	found := n.search(words(c), query, others)
	shown := found[:min(mostToChoose, len(found))]
	return linesOf(c, shown), len(found) - len(shown)
}

// saveProblem changes what is written about a problem.
func (s *Server) saveProblem(c *gin.Context) error {
	f, p, n, err := s.problemToChange(c)
	if err != nil {
		return err
	}
	was := p
	typed := f.problem(&p)
	for _, code := range data.Languages { // a title as the form puts it is not a change
		if title := was.Title.Exact(code); tidy(title) == p.Title.Exact(code) {
			p.Title.Put(code, title)
		}
	}
	f.join(p.CheckChange(was))
	if f.bad != nil {
		return s.problem(c, http.StatusUnprocessableEntity, was, n, typed, f.bad)
	}
	title, _ := p.Title.In("ky")
	if err := s.store.SaveProblem(c, home(c), p, s.event(c, "problem.save", p.ID, title)); err != nil {
		return err
	}
	return s.done(c, problemAddress(c, p.ID)+"?done=saved", s.showProblem)
}
