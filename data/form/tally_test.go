package form

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"ashar/data"
	"ashar/data/cell"

	"pgregory.net/rapid"
)

// choicesOf are choices that have their names as labels.
func choicesOf(names ...string) (list []Choice) {
	for _, name := range names {
		list = append(list, Choice{Name: name, Label: data.Text{EN: name}})
	}
	return list
}

// counted is a tally of a form with one question besides sex, fed with answers
// of women and men.
func counted(q Question, women, men []data.Answer) (*Tally, int) {
	f := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b", "c", "d")}, {Name: "marks", Choices: choicesOf("good", "bad")}}, Questions: []Question{q}}
	t := NewTally(map[int]*Form{1: f}, nil)
	for sex, answers := range map[data.Sex][]data.Answer{data.Female: women, data.Male: men} {
		for i, a := range answers {
			t.Add(&data.Response{ID: data.ID{byte(i)}, Version: 1, Sex: sex, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{q.Name: a}})
		}
	}
	return t, 0
}

func everybody(Cell) bool { return true }

func TestHowAQuestionWasLeftIsToldApart(t *testing.T) {
	q := Question{Name: "q", Kind: Rank, List: "list", Top: 3, Ties: true}
	tally, at := counted(q, []data.Answer{{Ranks: [][]string{{"a"}}}, {Ranks: [][]string{{"a", "b"}, {"c"}}}, {Said: data.Refused}, {Said: data.Empty}}, nil)
	tally.Add(&data.Response{Version: 1, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{}})
	tally.Add(&data.Response{Version: 1, Tier: data.TierOpen, State: data.StateHeld, Flags: data.Flags{data.FlagSame}, Answers: data.Answers{"q": {Ranks: [][]string{{"a"}}}}})
	c := tally.Sum(at, everybody)
	if c.Of != 5 || c.Asked != 4 || c.Answered != 2 || c.Refused != 1 || c.Empty != 1 || c.Partial != 1 || c.Tied != 1 {
		t.Errorf("%+v", c)
	}
	if !slices.Equal(c.Picks, []int{2, 1, 1, 0}) || !slices.Equal(c.Ranked, []int{1, 0, 0, 0}) {
		t.Errorf("picks %v, ranked %v", c.Picks, c.Ranked)
	}
	if tally.States[data.TierOpen][data.StateHeld] != 1 || tally.Flags[data.FlagSame] != 1 {
		t.Errorf("held: %v %v", tally.States, tally.Flags)
	}
}

func TestPairsOfARankingAreHeadToHead(t *testing.T) {
	q := Question{Name: "q", Kind: Rank, List: "list"}
	tally, at := counted(q, []data.Answer{{Ranks: [][]string{{"b"}, {"a"}}}, {Ranks: [][]string{{"a"}}}}, nil)
	c := tally.Sum(at, everybody)
	for _, want := range []struct{ i, j, n int }{{0, 1, 1}, {1, 0, 1}, {0, 2, 2}, {2, 0, 0}, {1, 3, 1}, {2, 3, 0}} {
		if got := c.Wins[want.i*4+want.j]; got != want.n {
			t.Errorf("%d before %d: %d, wanted %d", want.i, want.j, got, want.n)
		}
	}
}

func TestChoicesOfAllVersionsAreCounted(t *testing.T) {
	older := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "old")}}, Questions: []Question{{Name: "q", Kind: One, List: "list"}}}
	newer := &Form{Lists: []List{{Name: "list", Choices: choicesOf("new", "a")}}, Questions: []Question{{Name: "q", Kind: One, List: "list"}, {Name: "late", Kind: One, List: "list"}}}
	tally := NewTally(map[int]*Form{1: older, 2: newer}, nil)
	for version, said := range map[int][]string{1: {"a", "old"}, 2: {"new", "a", "a"}} {
		for _, name := range said {
			tally.Add(&data.Response{Version: version, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"q": {Text: name}}})
		}
	}
	if c := tally.Sum(0, everybody); !slices.Equal(c.Picks, []int{1, 3, 1}) || c.Answered != 5 {
		t.Errorf("%v: %v", tally.Asked[0].Choices, c.Picks)
	}
	if c := tally.Sum(1, everybody); c.Of != 3 || c.Asked != 0 {
		t.Errorf("a question of the newer version only: %+v", c)
	}
}

