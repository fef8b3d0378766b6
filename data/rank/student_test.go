package rank

import (
	"math"
	"testing"
)

// Quantiles of the printed tables (Fisher & Yates; Abramowitz & Stegun, table 26.10).
func TestStudentHasItsQuantiles(t *testing.T) {
	for _, c := range []struct {
		tail    float64
		freedom int
		want    float64
	}{{0.05, 1, 6.314}, {0.025, 1, 12.706}, {0.05, 2, 2.920}, {0.005, 2, 9.925}, {0.05, 3, 2.353}, {0.025, 4, 2.776}, {0.005, 5, 4.032},
		{0.0005, 6, 5.959}, {0.05, 7, 1.895}, {0.025, 10, 2.228}, {0.005, 15, 2.947}, {0.0005, 20, 3.850}, {0.025, 30, 2.042}, {0.05, 120, 1.658}} {
		if got := student(c.tail, c.freedom); math.Abs(got-c.want) > 6e-4 {
			t.Errorf("%v of %d degrees of freedom: %.4f, want %.3f", c.tail, c.freedom, got, c.want)
		}
	}
	if normal, _ := Deviate(0.9); math.Abs(student(0.05, 100_000)-normal) > 1e-4 {
		t.Errorf("of very many: %v, the normal one is %v", student(0.05, 100_000), normal)
	}
}
