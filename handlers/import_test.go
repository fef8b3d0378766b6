package handlers

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
)

func importTools(from *store.Store) ImportTools {
	return ImportTools{Store: from, Now: time.Now, Mint: Mint, Zone: time.UTC}
}

// importOf imports a text as a file into Ак-Муз, 2017.
func importOf(t *testing.T, from *store.Store, name, text string, change ...func(*ImportRequest)) (ImportResult, error) {
	t.Helper()
	in := ImportRequest{File: strings.NewReader(text), FileName: name, Size: int64(len(text)), Municipality: "Ак-Муз", Round: "2017"}
	for _, c := range change {
		c(&in)
	}
	return Import(t.Context(), importTools(from), in, nil)
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// imported imports a file that must come in.
func imported(t *testing.T, from *store.Store, name, text string, change ...func(*ImportRequest)) ImportResult {
	t.Helper()
	r, err := importOf(t, from, name, text, change...)
	if err != nil {
		t.Fatalf("%v %+v", err, r.Report.Refused)
	}
	return r
}

func countOf(t *testing.T, from *store.Store, r ImportResult) *Counted {
	t.Helper()
	counted, err := Count(t.Context(), from, r.Municipality.ID, r.Round)
	if err != nil {
		t.Fatal(err)
	}
	return counted
}

// nothingThere wants a database as if no import had begun.
func nothingThere(t *testing.T, from *store.Store) {
	t.Helper()
	municipalities, err := from.Municipalities(t.Context())
	if err != nil || len(municipalities) > 0 {
		t.Errorf("%v %v", municipalities, err)
	}
}

func TestImportMakesWhatIsMissing(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r := imported(t, from, "village.pb", fixture(t, "village.pb"))
		counted := countOf(t, from, r)
		if r.Municipality.Slug != "ak-muz" || r.Round.Name != "2017" || data.JoinBands(r.Round.Scheme.Bands) != usualBands || r.Round.Rule != data.DefaultRule(data.People) {
			t.Errorf("%+v %+v", r.Municipality, r.Round)
		}
		kept, err := from.Municipality(t.Context(), "ak-muz")
		if err != nil || kept.Name.KY != "Ак-Муз" {
			t.Errorf("%+v %v", kept, err)
		}
		var names []string
		for _, v := range counted.Villages {
			name, lang := v.Name.In("ky")
			names = append(names, name+" "+lang)
		}
		// The voter without a village voted in Ак-Муз, which is a village too.
		if diff := cmp.Diff([]string{"Ак-Муз ru", "Терек-Суу ru"}, names); diff != "" {
			t.Error(diff)
		}
		if len(counted.Sessions) != 2 {
			t.Errorf("%d sessions", len(counted.Sessions))
		}
		for _, s := range counted.Sessions {
			if !s.Closed || s.Date != "2017-09-20" || s.Place != "village.pb" || s.Form != data.Ballots || s.Import != r.Import.ID {
				t.Errorf("%+v", s)
			}
		}
		all := counted.Rank.Count(data.People, rank.Cut{})
		got := map[string][2]int{}
		for _, p := range all.Places {
			got[counted.Problems[p.Problem].Source] = [2]int{*p.Mentions, *p.Points}
		}
		if diff := cmp.Diff(map[string][2]int{"w/1": {4, 9}, "r/2": {3, 6}, "k/3": {1, 1}}, got); diff != "" {
			t.Error(diff)
		}
		if all.N != 5 || len(all.Out) > 0 {
			t.Errorf("n is %d, left out %v", all.N, all.Out)
		}
	})
}

func TestBallotOfAVoterHasOneIDInARound(t *testing.T) {
	a, b := data.ID{1}, data.ID{2}
	first, again := ballotID(a, "x"), ballotID(a, "x")
	if first != again || first == ballotID(b, "x") || first == ballotID(a, "y") {
		t.Error("ids are not one for each voter and round")
	}
	if s := ballotID(a, "x").String(); s[14] != '8' || !strings.ContainsRune("89ab", rune(s[19])) {
		t.Errorf("%s is no UUID of version 8", s)
	}
}

