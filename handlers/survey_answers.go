package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// answersView are the open answers of a question, to be read.
type answersView struct {
	Nav       surveyNav
	Address   string
	Question  string
	Label     string
	Questions []option
	Show      string
	Shows     []option
	Tags      []string // that somebody used
	Problems  []option
	Lines     []answerLine
	Pager     pager
	Page      string // of the list
	N         int
	Saved     int // stands on the page where this answer was, from 1
}

// answerLine is an open answer with what staff noted on it.
type answerLine struct {
	ID       string // of its element
	Response data.ID
	Question string // with the instance of a repeat
	Text     string
	Who      string
	Tier     string
	Personal []string
	Tags     string
	Public   bool
	Problem  *link
	Typed    data.Text // the title of a problem that is to be made
	Chosen   string    // one that is there
	Birth    data.ID
	Alike    []option
	Same     bool
	Bad      bool
}

// answersAPage is how many open answers a page shows.
const answersAPage = 25

// answerShows are what a list of open answers can be narrowed to; showTag and a
// tag is another.
var answerShows = []string{"", "unread", "personal", "public", "problem"}

const showTag = "tag:"

// answersOf is what the pages of open answers are made from.
type answersOf struct {
	survey   data.Survey
	counted  *Counted
	asked    forms.Asked
	written  []forms.Written
	readings map[string]data.Reading // by response and question
	problems []data.Problem
}

func readingKey(response data.ID, question string) string { return response.String() + " " + question }

// instance names a question inside one instance of a repeat.
func instance(question string, row int) string {
	if row < 0 {
		return question
	}
	return question + "/" + strconv.Itoa(row+1)
}

// rowOfReading is what instance has put together.
func rowOfReading(question string) (name string, row int) {
	name, text, inside := strings.Cut(question, "/")
	if n, err := strconv.Atoi(text); inside && err == nil {
		return name, n - 1
	}
	return name, -1
}

// writtenIn is the text of an open answer.
func writtenIn(answers data.Answers, repeat, question string, row int) string {
	if row >= 0 {
		rows := answers[repeat].Rows
		if row >= len(rows) {
			return ""
		}
		answers = rows[row]
	}
	return answers[question].Text
}

func (s *Server) showSurveyAnswers(c *gin.Context) error {
	return s.answersPage(c, http.StatusOK, nil)
}

// answersAsked gathers what there is to read; the view gets the questions.
func (s *Server) answersAsked(c *gin.Context, v *answersView) (a answersOf, err error) {
	if a.survey, a.counted, err = s.surveyOf(c); err != nil {
		return a, err
	}
	l := words(c)
	v.Nav = surveyNavOf(c, a.survey, "answers")
	v.Address, v.Question = v.Nav.Address+"/answers", c.Query("question")
	err = s.tally(c, home(c), a.survey, a.counted, func(t *surveyTally) error {
		for at, asked := range t.tally.Asked {
			if asked.Kind != forms.Text && asked.Kind != forms.Long {
				continue
			}
			label, _ := asked.Label.In(l.Code())
			v.Questions = append(v.Questions, option{Value: asked.Name, Label: label})
			if v.Question == "" || v.Question == asked.Name {
				v.Question, v.Label = asked.Name, label
				a.asked, a.written = asked, slices.Clone(t.tally.Texts[at])
			}
		}
		return nil
	})
	if err != nil {
		return a, err
	}
	if v.Question != "" && a.asked.Question == nil {
		return a, data.ErrMissing
	}
	a.problems = a.counted.all()
	sortProblems(l, a.problems)
	return a, s.readings(c, &a, v)
}

// readings are what staff noted before.
func (s *Server) readings(c *gin.Context, a *answersOf, v *answersView) error {
	readings, err := s.store.Readings(c, home(c), a.survey.ID)
	if err != nil {
		return err
	}
	a.readings = map[string]data.Reading{}
	for _, r := range readings {
		a.readings[readingKey(r.Response, r.Question)] = r
		for _, tag := range r.Tags {
			if !slices.Contains(v.Tags, tag) {
				v.Tags = append(v.Tags, tag)
			}
		}
	}
	slices.SortFunc(v.Tags, words(c).Collate)
	return nil
}

