package handlers

import (
	"net/http"
	"testing"
	"time"

	"ashar/data"
)

func (s *site) rounds(query string) string { return s.ranking("/rounds" + query) }

func TestTwoRoundsAreSetBesideEachOther(t *testing.T) {
	s := newSite(t)
	began := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	s.as(data.Observer).get(s.rounds("")).want(http.StatusOK, s.said("ranking.rounds.none"))
	named := func(name string, years int) *site {
		return s.ruled(func(r *data.Round) { r.Name, r.Created = name, began.AddDate(years, 0, 0) })
	}
	named("Spring 2025", 0).raises(0, youngWomen, 9, 8, 5, 2)
	before := s.round
	s.problems[0].Title = data.Text{KY: "Ичуучу суу", EN: "Drinking water"} // as it is typed where there is no Ү
	s.problems[3].Title = data.Text{KY: "Бала аянтчасы", EN: "Playground"}
	named("Spring 2026", 1)
	s.as(data.Observer).get(s.rounds("")).want(http.StatusOK, s.said("ranking.rounds.empty", "name", "Spring 2026"))
	s.raises(0, youngWomen, 8, 1, 5, 2, 7)
	page := s.as(data.Observer).get(s.rounds("")).want(http.StatusOK, "Spring 2025", s.said("ranking.rounds.help", "view", s.said("view.people"), "before", 9, "now", 8),
		s.said("chart.slope.most", "title", "“Drinking water”", "best", 1, "worst", 4), "Playground")
	page.lacks("⟦", "NaN")
	same := s.as(data.Observer).get(s.rounds("?other=" + before.ID.String())).want(http.StatusOK)
	now := s.round
	s.round = before
	turned := s.as(data.Observer).get(s.rounds("?other=" + now.ID.String())).want(http.StatusOK)
	for _, p := range []answer{same, turned} { // the earlier one is on the left, whichever is asked
		p.inOrder("<svg", "Spring 2025", "Spring 2026", "</svg>")
	}
	for _, wrong := range []string{Mint().String(), before.ID.String(), "x"} {
		s.as(data.Observer).get(s.rounds("?other=" + wrong)).want(http.StatusNotFound)
	}
}
