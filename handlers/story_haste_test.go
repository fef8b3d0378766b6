package handlers_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"ashar/data"
)

// hand is one thing that a quick facilitator does on a pad: a tap, or a number
// typed in place of all before.
type hand struct {
	cell   string
	n      int
	counts bool
}

// said is what the hands of a cell come to.
func said(hands []hand, cell string) (n int) {
	for _, one := range hands {
		switch {
		case one.cell != cell:
		case one.counts:
			n = one.n
		default:
			n += one.n
		}
	}
	return n
}

// Whoever taps, types and takes back faster than a slow server can answer has
// on the screen, and then on the server, what their hands did.
func TestStoryHasteMakesNoWaste(t *testing.T) {
	h := newHouse(t).lived()
	s, water := h.hall(), h.problems[0].ID
	b := h.opens(t)
	b.signIn(data.Facilitator)
	b.open(h.path("sessions/" + s.ID.String() + "/record?problem=" + water.String()))
	seed := uint64(time.Now().UnixNano())
	dice := rand.New(rand.NewPCG(seed, 0))
	t.Log("seed", seed)
	h.road.mu.Lock()
	h.road.slow = func() (before, after time.Duration) {
		return rand.N(300 * time.Millisecond), rand.N(300 * time.Millisecond)
	}
	h.road.mu.Unlock()
	var hands []hand
	for range 60 {
		hands = b.hastes(dice, hands)
	}
	b.arrive()
	w, m, _ := h.hands(s, water)
	if w != said(hands, womens) || m != said(hands, mens) {
		t.Errorf("the server has %d women and %d men, the hands were %d and %d", w, m, said(hands, womens), said(hands, mens))
	}
	b.open(b.address())
	b.reads(womens+" .count", strconv.Itoa(w))
	b.reads(mens+" .count", strconv.Itoa(m))
}

// hastes does one thing, and does not always look up.
func (b *browser) hastes(dice *rand.Rand, hands []hand) []hand {
	b.t.Helper()
	cell := []string{womens, mens}[dice.IntN(2)]
	switch n := dice.IntN(20); {
	case n < 14:
		b.tap(cell + " .plus")
		hands = append(hands, hand{cell: cell, n: 1})
	case n < 16 && said(hands, cell) > 1:
		b.tap(cell + " .minus")
		hands = append(hands, hand{cell: cell, n: -1})
	case n < 18:
		b.types(cell, strconv.Itoa(n))
		hands = append(hands, hand{cell, n, true})
	case len(hands) > 0:
		b.at("[data-undo]:not([aria-busy])")
		b.tap("[data-undo] button")
		hands = slices.Delete(hands, len(hands)-1, len(hands))
	}
	if dice.IntN(3) == 0 {
		b.reads(womens+" .count", strconv.Itoa(said(hands, womens)))
		b.reads(mens+" .count", strconv.Itoa(said(hands, mens)))
	}
	return hands
}
