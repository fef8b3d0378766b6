package handlers

import (
	"cmp"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"ashar/data"
)

// crowd keeps the responses of so many invented people.
func (p *inquiry) crowd(people int) {
	p.t.Helper()
	const writers = 64
	from := p.n
	p.n += people
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(w), 1))
			for i := w; i < people; i += writers {
				r := p.invented(dice)
				r.ID, r.Survey, r.Version, r.Lang, r.Key = Mint(), p.survey.ID, p.survey.Version, "ky", data.KeyOf(p.survey.ID, strconv.Itoa(from+i))
				r.Received, r.State = p.clock(), data.StateCounted
				if _, err := p.store.AddResponse(p.t.Context(), p.home.ID, r, nil); err != nil {
					p.t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

func (p *inquiry) invented(dice *rand.Rand) data.Response {
	bands := p.round.Scheme.Bands
	r := data.Response{Tier: data.Tiers[dice.IntN(3)], Village: p.villages[dice.IntN(2)].ID, Sex: data.Sexes[dice.IntN(3)], Band: bands[dice.IntN(len(bands))], Seconds: 100}
	var names []string
	for _, at := range dice.Perm(5)[:3] {
		names = append(names, fixtureProblems[at])
	}
	r.Answers = p.ranks(names...)
	pick := func() string { return string("abc"[dice.IntN(3)]) }
	r.Answers["village"], r.Answers["sex"], r.Answers["band"] = data.Answer{Text: r.Village.String()}, data.Answer{Text: string(r.Sex)}, data.Answer{Text: string(r.Band)}
	r.Answers["fruit"], r.Answers["fruits"] = data.Answer{Text: pick()}, data.Answer{Picks: []string{"a", "c"}}
	r.Answers["beans"] = data.Answer{Points: map[string]int{"a": dice.IntN(5), "b": 5}}
	r.Answers["pairs"] = data.Answer{Cells: map[string]string{"a b": "a", "a c": "=", "b c": "c"}}
	r.Answers["grid"] = data.Answer{Cells: map[string]string{"a": "good", "b": "bad"}}
	r.Answers["age"], r.Answers["more"] = data.Answer{Text: strconv.Itoa(dice.IntN(70))}, data.Answer{Text: "Жол оңдолсо"}
	return r
}

// TestResultsOfManyResponses measures and prints; ASHAR_TEST_MANY is how many
// responses, 100,000 for a measure that counts.
func TestResultsOfManyResponses(t *testing.T) {
	if testing.Short() {
		t.Skip("to measure takes a while")
	}
	many, err := strconv.Atoi(cmp.Or(os.Getenv("ASHAR_TEST_MANY"), "2000"))
	if err != nil {
		t.Fatal("ASHAR_TEST_MANY is not a number of responses")
	}
	p := newPoll(t, 3)
	began := time.Now()
	p.crowd(many)
	t.Logf("%d responses kept in %v", many, time.Since(began).Round(time.Millisecond))
	who := p.as(data.Staff)
	began, spent := time.Now(), spentByUs()
	who.get(p.at("results")).want(http.StatusOK)
	t.Logf("counted and drawn for the first viewer in %v (%v of CPU)", time.Since(began).Round(time.Millisecond), (spentByUs() - spent).Round(time.Millisecond))
	for _, query := range []string{"?by=band", "?by=village&weight=1"} {
		began = time.Now()
		who.get(p.at("results" + query)).want(http.StatusOK)
		t.Logf("drawn for the first viewer of %s in %v", query, time.Since(began).Round(time.Millisecond))
	}
	p.viewers(t, 8, 50, 0)
	p.viewers(t, 8, 30, 200*time.Millisecond)
	for _, file := range []string{"machine.csv", "responses.csv", "responses.json", "ballots.csv", "responses.xlsx"} {
		p.exports(t, who, file)
	}
}

// viewers look at the results at once, again and again; where they pause between,
// a response comes in four times a second.
func (p *inquiry) viewers(t *testing.T, viewers, times int, pause time.Duration) {
	var mu sync.Mutex
	var all []time.Duration
	var group, writer sync.WaitGroup
	stop, came, size, spent := make(chan struct{}), 0, 0, spentByUs()
	if pause > 0 {
		writer.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(250 * time.Millisecond):
					p.crowd(1)
					came++
				}
			}
		})
	}
	for range viewers {
		who := p.as(data.Observer).packed()
		group.Go(func() {
			for range times {
				began := time.Now()
				a := who.get(p.at("results?by=sex")).want(http.StatusOK)
				mu.Lock()
				all, size = append(all, time.Since(began)), len(a.body)
				mu.Unlock()
				time.Sleep(pause)
			}
		})
	}
	group.Wait()
	spent = spentByUs() - spent
	close(stop)
	writer.Wait()
	slices.Sort(all)
	t.Logf("%d viewers, %d responses came in: %d pages of %d bytes packed, p50 %v, p95 %v, slowest %v; %v of CPU each", viewers, came, len(all), size, all[len(all)/2], all[len(all)*95/100], all[len(all)-1], spent/time.Duration(len(all)))
}

// exports writes a file away and tells how long it took and how much memory was
// in use at most.
func (p *inquiry) exports(t *testing.T, who *client, file string) {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	most, stop := uint64(0), make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapInuse)
			}
		}
	}()
	began, spentBefore := time.Now(), spentByUs()
	r, err := http.NewRequest(http.MethodGet, "/"+p.home.Slug+"/"+p.at("export/"+file), nil)
	p.must(err)
	r.AddCookie(who.cookie)
	w := &counter{header: http.Header{}}
	r.Header.Set("Accept-Encoding", "gzip")
	p.handler.ServeHTTP(w, r)
	took, spent := time.Since(began), spentByUs()-spentBefore
	close(stop)
	<-done
	t.Logf("%s: %d bytes packed in %v (%v of CPU), heap %d MB before, %d MB at most", file, w.n, took.Round(time.Millisecond), spent.Round(time.Millisecond), before.HeapInuse>>20, most>>20)
}

// spentByUs is the time that the processors have spent on this process.
func spentByUs() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// counter is a client that takes everything and keeps nothing.
type counter struct {
	header http.Header
	n      int
}

func (c *counter) Header() http.Header { return c.header }
func (c *counter) WriteHeader(int)     {}
func (c *counter) Write(b []byte) (int, error) {
	c.n += len(b)
	return len(b), nil
}
