package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// secondView is what two people typed differently from one sheet.
type secondView struct {
	Head    sittingHead
	Here    string // address of the paper page
	ID      string
	Who     string // typed it a second time
	Differs []difference
	Checked string
}

// markSecond says on the page of the sheet whether it was typed in twice.
func (s *Server) markSecond(c *gin.Context, t *sitting, second bool, view *paperView) error {
	if second {
		view.Second, view.Here, view.Cast = true, t.address(c, "paper", "second"), 0
		return nil
	}
	view.Overs = t.overViews(c, view.recordView)
	if t.Sheet.Entries == 0 || !view.Open {
		return nil
	}
	view.Typings = t.address(c, "paper", "second")
	r, err := s.store.Retyping(c, home(c), t.ID)
	switch {
	case errors.Is(err, data.ErrMissing):
		return nil
	case err != nil:
		return err
	}
	view.Checked = words(c).T("paper.second.waits")
	if !r.Settled.IsZero() {
		view.Checked = words(c).T("paper.second.settled", "date", s.moment(c, r.Settled), "n", r.Differs)
	}
	return nil
}

// typedHere tells whether somebody has written numbers or votes of the session
// down: then the second typing must be another person's.
func (s *Server) typedHere(c *gin.Context, t *sitting, by data.ID) (typed bool, err error) {
	kinds := []data.Kind{data.PresenceAdd, data.PresenceCount, data.TallyAdd, data.TallyCount, data.Cast, data.Compare, data.Agree}
	for e, err := range s.store.Entries(c, home(c), t.Session) {
		if err != nil {
			return false, err
		}
		typed = typed || e.By == by && slices.Contains(kinds, e.Kind)
	}
	return typed, nil
}

// showSecond is an empty sheet for the second person, or what they typed
// differently.
func (s *Server) showSecond(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	r, err := s.store.Retyping(c, home(c), t.ID)
	if err == nil && r.Settled.IsZero() && c.Query("anew") == "" {
		return s.secondPage(c, http.StatusOK, t, r, nil)
	}
	if err != nil && !isMissing(err) {
		return err
	}
	var bad data.Bad
	own, err := s.typedHere(c, t, account(c).ID)
	if err != nil {
		return err
	}
	if own {
		bad.Add("", "paper.second.own")
		return s.drawPaper(c, t, http.StatusOK, bad, true)
	}
	return s.drawPaper(c, t, http.StatusOK, nil, true)
}

func (s *Server) secondPage(c *gin.Context, status int, t *sitting, r data.Retyping, bad data.Bad) error {
	names, err := s.names(c)
	if err != nil {
		return err
	}
	view := secondView{Head: t.head(c), Here: t.address(c, "paper"), ID: s.Mint().String(), Who: names[r.By], Differs: secondOf(c, t, r).differences()}
	for i := range view.Differs {
		_, view.Differs[i].Bad = bad[view.Differs[i].Field]
	}
	return s.page(c, status, "paper_second", view, bad)
}

