package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/store"
)

// voidCodes makes codes worthless that got lost before anybody used them: those
// printed together, or the one that was typed. It asks first, and says how many
// they are.
func (s *Server) voidCodes(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	void := s.voidCode
	if f.has("batch") {
		void = s.voidBatch
	}
	ask, err := void(c, f, v)
	if f.bad != nil {
		view := codesView{ID: s.Mint().String(), N: usualCodes, Lost: f.line("code")}
		return s.codesPage(c, http.StatusUnprocessableEntity, v, view, f.bad)
	}
	if err != nil {
		return err
	}
	if ask != nil {
		return s.confirm(c, v, *ask)
	}
	return s.done(c, v.address(c, "codes")+"?voided=1", nil)
}

// confirmVoid is what is asked before codes are voided.
func (s *Server) confirmVoid(c *gin.Context, v survey, n int, about string, fields ...option) *confirmView {
	l := words(c)
	return &confirmView{Ask: l.T("survey.codes.void.ask", "n", n), About: about, Says: l.T("survey.codes.void.help"), Button: l.T("survey.codes.void.do"),
		Back: v.address(c, "codes"), Fields: fields}
}

func (s *Server) voidBatch(c *gin.Context, f *form, v survey) (*confirmView, error) {
	at, err := strconv.ParseInt(f.line("created"), 10, 64)
	batch := store.CodeBatch{Name: f.line("batch"), Village: f.id("village"), Created: time.UnixMilli(at)}
	if err != nil || f.bad != nil {
		f.bad = nil
		return nil, data.ErrInvalid
	}
	if f.has("sure") {
		return nil, s.store.VoidBatch(c, home(c), v.ID, batch, s.Now(), s.event(c, "survey.codes.void", v.ID, ""))
	}
	batches, err := s.store.CodeBatches(c, home(c), v.ID)
	if err != nil {
		return nil, err
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return nil, err
	}
	for _, b := range batches {
		line := s.batchLine(c, b, villages)
		if b.Name != batch.Name || b.Village != batch.Village || line.At() != at {
			continue
		}
		if line.Left() == 0 {
			return nil, nil // it was done already
		}
		about := []string{b.Name, line.Place, words(c).DateTime(line.Created)}
		about = slices.DeleteFunc(about, func(part string) bool { return part == "" })
		return s.confirmVoid(c, v, line.Left(), strings.Join(about, " · "), option{Label: "batch", Value: b.Name}, option{Label: "village", Value: f.line("village")}, option{Label: "created", Value: f.line("created")}), nil
	}
	return nil, data.ErrMissing
}

func (s *Server) voidCode(c *gin.Context, f *form, v survey) (*confirmView, error) {
	typed := f.line("code")
	if typed == "" {
		f.bad.Add("code", "error.required")
		return nil, nil
	}
	code, err := s.store.CodeBy(c, home(c), v.ID, data.KeyOf(v.ID, typed))
	if err == nil && f.has("sure") {
		err = s.store.VoidCode(c, home(c), v.ID, code.Key, s.Now(), s.event(c, "survey.codes.void", v.ID, ""))
	}
	switch {
	case errors.Is(err, data.ErrMissing):
		f.bad.Add("code", "survey.codes.void.unknown")
	case errors.Is(err, data.ErrConflict), err == nil && code.Used && code.Voided.IsZero():
		f.bad.Add("code", "survey.codes.void.used")
	case err == nil && !f.has("sure") && code.Voided.IsZero():
		return s.confirmVoid(c, v, 1, typed+" · "+code.Batch, option{Label: "code", Value: typed}), nil
	}
	return nil, err
}
