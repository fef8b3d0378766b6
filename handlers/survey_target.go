package handlers

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
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
	People bool // the population is known, so that a number can be spread over it
}

func (s *Server) showTargets(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.targetsPage(c, http.StatusOK, v, nil, nil)
}

// targetsPage shows the targets, or what was typed of them where that cannot be
// kept.
func (s *Server) targetsPage(c *gin.Context, status int, v survey, f *form, bad data.Bad) error {
	l := words(c)
	view := targetsView{surveyHead: s.surveyHead(c, v, "edit"), Saved: bad == nil && c.Query("saved") != ""}
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
	return s.page(c, status, "survey_targets", view, bad)
}

// saveTargets keeps the figures of every village, or spreads a number over the
// villages as people live there.
func (s *Server) saveTargets(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	var targets data.Targets
	for field := range c.Request.PostForm {
		if p, ok := f.figure(field); ok && p.People > 0 {
			targets = append(targets, data.Target(p))
		}
	}
	slices.SortFunc(targets, compareTargets)
	if f.has("do") {
		figures, err := s.store.Population(c, home(c))
		if err != nil {
			return err
		}
		n := f.number("spread")
		if n < 1 || n > data.MaxCount {
			f.bad.Add("spread", "error.range", "min", 1, "max", data.MaxCount)
		}
		targets = spread(n, figures, v.Round.Scheme)
	}
	if f.bad != nil {
		return s.targetsPage(c, http.StatusUnprocessableEntity, v, f, f.bad)
	}
	v.Targets = targets
	if err := s.store.SaveSurvey(c, home(c), v.Survey, s.event(c, "survey.targets", v.ID, v.Word)); err != nil {
		return err
	}
	return s.done(c, v.address(c, "targets")+"?saved=1", nil)
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
