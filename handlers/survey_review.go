package handlers

import (
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// reviewView are the responses that wait for a person, or that one put away.
type reviewView struct {
	Nav     surveyNav
	State   string
	States  []link
	Flag    string
	Flags   []link // to narrow the list down
	Lines   []reviewLine
	More    string // address of the older ones
	Held    int    // for this reason
	Done    int    // how many were decided on just now,
	Did     string // and what became of them
	All     bool   // ticked, as are the lines, in a form that was not right
	Reason  string
	Address string
	Here    string // with what it was narrowed down to
}

// reviewLine is one response with what speaks against it.
type reviewLine struct {
	ID      data.ID
	Ticked  bool
	Day     time.Time
	Tier    string
	Who     string
	Seconds string
	Flags   []string
	Cleared bool // a person looked at it before
	Said    []reviewAnswer
}

type reviewAnswer struct{ Label, Text string }

// responsesAPage is how many responses a page of the review shows.
const responsesAPage = 50

// flagsReviewed are the reasons to look, as they are listed.
var flagsReviewed = []data.Flag{data.FlagBurst, data.FlagSame, data.FlagFast, data.FlagTrap, data.FlagToken}

// statesReviewed are those a response can be looked at in.
var statesReviewed = []data.State{data.StateHeld, data.StateRemoved, data.StateCounted}

func (s *Server) showSurveyReview(c *gin.Context) error { return s.reviewPage(c, http.StatusOK, nil) }

// reviewPage shows the responses. typed is the form that was not right: what was
// ticked stays ticked.
func (s *Server) reviewPage(c *gin.Context, status int, typed *form, bad ...data.Bad) error {
	survey, counted, err := s.surveyOf(c)
	if err != nil {
		return err
	}
	state, flag := data.State(c.DefaultQuery("state", string(data.StateHeld))), data.Flag(c.Query("flag"))
	if !slices.Contains(statesReviewed, state) || flag != "" && !slices.Contains(flagsReviewed, flag) {
		return data.ErrMissing
	}
	v := reviewView{Nav: surveyNavOf(c, survey, "review"), State: string(state), Flag: string(flag)}
	v.Address = v.Nav.Address + "/review"
	if did := data.State(c.Query("did")); slices.Contains(statesReviewed, did) {
		v.Done, _ = strconv.Atoi(c.Query("done"))
		v.Did = string(did)
	}
	var asked []forms.Asked
	err = s.tally(c, home(c), survey, counted, func(t *surveyTally) error {
		asked = t.tally.Asked
		v.links(words(c), t.tally, state, flag)
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.reviewLines(c, &v, survey, counted, asked); err != nil {
		return err
	}
	v.Here = v.at(c.Query("before"))
	if typed != nil {
		v.All, v.Reason = typed.has("all"), typed.line("reason")
		for i := range v.Lines {
			v.Lines[i].Ticked = slices.Contains(typed.all("response"), v.Lines[i].ID.String())
		}
	}
	return s.page(c, status, "survey_review", v, bad...)
}

// at is the address of the list as it is narrowed down, from a response on.
func (v *reviewView) at(before string) string {
	q := url.Values{"state": {v.State}}
	if v.Flag != "" {
		q.Set("flag", v.Flag)
	}
	if before != "" {
		q.Set("before", before)
	}
	return v.Address + "?" + q.Encode()
}

func (v *reviewView) links(l *lang.Lang, t *forms.Tally, state data.State, flag data.Flag) {
	sums := map[data.State]int{}
	for _, states := range t.States {
		for state, n := range states {
			sums[state] += n
		}
	}
	for _, one := range statesReviewed {
		v.States = append(v.States, link{l.T("survey.state."+string(one)) + " · " + l.Number(sums[one]), v.Address + "?state=" + string(one), one == state})
	}
	if state != data.StateHeld {
		return
	}
	if t.Flags[flag] == 0 { // nothing waits for that reason any more
		flag, v.Flag = "", ""
	}
	v.Held = sums[data.StateHeld]
	v.Flags = append(v.Flags, link{l.T("survey.flag.all") + " · " + l.Number(v.Held), v.Address, flag == ""})
	for _, one := range flagsReviewed {
		if n := t.Flags[one]; n > 0 {
			v.Flags = append(v.Flags, link{l.T("survey.flag."+string(one)) + " · " + l.Number(n), v.Address + "?flag=" + string(one), one == flag})
		}
	}
	if flag != "" {
		v.Held = t.Flags[flag]
	}
}

// reviewLines are the responses of the page.
func (s *Server) reviewLines(c *gin.Context, v *reviewView, survey data.Survey, counted *Counted, asked []forms.Asked) error {
	var before data.ID
	if text := c.Query("before"); text != "" {
		var err error
		if before, err = data.ParseID(text); err != nil {
			return err
		}
	}
	l := words(c)
	for r, err := range s.flagged(c, survey.ID, data.State(v.State), data.Flag(v.Flag), before) {
		if err != nil {
			return err
		}
		if len(v.Lines) == responsesAPage {
			v.More = v.at(v.Lines[responsesAPage-1].ID.String())
			break
		}
		v.Lines = append(v.Lines, s.reviewLine(l, counted, asked, r))
	}
	return nil
}

// flagged are the responses in a state, the newest first; with a flag where one
// is named.
func (s *Server) flagged(c *gin.Context, survey data.ID, state data.State, flag data.Flag, before data.ID) iter.Seq2[data.Response, error] {
	return func(yield func(data.Response, error) bool) {
		for r, err := range s.store.ResponsesIn(c, home(c), survey, state, before, 1<<30) {
			if err == nil && flag != "" && !r.Flags.Has(flag) {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

func (s *Server) reviewLine(l *lang.Lang, counted *Counted, asked []forms.Asked, r data.Response) reviewLine {
	line := reviewLine{ID: r.ID, Day: r.Received.In(s.Zone), Tier: l.T("survey.tier." + string(r.Tier)), Who: counted.who(l, r), Cleared: r.Flags.Has(data.FlagCleared)}
	if r.Seconds > 0 {
		line.Seconds = l.T("survey.seconds", "n", r.Seconds)
	}
	for _, flag := range r.Flags {
		if flag == data.FlagCleared {
			continue
		}
		line.Flags = append(line.Flags, l.T("survey.flag."+string(flag)))
	}
	for i := range asked {
		a := &asked[i]
		if answer, ok := r.Answers[a.Name]; ok && a.Repeat == "" && a.Kind.Asks() {
			label, _ := a.Label.In(l.Code())
			line.Said = append(line.Said, reviewAnswer{label, answerText(l, a, answer)})
		}
	}
	return line
}

// who sent a response, as far as they said.
func (c *Counted) who(l *lang.Lang, r data.Response) string {
	group := groupName(l, c.Round.Scheme, data.Group{Sex: r.Sex, Band: r.Band})
	if r.Village.Zero() {
		return group
	}
	return c.village(l, r.Village) + ", " + group
}

// judgeResponses takes what a person decided on the responses they ticked, or on
// all that are held for one reason.
func (s *Server) judgeResponses(c *gin.Context) error {
	survey, _, err := s.surveyOf(c)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	state, reason := f.judgement()
	ids, err := s.ticked(c, f, survey.ID)
	if err != nil {
		return err
	}
	if f.bad != nil {
		return s.reviewPage(c, http.StatusUnprocessableEntity, f, f.bad)
	}
	detail := strconv.Itoa(len(ids))
	if reason != "" {
		detail += " · " + reason
	}
	if err := s.store.JudgeResponses(c, home(c), survey.ID, ids, state, s.event(c, "survey.judge."+string(state), survey.ID, detail)); err != nil {
		return err
	}
	q := url.Values{"done": {strconv.Itoa(len(ids))}, "did": {string(state)}}
	for _, kept := range []string{"state", "flag"} { // not c.Query: gin would keep it for the page that is shown next
		if value := c.Request.URL.Query().Get(kept); value != "" {
			q.Set(kept, value)
		}
	}
	return s.done(c, under(c, "surveys", survey.ID.String(), "review")+"?"+q.Encode(), s.showSurveyReview)
}

// judgement is what becomes of responses, and why: what is removed needs a
// reason. Enter in a field sends no decision.
func (f *form) judgement() (state data.State, reason string) {
	state, reason = data.State(f.line("do")), f.line("reason")
	if !slices.Contains(statesReviewed, state) {
		f.bad.Add("do", "survey.review.choose")
	}
	if state == data.StateRemoved && reason == "" {
		f.bad.Add("reason", "survey.reason.needed")
	}
	if len([]rune(reason)) > data.MaxLine {
		f.bad.Add("reason", "error.long", "max", data.MaxLine)
	}
	return state, reason
}

// ticked are the responses of a form, or all that are held for its reason.
func (s *Server) ticked(c *gin.Context, f *form, survey data.ID) (ids []data.ID, err error) {
	if f.has("all") {
		flag := data.Flag(f.line("all"))
		if flag != "" && !slices.Contains(flagsReviewed, flag) {
			return nil, data.ErrInvalid
		}
		for r, err := range s.flagged(c, survey, data.StateHeld, flag, data.ID{}) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, r.ID)
		}
	}
	for _, text := range f.all("response") {
		id, err := data.ParseID(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) || !f.has("all") {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		f.bad.Add("response", "survey.review.none")
	}
	return ids, nil
}
