package rank

import (
	"slices"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
)

// Of a village only the number of all residents is known: its groups share it
// as they are, those who did not say their sex or age too.
func TestAVillageOfWhichOnlyTheTotalIsKnown(t *testing.T) {
	total := []data.Population{people(unsaid, 160)}
	meetings := []meeting{wanting(1, youngWomen, 1, "A"), wanting(2, oldMen, 1, "B"), wanting(3, unsaid, 1, "B"), wanting(4, data.Group{Sex: data.Male}, 1, "B")}
	r := count(residentsRound(t, total, meetings...), Cut{})
	wants(t, "one village", r, "A 1/4 B 3/4")
	if !slices.Equal(r.Whole, drawVillages[:1]) || r.Unplaced != 0 || r.Unheard != nil || r.Omitted != nil || r.Raked != nil {
		t.Errorf("got %+v", r)
	}
	half := residentsRound(t, append([]data.Population{people(data.Group{Sex: data.Female}, 90)}, total...), meetings...)
	wants(t, "half a margin is no margin", half.Count(data.Citizens, Cut{}), "A 1/4 B 3/4")
	if r := count(residentsRound(t, append(total, census...), meetings[:2]...), Cut{}); r.Whole != nil {
		t.Errorf("figures by sex and age are not used: %+v", r)
	}
	unknown := data.UnknownSex
	if r := count(residentsRound(t, total, meetings...), Cut{Sex: &unknown}); r.Reason != "unplaced" || r.Unplaced != 1 {
		t.Errorf("those whose sex is not said: %q, %d", r.Reason, r.Unplaced)
	}
}

// Beside villages that are known better, such a village is weighed as a whole,
// and a part of it is not: its women could not be set against theirs.
func TestAVillageKnownByItsTotalBesideOthers(t *testing.T) {
	total := []data.Population{people(unsaid, 160)}
	meetings := []meeting{wanting(1, youngWomen, 1, "A"), wanting(2, oldMen, 1, "B")}
	there := []meeting{wanting(5, youngWomen, 9, "B"), wanting(6, oldWomen, 9, "B"), wanting(7, youngMen, 9, "B"), wanting(8, oldMen, 9, "B")}
	for i := range there {
		there[i].session.Village = drawVillages[1]
	}
	var figures []data.Population
	for _, row := range census {
		row.Village = drawVillages[1]
		figures = append(figures, row)
	}
	two := residentsRound(t, append(figures, people(unsaid, 480)), append(meetings[:2:2], there...)...)
	wants(t, "beside a village that is known well", two.Count(data.Citizens, Cut{}), "A 3/8 B 5/8") // 480 halved, 160
	women := data.Female
	r := two.Count(data.Citizens, Cut{Sex: &women})
	wants(t, "its women are not counted apart", r, "A 0 B 1")
	if want := []Omitted{{drawVillages[0], "total", 1}}; !slices.Equal(r.Omitted, want) || r.Whole != nil {
		t.Errorf("got %+v", r)
	}

	both := residentsRound(t, append(total, data.Population{Village: drawVillages[1], People: 480}), append(meetings[:2:2], there...)...)
	r = both.Count(data.Citizens, Cut{Sex: &women})
	wants(t, "the women of villages that are all known so", r, "A 1/4 B 3/4")
	if !slices.Equal(r.Whole, drawVillages[:2]) {
		t.Errorf("got %+v", r.Whole)
	}
	nobody := residentsRound(t, total, there...)
	if r := nobody.Count(data.Citizens, Cut{}); r.Reason != "unheard" || len(r.Omitted) != 2 || !cmp.Equal(r.Unheard, []Unheard{{Village: drawVillages[0], People: 160, Alone: true}}) {
		t.Errorf("nobody met where people live: %+v", r)
	}
}

// count is the view of all residents.
func count(r Round, cut Cut) Ranking { return r.Count(data.Citizens, cut) }
