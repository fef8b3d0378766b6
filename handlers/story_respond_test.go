package handlers_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ashar/data"
)

// link follows the link of the survey in a language, on a phone.
func (b *browser) link(code string) {
	b.t.Helper()
	l, ok := b.house.words.Get(code)
	if !ok {
		b.t.Fatal("no language " + code)
	}
	b.l = l
	b.open("/s/bulak?l=" + code)
	b.at("#answers")
}

// keys presses keys, one after the other.
func (b *browser) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// tabTo presses Tab until an element has the focus.
func (b *browser) tabTo(selector string) {
	b.t.Helper()
	for range 60 {
		if there, _ := js[bool](b, `document.activeElement.matches(`+quote(selector)+`)`); there {
			return
		}
		b.keys("\t")
	}
	b.t.Fatalf("the keyboard does not come to %s", selector)
}

// onwards sends the page and waits for the next one.
func (b *browser) onwards() {
	b.t.Helper()
	before := b.address()
	b.tap(".acts .main")
	b.until("the next page", `location.pathname + location.search !== `+quote(before)+` && document.querySelector("h1")`)
}

func (h *house) need(i int) string { return h.problems[i].ID.String() }

func TestStoryAResidentAnswersOnAPhone(t *testing.T) {
	for _, code := range []string{"ky", "ru", "en"} {
		t.Run(code, func(t *testing.T) {
			h := newHouse(t).lived()
			survey := h.bulak(false)
			b := h.opens(t)
			b.size(360, 640)
			b.link(code)
			b.looks("first")
			b.ranksByKeyboard()
			b.looks("ranked")
			b.onwards()
			b.until("the village", `document.querySelector("[name=village]")`)
			b.tap(".opt:nth-of-type(2)")
			b.looks("village")
			b.onwards()
			b.who()
			b.rest()
			b.at("#receipt")
			b.looks("receipt")
			r := h.sent(survey)
			if len(r) != 1 || len(r[0].Answers["need"].Ranks) != 3 || r[0].Answers["need"].Ranks[0][0] != h.need(2) || r[0].Answers["need"].Ranks[1][0] != h.need(0) {
				t.Fatalf("kept %+v", r)
			}
			b.forgets()
			b.corrects(survey)
		})
	}
}

// ranksByKeyboard puts three in order with Tab, space and Enter alone, and moves
// one up: 1, 3, 4 become 3, 1, 4.
func (b *browser) ranksByKeyboard() {
	b.t.Helper()
	picked := func() string {
		text, _ := js[string](b, `[...document.querySelectorAll(".pick select")].map((one) => one.value || "-").join(" ")`)
		return text
	}
	if is := picked(); is != "- - - -" {
		b.t.Errorf("it starts ranked: %s", is)
	}
	b.tabTo(".pick > li:nth-child(1) .pick-tap")
	b.keys(" ")
	b.tabTo(".pick > li:nth-child(3) .pick-tap")
	b.keys("\r")
	b.tabTo(".pick > li:nth-child(4) .pick-tap")
	b.keys(" ")
	b.tabTo(".pick > li:nth-child(4) .down")
	b.do(chromedp.KeyEvent("\t", chromedp.KeyModifiers(chromedp.ModifierShift)))
	for range 20 {
		if there, _ := js[bool](b, `document.activeElement.matches(".pick > li:nth-child(3) .up")`); there {
			break
		}
		b.do(chromedp.KeyEvent("\t", chromedp.KeyModifiers(chromedp.ModifierShift)))
	}
	b.keys("\r")
	if is := picked(); is != "2 - 1 3" {
		b.t.Errorf("the order is %s", is)
	}
	if said, _ := js[string](b, `document.querySelector(".pick + [role=status]").textContent`); !strings.Contains(said, "1") {
		b.t.Errorf("said %q", said)
	}
	if focus, _ := js[bool](b, `document.activeElement.matches(".pick > li:nth-child(3) .up")`); !focus {
		b.t.Error("the focus has left the button")
	}
}

// who answers the group, with the question that an answer brings.
func (b *browser) who() {
	b.t.Helper()
	b.at("[name=sex]")
	if shown, _ := js[bool](b, `document.querySelector("[name=where]").checkVisibility()`); shown {
		b.t.Error("asked where before it was said that they work")
	}
	b.tap("[name=sex][value=_refused]")
	b.tap("[name=band][value='18-28']")
	b.tap("[name=job][value=yes]")
	b.until("asked where", `document.querySelector("[name=where]").checkVisibility()`)
	b.looks("group")
	b.may("422")
	b.tap(".acts .main")
	b.at(".errors")
	b.until("the focus is at the faults", `document.activeElement.matches(".errors")`)
	b.looks("faults")
	if kept, _ := js[bool](b, `document.querySelector("[name=band][value='18-28']").checked && document.querySelector("[name=sex][value=_refused]").checked`); !kept {
		b.t.Error("what was chosen is lost")
	}
	b.fill("[name=where]", "мектеп")
	b.onwards()
}

