package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
)

func readFixture(t *testing.T, name string) (*File, error) {
	t.Helper()
	in := must(os.Open(filepath.Join("testdata", name)))
	defer in.Close()
	f, err := Read(in, name, scheme, nil)
	if rows := f.Report.Rows; rows.All != rows.Read+rows.Skipped+rows.Refused {
		t.Errorf("rows do not add up: %+v", rows)
	}
	return f, err
}

// plainly writes ballots so that a person can check them: who, then the tiers,
// points after a colon.
func plainly(f *File) []string {
	var out []string
	for _, b := range f.Ballots {
		var line strings.Builder
		fmt.Fprintf(&line, "%s %s %s %s%s |", b.Voter, f.Villages[b.Village], b.Group.Sex.Key(), b.Group.Band.Key(), b.Group.Tag)
		place := int32(1)
		for _, c := range b.Choices {
			if c.Place != place {
				line.WriteString(" >")
				place = c.Place
			}
			fmt.Fprintf(&line, " %s", f.Problems[c.Problem].Source)
			if f.Points {
				fmt.Fprintf(&line, ":%d", c.Points)
			}
		}
		out = append(out, line.String())
	}
	return out
}

// notes writes the notes of a part, one a line.
func notes(p Part) []string {
	var out []string
	for _, n := range p.Notes {
		key := strings.Join(strings.Split(n.Key, ".")[2:], ".")
		out = append(out, strings.TrimSpace(fmt.Sprintln(append([]any{n.Line, key}, n.Args...)...)))
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestBallotsAreReadAsWritten(t *testing.T) {
	for _, test := range []struct {
		file    string
		form    data.Form
		top     int
		ballots []string
		warned  []string
	}{
		{"ordinal.pb", data.Ballots, 0, []string{
			"a  unknown unknown | 3:0 > 1:0 > 2:0",
			"b  unknown unknown | 1:0 3:0 > 2:0",
			"c  unknown unknown | 2:8 > 3:0",
		}, []string{"5 titles"}},
		{"scoring.pb", data.Scores, 2, []string{
			"a  female unknown | 1:5 2:5",
			"b  female unknown | 3:0 > 1:-2",
			"c  female unknown | 2:1 > 3:-2",
		}, []string{"8 titles", "0 sex"}},
		{"choose.pb", data.Ballots, 0, []string{
			"a  unknown unknown | 1", "b  unknown unknown | 2",
		}, []string{"4 titles", "9 points"}},
		{"ballots.csv", data.Ballots, 0, []string{
			"b1 Ак-Муз female 29-45 | Таза суу > Жол Жол; көпүрө",
			"b2 Ак-Муз female 14-17 | Таза суу > Жол",
			"b3  unknown 61+ | Таза суу",
		}, []string{"1 column column colour", "0 sex"}},
		{"points.csv", data.Ballots, 0, []string{
			"1  unknown unknown | c:5 > w:3 r:3", "2  unknown unknown | w:0",
		}, []string{"5 title.other id w first Water"}},
		{"score.csv", data.Scores, 0, []string{"1  male 18-28 | Road:4 > Water:-1"}, nil},
		{"cp1251.csv", data.Ballots, 0, []string{
			"1 Ак-Муз unknown unknown | Чистая вода", "2 Ак-Муз unknown unknown | Дорога",
		}, []string{"2 encoding name Windows-1251", "3 encoding name Windows-1251"}},
		{"utf16.csv", data.Ballots, 0, []string{"1  unknown unknown | Таза суу"}, nil},
		{"broken.csv", data.Ballots, 0, []string{"1  unknown unknown | Таза \uFFFD суу"}, []string{"2 letters"}},
		{"quotes.csv", data.Ballots, 0, []string{
			`1 Ак- Муз unknown unknown | Water "clean"`,
			`2 "Ак-Муз unknown unknown | Road`,
			`3 Ак-Муз unknown unknown | "Road" north`,
			`4 Ак-Муз unknown unknown | Road`,
		}, []string{"2 joined to 3"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			f, err := readFixture(t, test.file)
			if err != nil {
				t.Fatalf("%v\n%v", err, notes(f.Report.Refused))
			}
			if f.Form != test.form || f.Top != test.top {
				t.Errorf("form %s, top %d", f.Form, f.Top)
			}
			same(t, "ballots", plainly(f), test.ballots)
			same(t, "warned", notes(f.Report.Warned), test.warned)
		})
	}
}

func TestEachDirtyValueIsMappedAndReported(t *testing.T) {
	f, err := readFixture(t, "dirty.pb")
	if err != nil {
		t.Fatalf("%v\n%v", err, notes(f.Report.Refused))
	}
	same(t, "ballots", plainly(f), []string{
		"v1 Ак-Муз female 29-45 | 1:3 > 2:2",
		"v2 Ак-Муз female 29-45 | 1:5",
		"v3 Ак-Муз female 29-45 | 1:5",
		"v4 Кара-Суу male unknown | 1:1",
		"v5  male unknown | 1:1",
		"v6  unknown unknown | 1:1",
		"v7 Ак-Муз unknown unknown | 1:1",
		"v8 Ак-Муз unknown unknown | 2:1",
		"v9 Ак-Муз unknown unknown | 3:1",
		"v10 Ак-Муз male 18-28 | 3:1",
		"v11 Ак-Муз female unknown | 3:1",
		"v12 Ак-Муз male unknown | 3:1",
		"v13 Ак-Муз unknown 61+ | 3:7",
		"v15 Ак-Муз female unknown | 2:2 > 1:1",
	})
	same(t, "mapped", notes(f.Report.Mapped), []string{
		"31 twice id 3", "31 twice id 3",
		"28 age.band n 1 band 18-28", "19 age.band n 3 band 29-45", "31 age.band n 1 band 61+",
		"26 age.empty n 1", "27 age.outside n 1", "22 age.text n 2",
		`35 age.unknown n 1 raw -1`, "25 age.unknown n 1 raw 127", "23 age.unknown n 1 raw None", `24 age.unknown n 1 raw \N`,
		"29 band.unknown n 1 raw 20-30",
		"25 sex.empty n 1",
		"19 sex.female n 2 raw F", "21 sex.female n 1 raw Kobieta", "20 sex.female n 1 raw k", "29 sex.female n 1 raw аял",
		"22 sex.male n 1 raw M", "23 sex.male n 1 raw m", "30 sex.male n 1 raw мужской", "28 sex.male n 1 raw эркек",
		"31 sex.unknown n 1 raw ?", "26 sex.unknown n 1 raw None", "27 sex.unknown n 1 raw X", `24 sex.unknown n 1 raw \N`,
		"0 village.empty n 2",
	})
	same(t, "warned", notes(f.Report.Warned), []string{
		"15 title.none id 4", "15 number column votes raw x",
		"0 votes id 1 stated 9 counted 8", "0 score id 1 stated 23 counted 18",
		"0 votes id 3 stated 2 counted 5", "0 score id 3 stated 12 counted 11",
		"0 ballots stated 99 counted 14",
	})
	same(t, "skipped", notes(f.Report.Skipped), []string{
		"16 blank", "32 empty", "33 blank", "34 twice first 19",
	})
}

func TestSameContentHasTheSameDigest(t *testing.T) {
	a, err := readFixture(t, "crlf.pb")
	b, berr := readFixture(t, "lf.pb")
	if err != nil || berr != nil {
		t.Fatal(err, berr)
	}
	if a.Digest != b.Digest || len(a.Digest) != 64 {
		t.Errorf("line ends, order of lines and columns change the digest: %s, %s", a.Digest, b.Digest)
	}
	lf := string(must(os.ReadFile("testdata/lf.pb")))
	for name, changed := range map[string]string{
		"another vote": strings.Replace(lf, "a;1", "a;2", 1), "another voter": strings.Replace(lf, "a;1", "c;1", 1),
		"another sex": strings.Replace(lf, ";k;", ";m;", 1), "another band": strings.Replace(lf, "30", "20", 1),
		"another title": strings.Replace(lf, "Жол", "Көпүрө", 1), "another form": strings.Replace(lf, "approval", "ordinal", 1),
	} {
		f, err := Read(strings.NewReader(changed), name, scheme, nil)
		if err != nil || changed == lf || f.Digest == a.Digest {
			t.Errorf("%s: the digest is the same (%v)", name, err)
		}
	}
}

func TestVillageOfTheVoterIsTheDistrictBeforeTheNeighborhood(t *testing.T) {
	head := "META\nvote_type;approval\nPROJECTS\nproject_id\n1\nVOTES\n"
	for text, want := range map[string][]string{
		"voter_id;vote;neighborhood;district\na;1;N;D\n":         {"D"},
		"voter_id;vote;neighborhood\na;1;N\nb;1;None\n":          {"N", ""},
		"voter_id;vote\na;1\n":                                   {""},
		"voter_id;vote;district\na;1;Жаны Ѝрыс\nb;1;Жаны Ѝрыс\n": {"Жаны Ѝрыс"}, // composed and not
	} {
		f, err := Read(strings.NewReader(head+text), "file", scheme, nil)
		if err != nil {
			t.Error(err)
		}
		same(t, text, f.Villages, want)
	}
}

func TestGroupIsOneTheSchemeHas(t *testing.T) {
	text := "ballot,problem,sex,age,tag\n1,A,F,30,teacher\n2,A,M,70,Окуучу\n3,A,,,\n"
	tags := []data.Tag{{Key: "pupil", Name: data.Text{KY: "окуучу"}}}
	for _, test := range []struct {
		scheme data.Scheme
		groups []data.Group
		tags   []string
	}{
		{data.Scheme{}, []data.Group{{}, {}, {}}, []string{"teacher", "Окуучу"}},
		{data.Scheme{Sexes: true, Bands: bands, Tags: tags}, []data.Group{
			{Sex: data.Female, Band: "29-45"}, {Sex: data.Male, Band: "61+", Tag: "pupil"}, {},
		}, []string{"teacher"}},
	} {
		f, err := Read(strings.NewReader(text), "file", test.scheme, nil)
		if err != nil {
			t.Fatal(err)
		}
		var groups []data.Group
		for _, b := range f.Ballots {
			groups = append(groups, b.Group)
		}
		if diff := cmp.Diff(test.groups, groups); diff != "" {
			t.Error(diff)
		}
		same(t, "tags", f.Tags, test.tags)
	}
}

func TestLongTitleIsKeptAndLongerOneCut(t *testing.T) {
	long, longer := strings.Repeat("ө", 300), strings.Repeat("ө", 301)
	f, err := Read(strings.NewReader("ballot,problem_id,title\n1,a,"+long+"\n1,b,"+longer+"\n"), "file", scheme, nil)
	if err != nil || f.Problems[0].Title != long || f.Problems[1].Title != long[:2*299]+"…" {
		t.Errorf("%v %v", err, f.Problems)
	}
	same(t, "warned", notes(f.Report.Warned), []string{"2 title.long id a n 300 max 120", "3 title.cut id b n 301 max 300"})
}

func TestProgressReachesTheEnd(t *testing.T) {
	raw := must(os.ReadFile("testdata/dirty.pb"))
	var last int64
	if _, err := Read(iotest.HalfReader(strings.NewReader(string(raw))), "file", scheme, func(done int64) {
		if done <= last {
			t.Errorf("from %d to %d", last, done)
		}
		last = done
	}); err != nil || last != int64(len(raw)) {
		t.Errorf("%v: %d of %d", err, last, len(raw))
	}
}

func TestPolishCodePage(t *testing.T) {
	f, err := readFixture(t, "cp1250.pb")
	if err != nil || f.Problems[0].Title != "Ścieżka w Łodzi" {
		t.Errorf("%v %v", err, f.Problems)
	}
}

func TestTitleOfTheFile(t *testing.T) {
	for file, want := range map[string]string{
		"dirty.pb": "Ballots with everything that goes wrong; and a semicolon", "scoring.pb": "Village 2024", "lf.pb": "lf.pb", "score.csv": "score.csv",
	} {
		if f, _ := readFixture(t, file); f.Title != want || f.Report.Title != want {
			t.Errorf("%s: %q", file, f.Title)
		}
	}
}
