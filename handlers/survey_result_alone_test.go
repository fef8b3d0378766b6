package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

// hides tells whether a ranking by the survey has no places.
func (p *inquiry) hides(query string) bool {
	return !slices.ContainsFunc(p.order(query), func(line string) bool { return !strings.HasSuffix(line, "–") })
}

// fruit is what the results say of one fruit, empty where they say nothing.
func (p *inquiry) fruit(name, query string) string {
	p.t.Helper()
	page := p.as(data.Observer).get(p.at("results") + query).want(http.StatusOK)
	_, after, found := strings.Cut(page.body, "Which fruit</h2>")
	after, _, _ = strings.Cut(after, "<h2")
	_, row, there := strings.Cut(after, `<th scope="row">`+name+`</th>`)
	if row, _, _ = strings.Cut(row, "</tr>"); !found || !there {
		return ""
	}
	return strings.Join(strings.Fields(tag.ReplaceAllString(row, " ")), " ")
}

// Twenty sheets of paper and one answer by the open link: all less the sheets is
// what that one person said.
func TestOneWayOfComingInIsNotShownWhereAnotherFollowsFromIt(t *testing.T) {
	p := newPoll(t, 3)
	says := func(n int, tier data.Tier, needs, fruit string) {
		for range n {
			a := p.ranks(needs, "road")
			a["fruit"] = data.Answer{Text: fruit}
			p.says(data.Response{Tier: tier, Answers: a})
		}
	}
	shows := func(want ...string) {
		t.Helper()
		for _, word := range tierWords {
			shown := slices.Contains(want, word)
			if results, ranks := p.fruit("Apple", "?tier="+word) != "", !p.hides("&tier="+word); results != shown || ranks != shown {
				t.Errorf("%s is shown in the results: %v, as a ranking: %v, wanted %v", word, results, ranks, shown)
			}
		}
	}
	says(20, data.TierPaper, "water", "a")
	shows("all", "trusted", "paper")
	says(1, data.TierOpen, "light", "b")
	shows("all")
	p.as(data.Observer).get(p.at("results?tier=paper")).want(http.StatusOK, p.said("survey.few.beside", "least", 5))
	says(4, data.TierOpen, "light", "b")
	shows("all", "trusted", "paper", "open")
	says(2, data.TierCoded, "school", "c")
	shows("all", "trusted", "open")
	says(3, data.TierCoded, "school", "c")
	shows(tierWords...)
}

// Everybody less two bands is the one person of the third.
func TestNoCutOfASurveyTellsWhatFollowsFromSeveral(t *testing.T) {
	p := newPoll(t, 3)
	says := func(n int, band data.Band, needs ...string) {
		for range n {
			p.says(data.Response{Band: band, Sex: data.Male, Village: p.villages[0].ID, Answers: p.ranks(needs...)})
		}
	}
	bands := []string{"&band=14-17", "&band=18-28"}
	says(8, "14-17", "water", "road")
	says(8, "18-28", "water", "road")
	for _, cut := range bands {
		if p.hides("&tier=all" + cut) {
			t.Errorf("%s is hidden", cut)
		}
	}
	says(1, "29-45", "light", "school")
	for _, cut := range bands {
		if !p.hides("&tier=all" + cut) {
			t.Errorf("%s is shown, and with it what the one of 29 to 45 said", cut)
		}
	}
	if p.hides("&tier=all") || p.hides("&tier=all&sex=male") {
		t.Error("everybody is hidden")
	}
}

// One woman stands for as many residents as forty men: what she said is the
// difference between both ways of weighing.
func TestWeightsDoNotTellWhatAFewSaid(t *testing.T) {
	p := newPoll(t, 3)
	var figures []data.Population
	for _, sex := range data.Sexes[:2] {
		for _, band := range p.round.Scheme.Bands {
			figures = append(figures, data.Population{Village: p.villages[0].ID, Sex: sex, Band: band, People: 100})
		}
	}
	p.must(p.store.SavePopulation(context.Background(), p.home.ID, []data.ID{p.villages[0].ID}, figures, data.Event{}))
	says := func(n int, sex data.Sex, needs, fruit string) {
		for range n {
			a := p.ranks(needs)
			a["fruit"] = data.Answer{Text: fruit}
			p.says(data.Response{Sex: sex, Band: "29-45", Village: p.villages[0].ID, Answers: a})
		}
	}
	says(40, data.Male, "water", "a")
	says(1, data.Female, "light", "b")
	if plain, weighed := p.fruit("Berry", ""), p.fruit("Berry", "?weight=1"); plain == "" || weighed != plain {
		t.Errorf("%q without weights, %q with them", plain, weighed)
	}
	p.as(data.Observer).get(p.at("results?weight=1")).want(http.StatusOK, p.said("survey.weight.few", "least", 5))
	if p.hides("&tier=all") || !p.hides("&tier=all&view=population") {
		t.Error("the order by the weight of residents is shown, or that of people is not")
	}
	says(9, data.Female, "light", "b")
	if plain, weighed := p.fruit("Berry", ""), p.fruit("Berry", "?weight=1"); plain == weighed || weighed == "" {
		t.Errorf("%q without weights, %q with them", plain, weighed)
	}
	if p.hides("&tier=all&view=population") {
		t.Error("ten women and forty men are not weighed")
	}
}
