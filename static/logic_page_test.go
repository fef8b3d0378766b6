package static

import (
	"context"
	"encoding/json"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ashar/data/form"
)

// A form of one page, as a server would draw it: everything that may be asked is
// there to see.
const logicPage = `<!doctype html><html lang="ky"><meta charset="utf-8"><title>Анкета</title>
<link rel="stylesheet" href="/app.css"><script src="/app.js" defer></script><script src="/logic.js" defer></script>
<form data-now="2026-11-24T06:50:00.000+06:00" data-answers='{"village":["ak-muz"],"child":["4","9"]}'>
<label><input type="radio" name="farm" value="yes"></label><label><input type="radio" name="farm" value="no"></label>
<fieldset id="crops" class="field" data-relevant="{{tree "${farm} = 'yes'"}}">
<label><input type="checkbox" name="crops" value="wheat"></label><label><input type="checkbox" name="crops" value="other"></label>
<p id="other" data-relevant="{{tree "selected(${crops}, 'other')"}}"><input name="other" required></p></fieldset>
<p id="two" data-relevant="{{tree "count-selected(${crops}) = 2"}}">2</p>
<p id="village" data-relevant="{{tree "${village} = 'ak-muz'"}}">1</p><p id="elsewhere" data-relevant="{{tree "${village} = 'chaek'"}}">1</p>
<p id="unknown" data-relevant="{{tree "${nowhere} = 'x'"}}">1</p><p id="broken" data-relevant="[&quot;pulldata&quot;,1]">1</p>
<div id="born" class="field" data-constraint="{{tree ". <= today()"}}" data-message="Келечектеги күн"><input type="date" name="born"></div>
<div id="most" class="field" data-constraint="{{tree ". <= ${size}"}}" data-message="Өтө көп"><input name="most"></div>
<select name="size"><option value="5">5</option><option value="9">9</option></select>
<input name="area" inputmode="decimal"><p id="large" data-relevant="{{tree "${area} > 1000"}}">1</p>
<input type="checkbox" name="area/_refused"><input type="hidden" name="area/_shown" value="x">
<label><input type="radio" name="sex" value="women"></label><label><input type="radio" name="sex" value="_refused"></label>
<p id="said" data-relevant="{{tree "${sex} != ''"}}">1</p>
<div id="rank" data-constraint="{{tree "count-selected(.) > 1"}}" data-message="Аз"><input name="order/water" value="1"></div><p id="ordered" data-relevant="{{tree "selected(${order}, 'road')"}}">1</p>
<section data-position="2"><p id="place" data-relevant="{{tree "position(..) = 2"}}">2</p><p id="wrongplace" data-relevant="{{tree "position(..) = 1"}}">2</p></section>
<p id="lost" data-relevant="{{tree "position(..) = 1"}}">2</p>
<p id="sum" data-relevant="{{tree "sum(${child}) = 13"}}">13</p>
</form></html>`

// visitor is a browser on the page.
type visitor struct {
	t   *testing.T
	ctx context.Context
	url string
}

func visit(t *testing.T) visitor {
	t.Helper()
	if testing.Short() {
		t.Skip("pages in a browser are long")
	}
	path := os.Getenv("ASHAR_CHROMIUM")
	if path == "" {
		path = "/usr/bin/chromium"
	}
	if _, err := exec.LookPath(path); err != nil {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatalf("no browser, and ASHAR_TEST_REQUIRED asks for every check: %v", err)
		}
		t.Skipf("no browser: logic.js was NOT tried on a page; ASHAR_CHROMIUM names one: %v", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	tab, closed := chromedp.NewContext(allocator)
	t.Cleanup(closed)
	if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil { // it starts, with no time limit of ours
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(tab, time.Minute)
	t.Cleanup(cancel)
	server := httptest.NewServer(logicServer(t))
	t.Cleanup(server.Close)
	return visitor{t, ctx, server.URL}
}

func logicServer(t *testing.T) http.Handler {
	tree := func(source string) (string, error) {
		e, err := form.Parse(source)
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(e.Tree())
		return string(b), err
	}
	page := template.Must(template.New("page").Funcs(template.FuncMap{"tree": tree}).Parse(logicPage))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
		if r.URL.Path != "/" {
			http.ServeFileFS(w, r, content, r.URL.Path[1:])
			return
		}
		if err := page.Execute(w, nil); err != nil {
			t.Error(err)
		}
	})
}

// says runs a script in the page and compares what it gives.
func (v visitor) says(want, script string) {
	v.t.Helper()
	got, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](inPage(script)))
	if err != nil || got != want {
		v.t.Errorf("%s: %q, not %q (%v)", script, got, want, err)
	}
}