// rest answers the other questions.
func (b *browser) rest() {
	b.t.Helper()
	b.at("[name^='beans/']")
	b.fill("#f-beans-1", "7")
	b.fill("#f-beans-2", "3")
	if !b.plain {
		b.see(b.word("response.points.left", "n", 0))
	}
	b.looks("points")
	b.onwards()
	b.at(".item")
	b.tap("#f-rate")
	b.looks("matrix")
	b.onwards()
	b.at(".pair")
	b.tap("#f-duel")
	b.looks("pairs")
	b.onwards()
	b.at("[name=mood]")
	b.tap("[name=mood][value='4']")
	b.looks("range")
	b.onwards()
	b.fill("[name=say]", "Көпүрөнү да оңдоп бериңиздер")
	b.looks("say")
	b.onwards()
}

// forgets goes back from the receipt, as the next person with the phone might:
// nothing of the answers is to be seen, and nothing is on the phone.
func (b *browser) forgets() {
	b.t.Helper()
	if left, _ := js[int](b, `[localStorage, sessionStorage].reduce((n, s) => n + Object.keys(s).length, 0)`); left > 0 && !b.plain {
		b.t.Errorf("%d things are left on the phone", left)
	}
	for i := range 9 {
		if _, err := js[chromedp.Void](b, `void history.back()`); err != nil {
			b.t.Fatal(err)
		}
		time.Sleep(250 * time.Millisecond)
		if !strings.HasPrefix(b.address(), "/s/") {
			break
		}
		b.until("drawn after going back", `document.querySelector("h1")`)
		said, err := js[string](b, `location.pathname.startsWith("/s/") ? [...document.querySelectorAll("input, textarea, select")].filter((one) => one.type !== "hidden" && (one.type === "radio" || one.type === "checkbox" ? one.checked : one.value)).map((one) => one.name + "=" + one.value).join(" ") : ""`)
		if err != nil || said != "" {
			b.t.Errorf("%d back the next person reads %q %v at %s", i+1, said, err, b.address())
		}
	}
}

// corrects withdraws with the code of the receipt.
func (b *browser) corrects(survey data.Survey) {
	b.t.Helper()
	h := b.house
	b.link(b.l.Code())
	b.press(b.word("response.code.have"))
	b.at("#f-code")
	b.looks("code")
	b.fill("#f-code", "aaaaa-aaaaa")
	b.may("422")
	b.press(b.word("response.withdraw"))
	b.at(".errors")
	b.looks("code-wrong")
	// Who answers as fast as a test may is held for a look; a wrong code changes nothing of that.
	if r := h.sent(survey); r[0].State == data.StateWithdrawn || len(r[0].Answers) == 0 {
		b.t.Errorf("a wrong code took it back: %+v", r[0])
	}
}

func TestStoryAResidentAnswersWithoutScripts(t *testing.T) {
	for _, code := range []string{"ky", "ru", "en"} {
		t.Run(code, func(t *testing.T) {
			h := newHouse(t).lived()
			survey := h.bulak(false)
			b := h.opens(t)
			b.size(360, 640)
			b.scripts(false)
			b.link(code)
			b.looks("plain-first")
			for place, i := range []int{2, 0, 3} {
				b.fill("#f-need-"+strconv.Itoa(i+1), strconv.Itoa(place+1))
			}
			b.onwards()
			b.at("[name=village]")
			b.tap(".opt:nth-of-type(1)")
			b.onwards()
			b.at("[name=sex]")
			b.tap("[name=sex][value=female]")
			b.tap("[name=job][value=yes]")
			b.tap(".acts .main")
			b.see(b.word("response.came"))
			b.looks("plain-came")
			b.fill("[name=where]", "мектеп")
			b.onwards()
			b.rest()
			b.at("#receipt")
			b.looks("plain-receipt")
			receipt := b.text(".receipt code")
			b.forgets()
			r := h.sent(survey)
			if len(r) != 1 || r[0].Answers["need"].Ranks[0][0] != h.need(2) || r[0].Answers["where"].Text != "мектеп" {
				t.Fatalf("kept %+v", r)
			}
			b.link(code)
			b.press(b.word("response.code.have"))
			b.fill("#f-code", receipt)
			b.press(b.word("response.correct.do"))
			b.at(".pick")
			if is, _ := js[string](b, `document.querySelector("#f-need-3").value`); is != "1" {
				t.Errorf("the answer to put right is %q", is)
			}
			b.fill("#f-need-1", "")
			b.onwards()
			for range 7 {
				b.onwards()
			}
			b.see(b.word("response.receipt.corrected"))
			b.looks("plain-corrected")
			if r := h.sent(survey); len(r) != 1 || len(r[0].Answers["need"].Ranks) != 2 {
				t.Errorf("after putting right there is %+v", r)
			}
		})
	}
}
