package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"ashar/data"
)

// BenchmarkAddEntries is how many taps a second are on the disk, by how many
// people tap at once.
func BenchmarkAddEntries(b *testing.B) {
	crowds(b, "entries/s", func(b *testing.B, s *Store) func() error {
		w := settle(b, s)
		sessions := make([]data.Session, 8)
		for i := range sessions {
			sessions[i] = w.open(b, s)
		}
		var next atomic.Int64
		return func() error {
			return s.AddEntries(b.Context(), w.municipality, sessions[next.Add(1)%8], []data.Entry{w.tap(1)})
		}
	})
}

// BenchmarkAddResponse is how many whole responses a second are on the disk.
func BenchmarkAddResponse(b *testing.B) {
	crowds(b, "responses/s", func(b *testing.B, s *Store) func() error {
		a := ask(b, s)
		return func() error {
			_, err := s.AddResponse(b.Context(), a.municipality, a.response("таза суу керек, жолдор бузук"), nil)
			return err
		}
	})
}

// BenchmarkAddCodedResponse is the same with a code used up and a draft gone.
func BenchmarkAddCodedResponse(b *testing.B) {
	crowds(b, "responses/s", func(b *testing.B, s *Store) func() error {
		a := ask(b, s)
		codes := make([]data.Code, b.N)
		for i := range codes {
			codes[i] = a.code(fmt.Sprint(i))
		}
		must(b, s.AddCodes(b.Context(), a.municipality, codes, event("code.add")))
		var next atomic.Int64
		return func() error {
			_, err := s.AddResponse(b.Context(), a.municipality, a.response("таза суу керек"), &codes[next.Add(1)-1].Key)
			return err
		}
	})
}

// crowds runs an act b.N times, by as many people at once as each part says.
func crowds(b *testing.B, unit string, prepare func(*testing.B, *Store) func() error) {
	for _, people := range []int{1, 16, 64} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			act := prepare(b, sqlite(b))
			var next atomic.Int64
			done := make(chan error, people)
			b.ResetTimer()
			for range people {
				go func() {
					for next.Add(1) <= int64(b.N) {
						if err := act(); err != nil {
							done <- err
							return
						}
					}
					done <- nil
				}()
			}
			for range people {
				must(b, <-done)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), unit)
		})
	}
}

// BenchmarkReadResponses is how many responses a second come out, and what it
// costs to see that nothing came since.
func BenchmarkReadResponses(b *testing.B) {
	s := sqlite(b)
	a := ask(b, s)
	const n = 20_000
	for range n / 200 {
		together(b, 200, func(ctx context.Context, i int) error {
			_, err := s.AddResponse(ctx, a.municipality, a.response("таза суу керек"), nil)
			return err
		})
	}
	last := got(s.LastChange(b.Context(), a.municipality, a.survey.ID))(b)
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			if all := a.responses(b, s, data.ID{}); len(all) != n {
				b.Fatal(len(all))
			}
		}
		b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "responses/s")
	})
	b.Run("since", func(b *testing.B) {
		for b.Loop() {
			if since := a.responses(b, s, last); len(since) != 0 {
				b.Fatal(len(since))
			}
		}
	})
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if counts := got(s.CountResponses(b.Context(), a.municipality, a.survey.ID))(b); counts[data.StateCounted] != n {
				b.Fatal(counts)
			}
		}
	})
	b.Run("held", func(b *testing.B) {
		for b.Loop() {
			for _, err := range s.ResponsesIn(b.Context(), a.municipality, a.survey.ID, data.StateHeld, data.ID{}, 50) {
				b.Fatal("none is held", err)
			}
		}
	})
	b.Run("withdraw", func(b *testing.B) {
		all := a.responses(b, s, data.ID{})
		b.ResetTimer()
		for i := range b.N {
			must(b, s.WithdrawResponse(b.Context(), a.municipality, a.survey.ID, all[i%n].ID))
		}
	})
}

// BenchmarkReadEntries is how many ballots of three problems a second come out.
func BenchmarkReadEntries(b *testing.B) {
	s := sqlite(b)
	w := settle(b, s)
	const ballots = 40_000
	batch, entries := w.file("a", ballots)
	must(b, stage(b.Context(), s, w.municipality, batch, entries))
	must(b, s.FinishImport(b.Context(), w.municipality, batch, noon, event("import.add")))
	for b.Loop() {
		n := 0
		for _, session := range batch.Sessions {
			for _, err := range s.Entries(b.Context(), w.municipality, session) {
				must(b, err)
				n++
			}
		}
		if n != ballots {
			b.Fatalf("%d entries of %d", n, ballots)
		}
	}
	b.ReportMetric(float64(ballots)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
