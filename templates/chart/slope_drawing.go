package chart

// slopeHigh is how high a row of slopes is.
const slopeHigh = 28

func slopeDrawing(all []slope, cols []Column) Drawing {
	names := slopeNames(len(cols))
	left, right := names, width-names
	step := (right - left) / (len(cols) - 1)
	top := 4
	for j, col := range cols {
		top = max(top, 18*len(wrap(col.Name, slopeRoom(j, len(cols), step), 3))+12)
	}
	d := Drawing{Width: width, Height: top + slopeHigh*len(all) + 4}
	y := func(slot int) int { return top + slot*slopeHigh + slopeHigh/2 }
	for j, col := range cols {
		x, lines := left+j*step, wrap(col.Name, slopeRoom(j, len(cols), step), 3)
		anchor := slopeAnchor(j, len(cols))
		for i, line := range lines {
			d.Texts = append(d.Texts, Text{X: x, Y: top - 8 - 18*(len(lines)-1-i), Class: "side", Anchor: anchor, Text: line, Title: col.Name})
		}
		d.line("guide", x, top, x, d.Height-4)
	}
	for _, faint := range []bool{true, false} { // what stands out lies on top
		for _, s := range all {
			if s.out != faint {
				d.slope(s, left, step, y)
			}
		}
	}
	return d
}

// slopeRoom is the width for the name of a column; those at the ends may reach
// over the names of the problems.
func slopeRoom(j, cols, step int) int {
	if j == 0 || j == cols-1 {
		return slopeNames(cols) - 8
	}
	return step - 8
}

// slopeAnchor is how the name of a column stands: at the ends away from the others.
func slopeAnchor(j, cols int) string {
	switch j {
	case 0:
		return "end"
	case cols - 1:
		return "start"
	}
	return "middle"
}

// slope draws one problem: its line, its dots, and its name at both ends.
func (d *Drawing) slope(s slope, left, step int, y func(int) int) {
	class, text := "faint", "faint-name"
	if s.out {
		class, text = s.way(), "name"
	}
	last := len(s.slot) - 1
	for j, slot := range s.slot {
		if slot < 0 {
			continue
		}
		x, mark := left+j*step, Mark(s.places[j])
		if j < last && s.slot[j+1] >= 0 {
			d.line("slope "+class, x, y(slot), x+step, y(s.slot[j+1]))
		}
		d.Dots = append(d.Dots, Dot{X: x, Y: y(slot), R: 4, Class: "on " + class, Title: s.title + ": " + mark})
		switch j {
		case 0:
			d.named(text, "end", x-38, x-12, y(slot)+5, left-44, s.title, mark)
		case last:
			d.named(text, "start", x+38, x+12, y(slot)+5, left-44, s.title, mark)
		default:
			d.text("on-mark", "middle", x, y(slot)-8, mark)
		}
	}
}

// named writes a mark, and the title away from it.
func (d *Drawing) named(class, anchor string, x, markX, base, room int, title, mark string) {
	d.text("mark", anchor, markX, base, mark)
	t := Text{X: x, Y: base, Class: class, Anchor: anchor, Text: cut(title, longest, room)}
	if t.Text != title {
		t.Title = title
	}
	d.Texts = append(d.Texts, t)
}
