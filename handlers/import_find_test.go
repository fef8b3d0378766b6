package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
)

func TestOtherBandsThanTheRoundsAreRefused(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		bands := func(s string) func(*ImportRequest) {
			return func(in *ImportRequest) { in.Bands, _ = data.ParseBands(s) }
		}
		text := fixture(t, "village.pb")
		r := imported(t, from, "village.pb", text, bands("0-17,18+"))
		if got := data.JoinBands(countOf(t, from, r).Round.Scheme.Bands); got != "0-17,18+" {
			t.Errorf("bands are %s", got)
		}
		var why *ImportError
		if _, err := importOf(t, from, "village.pb", text, bands("14-17,18+")); !errors.As(err, &why) || why.Key != "import.error.bands" || !errors.Is(err, data.ErrInvalid) {
			t.Error(err)
		}
		if r := imported(t, from, "village.pb", text, bands("0-17,18+")); !r.Same {
			t.Errorf("%+v", r)
		}
		if r := imported(t, from, "village.pb", text); !r.Same { // none said: the round's own
			t.Errorf("%+v", r)
		}
	})
}

func TestProblemsAreFoundByIDThenByTitle(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		first := imported(t, from, "village.pb", fixture(t, "village.pb"))
		one := data.Problem{ID: Mint(), Round: first.Round.ID, Title: data.Text{KY: "Таза суу"}, Created: time.Now()}
		if err := from.AddProblems(t.Context(), first.Municipality.ID, []data.Problem{one}, data.Event{}); err != nil {
			t.Fatal(err)
		}
		r := imported(t, from, "titles.csv", "ballot,problem_id,problem,title\nn1,w/1,,питьевая вода; школа\nn1,r/9,,Внутренние дороги\nn2,,Таза суу,\n")
		problems := countOf(t, from, r).Problems
		// w/1 is known by its id, whatever letters are large; r/9 is another road than r/2, though it has the same title; Таза суу is the one that people typed.
		if len(problems) != 5 || r.Report.NewProblems != 1 {
			t.Errorf("%d problems, %d of them new", len(problems), r.Report.NewProblems)
		}
		if r.Report.Warned.Counts["import.warned.problem.title"] != 0 {
			t.Errorf("%+v", r.Report.Warned)
		}
		all := countOf(t, from, r).Rank.Count(data.People, rank.Cut{})
		for _, p := range all.Places {
			if p.Problem == one.ID && *p.Mentions != 1 {
				t.Errorf("Таза суу is named by %d", *p.Mentions)
			}
		}
	})
}

func TestSameIDWithAnotherTitleIsAnotherProblem(t *testing.T) {
	const head = "ballot,problem_id,title\n"
	// votes are how often each title is named, after some files came in.
	votes := func(t *testing.T, from *store.Store, files ...string) (map[string]int, int) {
		t.Helper()
		var r ImportResult
		warned := 0
		for i, text := range files {
			r = imported(t, from, fmt.Sprint(i, ".csv"), head+text)
			warned += r.Report.Warned.Counts["import.warned.problem.title"]
		}
		counted := countOf(t, from, r)
		named := map[string]int{}
		for _, p := range counted.Rank.Count(data.People, rank.Cut{}).Places {
			title, _ := counted.Problems[p.Problem].Title.In("ky")
			named[counted.Problems[p.Problem].Source+" "+title] += *p.Mentions
		}
		return named, warned
	}
	for name, c := range map[string]struct {
		files  []string
		want   map[string]int
		warned int
	}{
		"the same title":          {[]string{"a,1,Жол\n", "b,1,Жол\n"}, map[string]int{"1 Жол": 2}, 0},
		"large letters":           {[]string{"a,1,Көчө жарыгы\n", "b,1,КОЧО  жарыгы\n"}, map[string]int{"1 Көчө жарыгы": 2}, 0},
		"another title":           {[]string{"a,1,Жол\n", "b,1,Мектеп\n"}, map[string]int{"1 Жол": 1, "1 Мектеп": 1}, 1},
		"each finds its own":      {[]string{"a,1,Жол\n", "b,1,Мектеп\n", "c,1,Жол\n", "d,1,Мектеп\n"}, map[string]int{"1 Жол": 2, "1 Мектеп": 2}, 1},
		"no title":                {[]string{"a,1,Жол\n", "b,1,\n"}, map[string]int{"1 Жол": 2}, 0},
		"a title for a known id":  {[]string{"a,1,\n", "b,1,Жол\n"}, map[string]int{"1 1": 2}, 0},
		"another id, and a title": {[]string{"a,1,Жол\n", "b,2,Жол\n"}, map[string]int{"1 Жол": 1, "2 Жол": 1}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, from *store.Store) {
				named, warned := votes(t, from, c.files...)
				if diff := cmp.Diff(c.want, named); diff != "" || warned != c.warned {
					t.Errorf("%d warnings (-want +is)\n%s", warned, diff)
				}
			})
		})
	}
}

