package intake

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"ashar/data"
)

// FuzzRead looks for files that crash the reader, lose a line, or leave a
// ballot that nobody can count.
func FuzzRead(f *testing.F) {
	for _, name := range must(filepath.Glob("testdata/*.*")) {
		f.Add(must(os.ReadFile(name)))
	}
	tagged := scheme
	tagged.Tags = []data.Tag{{Key: "pupil", Name: data.Text{KY: "окуучу"}}}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Read(bytes.NewReader(raw), "file", tagged, nil)
		rows := file.Report.Rows
		if rows.All != rows.Read+rows.Skipped+rows.Refused {
			t.Errorf("rows do not add up: %+v", rows)
		}
		if err != nil {
			if !errors.Is(err, data.ErrInvalid) || file.Ballots != nil || file.Report.Refused.Total() == 0 {
				t.Errorf("%v, %d ballots", err, len(file.Ballots))
			}
			return
		}
		named := 0
		for _, b := range file.Ballots {
			named += len(b.Choices)
			checkBallot(t, file, b, tagged)
		}
		switch file.Kind {
		case "pb":
			if rows.Read != len(file.Ballots) || rows.Refused > 0 {
				t.Errorf("%d ballots of %+v", len(file.Ballots), rows)
			}
		case "csv":
			if rows.Read != named+file.Report.Mapped.Counts["import.mapped.twice"] || rows.Refused > 0 {
				t.Errorf("%d choices of %+v", named, rows)
			}
		}
	})
}

func checkBallot(t *testing.T, f *File, b Ballot, scheme data.Scheme) {
	t.Helper()
	if b.Voter == "" || !utf8.ValidString(b.Voter) || len(b.Choices) == 0 || !scheme.Has(b.Group) || b.Village >= len(f.Villages) {
		t.Errorf("ballot %+v", b)
	}
	seen := map[int32]bool{}
	tier := int32(1)
	for _, c := range b.Choices {
		if c.Place == tier+1 {
			tier++
		}
		if seen[c.Problem] || int(c.Problem) >= len(f.Problems) || c.Place != tier || len(seen) == 0 && c.Place != 1 {
			t.Errorf("ballot %+v", b)
		}
		if !f.Points && c.Points != 0 {
			t.Errorf("points on ballot %+v", b)
		}
		seen[c.Problem] = true
	}
}
