package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/store"
)

// voidCodes makes codes worthless that got lost before anybody used them: those
// printed together, or the one that was typed.
func (s *Server) voidCodes(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	if f.has("batch") {
		err = s.voidBatch(c, f, v)
	} else {
		err = s.voidCode(c, f, v)
	}
	if f.bad != nil {
		view := codesView{ID: s.Mint().String(), N: usualCodes, Lost: f.line("code")}
		return s.codesPage(c, http.StatusUnprocessableEntity, v, view, f.bad)
	}
	if err != nil {
		return err
	}
	return s.done(c, v.address(c, "codes")+"?voided=1", nil)
}

func (s *Server) voidBatch(c *gin.Context, f *form, v survey) error {
	at, err := strconv.ParseInt(f.line("created"), 10, 64)
	batch := store.CodeBatch{Name: f.line("batch"), Village: f.id("village"), Created: time.UnixMilli(at)}
	if err != nil || f.bad != nil {
		f.bad = nil
		return data.ErrInvalid
	}
	return s.store.VoidBatch(c, home(c), v.ID, batch, s.Now(), s.event(c, "survey.codes.void", v.ID, ""))
}

func (s *Server) voidCode(c *gin.Context, f *form, v survey) error {
	typed := f.line("code")
	if typed == "" {
		f.bad.Add("code", "error.required")
		return nil
	}
	err := s.store.VoidCode(c, home(c), v.ID, data.KeyOf(v.ID, typed), s.Now(), s.event(c, "survey.codes.void", v.ID, ""))
	switch {
	case errors.Is(err, data.ErrMissing):
		f.bad.Add("code", "survey.codes.void.unknown")
	case errors.Is(err, data.ErrConflict):
		f.bad.Add("code", "survey.codes.void.used")
	}
	return err
}
