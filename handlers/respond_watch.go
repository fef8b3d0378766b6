package handlers

import (
	"context"
	"hash/maphash"
	"maps"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/store"
)

// watch looks out for one survey: who comes too many at once, and answers that
// come again and again. It lives in memory only.
type watch struct {
	recalling sync.Mutex
	recalled  bool

	mu      sync.Mutex
	all     trail
	places  map[place]*trail
	once    map[uint64]data.ID // who alone answered in a way, where there are many ways nearly all
	vectors map[uint64]*vector // the other ways
	n       int
}

// vector is one way to answer all the questions with choices.
type vector struct {
	ids   []data.ID // until they are flagged
	found bool      // beyond what chance and agreement explain
}

const (
	mostVectors  = 50_000
	recallNewest = 10_000
	leastSame    = 10   // so many people may always say the very same
	shareSame    = 0.02 // of all, where there are many ways to answer
	evenSame     = 20   // times what each way would get if all were alike
	mostSame     = 0.6
)

func newWatch() *watch {
	return &watch{places: map[place]*trail{}, once: map[uint64]data.ID{}, vectors: map[uint64]*vector{}}
}

// suspects adds the flags of a response that is about to be kept.
func (w *watch) suspects(flags data.Flags, from place, v uint64, now time.Time) data.Flags {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all.bursts(now) || w.places[from].bursts(now) {
		flags = flags.With(data.FlagBurst)
	}
	if known := w.vectors[v]; known != nil && known.found {
		flags = flags.With(data.FlagSame)
	}
	return flags
}

// arrived counts a response, and gives those that must be flagged now that it is
// there: itself, or others before it. One that is held already says nothing about
// the crowd that the survey has.
func (w *watch) arrived(r data.Response, from place, v uint64, ways float64, now time.Time) map[data.Flag][]data.ID {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.places) > mostPlaces {
		maps.DeleteFunc(w.places, func(_ place, t *trail) bool { return now.Sub(t.at[len(t.at)-1]) > trailLasts })
	}
	t := w.places[from]
	if t == nil {
		t = &trail{}
		w.places[from] = t
	}
	flagged := map[data.Flag][]data.ID{}
	many := t.add(r.ID, now, placePace)
	if r.State == data.StateCounted && len(many) == 0 {
		many = w.all.add(r.ID, now, surveyPace)
	}
	if len(many) > 0 {
		flagged[data.FlagBurst] = many
	}
	if same := w.count(r, v, ways); len(same) > 0 {
		flagged[data.FlagSame] = same
	}
	return flagged
}

// count one more answer of a way, and give those that are to be flagged for it.
func (w *watch) count(r data.Response, v uint64, ways float64) []data.ID {
	one := w.vectors[v]
	if one != nil && one.found {
		return nil // it was flagged when it came
	}
	if r.State == data.StateCounted {
		w.n++
	}
	if one == nil {
		if one = w.again(r.ID, v); one == nil {
			return nil
		}
	}
	one.ids = append(one.ids, r.ID)
	share := min(max(evenSame/ways, shareSame), mostSame)
	if float64(len(one.ids)) <= max(leastSame, share*float64(w.n)) {
		return nil
	}
	ids := one.ids
	one.found, one.ids = true, nil
	return ids
}

// again is a way to answer that comes a second time; nil where it comes the
// first time. When there are too many ways the rarest are forgotten.
func (w *watch) again(id data.ID, v uint64) *vector {
	first, known := w.once[v]
	if !known {
		if len(w.once) >= mostVectors {
			clear(w.once)
		}
		w.once[v] = id
		return nil
	}
	if len(w.vectors) >= mostVectors {
		maps.DeleteFunc(w.vectors, func(_ uint64, one *vector) bool { return !one.found && len(one.ids) < leastSame })
	}
	delete(w.once, v)
	one := &vector{ids: []data.ID{first}}
	w.vectors[v] = one
	return one
}

// recall counts the newest responses there are, once after a start.
func (w *watch) recall(ctx context.Context, from *store.Store, o *offered, f *forms.Form) error {
	w.recalling.Lock()
	defer w.recalling.Unlock()
	if w.recalled {
		return nil
	}
	for _, state := range []data.State{data.StateHeld, data.StateCounted} {
		var newest []data.Response
		for r, err := range from.ResponsesIn(ctx, o.municipality.ID, o.survey.ID, state, data.ID{}, recallNewest) {
			if err != nil {
				return err
			}
			if r.Tier == data.TierOpen {
				newest = append(newest, r)
			}
		}
		w.mu.Lock()
		for _, r := range slices.Backward(newest) {
			w.count(r, sameness(f, r.Answers), variety(f))
		}
		w.mu.Unlock()
	}
	w.recalled = true
	return nil
}

// vectorSeed makes the numbers of vectors nobody outside can foresee.
var vectorSeed = maphash.MakeSeed()

// sameness is a number that is the same for the same answers to all questions
// that are answered by choosing. What people write is not looked at: one letter
// would make each different.
func sameness(f *forms.Form, answers data.Answers) uint64 {
	var h maphash.Hash
	h.SetSeed(vectorSeed)
	write := func(parts ...string) {
		for _, part := range parts {
			h.WriteString(part)
		}
	}
	f.All(func(q, repeat *forms.Question) bool {
		if repeat != nil || !q.Kind.Chosen() && q.Kind != forms.Range {
			return true
		}
		a, asked := answers[q.Name]
		if !asked {
			return true
		}
		write("\n", q.Name, " ", string(a.Said), " ", a.Text)
		for _, pick := range a.Picks {
			write(" ", pick)
		}
		for _, tier := range a.Ranks {
			write(" /")
			for _, name := range tier {
				write(" ", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(a.Points)) {
			write(" ", name, "=", strconv.Itoa(a.Points[name]))
		}
		for _, name := range slices.Sorted(maps.Keys(a.Cells)) {
			write(" ", name, "=", a.Cells[name])
		}
		return true
	})
	return h.Sum64()
}

// variety is in how many ways the questions with choices can be answered, as far
// as it matters.
func variety(f *forms.Form) float64 {
	ways := 1.0
	f.All(func(q, repeat *forms.Question) bool {
		if repeat == nil {
			ways = min(ways*waysOf(f, q), 1e12)
		}
		return true
	})
	return ways
}

func waysOf(f *forms.Form, q *forms.Question) float64 {
	n := float64(len(f.Choices(q)))
	switch q.Kind {
	case forms.One, forms.Village, forms.Sex, forms.Band:
		return max(n, 1)
	case forms.Many:
		return math.Pow(2, n)
	case forms.Rank:
		places := n
		if q.Top > 0 {
			places = min(n, float64(q.Top))
		}
		ways := 1.0
		for i := range int(places) {
			ways *= n - float64(i)
		}
		return ways
	case forms.Points:
		return math.Pow(2, n)
	case forms.Pairs:
		return math.Pow(2, n*(n-1)/2)
	case forms.Matrix:
		return math.Pow(max(float64(len(f.MarksOf(q))), 1), n)
	case forms.Range:
		return float64(len(q.Steps()))
	}
	return 1
}
