package handlers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"ashar/data"
)

// spoken is a session of hands in a village, in which groups of five want the
// first problem.
func (s *site) spoken(village data.Village, groups ...string) {
	s.t.Helper()
	at, who := s.open(hands, "village", village.ID.String()), s.as(data.Facilitator)
	who.write(at, "problem.offer", "problem", s.problem(0)).want(http.StatusSeeOther)
	for _, group := range groups {
		who.write(at, "presence.count", "group", group, "n", "5").want(http.StatusSeeOther)
		who.write(at, "tally.count", "problem", s.problem(0), "group", group, "n", "4").want(http.StatusSeeOther)
	}
}

// live writes down who lives in the first village, and figures of the second.
func (s *site) live(second ...data.Population) {
	s.t.Helper()
	figures := second
	for _, sex := range []data.Sex{data.Female, data.Male} {
		for _, band := range s.round.Scheme.Bands {
			n := map[data.Group]int{{Sex: data.Female, Band: "18-28"}: 50, {Sex: data.Female, Band: "61+"}: 30, {Sex: data.Male, Band: "18-28"}: 60}[data.Group{Sex: sex, Band: band}]
			figures = append(figures, data.Population{Village: s.villages[0].ID, Sex: sex, Band: band, People: n})
		}
	}
	s.must(s.store.SavePopulation(context.Background(), s.home.ID, []data.ID{s.villages[0].ID, s.villages[1].ID}, figures, data.Event{}))
}

// Nobody falls out of the view of all residents without being named.
func TestRankingNamesWhoIsNotAmongTheResidents(t *testing.T) {
	s := newSite(t)
	s.spoken(s.villages[0], youngWomen, youngMen)
	s.spoken(s.villages[1], youngWomen)
	ranking := "rounds/" + s.round.ID.String() + "/ranking"
	standIn := s.said("ranking.unheard.others", "where", "Ак-Муз, Women", "missing", "61+ (30)", "others", "18–28")
	second := func(people int) data.Population { return data.Population{Village: s.villages[1].ID, People: people} }

	s.live()
	unknown := s.said("ranking.omitted.population", "village", "Терек-Суу", "n", 5)
	for _, view := range data.Views { // the three views stand side by side
		s.as(data.Staff).get(ranking+"?view="+string(view)).want(http.StatusOK, standIn, unknown)
	}
	s.as(data.Staff).get(ranking+".json?view=population").want(http.StatusOK, `"omitted":[{"village":"Терек-Суу","reason":"population","came":5}]`,
		`"unheard":[{"village":"Ак-Муз","sex":"female","band":"61+","residents":30,"stand_ins":["18-28"]}]`)

	s.live(second(200))
	s.as(data.Staff).get(ranking+"?view=population").want(http.StatusOK, standIn, s.said("ranking.total", "village", "Терек-Суу")).lacks(unknown)

	women, men := second(90), second(110)
	women.Sex, men.Sex = data.Female, data.Male
	s.live(women, men)
	s.as(data.Staff).get(ranking+"?view=population").want(http.StatusOK, s.said("ranking.omitted.raking", "village", "Терек-Суу", "n", 5))

	women.Band, men.Band = "18-28", "18-28"
	rest := []data.Population{women, men}
	for _, band := range []data.Band{"14-17", "29-45", "46-60", "61+"} {
		for _, sex := range []data.Sex{data.Female, data.Male} {
			rest = append(rest, data.Population{Village: s.villages[1].ID, Sex: sex, Band: band})
		}
	}
	s.live(rest...)
	s.as(data.Staff).get(ranking+"?view=population").want(http.StatusOK, s.said("ranking.omitted.unheard", "village", "Терек-Суу", "n", 5, "groups", "Men (110)"))
}

func TestAFragmentIsPackedForWhoCanUnpackIt(t *testing.T) {
	s := newSite(t).ruled().gathered()
	who := s.as(data.Observer).htmx("div#ranking")
	plain := who.get(s.ranking("")).want(http.StatusOK, `id="heard"`, `id="download"`)
	who = who.packed()
	packed := who.get(s.ranking(""))
	if packed.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the head is %v", packed.header)
	}
	if packed.unpack().body != plain.body {
		t.Error("it is another page when it is packed")
	}
	if page := s.as(data.Observer).get(s.ranking("")); !strings.Contains(page.body, plain.body) {
		t.Error("the fragment is not what stands in the page")
	}
}

// slow takes nothing before it is let.
type slow struct {
	*httptest.ResponseRecorder
	begun, let chan struct{}
}

func (w slow) Write(p []byte) (int, error) {
	select {
	case w.begun <- struct{}{}:
	default:
	}
	<-w.let
	return w.ResponseRecorder.Write(p)
}

func TestASlowViewerDoesNotHoldUpTheOthers(t *testing.T) {
	s := newSite(t).ruled().gathered()
	who := s.as(data.Observer).htmx("div#ranking")
	r := httptest.NewRequest(http.MethodGet, "/"+s.home.Slug+"/"+s.ranking(""), nil)
	r.AddCookie(who.cookie)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", who.target)
	w := slow{httptest.NewRecorder(), make(chan struct{}, 1), make(chan struct{})}
	var waits sync.WaitGroup
	waits.Go(func() { s.handler.ServeHTTP(w, r) })
	<-w.begun
	who.get(s.ranking("")).want(http.StatusOK, `id="heard"`)
	close(w.let)
	waits.Wait()
}
