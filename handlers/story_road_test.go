package handlers_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"ashar/data"
)

// road is the way to the server, as it is in a valley: what is sent may not
// arrive, and what is answered may not come back.
type road struct {
	to   http.Handler
	mu   sync.Mutex
	slow func() (before, after time.Duration) // nil where it is not
	shut chan bool                            // nil where it is open; then true lets through what waits, false loses it
	deaf bool                                 // shut, but only to answers
}

func (r *road) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	slow, shut, deaf := r.slow, r.shut, r.deaf
	r.mu.Unlock()
	if !strings.HasSuffix(request.URL.Path, "/entries") {
		slow, shut = nil, nil
	}
	var before, after time.Duration
	if slow != nil {
		before, after = slow()
	}
	time.Sleep(before)
	if shut != nil && !deaf {
		r.wait(shut)
	}
	answer := httptest.NewRecorder()
	r.to.ServeHTTP(answer, request)
	time.Sleep(after)
	if shut != nil && deaf {
		r.wait(shut)
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

func (r *road) wait(shut chan bool) {
	through := <-shut
	shut <- through // to the next who waits
	if !through {
		panic(http.ErrAbortHandler)
	}
}

// close lets no entry through, or only no answers to them.
func (r *road) close(deaf bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shut, r.deaf = make(chan bool, 1), deaf
}

// open lets everything through again, what waits too, or loses that.
func (r *road) open(through bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shut != nil {
		r.shut <- through
	}
	r.shut = nil
}

// another is a new tab of the same browser; the function closes it.
func (b *browser) another() (*browser, func()) {
	b.t.Helper()
	ctx, closed := chromedp.NewContext(b.ctx)
	next := &browser{t: b.t, house: b.house, ctx: ctx, l: b.l}
	next.listens()
	next.size(800, 1280)
	return next, closed
}

// finger puts a finger on an element, and the function takes it away again.
func (b *browser) finger(selector string) (lift func()) {
	b.t.Helper()
	x, y := b.middle(selector, `document.querySelector(`+quote(selector)+`)`)
	b.touches(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: y})
	return func() { b.touches(input.DispatchTouchEventTypeTouchEnd) }
}

func (b *browser) touches(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
	b.t.Helper()
	if points == nil {
		points = []*input.TouchPoint{}
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		return err
	}))
}

// tablet makes the screen one that is touched.
func (b *browser) tablet() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 2})
		return err
	}))
}

// waiting is the number of taps that the tablet keeps.
const waiting = `Object.keys(localStorage).filter((key) => key.startsWith("ashar.tap.")).length`

// arrive waits until the tablet keeps no tap any more.
func (b *browser) arrive() {
	b.t.Helper()
	b.until("every tap has arrived", waiting+` === 0`)
}

// hall is a tally with many people there and all problems on its list.
func (h *house) hall() data.Session {
	h.t.Helper()
	s := h.sits(data.Tally)
	entries := []data.Entry{{Kind: data.PresenceAdd, Group: women, N: 90}, {Kind: data.PresenceAdd, Group: men, N: 90}}
	for _, p := range h.problems {
		entries = append(entries, data.Entry{Kind: data.Offer, Problem: p.ID})
	}
	h.writes(s, entries...)
	return s
}

// hands are the votes of women and men that the server has, and how many
// entries these come from.
func (h *house) hands(s data.Session, problem data.ID) (ofWomen, ofMen, entries int) {
	h.t.Helper()
	kept, err := h.store.Session(h.t.Context(), h.home.ID, s.ID)
	h.must(err)
	sheet, err := data.Fold(kept, h.store.Entries(h.t.Context(), h.home.ID, kept))
	h.must(err)
	return sheet.Votes(women, problem).N, sheet.Votes(men, problem).N, sheet.Entries
}

// The cells of the pad, women's above men's.
const (
	womens = "#pad form.pad-cell:has([value^='female/'])"
	mens   = "#pad form.pad-cell:has([value^='male/'])"
)

