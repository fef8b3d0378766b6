package rank

import (
	"math/big"
	"slices"

	"ashar/data"
)

// Round is everything a ranking is counted from.
type Round struct {
	Voices     []Voice
	Problems   []data.ID // those that stand for themselves, in the order that equals are shown in
	Scheme     data.Scheme
	Rule       data.Rule
	Population []data.Population
}

// Cut says whose voices to count. A nil part takes everybody.
type Cut struct {
	Session *data.ID
	Village *data.ID
	Sex     *data.Sex
	Band    *data.Band
	Bands   *[]data.Band // any of several bands; those who did not say are in none
	Tag     *string
}

// Holds tells whether a voice is inside the cut.
func (c Cut) Holds(v *Voice) bool {
	return (c.Session == nil || *c.Session == v.Session) &&
		(c.Village == nil || *c.Village == v.Village) &&
		(c.Sex == nil || *c.Sex == v.Group.Sex) && (c.Band == nil || *c.Band == v.Group.Band) && (c.Tag == nil || *c.Tag == v.Group.Tag) &&
		(c.Bands == nil || slices.Contains(*c.Bands, v.Group.Band))
}

// parts tells whether the cut takes some groups and not others. The one voice
// of a mixed meeting counts only where it does not; elsewhere its people are
// among those whose group is not said.
func (c Cut) parts() bool { return c.Sex != nil || c.Band != nil || c.Bands != nil || c.Tag != nil }

// Ranking is problems in order of need, for one view of one cut.
type Ranking struct {
	View     data.View
	N        int     // people of all voices in the cut
	Counted  int     // people of those that count in the score
	Voices   int     // voices that count in the score
	Places   []Place // best first; those without a score last
	Out      []Voice // voices that stay out of the score, each with its reason
	Unplaced int     // people whose sex or band is not said: the view of residents cannot place them
	Unheard  []Unheard
	Omitted  []Omitted // villages that the view of residents leaves out
	Whole    []data.ID // villages of which only the number of all residents is known
	Reason   string    // why there is no order at all: the end of a message key; empty where there is one
	Raked    *Raked    // how the margins were met, where only margins are known
	Trimmed  int       // voices whose weight was trimmed, in the view of all residents

	// Effective is the effective number of people behind the scores, Kish's
	// (sum of w)^2 / (sum of w^2) over persons; 0 where there is no order.
	Effective float64
}

// Place is where a problem stands.
type Place struct {
	Problem  data.ID
	Rank     int      // 1 is the most needed; 0 where there is no score
	Tied     bool     // others have the very same score
	Score    *big.Rat // share of comparisons won, 0 to 1; nil where undefined
	First    *big.Rat // ballots with it in first place, shared among ties; nil where there are no ballots
	Mentions *int     // ballots or votes naming it; nil where no voice has such
	Points   *int     // points given to it; nil where ballots carry none
	Named    int      // voices that name it,
	Of       int      // of so many that said something
}

// Named are the problems that somebody in the whole round names. The others are
// dropped before scoring: with short ballots a problem nobody wants could
// otherwise change the winner.
func (r *Round) Named() []data.ID {
	var named []data.ID
	for _, p := range r.Problems {
		for i := range r.Voices {
			if r.Voices[i].names(p) {
				named = append(named, p)
				break
			}
		}
	}
	return named
}

// Count is the ranking of a cut in a view.
func (r *Round) Count(view data.View, cut Cut) Ranking {
	c := r.gather(view, cut, r.Named())
	weights := c.weigh(view, cut)
	c.scores(weights)
	c.additive()
	return c.order()
}

// gather takes the voices of a cut, to be scored on the named problems.
func (r *Round) gather(view data.View, cut Cut, named []data.ID) *counting {
	c := counting{round: r, named: named, ranking: Ranking{View: view}}
	for i := range r.Voices {
		if v := &r.Voices[i]; cut.Holds(v) {
			c.take(v, i, v.Mixed && cut.parts())
		}
	}
	return &c
}

// counting is a ranking under way.
type counting struct {
	round   *Round
	named   []data.ID
	all     []*Voice                     // in the cut, for what adds up
	scored  []*Voice                     // those that count in the score,
	at      []int                        // and where they are in the round
	home    func(*Voice) (stratum, bool) // in the view of residents, once they are weighed
	ranking Ranking
	places  map[data.ID]*Place
}

func (c *counting) take(v *Voice, at int, mixed bool) {
	c.all = append(c.all, v)
	c.ranking.N += v.N
	if v.Stays != Counts {
		c.ranking.Out = append(c.ranking.Out, *v)
		return
	}
	if !mixed {
		c.scored, c.at = append(c.scored, v), append(c.at, at)
	}
}

