package handlers

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
	"ashar/templates/lang"
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
	Surveys  int // that are not archived
	Asking   int // of them, those that take answers
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
	all, err := s.store.Sessions(c, home(c), r.ID) // archived ones too
	if err != nil {
		return err
	}
	surveys, err := s.store.Surveys(c, home(c), r.ID)
	if err != nil {
		return err
	}
	view := overview(words(c), counted)
	view.Round, view.Address, view.May, view.Empty = r, under(c, "rounds", r.ID.String()), may(c), len(all) == 0 && len(surveys) == 0
	view.asks(surveys, s.today())
	view.Frozen, view.FrozenBy = s.frozen(c, r)
	return s.page(c, http.StatusOK, "round", view)
}

// asks counts the surveys of a round.
func (view *roundView) asks(surveys []data.Survey, today data.Date) {
	for _, one := range surveys {
		if one.Archived {
			continue
		}
		view.Surveys++
		if one.Phase(today) == data.PhaseOpen {
			view.Asking++
		}
	}
}

// overview is how far a round has come.
func overview(l *lang.Lang, counted *Counted) roundView {
	r := counted.Round
	view := roundView{Rule: l.T("view." + string(r.Rule.View)), Sessions: len(counted.Sessions), Groups: len(counted.Rank.Voices),
		Problems: len(counted.Rank.Problems)}
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
	return view
}

// frozen is when a round was frozen, and by whom; zero and empty where it is
// not.
func (s *Server) frozen(c *gin.Context, r data.Round) (at time.Time, by string) {
	if r.Frozen.IsZero() {
		return at, by
	}
	if a, err := s.store.Account(c, r.FrozenBy); err == nil {
		by = a.Name
	}
	return r.Frozen.In(s.Zone), by
}