// answersPage shows a page of open answers. typed is the one whose form was not
// right, with what was typed.
func (s *Server) answersPage(c *gin.Context, status int, typed *answerLine, bad ...data.Bad) error {
	var v answersView
	a, err := s.answersAsked(c, &v)
	if err != nil {
		return err
	}
	l := words(c)
	v.Show, v.Page = c.Query("show"), c.Query("page")
	v.Saved, _ = strconv.Atoi(c.Query("saved"))
	v.choices(l, &a)
	list := a.narrow(v.Show)
	slices.Reverse(list) // the newest first
	v.N = len(list)
	v.Pager, list = paged(c, list, answersAPage)
	for i, w := range list {
		line, err := s.answerLine(c, l, &a, w)
		if err != nil {
			return err
		}
		line.ID = "answer-" + strconv.Itoa(i+1)
		if typed != nil && typed.Response == line.Response && typed.Question == line.Question {
			line.Tags, line.Public, line.Typed, line.Chosen, line.Same, line.Bad, line.Birth = typed.Tags, typed.Public, typed.Typed, typed.Chosen, typed.Same, true, typed.Birth
			if typed.Alike != nil {
				line.Alike = typed.Alike
			}
		}
		v.Lines = append(v.Lines, line)
	}
	return s.page(c, status, "survey_answers", v, bad...)
}

// choices are what the list can be narrowed to, and the problems that an answer
// can be put to.
func (v *answersView) choices(l *lang.Lang, a *answersOf) {
	for _, show := range answerShows {
		key := show
		if show == "" {
			key = "all"
		}
		v.Shows = append(v.Shows, option{Value: show, Label: l.T("survey.show." + key)})
	}
	for _, tag := range v.Tags {
		v.Shows = append(v.Shows, option{Value: showTag + tag, Label: l.T("survey.show.tag", "tag", tag)})
	}
	for _, p := range a.problems {
		if p.Into.Zero() {
			v.Problems = append(v.Problems, option{Value: p.ID.String(), Label: a.counted.title(l, p.ID)})
		}
	}
}

// narrow leaves the answers that are wanted.
func (a *answersOf) narrow(show string) (list []forms.Written) {
	for _, w := range a.written {
		r, read := a.readings[readingKey(w.Response, instance(a.asked.Name, w.Row))]
		wanted := true
		switch show {
		case "unread":
			wanted = !read
		case "personal":
			wanted = w.Personal != 0
		case "public":
			wanted = r.Public
		case "problem":
			wanted = !r.Problem.Zero()
		default:
			if tag, ok := strings.CutPrefix(show, showTag); ok {
				wanted = slices.Contains(r.Tags, tag)
			}
		}
		if wanted {
			list = append(list, w)
		}
	}
	return list
}

func (s *Server) answerLine(c *gin.Context, l *lang.Lang, a *answersOf, w forms.Written) (line answerLine, err error) {
	response, err := s.store.Response(c, home(c), a.survey.ID, w.Response)
	if err != nil {
		return line, err
	}
	line = answerLine{Response: w.Response, Question: instance(a.asked.Name, w.Row), Birth: s.Mint(), Who: a.counted.who(l, response),
		Text: writtenIn(response.Answers, a.asked.Repeat, a.asked.Name, w.Row), Tier: l.T("survey.tier." + string(response.Tier))}
	for _, kind := range w.Personal.Kinds() {
		line.Personal = append(line.Personal, l.T("survey.personal."+kind))
	}
	r := a.readings[readingKey(w.Response, line.Question)]
	line.Tags, line.Public = strings.Join(r.Tags, ", "), r.Public
	if _, ok := a.counted.Problems[r.Problem]; ok {
		line.Problem = &link{Label: a.counted.title(l, r.Problem), Address: under(c, "problems", r.Problem.String())}
		return line, nil
	}
	line.Alike, line.Same = a.alike(l, titleFrom(line.Text))
	return line, nil
}

// alike proposes problems that mean the same as a text.
func (a *answersOf) alike(l *lang.Lang, text string) (options []option, same bool) {
	var typed data.Text
	typed.Put(l.Code(), text)
	found, same := alike(l, typed, a.problems)
	for _, p := range found {
		options = append(options, option{Value: p.ID.String(), Label: a.counted.title(l, p.ID)})
	}
	return options, same
}

// titleFrom is as much of a text as a title may hold.
func titleFrom(text string) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	return string(line[:min(len(line), data.MaxName)])
}
