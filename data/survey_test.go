package data

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func fine() Survey {
	return Survey{Word: "suu2", Title: Text{KY: "Суу"}, Door: DoorBoth}
}

func TestFaultsOfASurvey(t *testing.T) {
	if bad := fine().Check(); bad != nil {
		t.Fatal(bad)
	}
	for name, c := range map[string]struct {
		change func(s *Survey)
		want   map[string]string
	}{
		"no title":          {func(s *Survey) { s.Title = Text{} }, map[string]string{"title": "error.required"}},
		"a long title":      {func(s *Survey) { s.Title.RU = strings.Repeat("ө", MaxName+1) }, map[string]string{"title": "error.long"}},
		"no word":           {func(s *Survey) { s.Word = "" }, map[string]string{"word": "survey.word.form"}},
		"a short word":      {func(s *Survey) { s.Word = "ab" }, map[string]string{"word": "survey.word.form"}},
		"a large letter":    {func(s *Survey) { s.Word = "Suu" }, map[string]string{"word": "survey.word.form"}},
		"an l":              {func(s *Survey) { s.Word = "ail" }, map[string]string{"word": "survey.word.form"}},
		"a zero":            {func(s *Survey) { s.Word = "suu0" }, map[string]string{"word": "survey.word.form"}},
		"a slash":           {func(s *Survey) { s.Word = "suu/x" }, map[string]string{"word": "survey.word.form"}},
		"a line more":       {func(s *Survey) { s.Word = "suu\n" }, map[string]string{"word": "survey.word.form"}},
		"a Cyrillic word":   {func(s *Survey) { s.Word = "суу" }, map[string]string{"word": "survey.word.form"}},
		"no door":           {func(s *Survey) { s.Door = "" }, map[string]string{"door": "error.choose"}},
		"no day":            {func(s *Survey) { s.Opens, s.Closes, s.Results = "x", "2026-02-30", "1.1.2026" }, map[string]string{"opens": "error.date", "closes": "error.date", "results": "error.date"}},
		"closed first":      {func(s *Survey) { s.Opens, s.Closes = "2026-11-02", "2026-11-01" }, map[string]string{"closes": "survey.closes.early"}},
		"fewer than nobody": {func(s *Survey) { s.Most, s.Keep = -1, -1 }, map[string]string{"most": "error.range", "keep": "error.range"}},
		"too many":          {func(s *Survey) { s.Most, s.Keep = 10_000_001, 121 }, map[string]string{"most": "error.range", "keep": "error.range"}},
		"nobody to hear":    {func(s *Survey) { s.Targets = Targets{{People: 5}, {Sex: Female}} }, map[string]string{"targets": "error.range"}},
		"a long number":     {func(s *Survey) { s.Help = strings.Repeat("5", MaxName+1) }, map[string]string{"help": "error.long"}},
	} {
		s := fine()
		c.change(&s)
		if diff := cmp.Diff(c.want, faults(s.Check())); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// Every letter that codes are made of may stand in a word, and none looks like
// another.
func TestLettersAreNotTakenForOthers(t *testing.T) {
	if len(WordLetters) != 31 || strings.ContainsAny(WordLetters, "lio01") {
		t.Errorf("got %s", WordLetters)
	}
	for i, letter := range WordLetters {
		if s := (Survey{Word: strings.Repeat(string(letter), 3), Title: Text{KY: "Суу"}, Door: DoorOpen}); s.Check() != nil || strings.ContainsRune(WordLetters[:i], letter) {
			t.Errorf("%c cannot stand in a word, or twice among them", letter)
		}
	}
}

func TestPhasesOfASurvey(t *testing.T) {
	opened := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		s    Survey
		want Phase
	}{
		{Survey{}, PhaseDraft},
		{Survey{Opens: "2026-01-01", Archived: true}, PhaseDraft},
		{Survey{Opened: opened}, PhaseOpen},
		{Survey{Opened: opened, Opens: "2026-11-24", Closes: "2026-11-24"}, PhaseOpen},
		{Survey{Opened: opened, Opens: "2026-11-25"}, PhaseEarly},
		{Survey{Opened: opened, Closes: "2026-11-23"}, PhaseClosed},
		{Survey{Opened: opened, Shut: opened}, PhaseClosed},
		{Survey{Opened: opened, Shut: opened, Opens: "2026-11-25"}, PhaseClosed},
		{Survey{Opened: opened, Archived: true}, PhaseClosed},
	} {
		if got := c.s.Phase("2026-11-24"); got != c.want {
			t.Errorf("%+v is %s, want %s", c.s, got, c.want)
		}
	}
}

// The time that answers are kept begins when the survey closes, by its last day
// or by hand, whichever is first, on the day it is in the village.
func TestAnswersAreDueAfterClosing(t *testing.T) {
	zone := time.FixedZone("Bishkek", 6*3600)
	night := time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC) // the first of December there
	for _, c := range []struct {
		s    Survey
		want Date
	}{
		{Survey{Keep: 6}, ""},
		{Survey{Closes: "2026-11-30"}, ""},
		{Survey{Keep: 6, Closes: "2026-11-30"}, "2027-05-30"},
		{Survey{Keep: 1, Shut: night}, "2027-01-01"},
		{Survey{Keep: 1, Shut: night, Closes: "2026-11-15"}, "2026-12-15"},
		{Survey{Keep: 1, Shut: night, Closes: "2026-12-15"}, "2027-01-01"},
		{Survey{Keep: 120, Closes: "2026-12-15"}, "2036-12-15"},
	} {
		if got := c.s.Due(zone); got != c.want {
			t.Errorf("%+v is due on %q, want %q", c.s, got, c.want)
		}
	}
}

