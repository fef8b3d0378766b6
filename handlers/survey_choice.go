package handlers

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// choicesView is the choices of a list, to be changed.
type choicesView struct {
	Prefix   string
	Rows     []choiceRow
	Shared   []string // other questions that offer the same list
	Problems []string // the round's problems, which are not changed here
	Fixed    bool     // it is filled with the problems of the round
	Extra    bool     // its choices have columns for filters
	Leader   string   // the question to whose answers its choices belong
	Belongs  []option // those answers
}

type choiceRow struct {
	At    int
	Name  string
	Label data.Text
	Extra string
	First bool
	Last  bool
}

// choicesOf is a list of a question, whose fields begin with the prefix.
func choicesOf(lang *lang.Lang, f *forms.Form, q *forms.Question, prefix, list string) choicesView {
	view := choicesView{Prefix: prefix}
	l := f.ListOf(list)
	if l == nil {
		return view
	}
	view.Fixed, view.Extra = l.Problems, q.Filter != "" && prefix == "c"
	for _, sharer := range f.Sharers(list) {
		if sharer.Name != q.Name {
			view.Shared = append(view.Shared, questionTitle(lang, sharer))
		}
	}
	for i, choice := range l.Choices {
		if l.Problems {
			title, _ := choice.Label.In(lang.Code())
			view.Problems = append(view.Problems, title)
			continue
		}
		view.Extra = view.Extra || len(choice.Extra) > 0
		view.Rows = append(view.Rows, choiceRow{At: i, Name: choice.Name, Label: choice.Label, Extra: joinExtra(choice.Extra), First: i == 0, Last: i == len(l.Choices)-1})
	}
	if prefix == "c" && !l.Problems {
		view.belong(lang, f, l, q.Filter)
	}
	return view
}

// joinExtra writes the columns of a choice the way cutExtra reads them:
// region=north; level=2.
func joinExtra(extra map[string]string) string {
	var parts []string
	for name, value := range extra {
		parts = append(parts, name+"="+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

func cutExtra(text string) map[string]string {
	var extra map[string]string
	for part := range strings.SplitSeq(text, ";") {
		name, value, ok := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); ok && name != "" {
			if extra == nil {
				extra = map[string]string{}
			}
			extra[name] = strings.TrimSpace(value)
		}
	}
	return extra
}

// lists puts into the draft what was typed of the choices of a question, and the
// list that was chosen for it.
func (f *form) lists(draft *forms.Form, q *forms.Question, lang string, asked published, do string) {
	f.typedList(draft, "c", q.List, lang, asked, do)
	f.typedList(draft, "m", q.Marks, lang, asked, do)
	switch chosen := f.line("list"); {
	case !needsList(q.Kind):
	case chosen == newProblems:
		q.List = problemsList(draft)
	case chosen == newList:
		q.List = ownList(draft, q.Name, asked)
	case draft.ListOf(chosen) != nil:
		q.List = chosen
	}
	offer(draft, q, asked)
}

// typedList reads the rows of one list, does what a button beside them asks for
// ("c.up.3"), and adds the new lines.
func (f *form) typedList(draft *forms.Form, prefix, name, lang string, asked published, do string) {
	list := draft.ListOf(name)
	if list == nil || list.Problems || !f.has(prefix+".n") {
		return
	}
	fresh := forms.List{Name: name}
	for i := range max(0, min(f.number(prefix+".n"), forms.MaxChoices)) {
		field := prefix + "." + strconv.Itoa(i)
		choice := forms.Choice{Name: f.line(field + ".name"), Label: f.texts(field + ".label")}
		if old, ok := forms.ChoiceOf(list.Choices, choice.Name); ok {
			choice.Problem, choice.Extra = old.Problem, old.Extra
		}
		if f.has(field + ".extra") {
			choice.Extra = cutExtra(f.line(field + ".extra"))
		}
		if choice.Label.Longest() > data.MaxLine {
			f.bad.Add(field+".label", "error.long", "max", data.MaxLine)
		}
		fresh.Choices = append(fresh.Choices, choice)
	}
	fresh.Choices = turned(fresh.Choices, prefix, do)
	for line := range strings.SplitSeq(f.text(prefix+".new"), "\n") {
		choice := forms.Choice{}
		choice.Label.Put(lang, cut(strings.TrimSpace(line), data.MaxLine))
		same := func(c forms.Choice) bool { return sameIn(c.Label, choice.Label) }
		if !choice.Label.Empty() && !slices.ContainsFunc(fresh.Choices, same) { // the same line twice is one choice
			choice.Name = freshChoice(fresh.Choices, asked.choices[name], choice.Label)
			fresh.Choices = append(fresh.Choices, choice)
		}
	}
	if len(fresh.Choices) > forms.MaxChoices {
		f.bad.Add(prefix+".new", "form.list.many", "max", forms.MaxChoices)
	}
	draft.PutList(fresh)
}

// turned is choices after a button beside them was pressed. Rows without a word
// in any language are gone.
func turned(choices []forms.Choice, prefix, do string) []forms.Choice {
	parts := strings.Split(do, ".")
	if len(parts) == 3 && parts[0] == prefix {
		at, err := strconv.Atoi(parts[2])
		switch to := len(choices); {
		case err != nil || at < 0 || at >= to:
		case parts[1] == "up" && at > 0:
			choices[at-1], choices[at] = choices[at], choices[at-1]
		case parts[1] == "down" && at+1 < to:
			choices[at+1], choices[at] = choices[at], choices[at+1]
		case parts[1] == "drop":
			choices = slices.Delete(choices, at, at+1)
		}
	}
	return slices.DeleteFunc(choices, func(c forms.Choice) bool { return c.Label.Empty() })
}

// freshChoice is a name for a new choice: none that the list has, and none under
// which people have chosen something else.
func freshChoice(choices []forms.Choice, asked map[string][]data.Text, label data.Text) string {
	base := data.Slug(anyWords(label))
	if len(base) > 30 {
		base = strings.Trim(base[:30], "-")
	}
	if base == "" {
		base = "c"
	}
	name := base
	for n := 2; ; n++ {
		_, has := forms.ChoiceOf(choices, name)
		labels := asked[name]
		if !has && (len(labels) == 0 || slices.ContainsFunc(labels, func(t data.Text) bool { return sameIn(t, label) })) {
			return name
		}
		name = base + "-" + strconv.Itoa(n)
	}
}

// sameIn tells whether a text says in some language what the label does.
func sameIn(t, label data.Text) bool {
	return slices.ContainsFunc(data.Languages, func(l string) bool { return label.Exact(l) != "" && label.Exact(l) == t.Exact(l) })
}
