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

// A ball is what is drawn as one: a group, or small groups together.
type ball struct {
	stratum stratum  // that it is drawn in
	groups  []member // most often one
	weight  float64
	shares  []float64 // their scores, weighed together
}

// member is a group in a ball.
type member struct {
	voice  *Voice
	weight *big.Rat
	den    int // the denominator of points
	points []int
	shares []float64
}

// urns are the groups that count, those of a stratum one after the other.
type urns struct {
	problems []data.ID // in the order of their IDs
	balls    []ball
	known    bool // the weight of a stratum is known, and does not vary
}

// collapses are what strata need not tell apart, from the smallest to the
// largest strata.
var collapses = []string{"", "bands", "villages"}

// urns puts the groups that have weight into the smallest strata that have two
// groups each; ok is false where not even those of a sex have.
func (p *panel) urns(view data.View) (u *urns, collapsed string, ok bool) {
	each := p.each()
	for _, collapsed = range collapses {
		if u = p.filled(view, each, collapsed); u.fewest() >= 2 {
			return u, collapsed, true
		}
	}
	return nil, "", false
}

// each are the voices that have weight, as packs of one.
func (p *panel) each() (packs [][]int) {
	for i := range p.scored {
		if p.weights[i].Sign() != 0 {
			packs = append(packs, []int{i})
		}
	}
	return packs
}

// filled are the urns with a ball for each pack of voices, which are of one
// stratum.
func (p *panel) filled(view data.View, packs [][]int, collapsed string) *urns {
	u := &urns{problems: slices.Clone(p.named), known: view == data.Citizens}
	slices.SortFunc(u.problems, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	at := make([]int, len(u.problems)) // where each stands in the panel
	for i, problem := range u.problems {
		at[i] = slices.Index(p.named, problem)
	}
	for _, pack := range packs {
		u.balls = append(u.balls, p.ball(pack, at, collapsed))
	}
	slices.SortFunc(u.balls, compareBalls)
	return u
}

// ball is some voices as one: their weights add up, and their scores are weighed
// together.
func (p *panel) ball(pack, at []int, collapsed string) ball {
	b := ball{stratum: p.kind(p.scored[pack[0]]).without(collapsed)}
	for _, i := range pack {
		m := member{voice: p.scored[i], weight: p.weights[i], den: p.scored[i].den(len(p.named))}
		for _, j := range at {
			m.points, m.shares = append(m.points, p.points[i][j]), append(m.shares, p.shares[i][j])
		}
		b.groups = append(b.groups, m)
	}
	slices.SortFunc(b.groups, compareMembers)
	b.weigh()
	return b
}

// weigh makes the groups of a ball one.
func (b *ball) weigh() {
	if len(b.groups) == 1 {
		b.shares = b.groups[0].shares
		b.weight, _ = b.groups[0].weight.Float64()
		return
	}
	b.shares = make([]float64, len(b.groups[0].shares))
	for _, m := range b.groups {
		w, _ := m.weight.Float64()
		b.weight += w
		for k, share := range m.shares {
			b.shares[k] += w * share
		}
	}
	for k := range b.shares {
		b.shares[k] /= b.weight
	}
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

// without is a larger stratum, which does not tell some things apart.
func (s stratum) without(collapsed string) stratum {
	if collapsed != "" {
		s.band = ""
	}
	if collapsed == "villages" {
		s.village = data.ID{}
	}
	return s
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
			for i, group := range ball.groups {
				if i > 0 {
					b = append(b, '+')
				}
				b = append(b, group.weight.String()...)
				b = binary.BigEndian.AppendUint64(b, uint64(group.den))
				for _, n := range group.points {
					b = binary.BigEndian.AppendUint64(b, uint64(n))
				}
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
