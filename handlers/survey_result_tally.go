package handlers

import (
	"bytes"
	"context"
	"sync"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/store"
)

// surveyTally remembers what the responses of one survey say, as roundCount does
// for sessions: a memory of counting, and never a second truth.
type surveyTally struct {
	mu       sync.Mutex
	tally    *forms.Tally
	versions int
	merges   string
	folded   map[data.ID]data.ID // the responses that were counted, with their change
	last     data.ID             // the newest of those changes

	version string
	drawn   map[string]drawnResult // of this version, by language, role and address
	sources map[string]*Counted    // of this version, by tiers
}

// mostSurveys bounds how many surveys are remembered at once.
const mostSurveys = 16

// tally brings the memory of a survey up to date and hands it over for as long
// as do runs. The round's problems tell which of them were merged.
func (s *Server) tally(ctx context.Context, municipality data.ID, survey data.Survey, counted *Counted, do func(*surveyTally) error) error {
	t := s.tallies.of(owned{municipality, survey.ID})
	t.mu.Lock()
	defer t.mu.Unlock()
	last, err := s.store.LastChange(ctx, municipality, survey.ID)
	if err != nil {
		return err
	}
	if v := counted.Version + " " + survey.Stamp.String() + " " + last.String(); t.tally == nil || v != t.version {
		if err := t.update(ctx, s.store, municipality, survey, counted, last); err != nil {
			t.tally = nil
			return err
		}
		t.version, t.drawn, t.sources = v, map[string]drawnResult{}, map[string]*Counted{}
	}
	return do(t)
}

// update folds what came since the last time. What is not only new makes the
// whole count begin anew, and so does what was erased: then the newest change is
// older than one that was counted.
func (t *surveyTally) update(ctx context.Context, from *store.Store, municipality data.ID, survey data.Survey, counted *Counted, last data.ID) error {
	merges := data.MergesOf(counted.all())
	said := fingerprint(merges)
	if t.tally == nil || t.versions != survey.Version || t.merges != said || bytes.Compare(last[:], t.last[:]) < 0 {
		return t.recount(ctx, from, municipality, survey, merges, said)
	}
	for r, err := range from.ResponsesSince(ctx, municipality, survey.ID, t.last) {
		if err != nil {
			return err
		}
		switch was, known := t.folded[r.ID]; {
		case known && was == r.Changed:
		case known:
			return t.recount(ctx, from, municipality, survey, merges, said)
		default:
			t.fold(&r)
		}
	}
	return nil
}

func (t *surveyTally) recount(ctx context.Context, from *store.Store, municipality data.ID, survey data.Survey, merges data.Merges, said string) error {
	versions := map[int]*forms.Form{}
	for version := 1; version <= survey.Version; version++ {
		f, err := from.Version(ctx, municipality, survey.ID, version)
		if err != nil {
			return err
		}
		versions[version] = &f
	}
	t.tally, t.versions, t.merges = forms.NewTally(versions, merges), survey.Version, said
	t.folded, t.last = map[data.ID]data.ID{}, data.ID{}
	for r, err := range from.Responses(ctx, municipality, survey.ID, data.ID{}) {
		if err != nil {
			return err
		}
		t.fold(&r)
	}
	return nil
}

func (t *surveyTally) fold(r *data.Response) {
	t.tally.Add(r)
	t.folded[r.ID] = r.Changed
	if bytes.Compare(r.Changed[:], t.last[:]) > 0 {
		t.last = r.Changed
	}
}

// all are the problems of the round, in no order.
func (c *Counted) all() []data.Problem {
	problems := make([]data.Problem, 0, len(c.Problems))
	for _, p := range c.Problems {
		problems = append(problems, p)
	}
	return problems
}
