package cell

// Span is some neighbouring columns taken as one, from the first up to, and
// without, To.
type Span struct{ From, To int }

// Merge joins neighbouring columns until no row has a small count, 1 to k-1, in
// any of them. Of the ways that leave the most columns it takes the one whose
// columns are most alike in width. It is false
// where even all columns together leave a small count; rows of several tables
// may be given at once. A row has a count for each column.
func Merge(rows [][]int, k int) (spans []Span, ok bool) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, true
	}
	cols := len(rows[0])
	type way struct{ spans, uneven, from int }
	best := make([]*way, cols+1) // of the columns up to this one
	best[0] = &way{}
	for to := 1; to <= cols; to++ {
		sums := make([]int, len(rows))
		for from := to - 1; from >= 0; from-- {
			if few := add(sums, rows, from, k); few || best[from] == nil {
				continue
			}
			w := way{best[from].spans + 1, best[from].uneven + (to-from)*(to-from), from}
			if b := best[to]; b == nil || w.spans > b.spans || w.spans == b.spans && w.uneven <= b.uneven {
				best[to] = &w
			}
		}
	}
	if best[cols] == nil {
		return nil, false
	}
	for to := cols; to > 0; to = best[to].from {
		spans = append([]Span{{best[to].from, to}}, spans...)
	}
	return spans, true
}

// add adds a column to the sums of the rows and tells whether one is small.
func add(sums []int, rows [][]int, col, k int) (few bool) {
	for i, row := range rows {
		sums[i] += row[col]
		few = few || Small(sums[i], k)
	}
	return few
}
