package rank

import (
	"slices"
	"testing"

	"ashar/data"
	"ashar/data/cell"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cameBy is how many people of a village, sex and band came; some raised no hand.
type cameBy struct {
	village string
	sex     data.Sex
	band    data.Band
	n       int
}

var publicScheme = data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-60", "61+"}}

// publicRound is a round with one meeting in each village, where everybody wants
// water.
func publicRound(t tester, came []cameBy) *Round {
	t.Helper()
	at := map[string]int{}
	var meetings []meeting
	for _, c := range came {
		i, ok := at[c.village]
		if !ok {
			i = len(meetings)
			at[c.village] = i
			meetings = append(meetings, meeting{session: data.Session{ID: num(i + 1), Village: named(c.village), Form: data.Tally}})
		}
		s := speaker{group: data.Group{Sex: c.sex, Band: c.band}, n: c.n, hands: map[data.ID]int{named("water"): c.n}}
		meetings[i].speakers = append(meetings[i].speakers, s)
	}
	return &Round{Voices: voicesOf(t, meetings, nil), Problems: problems("water road"), Scheme: publicScheme, Rule: data.DefaultRule(data.People)}
}

func TestBandsAreMergedUntilEachHasEnoughPeople(t *testing.T) {
	p := publicRound(t, []cameBy{
		{"A", data.Female, "14-17", 2}, {"A", data.Female, "18-28", 4}, {"A", data.Female, "29-60", 9}, {"A", data.Female, "61+", 8},
		{"A", data.Male, "18-28", 7}, {"B", data.Male, "29-60", 11}, {"B", data.Male, "61+", 5},
	}).Public()
	if diff := cmp.Diff([]data.Band{"14-28", "29-60", "61+"}, p.Round.Scheme.Bands); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]data.Band{{"14-17", "18-28"}, {"29-60"}, {"61+"}}, p.Bands); diff != "" {
		t.Error(diff)
	}
	want := []By{{Sex: true}, {Band: true}, {Village: true}, {Sex: true, Band: true, Village: true}}
	if diff := cmp.Diff(want, p.By); diff != "" {
		t.Error(diff)
	}
	young, old, girls, woman := data.Band("14-28"), data.Band("61+"), data.Band("14-17"), data.Female
	village := named("A")
	for name, c := range map[string]struct {
		cut  Cut
		want bool
	}{
		"everybody":               {Cut{}, true},
		"women":                   {Cut{Sex: &woman}, true},
		"the young":               {Cut{Band: &young}, true},
		"a village":               {Cut{Village: &village}, true},
		"its young women":         {Cut{Village: &village, Sex: &woman, Band: &young}, true},
		"a band that was merged":  {Cut{Band: &girls}, false},
		"young women everywhere":  {Cut{Sex: &woman, Band: &young}, false},
		"a session":               {Cut{Session: &village}, false},
		"a tag":                   {Cut{Tag: new(string)}, false},
		"a village nobody knows":  {Cut{Village: &data.ID{1}}, false},
		"old women of a village":  {Cut{Village: &village, Sex: &woman, Band: &old}, true},
		"those who did not say":   {Cut{Sex: new(data.Sex)}, false},
		"women without a village": {Cut{Village: &data.ID{}, Sex: &woman, Band: &old}, false},
	} {
		if got := p.Shows(c.cut); got != c.want {
			t.Errorf("%s: shown %v", name, got)
		}
	}
	if h := p.Heard(nil); h.Hidden || *h.Cells[0][0].Came != 6 || *h.All.Came != 46 {
		t.Errorf("%+v", h)
	}
}

// Two men among thirty: what men want would follow from what women and everybody
// want.
func TestABreakDownWithAFewIsNotShownAtAll(t *testing.T) {
	p := publicRound(t, []cameBy{{"A", data.Female, "18-28", 14}, {"A", data.Female, "29-60", 14}, {"A", data.Male, "29-60", 2}}).Public()
	if slices.Contains(p.By, By{Sex: true}) || !slices.Contains(p.By, By{Band: true}) {
		t.Errorf("shown %+v", p.By)
	}
	h := p.Heard(nil)
	if h.Sexes[0].Came != nil || h.Sexes[1].Came != nil || !h.Hidden || *h.All.Came != 30 {
		t.Errorf("%+v", h)
	}
	few := publicRound(t, []cameBy{{"A", data.Female, "18-28", 4}}).Public()
	if few.Shows(Cut{}) || len(few.By) > 0 || few.Heard(nil).All.Came != nil {
		t.Errorf("four people are shown: %+v", few)
	}
}

// Twenty people of whom three put in a ballot: their score is that of three.
func TestAScoreIsOfThoseWhoSpoke(t *testing.T) {
	m := meeting{session: data.Session{ID: num(1), Village: named("A"), Form: data.Ballots}, speakers: []speaker{
		{group: data.Group{Sex: data.Female, Band: "18-28"}, n: 20, ballots: profile("3 water road")},
		{group: data.Group{Sex: data.Male, Band: "18-28"}, n: 20, ballots: profile("9 water road")}}}
	r := &Round{Voices: m.voices(t, nil), Problems: problems("water road"), Scheme: publicScheme, Rule: data.DefaultRule(data.People)}
	if p := r.Public(); len(p.By) > 0 && slices.Contains(p.By, By{Sex: true}) || !p.Shows(Cut{}) {
		t.Errorf("shown %+v", p.By)
	}
}

