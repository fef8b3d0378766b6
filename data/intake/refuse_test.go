package intake

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"ashar/data"
)

func TestRefusedFileNamesAllItsLines(t *testing.T) {
	for _, test := range []struct {
		file  string
		notes []string
	}{
		{"refused.pb", []string{
			"7 project.twice id 1", "8 project.none", "9 fields n 3 max 2",
			"12 project.unknown id 9", "12 project.unknown id 8",
			"13 points.number n 2 max 1", "14 points raw one", "15 points raw -1", "16 points.number n 0 max 1",
			"17 voter max 300", "19 voter.twice first 18", "20 fields n 5 max 4", "21 points raw 1.5",
			"22 points raw 1000001",
		}},
		{"refused.csv", []string{
			"2 voter max 300", "3 place raw 0", "5 conflict column village", "6 conflict column sex", "7 conflict column age",
			"9 conflict column tag", "12 points raw x", "13 place raw first", "14 points raw 1e3",
			"10 some column place", "15 some column points",
		}},
	} {
		f, err := readFixture(t, test.file)
		if !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", test.file, err)
		}
		if f.Ballots != nil {
			t.Errorf("%s: a refused file has ballots", test.file)
		}
		same(t, test.file, notes(f.Report.Refused), test.notes)
	}
}

// Where lines are refused the file's own sums cannot be right, and whoever mends
// it need not read that.
func TestRefusedFileIsNotComparedWithItsOwnSums(t *testing.T) {
	const file = "META\nkey;value\ndescription;Ak-Muz\nvote_type;approval\nnum_votes;2\nPROJECTS\nproject_id;votes;name\n1;%s;Water\nVOTES\nvoter_id;vote\na;1\nb;%s\n"
	for _, test := range []struct {
		votes, last string
		refused     bool
		warned      []string
	}{
		{"2", "1", false, nil},
		{"3", "1", false, []string{"0 votes id 1 stated 3 counted 2"}},
		{"3", "9", true, nil},
	} {
		f, err := Read(strings.NewReader(fmt.Sprintf(file, test.votes, test.last)), "a.pb", data.Scheme{}, nil)
		if errors.Is(err, data.ErrInvalid) != test.refused || f.Report.Title != "Ak-Muz" {
			t.Errorf("%+v: %v, called %q", test, err, f.Report.Title)
		}
		same(t, "warned", notes(f.Report.Warned), test.warned)
	}
}

func TestFileThatCannotBeReadSaysWhy(t *testing.T) {
	head := "META\nvote_type;approval\nPROJECTS\nproject_id\n1\n"
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "0 empty"},
		{"blank lines", "\n\n \n", "0 empty"},
		{"a letter", "Dear Sir,\nplease find enclosed", "1 kind"},
		{"no problem column", "ballot,village\n1,A\n", "1 kind"},
		{"a column twice", "ballot,problem,Ballot\n1,A,2\n", "1 column.twice column ballot"},
		{"points and scores", "ballot,problem,points,score\n1,A,2,\n", "1 column.twice column score"},
		{"no votes section", head, "0 section section VOTES"},
		{"votes first", "META\nvote_type;approval\nVOTES\nvoter_id;vote\na;1\n", "3 section section PROJECTS"},
		{"projects twice", head + "PROJECTS\nproject_id\n2\n", "6 section.twice section PROJECTS"},
		{"no kind of vote", "META\nPROJECTS\nproject_id\n1\nVOTES\nvoter_id;vote\na;1\n", "6 type type"},
		{"another kind of vote", "META\nvote_type;dice\nPROJECTS\nproject_id\n1\nVOTES\nvoter_id;vote\na;1\n", "7 type type dice"},
		{"no vote column", head + "VOTES\nvoter_id;age\na;1\n", "7 column column vote"},
		{"no ballots", head + "VOTES\nvoter_id;vote\n", "0 none"},
		{"only empty ballots", head + "VOTES\nvoter_id;vote\na;\n", "0 none"},
		{"a line too long", "ballot,problem\n1," + strings.Repeat("x", 5*MaxField), "2 field max 65536"},
		{"a field too long", "ballot,problem\n1," + strings.Repeat("x", MaxField+1), "2 field max 65536"},
	} {
		f, err := Read(strings.NewReader(test.text), "file", scheme, nil)
		if !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", test.name, err)
		}
		same(t, test.name, notes(f.Report.Refused), []string{test.want})
	}
}

func TestLimitsAreRefused(t *testing.T) {
	var many strings.Builder
	many.WriteString("ballot,problem,village\n")
	for i := range MaxProblems + 2 {
		fmt.Fprintf(&many, "%d,p%d,v%d\n", i, i, i)
	}
	f, err := Read(strings.NewReader(many.String()), "many.csv", scheme, nil)
	if !errors.Is(err, data.ErrInvalid) || f.Report.Refused.Counts["import.refused.problems"] != 2 {
		t.Errorf("%v %v", err, f.Report.Refused)
	}
	many.Reset()
	many.WriteString("ballot,problem,village\nx,p,\n")
	for i := range MaxVillages + 2 {
		fmt.Fprintf(&many, "%d,p,v%d\n", i, i)
	}
	f, err = Read(strings.NewReader(many.String()), "many.csv", scheme, nil)
	if !errors.Is(err, data.ErrInvalid) || f.Report.Refused.Counts["import.refused.villages"] != 2 {
		t.Errorf("%v %v", err, f.Report.Refused.Counts)
	}
	large := io.MultiReader(strings.NewReader("ballot,problem\n"), endless{})
	f, err = Read(large, "large.csv", scheme, nil)
	if !errors.Is(err, data.ErrInvalid) || f.Report.Refused.Total() != 1 {
		t.Errorf("%v %v", err, f.Report.Refused)
	}
}

// endless is blank lines for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "               \n"[i%16]
	}
	return len(p), nil
}

func TestNotesAreCappedAndCounted(t *testing.T) {
	text := "ballot,problem\n1,A\n" + strings.Repeat(",A\n", maxNotes+5)
	f, err := Read(strings.NewReader(text), "file", scheme, nil)
	if !errors.Is(err, data.ErrInvalid) || len(f.Report.Refused.Notes) != maxNotes || f.Report.Refused.Total() != maxNotes+5 {
		t.Errorf("%v: %d notes, %d in all", err, len(f.Report.Refused.Notes), f.Report.Refused.Total())
	}
}

func TestBrokenReaderIsNotARefusal(t *testing.T) {
	gone := errors.New("gone")
	f, err := Read(io.MultiReader(strings.NewReader("ballot,problem\n1,A\n"), iotest.ErrReader(gone)), "file", scheme, nil)
	if !errors.Is(err, gone) || errors.Is(err, data.ErrInvalid) || f.Ballots != nil {
		t.Errorf("%v %v", err, f)
	}
}
