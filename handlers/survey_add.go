package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// addQuestion adds one of a kind, with a list of its own where it needs one, and
// goes on to its page.
func (s *Server) addQuestion(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	kind, label := forms.Kind(f.line("kind")), f.line("label")
	view := buildView{After: f.line("after"), Kind: string(kind), Label: label}
	if !slices.Contains(forms.Kinds, kind) {
		f.bad.Add("kind", "error.choose")
	}
	if len([]rune(label)) > data.MaxLine {
		f.bad.Add("label", "error.long", "max", data.MaxLine)
	}
	if f.bad != nil {
		return s.buildPage(c, http.StatusUnprocessableEntity, v, view, f.bad)
	}
	asked, err := s.published(c, v)
	if err != nil {
		return err
	}
	var q forms.Question
	err = s.rework(c, v, func(draft *forms.Form) error {
		q = forms.Question{Kind: kind}
		q.Label.Put(words(c).Code(), label)
		born(draft, &q, asked)
		if holder, inside := strings.CutPrefix(view.After, placeInside); !inside || !draft.AddInto(q, holder) {
			draft.Add(q, holder)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.done(c, v.address(c, "questions", q.Name), nil)
}

// placeInside begins the place of a new question that goes into a group; what
// follows is the group's name, and no name has a colon.
const placeInside = "in:"

// born gives a new question its name and what its kind cannot do without.
func born(draft *forms.Form, q *forms.Question, asked published) {
	base := strings.ReplaceAll(data.Slug(anyWords(q.Label)), "-", "_")
	if len(base) > 24 {
		base = strings.Trim(base[:24], "_")
	}
	if !forms.NameFits(base) {
		base = string(q.Kind)
	}
	q.Name = draft.Fresh(base, asked.has)
	switch q.Kind {
	case forms.Points:
		q.Points = 10
	case forms.Range:
		q.From, q.To, q.Step = 0, 10, 1
	case forms.Group:
		q.Together = true
	}
	offer(draft, q, asked)
}

// anyWords is a text in the language it has.
func anyWords(label data.Text) string {
	text, _ := label.In("ky")
	return text
}

// needsList tells whether a kind offers choices that staff write.
func needsList(k forms.Kind) bool {
	return k.Chosen() && k != forms.Village && k != forms.Sex && k != forms.Band
}

// offer gives a question the lists it needs and has not: what people put in order
// is first of all the problems of the round.
func offer(draft *forms.Form, q *forms.Question, asked published) {
	switch {
	case !needsList(q.Kind):
		q.List = ""
	case q.List != "" && draft.ListOf(q.List) != nil:
	case q.Kind.Orders():
		q.List = problemsList(draft)
	default:
		q.List = ownList(draft, q.Name, asked)
	}
	switch {
	case q.Kind != forms.Matrix:
		q.Marks = ""
	case q.Marks == "" || draft.ListOf(q.Marks) == nil:
		q.Marks = ownList(draft, q.Name+"_marks", asked)
	}
}

// ownList makes a list with a name like the one proposed.
func ownList(draft *forms.Form, name string, asked published) string {
	for draft.ListOf(name) != nil || asked.choices[name] != nil {
		name += "_2"
	}
	draft.PutList(forms.List{Name: name})
	return name
}

// problemsList is the list of the round's problems, made where there is none.
func problemsList(draft *forms.Form) string {
	for _, l := range draft.Lists {
		if l.Problems {
			return l.Name
		}
	}
	name := "problems"
	for draft.ListOf(name) != nil {
		name += "_2"
	}
	draft.PutList(forms.List{Name: name, Problems: true})
	return name
}
