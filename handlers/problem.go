package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// needs are the problems of a round, merged ones too, and which stand for
// which.
type needs struct {
	Round  data.Round
	All    []data.Problem
	Merges data.Merges
}

// needsOf are a round's problems for a page of the round.
func (s *Server) needsOf(c *gin.Context, round data.ID) (n needs, err error) {
	if n.Round, err = s.store.Round(c, home(c), round); err != nil {
		return n, err
	}
	inRound(c, n.Round, "problems")
	n.All, err = s.store.Problems(c, home(c), round)
	n.Merges = data.MergesOf(n.All)
	return n, err
}

// frozen tells whether the round, or its municipality, is put away: then
// nothing about its problems changes any more.
func (n needs) frozen(c *gin.Context) bool { return n.Round.Archived || municipality(c).Archived }

// of is a problem of the round.
func (n needs) of(id data.ID) (data.Problem, bool) {
	for _, p := range n.All {
		if p.ID == id {
			return p, true
		}
	}
	return data.Problem{}, false
}

// merged are the problems that another one stands for, in order of title.
func (n needs) merged(c *gin.Context, into data.ID) []problemLine {
	list := slices.DeleteFunc(slices.Clone(n.All), func(p data.Problem) bool { return p.ID == into || n.Merges.Of(p.ID) != into })
	sortProblems(words(c), list)
	return linesOf(c, list)
}

// alike are the problems that a typed title resembles.
func (n needs) alike(c *gin.Context, typed data.Text) (lines []problemLine, same bool) {
	found, same := alike(words(c), typed, n.All)
	return linesOf(c, found), same
}

func linesOf(c *gin.Context, list []data.Problem) (lines []problemLine) {
	for _, p := range list {
		lines = append(lines, problemLine{Problem: p, Address: problemAddress(c, p.ID)})
	}
	return lines
}

// search finds problems of a list by their words, in order of title. One that
// was merged is found as the one that stands for it.
func (n needs) search(l *lang.Lang, query string, list []data.Problem) (found []data.Problem) {
	seen := map[data.ID]bool{}
	for _, hit := range data.Search(query, list) {
		id := n.Merges.Of(hit.ID)
		if p, ok := n.of(id); ok && !seen[id] {
			found = append(found, p)
		}
		seen[id] = true
	}
	sortProblems(l, found)
	return found
}

// named is how often each problem of a round was named, for those who may read
// the ranking; nil for the others.
func (s *Server) named(c *gin.Context, round data.Round) (map[data.ID]*rank.Place, error) {
	if !account(c).May(readers.roles...) {
		return nil, nil
	}
	counted, err := s.counted(c, home(c), round)
	if err != nil {
		return nil, err
	}
	named := map[data.ID]*rank.Place{}
	for _, p := range counted.Ranking(data.People, rank.Cut{}).Places {
		named[p.Problem] = &p
	}
	return named, nil
}

// problemsView is the list of a round's problems, and the two ways to add to it.
type problemsView struct {
	Address     string
	Competences []option
	All         int // problems that stand for themselves
	Merged      int // and those that are merged into one of them
	Found       int
	Query       string
	Lines       []problemLine
	Pager       pager
	Counts      bool // how often they were named is shown
	Mentions    bool // and how many people or votes named them
	Open        bool // the list can be added to
	Added       *data.Problem
	Chosen      int // so many were just taken from the starter list
	New         newProblem
	Starters    []starterBox
	StartersID  data.ID
}

// problemLine is a problem as a list shows it.
type problemLine struct {
	data.Problem
	Address string
	Place   *rank.Place // how often it was named; nil where that is not shown
	Merged  []problemLine
}

// problemsAPage is how many problems a page of the list shows.
const problemsAPage = 50

func problemsAddress(c *gin.Context, round data.ID) string {
	return under(c, "rounds", round.String(), "problems")
}

func problemAddress(c *gin.Context, id data.ID) string { return under(c, "problems", id.String()) }

func (s *Server) showProblems(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	n, err := s.needsOf(c, id)
	if err != nil {
		return err
	}
	typed := problemTyped{}
	for _, code := range data.Languages {
		typed.Title.Put(code, data.Clean(c.Query("title."+code)))
	}
	return s.problems(c, http.StatusOK, n, newProblem{ID: s.Mint(), problemTyped: typed})
}

// problems shows the list, with the form for a new one as it was typed.
func (s *Server) problems(c *gin.Context, status int, n needs, fresh newProblem, bad ...data.Bad) error {
	l := words(c)
	view := problemsView{Address: problemsAddress(c, n.Round.ID), Query: c.Query("q"), Open: !n.frozen(c), New: fresh, Competences: competenceOptions(l), StartersID: s.Mint()}
	for _, p := range n.All {
		if p.Into.Zero() {
			view.All++
		}
	}
	view.Merged = len(n.All) - view.All
	view.just(c, n)
	places, err := s.named(c, n.Round)
	if err != nil {
		return err
	}
	view.Counts = places != nil
	found := n.search(l, view.Query, n.All)
	view.Found = len(found)
	view.Pager, found = paged(c, found, problemsAPage)
	for _, p := range found {
		line := n.line(c, p, places)
		view.Mentions = view.Mentions || line.Place != nil && line.Place.Mentions != nil
		view.Lines = append(view.Lines, line)
	}
	view.New.Alike, view.New.Same = n.alike(c, fresh.Title)
	if view.Open && account(c).May(staff.roles...) {
		if view.Starters, err = s.starterBoxes(c, n, nil); err != nil {
			return err
		}
	}
	return s.page(c, status, "problems", view, bad...)
}

// just says what a form has just added, and takes that out of the address: the
// links of the page need not say it again.
func (v *problemsView) just(c *gin.Context, n needs) {
	query := c.Request.URL.Query()
	if id, err := data.ParseID(query.Get("added")); err == nil {
		if p, ok := n.of(id); ok {
			v.Added = &p
		}
	}
	if chosen, err := strconv.Atoi(query.Get("chosen")); err == nil && chosen > 0 {
		v.Chosen = chosen
	}
	query.Del("added")
	query.Del("chosen")
	c.Request.URL = &url.URL{Path: c.Request.URL.Path, RawQuery: query.Encode()}
}
