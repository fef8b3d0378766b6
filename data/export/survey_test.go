package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"ashar/data"
	"ashar/data/form"
)

// evil are texts that a spreadsheet must not take for anything but texts.
var evil = []string{`=HYPERLINK("http://x","y")`, "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", `"=1+1"`, "<script>alert(1)</script>", "a\x00b", "\u202e=1", "＝1+1", "=cmd|' /C calc'!A0"}

func say(key string, args ...any) string { return strings.TrimSpace(key + " " + fmt.Sprint(args...)) }

// answered is a survey with a question of most kinds, and the responses.
func answered(responses ...data.Response) *Survey {
	list := func(names ...string) (choices []form.Choice) {
		for _, name := range names {
			choices = append(choices, form.Choice{Name: name, Label: data.Text{EN: "=" + name}})
		}
		return choices
	}
	f := form.Form{Lists: []form.List{{Name: "list", Choices: list("a", "b", "c")}}, Questions: []form.Question{
		{Name: "one", Kind: form.One, Label: data.Text{EN: "=One"}, List: "list"}, {Name: "many", Kind: form.Many, List: "list"},
		{Name: "rank", Kind: form.Rank, List: "list", Top: 2}, {Name: "n", Kind: form.Integer}, {Name: "text", Kind: form.Long},
		{Name: "home", Kind: form.Repeat, Questions: []form.Question{{Name: "who", Kind: form.Text}}},
	}}
	tally := form.NewTally(map[int]*form.Form{1: &f}, nil)
	for i := range responses {
		r := &responses[i]
		r.ID, r.Version, r.Tier, r.State, r.Lang = data.ID{byte(i + 1)}, 1, data.TierOpen, data.StateCounted, "ky"
		r.Received = time.Date(2026, 11, 24, 20, 59, i, 0, time.UTC)
		tally.Add(r)
	}
	var all iter.Seq2[data.Response, error] = func(yield func(data.Response, error) bool) {
		for _, r := range responses {
			if !yield(r, nil) {
				return
			}
		}
	}
	return &Survey{Asked: tally.Asked, Repeats: Repeats(tally), Responses: all, Zone: time.FixedZone("", 6*3600), Village: func(data.ID) string { return "=village" }}
}

