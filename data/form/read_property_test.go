package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ashar/data"
)

// everyKind is a form with a question of every kind that people answer, each a
// second time where it is refusable and its order is drawn by lot.
func everyKind(t testing.TB) *Form {
	var questions []Question
	for _, kind := range Kinds {
		if !kind.Asks() {
			continue
		}
		for i, with := range [][]func(*Question){{must}, {refusable, random, ties}} {
			questions = append(questions, asks(fmt.Sprint(kind, i), kind, append(with, func(q *Question) {
				switch kind {
				case One, Many, Rank, Points, Pairs, Matrix:
					marked(q)
				case Range:
					scale(-1, 1, 0.25)(q)
				}
				if kind == Points {
					q.Points = 7
				}
			})...))
		}
	}
	return open(t, questions...)
}

// hostile is a value that somebody may send in a field of the form.
func hostile(f *Form) *rapid.Generator[string] {
	values := []string{"", "yes", "1", "2", "3", "0", "-1", "5", "0,25", "1e9", "NaN", "female", "18-28", "v1", "2026-11-24", Tie, RefusedValue, "суу", "\x00", badUTF8,
		"water road school clinic light", "light road school clinic water"}
	for _, l := range f.Lists {
		for _, c := range l.Choices {
			values = append(values, c.Name)
		}
	}
	return rapid.OneOf(rapid.SampledFrom(values), rapid.SampledFrom(values), rapid.StringN(0, 20, 60))
}

// posts draws what somebody may send to a form.
func posts(t *rapid.T, f *Form) post {
	p := post{}
	value := hostile(f)
	put := func(field string, likely ...string) {
		if len(likely) > 0 && rapid.Bool().Draw(t, "likely") {
			p[field] = []string{rapid.SampledFrom(likely).Draw(t, field)}
			return
		}
		if n := rapid.SampledFrom([]int{0, 1, 1, 1, 2}).Draw(t, "n "+field); n > 0 {
			p[field] = rapid.SliceOfN(value, n, n).Draw(t, field)
		}
	}
	f.All(func(q, _ *Question) bool {
		switch q.Kind {
		case Date:
			put(q.Name, "2026-11-24", "4.3.2026", "")
		case Integer, Decimal, Range:
			put(q.Name, "1", "2", "3", "")
		default:
			put(q.Name)
		}
		if rapid.IntRange(0, 7).Draw(t, "refuses") == 0 {
			put(q.Name + PartRefused)
		}
		put(q.Name + PartShown)
		for _, c := range f.Choices(q) {
			if slices.Contains([]Kind{Rank, Points, Matrix}, q.Kind) {
				put(q.Name+"/"+c.Name, "1", "2", "3", "")
			}
		}
		if q.Kind == Pairs {
			for _, pair := range PairsOf(f.Choices(q)) {
				put(q.Name+"/"+pair[0].Name+"/"+pair[1].Name, pair[0].Name, pair[1].Name, Tie, "")
			}
		}
		return true
	})
	return p
}

// What is read is what the question allows, and a page that shows it again and
// is sent again says the same.
func TestAPageShownAgainSaysTheSame(t *testing.T) {
	f := everyKind(t)
	read := map[Kind]int{}
	rapid.Check(t, func(t *rapid.T) {
		p := posts(t, f)
		r := f.Run(nil, noon, "ru")
		for i := range f.Questions {
			q := &f.Questions[i]
			a, fault := r.Read(q, -1, p.values)
			if fault.Key != "" {
				continue
			}
			fits(t, f, q, a)
			fields := Fields(q, a)
			again, fault := r.Read(q, -1, func(field string) []string { return fields[field] })
			if diff := cmp.Diff(a, again, cmpopts.EquateEmpty()); diff != "" || fault.Key != "" {
				t.Fatalf("%s: %v\n%s", q.Name, fault, diff)
			}
			if a.Said == data.Answered {
				read[q.Kind]++
			}
		}
	})
	for _, kind := range Kinds {
		if kind.Asks() && read[kind] == 0 && !testing.Short() {
			t.Errorf("no %s was ever answered", kind)
		}
	}
}

// fits wants an answer to hold nothing that its question does not offer.
func fits(t fataler, f *Form, q *Question, a data.Answer) {
	t.Helper()
	blank := a.Blank()
	if blank == (a.Said == data.Answered) && q.Kind != Repeat {
		t.Fatalf("%s is said to be %q and holds %s", q.Name, a.Said, shown(a))
	}
	var names []string
	switch q.Kind {
	case One, Village, Sex, Band:
		names = strings.Fields(a.Text)
	case Many:
		names = slices.Clone(a.Picks) // they are sorted below
	case Rank:
		names = slices.Concat(a.Ranks...)
	case Points:
		total := 0
		for name, n := range a.Points {
			names, total = append(names, name), total+n
			if n < 1 {
				t.Fatalf("%s gives %d points", q.Name, n)
			}
		}
		if total > q.Points {
			t.Fatalf("%s gives %d points of %d", q.Name, total, q.Points)
		}
	case Matrix:
		names = slices.Collect(maps.Keys(a.Cells))
		for _, mark := range a.Cells {
			if _, ok := ChoiceOf(f.MarksOf(q), mark); !ok {
				t.Fatalf("%s has the mark %q", q.Name, mark)
			}
		}
	case Pairs:
		for pair, mark := range a.Cells {
			x, y, _ := strings.Cut(pair, " ")
			if mark != x && mark != y && mark != Tie || x == y {
				t.Fatalf("%s: of %s %q", q.Name, pair, mark)
			}
			names = append(names, x)
		}
	}
	slices.Sort(names)
	if q.Kind != Pairs && len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Fatalf("%s names a choice twice: %s", q.Name, shown(a))
	}
	for _, name := range names {
		if _, ok := ChoiceOf(f.Choices(q), name); !ok {
			t.Fatalf("%s has %q", q.Name, name)
		}
	}
	if q.Top > 0 && len(names) > q.Top && (q.Kind == Rank || q.Kind == Many) {
		t.Fatalf("%s names %d of at most %d", q.Name, len(names), q.Top)
	}
}
