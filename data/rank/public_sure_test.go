package rank

import (
	"math"
	"slices"
	"testing"

	"ashar/data"

	"pgregory.net/rapid"
)

// Three groups of a sex, and two old women who came to the first of them: they
// are left out and drawn together with the old women of another meeting.
func TestSmallGroupsAreLeftOutTogether(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 8, "A"), wanting(2, youngWomen, 7, "A B"), wanting(3, oldWomen, 3, "B"),
		wanting(4, oldWomen, 2, "B"), wanting(5, youngMen, 9, "A"), wanting(6, oldMen, 6, "A B"), wanting(7, oldMen, 11, "B A"))
	round.Rule = data.DefaultRule(data.People)
	p := round.Public()
	l, d := p.Leave(), p.Redraw()
	if l.Reason != "" || l.Groups != 6 {
		t.Errorf("left out: %+v", l)
	}
	if d.Reason != "" || d.Groups != 6 || d.Strata != 2 || d.Seed != "" {
		t.Errorf("drawn: %+v", d)
	}
	if all := round.Leave(data.People, Cut{}); all.Groups != 7 {
		t.Errorf("the staff see %d groups left out", all.Groups)
	}
	for _, frame := range d.Frames {
		if slices.Max(frame) > 0.95 || slices.Min(frame) < 0.05 {
			t.Errorf("a draw shows %v", frame)
		}
	}
	round.Rule.Least = 2
	open, staff := round.Public().Redraw(), round.Redraw(data.People, Cut{}, round.Rule.Level)
	if open.Groups != 7 || open.Top3[named("A")] != staff.Top3[named("A")] {
		t.Errorf("no group is small, and drawn are %+v where the staff see %+v", open, staff)
	}
}

// What is sure goes before villages and bands.
func TestVillagesGiveWayToHowSureTheOrderIs(t *testing.T) {
	came := []cameBy{
		{"A", data.Female, "18-28", 14}, {"A", data.Female, "29-60", 9}, {"A", data.Male, "18-28", 7}, {"A", data.Male, "29-60", 8},
		{"B", data.Female, "18-28", 6}, {"B", data.Female, "29-60", 8}, {"B", data.Male, "18-28", 9}, {"B", data.Male, "29-60", 7},
		{"C", data.Female, "18-28", 8}, {"C", data.Female, "29-60", 7}, {"C", data.Male, "18-28", 6}, {"C", data.Male, "29-60", 5}}
	r := publicRound(t, came)
	r.Problems = problems("water road")
	road := speaker{group: r.Voices[0].Group, n: 14, hands: map[data.ID]int{named("road"): 9, named("water"): 5}}
	r.Voices[0].Said = meeting{session: data.Session{ID: num(1), Form: data.Tally}, speakers: []speaker{road}}.voices(t, nil)[0].Said // not all want the same
	if p := r.Public(); !p.shows(By{Village: true}) || p.Leave().Reason != "" || p.Redraw().Reason != "" {
		t.Errorf("every group is large: %+v, %q, %q", p.By, p.Leave().Reason, p.Redraw().Reason)
	}
	came[11].n, came[10].n = 3, 9
	small := publicRound(t, came)
	small.Voices[0].Said = r.Voices[0].Said
	p := small.Public()
	if p.shows(By{Village: true}) || !p.shows(By{Band: true}) || p.Leave().Reason != "" || p.Redraw().Reason != "" {
		t.Errorf("three old men of a village: %+v, %q, %q", p.By, p.Leave().Reason, p.Redraw().Reason)
	}
}

