package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

// finds wants a finding of a key, grave or not, about a question.
func finds(t *testing.T, f *Form, what, question, key string, grave bool) {
	t.Helper()
	found := f.Check()
	i := slices.IndexFunc(found, func(f Finding) bool { return f.Key == key && f.Question == question })
	switch {
	case i < 0:
		t.Errorf("%s: %s of %q is not found: %+v", what, key, question, found)
	case found[i].Grave != grave || len(found[i].Args)%2 != 0:
		t.Errorf("%s: %+v", what, found[i])
	case Grave(found) != found[0].Grave:
		t.Errorf("%s: the grave ones do not come first", what)
	}
}

func TestFaultsOfAFormAreFound(t *testing.T) {
	change := func(do func(q *Question)) func(*Question) { return do }
	for _, c := range []struct {
		what      string
		questions []Question
		question  string
		key       string
		grave     bool
	}{
		{"nothing asked", []Question{asks("n", Note)}, "", "form.empty", true},
		{"a name with a space", []Question{asks("a b", Text)}, "a b", "form.name.form", true},
		{"a name with a slash", []Question{asks("a/b", Text)}, "a/b", "form.name.form", true},
		{"no name", []Question{asks("", Text)}, "", "form.name.form", true},
		{"two of a name", []Question{asks("a", Text), asks("g", Group, holds(asks("a", Text)))}, "a", "form.name.twice", true},
		{"no such kind", []Question{asks("a", "geopoint")}, "a", "form.kind", true},
		{"no label", []Question{asks("a", Text, change(func(q *Question) { q.Label = data.Text{} }))}, "a", "form.label.missing", true},
		{"only Kyrgyz", []Question{asks("a", Text, change(func(q *Question) { q.Label = data.Text{KY: "суу"} }))}, "a", "form.untranslated", false},
		{"a hint only in Kyrgyz", []Question{asks("a", Text, change(func(q *Question) { q.Hint = data.Text{KY: "суу"} }))}, "a", "form.untranslated", false},
		{"no message", []Question{asks("a", Text, change(func(q *Question) { q.Constraint = ". != 'x'" }))}, "a", "form.message.missing", true},
		{"a repeat in a repeat", []Question{asks("r", Repeat, holds(asks("s", Repeat, holds(asks("a", Text)))))}, "s", "form.repeat.nested", true},
		{"an empty group", []Question{asks("a", Text), asks("g", Group)}, "g", "form.group.empty", false},
		{"no list", []Question{asks("a", One, of("none"))}, "a", "form.list.missing", true},
		{"no marks", []Question{asks("a", Matrix, of("wants"))}, "a", "form.marks.missing", true},
		{"too many pairs", []Question{asks("a", Pairs, of("many"))}, "a", "form.pairs.many", true},
		{"too many to rank", []Question{asks("a", Rank, of("many"))}, "a", "form.rank.many", true},
		{"no scale", []Question{asks("a", Range, scale(3, 3, 1))}, "a", "form.range", true},
		{"a fine scale", []Question{asks("a", Range, scale(0, 1, 0.001))}, "a", "form.range", true},
		{"a scale down", []Question{asks("a", Range, scale(0, 1, -0.1))}, "a", "form.range", true},
		{"no points", []Question{asks("a", Points, of("wants"))}, "a", "form.points", true},
		{"a negative top", []Question{asks("a", Rank, of("wants"), top(-1))}, "a", "error.range", true},
		{"nothing calculated", []Question{asks("q", Text), asks("a", Calculate)}, "a", "form.calculation.missing", true},
		{"no such name", []Question{asks("a", Text, relevant("${b} = 1"))}, "a", "form.expr.name", true},
		{"a name of a note", []Question{asks("n", Note), asks("a", Text, relevant("${n} = 1"))}, "a", "form.expr.name", true},
		{"no expression", []Question{asks("a", Text, relevant("1 +"))}, "a", "form.expr.end", true},
		{"never true", []Question{asks("a", Text, relevant("1 = 2"))}, "a", "form.expr.dead.false", true},
		{"always true", []Question{asks("a", Text, relevant("'x' = 'x'"))}, "a", "form.expr.dead.true", false},
		{"no such column", []Question{asks("a", One, of("yn"), change(func(q *Question) { q.Filter = "region = 'north'" }))}, "a", "form.expr.column", true},
		{"no such name in a filter", []Question{asks("a", One, of("yn"), change(func(q *Question) { q.Filter = "name = ${b}" }))}, "a", "form.expr.name", true},
		{"no such choice", []Question{asks("b", One, of("yn")), asks("a", Text, relevant("${b} = 'maybe'"))}, "a", "form.expr.choice", false},
		{"no such choice picked", []Question{asks("b", Many, of("yn")), asks("a", Text, relevant("not(selected(${b}, 'maybe'))"))}, "a", "form.expr.choice", false},
		{"a filter that needs itself", []Question{asks("a", One, of("yn"), change(func(q *Question) { q.Filter = "name = ${a}" }))}, "a", "form.circle", true},
		{"a filter that looks ahead", []Question{asks("a", One, of("yn"), change(func(q *Question) { q.Filter = "name = ${b}" })), asks("b", Text)}, "a", "form.later", false},
		{"a later question", []Question{asks("a", Text, relevant("${b} = 1")), asks("b", Integer)}, "a", "form.later", false},
	} {
		f := asked(c.questions...)
		many := list("many")
		for i := range MaxOrdered + 1 {
			many.Choices = append(many.Choices, Choice{Name: fmt.Sprint("c", i), Label: said("c")})
		}
		f.Lists = append(f.Lists, many)
		finds(t, f, c.what, c.question, c.key, c.grave)
	}
}

