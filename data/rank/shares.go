package rank

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"

	"ashar/data"
)

// Offer is a measure that money may be spent on.
type Offer struct {
	Measure data.ID
	Cost    int64 // whole som; measures that cost nothing are listed apart
}

// Backers are people who want the same measures.
type Backers struct {
	Weight *big.Rat // how many people they are or stand for, above 0
	Wants  []data.ID
}

// Budget is what is to be shared.
type Budget struct {
	Som     int64
	Offers  []Offer   // in the order in which ties are broken where Cheaper does not
	Backers []Backers // everybody who voted
	Unit    bool      // a measure is worth 1 to whoever wants it; else it is worth its cost
	Cheaper bool      // of tied measures the cheaper is bought; else the one listed first
}

// Bought is one measure and how it was bought.
type Bought struct {
	Measure data.ID
	Cost    int64
	Rho     *big.Rat  // som for one unit of worth; nil for what was bought by votes
	Price   *big.Rat  // the most that one person pays for it; nil for what was bought by votes
	Tied    []data.ID // the measures that were equally good then, itself among them
}

// Shared is how equal shares spend a budget.
type Shared struct {
	Share  *big.Rat   // the budget by people: what one person has
	Bought []Bought   // one after the other
	Left   int64      // som unspent
	Purses []*big.Rat // what one person of each Backers has not spent, of the share or of what was lent

	Lent   *big.Rat // Completed: what one person was given to spend in the end, Share or more
	Steps  int      // Completed: how often the share was raised
	Shares int      // Completed: so many of Bought were bought from shares, the others by votes

	Votes []Votes   // of every offer that costs something, as listed
	Free  []data.ID // offers that cost nothing
}

// Votes are the people who want a measure.
type Votes struct {
	Measure data.ID
	People  *big.Rat
}

// Completion raises the share by a hundredth of it at a time, shareSteps times
// at most.
const (
	shareParts = 100
	shareSteps = 1000
)

// Check tells whether the budget can be shared: costs and money are not
// negative, the costs can be added up, no measure is offered twice, somebody
// voted and weights are above 0. The error is data.ErrInvalid, wrapped.
func (b *Budget) Check() error {
	seen, rest := map[data.ID]bool{}, int64(math.MaxInt64)
	for _, o := range b.Offers {
		if rest -= o.Cost; o.Cost < 0 || rest < 0 || seen[o.Measure] {
			return fmt.Errorf("offer %s of %d som: %w", o.Measure, o.Cost, data.ErrInvalid)
		}
		seen[o.Measure] = true
	}
	for _, p := range b.Backers {
		if p.Weight == nil || p.Weight.Sign() <= 0 {
			return fmt.Errorf("weight %v: %w", p.Weight, data.ErrInvalid)
		}
	}
	if b.Som < 0 || len(b.Backers) == 0 {
		return fmt.Errorf("%d som for %d voters: %w", b.Som, len(b.Backers), data.ErrInvalid)
	}
	return nil
}

// Shares spends the budget by the Method of Equal Shares (Peters, Pierczynski
// and Skowron, 2021): everybody has the same share; the measure is bought that
// asks the least rho, som by unit of worth, from those who want it, where who
// has less gives all that is left; until no measure can be paid for by those
// who want it. It is exact. Much may be left unspent; Complete goes on. The
// error is that of Check.
func (b *Budget) Shares() (Shared, error) {
	if err := b.Check(); err != nil {
		return Shared{}, err
	}
	s := newSharing(b)
	r := s.result()
	r.Bought, r.Left = s.buy(r.Share)
	r.Shares, r.Lent = len(r.Bought), r.Share
	r.Purses = s.purses()
	return r, nil
}

// Complete shares the budget, and then raises the share of everybody by a
// hundredth of it at a time until what is bought would cost more than there is;
// the step before counts. What is left is then spent by votes: the measure with
// the most people that can be paid for, as long as there is one that somebody
// wants. The error is that of Check.
func (b *Budget) Complete() (Shared, error) {
	r, err := b.Shares()
	if err != nil {
		return r, err
	}
	s := newSharing(b)
	step := new(big.Rat).Quo(r.Share, big.NewRat(shareParts, 1))
	wanted := 0
	for i := range s.open {
		if len(s.open[i].backers) > 0 {
			wanted++
		}
	}
	for r.Share.Sign() > 0 && r.Steps < shareSteps && len(r.Bought) < wanted {
		lent := new(big.Rat).Add(r.Lent, step)
		bought, left := s.buy(lent)
		if left < 0 {
			break
		}
		r.Bought, r.Left, r.Lent, r.Purses = bought, left, lent, s.purses()
		r.Steps++
	}
	r.Shares = len(r.Bought)
	s.byVotes(&r)
	return r, nil
}

// byVotes spends what is left on the measures that most people want.
func (s *sharing) byVotes(r *Shared) {
	bought := map[data.ID]bool{}
	for _, b := range r.Bought {
		bought[b.Measure] = true
	}
	for {
		var best []*offered
		for i := range s.open {
			o := &s.open[i]
			if len(o.backers) == 0 || o.cost > r.Left || bought[o.measure] {
				continue
			}
			best = leading(best, o, func() int { return best[0].people.Cmp(o.people) })
		}
		if len(best) == 0 {
			return
		}
		o := s.choose(best)
		bought[o.measure] = true
		r.Left -= o.cost
		r.Bought = append(r.Bought, Bought{Measure: o.measure, Cost: o.cost, Tied: measures(best)})
	}
}

// leading keeps the best so far: than tells how they compare with one more,
// above 0 where they are better.
func leading(best []*offered, o *offered, than func() int) []*offered {
	if len(best) == 0 {
		return []*offered{o}
	}
	switch d := than(); {
	case d < 0:
		return []*offered{o}
	case d == 0:
		return append(best, o)
	}
	return best
}

func measures(offers []*offered) (ids []data.ID) {
	for _, o := range offers {
		ids = append(ids, o.measure)
	}
	return ids
}

// choose breaks a tie; offers stand as listed.
func (s *sharing) choose(tied []*offered) *offered {
	if !s.budget.Cheaper {
		return tied[0]
	}
	return slices.MinFunc(tied, func(a, b *offered) int { return cmp.Compare(a.cost, b.cost) })
}
