package form

import "ashar/data"

// Part is one text of a form that people read, and where it stands.
type Part struct {
	Key      string // names it within the form
	What     string // label, hint, message, choice, intro or thanks
	Question string // the name of its question, if it has one
	List     string // of a choice
	Choice   string
	Text     *data.Text
}

// Parts are all texts of a form that somebody has written in some language, in
// the order in which people meet them. What stands for a problem of the round is
// translated there.
func (f *Form) Parts() []Part {
	parts := []Part{{Key: "intro", What: "intro", Text: &f.Intro}}
	listed := map[string]bool{}
	choices := func(name string) {
		l := f.ListOf(name)
		if l == nil || l.Problems || listed[name] {
			return
		}
		listed[name] = true
		for i := range l.Choices {
			c := &l.Choices[i]
			parts = append(parts, Part{Key: "c/" + name + "/" + c.Name, What: "choice", List: name, Choice: c.Name, Text: &c.Label})
		}
	}
	f.All(func(q, _ *Question) bool {
		for _, p := range []Part{{What: "label", Text: &q.Label}, {What: "hint", Text: &q.Hint}, {What: "message", Text: &q.Message}} {
			p.Key, p.Question = "q/"+q.Name+"/"+p.What, q.Name
			parts = append(parts, p)
		}
		choices(q.List)
		choices(q.Marks)
		return true
	})
	parts = append(parts, Part{Key: "thanks", What: "thanks", Text: &f.Thanks})
	said := parts[:0]
	for _, p := range parts {
		if !p.Text.Empty() {
			said = append(said, p)
		}
	}
	return said
}

// Translated is how many of a form's texts are written in a language, and how
// many there are.
func (f *Form) Translated(lang string) (done, of int) {
	parts := f.Parts()
	for _, p := range parts {
		if p.Text.Exact(lang) != "" {
			done++
		}
	}
	return done, len(parts)
}
