package rank

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

func drawBudget(t *rapid.T) Budget {
	b := Budget{Som: rapid.Int64Range(0, 60).Draw(t, "som"), Unit: rapid.Bool().Draw(t, "unit"), Cheaper: rapid.Bool().Draw(t, "cheaper")}
	for _, p := range drawProblems {
		b.Offers = append(b.Offers, Offer{p, rapid.Int64Range(0, 40).Draw(t, "cost")})
	}
	for range rapid.IntRange(1, 6).Draw(t, "voters") {
		wants := rapid.SliceOfN(rapid.SampledFrom(drawProblems), 0, 4).Draw(t, "wants")
		weight := big.NewRat(rapid.Int64Range(1, 5).Draw(t, "people"), rapid.Int64Range(1, 3).Draw(t, "parts"))
		b.Backers = append(b.Backers, Backers{weight, wants})
	}
	return b
}

// asks is the rho and the price of an offer by trying: everybody pays alike, but
// those who cannot, who give what they have; nil where nobody is left to pay.
func (b Budget) asks(o Offer, purses []*big.Rat) (rho, price *big.Rat) {
	poor := make([]bool, len(purses))
	for {
		rest, people := big.NewRat(o.Cost, 1), new(big.Rat)
		for j, p := range b.Backers {
			switch {
			case !slices.Contains(p.Wants, o.Measure):
			case poor[j]:
				rest.Sub(rest, new(big.Rat).Mul(p.Weight, purses[j]))
			default:
				people.Add(people, p.Weight)
			}
		}
		if people.Sign() == 0 {
			return nil, nil
		}
		price = rest.Quo(rest, people)
		again := false
		for j, p := range b.Backers {
			if !poor[j] && slices.Contains(p.Wants, o.Measure) && purses[j].Cmp(price) < 0 {
				poor[j], again = true, true
			}
		}
		if again {
			continue
		}
		if b.Unit {
			return price, price
		}
		return new(big.Rat).Quo(price, big.NewRat(o.Cost, 1)), price
	}
}

// least are the offers of the smallest rho, as listed.
func (b Budget) least(purses []*big.Rat, seen map[data.ID]bool) (tied []data.ID, rho *big.Rat) {
	for _, o := range b.Offers {
		if seen[o.Measure] || o.Cost == 0 {
			continue
		}
		r, _ := b.asks(o, purses)
		switch {
		case r == nil:
		case rho == nil || r.Cmp(rho) < 0:
			tied, rho = []data.ID{o.Measure}, r
		case r.Cmp(rho) == 0:
			tied = append(tied, o.Measure)
		}
	}
	return tied, rho
}

// checkShares follows the money: what was bought from shares is paid for by
// those who want it, to the last som, and nobody pays more than they have.
func checkShares(t *rapid.T, b Budget, s Shared) {
	cost := map[data.ID]int64{}
	for _, o := range b.Offers {
		cost[o.Measure] = o.Cost
	}
	left, purses := b.Som, make([]*big.Rat, len(b.Backers))
	for i := range purses {
		purses[i] = new(big.Rat).Set(s.Lent)
	}
	seen := map[data.ID]bool{}
	for i, got := range s.Bought {
		left -= got.Cost
		if got.Cost != cost[got.Measure] || got.Cost == 0 || seen[got.Measure] || !slices.Contains(got.Tied, got.Measure) || (got.Rho == nil) != (i >= s.Shares) {
			t.Fatalf("bought %+v", got)
		}
		if i >= s.Shares {
			seen[got.Measure] = true
			continue
		}
		if tied, rho := b.least(purses, seen); rho == nil || rho.Cmp(got.Rho) != 0 || !slices.Equal(tied, got.Tied) {
			t.Fatalf("%v for %v would be bought, not %+v", tied, rho, got)
		}
		seen[got.Measure] = true
		paid := new(big.Rat)
		for j, p := range b.Backers {
			if !slices.Contains(p.Wants, got.Measure) {
				continue
			}
			pays := got.Price
			if purses[j].Cmp(pays) < 0 {
				pays = purses[j]
			}
			paid.Add(paid, new(big.Rat).Mul(p.Weight, pays))
			purses[j] = new(big.Rat).Sub(purses[j], pays)
		}
		if paid.Cmp(big.NewRat(got.Cost, 1)) != 0 {
			t.Fatalf("%s paid for %+v", paid, got)
		}
	}
	if tied, _ := b.least(purses, seen); tied != nil {
		t.Fatalf("%v can still be paid for", tied)
	}
	for j := range purses {
		if purses[j].Sign() < 0 || purses[j].Cmp(s.Purses[j]) != 0 {
			t.Fatalf("voter %d has %s left, said %s", j+1, purses[j], s.Purses[j])
		}
	}
	if left < 0 || left != s.Left {
		t.Fatalf("%d som left, said %d", left, s.Left)
	}
}

func TestEqualSharesNeverOverspend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBudget(t)
		plain, err := b.Shares()
		if err != nil {
			t.Fatal(err)
		}
		checkShares(t, b, plain)
		whole, err := b.Complete()
		if err != nil {
			t.Fatal(err)
		}
		checkShares(t, b, whole)
		lent := new(big.Rat).Mul(whole.Share, big.NewRat(int64(shareParts+whole.Steps), shareParts))
		if whole.Lent.Cmp(lent) != 0 {
			t.Fatalf("%s lent after %d steps of %s", whole.Lent, whole.Steps, whole.Share)
		}
		for _, o := range b.Offers { // nothing that somebody wants can still be had
			wanted := slices.ContainsFunc(b.Backers, func(p Backers) bool { return slices.Contains(p.Wants, o.Measure) })
			if wanted && o.Cost > 0 && o.Cost <= whole.Left && !slices.Contains(bought(whole), o.Measure) {
				t.Fatalf("%+v is not bought with %d som left", o, whole.Left)
			}
		}
	})
}

// The shares do not know in which order people voted, nor whether those who
// want the same voted one by one.
func TestSharesDoNotKnowTheOrderOfVoters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBudget(t)
		other := b
		other.Backers = nil
		for _, p := range rapid.Permutation(b.Backers).Draw(t, "voters") {
			half := new(big.Rat).Quo(p.Weight, heads(2))
			other.Backers = append(other.Backers, Backers{half, p.Wants}, Backers{half, p.Wants})
		}
		x, _ := b.Complete()
		y, _ := other.Complete()
		if !slices.Equal(bought(x), bought(y)) || x.Left != y.Left || x.Steps != y.Steps {
			t.Fatalf("%+v, then %+v", x, y)
		}
	})
}

// BenchmarkShares shares 20 million som among 20 measures: a village meeting of
// 60 people, and 1,000 people who answered a survey.
func BenchmarkShares(b *testing.B) {
	for _, voters := range []int{60, 1000} {
		b.Run(strconv.Itoa(voters), func(b *testing.B) {
			random := rand.New(rand.NewPCG(8, 9))
			budget := Budget{Som: 20_000_000}
			for i := range 20 {
				budget.Offers = append(budget.Offers, Offer{num(i + 1), 100_000 * (5 + random.Int64N(60))})
			}
			for range voters {
				var wants []data.ID
				for _, i := range random.Perm(20)[:5] {
					wants = append(wants, num(i+1))
				}
				budget.Backers = append(budget.Backers, Backers{big.NewRat(7+random.Int64N(90), 10), wants})
			}
			b.ReportAllocs()
			for b.Loop() {
				s, err := budget.Complete()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(s.Steps), "steps")
			}
		})
	}
}
