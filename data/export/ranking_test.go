package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ashar/data"
	"ashar/data/rank"
)

// spoken says the key itself, with its arguments.
func spoken(key string, args ...any) string {
	return strings.TrimSpace(key + " " + strings.TrimSpace(fmt.Sprintln(args...)))
}

func place(problem, n int, tied bool, score, first *big.Rat, mentions, points *int) rank.Place {
	return rank.Place{Problem: pid(problem), Rank: n, Tied: tied, Score: score, First: first, Mentions: mentions, Points: points}
}

func pid(n int) data.ID { return data.ID{15: byte(n)} }

func ptr[T any](v T) *T { return &v }

var titles = map[data.ID]string{pid(1): "=1+1", pid(2): "Таза суу", pid(3): "Жол, «көчө»", pid(4): "+жарык; \"чырак\""}

// document is of four problems, two of them tied and one without a score, in three groups.
func document(by rank.By) Document {
	female, nobody, band, tag, none := data.Female, data.UnknownSex, data.Band("18-28"), "poor", ""
	village := pid(9)
	all := rank.Ranking{View: data.People, N: 12, Places: []rank.Place{
		place(2, 1, false, big.NewRat(2, 3), big.NewRat(7, 2), ptr(9), ptr(30)),
		place(3, 2, true, big.NewRat(1, 3), big.NewRat(1, 1), ptr(5), ptr(0)),
		place(1, 2, true, big.NewRat(1, 3), big.NewRat(3, 2), ptr(4), ptr(2)),
		place(4, 0, false, nil, big.NewRat(0, 1), ptr(0), ptr(0)),
	}}
	part := func(c rank.Cut, n int) rank.Part {
		return rank.Part{Cut: c, Ranking: rank.Ranking{N: n, Places: []rank.Place{
			place(1, 1, false, big.NewRat(1, 7), nil, nil, nil), place(2, 2, false, big.NewRat(0, 1), nil, ptr(3), nil),
			place(3, 0, false, nil, nil, nil, nil), place(4, 0, false, nil, nil, nil, nil),
		}}}
	}
	in := Input{
		Municipality: "Ак-Муз", Round: "2017", View: data.People, Rule: data.Rule{View: data.Groups, Rho: 0.2}, All: all, By: by,
		Title:   func(p data.ID) string { return titles[p] },
		Source:  func(p data.ID) string { return map[data.ID]string{pid(2): "17", pid(1): "@9"}[p] },
		Village: func(data.ID) string { return "-Жаңы-Айыл" },
		Tag:     func(key string) string { return "Жакырлар" },
		Collate: strings.Compare,
	}
	if by != (rank.By{}) {
		in.Parts = []rank.Part{
			part(rank.Cut{Village: &village, Sex: &female, Band: &band, Tag: &tag}, 5),
			part(rank.Cut{Village: &village, Sex: &nobody, Band: ptr(data.Band("")), Tag: &none}, 3),
		}
	}
	return NewDocument(in)
}

