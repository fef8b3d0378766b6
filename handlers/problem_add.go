package handlers

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// problemTyped is a problem as it was typed.
type problemTyped struct {
	Title      data.Text
	Issue      string
	Competence string
}

// newProblem is the form for one that is not on the list yet.
type newProblem struct {
	problemTyped
	ID    data.ID
	Alike []problemLine // what the typed title resembles
	Same  bool          // one of them is the same but for letters
	Sent  bool          // it was sent, and is not right yet
}

// starterBox is a line of the starter list to tick.
type starterBox struct {
	data.Starter
	Ticked bool
}

// problem reads what is typed about a problem.
func (f *form) problem(p *data.Problem) problemTyped {
	p.Title, p.Issue, p.Competence = f.texts("title"), f.number("issue"), data.Competence(f.line("competence"))
	return problemTyped{p.Title, f.text("issue"), string(p.Competence)}
}

// typedOf is a stored problem as its form shows it.
func typedOf(p data.Problem) problemTyped {
	typed := problemTyped{Title: p.Title, Competence: string(p.Competence)}
	if p.Issue > 0 {
		typed.Issue = strconv.Itoa(p.Issue)
	}
	return typed
}

func competenceOptions(l *lang.Lang) (options []option) {
	for _, k := range data.Competences {
		options = append(options, option{Value: string(k), Label: l.T("competence." + string(k))})
	}
	return options
}

// addProblem puts a new problem on the list. One that is there already but for
// letters waits for a person to say that it is another one; one that is near
// another waits until the person has seen that one, as those who have scripts
// do while they type.
func (s *Server) addProblem(c *gin.Context) error {
	f, n, err := s.problemForm(c)
	if err != nil {
		return err
	}
	p := data.Problem{ID: f.birth(s.Mint), Round: n.Round.ID, Created: s.Now()}
	fresh := newProblem{ID: p.ID, problemTyped: f.problem(&p), Sent: true}
	f.join(p.Check())
	address := problemsAddress(c, n.Round.ID) + "?added=" + p.ID.String()
	if _, there := n.of(p.ID); there { // the same form once more
		return s.done(c, address, s.showProblems)
	}
	if f.bad == nil && !f.has("new") {
		near, same := n.alike(c, p.Title)
		unseen := func(p problemLine) bool { return !slices.Contains(f.all("seen"), p.ID.String()) }
		switch {
		case same:
			f.bad.Add("title", "problem.alike")
		case slices.ContainsFunc(near, unseen):
			f.bad.Add("title", "problem.alike.ask")
		}
	}
	if f.bad != nil {
		return s.problems(c, http.StatusUnprocessableEntity, n, fresh, f.bad)
	}
	title, _ := p.Title.In("ky")
	if err := s.store.AddProblems(c, home(c), []data.Problem{p}, s.event(c, "problem.add", p.ID, title)); err != nil {
		return err
	}
	return s.done(c, address, s.showProblems)
}

// problemForm is a form about the problems of the round in the address.
func (s *Server) problemForm(c *gin.Context) (*form, needs, error) {
	f, err := read(c)
	if err != nil {
		return f, needs{}, err
	}
	id, err := param(c, "id")
	if err != nil {
		return f, needs{}, err
	}
	n, err := s.needsOf(c, id)
	if err == nil && n.frozen(c) {
		err = data.ErrConflict
	}
	return f, n, err
}

// starterBoxes are the lines of the starter list that the round has not got.
func (s *Server) starterBoxes(c *gin.Context, n needs, ticked map[string]bool) (boxes []starterBox, err error) {
	starters, err := s.store.Starters(c)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, p := range n.All {
		for _, code := range data.Languages {
			taken[data.FoldText(p.Title.Exact(code))] = true
		}
	}
	delete(taken, "") // a language that nothing is written in
	for _, p := range byIssue(starters) {
		if !slices.ContainsFunc(data.Languages, func(code string) bool { return taken[data.FoldText(p.Title.Exact(code))] }) {
			boxes = append(boxes, starterBox{p, ticked[p.ID.String()]})
		}
	}
	return boxes, nil
}

// addStarters takes ticked problems from the starter list. Those that the round
// has by now are left alone.
func (s *Server) addStarters(c *gin.Context) error {
	f, n, err := s.problemForm(c)
	if err != nil {
		return err
	}
	birth, ticked := f.birth(s.Mint), map[string]bool{}
	for _, id := range f.all("starter") {
		ticked[id] = true
	}
	boxes, err := s.starterBoxes(c, n, ticked)
	if err != nil {
		return err
	}
	var fresh []data.Problem
	for i, box := range boxes {
		if box.Ticked {
			fresh = append(fresh, data.Problem{ID: nth(birth, i+1), Round: n.Round.ID, Title: box.Title, Issue: box.Issue, Competence: box.Competence, Created: s.Now()})
		}
	}
	if len(ticked) == 0 {
		f.bad.Add("starter", "problem.starters.none")
		return s.problems(c, http.StatusUnprocessableEntity, n, newProblem{ID: s.Mint()}, f.bad)
	}
	address := problemsAddress(c, n.Round.ID) + "?chosen=" + strconv.Itoa(len(ticked))
	if len(fresh) > 0 {
		if err := s.store.AddProblems(c, home(c), fresh, s.event(c, "problem.starters", n.Round.ID, strconv.Itoa(len(fresh)))); err != nil {
			return err
		}
	}
	return s.done(c, address, s.showProblems)
}
