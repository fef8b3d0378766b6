package rank

import (
	"errors"
	"maps"
	"math/big"
	"slices"
	"testing"

	"ashar/data"
)

func heads(n int64) *big.Rat { return big.NewRat(n, 1) }

func bought(s Shared) (ids []data.ID) {
	for _, b := range s.Bought {
		ids = append(ids, b.Measure)
	}
	return ids
}

func allNamed(names []string) (all []data.ID) {
	for _, name := range names {
		all = append(all, named(name))
	}
	return all
}

func TestVectorOfEqualShares(t *testing.T) {
	var v struct {
		Input struct {
			Costs     map[string]int64
			Budget    int64
			Approvals [][]string
		}
		Expected struct {
			Plain    []string
			Phragmen []string `json:"completed_by_phragmen"`
			Left     []ratio  `json:"left_per_voter_after_a"`
		}
	}
	vector(t, "mes-lackner-skowron", &v)
	b := Budget{Som: v.Input.Budget}
	for _, name := range slices.Sorted(maps.Keys(v.Input.Costs)) {
		b.Offers = append(b.Offers, Offer{named(name), v.Input.Costs[name]})
	}
	for _, wants := range v.Input.Approvals {
		b.Backers = append(b.Backers, Backers{heads(1), allNamed(wants)})
	}
	for _, b.Unit = range []bool{false, true} { // every cost is 1
		s, err := b.Shares()
		if err != nil || !slices.Equal(bought(s), allNamed(v.Expected.Plain)) || s.Left != 3 {
			t.Fatalf("%v: %+v", err, s)
		}
		for i, want := range v.Expected.Left {
			if s.Purses[i].Cmp(want.Rat) != 0 {
				t.Errorf("voter %d has %s left, want %s", i+1, s.Purses[i], want)
			}
		}
		whole, err := b.Complete()
		if err != nil || whole.Left != 0 || len(whole.Bought) != 4 || whole.Bought[0].Measure != named("a") {
			t.Errorf("%v: completed %+v", err, whole)
		}
	}
	if got := phragmen(b, []data.ID{named("a")}); !slices.Equal(got, allNamed(v.Expected.Phragmen)) {
		t.Errorf("Phragmén completes to %v", got)
	}
}

// phragmen completes what is bought by Phragmén's sequential rule for measures
// that all cost 1, starting from the loads of what is bought already: those who
// want the next measure bear its cost, all alike loaded then.
func phragmen(b Budget, have []data.ID) []data.ID {
	load := make([]*big.Rat, len(b.Backers))
	for i := range load {
		load[i] = new(big.Rat)
	}
	level := func(m data.ID) *big.Rat {
		sum, n := big.NewRat(1, 1), int64(0)
		for i, p := range b.Backers {
			if slices.Contains(p.Wants, m) {
				sum.Add(sum, load[i])
				n++
			}
		}
		return sum.Quo(sum, big.NewRat(n, 1))
	}
	buy := func(m data.ID) {
		l := level(m)
		for i, p := range b.Backers {
			if slices.Contains(p.Wants, m) {
				load[i] = l
			}
		}
	}
	for _, m := range have {
		buy(m)
	}
	for len(have) < int(b.Som) {
		var next data.ID
		var least *big.Rat
		for _, o := range b.Offers {
			if l := level(o.Measure); !slices.Contains(have, o.Measure) && (least == nil || l.Cmp(least) < 0) {
				next, least = o.Measure, l
			}
		}
		buy(next)
		have = append(have, next)
	}
	return have
}

type shareRound struct {
	Chosen string
	Rho    ratio
	Price  *ratio   `json:"price_per_supporter"`
	Tied   []string `json:"tied_with"`
}

