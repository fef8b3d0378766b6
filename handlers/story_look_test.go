package handlers_test

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js
var axe string

// looks checks a page as it stands: all words there, in the language asked for,
// nothing wider than the window, nothing that axe finds hard for people with
// disabilities, nothing in the console. It takes a picture where one is wanted.
func (b *browser) looks(name string) {
	b.t.Helper()
	b.until(name+" is drawn", `document.querySelector("h1")`)
	b.shot(name)
	b.frame(name)
	if !b.plain {
		b.accessible(name)
	}
	b.quiet()
}

func (b *browser) frame(name string) {
	b.t.Helper()
	found, err := js[[]string](b, `(() => {
		const found = [], page = document.scrollingElement;
		if (document.body.innerText.includes("⟦")) found.push("a word is missing: " + document.body.innerText.match(/⟦.*/)[0]);
		if (document.documentElement.lang !== `+quote(b.l.Code())+`) found.push("lang is " + document.documentElement.lang);
		if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
		if (page.scrollWidth > innerWidth) {
			const wide = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"));
			found.push("wider than the window: " + page.scrollWidth + " > " + innerWidth + " " + (wide ? wide.outerHTML.slice(0, 200) : ""));
		}
		return found;
	})()`)
	if err != nil {
		b.t.Fatal(name, err)
	}
	for _, fault := range found {
		b.t.Errorf("%s (%s, %d px): %s", name, b.l.Code(), b.width, fault)
	}
}

func (b *browser) accessible(name string) {
	b.t.Helper()
	if there, _ := js[bool](b, `"axe" in window`); !there {
		if _, err := js[chromedp.Void](b, axe); err != nil {
			b.t.Fatal("axe", err)
		}
	}
	violations, err := js[[]string](b, `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ passes, violations }) => passes.length === 0
		? ["axe looked at nothing"] : violations.map((v) => v.id + ": " + v.help + "\n\t" + v.nodes.map((n) => n.html.slice(0, 200) + " " + n.any.concat(n.all).map((c) => c.message).join("; ")).join("\n\t")))`, chromedp.EvalAwaitPromise)
	if err != nil {
		b.t.Fatal("axe", err)
	}
	for _, v := range violations {
		b.t.Errorf("%s (%s, %d px): axe: %s", name, b.l.Code(), b.width, v)
	}
}

// may lets the console say something that belongs to the story, such as that a
// form was refused.
func (b *browser) may(say string) { b.expect = append(b.expect, say) }

// quiet fails the story for what the console said.
func (b *browser) quiet() {
	b.t.Helper()
	for _, line := range b.console() {
		b.t.Error("console:", line)
	}
}

// console is what it said since it was asked last, less what it may say.
func (b *browser) console() (bad []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
next:
	for _, line := range b.said {
		for _, may := range b.expect {
			if strings.Contains(line, may) {
				continue next
			}
		}
		bad = append(bad, line)
	}
	b.said = nil
	return bad
}

// shot keeps a picture of the whole page in the folder ASHAR_SCREENSHOTS.
func (b *browser) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("ASHAR_SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.t.Fatal(err)
	}
	whole := chromedp.FullScreenshot(100)
	if b.large { // the picture of a whole page has letters of the usual size
		whole = chromedp.CaptureScreenshot()
	}
	picture, err := chromedp.Run(b.ctx, whole)
	if err != nil {
		b.t.Log("no picture:", err)
		return
	}
	file := strings.NewReplacer("/", "-", " ", "-").Replace(fmt.Sprintf("%s-%s-%s-%d.png", b.t.Name(), name, b.l.Code(), b.width))
	if err := os.WriteFile(filepath.Join(folder, file), picture, 0o644); err != nil {
		b.t.Error(err)
	}
}
