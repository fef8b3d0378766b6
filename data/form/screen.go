package form

import (
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"ashar/data"
)

// Screen is what stands on one page: one question, a group that belongs
// together, one instance of a repeat, or the question whether there is another
// instance.
type Screen struct {
	Name   string      // of its question, group or repeat
	Row    int         // instance of the repeat, -1 outside of one
	Repeat *Question   // whose instance it is, or of which it asks for more
	More   bool        // asks whether there is another instance
	All    []*Question // that may stand on it, in order; notes too
	Asked  []*Question // those that do as the answers stand
	Later  []*Question // of the same page, asked only if an answer of this page says so
}

// Key names the screen in addresses.
func (s Screen) Key() string {
	switch {
	case s.More:
		return s.Name + ",more"
	case s.Row >= 0:
		return s.Name + "," + strconv.Itoa(s.Row+1)
	}
	return s.Name
}

// Screens that are asked as the answers stand, in order.
func (r *Run) Screens() []Screen {
	if r.Form.Whole {
		s := Screen{Name: "all", Row: -1}
		r.gather(&s, r.Form.Questions)
		return r.repeats([]Screen{s}, r.Form.Questions)
	}
	return r.screens(nil, r.Form.Questions)
}

func (r *Run) screens(list []Screen, questions []Question) []Screen {
	for i := range questions {
		q := &questions[i]
		if !q.Kind.Shown() || !r.Relevant(q, -1) {
			continue
		}
		switch {
		case q.Kind == Repeat:
			list = r.instances(list, q)
		case q.Kind == Group && !q.Together:
			list = r.screens(list, q.Questions)
		case q.Kind == Group:
			s := Screen{Name: q.Name, Row: -1}
			r.gather(&s, q.Questions)
			if len(s.Asked) > 0 {
				list = append(list, s)
			}
			list = r.repeats(list, q.Questions)
		default:
			list = append(list, Screen{Name: q.Name, Row: -1, All: []*Question{q}, Asked: []*Question{q}})
		}
	}
	return list
}

// repeats that stand among questions of one page come after it.
func (r *Run) repeats(list []Screen, questions []Question) []Screen {
	for i := range questions {
		q := &questions[i]
		switch {
		case !r.Relevant(q, -1):
		case q.Kind == Repeat:
			list = r.instances(list, q)
		case q.Kind == Group:
			list = r.repeats(list, q.Questions)
		}
	}
	return list
}

func (r *Run) instances(list []Screen, repeat *Question) []Screen {
	for row := range r.Times(repeat) {
		s := Screen{Name: repeat.Name, Row: row, Repeat: repeat}
		r.gather(&s, repeat.Questions)
		if len(s.Asked) > 0 {
			list = append(list, s)
		}
	}
	if repeat.Times == "" && len(r.Answers[repeat.Name].Rows) < MaxRows {
		list = append(list, Screen{Name: repeat.Name, Row: -1, Repeat: repeat, More: true})
	}
	return list
}

// gather puts questions onto a page: those asked now, and those that only
// another answer of the same page will bring.
func (r *Run) gather(s *Screen, questions []Question) {
	s.All = ofPage(nil, questions)
	for _, q := range s.All {
		switch {
		case r.Relevant(q, s.Row):
			s.Asked = append(s.Asked, q)
		case r.hangsOn(q, s.All) && r.offers(q, s.Row):
			s.Later = append(s.Later, q)
		}
	}
}

// ofPage are the questions that people see on a page, those of groups too.
func ofPage(here []*Question, questions []Question) []*Question {
	for i := range questions {
		switch q := &questions[i]; {
		case q.Kind == Group:
			here = ofPage(here, q.Questions)
		case q.Kind.Shown() && q.Kind != Repeat:
			here = append(here, q)
		}
	}
	return here
}

// Mark is how a page says that a question stood on it: its name, and where a
// filter decides, something that tells its choices from others.
func (r *Run) Mark(q *Question, row int) string {
	if q.Filter == "" {
		return q.Name
	}
	h := fnv.New32a()
	for _, c := range r.Choices(q, row) {
		h.Write([]byte(c.Name + " "))
	}
	return q.Name + "/" + strconv.FormatUint(uint64(h.Sum32()), 36)
}

