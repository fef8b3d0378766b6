package form

import (
	"slices"
	"strconv"
	"strings"
)

// Building a form: what staff do to its questions. None of these loses a
// question that it was not asked to remove.

// find is the list that holds a question, its place there, and the group or
// repeat whose list it is, nil for the form's own; at is -1 where it is not
// found.
func (f *Form) find(name string) (list *[]Question, at int, holder *Question) {
	return findIn(&f.Questions, nil, name)
}

func findIn(list *[]Question, holder *Question, name string) (*[]Question, int, *Question) {
	for i := range *list {
		q := &(*list)[i]
		if q.Name == name {
			return list, i, holder
		}
		if in, at, by := findIn(&q.Questions, q, name); at >= 0 {
			return in, at, by
		}
	}
	return nil, -1, nil
}

// Holder is the name of the group or repeat directly around a question; empty
// where it stands by itself.
func (f *Form) Holder(name string) string {
	if _, _, holder := f.find(name); holder != nil {
		return holder.Name
	}
	return ""
}

// Add puts a new question behind another one, or at the end of the form where
// there is no such question.
func (f *Form) Add(q Question, after string) {
	list, at, _ := f.find(after)
	if at < 0 {
		f.Questions = append(f.Questions, q)
		return
	}
	*list = slices.Insert(*list, at+1, q)
}

// AddInto puts a new question at the end of a group or repeat, where that may
// hold it.
func (f *Form) AddInto(q Question, holder string) bool {
	list, at, _ := f.find(holder)
	if at < 0 || !f.mayHold(list, at, &q) {
		return false
	}
	in := &(*list)[at].Questions
	*in = append(*in, q)
	return true
}

// Remove takes a question out, with all that it holds.
func (f *Form) Remove(name string) bool {
	list, at, _ := f.find(name)
	if at < 0 {
		return false
	}
	*list = slices.Delete(*list, at, at+1)
	return true
}

// Move changes places with the question before (-1) or after (1) it, within the
// same group.
func (f *Form) Move(name string, by int) bool {
	list, at, _ := f.find(name)
	to := at + by
	if at < 0 || to < 0 || to >= len(*list) {
		return false
	}
	(*list)[at], (*list)[to] = (*list)[to], (*list)[at]
	return true
}

// Enter puts a question into the group before it, else into the one after it.
func (f *Form) Enter(name string) bool {
	list, at, _ := f.find(name)
	if at < 0 {
		return false
	}
	q := (*list)[at]
	if at > 0 && f.mayHold(list, at-1, &q) {
		before := &(*list)[at-1]
		before.Questions = append(before.Questions, q)
	} else if at+1 < len(*list) && f.mayHold(list, at+1, &q) {
		after := &(*list)[at+1]
		after.Questions = slices.Insert(after.Questions, 0, q)
	} else {
		return false
	}
	*list = slices.Delete(*list, at, at+1)
	return true
}

// mayHold tells whether a question of a list may take another one in: there are
// no repeats within repeats.
func (f *Form) mayHold(list *[]Question, at int, q *Question) bool {
	holder := &(*list)[at]
	if holder.Kind != Group && holder.Kind != Repeat {
		return false
	}
	return holder.Kind != Repeat || !q.repeats()
}

// repeats tells whether a question is a repeat or holds one.
func (q *Question) repeats() bool {
	return q.Kind == Repeat || slices.ContainsFunc(q.Questions, func(in Question) bool { return in.repeats() })
}

// Leave takes a question out of its group and puts it behind it.
func (f *Form) Leave(name string) bool {
	list, at, holder := f.find(name)
	if at < 0 || holder == nil {
		return false
	}
	q, group := (*list)[at], holder.Name
	*list = slices.Delete(*list, at, at+1)
	f.Add(q, group)
	return true
}

// Wrap puts a question into a new group in its own place.
func (f *Form) Wrap(name string, group Question) bool {
	list, at, _ := f.find(name)
	if at < 0 {
		return false
	}
	group.Questions = []Question{(*list)[at]}
	(*list)[at] = group
	return true
}

