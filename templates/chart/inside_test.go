package chart

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestEveryMarkIsInsideTheDrawing(t *testing.T) {
	eachFigure(t, func(t *testing.T, f Figure) {
		for _, d := range []Drawing{f.Drawing, f.Slim} {
			marksInside(t, d)
		}
	})
}

func marksInside(t *testing.T, d Drawing) {
	t.Helper()
	inside := func(what string, x1, y1, x2, y2 int) {
		if x1 < 0 || y1 < 0 || x2 > d.Width || y2 > d.Height || x1 > x2 || y1 > y2 {
			t.Errorf("%s at %d,%d to %d,%d in %d x %d", what, x1, y1, x2, y2, d.Width, d.Height)
		}
	}
	for _, r := range d.Rects {
		inside("a rectangle", r.X, r.Y, r.X+r.W, r.Y+r.H)
	}
	for _, n := range d.Lines {
		inside("a line", min(n.X1, n.X2), min(n.Y1, n.Y2), max(n.X1, n.X2), max(n.Y1, n.Y2)) // it may rise or fall
	}
	for _, c := range d.Dots {
		inside("a dot", c.X-c.R, c.Y-c.R, c.X+c.R, c.Y+c.R)
	}
	for _, x := range d.Texts {
		w := textWidth(x.Text)
		switch {
		case x.Turned:
			inside(x.Text, x.X, x.Y-w, x.X, x.Y)
		case x.Anchor == "end":
			inside(x.Text, x.X-w, x.Y-12, x.X, x.Y)
		case x.Anchor == "middle":
			inside(x.Text, x.X-w/2, x.Y-12, x.X+w/2, x.Y)
		default:
			inside(x.Text, x.X, x.Y-12, x.X+w, x.Y)
		}
		if utf8.RuneCountInString(x.Text) > longest && x.Class == "name" {
			t.Errorf("%q is too long", x.Text)
		}
	}
}

// numbersOf are what a drawing says besides names and heads, in order.
func numbersOf(d Drawing) (all []string) {
	for _, x := range d.Texts {
		if slices.Contains([]string{"mark", "value", "sure", "cell", "cell mark", "came", "came bad", "part", "total", "on-mark"}, x.Class) {
			all = append(all, x.Text)
		}
	}
	slices.Sort(all)
	return all
}

func TestAPhoneShowsTheSameNumbers(t *testing.T) {
	eachFigure(t, func(t *testing.T, f Figure) {
		if got, want := numbersOf(f.Slim), numbersOf(f.Drawing); !slices.Equal(got, want) {
			t.Errorf("a phone shows %q\nnot %q", got, want)
		}
		if len(f.Slim.Rects) != len(f.Drawing.Rects) || len(f.Slim.Dots) != len(f.Drawing.Dots) {
			t.Errorf("%d bars and %d dots on a phone, %d and %d elsewhere", len(f.Slim.Rects), len(f.Slim.Dots), len(f.Drawing.Rects), len(f.Drawing.Dots))
		}
	})
}

func TestADrawingForAPhoneFitsItUnlessItsColumnsDoNot(t *testing.T) {
	few, many := newHeader(slim, make([]string, 10), edgeX, edgeX, cellW), newHeader(slim, make([]string, 18), edgeX, edgeX, cellW)
	if few.width(slim, edgeX) != slim.width || many.step != cellW || many.width(slim, edgeX) <= slim.width {
		t.Errorf("ten columns are %d wide, eighteen %d", few.width(slim, edgeX), many.width(slim, edgeX))
	}
}
