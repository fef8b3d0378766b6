package handlers_test

import (
	"testing"

	"ashar/data"
)

// Staff tick a response, write a reason and press Enter: that decides nothing, it
// asks for a button and keeps what was ticked and written. So does a refusal, with
// and without scripts.
func TestStoryEnterDecidesNothingInTheReview(t *testing.T) {
	h := newHouse(t).lived()
	survey := h.polls(240) // three of them wait
	b := h.opens(t)
	b.may("422")
	b.signIn(data.Staff)
	for i, scripts := range []bool{true, false} {
		b.scripts(scripts)
		b.open(h.path("surveys/" + survey.ID.String() + "/review"))
		b.tap("[name=response]")
		b.keys("\r")
		b.see(b.word("survey.review.choose"))
		b.at("[name=response]:checked")
		b.press(b.word("survey.review.remove"))
		b.see(b.word("survey.reason.needed"))
		b.at("[name=response]:checked")
		for _, size := range [][2]int64{{360, 640}, {800, 1280}, {1280, 900}} {
			b.size(size[0], size[1])
			b.looks("refused")
		}
		b.fill("#f-reason", "Бир түзмөктөн")
		b.keys("\r")
		b.see(b.word("survey.review.choose"))
		b.at(`#f-reason[value="Бир түзмөктөн"]`)
		b.press(b.word("survey.review.remove"))
		b.see(b.word("survey.review.done.removed", "n", 1))
		b.looks("removed")
		counts, err := h.store.CountResponses(t.Context(), h.home.ID, survey.ID)
		if h.must(err); counts[data.StateHeld] != 2-i || counts[data.StateRemoved] != i+1 {
			t.Errorf("scripts %v: %v", scripts, counts)
		}
	}
}
