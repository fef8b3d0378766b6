package handlers

import (
	"context"
	"errors"
	"time"

	"ashar/data"
)

// How often the house is kept, and how long what somebody began to answer waits
// for them.
const (
	sweepEvery = time.Hour
	draftLasts = 14 * 24 * time.Hour
)

// KeepHouse erases in time what surveys must not keep: answers whose months are
// over, and what people began and left. It goes on until the server stops.
func (s *Server) KeepHouse() {
	s.imports.work.Go(func() {
		tick := time.NewTicker(sweepEvery)
		defer tick.Stop()
		for {
			if err := s.SweepSurveys(s.imports.ctx); err != nil && !errors.Is(err, context.Canceled) {
				s.Log.Error("keeping house", "error", err)
			}
			select {
			case <-s.imports.ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// SweepSurveys does once what KeepHouse does.
func (s *Server) SweepSurveys(ctx context.Context) error {
	err := s.store.SweepDrafts(ctx, s.Now().Add(-draftLasts))
	kept, listed := s.store.KeptSurveys(ctx)
	err = errors.Join(err, listed)
	for _, k := range kept {
		due := k.Survey.Due(s.Zone)
		if due == "" || s.today() < due {
			continue
		}
		e := data.Event{Municipality: k.Municipality, At: s.Now(), Action: "survey.purge.due", Subject: k.Survey.ID, Detail: string(due)}
		purged := s.store.PurgeSurvey(ctx, k.Municipality, k.Survey.ID, s.Now(), e)
		if !errors.Is(purged, data.ErrMissing) { // else somebody was quicker
			err = errors.Join(err, purged)
		}
	}
	return err
}
