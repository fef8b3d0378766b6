package rank

import (
	"math"
	"slices"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// people is a figure of residents of the first village.
func people(g data.Group, n int) data.Population {
	return data.Population{Village: drawVillages[0], Sex: g.Sex, Band: g.Band, People: n}
}

var census = []data.Population{people(youngWomen, 50), people(oldWomen, 30), people(youngMen, 60), people(oldMen, 20)}

// wanting is a meeting of one group that all want one of A and B.
func wanting(n int, g data.Group, came int, what string) meeting {
	other := map[string]string{"A": "B", "B": "A"}[what]
	m := sitting(n, data.Order, speaker{group: g, n: came})
	m.order = order(what + " " + other)
	return m
}

func residentsRound(t *testing.T, population []data.Population, meetings ...meeting) Round {
	t.Helper()
	return Round{Voices: voicesOf(t, meetings, nil), Problems: problems("A B"), Scheme: drawScheme, Population: population, Rule: data.Rule{Rho: 0.2}}
}

// Each group stands for the residents of its kind, whoever came.
func TestGroupsStandForTheirResidents(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, oldWomen, 20, "B"), wanting(3, youngMen, 1, "A"), wanting(4, oldMen, 30, "B"))
	r := round.Count(data.Citizens, Cut{})
	wants(t, "residents", r, "A 110/160 B 50/160")
	if r.Unplaced != 0 || len(r.Unheard) != 0 || r.Raked != nil || r.Voices != 4 {
		t.Errorf("got %+v", r)
	}
	wants(t, "people", round.Count(data.People, Cut{}), "A 4/54 B 50/54")
	women := data.Female
	wants(t, "women", round.Count(data.Citizens, Cut{Sex: &women}), "A 5/8 B 3/8")
	young := data.Band("18-28")
	wants(t, "the young", round.Count(data.Citizens, Cut{Band: &young}), "A 1 B 0")
}

// Groups of one kind share its residents by their effective size.
func TestGroupsOfOneKindShareItsResidents(t *testing.T) {
	for _, c := range []struct {
		rho  float64
		want string
	}{
		{0, "A 5/26 B 21/26"},        // by persons
		{1, "A 1/2 B 1/2"},           // each group one voice
		{0.2, "A 250/628 B 378/628"}, // 5 count 25/9, 21 count 21/5
		{0.25, "A 20/48 B 28/48"},    // 5/2 and 7/2
	} {
		round := residentsRound(t, []data.Population{people(youngWomen, 999), people(oldWomen, 0), people(youngMen, 0), people(oldMen, 0)},
			wanting(1, youngWomen, 5, "A"), wanting(2, youngWomen, 21, "B"))
		round.Rule.Rho = c.rho
		wants(t, "rho", round.Count(data.Citizens, Cut{}), c.want)
	}
}

// A band that nobody speaks for is spoken for by the other bands of its sex,
// and listed.
func TestABandNobodySpeaksForIsListed(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(3, youngMen, 1, "B"), wanting(4, oldMen, 9, "A"))
	r := round.Count(data.Citizens, Cut{})
	wants(t, "the young women speak for all women", r, "A 100/160 B 60/160")
	want := []Unheard{{Village: drawVillages[0], Sex: data.Female, Band: "61+", People: 30, For: []data.Band{"18-28"}}}
	if diff := cmp.Diff(want, r.Unheard); diff != "" || r.Omitted != nil {
		t.Errorf("%s\n%+v", diff, r.Omitted)
	}
	silent := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(3, youngMen, 1, "B"), wanting(4, oldMen, 9, "A"),
		sitting(2, data.Order, speaker{group: oldWomen, n: 7}))
	if s := silent.Count(data.Citizens, Cut{}); !same(scores(s), scores(r)) || !cmp.Equal(s.Unheard, r.Unheard) || len(s.Out) != 1 {
		t.Errorf("those who came and said nothing were heard: %+v", s)
	}
}

