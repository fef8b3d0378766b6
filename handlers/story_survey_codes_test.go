package handlers_test

import (
	"testing"

	"ashar/data"
)

// Staff print codes, a stack of them gets lost and is voided, and one more is
// found on the street: whoever comes with one is told what to do, and can answer
// without.
func TestStoryLostCodesLetNobodyIn(t *testing.T) {
	h := newHouse(t).lived()
	survey := h.bulak(false)
	at := h.path("surveys/" + survey.ID.String() + "/codes")
	b := h.opens(t)
	b.signIn(data.Staff)
	prints := func(purpose string) (code string) {
		b.open(at)
		b.fill("[name=n]", "3")
		b.fill("[name=purpose]", purpose)
		b.press(b.word("survey.codes.make"))
		b.see(b.word("survey.codes.now"))
		return b.text(".code")
	}
	lost, found := prints("Бала бакчадагы чогулуш"), prints("Мектептеги чогулуш")
	for _, lang := range data.Languages {
		b.speak(lang, at)
		b.press(b.word("survey.codes.void"))
		for _, size := range [][2]int64{{360, 640}, {800, 1280}, {1280, 800}} {
			b.size(size[0], size[1])
			b.looks("lost")
		}
	}
	b.speak("ky", at)
	b.press(b.word("survey.codes.void"))
	b.press(b.word("survey.codes.void.batch", "n", 3) + "…") // the first printed stands first
	b.see(b.word("survey.codes.void.ask", "n", 3), "Бала бакчадагы чогулуш")
	b.looks("sure")
	b.press(b.word("survey.codes.void.do"))
	b.see(b.word("survey.codes.void.done"))
	b.press(b.word("survey.codes.void"))
	b.may("422")
	b.fill("#f-code", "aaaaa-bbbbb")
	b.press(b.word("survey.codes.void.do") + "…")
	b.see(b.word("survey.codes.void.unknown"))
	b.looks("unknown")
	b.fill("#f-code", found)
	b.keys("\r")
	b.see(b.word("survey.codes.void.ask", "n", 1), found)
	b.press(b.word("survey.codes.void.do"))
	b.see(b.word("survey.codes.void.done"))
	b.looks("voided")
	for _, code := range []string{lost, found} {
		for _, lang := range data.Languages {
			b.l, _ = h.words.Get(lang)
			b.size(360, 640)
			b.open("/s/bulak?k=" + code + "&l=" + lang)
			b.see(b.word("response.gate.void"))
			b.looks("gate")
		}
	}
	b.press(b.word("response.gate.without"))
	b.at("#answers")
	b.speak("ky", h.path("audit"))
	b.see(b.word("audit.survey.codes.void"), "3 · Бала бакчадагы чогулуш", "1 · Мектептеги чогулуш")
}
