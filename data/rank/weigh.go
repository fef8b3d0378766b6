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
		return c.residents(cut)
	}
	return weights
}

// residents weighs each voice by the residents it stands for: those of its
// stratum, shared among the stratum's voices by their effective size.
func (c *counting) residents(cut Cut) []*big.Rat {
	people := c.census(cut)
	if len(people) == 0 {
		c.ranking.Reason = c.unpeopled(cut)
		return nil
	}
	home := c.homes(people)
	rho := exact(c.round.Rule.Rho)
	size := map[stratum]*big.Rat{}
	sizes := make([]*big.Rat, len(c.scored))
	for i, v := range c.scored {
		if h, ok := home(v); ok {
			sizes[i] = effective(v.N, rho)
			if size[h] == nil {
				size[h] = new(big.Rat)
			}
			size[h].Add(size[h], sizes[i])
		} else {
			c.ranking.Unplaced += v.N
		}
	}
	target := c.targets(people, size)
	if target == nil {
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

// unpeopled is why nobody lives in a cut: it takes those whose sex or band is
// not said, whom no figure knows; or raking failed; or there are no figures.
func (c *counting) unpeopled(cut Cut) string {
	scheme := c.round.Scheme
	switch {
	case scheme.Sexes && cut.Sex != nil && *cut.Sex == data.UnknownSex, len(scheme.Bands) > 0 && cut.Band != nil && *cut.Band == "":
		for _, v := range c.scored {
			c.ranking.Unplaced += v.N
		}
		return "unplaced"
	case c.ranking.Raked != nil:
		return "raking"
	}
	return "population"
}

// effective is the effective size of n people in one discussion,
// n/(1+(n-1)rho), the design effect of Kish.
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
// though the scheme asks for it, or where it is the one voice of a mixed
// meeting.
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

// targets are the residents that each stratum with a voice stands for. The
// people of a band nobody speaks for are shared out among the other bands of
// their sex in their village, and listed; a village where one sex says nothing
// at all is left out whole, and listed.
func (c *counting) targets(people map[stratum]*big.Rat, size map[stratum]*big.Rat) map[stratum]*big.Rat {
	type half struct {
		village data.ID
		sex     data.Sex
	}
	all, heard := map[half]*big.Rat{}, map[half]*big.Rat{}
	lost := map[data.ID]bool{}
	add := func(m map[half]*big.Rat, k half, n *big.Rat) {
		if m[k] == nil {
			m[k] = new(big.Rat)
		}
		m[k].Add(m[k], n)
	}
	for s, n := range people {
		k := half{s.village, s.sex}
		add(all, k, n)
		if size[s] != nil && size[s].Sign() > 0 {
			add(heard, k, n)
		}
	}
	for k, n := range all {
		if n.Sign() > 0 && (heard[k] == nil || heard[k].Sign() == 0) {
			lost[k.village] = true
		}
	}
	target := map[stratum]*big.Rat{}
	for s, n := range people {
		k := half{s.village, s.sex}
		spoken := size[s] != nil && size[s].Sign() > 0
		if !spoken && n.Sign() > 0 {
			whole, _ := n.Float64()
			c.ranking.Unheard = append(c.ranking.Unheard, Unheard{s.village, s.sex, s.band, int(whole + 0.5), heard[k] == nil || heard[k].Sign() == 0})
		}
		if spoken && !lost[s.village] && n.Sign() > 0 {
			target[s] = new(big.Rat).Mul(n, new(big.Rat).Quo(all[k], heard[k]))
		}
	}
	c.sortUnheard()
	if len(target) == 0 {
		c.ranking.Reason = "unheard"
		return nil
	}
	return target
}

func (c *counting) sortUnheard() {
	scheme := c.round.Scheme
	slices.SortFunc(c.ranking.Unheard, func(a, b Unheard) int {
		if d := slices.Compare(a.Village[:], b.Village[:]); d != 0 {
			return d
		}
		return scheme.Compare(data.Group{Sex: a.Sex, Band: a.Band}, data.Group{Sex: b.Sex, Band: b.Band})
	})
}