// Where a whole sex was not heard the village has no order of its residents; it
// is left out of that of the municipality, and listed.
func TestAVillageWhoseWomenWereNotHeardIsLeftOut(t *testing.T) {
	men := []meeting{wanting(1, youngMen, 5, "A"), wanting(2, oldMen, 5, "A")}
	round := residentsRound(t, census, men...)
	want := []Unheard{{drawVillages[0], data.Female, "18-28", 50, nil, true}, {drawVillages[0], data.Female, "61+", 30, nil, true}}
	omitted := []Omitted{{drawVillages[0], "unheard", 10}}
	r := round.Count(data.Citizens, Cut{})
	if r.Reason != "unheard" || len(scores(r)) != 0 || r.Voices != 0 || !cmp.Equal(r.Unheard, want) || !slices.Equal(r.Omitted, omitted) {
		t.Errorf("got %+v", r)
	}
	male := data.Male
	wants(t, "the men alone", round.Count(data.Citizens, Cut{Sex: &male}), "A 1 B 0")

	elsewhere := []data.Population{{Village: drawVillages[1], Sex: data.Female, Band: "18-28", People: 7}, {Village: drawVillages[1], Sex: data.Female, Band: "61+"},
		{Village: drawVillages[1], Sex: data.Male, Band: "18-28", People: 3}, {Village: drawVillages[1], Sex: data.Male, Band: "61+"}}
	there := []meeting{wanting(3, youngWomen, 2, "B"), wanting(4, youngMen, 2, "A")}
	for i := range there {
		there[i].session.Village = drawVillages[1]
	}
	both := residentsRound(t, append(slices.Clone(census), elsewhere...), append(men, there...)...)
	r = both.Count(data.Citizens, Cut{})
	wants(t, "only the other village", r, "A 3/10 B 7/10")
	if !cmp.Equal(r.Unheard, want) || !slices.Equal(r.Omitted, omitted) || r.Voices != 2 || r.Unplaced != 0 {
		t.Errorf("got %+v", r)
	}
	if r := both.Count(data.Citizens, Cut{Village: &drawVillages[0]}); r.Reason != "unheard" || !cmp.Equal(r.Unheard, want) {
		t.Errorf("got %+v", r)
	}
}

// Women came to a village where no woman is said to live: they stand for
// nobody, and nothing breaks.
func TestPeopleWhoAreSaidNotToLiveThere(t *testing.T) {
	nobody := []data.Population{people(youngWomen, 0), people(oldWomen, 0), people(youngMen, 60), people(oldMen, 20)}
	round := residentsRound(t, nobody, wanting(1, youngWomen, 5, "B"), wanting(2, youngMen, 5, "A"))
	r := round.Count(data.Citizens, Cut{})
	wants(t, "men", r, "A 1 B 0")
	if r.Voices != 1 {
		t.Errorf("%d voices", r.Voices)
	}
	female := data.Female
	if r := round.Count(data.Citizens, Cut{Sex: &female}); r.Reason == "" || len(scores(r)) != 0 {
		t.Errorf("got %+v", r)
	}
	empty := residentsRound(t, nobody[:2], wanting(1, youngWomen, 5, "B"))
	empty.Scheme.Sexes = false
	empty.Population = []data.Population{{Village: drawVillages[0], Band: "18-28"}, {Village: drawVillages[0], Band: "61+"}}
	if r := empty.Count(data.Citizens, Cut{}); r.Reason != "unheard" || len(scores(r)) != 0 {
		t.Errorf("got %+v", r)
	}
}

