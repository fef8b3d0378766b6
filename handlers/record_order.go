package handlers

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// orderView is the screen on which a group's one order is written down.
type orderView struct {
	recordView
	Problems []castLine
	Agreed   []agreedLine // empty until there is one
	Most     int
	By       string
	Clock    string
}

// agreedLine is a problem of the order that the group has agreed on.
type agreedLine struct {
	Place int
	Tied  bool
	Title data.Text
}

func (s *Server) showOrder(c *gin.Context, t *sitting) error {
	common, err := s.recordView(c, t)
	if err != nil {
		return err
	}
	view := orderView{recordView: common, Problems: t.castLines(c), Most: len(t.Sheet.Problems)}
	status, bad := wrongs(c)
	if o := t.Sheet.Order; o != nil {
		names, err := s.names(c)
		if err != nil {
			return err
		}
		view.By, view.Clock = names[o.By], words(c).Clock(o.Made.In(s.Zone))
		view.Agreed = t.agreed(o.Ballot)
		if bad == nil {
			view.place(o.Ballot)
		}
	}
	return s.page(c, status, "record_order", view, bad)
}

// agreed is the order as the page lists it.
func (t *sitting) agreed(b data.Ballot) (lines []agreedLine) {
	b.Tiers(func(_ int, tier []data.Choice) {
		for _, choice := range tier {
			lines = append(lines, agreedLine{Place: choice.Place, Tied: len(tier) > 1, Title: t.Problems[choice.Problem].Title})
		}
	})
	return lines
}

// place fills the form with the order there is, first place on top, so that a
// change of mind is a change of one line. Without one nothing has a place.
func (v *orderView) place(b data.Ballot) {
	at := map[data.ID]int{}
	for _, choice := range b {
		at[choice.Problem] = choice.Place
	}
	for i := range v.Problems {
		if p := at[v.Problems[i].ID]; p > 0 {
			v.Problems[i].Typed = strconv.Itoa(p)
		}
	}
	last := len(v.Problems) + 1
	slices.SortStableFunc(v.Problems, func(a, b castLine) int {
		return cmp.Compare(cmp.Or(at[a.ID], last), cmp.Or(at[b.ID], last))
	})
}
