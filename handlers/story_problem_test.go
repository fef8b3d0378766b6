package handlers_test

import (
	"context"
	"testing"

	"ashar/data"
	"ashar/handlers"
)

// everySize looks at the page on a desk, on a tablet and on a phone.
func (b *browser) everySize(name string) {
	b.t.Helper()
	for _, size := range [][2]int64{{1280, 900}, {360, 640}, {800, 1280}} {
		b.size(size[0], size[1])
		b.looks(name)
	}
}

// Staff type a problem that is on the list in other letters, are told so, add
// one that is not, take some from the starter list, merge two and split them.
func TestProblemsAreKeptInOrder(t *testing.T) {
	h := newHouse(t).lived()
	h.must(handlers.SeedStarters(context.Background(), h.store, handlers.Mint))
	h.spoken()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("round/problems"))

	b.press(b.word("problem.add"))
	b.fill("#f-title-ky", "кочо жарыктандыруу")
	b.see(b.word("problem.alike.same"))
	b.at(`#problem-alike a[href="` + h.path("problems/"+h.problems[3].ID.String()) + `"]`)
	b.everySize("alike")
	b.fill("#f-title-ky", "Кучтуу көпүрө")
	b.until("nothing is alike", `!document.querySelector("#problem-alike a")`)
	b.fill("#f-title-ru", "Крепкий мост")
	b.fill("#f-issue", "6")
	b.fill("#f-competence", "aimak")
	b.tap(`#problems form[data-guard] .btn.main`)
	b.see(b.word("problem.added", "title", "Кучтуу көпүрө"), b.word("problem.issue", "n", 6))
	b.looks("added")

	b.press(b.word("problem.starters"))
	b.tap(`#f-starter label:nth-of-type(2)`)
	b.tap(`#f-starter label:nth-of-type(5)`)
	b.looks("starters")
	b.press(b.word("problem.starters.add"))
	b.see(b.word("problem.starters.added", "n", 2))

	b.fill("#f-q", "КУЧТУУ")
	b.see(b.word("problem.found", "n", 1))
	b.until("only one is left", `document.querySelectorAll("#problem-lines tbody tr").length === 1`)
	b.press("Кучтуу көпүрө")
	b.see(b.word("problem.merge"))
	b.press(b.word("problem.merge"))
	b.fill("#f-q", "таза суу")
	b.at(`#problem-targets a[href$="?into=` + h.problems[0].ID.String() + `"]`)
	b.everySize("problem")
	b.tap(`#problem-targets a[href$="?into=` + h.problems[0].ID.String() + `"]`)
	b.see(b.word("problem.merge.ask", "from", "Кучтуу көпүрө", "to", "Таза суу"))
	b.everySize("merge")
	b.tap(`.confirm button`)
	b.see(b.word("problem.done.merged"), b.word("problem.merged"))
	b.looks("merged")
	b.press(b.word("button.split"))
	b.see(b.word("problem.done.split"))
	b.speak("ru", h.path("round/problems"))
	b.everySize("list")
}
