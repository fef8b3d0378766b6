package data

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func titled(n int, ky, ru, en string) Problem {
	return Problem{ID: id(n), Title: Text{KY: ky, RU: ru, EN: en}}
}

var village = []Problem{
	titled(1, "Ичүүчү суу жетишсиз", "Не хватает питьевой воды", "Not enough drinking water"),
	titled(2, "Көчөлөрдү оңдоо", "Ремонт улиц", "Street repair"),
	titled(3, "Көчө жарыгы", "Уличное освещение", "Street lighting"),
	titled(4, "", "Нет детского сада", ""),
	titled(5, "Сугат суусу жетишсиз", "Не хватает поливной воды", ""),
	titled(6, "Спорт аянты", "", "Sports ground"),
}

func numbers(found []Problem) (n []int) {
	for _, p := range found {
		n = append(n, int(p.ID[15]))
	}
	return n
}

func TestTypingATitleProposesStoredOnes(t *testing.T) {
	for _, c := range []struct {
		typed string
		same  int   // the problem that is the same but for letters, 0 where none is
		among []int // what is proposed besides, in no order
	}{
		{"Кочо жарыгы", 3, nil},
		{"КӨЧӨ ЖАРЫГЫ!", 3, nil},
		{"Kочо жарыгы", 3, nil}, // a Latin K
		{"street lighting", 3, []int{2}},
		{"Уличное освещение", 3, nil},
		{"ичуучу суу жетишпейт", 0, []int{1}},
		{"ремонт улицы", 0, []int{2}},
		{"нет детского садика", 0, []int{4}},
		{"Врач керек", 0, nil},
		{"...", 0, nil},
		{"", 0, nil},
	} {
		found := Alike(c.typed, village, 10)
		var got []int
		for i, l := range found {
			if l.Same != (int(l.Problem.ID[15]) == c.same) || l.Same && i > 0 {
				t.Errorf("%q: %d. %v is the same: %v", c.typed, i+1, l.Problem.Title, l.Same)
			}
			got = append(got, int(l.Problem.ID[15]))
		}
		want := c.among
		if c.same > 0 {
			want = append([]int{c.same}, want...)
		}
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%q proposes %v, want %v", c.typed, got, want)
		}
	}
}

func TestTheSameTitleComesFirst(t *testing.T) {
	turned := []Problem{titled(1, "жол суу", "", ""), titled(2, "суу жол", "", "")}
	found := Alike("Суу жол", turned, 1)
	if len(found) != 1 || found[0].Problem.ID != id(2) || !found[0].Same {
		t.Errorf("got %+v", found)
	}
}

func TestTheLikestComeFirstAndNotTooMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("суужол")), 1, 4, -1)
		line := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " ")
		})
		var problems []Problem
		for i, title := range rapid.SliceOfN(line, 0, 8).Draw(t, "titles") {
			problems = append(problems, titled(i+1, title, "", ""))
		}
		typed, most := line.Draw(t, "typed"), rapid.IntRange(0, 9).Draw(t, "most")
		every, found := Alike(typed, problems, len(problems)), Alike(typed, problems, most)
		if len(found) != min(most, len(every)) || !slices.Equal(found, every[:len(found)]) {
			t.Fatalf("of %v the first %d are %v", every, most, found)
		}
		for i, l := range every {
			if l.Score < likeEnough || l.Score > 1 || l.Same && l.Score != 1 {
				t.Fatalf("%+v", l)
			}
			if i > 0 && (every[i-1].Score < l.Score || l.Same && !every[i-1].Same) {
				t.Fatalf("%+v comes before %+v", every[i-1], l)
			}
		}
		if same := Alike(typed, []Problem{titled(1, "", typed, "")}, 1); len(same) != 1 || !same[0].Same {
			t.Fatalf("%q is not like itself: %v", typed, same)
		}
	})
}