// keepSecond keeps the second typing, which counts for nothing, and shows what
// differs.
func (s *Server) keepSecond(c *gin.Context) error {
	t, err := s.sitting(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	if t.imported() {
		return data.ErrForbidden
	}
	if asksForMore(c) {
		return s.drawPaper(c, t, http.StatusOK, nil, true)
	}
	own, err := s.typedHere(c, t, account(c).ID)
	if err != nil {
		return err
	}
	p := paper{t: t, l: words(c), typed: c.Request.PostForm}
	p.entries(data.Entry{ID: f.birth(s.Mint), Session: t.ID, By: account(c).ID, Made: s.Now(), Received: s.Now()})
	if own {
		p.bad.Add("", "paper.second.own")
	}
	if p.bad != nil {
		return s.drawPaper(c, t, http.StatusUnprocessableEntity, p.bad, true)
	}
	r := data.Retyping{Session: t.ID, By: account(c).ID, At: s.Now(), Fields: map[string]string{}}
	for name := range p.typed {
		if value, _ := p.value(name); value != "" && name != "id" && name != "seen" && name != "keep" {
			r.Fields[name] = value
		}
	}
	r.Differs = len(secondOf(c, t, r).differences())
	if err := s.store.PutRetyping(c, home(c), r, s.event(c, "session.paper.second", t.ID, strconv.Itoa(r.Differs))); err != nil {
		return err
	}
	return s.done(c, t.address(c, "paper", "second"), nil)
}

// second compares what a session says with what was typed again.
type second struct {
	*paper
	now    *paper // what stands on the sheet
	groups []data.Group
}

func secondOf(c *gin.Context, t *sitting, r data.Retyping) second {
	typed := paperForm{}
	for name, value := range r.Fields {
		typed.Set(name, value)
	}
	return second{&paper{t: t, l: words(c), typed: typed}, &paper{t: t, l: words(c)}, t.paperGroups(true)}
}

// lone are the fields of the sheet that hold one number or word.
func (p second) lone() (cells []paperCell) {
	for _, g := range p.groups {
		cells = append(cells, p.now.group(g).Present)
	}
	var problems []listLine
	for i, id := range p.t.Sheet.Problems {
		problems = append(problems, listLine{ID: id, Number: i + 1, Title: p.t.Problems[id].Title})
	}
	switch p.t.Form {
	case data.Tally:
		for _, line := range p.now.tally(p.groups, problems) {
			cells = append(cells, line.Cells...)
		}
	case data.Pairs:
		for _, pair := range p.now.pairs(problems) {
			cells = append(cells, pair.Answer)
		}
	case data.Order:
		for _, line := range p.now.order(problems) {
			cells = append(cells, line.Cells...)
		}
	}
	return cells
}

// differences are the fields that say different things, and the votes that only
// one of the two typed.
func (p second) differences() (list []difference) {
	for _, cell := range p.lone() {
		again, _ := p.value(cell.Name)
		if strings.TrimLeft(again, "0") == "" && !strings.HasPrefix(cell.Name, "pair.") {
			again = ""
		}
		if again != cell.Value {
			list = append(list, difference{Field: cell.Name, Name: cell.Label, First: p.said(cell.Name, cell.Value), Second: p.said(cell.Name, again)})
		}
	}
	only, more := p.votes()
	for _, b := range only {
		list = append(list, difference{Field: "drop." + b.Entry.String(), Name: p.vote(b.Group, b.Ballot), First: p.l.T("paper.second.keep"), Second: p.l.T("paper.second.drop")})
	}
	for _, e := range more {
		list = append(list, difference{Field: "add." + e.Field, Name: p.vote(e.Group, e.Ballot), First: p.l.T("paper.second.leave"), Second: p.l.T("paper.second.add")})
	}
	return list
}

// said is the value of a field in words.
func (p second) said(field, value string) string {
	if !strings.HasPrefix(field, "pair.") {
		if value == "" {
			return "0"
		}
		return value
	}
	parts := strings.Split(field, ".")
	if key := map[string]string{"": "survey.leaf.empty", "0": "pair.alike"}[value]; key != "" {
		return p.l.T(key)
	}
	at := 1
	if value == "-1" {
		at = 2
	}
	id, err := data.ParseID(parts[at])
	if err != nil {
		return value
	}
	return p.t.title(p.l, id)
}

func (p second) vote(g data.Group, b data.Ballot) string {
	return p.t.groupName(p.l, g) + ": " + p.t.ballotText(p.l, b)
}

// votes are the ballots that only the session has, and those that only the
// second typing has; equal ones are matched one to one.
func (p second) votes() (only []data.CastBallot, more []data.Entry) {
	if p.t.Form != data.Ballots && p.t.Form != data.Scores {
		return nil, nil
	}
	key := func(g data.Group, b data.Ballot) string { return groupKey(g) + fmt.Sprint(b) }
	there := map[string]int{}
	p.readPersons(func(name string, e data.Entry) {
		e.Field = name
		more = append(more, e)
		there[key(e.Group, e.Ballot)]++
	})
	matched := map[string]int{}
	for _, b := range p.t.Sheet.Ballots {
		if k := key(b.Group, b.Ballot); there[k] > 0 {
			there[k]--
			matched[k]++
		} else {
			only = append(only, b)
		}
	}
	more = slices.DeleteFunc(more, func(e data.Entry) bool {
		k := key(e.Group, e.Ballot)
		matched[k]--
		return matched[k] >= 0
	})
	return only, more
}