// hangsOn tells whether a question's conditions look at one of the questions.
func (r *Run) hangsOn(q *Question, others []*Question) bool {
	for _, condition := range append(slices.Clip(r.places[q.Name].around), q) {
		for _, name := range r.Form.expr(condition.Relevant).Names() {
			if slices.ContainsFunc(others, func(o *Question) bool { return o.Name == name }) {
				return true
			}
		}
	}
	return false
}

// FindScreen is the place of a screen among all by its key; -1 where it is not
// asked now.
func FindScreen(screens []Screen, key string) int {
	return slices.IndexFunc(screens, func(s Screen) bool { return s.Key() == key })
}

// Visited tells whether every question of a screen has been put to the person,
// and what they said still stands: another answer may have taken a choice away
// since, or broken a constraint.
func (r *Run) Visited(s Screen) bool {
	if s.More {
		_, ok := r.Answers[s.Name]
		return ok
	}
	return !slices.ContainsFunc(s.Asked, func(q *Question) bool {
		_, ok := r.Answer(q, s.Row)
		return q.Kind.Asks() && (!ok || r.Fault(q, s.Row).Key != "")
	})
}

// Left is the place of the first screen that is not visited; -1 where all are,
// and the form may be sent.
func (r *Run) Left(screens []Screen) int {
	return slices.IndexFunc(screens, func(s Screen) bool { return !r.Visited(s) })
}

// Fault is what is wrong with an answer as it stands, among the others; the key
// is empty where nothing is.
func (r *Run) Fault(q *Question, row int) data.Fault {
	if q.Constraint == "" && q.Filter == "" && r.sound[spot{q.Name, row}] {
		return data.Fault{} // it does not hang on others
	}
	a, _ := r.Answer(q, row)
	fields := Fields(q, a)
	_, fault := r.Read(q, row, func(field string) []string { return fields[field] })
	return fault
}

// Take reads the answer to a question from its page, and keeps it if nothing is
// wrong with it.
func (r *Run) Take(s Screen, q *Question, values Values) data.Fault {
	a, fault := r.Read(q, s.Row, values)
	if fault.Key == "" {
		r.page(s)[q.Name] = a
		r.anew()
		r.sound[spot{q.Name, s.Row}] = true
	}
	return fault
}

// Keep puts what a page says into the answers. The answers are changed in place.
func (r *Run) Keep(s Screen, said data.Answers) {
	maps.Copy(r.page(s), said)
	r.Changed()
}

// page is where the answers of a page are.
func (r *Run) page(s Screen) data.Answers {
	if s.Repeat == nil {
		return r.Answers
	}
	a := r.Answers[s.Name]
	for len(a.Rows) <= s.Row {
		a.Rows = append(a.Rows, nil)
	}
	if s.Row >= 0 && a.Rows[s.Row] == nil {
		a.Rows[s.Row] = data.Answers{}
	}
	r.Answers[s.Name] = a
	if s.Row < 0 {
		return r.Answers
	}
	return a.Rows[s.Row]
}

// Final is what is kept when the form is sent, once no screen is left: what was
// asked, with the calculated and hidden values; what no condition asks for any
// more is dropped.
func (r *Run) Final() data.Answers {
	out := data.Answers{}
	r.final(out, r.Form.Questions, -1)
	return out
}

func (r *Run) final(out data.Answers, questions []Question, row int) {
	for i := range questions {
		q := &questions[i]
		switch {
		case q.Kind == Note || !r.Relevant(q, row):
		case q.Kind == Group:
			r.final(out, q.Questions, row)
		case q.Kind != Repeat:
			out[q.Name] = r.said(q, row)
		case row < 0: // a repeat within a repeat, which Check refuses, has no place for answers
			a := data.Answer{}
			for at := range r.Times(q) {
				inside := data.Answers{}
				r.final(inside, q.Questions, at)
				a.Rows = append(a.Rows, inside)
			}
			out[q.Name] = a
		}
	}
}

// said is an answer to a question that is asked, as it is kept.
func (r *Run) said(q *Question, row int) data.Answer {
	a, ok := r.Answer(q, row)
	switch {
	case q.Kind == Calculate:
		a = data.Answer{Text: r.work(q, row, q.Calculation)}
	case q.Kind == Hidden && !ok:
		a = data.Answer{Text: r.work(q, row, q.Default)}
	}
	if a.Said == data.Answered && a.Blank() {
		a.Said = data.Empty
	}
	return a
}