// Those who did not say their sex or age stand for nobody; it is said how many
// they are.
func TestNotSaidIsLeftOutOfTheResidents(t *testing.T) {
	round := residentsRound(t, census, wanting(1, youngWomen, 3, "A"), wanting(2, youngMen, 4, "A"), wanting(3, unsaid, 5, "B"),
		wanting(4, data.Group{Sex: data.Female}, 6, "B"), wanting(5, data.Group{Band: "61+"}, 7, "B"))
	r := round.Count(data.Citizens, Cut{})
	wants(t, "those who said", r, "A 1 B 0")
	if r.Unplaced != 18 || r.N != 25 || r.Voices != 2 {
		t.Errorf("%d of %d people are not placed, %d voices", r.Unplaced, r.N, r.Voices)
	}
	unknown, noBand := data.UnknownSex, data.Band("")
	for name, c := range map[string]struct {
		cut Cut
		n   int
	}{"sex": {Cut{Sex: &unknown}, 12}, "band": {Cut{Band: &noBand}, 11}, "both": {Cut{Sex: &unknown, Band: &noBand}, 5}} {
		if r := round.Count(data.Citizens, c.cut); r.Reason != "unplaced" || r.Unplaced != c.n || len(scores(r)) != 0 {
			t.Errorf("%s not said: %q, %d people", name, r.Reason, r.Unplaced)
		}
	}
}

// A scheme without sexes or without bands needs only the figures it tells
// apart.
func TestSchemesWithoutSexesOrBands(t *testing.T) {
	women, men, young, old := data.Group{Sex: data.Female}, data.Group{Sex: data.Male}, data.Group{Band: "18-28"}, data.Group{Band: "61+"}
	poor := data.Group{Tag: "poor"}
	for _, c := range []struct {
		name       string
		scheme     data.Scheme
		population []data.Population
		meetings   []meeting
	}{
		{"sexes", data.Scheme{Sexes: true}, []data.Population{people(women, 70), people(men, 30)}, []meeting{wanting(1, women, 1, "A"), wanting(2, men, 9, "B")}},
		{"bands", data.Scheme{Bands: drawScheme.Bands}, []data.Population{people(young, 70), people(old, 30)}, []meeting{wanting(1, young, 1, "A"), wanting(2, old, 9, "B")}},
		{"tags", data.Scheme{Tags: drawScheme.Tags}, []data.Population{people(unsaid, 70), {Village: drawVillages[1], People: 30}},
			[]meeting{wanting(1, poor, 1, "A"), wanting(2, unsaid, 9, "B")}},
	} {
		if c.name == "tags" {
			c.meetings[1].session.Village = drawVillages[1]
		}
		round := residentsRound(t, c.population, c.meetings...)
		round.Scheme = c.scheme
		wants(t, c.name, round.Count(data.Citizens, Cut{}), "A 7/10 B 3/10")
	}
}

// A mixed meeting speaks for no kind of residents, not even where the scheme
// tells neither sexes nor bands apart.
func TestAMixedMeetingStandsForNoResidents(t *testing.T) {
	poor := data.Group{Tag: "poor"}
	mixed := sitting(1, data.Order, speaker{group: poor, n: 4}, speaker{group: unsaid, n: 5})
	mixed.order = order("B A")
	round := residentsRound(t, []data.Population{people(unsaid, 70)}, wanting(2, poor, 1, "A"), mixed)
	round.Scheme = data.Scheme{Tags: drawScheme.Tags}
	r := round.Count(data.Citizens, Cut{})
	wants(t, "the poor", r, "A 1 B 0")
	if r.Unplaced != 9 || r.Voices != 1 {
		t.Errorf("%d people are not placed, %d voices", r.Unplaced, r.Voices)
	}
}

// Figures for the whole municipality serve where no village has its own; of one
// village they say nothing.
func TestFiguresOfTheWholeMunicipality(t *testing.T) {
	var whole []data.Population
	for _, row := range census {
		row.Village = data.ID{}
		whole = append(whole, row)
	}
	meetings := []meeting{wanting(1, youngWomen, 3, "A"), wanting(2, oldWomen, 20, "B"), wanting(3, youngMen, 1, "A"), wanting(4, oldMen, 30, "B")}
	meetings[3].session.Village = drawVillages[1]
	round := residentsRound(t, whole, meetings...)
	wants(t, "the whole", round.Count(data.Citizens, Cut{}), "A 110/160 B 50/160")
	if r := round.Count(data.Citizens, Cut{Village: &drawVillages[1]}); r.Reason != "population" {
		t.Errorf("one village: %q", r.Reason)
	}
	round.Population = append(whole, census...)
	r := round.Count(data.Citizens, Cut{})
	wants(t, "a village with figures of its own, its young men for all men", r, "A 130/160 B 30/160")
	if want := []Omitted{{drawVillages[1], "population", 30}}; r.Voices != 3 || r.Unplaced != 0 || !slices.Equal(r.Omitted, want) {
		t.Errorf("%d voices, %d not placed, omitted %+v", r.Voices, r.Unplaced, r.Omitted)
	}
}

