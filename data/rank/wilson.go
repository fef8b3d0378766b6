package rank

import "math"

// Wilson is the interval of a share by Wilson's score, without a correction for
// continuity (Wilson, 1927; Newcombe, 1998, method 3): k of n people, z the
// deviate of the level. Both ends are in 0 to 1 and the share is between them.
// It is undefined, ok false, where there are no people, where k is not among 0
// to n, and where z is not above 0 and finite.
func Wilson(k, n int, z float64) (low, high float64, ok bool) {
	if n <= 0 || k < 0 || k > n || !(z > 0) || math.IsInf(z*z, 1) {
		return 0, 0, false
	}
	all, some := float64(n), float64(k)
	middle := some + z*z/2
	half := z * math.Sqrt(some/all*(all-some)+z*z/4)
	low, high = (middle-half)/(all+z*z), (middle+half)/(all+z*z)
	share := some / all // rounding must not part the interval from its share
	low, high = math.Max(0, math.Min(low, share)), math.Min(1, math.Max(high, share))
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return low, high, true
}

// Deviate is the z of a two-sided level: a standard normal figure is within
// -z to z with that probability; 1.96 for 0.95. It is undefined, ok false,
// where the level is not between 0 and 1.
func Deviate(level float64) (z float64, ok bool) {
	if !(level > 0 && level < 1) {
		return 0, false
	}
	return math.Sqrt2 * math.Erfinv(level), true
}
