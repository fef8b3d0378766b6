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
