package form

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
)

func equal(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A condition that changes back and forth loses nothing of the draft, and what
// it hides is never sent.
func TestAHiddenAnswerIsKeptAndNotCounted(t *testing.T) {
	f := open(t, asks("has", One, of("yn"), must), asks("how_many", Integer, must, relevant("${has} = 'yes'")),
		asks("milk", Integer, relevant("${how_many} > 2")), asks("end", Text))
	r := f.Run(nil, noon, "ky")
	answer(t, r, "has", sent("has", "yes"))
	answer(t, r, "how_many", sent("how_many", "3"))
	answer(t, r, "milk", sent("milk", "40"))
	answer(t, r, "end", sent("end", "рахмат"))
	whole := r.Final()
	for range 3 {
		answer(t, r, "has", sent("has", "no"))
		equal(t, "screens", []string{"has", "end"}, keys(r))
		equal(t, "sent", data.Answers{"has": {Text: "no"}, "end": {Text: "рахмат"}}, r.Final())
		answer(t, r, "has", sent("has", "yes"))
		equal(t, "screens", []string{"has", "how_many", "milk", "end"}, keys(r))
		equal(t, "sent", whole, r.Final())
		equal(t, "left", -1, r.Left(r.Screens()))
	}
}

func TestWhatWasNotSaidIsToldApart(t *testing.T) {
	f := open(t, asks("a", Text), asks("b", Text, refusable), asks("c", Text, relevant("${a} != ''")),
		asks("d", Calculate, calculates("${c}")), asks("e", Hidden, func(q *Question) { q.Default = "concat('x', position())" }), asks("n", Note), asks("h", Hidden))
	r := f.Run(nil, noon, "ky")
	equal(t, "left", 0, r.Left(r.Screens()))
	answer(t, r, "a", sent())
	answer(t, r, "b", sent("b/_refused", "1"))
	equal(t, "sent", data.Answers{"a": {Said: data.Empty}, "b": {Said: data.Refused}, "d": {Said: data.Empty}, "e": {Text: "x0"}, "h": {Said: data.Empty}}, r.Final())
}

// A question whose filter leaves no choice is not asked, though it is required,
// and an answer given to it before is not sent.
func TestNobodyIsAskedWithoutAChoice(t *testing.T) {
	f := asked(asks("part", One, of("yn")), asks("street", One, of("streets"), must, func(q *Question) { q.Filter = "of = ${part}" }), asks("why", Text, relevant("${street} != ''")))
	f.Lists = append(f.Lists, List{Name: "streets", Choices: []Choice{{Name: "s1", Label: said("s1"), Extra: map[string]string{"of": "yes"}}}})
	f = kept(t, f)
	r := f.Run(nil, noon, "ky")
	equal(t, "screens", []string{"part"}, keys(r))
	answer(t, r, "part", sent("part", "yes"))
	answer(t, r, "street", sent("street", "s1"))
	answer(t, r, "why", sent("why", "жол"))
	equal(t, "sent", data.Answers{"part": {Text: "yes"}, "street": {Text: "s1"}, "why": {Text: "жол"}}, r.Final())
	answer(t, r, "part", sent("part", "no"))
	equal(t, "screens", []string{"part"}, keys(r))
	equal(t, "sent", data.Answers{"part": {Text: "no"}}, r.Final())
}

// Whoever changes an answer that others stand on is asked those again.
func TestAnAnswerThatNoLongerStandsIsAskedAgain(t *testing.T) {
	f := asked(asks("village", Village, must), asks("street", One, of("streets"), must, func(q *Question) { q.Filter = "of = ${village}" }),
		asks("least", Integer), asks("most", Integer, constrained(". >= ${least}")))
	f.Lists = append(f.Lists, List{Name: "streets", Choices: []Choice{
		{Name: "s1", Label: said("s1"), Extra: map[string]string{"of": "v1"}}, {Name: "s2", Label: said("s2"), Extra: map[string]string{"of": "v2"}}}})
	f = kept(t, f)
	r := f.Run(nil, noon, "ky")
	answer(t, r, "village", sent("village", "v1"))
	equal(t, "choices", []Choice{f.list("streets")[0]}, r.Choices(f.Question("street"), -1))
	if _, fault := r.Read(f.Question("street"), -1, sent("street", "s2").values); fault.Key != "error.choose" {
		t.Errorf("a street of another village: %v", fault)
	}
	answer(t, r, "street", sent("street", "s1"))
	answer(t, r, "least", sent("least", "3"))
	answer(t, r, "most", sent("most", "4"))
	equal(t, "left", -1, r.Left(r.Screens()))

	answer(t, r, "village", sent("village", "v2"))
	answer(t, r, "least", sent("least", "5"))
	equal(t, "street", data.Fault{Key: "error.choose"}, r.Fault(f.Question("street"), -1))
	equal(t, "most", data.Fault{Key: "form.constraint"}, r.Fault(f.Question("most"), -1))
	equal(t, "left", 1, r.Left(r.Screens()))
	answer(t, r, "street", sent("street", "s2"))
	equal(t, "left", 3, r.Left(r.Screens()))
}

func TestRepeatsByTheirNumber(t *testing.T) {
	f := open(t, asks("n", Integer), asks("child", Repeat, times("${n}"), holds(
		asks("name", Text), asks("age", Integer, must), asks("school", One, of("yn"), relevant("${age} >= 7")), asks("no", Calculate, calculates("position()")))),
		asks("ages", Calculate, calculates("sum(${age})")), asks("count", Calculate, calculates("count(${child})")), asks("oldest", Calculate, calculates("max(${age})")))
	r := f.Run(nil, noon, "ky")
	equal(t, "screens", []string{"n"}, keys(r))
	answer(t, r, "n", sent("n", "2"))
	equal(t, "screens", []string{"n", "child,1", "child,2"}, keys(r))
	answer(t, r, "child,2", sent("age", "9"))
	equal(t, "left", 1, r.Left(r.Screens()))
	answer(t, r, "child,1", sent("age", "5", "name", "Айгүл"))
	equal(t, "left", 2, r.Left(r.Screens())) // the school of the second child has come
	answer(t, r, "child,2", sent("age", "9", "school", "yes"))
	want := data.Answers{"n": {Text: "2"}, "ages": {Text: "14"}, "count": {Text: "2"}, "oldest": {Text: "9"}, "child": {Rows: []data.Answers{
		{"name": {Text: "Айгүл"}, "age": {Text: "5"}, "no": {Text: "1"}},
		{"name": {Said: data.Empty}, "age": {Text: "9"}, "school": {Text: "yes"}, "no": {Text: "2"}}}}}
	equal(t, "sent", want, r.Final())
	answer(t, r, "n", sent("n", "1"))
	equal(t, "one is sent", 1, len(r.Final()["child"].Rows))
	equal(t, "sum", "5", r.Final()["ages"].Text)
	answer(t, r, "n", sent("n", "2"))
	equal(t, "sent", want, r.Final())
	for n, want := range map[string]int{"1000000000": MaxRows, "-3": 0, "0": 0, "1,9": 1} {
		r.Answers["n"] = data.Answer{Text: n}
		r.Changed()
		equal(t, n, want, r.Times(f.Question("child")))
	}
}

func TestRepeatsAsLongAsThePersonLikes(t *testing.T) {
	f := open(t, asks("need", Repeat, holds(asks("what", Text, must))), asks("end", Text))
	r := f.Run(nil, noon, "ky")
	equal(t, "screens", []string{"need,more", "end"}, keys(r))
	more := r.Screens()[0]
	equal(t, "visited", false, r.Visited(more))
	r.Keep(more, nil) // no more
	equal(t, "visited", true, r.Visited(more))
	for i := range MaxRows {
		r.Keep(Screen{Name: "need", Row: i, Repeat: f.Question("need")}, data.Answers{"what": {Text: fmt.Sprint(i)}})
	}
	equal(t, "screens", MaxRows+1, len(r.Screens())) // it does not ask for more
	equal(t, "sent", MaxRows, len(r.Final()["need"].Rows))
}

// Repeats have pages of their own, even where all else is on one.
func TestRepeatsAmongQuestionsOfOnePage(t *testing.T) {
	f := open(t, asks("g", Group, func(q *Question) { q.Together = true }, holds(asks("a", Text), asks("r", Repeat, times("2"), holds(asks("x", Text))))), asks("b", Text))
	for whole, want := range map[bool][]string{true: {"all", "r,1", "r,2"}, false: {"g", "r,1", "r,2", "b"}} {
		f.Whole = whole
		r := f.Run(nil, noon, "ky")
		equal(t, "screens", want, keys(r))
		for _, s := range r.Screens() {
			answer(t, r, s.Key(), sent("x", "суу"))
		}
		equal(t, "left", -1, r.Left(r.Screens()))
		equal(t, "rows", []data.Answers{{"x": {Text: "суу"}}, {"x": {Text: "суу"}}}, r.Final()["r"].Rows)
	}
}

func TestQuestionsThatAPageBringsLater(t *testing.T) {
	f := open(t, asks("before", Text), asks("g", Group, func(q *Question) { q.Together = true }, holds(asks("a", One, of("yn")), asks("b", Text, must, relevant("${a} = 'yes'")),
		asks("c", Text, relevant("${b} != ''")), asks("d", Text, relevant("${before} = 'x'")))))
	r := f.Run(nil, noon, "ky")
	names := func(questions []*Question) (names []string) {
		for _, q := range questions {
			names = append(names, q.Name)
		}
		return names
	}
	equal(t, "asked", []string{"a"}, names(r.Screens()[1].Asked))
	equal(t, "later", []string{"b", "c"}, names(r.Screens()[1].Later))
	answer(t, r, "g", sent("a", "yes"))
	equal(t, "visited", false, r.Visited(r.Screens()[1]))
	answer(t, r, "g", sent("a", "yes", "b", "суу"))
	equal(t, "asked", []string{"a", "b", "c"}, names(r.Screens()[1].Asked))
}

// No circle and no tower of calculations keeps the server busy.
func TestCirclesAndTowersEnd(t *testing.T) {
	tower := []Question{asks("x", Integer), asks("c0", Calculate, calculates("${x}"))}
	for i := range 200 {
		tower = append(tower, asks(fmt.Sprint("c", i+1), Calculate, calculates(fmt.Sprintf("if(${c%d} > 0, ${c%d} + ${c%d}, 0)", i, i, i))))
	}
	for name, questions := range map[string][]Question{
		"tower":    tower,
		"itself":   {asks("a", Text, relevant("${a} = ''")), asks("c", Calculate, calculates("${c} + 1"))},
		"two":      {asks("a", Text, relevant("${b} = ''")), asks("b", Text, relevant("${a} = ''"))},
		"hidden":   {asks("a", Hidden, func(q *Question) { q.Default = "${b}" }), asks("b", Hidden, func(q *Question) { q.Default = "${a}" }), asks("q", Text)},
		"times":    {asks("r", Repeat, times("count(${x})"), holds(asks("x", Text)))},
		"sum":      {asks("r", Repeat, times("${c}"), holds(asks("x", Integer))), asks("c", Calculate, calculates("sum(${x})"))},
		"row":      {asks("r", Repeat, relevant("${x} = 1"), holds(asks("x", Integer)))},
		"group":    {asks("g", Group, relevant("${x} = 1"), holds(asks("x", Integer)))},
		"relevant": {asks("x", Text, relevant("${c} = 1")), asks("c", Calculate, calculates("count(${x})"))},
	} {
		f := kept(t, asked(questions...))
		r := f.Run(data.Answers{"x": {Text: "1"}}, noon, "ky")
		r.Screens()
		r.Final()
		circle := slices.ContainsFunc(f.Check(), func(f Finding) bool { return f.Key == "form.circle" && f.Grave })
		if circle == (name == "tower") {
			t.Errorf("%s: Check says %+v", name, f.Check())
		}
	}
}

func TestTheFirstOfAKindIsNotOneOfARepeat(t *testing.T) {
	f := open(t, asks("r", Repeat, holds(asks("child_sex", Sex))), asks("sex", Sex))
	if q := f.Find(Sex); q == nil || q.Name != "sex" {
		t.Errorf("found %v", q)
	}
	if q := f.Find(Rank); q != nil {
		t.Errorf("found %v", q)
	}
}

func TestDefaultsAndLabels(t *testing.T) {
	f := open(t, asks("a", One, of("yn")), asks("b", Text, func(q *Question) { q.Default = "jr:choice-name(${a}, '${a}')" }))
	f.Lists[0].Choices[0].Label = data.Text{KY: "ооба", RU: "да"}
	r := f.Run(nil, noon, "ru")
	equal(t, "nothing yet", "", r.Default(f.Question("b"), -1))
	answer(t, r, "a", sent("a", "yes"))
	equal(t, "label", "да", r.Default(f.Question("b"), -1))
	equal(t, "no default", "", r.Default(f.Question("a"), -1))
}
