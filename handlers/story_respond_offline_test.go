package handlers_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// offline cuts the browser off from everything, and back on.
func (b *browser) offline(off bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}}})
		return err
	}))
}

func TestStoryALostConnectionLosesNothing(t *testing.T) {
	h := newHouse(t).lived()
	survey := h.bulak(true)
	b := h.opens(t)
	b.size(360, 640)
	b.link("ky")
	b.tap(".pick > li:nth-child(2) .pick-tap")
	b.tap("[name=sex][value=male]")
	b.fill("[name=say]", "Жазганым жоголбосун")
	b.looks("whole")
	b.offline(true)
	b.may("ERR_INTERNET_DISCONNECTED")
	b.tap(".acts .main")
	b.see(b.word("response.offline"))
	b.tap(".acts .main") // a second tap does no harm
	if kept, _ := js[string](b, `document.querySelector("[name=say]").value`); kept != "Жазганым жоголбосун" {
		t.Errorf("the page holds %q", kept)
	}
	b.offline(false)
	b.at("#receipt")
	r := h.sent(survey)
	if len(r) != 1 || r[0].Answers["say"].Text != "Жазганым жоголбосун" || r[0].Answers["need"].Ranks[0][0] != h.need(1) {
		t.Errorf("kept %+v", r)
	}
}

// answersAreLost lets what the page sends arrive, and nothing come back.
func (b *browser) answersAreLost() {
	b.t.Helper()
	if _, err := js[bool](b, `{ const real = fetch; window.fetch = (...all) => real(...all).then(() => Promise.reject()) } true`); err != nil {
		b.t.Fatal(err)
	}
}

// The answers arrived and the receipt did not: who fetches the page anew and sends
// the same has answered once. Who says something else then has answered again.
func TestStoryAnswersWhoseReceiptWasLostAreNotSentTwice(t *testing.T) {
	h := newHouse(t).lived()
	survey := h.bulak(true)
	b := h.opens(t)
	b.size(360, 640)
	b.link("ky")
	b.tap(".pick > li:nth-child(2) .pick-tap")
	b.tap("[name=sex][value=male]")
	b.fill("[name=say]", "Бир жолу")
	for _, say := range []string{"Бир жолу", "Башкача"} {
		b.answersAreLost()
		b.tap(".acts .main")
		b.see(b.word("response.offline"))
		b.link("ky")
		b.until("what was typed is there", `document.querySelector("[name=say]").value === "Бир жолу"`)
		b.fill("[name=say]", say)
	}
	b.tap(".acts .main")
	b.at("#receipt")
	if r := h.sent(survey); len(r) != 2 || r[0].Answers["say"].Text != "Бир жолу" || r[1].Answers["say"].Text != "Башкача" {
		t.Errorf("kept %+v", r)
	}
	if left, _ := js[int](b, `sessionStorage.length + localStorage.length`); left > 0 {
		t.Errorf("%d things are left on the phone", left)
	}
}
