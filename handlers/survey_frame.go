package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// frameView is what belongs to the whole form: its languages, and what stands
// before the first question and after the last.
type frameView struct {
	surveyHead
	Languages []formChoice
	First     string
	Intro     data.Text
	Thanks    data.Text
	Whole     bool
	Seen      string
}

func frameOf(f *forms.Form) any { return []any{f.Languages, f.Intro, f.Thanks, f.Whole} }

func (s *Server) showFrame(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	draft, _, err := s.store.Draft(c, home(c), v.ID)
	if err != nil {
		return err
	}
	return s.framePage(c, http.StatusOK, v, draft, digest(frameOf(&draft)), nil)
}

func (s *Server) framePage(c *gin.Context, status int, v survey, typed forms.Form, seen string, bad data.Bad) error {
	view := frameView{surveyHead: s.surveyHead(c, v, "build"), Intro: typed.Intro, Thanks: typed.Thanks, Whole: typed.Whole, Seen: seen}
	for _, l := range s.words.All() {
		view.Languages = append(view.Languages, formChoice{Value: l.Code(), Label: l.Name(), Chosen: slices.Contains(typed.Languages, l.Code())})
	}
	if len(typed.Languages) > 0 {
		view.First = typed.Languages[0]
	}
	return s.page(c, status, "survey_frame", view, bad)
}

// frame reads what belongs to the whole form.
func (f *form) frame() (typed forms.Form) {
	first := f.line("first")
	for _, code := range data.Languages {
		if slices.Contains(f.all("languages"), code) {
			typed.Languages = append(typed.Languages, code)
		}
		typed.Intro.Put(code, f.text("intro."+code))
		typed.Thanks.Put(code, f.text("thanks."+code))
	}
	if at := slices.Index(typed.Languages, first); at > 0 {
		typed.Languages = append([]string{first}, slices.Delete(typed.Languages, at, at+1)...)
	}
	if len(typed.Languages) == 0 {
		f.bad.Add("languages", "error.choose")
	}
	for field, text := range map[string]data.Text{"intro": typed.Intro, "thanks": typed.Thanks} {
		if text.Longest() > data.MaxNotes {
			f.bad.Add(field, "error.long", "max", data.MaxNotes)
		}
	}
	typed.Whole = f.has("whole")
	return typed
}

func (s *Server) saveFrame(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	typed, seen := f.frame(), f.line("seen")
	if f.bad == nil {
		err = s.rework(c, v, func(draft *forms.Form) error {
			if now := digest(frameOf(draft)); now != seen {
				seen = now
				f.bad.Add("", "survey.theirs")
				return errNotKept
			}
			draft.Languages, draft.Intro, draft.Thanks, draft.Whole = typed.Languages, typed.Intro, typed.Thanks, typed.Whole
			return nil
		})
	}
	if f.bad != nil {
		return s.framePage(c, http.StatusUnprocessableEntity, v, typed, seen, f.bad)
	}
	if err != nil {
		return err
	}
	return s.done(c, v.address(c, "build")+"?done=save", nil)
}
