package report

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"

	gocmp "github.com/google/go-cmp/cmp"
)

// board is a report as people first see it: the message, who was heard, and what
// women and men want; then how sure that is.
func board(t testing.TB, size Size) Document {
	t.Helper()
	l := languages(t)[0]
	r := village(t)
	heard, sure := figures(l, r, need)[0], honest(l, r, need)
	d := document(l, size)
	d.Sections = []Section{
		{Lead: "Аялдар таза сууну, эркектер ички жолдорду биринчи коёт. Эки тизме тең айыл үчүн: бири экинчисин жокко чыгарбайт."},
		{Heading: "Ким угулду", Figure: &heard},
		{Heading: "Аялдар менен эркектер эмнени каалайт", Lists: lists(8)},
	}
	for i := range sure {
		d.Sections = append(d.Sections, Section{Figure: &sure[i], Break: i == 0})
	}
	return d
}

// placed is the marks of one kind on all sheets that a figure takes.
func placed[M mark](t testing.TB, f chart.Figure) (all []M) {
	t.Helper()
	sheets, err := layOut(Document{Title: "a", Sections: []Section{{Figure: &f}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		for _, m := range s.marks {
			if one, ok := m.(M); ok {
				all = append(all, one)
			}
		}
	}
	return all
}

func ofSure(t testing.TB, id string) chart.Figure {
	t.Helper()
	all := honest(languages(t)[0], village(t), need)
	i := slices.IndexFunc(all, func(f chart.Figure) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("no figure %s", id)
	}
	return all[i]
}

func isDashed(r rule) bool { return r.stroke.dashes[0] > 0 }

// only are the marks that are so.
func only[M any](all []M, is func(M) bool) (some []M) {
	for _, m := range all {
		if is(m) {
			some = append(some, m)
		}
	}
	return some
}

func TestTiersArePartedByDashes(t *testing.T) {
	f := ofSure(t, "sure")
	lines := only(placed[rule](t, f), isDashed)
	last := f.Table.Rows[len(f.Table.Rows)-1]
	if tiers := last[len(last)-1].Text; tiers != "2" || len(lines) != 1 {
		t.Fatalf("%s tiers, %d lines", tiers, len(lines))
	}
	above := 0
	for _, w := range placed[words](t, f) {
		if w.font.bold && w.font.size < findingSize && w.x < side+40 && w.y < lines[0].y1 { // a rank
			above++
		}
	}
	if above != 5 || lines[0].x1 > side+10 || lines[0].x2 < short-side-10 {
		t.Errorf("%d ranks stand above the line from %.0f to %.0f", above, lines[0].x1, lines[0].x2)
	}
}

func TestEveryRungHasItsPlaceInItsBox(t *testing.T) {
	f := ofSure(t, "ladder")
	boxes := only(placed[box](t, f), func(b box) bool { return b.look == looks["may"] })
	discs := placed[disc](t, f)
	if len(boxes) != len(needs)+1 || len(discs) != len(boxes) { // one of each in the key
		t.Fatalf("%d boxes and %d dots of %d problems", len(boxes), len(discs), len(needs))
	}
	for i, b := range boxes[1:] {
		if o := discs[i+1]; o.x < b.x || o.x > b.x+b.w || o.y < b.y || o.y > b.y+b.h || o.look != dots["now"] {
			t.Errorf("dot %d at %.0f,%.0f, its box %+v", i, o.x, o.y, b)
		}
	}
	if ends := only(placed[box](t, f), func(b box) bool { return b.look == looks["whisker"] }); len(ends) != 3*len(boxes) {
		t.Errorf("%d pieces of thin lines", len(ends))
	}
}

func TestSlopesOfWaysLookDifferent(t *testing.T) {
	r := village(t)
	women, men := rank.Cut{}.BySex()
	want := map[string]int{}
	hers := map[data.ID]int{}
	for _, p := range r.Count(data.People, women).Places {
		hers[p.Problem] = p.Rank
	}
	for _, p := range r.Count(data.People, men).Places {
		way := map[int]string{-1: "fall", 0: "stay", 1: "rise"}[cmp.Compare(hers[p.Problem], p.Rank)]
		want[way]++
	}
	got := map[string]int{}
	for _, n := range placed[rule](t, ofSure(t, "slope")) {
		switch {
		case n.stroke.colour != slate:
		case isDashed(n):
			got["fall"]++
		case n.stroke.thick < 1:
			got["stay"]++
		default:
			got["rise"]++
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" || want["fall"] == 0 || want["rise"] == 0 {
		t.Error(diff)
	}
}

func TestNumbersOverSlopesStandOnPaper(t *testing.T) {
	f := ofSure(t, "slope-bands")
	papers := only(placed[box](t, f), func(b box) bool { return b.look == look{fill: card, edge: none} })
	if len(papers) != len(needs) {
		t.Fatalf("%d pieces of paper for %d numbers", len(papers), len(needs))
	}
	for _, b := range papers {
		covered := only(placed[words](t, f), func(w words) bool {
			x1, y1, x2, y2 := ends(w)
			return x1 > b.x && x2 < b.x+b.w && y1 > b.y-1 && y2 < b.y+b.h+2
		})
		if len(covered) != 1 {
			t.Errorf("on %+v stand %+v", b, covered)
		}
	}
}

func TestPairsAgainstTheOrderAreFramedAndKeepTheirShade(t *testing.T) {
	f := ofSure(t, "pairs")
	framed := only(placed[box](t, f), func(b box) bool { return b.look.edge == ink && b.look.thick > 1 && b.h < 30 })
	against := 0
	for _, row := range f.Table.Rows {
		for _, c := range row {
			if strings.HasSuffix(c.Text, "!") {
				against++
			}
		}
	}
	if len(framed) != against || against == 0 {
		t.Fatalf("%d frames for %d pairs", len(framed), against)
	}
	for _, b := range framed {
		if b.look.fill != looks["level-3"].fill && b.look.fill != looks["level-4"].fill {
			t.Errorf("%+v", b)
		}
	}
}

func TestGapsReachFromTheRingToTheDot(t *testing.T) {
	f := ofSure(t, "gaps")
	discs := placed[disc](t, f)
	rings, full := only(discs, func(o disc) bool { return o.look == dots["ring women"] }), only(discs, func(o disc) bool { return o.look == dots["full men"] })
	if len(rings) != len(needs)+1 || len(full) != len(rings) || len(discs) != 2*len(rings) {
		t.Fatalf("%d rings, %d full, %d in all", len(rings), len(full), len(discs))
	}
	thick := 0
	for i := range needs {
		ring, dot := rings[i+1], full[i+1] // the first of each is in the key
		between := only(placed[rule](t, f), func(n rule) bool { return n.y1 == n.y2 && n.y1 == ring.y && n.x1 == ring.x && n.x2 == dot.x })
		if len(between) != 1 || dot.y != ring.y || dot.r >= ring.r {
			t.Fatalf("row %d: %+v %+v %+v", i, ring, dot, between)
		}
		if contested := f.Table.Rows[i][5].Text == "!"; contested != (between[0].stroke.thick > 2) {
			t.Errorf("row %d: contested %v, line %+v", i, contested, between[0].stroke)
		} else if contested {
			thick++
		}
	}
	if thick == 0 || thick == len(needs) {
		t.Errorf("%d are contested", thick)
	}
}

func TestTitlesOfSmallPicturesStayInTheirColumn(t *testing.T) {
	f := ofSure(t, "multiples")
	var columns []rule
	for _, n := range placed[rule](t, f) {
		if n.stroke == strokes["axis"] {
			columns = append(columns, n)
		}
	}
	if len(columns) != 6 {
		t.Fatalf("%d small pictures", len(columns))
	}
	for _, w := range placed[words](t, f) {
		x1, _, x2, _ := ends(w)
		if w.y < columns[0].y1-30 || w.y > long-under {
			continue // the heading and the foot
		}
		if !slices.ContainsFunc(columns, func(n rule) bool { return x1 > n.x1-.1 && x2 < n.x2+.1 }) {
			t.Errorf("%q stands from %.0f to %.0f, in no column", w.text, x1, x2)
		}
	}
}

func TestTheFirstOfAllIsDarkInEverySmallPicture(t *testing.T) {
	bars := only(placed[box](t, ofSure(t, "multiples")), func(b box) bool { return b.look != look{} && b.h < 10 })
	dark := only(bars, func(b box) bool { return b.look == looks["group-all"] })
	light := only(bars, func(b box) bool { return b.look == looks["other"] })
	if len(dark) != 5 || len(light) != 5*4 { // five groups of six are shown
		t.Errorf("%d dark bars and %d light ones", len(dark), len(light))
	}
}
