package handlers_test

import (
	"testing"
	"time"

	"ashar/data"
	"ashar/handlers"
)

// weighed gives the house a round whose rule has all its usual settings, in which
// three groups of each sex met in two villages, and not everybody's age was heard.
func (h *house) weighed() *house {
	h.t.Helper()
	h.lived()
	h.counts()
	h.round.ID, h.round.Rule = handlers.Mint(), data.DefaultRule(data.People)
	for i := range h.problems {
		h.problems[i].ID, h.problems[i].Round = handlers.Mint(), h.round.ID
	}
	h.must(h.store.AddRound(h.t.Context(), h.home.ID, h.round, h.problems, data.Event{}))
	for i, hands := range [][2][4]int{{{8, 3, 5, 1}, {2, 8, 1, 3}}, {{9, 4, 6, 2}, {4, 7, 2, 1}}, {{7, 5, 6, 2}, {3, 6, 2, 4}}} {
		now := time.Now()
		s := data.Session{ID: handlers.Mint(), Round: h.round.ID, Village: h.villages[min(i, 1)].ID, Place: "Клуб", Date: data.Date(now.UTC().Format(time.DateOnly)),
			Facilitators: "Бакыт М.", Form: data.Tally, By: h.accounts[data.Facilitator].ID, Created: now}
		h.must(h.store.OpenSession(h.t.Context(), h.home.ID, s, now, data.Event{}))
		for i, group := range []data.Group{women, men} { // three of each: of fewer no re-draws are shown to an assembly
			h.writes(s, data.Entry{Kind: data.PresenceAdd, Group: group, N: 9})
			for j, n := range hands[i] {
				h.writes(s, data.Entry{Kind: data.TallyAdd, Group: group, Problem: h.problems[j].ID, N: n})
			}
		}
	}
	return h
}

// redraws is how many of them are to be seen.
const redraws = `[...document.querySelectorAll("#again .frames > li")].filter((one) => one.checkVisibility()).length`

func TestStoryStaffReadTheRankingAndAskWhatWouldBe(t *testing.T) {
	h := newHouse(t).weighed()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("round/ranking"))
	b.until("every chart is drawn", drawn)
	b.until("the first screens say what is first, how sure, and who was missing", `document.querySelector(".lead").innerText.length > 40 && document.querySelector("#missing").getBoundingClientRect().bottom < 2 * innerHeight`)
	b.looks("reading")

	b.press(b.word("ranking.again"))
	b.until("all re-draws stand beside each other", redraws+` === 12`)
	b.looks("reading-again")
	b.press(b.word("replay.next"))
	b.until("one is shown", redraws+` === 1 && document.querySelector("#again li.now") === document.querySelector("#again li")`)
	b.press(b.word("replay.next"))
	b.until("the second is shown and said", `document.querySelector("#again li.now") === document.querySelectorAll("#again li")[1] && document.querySelector("#again [data-replay-says]").textContent`)
	b.press(b.word("replay.play"))
	b.until("it goes on by itself", `document.querySelector("#again li.now") !== document.querySelectorAll("#again li")[1]`)
	b.press(b.word("replay.pause"))
	b.press(b.word("replay.all"))
	b.until("all are shown again", redraws+` === 12`)

	asks(b)
	b.size(1280, 800)
	b.open(h.path("round/ranking"))
	b.until("every chart is drawn", drawn)
	b.looks("reading-wide")
	b.size(360, 640)
	for _, l := range h.words.All() {
		b.speak(l.Code(), h.path("round/ranking"))
		b.press(b.word("ranking.again"))
		b.until("the re-draws are shown", redraws+` === 12`)
		b.until("every chart fits the phone, unless it has too many columns", `[...document.querySelectorAll("main .drawing")].every((one) => {
			const fits = one.checkVisibility() === one.matches(".slim") && one.scrollWidth <= one.clientWidth;
			return fits || one.querySelector(".long");
		})`)
		b.looks("reading-phone")
	}
}

// asks leaves a group out, sees that this is not the result, and comes back.
func asks(b *browser) {
	b.t.Helper()
	first := b.text("#all tbody tr:first-child th")
	key, err := js[string](b, `document.querySelector("#c-without").options[1].value`)
	if err != nil {
		b.t.Fatal(err)
	}
	b.fill("#c-without", key)
	b.tap("#what button")
	b.at("#what-said")
	b.until("the group is left out", `location.search.includes("without=") && document.querySelector("#c-without").value === `+quote(key))
	b.looks("reading-without")
	b.press(b.word("ranking.what.back"))
	b.until("it is the result again", `!document.querySelector("#what-said") && !location.search.includes("without=")`)
	b.reads("#all tbody tr:first-child th", first)
}

func TestStoryTheRankingIsPrinted(t *testing.T) {
	h := newHouse(t).weighed()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("round/ranking"))
	b.until("every chart is drawn", drawn)
	b.media("print")
	b.until("what is closed and what is pressed are not on paper", `[...document.querySelectorAll("#again, #what, #download, .btn, #cut, .plot")].every((one) => !one.checkVisibility())`)
	b.until("every chart is on paper, with its table", `[...document.querySelectorAll("main figure.chart:not(.replay)")].every((one) => one.querySelector("svg.drawn").checkVisibility())`)
	b.media("")
	b.prints("ranking", 16)
}

func TestStoryTheRankingIsWholeWithoutScripts(t *testing.T) {
	h := newHouse(t).weighed()
	b := h.opens(t)
	b.scripts(false)
	b.signIn(data.Staff)
	b.open(h.path("round/ranking"))
	b.until("every chart is a picture with a table", `document.querySelectorAll("main figure.chart").length > 8 && [...document.querySelectorAll("main figure.chart:not(.replay)")]
		.every((one) => one.querySelector("svg.drawn").checkVisibility() && one.querySelector("details.table table tbody tr"))`)
	b.press(b.word("ranking.again"))
	b.until("all re-draws stand beside each other, with no buttons", redraws+` === 12 && !document.querySelector("#again .btn").checkVisibility()`)
	b.looks("reading-plain")
	asks(b)

	b.open(h.path("round/projector"))
	b.until("all slides stand under each other", `(() => {
		const tops = [...document.querySelectorAll(".slide")].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().top);
		return tops.length === 5 && tops.every((top, i) => i === 0 || top > tops[i - 1] + 100);
	})()`)
	b.looks("projector-plain")
}
