package handlers

import (
	"context"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

var withoutOption = regexp.MustCompile(`<option value="([0-9a-f-]{36}\.[^"]+)"`)

// couldBeLeftOut are the keys of the groups that the page asks about.
func (a answer) couldBeLeftOut() (keys []string) {
	for _, found := range withoutOption.FindAllStringSubmatch(a.body, -1) {
		keys = append(keys, html.UnescapeString(found[1]))
	}
	return keys
}

func escaped(key string) string { return strings.NewReplacer("+", "%2B", "/", "%2F").Replace(key) }

func TestWhatWouldBeWithoutAGroupChangesNothing(t *testing.T) {
	s := newSite(t).ruled()
	s.raises(0, youngWomen, 9, 8, 5)
	s.raises(0, youngMen, 8, 2, 6)
	s.raises(1, youngWomen, 9, 4, 3)
	who := s.as(data.Staff)
	files := func() string {
		return who.get(s.ranking(".json")).want(http.StatusOK).body + who.get(s.ranking(".csv")).want(http.StatusOK).body
	}
	kept := func() data.Round {
		r, err := s.store.Round(context.Background(), s.home.ID, s.round.ID)
		s.must(err)
		return r
	}
	plain, was, rule := who.get(s.ranking("")).want(http.StatusOK).lacks(`id="what-said"`), files(), kept()
	keys := plain.couldBeLeftOut()
	if len(keys) != 3 {
		t.Fatalf("%d groups can be left out", len(keys))
	}
	without := who.get(s.ranking("?without="+escaped(keys[0]))).want(http.StatusOK, s.said("ranking.what.back"), s.said("count.groups", "n", 2), "Internal roads").honest()
	without.inOrder(`id="what-said"`, `id="heard"`)
	if strings.Contains(without.body, "ranking.csv?without") || files() != was {
		t.Error("the files are of what would be")
	}
	if again := kept(); again.Rule != rule.Rule || !again.Frozen.Equal(rule.Frozen) || again.Frozen.IsZero() {
		t.Errorf("the rule was %+v and is %+v", rule.Rule, again.Rule)
	}
	if after := who.get(s.ranking("")).want(http.StatusOK); after.body != plain.body {
		t.Error("the page of the result has changed")
	}
	who.get(s.ranking("?view=groups")).want(http.StatusOK, s.said("ranking.what"), s.said("view.groups")).inOrder(`id="what-said"`, `id="all"`)
}

func TestAGroupThatDoesNotExistCannotBeLeftOut(t *testing.T) {
	s := newSite(t)
	s.spoken(s.villages[0], youngWomen, youngMen)
	first, foreign := s.round, s.as(data.Staff).get(s.ranking("")).couldBeLeftOut()
	if len(foreign) != 2 {
		t.Fatalf("%d groups", len(foreign))
	}
	s.ruled().gathered()
	own := s.as(data.Staff).get(s.ranking("")).couldBeLeftOut()
	for name, key := range map[string]string{"of another round": foreign[0], "of no session": Mint().String() + ".female.18-28.", "of another age": strings.Replace(own[0], "18-28", "61+", 1),
		"nonsense": "x", "too much": own[0] + "." + own[1]} {
		t.Run(name, func(t *testing.T) {
			s.as(data.Staff).get(s.ranking("?without=" + escaped(key))).want(http.StatusNotFound)
		})
	}
	s.as(data.Staff).get("rounds/" + first.ID.String() + "/ranking?without=" + escaped(own[0])).want(http.StatusNotFound)
}

// What belongs to another municipality is not there.
func TestResultsOfAnotherMunicipalityAreMissing(t *testing.T) {
	ctx, s := context.Background(), newSite(t).ruled().gathered()
	own := s.as(data.Staff).get(s.ranking("")).couldBeLeftOut()
	other := data.Municipality{ID: Mint(), Slug: "bulak", Name: data.Text{KY: "Булак"}, Created: s.clock()}
	s.must(s.store.AddMunicipality(ctx, other, data.Event{}))
	a := s.accounts[data.Staff]
	a.ID, a.Login, a.Municipality = Mint(), "bulak", other.ID
	s.must(s.store.AddAccount(ctx, a, data.Event{}))
	r := s.round
	r.ID = Mint()
	s.must(s.store.AddRound(ctx, other.ID, r, nil, data.Event{}))
	who := s.client(a)
	for _, page := range []string{"/ranking", "/ranking.pdf", "/projector", "/ranking?without=" + escaped(own[0])} {
		if a := who.get("/bulak/rounds/" + s.round.ID.String() + page); a.status != http.StatusNotFound {
			t.Errorf("%s of another's round: %d", page, a.status)
		}
		if a := who.get(s.ranking("")[:len(s.ranking(""))-len("/ranking")] + page); a.status != http.StatusNotFound && a.status != http.StatusForbidden {
			t.Errorf("%s in another municipality: %d", page, a.status)
		}
	}
	who.get("/bulak/rounds/" + r.ID.String() + "/ranking?without=" + escaped(own[0])).want(http.StatusNotFound)
	who.get("/bulak/rounds/" + r.ID.String() + "/ranking").want(http.StatusOK)
}
