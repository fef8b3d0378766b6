package chart

// slopeHigh is how high a row of slopes is.
const slopeHigh = 28

// slopeLeast is how far apart columns stand at least on a narrow sheet.
const slopeLeast = 64

// slopeEnds is the room for names at the left and at the right. A narrow sheet
// has them at the left only.
func slopeEnds(s sheet, cols int) (left, right int) {
	switch {
	case s.above > 0:
		return 176, 32
	case cols <= 3:
		return 340, 340
	}
	return 270, 270
}

func slopeDrawing(s sheet, all []slope, cols []Column) Drawing {
	left, right := slopeEnds(s, len(cols))
	step := max(slopeLeast, (s.width-left-right)/(len(cols)-1))
	d := Drawing{Width: left + step*(len(cols)-1) + right}
	top := d.slopeHeads(cols, left, right, step)
	d.Height = top + slopeHigh*len(all) + 4
	y := func(slot int) int { return top + slot*slopeHigh + slopeHigh/2 }
	for j := range cols {
		d.line("guide", left+j*step, top, left+j*step, d.Height-4)
	}
	for _, faint := range []bool{true, false} { // what stands out lies on top
		for _, one := range all {
			if one.out != faint {
				d.slope(one, left, right, step, y)
			}
		}
	}
	return d
}

// slopeHeads writes the names of the columns, and says how far down they reach.
// Those at the ends may reach over the names of the problems.
func (d *Drawing) slopeHeads(cols []Column, left, right, step int) (top int) {
	top = 4
	var heads [][]Text
	for j, col := range cols {
		t, room := Text{X: left + j*step, Class: "side", Anchor: "middle", Title: col.Name}, step
		switch {
		case j == 0:
			t.Anchor, room = "end", left
		case j == len(cols)-1 && right < step:
			t.X, t.Anchor = d.Width-edgeX, "end"
		case j == len(cols)-1:
			t.Anchor, room = "start", right
		}
		var lines []Text
		for _, line := range wrap(col.Name, room-8, 3) {
			t.Text = line
			lines = append(lines, t)
		}
		heads, top = append(heads, lines), max(top, 18*len(lines)+12)
	}
	for _, lines := range heads {
		for i, t := range lines {
			t.Y = top - 8 - 18*(len(lines)-1-i)
			d.Texts = append(d.Texts, t)
		}
	}
	return top
}

// slope draws one problem: its line, its dots, and its name at both ends.
func (d *Drawing) slope(s slope, left, right, step int, y func(int) int) {
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
			d.named(text, "start", x+38, x+12, y(slot)+5, right-44, s.title, mark)
		default:
			d.text("on-mark", "middle", x, y(slot)-8, mark)
		}
	}
}

// named writes a mark, and the title away from it where that has room.
func (d *Drawing) named(class, anchor string, x, markX, base, room int, title, mark string) {
	d.text("mark", anchor, markX, base, mark)
	if room <= 0 {
		return
	}
	t := Text{X: x, Y: base, Class: class, Anchor: anchor, Text: cut(title, longest, room)}
	if t.Text != title {
		t.Title = title
	}
	d.Texts = append(d.Texts, t)
}
