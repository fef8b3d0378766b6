package handlers

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// addEntries writes one thing down in a session. This is where every tap comes
// in, so it reads no more than it must: the session, and nothing else while the
// municipality stays as it is.
func (s *Server) addEntries(c *gin.Context) error {
	session, rules, err := s.openBook(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	e := f.entry(account(c), session, s)
	back := comeBack(c, &sitting{Session: session}, f)
	bad, err := s.checkEntry(c, f, session, rules, e)
	if err != nil {
		return err
	}
	if bad != nil && !s.resent(c, session, rules, e) {
		return s.again(c, back, bad)
	}
	switch err := s.store.AddEntries(c, home(c), session, []data.Entry{e}); {
	case errors.Is(err, data.ErrConflict):
		return s.again(c, back, s.clash(c, session, rules.round))
	case err != nil:
		return err
	}
	back = after(back, e)
	return s.done(c, back, s.screen(back))
}

// after is the address to go on to: the next ballot is of the same group, more
// often than not, and the reason of a pair may still be wanted.
func after(back string, e data.Entry) string {
	switch e.Kind {
	case data.Cast:
		return withParam(back, "group", groupKey(e.Group))
	case data.Compare:
		return withParam(withParam(back, "kept", e.Problem.String()), "over", e.Other.String())
	}
	return back
}

// openBook is the session of the address, and what its entries are checked
// against. Nothing is written by hand into a session that a file brought in.
func (s *Server) openBook(c *gin.Context) (session data.Session, r rules, err error) {
	id, err := param(c, "id")
	if err != nil {
		return session, r, err
	}
	if session, err = s.store.Session(c, home(c), id); err != nil {
		return session, r, err
	}
	if !session.Import.Zero() {
		return session, r, data.ErrForbidden
	}
	r, err = s.rules.of(c, s.store, municipality(c), session.Round)
	r.round = shelved(c, r.round)
	return session, r, err
}

// entry is one thing to write down, as a form has it.
func (f *form) entry(by data.Account, session data.Session, s *Server) data.Entry {
	now := s.Now()
	e := data.Entry{
		ID: f.birth(s.Mint), Session: session.ID, Kind: data.Kind(f.line("kind")), By: by.ID, Made: now, Received: now,
		Group: f.anyGroup(), Problem: f.id("problem"), Other: f.id("other"), N: f.number("n"),
		Text: f.line("text"), Target: f.id("target"), Seen: f.id("seen"),
	}
	switch e.Kind {
	case data.Note, data.Quote:
		e.Text = f.text("text")
	case data.Cast, data.Agree:
		e.Ballot = f.ballot(session)
	case data.PresenceCount, data.TallyCount, data.Compare:
		f.need("n")
	}
	if e.Kind == data.Cast && !f.has("sex") && !f.has("band") && !f.has("tag") {
		f.need("group") // "not said" is a group too, and nobody's default
	}
	return e
}

// need wants a field to be filled in.
func (f *form) need(name string) {
	if f.line(name) == "" {
		f.bad.Add(name, "error.required")
	}
}

// anyGroup is the group of a form, which sends it whole or in its parts.
func (f *form) anyGroup() data.Group {
	if !f.has("group") {
		return f.group()
	}
	g, ok := parseGroup(f.line("group"))
	if !ok {
		f.bad.Add("group", "error.choose")
	}
	return g
}

// groupKey names a group in a form or an address: female/18-28/poor.
func groupKey(g data.Group) string { return string(g.Sex) + "/" + string(g.Band) + "/" + g.Tag }

func parseGroup(key string) (data.Group, bool) {
	parts := strings.SplitN(key, "/", 3)
	if len(parts) != 3 {
		return data.Group{}, false
	}
	return data.Group{Sex: data.Sex(parts[0]), Band: data.Band(parts[1]), Tag: parts[2]}, true
}

// ballot is one person's ballot or score sheet, or a group's order: a field
// place.ID or score.ID for each problem, empty where it is not named.
func (f *form) ballot(session data.Session) data.Ballot {
	prefix, most := "place.", maxPlace
	if session.Form == data.Scores {
		prefix, most = "score.", 5
	}
	var choices []data.Choice
	for name := range f.c.Request.PostForm {
		tail, ok := strings.CutPrefix(name, prefix)
		if !ok || f.line(name) == "" {
			continue
		}
		id, err := data.ParseID(tail)
		if err != nil {
			f.bad.Add("ballot", "error.choose")
			continue
		}
		n := f.number(name)
		if n < 1 || n > most {
			f.bad.Add(name, "error.range", "min", 1, "max", most)
		}
		choices = append(choices, data.Choice{Problem: id, Place: n, Points: n})
	}
	return newBallot(session, choices)
}

// newBallot settles choices in one order, however the form had them, so that
// the same ballot sent twice is the same.
func newBallot(session data.Session, choices []data.Choice) data.Ballot {
	slices.SortFunc(choices, func(a, b data.Choice) int { return slices.Compare(a.Problem[:], b.Problem[:]) })
	if session.Form == data.Scores {
		return data.BallotByPoints(choices)
	}
	for i := range choices {
		choices[i].Points = 0
	}
	return data.NewBallot(choices)
}

// maxPlace is the last place that can be typed.
const maxPlace = 200

// kinds that a page of a session may send. Closing, reopening, blacking out and
// corrections of the head have doors of their own.
var kinds = map[data.Kind]bool{
	data.PresenceAdd: true, data.PresenceCount: true, data.Offer: true, data.TallyAdd: true, data.TallyCount: true, data.Explain: true,
	data.Cast: true, data.Compare: true, data.Agree: true, data.Note: true, data.Quote: true, data.Void: true,
}

// checkEntry is what is wrong with an entry.
func (s *Server) checkEntry(c *gin.Context, f *form, session data.Session, r rules, e data.Entry) (data.Bad, error) {
	if !kinds[e.Kind] {
		f.bad.Add("kind", "error.choose")
		return f.bad, nil
	}
	bad := f.join(e.Check(session, r.round))
	if !r.knows(e) {
		bad.Add("problem", "error.choose")
	}
	if e.Kind == data.Explain && (e.N < 1 || e.N > data.MaxCount) {
		bad.Add("n", "error.range", "min", 1, "max", data.MaxCount)
	}
	if e.Kind != data.Void || bad != nil {
		return bad, nil
	}
	target, err := s.store.Entry(c, home(c), session, e.Target)
	if errors.Is(err, data.ErrMissing) {
		f.bad.Add("target", "error.choose")
		return f.bad, nil
	}
	return f.join(target.CheckTaking(session)), err
}

// resent tells whether an entry was kept before its session was shut: then its
// sender, who did not hear the answer, gets the same answer again.
func (s *Server) resent(c *gin.Context, session data.Session, r rules, e data.Entry) bool {
	if session.Shut(r.round) == "" {
		return false
	}
	_, err := s.store.Entry(c, home(c), session, e.ID)
	return err == nil
}

// clash says why a sound entry was not kept in a session of a round, as they
// were read before.
func (s *Server) clash(c *gin.Context, session data.Session, r data.Round) (bad data.Bad) {
	now, err := s.store.Session(c, home(c), session.ID)
	if err == nil {
		r, err = s.store.Round(c, home(c), r.ID)
	}
	switch shut := now.Shut(r); {
	case err == nil && shut != "":
		bad.Add("", shut)
	case err == nil && session.Consented() && !now.Consented():
		bad.Add("", "session.consent.missing")
	default:
		bad.Add("", "entry.conflict")
	}
	return bad
}

// withParam is an address with one of its parameters set.
func withParam(address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// withoutParam is an address with one of its parameters taken away.
func withoutParam(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Del(name)
	u.RawQuery = q.Encode()
	return u.String()
}
