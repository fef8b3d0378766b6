package rank

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

// Worked examples that everybody has: Borda 1781, Condorcet 1785, the capital
// of Tennessee, and others whose points can be added up by hand.
func TestPointsOfKnownElections(t *testing.T) {
	for _, c := range []struct{ name, profile, points, firsts string }{
		{"Borda's 21 voters", "1 A B C; 7 A C B; 7 B C A; 6 C B A", "A 16 B 21 C 26", "A 8 B 7 C 6"},
		{"Condorcet's 81 voters", "30 A B C; 1 A C B; 29 B A C; 10 B C A; 10 C A B; 1 C B A", "A 101 B 109 C 33", "A 31 B 39 C 11"},
		{"a circle is a tie", "1 A B C; 1 B C A; 1 C A B", "A 3 B 3 C 3", "A 1 B 1 C 1"},
		{"the capital of Tennessee", "42 M N C K; 26 N C K M; 15 C K N M; 17 K C N M", "M 126 N 194 C 173 K 107", "M 42 N 26 C 15 K 17"},
		{"short ballots and ties", "3 A; 2 B C; 2 C B D A; 1 A=D B", "A 25/2 B 14 C 13 D 17/2", "A 7/2 B 2 C 2 D 1/2"},
		{"two problems", "11 A B; 9 B A", "A 11 B 9", "A 11 B 9"},
		{"a duplicate turns it round", "11 A B B2; 9 B B2 A", "A 22 B 29 B2 9", "A 11 B 9 B2 0"},
		{"everybody ties everything", "4 A=B=C", "A 4 B 4 C 4", "A 4/3 B 4/3 C 4/3"},
	} {
		ballots := profile(c.profile)
		points := strings.Fields(c.points)
		var names []string
		for i := 0; i < len(points); i += 2 {
			names = append(names, points[i])
		}
		round := one(t, ballots, problems(strings.Join(names, " ")))
		r := round.Count(data.People, Cut{})
		hasPoints(t, r, ratios(t, c.points))
		hasFirsts(t, r, ratios(t, c.firsts))
		if t.Failed() {
			t.Fatal(c.name)
		}
	}
}

func ratios(t *testing.T, s string) map[string]ratio {
	t.Helper()
	fields, m := strings.Fields(s), map[string]ratio{}
	for i := 0; i < len(fields); i += 2 {
		m[fields[i]] = ratio{fraction(t, fields[i+1])}
	}
	return m
}

// Every form of vote stands on one scale.
func TestFormsOnOneScale(t *testing.T) {
	a, b, c, d := named("A"), named("B"), named("C"), named("D")
	for _, x := range []struct {
		name string
		m    meeting
		want string
	}{
		{"three stickers each, all laid", meeting{session: data.Session{Form: data.Tally, Each: 2}, speakers: []speaker{{n: 4, hands: map[data.ID]int{a: 4, b: 3, c: 1}}}}, "A 5/6 B 2/3 C 1/3 D 1/6"},
		{"stickers kept", meeting{session: data.Session{Form: data.Tally, Each: 2}, speakers: []speaker{{n: 4, hands: map[data.ID]int{a: 2}}}}, "A 3/4 B 5/12 C 5/12 D 5/12"},
		{"hands, any number", meeting{session: data.Session{Form: data.Tally}, speakers: []speaker{{n: 2, hands: map[data.ID]int{a: 2, b: 2, c: 1}}}}, "A 3/4 B 3/4 C 5/12 D 1/12"},
		{"ballots", meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{{n: 2, ballots: profile("1 A B; 1 B=C")}}}, "A 7/12 B 3/4 C 1/2 D 1/6"},
		{"an agreed order", meeting{session: data.Session{Form: data.Order}, speakers: []speaker{{n: 9}}, order: order("D A=B")}, "A 1/2 B 1/2 C 0 D 1"},
		{"scores of 1 to 5", meeting{session: data.Session{Form: data.Scores}, speakers: []speaker{{n: 1, ballots: profile("1 A=B C=D")}}}, "A 5/6 B 5/6 C 1/6 D 1/6"},
		{"pairs of all four", meeting{session: data.Session{Form: data.Pairs}, speakers: []speaker{{n: 9}},
			pairs: map[data.Pair]int{{A: a, B: b}: 1, {A: a, B: c}: 0, {A: a, B: d}: 1, {A: b, B: c}: -1, {A: b, B: d}: 1, {A: c, B: d}: -1}}, "A 5/6 B 1/3 C 1/2 D 1/3"},
		{"pairs of three, the fourth named elsewhere", meeting{session: data.Session{Form: data.Pairs}, speakers: []speaker{{n: 9}},
			pairs: map[data.Pair]int{{A: a, B: b}: 1, {A: a, B: c}: 1, {A: b, B: c}: -1}}, "A 1 B 1/3 C 2/3 D 0"},
	} {
		everything := Voice{Stays: Silent, Form: data.Ballots, Said: SayingsOf(map[data.ID]Said{a: {Mentions: 1}, b: {Mentions: 1}, c: {Mentions: 1}, d: {Mentions: 1}})}
		round := Round{Voices: append(x.m.voices(t, nil), everything), Problems: problems("A B C D")}
		wants(t, x.name, round.Count(data.People, Cut{}), x.want)
	}
}

