package form

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
)

// mostValues bounds how many different calculated or hidden values are told
// apart; the others are counted as one that is empty.
const mostValues = 500

// room makes the places to count a question in.
func (c *Count) room(a *Asked) {
	m := len(a.Choices)
	c.Given = make([]int, len(a.Offers))
	switch a.Kind {
	case One, Many, Village, Sex, Band, Consent:
		c.Picks = make([]int, m)
	case Rank:
		c.Picks, c.Ranked, c.Places, c.Wins, c.Ties = make([]int, m), make([]int, m), make([][]int, m), make([]int, m*m), make([]int, m*m)
	case Points:
		c.Picks, c.Points = make([]int, m), make([]int, m)
	case Pairs:
		c.Picks, c.Wins, c.Ties = make([]int, m), make([]int, m*m), make([]int, m*m)
	case Matrix:
		c.Picks = make([]int, m*len(a.Marks))
	case Integer, Decimal, Range, Date, Calculate, Hidden, Repeat:
		c.Values = map[string]int{}
	}
}

// add counts an answer in. What is no choice of the question's version, which
// reading it has refused, is passed over.
func (c *Count) add(m *meter, asked *Asked, a data.Answer, merges data.Merges) {
	switch m.q.Kind {
	case One, Village, Sex, Band, Consent:
		c.pick(m, a.Text)
	case Many:
		for _, name := range a.Picks {
			c.pick(m, name)
		}
	case Rank:
		c.order(m, asked, a.Ranks)
		c.cast(m, asked, a, merges)
	case Points:
		for name, n := range a.Points {
			if i, ok := m.choice[name]; ok {
				c.Picks[i]++
				c.Points[i] += n
			}
		}
		c.cast(m, asked, a, merges)
	case Pairs:
		c.pairs(m, len(asked.Choices), a.Cells)
	case Matrix:
		for item, mark := range a.Cells {
			i, known := m.choice[item]
			j, also := m.mark[mark]
			if known && also {
				c.Picks[i*len(asked.Marks)+j]++
			}
		}
	case Integer, Decimal, Range, Calculate, Hidden:
		c.value(a.Text)
	case Date:
		c.value(a.Text[:min(len("2006-01"), len(a.Text))])
	case Repeat:
		c.value(strconv.Itoa(len(a.Rows)))
	}
}

func (c *Count) pick(m *meter, name string) {
	if i, ok := m.choice[name]; ok {
		c.Picks[i]++
	}
}

func (c *Count) value(text string) {
	if _, known := c.Values[text]; !known && len(c.Values) >= mostValues {
		text = ""
	}
	c.Values[strings.Clone(text)]++ // what was read is a part of all that somebody said
}

// order counts where each choice stood, and which stood before which. A choice
// that was not named stands behind all that were.
func (c *Count) order(m *meter, asked *Asked, tiers [][]string) {
	size := len(asked.Choices)
	named, behind, tied := 0, make([]bool, size), false
	for _, i := range m.choice {
		behind[i] = true
	}
	for _, tier := range tiers {
		var here []int
		for _, name := range tier {
			if i, ok := m.choice[name]; ok && behind[i] {
				here = append(here, i)
				behind[i] = false
			}
		}
		for _, i := range here {
			c.Picks[i]++
			for len(c.Places[i]) <= named {
				c.Places[i] = append(c.Places[i], 0)
			}
			c.Places[i][named]++
			for j, is := range behind {
				if is {
					c.Wins[i*size+j]++
				}
			}
			for _, j := range here {
				if i != j {
					c.Ties[i*size+j]++
				}
			}
		}
		tied = tied || len(here) > 1
		named += len(here)
	}
	if named == 0 {
		return
	}
	if tied {
		c.Tied++
	}
	if named < m.most {
		c.Partial++
		c.Ranked[named-1]++
	}
}

// cast counts the answer as a ballot over the choices.
func (c *Count) cast(m *meter, asked *Asked, a data.Answer, merges data.Merges) {
	ballot := m.ballot(asked, a)
	if len(ballot) == 0 {
		return
	}
	c.Voice.Cast(ballot)
	if problems := asked.problems(ballot).Merged(merges, false); len(problems) > 0 {
		c.Merged.Cast(problems)
	}
}

// problems are those of a ballot's choices that stand for problems.
func (a *Asked) problems(b data.Ballot) data.Ballot {
	if !slices.ContainsFunc(a.Choices, func(c Choice) bool { return c.Problem.Zero() }) {
		return b
	}
	return data.NewBallot(slices.DeleteFunc(slices.Clone(b), func(said data.Choice) bool {
		return a.Choices[slices.Index(a.IDs, said.Problem)].Problem.Zero()
	}))
}

// ballot over the IDs of the choices.
func (m *meter) ballot(asked *Asked, a data.Answer) data.Ballot {
	var said []data.Choice
	for place, tier := range a.Ranks {
		for _, name := range tier {
			if i, ok := m.choice[name]; ok {
				said = append(said, data.Choice{Problem: asked.IDs[i], Place: place + 1})
			}
		}
	}
	if asked.Kind != Points {
		return data.NewBallot(said)
	}
	for i, c := range asked.Choices {
		if n := a.Points[c.Name]; n > 0 {
			said = append(said, data.Choice{Problem: asked.IDs[i], Points: n})
		}
	}
	return data.BallotByPoints(said)
}

// Balloting makes ballots over the problems of the round out of answers; none
// of an answer that says nothing of them.
func (a *Asked) Balloting() func(data.Answer) data.Ballot {
	m := meter{choice: map[string]int{}}
	for i, c := range a.Choices {
		m.choice[c.Name] = i
	}
	return func(answer data.Answer) data.Ballot { return a.problems(m.ballot(a, answer)) }
}

func (c *Count) pairs(m *meter, size int, cells map[string]string) {
	compared := map[int]bool{}
	for cell, said := range cells {
		first, second, _ := strings.Cut(cell, " ")
		i, known := m.choice[first]
		j, also := m.choice[second]
		if !known || !also || i == j {
			continue
		}
		switch said {
		case first:
			c.Wins[i*size+j]++
		case second:
			c.Wins[j*size+i]++
		default:
			c.Ties[i*size+j]++
			c.Ties[j*size+i]++
		}
		compared[i], compared[j] = true, true
	}
	for i := range compared {
		c.Picks[i]++
	}
}

// merge adds another count of the same question.
func (c *Count) merge(o *Count) {
	c.Of += o.Of
	c.Asked += o.Asked
	c.Answered += o.Answered
	c.Empty += o.Empty
	c.Refused += o.Refused
	c.Partial += o.Partial
	c.Tied += o.Tied
	for _, sums := range [][2][]int{{c.Given, o.Given}, {c.Picks, o.Picks}, {c.Points, o.Points}, {c.Ranked, o.Ranked}, {c.Wins, o.Wins}, {c.Ties, o.Ties}} {
		for i, n := range sums[1] {
			sums[0][i] += n
		}
	}
	for i, places := range o.Places {
		for len(c.Places[i]) < len(places) {
			c.Places[i] = append(c.Places[i], 0)
		}
		for place, n := range places {
			c.Places[i][place] += n
		}
	}
	for value, n := range o.Values {
		c.Values[value] += n
	}
}

// Sum adds up a question over the cells that are wanted. The voices are left
// out: they are weighed, and not only added.
func (t *Tally) Sum(at int, want func(Cell) bool) Count {
	var sum Count
	sum.room(&t.Asked[at])
	for cell, counts := range t.Cells {
		if want(cell) {
			sum.merge(&counts[at])
		}
	}
	return sum
}
