package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// youngest is the age from which people may answer a survey.
const youngest = 14

// Filling is what a round and its municipality put into a survey's form.
type Filling struct {
	Villages []data.Village
	Scheme   data.Scheme
	Problems []data.Problem
}

// Fill puts villages, sexes, ages and problems into a form: so it is complete,
// and stays as people answered it whatever becomes of the round.
func (w Filling) Fill(f forms.Form, words lang.Set) forms.Form {
	f.Lists = slices.Clone(f.Lists)
	f.PutList(forms.List{Name: forms.ListVillages, Choices: w.villages()})
	f.PutList(forms.List{Name: forms.ListSexes, Choices: []forms.Choice{
		{Name: string(data.Female), Label: inAll(words, func(l *lang.Lang) string { return l.T("survey.sex.female") })},
		{Name: string(data.Male), Label: inAll(words, func(l *lang.Lang) string { return l.T("survey.sex.male") })},
	}})
	f.PutList(forms.List{Name: forms.ListBands, Choices: w.bands(words)})
	for i := range f.Lists {
		if f.Lists[i].Problems {
			f.Lists[i].Choices = w.problems()
		}
	}
	return f
}

func (w Filling) villages() (choices []forms.Choice) {
	for _, v := range w.Villages {
		choices = append(choices, forms.Choice{Name: v.ID.String(), Label: v.Name})
	}
	return choices
}

// bands are those of people who may answer: a band that begins with children
// begins with the youngest who may.
func (w Filling) bands(words lang.Set) (choices []forms.Choice) {
	for _, b := range w.Scheme.Bands {
		from, to, err := b.Ages()
		if err != nil || to < youngest {
			continue
		}
		label := inAll(words, func(l *lang.Lang) string {
			switch from := max(from, youngest); {
			case to == openEnd:
				return l.T("band.from.years", "n", from)
			case from == to:
				return l.T("survey.age.one", "n", to)
			default:
				return l.T("band.range.years", "a", from, "n", to)
			}
		})
		choices = append(choices, forms.Choice{Name: string(b), Label: label})
	}
	return choices
}

// problems are those that stand for themselves.
func (w Filling) problems() (choices []forms.Choice) {
	for _, p := range w.Problems {
		if p.Into.Zero() {
			choices = append(choices, forms.Choice{Name: p.ID.String(), Label: p.Title, Problem: p.ID})
		}
	}
	return choices
}

// inAll is a word in all languages.
func inAll(words lang.Set, say func(*lang.Lang) string) (t data.Text) {
	for _, l := range words.All() {
		t.Put(l.Code(), say(l))
	}
	return t
}

// filling of a survey, as its round is now.
func (s *Server) filling(c *gin.Context, round data.Round) (w Filling, err error) {
	w.Scheme = round.Scheme
	if w.Villages, err = s.store.Villages(c, home(c)); err != nil {
		return w, err
	}
	w.Problems, err = s.store.Problems(c, home(c), round.ID)
	return w, err
}

// lacking are the faults of a filled form that its round is to blame for.
func (w Filling) lacking(f *forms.Form) (found []forms.Finding) {
	note := func(q *forms.Question, key string) {
		found = append(found, forms.Finding{Grave: true, Question: q.Name, Key: key})
	}
	f.All(func(q, _ *forms.Question) bool {
		list := f.ListOf(q.List)
		switch {
		case q.Kind == forms.Village && len(w.Villages) == 0:
			note(q, "form.villages.none")
		case q.Kind == forms.Band && len(f.Choices(q)) == 0:
			note(q, "form.bands.none")
		case q.Kind.Chosen() && list != nil && list.Problems && len(list.Choices) < 2:
			note(q, "form.problems.none")
		}
		return true
	})
	return found
}

// findings are all that is wrong with the form that staff are working on, the
// grave first.
func (s *Server) findings(w Filling, draft forms.Form) (filled forms.Form, found []forms.Finding) {
	filled = w.Fill(draft, s.words)
	return filled, append(w.lacking(&filled), filled.Check()...)
}
