package handlers

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"ashar/data"
)

// roundTyped is what the form of a new round sends.
func roundTyped(id string, more ...string) []string {
	return append([]string{"id", id, "name", "2028", "forms", "tally", "sexes", "1", "bands", "14-17,18-28", "view", "groups", "rho", "0,2"}, more...)
}

func (s *site) kept(id string) data.Round {
	s.t.Helper()
	of, err := data.ParseID(id)
	s.must(err)
	r, err := s.store.Round(context.Background(), s.home.ID, of)
	s.must(err)
	return r
}

func TestSettingsOfTheRuleAreTyped(t *testing.T) {
	s := newSite(t)
	staff := s.as(data.Staff)
	page := staff.in("ru").get("rounds/new").want(http.StatusOK, "Для тех, кто разбирается", `name="least" type="text" value="5"`, `value="0,30"`, `value="0,90"`)
	id := page.id()
	staff.post("rounds", roundTyped(id, "least", "7", "differ", "−0,25", "contested", "0,15", "level", "0.8", "trim", "0")...).want(http.StatusSeeOther)
	if got, want := s.kept(id).Rule, (data.Rule{View: data.Groups, Rho: 0.2, Differ: -0.25, Contested: 0.15, Level: 0.8, Least: 7}); got != want {
		t.Errorf("kept %+v, want %+v", got, want)
	}
	staff.get("rounds/"+id+"/edit").want(http.StatusOK, `value="7"`, `value="-0.25"`, `value="0.80"`)
}

// A form that does not send the settings, or leaves them empty, means the usual
// ones.
func TestSettingsLeftEmptyAreTheUsual(t *testing.T) {
	s := newSite(t)
	for _, more := range [][]string{nil, {"least", "", "differ", " ", "contested", "", "level", "", "trim", ""}} {
		id := Mint().String()
		s.as(data.Staff).post("rounds", roundTyped(id, more...)...).want(http.StatusSeeOther)
		if got := s.kept(id).Rule; got != data.DefaultRule(data.Groups) {
			t.Errorf("kept %+v", got)
		}
	}
}

func TestWrongSettingsAreToldBesideTheirFields(t *testing.T) {
	s := newSite(t)
	staff := s.as(data.Staff)
	for _, c := range []struct{ field, typed, says string }{
		{"least", "2", "Write a number from 3 to 20."},
		{"least", "many", "number"},
		{"differ", "1.5", "Write a number from -1 to 1."},
		{"contested", "-0.1", "Write a number from 0 to 1."},
		{"level", "1", "Write a number from 0.5 to 0.99."},
		{"level", "NaN", "Write a number from 0.5 to 0.99."},
		{"trim", "1", "Write 0, or a number from 2 to 20."},
	} {
		id := Mint().String()
		staff.post("rounds", roundTyped(id, c.field, c.typed)...).
			want(http.StatusUnprocessableEntity, `id="e-`+c.field+`">Write `, c.says, `<details class="more" open>`, `value="`+c.typed+`"`)
		of, err := data.ParseID(id)
		s.must(err)
		if _, err := s.store.Round(context.Background(), s.home.ID, of); err == nil {
			t.Errorf("%s of %s was kept", c.field, c.typed)
		}
	}
}

func TestFirstSessionFreezesTheSettings(t *testing.T) {
	s := newSite(t)
	staff := s.as(data.Staff)
	id := Mint().String()
	staff.post("rounds", roundTyped(id, "least", "8")...).want(http.StatusSeeOther)
	s.must(s.store.OpenSession(context.Background(), s.home.ID, data.Session{ID: Mint(), Round: s.kept(id).ID, Village: s.villages[0].ID, Form: data.Tally, Created: s.clock()}, s.clock(), data.Event{}))
	staff.get("rounds/"+id+"/edit").want(http.StatusOK, "For those who know", "<dd>8</dd>").lacks(`name="least"`)
	staff.post("rounds/"+id+"/edit", roundTyped(id, "least", "3")...).want(http.StatusSeeOther)
	if got := s.kept(id).Rule.Least; got != 8 {
		t.Errorf("the frozen setting of 8 became %d", got)
	}
	copied := staff.post("rounds/"+id+"/copy").want(http.StatusOK, `value="8"`)
	again := copied.id()
	staff.post("rounds", slices.Concat(roundTyped(again, "copy", id, "least", "8"))...).want(http.StatusSeeOther)
	if got := s.kept(again).Rule.Least; got != 8 {
		t.Errorf("the copy has %d", got)
	}
}

// What residents are promised is what the round's rule does.
func TestResidentsAreToldTheSettingOfTheirRound(t *testing.T) {
	for least, says := range map[int]string{0: "fewer than 5 people", 9: "fewer than 9 people"} {
		s := newSite(t)
		s.round.Rule.Least = least
		s.must(s.store.SaveRound(context.Background(), s.home.ID, s.round, data.Event{}))
		p := pollOn(s, 3)
		p.as(data.Staff).get("surveys/"+p.survey.ID.String()+"/try").want(http.StatusOK, says)
		(&client{site: s, lang: "en"}).get("/s/"+p.survey.Word).want(http.StatusOK, says)
	}
}
