package rank

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"math/rand/v2"
	"slices"

	"ashar/data"
)

// A ball is one group that may be drawn.
type ball struct {
	stratum stratum // that it is drawn in
	session data.ID
	village data.ID
	group   data.Group
	weight  float64
	exact   *big.Rat // the same weight
	den     int      // the denominator of points
	points  []int
	shares  []float64
}

// urns are the groups that count, those of a stratum one after the other.
type urns struct {
	problems []data.ID // in the order of their IDs
	balls    []ball
	known    bool // the weight of a stratum is known, and does not vary
}

// urns puts the groups that have weight into the smallest strata that have two
// groups each; ok is false where not even those of a sex have.
func (p *panel) urns(view data.View) (u *urns, collapsed string, ok bool) {
	u = &urns{problems: slices.Clone(p.named), known: view == data.Citizens}
	slices.SortFunc(u.problems, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	at := make([]int, len(u.problems)) // where each stands in the panel
	for i, problem := range u.problems {
		at[i] = slices.Index(p.named, problem)
	}
	for i, v := range p.scored {
		if p.weights[i].Sign() == 0 {
			continue
		}
		b := ball{stratum: p.kind(v), session: v.Session, village: v.Village, group: v.Group, exact: p.weights[i], den: v.den(len(p.named))}
		b.weight, _ = b.exact.Float64()
		for _, j := range at {
			b.points, b.shares = append(b.points, p.points[i][j]), append(b.shares, p.shares[i][j])
		}
		u.balls = append(u.balls, b)
	}
	for _, collapsed = range []string{"", "bands", "villages"} {
		if u.collapse(collapsed); u.doubled() {
			slices.SortFunc(u.balls, compareBalls)
			return u, collapsed, true
		}
	}
	return nil, "", false
}

// kind is the stratum of a voice that has weight, before any is collapsed.
func (p *panel) kind(v *Voice) stratum {
	if p.home != nil {
		s, _ := p.home(v)
		return s
	}
	s := stratum{village: v.Village}
	if p.round.Scheme.Sexes {
		s.sex = v.Group.Sex
	}
	if len(p.round.Scheme.Bands) > 0 {
		s.band = v.Group.Band
	}
	return s
}

// collapse makes strata larger.
func (u *urns) collapse(what string) {
	for i := range u.balls {
		s := &u.balls[i].stratum
		if what != "" {
			s.band = ""
		}
		if what == "villages" {
			s.village = data.ID{}
		}
	}
}

// doubled tells whether every stratum has two groups at least.
func (u *urns) doubled() bool {
	groups := map[stratum]int{}
	for i := range u.balls {
		groups[u.balls[i].stratum]++
	}
	for _, n := range groups {
		if n < 2 {
			return false
		}
	}
	return true
}

// end is where the stratum of a ball ends.
func (u *urns) end(from int) int {
	to := from + 1
	for to < len(u.balls) && u.balls[to].stratum == u.balls[from].stratum {
		to++
	}
	return to
}

func (u *urns) strata() (n int) {
	for from := 0; from < len(u.balls); from = u.end(from) {
		n++
	}
	return n
}

// fewest is how many balls are in the smallest stratum.
func (u *urns) fewest() int {
	least := len(u.balls)
	for from := 0; from < len(u.balls); from = u.end(from) {
		least = min(least, u.end(from)-from)
	}
	return least
}

func compareStrata(a, b stratum) int {
	return cmp.Or(slices.Compare(a.village[:], b.village[:]), cmp.Compare(a.sex, b.sex), cmp.Compare(a.band, b.band))
}

// seed is what a generator starts from.
type seed [16]byte

// seed hashes all that a draw depends on: the view, the problems, and of each
// group in its order the size of its stratum where it begins one, its weight,
// and what it said.
func (u *urns) seed(view data.View) (s seed) {
	b := append([]byte(view), 0)
	for _, problem := range u.problems {
		b = append(b, problem[:]...)
	}
	for from := 0; from < len(u.balls); {
		to := u.end(from)
		b = binary.BigEndian.AppendUint64(b, uint64(to-from))
		for _, ball := range u.balls[from:to] {
			b = append(b, ball.exact.String()...)
			b = binary.BigEndian.AppendUint64(b, uint64(ball.den))
			for _, n := range ball.points {
				b = binary.BigEndian.AppendUint64(b, uint64(n))
			}
		}
		from = to
	}
	sum := sha256.Sum256(b)
	copy(s[:], sum[:])
	return s
}

// String is the seed in hex.
func (s seed) String() string { return hex.EncodeToString(s[:]) }

// dice is the permuted congruential generator that starts from the seed.
func (s seed) dice() *rand.PCG {
	return rand.NewPCG(binary.BigEndian.Uint64(s[:8]), binary.BigEndian.Uint64(s[8:]))
}
