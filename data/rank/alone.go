package rank

import (
	"slices"

	"ashar/data"
)

// Alone is what may be shown of people who answered one by one: no ranking of a few
// of them, and none from which theirs follows by taking others away. Like Public it
// shows a break-down whole or not at all.
type Alone struct {
	By        []By // the break-downs that may be shown, the zero By being everybody
	Residents bool // everybody may be shown by the weight of residents: of no kind did only few answer
}

// kinds are what people are told apart by, one at a time and all at once.
var (
	kinds  = []By{{Sex: true}, {Band: true}, {Village: true}}
	finest = By{Sex: true, Band: true, Village: true}
)

// Alone finds what may be shown. Where not each of the finest kinds has enough
// people they are told apart by one thing at a time, and by two such things only
// where each kind of both together has enough: else what one woman of a village said
// follows from the women and the other villages. The view of all residents tells
// apart by everything, so the same goes for it and whatever is shown beside it: the
// sexes go before it, and it before bands and villages.
func (r *Round) Alone() (a Alone) {
	p := &Public{least: r.Rule.Smallest()}
	if !p.enough(r, By{}) {
		return a
	}
	a.By, a.Residents = []By{{}}, true
	if p.enough(r, finest) {
		a.By = slices.Concat(a.By, kinds, []By{{Sex: true, Band: true}, {Sex: true, Village: true}, {Band: true, Village: true}, finest})
		return a
	}
	each := func(one By, others []By) bool {
		return !slices.ContainsFunc(others, func(other By) bool { return !p.enough(r, one.and(other)) })
	}
	a.Residents = each(By{}, kinds)
	for _, one := range kinds {
		if !each(one, a.By) || a.Residents && !one.Sex && !each(one, kinds) {
			continue
		}
		a.By = append(a.By, one)
		a.Residents = a.Residents && each(one, kinds)
	}
	return a
}

// and is a break-down by what both break down by.
func (by By) and(other By) By {
	return By{Sex: by.Sex || other.Sex, Band: by.Band || other.Band, Village: by.Village || other.Village, Tag: by.Tag || other.Tag}
}

// And is what may be shown where other people are shown beside.
func (a Alone) And(b Alone) Alone {
	return Alone{By: slices.DeleteFunc(slices.Clone(a.By), func(by By) bool { return !slices.Contains(b.By, by) }), Residents: a.Residents && b.Residents}
}

// Shows tells whether the ranking of a cut may be shown in a view. That of all
// residents weighs each kind of people in its own way, so that beside the one in
// which all weigh the same it tells the kinds apart.
func (a Alone) Shows(view data.View, cut Cut) bool {
	by := By{Sex: cut.Sex != nil, Band: cut.Band != nil, Village: cut.Village != nil}
	switch {
	case cut.Session != nil || cut.Bands != nil:
		return false
	case view != data.Citizens:
		return slices.Contains(a.By, by)
	case by == By{}:
		return a.Residents
	}
	return slices.Contains(a.By, finest)
}
