package rank

import (
	"math/big"
	"slices"
	"strconv"

	"ashar/data"
)

// Unheard is a kind of residents that no voice speaks for. Where other bands of
// the same sex speak in that village they stand in for it; where none does,
// the village is left out of the view of all residents (Alone).
type Unheard struct {
	Village data.ID
	Sex     data.Sex
	Band    data.Band
	People  int
	For     []data.Band // the bands that stand in, in the order of the scheme
	Alone   bool
}

// stratum is a kind of residents: a village, and a sex and band where the
// scheme tells them apart.
type stratum struct {
	village data.ID
	sex     data.Sex
	band    data.Band
}

// weigh gives each scored voice its weight in the view; nil where the view has
// no order, and then Reason says why.
func (c *counting) weigh(view data.View, cut Cut) []*big.Rat {
	if len(c.scored) == 0 {
		return nil
	}
	weights := make([]*big.Rat, len(c.scored))
	for i, v := range c.scored {
		switch view {
		case data.People:
			weights[i] = big.NewRat(int64(v.N), 1)
		default:
			weights[i] = big.NewRat(1, 1)
		}
	}
	if view == data.Citizens {
		return c.trim(c.residents(cut), cut)
	}
	return weights
}

// residents weighs each voice by the residents it stands for: those of its
// stratum, shared among the stratum's voices by their effective size
// (post-stratification: Holt and Smith, 1979).
func (c *counting) residents(cut Cut) []*big.Rat {
	if c.unsaid(cut) { // whom no figure knows
		for _, v := range c.scored {
			c.ranking.Unplaced += v.N
		}
		c.ranking.Reason = "unplaced"
		return nil
	}
	people := c.census(cut)
	if len(people) == 0 {
		c.ranking.Reason = "population"
		if c.ranking.Raked != nil {
			c.ranking.Reason = "raking"
		}
		return nil
	}
	home := c.homes(people)
	c.home = home
	size, sizes := c.sizes(home)
	target := c.targets(people, size)
	c.unplaced(home)
	if target == nil {
		c.ranking.Reason = "unheard"
		return nil
	}
	weights := make([]*big.Rat, len(c.scored))
	for i, v := range c.scored {
		weights[i] = new(big.Rat)
		if h, ok := home(v); ok && target[h] != nil && size[h].Sign() > 0 {
			weights[i].Mul(target[h], new(big.Rat).Quo(sizes[i], size[h]))
		}
	}
	return weights
}

// unsaid tells whether the cut takes those who did not say their sex or age.
func (c *counting) unsaid(cut Cut) bool {
	scheme := c.round.Scheme
	return scheme.Sexes && cut.Sex != nil && *cut.Sex == data.UnknownSex || len(scheme.Bands) > 0 && cut.Band != nil && *cut.Band == ""
}

// sizes are the effective sizes of all voices in a stratum, and of each voice.
func (c *counting) sizes(home func(*Voice) (stratum, bool)) (size map[stratum]*big.Rat, sizes []*big.Rat) {
	rho := exact(c.round.Rule.Rho)
	size, sizes = map[stratum]*big.Rat{}, make([]*big.Rat, len(c.scored))
	for i, v := range c.scored {
		if h, ok := home(v); ok {
			sizes[i] = effective(v.N, rho)
			addTo(size, h, sizes[i])
		}
	}
	return size, sizes
}

// unplaced counts those who came to a village that counts, and have no stratum
// in it.
func (c *counting) unplaced(home func(*Voice) (stratum, bool)) {
	for _, v := range c.scored {
		if h, ok := home(v); !ok && !c.omits(h.village) {
			c.ranking.Unplaced += v.N
		}
	}
}

func addTo[K comparable](sums map[K]*big.Rat, k K, n *big.Rat) {
	if sums[k] == nil {
		sums[k] = new(big.Rat)
	}
	sums[k].Add(sums[k], n)
}