func TestVectorOfTheVillagesBudget(t *testing.T) {
	var v struct {
		Input struct {
			Costs   map[string]int64
			Budget  int64
			Ballots []struct {
				N        int64
				Approves []string
			}
			Census map[string]int64
		}
		Expected struct {
			Votes        map[string]ratio
			Greedy       []string     `json:"greedy_by_votes"`
			Plain        []string     `json:"mes_plain"`
			Rounds       []shareRound `json:"mes_rounds"`
			Census       []string     `json:"mes_census_weighted_plain"`
			CensusRounds []shareRound `json:"mes_census_weighted_rounds"`
		}
	}
	vector(t, "mes-village", &v)
	listed := []string{"Water", "Road", "Kindergarten", "Irrigation", "Lighting", "Medical"}
	came := Budget{Som: v.Input.Budget}
	for _, name := range listed {
		came.Offers = append(came.Offers, Offer{named(name), v.Input.Costs[name]})
	}
	census := came
	for i, ballot := range v.Input.Ballots {
		came.Backers = append(came.Backers, Backers{heads(ballot.N), allNamed(ballot.Approves)})
		n := v.Input.Census["ballot"+string(rune('1'+i))]
		census.Backers = append(census.Backers, Backers{heads(n), allNamed(ballot.Approves)})
	}
	for _, c := range []struct {
		budget Budget
		plain  []string
		rounds []shareRound
	}{{came, v.Expected.Plain, v.Expected.Rounds}, {census, v.Expected.Census, v.Expected.CensusRounds}} {
		s, err := c.budget.Shares()
		if err != nil || !slices.Equal(bought(s), allNamed(c.plain)) || len(s.Bought) != len(c.rounds) {
			t.Fatalf("%v: %+v", err, s)
		}
		for i, want := range c.rounds {
			b := s.Bought[i]
			if b.Measure != named(want.Chosen) || b.Rho.Cmp(want.Rho.Rat) != 0 || want.Price != nil && b.Price.Cmp(want.Price.Rat) != 0 || !slices.Equal(b.Tied, allNamed(want.Tied)) {
				t.Errorf("round %d: %+v, want %+v", i+1, b, want)
			}
		}
	}
	s, _ := came.Complete()
	for i, votes := range s.Votes {
		if want := v.Expected.Votes[listed[i]]; votes.Measure != named(listed[i]) || votes.People.Cmp(want.Rat) != 0 {
			t.Errorf("%s has %s votes, want %s", listed[i], votes.People, want)
		}
	}
	buysByVotes(t, came, v.Expected.Greedy)
}

// buysByVotes checks what is bought by votes from the start: the rest of the
// completion alone.
func buysByVotes(t *testing.T, b Budget, want []string) {
	t.Helper()
	greedy := Shared{Left: b.Som}
	newSharing(&b).byVotes(&greedy)
	if !slices.Equal(bought(greedy), allNamed(want)) || greedy.Left != 0 {
		t.Errorf("by votes: %+v", greedy)
	}
}

func TestTiesOfMeasuresAreReal(t *testing.T) {
	b := Budget{Som: 10, Unit: true, Offers: []Offer{{named("A"), 5}, {named("B"), 4}, {named("C"), 0}, {named("D"), 4}},
		Backers: []Backers{{heads(1), problems("A B C")}, {heads(1), problems("A D B D")}}}
	s, err := b.Shares()
	if err != nil || !slices.Equal(s.Free, problems("C")) || s.Bought[0].Measure != named("B") || len(s.Bought[0].Tied) != 1 {
		t.Fatalf("%v: %+v", err, s)
	}
	b.Unit = false
	s, _ = b.Shares()
	if s.Bought[0].Measure != named("A") || !slices.Equal(s.Bought[0].Tied, problems("A B")) {
		t.Errorf("as listed: %+v", s.Bought)
	}
	b.Cheaper = true
	s, _ = b.Shares()
	if s.Bought[0].Measure != named("B") || !slices.Equal(s.Bought[0].Tied, problems("A B")) {
		t.Errorf("the cheaper: %+v", s.Bought)
	}
}

func TestABudgetThatCannotBeShared(t *testing.T) {
	voters := []Backers{{heads(1), problems("A")}}
	for name, b := range map[string]Budget{
		"debt":             {Som: -1, Backers: voters},
		"nobody":           {Som: 1},
		"a negative cost":  {Som: 1, Backers: voters, Offers: []Offer{{named("A"), -1}}},
		"the same twice":   {Som: 1, Backers: voters, Offers: []Offer{{named("A"), 1}, {named("A"), 1}}},
		"too dear to add":  {Som: 1, Backers: voters, Offers: []Offer{{named("A"), 1 << 62}, {named("B"), 1 << 62}}},
		"people of no one": {Som: 1, Backers: []Backers{{heads(0), nil}}},
		"no weight":        {Som: 1, Backers: []Backers{{nil, nil}}},
	} {
		if _, err := b.Complete(); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b := Budget{Backers: voters, Offers: []Offer{{named("A"), 7}, {named("B"), 0}}}
	if s, err := b.Complete(); err != nil || s.Bought != nil || s.Left != 0 || !slices.Equal(s.Free, problems("B")) {
		t.Errorf("no money: %v, %+v", err, s)
	}
}
