package handlers

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/rank"
	"ashar/templates/chart"
)

// answers are the rows and columns of a question as they are drawn.
func (a *asking) answers(id string) chart.Answers {
	all := &a.table.Cols[0]
	out := chart.Answers{ID: id, Heading: a.finding(), Unit: a.l.T("survey.unit." + a.unit()), Name: a.l.T("survey.row.choice"), Most: 100}
	if all.Values != nil {
		out.Name = a.l.T("survey.row.value")
	}
	if a.Kind == forms.Points {
		out.Most = float64(max(1, a.Question.Points))
	}
	if a.weight != nil && a.Kind != forms.Pairs {
		out.Note = a.l.T("survey.weight.note")
	}
	for _, row := range a.rows {
		out.Rows = append(out.Rows, a.label(row))
	}
	out.All = chart.AnswerCol{Name: a.l.T("survey.kind", "name", a.l.T("sex.all"), "n", a.l.Number(all.Answered)), Cells: a.cells(all)}
	for i := range a.kinds {
		out.Kinds = append(out.Kinds, chart.AnswerCol{Name: a.kinds[i].name, Cells: a.cells(&a.table.Cols[i+1])})
	}
	out.Sexes = a.by == "sex" && len(a.kinds) == 2 && *a.kinds[0].cut.Sex == data.Female && *a.kinds[1].cut.Sex == data.Male
	if a.Kind == forms.Rank {
		a.ranked(&out)
	}
	return out
}

func (a *asking) unit() string {
	switch a.Kind {
	case forms.Rank, forms.Pairs:
		return "wins"
	case forms.Points:
		return "points"
	case forms.Matrix:
		return "marks"
	}
	return "share"
}

// hiddenMark stands where a number of few people is hidden.
const hiddenMark = "*"

func (a *asking) cells(c *forms.Col) (cells []chart.AnswerCell) {
	for _, row := range a.rows {
		cells = append(cells, a.cell(c, row))
	}
	return cells
}

func (a *asking) cell(c *forms.Col, row int) chart.AnswerCell {
	share := c.Share[row]
	switch {
	case c.Small || c.Hide[row]:
		return chart.AnswerCell{None: true, Short: hiddenMark, Long: hiddenMark}
	case math.IsNaN(share):
		return chart.AnswerCell{None: true, Short: "–", Long: "–"}
	}
	switch a.unit() {
	case "points":
		text := a.l.Decimal(share, 1)
		return chart.AnswerCell{Value: share, Short: text, Long: text}
	case "wins":
		text := a.l.Decimal(share*100, 0)
		return chart.AnswerCell{Value: share * 100, Short: text, Long: text}
	}
	text := a.l.Percent(math.Round(share*100) / 100)
	return chart.AnswerCell{Value: share * 100, Short: text, Long: a.l.T("survey.cell", "share", text, "k", a.l.Number(c.N[row]), "n", a.l.Number(c.Of[row]))}
}

// ranked adds what the ballots of a ranking question say besides the score.
func (a *asking) ranked(out *chart.Answers) {
	k := a.most()
	first := chart.AnswerExtra{Head: a.l.T("ranking.first")}
	named := chart.AnswerExtra{Head: a.l.T("ranking.mentions")}
	points := chart.AnswerExtra{Head: a.l.T("survey.points.fixed", "k", k)}
	all := &a.table.Cols[0]
	for _, row := range a.rows {
		p := placeOf(&a.order, a.IDs[row])
		out.Marks = append(out.Marks, chart.Mark(p))
		share := 0.0
		if p.First != nil {
			share, _ = p.First.Float64()
		}
		sum := 0
		for place, n := range all.Places[row] {
			sum += max(0, k-place) * n
		}
		first.Cells = append(first.Cells, a.l.Decimal(share, fractions(share)))
		named.Cells = append(named.Cells, a.l.T("count.of", "k", all.N[row], "n", all.Answered))
		points.Cells = append(points.Cells, a.l.T("count.of", "k", sum, "n", k*all.Answered))
	}
	out.Extra = []chart.AnswerExtra{first, named, points}
}

func fractions(x float64) int {
	if x == math.Trunc(x) {
		return 0
	}
	return 1
}

// finding is the heading of a figure.
func (a *asking) finding() string {
	all := &a.table.Cols[0]
	best := math.NaN()
	for _, row := range a.rows {
		if math.IsNaN(best) || all.Share[row] > best {
			best = all.Share[row]
		}
	}
	if math.IsNaN(best) {
		return a.l.T("chart.none")
	}
	var same []string
	top := -1
	for _, row := range a.rows {
		if all.Share[row] == best {
			same = append(same, a.l.T("chart.quoted", "title", a.label(row)))
			top = row
		}
	}
	if len(same) > 1 && a.Kind != forms.Matrix {
		return a.l.T("survey.says.tied", "list", strings.Join(same[:min(3, len(same))], ", "))
	}
	return a.l.T("survey.says."+a.unit(), "title", same[len(same)-1], "value", a.cell(all, top).Short)
}

