package chart

import (
	"unicode/utf8"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// SlideRow is one problem as it stands on a wall: words that the browser breaks
// into lines, a bar and the rungs of a ladder.
type SlideRow struct {
	Mark  string
	Title string
	Score string
	Bar   int    // of 1000
	Sure  string // the places it can take, "1–3"; empty where not known
	Rungs []Rung // one for each place; empty where not known
}

// Rung is one place of a ladder.
type Rung struct {
	May bool // it can be taken
	Now bool // the count puts the problem there
}

// SlideMost is how many bars can be read from the back of a hall.
const SlideMost = 7

// SlideRows are the first problems of a ranking, at most SlideMost, for a slide;
// their scores have so many digits.
func SlideRows(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, sure Sure, most, digits int) (rows []SlideRow) {
	all := scored(r)
	for _, p := range all[:min(most, SlideMost, len(all))] {
		row := SlideRow{Mark: Mark(p), Title: titles(p.Problem), Score: scoreText(l, p.Score, digits), Bar: int(rounded(p.Score, digits)*10 + 0.5)}
		if span, ok := sure.Ranges[p.Problem]; ok {
			row.Sure = span.String()
			for place := 1; place <= len(all); place++ {
				row.Rungs = append(row.Rungs, Rung{May: span.Best <= place && place <= span.Worst, Now: place == p.Rank})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// SlideGrid is who was heard, as a table of few and large cells.
type SlideGrid struct {
	Heads []string
	Rows  []SlideGridRow
}

// SlideGridRow is one sex, or everybody.
type SlideGridRow struct {
	Name  string
	Group string // women, men, all
	Cells []SlideCell
}

// SlideCell is how many came. Missing ones are those whom nobody heard.
type SlideCell struct {
	Text    string
	Part    string // share of the residents; empty where they are not known
	Level   int    // shade, 1 to 4; 0 where nobody is to be expected
	Missing bool
}

// HeardGrid is who was heard for a slide, with the finding to stand over it.
func HeardGrid(l *lang.Lang, h rank.Heard, tag func(string) string) (heading string, g SlideGrid) {
	rows, cols := heardRows(l, h), heardCols(l, h, tag)
	g.Heads = cols
	for i, line := range heardCells(l, h, rows, cols) {
		row := SlideGridRow{Name: rows[i], Group: groupOf(h.Rows[i])}
		for _, c := range line {
			row.Cells = append(row.Cells, SlideCell{Text: c.came, Part: c.part, Level: c.level, Missing: c.Missing()})
		}
		g.Rows = append(g.Rows, row)
	}
	return heardHeading(l, h, rows, cols), g
}

// Slide is one message for the wall. Empty parts are left out.
type Slide struct {
	Heading string      // the message
	Text    []string    // what follows from it, in a sentence or two
	Rows    []SlideRow  // bars, or with Ladder the places that each can take
	Ladder  bool        // draws the rungs of the rows instead of their bars
	Lists   []SlideList // two beside each other
	Grid    *SlideGrid
	Replay  *Replay
	Note    string // what the numbers are, small; never anything that is needed
}

// Long tells that the message needs smaller letters.
func (s Slide) Long() bool { return utf8.RuneCountInString(s.Heading) > 70 }

// Many tells that each row has one line.
func (s Slide) Many() bool { return len(s.Rows) > 5 }

// SlideList is the list of one side.
type SlideList struct {
	Name  string
	Group string // women, men, all
	N     string // how many people said so, in words
	Rows  []SlideRow
	None  string // why there are no rows
}
