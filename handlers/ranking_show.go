package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// showRanking shows the ranking as it is now. Whoever asks at the same moment for the
// same page shares one count and one drawing.
func (s *Server) showRanking(c *gin.Context) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	key := words(c).Code() + " " + cutQuery(c, "source", "tier", "village", "sex", "band", "tag", "view", "without")
	p, err := s.rankings.take(home(c).String()+r.ID.String()+key, func() (*drawnPage, error) { return s.drawRanking(c, r, key) })
	if err != nil {
		return err
	}
	if c.Query("seen") == p.view.Version { // a page that is up to date asks again
		c.Status(http.StatusNoContent)
		return nil
	}
	return s.pageOnce(c, "ranking", p.view, &p.fragments)
}

// drawRanking counts what is new and draws the page of it, as far as that was not
// done before.
func (s *Server) drawRanking(c *gin.Context, r data.Round, key string) (*drawnPage, error) {
	whole, err := s.sourced(c, r)
	if err != nil {
		return nil, err
	}
	a, err := s.ask(c, whole)
	if err != nil {
		return nil, err
	}
	p, err := whole.page(key, func() (rankingView, error) {
		counted, err := whole.whatIf(c.Query("without"))
		if err != nil {
			return rankingView{}, err
		}
		return s.rankingPage(c, whole, counted, a)
	})
	if err == nil && c.Query("seen") != whole.Version {
		_, err = s.partOnce(c, "ranking", s.fragment(c, "ranking"), p.view, &p.fragments)
	}
	return p, err
}
