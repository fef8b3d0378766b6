package data

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBandsAsTheyAreWritten(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		" , ,":                           "",
		"18-28":                          "18-28",
		"61+":                            "61+",
		"0+":                             "0+",
		"7-7":                            "7-7",
		"14-17,18-28,29-45,46-60,61+":    "14-17,18-28,29-45,46-60,61+",
		" 14-17 , 18–28,":                "14-17,18-28", // an en dash
		"0-13,20-29,150+":                "0-13,20-29,150+",
		"18-28,18-28":                    "!",
		"18-28,28-40":                    "!",
		"29-45,18-28":                    "!",
		"61+,62+":                        "!",
		"61+,70-80":                      "!",
		"28-18":                          "!",
		"18":                             "!",
		"18-":                            "!",
		"-18":                            "!",
		"+":                              "!",
		"-":                              "!",
		"18+28":                          "!",
		"18-28+":                         "!",
		"18--28":                         "!",
		"018-28":                         "!",
		"+18-28":                         "!",
		"18 - 28":                        "!",
		"18-151":                         "!",
		"151+":                           "!",
		"eighteen+":                      "!",
		"1e1-20":                         "!",
		"99999999999999999999-":          "!",
		"18-28;29-45":                    "!",
		"unknown":                        "!",
		strings.Repeat("1-1,", 3) + "2+": "!",
	} {
		bands, err := ParseBands(in)
		switch {
		case want == "!" && !errors.Is(err, ErrInvalid):
			t.Errorf("%q is read as %q, %v", in, bands, err)
		case want != "!" && (err != nil || JoinBands(bands) != want):
			t.Errorf("%q is read as %q, %v; want %q", in, JoinBands(bands), err, want)
		}
	}
}

// bands are rising bands with gaps between some of them, the last one open or
// not.
func bands(t *rapid.T) (bands []Band) {
	at := rapid.IntRange(0, 40).Draw(t, "from")
	for range rapid.IntRange(0, 6).Draw(t, "bands") {
		to := at + rapid.IntRange(0, 15).Draw(t, "years")
		bands = append(bands, Band(strconv.Itoa(at)+"-"+strconv.Itoa(to)))
		at = to + 1 + rapid.IntRange(0, 3).Draw(t, "gap")
	}
	if rapid.Bool().Draw(t, "open") {
		bands = append(bands, Band(strconv.Itoa(at)+"+"))
	}
	return bands
}

func TestEveryAgeHasAtMostOneBand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := bands(t)
		got, err := ParseBands(JoinBands(want))
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v is read as %v, %v", want, got, err)
		}
		s := Scheme{Bands: got}
		for years := -1; years <= 151; years++ {
			var holding []Band
			for _, b := range got {
				if from, to, err := b.Ages(); err == nil && from <= years && years <= to {
					holding = append(holding, b)
				}
			}
			band := s.BandOf(years)
			if len(holding) > 1 || len(holding) == 1 && band != holding[0] || len(holding) == 0 && band != "" {
				t.Fatalf("%d is in %v, and its band is %q", years, holding, band)
			}
		}
	})
}

func TestBandOfAnAge(t *testing.T) {
	s := Scheme{Bands: []Band{"14-17", "18-28", "46-60", "61+"}}
	for years, want := range map[int]Band{-1: "", 0: "", 13: "", 14: "14-17", 17: "14-17", 18: "18-28", 28: "18-28", 29: "", 45: "", 46: "46-60", 61: "61+", 150: "61+", 151: ""} {
		if got := s.BandOf(years); got != want {
			t.Errorf("%d is in %q, want %q", years, got, want)
		}
	}
	for band, want := range map[Band]bool{"14-17": true, "17+": true, "18-28": false, "61+": false, "": false, "young": false} {
		if got := band.UnderAge(); got != want {
			t.Errorf("%q is under age: %v", band, got)
		}
	}
}

