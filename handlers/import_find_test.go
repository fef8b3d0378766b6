package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

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
		r := imported(t, from, "titles.csv", "ballot,problem_id,problem,title\nn1,w/1,,Сууга байланыштуу\nn1,r/9,,Внутренние дороги\nn2,,Таза суу,\n")
		problems := countOf(t, from, r).Problems
		// w/1 is known by its id; r/9 is another road than r/2, though it has the same title; Таза суу is the one that people typed.
		if len(problems) != 5 || r.Report.NewProblems != 1 {
			t.Errorf("%d problems, %d of them new", len(problems), r.Report.NewProblems)
		}
		if r.Report.Warned.Counts["import.warned.problem.title"] != 1 {
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
