package handlers

import (
	"crypto/rand"
	"hash/fnv"
	"net/netip"
	"sort"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"ashar/data"
)

// place is the network that somebody comes from, as a number that says nothing
// about it: it is made with a key that is drawn each day and never leaves the
// memory.
type place uint64

// guard knows places, and bounds how many codes can be guessed at. It keeps no
// address, and nothing for longer than a day.
type guard struct {
	mu      sync.Mutex
	day     int64
	key     [16]byte
	guesses map[place]*rate.Limiter
	all     *rate.Limiter
}

// Wrong codes: so many from one place at once and then one every so often, and
// so many from everywhere.
const (
	guessBurst    = 20
	guessEvery    = 30 * time.Second
	guessAll      = 500
	guessAllEvery = 2 * time.Second
	mostPlaces    = 20_000
)

func newGuard() *guard { return &guard{day: -1} }

// place of an address: /24, and /48 where addresses are long.
func (g *guard) place(address string, now time.Time) place {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.placed(address, now)
}

func (g *guard) placed(address string, now time.Time) place {
	if day := now.Unix() / 86400; day != g.day || g.guesses == nil {
		g.day, g.guesses = day, map[place]*rate.Limiter{}
		g.all = rate.NewLimiter(rate.Every(guessAllEvery), guessAll)
		rand.Read(g.key[:]) // never fails
	}
	h := fnv.New64a()
	h.Write(g.key[:])
	if ip, err := netip.ParseAddr(address); err == nil {
		ip = ip.Unmap()
		bits := 24
		if ip.Is6() {
			bits = 48
		}
		prefix, _ := ip.Prefix(bits) // the numbers are right for either
		h.Write(prefix.Addr().AsSlice())
	}
	return place(h.Sum64())
}

// mayGuess tells whether somebody may try another code.
func (g *guard) mayGuess(address string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	from := g.guesses[g.placed(address, now)]
	return (from == nil || from.TokensAt(now) >= 1) && g.all.TokensAt(now) >= 1
}

// guessed counts a wrong code.
func (g *guard) guessed(address string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.placed(address, now)
	from := g.guesses[at]
	if from == nil {
		if len(g.guesses) >= mostPlaces {
			clear(g.guesses)
		}
		from = rate.NewLimiter(rate.Every(guessEvery), guessBurst)
		g.guesses[at] = from
	}
	from.AllowN(now, 1)
	g.all.AllowN(now, 1)
}

// trail is who came by one way within the last hour.
type trail struct {
	at    []time.Time
	ids   []data.ID
	until time.Time // so long whoever comes by it is one of very many
}

// pace is how many may come by one way.
type pace struct{ minute, hour int }

// The paces: behind one address of an operator sits a whole village, so 300 in
// an hour are welcome; and a survey that is read out on the radio is answered by
// many at once.
var (
	placePace  = pace{minute: 120, hour: 600}
	surveyPace = pace{minute: 600, hour: 3000}
)

const (
	trailLasts = time.Hour
	burstLasts = 10 * time.Minute
)

// add notes one more. Where it is one too many it gives all of those who came
// too fast: of the last minute, or of the hour.
func (t *trail) add(id data.ID, now time.Time, p pace) []data.ID {
	old := 0
	for old < len(t.at) && now.Sub(t.at[old]) > trailLasts {
		old++
	}
	t.at, t.ids = append(t.at[old:], now), append(t.ids[old:], id)
	recent := sort.Search(len(t.at), func(i int) bool { return now.Sub(t.at[i]) < time.Minute })
	var many []data.ID
	switch {
	case len(t.at) > p.hour:
		many = t.ids
	case len(t.at)-recent > p.minute:
		many = t.ids[recent:]
	default:
		return nil
	}
	burst := t.bursts(now)
	t.until = now.Add(burstLasts)
	if burst && len(many) > 1 { // those before it are known by now
		many = many[len(many)-1:]
	}
	if len(t.at) > 2*p.hour { // enough to know
		t.at, t.ids = t.at[p.hour:], t.ids[p.hour:]
	}
	return append([]data.ID(nil), many...)
}

func (t *trail) bursts(now time.Time) bool { return t != nil && now.Before(t.until) }
