package handlers_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"ashar/data"
	"ashar/templates/lang"
)

// browser is a Chromium in somebody's hands. Whatever it complains about in its
// console fails the story.
type browser struct {
	t      *testing.T
	house  *house
	ctx    context.Context
	l      *lang.Lang
	width  int64
	plain  bool // it runs no scripts
	large  bool // its letters are larger than usual
	mu     sync.Mutex
	said   []string // in the console
	expect []string // what it may say there
}

// opens starts a browser, in Kyrgyz, of the size of a tablet.
func (h *house) opens(t *testing.T) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP "+plainHost+" 127.0.0.1"), chromedp.WindowSize(1280, 1300))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closed := chromedp.NewContext(allocator)
	b := &browser{t: t, house: h, ctx: ctx}
	b.listens()
	t.Cleanup(func() {
		b.quiet()
		closed()
		stop()
	})
	b.size(800, 1280)
	b.speak("ky", "/sign-in")
	return b
}

// plainHost is a name of this machine that browsers do not trust as they trust
// the machine itself: what is served there over HTTP is in the open.
const plainHost = "ashar.test"

// exposed is the house as others in the village find it, by its name.
func (h *house) exposed() *house {
	h.url = strings.Replace(h.url, "127.0.0.1", plainHost, 1)
	return h
}

// listens keeps what the console says from now on.
func (b *browser) listens() {
	b.t.Helper()
	messages := chromedp.Console(b.ctx)
	b.do(chromedp.Func(func(context.Context, *chromedp.Target) error { return nil })) // it starts, with no time limit of ours
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException {
				b.mu.Lock()
				b.said = append(b.said, m.String()+" "+m.URL)
				b.mu.Unlock()
			}
		}
	}()
}

// chromium is where the browser is.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("stories in a browser are long")
	}
	path := os.Getenv("ASHAR_CHROMIUM")
	if path == "" {
		path = "/usr/bin/chromium"
	}
	if _, err := exec.LookPath(path); err != nil {
		lacking(t, "no browser: "+err.Error()+"; ASHAR_CHROMIUM names one")
	}
	return path
}

// patience is how long anything may take.
const patience = 30 * time.Second

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// js is the value of an expression in the page.
func js[T any](b *browser, expression string, options ...chromedp.EvaluateOption) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
}

// quote is a value as JavaScript writes it.
func quote(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(text)
}

// size is that of the window.
func (b *browser) size(width, height int64) {
	b.t.Helper()
	b.width = width
	b.do(chromedp.EmulateViewport(width, height))
}

// scripts turns the scripts of pages off and on.
func (b *browser) scripts(on bool) {
	b.t.Helper()
	b.plain = !on
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// open goes to an address.
func (b *browser) open(path string) {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.house.url + path
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(path)); err != nil {
		b.t.Fatal(path, err)
	}
}

// speak changes the language and comes to an address.
func (b *browser) speak(code, path string) {
	b.t.Helper()
	l, ok := b.house.words.Get(code)
	if !ok {
		b.t.Fatal("no language " + code)
	}
	b.l = l
	b.open("/language/" + code + "?back=" + path)
}

// word is one of ours in the language of the page.
func (b *browser) word(key string, args ...any) string {
	b.t.Helper()
	text := b.l.T(key, args...)
	if strings.Contains(text, "⟦") {
		b.t.Fatal("no such word: " + text)
	}
	return text
}

// signIn is somebody with a role who signs in on the page.
func (b *browser) signIn(role data.Role) {
	b.t.Helper()
	b.open("/sign-in")
	b.credentials(role)
	b.until("they are in", `!document.querySelector("[name=password]")`)
}

func (b *browser) credentials(role data.Role) {
	b.t.Helper()
	b.fill("[name=login]", b.house.accounts[role].Login)
	b.fill("[name=password]", password)
	b.press(b.word("button.sign_in"))
}

