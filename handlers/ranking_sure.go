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

// sureView is how sure an order is, in words.
type sureView struct {
	Lead   string   // of the first place, whichever group is left out
	Firm   string   // who else could be first had other groups come; empty where that was not drawn
	Draws  string   // of the re-draws, or why there are none
	Notes  []string // what the reader has to know to trust them
	Agree  bool     // all methods of counting agree on the first three, and none leaves them open
	Badge  string
	Checks []string // which problems change places, and by which method
	Known  bool     // there are places in the table
	Top3   bool     // and shares of re-draws
}

// mostChecks bounds how many pairs in question are named; the rest is in the
// table of methods.
const mostChecks = 4

func (s *study) words(l *lang.Lang, counted *Counted, headline *rank.Ranking) (v sureView) {
	titles := func(id data.ID) string { return l.T("chart.quoted", "title", counted.title(l, id)) }
	v.Known, v.Top3 = s.leave.Spans != nil, s.redraw.Top3 != nil
	v.Lead = s.lead(l, titles, headline)
	v.Draws = s.draws(l, titles, headline)
	if s.redraw.Sets != nil {
		v.Firm = chart.LadderHeading(l, func(id data.ID) string { return counted.title(l, id) }, *headline, s.ways())
	}
	v.Notes = s.needed(l, counted)
	if v.Top3 && s.redraw.Collapsed != "" {
		v.Notes = append(v.Notes, l.T("ranking.sure.collapsed."+s.redraw.Collapsed))
	}
	if s.matrix != nil && s.check.Reason == "" {
		v.Agree = s.check.Agree && s.check.Open == nil
		v.Badge, v.Checks = s.badge(l, titles)
	}
	return v
}

// ladder is the picture of the places that each problem may take.
func (s *study) ladder(l *lang.Lang, counted *Counted, headline *rank.Ranking) chart.Figure {
	return chart.Ladder(l, func(id data.ID) string { return counted.title(l, id) }, *headline, s.ways(), "ladder")
}

// needed says that without some groups there would be no order, by their names where
// they may be told.
func (s *study) needed(l *lang.Lang, counted *Counted) []string {
	if s.leave.Alone == 0 {
		return nil
	}
	if s.leave.Without == nil {
		return []string{l.T("ranking.sure.alone", "n", s.leave.Alone)}
	}
	var groups []string
	for i := range s.leave.Without {
		groups = append(groups, counted.voiceName(l, &s.leave.Without[i]))
	}
	return []string{l.T("ranking.sure.without", "groups", strings.Join(groups, "; "))}
}

// lead says how sure the first place is.
func (s *study) lead(l *lang.Lang, titles func(data.ID) string, headline *rank.Ranking) string {
	if s.leave.Reason != "" {
		return l.T("ranking.sure.reason." + s.leave.Reason)
	}
	first := headline.Places[0]
	if first.Tied {
		return l.T("ranking.sure.tied")
	}
	span, key := s.leave.Spans[first.Problem], "ranking.sure.falls"
	if span.Worst == 1 {
		key = "ranking.sure.stays"
	}
	return l.T(key, "title", titles(first.Problem), "n", span.Worst, "together", chart.TogetherText(l, s.together))
}

// draws says how often the first three are the first three again.
func (s *study) draws(l *lang.Lang, titles func(data.ID) string, headline *rank.Ranking) string {
	if s.redraw.Reason != "" {
		if s.redraw.Reason == s.leave.Reason {
			return ""
		}
		return l.T("ranking.sure.draws." + s.redraw.Reason)
	}
	var all []string
	for _, p := range headline.Places[:min(3, len(headline.Places))] {
		if p.Score != nil {
			all = append(all, titles(p.Problem)+" – "+tenths(l, s.redraw.Top3[p.Problem]))
		}
	}
	return l.T("ranking.sure.top", "list", strings.Join(all, "; "))
}

// tenths is a share as people say it: in 9 of 10, and never in 10 of 10 what is
// not always.
func tenths(l *lang.Lang, share float64) string {
	n := int(math.Round(share * 10))
	switch {
	case share < 1 && n == 10:
		n = 9
	case share > 0 && n == 0:
		return l.T("ranking.sure.hardly")
	}
	return l.T("ranking.sure.tenths", "n", n)
}

// badge says whether other ways of counting come to the same first three.
func (s *study) badge(l *lang.Lang, titles func(data.ID) string) (badge string, checks []string) {
	methods := func(keys []string) string {
		var names []string
		for _, key := range keys {
			names = append(names, l.T("ranking.method."+key))
		}
		return strings.Join(names, ", ")
	}
	switch {
	case s.check.Agree && s.check.Open == nil:
		return l.T("ranking.check.agree", "n", s.check.Top), nil
	case s.check.Agree:
		return l.T("ranking.check.open", "n", s.check.Top, "methods", methods(s.check.Open)), nil
	}
	name := func(key string, changes []rank.Change) {
		for _, c := range changes {
			checks = append(checks, l.T(key, "a", titles(c.A), "b", titles(c.B), "methods", methods(c.By)))
		}
	}
	name("ranking.check.change", s.check.Changes)
	name("ranking.check.level", s.check.Levels)
	if n := len(checks) - mostChecks; n > 0 {
		checks = append(checks[:mostChecks], l.T("ranking.check.more", "n", n))
	}
	return l.T("ranking.check.differ"), checks
}

// placeWords is a range of places as people say it.
func placeWords(l *lang.Lang, r chart.Range) string {
	switch {
	case r.Best == 1 && r.Worst == 1:
		return l.T("ranking.places.first")
	case r.Best == r.Worst:
		return l.T("ranking.places.one", "n", r.Best)
	case r.Best == 1 && r.Worst == 2:
		return l.T("ranking.places.top2")
	case r.Worst == r.Best+1:
		return l.T("ranking.places.two", "a", r.Best, "b", r.Worst)
	}
	return l.T("ranking.places.among", "a", r.Best, "b", r.Worst)
}

// voiceName names a group with its session.
func (c *Counted) voiceName(l *lang.Lang, v *rank.Voice) string {
	group := groupName(l, c.Round.Scheme, v.Group)
	if v.Mixed {
		group = l.T("ranking.mixed")
	}
	return c.sitting(l, v.Session) + " · " + group
}

// hundredths is a fraction of 1 as a whole number of 100, rounded as everywhere.
func hundredths(l *lang.Lang, x *big.Rat) string { return chart.ScoreText(l, x, 0) }
