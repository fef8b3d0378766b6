package handlers

import (
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// sessionListView is the problems that a session talks about, and the ways to
// add one.
type sessionListView struct {
	recordView
	Address string
	Next    string
	Listed  []listedProblem
	Rest    []listedProblem // the round's problems that are not on the list
	More    int             // of them, those that the search does not show
	Query   string
	Title   string
	Alike   []listedProblem
	Same    bool // one of them is the same but for letters
	Ask     bool // the typed title waits for somebody to decide
	Chosen  map[string]bool
}

// listedProblem is one problem to choose or to take off.
type listedProblem struct {
	ID    data.ID
	Title data.Text
	Off   bool // it can be taken off: nobody has said anything about it
	On    bool // it is on the list
}

// mostToChoose bounds how many problems the page offers at once; the search
// finds the others.
const mostToChoose = 60

func (s *Server) showSessionList(c *gin.Context) error {
	status, bad := wrongs(c)
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	return s.sessionList(c, status, t, c.Query("title"), false, bad)
}

// sessionList shows the list. Where ask is true the typed title waits for
// somebody to say whether it is one of those alike.
func (s *Server) sessionList(c *gin.Context, status int, t *sitting, title string, ask bool, bad data.Bad) (err error) {
	l := words(c)
	view := sessionListView{Address: t.address(c, "list"), Next: t.address(c, "record"), Query: c.Query("q"), Title: data.Clean(title), Ask: ask, Chosen: map[string]bool{}}
	if view.recordView, err = s.recordView(c, t); err != nil {
		return err
	}
	for _, chosen := range append(c.QueryArray("problem"), c.Request.PostForm["problem"]...) {
		view.Chosen[chosen] = true
	}
	for _, id := range t.Sheet.Problems {
		p := t.listed(id)
		p.Off = view.Open && !t.spokenOf(id)
		view.Listed = append(view.Listed, p)
	}
	view.Rest, view.More = t.toChoose(l, view.Query, view.Chosen)
	view.Alike, view.Same = t.alike(l, view.Title)
	return s.page(c, status, "session_list", view, bad)
}

// toChoose are the round's problems that are not on the list yet: those that
// the search finds, after those that are ticked already.
func (t *sitting) toChoose(l *lang.Lang, query string, chosen map[string]bool) (rest []listedProblem, more int) {
	standing := slices.DeleteFunc(t.standing(), func(p data.Problem) bool { return slices.Contains(t.Sheet.Problems, p.ID) })
	sortProblems(l, standing)
	found := data.Search(query, standing)
	for _, p := range standing {
		if chosen[p.ID.String()] {
			rest = append(rest, t.listed(p.ID))
		}
	}
	for _, p := range found {
		switch {
		case chosen[p.ID.String()]:
		case len(rest) < mostToChoose:
			rest = append(rest, t.listed(p.ID))
		default:
			more++
		}
	}
	return rest, more
}

// listed is a problem as a list shows it.
func (t *sitting) listed(id data.ID) listedProblem {
	return listedProblem{ID: id, Title: t.Problems[id].Title, On: slices.Contains(t.Sheet.Problems, id)}
}

// standing are the problems of the round that are not merged into another.
func (t *sitting) standing() (list []data.Problem) {
	for _, p := range t.Problems {
		if p.Into.Zero() {
			list = append(list, p)
		}
	}
	return list
}

// alike are the problems of the round that a typed title resembles.
func (t *sitting) alike(l *lang.Lang, title string) (lines []listedProblem, same bool) {
	var typed data.Text
	typed.Put(l.Code(), title)
	found, same := alike(l, typed, slices.Collect(maps.Values(t.Problems)))
	for _, p := range found {
		lines = append(lines, t.listed(p.ID))
	}
	return lines, same
}

// spokenOf tells whether somebody said something about a problem.
func (t *sitting) spokenOf(problem data.ID) bool {
	named := func(b data.Ballot) bool {
		return slices.ContainsFunc(b, func(c data.Choice) bool { return c.Problem == problem })
	}
	for _, g := range t.Sheet.Groups() {
		if t.Sheet.Votes(g, problem).N > 0 {
			return true
		}
	}
	for pair := range t.Sheet.Pairs {
		if pair.A == problem || pair.B == problem {
			return true
		}
	}
	return t.Sheet.Order != nil && named(t.Sheet.Order.Ballot) ||
		slices.ContainsFunc(t.Sheet.Ballots, func(b data.CastBallot) bool { return named(b.Ballot) })
}

// addToSessionList puts problems before the group: chosen ones, a new one, or
// the stored one that a person says the typed title is. It also takes one off.
func (s *Server) addToSessionList(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	if shut := t.Shut(t.Round); shut != "" {
		return s.again(c, t.address(c, "list"), data.Bad{"": {Key: shut}})
	}
	if f.has("off") {
		return s.takeOff(c, t, f)
	}
	birth, title := f.birth(s.Mint), f.line("title")
	chosen := f.chosenProblems(t)
	if title == "" && len(chosen) == 0 {
		f.bad.Add("title", "session.list.nothing")
	}
	var fresh []data.Problem
	if title != "" && !f.has("use") {
		if alike, _ := t.alike(words(c), title); len(alike) > 0 && !f.has("new") {
			f.bad.Add("title", "session.list.alike")
			return s.sessionList(c, http.StatusUnprocessableEntity, t, title, true, f.bad)
		}
		p := data.Problem{ID: birth, Round: t.Round.ID, Created: s.Now()}
		p.Title.Put(words(c).Code(), title)
		f.join(p.Check())
		fresh, chosen = append(fresh, p), append(chosen, p.ID)
	}
	if f.bad != nil {
		return s.sessionList(c, http.StatusUnprocessableEntity, t, title, false, f.bad)
	}
	if err := s.offer(c, t, birth, fresh, chosen); err != nil {
		return err
	}
	return s.done(c, t.address(c, "list"), s.showSessionList)
}

// chosenProblems are the problems ticked, and the one that a person says the
// typed title is.
func (f *form) chosenProblems(t *sitting) (chosen []data.ID) {
	for _, typed := range append(f.all("problem"), f.all("use")...) {
		id, err := data.ParseID(typed)
		if _, known := t.Problems[id]; err != nil || !known {
			f.bad.Add("problem", "error.choose")
			continue
		}
		if !slices.Contains(chosen, id) {
			chosen = append(chosen, id)
		}
	}
	return chosen
}

// offer keeps new problems and puts all those chosen before the group. One that
// is on the list already stays where it is.
func (s *Server) offer(c *gin.Context, t *sitting, birth data.ID, fresh []data.Problem, chosen []data.ID) error {
	if len(fresh) > 0 {
		title, _ := fresh[0].Title.In(words(c).Code())
		if err := s.store.AddProblems(c, home(c), fresh, s.event(c, "problem.add", fresh[0].ID, title)); err != nil {
			return err
		}
	}
	var entries []data.Entry
	for i, id := range chosen {
		if !slices.Contains(t.Sheet.Problems, id) {
			entries = append(entries, s.entry(c, t, data.Entry{ID: nth(birth, i+1), Kind: data.Offer, Problem: id}))
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return s.store.AddEntries(c, home(c), t.Session, entries)
}

// takeOff takes back every offer of a problem nobody has said anything about.
func (s *Server) takeOff(c *gin.Context, t *sitting, f *form) error {
	problem, birth := f.id("off"), f.birth(s.Mint)
	if t.spokenOf(problem) {
		return s.again(c, t.address(c, "list"), data.Bad{"": {Key: "session.list.spoken"}})
	}
	var entries []data.Entry
	for e, err := range s.store.Entries(c, home(c), t.Session) {
		if err != nil {
			return err
		}
		if e.Kind == data.Offer && e.Problem == problem && !t.Sheet.Taken[e.ID] {
			entries = append(entries, s.entry(c, t, data.Entry{ID: nth(birth, len(entries)+1), Kind: data.Void, Target: e.ID}))
		}
	}
	if len(entries) > 0 {
		if err := s.store.AddEntries(c, home(c), t.Session, entries); err != nil {
			return err
		}
	}
	return s.done(c, t.address(c, "list"), s.showSessionList)
}

// entry is an entry of the account that asks, made now.
func (s *Server) entry(c *gin.Context, t *sitting, e data.Entry) data.Entry {
	e.Session, e.By, e.Made, e.Received = t.ID, account(c).ID, s.Now(), s.Now()
	return e
}

// nth is the ID of the n-th thing that one form makes: sent twice, it makes the
// same ones.
func nth(birth data.ID, n int) data.ID {
	for i := len(birth) - 1; i >= 8 && n > 0; i-- {
		n += int(birth[i])
		birth[i], n = byte(n), n>>8
	}
	return birth
}
