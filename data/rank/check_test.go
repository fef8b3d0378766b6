package rank

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ashar/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// changed writes pairs short: "B A kemeny schulze" for B before A, not so by both.
func changed(changes []Change) string {
	var parts []string
	for _, c := range changes {
		parts = append(parts, strings.Join(append([]string{nameOf(c.A), nameOf(c.B)}, c.By...), " "))
	}
	return strings.Join(parts, "; ")
}

func nameOf(id data.ID) string { return strings.TrimRight(string(id[:]), "\x00") }

func TestCheckNamesThePairsThatChangePlaces(t *testing.T) {
	for _, c := range []struct{ name, ids, ballots, agree, changes, levels, winner, open string }{
		{"all say the same", "A B C", "3 A B C; 1 B A C", "yes", "", "", "A", ""},
		{"the winner of all pairs is second", "A B C", "30 A B C; 1 A C B; 29 B A C; 10 B C A; 10 C A B; 1 C B A", "no", "B A kemeny schulze condorcet", "", "A", ""},
		{"a circle of three", "A B C", "1 A B C; 1 B C A; 1 C A B", "yes", "", "", "", "condorcet"},
		{"a circle that Borda breaks", "A B C D", "1 A B C D; 1 B C D A; 1 C A B D", "no", "", "B A schulze; C A schulze", "", "kemeny condorcet"},
		{"two problems", "A B", "2 A B; 1 B A", "yes", "", "", "A", ""},
		{"two level", "A B", "1 A B; 1 B A", "yes", "", "", "", "condorcet"},
		{"level in points, not in pairs", "A B C", "3 A B C; 2 B C A", "no", "B A kemeny schulze condorcet", "", "A", ""},
		{"a copy", "A B C", "11 A B C; 9 B C A", "no", "B A kemeny schulze condorcet", "", "A", ""},
		{"a change below the third place", "A B C D E F", "5 A B C E D F; 4 A B C D F E", "yes", "", "", "A", ""},
		{"level in pairs below the first", "A B C", "1 A B C; 1 A C B", "yes", "", "", "A", ""},
		{"one best order of several", "A B C D", "2 A C B D; 1 D A B C; 1 A D C B", "yes", "", "", "A", "kemeny"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids, ballots := problems(c.ids), profile(c.ballots)
			m := matrixOf(ids, ballots, oneEach)
			round := one(t, ballots, ids)
			check := m.Check(round.Count(data.People, Cut{}).Places)
			winner := ""
			if check.Winner != nil {
				winner = nameOf(*check.Winner)
			}
			if check.Agree != (c.agree == "yes") || changed(check.Changes) != c.changes || changed(check.Levels) != c.levels || winner != c.winner || strings.Join(check.Open, " ") != c.open {
				t.Errorf("agree %v, changes %q, levels %q, winner %q, open %q", check.Agree, changed(check.Changes), changed(check.Levels), winner, check.Open)
			}
			if check.Reason != "" || !slices.Equal(check.Schulze, m.Schulze().Ranks) || !slices.Equal(check.Copeland, m.Copeland()) {
				t.Errorf("%+v", check)
			}
		})
	}
}

// keeps tells whether an order has every problem of the first three places before
// those that stand below it.
func keeps(order, ranks []int) bool {
	third := slices.Sorted(slices.Values(ranks))[min(3, len(ranks))-1]
	for at, j := range order {
		for _, i := range order[at+1:] {
			if ranks[i] <= third && ranks[i] < ranks[j] {
				return false
			}
		}
	}
	return true
}

// agrees tells by trying all orders whether the methods keep the first places.
func agrees(m *Matrix, ranks []int) bool {
	top := 0
	third := slices.Sorted(slices.Values(ranks))[min(3, len(ranks))-1]
	for _, r := range ranks {
		if r <= third {
			top++
		}
	}
	_, orders := bestOrders(m)
	kemeny := slices.ContainsFunc(orders, func(order []int) bool {
		return slices.IsSortedFunc(order[:top], func(i, j int) int { return ranks[i] - ranks[j] }) && slices.IndexFunc(order[:top], func(i int) bool { return ranks[i] > third }) < 0
	})
	s := m.Schulze()
	for i := range ranks {
		for j := range ranks {
			asked := ranks[i] <= third && (ranks[j] <= third || s.Ranks[j] <= top) && i != j
			if asked && (s.Beats(i, j) != (ranks[i] < ranks[j]) || s.Beats(j, i) != (ranks[j] < ranks[i])) {
				return false
			}
		}
	}
	winner, ok := m.Condorcet()
	return kemeny && (!ok || ranks[winner] == 1 && slices.Index(ranks, 1) == winner && !slices.Contains(ranks[winner+1:], 1))
}

