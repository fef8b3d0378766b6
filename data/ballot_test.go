package data

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// ballot writes a ballot short: problem, place and points, three by three.
func ballot(numbers ...int) (b Ballot) {
	for i := 0; i < len(numbers); i += 3 {
		b = append(b, Choice{id(numbers[i]), numbers[i+1], numbers[i+2]})
	}
	return b
}

func TestBallotIsPutInOrder(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want Ballot
	}{
		{"nothing", nil, nil},
		{"in order already", ballot(1, 1, 0, 2, 2, 0), ballot(1, 1, 0, 2, 2, 0)},
		{"out of order", ballot(1, 3, 0, 2, 1, 0, 3, 2, 0), ballot(2, 1, 0, 3, 2, 0, 1, 3, 0)},
		{"gaps close", ballot(1, 2, 0, 2, 7, 0, 3, 90, 0), ballot(1, 1, 0, 2, 2, 0, 3, 3, 0)},
		{"ties stay ties, in the order of writing", ballot(3, 5, 0, 1, 5, 0, 2, 4, 0), ballot(2, 1, 0, 3, 2, 0, 1, 2, 0)},
		{"places from zero and below", ballot(1, 0, 0, 2, -1, 0), ballot(2, 1, 0, 1, 2, 0)},
		{"named twice: the better place, points added", ballot(1, 1, 2, 2, 2, 1, 1, 3, 4), ballot(1, 1, 6, 2, 2, 1)},
		{"named twice, first the worse place", ballot(1, 3, 2, 2, 2, 1, 1, 1, 4), ballot(1, 1, 6, 2, 2, 1)},
		{"named twice, nothing is left between", ballot(1, 1, 0, 1, 2, 0, 2, 3, 0), ballot(1, 1, 0, 2, 2, 0)},
	} {
		was := slices.Clone(c.in)
		if got := NewBallot(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(was, c.in) {
			t.Errorf("%s: what was typed changed to %v", c.name, c.in)
		}
	}
}

func TestMorePointsMeanABetterPlace(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want Ballot
	}{
		{"nothing", nil, nil},
		{"more is better", ballot(1, 0, 2, 2, 0, 5, 3, 0, 3), ballot(2, 1, 5, 3, 2, 3, 1, 3, 2)},
		{"the same is tied", ballot(1, 0, 2, 2, 0, 5, 3, 0, 2), ballot(2, 1, 5, 1, 2, 2, 3, 2, 2)},
		{"places are not looked at", ballot(1, 1, 1, 2, 2, 4), ballot(2, 1, 4, 1, 2, 1)},
		{"twice adds up before it is compared", ballot(1, 0, 3, 2, 0, 4, 1, 0, 3), ballot(1, 1, 6, 2, 2, 4)},
		{"no points at all", ballot(1, 0, 0, 2, 0, 0), ballot(1, 1, 0, 2, 1, 0)},
	} {
		was := slices.Clone(c.in)
		if got := BallotByPoints(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(was, c.in) {
			t.Errorf("%s: what was typed changed to %v", c.name, c.in)
		}
	}
}

// choices are what people type: problems twice, gaps, ties.
func choices() *rapid.Generator[[]Choice] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Choice {
		return Choice{id(rapid.IntRange(1, 7).Draw(t, "problem")), rapid.IntRange(-2, 5).Draw(t, "place"), rapid.IntRange(0, 5).Draw(t, "points")}
	}), 0, 10)
}

func points(b []Choice) (sum int) {
	for _, c := range b {
		sum += c.Points
	}
	return sum
}

// best is the best place that any of the choices has for what of makes of a
// problem, and whether there is one.
func best(b []Choice, of func(ID) ID, problem ID) (place int, named bool) {
	for _, c := range b {
		if of(c.Problem) == problem && (!named || c.Place < place) {
			place, named = c.Place, true
		}
	}
	return place, named
}

func itself(p ID) ID { return p }

func TestEveryBallotIsSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := choices().Draw(t, "typed")
		for _, b := range []Ballot{NewBallot(typed), BallotByPoints(typed)} {
			if !b.settled() || !slices.Equal(NewBallot(b), b) {
				t.Fatalf("%v is not settled", b)
			}
			if points(b) != points(typed) {
				t.Fatalf("%v has %d points, typed were %d", b, points(b), points(typed))
			}
			tier := 0
			for _, c := range b {
				if c.Place != tier && c.Place != tier+1 {
					t.Fatalf("%v has a gap", b)
				}
				tier = c.Place
			}
		}
		b := NewBallot(typed)
		for _, x := range b {
			for _, y := range b {
				a, _ := best(typed, itself, x.Problem)
				c, _ := best(typed, itself, y.Problem)
				if cmp.Compare(x.Place, y.Place) != cmp.Compare(a, c) {
					t.Fatalf("%v against %v in %v", x, y, b)
				}
			}
		}
		for i, x := range BallotByPoints(typed) {
			for _, y := range BallotByPoints(typed)[:i] {
				if cmp.Compare(x.Place, y.Place) != cmp.Compare(y.Points, x.Points) {
					t.Fatalf("%v against %v", x, y)
				}
			}
		}
	})
}

