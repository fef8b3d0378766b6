package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// buildRoutes are the pages on which staff make surveys, open and close them.
func (s *Server) buildRoutes() []route {
	return []route{
		{"GET", "/:municipality/rounds/:id/surveys", inhabitants, s.showSurveys, 0},
		{"GET", "/:municipality/rounds/:id/surveys/new", staff, s.showNewSurvey, 0},
		{"POST", "/:municipality/rounds/:id/surveys", staff, s.addSurvey, 0},
		{"GET", "/:municipality/surveys/:id", readers, s.showSurvey, 0},
		{"GET", "/:municipality/surveys/:id/edit", staff, s.showSurveyForm, 0},
		{"POST", "/:municipality/surveys/:id/edit", staff, s.saveSurvey, 0},
		{"GET", "/:municipality/surveys/:id/targets", staff, s.showTargets, 0},
		{"POST", "/:municipality/surveys/:id/targets", staff, s.saveTargets, 0},
		{"POST", "/:municipality/surveys/:id/open", staff, s.openSurvey, 0},
		{"POST", "/:municipality/surveys/:id/close", staff, s.closeSurvey, 0},
		{"POST", "/:municipality/surveys/:id/archive", staff, s.archiveSurvey, 0},
		{"POST", "/:municipality/surveys/:id/delete", staff, s.deleteSurvey, 0},
		{"GET", "/:municipality/surveys/:id/purge", staff, s.showPurge, 0},
		{"POST", "/:municipality/surveys/:id/purge", staff, s.purgeSurvey, 0},
		{"GET", "/:municipality/surveys/:id/build", staff, s.showBuild, 0},
		{"POST", "/:municipality/surveys/:id/build", staff, s.build, 0},
		{"GET", "/:municipality/surveys/:id/frame", staff, s.showFrame, 0},
		{"POST", "/:municipality/surveys/:id/frame", staff, s.saveFrame, 0},
		{"POST", "/:municipality/surveys/:id/questions", staff, s.addQuestion, 0},
		{"GET", "/:municipality/surveys/:id/questions/:question", staff, s.showQuestion, 0},
		{"POST", "/:municipality/surveys/:id/questions/:question", staff, s.saveQuestion, 0},
		{"GET", "/:municipality/surveys/:id/questions/:question/delete", staff, s.showDeleteQuestion, 0},
		{"POST", "/:municipality/surveys/:id/questions/:question/delete", staff, s.deleteQuestion, 0},
		{"GET", "/:municipality/surveys/:id/translate", staff, s.showTranslate, 0},
		{"POST", "/:municipality/surveys/:id/translate", staff, s.saveTranslate, 1 << 20},
		{"GET", "/:municipality/surveys/:id/try", staff, s.showTry, 0},
		{"POST", "/:municipality/surveys/:id/try", staff, s.tryOn, 0},
	}
}

// surveysView is the list of a round's surveys.
type surveysView struct {
	Lines    []surveyLine
	Archived int
	All      bool   // archived ones are shown too
	New      string // where one is made; empty where that may not be
}

type surveyLine struct {
	data.Survey
	Address   string
	State     data.Phase
	StateText string
	Counted   int
	Held      int
}

func (s *Server) showSurveys(c *gin.Context) error {
	round, err := s.round(c, "surveys")
	if err != nil {
		return err
	}
	list, err := s.store.Surveys(c, home(c), round.ID)
	if err != nil {
		return err
	}
	view := surveysView{All: c.Query("all") != ""}
	if may(c).SetUp && !round.Archived && !municipality(c).Archived {
		view.New = surveysAddress(c, round.ID) + "/new"
	}
	for _, one := range slices.Backward(list) {
		if one.Archived {
			view.Archived++
		}
		if one.Archived && !view.All || !may(c).Read && one.Opened.IsZero() {
			continue
		}
		counts, err := s.store.CountResponses(c, home(c), one.ID)
		if err != nil {
			return err
		}
		line := surveyLine{Survey: one, Address: survey{one, round}.address(c), State: one.Phase(s.today()), Counted: counts[data.StateCounted], Held: counts[data.StateHeld]}
		if !may(c).Read { // whoever only records types sheets in
			line.Address += "/entry"
		}
		line.StateText = words(c).T("survey.phase." + string(line.State))
		view.Lines = append(view.Lines, line)
	}
	return s.page(c, http.StatusOK, "surveys", view)
}

// newSurveyView is what a new survey may begin with.
type newSurveyView struct {
	ID     data.ID
	List   string
	From   string
	Ready  []option
	Others []option // surveys of this and other rounds
}