func TestFaultsOfTheWholeFormAreFound(t *testing.T) {
	for key, spoil := range map[string]func(f *Form){
		"form.many": func(f *Form) {
			for i := range MaxQuestions {
				f.Questions = append(f.Questions, asks(fmt.Sprint("n", i), Note))
			}
		},
		"form.languages":     func(f *Form) { f.Languages = []string{"ky", "uz"} },
		"form.intro.missing": func(f *Form) { f.Intro = data.Text{} },
		"form.list.many":     func(f *Form) { f.Lists[0].Choices = make([]Choice, MaxChoices+1) },
		"form.list.twice":    func(f *Form) { f.Lists = append(f.Lists, f.Lists[0]) },
		"form.choice.form":   func(f *Form) { f.Lists[0].Choices[0].Name = "a b" },
		"form.choice.twice":  func(f *Form) { f.Lists[0].Choices[0].Name = "no" },
		"form.choice.label":  func(f *Form) { f.Lists[0].Choices[0].Label = data.Text{} },
	} {
		f := asked(asks("a", One, of("yn")))
		spoil(f)
		finds(t, f, key, "", key, true)
	}
	for _, reserved := range []string{RefusedValue, Tie, "", "a/b", "a b", "a\x00", strings.Repeat("a", 65)} {
		f := asked(asks("a", One, of("yn")))
		f.Lists[0].Choices[0].Name = reserved
		finds(t, f, reserved, "", "form.choice.form", true)
	}
	f := asked(asks("a", One, of("yn")))
	f.Languages = nil
	finds(t, f, "no language", "", "form.languages", true)
}

// Problems are often written in one language only, and their list is empty
// until the survey is opened.
func TestProblemsNeedNoTranslation(t *testing.T) {
	f := asked(asks("a", Rank, of("problems")))
	f.Lists = append(f.Lists, List{Name: "problems", Problems: true})
	if found := f.Check(); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	f.Lists[len(f.Lists)-1].Choices = []Choice{{Name: data.ID{1}.String(), Label: data.Text{KY: "суу"}, Problem: data.ID{1}}, {Name: data.ID{2}.String(), Label: data.Text{KY: "жол"}, Problem: data.ID{2}}}
	if found := f.Check(); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

func TestAFormOfEveryKindIsFit(t *testing.T) {
	if found := everyKind(t).Check(); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

func TestAFormIsKeptAsItIs(t *testing.T) {
	f := everyKind(t)
	text, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	again, err := kept(t, f).Value()
	if err != nil || text != again {
		t.Errorf("%v\n%s\n%s", err, text, again)
	}
	var none Form
	for _, bad := range []any{nil, 7, "", "{", []byte("[]")} {
		if none.Scan(bad) == nil {
			t.Errorf("%v is a form", bad)
		}
	}
}
