package handlers

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ashar/data"
	forms "ashar/data/form"
)

// offered is a survey as residents meet it, ready to be answered. It never
// changes but for what it counts; when the survey changes there is a new one.
type offered struct {
	municipality data.Municipality
	survey       data.Survey
	form         *forms.Form // the version that is answered now; nil before the first
	least        int         // answers of fewer people are shown to nobody
	changes      uint64      // of all surveys, when it was read
	read         time.Time
	firsts       sync.Map     // firstKey -> *firstPage
	drawing      sync.Mutex   // of first pages
	taken        atomic.Int64 // responses that count or wait, where there is a most
	watch        *watch
}

// offers remembers surveys, since a link that is shared brings everybody at
// once. What this process changes is seen at once; what another one changes
// within a second.
type offers struct {
	mu      sync.Mutex
	byWord  map[string]*offered
	watches map[owned]*watch
}

const (
	offerLasts = time.Second
	mostOffers = 1000
)

func newOffers() *offers {
	return &offers{byWord: map[string]*offered{}, watches: map[owned]*watch{}}
}

func (o *offers) get(word string) *offered {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.byWord[word]
}

func (o *offers) put(word string, one *offered) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.byWord) >= mostOffers {
		o.byWord = map[string]*offered{}
	}
	at := owned{one.municipality.ID, one.survey.ID}
	one.watch = o.watches[at]
	if one.watch == nil {
		one.watch = newWatch()
		o.watches[at] = one.watch
	}
	o.byWord[word] = one
}

// offer is the survey behind the word of an address.
func (s *Server) offered(ctx context.Context, word string) (*offered, error) {
	changes, now := s.store.SurveyChanges(), s.Now()
	known := s.offers.get(word)
	if known != nil && known.changes == changes && now.Sub(known.read) < offerLasts {
		return known, nil
	}
	municipality, survey, err := s.store.SurveyAt(ctx, word)
	if err != nil {
		return nil, err
	}
	fresh := &offered{survey: survey, changes: changes, read: now}
	if fresh.municipality, err = s.municipalityBy(ctx, municipality); err != nil {
		return nil, err
	}
	if known != nil && known.survey.Stamp == survey.Stamp && known.municipality.Stamp == fresh.municipality.Stamp {
		fresh.form, fresh.least = known.form, known.least
		known.firsts.Range(func(k, page any) bool { fresh.firsts.Store(k, page); return true })
	} else if err := s.prepare(ctx, fresh); err != nil {
		return nil, err
	}
	if survey.Most > 0 {
		counts, err := s.store.CountResponses(ctx, municipality, survey.ID)
		if err != nil {
			return nil, err
		}
		fresh.taken.Store(int64(counts[data.StateCounted] + counts[data.StateHeld]))
	}
	s.offers.put(word, fresh)
	return fresh, nil
}

// prepare reads what residents will meet of a survey that is new here.
func (s *Server) prepare(ctx context.Context, o *offered) error {
	round, err := s.store.Round(ctx, o.municipality.ID, o.survey.Round)
	if err != nil {
		return err
	}
	o.least = round.Rule.Smallest()
	if o.survey.Version == 0 {
		return nil
	}
	version, err := s.store.Version(ctx, o.municipality.ID, o.survey.ID, o.survey.Version)
	o.form = version.Settled()
	return err
}

func (s *Server) municipalityBy(ctx context.Context, id data.ID) (data.Municipality, error) {
	all, err := s.store.Municipalities(ctx)
	if err != nil {
		return data.Municipality{}, err
	}
	for _, m := range all {
		if m.ID == id {
			return m, nil
		}
	}
	return data.Municipality{}, data.ErrMissing
}

// full tells whether the survey has as many responses as it wants, and some.
func (o *offered) full(some int) bool {
	return o.survey.Most > 0 && o.taken.Load() >= int64(o.survey.Most+some)
}

// underWay is by how much a survey may be overfilled by those who were on its
// page already when it became full.
func (o *offered) underWay() int { return 10 + o.survey.Most/10 }

// version is a form of the survey as somebody began to answer it.
func (s *Server) version(ctx context.Context, o *offered, version int) (*forms.Form, error) {
	if version == o.survey.Version {
		return o.form, nil
	}
	old, err := s.store.Version(ctx, o.municipality.ID, o.survey.ID, version)
	return &old, err
}