func inPage(script string) string {
	return `(() => {
		const $ = (selector) => document.querySelector(selector);
		const tell = (input, ...names) => names.forEach((name) => input.dispatchEvent(new Event(name, { bubbles: true })));
		const pick = (name, value) => $("[name='" + name + "'][value='" + value + "']").click();
		const type = (name, value) => { const input = $("[name='" + name + "']"); input.value = value; tell(input, "input") };
		const leave = (name) => tell($("[name='" + name + "']"), "change");
		const seen = (...ids) => ids.filter((id) => $("#" + id).checkVisibility()).join(" ");
		` + script + ` })()`
}

// One browser for all, a fresh page for each.
func TestLogicOnAPage(t *testing.T) {
	v := visit(t)
	for name, story := range map[string]func(visitor){
		"questions come and go with the answers":                  visitor.questionsComeAndGoWithTheAnswers,
		"what the page does not know stays shown":                 visitor.whatThePageDoesNotKnowStaysShown,
		"the page reads answers as the server does":               visitor.thePageReadsAnswersAsTheServerDoes,
		"a mistake is told when the field is left, and no longer": visitor.aMistakeIsToldWhenTheFieldIsLeftAndNoLonger,
	} {
		t.Run(name, func(t *testing.T) {
			if err := chromedp.Do(v.ctx, chromedp.Navigate(v.url)); err != nil {
				t.Fatal(err)
			}
			story(visitor{t, v.ctx, v.url})
		})
	}
}

func (v visitor) questionsComeAndGoWithTheAnswers() {
	v.says("", `return seen("crops", "other", "two")`)
	v.says("crops", `pick("farm", "yes"); return seen("crops", "other", "two")`)
	v.says("crops other", `pick("crops", "other"); return seen("crops", "other", "two")`)
	v.says("crops other two", `pick("crops", "wheat"); return seen("crops", "other", "two")`)
	v.says("чөп true", `type("other", "чөп"); return $("[name=other]").value + " " + $("[name=other]").required`)
	v.says(" чөп false", `pick("farm", "no"); return seen("crops", "other", "two") + " " + $("[name=other]").value + " " + $("[name=other]").required`)
	v.says("no wheat other чөп", `return [...new FormData(document.forms[0]).entries()].filter(([name]) => ["farm", "crops", "other"].includes(name)).map(([, value]) => value).join(" ")`)
	v.says("crops other two чөп true", `pick("farm", "yes"); return seen("crops", "other", "two") + " " + $("[name=other]").value + " " + $("[name=other]").required`)
}

func (v visitor) whatThePageDoesNotKnowStaysShown() {
	v.says("village unknown broken ordered lost sum", `return seen("village", "elsewhere", "unknown", "broken", "ordered", "lost", "sum")`)
	v.says("place", `return seen("place", "wrongplace")`)
}

func (v visitor) thePageReadsAnswersAsTheServerDoes() {
	v.says("", `return seen("large", "said")`)
	v.says("large", `type("area", "1 000,5"); return seen("large", "said")`)
	v.says("", `type("area", "999,5"); return seen("large", "said")`)
	v.says("", `type("area", "2 000"); $("[name='area/_refused']").click(); return seen("large", "said")`)
	v.says("said", `pick("sex", "women"); return seen("large", "said")`)
	v.says("", `pick("sex", "_refused"); return seen("large", "said")`)
}

func (v visitor) aMistakeIsToldWhenTheFieldIsLeftAndNoLonger() {
	v.says("status  ", `return $("#born [data-said]").getAttribute("role") + " " + $("#born").innerText.trim() + " " + $("#most").innerText.trim()`)
	v.says("", `type("born", "2026-11-25"); return $("#born").innerText.trim()`)
	v.says("Келечектеги күн true", `leave("born"); return $("#born p.error").innerText + " " + $("[name=born]").getAttribute("aria-invalid")`)
	v.says(" null", `type("born", "2026-11-24"); return $("#born").innerText.trim() + " " + $("[name=born]").getAttribute("aria-invalid")`)
	v.says("Өтө көп", `type("most", "7"); leave("most"); return $("#most p.error").innerText`)
	v.says("", `$("[name=size]").value = "9"; leave("size"); return $("#most").innerText.trim()`)
	v.says("", `type("most", ""); leave("most"); return $("#most").innerText.trim()`)
	v.says("", `leave("order/water"); return $("#rank").innerText.trim()`)
}