func records(t *testing.T, text string, comma rune) (head []string, rows []map[string]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	r.Comma = comma
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

func TestMachinesReadEveryAnswerAndEveryState(t *testing.T) {
	s := answered(
		data.Response{Sex: data.Female, Band: "18-28", Answers: data.Answers{"one": {Text: "b"}, "many": {Picks: []string{"a", "c"}}, "rank": {Ranks: [][]string{{"c"}, {"a"}}},
			"n": {Text: "-3"}, "text": {Text: "=1+1"}, "home": {Rows: []data.Answers{{"who": {Text: "x"}}, {"who": {Said: data.Empty}}}}}},
		data.Response{Answers: data.Answers{"one": {Said: data.Refused}, "many": {Said: data.Empty}, "rank": {Ranks: [][]string{{"b"}}}}},
		data.Response{Answers: data.Answers{"rank": {Ranks: [][]string{{"a", "b"}}}}},
	)
	var b bytes.Buffer
	if err := s.MachineCSV(&b); err != nil {
		t.Fatal(err)
	}
	head, rows := records(t, b.String(), ',')
	for i, want := range []map[string]string{
		{"_day": "2026-11-25", "_sex": "female", "_band": "18-28", "one": "b", "many/a": "1", "many/b": "0", "many/c": "1", "rank_1": "c", "rank_2": "a", "rank/a": "2", "rank/b": "", "rank/c": "1",
			"n": "-3", "text": "=1+1", "home": "2", "home/1/who": "x", "home/2/who": "", "home/2/who/_state": "empty", "rank/_state": "answered"},
		{"one": "", "one/_state": "refused", "many/a": "", "many/_state": "empty", "rank_1": "b", "rank_2": "", "rank/_state": "partial", "text/_state": "not_asked", "home/1/who/_state": "not_asked"},
		{"rank_1": "a b", "rank_2": "", "rank/a": "1", "rank/b": "1", "rank/_state": "tied"},
	} {
		for name, cell := range want {
			if got, ok := rows[i][name]; got != cell || !ok {
				t.Errorf("line %d: %s is %q (%v), wanted %q; columns %v", i+1, name, got, ok, cell, head)
			}
		}
	}
	if strings.Contains(b.String(), "20:59") || rows[0]["_response"] == rows[1]["_response"] || strings.Contains(b.String(), "01000000") {
		t.Error("times or IDs leave the staff")
	}
}

// A column of ours and a question of the same name are two columns.
func TestMachinesFindEachNameOnce(t *testing.T) {
	s := answered(data.Response{Answers: data.Answers{"one": {Text: "b"}}})
	for _, fact := range facts {
		s.Asked = append(s.Asked, form.Asked{Question: &form.Question{Name: fact, Kind: form.Text}})
	}
	var b bytes.Buffer
	if err := s.MachineCSV(&b); err != nil {
		t.Fatal(err)
	}
	head, _ := records(t, b.String(), ',')
	slices.Sort(head)
	if names := len(slices.Compact(slices.Clone(head))); names != len(head) {
		t.Errorf("%d names for %d columns: %v", names, len(head), head)
	}
}

// A spreadsheet in Kyrgyz or Russian takes 2.5 for a day in May.
func TestFractionsAreWrittenAsTheirReadersWriteThem(t *testing.T) {
	s := answered(data.Response{Answers: data.Answers{"n": {Text: "2.5"}, "text": {Text: "2.5"}}})
	for lang, fraction := range map[string]string{"ky": "2,5", "ru": "2,5", "en": "2.5"} {
		var b bytes.Buffer
		if err := s.SpreadsheetCSV(&b, lang, say); err != nil {
			t.Fatal(err)
		}
		if _, rows := records(t, b.String(), ';'); rows[0]["n"] != fraction || rows[0]["text"] != "2.5" {
			t.Errorf("%s: %v", lang, rows[0])
		}
	}
}

// formulas tells whether a cell would be taken for a formula.
func formulas(cell string) bool { return cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) }

func hostileSurvey() *Survey {
	var all []data.Response
	for _, text := range evil {
		all = append(all, data.Response{Village: data.ID{1}, Answers: data.Answers{"one": {Text: "a"}, "text": {Text: text}, "home": {Rows: []data.Answers{{"who": {Text: text}}}}}})
	}
	return answered(all...)
}

func TestSpreadsheetsFindNoFormula(t *testing.T) {
	s := hostileSurvey()
	var b, codes bytes.Buffer
	if err := s.SpreadsheetCSV(&b, "en", say); err != nil {
		t.Fatal(err)
	}
	if err := s.CodebookCSV(&codes, "en", say); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{b.String(), codes.String()} {
		if !strings.HasPrefix(text, "\uFEFF") || !strings.Contains(text, "\r\n") {
			t.Error("no byte order mark, or other ends of lines")
		}
		head, rows := records(t, text, ';')
		for _, h := range head {
			if formulas(h) {
				t.Errorf("the head has %q", h)
			}
		}
		for _, row := range rows {
			for name, cell := range row {
				if formulas(cell) {
					t.Errorf("%s has %q", name, cell)
				}
			}
		}
	}
}

func TestWorkbooksHoldTextsAndNoFormula(t *testing.T) {
	var b bytes.Buffer
	if err := hostileSurvey().XLSX(&b, "en", say); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if sheets := f.GetSheetList(); len(sheets) != 2 {
		t.Fatalf("sheets %v", sheets)
	}
	cells := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
					t.Errorf("%s!%s is a formula: %s", sheet, at, formula)
				}
				cells++
			}
		}
	}
	if cells < 100 {
		t.Errorf("only %d cells were looked at", cells)
	}
	if rows, _ := f.GetRows(f.GetSheetList()[0]); len(rows) != len(evil)+1 || !slices.Contains(rows[1], evil[0]) {
		t.Errorf("%d lines", len(rows))
	}
}