// A choice that came later could not be chosen by those before, and who ranked
// all that stood there ranked all.
func TestWhatWasNotOfferedIsNotLeftOut(t *testing.T) {
	q := Question{Name: "q", Kind: Rank, List: "list"}
	older := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b")}}, Questions: []Question{q}}
	newer := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b", "late")}}, Questions: []Question{q}}
	tally := NewTally(map[int]*Form{1: older, 2: newer}, nil)
	for version, said := range map[int][]data.Answer{1: {{Ranks: [][]string{{"b"}, {"a"}}}, {Ranks: [][]string{{"a"}}}, {Said: data.Empty}}, 2: {{Ranks: [][]string{{"late"}, {"a"}}}}} {
		for _, a := range said {
			tally.Add(&data.Response{Version: version, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"q": a}})
		}
	}
	c, a := tally.Sum(0, everybody), &tally.Asked[0]
	if c.Partial != 2 || !slices.Equal(c.Ranked, []int{1, 1, 0}) || a.Most(1) != 2 || a.Most(2) != 3 {
		t.Errorf("partial %d, ranked %v of %+v", c.Partial, c.Ranked, a.Offers)
	}
	if could := a.Could(&c); !slices.Equal(could, []int{3, 3, 1}) {
		t.Errorf("offered to %v", could)
	}
}

func TestRowsOfARepeatAreCountedEach(t *testing.T) {
	f := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b")}}, Questions: []Question{{Name: "people", Kind: Repeat, Questions: []Question{{Name: "q", Kind: One, List: "list"}, {Name: "said", Kind: Text}}}}}
	tally := NewTally(map[int]*Form{1: f}, nil)
	tally.Add(&data.Response{Version: 1, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"people": {Rows: []data.Answers{{"q": {Text: "a"}, "said": {Text: "x"}}, {"q": {Text: "b"}}, {"q": {Said: data.Empty}}}}}})
	if c := tally.Sum(1, everybody); c.Of != 3 || c.Answered != 2 || c.Empty != 1 {
		t.Errorf("%+v", c)
	}
	if w := tally.Texts[2]; len(w) != 1 || w[0].Row != 0 {
		t.Errorf("texts %v", w)
	}
	if c := tally.Sum(0, everybody); c.Values["3"] != 1 {
		t.Errorf("instances %v", c.Values)
	}
}

func TestWeightedSharesFollowTheWeights(t *testing.T) {
	q := Question{Name: "q", Kind: One, List: "list"}
	tally, at := counted(q, slices.Repeat([]data.Answer{{Text: "a"}}, 10), slices.Repeat([]data.Answer{{Text: "b"}}, 30))
	table := tally.Table(at, data.Tiers, nil, 5, func(c Cell) float64 { return map[data.Sex]float64{data.Female: 30, data.Male: 10}[c.Sex] })
	all := table.Cols[0]
	if math.Abs(all.Share[0]-0.5) > 1e-12 || math.Abs(all.Share[1]-0.5) > 1e-12 || all.N[0] != 10 || all.N[1] != 30 {
		t.Errorf("shares %v of %v", all.Share, all.N)
	}
}

// TestHiddenNumbersCannotBeWorkedOut looks at tables as somebody would who wants
// to know what a few people said: from the sums that are shown no hidden number
// of one to four people follows.
func TestHiddenNumbersCannotBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind, least := rapid.SampledFrom([]Kind{One, Many}).Draw(t, "kind"), rapid.IntRange(3, 9).Draw(t, "least")
		f := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b", "c", "d")}}, Questions: []Question{{Name: "q", Kind: kind, List: "list"}}}
		tally := NewTally(map[int]*Form{1: f}, nil)
		bands := []data.Band{"1-2", "3-4", "5-6", "7-8"}
		var kinds []func(Cell) bool
		for _, band := range bands {
			kinds = append(kinds, func(c Cell) bool { return c.Band == band })
			for _, name := range []string{"a", "b", "c", "d"} {
				a := data.Answer{Text: name}
				if kind == Many {
					a = data.Answer{Picks: []string{name}}
				}
				for range rapid.SampledFrom([]int{0, 0, 1, 2, 3, 6, 20}).Draw(t, "people") {
					tally.Add(&data.Response{Version: 1, Band: band, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"q": a}})
				}
			}
		}
		table := tally.Table(0, data.Tiers, kinds, least, nil)
		for i, col := range table.Cols[1:] {
			hidden, people := 0, 0
			for row, n := range col.N {
				if cell.Small(n, least) && !col.Hide[row] {
					t.Fatalf("%d people are shown", n)
				}
				if col.Hide[row] {
					hidden, people = hidden+1, people+n
				}
			}
			if kind == One && people > 0 && (hidden == 1 || people < least) && hidden < len(col.N) {
				t.Fatalf("column %d tells what is hidden: %v %v", i, col.N, col.Hide)
			}
		}
		for row := range table.Cols[0].N {
			hidden, people := 0, 0
			for _, col := range table.Cols[1:] {
				if col.Hide[row] {
					hidden, people = hidden+1, people+col.N[row]
				}
			}
			if people > 0 && (hidden == 1 || people < least) && hidden < len(bands) {
				t.Fatalf("row %d tells what is hidden", row)
			}
		}
		told(t, &table, &tally.Asked[0], least)
	})
}

