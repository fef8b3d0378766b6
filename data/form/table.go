package form

import (
	"math"
	"slices"
	"strconv"

	"ashar/data"
)

// Table is what kinds of people said to a question: everybody, then each kind.
// A row is a choice, an item with its mark, or a span of numbers.
type Table struct {
	Spans  []Span // the rows, where they are numbers
	Cols   []Col
	Hidden bool // some number is hidden
}

// Col is one kind of people.
type Col struct {
	Count
	N     []int     // by row: how many people
	Of    []int     // by row: of how many; the same for all rows but of a matrix
	Share []float64 // by row: the part of those who answered, weighted where that was asked for; of points the mean
	Hide  []bool    // by row
	Small bool      // so few answered that nothing of them is shown

	parts []part // what other pages show parts of: each must be hidden here too
}

// part is some of the people of a column.
type part struct {
	n        []int // by row
	answered int
}

// Span is a row of numbers: from one up to another, which is in it only where
// the two are the same or it is the last.
type Span struct {
	From, To float64
	Value    string // where it is one value
}

// Spans are the rows of a question with values: each value where they are few,
// else spans of equal width.
func Spans(values map[string]int) []Span {
	const most, some = 12, 8
	numbers := make([]float64, 0, len(values))
	var list []string
	for value := range values {
		list = append(list, value)
		if x, err := strconv.ParseFloat(value, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			numbers = append(numbers, x)
		}
	}
	numeric := len(numbers) == len(values)
	if !numeric || len(values) <= most {
		if numeric {
			slices.SortFunc(list, func(a, b string) int { return compareNumbers(a, b) })
		} else {
			slices.Sort(list)
		}
		var spans []Span
		for _, value := range list[:min(len(list), 40)] {
			spans = append(spans, Span{Value: value})
		}
		return spans
	}
	low, high := slices.Min(numbers), slices.Max(numbers)
	step := niceStep((high - low) / some)
	var spans []Span
	for from := math.Floor(low/step) * step; from <= high && len(spans) < 2*some; from += step {
		spans = append(spans, Span{From: from, To: from + step})
	}
	return spans
}

func compareNumbers(a, b string) int {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// niceStep is the next step above a width that people count in: 1, 2 or 5 times
// a power of ten.
func niceStep(width float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(width)))
	for _, times := range []float64{1, 2, 5} {
		if unit*times >= width {
			return unit * times
		}
	}
	return unit * 10
}

// holds tells whether a value is in a span.
func (s Span) holds(value string) bool {
	if s.From == s.To {
		return s.Value == value
	}
	x, err := strconv.ParseFloat(value, 64)
	return err == nil && x >= s.From && x < s.To
}

// Rows of a question's table, of which one stands for each choice but for a
// matrix, and for values.
func (a *Asked) rows(c *Count, spans []Span) (n, of []int) {
	switch {
	case c.Values != nil:
		n = make([]int, len(spans))
		for i, span := range spans {
			for value, k := range c.Values {
				if span.holds(value) {
					n[i] += k
				}
			}
		}
	default:
		n = slices.Clone(c.Picks)
	}
	of = make([]int, len(n))
	for i := range of {
		of[i] = c.Answered
	}
	if a.Kind == Matrix {
		for i := range a.Choices {
			sum := 0
			for _, k := range n[i*len(a.Marks) : (i+1)*len(a.Marks)] {
				sum += k
			}
			for j := range a.Marks {
				of[i*len(a.Marks)+j] = sum
			}
		}
	}
	return n, of
}

// Table of a question for everybody who came in by one of the tiers, and for
// each kind of them. Numbers of fewer people than least are hidden. Where weight
// is not nil shares are weighted with it; the numbers of people stay as they are.
func (t *Tally) Table(at int, tiers []data.Tier, kinds []func(Cell) bool, least int, weight func(Cell) float64) Table {
	both := func(a, b func(Cell) bool) func(Cell) bool { return func(c Cell) bool { return a(c) && b(c) } }
	want := among(tiers...)
	all := t.Sum(at, want)
	spans := Spans(all.Values)
	table := Table{Spans: spans, Cols: []Col{t.col(at, all, spans, want, weight)}}
	for _, some := range besides(tiers) { // nothing of nobody tells nothing
		if all.Answered == 0 {
			break
		}
		table.Cols[0].parts = append(table.Cols[0].parts, part{answered: t.Sum(at, among(some...)).Answered})
	}
	for _, kind := range kinds {
		in := both(want, kind)
		c := t.col(at, t.Sum(at, in), spans, in, weight)
		if len(tiers) < len(data.Tiers) { // one tier less another must not show a third
			for _, tier := range data.Tiers {
				sum := t.Sum(at, both(among(tier), kind))
				n, _ := t.Asked[at].rows(&sum, spans)
				c.parts = append(c.parts, part{n, sum.Answered})
			}
		}
		table.Cols = append(table.Cols, c)
	}
	table.hide(&t.Asked[at], least)
	return table
}

func (t *Tally) col(at int, sum Count, spans []Span, in func(Cell) bool, weight func(Cell) float64) Col {
	asked := &t.Asked[at]
	c := Col{Count: sum}
	c.N, c.Of = asked.rows(&sum, spans)
	ratio := func(count *Count, n, of []int, i int) (above, below float64) {
		if asked.Kind == Points {
			return float64(count.Points[i]), float64(count.Answered)
		}
		return float64(n[i]), float64(of[i])
	}
	above, below := make([]float64, len(c.N)), make([]float64, len(c.N))
	take := func(count *Count, n, of []int, w float64) {
		for i := range n {
			a, b := ratio(count, n, of, i)
			above[i] += w * a
			below[i] += w * b
		}
	}
	if weight == nil {
		take(&sum, c.N, c.Of, 1)
	} else {
		for cell, counts := range t.Cells {
			if w := weight(cell); in(cell) && w > 0 {
				n, of := asked.rows(&counts[at], spans)
				take(&counts[at], n, of, w)
			}
		}
	}
	c.Share = make([]float64, len(c.N))
	for i := range c.Share {
		c.Share[i] = math.NaN()
		if below[i] > 0 {
			c.Share[i] = above[i] / below[i]
		}
	}
	return c
}
