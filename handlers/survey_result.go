package handlers

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// resultSurveyRoutes are the pages on which results are read.
func (s *Server) resultSurveyRoutes() []route {
	return []route{
		{"GET", "/:municipality/surveys/:id/results", readers, s.showSurveyResults, 0},
		{"GET", "/:municipality/surveys/:id/review", staff, s.showSurveyReview, 0},
		{"POST", "/:municipality/surveys/:id/review", staff, s.judgeResponses, 0},
		{"GET", "/:municipality/surveys/:id/answers", staff, s.showSurveyAnswers, 0},
		{"POST", "/:municipality/surveys/:id/answers", staff, s.keepReading, 0},
		{"GET", "/:municipality/surveys/:id/export/:file", staff, s.exportSurvey, 0},
	}
}

// resultView is what came of a survey.
type resultView struct {
	Nav       surveyNav
	N         int
	Said      string   // how many count, by tier
	Left      []string // how many do not, and why
	Waiting   int      // held back until somebody looks
	Few       bool
	Least     int // the smallest group whose answers are shown
	Tiers     []link
	By        []link
	Weights   []link
	Weighted  []string // how the weights were reached; what they leave out
	Heard     chart.Figure
	Targets   []targetLine
	Ranking   string // address of the ranking by this survey
	Agrees    string
	Questions []askedView
	Hidden    bool
	Method    []string // how the numbers were made
	Downloads []link
}

// surveyNav is the head of all pages about what came of a survey.
type surveyNav struct {
	Title   string
	Address string
	Pages   []link
}

// reading is a survey being looked at: its round, and what the address asks for.
type reading struct {
	*surveyTally
	survey  data.Survey
	counted *Counted
	l       *lang.Lang
	word    string // for the tiers
	tiers   []data.Tier
	by      string
	weigh   bool
	weight  func(forms.Cell) float64 // nil where answers are not weighted
	kinds   []kindOf
}

// kindOf is one kind of people of a break-down.
type kindOf struct {
	name string
	in   func(forms.Cell) bool
	cut  rank.Cut
}

// breakdowns are the kinds of people that answers can be told apart by.
var breakdowns = []string{"", "sex", "band", "village"}

// surveyOf is the survey in the address, and its round.
func (s *Server) surveyOf(c *gin.Context) (data.Survey, *Counted, error) {
	id, err := param(c, "id")
	if err != nil {
		return data.Survey{}, nil, err
	}
	survey, err := s.store.Survey(c, home(c), id)
	if err != nil {
		return survey, nil, err
	}
	r, err := s.store.Round(c, home(c), survey.Round)
	if err != nil {
		return survey, nil, err
	}
	inRound(c, r, "surveys")
	counted, err := s.counted(c, home(c), r)
	return survey, counted, err
}

// surveyNavOf is the head of the pages about a survey, of which one is shown.
func surveyNavOf(c *gin.Context, survey data.Survey, here string) surveyNav {
	l := words(c)
	n := surveyNav{Address: under(c, "surveys", survey.ID.String())}
	n.Title, _ = survey.Title.In(l.Code())
	pages := []string{"results"}
	if account(c).May(staff.roles...) {
		pages = append(pages, "review", "answers")
	}
	for _, page := range pages {
		n.Pages = append(n.Pages, link{l.T("survey." + page), n.Address + "/" + page, page == here})
	}
	return n
}

func (s *Server) showSurveyResults(c *gin.Context) error {
	survey, counted, err := s.surveyOf(c)
	if err != nil {
		return err
	}
	r := reading{survey: survey, counted: counted, l: words(c), word: c.DefaultQuery("tier", allTiers), by: c.Query("by"), weigh: c.Query("weight") != ""}
	if r.tiers = tiersOf(r.word); r.tiers == nil || !slices.Contains(breakdowns, r.by) {
		return data.ErrMissing
	}
	var drawn drawnResult
	err = s.tally(c, home(c), survey, counted, func(t *surveyTally) error {
		key := r.l.Code() + " " + string(account(c).Role) + " " + c.Request.URL.RequestURI()
		kept, ok := t.drawn[key]
		if !ok {
			r.surveyTally = t
			if kept, err = s.drawResult(c, &r); err != nil {
				return err
			}
			if len(t.drawn) >= mostDrawn {
				clear(t.drawn)
			}
			t.drawn[key] = kept
		}
		drawn = kept
		return nil
	})
	if err != nil {
		return err
	}
	return s.sendPart(c, "survey_result", "", drawn.head, drawn.main)
}