func TestWithoutFiguresThereAreNoResidents(t *testing.T) {
	for name, population := range map[string][]data.Population{
		"none":                      nil,
		"one figure is missing":     census[:3],
		"half a margin":             {people(data.Group{Sex: data.Female}, 80)},
		"figures of other villages": {{Village: drawVillages[1], Sex: data.Female, Band: "18-28", People: 5}},
	} {
		round := residentsRound(t, population, wanting(1, youngWomen, 3, "A"), wanting(3, youngMen, 1, "A"))
		if r := round.Count(data.Citizens, Cut{}); r.Reason != "population" || len(scores(r)) != 0 || r.Raked != nil {
			t.Errorf("%s: %q, %v", name, r.Reason, scores(r))
		}
	}
}

func margins4(women, men, young, old int) []data.Population {
	return []data.Population{people(data.Group{Sex: data.Female}, women), people(data.Group{Sex: data.Male}, men),
		people(data.Group{Band: "18-28"}, young), people(data.Group{Band: "61+"}, old)}
}

// Where only margins are known, the people who came are raked to them.
func TestMarginsAreMetByRaking(t *testing.T) {
	meetings := []meeting{wanting(1, youngWomen, 10, "A"), wanting(2, oldWomen, 20, "B"), wanting(3, youngMen, 30, "A"), wanting(4, oldMen, 40, "B")}
	round := residentsRound(t, margins4(80, 80, 110, 50), meetings...)
	r := round.Count(data.Citizens, Cut{})
	if r.Raked == nil || !r.Raked.Converged || r.Raked.Error >= rakeError || r.Raked.Rounds < 2 {
		t.Fatalf("got %+v", r.Raked)
	}
	if got, _ := scores(r)[a].Float64(); math.Abs(got-110.0/160) > 1e-9 {
		t.Errorf("A has %g, want %g", got, 110.0/160)
	}
	for name, population := range map[string][]data.Population{
		"sexes": margins4(80, 80, 0, 0)[:2], "bands": margins4(0, 0, 110, 50)[2:], "sexes and one band": margins4(80, 80, 110, 0)[:3],
	} {
		round.Population = population
		if r := round.Count(data.Citizens, Cut{}); r.Raked == nil || !r.Raked.Converged || len(scores(r)) != 2 {
			t.Errorf("only %s: %+v", name, r)
		}
	}
	round.Population = margins4(90, 30, 0, 0)[:2] // by hand: women a third for A, men three sevenths
	if got, _ := scores(round.Count(data.Citizens, Cut{}))[a].Float64(); math.Abs(got-(30+30*3.0/7)/120) > 1e-9 {
		t.Errorf("A has %g", got)
	}
}