func TestWhatIsNoBallot(t *testing.T) {
	for _, b := range []Ballot{
		ballot(1, 2, 0), ballot(1, 0, 0), ballot(1, 1, 0, 1, 2, 0), ballot(1, 1, 0, 2, 3, 0), ballot(2, 2, 0, 1, 1, 0), {{Place: 1}},
	} {
		if b.settled() {
			t.Errorf("%v is settled", b)
		}
	}
}

func TestMergedProblemsCountOnce(t *testing.T) {
	into := func(pairs ...int) Merges {
		m := Merges{}
		for i := 0; i < len(pairs); i += 2 {
			m[id(pairs[i])] = id(pairs[i+1])
		}
		return m
	}
	for _, c := range []struct {
		name   string
		in     Ballot
		m      Merges
		scores bool
		out    Ballot
	}{
		{name: "nothing is merged", in: ballot(1, 1, 0, 2, 2, 0), m: into(1, 1, 2, 2), out: ballot(1, 1, 0, 2, 2, 0)},
		{name: "into one that is not there", in: ballot(1, 1, 0, 2, 2, 0), m: into(2, 9), out: ballot(1, 1, 0, 9, 2, 0)},
		{name: "into a worse one", in: ballot(1, 1, 0, 2, 2, 0, 3, 3, 0), m: into(1, 3), out: ballot(3, 1, 0, 2, 2, 0)},
		{name: "into a better one", in: ballot(1, 1, 0, 2, 2, 0, 3, 3, 0), m: into(2, 1), out: ballot(1, 1, 0, 3, 2, 0)},
		{name: "a tie that is now one", in: ballot(1, 1, 0, 2, 1, 0, 3, 2, 0), m: into(2, 1), out: ballot(1, 1, 0, 3, 2, 0)},
		{name: "points add up", in: ballot(1, 1, 5, 2, 2, 3), m: into(2, 1), out: ballot(1, 1, 8)},
		{name: "of two scores the higher one holds", in: ballot(1, 1, 5, 3, 2, 4, 2, 3, 3), m: into(2, 1), scores: true, out: ballot(1, 1, 5, 3, 2, 4)},
		{name: "three become one", in: ballot(1, 1, 1, 2, 2, 1, 3, 3, 1, 4, 4, 1), m: into(1, 4, 2, 4, 3, 4), out: ballot(4, 1, 4)},
	} {
		was := slices.Clone(c.in)
		if got := c.in.Merged(c.m, c.scores); !slices.Equal(got, c.out) {
			t.Errorf("%s: %v, want %v", c.name, got, c.out)
		}
		if !slices.Equal(was, c.in) {
			t.Errorf("%s: the ballot itself changed to %v", c.name, c.in)
		}
	}
}

func TestMergingABallotKeepsItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBallot(choices().Draw(t, "ballot"))
		m := Merges{}
		for p := 1; p <= 7; p++ {
			m[id(p)] = id(rapid.IntRange(p, 7).Draw(t, "stands for it"))
		}
		for p := 7; p >= 1; p-- {
			m[id(p)] = m.Of(m[id(p)])
		}
		out := b.Merged(m, false)
		if !out.settled() || points(out) != points(b) {
			t.Fatalf("%v is merged to %v", b, out)
		}
		for _, x := range out {
			for _, y := range out {
				a, _ := best(b, m.Of, x.Problem)
				c, _ := best(b, m.Of, y.Problem)
				if cmp.Compare(x.Place, y.Place) != cmp.Compare(a, c) {
					t.Fatalf("%v is merged to %v", b, out)
				}
			}
		}
		for _, c := range b {
			if _, named := best(out, itself, m.Of(c.Problem)); !named {
				t.Fatalf("%v lost %v in %v", b, c, out)
			}
		}
		if again := out.Merged(m, false); !slices.Equal(again, out) {
			t.Fatalf("merged once %v, twice %v", out, again)
		}
	})
}

func TestTiersAreTheBallot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBallot(choices().Draw(t, "ballot"))
		var together Ballot
		b.Tiers(func(before int, tier []Choice) {
			if before != len(together) || len(tier) == 0 {
				t.Fatalf("%d before %v, %v so far", before, tier, together)
			}
			for _, c := range tier {
				if c.Place != tier[0].Place || len(together) > 0 && c.Place != together[len(together)-1].Place+1 {
					t.Fatalf("tier %v after %v", tier, together)
				}
			}
			together = append(together, tier...)
		})
		if !slices.Equal(together, b) {
			t.Fatalf("%v has the tiers %v", b, together)
		}
	})
}
