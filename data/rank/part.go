package rank

import (
	"slices"

	"ashar/data"
)

// By says which parts of a group to break a ranking down by.
type By struct{ Sex, Band, Village, Tag bool }

// Part is the ranking of one part of a break-down, and its cut.
type Part struct {
	Cut     Cut
	Ranking Ranking
}

// kind is one part of a break-down.
type kind struct {
	village data.ID
	group   data.Group
}

// of is the part that a voice belongs to.
func (by By) of(v *Voice) (k kind) {
	if by.Village {
		k.village = v.Village
	}
	if by.Sex {
		k.group.Sex = v.Group.Sex
	}
	if by.Band {
		k.group.Band = v.Group.Band
	}
	if by.Tag {
		k.group.Tag = v.Group.Tag
	}
	return k
}

// Break counts every part that has a voice inside the cut, in the order of the
// scheme, villages in order of their first voice.
func (r *Round) Break(view data.View, inside Cut, by By) []Part {
	var kinds []kind
	villages := map[data.ID]int{}
	for i := range r.Voices {
		v := &r.Voices[i]
		if !inside.Holds(v) {
			continue
		}
		k := by.of(v)
		if _, ok := villages[k.village]; !ok {
			villages[k.village] = len(villages)
		}
		if !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	slices.SortStableFunc(kinds, func(a, b kind) int {
		if d := villages[a.village] - villages[b.village]; d != 0 {
			return d
		}
		return r.Scheme.Compare(a.group, b.group)
	})
	var parts []Part
	for _, k := range kinds {
		cut := by.cut(inside, k)
		parts = append(parts, Part{cut, r.Count(view, cut)})
	}
	return parts
}

// cut narrows a cut to one part.
func (by By) cut(c Cut, k kind) Cut {
	if by.Village {
		c.Village = &k.village
	}
	if by.Sex {
		c.Sex = &k.group.Sex
	}
	if by.Band {
		c.Band = &k.group.Band
	}
	if by.Tag {
		c.Tag = &k.group.Tag
	}
	return c
}
