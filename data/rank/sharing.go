package rank

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math/big"
	"slices"

	"ashar/data"
)

// sharing is a budget being shared. People who want the same measures pay the
// same and have the same left, so they share one purse. To be quick, people are
// counted in whole units, of which one person is the common denominator of all
// weights.
type sharing struct {
	budget *Budget
	unit   *big.Int // units that are one person
	people *big.Int // all people, in units
	free   []data.ID
	open   []offered
	kinds  []*purse // of the people who want something
	of     []*purse // of every Backers
}

// purse is what one person of a kind has. Those who have paid for the same
// point to the same money, which is never changed in its place.
type purse struct {
	people *big.Int
	money  *big.Rat
}

// offered is an offer that costs something, and who wants it.
type offered struct {
	measure data.ID
	cost    int64
	backers []*purse
	people  *big.Int
	rho     *big.Rat // when last looked at; money only gets less, so that rho never falls. nil at first
	price   *big.Rat
	gone    bool // bought, or too dear for those who want it
}

func newSharing(b *Budget) *sharing {
	s := &sharing{budget: b, unit: big.NewInt(1), people: new(big.Int)}
	for _, p := range b.Backers {
		gcd := new(big.Int).GCD(nil, nil, s.unit, p.Weight.Denom())
		s.unit.Mul(s.unit, gcd.Quo(p.Weight.Denom(), gcd))
	}
	at := map[data.ID]int{}
	for _, o := range b.Offers {
		if o.Cost == 0 {
			s.free = append(s.free, o.Measure)
			continue
		}
		at[o.Measure] = len(s.open)
		s.open = append(s.open, offered{measure: o.Measure, cost: o.Cost, people: new(big.Int)})
	}
	kinds := map[string]*purse{}
	for _, backers := range b.Backers {
		people := new(big.Int).Quo(s.unit, backers.Weight.Denom())
		people.Mul(people, backers.Weight.Num())
		s.people.Add(s.people, people)
		wants := wanted(backers, at)
		key := wishes(wants)
		kind := kinds[key]
		if kind == nil {
			kind = &purse{people: new(big.Int)}
			kinds[key] = kind
			s.kinds = append(s.kinds, kind)
			for _, i := range wants {
				s.open[i].backers = append(s.open[i].backers, kind)
			}
		}
		kind.people.Add(kind.people, people)
		s.of = append(s.of, kind)
		for _, i := range wants {
			s.open[i].people.Add(s.open[i].people, people)
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
	r.Share = new(big.Rat).SetFrac(s.units(s.budget.Som), s.people)
	for i := range s.open {
		r.Votes = append(r.Votes, Votes{s.open[i].measure, new(big.Rat).SetFrac(s.open[i].people, s.unit)})
	}
	return r
}

// units is an amount of som times the units of one person, so that over people
// in units it is som by person.
func (s *sharing) units(som int64) *big.Int {
	return new(big.Int).Mul(big.NewInt(som), s.unit)
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
		kind.money = money
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
		o.pay()
	}
}

// pay takes the price of an offer from those who want it, or all they have.
func (o *offered) pay() {
	after := map[*big.Rat]*big.Rat{}
	for _, kind := range o.backers {
		if after[kind.money] == nil {
			rest := new(big.Rat).Sub(kind.money, o.price)
			if rest.Sign() < 0 {
				rest.SetInt64(0)
			}
			after[kind.money] = rest
		}
		kind.money = after[kind.money]
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
		if s.ask(o); o.gone {
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
func (s *sharing) ask(o *offered) {
	having := map[*big.Rat]*big.Int{} // people by what each has
	for _, kind := range o.backers {
		n := having[kind.money]
		if n == nil {
			n = new(big.Int)
			having[kind.money] = n
		}
		n.Add(n, kind.people)
	}
	rest, people := new(big.Rat).SetInt(s.units(o.cost)), new(big.Int).Set(o.people)
	var part, price big.Rat
	for _, money := range slices.SortedFunc(maps.Keys(having), (*big.Rat).Cmp) {
		price.Quo(rest, part.SetInt(people))
		if price.Cmp(money) <= 0 {
			o.price = new(big.Rat).Set(&price)
			o.rho = o.price
			if !s.budget.Unit {
				o.rho = new(big.Rat).Quo(o.price, big.NewRat(o.cost, 1))
			}
			return
		}
		rest.Sub(rest, part.Mul(part.SetInt(having[money]), money))
		people.Sub(people, having[money])
	}
	o.gone = true
}
