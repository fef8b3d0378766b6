package rank

import (
	"bufio"
	"cmp"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
	"ashar/data/intake"
)

// Votes on the budgets of cities: the package, from what an import makes of a
// file, and a second count, from the lines of the file.

// pbVote is one line of votes. A project that is not among its places is behind
// all that are.
type pbVote struct {
	group  data.Group
	places map[string]int
}

// pbVotes reads the votes of a file line by line, and is false where they do not
// say sex and age.
func pbVotes(t *testing.T, name string, scheme data.Scheme) (votes []pbVote, ok bool) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	kind, section := "", ""
	var head []string
	for lines.Scan() {
		fields := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), ";")
		switch {
		case fields[0] == "vote_type":
			kind = fields[1]
		case len(fields) == 1 && (fields[0] == "PROJECTS" || fields[0] == "VOTES"):
			section, head = fields[0], nil
		case section != "VOTES":
		case head == nil:
			if head = fields; !slices.Contains(head, "sex") || !slices.Contains(head, "age") {
				return nil, false
			}
		default:
			votes = append(votes, pbLine(t, kind, scheme, head, fields))
		}
	}
	if lines.Err() != nil || len(votes) == 0 {
		t.Fatalf("%s: %d votes, %v", name, len(votes), lines.Err())
	}
	return votes, true
}

func pbLine(t *testing.T, kind string, scheme data.Scheme, head, fields []string) pbVote {
	t.Helper()
	of := func(column string) string {
		return strings.Trim(fields[slices.Index(head, column)], `" `)
	}
	v := pbVote{places: map[string]int{}}
	switch of("sex") {
	case "F", "K":
		v.group.Sex = data.Female
	case "M":
		v.group.Sex = data.Male
	}
	for _, band := range scheme.Bands {
		from, to, err := band.Ages()
		if years, no := strconv.Atoi(of("age")); err == nil && no == nil && from <= years && years <= to && years < 127 {
			v.group.Band = band
		}
	}
	for at, project := range strings.Split(of("vote"), ",") {
		switch kind {
		case "approval": // no more than that
			v.places[project] = 1
		case "cumulative": // more points, better place
			v.places[project] = 1000 - whole(t, strings.Split(of("points"), ",")[at])
		default:
			t.Fatalf("nobody wrote down how to read votes by %s", kind)
		}
	}
	return v
}

// pbCount sets the projects against each other on the votes of some people, in
// half comparisons.
func pbCount(votes []pbVote, projects []string) (halves [][]int64, people int64) {
	halves = make([][]int64, len(projects))
	for i := range halves {
		halves[i] = make([]int64, len(projects))
	}
	for _, v := range votes {
		for i, a := range projects {
			for j, b := range projects {
				x, named := v.places[a]
				y, other := v.places[b]
				if !named {
					x = 1 << 20
				}
				if !other {
					y = 1 << 20
				}
				halves[i][j] += int64(1 + cmp.Compare(y, x))
			}
		}
	}
	return halves, int64(len(votes))
}

// imported is the round that an import makes of a file: one session, in which
// everybody who voted was there.
func imported(t *testing.T, name string, scheme data.Scheme) (Round, []intake.Problem) {
	t.Helper()
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file, err := intake.Read(in, name, scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	cast := map[data.Group][]data.Ballot{}
	for _, b := range file.Ballots {
		var ballot data.Ballot
		for _, c := range b.Choices {
			ballot = append(ballot, data.Choice{Problem: num(int(c.Problem) + 1), Place: int(c.Place), Points: int(c.Points)})
		}
		cast[b.Group] = append(cast[b.Group], ballot)
	}
	m := meeting{session: data.Session{ID: num(1), Village: num(1), Form: file.Form}}
	for group, ballots := range cast {
		m.speakers = append(m.speakers, speaker{group: group, n: len(ballots), ballots: ballots})
	}
	return Round{Voices: m.voices(t, nil), Problems: numbered(len(file.Problems)), Scheme: scheme}, file.Problems
}

// asCounted compares a cut of the round with the votes of the same people.
func asCounted(t *testing.T, round *Round, problems []intake.Problem, votes []pbVote, cut Cut) {
	t.Helper()
	var projects []string
	for _, p := range round.Named() {
		projects = append(projects, problems[slices.Index(round.Problems, p)].Source)
	}
	halves, people := pbCount(votes, projects)
	r, m := round.Count(data.People, cut), round.Matrix(data.People, cut)
	if int64(r.N) != people || len(r.Out) > 0 || m == nil || len(m.Problems) != len(projects) {
		t.Fatalf("%+v: %d people, want %d; %d voices stay out", cut, r.N, people, len(r.Out))
	}
	got := scores(r)
	for i, p := range m.Problems {
		sum := int64(0)
		for j := range projects {
			if i == j {
				continue
			}
			sum += halves[i][j]
			if share := m.Share(i, j); share.Cmp(big.NewRat(halves[i][j], 2*people)) != 0 {
				t.Errorf("%s wins %s of the comparisons with %s, want %d halves of %d", projects[i], share, projects[j], halves[i][j], people)
			}
		}
		if want := big.NewRat(sum, 2*people*int64(len(projects)-1)); got[p] == nil || got[p].Cmp(want) != 0 {
			t.Errorf("%s has the score %s, want %s", projects[i], got[p], want)
		}
	}
}

// The first 20 files that tell sex and age, by both: to the last digit.
func TestRealBudgetsAreCountedAsTheirLines(t *testing.T) {
	scheme := data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}}
	files := 0
	for _, name := range realVotes(t, "pb/*.pb") {
		votes, told := pbVotes(t, name, scheme)
		if !told {
			continue
		}
		if files++; files > 20 {
			return
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".pb"), func(t *testing.T) {
			t.Parallel()
			round, problems := imported(t, name, scheme)
			asCounted(t, &round, problems, votes, Cut{})
			parts := 0
			for _, by := range []By{{Sex: true}, {Band: true}, {Sex: true, Band: true}} {
				some := map[data.Group][]pbVote{}
				for _, v := range votes {
					k := by.of(&Voice{Group: v.group}).group
					some[k] = append(some[k], v)
				}
				for group, votes := range some {
					asCounted(t, &round, problems, votes, by.cut(Cut{}, kind{group: group}))
					parts++
				}
			}
			t.Logf("%d votes on %d projects in %d parts", len(votes), len(problems), parts)
		})
	}
	if files < 20 {
		t.Errorf("%d files tell sex and age, want 20", files)
	}
}