// told fails where something hidden can be worked out of the table as a whole,
// unless the totals alone would tell it with every kind of people hidden.
func told(t *rapid.T, table *Table, asked *Asked, least int) {
	cells, sums := table.published(asked)
	leaks, err := cell.Audit(cells, sums, least)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cells {
		if !cells[i].Fixed {
			cells[i] = cell.Hide(cells[i].N)
		}
	}
	anyway, err := cell.Audit(cells, sums, least)
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range leaks {
		if !slices.ContainsFunc(anyway, func(l cell.Leak) bool { return l.Cell == leak.Cell }) {
			t.Fatalf("%v", leak)
		}
	}
}

// Women and men each seem safe, and so does each answer: together they tell that
// one woman chose c. The table is that of the worked example.
func TestTheTableAsAWholeIsAudited(t *testing.T) {
	f := &Form{Lists: []List{{Name: "list", Choices: choicesOf("low", "medium", "high", "very_high")}}, Questions: []Question{{Name: "q", Kind: One, List: "list"}}}
	tally := NewTally(map[int]*Form{1: f}, nil)
	var kinds []func(Cell) bool
	for i, row := range [][]int{{15, 1, 3, 1}, {20, 10, 10, 15}, {3, 10, 10, 2}, {12, 14, 7, 2}} {
		band := data.Band(rune('1' + i))
		kinds = append(kinds, func(c Cell) bool { return c.Band == band })
		for choice, n := range row {
			for range n {
				tally.Add(&data.Response{Version: 1, Band: band, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"q": {Text: f.Lists[0].Choices[choice].Name}}})
			}
		}
	}
	table := tally.Table(0, data.Tiers, kinds, 5, nil)
	cells, sums := table.published(&tally.Asked[0])
	if leaks, err := cell.Audit(cells, sums, 5); err != nil || len(leaks) > 0 {
		t.Errorf("%v, %v", leaks, err)
	}
}

// Of twenty who answered eighteen chose something: that tells of two who did not.
func TestAllButAFewAreHiddenToo(t *testing.T) {
	f := &Form{Lists: []List{{Name: "list", Choices: choicesOf("a", "b")}}, Questions: []Question{{Name: "q", Kind: Many, List: "list"}}}
	tally := NewTally(map[int]*Form{1: f}, nil)
	for i := range 60 {
		picks := []string{"a"}
		if i%3 == 0 || i > 53 {
			picks = []string{"b"}
		}
		band := data.Band(rune('1' + i%3))
		if band != "1" && i <= 53 && i%2 == 0 {
			picks = append(picks, "b")
		}
		tally.Add(&data.Response{Version: 1, Band: band, Tier: data.TierOpen, State: data.StateCounted, Answers: data.Answers{"q": {Picks: picks}}})
	}
	var kinds []func(Cell) bool
	for _, band := range []data.Band{"1", "2", "3"} {
		kinds = append(kinds, func(c Cell) bool { return c.Band == band })
	}
	table := tally.Table(0, data.Tiers, kinds, 5, nil)
	for i, col := range table.Cols[1:] {
		for row, n := range col.N {
			if cell.Small(col.Of[row]-n, 5) && !col.Hide[row] {
				t.Errorf("kind %d: %d of %d are shown", i, n, col.Of[row])
			}
		}
	}
	if !table.Hidden {
		t.Error("the example has nobody to hide")
	}
}

func TestValuesMakeFewRows(t *testing.T) {
	many := map[string]int{}
	for i := range 90 {
		many[fmt.Sprint(i)] = 1
	}
	for _, values := range []map[string]int{nil, {"3": 1, "10": 2}, {"x": 1, "y": 1}, many, {"-5": 1, "0.5": 3, "1000000": 1, "1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 1, "8": 1, "9": 1, "10": 1}} {
		spans := Spans(values)
		if len(spans) > 20 {
			t.Errorf("%d rows", len(spans))
		}
		for value := range values {
			in := 0
			for _, s := range spans {
				if s.holds(value) {
					in++
				}
			}
			if in != 1 {
				t.Errorf("%s is in %d rows of %v", value, in, spans)
			}
		}
	}
}

func TestNamesAndNumbersInTextsAreNoticed(t *testing.T) {
	for text, want := range map[string]Personal{
		"Жол начар, суу жок":                   0,
		"2 чакырым жол, 2027-жылы, 15 000 сом": 0,
		"Телефоним 0555 12-34-56":              PersonalPhone,
		"+996 (700) 123456 чалгыла":            PersonalPhone,
		"ПИН 12345678901234":                   PersonalNumber,
		"aigul@mail.kg":                        PersonalMail,
		"Асанов Бакыт айтты":                   PersonalName,
		"Бакыт Асанов айтты":                   PersonalName,
		"Токтогулова Айгүл Бакытовна":          PersonalName,
		"Бакыт Асан уулу билет":                PersonalName,
		"Ак-Муз айылында мектеп керек":         0,
		"Асанова Айгүл, 0700123456, a@b.kg":    PersonalName | PersonalPhone | PersonalMail,
	} {
		if got := PersonalIn(text); got != want {
			t.Errorf("%q: %v, wanted %v", text, got.Kinds(), want.Kinds())
		}
	}
}
