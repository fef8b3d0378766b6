package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"ashar/data"
	"ashar/data/storetest"
)

func TestRefusedChangeInASharedCommitTakesNobodyAlong(t *testing.T) {
	s := sqlite(t)
	setting := func(name string) func(tx) error {
		return func(t tx) error {
			_, err := t.exec(`INSERT INTO setting (name, value) VALUES ($1, 'x')`, name)
			return err
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var batch []*job
	for _, c := range []struct {
		ctx context.Context
		do  func(tx) error
	}{
		{t.Context(), setting("good")},
		{t.Context(), func(t tx) error { return errors.Join(setting("half")(t), setting("good")(t)) }},
		{gone, setting("gone")},
		{t.Context(), func(t tx) error { _ = setting("panic")(t); panic("a fault of ours") }},
		{t.Context(), setting("also good")},
	} {
		batch = append(batch, &job{c.ctx, c.do, make(chan error, 1)})
	}
	s.commit(batch)
	must(t, <-batch[0].done)
	refused(t, data.ErrConflict, translate(<-batch[1].done))
	refused(t, context.Canceled, <-batch[2].done)
	if err := <-batch[3].done; err == nil {
		t.Error("a change that panicked was acknowledged")
	}
	must(t, <-batch[4].done)
	for name, want := range map[string]string{"good": "x", "also good": "x", "half": "", "gone": "", "panic": ""} {
		same(t, want, got(s.Setting(t.Context(), name))(t))
	}
}

func TestClosingAnswersEverybody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ashar.db")
	s, err := Open(t.Context(), path, mint)
	must(t, err)
	w := settle(t, s)
	var mu sync.Mutex
	kept := map[data.ID]bool{}
	var writers sync.WaitGroup
	for range 16 {
		writers.Go(func() {
			for {
				e := w.tap(1)
				switch err := s.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{e}); {
				case err == nil:
					mu.Lock()
					kept[e.ID] = true
					mu.Unlock()
				case errors.Is(err, errClosed):
					return
				default:
					t.Error(err)
					return
				}
			}
		})
	}
	must(t, s.Close())
	must(t, s.Close())
	writers.Wait()
	is := map[data.ID]bool{}
	for _, e := range w.entries(t, open(t, path), w.session) {
		is[e.ID] = true
	}
	for id := range kept {
		if !is[id] {
			t.Errorf("entry %s was acknowledged and is not there", id)
		}
	}
	if len(is) != len(kept) {
		t.Errorf("%d entries are there, %d were acknowledged", len(is), len(kept))
	}
}

func TestCallerWhoLeavesChangesNothingForOthers(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		together(t, 24, func(ctx context.Context, i int) error {
			if i%3 == 0 {
				gone, cancel := context.WithCancel(ctx)
				go cancel()
				if err := s.AddEntries(gone, w.municipality, w.session, []data.Entry{w.tap(1)}); err != nil && !errors.Is(err, context.Canceled) {
					return err
				}
				return nil
			}
			return s.AddEntries(ctx, w.municipality, w.session, []data.Entry{w.tap(2)})
		})
		n := 0
		for _, e := range w.entries(t, s, w.session) {
			if e.N == 2 {
				n++
			}
		}
		same(t, 16, n)
	})
}

func TestTwoStoresOnOneFileSeeEachOther(t *testing.T) {
	storetest.Crowd(t, func(t *testing.T, place string) {
		server, command := open(t, place), open(t, place)
		w := settle(t, server)
		before := got(server.Stamps(t.Context(), w.municipality, w.round.ID))(t)
		together(t, 8, func(ctx context.Context, i int) error {
			s := []*Store{server, command}[i%2]
			for range 5 {
				if err := s.AddEntries(ctx, w.municipality, w.session, []data.Entry{w.tap(1)}, event(fmt.Sprint("entry.", i))); err != nil {
					return err
				}
			}
			return nil
		})
		must(t, command.AddEntries(t.Context(), w.municipality, w.session, []data.Entry{w.tap(1)}))
		after := got(server.Stamps(t.Context(), w.municipality, w.round.ID))(t)
		if after.Sessions[w.session.ID] == before.Sessions[w.session.ID] {
			t.Error("the server does not see what the command line wrote")
		}
		same(t, after, got(command.Stamps(t.Context(), w.municipality, w.round.ID))(t))
		same(t, 41, len(w.entries(t, server, w.session)))
		if _, broken, err := server.Verify(t.Context()); err != nil || len(broken) > 0 {
			t.Errorf("the audit is broken: %v, %v", broken, err)
		}
	})
}