func TestTagsOfAFileMakeTheScheme(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r := imported(t, from, "tags.csv", fixture(t, "tags.csv"))
		counted := countOf(t, from, r)
		var tags []string
		for _, tag := range counted.Round.Scheme.Tags {
			tags = append(tags, tag.Key+" "+tag.Name.KY)
		}
		if diff := cmp.Diff([]string{"malchylar Малчылар", "mugalimder Мугалимдер"}, tags); diff != "" {
			t.Error(diff)
		}
		parts := counted.Rank.Break(data.People, rank.Cut{}, rank.By{Tag: true})
		if len(parts) != 3 || *parts[0].Cut.Tag != "malchylar" || parts[0].Ranking.N != 1 {
			t.Errorf("%+v", parts)
		}
		// «Ак-Муз» and «Ак муз» are one village, and one session.
		if len(counted.Villages) != 2 || len(counted.Sessions) != 2 {
			t.Errorf("%d villages, %d sessions", len(counted.Villages), len(counted.Sessions))
		}
		imported(t, from, "village.pb", fixture(t, "village.pb")) // has no tags, and fits
	})
}

func TestSameFileAddsNothingMore(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		text := fixture(t, "village.pb")
		first := imported(t, from, "village.pb", text)
		before := countOf(t, from, first).Version
		again := imported(t, from, "renamed.pb", strings.ReplaceAll(text, "\n", "\r\n"))
		if !again.Same || again.Import.ID != first.Import.ID {
			t.Errorf("%+v", again)
		}
		if countOf(t, from, first).Version != before {
			t.Error("something changed")
		}
	})
}

func TestChangedFileIsRefusedWithTheNumberOfItsBallots(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		text := fixture(t, "village.pb")
		first := imported(t, from, "village.pb", text)
		before := countOf(t, from, first).Version
		changed := strings.Replace(text, "b1;70;M", "b1;71;F", 1)
		changed = strings.Replace(changed, "b2;", "c9;", 1)
		var why *ImportError
		_, err := importOf(t, from, "village.pb", changed)
		if !errors.As(err, &why) || !errors.Is(err, data.ErrConflict) || why.Count != 4 {
			t.Fatal(err)
		}
		if countOf(t, from, first).Version != before {
			t.Error("something changed")
		}
		// Other voters of the same vote come in beside them.
		more := strings.NewReplacer("a1;", "x1;", "a2;", "x2;", "a3;", "x3;", "b1;", "y1;", "b2;", "y2;").Replace(text)
		imported(t, from, "more.pb", more)
		if n := countOf(t, from, first).Rank.Count(data.People, rank.Cut{}).N; n != 10 {
			t.Errorf("n is %d", n)
		}
	})
}

func TestUndoneImportCanComeAgain(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		text := fixture(t, "village.pb")
		first := imported(t, from, "village.pb", text)
		if err := from.UndoImport(t.Context(), first.Municipality.ID, first.Import.ID, data.Event{}); err != nil {
			t.Fatal(err)
		}
		if c := countOf(t, from, first); len(c.Sessions) > 0 || len(c.Problems) > 0 || len(c.Villages) > 0 {
			t.Errorf("%d sessions, %d problems, %d villages are left", len(c.Sessions), len(c.Problems), len(c.Villages))
		}
		if err := from.SweepImports(t.Context(), time.Time{}); err != nil {
			t.Fatal(err)
		}
		again := imported(t, from, "village.pb", text)
		if again.Same || again.Round.ID != first.Round.ID {
			t.Errorf("%+v", again)
		}
		if n := countOf(t, from, again).Rank.Count(data.People, rank.Cut{}).N; n != 5 {
			t.Errorf("n is %d", n)
		}
	})
}

func TestDryRunLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r := imported(t, from, "village.pb", fixture(t, "village.pb"), func(in *ImportRequest) { in.DryRun = true })
		if r.Report.Ballots != 5 || r.Report.NewProblems != 3 || r.Report.NewVillages != 2 || r.Report.Sessions != 2 || !r.Report.NewMunicipality || !r.Report.NewRound {
			t.Errorf("%+v", r.Report)
		}
		nothingThere(t, from)
		if imports, err := from.Imports(t.Context(), r.Municipality.ID, r.Round.ID); err != nil || len(imports) > 0 {
			t.Errorf("%v %v", imports, err)
		}
	})
}

func TestBrokenFileLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		r, err := importOf(t, from, "village.pb", strings.Replace(fixture(t, "village.pb"), "a3;127;M;Ак-Муз;r/2", "a3;127;M;Ак-Муз;z/9", 1))
		if !errors.Is(err, data.ErrInvalid) {
			t.Fatal(err)
		}
		if notes := r.Report.Refused.Notes; len(notes) != 1 || notes[0].Line != 19 {
			t.Errorf("%+v", notes)
		}
		nothingThere(t, from)
	})
}

// A voter whose import is given up half-way has not voted.
func TestImportGivenUpLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		var text strings.Builder
		text.WriteString("ballot,village,problem\n")
		for i := range 3 * stagedAtOnce {
			text.WriteString("b" + strconv.Itoa(i) + ",v,p" + strconv.Itoa(i%7) + "\n")
		}
		ctx, cancel := context.WithCancel(t.Context())
		tools := importTools(from)
		var minted []data.ID // among them those of the sessions
		tools.Mint = func() data.ID {
			minted = append(minted, Mint())
			return minted[len(minted)-1]
		}
		in := ImportRequest{File: strings.NewReader(text.String()), FileName: "big.csv", Municipality: "Ак-Муз", Round: "2017"}
		staged := 0
		r, err := Import(ctx, tools, in, func(stage string, done, of int64) {
			if stage == stageWrite && done > 0 && done < of {
				staged = entriesOf(from, minted[0], minted)
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		nothingThere(t, from)
		if _, err := from.Import(t.Context(), r.Municipality.ID, r.Import.ID); !errors.Is(err, data.ErrMissing) {
			t.Errorf("the import is still there: %v", err)
		}
		if left := entriesOf(from, r.Municipality.ID, minted); staged == 0 || left > 0 {
			t.Errorf("%d entries were staged, %d are left", staged, left)
		}
	})
}

// entriesOf counts the entries that are kept under any of these sessions,
// whether or not the sessions are there.
func entriesOf(from *store.Store, municipality data.ID, sessions []data.ID) (n int) {
	for _, id := range sessions {
		for range from.Entries(context.Background(), municipality, data.Session{ID: id}) {
			n++ // also those that cannot be read, because their problems are not there
		}
	}
	return n
}

// Whoever reads two files with the same voters at once, one of them is refused.
func TestTwoFilesAtOnceTakeEachVoterOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, from *store.Store) {
		text := fixture(t, "village.pb")
		first := imported(t, from, "first.csv", "ballot,problem\nzero,p\n")
		errs := make(chan error)
		for i := range 4 {
			go func() {
				_, err := importOf(t, from, "file.pb", strings.Replace(text, "b2;", "c"+strconv.Itoa(i)+";", 1))
				errs <- err
			}()
		}
		in := 0
		for range 4 {
			switch err := <-errs; {
			case err == nil:
				in++
			case !errors.Is(err, data.ErrConflict):
				t.Error(err)
			}
		}
		if n := countOf(t, from, first).Rank.Count(data.People, rank.Cut{}).N; in != 1 || n != 6 {
			t.Errorf("%d came in, n is %d", in, n)
		}
	})
}
