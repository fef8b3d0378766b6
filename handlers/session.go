package handlers

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// sitting is a session with everything its pages speak of.
type sitting struct {
	data.Session
	Round    data.Round
	Sheet    *data.Sheet
	Problems map[data.ID]data.Problem // of the round, merged ones too
	Villages []data.Village
}

// head is a session of the address and its round, without what was said.
func (s *Server) sessionHead(c *gin.Context) (*sitting, error) {
	id, err := param(c, "id")
	if err != nil {
		return nil, err
	}
	t := &sitting{}
	if t.Session, err = s.store.Session(c, home(c), id); err != nil {
		return nil, err
	}
	if t.Round, err = s.store.Round(c, home(c), t.Session.Round); err != nil {
		return nil, err
	}
	inRound(c, t.Round, "sessions")
	t.Round = shelved(c, t.Round)
	t.Villages, err = s.store.Villages(c, home(c))
	return t, err
}

// shelved is a round as its municipality lets it be: in an archived one all
// rounds are in the archive.
func shelved(c *gin.Context, r data.Round) data.Round {
	r.Archived = r.Archived || municipality(c).Archived
	return r
}

// sitting is the session of the address with what it says now.
func (s *Server) sitting(c *gin.Context) (*sitting, error) {
	t, err := s.sessionHead(c)
	if err != nil {
		return nil, err
	}
	problems, err := s.store.Problems(c, home(c), t.Round.ID)
	if err != nil {
		return nil, err
	}
	t.Problems = make(map[data.ID]data.Problem, len(problems))
	for _, p := range problems {
		t.Problems[p.ID] = p
	}
	t.Sheet, err = s.sheet(c, t)
	return t, err
}

// sheet is what the session says now, folded anew unless it is an imported one.
func (s *Server) sheet(c *gin.Context, t *sitting) (*data.Sheet, error) {
	if t.imported() {
		if kept := s.sheets.of(t.Session); kept != nil {
			return kept, nil
		}
	}
	sheet, err := data.Fold(t.Session, s.store.Entries(c, home(c), t.Session))
	if err == nil && t.imported() {
		s.sheets.keep(sheet)
	}
	return sheet, err
}

// imported tells whether the session was brought in by a file of ballots: it is
// looked at, and nothing is recorded in it by hand.
func (t *sitting) imported() bool { return !t.Import.Zero() }

// address is one of the session's pages.
func (t *sitting) address(c *gin.Context, parts ...string) string {
	return under(c, append([]string{"sessions", t.ID.String()}, parts...)...)
}

// cells are all groups that can sit here, those that say who they are first.
// They carry the session's tag; where people are told apart by nothing but
// tags, a mixed meeting has a cell for each.
func (t *sitting) cells() (cells []data.Group) {
	scheme := t.Round.Scheme
	sexes := []data.Sex{data.UnknownSex}
	if scheme.Sexes {
		sexes = data.Sexes
	}
	tags := []string{t.Tag}
	if !scheme.Sexes && len(scheme.Bands) == 0 && t.Tag == "" {
		for _, tag := range scheme.Tags {
			tags = append(tags, tag.Key)
		}
	}
	for _, sex := range sexes {
		for _, band := range append(slices.Clone(scheme.Bands), "") {
			for _, tag := range tags {
				cells = append(cells, data.Group{Sex: sex, Band: band, Tag: tag})
			}
		}
	}
	slices.SortStableFunc(cells, func(a, b data.Group) int {
		if x, y := t.unsaid(a), t.unsaid(b); x != y {
			if x {
				return 1
			}
			return -1
		}
		return scheme.Compare(a, b)
	})
	return cells
}

// unsaid tells whether the people of a cell did not say something that the
// scheme asks for.
func (t *sitting) unsaid(g data.Group) bool {
	scheme := t.Round.Scheme
	return scheme.Sexes && g.Sex == data.UnknownSex || len(scheme.Bands) > 0 && g.Band == "" ||
		!scheme.Sexes && len(scheme.Bands) == 0 && g.Tag == ""
}

