package chart

import (
	"cmp"
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// What a picture of slopes can hold.
const (
	slopeCols  = 6
	slopeRows  = 20
	slopeLines = 8 // that stand out; the others are grey
)

// slope is one problem with where it stands in each column.
type slope struct {
	title  string
	places []rank.Place
	slot   []int // the row in each column, equals under each other; -1 where it has no place
	out    bool  // it stands out
}

// way is how a problem moves from the first column to the last, as a class.
func (s slope) way() string {
	first, last := s.places[0].Rank, s.places[len(s.places)-1].Rank
	switch {
	case first == 0 || last == 0 || first == last:
		return "stay"
	case last < first:
		return "rise"
	}
	return "fall"
}

// moves is by how many places a problem moves between any two columns.
func (s slope) moves() int {
	best, worst := s.span()
	return worst - best
}

func (s slope) span() (best, worst int) {
	for _, p := range s.places {
		if p.Rank > 0 {
			worst = max(worst, p.Rank)
			if best == 0 || p.Rank < best {
				best = p.Rank
			}
		}
	}
	return best, worst
}

// Slope is what changes its place from one column to the next: from women to
// men, from village to village, from round to round, from view to view.
// There must be two columns at least; a picture shows the first six.
func Slope(l *lang.Lang, titles func(data.ID) string, cols []Column, id string) Figure {
	all := slopes(titles, cols)
	f := Figure{ID: id, Heading: slopeHeading(l, all, cols), Table: slopeTable(l, all, cols)}
	f.Description = l.T("chart.slope.description", "list", slopeList(l, all))
	if len(cols) < 2 || len(all) < 2 {
		return f
	}
	notes := []string{l.T("chart.slope.note")}
	if len(cols) > slopeCols {
		notes = append(notes, l.T("chart.cut.groups", "n", slopeCols, "total", len(cols)))
		cols = cols[:slopeCols]
	}
	if len(all) > slopeRows {
		notes = append(notes, l.T("chart.cut.problems", "n", slopeRows, "total", len(all)))
		all = all[:slopeRows]
	}
	f.Note = strings.Join(notes, " ")
	settle(all, len(cols))
	f.draw(func(s sheet) Drawing { return slopeDrawing(s, all, cols) }) // ECharts has no room for names at both ends of it on a tablet
	return f
}

// slopes are all problems that have a place somewhere: the ones with the best
// places first, of these the ones that move most.
func slopes(titles func(data.ID) string, cols []Column) (all []slope) {
	at := map[data.ID]int{}
	for j, col := range cols {
		for _, p := range scored(col.Ranking) {
			i, ok := at[p.Problem]
			if !ok {
				i = len(all)
				at[p.Problem] = i
				all = append(all, slope{title: titles(p.Problem), places: make([]rank.Place, len(cols))})
			}
			all[i].places[j] = p
		}
	}
	slices.SortStableFunc(all, func(a, b slope) int {
		first, _ := a.span()
		second, _ := b.span()
		return cmp.Or(cmp.Compare(first, second), cmp.Compare(b.moves(), a.moves()))
	})
	return all
}

// settle gives each problem its row in each column, and says which stand out.
func settle(all []slope, cols int) {
	for i := range all {
		all[i].places, all[i].slot, all[i].out = all[i].places[:cols], make([]int, cols), i < slopeLines
	}
	for j := range cols {
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			x, y := all[a].places[j].Rank, all[b].places[j].Rank
			switch {
			case x == 0 || y == 0:
				return cmp.Compare(y, x) // those without a place come last
			case x != y:
				return x - y
			case j > 0:
				return all[a].slot[j-1] - all[b].slot[j-1]
			}
			return 0
		})
		for row, i := range order {
			all[i].slot[j] = row
			if all[i].places[j].Rank == 0 {
				all[i].slot[j] = -1
			}
		}
	}
}

func slopeHeading(l *lang.Lang, all []slope, cols []Column) string {
	if len(cols) < 2 || len(all) == 0 {
		return l.T("chart.none")
	}
	most := all[0]
	for _, s := range all {
		if s.moves() > most.moves() {
			most = s
		}
	}
	best, worst := most.span()
	if best == worst {
		return l.T("chart.slope.same")
	}
	title := l.T("chart.quoted", "title", most.title)
	return l.T("chart.slope.most", "title", title, "best", best, "worst", worst)
}

func slopeList(l *lang.Lang, all []slope) string {
	var list []string
	for _, s := range all {
		var marks []string
		for _, p := range s.places {
			marks = append(marks, Mark(p))
		}
		list = append(list, s.title+" – "+strings.Join(marks, ", "))
	}
	if list == nil {
		return undefined
	}
	return listed(l, list, "; ")
}

func slopeTable(l *lang.Lang, all []slope, cols []Column) Table {
	t := Table{Name: l.T("chart.table"), Head: []Cell{words(l.T("chart.problem"))}}
	for _, col := range cols {
		t.Head = append(t.Head, number(l.T("chart.group.column", "group", col.Name, "what", l.T("ranking.rank"))))
	}
	for _, s := range all {
		row := []Cell{name(s.title)}
		for _, p := range s.places {
			row = append(row, number(Mark(p)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