func TestCodesAreReadHoweverTheyAreTyped(t *testing.T) {
	survey := id(1)
	want := KeyOf(survey, "k7mc-2qpx-ab")
	for _, typed := range []string{"K7MC2QPXAB", " k7mc 2qpx ab\n", "k7mc–2qpx—ab", "К7МС-2qрх-АВ", "k7mc\u00a02qpx.ab", "\u200bk7mc_2qpx/ab"} {
		if KeyOf(survey, typed) != want {
			t.Errorf("%q is another code", typed)
		}
	}
	for _, other := range []string{"k7mc-2qpx-a", "k7mc-2qpx-ac", ""} {
		if KeyOf(survey, other) == want {
			t.Errorf("%q is the same code", other)
		}
	}
	if KeyOf(id(2), "k7mc-2qpx-ab") == want {
		t.Error("the code of another survey is the same")
	}
}

func TestFlagsAreWordsOnceEach(t *testing.T) {
	var f Flags
	f = f.With(FlagFast).With(FlagSame).With(FlagFast)
	kept, err := f.Value()
	if err != nil || kept != "fast same" {
		t.Fatal(kept, err)
	}
	for _, src := range []any{"fast same", []byte(" fast  same ")} {
		back := Flags{FlagTrap}
		if err := back.Scan(src); err != nil || !cmp.Equal(back, f) {
			t.Errorf("%v, %v", back, err)
		}
	}
	g := f.Without(FlagFast)
	if g.Has(FlagFast) || !g.Has(FlagSame) || !f.Has(FlagFast) || len(f.Without(FlagTrap)) != 2 {
		t.Errorf("%v of %v", g, f)
	}
	if err := f.Scan(nil); err != nil || len(f) != 0 {
		t.Errorf("%v, %v", f, err)
	}
}

func TestAnswersAreKeptAsTheyAre(t *testing.T) {
	answers := Answers{"a": {Text: "суу </script>\u2028"}, "b": {Said: Refused}, "c": {Picks: []string{"x", "y"}}, "d": {Ranks: [][]string{{"x", "y"}, {"z"}}, Shown: []string{"z", "y", "x"}},
		"e": {Points: map[string]int{"x": 3}}, "f": {Cells: map[string]string{"x y": "="}}, "g": {Rows: []Answers{{"h": {Text: "1"}}, {}}}, "i": {}}
	kept, err := answers.Value()
	if err != nil {
		t.Fatal(err)
	}
	var back Answers
	if err := back.Scan(kept); err != nil || !cmp.Equal(back, answers) {
		t.Errorf("%v\n%s", err, cmp.Diff(answers, back))
	}
	if kept, err := Answers(nil).Value(); kept != nil || err != nil {
		t.Errorf("nothing is kept as %v, %v", kept, err)
	}
	if err := back.Scan(nil); err != nil || back != nil {
		t.Errorf("nothing is read as %v, %v", back, err)
	}
	if back.Scan("{") == nil {
		t.Error("half an object is answers")
	}
}

func TestBlankAnswersAreTold(t *testing.T) {
	for _, a := range []Answer{{}, {Said: Refused}, {Shown: []string{"a"}}, {Picks: []string{}}} {
		if !a.Blank() {
			t.Errorf("%+v says something", a)
		}
	}
	for _, a := range []Answer{{Text: "a"}, {Picks: []string{"a"}}, {Ranks: [][]string{{"a"}}}, {Points: map[string]int{"a": 1}}, {Cells: map[string]string{"a": "b"}}, {Rows: []Answers{{}}}} {
		if a.Blank() {
			t.Errorf("%+v says nothing", a)
		}
	}
}
