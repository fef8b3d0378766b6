package chart

import (
	"strconv"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"

	"github.com/go-echarts/go-echarts/v2/opts"
)

func px(n int) string { return strconv.Itoa(n) }

// bar is one row of a ranked list.
type bar struct {
	mark  string
	title string
	score float64
	text  string // the score as it stands beside the bar
	sure  string // the places it can take, "1–3", at the end of the row
	tier  bool   // a tier begins with it: a line parts it from those above
}

// Ranked is problems in order of need, as bars.
func Ranked(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, id string) Figure {
	return RankedSure(l, titles, r, Sure{}, id)
}

// RankedSure is Ranked with the places that each problem can take at the end of
// its row, and lines between tiers. Without any range it is Ranked.
func RankedSure(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, sure Sure, id string) Figure {
	digits := Digits(r)
	places := scored(r)
	tiers := sure.tiers(places)
	f := Figure{ID: id, Heading: rankedHeading(l, titles, r, digits), Table: rankedTable(l, titles, r, digits)}
	f.Table.sure(l, r, sure, tiers)
	f.Description = l.T("chart.ranked.description", "n", len(places), "list", best(l, titles, r, digits))
	if len(places) < 2 {
		return f // nothing to compare
	}
	f.Note = note(l, len(places), 0)
	var heads []string // over the ranges, where there are any
	if tiers != nil {
		f.Note += " " + sure.note(l, tiers)
		heads = append(heads, l.T("chart.sure.head"))
	}
	var rows []bar
	for i, p := range places[:min(mostProblems, len(places))] {
		row := bar{mark: Mark(p), title: titles(p.Problem), score: rounded(p.Score, digits), text: scoreText(l, p.Score, digits)}
		if tiers != nil {
			row.sure, row.tier = sure.of(p.Problem), i > 0 && tiers[i] > tiers[i-1]
		}
		rows = append(rows, row)
	}
	f.draw(func(s sheet) Drawing { return rankedDrawing(s, rows, heads...) })
	f.Options = rankedOptions(l, rows, f.Description, heads...)
	f.Height = rowHigh*len(rows) + 16 + sureHead*len(heads)
	return f
}

// sure adds the places that each problem can take, and its tier.
func (t *Table) sure(l *lang.Lang, r rank.Ranking, sure Sure, tiers []int) {
	if tiers == nil {
		return
	}
	t.Head = append(t.Head, number(l.T("chart.sure.places")), number(l.T("chart.tier")))
	for i, p := range r.Places {
		places, tier := undefined, undefined
		if i < len(tiers) {
			places, tier = sure.of(p.Problem), strconv.Itoa(tiers[i])
		}
		t.Rows[i] = append(t.Rows[i], number(places), number(tier))
	}
}

func rankedHeading(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, digits int) string {
	switch ids := firsts(r); len(ids) {
	case 0:
		return l.T("chart.none")
	case 1:
		return l.T("chart.ranked.first", "title", quoted(l, titles, ids), "score", scoreText(l, r.Places[0].Score, digits))
	default:
		return l.T("chart.ranked.tied", "titles", quoted(l, titles, ids))
	}
}

// numbers is the room beside the longest bar: for its number, and on a broad sheet
// for the range behind it.
func (s sheet) numbers() int {
	if s.above > 0 {
		return numberW
	}
	return 2 * numberW
}

// sureHead is the room for a head over the ranges.
const sureHead = 24

func rankedDrawing(s sheet, rows []bar, heads ...string) Drawing {
	var names []string
	for _, row := range rows {
		names = append(names, row.title)
	}
	left := s.plotX(names)
	full := float64(s.width - left - s.numbers()) // what 100 of 100 takes
	top := 4 + sureHead*len(heads)
	d := Drawing{Width: s.width, Height: top + s.rows(len(rows)) + 4}
	for _, head := range heads {
		d.text("head", "end", s.width-4, top-8, head)
	}
	d.line("axis", left, top-4, left, d.Height)
	for i, row := range rows {
		title := top + s.rows(i)
		if row.tier {
			d.line("tier", 8, title, s.width-4, title)
		}
		y := d.label(s, title, row.mark, row.title)
		long := int(row.score*full/100 + 0.5)
		d.Rects = append(d.Rects, Rect{X: left, Y: y + (rowHigh-barHigh)/2, W: long, H: barHigh, Class: "group-all", Title: row.title + ": " + row.text})
		d.text("value", "start", left+long+8, y+rowHigh/2+5, row.text)
		if row.sure != "" {
			d.text("sure", "end", s.width-4, title+rowHigh/2+5, row.sure)
		}
	}
	return d
}

func rankedOptions(l *lang.Lang, rows []bar, description string, heads ...string) string {
	var names, sure []string
	var points []opts.BarData
	for _, row := range rows {
		names, sure = append(names, row.mark+"  "+row.title), append(sure, row.sure)
		points = append(points, opts.BarData{Value: row.score, Label: label(row.text)})
	}
	b := bars(0, 100, plotX(names), false)
	b.SetXAxis(names).AddSeries(l.T("ranking.score.help"), points, coloured(slate, "right"))
	for _, head := range heads {
		b.GridList[0].Top, b.GridList[0].Right = px(sureHead+8), px(2*numberW+16)
		b.ExtendYAxis(rightNames(sure, head), slots(len(rows)))
		var lines []spot
		for i, row := range rows {
			if row.tier {
				lines = append(lines, at(0, i), at(100, i), gap)
			}
		}
		b.Overlap(lineOf("", lines, 2, &opts.LineStyle{Color: ink, Width: 1.5}, nil))
	}
	return options(b, description, solid)
}

// rankedTable has every problem, and a column for each count that the votes
// carry.
func rankedTable(l *lang.Lang, titles func(data.ID) string, r rank.Ranking, digits int) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{number(l.T("ranking.rank")), words(l.T("chart.problem")), number(l.T("ranking.score.help"))}}
	has := func(there func(rank.Place) bool) bool { return len(r.Places) > 0 && there(r.Places[0]) }
	first := has(func(p rank.Place) bool { return p.First != nil })
	mentions := has(func(p rank.Place) bool { return p.Mentions != nil })
	points := has(func(p rank.Place) bool { return p.Points != nil })
	for _, c := range []struct {
		there bool
		key   string
	}{{first, "ranking.first"}, {mentions, "ranking.mentions"}, {points, "ranking.points"}, {true, "chart.named"}} {
		if c.there {
			t.Head = append(t.Head, number(l.T(c.key)))
		}
	}
	for _, p := range r.Places {
		row := []Cell{number(Mark(p)), name(titles(p.Problem)), number(scoreText(l, p.Score, digits))}
		if first {
			row = append(row, number(share(l, p)))
		}
		if mentions {
			row = append(row, number(count(l, p.Mentions)))
		}
		if points {
			row = append(row, number(count(l, p.Points)))
		}
		t.Rows = append(t.Rows, append(row, number(l.T("count.of", "k", p.Named, "n", p.Of))))
	}
	return t
}

func count(l *lang.Lang, n *int) string {
	if n == nil {
		return undefined
	}
	return l.Number(*n)
}

// share is first places, which ties may have split.
func share(l *lang.Lang, p rank.Place) string {
	if p.First == nil {
		return undefined
	}
	f, _ := p.First.Float64()
	if p.First.IsInt() {
		return l.Decimal(f, 0)
	}
	return l.Decimal(f, 2)
}
