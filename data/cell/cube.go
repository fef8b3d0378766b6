package cell

// Cube is a table of several axes, such as village, sex and band, with all its
// totals.
type Cube struct {
	N    []int // counts and totals, to be found by At
	Sums []Sum

	size []int // of each axis
}

// All is the place on an axis where its total stands.
const All = -1

// NewCube makes the table of counts, the last axis running fastest: their number
// is the product of the sizes.
func NewCube(counts []int, size ...int) *Cube {
	c := &Cube{size: size}
	cells := 1
	for _, n := range size {
		cells *= n + 1
	}
	c.N = make([]int, cells)
	at := make([]int, len(size))
	for _, n := range counts {
		for totals := range 1 << len(size) { // it is in every total that takes some axes whole
			place := make([]int, len(size))
			for axis := range size {
				if place[axis] = at[axis]; totals&(1<<axis) != 0 {
					place[axis] = All
				}
			}
			c.N[c.At(place...)] += n
		}
		step(at, size)
	}
	for axis := range size {
		c.sum(axis)
	}
	return c
}

// step moves to the next place; after the last it begins again.
func step(at, size []int) (more bool) {
	for axis := len(size) - 1; axis >= 0; axis-- {
		if at[axis]++; at[axis] < size[axis] {
			return true
		}
		at[axis] = 0
	}
	return false
}

// At is where the cell of a place stands in N; All takes an axis whole.
func (c *Cube) At(place ...int) (at int) {
	for axis, p := range place {
		if p == All {
			p = c.size[axis]
		}
		at = at*(c.size[axis]+1) + p
	}
	return at
}

// sum adds the sums along one axis, those of totals too.
func (c *Cube) sum(axis int) {
	wide := make([]int, len(c.size)) // the places of the other axes and their totals
	for other, n := range c.size {
		if wide[other] = n + 1; other == axis {
			wide[other] = 1
		}
	}
	for at := make([]int, len(wide)); ; {
		place := make([]int, len(at))
		for other := range at {
			if place[other] = at[other]; at[other] == c.size[other] {
				place[other] = All
			}
		}
		var s Sum
		for p := range c.size[axis] {
			place[axis] = p
			s.Cells = append(s.Cells, c.At(place...))
		}
		place[axis] = All
		s.Total = c.At(place...)
		c.Sums = append(c.Sums, s)
		if !step(at, wide) {
			return
		}
	}
}
