package rank

import (
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var (
	heardNear = data.ID{15: 1}
	heardFar  = data.ID{15: 2}
	heardSaid = SayingsOf(map[data.ID]Said{{15: 9}: {Mentions: 1}})
)

func heardVoice(village data.ID, sex data.Sex, band data.Band, n int) Voice {
	return Voice{Village: village, Group: data.Group{Sex: sex, Band: band}, N: n, Form: data.Tally, Said: heardSaid}
}

func heardScheme() data.Scheme {
	return data.Scheme{Sexes: true, Bands: []data.Band{"18-28", "29+"}}
}

// came is the grid of people as rows of numbers, residents in the same shape, -1 where nobody knows.
func grids(h Heard) (came, residents [][]int) {
	for i := range h.Cells {
		came, residents = append(came, nil), append(residents, nil)
		for _, c := range append(h.Cells[i][:len(h.Cols):len(h.Cols)], h.Sexes[i]) {
			live := -1
			if c.Residents != nil {
				live = *c.Residents
			}
			came[i], residents[i] = append(came[i], c.Came), append(residents[i], live)
		}
	}
	return came, residents
}

func heardRound() Round {
	return Round{Scheme: heardScheme(), Voices: []Voice{
		heardVoice(heardNear, data.Female, "18-28", 14), heardVoice(heardNear, data.Male, "29+", 9),
		heardVoice(heardFar, data.Female, "18-28", 6), heardVoice(heardFar, data.UnknownSex, "29+", 2),
		heardVoice(heardFar, data.Male, "", 1),
		{Village: heardFar, Mixed: true, Form: data.Order, N: 20, Said: heardSaid},
	}}
}

func TestEverybodyWhoCameIsInOnePlace(t *testing.T) {
	r := heardRound()
	h := r.Heard(nil)
	came, _ := grids(h)
	if diff := cmp.Diff([][]int{{20, 0, 0, 20}, {0, 9, 1, 10}, {0, 2, 0, 2}}, came); diff != "" {
		t.Error(diff)
	}
	if h.Mixed != 20 || h.All.Came != 52 {
		t.Errorf("%d in mixed meetings of %d, want 20 of 52", h.Mixed, h.All.Came)
	}
	if n := r.Count(data.People, Cut{}).N; n != h.All.Came {
		t.Errorf("the ranking has %d people, who was heard %d", n, h.All.Came)
	}
	far := r.Heard(&heardFar)
	came, _ = grids(far)
	if diff := cmp.Diff([][]int{{6, 0, 0, 6}, {0, 0, 1, 1}, {0, 2, 0, 2}}, came); diff != "" {
		t.Errorf("one village: %s", diff)
	}
}

func TestOnlyKindsOfPeopleCanBeMissing(t *testing.T) {
	r := heardRound()
	none := 0
	r.Population = []data.Population{{Sex: data.Male, Band: "18-28", People: none}, {Sex: data.Female, Band: "29+", People: 7}}
	h := r.Heard(nil)
	var missing [][2]int
	for i := range h.Cells {
		for j, c := range h.Cells[i] {
			if c.Missing() {
				missing = append(missing, [2]int{i, j})
			}
		}
	}
	// Young men are none, the older women were not heard, and nobody can be missing from "not said".
	if diff := cmp.Diff([][2]int{{0, 1}}, missing); diff != "" {
		t.Error(diff)
	}
}

func TestThoseWhoSaidNothingAreNotHeard(t *testing.T) {
	r := Round{Scheme: heardScheme(), Voices: []Voice{{Group: data.Group{Sex: data.Female, Band: "18-28"}, N: 8}}}
	c := r.Heard(nil).Cells[0][0]
	if c.Came != 8 || c.Silent != 8 || !c.Missing() {
		t.Errorf("got %+v", c)
	}
}

func TestResidentsAreAddedUpOrTakenFromMargins(t *testing.T) {
	near := func(sex data.Sex, band data.Band, n int) data.Population {
		return data.Population{Village: heardNear, Sex: sex, Band: band, People: n}
	}
	full := []data.Population{near(data.Female, "18-28", 50), near(data.Female, "29+", 60), near(data.Male, "18-28", 40), near(data.Male, "29+", 30)}
	farRow := data.Population{Village: heardFar, Sex: data.Female, Band: "18-28", People: 5}
	one := []Voice{heardVoice(heardNear, data.Female, "18-28", 10)}
	for _, c := range []struct {
		name   string
		voices []Voice
		people []data.Population
		want   [][]int
		all    int
	}{
		{"nothing is known", one, nil, [][]int{{-1, -1, -1}, {-1, -1, -1}}, -1},
		{"every figure", one, full, [][]int{{50, 60, 110}, {40, 30, 70}}, 180},
		{"margins", one, []data.Population{near(data.Female, "", 100), near(data.Male, "", 80), near("", "29+", 90)},
			[][]int{{-1, -1, 100}, {-1, -1, 80}}, 180},
		{"only the whole", one, []data.Population{{People: 1000}}, [][]int{{-1, -1, -1}, {-1, -1, -1}}, 1000},
		{"parts win over a total", one, append([]data.Population{near("", "", 999)}, full...), [][]int{{50, 60, 110}, {40, 30, 70}}, 180},
		{"two villages, one cell known in both", one, append([]data.Population{farRow}, full...), [][]int{{55, -1, -1}, {-1, -1, -1}}, -1},
		{"a village without figures", append([]Voice{heardVoice(heardFar, data.Male, "29+", 3)}, one...), full, [][]int{{-1, -1, -1}, {-1, -1, -1}}, -1},
		{"a village without figures, but the whole is known", append([]Voice{heardVoice(heardFar, data.Male, "29+", 3)}, one...),
			append([]data.Population{{Sex: data.Female, People: 500}}, full...), [][]int{{-1, -1, 500}, {-1, -1, -1}}, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Round{Scheme: heardScheme(), Voices: c.voices, Population: c.people}
			h := r.Heard(nil)
			_, got := grids(h)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			all := -1
			if h.All.Residents != nil {
				all = *h.All.Residents
			}
			if all != c.all {
				t.Errorf("%d residents, want %d", all, c.all)
			}
		})
	}
}

