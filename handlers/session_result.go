package handlers

import (
	"math/big"
	"slices"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// sessionResult is what one session says by itself: its problems in order of
// need.
type sessionResult struct {
	First []string // titles in first place
	Score string   // how many of 100 comparisons they win
	Lines []resultLine
	Named string   // what the last column counts; empty where there is none
	Out   []string // groups that stay out of the score, and why
	Turns string   // of a vote: how many would have to change their mind
}

type resultLine struct {
	Mark  string
	Title string
	Score string // of 100 comparisons; empty where undefined
	Said  string // how many named it
	Width int    // of its bar, in hundredths
}

// ranked counts the session by itself. Merged problems speak as the one that
// stands for them where merges are given; a protocol keeps what people said.
func (t *sitting) ranked(merges data.Merges) (rank.Ranking, []rank.Voice) {
	var listed []data.ID
	for _, p := range t.Sheet.Problems {
		if into := merges.Of(p); !slices.Contains(listed, into) {
			listed = append(listed, into)
		}
	}
	voices := rank.Voices(t.Sheet, merges)
	round := rank.Round{Voices: voices, Problems: listed, Scheme: t.Round.Scheme, Rule: t.Round.Rule}
	return round.Count(data.People, rank.Cut{}), voices
}

// merges are the merges of the round's problems.
func (t *sitting) merges() data.Merges {
	problems := make([]data.Problem, 0, len(t.Problems))
	for _, p := range t.Problems {
		problems = append(problems, p)
	}
	return data.MergesOf(problems)
}

// result puts a ranking of the session into words.
func (t *sitting) result(l *lang.Lang, r rank.Ranking, voices []rank.Voice) (result sessionResult) {
	if r.Reason == "" {
		digits := chart.Digits(r)
		for _, p := range r.Places {
			line := resultLine{Mark: chart.Mark(p), Title: t.title(l, p.Problem), Said: t.named(l, r, voices, p)}
			if p.Score != nil {
				score := percent(p.Score)
				line.Score, line.Width = l.Decimal(score, digits), int(score+0.5)
			}
			if p.Rank == 1 {
				result.First, result.Score = append(result.First, line.Title), line.Score
			}
			result.Lines = append(result.Lines, line)
		}
		result.Named = t.namedHead(l)
		result.Turns = t.turns(l, r)
	}
	for _, v := range r.Out {
		if v.Stays != rank.Silent || len(r.Out) < len(voices) {
			result.Out = append(result.Out, l.T("session.out."+string(v.Stays), "group", t.voiceName(l, v)))
		}
	}
	return result
}

// turns says how narrow a vote is where everybody has one; empty for any other
// session.
func (t *sitting) turns(l *lang.Lang, r rank.Ranking) string {
	if t.Form != data.Ballots || t.Top != 1 || len(r.Places) < 2 || r.Places[0].Mentions == nil {
		return ""
	}
	votes := slices.Clone(r.Places)
	slices.SortStableFunc(votes, func(a, b rank.Place) int { return *b.Mentions - *a.Mentions })
	first, second := votes[0], votes[1]
	return l.T("session.result.turns", "title", l.T("chart.quoted", "title", t.title(l, second.Problem)), "n", rank.Switchers(*first.Mentions, *second.Mentions))
}

// percent is how many of 100 comparisons a score wins.
func percent(score *big.Rat) float64 {
	x, _ := new(big.Rat).Mul(score, big.NewRat(100, 1)).Float64()
	return x
}

// voiceName is the group that a voice speaks for.
func (t *sitting) voiceName(l *lang.Lang, v rank.Voice) string {
	if v.Mixed {
		return l.T("sex.mixed")
	}
	return t.groupName(l, v.Group)
}

// namedHead is what people named a problem with.
func (t *sitting) namedHead(l *lang.Lang) string {
	switch {
	case t.Form == data.Tally && t.Each > 0:
		return l.T("session.result.stones")
	case t.Form == data.Tally:
		return l.T("session.result.hands")
	case t.Form == data.Ballots:
		return l.T("session.result.ballots")
	case t.Form == data.Scores:
		return l.T("session.result.points")
	case t.Form == data.Pairs:
		return l.T("session.result.pairs")
	}
	return ""
}

// named is how many named a problem, out of how many.
func (t *sitting) named(l *lang.Lang, r rank.Ranking, voices []rank.Voice, p rank.Place) string {
	switch {
	case t.Form == data.Pairs:
		halves := voices[0].Said.Of(p.Problem).Wins // a matrix has one voice
		return l.T("count.of", "k", l.Decimal(float64(halves)/2, halves%2), "n", voices[0].Listed-1)
	case p.Mentions == nil:
		return ""
	case t.Form == data.Tally && t.Each > 0:
		return l.Number(*p.Mentions)
	case t.Form == data.Tally:
		return votesOf(l, *p.Mentions, r.N)
	case t.Form == data.Scores && p.Points != nil:
		return l.Number(*p.Points)
	}
	ballots := 0
	for _, v := range voices {
		ballots += v.Ballots
	}
	return l.T("count.of", "k", *p.Mentions, "n", ballots)
}

// votesOf says how many of the people there voted; "13 of 12" would be nonsense,
// so more votes than people are said as what they are.
func votesOf(l *lang.Lang, votes, people int) string {
	if votes > people {
		return l.T("count.over", "votes", l.T("count.votes", "n", votes), "people", l.T("count.people", "n", people))
	}
	return l.T("count.of", "k", votes, "n", people)
}

// progress is how far the recording has come: so much of so much, and both in
// words.
func (t *sitting) progress(l *lang.Lang) (done, of int, text string) {
	listed := len(t.Sheet.Problems)
	switch t.Form {
	case data.Tally:
		votes := 0
		for _, p := range t.Sheet.Problems {
			named := 0
			for _, g := range t.groups() {
				named += t.Sheet.Votes(g, p).N
			}
			votes += named
			done += min(1, named)
		}
		key := "count.votes"
		if t.Each > 0 {
			key = "count.stones"
		}
		return done, listed, l.T("session.progress.tally", "votes", l.T(key, "n", votes), "done", done, "of", l.T("count.problems", "n", listed))
	case data.Pairs:
		return len(t.Sheet.Pairs), listed * (listed - 1) / 2, l.T("session.progress.pairs", "done", len(t.Sheet.Pairs), "n", listed*(listed-1)/2)
	case data.Order:
		if t.Sheet.Order == nil {
			return 0, 1, l.T("session.progress.order.none")
		}
		return 1, 1, l.T("session.progress.order")
	}
	done, of = len(t.Sheet.Ballots), t.Sheet.People()
	return done, of, l.T("session.progress."+string(t.Form), "done", done, "n", of)
}
