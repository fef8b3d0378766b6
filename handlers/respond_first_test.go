package handlers

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ashar/data"
	forms "ashar/data/form"
)

func TestAStoredPageUnpacksToItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := bytes.ReplaceAll(rapid.SliceOfN(rapid.ByteRange(1, 255), 0, 40_000).Draw(t, "before"), []byte("0"), []byte("o"))
		after := append(bytes.Clone(before[len(before)/2:]), bytes.ReplaceAll(rapid.SliceOfN(rapid.ByteRange(1, 255), 0, 40_000).Draw(t, "after"), []byte("0"), []byte("o"))...)
		page, err := newFirstPage(bytes.Join([][]byte{before, []byte(hole), after}, nil))
		if err != nil {
			t.Fatal(err)
		}
		token := rapid.StringMatching(`[a-z2-9]{48}`).Draw(t, "token")
		want := append(append(bytes.Clone(before), token...), after...)
		r, err := gzip.NewReader(bytes.NewReader(page.gzip(token)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, want) || !bytes.Equal(page.plain(token), want) {
			t.Fatalf("%v; unpacked %d bytes, wanted %d", err, len(got), len(want))
		}
	})
}

func TestEachFirstPageHasATokenOfItsOwn(t *testing.T) {
	site := newSite(t)
	site.server.URL = &url.URL{Scheme: "https", Host: "example.com"}
	survey := site.opens(site.short())
	p := site.phone()
	p.head = http.Header{"Accept-Encoding": {"gzip, br"}}
	seen := map[string]bool{}
	for range 50 {
		a := p.get("/s/" + surveyWord).want(http.StatusOK)
		if a.header.Get("Content-Encoding") != "gzip" || strings.Contains(a.header.Get("Cache-Control"), "no-store") {
			t.Fatalf("%v", a.header)
		}
		r, err := gzip.NewReader(strings.NewReader(a.body))
		site.must(err)
		page, err := io.ReadAll(r)
		site.must(err)
		a.body = string(page)
		token := strings.TrimSuffix(strings.TrimPrefix(a.action(), "/s/"+surveyWord+"/"), "?l=en")
		if _, ours := site.server.readToken(survey.ID, token); !ours || seen[token] {
			t.Fatalf("the token %q: ours %v, seen %v", token, ours, seen[token])
		}
		if _, ours := site.server.readToken(Mint(), token); ours {
			t.Fatal("a token of one survey is good for another")
		}
		seen[token] = true
	}
}

func TestAChangedSurveyIsSeenAtOnce(t *testing.T) {
	site := newSite(t)
	site.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	survey := site.opens(site.short())
	p := site.phone()
	p.get("/s/"+surveyWord).want(http.StatusOK, "What Ak-Muz needs")
	survey.Title = text("Something else")
	site.must(site.store.SaveSurvey(context.Background(), site.home.ID, survey, data.Event{}))
	p.get("/s/"+surveyWord).want(http.StatusOK, "Something else").lacks("What Ak-Muz needs")
	site.must(site.store.ShutSurvey(context.Background(), site.home.ID, survey.ID, site.now, data.Event{}))
	p.get("/s/"+surveyWord).want(http.StatusOK, "The survey is over")
}

func TestTheFirstPageIsServedFromStoredBytes(t *testing.T) {
	site := newSite(t)
	site.opens(site.everyKind())
	ask := httptest.NewRequest(http.MethodGet, "/s/"+surveyWord, nil)
	ask.Header.Set("Accept-Encoding", "gzip")
	ask.Header.Set("Accept-Language", "ky-KG,ky;q=0.9,ru;q=0.8")
	const n = 2000
	begun := cpu(t)
	made := testing.AllocsPerRun(n, func() { site.handler.ServeHTTP(&sink{head: http.Header{}}, ask.Clone(context.Background())) })
	t.Logf("a first page takes %.4f CPU ms and %.0f allocations", float64(cpu(t)-begun)/n/1e6, made)
	if made > 150 { // to draw one takes thousands
		t.Errorf("a first page takes %.0f allocations", made)
	}
}

// sink takes an answer and keeps nothing.
type sink struct{ head http.Header }

func (s *sink) Header() http.Header         { return s.head }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(int)             {}

// cpu is how much of the processor this process has used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// wire is a browser whose bytes are counted as they come.
type wire struct {
	t      *testing.T
	server *httptest.Server
	client *http.Client
	bytes  atomic.Int64
	asked  int
	had    map[string]bool // files that it has
}