// effective is the effective size of n people in one discussion,
// n/(1+(n-1)rho), by the design effect of a cluster (Kish, 1965).
func effective(n int, rho *big.Rat) *big.Rat {
	d := new(big.Rat).Mul(big.NewRat(int64(n-1), 1), rho)
	return new(big.Rat).Quo(big.NewRat(int64(n), 1), d.Add(d, big.NewRat(1, 1)))
}

// exact is the fraction a person means who types 0.2.
func exact(f float64) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(f, 'f', -1, 64))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// homes tells each voice its stratum: false where its sex or band is not said
// though the figures of its village tell them apart, or where it is the one
// voice of a mixed meeting.
func (c *counting) homes(people map[stratum]*big.Rat) func(*Voice) (stratum, bool) {
	villages := map[data.ID]bool{}
	for s := range people {
		villages[s.village] = true
	}
	scheme := c.round.Scheme
	return func(v *Voice) (stratum, bool) {
		s := stratum{village: v.Village}
		if villages[data.ID{}] {
			s.village = data.ID{}
		}
		if people[s] != nil { // the village as a whole
			return s, !v.Mixed
		}
		if scheme.Sexes {
			s.sex = v.Group.Sex
		}
		if len(scheme.Bands) > 0 {
			s.band = v.Group.Band
		}
		said := (!scheme.Sexes || s.sex != data.UnknownSex) && (len(scheme.Bands) == 0 || s.band != "")
		return s, !v.Mixed && said && villages[s.village]
	}
}

// side is the people of one sex in a village.
type side struct {
	village data.ID
	sex     data.Sex
}

// targets are the residents that each stratum with a voice stands for. The
// people of a band nobody speaks for are shared out among the other bands of
// their sex in their village, in proportion to residents, and listed; a village
// where one sex says nothing at all is left out whole, and listed. The result
// is nil where no village is left.
func (c *counting) targets(people, size map[stratum]*big.Rat) map[stratum]*big.Rat {
	all, heard := map[side]*big.Rat{}, map[side]*big.Rat{}
	speak := map[side][]data.Band{}
	for s, n := range people {
		k := side{s.village, s.sex}
		addTo(all, k, n)
		if n.Sign() > 0 && size[s] != nil && size[s].Sign() > 0 {
			addTo(heard, k, n)
			speak[k] = append(speak[k], s.band)
		}
	}
	for k, n := range all {
		if n.Sign() > 0 && heard[k] == nil && !c.omits(k.village) {
			c.omit(k.village, "unheard")
		}
	}
	var target map[stratum]*big.Rat
	for s, n := range people {
		k := side{s.village, s.sex}
		switch {
		case n.Sign() == 0:
		case !slices.Contains(speak[k], s.band):
			c.unheard(s, n, speak[k])
		case !c.omits(s.village):
			if target == nil {
				target = map[stratum]*big.Rat{}
			}
			target[s] = new(big.Rat).Mul(n, new(big.Rat).Quo(all[k], heard[k]))
		}
	}
	c.sortUnheard()
	return target
}

func (c *counting) unheard(s stratum, n *big.Rat, others []data.Band) {
	whole, _ := n.Float64()
	c.ranking.Unheard = append(c.ranking.Unheard, Unheard{s.village, s.sex, s.band, int(whole + 0.5), slices.Clone(others), others == nil})
}

// sortUnheard brings what maps gave in any order into one order.
func (c *counting) sortUnheard() {
	scheme := c.round.Scheme
	for _, u := range c.ranking.Unheard {
		slices.SortFunc(u.For, func(a, b data.Band) int { return scheme.Compare(data.Group{Band: a}, data.Group{Band: b}) })
	}
	slices.SortFunc(c.ranking.Omitted, func(a, b Omitted) int { return slices.Compare(a.Village[:], b.Village[:]) })
	slices.SortFunc(c.ranking.Unheard, func(a, b Unheard) int {
		if d := slices.Compare(a.Village[:], b.Village[:]); d != 0 {
			return d
		}
		return scheme.Compare(data.Group{Sex: a.Sex, Band: a.Band}, data.Group{Sex: b.Sex, Band: b.Band})
	})
}
