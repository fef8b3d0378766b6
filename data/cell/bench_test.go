package cell

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkProtect is a municipality of ten villages, in which few or many people
// of each sex and band came.
func BenchmarkProtect(b *testing.B) {
	for _, size := range []int{3, 8, 20, 60} {
		b.Run(fmt.Sprintf("10x2x5 up to %d people", size), func(b *testing.B) {
			dice := rand.New(rand.NewPCG(1, 2))
			var tables []*Cube
			for range 8 {
				counts := make([]int, 100)
				for i := range counts {
					counts[i] = dice.IntN(size + 1)
				}
				tables = append(tables, NewCube(counts, 10, 2, 5))
			}
			b.ReportAllocs()
			hid, of := 0, 0
			for i := 0; b.Loop(); i++ {
				c := tables[i%len(tables)]
				hidden, err := Protect(shown(c.N), c.Sums, 5)
				if err != nil {
					b.Fatal(err)
				}
				for at, h := range hidden {
					if h && !Small(c.N[at], 5) {
						hid++
					}
					of++
				}
			}
			b.ReportMetric(100*float64(hid)/float64(of), "%hidden-for-others")
		})
	}
}
