package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// openSurvey lets people answer the form as it is now: for the first time, once
// more, or in the place of the version before.
func (s *Server) openSurvey(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	if seen := f.id("stamp"); seen != v.Stamp {
		return s.surveyPage(c, http.StatusConflict, v, nil)
	}
	w, err := s.filling(c, v.Round)
	if err != nil {
		return err
	}
	draft, stamp, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return err
	}
	filled, found := s.findings(w, draft)
	switch {
	case !v.Purged.IsZero():
		f.bad.Add("", "survey.open.purged")
	case v.Closes != "" && v.Closes < s.today():
		f.bad.Add("", "survey.open.late", "date", words(c).Date(v.Closes.Time()))
	case forms.Grave(found):
		f.bad.Add("", "survey.open.grave")
	}
	if f.bad != nil {
		return s.surveyPage(c, http.StatusUnprocessableEntity, v, f.bad)
	}
	if stamp == v.Stamp { // else it changed since the line above
		err = s.store.OpenSurvey(c, home(c), v.Survey, filled, account(c).ID, s.Now(), s.event(c, "survey.open", v.ID, v.Word))
	} else {
		err = data.ErrConflict
	}
	if errors.Is(err, data.ErrConflict) {
		if v, err = s.survey(c); err == nil {
			return s.surveyPage(c, http.StatusConflict, v, nil)
		}
	}
	if err != nil {
		return err
	}
	return s.done(c, v.address(c), nil)
}

func (s *Server) closeSurvey(c *gin.Context) error {
	_, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	if _, err := s.shut(c, v); err != nil {
		return err
	}
	return s.done(c, v.address(c), nil)
}

// shut closes a survey that is open, so that the months for which its answers
// stay begin, and gives its stamp.
func (s *Server) shut(c *gin.Context, v survey) (data.ID, error) {
	if v.Opened.IsZero() || !v.Shut.IsZero() {
		return v.Stamp, nil
	}
	if err := s.store.ShutSurvey(c, home(c), v.ID, s.Now(), s.event(c, "survey.close", v.ID, v.Word)); err != nil {
		return v.Stamp, err
	}
	shut, err := s.store.Survey(c, home(c), v.ID)
	return shut.Stamp, err
}

// archiveSurvey puts a survey away, which closes it, or takes it out again.
func (s *Server) archiveSurvey(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	if v.Round.Archived || municipality(c).Archived {
		return data.ErrConflict
	}
	action := "survey.unarchive"
	if v.Archived = f.has("archived"); v.Archived {
		action = "survey.archive"
		if v.Stamp, err = s.shut(c, v); err != nil {
			return err
		}
	}
	if err := s.store.SaveSurvey(c, home(c), v.Survey, s.event(c, action, v.ID, v.Word)); err != nil {
		return err
	}
	return s.done(c, v.address(c), nil)
}

// deleteSurvey removes a survey that nobody has answered, and asks first.
func (s *Server) deleteSurvey(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	if !f.has("sure") {
		l := words(c)
		title, _ := v.Title.In(l.Code())
		return s.confirm(c, v, confirmView{Ask: l.T("survey.delete.ask", "title", title), Says: l.T("survey.delete.help"), Button: l.T("button.delete"), Back: v.address(c)})
	}
	title, _ := v.Title.In("ky")
	err = s.store.DeleteSurvey(c, home(c), v.ID, s.event(c, "survey.delete", v.ID, title))
	if errors.Is(err, data.ErrConflict) {
		f.bad.Add("", "survey.delete.used")
		return s.surveyPage(c, http.StatusConflict, v, f.bad)
	}
	if err != nil {
		return err
	}
	return s.done(c, surveysAddress(c, v.Round.ID), nil)
}

// purgeView asks before answers are erased for ever.
type purgeView struct {
	surveyHead
	Word    string
	Answers int
	Typed   string
}

func (s *Server) showPurge(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.purgePage(c, http.StatusOK, v, "", nil)
}

func (s *Server) purgePage(c *gin.Context, status int, v survey, typed string, bad data.Bad) error {
	counts, err := s.store.CountResponses(c, home(c), v.ID)
	if err != nil {
		return err
	}
	view := purgeView{surveyHead: s.surveyHead(c, v, ""), Word: v.Word, Typed: typed}
	for _, n := range counts {
		view.Answers += n
	}
	return s.page(c, status, "survey_purge", view, bad)
}

// purgeSurvey erases the answers, once the survey's word is typed.
func (s *Server) purgeSurvey(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	typed := f.line("word")
	if !strings.EqualFold(typed, v.Word) {
		f.bad.Add("word", "survey.purge.wrong", "word", v.Word)
		return s.purgePage(c, http.StatusUnprocessableEntity, v, typed, f.bad)
	}
	err = s.store.PurgeSurvey(c, home(c), v.ID, s.Now(), s.event(c, "survey.purge", v.ID, v.Word))
	if err != nil && !(errors.Is(err, data.ErrMissing) && !v.Purged.IsZero()) { // twice is as good as once
		return err
	}
	return s.done(c, v.address(c), nil)
}