// A combination of numbers that are shown, each of them a sum over groups with
// the same weights, never tells of fewer people than the threshold: there is no
// small set of groups that it could be about alone.
func TestNoSmallGroupFollowsFromWhatChangesWithoutIt(t *testing.T) {
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		var meetings []meeting
		sizes := rapid.SampledFrom([][]int{{1, 2, 4, 9}, {3, 6, 9, 12}, {2, 7, 8}, {8, 12}}).Draw(t, "sizes")
		for i := range rapid.IntRange(2, 9).Draw(t, "sessions") {
			m := meeting{session: data.Session{ID: num(i + 1), Village: named([]string{"A", "B"}[rapid.IntRange(0, 1).Draw(t, "village")]), Form: data.Tally}}
			for _, sex := range data.Sexes {
				for _, band := range publicScheme.Bands[1:] {
					if n := rapid.SampledFrom(sizes).Draw(t, "n"); rapid.IntRange(0, 2).Draw(t, "came") > 0 {
						m.speakers = append(m.speakers, speaker{group: data.Group{Sex: sex, Band: band}, n: n, hands: map[data.ID]int{named("water"): n, named("road"): n / 2}})
					}
				}
			}
			meetings = append(meetings, m)
		}
		r := &Round{Voices: voicesOf(t, meetings, nil), Problems: problems("water road"), Scheme: publicScheme, Rule: data.DefaultRule(rapid.SampledFrom([]data.View{data.People, data.Groups}).Draw(t, "view"))}
		p := r.Public()
		if p.packing.packs == nil {
			return
		}
		told++
		for _, few := range fewTogether(r, p.least) {
			if tells(shownSums(p), few) {
				t.Fatalf("what %v say can be worked out from %v and %+v", few, p.packing.packs, p.By)
			}
		}
	})
	if told == 0 {
		t.Error("of no round it was told how sure its order is")
	}
}

// shownSums are the groups that each number is a sum of.
func shownSums(p *Public) (rows [][]bool) {
	row := func(in func(i int) bool) {
		line := make([]bool, len(p.Round.Voices))
		for i := range line {
			line[i] = in(i)
		}
		rows = append(rows, line)
	}
	row(func(int) bool { return true })
	for _, by := range p.By {
		for _, part := range p.Round.Break(data.People, Cut{}, by) {
			row(func(i int) bool { return part.Cut.Holds(&p.Round.Voices[i]) })
		}
	}
	for _, pack := range p.packing.packs {
		row(func(i int) bool {
			return slices.ContainsFunc(pack, func(k int) bool { return p.packing.panel.at[k] == i })
		})
	}
	return rows
}

// fewTogether are sets of one, two and three groups that are fewer people than
// least.
func fewTogether(r *Round, least int) (sets [][]int) {
	var grow func(set []int, people int)
	grow = func(set []int, people int) {
		if len(set) > 0 {
			sets = append(sets, slices.Clone(set))
		}
		from := 0
		if len(set) > 0 {
			from = set[len(set)-1] + 1
		}
		for i := from; i < len(r.Voices) && len(set) < 3; i++ {
			if n := r.Voices[i].spoke(); n > 0 && people+n < least {
				grow(append(set, i), people+n)
			}
		}
	}
	grow(nil, 0)
	return sets
}

// tells finds by elimination whether a combination of the rows is nothing outside
// the set and something inside it.
func tells(rows [][]bool, set []int) bool {
	var m [][]float64
	for _, row := range rows {
		line := make([]float64, 0, len(row))
		for i, in := range row { // those outside first
			if !slices.Contains(set, i) {
				line = append(line, number(in))
			}
		}
		for _, i := range set {
			line = append(line, number(row[i]))
		}
		m = append(m, line)
	}
	outside := len(rows[0]) - len(set)
	top := 0
	for col := 0; col < outside && top < len(m); col++ {
		best := top
		for i := top; i < len(m); i++ {
			if math.Abs(m[i][col]) > math.Abs(m[best][col]) {
				best = i
			}
		}
		if math.Abs(m[best][col]) < 1e-9 {
			continue
		}
		m[top], m[best] = m[best], m[top]
		for i := top + 1; i < len(m); i++ {
			f := m[i][col] / m[top][col]
			for j := col; j < len(m[i]); j++ {
				m[i][j] -= f * m[top][j]
			}
		}
		top++
	}
	for _, line := range m[top:] {
		if slices.ContainsFunc(line, func(x float64) bool { return math.Abs(x) > 1e-9 }) {
			return true
		}
	}
	return false
}

func number(in bool) float64 {
	if in {
		return 1
	}
	return 0
}
