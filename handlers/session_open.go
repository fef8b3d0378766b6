package handlers

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// sessionNewView is the form that opens a session.
type sessionNewView struct {
	ID       data.ID
	Action   string
	List     string // the sessions there are
	Freezes  bool   // it fixes how the round groups people and merges groups
	Villages []option
	Forms    []option
	Tags     []option // empty where the round tells nobody apart so
	Consents []option // empty where nobody is under eighteen
	Stones   bool     // the round may count stones,
	Slips    bool     // may take ballots
	Today    data.Date
	Typed    sessionTyped
}

// sessionTyped is what was typed into the form.
type sessionTyped struct {
	Village, Place, Date, Facilitators, Form, Each, Top, Tag, Consent string
}

// The two ways of a tally, as the form offers them.
const (
	hands  = "hands"
	stones = "stones"
)

// noConsent says that nobody under eighteen sits in the session. It is said and
// not left out, so that nobody forgets to ask.
const noConsent = "none"

func (s *Server) showNewSession(c *gin.Context) error {
	round, err := s.roundToOpenIn(c)
	if err != nil {
		return err
	}
	typed := sessionTyped{Date: string(s.today()), Facilitators: account(c).Name, Each: "3"}
	if len(round.Forms) == 1 {
		typed.Form = formChoices(round.Forms)[0]
	}
	return s.sessionForm(c, http.StatusOK, round, s.Mint(), typed)
}

// roundToOpenIn is the round of the address. In an archived one no session can
// be opened.
func (s *Server) roundToOpenIn(c *gin.Context) (data.Round, error) {
	id, err := param(c, "id")
	if err != nil {
		return data.Round{}, err
	}
	round, err := s.store.Round(c, home(c), id)
	if err == nil && (round.Archived || municipality(c).Archived) {
		err = data.ErrConflict
	}
	inRound(c, round, "sessions")
	return round, err
}

// formChoices are the forms of vote as the form offers them: a tally is of
// hands or of stones.
func formChoices(forms []data.Form) (choices []string) {
	for _, form := range forms {
		if form == data.Tally {
			choices = append(choices, hands, stones)
		} else {
			choices = append(choices, string(form))
		}
	}
	return choices
}

func (s *Server) sessionForm(c *gin.Context, status int, round data.Round, id data.ID, typed sessionTyped, bad ...data.Bad) error {
	l := words(c)
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	list := under(c, "rounds", round.ID.String(), "sessions")
	view := sessionNewView{ID: id, Action: list, List: list, Freezes: round.Frozen.IsZero(), Today: s.today(), Typed: typed,
		Stones: slices.Contains(round.Forms, data.Tally), Slips: slices.Contains(round.Forms, data.Ballots)}
	for _, v := range villages {
		view.Villages = append(view.Villages, option{Value: v.ID.String(), Label: villageName(l, villages, v.ID)})
	}
	if len(villages) == 1 && view.Typed.Village == "" {
		view.Typed.Village = view.Villages[0].Value
	}
	for _, choice := range formChoices(round.Forms) {
		view.Forms = append(view.Forms, option{choice, l.T("form." + choice), l.T("form." + choice + ".help")})
	}
	for _, tag := range round.Scheme.Tags {
		name, _ := tag.Name.In(l.Code())
		view.Tags = append(view.Tags, option{Value: tag.Key, Label: name})
	}
	if seatsMinors(round.Scheme) {
		view.Consents = consentChoices(l)
	}
	return s.page(c, status, "session_new", view, bad...)
}

func seatsMinors(scheme data.Scheme) bool {
	return slices.ContainsFunc(scheme.Bands, data.Band.UnderAge)
}

func consentChoices(l *lang.Lang) []option {
	choices := []option{{Value: noConsent, Label: l.T("session.consent.none")}}
	for _, consent := range data.Consents {
		choices = append(choices, option{Value: string(consent), Label: l.T("session.consent." + string(consent))})
	}
	return choices
}

func (s *Server) openSession(c *gin.Context) error {
	round, err := s.roundToOpenIn(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	session := f.session(round)
	session.ID, session.By, session.Created = f.birth(s.Mint), account(c).ID, s.Now()
	if !slices.ContainsFunc(villages, func(v data.Village) bool { return v.ID == session.Village }) {
		f.bad.Add("village", "error.choose")
	}
	f.join(session.Check())
	if bad := f.join(session.CheckDate(s.today())); bad != nil {
		return s.sessionForm(c, http.StatusUnprocessableEntity, round, session.ID, f.sessionTyped(), bad)
	}
	detail := villageName(words(c), villages, session.Village) + ", " + string(session.Date)
	if err := s.store.OpenSession(c, home(c), session, s.Now(), s.event(c, "session.open", session.ID, detail)); err != nil {
		return err
	}
	return s.done(c, under(c, "sessions", session.ID.String()), nil)
}

// session is a session of a round as typed.
func (f *form) session(round data.Round) data.Session {
	session := data.Session{Round: round.ID, Village: f.id("village"), Place: f.line("place"), Date: f.date("date"),
		Facilitators: f.line("facilitators"), Form: data.Form(f.line("form")), Tag: f.line("tag")}
	if !slices.Contains(formChoices(round.Forms), f.line("form")) {
		f.bad.Add("form", "error.choose")
	}
	switch f.line("form") {
	case hands:
		session.Form = data.Tally
	case stones:
		session.Form = data.Tally
		if session.Each = f.number("each"); session.Each < 1 {
			f.bad.Add("each", "error.range", "min", 1, "max", 20)
		}
	case string(data.Ballots):
		session.Top = f.number("top")
	}
	if _, known := round.Scheme.Tag(session.Tag); session.Tag != "" && !known {
		f.bad.Add("tag", "error.choose")
	}
	if seatsMinors(round.Scheme) {
		session.Consent = f.consent()
	}
	return session
}

// consent is the answer to who allowed people under eighteen to sit here.
func (f *form) consent() data.Consent {
	switch typed := f.line("consent"); typed {
	case "":
		f.bad.Add("consent", "error.choose")
		return ""
	case noConsent:
		return ""
	default:
		return data.Consent(typed)
	}
}

// date is a day, as a browser sends it or as people write it: 05.02.2027.
func (f *form) date(name string) data.Date {
	typed := f.line(name)
	if day, err := time.Parse("2.1.2006", typed); err == nil {
		return data.Date(day.Format(time.DateOnly))
	}
	return data.Date(typed)
}

// sessionTyped is the form as it was sent, to be shown again.
func (f *form) sessionTyped() sessionTyped {
	return sessionTyped{f.line("village"), f.line("place"), f.line("date"), f.line("facilitators"), f.line("form"),
		f.line("each"), f.line("top"), f.line("tag"), f.line("consent")}
}
