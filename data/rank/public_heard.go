package rank

import (
	"errors"
	"slices"

	"ashar/data"
	"ashar/data/cell"
)

// PublicHeard is Heard as it may leave the staff. People of meetings where several
// groups have one voice are among those who did not say.
type PublicHeard struct {
	Rows   []data.Sex
	Cols   []data.Group
	Cells  [][]PublicCell
	Sexes  []PublicCell
	Kinds  []PublicCell
	All    PublicCell
	Hidden bool // some number is hidden
}

// PublicCell is one kind of people.
type PublicCell struct {
	Came      *int // nil where it is hidden
	Residents *int // nil where nobody knows
	Unsaid    bool // its sex, band or tag is not said
	Silent    bool // some came, and none of them has said anything
}

// heardTable is everybody who came, by village, sex and column, with all totals.
type heardTable struct {
	round    *Round // with no mixed voices
	villages []data.ID
	rows     []data.Sex
	cols     []data.Group
	cube     *cell.Cube
	hidden   []bool
}

// heardTable counts everybody, and hides what must be hidden in the tables of all
// villages together.
func (p *Public) heardTable() *heardTable {
	t := &heardTable{round: &Round{Voices: slices.Clone(p.Round.Voices), Scheme: p.Round.Scheme, Population: p.Round.Population}}
	for i := range t.round.Voices {
		v := &t.round.Voices[i]
		v.Mixed = false
		if !slices.Contains(t.villages, v.Village) {
			t.villages = append(t.villages, v.Village)
		}
	}
	all := t.round.Heard(nil)
	t.rows, t.cols = all.Rows, all.Cols
	counts := make([]int, len(t.villages)*len(t.rows)*len(t.cols))
	for i := range t.round.Voices {
		v := &t.round.Voices[i]
		row, col := all.place(v.Group)
		counts[(slices.Index(t.villages, v.Village)*len(t.rows)+row)*len(t.cols)+col] += v.N
	}
	t.cube = cell.NewCube(counts, len(t.villages), len(t.rows), len(t.cols))
	t.protect(p)
	return t
}

// protect hides numbers. How many people a ranking that is shown stands for is
// public, and so is how many came where that is enough.
func (t *heardTable) protect(p *Public) {
	cells := make([]cell.Cell, len(t.cube.N))
	for i, n := range t.cube.N {
		cells[i] = cell.Show(n)
	}
	fix := func(by By, axis, size int) {
		for at := range size {
			place := []int{cell.All, cell.All, cell.All}
			place[axis] = at
			cells[t.cube.At(place...)].Fixed = p.shows(by)
		}
	}
	fix(By{Village: true}, 0, len(t.villages))
	fix(By{Sex: true}, 1, len(t.rows))
	if len(t.round.Scheme.Bands) > 0 {
		fix(By{Band: true}, 2, len(t.cols))
	}
	all := &cells[t.cube.At(cell.All, cell.All, cell.All)]
	all.Fixed = !cell.Small(all.N, p.least)
	var err error
	if t.hidden, err = cell.Protect(cells, t.cube.Sums, p.least); err != nil && !errors.Is(err, cell.ErrFixed) {
		panic(err) // a cube adds up
	} else if err != nil {
		for i := range t.hidden { // nothing but what is public already
			t.hidden[i] = !cells[i].Fixed
		}
	}
}

// Heard is who was heard in a village, or in all of them. The tables of all
// villages have the same rows and columns: one that is missing would tell that
// nobody is in it.
func (p *Public) Heard(village *data.ID) PublicHeard {
	t, v := p.table, cell.All
	if village != nil {
		v = slices.Index(t.villages, *village)
	}
	h := t.round.Heard(village)
	out := PublicHeard{Rows: t.rows, Cols: t.cols}
	show := func(c HeardCell, row, col int) PublicCell {
		s := PublicCell{Residents: c.Residents, Unsaid: c.Unsaid, Silent: c.Came > 0 && c.Came == c.Silent}
		if village != nil && v < 0 || !t.hidden[t.cube.At(v, row, col)] {
			s.Came = &c.Came // nobody came from a village that has no voice
		} else {
			out.Hidden = true
		}
		return s
	}
	for row, sex := range t.rows {
		i := slices.Index(h.Rows, sex)
		var line []PublicCell
		for col, of := range t.cols {
			if j := slices.Index(h.Cols, of); i < 0 || j < 0 {
				line = append(line, show(HeardCell{Unsaid: true}, row, col))
			} else {
				line = append(line, show(h.Cells[i][j], row, col))
			}
		}
		out.Cells = append(out.Cells, line)
		out.Sexes = append(out.Sexes, show(heardAt(h.Sexes, i), row, cell.All))
	}
	for col, of := range t.cols {
		out.Kinds = append(out.Kinds, show(heardAt(h.Kinds, slices.Index(h.Cols, of)), cell.All, col))
	}
	out.All = show(h.All, cell.All, cell.All)
	return out
}

// heardAt is a total, or that of those who did not say where there are none.
func heardAt(cells []HeardCell, at int) HeardCell {
	if at < 0 {
		return HeardCell{Unsaid: true}
	}
	return cells[at]
}

// Shown is the same for those who draw who was heard: hidden numbers are marked,
// and are not in it.
func (p PublicHeard) Shown() Heard {
	shown := func(cells []PublicCell) (all []HeardCell) {
		for _, c := range cells {
			all = append(all, c.shown())
		}
		return all
	}
	h := Heard{Rows: p.Rows, Cols: p.Cols, Sexes: shown(p.Sexes), Kinds: shown(p.Kinds), All: p.All.shown()}
	for _, row := range p.Cells {
		h.Cells = append(h.Cells, shown(row))
	}
	return h
}

func (c PublicCell) shown() HeardCell {
	h := HeardCell{Residents: c.Residents, Unsaid: c.Unsaid, Hidden: c.Came == nil}
	if c.Came != nil {
		h.Came = *c.Came
		if c.Silent {
			h.Silent = h.Came
		}
	}
	return h
}
