package rank

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Critical values of chi-square as every table prints them.
func TestChiSquareHasItsTail(t *testing.T) {
	for _, c := range []struct {
		x  float64
		df int
		p  float64
	}{{3.841, 1, 0.05}, {5.991, 2, 0.05}, {7.815, 3, 0.05}, {11.070, 5, 0.05}, {16.919, 9, 0.05}, {23.209, 10, 0.01}, {43.820, 19, 0.001}, {0, 7, 1}, {0, 8, 1}, {124.342, 100, 0.05}} {
		if got := chiTail(c.x, c.df); math.Abs(got-c.p) > 5e-5 {
			t.Errorf("chi-square %g of %d: %g, want %g", c.x, c.df, got, c.p)
		}
	}
}

// Where all arrangements are too many, those drawn come close to them, the same
// every time; and with many groups chi-square does.
func TestDrawnAndTabledChancesAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var known Chances
	for range 6 {
		var orders [][]int64
		for range 4 {
			var o []int64
			for _, i := range random.Perm(4) {
				o = append(o, int64(2*i+2))
			}
			orders = append(orders, o)
		}
		sums := make([]int64, 4)
		for _, o := range orders {
			for i := range o {
				sums[i] += o[i]
			}
		}
		s := rankDeviation(sums, 4)
		p, ok := exactChance(arranged(orders), s)
		exact, _ := p.Float64()
		drawn := known.chance(arranged(orders), s) // most often remembered: these orders have the same ties
		if !ok || math.Abs(exact-drawn) > 0.02 || drawn != (*Chances)(nil).chance(arranged(orders), s) {
			t.Errorf("%v: exactly %g, drawn %g", orders, exact, drawn)
		}
	}
	var many [][]int
	for range chiGroups {
		many = append(many, random.Perm(chiProblems))
	}
	c := Kendall(many, nil)
	var places [][]int64
	for _, o := range many {
		places = append(places, meanPlaces(o))
	}
	if drawn := (*Chances)(nil).chance(arranged(places), rankDeviation(doubledSums(many), chiGroups)); c.How != "chi2" || math.Abs(c.P-drawn) > 0.03 {
		t.Errorf("by %s %g, drawn %g", c.How, c.P, drawn)
	}
}

// BenchmarkConcord compares the orders that 12 groups have of 20 problems.
func BenchmarkConcord(b *testing.B) {
	random := rand.New(rand.NewPCG(5, 6))
	var orders [][]int
	for range 12 {
		orders = append(orders, random.Perm(20))
	}
	b.ReportAllocs()
	for b.Loop() {
		if c := Kendall(orders, nil); c.How != "drawn" {
			b.Fatal(c)
		}
	}
}
