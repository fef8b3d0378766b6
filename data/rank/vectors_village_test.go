package rank

import (
	"math/big"
	"slices"
	"testing"

	"ashar/data"
)

// villageOrders is what the worked example of the village says of orders.
type villageOrders struct {
	All      []tier                      `json:"census_order"`
	Women    []tier                      `json:"women_order"`
	Men      []tier                      `json:"men_order"`
	Identity string                      `json:"identity"`
	Firsts   map[string]ratio            `json:"census_first_choices_people"`
	Optima   [][]string                  `json:"census_kemeny_optima"`
	Without  map[string]map[string]ratio `json:"leave_one_group_out_midranks"`
	Range    map[string][2]int           `json:"rank_range_over_loo"`
}

func readVillageOrders(t *testing.T) (e villageOrders) {
	t.Helper()
	var v struct{ Expected villageOrders }
	vector(t, "village-end-to-end", &v)
	return v.Expected
}

func TestVectorOfTheVillagesOrders(t *testing.T) {
	e := readVillageOrders(t)
	round, _ := villageRound(t)
	women, men := Cut{}.BySex()
	for _, c := range []struct {
		cut  Cut
		want []tier
	}{{Cut{}, e.All}, {women, e.Women}, {men, e.Men}} {
		r := round.Count(data.Citizens, c.cut)
		stands(t, r, c.want)
		inOrder(t, "residents", scores(r), c.want)
	}
	ranking, m := round.Count(data.Citizens, Cut{}), round.Matrix(data.Citizens, Cut{})
	for i, p := range m.Problems {
		mean := new(big.Rat)
		for j := range m.Problems {
			if i != j {
				mean.Add(mean, m.Share(i, j))
			}
		}
		if mean.Quo(mean, big.NewRat(int64(len(m.Problems)-1), 1)); mean.Cmp(scores(ranking)[p]) != 0 {
			t.Errorf("row %d of the matrix has the mean %s, the score is %s", i, mean, scores(ranking)[p])
		}
	}
	if e.Identity != "row mean of census_pairwise_share equals census_score exactly" {
		t.Errorf("the example says %q, and that is not what is tried here", e.Identity)
	}
}

// Residents by their first choice: each group's shared out as its ballots are.
func TestVectorOfTheVillagesFirstChoices(t *testing.T) {
	e := readVillageOrders(t)
	round, _ := villageRound(t)
	got := map[data.ID]*big.Rat{}
	for i, part := range round.Break(data.People, Cut{}, By{Sex: true, Band: true}) {
		at := slices.IndexFunc(round.Population, func(p data.Population) bool {
			return p.Sex == *part.Cut.Sex && p.Band == *part.Cut.Band
		})
		each := big.NewRat(int64(round.Population[at].People), int64(part.Ranking.N))
		for _, p := range part.Ranking.Places {
			if i == 0 {
				got[p.Problem] = new(big.Rat)
			}
			got[p.Problem].Add(got[p.Problem], new(big.Rat).Mul(each, p.First))
		}
	}
	hasRatios(t, "first choices of residents", got, e.Firsts)
}

// Trying all orders finds the very ones that the example calls best.
func TestVectorOfTheVillagesBestOrders(t *testing.T) {
	e := readVillageOrders(t)
	round, _ := villageRound(t)
	m := round.Matrix(data.Citizens, Cut{})
	best, orders := bestOrders(m)
	k := m.Kemeny()
	if len(orders) != len(e.Optima) || k.Optima.Int64() != int64(len(orders)) || k.Score.Cmp(best) != 0 {
		t.Fatalf("%d orders are best, %d want to be: %+v", len(orders), len(e.Optima), k)
	}
	for _, want := range e.Optima {
		if !slices.ContainsFunc(orders, func(order []int) bool {
			return slices.EqualFunc(order, want, func(i int, name string) bool { return m.Problems[i] == named(name) })
		}) {
			t.Errorf("%v is not one of the best orders %v", want, orders)
		}
	}
}

// The example leaves a group out and the weights of the others as they were. The
// product does that too, and also counts as if the group had never met: its span
// holds both, and so is never narrower than the example's.
func TestVectorOfTheVillageWithoutEachGroup(t *testing.T) {
	e := readVillageOrders(t)
	round, _ := villageRound(t)
	p := round.panel(data.Citizens, Cut{})
	if len(e.Without) != len(p.scored) {
		t.Fatalf("%d groups, want %d", len(p.scored), len(e.Without))
	}
	for i, v := range p.scored {
		weights := slices.Clone(p.weights)
		weights[i] = new(big.Rat)
		for name, g := range villageGroups {
			if g != v.Group {
				continue
			}
			for j, twice := range meanPlaces(p.ranks(weights)) {
				problem := []string{"W", "R", "K", "I", "L", "M"}[j]
				if want := e.Without[name][problem]; p.named[j] != named(problem) || want.Cmp(big.NewRat(twice, 2)) != 0 {
					t.Errorf("without %s %s has the place %d/2, want %s", name, problem, twice, want)
				}
			}
		}
	}
	l := round.Leave(data.Citizens, Cut{})
	if len(e.Range) != len(l.Spans) {
		t.Errorf("%d spans, want %d", len(l.Spans), len(e.Range))
	}
	for name, want := range e.Range {
		if span := l.Spans[named(name)]; !span.Contains(want[0]) || !span.Contains(want[1]) {
			t.Errorf("%s is from %d to %d, and the span is %+v", name, want[0], want[1], span)
		}
	}
}

// Whoever names a problem is one of so many people of the group.
func TestVectorOfTheVillagesFirstThree(t *testing.T) {
	var v struct {
		Expected struct {
			Top3 map[string]map[string][2]int `json:"top3_counts"`
		}
	}
	vector(t, "village-end-to-end", &v)
	round, _ := villageRound(t)
	for problem, groups := range v.Expected.Top3 {
		if len(groups) != len(round.Voices) {
			t.Errorf("%s: %d groups, want %d", problem, len(groups), len(round.Voices))
		}
		for i := range round.Voices {
			voice := &round.Voices[i]
			for name, g := range villageGroups {
				if x, n := voice.wants(named(problem)); g == voice.Group && (groups[name] != [2]int{x, n} || n != voice.N) {
					t.Errorf("%d of %d of %s have %s among their first three, want %v", x, n, name, problem, groups[name])
				}
			}
		}
	}
}
