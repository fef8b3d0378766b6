// Package chart draws what package rank counts. Each figure is plain data: what
// ECharts needs, a drawing of rectangles and texts for paper and for pages
// without scripts, and a table of the same numbers. The part "figure" of the
// templates prints it, and only the template's own escaping stands between what
// people typed and the page: go-echarts is used to build options, never to
// write HTML.
package chart

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// Figure is one picture with its finding and its numbers.
type Figure struct {
	ID          string // of its element
	Heading     string // the finding
	Note        string // what the picture leaves out, or what follows from it
	Description string // for those who do not see it
	Options     string // JSON for ECharts; empty where there is nothing to draw
	Height      int    // in pixels, of what ECharts draws
	Drawing     Drawing
	Slim        Drawing // the same for a phone
	Table       Table
}

// draw makes the drawing for each kind of sheet.
func (f *Figure) draw(on func(sheet) Drawing) { f.Drawing, f.Slim = on(broad), on(slim) }

// Sheet is one of the drawings of a figure, as the page shows it.
type Sheet struct {
	ID, Class            string // of its element: broad, slim
	Heading, Description string
	Drawing              Drawing
	Long                 bool // it is wider than a phone all the same
}

// Sheets are the drawings of a figure, if it has any.
func (f Figure) Sheets() []Sheet {
	if f.Drawing.Width == 0 {
		return nil
	}
	return []Sheet{{f.ID, "broad", f.Heading, f.Description, f.Drawing, false},
		{f.ID + "-slim", "slim", f.Heading, f.Description, f.Slim, f.Slim.Width > slim.width}}
}

// Table is the numbers of a figure.
type Table struct {
	Name string
	Head []Cell
	Rows [][]Cell
}

// Cell is one cell of a table: a number, or the name of its row, or other words.
type Cell struct {
	Text    string
	Numeric bool
	Header  bool // it names its row
}

func name(text string) Cell   { return Cell{Text: text, Header: true} }
func words(text string) Cell  { return Cell{Text: text} }
func number(text string) Cell { return Cell{Text: text, Numeric: true} }

// What a picture can hold and still be read; the rest is in the table.
const (
	mostProblems = 30
	mostGroups   = 18
)

// undefined stands where there is no number.
const undefined = "–"

// Mark is a rank as people write it: 1, 2=, 2=, 4; a dash where there is none.
func Mark(p rank.Place) string {
	switch {
	case p.Rank == 0:
		return undefined
	case p.Tied:
		return strconv.Itoa(p.Rank) + "="
	}
	return strconv.Itoa(p.Rank)
}

// Digits is how many digits after the mark the scores of rankings that are read
// beside each other need so that no two different ones of a ranking look the
// same, at most two.
func Digits(rankings ...rank.Ranking) (digits int) {
	for _, r := range rankings {
		for digits < 2 && !tells(r, digits) {
			digits++
		}
	}
	return digits
}

func tells(r rank.Ranking, digits int) bool {
	for i := 1; i < len(r.Places); i++ {
		a, b := r.Places[i-1].Score, r.Places[i].Score
		if a != nil && b != nil && a.Cmp(b) != 0 && rounded(a, digits) == rounded(b, digits) {
			return false
		}
	}
	return true
}

// rounded is how many of 100 comparisons a score wins. Floats are enough to round
// what does not lie half way between two numbers.
func rounded(score *big.Rat, digits int) float64 {
	f, _ := score.Float64()
	tens := math.Pow10(digits)
	f *= 100 * tens
	if down := math.Floor(f); math.Abs(f-down-0.5) > 1e-6 {
		return math.Floor(f+0.5) / tens
	}
	f, _ = new(big.Rat).Mul(score, big.NewRat(100, 1)).Float64()
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'f', digits, 64), 64)
	return f
}

// ScoreText is a score, 0 to 1, as it stands in every picture and table: how many
// of 100 comparisons it wins, with so many digits.
func ScoreText(l *lang.Lang, score *big.Rat, digits int) string { return scoreText(l, score, digits) }

func scoreText(l *lang.Lang, score *big.Rat, digits int) string {
	if score == nil {
		return undefined
	}
	return l.Decimal(rounded(score, digits), digits)
}

// scored are the places that have a score; they come first.
func scored(r rank.Ranking) []rank.Place {
	for i, p := range r.Places {
		if p.Score == nil {
			return r.Places[:i]
		}
	}
	return r.Places
}

// firsts are the problems in first place.
func firsts(r rank.Ranking) (ids []data.ID) {
	for _, p := range scored(r) {
		if p.Rank == 1 {
			ids = append(ids, p.Problem)
		}
	}
	return ids
}

// quoted names problems in a sentence.
func quoted(l *lang.Lang, titles func(data.ID) string, ids []data.ID) string {
	var all []string
	for _, id := range ids {
		all = append(all, l.T("chart.quoted", "title", titles(id)))
	}
	return listed(l, all, ", ")
}

// listed writes the first few of a list, and how many more there are.
func listed(l *lang.Lang, all []string, between string) string {
	const few = 5
	if len(all) <= few {
		return strings.Join(all, between)
	}
	return l.T("chart.more", "list", strings.Join(all[:few], between), "n", len(all)-few)
}

// best says which problems lead a ranking, with their scores.
func best(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, digits int) string {
	var all []string
	for _, p := range scored(r)[:min(3, len(scored(r)))] {
		all = append(all, titles(p.Problem)+" – "+scoreText(l, p.Score, digits))
	}
	if all == nil {
		return undefined
	}
	return strings.Join(all, "; ")
}

// note says what the numbers of a picture are, and what it leaves out.
func note(l *lang.Lang, problems, groups int) string {
	all := []string{l.T("chart.unit")}
	if problems > mostProblems {
		all = append(all, l.T("chart.cut.problems", "n", mostProblems, "total", problems))
	}
	if groups > mostGroups {
		all = append(all, cutGroups(l, groups))
	}
	return strings.Join(all, " ")
}

func cutGroups(l *lang.Lang, groups int) string {
	return l.T("chart.cut.groups", "n", mostGroups, "total", groups)
}

// asJSON writes options the safe way. Should they not be writable, the drawing
// and the table are still there.
func asJSON(options map[string]any) string {
	raw, err := json.Marshal(options)
	if err != nil {
		return ""
	}
	return string(raw)
}
