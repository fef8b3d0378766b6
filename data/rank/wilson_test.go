package rank

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The four cases of Newcombe (1998), table I, method 3: Wilson's score without a
// correction for continuity, at 95%.
func TestNewcombesCases(t *testing.T) {
	z, ok := Deviate(0.95)
	if !ok || math.Abs(z-1.959963984540054) > 1e-12 {
		t.Fatalf("the deviate of 95%% is %v", z)
	}
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		low, high, ok := Wilson(c.k, c.n, z)
		if !ok || math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d of %d: %.5f to %.5f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

func TestAShareWithoutPeopleHasNoInterval(t *testing.T) {
	for _, c := range []struct {
		k, n int
		z    float64
	}{{0, 0, 1.96}, {-1, 5, 1.96}, {6, 5, 1.96}, {0, -1, 1.96}, {1, 2, 0}, {1, 2, -1}, {1, 2, math.NaN()}, {1, 2, math.Inf(1)}} {
		if low, high, ok := Wilson(c.k, c.n, c.z); ok || low != 0 || high != 0 {
			t.Errorf("%+v: %v to %v", c, low, high)
		}
	}
	for _, level := range []float64{0, 1, -1, 2, math.NaN()} {
		if z, ok := Deviate(level); ok || z != 0 {
			t.Errorf("the level %v has the deviate %v", level, z)
		}
	}
}

// The share is in its interval, the interval is in 0 to 1, it turns round with
// its question, and shrinks with people.
func TestTheIntervalHoldsItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1_000_000).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		z := rapid.Float64Range(0.001, 6).Draw(t, "z")
		low, high, ok := Wilson(k, n, z)
		share := float64(k) / float64(n)
		if !ok || !(0 <= low && low <= share && share <= high && high <= 1 && low < high) {
			t.Fatalf("%d of %d: %v to %v", k, n, low, high)
		}
		if no, yes, _ := Wilson(n-k, n, z); math.Abs(no-(1-high)) > 1e-9 || math.Abs(yes-(1-low)) > 1e-9 {
			t.Fatalf("%v to %v, turned round %v to %v", low, high, no, yes)
		}
		if l, h, _ := Wilson(4*k, 4*n, z); h-l >= high-low {
			t.Fatalf("four times the people, and %v is not less than %v", h-l, high-low)
		}
	})
}