// until waits for an expression to be true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(40 * time.Millisecond) {
		yes, err := js[bool](b, "document.readyState === 'complete' && !!("+expression+")")
		if yes {
			return
		}
		last = err
	}
	b.shot("stuck")
	text, _ := js[string](b, `location.pathname + location.search + "\n" + document.body.innerText`)
	b.t.Fatalf("waited in vain: %s (%s) %v\non %s\nconsole: %s", what, expression, last, text, b.console())
}

// see waits until texts can be read on the page.
func (b *browser) see(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		b.until("see "+text, `document.body.innerText.replace(/\s+/g, " ").includes(`+quote(text)+`)`)
	}
}

// at waits until an element is there.
func (b *browser) at(selector string) {
	b.t.Helper()
	b.until("at "+selector, `document.querySelector(`+quote(selector)+`)`)
}

// fill puts text into a field, as keys would.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	b.at(selector)
	typed, err := js[bool](b, `(() => {
		const field = document.querySelector(`+quote(selector)+`), text = `+quote(text)+`;
		field.scrollIntoView({ block: "center", behavior: "instant" });
		field.focus();
		if (field.localName !== "select" && field.type !== "date") { field.select(); return true }
		field.value = text;
		for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
		return false;
	})()`)
	if err != nil {
		b.t.Fatal(selector, err)
	}
	if typed {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
			return err
		}))
	}
	is, err := js[string](b, `document.querySelector(`+quote(selector)+`).value`)
	if err != nil || is != text {
		b.t.Fatalf("%s holds %q, not %q: %v", selector, is, text, err)
	}
}

// tap clicks in the middle of an element, which must be to be seen and not
// under another.
func (b *browser) tap(selector string) {
	b.t.Helper()
	b.click(selector, `document.querySelector(`+quote(selector)+`)`)
}

// press clicks on what bears a text: a button, a link, a label, a summary.
func (b *browser) press(text string) {
	b.t.Helper()
	b.click(text, `(() => {
		const tidy = (text) => text.replace(/\s+/g, " ").trim();
		const all = [...document.querySelectorAll("button, a, summary, label")].filter((one) => one.checkVisibility());
		return all.find((one) => tidy(one.innerText) === `+quote(text)+`) || all.find((one) => tidy(one.innerText).includes(`+quote(text)+`));
	})()`)
}

func (b *browser) click(what, find string) {
	b.t.Helper()
	before := b.page()
	x, y := b.middle(what, find)
	leads, _ := js[bool](b, `!!(`+find+`)?.closest("a, button")`)
	b.do(chromedp.MouseClickXY(x, y))
	if b.plain && leads { // what comes next must not find its element on the page being left
		for end := time.Now().Add(time.Second); b.page() == before && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// page differs for every page loaded; it is 0 between two.
func (b *browser) page() float64 {
	at, _ := js[float64](b, `document.readyState === "complete" ? performance.timeOrigin : 0`)
	return at
}

// middle is where an element can be clicked on, once it is there and stays.
func (b *browser) middle(what, find string) (x, y float64) {
	b.t.Helper()
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		b.until("click "+what, find)
		spot, err := js[[]float64](b, `(() => {
			const one = `+find+`;
			if (!one) return [];
			one.scrollIntoView({ block: "center", behavior: "instant" });
			const box = one.getClientRects()[0];
			const x = box.left + box.width / 2, y = box.top + box.height / 2;
			const top = document.elementFromPoint(x, y);
			return one === top || one.contains(top) ? [x, y] : [x];
		})()`)
		switch {
		case err == nil && len(spot) == 2:
			return spot[0], spot[1]
		case err == nil && len(spot) == 1:
			b.shot("covered")
			b.t.Fatalf("%s is covered by something else", what)
		}
		last = err
	}
	b.t.Fatalf("%s does not stay to be clicked on: %v", what, last)
	return 0, 0
}

// text is what an element says.
func (b *browser) text(selector string) string {
	b.t.Helper()
	b.at(selector)
	text, err := js[string](b, `document.querySelector(`+quote(selector)+`).innerText`)
	if err != nil {
		b.t.Fatal(selector, err)
	}
	return text
}

// address is where the browser is.
func (b *browser) address() string {
	b.t.Helper()
	text, err := js[string](b, `location.pathname + location.search`)
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}
