package handlers

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// Bounds of the tags on one answer.
const (
	mostTags   = 8
	longestTag = 40
)

// tagsTyped are the tags of a form, each once.
func (f *form) tagsTyped() (tags []string) {
	for tag := range strings.SplitSeq(f.line("tags"), ",") {
		tag = strings.TrimSpace(tag)
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
		if len([]rune(tag)) > longestTag {
			f.bad.Add("tags", "error.long", "max", longestTag)
		}
	}
	if len(tags) > mostTags {
		f.bad.Add("tags", "survey.tags.many", "max", mostTags)
	}
	return tags
}

// keepReading keeps what staff noted on an open answer: tags, whether it may be
// shown, and the problem it was turned into.
func (s *Server) keepReading(c *gin.Context) error {
	var v answersView
	a, err := s.answersAsked(c, &v)
	if err != nil {
		return err
	}
	f, err := read(c)
	if err != nil {
		return err
	}
	question := f.line("question")
	r := data.Reading{Survey: a.survey.ID, Response: f.id("response"), Question: question, Tags: f.tagsTyped(), Public: f.has("public"), By: account(c).ID, At: s.Now()}
	name, row := rowOfReading(question)
	if name != a.asked.Name || !slices.ContainsFunc(a.written, func(w forms.Written) bool { return w.Response == r.Response && w.Row == row }) {
		return data.ErrMissing
	}
	r.Problem = a.readings[readingKey(r.Response, question)].Problem
	line := answerLine{Response: r.Response, Question: question, Tags: strings.Join(r.Tags, ", "), Public: r.Public}
	made, err := s.turned(c, f, &a, &r, &line)
	if err != nil {
		return err
	}
	if f.bad != nil {
		return s.answersPage(c, http.StatusUnprocessableEntity, &line, f.bad)
	}
	if made != nil {
		title, _ := made.Title.In("ky")
		if err := s.store.AddProblems(c, home(c), []data.Problem{*made}, s.event(c, "problem.add", made.ID, title)); err != nil {
			return err
		}
	}
	if err := s.store.SaveReading(c, home(c), r, s.event(c, "survey.reading", a.survey.ID, "")); err != nil {
		return err
	}
	query := c.Request.URL.Query()
	query.Set("saved", cmp.Or(query.Get("at"), "1"))
	query.Del("at")
	return s.done(c, v.Address+"?"+query.Encode(), s.showSurveyAnswers)
}

// turned reads which problem an answer becomes: one that is there, a new one whose
// title is typed, or none. A new title that is there already but for letters waits
// for a person.
func (s *Server) turned(c *gin.Context, f *form, a *answersOf, r *data.Reading, line *answerLine) (*data.Problem, error) {
	if f.has("loose") {
		r.Problem = data.ID{}
	}
	title := f.line("title")
	line.Typed.Put(words(c).Code(), title)
	line.Chosen = f.line("problem")
	if id := f.id("problem"); !id.Zero() {
		if _, ok := a.counted.Problems[id]; !ok {
			return nil, data.ErrMissing
		}
		r.Problem = id
		return nil, nil
	}
	if !f.has("make") && title == "" {
		return nil, nil
	}
	p := data.Problem{ID: f.birth(s.Mint), Round: a.survey.Round, Title: line.Typed, Created: s.Now()}
	f.join(p.Check())
	r.Problem, line.Birth = p.ID, p.ID
	if _, there := a.counted.Problems[p.ID]; there { // the same form once more
		return nil, nil
	}
	if a.counted.Round.Archived {
		return nil, data.ErrConflict
	}
	line.Alike, line.Same = a.alike(words(c), title)
	if f.bad == nil && line.Same && !f.has("new") {
		f.bad.Add("title", "problem.alike")
	}
	return &p, nil
}
