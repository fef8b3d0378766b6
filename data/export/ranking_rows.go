package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ashar/data"
)

// share is a score among other numbers: the only one always written with a
// fraction.
type share float64

// rows are a document as a table: text, int, float64, share, bool, or nil where
// nothing is defined. Every writer for people prints these, so that all have
// the same numbers.
type rows struct {
	head  []string
	lines [][]any
}

// long is a line for each problem with everybody and with each group.
func (d Document) long(words Words) rows {
	r := rows{head: d.heads(words, d.groupHeads(words))}
	for _, p := range d.Problems {
		var everybody []any
		for range d.groupHeads(words) {
			everybody = append(everybody, words("export.all"))
		}
		r.lines = append(r.lines, p.line(everybody, d.N, p.Standing))
		for _, g := range p.Groups {
			r.lines = append(r.lines, p.line(g.names(words), g.N, g.Standing))
		}
	}
	return r
}

// overall is a line for each problem with everybody.
func (d Document) overall(words Words) rows {
	r := rows{head: d.heads(words, nil)}
	for _, p := range d.Problems {
		r.lines = append(r.lines, p.line(nil, d.N, p.Standing))
	}
	return r
}

func (d Document) heads(words Words, groups []string) []string {
	h := []string{words("ranking.rank"), words("ranking.tied"), words("export.problem")}
	return append(append(h, groups...), words("ranking.people"), words("ranking.score"), words("ranking.first"),
		words("ranking.mentions"), words("ranking.points"), words("export.source"), words("export.id"))
}

func (d Document) groupHeads(words Words) (heads []string) {
	for _, part := range []struct {
		asked bool
		key   string
	}{{d.By.Sex, "sex.title"}, {d.By.Band, "band.title"}, {d.By.Village, "village.title"}, {d.By.Tag, "tag.title"}} {
		if part.asked {
			heads = append(heads, words(part.key))
		}
	}
	return heads
}

func (p RankedProblem) line(groups []any, n int, s Standing) []any {
	line := append([]any{value(s.Rank), s.Tied, p.Title}, groups...)
	return append(line, n, value((*share)(s.Score)), value(s.First), value(s.Mentions), value(s.Points), value(p.Source), p.ID.String())
}

// value is what a pointer points at, a bare nil where it points at nothing.
func value[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// names say the group as people do.
func (g RankedGroup) names(words Words) (names []any) {
	if g.Sex != nil {
		names = append(names, words("sex."+*g.Sex))
	}
	if g.Band != nil {
		names = append(names, nameOf(*g.Band, *g.Band, words, "band.unknown"))
	}
	if g.Village != nil {
		names = append(names, *g.Village)
	}
	if g.Tag != nil {
		names = append(names, nameOf(*g.Tag, g.tagName, words, "tag.unknown"))
	}
	return names
}

func nameOf(key, name string, words Words, unsaid string) string {
	if key == unknown {
		return words(unsaid)
	}
	return name
}

// CSV writes a line for each problem with everybody and with each group, with
// the byte order mark that spreadsheets want, and no text that they would take
// for a formula.
func (d Document) CSV(w io.Writer, words Words) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	r := d.long(words)
	head := make([]string, len(r.head))
	for i, h := range r.head {
		head[i] = Harmless(h)
	}
	_ = out.Write(head) // the writer keeps its first error
	for _, line := range r.lines {
		cells := make([]string, len(line))
		for i, v := range line {
			cells[i] = plain(v, words)
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

func plain(v any, words Words) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return Harmless(v)
	case bool:
		return yesNo(v, words)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case share:
		return strconv.FormatFloat(float64(v), 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func yesNo(yes bool, words Words) string {
	if yes {
		return words("export.yes")
	}
	return words("export.no")
}

// Table writes the ranking for a terminal, and that of each group after it.
// Scores are how many of 100 comparisons a problem wins.
func (d Document) Table(w io.Writer, words Words) error {
	var b strings.Builder
	for _, line := range d.top(words) {
		fmt.Fprintln(&b, data.Clean(line))
	}
	b.WriteByte('\n')
	printRanking(&b, words, d.Problems, func(p RankedProblem) Standing { return p.Standing })
	for i, group := range d.groups() {
		g := func(p RankedProblem) RankedGroup { return p.Groups[i] }
		fmt.Fprintf(&b, "\n%s: %s\n", joined(group.names(words)), words("count.people", "n", group.N))
		inGroup := slices.Clone(d.Problems)
		slices.SortStableFunc(inGroup, func(a, b RankedProblem) int { return byRank(g(a).Rank, g(b).Rank) })
		printRanking(&b, words, inGroup, func(p RankedProblem) Standing { return g(p).Standing })
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// groups are those that every problem stands in.
func (d Document) groups() []RankedGroup {
	if len(d.Problems) == 0 {
		return nil
	}
	return d.Problems[0].Groups
}

func joined(names []any) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = data.Clean(fmt.Sprint(n))
	}
	return strings.Join(all, ", ")
}

// top is what must be known to read the numbers.
func (d Document) top(words Words) []string {
	lines := []string{strings.Trim(d.Municipality+" · "+d.Round, " ·")}
	if d.Of != "" {
		lines = append(lines, d.Of)
	}
	lines = append(lines, words("export.view", "view", words("view."+string(d.View)))+"; "+words("count.people", "n", d.N),
		words("export.rule", "view", words("view."+string(d.Rule.View)), "rho", strconv.FormatFloat(d.Rule.Rho, 'f', -1, 64)),
		words("export.method"))
	return append(lines, d.Notes...)
}

func printRanking(b *strings.Builder, words Words, problems []RankedProblem, standing func(RankedProblem) Standing) {
	lines := [][]string{{words("ranking.rank"), words("export.problem"), words("export.wins"), words("ranking.first"), words("ranking.mentions"), words("ranking.points")}}
	for _, p := range problems {
		s := standing(p)
		mark := terminal(value(s.Rank), 0)
		if s.Tied {
			mark += "="
		}
		var wins any
		if s.Score != nil {
			wins = 100 * *s.Score
		}
		lines = append(lines, []string{mark, data.Clean(p.Title), terminal(wins, 1), terminal(value(s.First), 2), terminal(value(s.Mentions), 0), terminal(value(s.Points), 0)})
	}
	align(b, lines, 1)
}

func terminal(v any, digits int) string {
	switch v := v.(type) {
	case nil:
		return "–"
	case float64:
		s := strconv.FormatFloat(v, 'f', digits, 64)
		if digits == 2 { // first places are mostly whole
			s = strings.TrimSuffix(s, ".00")
		}
		return s
	}
	return fmt.Sprint(v)
}

// align pads columns to one width, to the left but for the one of texts.
func align(b *strings.Builder, lines [][]string, text int) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, line := range lines {
		for i, cell := range line {
			pad := strings.Repeat(" ", widths[i]-columns(cell))
			if i == text {
				cell += pad
			} else {
				cell = pad + cell
			}
			if i > 0 {
				b.WriteString("  ")
			}
			b.WriteString(cell)
		}
		b.WriteByte('\n')
	}
}

// columns is how many columns of a terminal a text takes: marks that sit on a
// letter take none. Cyrillic letters take one each.
func columns(s string) (n int) {
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			n++
		}
	}
	return n
}
