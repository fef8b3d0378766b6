package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ashar/data"
)

// TestKilledProcessLosesNothingItAcknowledged kills a process that adds entries
// ten times, at moments nobody chose, and looks after each what is there.
func TestKilledProcessLosesNothingItAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ashar.db")
	s, err := Open(t.Context(), path, mint)
	must(t, err)
	w := settle(t, s)
	must(t, s.Close())
	acknowledged := map[data.ID]bool{}
	const rounds = 10
	for range rounds {
		for _, id := range killed(t, path, time.Duration(rand.IntN(200))*time.Millisecond) {
			acknowledged[id] = true
		}
		s, err := Open(t.Context(), path, mint)
		must(t, err)
		is := map[data.ID]int{}
		for _, e := range w.entries(t, s, w.session) {
			is[e.ID]++
		}
		for id := range acknowledged {
			if is[id] != 1 {
				t.Errorf("entry %s was acknowledged and is there %d times", id, is[id])
			}
		}
		if _, broken, err := s.Verify(t.Context()); err != nil || len(broken) > 0 {
			t.Errorf("the audit is broken: %v, %v", broken, err)
		}
		must(t, s.Close())
		must(t, CheckFile(t.Context(), path))
	}
	t.Logf("kills=%d acked=%d lost=0 dup=0", rounds, len(acknowledged))
	if len(acknowledged) < rounds {
		t.Errorf("only %d entries were acknowledged", len(acknowledged))
	}
}

// killed is what a child acknowledged before it was killed, so long after its
// first word.
func killed(t *testing.T, path string, after time.Duration) (ids []data.ID) {
	t.Helper()
	cmd := command(t, "add", path)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, err := data.ParseID(lines.Text())
		if err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		if len(ids) == 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		ids = append(ids, id)
	}
	if cmd.Wait() == nil {
		t.Error("the child ended by itself")
	}
	return ids
}

// addAsChild adds entries to the only session of a file until it is killed, and
// says each one's ID when it is safe.
func addAsChild(file string) {
	ctx := context.Background()
	s, err := Open(ctx, file, mint)
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := only(ctx, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	said := make(chan data.ID)
	for range 8 {
		go func() {
			for {
				e := w.tap(1)
				if err := s.AddEntries(ctx, w.municipality, w.session, []data.Entry{e}, event("entry.add")); err != nil {
					fmt.Println(err)
					os.Exit(1)
				}
				said <- e.ID
			}
		}()
	}
	for id := range said {
		fmt.Println(id)
	}
}

// only is the village of a file that has one.
func only(ctx context.Context, s *Store) (w village, err error) {
	list, err := s.Municipalities(ctx)
	if err != nil || len(list) != 1 {
		return w, fmt.Errorf("%d municipalities: %w", len(list), err)
	}
	w.municipality = list[0].ID
	rounds, err := s.Rounds(ctx, w.municipality)
	if err != nil || len(rounds) != 1 {
		return w, fmt.Errorf("%d rounds: %w", len(rounds), err)
	}
	w.round = rounds[0]
	if w.problems, err = s.Problems(ctx, w.municipality, w.round.ID); err != nil {
		return w, err
	}
	sessions, err := s.Sessions(ctx, w.municipality, w.round.ID)
	if err != nil || len(sessions) != 1 {
		return w, fmt.Errorf("%d sessions: %w", len(sessions), err)
	}
	w.session = sessions[0]
	return w, nil
}