func TestUndoingTheFirstFileLeavesWhatTheSecondAsksAbout(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		first := imported(t, from, "1.csv", "ballot,problem_id,title\na,1,Жол\na,2,Суу\n")
		second := imported(t, from, "2.csv", "ballot,problem_id,title\nb,2,Суу\nb,3,Мектеп\n")
		sources := func() (list []string) {
			for _, p := range countOf(t, from, first).Problems {
				list = append(list, p.Source)
			}
			slices.Sort(list)
			return list
		}
		undo := func(i data.Import) {
			if err := from.UndoImport(t.Context(), first.Municipality.ID, i.ID, data.Event{}); err != nil {
				t.Fatal(err)
			}
		}
		undo(first.Import)
		if diff := cmp.Diff([]string{"2", "3"}, sources()); diff != "" {
			t.Error(diff)
		}
		undo(second.Import)
		if left := sources(); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
}

func TestNamesFindTheMunicipalityAndTheRound(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		text := fixture(t, "village.pb")
		first := imported(t, from, "village.pb", text)
		for _, names := range [][2]string{{"АК МУЗ", "2017"}, {"ak-muz", "2017"}, {"Ак-Муз", first.Round.ID.String()}} {
			r := imported(t, from, "village.pb", text, func(in *ImportRequest) { in.Municipality, in.Round = names[0], names[1] })
			if r.Municipality.ID != first.Municipality.ID || r.Round.ID != first.Round.ID || !r.Same {
				t.Errorf("%v: %+v", names, r)
			}
		}
		twin := data.Municipality{ID: Mint(), Slug: "ak-muz-2", Name: data.Text{RU: "Ак-муз"}, Created: time.Now()}
		if err := from.AddMunicipality(t.Context(), twin, data.Event{}); err != nil {
			t.Fatal(err)
		}
		var why *ImportError
		if _, err := importOf(t, from, "village.pb", text, func(in *ImportRequest) { in.Municipality = "ак муз" }); !errors.As(err, &why) || why.Key != "import.error.municipality.many" {
			t.Error(err)
		}
		for _, names := range [][2]string{{"", "2017"}, {"Ача", ""}, {strings.Repeat("я", 200), "1"}} {
			if _, err := importOf(t, from, "village.pb", text, func(in *ImportRequest) { in.Municipality, in.Round = names[0], names[1] }); !errors.Is(err, data.ErrInvalid) {
				t.Errorf("%q: %v", names, err)
			}
		}
	})
}

func TestReportSurvivesBeingKept(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r := imported(t, from, "village.pb", fixture(t, "village.pb"))
		kept, err := from.Import(t.Context(), r.Municipality.ID, r.Import.ID)
		if err != nil {
			t.Fatal(err)
		}
		var report ImportReport
		if err := json.Unmarshal([]byte(kept.Report), &report); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(report)
		if err != nil || !bytes.Equal(again, []byte(kept.Report)) {
			t.Errorf("%s\n%s", again, kept.Report)
		}
		if kept.State != data.Live || kept.File != "village.pb" || kept.Ballots != 5 || report.Sessions != 2 {
			t.Errorf("%+v", kept)
		}
	})
}
