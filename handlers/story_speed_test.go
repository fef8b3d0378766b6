package handlers_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"ashar/data"
)

// slows makes the processor of the browser so many times slower.
func (b *browser) slows(times float64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
		return err
	}))
}

// mostScripts is how many bytes of scripts a page may bring to a village, packed.
const mostScripts = 250_000

// TestStoryTheRankingIsUsefulBeforeAnyScript measures and prints how long a slow
// tablet waits for the picture; that the picture needs no script, and that the
// scripts are small, is demanded.
func TestStoryTheRankingIsUsefulBeforeAnyScript(t *testing.T) {
	h := newHouse(t).weighed()
	b := h.opens(t)
	b.signIn(data.Staff)
	address := h.path("round/ranking")
	b.scripts(false)
	b.open(address)
	b.until("the first picture and the table need no script", `document.querySelector("#heard svg").getBoundingClientRect().width > 200 && document.querySelector("#heard table tbody tr")
		&& document.querySelector("#ranked svg").getBoundingClientRect().width > 200 && document.querySelector("#all tbody tr").checkVisibility()`)
	b.scripts(true)
	b.open(address)
	b.until("no script holds the picture up", `[...document.scripts].every((script) => script.src && script.defer && script.compareDocumentPosition(document.querySelector("#heard svg")) & Node.DOCUMENT_POSITION_FOLLOWING)`)

	b.slows(4)
	for range 3 {
		b.open(address)
		b.until("every chart is drawn", drawn)
		times, err := js[[]float64](b, `[performance.getEntriesByName("first-contentful-paint")[0].startTime, performance.getEntriesByType("navigation")[0].responseEnd, performance.getEntriesByType("navigation")[0].domInteractive, performance.now()]`)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("processor 4 times slower: first picture after %.0f ms, page received after %.0f ms and read after %.0f ms, all charts drawn by scripts before %.0f ms", times[0], times[1], times[2], times[3])
	}
	b.slows(1)
	packed(b)
}

// packed is what the scripts of the page weigh on the wire.
func packed(b *browser) {
	b.t.Helper()
	scripts, err := js[[]string](b, `[...document.scripts].map((script) => script.src)`)
	if err != nil || len(scripts) < 3 {
		b.t.Fatal(scripts, err)
	}
	for _, coding := range []string{"br", "gzip"} {
		sum := 0
		for _, script := range scripts {
			request, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, script, nil)
			b.house.must(err)
			request.Header.Set("Accept-Encoding", coding)
			response, err := http.DefaultClient.Do(request)
			b.house.must(err)
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			b.house.must(err)
			if response.StatusCode != http.StatusOK || len(body) == 0 {
				b.t.Fatalf("%s: %d", script, response.StatusCode)
			}
			sum += len(body)
		}
		b.t.Logf("%d scripts, %s: %d bytes", len(scripts), coding, sum)
		if sum >= mostScripts {
			b.t.Errorf("the scripts weigh %d bytes (%s), more than %d", sum, coding, mostScripts)
		}
	}
}
