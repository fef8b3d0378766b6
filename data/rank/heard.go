package rank

import (
	"ashar/data"
)

// Heard sets the people who came beside the people who live there. Its rows are
// sexes; its columns are bands of age or, where the scheme has none, tags. An
// axis that the scheme does not have is one empty value that takes everybody.
// "Not said" has a row or column only when somebody is in it.
type Heard struct {
	Rows  []data.Sex
	Cols  []data.Group // each with its band or its tag, never its sex
	Cells [][]HeardCell
	Sexes []HeardCell // rows added up
	Kinds []HeardCell // columns added up
	Mixed int         // people of meetings where several groups have one voice: in All, in no cell
	All   HeardCell
}

// HeardCell is one kind of people.
type HeardCell struct {
	Came      int
	Silent    int  // of them, people of groups that have said nothing yet
	Residents *int // nil where nobody knows
	Unsaid    bool // its sex, band or tag is not said: nobody is missing there
	Hidden    bool // the number is not shown, for it or others could tell of a few people; Came is 0
}

// Share is the part of the residents that came; false where they are not known
// or none live there.
func (c HeardCell) Share() (float64, bool) {
	if c.Residents == nil || *c.Residents == 0 || c.Hidden {
		return 0, false
	}
	return float64(c.Came) / float64(*c.Residents), true
}

// Missing tells whether nobody of this kind was heard though some may live
// there.
func (c HeardCell) Missing() bool {
	return !c.Unsaid && !c.Hidden && c.Came == c.Silent && (c.Residents == nil || *c.Residents > 0)
}

func (c *HeardCell) add(v *Voice) {
	c.Came += v.N
	if v.Said.Len() == 0 {
		c.Silent += v.N
	}
}

// Heard counts who was heard in a village, or in all of them.
func (r *Round) Heard(village *data.ID) Heard {
	var voices []*Voice
	cut := Cut{Village: village}
	for i := range r.Voices {
		if v := &r.Voices[i]; cut.Holds(v) {
			voices = append(voices, v)
		}
	}
	h := Heard{Rows: r.heardRows(voices), Cols: r.heardCols(voices)}
	live := r.dwellings(village, voices)
	for _, col := range h.Cols {
		h.Kinds = append(h.Kinds, live.cell(data.UnknownSex, col, h.unsaid(col)))
	}
	for _, sex := range h.Rows {
		unsaid := r.Scheme.Sexes && sex == data.UnknownSex
		var cells []HeardCell
		for _, col := range h.Cols {
			cells = append(cells, live.cell(sex, col, unsaid || h.unsaid(col)))
		}
		h.Cells = append(h.Cells, cells)
		h.Sexes = append(h.Sexes, live.cell(sex, data.Group{}, unsaid))
	}
	h.All = live.cell(data.UnknownSex, data.Group{}, false)
	h.count(voices)
	return h
}

// unsaid tells the column of those who did not say from the only column there is.
func (h *Heard) unsaid(col data.Group) bool { return len(h.Cols) > 1 && col == data.Group{} }

func (h *Heard) count(voices []*Voice) {
	for _, v := range voices {
		h.All.add(v)
		if v.Mixed {
			h.Mixed += v.N
			continue
		}
		i, j := h.place(v.Group)
		h.Cells[i][j].add(v)
		h.Sexes[i].add(v)
		h.Kinds[j].add(v)
	}
}

// place finds the cell of a group. What the axes do not tell apart is in their
// last row or column, which is "not said" or the only one.
func (h *Heard) place(g data.Group) (row, col int) {
	row, col = len(h.Rows)-1, len(h.Cols)-1
	for i, sex := range h.Rows {
		if sex == g.Sex {
			row = i
		}
	}
	for j, c := range h.Cols {
		if c.Band != "" && c.Band == g.Band || c.Tag != "" && c.Tag == g.Tag {
			col = j
		}
	}
	return row, col
}

