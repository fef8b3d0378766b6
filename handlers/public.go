package handlers

import (
	"math/big"
	"slices"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// open is what of a round may leave the staff: on a wall, on paper.
type open struct {
	*rank.Public
	counted    *Counted
	whole      *rank.Ranking // Reason is "few" where even everybody are too few
	study      *study        // without what would tell of a few people
	women, men *rank.Ranking // nil where they are not shown apart
}

// public is what of the round may leave the staff, in the view of its rule.
func (c *Counted) public() *open {
	c.opening.Do(func() {
		view, o := c.Round.Rule.View, &c.opened
		*o = open{Public: c.Rank.Public(), counted: c, whole: c.Ranking(view, Everybody), study: c.Study(view, Everybody)}
		if o.whole.Reason == "" && !o.Shows(Everybody) {
			o.whole = &rank.Ranking{View: view, Reason: "few"}
		}
		o.whole, o.study = publicly(o.whole), o.study.shown(&c.Rank)
		her, his := Everybody.BySex()
		if c.Round.Scheme.Sexes && o.Shows(her) && o.Shows(his) {
			women, men := c.Ranking(view, her), c.Ranking(view, his)
			if women.Reason == "" && men.Reason == "" {
				o.women, o.men = publicly(women), publicly(men)
			}
		}
	})
	return &c.opened
}

// publicly is a ranking as it is shown to everybody: places and scores, and no counts
// of people. A score above 95 or below 5 of 100 tells what nearly each of them
// said, and is brought to that bound.
func publicly(r *rank.Ranking) *rank.Ranking {
	low, high := big.NewRat(5, 100), big.NewRat(95, 100)
	s := *r
	s.Out, s.Unplaced = nil, 0
	s.Places = slices.Clone(r.Places)
	for i := range s.Places {
		p := &s.Places[i]
		p.First, p.Mentions, p.Points = nil, nil, nil
		if p.Score != nil && p.Score.Cmp(low) < 0 {
			p.Score = low
		}
		if p.Score != nil && p.Score.Cmp(high) > 0 {
			p.Score = high
		}
	}
	return &s
}

// fewestDrawn is how many groups each stratum must have for re-draws to be shown
// to everybody: of two, a draw shows one alone.
const fewestDrawn = 3

// shown is a study without what would tell of a small group: what changes without
// it, and what it said when it was drawn alone.
func (s *study) shown(r *rank.Round) *study {
	o := *s
	o.leave.Without = nil // it names groups
	least := r.Rule.Smallest()
	small := slices.ContainsFunc(r.Voices, func(v rank.Voice) bool { return v.Stays == rank.Counts && v.N < least })
	if small {
		o.leave = rank.Leave{Reason: "small"}
	}
	if small || s.redraw.Fewest < fewestDrawn {
		o.redraw = rank.Redraw{Reason: "small"}
	}
	return &o
}

// heard is who was heard, without numbers of few people.
func (o *open) heard() rank.Heard { return o.Public.Heard(nil).Shown() }

// missing says who is not in the order of all residents, without numbers.
func (o *open) missing(l *lang.Lang) (lines []string) {
	if o.whole.View != data.Citizens {
		return nil
	}
	for _, omitted := range o.whole.Omitted {
		lines = append(lines, l.T("report.omitted."+omitted.Why, "village", o.counted.village(l, omitted.Village)))
	}
	if slices.ContainsFunc(o.whole.Unheard, func(u rank.Unheard) bool { return !u.Alone }) {
		lines = append(lines, l.T("report.stand_in"))
	}
	return lines
}

// sexLists are the lists of women and men, where they may be shown.
func (o *open) sexLists(l *lang.Lang, most int) []chart.SlideList {
	if o.women == nil {
		return nil
	}
	titles := func(id data.ID) string { return o.counted.title(l, id) }
	list := func(r *rank.Ranking, sex data.Sex, group string) chart.SlideList {
		return chart.SlideList{Name: sexName(l, sex), Group: group, N: l.T("count.people", "n", r.Counted), Rows: chart.SlideRows(l, titles, *r, chart.Sure{}, most)}
	}
	return []chart.SlideList{list(o.women, data.Female, "women"), list(o.men, data.Male, "men")}
}
