package handlers_test

import (
	"strconv"
	"strings"
	"testing"

	"ashar/data"
)

func TestStoryAFacilitatorRecordsATallyOnATablet(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Facilitator)
	opensSession(b, "hands")
	countsThoseHere(b)
	listsProblems(b)
	talliesHands(b)
	notesWords(b)
	closes(b)
}

// opensSession is the form of a new session, filled.
func opensSession(b *browser, form string) {
	b.t.Helper()
	b.open(b.house.path("round/sessions"))
	b.see(b.word("session.list.empty"))
	b.looks("sessions-empty")
	b.press(b.word("session.add"))
	b.see(b.word("session.add.help"))
	b.looks("session-new")
	b.fill("[name=village]", b.house.villages[0].ID.String())
	b.fill("[name=facilitators]", "Айгүл, Бакыт")
	b.tap(`label:has([name=form][value="` + form + `"])`)
	b.press(b.word("session.consent.none"))
	b.tap("form button.btn.main")
	b.see(b.word("session.step.presence"))
	b.looks("session-open")
}

// countsThoseHere types one number and taps the rest.
func countsThoseHere(b *browser) {
	b.t.Helper()
	b.press(b.word("session.step.presence.do"))
	b.see(b.word("session.presence.ask"))
	b.looks("presence-empty")
	for i, n := range []string{"9", "8"} {
		together := []string{"9", "17"}[i]
		if i > 0 {
			b.tap("#presence-pad summary")
		}
		b.tap(".choices-grid li:last-child a")
		b.fill("#f-n", n)
		b.press(b.word("button.save"))
		b.reads("#presence-pad .total .count", together)
	}
	b.tap("#presence-pad form.pad-cell .plus")
	b.tap("#presence-pad form.pad-cell .plus")
	b.tap("#presence-pad form.pad-cell .minus")
	b.reads("#presence-pad .total .count", "18")
	b.keeps("#presence-pad .total .count", "18")
	b.looks("presence")
}

// keeps opens the page anew once all taps are away, and wants the same number
// from the server.
func (b *browser) keeps(selector, text string) {
	b.t.Helper()
	b.arrive()
	b.open(b.address())
	b.reads(selector, text)
}

// reads waits until an element says exactly this.
func (b *browser) reads(selector, text string) {
	b.t.Helper()
	b.until(selector+" says "+text, `(document.querySelector(`+quote(selector)+`) || {}).innerText === `+quote(text))
}

// listsProblems takes some that the round knows and one that is new.
func listsProblems(b *browser) {
	b.t.Helper()
	b.tap(".pad-foot .btn.main")
	b.see(b.word("session.list.bare"))
	b.looks("list-empty")
	b.press(needs[0].KY)
	b.press(needs[1].KY)
	b.press(b.word("session.list.choose"))
	b.until("two are listed", `document.querySelectorAll("ol.listed li").length === 2`)
	b.fill("#f-title", "Мал дарыгери жок")
	b.press(b.word("session.list.add"))
	b.until("three are listed", `document.querySelectorAll("ol.listed li").length === 3`)
	b.looks("list")
}

// talliesHands taps for two problems and takes one tap back.
func talliesHands(b *browser) {
	b.t.Helper()
	b.tap(".pad-foot .btn.main")
	b.see(b.word("tally.heading.none"))
	b.looks("tally-all")
	b.tap(".pad-foot .btn.main")
	b.at("#pad form.pad-cell")
	first := b.text("h1")
	for range 4 {
		b.tap("#pad form.pad-cell .plus")
	}
	b.reads("#pad .total .count", "4")
	b.keeps("#pad .total .count", "4")
	b.tap("[data-undo] button")
	b.reads("#pad .total .count", "3")
	b.keeps("#pad .total .count", "3")
	b.looks("tally-pad")
	b.types("#pad form.pad-cell:nth-of-type(2)", "7")
	b.reads("#pad .total .count", "10")
	b.tap(".pad-foot .btn.main")
	b.until("the next problem is asked", `document.querySelector("h1").innerText !== `+quote(first))
	b.tap("#pad form.pad-cell:nth-of-type(2) .plus")
	b.reads("#pad .total .count", "1")
	b.press(b.word("tally.list"))
	b.see("10 / 18")
	b.looks("tally-list")
}

