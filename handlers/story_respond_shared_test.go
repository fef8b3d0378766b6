package handlers_test

import (
	"testing"
)

// In a club without a certificate one phone goes from hand to hand, without
// scripts: whoever goes back from the receipt sees nothing of the one before,
// whether the survey has one page or several.
func TestStoryThePhoneGoesFromHandToHandOnAPlainConnection(t *testing.T) {
	for _, whole := range []bool{true, false} {
		t.Run(map[bool]string{true: "one page", false: "pages"}[whole], func(t *testing.T) {
			h := newHouse(t).lived().exposed()
			survey := h.bulak(whole)
			b := h.opens(t)
			b.size(360, 640)
			b.scripts(false)
			if trusted, _ := js[bool](b, `isSecureContext`); trusted {
				t.Fatal("the browser trusts this connection")
			}
			b.may("untrustworthy")
			b.may("insecure origins")
			for person := range 2 {
				b.link("ky")
				b.fill("#f-need-1", "1")
				b.fill("#f-need-3", "2")
				for there := false; !there; there, _ = js[bool](b, `!!document.querySelector("#receipt")`) {
					b.onwards()
				}
				b.forgets()
				if n := len(h.sent(survey)); n != person+1 {
					t.Fatalf("%d responses after person %d", n, person+1)
				}
			}
		})
	}
}