func numeric(text string) chart.Cell { return chart.Cell{Text: text, Numeric: true} }

// places are how often each choice stood in each place.
func (a *asking) places() chart.Table {
	all := &a.table.Cols[0]
	longest := 0
	for _, places := range all.Places {
		longest = max(longest, len(places))
	}
	t := chart.Table{Name: a.l.T("survey.places"), Head: []chart.Cell{{Text: a.l.T("survey.row.choice")}}}
	for place := range longest {
		t.Head = append(t.Head, numeric(a.l.T("survey.place", "n", place+1)))
	}
	t.Head = append(t.Head, numeric(a.l.T("survey.place.none")))
	for _, row := range a.rows {
		line := []chart.Cell{{Text: a.label(row), Header: true}}
		for place := range longest {
			n := 0
			if place < len(all.Places[row]) {
				n = all.Places[row][place]
			}
			line = append(line, numeric(a.l.Number(n)))
		}
		t.Rows = append(t.Rows, append(line, numeric(a.l.Number(all.Answered-all.N[row]))))
	}
	return t
}

// mostPairs is how many choices a table of pairs can hold and still be read.
const mostPairs = 12

// pairs are how many people put the choice of a row before that of a column.
func (a *asking) pairs() chart.Table {
	all, m := &a.table.Cols[0], len(a.Choices)
	rows := a.rows[:min(mostPairs, len(a.rows))]
	t := chart.Table{Name: a.l.T("survey.pairs"), Head: []chart.Cell{{Text: a.l.T("survey.pairs.before")}}}
	for i := range rows {
		t.Head = append(t.Head, numeric(a.l.T("survey.pairs.column", "n", i+1)))
	}
	for i, row := range rows {
		line := []chart.Cell{{Text: a.l.Number(i+1) + ". " + a.label(row), Header: true}}
		for _, other := range rows {
			text := "·"
			if row != other {
				text = a.l.Number(all.Wins[row*m+other])
			}
			line = append(line, numeric(text))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// beats says whether one choice wins against every other, head to head.
func (a *asking) beats() string {
	all, m := &a.table.Cols[0], len(a.Choices)
	for row := range m {
		wins := 0
		for other := range m {
			if row != other && all.Wins[row*m+other] > all.Wins[other*m+row] {
				wins++
			}
		}
		if wins == m-1 {
			return a.l.T("survey.pairs.winner", "title", a.l.T("chart.quoted", "title", a.label(row)))
		}
	}
	return a.l.T("survey.pairs.none")
}

// alikeStrength is a difference of strengths that rounding may have made.
const alikeStrength = 1e-9

// strength is the order of the choices where some pairs were compared more often
// than others, so that who won most says too little; empty where all were alike, and
// where no chain of comparisons ties some of them to the others.
func (a *asking) strength() string {
	all, m := &a.table.Cols[0], len(a.Choices)
	wins, compared := make([][]float64, m), map[int]bool{}
	for row := range m {
		wins[row] = make([]float64, m)
		for other := range m {
			ties := all.Ties[row*m+other]
			wins[row][other] = float64(all.Wins[row*m+other]) + float64(ties)/2
			if row != other {
				compared[all.Wins[row*m+other]+all.Wins[other*m+row]+ties] = true
			}
		}
	}
	theta, ok := rank.Terry(wins)
	if !ok || len(compared) < 2 {
		return ""
	}
	rows := slices.Clone(a.rows)
	slices.SortStableFunc(rows, func(i, j int) int { return cmp.Compare(theta[j], theta[i]) })
	list := ""
	for i, row := range rows {
		switch {
		case i == 0:
		case theta[rows[i-1]]-theta[row] < alikeStrength:
			list += " = "
		default:
			list += ", "
		}
		list += a.l.T("chart.quoted", "title", a.label(row))
	}
	return a.l.T("survey.pairs.strength", "list", list)
}

// middle is the mean and the median of numbers, of each of which it is known how
// many said it.
func (a *asking) middle(values map[string]int) string {
	type said struct {
		x float64
		n int
	}
	var list []said
	n, sum := 0, 0.0
	for value, times := range values {
		if x, err := strconv.ParseFloat(value, 64); err == nil {
			list = append(list, said{x, times})
			n, sum = n+times, sum+x*float64(times)
		}
	}
	if n == 0 {
		return ""
	}
	slices.SortFunc(list, func(a, b said) int { return cmp.Compare(a.x, b.x) })
	at := func(place int) float64 {
		for _, one := range list {
			if place -= one.n; place < 0 {
				return one.x
			}
		}
		return math.NaN()
	}
	median := (at((n-1)/2) + at(n/2)) / 2
	return a.l.T("survey.middle", "mean", a.l.Decimal(sum/float64(n), 1), "median", a.l.Decimal(median, fractions(median)))
}
