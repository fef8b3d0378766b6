package form

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// built is a form with a group and a repeat.
func built() *Form {
	return &Form{Languages: []string{"ky"}, Questions: []Question{
		{Name: "a", Kind: Text},
		{Name: "g", Kind: Group, Relevant: "${a} = '1'", Questions: []Question{{Name: "b", Kind: Text, Relevant: "${a} != '2'"}, {Name: "c", Kind: One, List: "l", Relevant: "${b} = 'x'"}}},
		{Name: "r", Kind: Repeat, Questions: []Question{{Name: "d", Kind: Text}}},
		{Name: "e", Kind: Text},
	}, Lists: []List{{Name: "l"}, {Name: "unused"}}}
}

// names of a form's questions in order, with what holds each.
func (f *Form) names() (names []string) {
	f.All(func(q, _ *Question) bool {
		names = append(names, f.Holder(q.Name)+">"+q.Name)
		return true
	})
	return names
}

func TestQuestionsAreMoved(t *testing.T) {
	for _, one := range []struct {
		name string
		do   func(*Form) bool
		ok   bool
		want []string
	}{
		{"up", func(f *Form) bool { return f.Move("g", -1) }, true, []string{">g", "g>b", "g>c", ">a", ">r", "r>d", ">e"}},
		{"down in a group", func(f *Form) bool { return f.Move("b", 1) }, true, []string{">a", ">g", "g>c", "g>b", ">r", "r>d", ">e"}},
		{"the first one up", func(f *Form) bool { return f.Move("a", -1) }, false, built().names()},
		{"the last one of a group down", func(f *Form) bool { return f.Move("c", 1) }, false, built().names()},
		{"into the group after it", func(f *Form) bool { return f.Enter("a") }, true, []string{">g", "g>a", "g>b", "g>c", ">r", "r>d", ">e"}},
		{"into the repeat before it", func(f *Form) bool { return f.Enter("e") }, true, []string{">a", ">g", "g>b", "g>c", ">r", "r>d", "r>e"}},
		{"a repeat into the group before it", func(f *Form) bool { return f.Enter("r") }, true, []string{">a", ">g", "g>b", "g>c", "g>r", "r>d", ">e"}},
		{"into what is no group", func(f *Form) bool { return f.Enter("b") }, false, built().names()},
		{"out of a group", func(f *Form) bool { return f.Leave("b") }, true, []string{">a", ">g", "g>c", ">b", ">r", "r>d", ">e"}},
		{"out of none", func(f *Form) bool { return f.Leave("a") }, false, built().names()},
		{"into a new group", func(f *Form) bool { return f.Wrap("c", Question{Name: "h", Kind: Group}) }, true, []string{">a", ">g", "g>b", "g>h", "h>c", ">r", "r>d", ">e"}},
		{"a group taken apart", func(f *Form) bool { return f.Unwrap("g") }, true, []string{">a", ">b", ">c", ">r", "r>d", ">e"}},
		{"taking apart what is no group", func(f *Form) bool { return f.Unwrap("a") }, false, built().names()},
		{"removed with all inside", func(f *Form) bool { return f.Remove("g") }, true, []string{">a", ">r", "r>d", ">e"}},
		{"what is not there", func(f *Form) bool { return f.Remove("z") }, false, built().names()},
		{"added behind", func(f *Form) bool { f.Add(Question{Name: "n", Kind: Text}, "b"); return true }, true, []string{">a", ">g", "g>b", "g>n", "g>c", ">r", "r>d", ">e"}},
		{"added into a group", func(f *Form) bool { return f.AddInto(Question{Name: "n", Kind: Text}, "g") }, true, []string{">a", ">g", "g>b", "g>c", "g>n", ">r", "r>d", ">e"}},
		{"added into what is no group", func(f *Form) bool { return f.AddInto(Question{Name: "n", Kind: Text}, "a") }, false, built().names()},
		{"a repeat added into a repeat", func(f *Form) bool { return f.AddInto(Question{Name: "n", Kind: Repeat}, "r") }, false, built().names()},
		{"added at the end", func(f *Form) bool { f.Add(Question{Name: "n", Kind: Text}, ""); return true }, true, []string{">a", ">g", "g>b", "g>c", ">r", "r>d", ">e", ">n"}},
	} {
		f := built()
		if ok := one.do(f); ok != one.ok || !slices.Equal(f.names(), one.want) {
			t.Errorf("%s: %v %v, wanted %v", one.name, ok, f.names(), one.want)
		}
	}
}

func TestTheConditionOfAGroupStaysWithItsQuestions(t *testing.T) {
	f := built()
	f.Unwrap("g")
	if got := f.Question("b").Relevant; got != "(${a} = '1') and (${a} != '2')" {
		t.Error(got)
	}
}

func TestExpressionsFollowANewName(t *testing.T) {
	f := built()
	q := *f.Question("b")
	q.Name = "road"
	if !f.Replace("b", q) || f.Question("c").Relevant != "${road} = 'x'" || f.Question("b") != nil {
		t.Error(f.Question("c").Relevant)
	}
	if users := f.Users("a"); len(users) != 2 || users[0].Name != "g" || users[1].Name != "road" {
		t.Error(len(users))
	}
}

func TestACopySpeaksOfItself(t *testing.T) {
	f := built()
	name, ok := f.Copy("g", func(n string) bool { return n == "b_2" })
	if !ok || name != "g_2" {
		t.Fatal(name, ok)
	}
	if copied := f.Question("c_2"); copied == nil || copied.Relevant != "${b_3} = 'x'" || f.Question("c").Relevant != "${b} = 'x'" {
		t.Error(f.names())
	}
	if got := f.Question("b_3").Relevant; got != "${a} != '2'" {
		t.Error(got)
	}
}

func TestListsThatNobodyOffersGo(t *testing.T) {
	f := built()
	f.Tidy()
	if len(f.Lists) != 1 || f.Lists[0].Name != "l" {
		t.Error(f.Lists)
	}
	f.PutList(List{Name: "m"})
	f.PutList(List{Name: "l", Problems: true})
	if len(f.Lists) != 2 || !f.ListOf("l").Problems {
		t.Error(f.Lists)
	}
}

func TestNoChangeLosesAQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := built()
		want := 7
		for range rapid.IntRange(1, 30).Draw(t, "changes") {
			var names []string
			f.All(func(q, _ *Question) bool {
				names = append(names, q.Name)
				return true
			})
			if len(names) == 0 {
				return
			}
			name := rapid.SampledFrom(names).Draw(t, "which")
			free := func(string) bool { return false }
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 0:
				f.Move(name, rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
			case 1:
				f.Enter(name)
			case 2:
				f.Leave(name)
			case 3:
				if want < 60 && f.Wrap(name, Question{Name: f.Fresh("w", free), Kind: Group}) {
					want++
				}
			case 4:
				if f.Unwrap(name) {
					want--
				}
			case 5:
				before := len(f.names())
				if before < 40 {
					f.Copy(name, free)
					want += len(f.names()) - before
				}
			}
			seen := map[string]bool{}
			f.All(func(q, repeat *Question) bool {
				if seen[q.Name] || q.Kind == Repeat && repeat != nil {
					t.Fatalf("%s twice, or a repeat in a repeat: %v", q.Name, f.names())
				}
				seen[q.Name] = true
				return true
			})
			if len(seen) != want {
				t.Fatalf("%d questions, wanted %d: %v", len(seen), want, f.names())
			}
		}
	})
}
