package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ashar/data"
	"ashar/data/export"
	"ashar/data/intake"
)

func TestRealFilesComeThroughUnchanged(t *testing.T) {
	root := os.Getenv("ASHAR_TEST_DATA")
	if root == "" {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatal("ASHAR_TEST_DATA is not set, and ASHAR_TEST_REQUIRED is")
		}
		t.Skip("ASHAR_TEST_DATA is not set: the real .pb files are not read")
	}
	paths, err := filepath.Glob(filepath.Join(root, "data", "pb", "*.pb"))
	if err != nil || len(paths) != 64 {
		t.Fatalf("%d files in %s, want 64 (%v)", len(paths), root, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first := readBack(t, raw)
		var text bytes.Buffer
		if err := export.PB(&text, roundOf(first)); err != nil {
			t.Fatal(err)
		}
		again := readBack(t, text.Bytes())
		if again.Form != first.Form || again.Points != first.Points || len(again.Report.Warned.Counts) != len(first.Report.Warned.Counts) {
			t.Errorf("%s: %s %v %v", path, again.Form, again.Points, again.Report.Warned.Counts)
		}
		if !slices.EqualFunc(first.Ballots, again.Ballots, func(a, b intake.Ballot) bool {
			return first.Villages[a.Village] == again.Villages[b.Village] && a.Group == b.Group && slices.Equal(a.Choices, b.Choices)
		}) {
			t.Errorf("%s: ballots differ", path)
		}
		if !slices.EqualFunc(first.Problems, again.Problems, func(a, b intake.Problem) bool {
			return a.Source == b.Source && a.Title == b.Title && a.Cost == b.Cost && *a.Votes == *b.Votes
		}) {
			t.Errorf("%s: problems differ", path)
		}
	}
}

func readBack(t *testing.T, raw []byte) *intake.File {
	t.Helper()
	f, err := intake.Read(bytes.NewReader(raw), "file", scheme, nil)
	if err != nil {
		t.Fatalf("%v %+v", err, f.Report.Refused)
	}
	return f
}

// roundOf is the round that a file would be imported into.
func roundOf(f *intake.File) export.Round {
	r := export.Round{Municipality: f.Meta["unit"], Name: f.Meta["instance"], Top: f.Top}
	for i, p := range f.Problems {
		r.Problems = append(r.Problems, export.Problem{ID: id(i + 1), Source: p.Source, Title: p.Title, Cost: p.Cost})
	}
	r.Ballots = func(yield func(export.Ballot, error) bool) {
		for _, b := range f.Ballots {
			out := export.Ballot{Village: f.Villages[b.Village], Group: b.Group, Scores: f.Form == data.Scores}
			for _, c := range b.Choices {
				out.Choices = append(out.Choices, data.Choice{Problem: id(int(c.Problem) + 1), Place: int(c.Place), Points: int(c.Points)})
			}
			if !yield(out, nil) {
				return
			}
		}
	}
	return r
}