// present are the groups that are here, in the order of the scheme.
func (t *sitting) present() []data.Group {
	var groups []data.Group
	for _, g := range t.Sheet.Groups() {
		if t.Sheet.Present(g) > 0 {
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, t.Round.Scheme.Compare)
	return groups
}

// groups are the groups that are here or said something, in the same order.
func (t *sitting) groups() []data.Group {
	groups := t.Sheet.Groups()
	slices.SortFunc(groups, t.Round.Scheme.Compare)
	return groups
}

// title is a problem as its page calls it.
func (t *sitting) title(l *lang.Lang, problem data.ID) string {
	title, _ := t.Problems[problem].Title.In(l.Code())
	return title
}

// village is the name of the session's village.
func (t *sitting) village(l *lang.Lang) string { return villageName(l, t.Villages, t.Village) }

func villageName(l *lang.Lang, villages []data.Village, id data.ID) string {
	for _, v := range villages {
		if v.ID == id {
			name, _ := v.Name.In(l.Code())
			return name
		}
	}
	return ""
}

// sittingHead is what stands above every screen of a session.
type sittingHead struct {
	Title   string // the village, and the group where there is only one
	Sub     string // when and by whom
	Address string // of the session's own page
	Chip    string // how far the screen has come; the state of the session where it has no such thing
}

func (t *sitting) head(c *gin.Context) sittingHead {
	l := words(c)
	h := sittingHead{Title: t.village(l), Sub: l.Date(t.Date.Time()), Address: t.address(c)}
	if t.Sheet != nil {
		if here := t.present(); len(here) == 1 {
			h.Title += " · " + t.groupName(l, here[0])
		}
	}
	if t.Facilitators != "" {
		h.Sub += " · " + t.Facilitators
	}
	h.Chip = l.T("session.state." + t.state())
	return h
}

// state is the end of the message key that says how a session stands. One that
// was left open when its round went to the archive is shelved with it.
func (t *sitting) state() string {
	state := stateOf(t.Session)
	if state == "open" && t.Round.Archived {
		return "shelved"
	}
	return state
}

func stateOf(s data.Session) string {
	switch {
	case s.Archived:
		return "archived"
	case !s.Import.Zero():
		return "imported"
	case s.Closed:
		return "closed"
	}
	return "open"
}

// keyBad is where what is wrong with a form waits for the page that shows it.
const keyBad = "bad"

// again shows the page of a session that a form stands on, with what is wrong.
func (s *Server) again(c *gin.Context, address string, bad data.Bad) error {
	c.Set(keyBad, bad)
	if u, err := url.Parse(address); err == nil {
		c.Request.URL = u
	}
	return s.screen(address)(c)
}

// wrongs is the status of a page, and what is wrong with the form it shows
// again, if anything. A fault of no field is the session's: what it says or
// where it stands is in the way, and typing differently would not help.
func wrongs(c *gin.Context) (status int, bad data.Bad) {
	bad, _ = c.Value(keyBad).(data.Bad)
	if len(bad) == 0 {
		return http.StatusOK, nil
	}
	if _, whole := bad[""]; whole {
		return http.StatusConflict, bad
	}
	return http.StatusUnprocessableEntity, bad
}

// comeBack is the page of this very session that a form wants to return to; its
// overview where it names none.
func comeBack(c *gin.Context, t *sitting, f *form) string {
	home, want := t.address(c), f.line("back")
	if local(want) && (want == home || strings.HasPrefix(want, home+"/") || strings.HasPrefix(want, home+"?")) {
		return want
	}
	return home
}

// screen is the act that shows one of a session's pages.
func (s *Server) screen(address string) act {
	u, err := url.Parse(address)
	if err != nil {
		return s.showSession
	}
	switch path.Base(u.Path) {
	case "presence":
		return s.showPresence
	case "list":
		return s.showSessionList
	case "record":
		return s.showRecord
	case "notes":
		return s.showNotes
	case "paper":
		return s.showPaper
	case "history":
		return s.showHistory
	case "close":
		return s.showClosing
	case "head":
		return s.showHead
	case "consent":
		return s.showConsent
	}
	return s.showSession
}
