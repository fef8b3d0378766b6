package handlers

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// pairsView is the matrix of a group that compares problems two by two, and the
// pair that is asked.
type pairsView struct {
	recordView
	Pair     *pairQuestion // nil when nothing is left to ask
	Rows     []pairRow
	Answered int
	Of       int
	Circles  []circle
	More     int // contradictions beyond those spelled out
	Kept     *pairKept
	Matrix   string // the address of the screen without a pair
}

// pairQuestion is a pair put to the group.
type pairQuestion struct {
	A, B   listLine
	N      int  // the answer there is
	Known  bool // there is one
	Reason string
}

// pairRow is a problem's row of the matrix.
type pairRow struct {
	listLine
	Cells  []pairCell
	Won    string // a tie is half a win
	Leader bool   // nothing wins more
}

// pairCell is a cell of the upper triangle.
type pairCell struct {
	Blank   bool // below the diagonal
	Self    bool
	Address string
	Known   bool
	Winner  int // the number of the winner, 0 where both are alike
	A, B    data.Text
	Reason  string
	Here    bool
}

// circle is a contradiction: the first before the second before the third
// before the first, each with the address of its pair.
type circle struct {
	Titles [3]data.Text
	Pairs  [3]string
}

// pairKept is the pair answered last, so that its reason can still be written.
type pairKept struct {
	Winner, Loser data.Text
	Alike         bool
	Reason        string
	Address       string
}

func (s *Server) showPairs(c *gin.Context, t *sitting) error {
	common, err := s.recordView(c, t)
	if err != nil {
		return err
	}
	view := pairsView{recordView: common, Matrix: t.address(c, "record")}
	lines := t.listLines(c)
	view.Of = len(lines) * (len(lines) - 1) / 2
	a, okA := t.asked(c, "a")
	b, okB := t.asked(c, "b")
	if okA && okB && a != b {
		view.Pair = t.pair(lines, a, b)
	}
	for i := range lines {
		for j := i + 1; j < len(lines); j++ {
			if _, known := t.Sheet.Pairs[pairOf(lines[i].ID, lines[j].ID)]; known {
				view.Answered++
			} else if view.Pair == nil {
				view.Pair = t.pair(lines, lines[i].ID, lines[j].ID)
			}
		}
	}
	view.Rows = t.pairRows(c, lines, view.Pair)
	view.Circles, view.More = t.circles(c)
	view.Kept = t.kept(c)
	status, bad := wrongs(c)
	if bad != nil && view.Pair != nil {
		view.Pair.Reason = c.Request.PostForm.Get("text")
	}
	return s.page(c, status, "record_pairs", view, bad)
}

func pairOf(a, b data.ID) data.Pair {
	pair, _ := data.PairOf(a, b)
	return pair
}

// answer is what the group said of a before b: 1, -1 or 0.
func (t *sitting) answer(a, b data.ID) (n int, reason string, known bool) {
	pair, turned := data.PairOf(a, b)
	c, known := t.Sheet.Pairs[pair]
	if turned {
		return -c.N, c.Reason, known
	}
	return c.N, c.Reason, known
}

// pair is a question, the earlier problem of the list first.
func (t *sitting) pair(lines []listLine, a, b data.ID) *pairQuestion {
	q := &pairQuestion{}
	for _, p := range lines {
		if p.ID != a && p.ID != b {
			continue
		}
		if q.A.Number == 0 {
			q.A = p
		} else {
			q.B = p
		}
	}
	q.N, q.Reason, q.Known = t.answer(q.A.ID, q.B.ID)
	return q
}

// pairAddress is the screen that asks a pair.
func (t *sitting) pairAddress(c *gin.Context, a, b data.ID) string {
	return t.address(c, "record") + "?" + url.Values{"a": {a.String()}, "b": {b.String()}}.Encode()
}

func (t *sitting) pairRows(c *gin.Context, lines []listLine, asked *pairQuestion) []pairRow {
	var rows []pairRow
	best, halves := 0, make([]int, len(lines))
	for i, p := range lines {
		row := pairRow{listLine: p}
		for j, other := range lines {
			cell := pairCell{Blank: j < i, Self: j == i}
			if j > i {
				cell = t.pairCell(c, p, other)
				cell.Here = asked != nil && asked.A.ID == p.ID && asked.B.ID == other.ID
			}
			row.Cells = append(row.Cells, cell)
		}
		won, tied, _ := t.Sheet.Wins(p.ID, t.Sheet.Problems)
		halves[i] = 2*won + tied
		row.Won = words(c).Decimal(float64(halves[i])/2, halves[i]%2)
		best = max(best, halves[i])
		rows = append(rows, row)
	}
	for i := range rows {
		rows[i].Leader = best > 0 && halves[i] == best
	}
	return rows
}

func (t *sitting) pairCell(c *gin.Context, a, b listLine) pairCell {
	cell := pairCell{Address: t.pairAddress(c, a.ID, b.ID), A: a.Title, B: b.Title}
	n := 0
	n, cell.Reason, cell.Known = t.answer(a.ID, b.ID)
	switch {
	case n > 0:
		cell.Winner = a.Number
	case n < 0:
		cell.Winner = b.Number
	}
	return cell
}

// circles are the contradictions of the matrix, as many as can be read, and how
// many more there are.
func (t *sitting) circles(c *gin.Context) (circles []circle, more int) {
	triads := t.Sheet.Triads(t.Sheet.Problems)
	for _, triad := range triads[:min(mostTriads, len(triads))] {
		var one circle
		for i, id := range triad {
			one.Titles[i] = t.Problems[id].Title
			one.Pairs[i] = t.pairAddress(c, id, triad[(i+1)%3])
		}
		circles = append(circles, one)
	}
	return circles, max(0, len(triads)-mostTriads)
}

// kept is the pair that this very form has answered.
func (t *sitting) kept(c *gin.Context) *pairKept {
	q := c.Request.URL.Query()
	a, errA := data.ParseID(q.Get("kept"))
	b, errB := data.ParseID(q.Get("over"))
	if errA != nil || errB != nil {
		return nil
	}
	n, reason, known := t.answer(a, b)
	if !known {
		return nil
	}
	if n < 0 {
		a, b = b, a
	}
	return &pairKept{Winner: t.Problems[a].Title, Loser: t.Problems[b].Title, Alike: n == 0, Reason: reason, Address: t.pairAddress(c, a, b)}
}
