package handlers

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
)

// roundView is the first page of a round: how far it has come and what to do
// next.
type roundView struct {
	Address  string
	Round    data.Round
	Sessions int
	Open     int
	Ballots  bool // some session has ballots, so there is something to export
	Groups   int
	People   int
	Problems int
	Villages []villageLine
	Bands    []string
	Tags     []string
	Rule     string
	Frozen   time.Time
	FrozenBy string
	Empty    bool // it can be deleted
	May      mayView
}

type villageLine struct {
	Name     string
	Sessions int
	People   int
}

func (s *Server) showRound(c *gin.Context) error {
	r, err := s.round(c, "round")
	if err != nil {
		return err
	}
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return err
	}
	l := words(c)
	view := roundView{Address: under(c, "rounds", r.ID.String()), Round: r, Sessions: len(counted.Sessions), May: may(c),
		Rule: l.T("view." + string(r.Rule.View)), Problems: len(counted.Rank.Problems)}
	sessions, people := map[data.ID]int{}, map[data.ID]int{}
	for _, session := range counted.Sessions {
		sessions[session.Village]++
		if !session.Closed {
			view.Open++
		}
		view.Ballots = view.Ballots || session.Form == data.Ballots || session.Form == data.Scores
	}
	for _, v := range counted.Rank.Voices {
		people[v.Village] += v.N
		view.People += v.N
	}
	view.Groups = len(counted.Rank.Voices)
	for _, v := range counted.Villages {
		name, _ := v.Name.In(l.Code())
		view.Villages = append(view.Villages, villageLine{name, sessions[v.ID], people[v.ID]})
	}
	for _, b := range r.Scheme.Bands {
		view.Bands = append(view.Bands, chart.BandName(l, b))
	}
	for _, t := range r.Scheme.Tags {
		name, _ := t.Name.In(l.Code())
		view.Tags = append(view.Tags, name)
	}
	if !r.Frozen.IsZero() {
		view.Frozen = r.Frozen.In(s.Zone)
		if a, err := s.store.Account(c, r.FrozenBy); err == nil {
			view.FrozenBy = a.Name
		}
	}
	all, err := s.store.Sessions(c, home(c), r.ID)
	if err != nil {
		return err
	}
	view.Empty = len(all) == 0
	return s.page(c, http.StatusOK, "round", view)
}