// Unwrap puts what a group holds into the group's place. Its condition goes on
// holding for each of them.
func (f *Form) Unwrap(name string) bool {
	list, at, _ := f.find(name)
	if at < 0 || (*list)[at].Kind != Group && (*list)[at].Kind != Repeat {
		return false
	}
	group := (*list)[at]
	for i := range group.Questions {
		q := &group.Questions[i]
		q.Relevant = Both(group.Relevant, q.Relevant)
	}
	*list = slices.Replace(*list, at, at+1, group.Questions...)
	return true
}

// Both is the condition that two conditions hold; an empty one always does.
func Both(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return "(" + a + ") and (" + b + ")"
}

// Copy puts a copy of a question behind it and returns the copy's name. Names of
// the copies are fresh: nobody has them, and taken does not know them. What the
// copy's own conditions say of questions inside it they say of the copies.
func (f *Form) Copy(name string, taken func(name string) bool) (string, bool) {
	list, at, _ := f.find(name)
	if at < 0 {
		return "", false
	}
	renamed, used := map[string]string{}, map[string]bool{}
	copies := []Question{(*list)[at].copied(func(was string) string {
		now := f.Fresh(was, func(name string) bool { return used[name] || taken(name) })
		renamed[was], used[now] = now, true
		return now
	})}
	for was, now := range renamed {
		refer(copies, was, now)
	}
	f.Add(copies[0], name)
	return copies[0].Name, true
}

func (q Question) copied(rename func(was string) string) Question {
	q.Name = rename(q.Name)
	q.Questions = slices.Clone(q.Questions)
	for i := range q.Questions {
		q.Questions[i] = q.Questions[i].copied(rename)
	}
	return q
}

// Replace puts a question into the place of the one that has a name, with what
// that one holds. Where its own name is new, all expressions follow it.
func (f *Form) Replace(name string, q Question) bool {
	list, at, _ := f.find(name)
	if at < 0 {
		return false
	}
	q.Questions = (*list)[at].Questions
	(*list)[at] = q
	if q.Name != name {
		refer(f.Questions, name, q.Name)
	}
	return true
}

// refer makes expressions that speak of one question speak of another.
func refer(questions []Question, was, now string) {
	all(questions, nil, func(q, _ *Question) bool {
		for _, source := range q.expressions() {
			*source = strings.ReplaceAll(*source, "${"+was+"}", "${"+now+"}")
		}
		return true
	})
}

// expressions of a question, those that are empty too.
func (q *Question) expressions() []*string {
	return []*string{&q.Relevant, &q.Constraint, &q.Calculation, &q.Default, &q.Filter, &q.Times}
}

// Users are the questions whose expressions speak of a question, in order.
func (f *Form) Users(name string) (users []*Question) {
	f.All(func(q, _ *Question) bool {
		speaks := q.Name != name && slices.ContainsFunc(q.expressions(), func(source *string) bool { return strings.Contains(*source, "${"+name+"}") })
		if speaks {
			users = append(users, q)
		}
		return true
	})
	return users
}

// Fresh is a name like base that no question of the form has, nor anything that
// taken knows.
func (f *Form) Fresh(base string, taken func(name string) bool) string {
	stem := strings.TrimRight(base, "0123456789")
	if stem == "" || stem == base {
		stem = base + "_"
	}
	name := base
	for n := 2; f.Question(name) != nil || taken(name); n++ {
		name = stem + strconv.Itoa(n)
	}
	return name
}

// ListOf is a list by its name, nil where there is none.
func (f *Form) ListOf(name string) *List {
	for i := range f.Lists {
		if f.Lists[i].Name == name {
			return &f.Lists[i]
		}
	}
	return nil
}

// PutList keeps a list in the place of the one with its name, or as a new one.
func (f *Form) PutList(list List) {
	if has := f.ListOf(list.Name); has != nil {
		*has = list
		return
	}
	f.Lists = append(f.Lists, list)
}

// Sharers are the questions that offer the choices of a list, in order.
func (f *Form) Sharers(list string) (users []*Question) {
	f.All(func(q, _ *Question) bool {
		if list != "" && (q.List == list || q.Marks == list) {
			users = append(users, q)
		}
		return true
	})
	return users
}

// Tidy drops the lists that no question offers, and what a round fills in.
func (f *Form) Tidy() {
	f.Lists = slices.DeleteFunc(f.Lists, func(l List) bool { return len(f.Sharers(l.Name)) == 0 })
}

// NameFits tells whether a question may have a name.
func NameFits(name string) bool { return questionNames.MatchString(name) }
