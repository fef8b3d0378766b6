package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ashar/data"
	"ashar/data/export"
	"ashar/data/intake"
)

var scheme = data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "61+"}, Tags: []data.Tag{{Key: "pupil"}, {Key: "+teacher"}}}

func id(n int) (id data.ID) {
	id[14], id[15] = byte(n>>8), byte(n)
	return id
}

func all(ballots []export.Ballot) iter.Seq2[export.Ballot, error] {
	return func(yield func(export.Ballot, error) bool) {
		for _, b := range ballots {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// said is a ballot in words: who, then each choice by its title.
func said(village string, g data.Group, choices []string) string {
	slices.Sort(choices)
	return fmt.Sprintf("%q %v %v", village, g, choices)
}

func sayWritten(r export.Round, b export.Ballot) string {
	var choices []string
	for _, c := range b.Choices {
		title := r.Problems[slices.IndexFunc(r.Problems, func(p export.Problem) bool { return p.ID == c.Problem })].Title
		choices = append(choices, fmt.Sprintf("%s@%d:%d", title, c.Place, c.Points))
	}
	return said(b.Village, b.Group, choices)
}

func sayRead(f *intake.File, b intake.Ballot) string {
	var choices []string
	for _, c := range b.Choices {
		choices = append(choices, fmt.Sprintf("%s@%d:%d", f.Problems[c.Problem].Title, c.Place, c.Points))
	}
	return said(f.Villages[b.Village], b.Group, choices)
}

var (
	names = rapid.Map(rapid.StringMatching(`[A-ZА-ЯӨ=+@'"-]([a-zө "';,|=#-]{0,6}[a-zө"';,]){1,3}`), data.Clean).Filter(func(s string) bool {
		return s != "None" // what programs write for no village
	})
	sources = rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[A-Z]/[0-9]{1,3}`), rapid.StringMatching(`p[0-9]`), rapid.StringMatching(`[a-z];"[a-z],?[a-z]`))
)

// rounds draws rounds of every kind: sets, orders with and without ties,
// points, scores, and all of them mixed.
func rounds(t *rapid.T) (export.Round, []export.Ballot) {
	r := export.Round{Municipality: "Ак-Муз", Name: names.Draw(t, "name"), Starts: "2017-09-12", Top: rapid.IntRange(0, 3).Draw(t, "top")}
	titles := rapid.SliceOfNDistinct(names, 1, 6, rapid.ID[string]).Draw(t, "titles")
	for i, title := range titles {
		r.Problems = append(r.Problems, export.Problem{ID: id(i + 1), Title: title, Source: sources.Draw(t, "source")})
	}
	ways := []string{"set", "order", "points", "scores"}
	ways = rapid.SampledFrom([][]string{{"set"}, {"order"}, {"points"}, {"scores"}, {"set", "order"}, ways}).Draw(t, "ways")
	ballots := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) export.Ballot {
		way := rapid.SampledFrom(ways).Draw(t, "way")
		var choices []data.Choice
		for _, p := range rapid.SliceOfNDistinct(rapid.IntRange(1, len(titles)), 1, -1, rapid.ID[int]).Draw(t, "chosen") {
			c := data.Choice{Problem: id(p), Place: 1}
			switch way {
			case "order":
				c.Place = rapid.IntRange(1, 4).Draw(t, "place")
			case "points":
				c.Points = rapid.IntRange(0, 5).Draw(t, "points")
			case "scores":
				c.Points = rapid.IntRange(-2, 5).Draw(t, "score")
			}
			choices = append(choices, c)
		}
		b := export.Ballot{
			Village: rapid.OneOf(rapid.Just(""), names).Draw(t, "village"),
			Group: data.Group{
				Sex:  rapid.SampledFrom(data.Sexes).Draw(t, "sex"),
				Band: rapid.SampledFrom(append(scheme.Bands, "")).Draw(t, "band"),
				Tag:  rapid.SampledFrom([]string{"", "pupil", "+teacher"}).Draw(t, "tag"),
			},
			Scores:  way == "scores",
			Choices: data.NewBallot(choices),
		}
		if way == "points" || way == "scores" {
			b.Choices = data.BallotByPoints(choices)
		}
		return b
	}), 1, 12).Draw(t, "ballots")
	r.Ballots = all(ballots)
	return r, ballots
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	for name, write := range map[string]func(io.Writer, export.Round) error{"round.pb": export.PB, "round.csv": export.CSV} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				r, ballots := rounds(t)
				var text bytes.Buffer
				if err := write(&text, r); err != nil {
					t.Fatal(err)
				}
				wrote := text.String()
				f, err := intake.Read(&text, name, scheme, nil)
				if err != nil {
					t.Fatalf("%v %+v\n%s", err, f.Report.Refused, wrote)
				}
				var want, got []string
				scores := 0
				for i, b := range ballots {
					want = append(want, sayWritten(r, b))
					got = append(got, sayRead(f, f.Ballots[i]))
					if b.Scores {
						scores++
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\n%s", diff, wrote)
				}
				if scored := f.Form == data.Scores; scored != (scores == len(ballots)) {
					t.Errorf("%d of %d ballots are scores, read as %s\n%s", scores, len(ballots), f.Form, wrote)
				}
				for key := range f.Report.Warned.Counts {
					if key != "import.warned.top" {
						t.Errorf("%v\n%s", f.Report.Warned, wrote)
					}
				}
			})
		})
	}
}

func TestNoCellOfASpreadsheetIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, _ := rounds(t)
		r.Problems[0].Title = rapid.SampledFrom([]string{"=", "+", "-", "@", "\t=", "\r+", "\n-", "\u200b=", " @", "''"}).Draw(t, "danger") + "SUM(A1)"
		var text bytes.Buffer
		if err := export.SpreadsheetCSV(&text, r); err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), "\uFEFF")))
		in.Comma = ';'
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row[:7] { // then come numbers
				if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
					t.Errorf("cell %q", cell)
				}
			}
		}
	})
}

func village() export.Round {
	return export.Round{
		Municipality: "Ак-Муз", Name: "2017", Starts: "2017-09-12", Ends: "2017-09-20",
		Problems: []export.Problem{{ID: id(1), Source: "w,1", Title: "Таза суу; көчө"}, {ID: id(2), Source: "r", Title: "Жол", Cost: "100.50"}},
		Ballots: all([]export.Ballot{
			{Village: "Ак-Муз", Group: data.Group{Sex: data.Female, Band: "61+"}, Choices: data.Ballot{{Problem: id(1), Place: 1}, {Problem: id(2), Place: 1}}},
			{Village: "Ача", Group: data.Group{Band: "14-17"}, Choices: data.Ballot{{Problem: id(2), Place: 1}, {Problem: id(1), Place: 2}}},
		}),
		LeftOut: []export.Session{{"Ак-Муз", "2017-09-12", data.Tally}, {"Ача", "2017-09-13", data.Pairs}},
	}
}

func TestFilesAreWrittenPlainly(t *testing.T) {
	for _, test := range []struct {
		write func(io.Writer, export.Round) error
		want  string
	}{
		{export.PB, `META
key;value
description;Ак-Муз, 2017
unit;Ак-Муз
instance;2017
num_projects;2
num_votes;2
vote_type;ordinal
rule;unknown
date_begin;12.09.2017
date_end;20.09.2017
left_out;tally: Ак-Муз 2017-09-12 | pairs: Ача 2017-09-13
PROJECTS
project_id;cost;votes;name
p1;;2;"Таза суу; көчө"
r;100.50;2;Жол
VOTES
voter_id;vote;age;sex;district;places
1;p1,r;61-150;F;Ак-Муз;1,1
2;r,p1;14-17;;Ача;1,2
`},
		{export.CSV, `ballot,village,sex,band,tag,problem_id,title,place
1,Ак-Муз,female,61+,,p1,Таза суу; көчө,1
1,Ак-Муз,female,61+,,r,Жол,1
2,Ача,,14-17,,r,Жол,1
2,Ача,,14-17,,p1,Таза суу; көчө,2
`},
	} {
		var text strings.Builder
		if err := test.write(&text, village()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, text.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTroubleIsReturned(t *testing.T) {
	gone := errors.New("gone")
	broken := village()
	broken.Ballots = func(yield func(export.Ballot, error) bool) { yield(export.Ballot{}, gone) }
	stranger := village()
	stranger.Ballots = all([]export.Ballot{{Choices: data.Ballot{{Problem: id(9), Place: 1}}}})
	for name, write := range map[string]func(io.Writer, export.Round) error{"pb": export.PB, "csv": export.CSV, "spreadsheet": export.SpreadsheetCSV} {
		if err := write(io.Discard, broken); !errors.Is(err, gone) {
			t.Errorf("%s of broken ballots: %v", name, err)
		}
		if err := write(io.Discard, stranger); !errors.Is(err, data.ErrMissing) {
			t.Errorf("%s of a problem that is not the round's: %v", name, err)
		}
		if err := write(full{}, village()); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s to a full disk: %v", name, err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