func (r *Round) heardRows(voices []*Voice) []data.Sex {
	if !r.Scheme.Sexes {
		return []data.Sex{data.UnknownSex}
	}
	rows := []data.Sex{data.Female, data.Male}
	for _, v := range voices {
		if !v.Mixed && v.Group.Sex == data.UnknownSex && v.N > 0 {
			return append(rows, data.UnknownSex)
		}
	}
	return rows
}

func (r *Round) heardCols(voices []*Voice) (cols []data.Group) {
	for _, band := range r.Scheme.Bands {
		cols = append(cols, data.Group{Band: band})
	}
	byBand := len(cols) > 0
	if !byBand {
		for _, tag := range r.Scheme.Tags {
			cols = append(cols, data.Group{Tag: tag.Key})
		}
	}
	if len(cols) == 0 {
		return []data.Group{{}}
	}
	for _, v := range voices {
		if !v.Mixed && v.N > 0 && (byBand && v.Group.Band == "" || !byBand && v.Group.Tag == "") {
			return append(cols, data.Group{})
		}
	}
	return cols
}

// dwellings are figures of residents by village; the zero village is the whole
// municipality.
type dwellings struct {
	scheme   data.Scheme
	villages []data.ID
	figures  map[data.Population]int // by village, sex and band
}

func (r *Round) dwellings(village *data.ID, voices []*Voice) dwellings {
	d := dwellings{scheme: r.Scheme, figures: map[data.Population]int{}}
	seen := map[data.ID]bool{}
	note := func(v data.ID) {
		if !v.Zero() && !seen[v] && (village == nil || v == *village) {
			seen[v] = true
			d.villages = append(d.villages, v)
		}
	}
	for _, row := range r.Population {
		note(row.Village)
		if village == nil || row.Village == *village {
			d.figures[data.Population{Village: row.Village, Sex: row.Sex, Band: row.Band}] = row.People
		}
	}
	for _, v := range voices {
		note(v.Village)
	}
	return d
}

// cell is a cell nobody has come to yet. Figures of residents know no tags, and
// nothing that was not said.
func (d dwellings) cell(sex data.Sex, col data.Group, unsaid bool) HeardCell {
	c := HeardCell{Unsaid: unsaid}
	if !unsaid && col.Tag == "" {
		c.Residents = d.people(sex, col.Band)
	}
	return c
}

// people is the number of residents of a sex and band, an empty one standing
// for all: added up over the villages where each of them is known, else the
// figure for the whole municipality, else nil.
func (d dwellings) people(sex data.Sex, band data.Band) *int {
	sum, known := 0, len(d.villages) > 0
	for _, v := range d.villages {
		n, ok := d.in(v, sex, band)
		sum, known = sum+n, known && ok
	}
	if !known {
		sum, known = d.in(data.ID{}, sex, band)
	}
	if !known {
		return nil
	}
	return &sum
}

// in is the figure of one village; a total that is not given is added up from
// its parts, which also win where both are there.
func (d dwellings) in(village data.ID, sex data.Sex, band data.Band) (int, bool) {
	if band == "" {
		if n, ok := addUp(d.scheme.Bands, func(b data.Band) (int, bool) { return d.in(village, sex, b) }); ok {
			return n, true
		}
	}
	if sex == data.UnknownSex && d.scheme.Sexes {
		halves := []data.Sex{data.Female, data.Male}
		if n, ok := addUp(halves, func(s data.Sex) (int, bool) { return d.in(village, s, band) }); ok {
			return n, true
		}
	}
	n, ok := d.figures[data.Population{Village: village, Sex: sex, Band: band}]
	return n, ok
}

func addUp[K any](parts []K, figure func(K) (int, bool)) (sum int, ok bool) {
	for _, p := range parts {
		n, known := figure(p)
		if !known {
			return 0, false
		}
		sum += n
	}
	return sum, len(parts) > 0
}
