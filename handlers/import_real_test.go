package handlers

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
)

// realFiles are the .pb files that cities published.
func realFiles(t *testing.T) []string {
	t.Helper()
	root := os.Getenv("ASHAR_TEST_DATA")
	if root == "" {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			t.Fatal("ASHAR_TEST_DATA is not set, and ASHAR_TEST_REQUIRED is")
		}
		t.Skip("ASHAR_TEST_DATA is not set: the real .pb files are not imported")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", "pb", "*.pb"))
	if err != nil || len(files) != 64 {
		t.Fatalf("%d files in %s, want 64 (%v)", len(files), root, err)
	}
	return files
}

// stated is what a file says of its projects, by id; score is there where the
// file is cumulative. It is read here by other means than the import's.
type stated struct{ votes, score map[string]int }

func statedBy(t *testing.T, path string) stated {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	meta, rest, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r", ""), "\nPROJECTS\n")
	table, _, ok := strings.Cut(rest, "\nVOTES\n")
	if !ok {
		t.Fatalf("%s has no sections", path)
	}
	in := csv.NewReader(strings.NewReader(table))
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = ';', true, -1
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	s := stated{votes: map[string]int{}}
	if strings.Contains(meta, "vote_type;cumulative") && slices.Contains(rows[0], "score") {
		s.score = map[string]int{}
	}
	at := func(row []string, column string) int {
		n, err := strconv.Atoi(row[slices.Index(rows[0], column)])
		if err != nil {
			t.Fatal(path, err)
		}
		return n
	}
	for _, row := range rows[1:] {
		id := row[slices.Index(rows[0], "project_id")]
		s.votes[id] = at(row, "votes")
		if s.score != nil {
			s.score[id] = at(row, "score")
		}
	}
	return s
}

func importReal(t *testing.T, from *store.Store, path, municipality string) ImportResult {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := Import(t.Context(), importTools(from), ImportRequest{File: file, FileName: filepath.Base(path), Municipality: municipality, Round: "2020"}, nil)
	if err != nil {
		t.Fatalf("%v %+v", err, r.Report.Refused)
	}
	return r
}

func TestRealFilesAreCountedAsTheyState(t *testing.T) {
	files := realFiles(t)
	eachEngine(t, func(t *testing.T, from *store.Store) {
		ballots := 0
		for _, path := range files {
			want := statedBy(t, path)
			counted := countOf(t, from, importReal(t, from, path, filepath.Base(path)))
			all := counted.Rank.Count(data.People, rank.Cut{})
			ballots += all.N
			votes, score := map[string]int{}, map[string]int{}
			for _, p := range all.Places {
				votes[counted.Problems[p.Problem].Source] = *p.Mentions
				if want.score != nil {
					score[counted.Problems[p.Problem].Source] = *p.Points
				}
			}
			if diff := cmp.Diff(want.votes, votes); diff != "" {
				t.Errorf("%s: votes (-stated +counted)\n%s", filepath.Base(path), diff)
			}
			if diff := cmp.Diff(want.score, score); want.score != nil && diff != "" {
				t.Errorf("%s: points (-stated +counted)\n%s", filepath.Base(path), diff)
			}
			for _, by := range []rank.By{{Sex: true}, {Band: true}, {Village: true}, {Sex: true, Band: true, Village: true}} {
				addsUp(t, filepath.Base(path), counted, all, by)
			}
		}
		t.Logf("%d files, %d ballots", len(files), ballots)
	})
}