func TestResidentsOfMergedBandsAreAddedUp(t *testing.T) {
	r := publicRound(t, []cameBy{{"A", data.Female, "14-17", 2}, {"A", data.Female, "18-28", 4}, {"A", data.Female, "29-60", 9}, {"A", data.Male, "61+", 8}})
	for i, b := range publicScheme.Bands {
		r.Population = append(r.Population, data.Population{Village: named("A"), Sex: data.Female, Band: b, People: 10 * (i + 1)})
		if i > 0 {
			r.Population = append(r.Population, data.Population{Village: named("A"), Sex: data.Male, Band: b, People: 100})
		}
	}
	village := named("A")
	h := r.Public().Heard(&village)
	if women := h.Cells[0][0].Residents; women == nil || *women != 30 {
		t.Errorf("%v young women live there", women)
	}
	if men := h.Cells[1][0].Residents; men != nil {
		t.Errorf("%d young men live there, of whom only some are counted", *men)
	}
	before := r.Population[0]
	if r.Voices[0].Group.Band != "14-17" || before.Band != "14-17" {
		t.Error("the round itself was merged")
	}
}

// watched is what somebody sees of the tables of all villages.
type watched struct {
	cells []cell.Cell
	at    map[[3]string]int
}

func (w *watched) see(key [3]string, n int, shown bool) {
	w.at[key] = len(w.cells)
	if w.cells = append(w.cells, cell.Hide(n)); shown {
		w.cells[len(w.cells)-1] = cell.Show(n)
	}
}

// sums are what ties the tables together, whatever the page says of it: along
// each axis all that is there adds up to "all".
func (w *watched) sums() (sums []cell.Sum) {
	for key, total := range w.at {
		for axis := range key {
			if key[axis] != "all" {
				continue
			}
			s := cell.Sum{Total: total}
			for other, at := range w.at {
				same := other
				same[axis] = "all"
				if same == key && other != key {
					s.Cells = append(s.Cells, at)
				}
			}
			sums = append(sums, s)
		}
	}
	return sums
}

// TestNothingHiddenFollowsFromWhatIsPublic reads all public tables of who was
// heard, and the numbers of people of every ranking that is shown, and tries to
// work out a small number.
func TestNothingHiddenFollowsFromWhatIsPublic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var came []cameBy
		people := rapid.SampledFrom([][]int{{0, 0, 1, 2, 4}, {0, 1, 3, 6, 9}, {5, 8, 2, 20}, {7, 12}}).Draw(t, "people")
		sexes := rapid.SampledFrom([][]data.Sex{{data.Female, data.Male}, {data.Female, data.Male, ""}}).Draw(t, "sexes")
		villages := []string{"A", "B", "C"}[:rapid.IntRange(1, 3).Draw(t, "villages")]
		for _, village := range villages {
			for _, sex := range sexes {
				for _, band := range append(slices.Clone(publicScheme.Bands), "") {
					if n := rapid.SampledFrom(people).Draw(t, "n"); band != "" || sex == "" {
						came = append(came, cameBy{village, sex, band, n})
					}
				}
			}
		}
		r := publicRound(t, came)
		r.Rule.Least = rapid.IntRange(3, 8).Draw(t, "least")
		p := r.Public()
		w := watch(t, p, came)
		leaks, err := cell.Audit(w.cells, w.sums(), r.Rule.Least)
		if err != nil || len(leaks) > 0 {
			t.Fatalf("%v, %v\nby %+v", leaks, err, p.By)
		}
		for _, by := range p.By {
			for _, part := range p.Round.Break(data.People, Cut{}, by) {
				if part.Ranking.N > 0 && (part.Ranking.N < r.Rule.Least || !p.Shows(part.Cut)) {
					t.Fatalf("the ranking of %d people is shown", part.Ranking.N)
				}
			}
		}
	})
}

// watch gathers the tables; the true numbers are counted from those who came.
func watch(t *rapid.T, p *Public, came []cameBy) *watched {
	wide := map[data.Band]string{"": ""}
	for i, bands := range p.Bands {
		for _, b := range bands {
			wide[b] = string(p.Round.Scheme.Bands[i])
		}
	}
	truth := map[[3]string]int{}
	places := map[string]*data.ID{"all": nil}
	for _, c := range came {
		id := named(c.village)
		places[c.village] = &id
		for takes := range 8 {
			key := [3]string{c.village, string(c.sex), wide[c.band]}
			for axis := range key {
				if takes&(1<<axis) != 0 {
					key[axis] = "all"
				}
			}
			truth[key] += c.n
		}
	}
	w := &watched{at: map[[3]string]int{}}
	for village, id := range places {
		h := p.Heard(id)
		see := func(sex, col string, c PublicCell) {
			key := [3]string{village, sex, col}
			single := village == "all" && (sex == "all") != (col == "all") || village != "all" && sex == "all" && col == "all"
			by := By{Village: village != "all", Sex: sex != "all", Band: col != "all"}
			if c.Came != nil && *c.Came != truth[key] {
				t.Fatalf("%v has %d people, the page says %d", key, truth[key], *c.Came)
			}
			w.see(key, truth[key], c.Came != nil || single && p.shows(by))
		}
		for i, sex := range h.Rows {
			for j, col := range h.Cols {
				see(string(sex), string(col.Band), h.Cells[i][j])
			}
			see(string(sex), "all", h.Sexes[i])
		}
		for j, col := range h.Cols {
			see("all", string(col.Band), h.Kinds[j])
		}
		see("all", "all", h.All)
	}
	return w
}
