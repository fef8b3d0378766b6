package rank

import "math"

// student is the value that Student's t of so many degrees of freedom exceeds
// with the probability tail, above 0 and below a half: found by halving, as the
// probability falls steadily.
func student(tail float64, freedom int) float64 {
	low, high := 0.0, 1.0
	for studentTail(high, freedom) > tail {
		low, high = high, 2*high
	}
	for high-low > 1e-9*high {
		if middle := (low + high) / 2; studentTail(middle, freedom) > tail {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// studentTail is the probability that Student's t of so many degrees of freedom is
// x or more, for x from 0: a finite sum (Abramowitz & Stegun, 26.7.3 and 26.7.4).
func studentTail(x float64, freedom int) float64 {
	angle := math.Atan(x / math.Sqrt(float64(freedom)))
	sin, cos := math.Sincos(angle)
	sum, term, step := 0.0, 1.0, freedom%2
	if step == 1 {
		term = cos
	}
	for k := step + 2; k <= freedom; k += 2 {
		sum += term
		term *= cos * cos * float64(k-1) / float64(k)
	}
	inside := sin * sum // the probability of -x to x
	if step == 1 {
		inside = (angle + inside) * 2 / math.Pi
	}
	return (1 - inside) / 2
}