// drawnResult is a page of results as the first who asked for it had it drawn: some
// thirty kilobytes.
type drawnResult struct {
	head resultView // only what the title needs
	main *part
}

func (s *Server) drawResult(c *gin.Context, r *reading) (d drawnResult, err error) {
	view, err := s.resultPage(c, r)
	if err != nil {
		return d, err
	}
	d.head.Nav.Title = view.Nav.Title
	d.main, err = s.draw(c, "survey_result", mainPart, view)
	return d, err
}

func (s *Server) resultPage(c *gin.Context, r *reading) (resultView, error) {
	v := resultView{Nav: surveyNavOf(c, r.survey, "results")}
	v.N = r.people(func(forms.Cell) bool { return true })
	v.Least = r.least()
	v.Few = v.N > 0 && v.N < v.Least
	v.Said, v.Left, v.Waiting = r.said()
	came := r.came()
	v.Heard = chart.Heard(r.l, came.Heard(nil), nil, "heard")
	v.Targets = r.targets()
	v.Weighted = r.weights(came)
	r.breakDown()
	v.links(r)
	if err := v.sourceOf(c, r); err != nil {
		return v, err
	}
	if err := s.questions(c, r, &v); err != nil {
		return v, err
	}
	if v.N > 0 {
		v.Method = r.method()
	}
	if account(c).May(staff.roles...) {
		v.Downloads = exports(r.l, v.Nav.Address+"/export/", r.word, r.weight != nil, r.tally.Source() >= 0)
	}
	return v, nil
}

// questions draws each question; open answers only as far as they may be shown.
func (s *Server) questions(c *gin.Context, r *reading, v *resultView) error {
	readings, err := s.store.Readings(c, home(c), r.survey.ID)
	if err != nil {
		return err
	}
	for at := range r.tally.Asked {
		q, shown := r.question(at)
		if !shown {
			continue
		}
		if q.Written > 0 {
			if q.Quotes, err = s.quotes(c, r, at, readings); err != nil {
				return err
			}
		}
		if q.Written > 0 && account(c).May(staff.roles...) {
			q.Answers = v.Nav.Address + "/answers?question=" + url.QueryEscape(r.tally.Asked[at].Name)
		}
		v.Hidden = v.Hidden || q.Hidden
		v.Questions = append(v.Questions, q)
	}
	return nil
}

// sourceOf leads to the ranking by the survey's ranking question, and says how
// much it agrees with the groups.
func (v *resultView) sourceOf(c *gin.Context, r *reading) error {
	if r.tally.Source() < 0 {
		return nil
	}
	counted, err := r.source(r.survey, r.counted, r.word)
	if err != nil {
		return err
	}
	v.Ranking = under(c, "rounds", r.survey.Round.String(), "ranking") + "?source=" + r.survey.ID.String() + "&tier=" + r.word
	if v.N > 0 {
		v.Agrees = agreement(r.l, counted.Source.Agrees)
	}
	return nil
}

// links are the ways to look at the results.
func (v *resultView) links(r *reading) {
	address := func(tier, by string, weigh bool) string {
		q := url.Values{}
		if tier != allTiers {
			q.Set("tier", tier)
		}
		if by != "" {
			q.Set("by", by)
		}
		if weigh {
			q.Set("weight", "1")
		}
		return strings.TrimSuffix(v.Nav.Address+"/results?"+q.Encode(), "?")
	}
	for _, word := range tierWords {
		v.Tiers = append(v.Tiers, link{r.l.T("survey.tier." + word), address(word, r.by, r.weigh), word == r.word})
	}
	for _, by := range breakdowns {
		name := by
		if by == "" {
			name = "all"
		}
		v.By = append(v.By, link{r.l.T("survey.by." + name), address(r.word, by, r.weigh), by == r.by})
	}
	v.Weights = []link{{r.l.T("survey.weight.off"), address(r.word, r.by, false), !r.weigh}, {r.l.T("survey.weight.on"), address(r.word, r.by, true), r.weigh}}
}
