package handlers

import (
	"math"
	"math/big"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// peopleView is who wants what: the first wish of every group, what all want and
// what divides them.
type peopleView struct {
	Differ string // why the lists of women and men lead; empty where they do not
	Agree  string // how much they agree
	Firsts []firstRow
	Accord string // how much all groups agree
	Wanted []wantedRow
	Gaps   []chart.Figure
	Split  []string // problems on which one group is split inside
}

// firstRow is what one group needs most.
type firstRow struct {
	Group, Title, Score, Overall string
	N                            int
}

// wantedRow is how much every group wants a problem, and who wants it least.
type wantedRow struct {
	Mark, Title, Wanted, Least, Score string
	Contested, Untried                bool // untried: it would be, but a side has no order without one of its groups
}

func (s *study) people(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking) (v peopleView) {
	names := func(cut rank.Cut) string {
		return chart.CutName(l, counted.inside(a.cut, cut), func(id data.ID) string { return counted.village(l, id) }, func(key string) string { return tagName(l, counted.Round.Scheme, key) })
	}
	v.apart(l, counted, s.apart)
	for _, f := range s.firsts {
		row := firstRow{Group: names(f.Cut), N: f.N, Title: l.T("ranking.reason."+reasonOr(f.Reason, "nothing"), "least", counted.Round.Rule.Smallest()), Score: "–", Overall: "–"}
		if len(f.Problems) > 0 {
			row.Title, row.Overall = quotedAll(l, counted, f.Problems), overall(l, f.Overall)
			row.Score = hundredths(l, f.Score)
		}
		v.Firsts = append(v.Firsts, row)
	}
	v.Accord = s.concord(l)
	v.wanted(l, counted, s, headline, names)
	v.Gaps = s.gaps(l, counted)
	v.Split = counted.split(l, a.cut)
	return v
}

func reasonOr(reason, other string) string {
	if reason == "" {
		return other
	}
	return reason
}

// inside is a part of a cut without what the cut itself says, so that a group is
// named by what tells it from the others.
func (c *Counted) inside(cut, part rank.Cut) rank.Cut {
	if cut.Village != nil {
		part.Village = nil
	}
	if cut.Sex != nil {
		part.Sex = nil
	}
	if cut.Band != nil {
		part.Band = nil
	}
	if cut.Tag != nil {
		part.Tag = nil
	}
	return part
}

func (v *peopleView) apart(l *lang.Lang, counted *Counted, a apart) {
	if !a.agree.Defined {
		return
	}
	tau := l.Decimal(a.agree.Tau, 2)
	if v.Agree = l.T("ranking.sexes.agree", "tau", tau); a.differ {
		v.Differ = l.T("ranking.sexes.differ", "tau", tau, "limit", l.Decimal(counted.Round.Rule.Differ, 2))
	}
}

func quotedAll(l *lang.Lang, counted *Counted, ids []data.ID) string {
	var all []string
	for _, id := range ids {
		all = append(all, counted.title(l, id))
	}
	return strings.Join(all, "; ")
}

func overall(l *lang.Lang, places []int) string {
	var all []string
	for _, n := range places {
		if n > 0 {
			all = append(all, l.Number(n))
		}
	}
	if all == nil {
		return "–"
	}
	return strings.Join(all, "; ")
}

// concord says in words how much all groups agree, by the mean correlation of two of
// them: W itself is a half for two groups that have nothing in common, and falls the
// more groups there are. The bounds are a judgement of ours, as no others are agreed
// on: 0.3, from which women's and men's lists are not set apart, and 0.6.
func (s *study) concord(l *lang.Lang) string {
	a := s.accord
	if a.W == nil {
		return l.T("ranking.concord." + reasonOr(a.Reason, "groups"))
	}
	w, _ := a.W.Float64()
	key := "ranking.concord.weak"
	switch {
	case a.Spearman >= 0.6:
		key = "ranking.concord.strong"
	case a.Spearman >= 0.3:
		key = "ranking.concord.some"
	}
	return l.T(key, "n", a.K, "w", l.Decimal(w, 2), "r", l.Decimal(a.Spearman, 2)) + " " + l.T("ranking.concord.chance", "n", max(1, int(math.Round(a.P*100))))
}

func (v *peopleView) wanted(l *lang.Lang, counted *Counted, s *study, headline *rank.Ranking, names func(rank.Cut) string) {
	contested, untried := map[data.ID]bool{}, map[data.ID]bool{}
	for _, gaps := range [][]rank.Gap{s.sexes, s.ages} {
		for _, g := range gaps {
			contested[g.Problem] = contested[g.Problem] || g.Contested
			untried[g.Problem] = untried[g.Problem] || g.Untried
		}
	}
	if len(s.wanted)+len(s.lost)+len(contested) == 0 {
		return // nothing is known of any group
	}
	for _, p := range headline.Places {
		if p.Score == nil {
			continue
		}
		row := wantedRow{Mark: chart.Mark(p), Title: counted.title(l, p.Problem), Wanted: "–", Least: "–", Score: "–", Contested: contested[p.Problem], Untried: untried[p.Problem]}
		if w, ok := s.wanted[p.Problem]; ok {
			row.Wanted = l.Number(int(math.Round(w.Value * 100)))
		}
		if lost, ok := s.lost[p.Problem]; ok {
			var parts []string
			for _, cut := range lost.Parts {
				parts = append(parts, names(cut))
			}
			row.Least, row.Score = strings.Join(parts, "; "), hundredths(l, lost.Score)
		}
		v.Wanted = append(v.Wanted, row)
	}
}

// gaps are the pictures of women against men, and of the young against the old.
func (s *study) gaps(l *lang.Lang, counted *Counted) (figures []chart.Figure) {
	titles := func(id data.ID) string { return counted.title(l, id) }
	least := int(math.Round(counted.Round.Rule.Contested * 100))
	draw := func(gaps []rank.Gap, sides chart.Sides, id string) {
		if gaps == nil {
			return
		}
		var drawn []chart.Gap
		for _, g := range gaps {
			drawn = append(drawn, chart.Gap{Problem: g.Problem, Scores: [2]*big.Rat{g.One, g.Other}, Low: g.Low, High: g.High, Contested: g.Contested, Untried: g.Untried})
		}
		figures = append(figures, chart.Gaps(l, titles, drawn, sides, id))
	}
	draw(s.sexes, chart.Sides{Names: [2]string{l.T("sex.female"), l.T("sex.male")}, Sexes: true, Least: least}, "gaps")
	draw(s.ages, chart.Sides{Names: [2]string{l.T("ranking.young", "age", youngBefore), l.T("ranking.old", "age", youngBefore)}, Least: least}, "ages")
	return figures
}

// split names the groups that are split inside: on their sheets of scores one
// problem has more at both ends than in the middle, van der Eijk's agreement
// being below zero.
func (c *Counted) split(l *lang.Lang, cut rank.Cut) (lines []string) {
	for _, s := range c.Rank.Split(cut, c.Round.Rule.Smallest()) {
		lines = append(lines, l.T("ranking.split", "group", c.voiceName(l, s.Voice), "title", c.title(l, s.Problem), "a", l.Decimal(s.Agreement, 2), "n", s.N))
	}
	return lines
}
