package handlers_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// letters are the size of text that somebody with weak eyes has set, in pixels;
// 16 is usual.
func (b *browser) letters(size int64) {
	b.t.Helper()
	b.large = size > 16
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: size, Fixed: size}})
		return err
	}))
}

// slow is a network of the second generation: 250 kbit/s, and 300 ms until
// anything comes. Nothing is kept from page to page.
func (b *browser) slow() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 300, DownloadThroughput: 250_000 / 8, UploadThroughput: 50_000 / 8}}})
		return err
	}))
}

// crumbs are the names of the cookies that the browser holds.
func (b *browser) crumbs() (names []string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		held, err := cdp.Call(ctx, t, network.GetCookies, network.GetCookiesParams{})
		for _, c := range held.Cookies {
			names = append(names, c.Name)
		}
		return err
	}))
	return names
}

// The smallest screen, letters of twice the size, no scripts, a slow network;
// and not one cookie is asked for. The times are printed.
func TestStoryAResidentAnswersOnThePoorestPhone(t *testing.T) {
	for _, code := range []string{"ky", "ru", "en"} {
		t.Run(code, func(t *testing.T) {
			h := newHouse(t).lived()
			survey := h.bulak(false)
			b := h.opens(t)
			b.size(320, 568)
			b.letters(32)
			b.scripts(false)
			b.slow()
			b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
				_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
				return err
			}))
			var loads []time.Duration
			for range 3 {
				began := time.Now()
				b.link(code)
				loads = append(loads, time.Since(began))
			}
			b.looks("poor-first")
			for place, i := range []int{2, 0, 3} {
				b.fill("#f-need-"+strconv.Itoa(i+1), strconv.Itoa(place+1))
			}
			began := time.Now()
			b.onwards()
			t.Logf("the first page is there after %v (of three the middle), the next after %v", slices.Sorted(slices.Values(loads))[1].Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
			b.at("[name=village]")
			b.tap(".opt:nth-of-type(1)")
			b.looks("poor-village")
			b.onwards()
			b.tap("[name=sex][value=female]")
			b.tap("[name=job][value=no]")
			b.looks("poor-group")
			b.onwards()
			b.rest()
			b.at("#receipt")
			b.looks("poor-receipt")
			if held := b.crumbs(); len(held) > 0 {
				t.Errorf("the browser holds %q", held)
			}
			if r := h.sent(survey); len(r) != 1 || r[0].Answers["need"].Ranks[0][0] != h.need(2) {
				t.Errorf("kept %+v", r)
			}
		})
	}
}
