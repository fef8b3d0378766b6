package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"ashar/data"
)

func TestThreeHundredBehindOneAddressAllGetThrough(t *testing.T) {
	c := newCrowd(t)
	c.village(300, c.now)
	c.goes()
	held, _, _, flags := c.judge()
	t.Logf("300 honest people behind one address within an hour: %d turned away, %d held %v", c.refused, held, flags)
	if c.refused > 0 || len(c.honest) != 300 || held >= 3 {
		t.Errorf("%d got through, %d turned away, %d held", len(c.honest), c.refused, held)
	}
}

func TestAFloodChangesNothing(t *testing.T) {
	c := newCrowd(t)
	begin := c.now
	c.village(300, begin)
	c.coded(60, begin)
	posts, bad := 0, []int{7, 6, 5} // what the flood wants
	flood := func(n int, takes func() time.Duration, from func(i int) string, pairs func(i int) []string) {
		for i := range n {
			posts++
			at := begin.Add(5*time.Minute + time.Duration(c.chance.Int64N(int64(40*time.Minute))))
			c.answers(at, takes(), from(i), "/s/"+surveyWord, pairs(i), func(answer) {})
		}
	}
	at := func(d time.Duration) func() time.Duration { return func() time.Duration { return d } }
	slow := func() time.Duration { return 10*time.Second + time.Duration(c.chance.Int64N(int64(time.Minute))) }
	anywhere := func(i int) string { return fmt.Sprintf("10.%d.%d.9", i/250, i%250) }
	// a script that does not wait, from one address
	flood(1200, at(time.Second), func(int) string { return "203.0.113.66" }, func(int) []string { return c.said(bad...) })
	// one that waits like a person, from everywhere, with one answer and with twenty
	same := c.said(bad...)
	flood(800, slow, anywhere, func(int) []string { return same })
	var twenty [][]string
	for range 20 {
		twenty = append(twenty, c.said(bad...))
	}
	flood(1000, slow, anywhere, func(i int) []string { return twenty[i%20] })
	// one that fills in the field nobody sees
	flood(200, slow, anywhere, func(int) []string { return append(c.said(bad...), fieldTrap, "https://example.org") })
	// one that has never asked for a page
	for i := range 800 {
		posts++
		p := &phone{site: c.site, lang: "ky", from: anywhere(i)}
		c.steps = append(c.steps, step{begin.Add(time.Duration(i) * 3 * time.Second), func() { p.post("/s/"+surveyWord, c.said(bad...)...) }})
	}
	// copied codes, and one form sent again and again
	replay := ""
	for i := range 1000 {
		posts++
		p := &phone{site: c.site, lang: "ky", from: anywhere(i)}
		c.steps = append(c.steps, step{begin.Add(55*time.Minute + time.Duration(i)*100*time.Millisecond), func() {
			if i%2 == 0 {
				p.post("/s/"+surveyWord, append(c.said(bad...), "k", c.codes[i%60])...)
				return
			}
			if replay == "" {
				replay = p.first()
				c.now = c.now.Add(20 * time.Second)
			}
			p.post(replay, c.said(bad...)...)
		}})
	}
	c.goes()

	c.stands(posts)
}

// stands checks that a flood of so many posts has changed nothing.
func (c *crowd) stands(posts int) {
	t := c.t
	held, caught, came, flags := c.judge()
	coded := c.top(countsIn(data.TierCoded))
	open := c.top(countsIn(data.TierOpen))
	honest := c.top(func(r data.Response) bool { return c.honest[r.ID] })
	raw := c.top(func(r data.Response) bool { return r.Tier == data.TierOpen })
	t.Logf("%d scripted posts against 300 honest people and 60 with codes", posts)
	t.Logf("of the scripted %d came in, %d held (%.1f%%); of the honest %d held, %d turned away; flags %v", came, caught, 100*float64(caught)/float64(came), held, c.refused, flags)
	t.Logf("top five: honest %v, open link with the flood %v, open link after flags %v, coded %v", honest, raw, open, coded)
	if posts != 5000 || c.refused > 0 || len(c.honest) != 300 || held >= 3 || float64(caught) < .95*float64(came) {
		t.Errorf("%d posts, %d refused, %d honest, %d of them held, %d of %d caught", posts, c.refused, len(c.honest), held, caught, came)
	}
	if slices.Equal(raw, honest) {
		t.Error("the flood is too weak to say anything")
	}
	if !slices.Equal(open, honest) {
		t.Errorf("the open link says %v, the honest say %v", open, honest)
	}
	n := 0
	for _, r := range c.responses(c.survey) {
		if r.Tier == data.TierCoded {
			n++
		}
	}
	if n != 60 {
		t.Errorf("%d came with 60 codes", n)
	}
}

