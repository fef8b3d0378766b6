package form

import "ashar/data"

// Condition is what must hold for a question to be asked, its own condition and
// those of the groups around it, as a tree for the page's script; nil where
// there is none. Of a repeat only what is inside counts: its page is shown when
// the instance is asked.
func (r *Run) Condition(q *Question) any {
	var tree any
	for _, one := range append(r.around(q), q) {
		switch {
		case one.Kind == Repeat || one.Relevant == "":
		case tree == nil:
			tree = r.Form.expr(one.Relevant).Tree()
		default:
			tree = []any{"and", tree, r.Form.expr(one.Relevant).Tree()}
		}
	}
	return tree
}

// Rule is a question's constraint as a tree; nil where there is none.
func (r *Run) Rule(q *Question) any {
	if q.Constraint == "" {
		return nil
	}
	return r.Form.expr(q.Constraint).Tree()
}

// around are the groups and repeats that hold a question.
func (r *Run) around(q *Question) []*Question {
	return append([]*Question(nil), r.places[q.Name].around...)
}

// Known are the values that the conditions and constraints of a page's questions
// look at and that the page itself does not ask for.
func (r *Run) Known(s Screen) map[string][]string {
	known := map[string][]string{}
	here := map[string]bool{}
	questions := append(append([]*Question(nil), s.Asked...), s.Later...)
	for _, q := range questions {
		here[q.Name] = true
	}
	for _, q := range questions {
		sources := []string{q.Constraint}
		for _, one := range append(r.around(q), q) {
			sources = append(sources, one.Relevant)
		}
		for _, source := range sources {
			for _, name := range r.Form.expr(source).Names() {
				if !here[name] {
					known[name] = append([]string{}, r.sight(q, s.Row).Values(name)...)
				}
			}
		}
	}
	return known
}

// Wrong is the first question of a page whose kept answer would not be taken any
// more, because an answer before it has changed; nil where all is well.
func (r *Run) Wrong(s Screen) *Question {
	for _, q := range s.Asked {
		if _, ok := r.Answer(q, s.Row); ok && q.Kind.Asks() && r.Fault(q, s.Row).Key != "" {
			return q
		}
	}
	return nil
}

// Heard is where and who somebody is by their answers, as it is kept beside them
// for counting; each is empty where it was not asked or not said.
func (f *Form) Heard(answers data.Answers) (village data.ID, sex data.Sex, band data.Band) {
	f.All(func(q, repeat *Question) bool {
		a := answers[q.Name]
		if repeat != nil || a.Said != data.Answered || a.Text == "" {
			return true
		}
		switch q.Kind {
		case Village:
			if id, err := data.ParseID(a.Text); err == nil && village.Zero() {
				village = id
			}
		case Sex:
			if sex == "" {
				sex = data.Sex(a.Text)
			}
		case Band:
			if band == "" {
				band = data.Band(a.Text)
			}
		}
		return true
	})
	return village, sex, band
}

// Draws tells whether the choices of some question stand in an order drawn by lot.
func (f *Form) Draws() (draws bool) {
	f.All(func(q, _ *Question) bool {
		draws = q.Random
		return !draws
	})
	return draws
}

// Thinks tells whether some page of the form has several questions and conditions
// or constraints among them, so that its script has something to do.
func (f *Form) Thinks() (thinks bool) {
	var look func(questions []Question, together bool)
	look = func(questions []Question, together bool) {
		for i := range questions {
			q := &questions[i]
			thinks = thinks || together && (q.Relevant != "" || q.Constraint != "")
			look(q.Questions, together || q.Together || q.Kind == Repeat)
		}
	}
	look(f.Questions, f.Whole)
	return thinks
}
