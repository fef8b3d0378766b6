package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ashar/data"
)

// drawForm is some form that may be opened: conditions and repeats look at
// questions before them.
func drawForm(t *rapid.T) *Form {
	var before []string // integer questions outside of repeats
	n := 0
	var draw func(deep int, repeat bool) []Question
	condition := func() string {
		if len(before) == 0 || rapid.Bool().Draw(t, "always") {
			return ""
		}
		name := rapid.SampledFrom(before).Draw(t, "name")
		return fmt.Sprintf(rapid.SampledFrom([]string{"${%s} > 1", "${%s} != ''", "not(${%[1]s} = 2) or ${%[1]s} = 3", "count(${%s}) = 1"}).Draw(t, "condition"), name)
	}
	draw = func(deep int, repeat bool) (questions []Question) {
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			n++
			q := asks(fmt.Sprint("q", n), rapid.SampledFrom(Kinds).Draw(t, "kind"))
			q.Relevant, q.Required, q.Refusable, q.Random = condition(), rapid.Bool().Draw(t, "must"), rapid.Bool().Draw(t, "refusable"), rapid.Bool().Draw(t, "random")
			q.Together, q.Ties = rapid.Bool().Draw(t, "together"), rapid.Bool().Draw(t, "ties")
			if (q.Kind == Group || q.Kind == Repeat) && deep > 2 || q.Kind == Repeat && repeat {
				q.Kind = Integer
			}
			switch q.Kind {
			case Group:
				q.Questions = draw(deep+1, repeat)
			case Repeat:
				if q.Times = ""; len(before) > 0 && rapid.Bool().Draw(t, "counted") {
					q.Times = "${" + rapid.SampledFrom(before).Draw(t, "times") + "}"
				}
				q.Questions = draw(deep+1, true)
			case Integer:
				if !repeat {
					before = append(before, q.Name)
				}
			case Calculate:
				q.Calculation = "concat('x'" + strings.Join(slices.Concat([]string{""}, refs(before)), ", ") + ")"
			case Range:
				q.From, q.To = 1, 3
			case Points:
				q.Points = 5
			}
			if q.Kind.Chosen() {
				q.List, q.Marks = "wants", "marks"
			}
			questions = append(questions, q)
		}
		return questions
	}
	f := asked(draw(0, false)...)
	f.Questions = append(f.Questions, asks("last", Text))
	f.Whole = rapid.IntRange(0, 3).Draw(t, "whole") == 0
	f.prepare()
	return f
}

func refs(names []string) (refs []string) {
	for _, name := range names {
		refs = append(refs, "${"+name+"}")
	}
	return refs
}

// walk goes through a form as somebody with bad manners would, and checks what
// must hold at every step.
func walk(t *rapid.T, f *Form, r *Run) {
	for range rapid.IntRange(1, 12).Draw(t, "steps") {
		screens := r.Screens()
		s := rapid.SampledFrom(screens).Draw(t, "screen")
		before := shown(r.Answers)
		given, p := data.Answers{}, posts(t, f)
		for _, q := range append(slices.Clip(s.Asked), s.Later...) {
			if a, fault := r.Read(q, s.Row, p.values); fault.Key == "" && q.Kind.Asks() {
				given[q.Name] = a
			}
		}
		if s.More && rapid.Bool().Draw(t, "another") {
			s.Row, s.More = len(r.Answers[s.Name].Rows), false
		}
		r.Keep(s, given)
		if lost := lost(t, before, r.Answers, given); lost != "" {
			t.Fatalf("%s was lost", lost)
		}
		sane(t, f, r)
	}
}

// lost is the name of an answer that was there and is not any more, though
// nobody answered it.
func lost(t *rapid.T, before string, after, given data.Answers) string {
	var old data.Answers
	if err := json.Unmarshal([]byte(before), &old); err != nil {
		t.Fatal(err)
	}
	for name, a := range old {
		b, there := after[name]
		if _, answered := given[name]; !there || !answered && len(b.Rows) == 0 && !cmp.Equal(a, b, cmpopts.EquateEmpty()) || len(b.Rows) < len(a.Rows) {
			return name
		}
	}
	return ""
}

// sane wants what would be sent to be what is asked, and nothing that no
// question offers; a form of which nothing is left has no faults.
func sane(t *rapid.T, f *Form, r *Run) {
	final := r.Final()
	left := r.Left(r.Screens())
	var check func(questions []Question, answers data.Answers, row int) (names int)
	check = func(questions []Question, answers data.Answers, row int) (names int) {
		for i := range questions {
			q := &questions[i]
			a, there := answers[q.Name]
			switch {
			case q.Kind == Group:
				names += check(q.Questions, answers, row)
				continue
			case there != (q.Kind != Note && r.Relevant(q, row)):
				t.Fatalf("%s %d is asked: %v, and sent: %v", q.Name, row, !there, there)
			case !there:
				continue
			}
			names++
			if q.Kind == Repeat {
				for i, inside := range a.Rows {
					if n := check(q.Questions, inside, i); n != len(inside) {
						t.Fatalf("%s %d has %d answers to %d questions", q.Name, i, len(inside), n)
					}
				}
				continue
			}
			fits(t, f, q, a)
			if left < 0 && q.Kind.Asks() {
				if fault := r.Fault(q, row); fault.Key != "" {
					t.Fatalf("nothing is left, and %s %d has %v: %s", q.Name, row, fault, shown(a))
				}
			}
		}
		return names
	}
	if n := check(f.Questions, final, -1); n != len(final) {
		t.Fatalf("%d answers to %d questions: %s", len(final), n, shown(final))
	}
	again := f.Run(final, r.Now, r.Lang)
	if kept := again.Final(); !cmp.Equal(kept, final) {
		t.Fatalf("what was sent is not what is kept: %s", cmp.Diff(final, kept))
	}
}

func TestWhateverIsPostedWhatIsSentIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		if found := f.Check(); Grave(found) {
			t.Fatalf("%+v", found)
		}
		walk(t, f, f.Run(nil, noon, "ky"))
	})
}

// FuzzRun is the same, with forms and posts by the fuzzer's hand.
func FuzzRun(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		form := drawForm(t)
		walk(t, form, form.Run(nil, noon, "ky"))
	}))
}

// FuzzForm reads forms from bytes, broken ones too: whatever they say, running
// them comes to an end.
func FuzzForm(f *testing.F) {
	for _, form := range []*Form{everyKind(f), asked(asks("r", Repeat, times("count(${x})"), holds(asks("x", Text), asks("s", Repeat, holds(asks("y", Text)))))),
		asked(asks("a", Text, relevant("${b}")), asks("b", Text, relevant("${a}")), asks("a", Calculate, calculates("${a}${b}")))} {
		text, err := form.Value()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text.(string), "water")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		var form Form
		if len(text) > 20_000 || form.Scan(text) != nil {
			return
		}
		form.Check()
		r := form.Run(nil, noon, "ky")
		for _, s := range r.Screens() {
			given := data.Answers{}
			for _, q := range s.Asked {
				if a, fault := r.Read(q, s.Row, func(string) []string { return []string{value} }); fault.Key == "" {
					given[q.Name] = a
				}
			}
			r.Keep(s, given)
		}
		r.Left(r.Screens())
		r.Final()
	})
}
