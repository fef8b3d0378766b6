package handlers_test

import (
	"testing"

	"ashar/data"
)

func TestStoryASessionIsRecordedWithoutScripts(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.scripts(false)
	b.signIn(data.Facilitator)
	opensSession(b, "hands")
	plainPresence(b)
	plainList(b)
	plainTally(b)
	b.open(b.session("close"))
	b.press(b.word("session.close.do"))
	b.until("it is closed", `!location.pathname.endsWith("/close")`)
	b.open(b.session("protocol"))
	b.see(needs[0].KY)
	b.looks("plain-protocol")
}

func plainPresence(b *browser) {
	b.t.Helper()
	b.press(b.word("session.step.presence.do"))
	b.see(b.word("session.presence.ask"))
	b.tap(".choices-grid li:last-child a")
	b.fill("#f-n", "6")
	b.press(b.word("button.save"))
	b.reads("#presence-pad form.pad-cell .count", "6")
	b.tap("#presence-pad form.pad-cell .plus")
	b.reads("#presence-pad form.pad-cell .count", "7")
	b.looks("plain-presence")
	b.tap("[data-undo] button")
	b.reads("#presence-pad form.pad-cell .count", "6")
}

func plainList(b *browser) {
	b.t.Helper()
	b.tap(".pad-foot .btn.main")
	b.see(b.word("session.list.bare"))
	b.press(needs[0].KY)
	b.press(b.word("session.list.choose"))
	b.until("one is listed", `document.querySelectorAll("ol.listed li").length === 1`)
	b.looks("plain-list")
}

func plainTally(b *browser) {
	b.t.Helper()
	b.tap(".pad-foot .btn.main")
	b.see(b.word("tally.heading.none"))
	b.tap(".pad-foot .btn.main")
	for _, n := range []string{"1", "2", "3"} {
		b.tap("#pad form.pad-cell .plus")
		b.reads("#pad .total .count", n)
	}
	b.tap("#pad form.pad-cell .minus")
	b.reads("#pad .total .count", "2")
	b.looks("plain-tally")
}
