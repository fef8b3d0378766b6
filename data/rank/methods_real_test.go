package rank

import (
	"bufio"
	"encoding/csv"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
)

// realVotes are the files of real votes that match a pattern, of the shared test
// data.
func realVotes(t *testing.T, pattern string) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("reading real votes takes seconds")
	}
	dir := os.Getenv("ASHAR_TEST_DATA")
	files, err := filepath.Glob(filepath.Join(dir, "data", pattern))
	switch {
	case err != nil:
		t.Fatal(err)
	case len(files) > 0 && dir != "":
	case os.Getenv("ASHAR_TEST_DATA_REQUIRED") == "1":
		t.Fatalf("the real votes %s are required", pattern)
	default:
		t.Skipf("ASHAR_TEST_DATA has no real votes %s", pattern)
	}
	return files
}

// readSOI reads orders of PrefLib, "12: 4,2,1", each as often as it was cast:
// of how many candidates, and who was put in which order.
func readSOI(t *testing.T, name string) (candidates int, orders [][]int, times []int) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if n, ok := strings.CutPrefix(line, "# NUMBER ALTERNATIVES: "); ok {
			candidates = whole(t, n)
		}
		n, list, ok := strings.Cut(line, ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		var order []int
		for _, c := range strings.Split(list, ",") {
			order = append(order, whole(t, c)-1)
		}
		orders, times = append(orders, order), append(times, whole(t, n))
	}
	if lines.Err() != nil || candidates == 0 || len(orders) == 0 {
		t.Fatalf("%s: %d candidates, %d orders, %v", name, candidates, len(orders), lines.Err())
	}
	return candidates, orders, times
}

func whole(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// byHand counts orders the plain way.
type byHand struct {
	ballots int
	points  []int   // twice the average Borda points
	pairs   [][]int // twice the comparisons won
}

func countByHand(n int, orders [][]int, times []int) (h byHand) {
	h.points, h.pairs = make([]int, n), make([][]int, n)
	for i := range n {
		h.pairs[i] = make([]int, n)
	}
	for at, order := range orders {
		h.ballots += times[at]
		k := len(order)
		for i := range n {
			place := slices.Index(order, i)
			if place < 0 {
				h.points[i] += times[at] * (n - k - 1) // half of those left over are behind
				continue
			}
			h.points[i] += times[at] * 2 * (n - 1 - place)
		}
		for i := range n {
			for j := range n {
				a, b := slices.Index(order, i), slices.Index(order, j)
				switch {
				case i == j:
				case a < 0 && b < 0:
					h.pairs[i][j] += times[at]
				case b < 0, a >= 0 && a < b:
					h.pairs[i][j] += 2 * times[at]
				}
			}
		}
	}
	return h
}

func (h byHand) winner() int {
	for i, row := range h.pairs {
		won := 0
		for j := range row {
			if i != j && row[j] > h.pairs[j][i] {
				won++
			}
		}
		if won == len(row)-1 {
			return i
		}
	}
	return -1
}

// kemeny tries all orders.
func (h byHand) kemeny() (best int, orders [][]int) {
	permutations(len(h.pairs), func(order []int) {
		sum := 0
		for at, i := range order {
			for _, j := range order[at+1:] {
				sum += h.pairs[i][j]
			}
		}
		if sum > best {
			best, orders = sum, nil
		}
		if sum == best {
			orders = append(orders, slices.Clone(order))
		}
	})
	return best, orders
}

// holds compares the ways of the package with the count by hand: scores of the
// voices that cast the ballots, each so many times, the pairs of the ballots,
// winner, and order.
func (h byHand) holds(t *testing.T, ballots []data.Ballot, times []int) {
	t.Helper()
	n := len(h.pairs)
	ids := numbered(n)
	var all []data.Ballot
	for at, b := range ballots {
		all = append(all, slices.Repeat([]data.Ballot{b}, times[at])...)
	}
	round := one(t, all, ids)
	ranking := round.Count(data.People, Cut{})
	m := round.Matrix(data.People, Cut{})
	for i, p := range ids {
		if s := scores(ranking)[p]; s == nil || s.Cmp(big.NewRat(int64(h.points[i]), int64(2*h.ballots*(n-1)))) != 0 {
			t.Errorf("%d has the score %v, by hand %d half points of %d ballots", i, s, h.points[i], h.ballots)
		}
		for j := range ids {
			if i != j && m.Share(i, j).Cmp(big.NewRat(int64(h.pairs[i][j]), int64(2*h.ballots))) != 0 {
				t.Errorf("%d wins %s of the comparisons with %d, by hand %d halves of %d ballots", i, m.Share(i, j), j, h.pairs[i][j], h.ballots)
			}
		}
	}
	if i, ok := m.Condorcet(); ok != (h.winner() >= 0) || ok && i != h.winner() {
		t.Errorf("the winner is %d, %v, by hand %d", i, ok, h.winner())
	}
	best, orders := h.kemeny()
	k := m.Kemeny()
	if score := new(big.Rat).SetFrac(k.Score, m.Total); !k.Exact || score.Cmp(big.NewRat(int64(best), int64(2*h.ballots))) != 0 || k.Optima.Int64() != int64(len(orders)) || !slices.Equal(k.Order, orders[0]) {
		t.Errorf("%+v, by hand %v agree with %d", k, orders, best)
	}
	ranks := make([]int, n)
	for _, p := range ranking.Places {
		ranks[slices.Index(ids, p.Problem)] = p.Rank
	}
	check := m.Check(ranking.Places)
	if check.Agree != agrees(m, ranks) || (check.Winner != nil) != (h.winner() >= 0) {
		t.Errorf("%+v, by trying all orders %v", check, agrees(m, ranks))
	}
	t.Logf("%d ballots: agree %v, %d pairs change places, %d are level", h.ballots, check.Agree, len(check.Changes), len(check.Levels))
}

// Elections of New South Wales in 2015: 19 districts, each with some 47,000 real
// ballots, most of which name one or a few of five to eight candidates.
func TestRealBallotsOfNewSouthWales(t *testing.T) {
	files := realVotes(t, "rankings/nsw/*.soi")
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".soi"), func(t *testing.T) {
			t.Parallel()
			n, orders, times := readSOI(t, name)
			var ballots []data.Ballot
			for _, order := range orders {
				var choices []data.Choice
				for place, i := range order {
					choices = append(choices, data.Choice{Problem: num(i + 1), Place: place + 1})
				}
				ballots = append(ballots, data.NewBallot(choices))
			}
			countByHand(n, orders, times).holds(t, ballots, times)
		})
	}
}

// Six films put in order, by all who were asked, by women, and by men.
func TestRealBallotsOfFilms(t *testing.T) {
	f, err := os.Open(realVotes(t, "rankings/starwars*.csv")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, sex := range []string{"", "Female", "Male"} {
		t.Run("sex "+sex, func(t *testing.T) {
			var orders [][]int
			var times []int
			var ballots []data.Ballot
			for _, row := range rows[1:] {
				if sex != "" && row[1] != sex {
					continue
				}
				var order []int
				var choices []data.Choice
				for i, place := range row[3:] {
					if place != "" { // one man left a film out
						order = append(order, i)
						choices = append(choices, data.Choice{Problem: num(i + 1), Place: whole(t, place)})
					}
				}
				slices.SortFunc(order, func(i, j int) int { return whole(t, row[3+i]) - whole(t, row[3+j]) })
				orders, times, ballots = append(orders, order), append(times, 1), append(ballots, data.NewBallot(choices))
			}
			countByHand(6, orders, times).holds(t, ballots, times)
		})
	}
}