func notesWords(b *browser) {
	b.t.Helper()
	b.open(b.session("notes"))
	b.see(b.word("session.notes.ask"))
	b.fill("[name=text]", "Суу жайында такыр келбейт <b>деди</b>")
	b.tap("#session-notes form .btn")
	b.see("Суу жайында такыр келбейт <b>деди</b>")
	b.looks("notes")
}

func closes(b *browser) {
	b.t.Helper()
	b.tap(".pad-foot .btn.main")
	b.see(b.word("session.close.ask"))
	b.looks("close")
	b.press(b.word("session.close.do"))
	b.see(b.word("session.protocol.title"), "Айгүл, Бакыт", needs[0].KY)
	b.looks("protocol")
	b.open(strings.TrimSuffix(b.session(""), "/"))
	b.looks("session-closed")
}

// session is an address of the only session there is.
func (b *browser) session(page string) string {
	b.t.Helper()
	list, err := b.house.store.Sessions(b.t.Context(), b.house.home.ID, b.house.round.ID)
	b.house.must(err)
	if len(list) != 1 {
		b.t.Fatalf("%d sessions", len(list))
	}
	return b.house.path("sessions/" + list[0].ID.String() + "/" + page)
}

// gathered is a session with people counted and all problems on its list.
func (h *house) gathered(form data.Form) data.Session {
	h.t.Helper()
	s := h.sits(form)
	entries := []data.Entry{{Kind: data.PresenceAdd, Group: women, N: 5}, {Kind: data.PresenceAdd, Group: men, N: 4}}
	for _, p := range h.problems {
		entries = append(entries, data.Entry{Kind: data.Offer, Problem: p.ID})
	}
	h.writes(s, entries...)
	return s
}

func TestStoryBallotsPairsOrdersAndScoresAreRecordedByTaps(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Facilitator)
	for _, one := range []struct {
		form    data.Form
		records func(*browser)
	}{{data.Ballots, castsBallots}, {data.Pairs, comparesPairs}, {data.Order, agreesOnOrder}, {data.Scores, givesScores}} {
		s := h.gathered(one.form)
		b.open(h.path("sessions/" + s.ID.String() + "/record"))
		one.records(b)
		b.looks(string(one.form))
	}
}

// picks taps problems of a list in order.
func (b *browser) picks(lines ...int) {
	b.t.Helper()
	for i, line := range lines {
		row := ".pick > li:nth-child(" + strconv.Itoa(line) + ") "
		b.tap(row + ".pick-tap")
		b.reads(row+".pick-tap b", strconv.Itoa(i+1))
	}
}

func castsBallots(b *browser) {
	b.t.Helper()
	b.see(b.word("cast.heading.ballots", "k", 1, "n", 9))
	b.may("status of 422")
	b.tap(".whose label")
	b.press(b.word("cast.keep.ballots"))
	b.at(".errors")
	b.looks("ballot-refused")
	b.picks(2, 4, 1)
	b.press(b.word("cast.keep.ballots"))
	b.see(b.word("cast.heading.ballots", "k", 2, "n", 9))
	b.at(".casts li")
	b.until("nothing has a place on the next ballot", `![...document.querySelectorAll(".pick-tap b")].some((one) => one.innerText)`)
}

func comparesPairs(b *browser) {
	b.t.Helper()
	for i, answer := range []string{".versus .btn:first-child", ".versus .btn:last-child", ".btn.alike"} {
		b.tap("#pair " + answer)
		b.see(b.word("pair.progress", "k", i+1, "n", 6))
	}
	b.tap("[data-undo] button")
	b.see(b.word("pair.progress", "k", 2, "n", 6))
}

func agreesOnOrder(b *browser) {
	b.t.Helper()
	b.picks(3, 1, 4, 2)
	b.press(b.word("order.keep"))
	b.at("#agreed .lines li")
	b.reads("#agreed .lines li:first-child .name", needs[2].KY)
}

func givesScores(b *browser) {
	b.t.Helper()
	b.see(b.word("cast.heading.scores", "k", 1, "n", 9))
	b.tap(".whose label:nth-of-type(2)")
	for i, score := range []string{"5", "2", "4"} {
		b.tap("fieldset.scores:nth-of-type(" + strconv.Itoa(i+2) + ") label:has([value='" + score + "'])")
	}
	b.press(b.word("cast.keep.scores"))
	b.see(b.word("cast.heading.scores", "k", 2, "n", 9))
	b.see("5,0")
}
