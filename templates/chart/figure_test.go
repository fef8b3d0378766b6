package chart

import (
	"bytes"
	"encoding/json"
	"html"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
	"ashar/data/rank"

	"github.com/google/go-cmp/cmp"
)

// eachFigure calls a check with every figure in every language.
func eachFigure(t *testing.T, check func(t *testing.T, f Figure)) {
	for _, l := range languages(t) {
		all := figures(l)
		maps.Copy(all, honest(l))
		for _, name := range slices.Sorted(maps.Keys(all)) {
			t.Run(l.Code()+"/"+name, func(t *testing.T) { check(t, all[name]) })
		}
	}
}

func printed(t *testing.T, f Figure) string {
	t.Helper()
	var b bytes.Buffer
	if err := partial(t).ExecuteTemplate(&b, "figure", f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryFigureSaysWhatItShows(t *testing.T) {
	eachFigure(t, func(t *testing.T, f Figure) {
		if f.Heading == "" || f.Description == "" || f.Table.Name == "" || len(f.Table.Head) == 0 {
			t.Errorf("heading %q, description %q, table %q with %d columns", f.Heading, f.Description, f.Table.Name, len(f.Table.Head))
		}
		ours := strings.HasPrefix(f.ID, "multiples") || strings.HasPrefix(f.ID, "slope") // for which ECharts has nothing to add, or no room
		if (f.Options == "") != (f.Drawing.Width == 0 || ours) {
			t.Error("ECharts and paper do not draw the same figure")
		}
		for _, row := range f.Table.Rows {
			if len(row) != len(f.Table.Head) {
				t.Errorf("%d cells under %d heads", len(row), len(f.Table.Head))
			}
		}
		page := printed(t, f)
		for _, wanted := range []string{`<figure class="chart" id="` + f.ID + `"`, html.EscapeString(f.Heading), "<table"} {
			if !strings.Contains(page, wanted) && !strings.Contains(page, strings.ReplaceAll(wanted, "+", "&#43;")) {
				t.Errorf("the page lacks %s", wanted)
			}
		}
		if f.Drawing.Width > 0 && !strings.Contains(page, `role="img"`) {
			t.Error("the drawing has no role")
		}
	})
}

// texts are all strings of a decoded JSON value.
func texts(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			all = append(all, texts(e)...)
		}
	case map[string]any:
		for key, e := range v {
			all = append(append(all, key), texts(e)...)
		}
	}
	return all
}

func TestHostileTitlesComeOutAsTheyWentIn(t *testing.T) {
	attribute := regexp.MustCompile(`data-chart="([^"]*)"`)
	eachFigure(t, func(t *testing.T, f Figure) {
		page := printed(t, f)
		if strings.Contains(page, "ZgotmplZ") {
			t.Error("the template refused a value")
		}
		for _, raw := range []string{"<", ">", "&", "\u2028", "\u2029"} {
			if strings.Contains(f.Options, raw) {
				t.Errorf("the options have a raw %q", raw)
			}
		}
		for _, raw := range []string{"<script", "<img", "<b>", "<!--", "</title></svg>", `"onmouseover=`} {
			if strings.Contains(page, raw) {
				t.Errorf("the page has a raw %q", raw)
			}
		}
		found := attribute.FindStringSubmatch(page)
		if f.Options == "" {
			if found != nil {
				t.Error("options where there are none")
			}
			return
		}
		if html.UnescapeString(found[1]) != f.Options {
			t.Error("the attribute is not the options")
		}
	})
}

func TestOptionsHoldEveryTitleThatIsShown(t *testing.T) {
	l := speaking(t, "ky")
	all := figures(l)
	for _, name := range []string{"ranked, hostile", "sexes, hostile", "heat, hostile"} {
		f := all[name]
		axis := decode(t, f.Options)["yAxis"].([]any)[0].(map[string]any)["data"].([]any)
		if len(axis) != mostProblems {
			t.Fatalf("%s: %d titles on the axis", name, len(axis))
		}
		for i, got := range axis {
			row := f.Table.Rows[i]
			if want := row[0].Text + "  " + row[1].Text; got != want {
				t.Errorf("%s: the axis has %q, the table %q", name, got, want)
			}
		}
		shown := strings.Join(texts(decode(t, f.Options)), "\n")
		for _, title := range hostile {
			if !strings.Contains(shown, title) {
				t.Errorf("%s lost %q", name, title)
			}
		}
	}
}

