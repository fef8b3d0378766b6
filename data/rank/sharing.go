package rank

import (
	"cmp"
	"encoding/binary"
	"math/big"
	"slices"

	"ashar/data"
)

// sharing is a budget being shared. People who want the same measures pay the
// same and have the same left, so they share one purse.
type sharing struct {
	budget *Budget
	people *big.Rat // all of them
	free   []data.ID
	open   []offered
	kinds  []*purse // of the people who want something
	of     []*purse // of every Backers
}

// purse is what one person of a kind has.
type purse struct {
	people *big.Rat
	money  *big.Rat
}

// offered is an offer that costs something, and who wants it.
type offered struct {
	measure data.ID
	cost    int64
	backers []*purse
	people  *big.Rat
	rho     *big.Rat // when last looked at; money only gets less, so that rho never falls. nil at first
	price   *big.Rat
	gone    bool // bought, or too dear for those who want it
}

func newSharing(b *Budget) *sharing {
	s := &sharing{budget: b, people: new(big.Rat)}
	at := map[data.ID]int{}
	for _, o := range b.Offers {
		if o.Cost == 0 {
			s.free = append(s.free, o.Measure)
			continue
		}
		at[o.Measure] = len(s.open)
		s.open = append(s.open, offered{measure: o.Measure, cost: o.Cost, people: new(big.Rat)})
	}
	kinds := map[string]*purse{}
	for _, backers := range b.Backers {
		s.people.Add(s.people, backers.Weight)
		wants := wanted(backers, at)
		key := wishes(wants)
		kind := kinds[key]
		if kind == nil {
			kind = &purse{people: new(big.Rat), money: new(big.Rat)}
			kinds[key] = kind
			s.kinds = append(s.kinds, kind)
			for _, i := range wants {
				s.open[i].backers = append(s.open[i].backers, kind)
			}
		}
		kind.people.Add(kind.people, backers.Weight)
		s.of = append(s.of, kind)
		for _, i := range wants {
			s.open[i].people.Add(s.open[i].people, backers.Weight)
		}
	}
	return s
}

// wanted are the places of the offers that people want, each once, sorted.
func wanted(b Backers, at map[data.ID]int) (wants []int) {
	for _, measure := range b.Wants {
		if i, offered := at[measure]; offered {
			wants = append(wants, i)
		}
	}
	slices.Sort(wants)
	return slices.Compact(wants)
}

// wishes is one key for all who want the same.
func wishes(wants []int) string {
	var b []byte
	for _, i := range wants {
		b = binary.AppendUvarint(b, uint64(i))
	}
	return string(b)
}

// result is all that is known before anything is bought.
func (s *sharing) result() Shared {
	r := Shared{Free: s.free, Left: s.budget.Som}
	r.Share = new(big.Rat).Quo(big.NewRat(s.budget.Som, 1), s.people)
	for i := range s.open {
		r.Votes = append(r.Votes, Votes{s.open[i].measure, s.open[i].people})
	}
	return r
}

// purses are what one person of each Backers has.
func (s *sharing) purses() []*big.Rat {
	left := make([]*big.Rat, len(s.of))
	for i, kind := range s.of {
		left[i] = new(big.Rat).Set(kind.money)
	}
	return left
}

// buy gives everybody the same money and buys as long as something can be paid
// for. left is what the budget then has, below 0 where it is overspent.
func (s *sharing) buy(money *big.Rat) (bought []Bought, left int64) {
	for _, kind := range s.kinds {
		kind.money.Set(money)
	}
	for i := range s.open {
		s.open[i].rho, s.open[i].gone = new(big.Rat), false
	}
	left = s.budget.Som
	for {
		best := s.cheapest()
		if len(best) == 0 {
			return bought, left
		}
		o := s.choose(best)
		o.gone = true
		left -= o.cost
		bought = append(bought, Bought{Measure: o.measure, Cost: o.cost, Rho: o.rho, Price: o.price, Tied: measures(best)})
		for _, kind := range o.backers {
			if kind.money.Cmp(o.price) <= 0 {
				kind.money.SetInt64(0)
			} else {
				kind.money.Sub(kind.money, o.price)
			}
		}
	}
}

// cheapest are the offers of the smallest rho, as listed. An offer whose last
// rho was larger than the smallest now is not looked at again.
func (s *sharing) cheapest() (best []*offered) {
	var open []*offered
	for i := range s.open {
		if !s.open[i].gone {
			open = append(open, &s.open[i])
		}
	}
	slices.SortStableFunc(open, func(a, b *offered) int { return a.rho.Cmp(b.rho) })
	for _, o := range open {
		if len(best) > 0 && o.rho.Cmp(best[0].rho) > 0 {
			break
		}
		if o.ask(s.budget.Unit); o.gone {
			continue
		}
		best = leading(best, o, func() int { return o.rho.Cmp(best[0].rho) })
	}
	slices.SortFunc(best, func(a, b *offered) int { return cmp.Compare(s.at(a), s.at(b)) })
	return best
}

func (s *sharing) at(o *offered) int {
	return slices.IndexFunc(s.open, func(other offered) bool { return other.measure == o.measure })
}

// ask finds what one person pays who can: those who have less give all they
// have, the others share the rest.
func (o *offered) ask(unit bool) {
	slices.SortStableFunc(o.backers, func(a, b *purse) int { return a.money.Cmp(b.money) })
	rest, people := big.NewRat(o.cost, 1), new(big.Rat).Set(o.people)
	var part, price big.Rat
	for _, kind := range o.backers {
		price.Quo(rest, people)
		if price.Cmp(kind.money) <= 0 {
			o.price = new(big.Rat).Set(&price)
			o.rho = o.price
			if !unit {
				o.rho = new(big.Rat).Quo(o.price, big.NewRat(o.cost, 1))
			}
			return
		}
		rest.Sub(rest, part.Mul(kind.people, kind.money))
		people.Sub(people, kind.people)
	}
	o.gone = true
}
