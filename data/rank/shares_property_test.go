package rank

import (
	"math/big"
	"slices"
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
		seen[got.Measure] = true
		if i >= s.Shares {
			continue
		}
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
