package handlers_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ashar/data"
	"ashar/data/rank"
	"ashar/handlers"
)

// sends chooses a fixture on the import page and sends the form.
func (b *browser) sends(name, mode string) {
	b.t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		b.t.Fatal(err)
	}
	b.open(b.house.path("round/import"))
	b.at("#f-file")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#f-file"), []string{path}))
	b.press(b.word("import.mode." + mode))
	b.press(b.word("import.send"))
	b.until("the file is on its way", `location.pathname.includes("/imports/")`)
	b.until("the file is read", `!document.querySelector("#import[data-hx-get], .progress")`)
}

// everyWay looks at the page in every size, and in every language on a phone.
func (b *browser) everyWay(name string) {
	b.t.Helper()
	b.everySize(name)
	b.size(360, 640)
	for _, code := range []string{"ru", "en", "ky"} {
		b.speak(code, b.address())
		b.looks(name)
	}
	b.size(800, 1280)
}

func TestStoryStaffBringBallotsIn(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Staff)
	b.open(h.path("round/import"))
	b.everyWay("imports-empty")
	b.sends("village.pb", "check")
	b.see(b.word("import.state.checked.title", "n", 5))
	b.everyWay("checked")
	b.sends("broken.pb", "import")
	b.see(b.word("import.state.refused.title"))
	b.everyWay("refused")
	broughtIn(b)
	b.open(h.path("round/import"))
	b.everyWay("imports")
	b.press(b.word("import.undo.do"))
	b.see(b.word("import.undo.ask", "n", 5, "file", "village.pb"))
	b.everySize("undo")
	b.press(b.word("import.undo.do"))
	b.see(b.word("import.state.undone.title"))
	b.everyWay("undone")
}

func TestStoryStaffBringBallotsInWithoutScripts(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.scripts(false)
	b.signIn(data.Staff)
	broughtIn(b)
	b.looks("plain-import")
}

// Whoever looked at a file first need not choose it again.
func TestStoryStaffLookAtBallotsAndBringThemIn(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t).lived()
			b := h.opens(t)
			b.scripts(scripts)
			b.signIn(data.Staff)
			b.sends("village.pb", "check")
			b.see(b.word("import.state.checked.title", "n", 5), b.word("import.state.checked.waits"))
			b.press(b.word("import.next.checked"))
			b.see(b.word("import.state.live.title", "n", 5))
		})
	}
}

func broughtIn(b *browser) {
	b.t.Helper()
	b.sends("village.pb", "import")
	b.see(b.word("import.state.live.title", "n", 5), b.word("import.mapped.twice", "id", "w/1"))
	b.everySize("import")
	counted, err := handlers.Count(context.Background(), b.house.store, b.house.home.ID, b.house.round)
	if err != nil {
		b.t.Fatal(err)
	}
	if n := counted.Rank.Count(data.People, rank.Cut{}).N; n != 5 {
		b.t.Errorf("n is %d", n)
	}
	b.press(b.word("nav.ranking"))
	b.until("the ranking is shown", `location.pathname.endsWith("/ranking")`)
}

// A page that shows how far a file has come goes on by itself.
func TestStoryAFileOnItsWay(t *testing.T) {
	h := newHouse(t).lived()
	b := h.opens(t)
	b.signIn(data.Staff)
	var text strings.Builder
	text.WriteString("ballot,village,sex,age,problem\n")
	for i := range 30_000 {
		text.WriteString(strings.Join([]string{"b" + quote(i), "v" + quote(i%5), "F", "30", "p" + quote(i%9)}, ",") + "\n")
	}
	path := filepath.Join(t.TempDir(), "large.csv")
	h.must(os.WriteFile(path, []byte(text.String()), 0o600))
	b.open(h.path("round/import"))
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#f-file"), []string{path}))
	b.press(b.word("import.mode.import"))
	b.press(b.word("import.send"))
	b.at(".progress")
	b.looks("running")
	b.see(strings.ReplaceAll(b.word("import.state.live.title", "n", 30_000), "\u00a0", " "))
}
