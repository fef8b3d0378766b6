package report

import "ashar/templates/chart"

// Space between a text and what stands in its line, in units.
const clear = 6

// across is how far up and down from its middle a text may reach: half the way to
// the next text of the kind, or up to the bars that a title stands between. A
// turned text has it to both sides.
func across(d *chart.Drawing, t chart.Text) (above, below int) {
	next := rowUnits
	for _, o := range d.Texts {
		if o.Class != t.Class || o.Turned != t.Turned {
			continue
		}
		gap := o.Y - t.Y
		if t.Turned {
			gap = o.X - t.X
		}
		if gap = max(gap, -gap); gap > 0 {
			next = min(next, gap)
		}
	}
	above, below = next/2, next/2
	if t.Turned {
		return above, below
	}
	middle := t.Y - textUnits
	for _, r := range d.Rects {
		switch over := r.X <= t.X && t.X <= r.X+r.W; {
		case over && r.Y > middle:
			below = min(below, r.Y-middle-1)
		case over && r.Y+r.H < middle:
			above = min(above, middle-r.Y-r.H-1)
		}
	}
	return above, below
}

// free is how many units a text may be wide where it stands.
func (l *layout) free(d *chart.Drawing, t chart.Text, p picture) int {
	switch t.Anchor {
	case "middle":
		return max(1, middleRoom(d, t)-2)
	case "end":
		return max(1, t.X-leftOf(d, t))
	}
	return max(1, min(rightOf(d, t), l.nextText(d, t, p))-t.X)
}

// leftOf is where the marks before a text end.
func leftOf(d *chart.Drawing, t chart.Text) (left int) {
	for _, r := range d.Rects {
		if beside(r.Y, r.Y+r.H, t) && r.X+r.W <= t.X {
			left = max(left, r.X+r.W+clear)
		}
	}
	for _, o := range d.Dots {
		if beside(o.Y-o.R, o.Y+o.R, t) && o.X+o.R <= t.X {
			left = max(left, o.X+o.R+clear)
		}
	}
	return left
}

// rightOf is where the next mark behind a text begins.
func rightOf(d *chart.Drawing, t chart.Text) int {
	right := d.Width
	for _, r := range d.Rects {
		if beside(r.Y, r.Y+r.H, t) && r.X >= t.X {
			right = min(right, r.X-clear)
		}
	}
	for _, o := range d.Dots {
		if beside(o.Y-o.R, o.Y+o.R, t) && o.X-o.R >= t.X {
			right = min(right, o.X-o.R-clear)
		}
	}
	for _, n := range d.Lines {
		switch {
		case n.X1 == n.X2 && beside(min(n.Y1, n.Y2), max(n.Y1, n.Y2), t) && n.X1 >= t.X:
			right = min(right, n.X1-clear)
		case n.Class == "axis" && n.Y1 == n.Y2 && n.Y1 < t.Y && n.X1 <= t.X && t.X < n.X2:
			right = min(right, n.X2) // of a picture beside others, under its own name
		}
	}
	return right
}

// nextText is where the next text behind a text begins.
func (l *layout) nextText(d *chart.Drawing, t chart.Text, p picture) int {
	right := d.Width
	for _, o := range d.Texts {
		if o.Turned || o.X <= t.X || max(o.Y-t.Y, t.Y-o.Y) > 8 {
			continue
		}
		begin := o.X
		if w := int(l.lettered(letteringOf(o.Class), 1).width(l.plain.clean(o.Text)) / p.across); o.Anchor == "end" {
			begin -= w
		} else if o.Anchor == "middle" {
			begin -= w / 2
		}
		if begin > t.X {
			right = min(right, begin-clear)
		}
	}
	return right
}

// beside tells whether something from top to bottom stands in a text's line.
func beside(top, bottom int, t chart.Text) bool { return top < t.Y && bottom > t.Y-10 }

// middleRoom is the width of the cell that a text stands in, or of the cell below
// a column's name, and no more than there is to the next text.
func middleRoom(d *chart.Drawing, t chart.Text) int {
	room, nearest := 2*min(t.X, d.Width-t.X), d.Height+1
	for _, r := range d.Rects {
		if cell := r.W > 2*clear && r.H > 2*clear; cell && r.X <= t.X && t.X <= r.X+r.W && r.Y+r.H >= t.Y-4 && r.Y < nearest {
			room, nearest = r.W, r.Y
		}
	}
	for _, o := range d.Texts {
		if off := max(o.X-t.X, t.X-o.X); o.Y == t.Y && o.Anchor == t.Anchor && off > 0 {
			room = min(room, off)
		}
	}
	return room
}
