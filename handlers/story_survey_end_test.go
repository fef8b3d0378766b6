package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ashar/data"
	"ashar/handlers"
)

// replied is a response of a woman or man of a village that counts.
func (h *house) replied(survey data.Survey, village int, sex data.Sex, band data.Band) {
	h.t.Helper()
	id := handlers.Mint()
	r := data.Response{ID: id, Survey: survey.ID, Version: 1, Key: data.KeyOf(survey.ID, id.String()), Lang: "ky", Tier: data.TierOpen, State: data.StateCounted, Received: h.now(),
		Village: h.villages[village].ID, Sex: sex, Band: band, Answers: data.Answers{"need": {Ranks: [][]string{{h.need(0)}}}, "say": {Text: "Көпүрө керек"}}}
	_, err := h.store.AddResponse(h.t.Context(), h.home.ID, r, nil)
	h.must(err)
}

// target is the field of how many are to be heard.
func (h *house) target(village int, sex data.Sex, band data.Band) string {
	return `[name="n.` + h.villages[village].ID.String() + `.` + string(sex) + `.` + string(band) + `"]`
}

// Staff spread a number over the population, put one figure right, are told what
// a colleague has put meanwhile, and read in the results who is missing.
func TestStoryTargetsAreSetAndMet(t *testing.T) {
	h := newHouse(t).lived()
	h.counts()
	survey := h.bulak(false)
	at := h.path("surveys/" + survey.ID.String())
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(at)
	b.press(b.word("survey.targets"))
	b.fill("#f-spread", "40")
	b.press(b.word("survey.targets.spread.do"))
	b.see(b.word("survey.targets.sum", "n", 40))
	b.tabletAndDesk("targets")

	old, young := h.target(0, data.Female, "61+"), h.target(0, data.Male, "14-17")
	b.fill(old, "2")
	b.fill(h.target(1, data.Female, "18-28"), "3")
	meanwhile, err := h.store.Survey(t.Context(), h.home.ID, survey.ID)
	h.must(err)
	meanwhile.Targets = append(data.Targets{}, meanwhile.Targets...)
	meanwhile.Targets[0].People = 77
	h.must(h.store.SaveSurvey(t.Context(), h.home.ID, meanwhile, data.Event{}))
	b.may("422")
	b.keys("\r") // Enter saves
	b.see(b.word("survey.theirs"), b.word("survey.theirs.question"), "77")
	b.holds(old, "2")
	for _, size := range [][2]int64{{360, 640}, {800, 1280}, {1280, 800}} {
		b.size(size[0], size[1])
		b.looks("targets-theirs")
	}
	b.fill(young, "0")
	b.tap("form[data-guard] > .row .btn.main")
	b.at(".notice.good")
	for range 3 {
		h.replied(survey, 0, data.Female, "61+")
	}
	b.open(at + "/results")
	b.see(b.word("survey.target.title"), b.word("survey.target.met"), b.word("survey.target.short"))
	row, err := js[string](b, `[...document.querySelectorAll("#who tbody tr")].map((one) => [...one.cells].map((cell) => cell.innerText.trim()).join("|")).find((row) => row.includes("|3|2|"))`)
	if err != nil || !strings.HasSuffix(row, b.word("survey.target.met")) {
		t.Errorf("the women of 61 and over: %q %v", row, err)
	}
}

// holds waits until a field holds a text.
func (b *browser) holds(field, text string) {
	b.t.Helper()
	b.until(field+" holds "+text, `document.querySelector(`+quote(field)+`).value === `+quote(text))
}

