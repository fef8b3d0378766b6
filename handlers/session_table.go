package handlers

import (
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// sessionTable is a session in numbers: its problems in order, and what each
// group said of them.
type sessionTable struct {
	Columns []string // groups; empty where the meeting has one voice
	People  []string // there, by group
	Ballots []string // cast, by group; empty where there are none
	Total   [2]string
	Counts  string // what the figures count
	Won     bool   // the last figure is comparisons won
	Lines   []tableLine
}

type tableLine struct {
	Mark  string
	Title string
	Cells []string
	Total string
	Score string
}

// mostColumns is how many groups stand beside each other on a sheet of A4.
const mostColumns = 8

// column is one column of the table: a group, or all of one sex where the
// groups are too many.
type column struct {
	label  string
	groups []data.Group
}

func (t *sitting) columns(l *lang.Lang) (columns []column) {
	groups := t.groups()
	if len(groups) <= mostColumns {
		for _, g := range groups {
			columns = append(columns, column{t.shortName(l, g), []data.Group{g}})
		}
		return columns
	}
	for _, sex := range data.Sexes {
		own := slices.DeleteFunc(slices.Clone(groups), func(g data.Group) bool { return g.Sex != sex })
		if len(own) > 0 {
			columns = append(columns, column{sexName(l, sex), own})
		}
	}
	return columns
}

// shortName is a group in the head of a column.
func (t *sitting) shortName(l *lang.Lang, g data.Group) string {
	if scheme := t.Round.Scheme; g.Tag == t.Tag && (scheme.Sexes || len(scheme.Bands) > 0) {
		g.Tag = ""
	}
	return dashes.Replace(groupLabel(l, t.Round.Scheme, g))
}

// dashes keep a band together where a narrow column breaks its head in two.
var dashes = strings.NewReplacer("–", "\u2060–\u2060")

// table puts a ranking of the session and the numbers behind it side by side.
func (t *sitting) table(l *lang.Lang, r rank.Ranking, voices []rank.Voice) sessionTable {
	said := map[data.Group]*rank.Voice{}
	for i := range voices {
		said[voices[i].Group] = &voices[i]
	}
	table := sessionTable{Counts: t.namedHead(l), Won: t.Form == data.Pairs}
	columns := t.columns(l)
	if !t.Form.OneVoice() {
		for _, col := range columns {
			table.Columns = append(table.Columns, col.label)
		}
		table.headRows(l, t, columns, said)
	}
	digits := chart.Digits(r)
	for _, p := range r.Places {
		line := tableLine{Mark: chart.Mark(p), Title: t.title(l, p.Problem)}
		if p.Score != nil {
			line.Score = l.Decimal(percent(p.Score), digits)
		}
		sum := 0
		for i := range table.Columns {
			n := 0
			for _, g := range columns[i].groups {
				n += t.figure(said[g], p.Problem)
			}
			line.Cells = append(line.Cells, l.Number(n))
			sum += n
		}
		switch {
		case !t.Form.OneVoice():
			line.Total = l.Number(sum)
		case r.Reason == "":
			line.Total = t.named(l, r, voices, p)
		}
		table.Lines = append(table.Lines, line)
	}
	return table
}

// headRows are the people and the ballots of each column, and all of them.
func (table *sessionTable) headRows(l *lang.Lang, t *sitting, columns []column, said map[data.Group]*rank.Voice) {
	people, ballots := 0, 0
	for _, col := range columns {
		here, cast := 0, 0
		for _, g := range col.groups {
			here += t.Sheet.Present(g)
			if v := said[g]; v != nil {
				cast += v.Ballots
			}
		}
		table.People = append(table.People, l.Number(here))
		table.Ballots = append(table.Ballots, l.Number(cast))
		people, ballots = people+here, ballots+cast
	}
	table.Total = [2]string{l.Number(people), l.Number(ballots)}
	if t.Form == data.Tally {
		table.Ballots = nil
	}
}

// figure is what a group said of a problem: hands, stones, ballots naming it, or
// points.
func (t *sitting) figure(v *rank.Voice, problem data.ID) int {
	switch {
	case v == nil:
		return 0
	case t.Form == data.Scores:
		return v.Said.Of(problem).Points
	}
	return v.Said.Of(problem).Mentions
}

// matrixView is the matrix of pairs as people know it: each field holds the
// number of the problem that is needed more.
type matrixView struct {
	Titles  []string
	Rows    [][]string // the upper half; empty strings on and below the diagonal
	Reasons []string
}

func (t *sitting) matrix(l *lang.Lang) (m matrixView) {
	listed := t.Sheet.Problems
	for i, a := range listed {
		m.Titles = append(m.Titles, t.title(l, a))
		row := make([]string, len(listed))
		for j := i + 1; j < len(listed); j++ {
			pair, turned := data.PairOf(a, listed[j])
			said, answered := t.Sheet.Pairs[pair]
			row[j] = "?"
			switch {
			case !answered:
			case said.N == 0:
				row[j] = "="
			case said.N > 0 != turned:
				row[j] = strconv.Itoa(i + 1)
			default:
				row[j] = strconv.Itoa(j + 1)
			}
			if said.Reason != "" {
				m.Reasons = append(m.Reasons, l.T("session.matrix.reason", "a", i+1, "b", j+1, "won", row[j], "reason", said.Reason))
			}
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}