func asJSON(t *testing.T, d Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDocumentIsWrittenAsPromised(t *testing.T) {
	d := document(rank.By{Sex: true, Tag: true})
	d.Problems = d.Problems[:1]
	want := `{"municipality":"Ак-Муз","round":"2017","view":"people","method":"average_borda","n":12,"residents":null,"problems":[` +
		`{"id":"00000000-0000-0000-0000-000000000002","title":"Таза суу","source_id":"17","rank":1,"tied":false,"score":0.6666666666666666,"first":3.5,"mentions":9,"points":30,"groups":[` +
		`{"sex":"female","tag":"poor","n":5,"rank":2,"tied":false,"score":0,"first":null,"mentions":3,"points":null},` +
		`{"sex":"unknown","tag":"unknown","n":3,"rank":2,"tied":false,"score":0,"first":null,"mentions":3,"points":null}]}]}` + "\n"
	if diff := cmp.Diff(want, asJSON(t, d)); diff != "" {
		t.Error(diff)
	}
}

// Whom the view of all residents leaves out stands in the document, by name.
func TestDocumentNamesTheVillagesItLeavesOut(t *testing.T) {
	in := Input{View: data.Citizens, Collate: strings.Compare, Notes: []string{"Терек-Суу is left out"},
		Village: func(v data.ID) string {
			return map[data.ID]string{pid(1): "Терек-Суу", pid(2): "Ак-Муз"}[v]
		},
		All: rank.Ranking{Unplaced: 4, Omitted: []rank.Omitted{{Village: pid(1), Why: "population", Came: 12}}, Whole: []data.ID{pid(2)},
			Unheard: []rank.Unheard{{Village: pid(2), Sex: data.Female, Band: "61+", People: 30, For: []data.Band{"18-28"}}, {Village: pid(1), People: 160, Alone: true}}}}
	want := `"residents":{"omitted":[{"village":"Терек-Суу","reason":"population","came":12}],"unheard":[` +
		`{"village":"Ак-Муз","sex":"female","band":"61+","residents":30,"stand_ins":["18-28"]},` +
		`{"village":"Терек-Суу","sex":null,"band":null,"residents":160,"stand_ins":[]}],"by_total":["Ак-Муз"],"unplaced":4}`
	d := NewDocument(in)
	if got := asJSON(t, d); !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
	var table bytes.Buffer
	if err := d.Table(&table, spoken); err != nil || !strings.Contains(table.String(), in.Notes[0]) {
		t.Errorf("%v: the table is\n%s", err, table.String())
	}
	in.All = rank.Ranking{}
	if got := asJSON(t, NewDocument(in)); !strings.Contains(got, `"residents":{"omitted":[],"unheard":[],"by_total":[],"unplaced":0}`) {
		t.Errorf("got %s", got)
	}
}

func TestOnlyWhatIsAskedForIsBrokenDown(t *testing.T) {
	for by, want := range map[rank.By][]string{
		{}: nil, {Sex: true}: {"sex"}, {Band: true, Village: true}: {"band", "village"}, {Sex: true, Band: true, Village: true, Tag: true}: {"sex", "band", "village", "tag"},
	} {
		var got struct{ Problems []map[string]any }
		if err := json.Unmarshal([]byte(asJSON(t, document(by))), &got); err != nil {
			t.Fatal(err)
		}
		groups, ok := got.Problems[0]["groups"].([]any)
		if ok != (want != nil) {
			t.Errorf("%v: groups are there: %v", by, ok)
		}
		for _, g := range groups {
			group := g.(map[string]any)
			for _, key := range []string{"sex", "band", "village", "tag"} {
				if _, there := group[key]; there != strings.Contains(strings.Join(want, " "), key) {
					t.Errorf("%v: %s is there: %v", by, key, there)
				}
			}
		}
	}
	if d := NewDocument(Input{By: rank.By{Sex: true}, Collate: strings.Compare}); !strings.Contains(asJSON(t, d), `"problems":[]`) {
		t.Error("no problems are not an empty list")
	}
}

func TestProblemsStandByRankThenTitle(t *testing.T) {
	var got []string
	for _, p := range document(rank.By{}).Problems {
		got = append(got, p.Title)
	}
	if diff := cmp.Diff([]string{"Таза суу", "=1+1", "Жол, «көчө»", "+жарык; \"чырак\""}, got); diff != "" {
		t.Error(diff)
	}
	if s := asJSON(t, document(rank.By{})); !strings.Contains(s, `"source_id":null,"rank":null,"tied":false,"score":null,"first":0,"mentions":0`) {
		t.Errorf("the problem without a score is %s", s)
	}
}

// flat are the numbers of a document, a line for each problem and group.
// Spreadsheets keep fifteen digits.
func flat(t *testing.T, d Document, digits int) (lines [][]string) {
	t.Helper()
	show := func(v any) string {
		if v == nil {
			return ""
		}
		if f, ok := v.(float64); ok {
			return strconv.FormatFloat(f, 'g', digits, 64)
		}
		return fmt.Sprint(v)
	}
	var got struct{ Problems []map[string]any }
	if err := json.Unmarshal([]byte(asJSON(t, d)), &got); err != nil {
		t.Fatal(err)
	}
	line := func(title any, m map[string]any, n any) {
		lines = append(lines, []string{show(title), show(n), show(m["rank"]), show(m["score"]), show(m["first"]), show(m["mentions"]), show(m["points"])})
	}
	for _, p := range got.Problems {
		line(p["title"], p, float64(d.N))
		for _, g := range p["groups"].([]any) {
			group := g.(map[string]any)
			line(p["title"], group, group["n"])
		}
	}
	return lines
}

var longHead = []string{
	"ranking.rank", "ranking.tied", "export.problem", "sex.title", "band.title", "village.title", "tag.title", "ranking.people", "ranking.score",
	"ranking.first", "ranking.mentions", "ranking.points", "export.source", "export.id",
}

var everything = rank.By{Sex: true, Band: true, Village: true, Tag: true}

// pick takes title, n, rank, score, first, mentions, points from a line of the long table.
func pick(line []string, title string) []string {
	return []string{title, line[7], line[0], line[8], line[9], line[10], line[11]}
}

func TestCSVHasTheNumbersOfTheDocument(t *testing.T) {
	d := document(everything)
	var b bytes.Buffer
	if err := d.CSV(&b, spoken); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(b.String(), "\uFEFF")
	if !marked {
		t.Error("no byte order mark")
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(longHead, lines[0]); diff != "" {
		t.Error(diff)
	}
	var got [][]string
	for _, line := range lines[1:] {
		for _, cell := range line {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%q is a formula", cell)
			}
		}
		got = append(got, pick(line, strings.TrimPrefix(line[2], "'")))
	}
	if diff := cmp.Diff(flat(t, d, -1), got); diff != "" {
		t.Error(diff)
	}
	want := []string{"2", "export.no", "Таза суу", "sex.unknown", "band.unknown", "'-Жаңы-Айыл", "tag.unknown", "3", "0", "", "3", "", "17", pid(2).String()}
	if diff := cmp.Diff(want, lines[3]); diff != "" {
		t.Error(diff)
	}
}

func workbookOf(t *testing.T, docs ...Document) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := XLSX(&b, spoken, docs[0], docs[1:]...); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func TestWorkbookHasTheNumbersOfTheDocument(t *testing.T) {
	d := document(everything)
	f := workbookOf(t, d)
	sheet := f.GetSheetList()[1]
	lines, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	head := len(d.top(spoken)) + 1
	if diff := cmp.Diff(longHead, lines[head]); diff != "" {
		t.Error(diff)
	}
	var got [][]string
	for _, line := range lines[head+1:] {
		got = append(got, pick(line, line[2]))
	}
	if diff := cmp.Diff(flat(t, d, 15), got); diff != "" {
		t.Error(diff)
	}
}

func TestCellsOfAWorkbookHaveTheirTypes(t *testing.T) {
	d := document(everything)
	f := workbookOf(t, d)
	sheet := f.GetSheetList()[1]
	row := len(d.top(spoken)) + 3
	for column, want := range map[string]excelize.CellType{"C": excelize.CellTypeInlineString, "A": excelize.CellTypeUnset, "I": excelize.CellTypeUnset, "B": excelize.CellTypeBool} {
		if got, err := f.GetCellType(sheet, column+strconv.Itoa(row)); err != nil || got != want {
			t.Errorf("column %s has type %v, want %v (%v)", column, got, want, err)
		}
	}
	for r := row; r < row+12; r++ {
		if formula, err := f.GetCellFormula(sheet, "C"+strconv.Itoa(r)); err != nil || formula != "" {
			t.Errorf("row %d has the formula %q (%v)", r, formula, err)
		}
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != row-1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	first, err := f.GetCellValue(f.GetSheetList()[0], "A1")
	if err != nil || first != "Ак-Муз · 2017" {
		t.Errorf("the title is %q, %v", first, err)
	}
}

func TestEveryBreakDownHasItsSheet(t *testing.T) {
	f := workbookOf(t, document(rank.By{}), document(rank.By{Sex: true}), document(rank.By{Band: true}), document(everything), document(rank.By{Sex: true}))
	want := []string{"ranking.title", "sex.title", "band.title", "sex.title, band.title, village.", "sex.title 2"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
}

func TestTableOfATerminalIsAligned(t *testing.T) {
	var b bytes.Buffer
	d := document(rank.By{Sex: true})
	d.Problems[3].Title = "дыр\u0306ат\x1b[31m" // a mark on its letter, and an escape sequence
	if err := d.Table(&b, spoken); err != nil {
		t.Fatal(err)
	}
	want := `Ак-Муз · 2017
export.view view view.people; count.people n 12
export.rule view view.groups rho 0.2
export.method

ranking.rank  export.problem  export.wins  ranking.first  ranking.mentions  ranking.points
           1  Таза суу               66.7           3.50                 9              30
          2=  =1+1                   33.3           1.50                 4               2
          2=  Жол, «көчө»            33.3              1                 5               0
           –  дыр̆ат[31m                 –              0                 0               0

sex.female: count.people n 5
ranking.rank  export.problem  export.wins  ranking.first  ranking.mentions  ranking.points
           1  =1+1                   14.3              –                 –               –
           2  Таза суу                0.0              –                 3               –
           –  Жол, «көчө»               –              –                 –               –
           –  дыр̆ат[31m                 –              –                 –               –

sex.unknown: count.people n 3
ranking.rank  export.problem  export.wins  ranking.first  ranking.mentions  ranking.points
           1  =1+1                   14.3              –                 –               –
           2  Таза суу                0.0              –                 3               –
           –  Жол, «көчө»               –              –                 –               –
           –  дыр̆ат[31m                 –              –                 –               –
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	b.Reset()
	if err := NewDocument(Input{Round: "x", By: rank.By{Sex: true}, Collate: strings.Compare}).Table(&b, spoken); err != nil {
		t.Errorf("an empty ranking: %v", err)
	}
}