// A survey that nobody answered is deleted; one with answers is closed, and its
// answers erased by hand with its word, or by itself when their months are over.
func TestStoryASurveyEndsAndItsAnswersAreErased(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Staff)
	deletesUnanswered(b)
	survey, err := h.store.Survey(t.Context(), h.home.ID, h.bulak(false).ID)
	h.must(err)
	survey.Keep = 2
	h.must(h.store.SaveSurvey(t.Context(), h.home.ID, survey, data.Event{}))
	for i := range 6 {
		h.replied(survey, i%2, data.Female, "18-28")
	}
	at := h.path("surveys/" + survey.ID.String())
	b.open(at)
	b.see(b.word("count.months", "n", 2))
	b.press(b.word("survey.more"))
	if there, _ := js[bool](b, `!!document.querySelector('form[action$="/delete"]')`); there {
		t.Error("a survey with answers can be deleted")
	}
	b.press(b.word("survey.purge"))
	b.see(b.word("survey.purge.help", "answers", b.word("count.responses", "n", 6)))
	for _, size := range [][2]int64{{360, 640}, {800, 1280}, {1280, 800}} {
		b.size(size[0], size[1])
		b.looks("purge")
	}
	b.fill("#f-word", "Bulaq")
	b.may("422")
	b.press(b.word("survey.purge"))
	b.see(b.word("survey.purge.wrong", "word", "bulak"))
	if n := len(h.sent(survey)); n != 6 {
		t.Fatalf("%d responses are left by a wrong word", n)
	}
	b.open(at)
	b.press(b.word("survey.close"))
	b.see(b.word("survey.phase.closed"))
	due := data.Date(h.now().UTC().AddDate(0, 2, 0).Format(time.DateOnly))
	b.see(b.word("survey.due", "date", b.l.Date(due.Time())))

	h.ahead.Store(int64(31 * 24 * time.Hour))
	h.must(h.server.SweepSurveys(t.Context()))
	if n := len(h.sent(survey)); n != 6 {
		t.Fatalf("%d responses are left after a month", n)
	}
	h.ahead.Store(int64(70 * 24 * time.Hour))
	h.must(h.server.SweepSurveys(t.Context()))
	b.signIn(data.Staff)
	erased(b, survey, at)
	b.open(h.path("audit"))
	b.see(b.word("audit.survey.purge.due"))
	b.looks("audit")
}

// deletesUnanswered makes a survey, archives it, takes it out again and deletes it.
func deletesUnanswered(b *browser) {
	b.t.Helper()
	at := b.blank()
	b.open(at)
	b.press(b.word("survey.more"))
	b.press(b.word("button.archive"))
	b.see(b.word("survey.archived"))
	b.press(b.word("survey.more"))
	b.press(b.word("button.unarchive"))
	b.until("it is out", `!document.body.innerText.includes(`+quote(b.word("survey.archived"))+`)`)
	b.press(b.word("survey.more"))
	b.press(b.word("button.delete") + "…")
	b.see(b.word("survey.delete.help"))
	b.looks("delete")
	b.press(b.word("button.delete"))
	b.see(b.word("survey.list.empty"))
}

// erased looks that nothing is left of what people said, and that the survey and
// the receipt's page say so.
func erased(b *browser, survey data.Survey, at string) {
	b.t.Helper()
	if n := len(b.house.sent(survey)); n != 0 {
		b.t.Errorf("%d responses are left", n)
	}
	b.open(at)
	b.see(b.word("survey.finding.purged", "date", b.l.Date(b.house.now().UTC())))
	b.looks("purged")
	if there, _ := js[bool](b, `!!document.querySelector('form[action$="/open"]')`); there {
		b.t.Error("it can be opened again")
	}
	for _, part := range []string{"/results", "/answers", "/review", "/export/responses.csv?"} {
		text, err := js[string](b, `fetch(`+quote(strings.TrimSuffix(at+part, "?"))+`).then((answer) => answer.text())`, chromedp.EvalAwaitPromise)
		if err != nil || strings.Contains(text, "Көпүрө керек") {
			b.t.Errorf("%s: %v %s", part, err, text)
		}
	}
	b.open("/s/" + survey.Word + "?l=ky")
	b.see(b.word("response.gate.closed"))
}
