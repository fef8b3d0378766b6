package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// Omitted is a village that the view of all residents leaves out.
type Omitted struct {
	Village data.ID // the zero one is the whole municipality
	Why     string  // the end of a message key: population, raking, total or unheard
	Came    int     // its people who spoke
}

// census is the number of residents per stratum of the cut. A village whose
// figures do not serve is omitted, and listed.
func (c *counting) census(cut Cut) map[stratum]*big.Rat {
	people := map[stratum]*big.Rat{}
	var whole []stratum
	totals := map[stratum]*big.Rat{}
	for _, village := range c.dwelt(cut) {
		known, why := c.known(village)
		if why != "" {
			c.omit(village, why)
			continue
		}
		if all := (stratum{village: village}); known[all] != nil && c.apart() {
			whole, totals[all] = append(whole, all), known[all]
			continue
		}
		for s, n := range known {
			if c.inside(cut, s) {
				people[s] = n
			}
		}
	}
	// A part of such a village, its women, weighs as the whole village does: that
	// compares with other such villages, and with nobody else.
	mixed := c.divides(cut) && len(people) > 0
	for _, s := range whole {
		if mixed {
			c.omit(s.village, "total")
			continue
		}
		people[s] = totals[s]
		c.ranking.Whole = append(c.ranking.Whole, s.village)
	}
	return people
}

// dwelt are the villages that count: those with figures and those of the voices.
// Where no village has figures of its own, those of the whole municipality
// serve, but they say nothing of one village.
func (c *counting) dwelt(cut Cut) (villages []data.ID) {
	own, any := false, false
	note := func(v data.ID) {
		if !v.Zero() && (cut.Village == nil || *cut.Village == v) && !slices.Contains(villages, v) {
			villages = append(villages, v)
		}
	}
	for _, row := range c.round.Population {
		any, own = true, own || !row.Village.Zero()
		note(row.Village)
	}
	if any && !own && cut.Village == nil {
		return []data.ID{{}}
	}
	for _, v := range c.scored {
		note(v.Village)
	}
	slices.SortFunc(villages, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	return villages
}

// known are the residents of a village by stratum: as they are where every
// figure is known; raked where margins are; in one stratum, which is the village
// itself, where only their number is.
func (c *counting) known(village data.ID) (people map[stratum]*big.Rat, why string) {
	if full := c.full(village); full != nil {
		return full, ""
	}
	if people, why = c.raked(village); people != nil || why != "" {
		return people, why
	}
	if n, ok := c.round.dwellings(&village, nil).in(village, data.UnknownSex, ""); ok {
		return map[stratum]*big.Rat{{village: village}: big.NewRat(int64(n), 1)}, ""
	}
	return nil, "population"
}

// apart tells whether the scheme tells kinds of residents apart.
func (c *counting) apart() bool {
	return c.round.Scheme.Sexes || len(c.round.Scheme.Bands) > 0
}

// divides tells whether the cut takes some kinds of residents and not others.
func (c *counting) divides(cut Cut) bool {
	return c.round.Scheme.Sexes && cut.Sex != nil || len(c.round.Scheme.Bands) > 0 && (cut.Band != nil || cut.Bands != nil)
}

func (c *counting) inside(cut Cut, s stratum) bool {
	scheme := c.round.Scheme
	return (cut.Sex == nil || !scheme.Sexes || *cut.Sex == s.sex) && (cut.Band == nil || len(scheme.Bands) == 0 || *cut.Band == s.band) &&
		(cut.Bands == nil || len(scheme.Bands) == 0 || slices.Contains(*cut.Bands, s.band))
}

// omit leaves a village out and says why.
func (c *counting) omit(village data.ID, why string) {
	o := Omitted{Village: village, Why: why}
	for _, v := range c.scored {
		if village.Zero() || v.Village == village {
			o.Came += v.N
		}
	}
	c.ranking.Omitted = append(c.ranking.Omitted, o)
}

func (c *counting) omits(village data.ID) bool {
	return slices.ContainsFunc(c.ranking.Omitted, func(o Omitted) bool { return o.Village == village })
}