// Whoever waits like a person, comes from everywhere and never says the same
// twice looks like a crowd: then there are too many at once, and all who came by
// the link wait for a person to look. The codes are what such a flood cannot
// touch.
func TestAPatientFloodFromEverywhereIsHeldWithTheHourItCameIn(t *testing.T) {
	if testing.Short() {
		t.Skip("five thousand people take a while")
	}
	c := newCrowd(t)
	begin := c.now
	c.village(300, begin)
	c.coded(60, begin)
	for i := range 5000 {
		at := begin.Add(2*time.Hour + time.Duration(c.chance.Int64N(int64(40*time.Minute))))
		c.answers(at, 20*time.Second, fmt.Sprintf("10.%d.%d.9", i/250, i%250), "/s/"+surveyWord, c.said(7, c.chance.IntN(3), 3+c.chance.IntN(4)), func(answer) {})
	}
	c.goes()
	held, caught, came, flags := c.judge()
	open, honest := c.top(countsIn(data.TierOpen)), c.top(func(r data.Response) bool { return c.honest[r.ID] })
	t.Logf("a patient flood: %d came in, %d held; of the honest %d held; flags %v; open link after flags %v, honest %v", came, caught, held, flags, open, honest)
	if caught < came*95/100 || held >= 3 || !slices.Equal(open, honest) {
		t.Error("it got through, or took the honest along")
	}
}

func TestVectorsAreRememberedAcrossAStart(t *testing.T) {
	c := newCrowd(t)
	same := c.said(7, 6, 5)
	for i := range 8 {
		c.answers(c.now.Add(time.Duration(i)*time.Minute), 30*time.Second, fmt.Sprintf("10.0.%d.9", i), "/s/"+surveyWord, same, func(answer) {})
	}
	c.goes()
	c.server.offers = newOffers() // as after a start
	for i := range 8 {
		c.answers(c.now.Add(time.Duration(i)*time.Minute), 30*time.Second, fmt.Sprintf("10.0.%d.9", i), "/s/"+surveyWord, same, func(answer) {})
	}
	c.goes()
	_, held, in, _ := c.judge()
	if in != 16 || held != 16 {
		t.Errorf("of %d that say the same %d are held", in, held)
	}
}

func TestAFloodOfDifferentAnswersTakesBoundedMemory(t *testing.T) {
	w := newWatch()
	comes := func(v uint64) []data.ID { return w.count(data.Response{ID: Mint(), State: data.StateCounted}, v, 1e9) }
	var flagged []data.ID
	for flagged == nil {
		flagged = comes(0)
	}
	if len(flagged) != leastSame+1 {
		t.Errorf("%d are flagged for the same answers, wanted all %d", len(flagged), leastSame+1)
	}
	for v := range uint64(3 * mostVectors) {
		comes(v + 1)
		if v%2 == 0 {
			comes(v + 1)
		}
	}
	if len(w.once) > mostVectors || len(w.vectors) > mostVectors {
		t.Errorf("%d and %d ways to answer are remembered", len(w.once), len(w.vectors))
	}
	if !w.vectors[0].found {
		t.Error("the ways that were found are forgotten")
	}
}

func TestWrongCodesAreBounded(t *testing.T) {
	site := newSite(t)
	site.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	site.opens(site.short())
	p := site.phone()
	tries := 0
	for p.post("/s/"+surveyWord+"/code?l=en", "code", fmt.Sprintf("aaaaa-%05d", tries), "do", "correct").status != http.StatusTooManyRequests {
		if tries++; tries > 100 {
			t.Fatal("anybody can try for ever")
		}
	}
	other := site.phone()
	other.from = "192.0.99.7"
	other.post("/s/"+surveyWord+"/code?l=en", "code", "aaaaa-bbbbb").want(http.StatusUnprocessableEntity)
	t.Logf("%d wrong codes at once from one network", tries)
}