// village is the village of the worked example: four groups, their ballots,
// and how many residents each stands for.
type village struct {
	groups map[string]villageGroup
	scores map[string]map[string]ratio // of each group
	views  map[data.View]map[string]ratio
	women  map[string]ratio
	men    map[string]ratio
	firsts map[string]ratio
}

type villageGroup struct {
	N, Census int
	Ballots   []data.Ballot
}

var villageGroups = map[string]data.Group{
	"W18": {Sex: data.Female, Band: "18-35"}, "W36": {Sex: data.Female, Band: "36+"},
	"M18": {Sex: data.Male, Band: "18-35"}, "M36": {Sex: data.Male, Band: "36+"},
}

func (v village) check(t *testing.T) {
	t.Helper()
	place := num(1)
	round := Round{Problems: problems("W R K I L M"), Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-35", "36+"}}}
	for name, g := range v.groups {
		s := data.Session{ID: named(name), Village: place, Form: data.Ballots, Top: 3}
		m := meeting{session: s, speakers: []speaker{{group: villageGroups[name], n: g.N, ballots: g.Ballots}}}
		round.Voices = append(round.Voices, m.voices(t, nil)...)
		round.Population = append(round.Population, data.Population{Village: place, Sex: villageGroups[name].Sex, Band: villageGroups[name].Band, People: g.Census})
	}
	for _, rho := range []float64{0, 0.2, 1} { // one group a stratum: rho does not matter
		round.Rule.Rho = rho
		for view, want := range v.views {
			hasScores(t, round.Count(view, Cut{}), want)
		}
		for sex, want := range map[data.Sex]map[string]ratio{data.Female: v.women, data.Male: v.men} {
			hasScores(t, round.Count(data.Citizens, Cut{Sex: &sex}), want)
		}
	}
	for name, want := range v.scores {
		session, g := named(name), villageGroups[name]
		hasScores(t, round.Count(data.People, Cut{Session: &session}), want)
		for _, view := range data.Views {
			hasScores(t, round.Count(view, Cut{Sex: &g.Sex, Band: &g.Band}), want)
		}
	}
	r := round.Count(data.People, Cut{})
	hasFirsts(t, r, v.firsts)
	if r.N != 50 || r.Voices != 4 {
		t.Errorf("%d people in %d groups", r.N, r.Voices)
	}
	stands(t, round.Count(data.Citizens, Cut{}), []tier{{"W"}, {"R"}, {"I"}, {"M"}, {"K"}, {"L"}})
	women, men := data.Female, data.Male
	stands(t, round.Count(data.Citizens, Cut{Sex: &women}), []tier{{"W"}, {"M"}, {"K"}, {"R"}, {"L"}, {"I"}})
	stands(t, round.Count(data.Citizens, Cut{Sex: &men}), []tier{{"R"}, {"I"}, {"W"}, {"L"}, {"K", "M"}})
}

func TestVillageFromBallotsToResults(t *testing.T) {
	village{
		groups: map[string]villageGroup{
			"W18": {14, 210, profile("6 W K M; 5 K W M; 2 M W K; 1 K M L")},
			"W36": {10, 260, profile("5 W M R; 3 M W K; 2 W R M")},
			"M18": {5, 230, profile("2 R L I; 2 L R I; 1 R W I")},
			"M36": {21, 240, profile("12 I R W; 5 I W R; 4 R I W")},
		},
		scores: map[string]map[string]ratio{
			"W18": ratios(t, "W 59/70 R 1/5 K 6/7 I 1/5 L 8/35 M 47/70"),
			"W36": ratios(t, "W 47/50 R 13/25 K 8/25 I 1/5 L 1/5 M 41/50"),
			"M18": ratios(t, "W 8/25 R 23/25 K 1/5 I 3/5 L 19/25 M 1/5"),
			"M36": ratios(t, "W 68/105 R 83/105 K 1/5 I 101/105 L 1/5 M 1/5"),
		},
		views: map[data.View]map[string]ratio{
			data.People:   ratios(t, "W 91/125 R 73/125 K 51/125 I 14/25 L 33/125 M 57/125"),
			data.Groups:   ratios(t, "W 361/525 R 319/525 K 69/175 I 103/210 L 243/700 M 331/700"),
			data.Citizens: ratios(t, "W 4553/6580 R 5062/8225 K 19/50 I 162/329 L 807/2350 M 2241/4700"),
		},
		women:  ratios(t, "W 2107/2350 R 443/1175 K 14/25 I 1/5 L 10/47 M 1771/2350"),
		men:    ratios(t, "W 4008/8225 R 7023/8225 K 1/5 I 1291/1645 L 557/1175 M 1/5"),
		firsts: ratios(t, "W 13 R 7 K 6 I 17 L 2 M 5"),
	}.check(t)
}

func TestVectorOfTheVillage(t *testing.T) {
	var v struct {
		Input struct {
			Groups map[string]struct {
				N, Census int
				Ballots   []bloc
			}
		}
		Expected struct {
			Groups   map[string]map[string]ratio  `json:"group_scores"`
			Firsts   map[string]ratio             `json:"raw_first_choices"`
			Pooled   map[string]ratio             `json:"pooled_score"`
			Equal    map[string]ratio             `json:"equal_group_score"`
			Census   map[string]ratio             `json:"census_score"`
			Women    map[string]ratio             `json:"women_score"`
			Men      map[string]ratio             `json:"men_score"`
			Top3     map[string]map[string][2]int `json:"top3_counts"`
			Pairwise map[string]map[string]ratio  `json:"census_pairwise_share"`
		}
	}
	vector(t, "village-end-to-end", &v)
	e := v.Expected
	example := village{
		groups: map[string]villageGroup{}, scores: e.Groups, women: e.Women, men: e.Men, firsts: e.Firsts,
		views: map[data.View]map[string]ratio{data.People: e.Pooled, data.Groups: e.Equal, data.Citizens: e.Census},
	}
	for name, g := range v.Input.Groups {
		example.groups[name] = villageGroup{g.N, g.Census, ballotsOf(g.Ballots)}
	}
	example.check(t)
	for name, row := range e.Pairwise { // the score is the row mean of the matrix
		mean := new(big.Rat)
		for _, share := range row {
			mean.Add(mean, new(big.Rat).Quo(share.Rat, big.NewRat(int64(len(row)), 1)))
		}
		if mean.Cmp(e.Census[name].Rat) != 0 {
			t.Errorf("%s: row mean %s, score %s", name, mean, e.Census[name].Rat)
		}
	}
	for problem, groups := range e.Top3 {
		for name, want := range groups {
			m := meeting{session: data.Session{Form: data.Ballots}, speakers: []speaker{{n: want[1], ballots: example.groups[name].Ballots}}}
			if voice := m.voices(t, nil)[0]; voice.Said.Of(named(problem)).Mentions != want[0] {
				t.Errorf("%d of %s name %s, want %d", voice.Said.Of(named(problem)).Mentions, name, problem, want[0])
			}
		}
	}
}

// With short ballots a problem that nobody wants would change the winner.
func TestAProblemNobodyNamesChangesNothing(t *testing.T) {
	ballots := profile("4 A B; 3 B")
	two, three := one(t, ballots, problems("A B")), one(t, ballots, problems("Z A B"))
	wants(t, "two problems", two.Count(data.People, Cut{}), "A 4/7 B 3/7")
	r := three.Count(data.People, Cut{})
	wants(t, "and one nobody names", r, "A 4/7 B 3/7")
	last := r.Places[2]
	if last.Problem != named("Z") || last.Rank != 0 || last.Score != nil || last.Tied || *last.Mentions != 0 || last.Named != 0 || last.Of != 1 {
		t.Errorf("got %+v", last)
	}
	somebody := Voice{Session: num(2), Form: data.Ballots, Stays: Unsaid, Said: SayingsOf(map[data.ID]Said{named("Z"): {Mentions: 1}})}
	three.Voices = append(three.Voices, somebody)
	r = three.Count(data.People, Cut{})
	wants(t, "named by a group that stays out", r, "A 19/28 B 5/7 Z 3/28")
	if r.Places[0].Problem != named("B") {
		t.Error("the example does not show what it should")
	}
}

func TestTiesShareARank(t *testing.T) {
	for _, c := range []struct {
		profile string
		want    map[string]int
	}{
		{"1 A B C D", map[string]int{"A": 1, "B": 2, "C": 3, "D": 4}},
		{"1 A=B C D", map[string]int{"A": -1, "B": -1, "C": 3, "D": 4}},
		{"1 A B=C D", map[string]int{"A": 1, "B": -2, "C": -2, "D": 4}},
		{"1 A B C=D", map[string]int{"A": 1, "B": 2, "C": -3, "D": -3}},
		{"1 D=B=C=A", map[string]int{"A": -1, "B": -1, "C": -1, "D": -1}},
		{"1 A=B D=C", map[string]int{"A": -1, "B": -1, "C": -3, "D": -3}},
	} {
		round := one(t, profile(c.profile), problems("A B C D"))
		r := round.Count(data.People, Cut{})
		for i, p := range r.Places {
			rank := p.Rank
			if p.Tied {
				rank = -rank
			}
			for name, want := range c.want {
				if named(name) == p.Problem && rank != want {
					t.Errorf("%s: %s has rank %d, want %d", c.profile, name, rank, want)
				}
			}
			if i > 0 && r.Places[i-1].Rank == p.Rank && slices.Index(round.Problems, r.Places[i-1].Problem) > slices.Index(round.Problems, p.Problem) {
				t.Errorf("%s: tied problems do not stand in the given order: %+v", c.profile, r.Places)
			}
		}
	}
}

func TestAssembliesOfRealVillages(t *testing.T) {
	for place, votes := range map[string][]int{"Bosteri": {65, 38, 33}, "Sumsar": {89, 15, 7}, "Toguz-Toro": {32, 27, 0}} {
		assemblyCounts(t, place, votes)
	}
}