func TestSearchFoldsLettersAndWantsEveryWord(t *testing.T) {
	imported := append(slices.Clone(village), Problem{ID: id(7), Title: Text{EN: "Łódź park"}, Source: "BO-17/2"})
	for query, want := range map[string][]int{
		"":            {1, 2, 3, 4, 5, 6, 7},
		"  ?! ":       {1, 2, 3, 4, 5, 6, 7},
		"кочо":        {2, 3},
		"КӨЧӨ":        {2, 3},
		"суу":         {1, 5},
		"суу сугат":   {5},
		"жетиш ичуу":  {1},
		"street":      {2, 3},
		"вода":        nil,
		"воды":        {1, 5},
		"суу road":    nil,
		"улич light":  {3}, // words of two languages
		"lodz":        {7},
		"17/2":        {7},
		"детскогосад": nil,
	} {
		if got := numbers(Search(query, imported)); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

func merged(into ...int) (problems []Problem) {
	for i, to := range into {
		p := Problem{ID: id(i + 1)}
		if to > 0 {
			p.Into = id(to)
		}
		problems = append(problems, p)
	}
	return problems
}

func TestMergesFollowChains(t *testing.T) {
	for _, c := range []struct {
		name string
		into []int
		want []int // who stands for each; -1 is any of a circle
	}{
		{"nothing is merged", []int{0, 0, 0}, []int{1, 2, 3}},
		{"one into another", []int{2, 0, 0}, []int{2, 2, 3}},
		{"a chain", []int{2, 3, 4, 0}, []int{4, 4, 4, 4}},
		{"a chain backwards", []int{0, 1, 2, 3}, []int{1, 1, 1, 1}},
		{"two into one", []int{3, 3, 0, 0}, []int{3, 3, 3, 4}},
		{"a circle ends", []int{2, 3, 1, 0}, []int{-1, -1, -1, 4}},
		{"into itself", []int{1, 0}, []int{-1, 2}},
	} {
		m := MergesOf(merged(c.into...))
		for i, want := range c.want {
			got := m.Of(id(i + 1))
			if want > 0 && got != id(want) || want < 0 && c.want[got[15]-1] != -1 {
				t.Errorf("%s: %d stands for %d", c.name, got[15], i+1)
			}
		}
		if got := m.Of(id(99)); got != id(99) {
			t.Errorf("%s: a problem of elsewhere became %d", c.name, got[15])
		}
	}
}

func TestWhatSpeaksAgainstAMerge(t *testing.T) {
	problems := merged(2, 0, 0, 3) // 1 into 2, 4 into 3
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{2, 3, ""}, {3, 2, ""}, {1, 3, ""}, {2, 4, ""}, {4, 1, ""},
		{1, 1, "problem.merge.self"}, {2, 2, "problem.merge.self"}, {2, 1, "problem.merge.self"}, {1, 2, "problem.merge.self"},
		{9, 1, "error.choose"}, {1, 9, "error.choose"},
	} {
		if got := CanMerge(problems, id(c.from), id(c.to)); got.Key != c.want {
			t.Errorf("%d into %d: %q, want %q", c.from, c.to, got.Key, c.want)
		}
	}
}

// However people merge, nobody ends in a circle, and those that stand for
// others stand for themselves.
func TestMergesNeverMakeACircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		problems := merged(make([]int, rapid.IntRange(1, 8).Draw(t, "problems"))...)
		any := rapid.IntRange(0, len(problems)-1)
		for range rapid.IntRange(0, 20).Draw(t, "merges") {
			from, to := any.Draw(t, "from"), any.Draw(t, "to")
			before := MergesOf(problems)
			if CanMerge(problems, problems[from].ID, problems[to].ID).Key != "" {
				continue
			}
			problems[from].Into = problems[to].ID
			after := MergesOf(problems)
			if after.Of(problems[from].ID) != before.Of(problems[to].ID) {
				t.Fatalf("%d into %d: %v", from+1, to+1, problems)
			}
			for _, p := range problems {
				end := after.Of(p.ID)
				if after.Of(end) != end || !problems[end[15]-1].Into.Zero() {
					t.Fatalf("%d ends at %d, which is merged itself", p.ID[15], end[15])
				}
			}
		}
	})
}

func TestProblemIsCheckedAsTyped(t *testing.T) {
	long := strings.Repeat("ө", MaxName+1)
	for _, c := range []struct {
		name string
		p    Problem
		want map[string]string
	}{
		{"one language is enough", Problem{Title: Text{EN: "road"}}, nil},
		{"everything", Problem{Title: Text{KY: "жол"}, Issue: 22, Competence: OfState}, nil},
		{"as long as may be", Problem{Title: Text{KY: long[2:]}}, nil},
		{"no title", Problem{}, map[string]string{"title": "error.required"}},
		{"a long title", Problem{Title: Text{RU: long}}, map[string]string{"title": "error.long"}},
		{"no such issue", Problem{Title: Text{KY: "жол"}, Issue: -1}, map[string]string{"issue": "error.range"}},
		{"no such competence", Problem{Title: Text{KY: "жол"}, Competence: "rayon"}, map[string]string{"competence": "error.choose"}},
	} {
		if got := faults(c.p.Check()); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
