package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func files(t *testing.T) *Files {
	t.Helper()
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func address(t *testing.T, f *Files, name string) string {
	t.Helper()
	at, err := f.URL(name)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func ask(h http.Handler, method, at string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, at, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, response *http.Response) []byte {
	t.Helper()
	var from io.Reader = response.Body
	switch response.Header.Get("Content-Encoding") {
	case "br":
		from = brotli.NewReader(response.Body)
	case "gzip":
		unpacked, err := gzip.NewReader(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		from = unpacked
	}
	read, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestAddressesChangeWithContent(t *testing.T) {
	f := files(t)
	shape := regexp.MustCompile(`^/static/[a-zA-Z/.-]+\.[0-9a-f]{8}\.(css|js|svg|txt|woff2)$`)
	for name, one := range f.byName {
		if !shape.MatchString(one.address) {
			t.Errorf("%s has the address %q", name, one.address)
		}
		kept := body(t, ask(f, "GET", one.address))
		if one.br != nil {
			kept = one.gzip()
		}
		sum := sha256.Sum256(kept)
		if !strings.Contains(one.address, "."+hex.EncodeToString(sum[:4])+".") {
			t.Errorf("%s: the address %q is not made of what is kept", name, one.address)
		}
	}
	if len(f.byAddress) != len(f.byName) {
		t.Errorf("%d names share %d addresses", len(f.byName), len(f.byAddress))
	}
}

func TestEveryFileIsTheSameHoweverItIsSent(t *testing.T) {
	f := files(t)
	for name, one := range f.byName {
		for _, accepts := range []string{"", "identity", "gzip", "br", "gzip, deflate, br, zstd"} {
			response := ask(f, "GET", one.address, "Accept-Encoding", accepts)
			if response.StatusCode != http.StatusOK {
				t.Errorf("%s for %q: status %d", name, accepts, response.StatusCode)
			}
			if !bytes.Equal(body(t, response), one.plain()) {
				t.Errorf("%s for %q is not the file", name, accepts)
			}
		}
	}
}

func TestTheBestFormThatTheBrowserTakes(t *testing.T) {
	f := files(t)
	for _, c := range []struct{ name, accepts, coding string }{
		{"vendor/charts.min.js", "gzip, deflate, br", "br"},
		{"vendor/charts.min.js", "br;q=0, gzip", "gzip"},
		{"vendor/charts.min.js", "gzip;q=1.0, br;q=0.5", "br"},
		{"vendor/charts.min.js", "GZIP", "gzip"},
		{"vendor/charts.min.js", "*", "br"},
		{"vendor/charts.min.js", "br;q=0, *", "gzip"},
		{"vendor/charts.min.js", "*;q=0", ""},
		{"vendor/charts.min.js", "gzip;q=nonsense", ""},
		{"vendor/charts.min.js", "identity", ""},
		{"vendor/charts.min.js", "", ""},
		{"app.css", "gzip, deflate, br", "gzip"},
		{"app.css", "br", ""},
		{"vendor/noto-sans-regular.woff2", "gzip, br", ""},
	} {
		response := ask(f, "GET", address(t, f, c.name), "Accept-Encoding", c.accepts)
		if got := response.Header.Get("Content-Encoding"); got != c.coding {
			t.Errorf("%s for %q comes as %q, not %q", c.name, c.accepts, got, c.coding)
		}
	}
}

func TestHeadersLetABrowserKeepFilesForEver(t *testing.T) {
	f := files(t)
	want := map[string]string{
		"Cache-Control":          "public, max-age=31536000, immutable",
		"Vary":                   "Accept-Encoding",
		"X-Content-Type-Options": "nosniff",
		"Content-Type":           "text/javascript; charset=utf-8",
		"Content-Encoding":       "gzip",
	}
	at := address(t, f, "app.js")
	get := ask(f, "GET", at, "Accept-Encoding", "gzip")
	head := ask(f, "HEAD", at, "Accept-Encoding", "gzip")
	for key, value := range want {
		if get.Header.Get(key) != value || head.Header.Get(key) != value {
			t.Errorf("%s: GET says %q and HEAD %q, not %q", key, get.Header.Get(key), head.Header.Get(key), value)
		}
	}
	if sent, _ := io.ReadAll(head.Body); len(sent) > 0 || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") {
		t.Errorf("HEAD sent %d bytes and promised %s of %s", len(sent), head.Header.Get("Content-Length"), get.Header.Get("Content-Length"))
	}
}

func TestTypesAreOurOwn(t *testing.T) {
	f := files(t)
	for name, kind := range map[string]string{
		"app.css": "text/css; charset=utf-8", "favicon.svg": "image/svg+xml", "robots.txt": "text/plain; charset=utf-8",
		"vendor/noto-sans-bold.woff2": "font/woff2", "vendor/htmx.min.js": "text/javascript; charset=utf-8",
	} {
		if got := ask(f, "GET", address(t, f, name)).Header.Get("Content-Type"); got != kind {
			t.Errorf("%s is called %q, not %q", name, got, kind)
		}
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	f := files(t)
	at := address(t, f, "app.css")
	packed := ask(f, "GET", at, "Accept-Encoding", "gzip").Header.Get("ETag")
	plain := ask(f, "GET", at).Header.Get("ETag")
	if packed == plain {
		t.Errorf("both forms have the tag %s", plain)
	}
	for _, c := range []struct {
		match  string
		status int
	}{
		{packed, http.StatusNotModified},
		{"W/" + packed, http.StatusNotModified},
		{`"other", ` + packed, http.StatusNotModified},
		{"*", http.StatusNotModified},
		{plain, http.StatusOK},
		{`"other"`, http.StatusOK},
	} {
		response := ask(f, "GET", at, "Accept-Encoding", "gzip", "If-None-Match", c.match)
		if response.StatusCode != c.status {
			t.Errorf("If-None-Match %s answers %d, not %d", c.match, response.StatusCode, c.status)
		}
		if sent, _ := io.ReadAll(response.Body); c.status == http.StatusNotModified && len(sent) > 0 {
			t.Errorf("If-None-Match %s still sends %d bytes", c.match, len(sent))
		}
	}
}

func TestWhatIsNotAFileIsNotFound(t *testing.T) {
	f := files(t)
	for _, at := range []string{
		"/static/", "/static/vendor/", "/static/app.css", "/static/app.00000000.css", "/static/static.go",
		"/static/vendor/VENDOR.md", "/static/vendor/build.sh", "/static/vendor/charts.min.js.br", "/static/../go.mod", "/",
	} {
		response := ask(f, "GET", at)
		if response.StatusCode != http.StatusNotFound || response.Header.Get("Cache-Control") != "" {
			t.Errorf("%s answers %d, Cache-Control %q", at, response.StatusCode, response.Header.Get("Cache-Control"))
		}
	}
	if response := ask(f, "POST", address(t, f, "app.css")); response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a POST answers %d", response.StatusCode)
	}
	if _, err := f.URL("missing.css"); err == nil {
		t.Error("a missing file has an address")
	}
	if _, err := f.Fixed("missing.css"); err == nil {
		t.Error("a missing file can be fixed to an address")
	}
}

func TestAFixedFileIsAskedForAgain(t *testing.T) {
	robots, err := files(t).Fixed("robots.txt")
	if err != nil {
		t.Fatal(err)
	}
	first := ask(robots, "GET", "/robots.txt")
	if first.Header.Get("Cache-Control") != "no-cache" || !bytes.Contains(body(t, first), []byte("Disallow: /")) {
		t.Errorf("robots.txt comes with Cache-Control %q", first.Header.Get("Cache-Control"))
	}
	if again := ask(robots, "GET", "/robots.txt", "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("the second time answers %d", again.StatusCode)
	}
}

func TestStyleSheetsSpeakOfFilesThatAreServed(t *testing.T) {
	f := files(t)
	css := body(t, ask(f, "GET", address(t, f, "app.css")))
	found := reference.FindAllSubmatch(css, -1)
	if len(found) < 3 {
		t.Fatalf("app.css speaks of %d files, fewer than its fonts", len(found))
	}
	for _, match := range found {
		if response := ask(f, "GET", string(match[1])); response.StatusCode != http.StatusOK {
			t.Errorf("app.css speaks of %s: status %d", match[1], response.StatusCode)
		}
	}
	if _, err := f.point([]byte(`src: url("vendor/missing.woff2")`)); err == nil {
		t.Error("a style sheet may speak of a missing file")
	}
}

func TestCommentsStayWithTheSource(t *testing.T) {
	f := files(t)
	for name, one := range f.byName {
		if strings.HasPrefix(name, "vendor/") || !strings.HasSuffix(one.address, ".css") && !strings.HasSuffix(one.address, ".js") {
			continue
		}
		if bytes.HasPrefix(one.plain(), []byte("/*")) || len(one.plain()) < 500 {
			t.Errorf("%s is served with its head, or without its body: %.60q", name, one.plain())
		}
	}
	for _, c := range []struct{ source, ext, want string }{
		{"/* a */\na { b: c } /* d */\n/* e\nf */e { f: g }", ".css", "a { b: c } e { f: g }"},
		{"/*\n a\n*/\nlet a = '/* b */';", ".js", "let a = '/* b */';"},
		{"/*! licence */\nlet a;", ".js", "/*! licence */\nlet a;"},
	} {
		if got := string(bare([]byte(c.source), c.ext)); got != c.want {
			t.Errorf("%q becomes %q, not %q", c.source, got, c.want)
		}
	}
}

func TestTheStartIsFast(t *testing.T) {
	fastest := time.Hour
	for range 5 { // the best of five, for machines that are busy with other things
		start := time.Now()
		files(t)
		fastest = min(fastest, time.Since(start))
	}
	if fastest > 50*time.Millisecond {
		t.Errorf("reading and hashing all files takes %v", fastest)
	}
	t.Logf("reading and hashing all files takes %v", fastest)
}
