package handlers

import (
	"slices"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
)

// study is what can be known about an order besides the order: how sure it is, who
// agrees, and what other ways of counting make of it.
type study struct {
	leave    rank.Leave
	redraw   rank.Redraw
	together bool         // small groups are left out and drawn together with others
	matrix   *rank.Matrix // nil where there is no order
	check    rank.Check
	apart    apart
	parts    []rank.Part
	firsts   []rank.First
	lost     map[data.ID]rank.Lost
	wanted   map[data.ID]rank.Wanted
	accord   rank.Concord
	sexes    []rank.Gap
	ages     []rank.Gap
}

// apart is how far women and men are from each other.
type apart struct {
	agree  rank.Agreement
	differ bool // their lists lead: they agree less than the rule wants
}

// mostStudies bounds how many studies of one round are remembered.
const mostStudies = 32

// youngBefore is the age at which the young are young no more: youth is 14 to 28
// by the law of the Kyrgyz Republic on youth policy.
const youngBefore = 29

// Study of a part of the round in a view, made once. It must not be changed. What
// a survey's residents answered one by one was said by no groups, so nothing is
// left out or drawn there; where too few answered nothing is studied at all.
func (c *Counted) Study(view data.View, cut rank.Cut) *study {
	key := string(view) + cutKey(cut)
	c.studying.Lock() // one studies while the others wait for the result
	defer c.studying.Unlock()
	if s, ok := c.studies[key]; ok {
		return s
	}
	s, headline := &study{}, c.Ranking(view, cut)
	s.parts = speaking(c.Parts(view, cut, c.by(cut)))
	if headline.Reason == "" {
		beside(func() { c.order(s, view, cut) }, func() { c.society(s, view, cut) }) // they write of different things
	}
	if len(c.studies) >= mostStudies {
		clear(c.studies)
	}
	c.studies[key] = s
	return s
}

// speaking are the parts but the one of those who did not say who they are, where
// it has no order: most often it is the one voice of a mixed meeting, which is in
// the order of everybody and in no group's.
func speaking(parts []rank.Part) []rank.Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p rank.Part) bool {
		unsaid := (p.Cut.Sex == nil || *p.Cut.Sex == data.UnknownSex) && (p.Cut.Band == nil || *p.Cut.Band == "") && (p.Cut.Tag == nil || *p.Cut.Tag == "")
		return unsaid && p.Ranking.Reason == "nothing" && (p.Cut.Sex != nil || p.Cut.Band != nil || p.Cut.Tag != nil)
	})
}

// order studies the order itself.
func (c *Counted) order(s *study, view data.View, cut rank.Cut) {
	if c.Source == nil {
		s.leave = c.Rank.Leave(view, cut)
		s.redraw = c.Rank.Redraw(view, cut, c.Round.Rule.Level)
	} else {
		s.leave.Reason, s.redraw.Reason = "alone", "alone"
	}
	if s.matrix = c.Rank.Matrix(view, cut); s.matrix != nil {
		s.check = s.matrix.Check(c.Ranking(view, cut).Places)
	}
}

// society studies who agrees with whom.
func (c *Counted) society(s *study, view data.View, cut rank.Cut) {
	rule, whole := c.Round.Rule, c.Ranking(view, cut)
	s.firsts = rank.FirstsOf(s.parts, *whole)
	s.accord = rank.Concordant(s.parts, c.chances)
	s.lost, s.wanted = map[data.ID]rank.Lost{}, map[data.ID]rank.Wanted{}
	for _, l := range rank.LostOf(s.parts, *whole) {
		s.lost[l.Problem] = l
	}
	if c.Source == nil {
		for _, w := range c.Rank.Consensus(cut, c.by(cut)) {
			s.wanted[w.Problem] = w
		}
	}
	if c.Round.Scheme.Sexes && cut.Sex == nil {
		women, men := cut.BySex()
		w, m := c.Ranking(view, women), c.Ranking(view, men)
		s.apart.agree = rank.Agree(*w, *m)
		s.apart.differ = w.Reason == "" && m.Reason == "" && s.apart.agree.Defined && s.apart.agree.Tau < rule.Differ
		if c.Source == nil {
			s.sexes = c.Rank.Gaps(view, women, men, rule.Contested)
		}
	}
	if young, old, ok := cut.ByAge(c.Round.Scheme, youngBefore); ok && cut.Band == nil && c.Source == nil {
		s.ages = c.Rank.Gaps(view, young, old, rule.Contested)
	}
}

// by breaks a cut down by whatever the scheme tells apart inside it.
func (c *Counted) by(cut rank.Cut) rank.By {
	by := rank.By{Sex: c.Round.Scheme.Sexes && cut.Sex == nil, Band: len(c.Round.Scheme.Bands) > 0 && cut.Band == nil}
	if !by.Sex && !by.Band {
		by = rank.By{Tag: len(c.Round.Scheme.Tags) > 0, Village: len(c.Round.Scheme.Tags) == 0}
	}
	return by
}

// ways are the places that problems can take whichever group is left out, and those
// that the re-draws do not rule out.
func (s *study) ways() chart.Ways {
	return chart.Ways{Left: ranges(s.leave.Spans), Drawn: ranges(s.redraw.Sets), Together: s.together}
}

// sure is the wider of both.
func (s *study) sure() chart.Sure { return s.ways().Sure() }

func ranges(spans map[data.ID]rank.Span) map[data.ID]chart.Range {
	if spans == nil {
		return nil
	}
	all := make(map[data.ID]chart.Range, len(spans))
	for id, s := range spans {
		all[id] = chart.Range{Best: s.Best, Worst: s.Worst}
	}
	return all
}

// frames are the scores of the first re-draws, the problems in the order of the
// ranking.
func (s *study) frames(r *rank.Ranking) (ids []data.ID, frames [][]float64) {
	var at []int
	for _, p := range r.Places {
		if i := slices.Index(s.redraw.Problems, p.Problem); i >= 0 && p.Score != nil {
			ids, at = append(ids, p.Problem), append(at, i)
		}
	}
	for _, scores := range s.redraw.Frames {
		frame := make([]float64, len(at))
		for j, i := range at {
			frame[j] = scores[i]
		}
		frames = append(frames, frame)
	}
	return ids, frames
}
