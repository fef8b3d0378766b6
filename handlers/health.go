package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// healthy tells that the process answers.
func (s *Server) healthy(c *gin.Context) error {
	c.String(http.StatusOK, "ok\n")
	return nil
}

// ready tells that the database answers too.
func (s *Server) ready(c *gin.Context) error {
	if err := s.store.Ready(c); err != nil {
		s.Log.Error("not ready", "error", err)
		c.String(http.StatusServiceUnavailable, "not ready\n")
		return nil
	}
	c.String(http.StatusOK, "ready\n")
	return nil
}

func (s *Server) favicon(c *gin.Context) error {
	address, err := s.assets.URL("favicon.svg")
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "max-age=86400")
	c.Redirect(http.StatusFound, address)
	return nil
}

func (s *Server) robots(c *gin.Context) error {
	c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
	return nil
}

func (s *Server) missing(*gin.Context) error { return data.ErrMissing }

func (s *Server) wrongMethod(c *gin.Context) error {
	s.answer(c, http.StatusMethodNotAllowed)
	return nil
}
