package handlers

import (
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
		o.whole, o.study = o.whole.Shown(), o.shown()
		her, his := Everybody.BySex()
		if c.Round.Scheme.Sexes && o.Shows(her) && o.Shows(his) {
			women, men := c.Ranking(view, her), c.Ranking(view, his)
			if women.Reason == "" && men.Reason == "" {
				o.women, o.men = women.Shown(), men.Shown()
			}
		}
	})
	return &c.opened
}

// shown is the study of the order without what would tell of a small group: small
// groups are left out and drawn together.
func (o *open) shown() *study {
	s := *o.study
	s.leave, s.redraw, s.together = o.Public.Leave(), o.Public.Redraw(), o.Together()
	return &s
}

// note says what was done with small groups to find how sure the order is; empty
// where there are none.
func (o *open) note(l *lang.Lang) string {
	if !o.Together() {
		return ""
	}
	return l.T("report.together", "least", o.counted.Round.Rule.Smallest())
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
	digits := chart.Digits(*o.women, *o.men)
	list := func(r *rank.Ranking, sex data.Sex, group string) chart.SlideList {
		return chart.SlideList{Name: sexName(l, sex), Group: group, N: l.T("count.people", "n", r.Counted), Rows: chart.SlideRows(l, titles, *r, chart.Sure{}, most, digits)}
	}
	return []chart.SlideList{list(o.women, data.Female, "women"), list(o.men, data.Male, "men")}
}