func TestAxesTheSchemeLacksTakeEverybody(t *testing.T) {
	tags := data.Scheme{Tags: []data.Tag{{Key: "poor"}, {Key: "elderly"}}}
	people := []data.Population{{People: 300}}
	r := Round{Scheme: tags, Population: people, Voices: []Voice{
		{Group: data.Group{Tag: "elderly"}, N: 12, Said: heardSaid}, {Group: data.Group{}, N: 3, Said: heardSaid},
	}}
	h := r.Heard(nil)
	came, residents := grids(h)
	if diff := cmp.Diff([][]int{{0, 12, 3, 15}}, came); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]int{{-1, -1, -1, 300}}, residents); diff != "" {
		t.Error(diff)
	}
	if share, ok := h.All.Share(); !ok || share != 0.05 {
		t.Errorf("share %v, %v", share, ok)
	}
	if !h.Cells[0][0].Missing() {
		t.Error("the poor are not missing")
	}
	only := Round{Scheme: data.Scheme{Sexes: true}, Population: []data.Population{{Sex: data.Female, People: 10}}}
	_, residents = grids(only.Heard(nil))
	if diff := cmp.Diff([][]int{{10, 10}, {-1, -1}}, residents); diff != "" {
		t.Error(diff)
	}
}

func TestWhoCameAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Round{Scheme: heardScheme()}
		if rapid.Bool().Draw(t, "no sexes") {
			r.Scheme.Sexes = false
		}
		for range rapid.IntRange(0, 12).Draw(t, "voices") {
			v := heardVoice(rapid.SampledFrom([]data.ID{heardNear, heardFar}).Draw(t, "village"), data.UnknownSex,
				rapid.SampledFrom([]data.Band{"", "18-28", "29+"}).Draw(t, "band"), rapid.IntRange(0, 40).Draw(t, "n"))
			if r.Scheme.Sexes {
				v.Group.Sex = rapid.SampledFrom(data.Sexes).Draw(t, "sex")
			}
			if v.Mixed = rapid.IntRange(0, 4).Draw(t, "mixed") == 0; v.Mixed {
				v.Group = data.Group{}
			}
			r.Voices = append(r.Voices, v)
		}
		h := r.Heard(nil)
		rows, cols, cells := h.Mixed, h.Mixed, h.Mixed
		for i := range h.Rows {
			rows += h.Sexes[i].Came
			for _, c := range h.Cells[i] {
				cells += c.Came
			}
		}
		for _, c := range h.Kinds {
			cols += c.Came
		}
		parts := r.Heard(&heardNear).All.Came + r.Heard(&heardFar).All.Came
		if n := h.All.Came; n != rows || n != cols || n != cells || n != parts {
			t.Fatalf("all %d, rows %d, columns %d, cells %d, villages %d", n, rows, cols, cells, parts)
		}
	})
}
