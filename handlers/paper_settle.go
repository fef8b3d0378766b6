package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// settleSecond writes down what the sheet really says where two people typed it
// differently: as a recount, a vote taken back or one more vote.
func (s *Server) settleSecond(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	r, err := s.store.Retyping(c, home(c), t.ID)
	if err != nil {
		return err
	}
	if !r.Settled.IsZero() || t.imported() {
		return s.done(c, t.address(c, "paper"), nil)
	}
	p := secondOf(c, t, r)
	chosen := map[string]bool{}
	for _, d := range p.differences() {
		answer := f.c.Request.PostForm.Get(d.Field)
		if answer != "1" && answer != "2" {
			f.bad.Add(d.Field, "survey.typing.choose", "question", d.Name)
		}
		chosen[d.Field] = answer == "2"
	}
	if f.bad != nil {
		return s.secondPage(c, http.StatusUnprocessableEntity, t, r, f.bad)
	}
	entries, bad := p.settled(chosen, data.Entry{ID: f.birth(s.Mint), Session: t.ID, By: account(c).ID, Made: s.Now(), Received: s.Now()})
	if bad != nil {
		return s.secondPage(c, http.StatusConflict, t, r, bad)
	}
	event := s.event(c, "session.paper.settled", t.ID, strconv.Itoa(len(entries)))
	if len(entries) > 0 {
		err = s.store.AddEntries(c, home(c), t.Session, entries, s.event(c, "session.paper", t.ID, strconv.Itoa(len(entries))))
		if errors.Is(err, data.ErrConflict) {
			return s.secondPage(c, http.StatusConflict, t, r, s.clash(c, t.Session, t.Round))
		}
		if err != nil {
			return err
		}
	}
	if err := s.store.SettleRetyping(c, home(c), t.ID, s.Now(), event); err != nil {
		return err
	}
	return s.done(c, t.address(c, "paper"), nil)
}

// settled are the entries that make the session say what was chosen: fields of
// the second typing over those that stand, and votes in and out.
func (p second) settled(chosen map[string]bool, base data.Entry) (entries []data.Entry, bad data.Bad) {
	over := paperForm{"seen": {p.t.Sheet.Last.String()}}
	for _, cell := range p.lone() {
		value := cell.Value
		if chosen[cell.Name] {
			value, _ = p.value(cell.Name)
		}
		over.Set(cell.Name, value)
		over.Set("was."+cell.Name, cell.Value)
		if tail, ok := strings.CutPrefix(cell.Name, "pair."); ok {
			reason := p.typed.Get("why." + tail)
			if !chosen[cell.Name] || reason == "" {
				reason = p.reason(tail)
			}
			over.Set("why."+tail, reason)
			over.Set("was.why."+tail, p.reason(tail))
		}
	}
	form := paper{t: p.t, l: p.l, typed: over}
	entries = form.entries(base)
	only, more := p.votes()
	for _, b := range only {
		if name := "drop." + b.Entry.String(); chosen[name] {
			entries = append(entries, data.Entry{ID: derived(base.ID, name), Session: base.Session, Kind: data.Void, Target: b.Entry, By: base.By, Made: base.Made, Received: base.Received})
		}
	}
	for _, e := range more {
		if name := "add." + e.Field; chosen[name] {
			e.ID, e.Session, e.Field, e.By, e.Made, e.Received = derived(base.ID, name), base.Session, "", base.By, base.Made, base.Received
			entries = append(entries, e)
		}
	}
	return entries, form.bad
}

// reason is why a pair was decided as it stands.
func (p second) reason(tail string) string {
	first, other, _ := strings.Cut(tail, ".")
	a, err := data.ParseID(first)
	if err != nil {
		return ""
	}
	b, err := data.ParseID(other)
	if err != nil {
		return ""
	}
	_, reason, _ := p.t.answer(a, b)
	return reason
}
