package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// sessionsView is the list of a round's sessions.
type sessionsView struct {
	Heading  string
	All      int // before filtering
	Lines    []sessionLine
	Village  string
	State    string
	Villages []option
	States   []option
	Pager    pager
	New      string // where a session is opened; empty in an archived round
}

// sessionLine is one session of the list, with what is missing in it.
type sessionLine struct {
	Address      string
	Village      string
	Place        string
	Date         time.Time
	Facilitators string
	Groups       string
	Form         string
	People       int
	State        string
	StateText    string
	Missing      []string
}

// pager leads through a long list.
type pager struct {
	From, To, N    int
	Previous, Next string // addresses, empty where there is none
}

// sessionsAPage is how many sessions a page of the list shows.
const sessionsAPage = 50

// sessionStates are what the list can be narrowed to; empty is all that are not
// archived.
var sessionStates = []string{"", "open", "closed", "imported", "archived"}

func (s *Server) showSessions(c *gin.Context) error {
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	round, err := s.store.Round(c, home(c), id)
	if err != nil {
		return err
	}
	inRound(c, round, "sessions")
	counted, err := s.counted(c, home(c), round)
	if err != nil {
		return err
	}
	sessions, err := s.store.Sessions(c, home(c), round.ID)
	if err != nil {
		return err
	}
	l := words(c)
	view := sessionsView{All: len(sessions), Village: c.Query("village"), State: c.Query("state")}
	if !round.Archived && !municipality(c).Archived {
		view.New = under(c, "rounds", round.ID.String(), "sessions/new")
	}
	for _, v := range counted.Villages {
		view.Villages = append(view.Villages, option{Value: v.ID.String(), Label: villageName(l, counted.Villages, v.ID)})
	}
	for _, state := range sessionStates[1:] {
		view.States = append(view.States, option{Value: state, Label: l.T("session.state." + state)})
	}
	sessions = slices.DeleteFunc(sessions, func(one data.Session) bool {
		return view.Village != "" && one.Village.String() != view.Village ||
			view.State == "" && one.Archived || view.State != "" && stateOf(one) != view.State
	})
	slices.Reverse(sessions) // the newest are the ones people work on
	view.Heading = sessionsHeading(l, sessions, counted)
	view.Pager, sessions = paged(c, sessions, sessionsAPage)
	for _, one := range sessions {
		view.Lines = append(view.Lines, s.sessionLine(c, counted, one))
	}
	return s.page(c, http.StatusOK, "sessions", view)
}

// sessionsHeading is the finding: how many sat together, and how many people
// came.
func sessionsHeading(l *lang.Lang, sessions []data.Session, counted *Counted) string {
	if len(sessions) == 0 {
		return l.T("session.list.none")
	}
	listed := map[data.ID]bool{}
	for _, one := range sessions {
		listed[one.ID] = true
	}
	people := 0
	for _, v := range counted.Rank.Voices {
		if listed[v.Session] {
			people += v.N
		}
	}
	return l.T("session.list.heading", "sessions", l.T("count.sessions", "n", len(sessions)), "people", l.T("count.people", "n", people))
}

// paged cuts the page out of a list that the address asks for.
func paged[T any](c *gin.Context, list []T, most int) (pager, []T) {
	page, err := strconv.Atoi(c.Query("page"))
	if last := max(1, (len(list)+most-1)/most); err != nil || page < 1 {
		page = 1
	} else {
		page = min(page, last)
	}
	from, to := (page-1)*most, min(page*most, len(list))
	p := pager{From: from + 1, To: to, N: len(list)}
	at := func(page int) string {
		query := c.Request.URL.Query()
		query.Set("page", strconv.Itoa(page))
		return c.Request.URL.Path + "?" + query.Encode()
	}
	if page > 1 {
		p.Previous = at(page - 1)
	}
	if to < len(list) {
		p.Next = at(page + 1)
	}
	return p, list[from:to]
}

func (s *Server) sessionLine(c *gin.Context, counted *Counted, one data.Session) sessionLine {
	l := words(c)
	line := sessionLine{Address: under(c, "sessions", one.ID.String()), Village: villageName(l, counted.Villages, one.Village), Place: one.Place,
		Date: one.Date.Time(), Facilitators: one.Facilitators, Form: formName(l, one), State: stateOf(one)}
	line.StateText = l.T("session.state." + line.State)
	var voices []rank.Voice
	var names []string
	for _, v := range counted.Rank.Voices {
		if v.Session != one.ID {
			continue
		}
		voices = append(voices, v)
		line.People += v.N
		if v.Mixed {
			names = append(names, l.T("sex.mixed"))
		} else {
			names = append(names, groupLabel(l, counted.Round.Scheme, v.Group))
		}
	}
	if line.Groups = strings.Join(names, "; "); len(names) > 2 {
		line.Groups = l.T("count.groups", "n", len(names))
	}
	if line.State == "open" || line.State == "closed" {
		line.Missing = s.missingOf(l, one, voices, line.People)
	}
	return line
}

// missingOf says what is still to be done in a session.
func (s *Server) missingOf(l *lang.Lang, one data.Session, voices []rank.Voice, people int) (missing []string) {
	if !one.Closed && one.Date < s.today() {
		missing = append(missing, l.T("session.missing.open", "date", l.ShortDate(one.Date.Time())))
	}
	said, unexplained, incomplete := false, 0, false
	for _, v := range voices {
		said = said || v.Said.Len() > 0
		incomplete = incomplete || v.Stays == rank.Incomplete
		if v.Stays == rank.Unsaid {
			unexplained++
		}
	}
	if people == 0 {
		missing = append(missing, l.T("session.missing.people"))
	}
	if !said {
		missing = append(missing, l.T("session.missing.votes"))
	}
	if unexplained > 0 {
		missing = append(missing, l.T("session.missing.over", "n", unexplained))
	}
	if incomplete {
		missing = append(missing, l.T("session.missing.pairs"))
	}
	return missing
}

// formName is a session's form of vote in words. A tally is of hands, or of so
// many stones each.
func formName(l *lang.Lang, one data.Session) string {
	switch {
	case one.Form == data.Tally && one.Each > 0:
		return l.T("session.form.stones", "n", one.Each)
	case one.Form == data.Tally:
		return l.T("form.hands")
	case one.Form == data.Ballots && one.Top > 0:
		return l.T("session.form.top", "n", one.Top)
	}
	return l.T("form." + string(one.Form))
}
