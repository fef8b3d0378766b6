package handlers

import (
	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// aloneRow is how many put a problem first, of people who answered one by one,
// and what that says of all who might have answered as they did.
type aloneRow struct{ Title, N, Share, Places string }

// alone are the first choices of a survey: each ballot with one problem in first
// place is one vote. Exact sets of places hold together for all problems.
func (c *Counted) alone(l *lang.Lang, cut rank.Cut, headline *rank.Ranking) (rows []aloneRow) {
	if c.Source == nil || cut != Everybody || headline.Reason != "" {
		return nil
	}
	var counts []int
	votes := 0
	for _, p := range headline.Places {
		if p.Score == nil {
			break // nobody named it: it is not among those compared
		}
		n := 0
		for i := range c.Rank.Voices {
			if first := c.Rank.Voices[i].Said.Of(p.Problem).First; len(first) > 0 {
				n += first[0]
			}
		}
		counts = append(counts, n)
		votes += n
	}
	z, ok := rank.Deviate(c.Round.Rule.Level)
	sets := rank.FirstSets(counts, c.Round.Rule.Level)
	if !ok || sets == nil || votes == 0 {
		return nil
	}
	for i, p := range headline.Places[:len(counts)] {
		row := aloneRow{Title: c.title(l, p.Problem), N: l.T("count.of", "k", counts[i], "n", votes), Places: placeWords(l, chart.Range(sets[i]))}
		if low, high, ok := rank.Wilson(counts[i], votes, z); ok {
			row.Share = l.T("ranking.alone.between", "share", l.Percent(float64(counts[i])/float64(votes)), "low", l.Percent(low), "high", l.Percent(high))
		}
		rows = append(rows, row)
	}
	return rows
}

// level is the probability of intervals and sets of places, of 100.
func level(rule data.Rule) int { return int(rule.Level*100 + 0.5) }
