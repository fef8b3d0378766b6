package store

import (
	"fmt"
	"sync/atomic"
	"testing"

	"ashar/data"
)

// BenchmarkAddEntries is how many taps a second are on the disk, by how many
// people tap at once.
func BenchmarkAddEntries(b *testing.B) {
	for _, people := range []int{1, 16, 64} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			s := sqlite(b)
			w := settle(b, s)
			sessions := make([]data.Session, 8)
			for i := range sessions {
				sessions[i] = w.open(b, s)
			}
			var next atomic.Int64
			done := make(chan error, people)
			b.ResetTimer()
			for range people {
				go func() {
					for {
						i := next.Add(1)
						if i > int64(b.N) {
							done <- nil
							return
						}
						if err := s.AddEntries(b.Context(), w.municipality, sessions[i%8], []data.Entry{w.tap(1)}); err != nil {
							done <- err
							return
						}
					}
				}()
			}
			for range people {
				must(b, <-done)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
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