func TestCheckAgreesWhereTheFirstPlacesAreTheSame(t *testing.T) {
	agreed, several := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t, 6)
		ranks := bordaRanks(m)
		if rapid.Bool().Draw(t, "any order") {
			ranks = m.Schulze().Ranks
		}
		c := m.Check(placesBy(m.Problems, ranks))
		if want := agrees(m, ranks); c.Agree != want {
			t.Fatalf("agree %v, by trying all %v: ranks %v, %+v", c.Agree, want, ranks, c)
		}
		if c.Agree {
			agreed++
			_, orders := bestOrders(m)
			if want := !slices.ContainsFunc(orders, func(order []int) bool { return !keeps(order, ranks) }); want == slices.Contains(c.Open, ByKemeny) {
				t.Fatalf("all of %v keep %v: %v, and open are %v", orders, ranks, want, c.Open)
			}
		}
		if c.Kemeny.Optima.Int64() > 1 {
			several++
		}
		if _, orders := bestOrders(m); !slices.ContainsFunc(orders, func(o []int) bool { return slices.Equal(o, c.Kemeny.Order) }) {
			t.Fatalf("%v is none of the best orders %v", c.Kemeny.Order, orders)
		}
		asksRight(t, m, ranks, c)
	})
	if agreed == 0 || several == 0 {
		t.Errorf("%d orders agree, %d have several best ones: the drawing is too poor", agreed, several)
	}
}

// asksRight checks that what changes places does so.
func asksRight(t *rapid.T, m *Matrix, ranks []int, c Check) {
	s := m.Schulze()
	for _, change := range c.Changes {
		i, j := slices.Index(m.Problems, change.A), slices.Index(m.Problems, change.B)
		if ranks[i] >= ranks[j] {
			t.Fatalf("%d does not stand before %d in %v", i, j, ranks)
		}
		if slices.Contains(change.By, BySchulze) && !s.Beats(j, i) {
			t.Fatalf("%d does not beat %d", j, i)
		}
		if slices.Contains(change.By, ByKemeny) && slices.Index(c.Kemeny.Order, j) > slices.Index(c.Kemeny.Order, i) {
			t.Fatalf("%d is not before %d in %v", j, i, c.Kemeny.Order)
		}
		if winner, ok := m.Condorcet(); slices.Contains(change.By, ByCondorcet) && (!ok || winner != j) {
			t.Fatalf("%d does not win all comparisons", j)
		}
	}
	if winner, ok := m.Condorcet(); ok && ranks[winner] > 1 && !slices.ContainsFunc(c.Changes, func(change Change) bool {
		return change.B == m.Problems[winner] && slices.Equal(change.By, []string{ByKemeny, BySchulze, ByCondorcet})
	}) {
		t.Fatalf("%d wins all comparisons and is not named in %+v", winner, c.Changes)
	}
}

// The check of many problems takes no whole second, and says that its order of
// Kemeny was only searched for.
func TestCheckOfManyProblems(t *testing.T) {
	m := randomMatrix(rand.New(rand.NewPCG(9, 10)), 73, 1000)
	c := m.Check(placesBy(m.Problems, bordaRanks(m)))
	if c.Kemeny.Exact || c.Kemeny.Optima != nil || !slices.Contains(c.Open, ByKemeny) || len(c.Kemeny.Order) != 73 || c.Reason != "" {
		t.Errorf("%+v", c.Kemeny)
	}
	if again := m.Check(placesBy(m.Problems, bordaRanks(m))); !cmp.Equal(c.Kemeny.Order, again.Kemeny.Order) || changed(c.Changes) != changed(again.Changes) {
		t.Errorf("once %+v, once more %+v", c, again)
	}
}
