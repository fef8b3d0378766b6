package handlers_test

import (
	"testing"

	"ashar/data"
)

// drawn tells whether every chart is drawn by the browser, as wide as its card.
const drawn = `document.querySelectorAll(".plot").length > 0 && [...document.querySelectorAll(".plot")]
	.every((plot) => plot.querySelector("svg") && plot.querySelector("svg").clientWidth > plot.clientWidth / 2)`

func TestStoryTheRankingChangesWhileStaffLookAtIt(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.lived()
		s := h.spoken()
		b := h.opens(t)
		b.size(1280, 900)
		b.signIn(data.Staff)
		b.open(h.path("round/ranking"))
		b.reads("#all tbody tr:first-child th", needs[0].KY)
		b.until("every chart is drawn", drawn)
		b.looks("ranking")
		b.until("a mark stands in the page", `window.untouched = true`)

		h.writes(s, data.Entry{Kind: data.TallyAdd, Group: men, Problem: h.problems[1].ID, N: 1},
			data.Entry{Kind: data.TallyAdd, Group: women, Problem: h.problems[1].ID, N: 5})
		b.reads("#all tbody tr:first-child th", needs[1].KY)
		b.until("the page was not loaded anew", `window.untouched`)
		b.until("every chart is drawn again", drawn)
		b.looks("ranking-changed")

		b.fill("[name=sex]", string(data.Female))
		b.press(b.word("button.show"))
		b.until("only women are counted", `location.search.includes("sex=female")`)
		b.looks("ranking-women")
	})
}
