package rank

import (
	"slices"

	"ashar/data/cell"
)

// fewestDrawn is how many balls each stratum must have for its re-draws to leave
// the staff: of two, a draw shows one alone.
const fewestDrawn = 3

// packing is how the groups of an order are put together before how sure it is
// leaves the staff. Each pack has enough people, and nobody of a pack is in
// another part of a break-down that is shown than the rest of it: whatever is
// added and taken away of all that is shown, enough people are left.
type packing struct {
	panel     *panel
	packs     [][]int // of the panel's scored voices, in order
	collapsed string  // the strata that each pack is inside of,
	drawn     bool    // if they may be drawn
	reason    string  // why there are no packs
}

// alike is what the voices of a pack have in common.
type alike struct {
	part    kind
	stratum stratum
}

// sure finds packs, and gives up break-downs where that needs to be: an order
// without how sure it is would look surer than it is. Villages go first, then
// bands.
func (p *Public) sure(r *Round) {
	panel := r.panel(r.Rule.View, Cut{})
	if p.packing.reason = panel.reason(); p.packing.reason != "" {
		return
	}
	p.packing.reason = "small"
	for _, give := range []func(By) bool{
		func(By) bool { return false },
		func(by By) bool { return by.Village },
		func(by By) bool { return by.Band },
		func(by By) bool { return by.Village || by.Band },
	} {
		kept := slices.DeleteFunc(slices.Clone(p.By), give)
		if packs, ok := p.pack(panel, kept); ok {
			p.By, p.packing = kept, packs
			return
		}
	}
}

// pack puts voices together that are of one part of everything that is shown: if
// that goes, inside strata that may be drawn.
func (p *Public) pack(panel *panel, shown []By) (packing, bool) {
	var all By
	for _, by := range shown {
		all.Sex, all.Band, all.Village = all.Sex || by.Sex, all.Band || by.Band, all.Village || by.Village
	}
	part := func(i int) kind { return all.of(&p.Round.Voices[panel.at[i]]) }
	if !p.rest(panel, all) {
		return packing{}, false
	}
	for _, collapsed := range collapses {
		inside := func(i int) stratum { return panel.kind(panel.scored[i]).without(collapsed) }
		packs, ok := together(panel, p.least, func(i int) alike { return alike{part(i), inside(i)} })
		if ok && panel.filled(panel.view, packs, collapsed).fewest() >= fewestDrawn {
			return packing{panel: panel, packs: packs, collapsed: collapsed, drawn: true}, true
		}
	}
	packs, ok := together(panel, p.least, part)
	return packing{panel: panel, packs: packs}, ok && len(packs) > 1
}

// rest tells whether those who count and have no weight in the order are enough
// in each part, or nobody: they too are what is left of it.
func (p *Public) rest(panel *panel, all By) bool {
	weightless := map[kind]int{}
	for i := range p.Round.Voices {
		v := &p.Round.Voices[i]
		weightless[all.of(v)] += v.spoke()
	}
	for _, pack := range panel.each() {
		v := &p.Round.Voices[panel.at[pack[0]]]
		weightless[all.of(v)] -= v.spoke()
	}
	for _, n := range weightless {
		if cell.Small(n, p.least) {
			return false
		}
	}
	return true
}

// together are the voices that have weight, small ones together with others that
// the same is said of, until each pack has enough people; ok is false where some
// cannot have.
func together[K comparable](p *panel, least int, of func(i int) K) (packs [][]int, ok bool) {
	small, last := map[K][]int{}, map[K]int{} // voices that wait for others, and the pack that was made last
	people := func(pack []int) (n int) {
		for _, i := range pack {
			n += p.scored[i].spoke()
		}
		return n
	}
	for _, one := range p.each() {
		k := of(one[0])
		if people(one) < least {
			if one = append(small[k], one...); people(one) < least {
				small[k] = one
				continue
			}
			delete(small, k)
		}
		last[k] = len(packs)
		packs = append(packs, one)
	}
	for k, some := range small {
		at, found := last[k]
		if !found {
			return nil, false
		}
		packs[at] = append(packs[at], some...)
		slices.Sort(packs[at])
	}
	return packs, true
}

// Together tells whether small groups are left out and drawn together with others.
func (p *Public) Together() bool {
	return slices.ContainsFunc(p.packing.packs, func(pack []int) bool { return len(pack) > 1 })
}

// Leave is Round.Leave of the view of the rule, of everybody, with small groups
// left out together: what a small group does alone is not told, and the words must
// not say it. Reason is small where that cannot be, and no group is named.
func (p *Public) Leave() (l Leave) {
	if l.Reason = p.packing.reason; l.Reason != "" {
		return l
	}
	l.out(p.packing.panel, p.packing.packs)
	l.Without = nil
	return l
}

// Redraw is Round.Redraw of the view of the rule, of everybody, with small groups
// drawn together. Reason is small where that cannot be. The scores of a draw are
// within the bounds of those that are shown, and the seed is not told: it is made
// of what small groups said.
func (p *Public) Redraw() (d Redraw) {
	d.Level = p.Round.Rule.Level
	if d.Reason = p.packing.reason; d.Reason == "" && !p.packing.drawn {
		d.Reason = "small"
	}
	if d.Reason != "" {
		return d
	}
	view := p.Round.Rule.View
	u := p.packing.panel.filled(view, p.packing.packs, p.packing.collapsed)
	d.Collapsed = p.packing.collapsed
	d.draw(u, u.seed(view))
	d.Seed = ""
	low, _ := lowShown.Float64()
	high, _ := highShown.Float64()
	for _, frame := range d.Frames {
		for i := range frame {
			frame[i] = min(max(frame[i], low), high)
		}
	}
	return d
}
