package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"testing"

	"ashar/data"
	forms "ashar/data/form"
)

// A problem that came with a later version is said to have been offered to few, on
// the results and on the page of priorities; who ranked all that stood there before
// has left nothing out.
func TestWhoCouldNotChooseAProblemIsTold(t *testing.T) {
	p := newPoll(t, 0)
	late := p.form.Lists[0].Choices[len(fixtureProblems)-1]
	before := p.form
	before.Lists = slices.Clone(p.form.Lists)
	before.Lists[0].Choices = slices.DeleteFunc(slices.Clone(before.Lists[0].Choices), func(c forms.Choice) bool { return c.Name == late.Name })
	p.must(p.store.OpenSurvey(context.Background(), p.home.ID, p.survey, before, p.survey.By, p.clock(), data.Event{}))
	p.again()
	all := fixtureProblems[:len(fixtureProblems)-1]
	for range 6 {
		p.says(data.Response{Answers: p.ranks(all...)})
	}
	results := p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "6 asked, 6 answered").lacks("ranked only")
	results.want(http.StatusOK, `id="method"`, "whoever wanted answered", "Each person who answered counts once", "how many of 100 comparisons", "There were 2 versions of the questions")
	results.want(http.StatusOK, late.Label.EN+"” was not on every list: 0 of 6 could choose it")
	p.must(p.store.OpenSurvey(context.Background(), p.home.ID, p.survey, p.form, p.survey.By, p.clock(), data.Event{}))
	p.again()
	p.says(data.Response{Answers: p.ranks(append([]string{late.Label.EN}, all...)...)})
	p.says(data.Response{Answers: p.ranks(all...)})
	told := late.Label.EN + "” was not on every list: 2 of 8 could choose it"
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, told, "There were 3 versions of the questions", "1 ranked only "+strconv.Itoa(len(all)))
	ranking := "rounds/" + p.round.ID.String() + "/ranking?tier=all&view=people&source=" + p.survey.ID.String()
	p.as(data.Observer).get(ranking).want(http.StatusOK, told)
}
