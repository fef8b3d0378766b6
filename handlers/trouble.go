package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// trouble turns what an act returned into an answer. This is the one place that
// does; only faults of ours are logged. What the sender cannot mend by waiting
// is never a 5xx.
func (s *Server) trouble(c *gin.Context, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errSignIn):
		s.signInFirst(c)
	case errors.As(err, &tooLarge):
		s.answer(c, http.StatusRequestEntityTooLarge)
	case errors.Is(err, data.ErrMissing):
		s.answer(c, http.StatusNotFound)
	case errors.Is(err, data.ErrForbidden):
		s.answer(c, http.StatusForbidden)
	case errors.Is(err, data.ErrConflict):
		s.answer(c, http.StatusConflict)
	case errors.Is(err, data.ErrInvalid):
		s.answer(c, http.StatusUnprocessableEntity)
	case errors.Is(err, errTooMany):
		s.answer(c, http.StatusTooManyRequests)
	case c.Request.Context().Err() != nil:
		c.Abort() // nobody is there any more
	default:
		s.Log.Error("trouble", "error", err, "method", c.Request.Method, "route", c.FullPath())
		s.answer(c, http.StatusInternalServerError)
	}
}

// troubleView is a page that says what went wrong and what to do next.
type troubleView struct {
	Title    string
	Text     string
	Back     string
	BackText string
}

// answer writes the page of a status.
func (s *Server) answer(c *gin.Context, status int) {
	l := words(c)
	code := strconv.Itoa(status)
	view := troubleView{Title: l.T("error." + code + ".title"), Text: l.T("error." + code + ".text"), Back: "/", BackText: l.T("nav.home")}
	if c.GetHeader("HX-Request") != "" { // a word in the page that asked, where everything typed still stands
		c.Request.Header.Set("HX-Target", "note")
		c.Header("X-Ashar-Fragment", "trouble")
	}
	if err := s.page(c, status, "trouble", view); err != nil {
		s.Log.Error("page of trouble", "error", err)
		c.AbortWithStatus(status)
	}
	c.Abort()
}

// crossed refuses what another site sent in a visitor's name.
func (s *Server) crossed(c *gin.Context) {
	if err := s.cross.Check(c.Request); err != nil {
		s.speak(c)
		s.answer(c, http.StatusForbidden)
	}
}

// errorOfForm keeps a form that is too large apart from one that cannot be
// read.
func errorOfForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return errors.Join(data.ErrInvalid, err)
}
