package handlers

import (
	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// pictures are the figures, and the lists of women and men.
func (v *rankingView) pictures(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking, study *study) {
	titles := func(id data.ID) string { return counted.title(l, id) }
	tag := func(key string) string { return tagName(l, counted.Round.Scheme, key) }
	village := func(id data.ID) string { return counted.village(l, id) }
	v.Heard = chart.Heard(l, counted.Rank.Heard(a.cut.Village), tag, "heard")
	ranked := chart.RankedSure(l, titles, *headline, study.sure(), "ranked")
	v.Heading = ranked.Heading
	v.Order = shown(v.Order, ranked)
	if study.leave.Spans != nil {
		v.Order = shown(v.Order, study.ladder(l, counted, headline))
	}
	if study.redraw.Frames != nil {
		ids, frames := study.frames(headline)
		v.Replay = chart.NewReplay(l, titles, ids, frames, "replay")
	}
	columns := chart.Columns(l, study.parts, village, tag)
	if counted.Round.Scheme.Sexes && a.cut.Sex == nil {
		v.sexes(l, counted, a, headline, study)
	} else if len(columns) > 1 {
		v.Figures = shown(v.Figures, chart.Slope(l, titles, columns, "slope"))
	}
	v.Figures = shown(v.Figures, chart.Heat(l, titles, *headline, columns, "heat"))
	v.villages(l, counted, a, headline)
}

// shown adds a figure, if it has something to draw: else it would say once more
// that there is no order.
func shown(figures []chart.Figure, f chart.Figure) []chart.Figure {
	if f.Drawing.Width == 0 {
		return figures
	}
	return append(figures, f)
}

// sexes are the pictures of women and men.
func (v *rankingView) sexes(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking, study *study) {
	titles := func(id data.ID) string { return counted.title(l, id) }
	her, his := a.cut.BySex()
	women, men := counted.Ranking(a.view, her), counted.Ranking(a.view, his)
	sexes := chart.Sexes(l, titles, *headline, *women, *men, "sexes")
	v.Figures = shown(v.Figures, sexes)
	digits := chart.Digits(*women, *men)
	v.Sexes = []sideView{side(l, counted, women, data.Female, digits), side(l, counted, men, data.Male, digits)}
	if women.Reason != "" || men.Reason != "" {
		return
	}
	if study.apart.differ {
		v.Heading = l.T("ranking.differ")
	}
	v.Figures = shown(v.Figures, chart.Slope(l, titles, []chart.Column{{Name: l.T("sex.female"), Ranking: *women}, {Name: l.T("sex.male"), Ranking: *men}}, "slope"))
}

// villages are small pictures beside each other, where there are several.
func (v *rankingView) villages(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking) {
	if a.cut.Village != nil {
		return
	}
	parts := counted.Parts(a.view, a.cut, rank.By{Village: true})
	if len(parts) < 2 {
		return
	}
	var panels []chart.Panel
	for _, p := range parts {
		panel := chart.Panel{Column: chart.Column{Name: counted.village(l, *p.Cut.Village), Ranking: p.Ranking}}
		if p.Ranking.Reason != "" {
			panel.Hidden = l.T("ranking.reason."+p.Ranking.Reason, "least", counted.Round.Rule.Smallest())
		}
		panels = append(panels, panel)
	}
	v.Villages = shown(v.Villages, chart.Multiples(l, func(id data.ID) string { return counted.title(l, id) }, *headline, panels, chart.Villages, "villages"))
}