// TestLibreOfficeFindsNoFormula opens the files as people do.
func TestLibreOfficeFindsNoFormula(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("not opened in LibreOffice: there is none; the files were parsed instead")
	}
	folder := t.TempDir()
	s := hostileSurvey()
	for name, write := range map[string]func(*os.File) error{
		"formula.csv": func(f *os.File) error { _, err := f.WriteString("=1+1\n"); return err }, // what must be found
		"a.csv":       func(f *os.File) error { return s.SpreadsheetCSV(f, "en", say) },
		"b.xlsx":      func(f *os.File) error { return s.XLSX(f, "en", say) },
	} {
		file, err := os.Create(filepath.Join(folder, name))
		if err == nil {
			err = write(file)
		}
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		if out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", "fods", "--outdir", folder, file.Name()).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		opened, err := os.ReadFile(strings.TrimSuffix(file.Name(), filepath.Ext(name)) + ".fods")
		if err != nil {
			t.Fatal(err)
		}
		if has := bytes.Contains(opened, []byte("table:formula")); has != (name == "formula.csv") {
			t.Errorf("%s has a formula: %v", name, has)
		}
	}
}

func TestSurveysAsJSONCanBeRead(t *testing.T) {
	var b bytes.Buffer
	if err := hostileSurvey().JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Questions []struct{ Name, Code string }
		Responses []struct {
			Day     string
			Answers data.Answers
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Responses) != len(evil) || got.Responses[0].Answers["text"].Text != evil[0] || got.Responses[0].Day != "2026-11-25" || len(got.Questions) < 6 {
		t.Errorf("%+v", got)
	}
	if bytes.Contains(b.Bytes(), []byte("<script>")) {
		t.Error("markup is not escaped")
	}
}

// Who put all in order that stood on their version's list put all in order, however
// many have come since; and a tie does not hide that others were left out.
func TestRanksAreWholeByTheirOwnVersion(t *testing.T) {
	forms := map[int]*form.Form{}
	for version, names := range map[int][]string{1: {"a", "b"}, 2: {"a", "b", "c"}} {
		var choices []form.Choice
		for _, name := range names {
			choices = append(choices, form.Choice{Name: name})
		}
		forms[version] = &form.Form{Lists: []form.List{{Name: "list", Choices: choices}}, Questions: []form.Question{{Name: "rank", Kind: form.Rank, List: "list", Ties: true}}}
	}
	s := &Survey{Asked: form.NewTally(forms, nil).Asked, Zone: time.UTC, Village: func(data.ID) string { return "" }}
	said := []struct {
		version int
		ranks   [][]string
		state   string
	}{
		{1, [][]string{{"b"}, {"a"}}, "answered"}, {1, [][]string{{"b"}}, "partial"}, {1, [][]string{{"a", "b"}}, "tied"},
		{2, [][]string{{"b"}, {"a"}}, "partial"}, {2, [][]string{{"a", "b"}}, "partial_tied"}, {2, [][]string{{"a", "b"}, {"c"}}, "tied"},
	}
	s.Responses = func(yield func(data.Response, error) bool) {
		for i, one := range said {
			if !yield(data.Response{ID: data.ID{byte(i)}, Version: one.version, Answers: data.Answers{"rank": {Ranks: one.ranks}}}, nil) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := s.MachineCSV(&b); err != nil {
		t.Fatal(err)
	}
	_, rows := records(t, b.String(), ',')
	for i, one := range said {
		if rows[i]["rank/_state"] != one.state {
			t.Errorf("%v in version %d is %q, wanted %q", one.ranks, one.version, rows[i]["rank/_state"], one.state)
		}
	}
}