// addsUp checks that the parts of a round come to the whole, for everything
// that is simply counted.
func addsUp(t *testing.T, file string, counted *Counted, all rank.Ranking, by rank.By) {
	t.Helper()
	n := 0
	mentions, points, first := map[data.ID]int{}, map[data.ID]int{}, map[data.ID]*big.Rat{}
	for _, part := range counted.Rank.Break(data.People, rank.Cut{}, by) {
		n += part.Ranking.N
		for _, p := range part.Ranking.Places {
			mentions[p.Problem] += *p.Mentions
			if p.Points != nil {
				points[p.Problem] += *p.Points
			}
			if first[p.Problem] == nil {
				first[p.Problem] = new(big.Rat)
			}
			first[p.Problem].Add(first[p.Problem], p.First)
		}
	}
	if n != all.N {
		t.Errorf("%s by %+v: n is %d of %d", file, by, n, all.N)
	}
	firsts := new(big.Rat)
	for _, p := range all.Places {
		firsts.Add(firsts, p.First)
		if mentions[p.Problem] != *p.Mentions || p.Points != nil && points[p.Problem] != *p.Points || first[p.Problem].Cmp(p.First) != 0 {
			t.Errorf("%s by %+v: the parts of %s are %d, %d, %s", file, by, counted.Problems[p.Problem].Source, mentions[p.Problem], points[p.Problem], first[p.Problem])
		}
	}
	if want := big.NewRat(int64(all.N), 1); firsts.Cmp(want) != 0 {
		t.Errorf("%s: first places come to %s, not to %s", file, firsts, want)
	}
}

// The largest of them is the measure of speed.
func TestLargestFileIsImportedOnceAndUndone(t *testing.T) {
	path := ""
	for _, file := range realFiles(t) {
		if strings.HasSuffix(file, "poland_katowice_2020_.pb") {
			path = file
		}
	}
	eachEngine(t, func(t *testing.T, from *store.Store) {
		stop := make(chan struct{})
		peak := make(chan uint64)
		go watchHeap(stop, peak)
		start := time.Now()
		r := importReal(t, from, path, "Katowice")
		took := time.Since(start)
		close(stop)
		t.Logf("%d ballots, %d problems, %d villages in %v; at most %d MB of heap", r.Report.Ballots, r.Report.Problems, r.Report.Villages,
			took.Round(time.Millisecond), <-peak>>20)
		start = time.Now()
		if again := importReal(t, from, path, r.Municipality.Slug); !again.Same {
			t.Error("the same file came in twice")
		}
		t.Logf("the same again in %v", time.Since(start).Round(time.Millisecond))
		start = time.Now()
		if err := from.UndoImport(t.Context(), r.Municipality.ID, r.Import.ID, data.Event{}); err != nil {
			t.Fatal(err)
		}
		undone := time.Since(start)
		if err := from.SweepImports(t.Context(), time.Time{}); err != nil {
			t.Fatal(err)
		}
		t.Logf("undone in %v, swept up %v later", undone.Round(time.Millisecond), (time.Since(start) - undone).Round(time.Millisecond))
	})
}

// watchHeap finds the most memory that is in use until stop.
func watchHeap(stop chan struct{}, peak chan uint64) {
	var most uint64
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
		select {
		case <-stop:
			peak <- most
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// People who record a session meanwhile are not held up.
func TestOthersWriteWhileAFileIsImported(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r := imported(t, from, "village.pb", fixture(t, "village.pb"))
		open := data.Session{ID: Mint(), Round: r.Round.ID, Village: countOf(t, from, r).Villages[0].ID, Date: "2017-09-20", Facilitators: "А", Form: data.Tally, Created: time.Now()}
		if err := from.OpenSession(t.Context(), r.Municipality.ID, open, time.Now(), data.Event{}); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		text.WriteString("ballot,village,problem\n")
		for i := range 20_000 {
			fmt.Fprintf(&text, "n%d,v%d,p%d\n", i, i%5, i%7)
		}
		done := make(chan error, 1)
		go func() {
			_, err := importOf(t, from, "big.csv", text.String())
			done <- err
		}()
		var longest time.Duration
		taps := 0
		for waiting := true; waiting; taps++ {
			start := time.Now()
			tap := data.Entry{ID: Mint(), Session: open.ID, Kind: data.PresenceAdd, N: 1, Made: start, Received: start}
			if err := from.AddEntries(t.Context(), r.Municipality.ID, open, []data.Entry{tap}); err != nil {
				t.Fatal(err)
			}
			longest = max(longest, time.Since(start))
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				waiting = false
			default:
			}
		}
		t.Logf("%d taps meanwhile, the slowest %v", taps, longest.Round(time.Millisecond))
		if taps < 3 || longest > 2*time.Second {
			t.Errorf("%d taps, the slowest %v", taps, longest)
		}
		if n := countOf(t, from, r).Rank.Count(data.People, rank.Cut{}).N; n != 20_000+5+taps {
			t.Errorf("n is %d, with %d taps", n, taps)
		}
	})
}