// Margins that contradict each other, or that nobody who came belongs to, are
// not met; the ranking says so.
func TestMarginsThatCannotBeMet(t *testing.T) {
	all := []meeting{wanting(1, youngWomen, 10, "A"), wanting(2, oldWomen, 20, "B"), wanting(3, youngMen, 30, "A"), wanting(4, oldMen, 40, "B")}
	for _, c := range []struct {
		name       string
		population []data.Population
		meetings   []meeting
		rounds     int
	}{
		{"they do not add up", margins4(80, 80, 110, 60), all, rakeRounds},
		{"no woman came", margins4(80, 80, 110, 50), all[2:], 1},
		{"nobody old came", margins4(80, 80, 110, 50), []meeting{all[0], all[2]}, 1},
		{"nobody came who said who they are", margins4(80, 80, 110, 50), []meeting{wanting(1, unsaid, 9, "A")}, 1},
	} {
		round := residentsRound(t, c.population, c.meetings...)
		r := round.Count(data.Citizens, Cut{})
		if r.Reason != "raking" || len(scores(r)) != 0 || r.Raked == nil || r.Raked.Converged || r.Raked.Rounds != c.rounds {
			t.Errorf("%s: %q, %v, %+v", c.name, r.Reason, scores(r), r.Raked)
		}
	}
	good := margins4(40, 40, 55, 25)
	for i := range good {
		good[i].Village = drawVillages[1]
	}
	var there []meeting
	for i, m := range all {
		m.session.ID, m.session.Village = num(20+i), drawVillages[1]
		there = append(there, m)
	}
	round := residentsRound(t, append(margins4(80, 80, 110, 60), good...), append(slices.Clone(all), there...)...)
	if r := round.Count(data.Citizens, Cut{}); r.Reason != "" || r.Raked.Converged || r.Raked.Rounds != rakeRounds || r.Voices != 4 ||
		!slices.Equal(r.Omitted, []Omitted{{drawVillages[0], "raking", 100}}) {
		t.Errorf("one village of two: %+v, %+v", r, r.Raked)
	}
}

// Whatever table people who came make, raking to the margins of another table
// with the same holes meets them.
func TestRakingMeetsTheMarginsOfATable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 4).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "columns")
		table, rows, cols := make([][]float64, n), make([]float64, n), make([]float64, m)
		for i := range table {
			table[i] = make([]float64, m)
			for j := range table[i] {
				table[i][j] = float64(rapid.IntRange(1, 40).Draw(t, "came"))
				live := float64(rapid.IntRange(1, 900).Draw(t, "live"))
				rows[i] += live
				cols[j] += live
			}
		}
		odds := odds(table)
		state := Rake(table, rows, cols)
		if !state.Converged || state.Rounds > rakeRounds || state.Error != margins(table, rows, cols) || state.Error >= rakeError {
			t.Fatalf("%+v, %g off", state, margins(table, rows, cols))
		}
		for i, want := range odds { // raking keeps every odds ratio
			if got := oddsOf(table, i); math.Abs(got-want) > 1e-6*want {
				t.Fatalf("odds ratio %d was %g and is %g", i, want, got)
			}
		}
	})
}

func odds(table [][]float64) (all []float64) {
	for i := range len(table) * len(table[0]) {
		all = append(all, oddsOf(table, i))
	}
	return all
}

// oddsOf is the odds ratio of a cell against the first row and column.
func oddsOf(table [][]float64, cell int) float64 {
	i, j := cell/len(table[0]), cell%len(table[0])
	return table[i][j] * table[0][0] / (table[i][0] * table[0][j])
}

// The table that is often shown as converged is not, three passes in.
func TestRakingGoesOnUntilTheMarginsAreMet(t *testing.T) {
	table := [][]float64{{40, 30, 20, 10}, {35, 50, 100, 75}, {30, 80, 70, 120}, {20, 30, 40, 50}}
	state := Rake(table, []float64{150, 300, 400, 150}, []float64{200, 300, 400, 100})
	if !state.Converged || state.Rounds <= 3 {
		t.Errorf("got %+v", state)
	}
	want := [][]float64{{64.558509776548, 46.232459708824, 35.384298264331, 3.824732250297}, {49.967919418674, 68.15935407176, 156.498546421857, 25.374180087709},
		{56.721943602096, 144.428225566299, 145.082481431417, 53.767349400188}, {28.751627202681, 41.179960653117, 63.034673882395, 17.033738261807}}
	if off := near(table, want); off > 1e-9 {
		t.Errorf("%g away", off)
	}
}

func TestRhoIsTheFractionThatWasTyped(t *testing.T) {
	for f, want := range map[float64]string{0: "0/1", 0.2: "1/5", 0.35: "7/20", 1: "1/1", 1e-7: "1/10000000", math.NaN(): "0/1", math.Inf(1): "0/1"} {
		if got := exact(f).String(); got != want {
			t.Errorf("%v is %s, want %s", f, got, want)
		}
	}
}