func decode(t *testing.T, options string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(options), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// values are the numbers of a series, "-" where there is none.
func values(t *testing.T, f Figure, series int) (all []any) {
	t.Helper()
	for _, d := range decode(t, f.Options)["series"].([]any)[series].(map[string]any)["data"].([]any) {
		v := d
		if item, ok := d.(map[string]any); ok {
			v = item["value"]
		}
		if triple, ok := v.([]any); ok {
			v = triple[2]
		}
		all = append(all, v)
	}
	return all
}

func column(f Figure, at int) (all []string) {
	for _, row := range f.Table.Rows {
		all = append(all, row[at].Text)
	}
	return all
}

// hundredths is a score as a person would work it out.
func hundredths(score *big.Rat) string {
	return new(big.Rat).Mul(score, big.NewRat(100, 1)).FloatString(0)
}

func TestPictureTableAndRankingHaveTheSameNumbers(t *testing.T) {
	l := speaking(t, "en")
	r, titles := village()
	all := r.Count(data.People, rank.Cut{})
	women, men := data.Female, data.Male
	hers, his := r.Count(data.People, rank.Cut{Sex: &women}), r.Count(data.People, rank.Cut{Sex: &men})
	ranked, sexes := Ranked(l, titles, all, "a"), Sexes(l, titles, all, hers, his, "b")
	same := func(what string, places []rank.Place, table []string, drawn []any, sign float64) {
		t.Helper()
		for i, p := range places {
			if p.Score == nil {
				if table[i] != undefined {
					t.Errorf("%s: no score is %s in the table", what, table[i])
				}
				continue
			}
			want := hundredths(p.Score)
			if value := strconv.FormatFloat(sign*drawn[i].(float64), 'f', -1, 64); table[i] != want || value != want {
				t.Errorf("%s: ranking %s, table %s, picture %s", what, want, table[i], value)
			}
		}
	}
	same("ranked", all.Places, column(ranked, 2), values(t, ranked, 0), 1)
	in := func(r rank.Ranking) (places []rank.Place) {
		for _, p := range all.Places {
			places = append(places, byProblem(r)[p.Problem])
		}
		return places
	}
	same("women", in(hers), column(sexes, 3), values(t, sexes, 0), -1)
	same("men", in(his), column(sexes, 5), values(t, sexes, 1), 1)

	parts := r.Break(data.People, rank.Cut{}, rank.By{Sex: true, Band: true})
	heat := Heat(l, titles, all, Columns(l, parts, nil, nil), "c")
	cells := values(t, heat, 0)
	for j, part := range parts {
		var drawn []any
		for i := range scored(all) {
			drawn = append(drawn, cells[i*len(parts)+j])
		}
		same("heat", in(part.Ranking), column(heat, 2+j), drawn, 1)
	}
}

func TestWhatIsCutSaysSo(t *testing.T) {
	l := speaking(t, "en")
	all := figures(l)
	for name, want := range map[string]string{
		"ranked, hostile": "first 30 of 41 problems", "heat, hostile": "first 18 of 25 groups", "sexes, hostile": "first 30 of 41 problems",
	} {
		if f := all[name]; !strings.Contains(f.Note, want) || len(f.Table.Rows) != len(hostile)*3 {
			t.Errorf("%s: note %q, %d rows", name, f.Note, len(f.Table.Rows))
		}
	}
	if note := all["ranked"].Note; strings.Contains(note, "first") {
		t.Errorf("nothing is cut, but: %s", note)
	}
	f := all["ranked, hostile"]
	for _, x := range f.Drawing.Texts {
		if strings.HasSuffix(x.Text, "…") && !strings.HasPrefix(x.Title, strings.TrimSuffix(x.Text, "…")) {
			t.Errorf("%q does not carry its whole text, but %q", x.Text, x.Title)
		}
	}
}

func TestHeadingsAreFindings(t *testing.T) {
	l := speaking(t, "en")
	all := figures(l)
	got := map[string]string{}
	for _, name := range []string{"ranked", "ranked, nothing", "sexes", "sexes, hostile", "heat", "heard", "heard, known", "heard, nothing"} {
		got[name] = all[name].Heading
	}
	want := map[string]string{
		"ranked":          "“Таза суу” comes first: it wins 72 of 100 comparisons",
		"ranked, nothing": "There is no order yet",
		"sexes":           "Women and men name different first problems",
		"sexes, hostile":  "Only the women have an order",
		"heat":            "“Таза суу” comes first in 2 of 6 groups",
		"heard":           "Not heard: 14–17 years; 61 years and over",
		"heard, known":    "Not heard: 14–17 years; 61 years and over",
		"heard, nothing":  "Nobody has been heard yet",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if note := all["heard, known"].Note; note != "Those not heard are 40% of the residents." {
		t.Errorf("note %q", note)
	}
}

func TestTiesShareTheirMark(t *testing.T) {
	r := crowd(6, 0)
	var marks []string
	for _, p := range r.Places {
		marks = append(marks, Mark(p))
	}
	if diff := cmp.Diff([]string{"1", "2=", "2=", "4", "5", "–"}, marks); diff != "" {
		t.Error(diff)
	}
	r.Places[0].Score, r.Places[0].Tied = r.Places[1].Score, true
	r.Places[1].Rank, r.Places[2].Rank = 1, 1
	titles := func(p data.ID) string { return strconv.Itoa(int(p[15])) }
	if got := Ranked(speaking(t, "en"), titles, r, "x").Heading; got != "Sharing first place: “1”, “2”, “3”" {
		t.Error(got)
	}
}

func TestDigitsTellScoresApart(t *testing.T) {
	places := func(scores ...*big.Rat) (r rank.Ranking) {
		for _, s := range scores {
			r.Places = append(r.Places, rank.Place{Score: s})
		}
		return r
	}
	for want, r := range map[int]rank.Ranking{
		0: places(big.NewRat(7, 10), big.NewRat(69, 100), big.NewRat(69, 100), nil),
		1: places(big.NewRat(700, 1000), big.NewRat(699, 1000)),
		2: places(big.NewRat(70001, 100000), big.NewRat(70000, 100000)),
	} {
		if got := Digits(r); got != want {
			t.Errorf("%d digits, want %d", got, want)
		}
	}
}
