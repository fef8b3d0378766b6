package form

import (
	"fmt"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// road is a form with a question whose condition is given, behind some that it
// may look at.
func road(condition string) *Form {
	return asked(asks("road", One, of("yn")), asks("where", Many, of("wants")), asks("age", Integer), asks("say", Text),
		asks("child", Repeat, holds(asks("years", Integer), asks("school", One, of("yn")))),
		asks("q", Text, relevant(condition)))
}

func notes(f *Form, question, key string) bool {
	return slices.ContainsFunc(f.Check(), func(one Finding) bool { return one.Question == question && one.Key == key })
}

func TestAConditionThatNoAnswerFulfilsIsFound(t *testing.T) {
	for condition, dead := range map[string]bool{
		"${road} = 'yes' and ${road} = 'no'":                      true, // two conditions picked one after the other
		"(${road} = 'yes') and (${road} = 'no' or ${age} = 1)":    false,
		"${road} = 'yes' or ${road} = 'no'":                       false,
		"${road} = 'yes' and ${road} != 'yes'":                    true,
		"${road} = 'maybe'":                                       true,
		"not(${road} = ${road})":                                  true,
		"${road} = ''":                                            false, // it may be left empty
		"selected(${where}, 'water') and ${road} = 'no'":          false,
		"selected(${where}, 'water') and selected(${where}, 'x')": false, // several may be picked: nothing is certain
		"${age} > 60 and ${age} < 18":                             true,
		"${age} >= 18 and ${age} <= 18":                           false,
		"${age} > 17 and ${age} < 18":                             false, // not between whole numbers, but that is not looked at
		"${age} + 1 > 60 and ${age} < 18":                         false, // what is counted with is not certain
		"${age} > 60 and (${age} < 18 and ${say} = 'x')":          true,
		"${say} = 'a' and ${say} = 'b'":                           false, // what people write may be anything
		"${years} > 5 and ${years} < 3":                           false, // one child and another
		"${school} = 'yes' and ${school} = 'no'":                  false,
		"today() > '2030-01-01' and ${road} = 'yes'":              false,
		"if(${road} = 'yes', ${road} = 'no', 1 = 2)":              true,
	} {
		if found := notes(road(condition), "q", "form.expr.dead.false"); found != dead {
			t.Errorf("%s: dead is %v, wanted %v", condition, found, dead)
		}
	}
}

func TestAConditionAgainstThatOfItsGroupIsFound(t *testing.T) {
	inside := asks("g", Group, holds(asks("a", Text, relevant("${b} = 'no'")), asks("c", Text)), relevant("${b} = 'yes'"))
	f := asked(asks("b", One, of("yn")), inside)
	if !notes(f, "a", "form.expr.dead.false") || notes(f, "c", "form.expr.dead.false") || notes(f, "g", "form.expr.dead.false") {
		t.Errorf("found %+v", f.Check())
	}
	inside.Relevant = "${b} = 'yes' and ${b} = 'no'"
	f = asked(asks("b", One, of("yn")), inside)
	if notes(f, "a", "form.expr.dead.false") || !notes(f, "g", "form.expr.dead.false") {
		t.Errorf("it is not the group alone that is dead: %+v", f.Check())
	}
}

func TestARuleThatNoAnswerKeepsClosesTheForm(t *testing.T) {
	for rule, dead := range map[string]bool{". > 20 and . < 1": true, ". >= 1 and . <= 20": false, ". = 5 or . < 1": false} {
		f := asked(asks("n", Integer, constrained(rule)))
		if Grave(f.Check()) != dead || notes(f, "n", "form.expr.dead.false") != dead {
			t.Errorf("%s: %+v", rule, f.Check())
		}
	}
}

func TestChoicesThatNobodyIsOfferedAreNamed(t *testing.T) {
	f := asked(asks("part", One, of("yn")), asks("street", One, of("streets"), func(q *Question) { q.Filter = "of_part = ${part}" }))
	streets := list("streets", "manas", "lenin", "new")
	for i, part := range []string{"yes", "no", ""} {
		streets.Choices[i].Extra = map[string]string{"of_part": part}
	}
	streets.Choices[2].Extra = nil // added later, and not said where it is
	f.Lists = append(f.Lists, streets)
	if notes(f, "street", "form.choice.never") {
		t.Error("what belongs to no part is offered to who does not say theirs")
	}
	f.Questions[0].Required = true
	if !notes(f, "street", "form.choice.never") {
		t.Error("everybody must say theirs")
	}
	f.Questions[0].Required = false
	streets.Choices[2].Extra = map[string]string{"of_part": "yse"}
	f.Lists[len(f.Lists)-1] = streets
	if !notes(f, "street", "form.choice.never") || Grave(f.Check()) {
		t.Errorf("found %+v", f.Check())
	}
}

// conditionOf draws a condition about the questions of road.
func conditionOf(t *rapid.T, depth int) string {
	if depth == 0 || rapid.Bool().Draw(t, "plain") {
		return rapid.OneOf(
			rapid.SampledFrom([]string{"${road} = 'yes'", "${road} != 'no'", "${road} = ''", "'no' = ${road}", "selected(${road}, 'yes')", "selected(${where}, 'water')", "${say} = 'x'", "${say}"}),
			rapid.Map(rapid.IntRange(-3, 3), func(n int) string {
				return fmt.Sprintf("${age} %s %d", []string{"=", "!=", "<", "<=", ">", ">=", "="}[n+3], max(n, 0))
			}),
		).Draw(t, "part")
	}
	a, b := conditionOf(t, depth-1), conditionOf(t, depth-1)
	return rapid.SampledFrom([]string{"(" + a + " and " + b + ")", "(" + a + " or " + b + ")", "not(" + a + ")", "if(" + a + ", " + b + ", false())"}).Draw(t, "joined")
}

// Whatever people answer, a question whose condition is called dead is not asked.
func TestADeadConditionNeverHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := road(conditionOf(t, 3))
		dead := notes(f, "q", "form.expr.dead.false")
		for range 20 {
			answers := data.Answers{}
			for name, values := range map[string][]string{"road": {"", "yes", "no"}, "age": {"", "0", "1", "2", "3", "-4", "2.5"}, "say": {"", "x", "y"}} {
				answers[name] = data.Answer{Text: rapid.SampledFrom(values).Draw(t, name)}
			}
			if rapid.Bool().Draw(t, "water") {
				answers["where"] = data.Answer{Picks: []string{"water"}}
			}
			if dead && f.Run(answers, noon, "en").Relevant(f.Question("q"), -1) {
				t.Fatalf("%s is called dead, and holds for %+v", f.Question("q").Relevant, answers)
			}
		}
	})
}
