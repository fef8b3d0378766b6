package handlers

import (
	"regexp"
	"slices"

	forms "ashar/data/form"
	"ashar/templates/lang"
)

// followed is a filter that shows the choices belonging to one answer of another
// question: "of_part = ${part}".
var followed = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*) = \$\{([^}]+)\}$`)

// follows is the filter that makes choices belong to the answers of a question.
func follows(name string) string {
	return "of_" + nameless.ReplaceAllString(name, "_") + " = ${" + name + "}"
}

// nameless are letters that a column has not.
var nameless = regexp.MustCompile(`[^A-Za-z0-9_]`)

// leaders are the questions whose answers the choices of another may belong to:
// those before it, of which one choice is picked.
func leaders(l *lang.Lang, f *forms.Form, own string) (list []option) {
	f.All(func(q, _ *forms.Question) bool {
		if q.Name != own && q.Kind.Picks() && q.Kind != forms.Many && len(f.Choices(q)) > 0 {
			list = append(list, option{Value: q.Name, Label: questionTitle(l, q)})
		}
		return q.Name != own
	})
	return list
}

// belong lets each choice be given to an answer of the question that the filter
// follows; where a choice has other columns too, they are typed.
func (view *choicesView) belong(l *lang.Lang, f *forms.Form, list *forms.List, filter string) {
	found := followed.FindStringSubmatch(filter)
	if found == nil {
		return
	}
	leader := f.Question(found[2])
	if leader == nil || !leader.Kind.Picks() {
		return
	}
	for _, choice := range list.Choices {
		if _, has := choice.Extra[found[1]]; len(choice.Extra) > 1 || len(choice.Extra) == 1 && !has {
			return
		}
	}
	for _, choice := range f.Choices(leader) {
		label, _ := choice.Label.In(l.Code())
		view.Belongs = append(view.Belongs, option{Value: found[1] + "=" + choice.Name, Label: label})
	}
	for _, choice := range list.Choices { // an answer that is there no more must not be lost silently
		is := option{Value: joinExtra(choice.Extra), Label: choice.Extra[found[1]]}
		if is.Value != "" && !slices.ContainsFunc(view.Belongs, func(o option) bool { return o.Value == is.Value }) {
			view.Belongs = append(view.Belongs, is)
		}
	}
	view.Leader = questionTitle(l, leader)
}
