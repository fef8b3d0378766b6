package rank

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestVectorOfAgreementOnAScale(t *testing.T) {
	var v struct {
		Input    struct{ Frequencies []int }
		Expected struct {
			A      float64
			Layers []struct {
				Pattern   string
				Weight, A float64
			}
		}
	}
	vector(t, "eijk-2001", &v)
	people := 0
	for _, n := range v.Input.Frequencies {
		people += n
	}
	got := eijkLayers(v.Input.Frequencies)
	if len(got) != len(v.Expected.Layers) {
		t.Fatalf("%d layers, want %d", len(got), len(v.Expected.Layers))
	}
	for i, want := range v.Expected.Layers {
		pattern := ""
		for _, chosen := range got[i].steps {
			pattern += map[bool]string{true: "1", false: "0"}[chosen]
		}
		a, _ := got[i].a.Float64()
		if pattern != want.Pattern || math.Abs(float64(got[i].people)/float64(people)-want.Weight) > 1e-9 || math.Abs(a-want.A) > 5e-4 {
			t.Errorf("layer %s of %d has A %g, want %+v", pattern, got[i].people, a, want)
		}
	}
	if a, _ := Eijk(v.Input.Frequencies).Float64(); math.Abs(a-v.Expected.A) > 1e-9 {
		t.Errorf("A is %g, want %g", a, v.Expected.A)
	}
}

func TestAgreementOnAScaleByHand(t *testing.T) {
	for _, c := range []struct {
		counts []int
		want   string // empty where undefined
	}{
		{[]int{0, 0, 9, 0, 0}, "1"},
		{[]int{7, 0, 0, 0, 0}, "1"},
		{[]int{4, 4, 4, 4, 4}, "0"},
		{[]int{5, 0, 0, 0, 5}, "-1"},
		{[]int{5, 5, 0, 0, 0}, "3/4"},
		{[]int{5, 0, 5}, "-1"},
		{[]int{1, 2, 1}, "1/4"}, // three of four evenly, one alone
		{[]int{5, 5}, ""},
		{[]int{5}, ""},
		{nil, ""},
		{[]int{0, 0, 0}, ""},
	} {
		got := Eijk(c.counts)
		if (got == nil) != (c.want == "") || got != nil && got.Cmp(fraction(t, c.want)) != 0 {
			t.Errorf("%v: %v, want %s", c.counts, got, c.want)
		}
	}
}

func TestAgreementOnAScaleIsTheSameTurnedRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 9), 3, 7).Draw(t, "counts")
		a := Eijk(counts)
		turned, ten := slices.Clone(counts), slices.Clone(counts)
		slices.Reverse(turned)
		for i := range ten {
			ten[i] *= 10
		}
		b, c := Eijk(turned), Eijk(ten)
		if a == nil {
			if slices.Max(counts) > 0 || b != nil || c != nil {
				t.Fatalf("undefined for %v", counts)
			}
			return
		}
		one := big.NewRat(1, 1)
		if a.Cmp(b) != 0 || a.Cmp(c) != 0 || new(big.Rat).Abs(a).Cmp(one) > 0 {
			t.Fatalf("%s, turned %s, ten times %s", a, b, c)
		}
	})
}

// Three other measures of the same counts, which the product does not offer.
func TestVectorOfOtherMeasuresOfAgreement(t *testing.T) {
	var v struct {
		Input    struct{ Frequencies []int }
		Expected struct {
			Leik, Consensus, Polarization float64
			Entropy                       float64 `json:"entropy_bits"`
		}
	}
	vector(t, "leik-entropy-consensus", &v)
	counts := v.Input.Frequencies
	n, mean := 0.0, 0.0
	for i, c := range counts {
		n, mean = n+float64(c), mean+float64(c)*float64(i+1)
	}
	mean /= n
	k := float64(len(counts))
	below, leik, entropy, consensus := 0.0, 0.0, 0.0, 1.0
	for i, c := range counts {
		p := float64(c) / n
		below += p
		leik += 2 * math.Min(below, 1-below) / (k - 1)
		if p > 0 {
			entropy -= p * math.Log2(p)
			consensus += p * math.Log2(1-math.Abs(float64(i+1)-mean)/(k-1))
		}
	}
	a, _ := Eijk(counts).Float64()
	for name, c := range map[string][2]float64{
		"Leik's dispersion": {leik, v.Expected.Leik}, "entropy": {entropy, v.Expected.Entropy},
		"Tastle and Wierman's consensus": {consensus, v.Expected.Consensus}, "polarisation (1-A)/2": {(1 - a) / 2, v.Expected.Polarization},
	} {
		if math.Abs(c[0]-c[1]) > 1e-9 {
			t.Errorf("%s is %g, want %g", name, c[0], c[1])
		}
	}
}
