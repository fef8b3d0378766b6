package rank

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"

	"ashar/data"
)

// What is drawn again.
const (
	redraws  = 2000 // times
	frames   = 12   // draws that are kept whole, to be replayed
	setLevel = 0.9  // of rank sets, where none is asked for
)

// Redraw is how sure an order is, by drawing its groups again.
type Redraw struct {
	Problems  []data.ID        // that have a score, in the order of Frames
	Sets      map[data.ID]Span // joint rank sets at Level
	Top3      map[data.ID]float64
	First     map[data.ID]float64
	Frames    [][]float64 // the scores of Problems in the first 12 draws, 0 to 1
	Level     float64     // the probability that all sets hold at once
	Draws     int
	Groups    int    // that were drawn from,
	Strata    int    // in so many strata
	Collapsed string // what strata do not tell apart for want of groups: nothing, bands, or villages (and bands)
	Seed      string // in hex: 16 bytes, of which the generator takes the first and the last 8

	// Reason is why nothing could be drawn, the end of a message key: nothing
	// (the view has no order), problems (fewer than two), groups (even one
	// stratum of a sex has only one).
	Reason string
}

// Redraw draws the groups of a view of a cut again, 2,000 times, and counts each
// draw. It is the rescaling bootstrap of Rao and Wu (1988): of the G groups of a
// stratum G-1 are drawn with replacement, and a group drawn k times weighs
// k G/(G-1) times what it weighed.
//
// In every view strata are those that groups are invited by: village, sex and
// band, as far as the scheme tells them apart; in the view of all residents,
// those that residents are known by. Where one has a single group, all of them
// are made larger: first bands go, then villages. Sexes are never mixed. Those
// whose sex is not said, and mixed meetings, are a kind of their own.
//
// In the view of all residents the weights of a stratum are brought back to its
// residents in every draw, as they are in the count itself; how its residents
// are shared among its kinds differs from draw to draw. The other views have
// nothing known to bring them back to.
//
// Groups-Strata are the degrees of freedom that the sets have (see MaxT): the
// fewer there are, the wider are the sets.
//
// The seed is a hash of what is counted: the same data make the same draws, in
// whatever order they are. A level that is not between 0 and 1 is taken as 0.9.
func (r *Round) Redraw(view data.View, cut Cut, level float64) Redraw {
	if !(level > 0 && level < 1) {
		level = setLevel
	}
	d := Redraw{Level: level}
	p := r.panel(view, cut)
	if d.Reason = p.reason(); d.Reason != "" {
		return d
	}
	u, collapsed, ok := p.urns(view)
	if !ok {
		d.Reason = "groups"
		return d
	}
	d.Collapsed = collapsed
	d.draw(u, u.seed(view))
	return d
}

// draw draws the balls of the urns.
func (d *Redraw) draw(u *urns, seed seed) {
	d.Groups, d.Strata, d.Seed, d.Draws, d.Problems = len(u.balls), u.strata(), seed.String(), redraws, u.problems
	dice := seed.dice()
	replicates := make([][]float64, redraws)
	for b := range replicates {
		replicates[b] = u.draw(dice)
	}
	d.Frames = slices.Clone(replicates[:frames]) // the others go
	_, sets := MaxT(u.scores(nil), replicates, 1-d.Level, d.Groups-d.Strata)
	first, top3 := among(replicates, 3)
	d.Sets, d.First, d.Top3 = map[data.ID]Span{}, map[data.ID]float64{}, map[data.ID]float64{}
	for i, problem := range u.problems {
		d.Sets[problem], d.First[problem], d.Top3[problem] = sets[i], first[i], top3[i]
	}
}

// draw is the scores of one re-draw.
func (u *urns) draw(dice *rand.PCG) []float64 {
	drawn := make([]float64, len(u.balls))
	for from := 0; from < len(u.balls); {
		to := u.end(from)
		g := to - from
		for range g - 1 {
			// The high half of a product: plain to repeat in any language, and even
			// but for g parts in 2^64.
			at, _ := bits.Mul64(dice.Uint64(), uint64(g))
			drawn[from+int(at)] += float64(g) / float64(g-1)
		}
		if u.known {
			u.bringBack(drawn, from, to)
		}
		from = to
	}
	return u.scores(drawn)
}

// bringBack scales what was drawn of a stratum to the weight that it has.
func (u *urns) bringBack(drawn []float64, from, to int) {
	had, has := 0.0, 0.0
	for i := from; i < to; i++ {
		had += u.balls[i].weight
		has += u.balls[i].weight * drawn[i]
	}
	for i := from; i < to; i++ {
		drawn[i] *= had / has
	}
}

// scores weighs the groups together, each so many times as it was drawn; once
// where drawn is nil.
func (u *urns) scores(drawn []float64) []float64 {
	total, scores := 0.0, make([]float64, len(u.problems))
	for i := range u.balls {
		w := u.balls[i].weight
		if drawn != nil {
			w *= drawn[i]
		}
		if w == 0 {
			continue
		}
		total += w
		for j, share := range u.balls[i].shares {
			scores[j] += w * share
		}
	}
	for j := range scores {
		scores[j] /= total
	}
	return scores
}

// compareBalls is the one order of balls, whatever order their groups came in.
func compareBalls(a, b ball) int {
	return cmp.Or(compareStrata(a.stratum, b.stratum), slices.CompareFunc(a.groups, b.groups, compareMembers))
}

func compareMembers(a, b member) int {
	v, w := a.voice, b.voice
	return cmp.Or(slices.Compare(v.Session[:], w.Session[:]), slices.Compare(v.Village[:], w.Village[:]),
		cmp.Compare(v.Group.Sex, w.Group.Sex), cmp.Compare(v.Group.Band, w.Group.Band), cmp.Compare(v.Group.Tag, w.Group.Tag),
		a.weight.Cmp(b.weight), cmp.Compare(a.den, b.den), slices.Compare(a.points, b.points))
}