func TestGroupsStandInTheOrderOfTheScheme(t *testing.T) {
	sorted := []Group{
		{Female, "14-17", ""}, {Female, "18-28", "poor"}, {Female, "18-28", "elderly"}, {Female, "18-28", ""}, {Female, "61+", "poor"}, {Female, "", ""},
		{Male, "14-17", ""}, {Male, "", "poor"}, {Male, "", ""},
		{UnknownSex, "61+", "elderly"}, {UnknownSex, "", "poor"}, {UnknownSex, "", ""},
	}
	for i, a := range sorted {
		for j, b := range sorted {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := scheme.Compare(a, b); got != want {
				t.Errorf("%v against %v: %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestSchemeKnowsItsGroups(t *testing.T) {
	for _, c := range []struct {
		s    Scheme
		g    Group
		want bool
	}{
		{scheme, Group{}, true}, {Scheme{}, Group{}, true},
		{scheme, Group{Female, "18-28", "poor"}, true}, {scheme, Group{Male, "", "elderly"}, true}, {scheme, Group{UnknownSex, "61+", ""}, true},
		{scheme, Group{"f", "", ""}, false}, {scheme, Group{Female, "18-29", ""}, false}, {scheme, Group{Female, "", "rich"}, false},
		{Scheme{Bands: scheme.Bands}, Group{Female, "18-28", ""}, false}, {Scheme{Sexes: true}, Group{Female, "18-28", ""}, false},
		{Scheme{Sexes: true}, Group{Female, "", "poor"}, false},
	} {
		if got := c.s.Has(c.g); got != c.want {
			t.Errorf("%+v has %v: %v", c.s, c.g, got)
		}
	}
	if tag, ok := scheme.Tag("elderly"); !ok || tag.Key != "elderly" {
		t.Errorf("got %v, %v", tag, ok)
	}
	if tag, ok := scheme.Tag("rich"); ok {
		t.Errorf("got %v", tag)
	}
}

func TestNotSaidIsWrittenUnknown(t *testing.T) {
	if got := []string{Female.Key(), Male.Key(), UnknownSex.Key(), Band("61+").Key(), Band("").Key()}; !slices.Equal(got, []string{"female", "male", "unknown", "61+", "unknown"}) {
		t.Errorf("got %v", got)
	}
}

func TestSchemeIsKeptAsJSON(t *testing.T) {
	value, err := scheme.Value()
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []any{value, []byte(value.(string))} {
		var back Scheme
		if err := back.Scan(src); err != nil || back.Sexes != scheme.Sexes || !slices.Equal(back.Bands, scheme.Bands) || !slices.Equal(back.Tags, scheme.Tags) {
			t.Errorf("%v comes back as %+v, %v", src, back, err)
		}
	}
	if err := new(Scheme).Scan(5); err == nil {
		t.Error("a number is a scheme")
	}
}

func goodRound() Round {
	return Round{Name: "2026", Scheme: scheme, Forms: []Form{Tally}, Rule: DefaultRule(People)}
}

func TestRoundIsCheckedAsTyped(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Round)
		want   map[string]string
	}{
		{"good", func(*Round) {}, nil},
		{"every form", func(r *Round) { r.Forms = Forms }, nil},
		{"only tags", func(r *Round) { r.Scheme = Scheme{Tags: scheme.Tags} }, nil},
		{"one day", func(r *Round) { r.Starts, r.Ends = "2026-09-12", "2026-09-12" }, nil},
		{"rho of one", func(r *Round) { r.Rule.Rho = 1 }, nil},
		{"no name", func(r *Round) { r.Name = "" }, map[string]string{"name": "error.required"}},
		{"a long name", func(r *Round) { r.Name = strings.Repeat("ж", MaxName+1) }, map[string]string{"name": "error.long"}},
		{"no form", func(r *Round) { r.Forms = nil }, map[string]string{"forms": "error.choose"}},
		{"no such form", func(r *Round) { r.Forms = []Form{Tally, "shouting"} }, map[string]string{"forms": "error.choose"}},
		{"no such view", func(r *Round) { r.Rule.View = "mayor" }, map[string]string{"view": "error.choose"}},
		{"rho over one", func(r *Round) { r.Rule.Rho = 1.01 }, map[string]string{"rho": "error.range"}},
		{"rho below zero", func(r *Round) { r.Rule.Rho = -0.1 }, map[string]string{"rho": "error.range"}},
		{"weights are not trimmed", func(r *Round) { r.Rule.Trim = 0 }, nil},
		{"the ends of every range", func(r *Round) { r.Rule = Rule{People, 0, 2, -1, 0, 0.5, 3} }, nil},
		{"and the others", func(r *Round) { r.Rule = Rule{People, 1, 20, 1, 1, 0.99, 20} }, nil},
		{"trimmed below twice the median", func(r *Round) { r.Rule.Trim = 1.9 }, map[string]string{"trim": "round.trim.range"}},
		{"trimmed beyond use", func(r *Round) { r.Rule.Trim = 20.1 }, map[string]string{"trim": "round.trim.range"}},
		{"trimmed below nothing", func(r *Round) { r.Rule.Trim = -5 }, map[string]string{"trim": "round.trim.range"}},
		{"no agreement is below -1", func(r *Round) { r.Rule.Differ = -1.1 }, map[string]string{"differ": "error.range"}},
		{"nor above 1", func(r *Round) { r.Rule.Differ = 1.1 }, map[string]string{"differ": "error.range"}},
		{"contested by less than nothing", func(r *Round) { r.Rule.Contested = -0.1 }, map[string]string{"contested": "error.range"}},
		{"contested by more than all", func(r *Round) { r.Rule.Contested = 1.1 }, map[string]string{"contested": "error.range"}},
		{"as sure as a coin", func(r *Round) { r.Rule.Level = 0.49 }, map[string]string{"level": "error.range"}},
		{"as sure as nobody is", func(r *Round) { r.Rule.Level = 1 }, map[string]string{"level": "error.range"}},
		{"groups of two are shown", func(r *Round) { r.Rule.Least = 2 }, map[string]string{"least": "error.range"}},
		{"hardly a group is shown", func(r *Round) { r.Rule.Least = 21 }, map[string]string{"least": "error.range"}},
		{"nothing is a number", func(r *Round) {
			nan := math.NaN()
			r.Rule.Trim, r.Rule.Differ, r.Rule.Contested, r.Rule.Level = nan, nan, nan, nan
		}, map[string]string{"trim": "round.trim.range", "differ": "error.range", "contested": "error.range", "level": "error.range"}},
		{"rho is no number", func(r *Round) { r.Rule.Rho = math.NaN() }, map[string]string{"rho": "error.range"}},
		{"an empty scheme", func(r *Round) { r.Scheme = Scheme{} }, map[string]string{"scheme": "round.scheme.empty"}},
		{"it ends before it starts", func(r *Round) { r.Starts, r.Ends = "2026-09-12", "2026-09-11" }, map[string]string{"ends": "round.ends.early"}},
		{"no such days", func(r *Round) { r.Starts, r.Ends = "2026-02-29", "soon" }, map[string]string{"starts": "error.date", "ends": "error.date"}},
	} {
		r := goodRound()
		c.change(&r)
		if got := faults(r.Check()); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestDatesAreDaysThatExist(t *testing.T) {
	for d, want := range map[Date]bool{"2026-09-12": true, "2024-02-29": true, "2026-02-29": false, "2026-9-12": false, "12.09.2026": false, "": false, "2026-09-12T00:00:00Z": false} {
		if d.Valid() != want {
			t.Errorf("%q is valid: %v", d, d.Valid())
		}
		if at := d.Time(); want && Date(at.Format("2006-01-02")) != d || !want && !at.IsZero() {
			t.Errorf("%q begins at %v", d, at)
		}
	}
}

func TestRuleThatIsSilentHidesAsUsual(t *testing.T) {
	if got := (Rule{}).Smallest(); got != DefaultRule(People).Least || got != 5 {
		t.Errorf("a group of %d is shown", got)
	}
	if got := (Rule{Least: 12}).Smallest(); got != 12 {
		t.Errorf("the setting of 12 is taken for %d", got)
	}
}
