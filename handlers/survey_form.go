package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// surveyFormView is what staff set about a survey.
type surveyFormView struct {
	surveyHead
	Typed   data.Survey
	Most    string
	Keep    string
	Doors   []option
	Seen    string // digest of the settings that the form was drawn from
	Theirs  bool   // somebody else has changed them meanwhile
	Answers bool   // its word stands on paper by now, perhaps
	Targets int    // people, all told
}

// settings are what the form changes: their digest says whether somebody else
// has changed the same.
func settings(v data.Survey) any {
	return []any{v.Word, v.Title, v.Door, v.Opens, v.Closes, v.Most, v.Results, v.Help, v.Keep}
}

func (s *Server) showSurveyForm(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.surveyForm(c, http.StatusOK, v, surveyFormView{Typed: v.Survey, Seen: digest(settings(v.Survey))}, nil)
}

func (s *Server) surveyForm(c *gin.Context, status int, v survey, view surveyFormView, bad data.Bad) error {
	l := words(c)
	view.surveyHead, view.Answers = s.surveyHead(c, v, "edit"), v.Version > 0
	if bad == nil {
		view.Most, view.Keep = plain(view.Typed.Most), strconv.Itoa(view.Typed.Keep)
	}
	for _, d := range data.Doors {
		view.Doors = append(view.Doors, option{string(d), l.T("survey.door." + string(d)), l.T("survey.door." + string(d) + ".help")})
	}
	for _, t := range v.Targets {
		view.Targets += t.People
	}
	return s.page(c, status, "survey_form", view, bad)
}

// plain is a number as people type it; nothing where it is zero.
func plain(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// survey reads the settings of a survey.
func (f *form) survey(was data.Survey) data.Survey {
	v := was
	v.Word, v.Title = strings.ToLower(f.line("word")), f.texts("title")
	v.Door, v.Help = data.Door(f.line("door")), f.line("help")
	v.Opens, v.Closes, v.Results = f.date("opens"), f.date("closes"), f.date("results")
	v.Most, v.Keep = f.number("most"), f.number("keep")
	return v
}

func (s *Server) saveSurvey(c *gin.Context) error {
	f, was, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	typed := f.survey(was.Survey)
	f.join(typed.Check())
	view := surveyFormView{Typed: typed, Seen: f.line("seen"), Most: f.line("most"), Keep: f.line("keep")}
	if f.bad == nil && view.Seen != digest(settings(was.Survey)) {
		view.Theirs, view.Seen = true, digest(settings(was.Survey))
		f.bad.Add("", "survey.theirs")
	}
	if f.bad != nil {
		return s.surveyForm(c, http.StatusUnprocessableEntity, was, view, f.bad)
	}
	title, _ := typed.Title.In("ky")
	err = s.store.SaveSurvey(c, home(c), typed, s.event(c, "survey.save", was.ID, title))
	if errors.Is(err, data.ErrConflict) {
		err = s.sameWord(c, was, &f.bad)
		if f.bad != nil {
			return s.surveyForm(c, http.StatusUnprocessableEntity, was, view, f.bad)
		}
	}
	if err != nil {
		return err
	}
	return s.done(c, was.address(c), nil)
}

// sameWord says why settings could not be kept: another survey has the word, or
// somebody was quicker by a moment.
func (s *Server) sameWord(c *gin.Context, v survey, bad *data.Bad) error {
	now, err := s.store.Survey(c, home(c), v.ID)
	switch {
	case err != nil:
		return err
	case now.Stamp == v.Stamp:
		bad.Add("word", "error.taken")
	default:
		bad.Add("", "survey.theirs")
	}
	return nil
}
