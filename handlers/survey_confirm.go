package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// confirmView asks once more before what cannot be taken back. The same form is sent
// again, with "sure" in it.
type confirmView struct {
	surveyHead
	Ask    string
	About  string // what it is done to
	Says   string // what comes of it
	Action string
	Button string
	Back   string
	Fields []option // the form; the label is the name
}

func (s *Server) confirm(c *gin.Context, v survey, view confirmView) error {
	view.surveyHead, view.Action = s.surveyHead(c, v, ""), c.Request.URL.Path
	return s.page(c, http.StatusOK, "survey_confirm", view)
}
