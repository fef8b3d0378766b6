package handlers

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// sessionView is the overview of one session: what to do next, what is wrong,
// and what the group says so far.
type sessionView struct {
	Head     sittingHead
	ID       data.ID
	Heading  string
	Live     string // where to ask whether somebody added something; empty where nobody can
	State    string
	Ended    string // who closed it, and when
	Remarks  string
	Steps    []sessionStep
	Warnings []warning
	Facts    []fact
	Result   sessionResult
	Source   string // the page of the import that wrote it
	Blank    bool   // nothing was written down: it can be deleted
	Reason   string // why it is reopened, as typed
	Staff    bool
	Closed   bool
	Consent  string // where the consent for people under eighteen is noted; empty where it cannot be
}

// sessionStep is one of the steps of a sitting.
type sessionStep struct {
	Number  int
	Name    string
	Text    string // how far it has come
	Button  string
	Address string
	Done    bool
	Main    bool // the next thing to do
}

// warning is something to look at, and where.
type warning struct{ Text, Address, Button string }

// fact is a line of a summary.
type fact struct{ Name, Text string }

func (s *Server) showSession(c *gin.Context) error {
	status, bad := wrongs(c)
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	if seen := c.Query("seen"); seen != "" && status == http.StatusOK {
		session, err := s.store.Session(c, home(c), id)
		if err != nil {
			return err
		}
		if session.Stamp.String() == seen {
			c.Status(http.StatusNoContent)
			return nil
		}
	}
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	l := words(c)
	view := sessionView{Head: t.head(c), ID: s.Mint(), State: t.state(), Staff: account(c).May(staff.roles...), Consent: t.mayConsent(c),
		Closed: t.Closed && !t.imported(), Blank: t.Sheet.Entries == 0, Reason: c.Request.PostForm.Get("text")}
	r, voices := t.ranked(t.merges())
	view.Result = t.result(l, r, voices)
	view.Heading = t.heading(l, view.Result)
	view.Facts = t.facts(l, voices)
	switch view.State {
	case "open":
		view.Steps = t.steps(c)
		view.Warnings = t.warnings(c)
		view.Live = t.address(c) + "?seen=" + t.Stamp.String()
	case "imported":
		view.Source = under(c, "imports", t.Import.String())
	default:
		view.Warnings = t.warnings(c)
	}
	if view.Ended, err = s.ended(c, t); err != nil {
		return err
	}
	view.Remarks = t.Sheet.Closing.Text
	return s.page(c, status, "session", view, bad)
}

// ended says who closed or reopened the session last, and when.
func (s *Server) ended(c *gin.Context, t *sitting) (string, error) {
	e := t.Sheet.Closing
	if e.ID.Zero() {
		return "", nil
	}
	names, err := s.names(c)
	if err != nil {
		return "", err
	}
	key := "session.closed.by"
	if e.Kind == data.Reopen {
		key = "session.reopened.by"
	}
	return words(c).T(key, "name", names[e.By], "time", words(c).DateTime(e.Made.In(s.Zone))), nil
}

// names are the names of all accounts.
func (s *Server) names(c *gin.Context) (map[data.ID]string, error) {
	accounts, err := s.store.Accounts(c)
	names := make(map[data.ID]string, len(accounts))
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	return names, err
}

// heading is the finding, or the first thing to do.
func (t *sitting) heading(l *lang.Lang, result sessionResult) string {
	switch n := len(result.First); {
	case n == 1:
		return l.T("chart.ranked.first", "title", l.T("chart.quoted", "title", result.First[0]), "score", result.Score)
	case n > mostTied:
		return l.T("session.heading.tied", "n", n)
	case n > 1:
		return l.T("chart.ranked.tied", "titles", quotedTitles(l, result.First))
	case t.Closed || t.imported():
		return l.T("session.heading.nothing")
	case t.Sheet.People() == 0:
		return l.T("session.heading.presence")
	case len(t.Sheet.Problems) == 0:
		return l.T("session.heading.list")
	}
	return l.T("session.heading.record")
}

// mostTied is how many titles a heading can hold.
const mostTied = 3

func quotedTitles(l *lang.Lang, titles []string) string {
	quoted := make([]string, len(titles))
	for i, title := range titles {
		quoted[i] = l.T("chart.quoted", "title", title)
	}
	return strings.Join(quoted, ", ")
}

// steps are the five steps, each with how far it has come.
func (t *sitting) steps(c *gin.Context) []sessionStep {
	l := words(c)
	notes, quotes := t.notes()
	recorded, of, progress := t.progress(l)
	steps := []sessionStep{
		{Name: "presence", Text: t.whoIsHere(l), Address: t.address(c, "presence"), Done: t.Sheet.People() > 0},
		{Name: "list", Text: l.T("count.problems", "n", len(t.Sheet.Problems)), Address: t.address(c, "list"), Done: len(t.Sheet.Problems) > 0},
		{Name: "record", Text: progress, Address: t.address(c, "record"), Done: !t.Sheet.Empty() && recorded >= of},
		{Name: "notes", Text: l.T("session.notes.count", "notes", l.T("count.notes", "n", notes), "quotes", l.T("count.quotes", "n", quotes)),
			Address: t.address(c, "notes"), Done: notes+quotes > 0},
		{Name: "close", Text: l.T("session.step.close.help"), Address: t.address(c, "close")},
	}
	next := -1
	for i := range steps {
		step := &steps[i]
		if next < 0 && !step.Done && step.Name != "notes" {
			next = i
		}
		step.Number, step.Button, step.Name = i+1, l.T("session.step."+step.Name+".do"), l.T("session.step."+step.Name)
	}
	steps[next].Main = true // closing is never done while the session is open
	return steps
}

// notes is the number of notes and of quotes.
func (t *sitting) notes() (notes, quotes int) {
	for _, e := range t.Sheet.Notes {
		switch e.Kind {
		case data.Note:
			notes++
		case data.Quote:
			quotes++
		}
	}
	return notes, quotes
}

// whoIsHere counts the people, by group.
func (t *sitting) whoIsHere(l *lang.Lang) string {
	people := t.Sheet.People()
	if people == 0 {
		return l.T("session.missing.people")
	}
	var groups []string
	for _, g := range t.present() {
		groups = append(groups, l.T("session.presence.of", "group", t.groupName(l, g), "n", t.Sheet.Present(g)))
	}
	return l.T("count.people", "n", people) + " · " + strings.Join(groups, "; ")
}

// facts are the figures of a session that is over, or was brought in by a file.
func (t *sitting) facts(l *lang.Lang, voices []rank.Voice) []fact {
	facts := []fact{{l.T("form.title"), formName(l, t.Session)}, {l.T("session.fact.people"), t.whoIsHere(l)},
		{l.T("session.fact.problems"), l.Number(len(t.Sheet.Problems))}}
	votes, ballots := 0, 0
	for _, v := range voices {
		votes += v.Votes
		ballots += v.Ballots
	}
	switch {
	case t.Form == data.Tally:
		facts = append(facts, fact{l.T("session.fact.votes"), l.Number(votes)})
	case t.Form == data.Ballots || t.Form == data.Scores:
		facts = append(facts, fact{l.T("session.fact.ballots"), l.Number(ballots)})
	}
	if t.Place != "" {
		facts = append(facts, fact{l.T("session.place"), t.Place})
	}
	if t.Consent != "" {
		facts = append(facts, fact{l.T("session.consent"), l.T("session.consent." + string(t.Consent))})
	}
	return facts
}
