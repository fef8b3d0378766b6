package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// targetsView is how many people of each kind a survey wants to hear: a table for
// each village, sexes down, bands across.
type targetsView struct {
	surveyHead
	Bands  []bandHead
	Tables []populationTable
	Spread string
	Sum    int
	Saved  bool
	People bool     // the population is known, so that a number can be spread over it
	Seen   string   // digest of the targets that the form was drawn from
	Theirs []string // what somebody else has put meanwhile
}

func (s *Server) showTargets(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.targetsPage(c, http.StatusOK, v, nil, digest(v.Targets), nil)
}

// targetsPage shows the targets, or what was typed of them where that cannot be
// kept. Where they are not those that were seen, it says what they are now.
func (s *Server) targetsPage(c *gin.Context, status int, v survey, f *form, seen string, bad data.Bad) error {
	l := words(c)
	view := targetsView{surveyHead: s.surveyHead(c, v, "edit"), Saved: bad == nil && c.Query("saved") != "", Seen: digest(v.Targets)}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	figures, err := s.store.Population(c, home(c))
	if err != nil {
		return err
	}
	view.People = len(spread(1, figures, v.Round.Scheme)) > 0
	known := map[string]string{}
	for _, t := range v.Targets {
		known[cellName(t.Village, t.Sex, t.Band)] = plain(t.People)
		view.Sum += t.People
	}
	value := func(field string) string {
		if f != nil && f.has(field) {
			return f.line(field)
		}
		return known[field]
	}
	if f != nil {
		view.Spread = f.line("spread")
	}
	for _, b := range v.Round.Scheme.Bands {
		view.Bands = append(view.Bands, bandHead{b, chart.BandName(l, b)})
	}
	for _, village := range villages {
		name, _ := village.Name.In(l.Code())
		view.Tables = append(view.Tables, s.populationTable(c, village.ID, name, v.Round.Scheme.Bands, value, bad))
	}
	if seen != view.Seen {
		view.theirs(l, known)
	}
	return s.page(c, status, "survey_targets", view, bad)
}

// mostTheirs bounds the cells that are told of one by one.
const mostTheirs = 12

// theirs are the cells that now hold something else than what was typed.
func (view *targetsView) theirs(l *lang.Lang, known map[string]string) {
	for _, table := range view.Tables {
		for _, row := range table.Rows {
			for _, cell := range row.Cells {
				if now := known[cell.Field]; now != cell.Value {
					view.Theirs = append(view.Theirs, l.T("survey.theirs.line", "what", cell.Label, "text", cmp.Or(now, "–")))
				}
			}
		}
	}
	if more := len(view.Theirs) - mostTheirs; more > 0 {
		view.Theirs = append(view.Theirs[:mostTheirs], l.T("survey.theirs.more", "n", more))
	}
}

// saveTargets keeps the figures of every village, or spreads a number over the
// villages as people live there. What somebody else has put meanwhile is shown
// first.
func (s *Server) saveTargets(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	targets, err := s.targets(c, f, v)
	if err != nil {
		return err
	}
	seen := f.line("seen")
	for range tries { // again where somebody was quicker with something else about the survey
		if f.bad == nil && seen != digest(v.Targets) {
			f.bad.Add("", "survey.theirs")
		}
		if f.bad != nil {
			return s.targetsPage(c, http.StatusUnprocessableEntity, v, f, seen, f.bad)
		}
		v.Targets = targets
		err = s.store.SaveSurvey(c, home(c), v.Survey, s.event(c, "survey.targets", v.ID, v.Word))
		if !errors.Is(err, data.ErrConflict) {
			break
		}
		if v, err = s.survey(c); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	return s.done(c, v.address(c, "targets")+"?saved=1", nil)
}

// targets are those that a form asks for.
func (s *Server) targets(c *gin.Context, f *form, v survey) (targets data.Targets, err error) {
	if f.line("do") == "spread" {
		figures, err := s.store.Population(c, home(c))
		n := f.number("spread")
		if n < 1 || n > data.MaxCount {
			f.bad.Add("spread", "error.range", "min", 1, "max", data.MaxCount)
		}
		return spread(n, figures, v.Round.Scheme), err
	}
	for field := range c.Request.PostForm {
		if p, ok := f.figure(field); ok && p.People > 0 {
			targets = append(targets, data.Target(p))
		}
	}
	slices.SortFunc(targets, compareTargets)
	return targets, nil
}

func compareTargets(a, b data.Target) int {
	return cmp.Or(slices.Compare(a.Village[:], b.Village[:]), cmp.Compare(a.Sex, b.Sex), cmp.Compare(a.Band, b.Band))
}

// spread shares a number out over the people of 14 and over of whom the figures
// tell village, sex and band, in proportion, by largest remainders.
func spread(n int, figures []data.Population, scheme data.Scheme) (targets data.Targets) {
	total := 0
	figures = slices.DeleteFunc(slices.Clone(figures), func(p data.Population) bool {
		_, to, err := p.Band.Ages()
		return p.Village.Zero() || p.Sex == data.UnknownSex || err != nil || to < youngest || !slices.Contains(scheme.Bands, p.Band)
	})
	for _, p := range figures {
		total += p.People
	}
	if total == 0 || n < 1 {
		return nil
	}
	left := n
	order := make([]int, len(figures))
	for i, p := range figures {
		target := data.Target{Village: p.Village, Sex: p.Sex, Band: p.Band, People: n * p.People / total}
		left -= target.People
		targets = append(targets, target)
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(n*figures[b].People%total, n*figures[a].People%total)
	})
	for _, i := range order[:left] {
		targets[i].People++
	}
	targets = slices.DeleteFunc(targets, func(t data.Target) bool { return t.People == 0 })
	slices.SortFunc(targets, compareTargets)
	return targets
}
