package handlers

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/chart"
)

// roundsView is what changed its place between two rounds.
type roundsView struct {
	Address string
	Ranking string   // the address of the round's own
	Others  []option // rounds that this one can be set beside
	Other   string   // the one that it is, empty where there is none
	Said    string   // how both are counted, or why there is no picture
	Figure  *chart.Figure
}

// showRounds sets a round beside another one of the municipality: the one before
// it, where nobody asks for another.
func (s *Server) showRounds(c *gin.Context) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	others, err := s.store.Rounds(c, home(c))
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o data.Round) bool { return o.ID == r.ID })
	slices.SortFunc(others, func(a, b data.Round) int { return b.Created.Compare(a.Created) })
	l, ranking := words(c), under(c, "rounds", r.ID.String(), "ranking")
	view := roundsView{Address: ranking + "/rounds", Ranking: ranking, Said: l.T("ranking.rounds.none")}
	for _, o := range others {
		view.Others = append(view.Others, option{Value: o.ID.String(), Label: o.Name})
	}
	if len(others) == 0 {
		return s.page(c, http.StatusOK, "ranking_rounds", view)
	}
	at := slices.IndexFunc(others, func(o data.Round) bool { return o.Created.Before(r.Created) })
	if asked := c.Query("other"); asked != "" {
		if at = slices.IndexFunc(others, func(o data.Round) bool { return o.ID.String() == asked }); at < 0 {
			return data.ErrMissing
		}
	}
	other := others[max(at, 0)]
	view.Other = other.ID.String()
	two := [2]*Counted{}
	for i, one := range []data.Round{other, r} {
		if two[i], err = s.counted(c, home(c), one); err != nil {
			return err
		}
	}
	view.compare(c, two)
	return s.page(c, http.StatusOK, "ranking_rounds", view)
}

// compare draws both in one view: that of the later round's rule or, where one
// of them has no order in it, that of the people who came.
func (v *roundsView) compare(c *gin.Context, two [2]*Counted) {
	if two[0].Round.Created.After(two[1].Round.Created) {
		two[0], two[1] = two[1], two[0]
	}
	l := words(c)
	for _, view := range []data.View{two[1].Round.Rule.View, data.People} {
		before, now := two[0].Ranking(view, Everybody), two[1].Ranking(view, Everybody)
		switch {
		case before.Reason != "":
			v.Said = l.T("ranking.rounds.empty", "name", two[0].Round.Name)
			continue
		case now.Reason != "":
			v.Said = l.T("ranking.rounds.empty", "name", two[1].Round.Name)
			continue
		}
		same := two[1].sameAs(two[0])
		was := *before
		was.Places = slices.Clone(before.Places)
		for i := range was.Places {
			was.Places[i].Problem = cmp.Or(same[was.Places[i].Problem], was.Places[i].Problem)
		}
		titles := func(id data.ID) string { return cmp.Or(two[1].title(l, id), two[0].title(l, id)) }
		figure := chart.Slope(l, titles, []chart.Column{{Name: two[0].Round.Name, Ranking: was}, {Name: two[1].Round.Name, Ranking: *now}}, "rounds")
		v.Figure, v.Said = &figure, l.T("ranking.rounds.help", "view", l.T("view."+string(view)), "before", before.Counted, "now", now.Counted)
		return
	}
}

// sameAs finds the problems of another round that have a title of this one's, in
// any language, letters that are typed for each other being equal.
func (c *Counted) sameAs(other *Counted) map[data.ID]data.ID {
	ours, same := map[string]data.ID{}, map[data.ID]data.ID{}
	problems := slices.SortedFunc(maps.Values(c.Problems), func(a, b data.Problem) int { return slices.Compare(a.ID[:], b.ID[:]) })
	merges := data.MergesOf(problems)
	for _, p := range problems {
		for _, lang := range data.Languages {
			if key := data.FoldText(p.Title.Exact(lang)); key != "" {
				ours[lang+key] = merges.Of(p.ID)
			}
		}
	}
	for id, p := range other.Problems {
		for _, lang := range data.Languages {
			if mine, ok := ours[lang+data.FoldText(p.Title.Exact(lang))]; ok {
				same[id] = mine
			}
		}
	}
	return same
}
