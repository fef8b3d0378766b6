package report

import "slices"

// How lists are set.
const (
	listHead   = 13 // size of a list's name
	listSize   = 10.5
	listGap    = 26 // between two lists
	listRow    = 3  // free above a row and below it
	listTitle  = 4  // lines of a title at most
	listMargin = 8  // between a mark, its title and its score
	listSide   = 70 // what marks or scores get at most
	listRule   = 1.4
)

// column is a list, measured for the width it gets.
type column struct {
	name, people []string
	rows         []listing
	marks        float64 // how wide the widest of them is
}

// listing is a row of a list.
type listing struct {
	mark, score string
	title       []string
}

// pair is one list, or two beside each other whose rows stand level.
type pair struct {
	columns []column
	width   float64 // of each
	head    float64 // how high their names are
	highs   []float64
}

func (l *layout) listFonts() (name, people, title, strong font) {
	return font{l.bold, listHead}, font{l.plain, noteSize}, font{l.plain, listSize}, font{l.bold, listSize}
}

// pairs are lists, measured two by two for an upright sheet.
func (l *layout) pairs(all []List) (pairs []pair) {
	for two := range slices.Chunk(all, 2) {
		n := float64(len(two))
		p := pair{width: (room(false) - (n-1)*listGap) / n}
		for _, list := range two {
			p.take(l, list)
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// take measures one list of a pair.
func (p *pair) take(l *layout, list List) {
	name, people, title, strong := l.listFonts()
	c := column{name: name.lines(list.Name, p.width, 3), people: people.lines(list.N, p.width, 3)}
	p.head = max(p.head, float64(len(c.name))*name.high()+float64(len(c.people))*people.high()+7)
	scores := 0.0
	for _, item := range list.Rows {
		r := listing{mark: strong.cut(strong.clean(item.Mark), listSide), score: title.cut(title.clean(item.Score), listSide)}
		c.marks, scores = max(c.marks, strong.width(r.mark)), max(scores, title.width(r.score))
		c.rows = append(c.rows, r)
	}
	for i, item := range list.Rows {
		lines := title.lines(item.Title, p.width-c.marks-scores-2*listMargin, listTitle)
		c.rows[i].title = lines
		if i == len(p.highs) {
			p.highs = append(p.highs, 0)
		}
		p.highs[i] = max(p.highs[i], float64(max(1, len(lines)))*title.high()+2*listRow)
	}
	p.columns = append(p.columns, c)
}

// untorn is how high the beginning of a pair is that stays together: its names and
// two rows, or the whole of a short one.
func (p pair) untorn(whole float64) float64 {
	if all := p.head + sum(p.highs); all <= intact*whole {
		return all
	}
	return p.head + sum(p.highs[:min(2, len(p.highs))])
}

// lists prints lists two by two. Each sheet has the whole of the one's part, then
// the other's, as they are read; names stand on every sheet that a list goes on to,
// and its last row does not stand there alone.
func (l *layout) lists(pairs []pair) {
	for _, p := range pairs {
		l.y += 4
		l.need(p.untorn(l.whole()))
		for from := 0; ; {
			to, high := from, p.head
			for to < len(p.highs) && (to == from || l.y+high+p.highs[to] <= l.bottom()) {
				high += p.highs[to]
				to++
			}
			if to == len(p.highs)-1 && to-from > 2 {
				to--
				high -= p.highs[to]
			}
			for i, c := range p.columns {
				l.column(p, c, side+float64(i)*(p.width+listGap), from, to)
			}
			l.y += high
			if from = to; from >= len(p.highs) {
				break
			}
			l.begin(false)
		}
		l.y += 10
	}
}

// column prints rows of a list at x, below its name.
func (l *layout) column(p pair, c column, x float64, from, to int) {
	name, people, title, strong := l.listFonts()
	y := l.y + p.head - 7 - float64(len(c.people))*people.high() - float64(len(c.name))*name.high()
	write := func(f font, ink colour, x, y float64, lines []string) float64 {
		for _, s := range lines {
			l.put(words{x, y + f.size, f, ink, s, false})
			y += f.high()
		}
		return y
	}
	write(people, soft, x, write(name, ink, x, y, c.name), c.people)
	y = l.y + p.head
	l.put(rule{x, y - 3, x + p.width, y - 3, stroke{thick: listRule, colour: ink}})
	for i := from; i < min(to, len(c.rows)); i++ {
		r := c.rows[i]
		write(strong, ink, x+c.marks-strong.width(r.mark), y+listRow, []string{r.mark})
		write(title, ink, x+c.marks+listMargin, y+listRow, r.title)
		write(title, ink, x+p.width-title.width(r.score), y+listRow, []string{r.score})
		y += p.highs[i]
		l.put(rule{x, y, x + p.width, y, stroke{thick: .4, colour: line}})
	}
}
