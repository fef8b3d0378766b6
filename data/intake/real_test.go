package intake

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"ashar/data"
)

var bands = must(data.ParseBands("14-17,18-28,29-45,46-60,61+"))

var scheme = data.Scheme{Sexes: true, Bands: bands}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// realFiles are the .pb files that cities published.
func realFiles(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("ASHAR_TEST_DATA")
	if root == "" {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatal("ASHAR_TEST_DATA is not set, and ASHAR_TEST_REQUIRED is")
		}
		t.Skip("ASHAR_TEST_DATA is not set: the real .pb files are not read")
	}
	files := must(filepath.Glob(filepath.Join(root, "data", "pb", "*.pb")))
	if len(files) != 64 {
		t.Fatalf("%d files in %s, want 64", len(files), root)
	}
	return files
}

func readReal(t testing.TB, path string) *File {
	t.Helper()
	in := must(os.Open(path))
	defer in.Close()
	f, err := Read(in, filepath.Base(path), scheme, nil)
	if err != nil {
		t.Fatalf("%v %+v", err, f.Report.Refused)
	}
	return f
}

func TestRealFilesCountWhatTheyState(t *testing.T) {
	ballots := 0
	for _, path := range realFiles(t) {
		name := filepath.Base(path)
		f := readReal(t, path)
		ballots += len(f.Ballots)
		votes, points := make([]int, len(f.Problems)), make([]int, len(f.Problems))
		for _, b := range f.Ballots {
			for _, c := range b.Choices {
				votes[c.Problem]++
				points[c.Problem] += int(c.Points)
			}
			if !scheme.Has(b.Group) {
				t.Errorf("%s: %v is no group of the scheme", name, b.Group)
			}
		}
		cumulative := f.Meta["vote_type"] == "cumulative"
		if f.Points != cumulative {
			t.Errorf("%s: points %v", name, f.Points)
		}
		for i, p := range f.Problems {
			if p.Votes == nil || *p.Votes != votes[i] {
				t.Errorf("%s: %s has %d votes, the file states %v", name, p.Source, votes[i], p.Votes)
			}
			if cumulative && p.Score != nil && *p.Score != points[i] {
				t.Errorf("%s: %s has %d points, the file states %d", name, p.Source, points[i], *p.Score)
			}
		}
		if n := f.Report.Skipped.Total(); n > 0 {
			t.Errorf("%s: %d lines skipped: %v", name, n, f.Report.Skipped.Counts)
		}
		for key, n := range f.Report.Warned.Counts {
			if key != "import.warned.title.long" {
				t.Errorf("%s: %d of %s", name, n, key)
			}
		}
		if want, _ := strconv.Atoi(f.Meta["num_votes"]); want != len(f.Ballots) {
			t.Errorf("%s: %d ballots, want %d", name, len(f.Ballots), want)
		}
	}
	if ballots != 124_954 {
		t.Errorf("%d ballots in all", ballots)
	}
}

// The figures were counted by another program.
func TestRealVotersKeepTheirSexAndBand(t *testing.T) {
	sexes, mapped := map[string]int{}, map[string]int{}
	for _, path := range realFiles(t) {
		f := readReal(t, path)
		city := strings.Join(strings.SplitN(filepath.Base(path), "_", 4)[1:3], " ")
		for _, c := range f.Report.Sexes {
			sexes[city+" "+c.Key] += c.N
		}
		for _, note := range f.Report.Mapped.Notes {
			if note.Key == "import.mapped.age.unknown" {
				mapped[note.Args[3].(string)] += note.Args[1].(int)
			}
		}
	}
	for key, want := range map[string]int{
		"gdynia 2020 female": 4826, "gdynia 2020 male": 3719, "warszawa 2022 female": 871, "warszawa 2019 unknown": 2,
		"katowice 2020 female": 28027, "katowice 2020 male": 21808, "toulouse 2019 unknown": 1494,
	} {
		if sexes[key] != want {
			t.Errorf("%s: %d, want %d", key, sexes[key], want)
		}
	}
	for raw, want := range map[string]int{"127": 2, "None": 3} {
		if mapped[raw] != want {
			t.Errorf("age %s: %d voters, want %d", raw, mapped[raw], want)
		}
	}
}

func TestLargestFileIsReadFastAndLean(t *testing.T) {
	var path string
	for _, p := range realFiles(t) {
		if strings.HasSuffix(p, "poland_katowice_2020_.pb") {
			path = p
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := readReal(t, path)
	runtime.ReadMemStats(&after)
	runtime.GC()
	var kept runtime.MemStats
	runtime.ReadMemStats(&kept)
	took := time.Hour // the best of three, for other programs run beside this one
	for range 3 {
		start := time.Now()
		readReal(t, path)
		took = min(took, time.Since(start))
	}
	t.Logf("%d ballots, %d villages in %v; %d MB allocated in all, %d MB kept",
		len(f.Ballots), len(f.Villages), took, (after.TotalAlloc-before.TotalAlloc)>>20, (kept.HeapAlloc-before.HeapAlloc)>>20)
	if len(f.Ballots) != 38903 || len(f.Problems) != 73 || f.Report.Villages != 23 {
		t.Errorf("%d ballots, %d problems, %d villages", len(f.Ballots), len(f.Problems), f.Report.Villages)
	}
	if all := (after.TotalAlloc - before.TotalAlloc) >> 20; all > 60 {
		t.Errorf("%d MB allocated", all)
	}
	runtime.KeepAlive(f)
}