// blank is a survey without questions.
const blank = "blank"

func (s *Server) showNewSurvey(c *gin.Context) error {
	return s.newSurvey(c, http.StatusOK, s.Mint(), c.Query("from"))
}

func (s *Server) newSurvey(c *gin.Context, status int, id data.ID, from string, bad ...data.Bad) error {
	round, err := s.round(c, "surveys")
	if err != nil {
		return err
	}
	ready, err := forms.Templates()
	if err != nil {
		return err
	}
	l := words(c)
	view := newSurveyView{ID: id, List: surveysAddress(c, round.ID), From: cmp.Or(from, ready[0].Key)}
	for _, t := range ready {
		title, _ := t.Title.In(l.Code())
		about, _ := t.About.In(l.Code())
		view.Ready = append(view.Ready, option{t.Key, title, about})
	}
	view.Ready = append(view.Ready, option{blank, l.T("survey.blank"), l.T("survey.blank.help")})
	rounds, err := s.store.Rounds(c, home(c))
	if err != nil {
		return err
	}
	for _, r := range rounds {
		list, err := s.store.Surveys(c, home(c), r.ID)
		if err != nil {
			return err
		}
		for _, one := range list {
			title, _ := one.Title.In(l.Code())
			view.Others = append(view.Others, option{one.ID.String(), title, r.Name})
		}
	}
	return s.page(c, status, "survey_new", view, bad...)
}

// keptMonths is how long answers stay unless staff say otherwise.
const keptMonths = 12

func (s *Server) addSurvey(c *gin.Context) error {
	f, err := read(c)
	if err != nil {
		return err
	}
	round, err := s.round(c, "surveys")
	if err != nil {
		return err
	}
	if round.Archived || municipality(c).Archived {
		return data.ErrConflict
	}
	fresh := survey{data.Survey{ID: f.birth(s.Mint), Round: round.ID, Door: data.DoorOpen, Keep: keptMonths, By: account(c).ID, Created: s.Now()}, round}
	draft, err := s.beginning(c, f.line("from"), &fresh)
	if errors.Is(err, data.ErrMissing) {
		f.bad.Add("from", "error.choose")
		return s.newSurvey(c, http.StatusUnprocessableEntity, fresh.ID, "", f.bad)
	}
	if err != nil {
		return err
	}
	title, _ := fresh.Title.In("ky")
	for n := range tries { // a word that another survey has is drawn anew
		fresh.Word = wordOf(fresh.ID, n)
		if err = s.store.AddSurvey(c, home(c), fresh.Survey, draft, s.event(c, "survey.add", fresh.ID, title)); !errors.Is(err, data.ErrConflict) {
			break
		}
	}
	if err != nil {
		return err
	}
	return s.done(c, fresh.address(c), nil)
}

// beginning is the form that a new survey begins with, and its title.
func (s *Server) beginning(c *gin.Context, from string, fresh *survey) (draft forms.Form, err error) {
	if from == blank {
		fresh.Title = inAll(s.words, func(l *lang.Lang) string { return l.T("survey.blank.title") })
		return forms.Form{Languages: slices.Clone(data.Languages)}, nil
	}
	ready, err := forms.Templates()
	if err != nil {
		return draft, err
	}
	for _, t := range ready {
		if t.Key == from {
			fresh.Title = t.Title
			return t.Form, nil
		}
	}
	id, err := data.ParseID(from)
	if err != nil {
		return draft, data.ErrMissing
	}
	old, err := s.store.Survey(c, home(c), id)
	if err != nil {
		return draft, err
	}
	fresh.Title, fresh.Door, fresh.Help, fresh.Keep, fresh.Most = old.Title, old.Door, old.Help, old.Keep, old.Most
	if old.Round == fresh.Survey.Round {
		fresh.Targets = old.Targets
		for _, l := range s.words.All() {
			if title := old.Title.Exact(l.Code()); title != "" {
				fresh.Title.Put(l.Code(), cut(l.T("round.copy.name", "name", title), data.MaxName))
			}
		}
	}
	draft, _, err = s.store.Draft(c, home(c), id)
	return draft, err
}

// cut is the beginning of a text, at most so many code points.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// wordOf draws a word for an address from what is random in an ID. It has no
// vowels: it spells nothing.
func wordOf(id data.ID, n int) string {
	letters := strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeuy", r) {
			return -1
		}
		return r
	}, data.WordLetters)
	seed := data.KeyOf(id, strings.Repeat("again", n))
	word := make([]byte, 5)
	for i := range word {
		word[i] = letters[int(seed[i])%len(letters)]
	}
	return string(word)
}
