package handlers_test

import (
	"testing"

	"ashar/data"
)

// tabletAndDesk looks at the page in both sizes.
func (b *browser) tabletAndDesk(name string) {
	b.t.Helper()
	for _, size := range [][2]int64{{1280, 800}, {800, 1280}} {
		b.size(size[0], size[1])
		b.looks(name)
	}
}

// Staff make a survey from a template, add a question with choices, put it in
// its place, translate it, try it, open it; then change it and publish that.
func TestASurveyIsBuiltTranslatedTriedAndOpened(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("round"))
	b.press(b.word("nav.surveys"))
	b.see(b.word("survey.list.empty"))
	b.tabletAndDesk("none")
	b.press(b.word("survey.add"))
	b.tabletAndDesk("new")
	b.press(b.word("survey.create"))
	b.see("Айылдын муктаждыктары", b.word("survey.findings.none"))
	b.tabletAndDesk("head")

	b.press(b.word("survey.tab.build"))
	b.tabletAndDesk("build")
	b.fill("#f-label", "Кышында жол ачыкпы?")
	b.tap(`#f-kind [value="one"]`)
	b.fill("#f-after", "about")
	b.press(b.word("survey.build.add.do"))
	b.see(b.word("question.choices"), b.word("form.list.missing"))
	b.fill(`[name="c.new"]`, "Ооба\nКээде\nЖок")
	b.press(b.word("question.choices.add"))
	b.until("three choices", `document.querySelectorAll(".choice-rows tbody tr").length === 3`)
	b.tabletAndDesk("question")
	b.tap(`[value="c.up.2"]`)
	b.until("the last one went up", `document.querySelectorAll(".choice-rows tbody tr").length === 3 && document.querySelector('[name="c.1.label.ky"]').value === "Жок"`)
	b.tap(`form#question .btn.main`)
	b.see("Кышында жол ачыкпы?")
	b.until("it stands behind the group", `[...document.querySelectorAll(".build > li")].findIndex((one) => one.innerText.includes("Кышында")) === 4`)
	b.tap(`#up-needs`)
	b.see(b.word("survey.build.done.up"))
	b.until("it moved", `[...document.querySelectorAll(".build > li")].findIndex((one) => one.id === "q-needs") === 4`)
	b.tabletAndDesk("moved")

	b.press(b.word("survey.tab.translate"))
	b.see("Кышында жол ачыкпы?")
	b.tabletAndDesk("translate")
	b.fill(`[name^="q/kyshynda"]`, "Открыта ли дорога зимой?")
	b.tap(`#translate form[data-guard] .btn.main`)
	b.see(b.word("survey.translate.saved"))
	b.press(b.word("survey.tab.head"))
	b.see("3")
	b.at(`a[href*="only=missing"]`)
	b.tabletAndDesk("untranslated")

	triesAndOpens(b, h)
}

func triesAndOpens(b *browser, h *house) {
	b.press(b.word("survey.tab.try"))
	b.see("Айылыбызга эмне эң керек экенин айтыңыз")
	b.looks("try")
	b.press(b.word("button.start"))
	b.see("Кайсы айылда жашайсыз?")
	b.looks("try-about")
	b.press(b.word("button.continue"))
	b.may("422")
	b.see(b.word("error.summary"))
	b.looks("try-wrong")
	b.press(b.word("survey.try.back"))

	b.press(b.word("survey.tab.head"))
	b.press(b.word("survey.open"))
	b.see(b.word("survey.phase.open"), b.word("survey.link.share.whatsapp"))
	b.tabletAndDesk("open")
	b.press(b.word("survey.tab.edit"))
	b.tabletAndDesk("settings")
	b.fill("#f-help", "0555 12 34 56")
	b.press(b.word("button.save"))
	b.see("0555 12 34 56")
	b.press(b.word("survey.tab.build"))
	b.tap(`#up-else`)
	b.see(b.word("survey.build.done.up"))
	b.press(b.word("survey.tab.head"))
	b.see(b.word("survey.changed"))
	b.press(b.word("survey.publish"))
	b.see(b.word("survey.version", "n", 2))
	b.press(b.word("survey.close"))
	b.see(b.word("survey.phase.closed"))
	for _, code := range []string{"ru", "en"} {
		b.speak(code, h.path("round/surveys"))
		b.tabletAndDesk("list")
	}
}
