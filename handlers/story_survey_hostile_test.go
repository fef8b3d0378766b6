package handlers_test

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ashar/data"
	"ashar/data/form"
	"ashar/handlers"
)

// evil would set window.ran if any page took it for more than text.
const evil = `"><script>ran=1</script><img src=x onerror=ran=2><svg/onload=ran=3>` +
	`</script><script>ran=4</script>' onfocus=ran=5 autofocus x='{{.}}${7*7}=1+1` + "\u202e\u2028"

// hostile is a survey whose every text is evil, with a response that is too.
func (h *house) hostile() data.Survey {
	h.t.Helper()
	ctx, home, text := h.t.Context(), h.home.ID, data.Text{KY: evil, RU: evil, EN: evil}
	survey, err := h.store.Survey(ctx, home, h.bulak(false).ID)
	h.must(err)
	f, err := h.store.Version(ctx, home, survey.ID, survey.Version)
	h.must(err)
	f.Intro, f.Thanks = text, text
	f.All(func(q, _ *form.Question) bool {
		q.Label, q.Hint = text, text
		return true
	})
	for i := range f.Lists {
		for j := range f.Lists[i].Choices {
			f.Lists[i].Choices[j].Label = text
		}
	}
	survey.Title, survey.Help = text, evil
	h.must(h.store.SaveSurvey(ctx, home, survey, data.Event{}))
	_, stamp, err := h.store.Draft(ctx, home, survey.ID)
	h.must(err)
	_, err = h.store.SaveDraft(ctx, home, survey.ID, f, stamp)
	h.must(err)
	survey, err = h.store.Survey(ctx, home, survey.ID)
	h.must(err)
	h.must(h.store.OpenSurvey(ctx, home, survey, f, survey.By, time.Now(), data.Event{}))
	for i, state := range []data.State{data.StateCounted, data.StateHeld} {
		answers := data.Answers{"say": {Text: evil}, "where": {Text: evil}, "job": {Text: "yes"}, "need": {Ranks: [][]string{{h.need(0)}, {h.need(1)}}}}
		_, err = h.store.AddResponse(ctx, home, data.Response{ID: handlers.Mint(), Survey: survey.ID, Version: survey.Version + 1, Key: data.Key{byte(i + 1)}, Lang: "ky",
			Tier: data.TierOpen, State: state, Flags: data.Flags{data.FlagFast}, Received: time.Now(), Answers: answers}, nil)
		h.must(err)
	}
	return survey
}

// Even a browser that is told to let every script run finds none in what people
// typed: escaping alone holds, the policy stands behind it.
func TestStoryHostileTextRunsNowhere(t *testing.T) {
	h := newHouse(t).lived()
	survey := h.hostile()
	b := h.opens(t)
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
		return err
	}))
	b.signIn(data.Staff)
	at := "/" + h.home.Slug + "/surveys/" + survey.ID.String()
	paths := []string{"/s/bulak?l=ky", "/s/bulak/code", h.path("round/surveys"), h.path("round/surveys/new"), h.path("round/ranking") + "?source=" + survey.ID.String()}
	for _, part := range []string{"", "/edit", "/targets", "/build", "/frame", "/questions/say", "/questions/need", "/questions/say/delete", "/translate", "/try",
		"/results", "/results?by=sex", "/results?by=village&weight=1", "/review", "/answers", "/codes", "/paper", "/poster", "/entry", "/purge"} {
		paths = append(paths, at+part)
	}
	seen := 0
	for _, path := range paths {
		b.open(path)
		b.at("h1")
		ran, err := js[bool](b, `new Promise((done) => setTimeout(() => done("ran" in window && !(ran instanceof Element)), 150))`, chromedp.EvalAwaitPromise)
		if err != nil || ran {
			t.Errorf("%s runs what people typed: %v", path, err)
		}
		if text, _ := js[bool](b, `document.documentElement.outerHTML.includes("ran=1")`); text {
			seen++
		}
	}
	if seen < 15 {
		t.Errorf("only %d pages show what people typed", seen)
	}
	if ran, err := js[bool](b, `(() => { const s = document.createElement("script"); s.textContent = "ran = 1"; document.body.append(s); return "ran" in window })()`); err != nil || !ran {
		t.Errorf("the trap does not work: %v", err)
	}
}
