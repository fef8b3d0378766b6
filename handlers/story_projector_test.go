package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"ashar/data"
)

// slide waits until one slide is shown, and no other.
func (b *browser) slide(n string) {
	b.t.Helper()
	b.until("slide "+n, `[...document.querySelectorAll(".slide")].filter((one) => one.checkVisibility()).map((one) => one.id).join() === "slide-`+n+`"`)
}

func TestStoryAnAssemblyIsShownTheResult(t *testing.T) {
	h := newHouse(t).weighed()
	b := h.opens(t)
	b.size(1280, 720)
	b.signIn(data.Staff)
	b.open(h.path("round/ranking"))
	b.press(b.word("projector.open"))
	b.slide("1")
	for _, step := range []struct{ keys, slide string }{
		{kb.ArrowLeft, "1"}, {kb.ArrowRight, "2"}, {" ", "3"}, {kb.PageDown, "4"}, {kb.PageUp, "3"}, {kb.ArrowUp, "2"}, {kb.ArrowDown, "3"}, {kb.End, "5"}, {kb.ArrowRight, "5"}, {kb.Home, "1"},
	} {
		b.keys(step.keys)
		b.slide(step.slide)
	}
	for _, n := range []string{"2", "3", "4", "5"} {
		b.looks("projector-" + n)
		b.press(b.word("projector.next"))
		b.slide(n)
		b.until("the slide fits the wall", `document.scrollingElement.scrollHeight <= innerHeight`)
	}
	b.looks("projector-last")
	b.press(b.word("replay.next"))
	b.until("the next re-draw is shown", `document.querySelector(".slide.now li.now") === document.querySelectorAll(".slide.now .frames > li")[1]`)
	b.press(b.word("projector.back"))
	b.slide("4")
	b.keys(kb.End)
	b.slide("5")
	b.press(b.word("projector.leave"))
	b.until("the pages are back", `location.pathname.endsWith("/ranking")`)
	b.size(360, 640)
	for _, l := range h.words.All() {
		b.speak(l.Code(), h.path("round/projector"))
		for range 4 {
			b.looks("projector-phone")
			b.keys(kb.ArrowRight)
		}
		b.slide("5")
		b.looks("projector-phone")
	}
}