// types writes a number into a cell and saves it.
func (b *browser) types(cell, n string) {
	b.t.Helper()
	b.tap(cell + " a.count")
	b.fill("#pad .pad-type input.count", n)
	b.tap("#pad .pad-type .keep")
}

func TestStoryNoTapIsLostWhateverTheRoadDoes(t *testing.T) {
	h := newHouse(t).lived()
	s, water := h.hall(), h.problems[0].ID
	first := h.opens(t)
	first.may("ERR_") // what is not answered is said in the console
	first.signIn(data.Facilitator)
	b, closed := first.another()
	b.may("ERR_")
	b.open(h.path("sessions/" + s.ID.String() + "/record?problem=" + water.String()))
	answersAreHeld(h, b)
	h.check(s, water, 6, 9, 6+3)
	b.tablet()
	nothingArrives(h, b)
	closed()
	leavesTheTablet(h, first, 5)
	first.signIn(data.Facilitator)
	first.see(first.word("kept.sent", "n", 5))
	first.arrive()
	first.open(h.path("sessions/" + s.ID.String() + "/record?problem=" + water.String()))
	first.reads(womens+" .count", "9")
	first.reads(mens+" .count", "5")
	h.check(s, water, 9, 5, 6+3+5)
}

// check compares what the server has with what was tapped; entries are those
// beside presence and list.
func (h *house) check(s data.Session, problem data.ID, ofWomen, ofMen, entries int) {
	h.t.Helper()
	w, m, n := h.hands(s, problem)
	if w != ofWomen || m != ofMen || n != 2+len(h.problems)+entries {
		h.t.Fatalf("%d women and %d men from %d entries, wanted %d, %d and %d", w, m, n, ofWomen, ofMen, 2+len(h.problems)+entries)
	}
}

// answersAreHeld taps, types and taps on while no answer comes; the last tap
// is under way, finger down, while all the answers come.
func answersAreHeld(h *house, b *browser) {
	b.t.Helper()
	h.road.close(true)
	for range 3 {
		b.tap(womens + " .plus")
	}
	b.reads(womens+" .count", "3")
	b.types(mens, "7")
	b.reads(mens+" .count", "7")
	b.tap(womens + " .plus")
	b.tap(mens + " .plus")
	b.tap(womens + " .plus")
	b.tap(mens + " .plus")
	b.reads("#pad .total[data-n] .count", "14")
	b.looks("held")
	x, y := b.middle(womens, `document.querySelector(`+quote(womens+" .plus")+`)`)
	b.mouse(input.DispatchMouseEventTypeMousePressed, x, y)
	h.road.open(true)
	b.arrive()
	b.mouse(input.DispatchMouseEventTypeMouseReleased, x, y)
	b.reads(womens+" .count", "6")
	b.arrive()
	b.until("the pad is the server's again", `document.querySelector("#pad .total").dataset.n === "15"`)
}

// nothingArrives taps with a finger, types and taps while nothing gets through.
func nothingArrives(h *house, b *browser) {
	b.t.Helper()
	h.road.close(false)
	for range 2 {
		b.finger(womens + " .plus")()
	}
	b.types(mens, "4")
	b.finger(mens + " .plus")()
	b.finger(womens + " .plus")()
	b.reads(womens+" .count", "9")
	b.reads(mens+" .count", "5")
	b.until("five are kept", waiting+` === 5`)
}

// leavesTheTablet is a facilitator who goes, and staff who take the tablet: what
// is kept is not sent as theirs.
func leavesTheTablet(h *house, b *browser, n int) {
	b.t.Helper()
	signsOut := func() {
		b.press("Айгүл Токтогулова")
		b.press(b.word("button.sign_out"))
		b.at("[name=password]")
	}
	b.open(h.path(""))
	signsOut()
	b.see(b.word("kept.others", "n", n))
	h.road.open(false)
	b.signIn(data.Staff)
	b.open(h.path("round/sessions"))
	b.see(b.word("kept.others", "n", n))
	b.looks("others")
	b.until("they are all still there", waiting+` === `+quote(n))
	signsOut()
}

func (b *browser) mouse(kind input.DispatchMouseEventType, x, y float64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: 1})
		return err
	}))
}
