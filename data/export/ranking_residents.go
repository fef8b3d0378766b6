package export

import (
	"ashar/data"
)

// Residents is how a ranking of all residents was reached: whom it leaves out,
// and who speaks for whom.
type Residents struct {
	Omitted  []OmittedVillage `json:"omitted"`
	Unheard  []UnheardKind    `json:"unheard"`
	ByTotal  []string         `json:"by_total"` // villages of which only the number of all residents is known
	Unplaced int              `json:"unplaced"` // people whose sex or band is not said
}

// OmittedVillage is a village that is left out.
type OmittedVillage struct {
	Village string `json:"village"`
	Reason  string `json:"reason"` // population, raking, total or unheard
	Came    int    `json:"came"`
}

// UnheardKind is a kind of residents that nobody spoke for.
type UnheardKind struct {
	Village   string      `json:"village"`
	Sex       *string     `json:"sex"`  // null where they are not told apart
	Band      *string     `json:"band"` // the same
	Residents int         `json:"residents"`
	StandIns  []data.Band `json:"stand_ins"` // of the same sex and village
}

func (in Input) residents() *Residents {
	r := Residents{Omitted: []OmittedVillage{}, Unheard: []UnheardKind{}, ByTotal: []string{}, Unplaced: in.All.Unplaced}
	for _, o := range in.All.Omitted {
		r.Omitted = append(r.Omitted, OmittedVillage{in.Village(o.Village), o.Why, o.Came})
	}
	for _, u := range in.All.Unheard {
		kind := UnheardKind{Village: in.Village(u.Village), Residents: u.People, StandIns: append([]data.Band{}, u.For...)}
		if u.Sex != data.UnknownSex {
			key := u.Sex.Key()
			kind.Sex = &key
		}
		if u.Band != "" {
			key := u.Band.Key()
			kind.Band = &key
		}
		r.Unheard = append(r.Unheard, kind)
	}
	for _, village := range in.All.Whole {
		r.ByTotal = append(r.ByTotal, in.Village(village))
	}
	return &r
}