// scores weighs the voices together: the score of p is the sum of w(v) s(v,p)
// over the sum of w(v), in integers over one common denominator.
func (c *counting) scores(weights []*big.Rat) {
	c.places = map[data.ID]*Place{}
	for _, p := range c.round.Problems {
		c.places[p] = &Place{Problem: p}
	}
	m := len(c.named)
	if weights == nil || m == 0 {
		return
	}
	for i, w := range weights {
		c.ranking.Voices += w.Sign()
		c.ranking.Counted += w.Sign() * c.scored[i].N
	}
	c.ranking.Effective = c.kish(weights)
	if m == 1 {
		c.places[c.named[0]].Score = big.NewRat(1, 1)
		return
	}
	factors, total := c.factors(weights, m)
	var product big.Int
	for _, p := range c.named {
		sum := new(big.Int)
		for i, v := range c.scored {
			if factors[i].Sign() != 0 {
				sum.Add(sum, product.Mul(factors[i], big.NewInt(int64(v.score(p, m)))))
			}
		}
		c.places[p].Score = new(big.Rat).SetFrac(sum, total)
	}
}

// factors are the weights over the denominators of their voices, brought to
// integers; total is the denominator that goes with them.
func (c *counting) factors(weights []*big.Rat, m int) (factors []*big.Int, total *big.Int) {
	lcm := big.NewInt(1)
	ratios := make([]*big.Rat, len(weights))
	for i, w := range weights {
		ratios[i] = new(big.Rat).Quo(w, big.NewRat(int64(c.scored[i].den(m)), 1))
		gcd := new(big.Int).GCD(nil, nil, lcm, ratios[i].Denom())
		lcm.Mul(lcm, new(big.Int).Quo(ratios[i].Denom(), gcd))
	}
	total = new(big.Int)
	factors = make([]*big.Int, len(weights))
	for i, q := range ratios {
		factors[i] = new(big.Int).Mul(q.Num(), new(big.Int).Quo(lcm, q.Denom()))
		total.Add(total, new(big.Int).Mul(factors[i], big.NewInt(int64(c.scored[i].den(m)))))
	}
	return factors, total
}

// additive fills in what is simply added up, voices out of the score included.
func (c *counting) additive() {
	ballots, mentions, points := false, false, false
	for _, v := range c.all {
		cast := v.Form == data.Ballots || v.Form == data.Scores
		ballots = ballots || cast && v.Ballots > 0
		mentions = mentions || cast && v.Ballots > 0 || v.Form == data.Tally && v.Votes > 0
		points = points || v.Points
	}
	for _, p := range c.round.Problems {
		place := c.places[p]
		var counted, given int
		var first []int
		for _, v := range c.all {
			if v.Said.Len() == 0 {
				continue
			}
			place.Of++
			if !v.names(p) {
				continue
			}
			place.Named++
			if v.Form.OneVoice() {
				continue
			}
			said := v.Said.Of(p)
			counted += said.Mentions
			given += said.Points
			first = addCounts(first, said.First)
		}
		if mentions {
			place.Mentions = &counted
		}
		if points {
			place.Points = &given
		}
		if ballots {
			place.First = shared(first)
		}
	}
}

func addCounts(sum, more []int) []int {
	for len(sum) < len(more) {
		sum = append(sum, 0)
	}
	for i, n := range more {
		sum[i] += n
	}
	return sum
}

// shared is the sum of first places, each ballot's one shared among its ties.
func shared(first []int) *big.Rat {
	sum := new(big.Rat)
	for i, n := range first {
		if n > 0 {
			sum.Add(sum, big.NewRat(int64(n), int64(i+1)))
		}
	}
	return sum
}

// order sorts the places and gives competition ranks: 1, 2, 2, 4.
func (c *counting) order() Ranking {
	r := c.ranking
	for _, p := range c.round.Problems {
		r.Places = append(r.Places, *c.places[p])
	}
	slices.SortStableFunc(r.Places, func(a, b Place) int {
		switch {
		case a.Score == nil && b.Score == nil:
			return 0
		case a.Score == nil:
			return 1
		case b.Score == nil:
			return -1
		}
		return b.Score.Cmp(a.Score)
	})
	for i := range r.Places {
		p := &r.Places[i]
		if p.Score == nil {
			break
		}
		p.Rank = i + 1
		if i > 0 && r.Places[i-1].Score.Cmp(p.Score) == 0 {
			p.Rank, p.Tied, r.Places[i-1].Tied = r.Places[i-1].Rank, true, true
		}
	}
	if r.Reason == "" && (len(r.Places) == 0 || r.Places[0].Score == nil) {
		r.Reason = "nothing"
	}
	return r
}
