package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// survey is one survey and the round that it belongs to.
type survey struct {
	data.Survey
	Round data.Round
}

// survey is the one in the address, with its round put into the head of the page.
func (s *Server) survey(c *gin.Context) (v survey, err error) {
	id, err := param(c, "id")
	if err != nil {
		return v, err
	}
	if v.Survey, err = s.store.Survey(c, home(c), id); err != nil {
		return v, err
	}
	if v.Round, err = s.store.Round(c, home(c), v.Survey.Round); err != nil {
		return v, err
	}
	inRound(c, v.Round, "surveys")
	return v, nil
}

// surveyToChange is the same for a form that changes it.
func (s *Server) surveyToChange(c *gin.Context) (*form, survey, error) {
	f, err := read(c)
	if err != nil {
		return f, survey{}, err
	}
	v, err := s.survey(c)
	if err == nil && v.put(c) {
		err = data.ErrConflict
	}
	return f, v, err
}

// put tells whether the survey, its round or municipality is put away: then
// nothing about it changes any more.
func (v survey) put(c *gin.Context) bool {
	return v.Archived || v.Round.Archived || municipality(c).Archived
}

func surveysAddress(c *gin.Context, round data.ID) string {
	return under(c, "rounds", round.String(), "surveys")
}

// address of one of the survey's pages; of its overview where no part is said.
func (v survey) address(c *gin.Context, parts ...string) string {
	return under(c, append([]string{"surveys", v.ID.String()}, parts...)...)
}

// surveyHead is what stands on top of all pages of a survey.
type surveyHead struct {
	Address   string
	List      string // address of the round's surveys
	Title     data.Text
	State     data.Phase
	StateText string
	Open      bool // it can be changed
	Tabs      []surveyTab
}

type surveyTab struct {
	Address, Text string
	Current       bool
}

// surveyTabs are the pages of a survey that staff go to and fro between.
var surveyTabs = []struct{ path, key string }{
	{"", "survey.tab.head"}, {"build", "survey.tab.build"}, {"translate", "survey.tab.translate"}, {"try", "survey.tab.try"},
	{"edit", "survey.tab.edit"}, {"paper", "survey.tab.paper"}, {"results", "survey.tab.results"},
}

// surveyHead of a page of the survey. Who only reads sees the pages that are
// read.
func (s *Server) surveyHead(c *gin.Context, v survey, current string) surveyHead {
	l := words(c)
	h := surveyHead{Address: v.address(c), List: surveysAddress(c, v.Round.ID), Title: v.Title, State: v.Phase(s.today()), Open: !v.put(c)}
	h.StateText = l.T("survey.phase." + string(h.State))
	for _, tab := range surveyTabs {
		if !may(c).SetUp && tab.path != "" && tab.path != "results" {
			continue
		}
		address := v.address(c)
		if tab.path != "" {
			address = v.address(c, tab.path)
		}
		h.Tabs = append(h.Tabs, surveyTab{Address: address, Text: l.T(tab.key), Current: tab.path == current})
	}
	return h
}

// digest tells versions of a thing apart: a form carries the one it was drawn
// from, so that what somebody else did to the very same thing is not lost.
func digest(thing any) string {
	b, err := json.Marshal(thing)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// tries is how often a change is begun anew when others change the same form.
const tries = 5

// rework changes the form that staff are working on. change may be called several
// times: somebody else may be quicker, and then it is done to theirs.
func (s *Server) rework(c *gin.Context, v survey, change func(*forms.Form) error) error {
	for range tries {
		draft, stamp, err := s.store.Draft(c, home(c), v.ID)
		if err != nil {
			return err
		}
		if err := change(&draft); err != nil {
			return err
		}
		draft.Tidy()
		if _, err = s.store.SaveDraft(c, home(c), v.ID, draft, stamp); !errors.Is(err, data.ErrConflict) {
			return err
		}
	}
	return data.ErrConflict
}

// published are the questions that people have been asked in any version: their
// names and kinds stay as they are, for the answers' sake.
type published struct {
	kinds   map[string]forms.Kind
	choices map[string]map[string][]data.Text // list, choice: its labels
}

func (s *Server) published(c *gin.Context, v survey) (p published, err error) {
	p = published{map[string]forms.Kind{}, map[string]map[string][]data.Text{}}
	for version := range v.Version {
		f, err := s.store.Version(c, home(c), v.ID, version+1)
		if err != nil {
			return p, err
		}
		f.All(func(q, _ *forms.Question) bool {
			p.kinds[q.Name] = q.Kind
			return true
		})
		for _, l := range f.Lists {
			if p.choices[l.Name] == nil {
				p.choices[l.Name] = map[string][]data.Text{}
			}
			for _, choice := range l.Choices {
				if labels := p.choices[l.Name]; !slices.Contains(labels[choice.Name], choice.Label) {
					labels[choice.Name] = append(labels[choice.Name], choice.Label)
				}
			}
		}
	}
	return p, nil
}

// has tells whether people have been asked a question of that name.
func (p published) has(name string) bool {
	_, ok := p.kinds[name]
	return ok
}
