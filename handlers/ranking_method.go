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

// methodView is the same comparisons counted in other ways.
type methodView struct {
	Rows   []methodRow
	Winner string // what wins against each of the others
	Optima string // that Kemeny's order is not the only one, or not proven
	Matrix chart.Figure
}

// methodRow is where a problem stands by each method.
type methodRow struct {
	Mark, Title, Kemeny, Schulze, Wins string
}

func (s *study) methods(l *lang.Lang, counted *Counted, headline *rank.Ranking) (v methodView) {
	if s.matrix == nil || s.check.Reason != "" {
		return v
	}
	at, kemeny := map[data.ID]int{}, map[int]int{}
	for i, id := range s.matrix.Problems {
		at[id] = i
	}
	for place, i := range s.check.Kemeny.Order {
		kemeny[i] = place + 1
	}
	for _, p := range headline.Places {
		i, ok := at[p.Problem]
		if !ok || p.Score == nil {
			continue
		}
		v.Rows = append(v.Rows, methodRow{chart.Mark(p), counted.title(l, p.Problem), l.Number(kemeny[i]), l.Number(s.check.Schulze[i]),
			l.Decimal(float64(s.check.Copeland[i])/2, s.check.Copeland[i]%2)})
	}
	v.Winner = l.T("ranking.winner.none")
	if s.check.Winner != nil {
		v.Winner = l.T("ranking.winner", "title", l.T("chart.quoted", "title", counted.title(l, *s.check.Winner)))
	}
	switch optima := s.check.Kemeny.Optima; {
	case !s.check.Kemeny.Exact:
		v.Optima = l.T("ranking.kemeny.found")
	case optima != nil && optima.Cmp(big.NewInt(1)) > 0 && optima.IsInt64():
		v.Optima = l.T("ranking.kemeny.optima", "n", int(optima.Int64()))
	}
	v.Matrix = s.pairs(l, counted, *headline)
	return v
}

// mostMatrix bounds how many problems are set against each other on a page: the
// cells grow with the square.
const mostMatrix = 30

func (s *study) pairs(l *lang.Lang, counted *Counted, headline rank.Ranking) chart.Figure {
	all := len(s.matrix.Problems)
	headline.Places = headline.Places[:min(mostMatrix, len(headline.Places))]
	share := func(i, j int) *big.Rat { return s.matrix.Share(i, j) }
	f := chart.Pairwise(l, func(id data.ID) string { return counted.title(l, id) }, headline, s.matrix.Problems, share, "pairs")
	if all > mostMatrix {
		f.Note += " " + l.T("chart.cut.problems", "n", mostMatrix, "total", all)
	}
	return f
}

// method is how the numbers of a page were made, in plain words, with the
// settings of the round.
func (c *Counted) method(l *lang.Lang, view data.View, s *study, headline *rank.Ranking, frozen string) (lines []string) {
	rule := c.Round.Rule
	say := func(key string, args ...any) { lines = append(lines, l.T("ranking.method.about."+key, args...)) }
	say("score", "n", len(c.Rank.Named()))
	if c.Source == nil {
		say("forms")
	} else {
		say("survey")
	}
	say("view."+string(view), "rho", l.Decimal(rule.Rho, 2))
	if frozen != "" {
		say("frozen", "view", l.T("view."+string(rule.View)), "date", frozen)
	} else {
		say("open", "view", l.T("view."+string(rule.View)))
	}
	if view == data.Citizens && headline.Reason == "" {
		c.weighing(l, say, headline)
	}
	if math.Abs(headline.Effective-float64(headline.Counted)) > 0.05 { // else all weigh the same
		say("effective", "n", headline.Counted, "effective", l.Decimal(headline.Effective, 1))
	}
	if s.leave.Spans != nil {
		say("left."+string(leftHow(view)), "n", s.leave.Groups)
	}
	if s.redraw.Reason == "" && s.redraw.Draws > 0 {
		key := "draws"
		if s.redraw.Seed == "" {
			key = "together"
		}
		say(key, "least", rule.Smallest(), "draws", l.Number(s.redraw.Draws), "level", l.Number(level(rule)), "groups", s.redraw.Groups, "strata", s.redraw.Strata, "freedom", s.redraw.Groups-s.redraw.Strata, "seed", s.redraw.Seed)
	}
	say("checks")
	say("apart", "limit", l.Decimal(rule.Differ, 2), "contested", l.Number(int(rule.Contested*100+0.5)), "age", youngBefore)
	say("least", "n", rule.Smallest())
	return lines
}

// leftHow ends the key of how groups are left out: only where they stand for
// residents there are two ways.
func leftHow(view data.View) data.View {
	if view == data.Citizens {
		return view
	}
	return data.People
}

// weighing says what was done to the weights of people.
func (c *Counted) weighing(l *lang.Lang, say func(string, ...any), headline *rank.Ranking) {
	if c.Round.Rule.Trim > 0 {
		say("trim", "times", l.Decimal(c.Round.Rule.Trim, 1), "n", headline.Trimmed)
	}
	if r := headline.Raked; r != nil {
		key := "raked"
		if !r.Converged {
			key = "unraked"
		}
		say(key, "n", r.Rounds, "error", strings.TrimSpace(l.Decimal(r.Error, 6)))
	}
}