func (s *site) wire() *wire {
	w := &wire{t: s.t, server: httptest.NewServer(s.handler), had: map[string]bool{}}
	s.t.Cleanup(w.server.Close)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return countedConn{conn, &w.bytes}, err
	}
	w.client = &http.Client{Transport: &http.Transport{DialContext: dial, DisableCompression: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return w
}

type countedConn struct {
	net.Conn
	n *atomic.Int64
}

func (c countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// ask sends a request as Chromium would and gives the page, unpacked, or where
// it leads.
func (w *wire) ask(method, path string, form url.Values) (page, next string) {
	w.t.Helper()
	r, err := http.NewRequest(method, w.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	r.Header.Set("Accept-Language", "ky")
	answer, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	w.asked++
	var body io.Reader = answer.Body
	if answer.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(answer.Body); err != nil {
			w.t.Fatal(err)
		}
	}
	b, err := io.ReadAll(body)
	if err != nil || answer.StatusCode >= 400 {
		w.t.Fatal(path, answer.Status, err)
	}
	return string(b), answer.Header.Get("Location")
}

var assetsOf = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)

// load opens a page with all that belongs to it, as long as the browser has not
// got it, and gives how many bytes came.
func (w *wire) load(path string) (page string, came int64) {
	w.t.Helper()
	before := w.bytes.Load()
	page, next := w.ask(http.MethodGet, path, nil)
	if next != "" {
		w.t.Fatal("led on to ", next)
	}
	for _, found := range assetsOf.FindAllStringSubmatch(page, -1) {
		if !w.had[found[1]] {
			w.had[found[1]] = true
			w.ask(http.MethodGet, found[1], nil)
		}
	}
	return page, w.bytes.Load() - before
}

// rural is a form as a municipality would make it, in Kyrgyz, with conditions
// and a ranking of twelve problems.
func (s *site) rural(whole bool) forms.Form {
	var problems []forms.Choice
	for i, title := range []string{"Таза суу", "Ички жолдорду оңдоо", "Бала бакча куруу", "Көчө жарыктандыруу", "ФАП жана дарыгер", "Таштанды чыгаруу", "Сугат суу жана арыктар", "Мектепти жылытуу",
		"Жаштар үчүн спорт аянтча", "Көпүрөнү оңдоо", "Интернет жана байланыш", "Жумуш орундары"} {
		problems = append(problems, forms.Choice{Name: Mint().String(), Label: data.Text{KY: title}, Problem: data.ID{byte(i + 1)}})
	}
	ky := func(s string) data.Text { return data.Text{KY: s} }
	f := s.form(whole,
		forms.Question{Name: "need", Kind: forms.Rank, Label: ky("Айылыңыздагы эң маанилүү үч көйгөйдү иреттеңиз"), Hint: ky("Өзүңүз үчүн эмне маанилүү экенин ойлоңуз."), List: "problems", Top: 3, Random: true, Required: true},
		forms.Question{Name: "village", Kind: forms.Village, Label: ky("Кайсы айылда жашайсыз?")},
		forms.Question{Name: "sex", Kind: forms.Sex, Label: ky("Жынысыңыз"), Refusable: true}, forms.Question{Name: "band", Kind: forms.Band, Label: ky("Жаш курагыңыз"), Refusable: true},
		forms.Question{Name: "school", Kind: forms.One, List: "yesno", Label: ky("Үйүңүздө мектеп жашындагы бала барбы?")},
		forms.Question{Name: "far", Kind: forms.Integer, Label: ky("Мектепке чейин канча мүнөт жөө басат?"), Relevant: "${school} = 'yes'", Constraint: ". <= 300", Message: ky("300 мүнөттөн ашпасын.")},
		forms.Question{Name: "say", Kind: forms.Long, Label: ky("Айыл өкмөтүнө айтарыңыз барбы?"), Refusable: true})
	f.Languages = []string{"ky", "ru"}
	f.Intro = ky("Айыл өкмөтү 2027-жылдын бюджетин түзөт. Жоопторуңузду айыл өкмөтүнүн кызматкерлери гана окуйт; жыйында жалпы сандар гана айтылат.\nБул беш мүнөттөй убакыт алат.")
	for i := range f.Lists {
		if f.Lists[i].Problems {
			f.Lists[i].Choices = problems
		}
	}
	return f
}

// The budgets of bytes over the wire, head and body, with all that a page needs.
const (
	mostFirst = 14 << 10
	mostNext  = 6 << 10
	mostAll   = 60 << 10
)

func TestPagesAreSmallOnTheWire(t *testing.T) {
	for _, whole := range []bool{false, true} {
		site := newSite(t)
		f := site.rural(whole)
		site.opens(f)
		w := site.wire()
		page, first := w.load("/s/" + surveyWord)
		t.Logf("whole %v: first page %d bytes in %d requests", whole, first, w.asked)
		if first > mostFirst || w.asked > 6 {
			t.Errorf("the first page takes %d bytes in %d requests", first, w.asked)
		}
		need := "need/" + f.Lists[3].Choices[0].Name
		for n := 2; !strings.Contains(page, `id="receipt"`); n++ {
			before := w.bytes.Load()
			_, next := w.ask(http.MethodPost, answer{t: t, body: page}.action(), url.Values{need: {"1"}, "village": {site.villages[0].ID.String()}, "sex": {"female"},
				"band": {"18-28"}, "school": {"yes"}, "far": {"15"}, "say": {"Суу керек"}})
			page, _ = w.load(next)
			came := w.bytes.Load() - before
			t.Logf("whole %v: page %d (%s) %d bytes", whole, n, fmt.Sprintf("%.30s", next[len("/s/bulak/")+tokenLen:]), came)
			if came > mostNext {
				t.Errorf("page %d takes %d bytes", n, came)
			}
		}
		t.Logf("whole %v: the whole survey %d bytes in %d requests", whole, w.bytes.Load(), w.asked)
		if w.bytes.Load() > mostAll {
			t.Errorf("the whole survey takes %d bytes", w.bytes.Load())
		}
	}
}

// The first page is stored for everybody: how a stranger wrote its address must
// not stand in it, nor make it long.
func TestNobodyWritesIntoTheFirstPageOfOthers(t *testing.T) {
	one, other := newSite(t), newSite(t)
	for _, s := range []*site{one, other} {
		s.opens(s.short(), func(v *data.Survey) { v.Door = data.DoorOpen })
	}
	for _, lang := range []string{"ky", "ru", "en"} {
		one.phone().get("/s/%62ulak?l=" + lang + "&k=" + strings.Repeat("%20", 3000)).want(http.StatusOK)
		got, want := one.phone().get("/s/bulak?l="+lang).want(http.StatusOK), other.phone().get("/s/bulak?l="+lang).want(http.StatusOK)
		if got.has("%62ulak") || got.has("k=") || len(got.body) != len(want.body) {
			t.Errorf("%s: a stranger made the page of others %d bytes long instead of %d", lang, len(got.body), len(want.body))
		}
	}
}
