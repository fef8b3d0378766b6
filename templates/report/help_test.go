package report

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

func languages(t testing.TB) []*lang.Lang {
	t.Helper()
	set, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set.All()
}

func num(n int) data.ID { return data.ID{14: byte(n >> 8), 15: byte(n)} }

// crowd is a group at a sitting; all of its people cast the same ballot.
type crowd struct {
	sex   data.Sex
	band  data.Band
	n     int
	order []int
}

// count is a round of one sitting, by the way that a vote takes.
func count(t testing.TB, scheme data.Scheme, problems int, crowds []crowd) *rank.Round {
	t.Helper()
	var entries []data.Entry
	add := func(e data.Entry) {
		e.ID = num(len(entries) + 1)
		entries = append(entries, e)
	}
	for _, c := range crowds {
		group := data.Group{Sex: c.sex, Band: c.band}
		add(data.Entry{Kind: data.PresenceCount, Group: group, N: c.n})
		var choices []data.Choice
		for place, p := range c.order {
			choices = append(choices, data.Choice{Problem: num(p), Place: place + 1})
		}
		for range c.n {
			add(data.Entry{Kind: data.Cast, Group: group, Ballot: data.NewBallot(choices)})
		}
	}
	sheet, err := data.Fold(data.Session{ID: num(1), Form: data.Ballots}, func(yield func(data.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r := &rank.Round{Scheme: scheme, Voices: rank.Voices(sheet, nil)}
	for i := range problems {
		r.Problems = append(r.Problems, num(i+1))
	}
	return r
}

var needs = []string{
	"Таза суу", "ФАП", "Бала бакча", "Ички жолдор", "Сугат суу", "Көчө жарыгы", "Стадион",
	"Айылдын четиндеги Ак-Суу дарыясынын үстүндөгү эски жыгач көпүрөнү жаңылоо жана жээгин бекемдөө",
}

func need(p data.ID) string { return needs[(int(p[14])<<8+int(p[15])-1)%len(needs)] }

// village wants: women water and the clinic, men roads and irrigation. The youngest and the oldest did not come.
func village(t testing.TB) *rank.Round {
	t.Helper()
	scheme := data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}}
	r := count(t, scheme, len(needs), []crowd{
		{data.Female, "18-28", 14, []int{1, 2, 3, 4, 6, 5}},
		{data.Female, "29-45", 6, []int{2, 1, 3, 8, 4, 5}},
		{data.Female, "46-60", 4, []int{1, 2, 4, 3}},
		{data.Male, "18-28", 5, []int{4, 7, 8, 1}},
		{data.Male, "29-45", 9, []int{4, 5, 1, 2}},
		{data.Male, "46-60", 12, []int{5, 4, 6, 1, 2, 3}},
	})
	for i, band := range scheme.Bands {
		r.Population = append(r.Population, data.Population{Sex: data.Female, Band: band, People: 90 - 10*i}, data.Population{Sex: data.Male, Band: band, People: 100 - 15*i})
	}
	return r
}

// figures are a round's who was heard, the sexes, the order, and the groups.
func figures(l *lang.Lang, r *rank.Round, titles func(data.ID) string) []chart.Figure {
	women, men := data.Female, data.Male
	all := r.Count(data.People, rank.Cut{})
	groups := chart.Columns(l, r.Break(data.People, rank.Cut{}, rank.By{Sex: true, Band: true}), nil, nil)
	return []chart.Figure{
		chart.Heard(l, r.Heard(nil), nil, "heard"),
		chart.Sexes(l, titles, all, r.Count(data.People, rank.Cut{Sex: &women}), r.Count(data.People, rank.Cut{Sex: &men}), "sexes"),
		chart.Ranked(l, titles, all, "ranked"),
		chart.Heat(l, titles, all, groups, "heat"),
	}
}

// ranges are spans as package chart has them.
func ranges(spans map[data.ID]rank.Span) map[data.ID]chart.Range {
	all := map[data.ID]chart.Range{}
	for p, s := range spans {
		all[p] = chart.Range{Best: s.Best, Worst: s.Worst}
	}
	return all
}

// honest are the figures of how sure a round's order is, and of who is apart. The
// third of its groups has too few people to be shown.
func honest(l *lang.Lang, r *rank.Round, titles func(data.ID) string) []chart.Figure {
	all := r.Count(data.People, rank.Cut{})
	women, men := rank.Cut{}.BySex()
	left, drawn := ranges(r.Leave(data.People, rank.Cut{}).Spans), ranges(r.Redraw(data.People, rank.Cut{}, .9).Sets)
	groups := chart.Columns(l, r.Break(data.People, rank.Cut{}, rank.By{Sex: true, Band: true}), nil, nil)
	bands := chart.Columns(l, r.Break(data.People, rank.Cut{}, rank.By{Band: true}), nil, nil)
	var panels []chart.Panel
	for i, g := range groups {
		p := chart.Panel{Column: g}
		if i == 2 {
			p.Hidden = "Өтө аз адам: сандары көрсөтүлбөйт"
		}
		panels = append(panels, p)
	}
	var gaps []chart.Gap
	for _, g := range r.Gaps(data.People, women, men, .2) {
		gaps = append(gaps, chart.Gap{Problem: g.Problem, Scores: [2]*big.Rat{g.One, g.Other}, Low: g.Low, High: g.High, Contested: g.Contested})
	}
	pairs := r.Matrix(data.People, rank.Cut{})
	sides := chart.Sides{Names: [2]string{l.T("sex.female"), l.T("sex.male")}, Sexes: true, Least: 20}
	return []chart.Figure{
		chart.RankedSure(l, titles, all, chart.Sure{Basis: chart.LeftOut, Ranges: left}, "sure"),
		chart.Ladder(l, titles, all, chart.Ways{Left: left, Drawn: drawn}, "ladder"),
		chart.Slope(l, titles, []chart.Column{{Name: sides.Names[0], Ranking: r.Count(data.People, women)}, {Name: sides.Names[1], Ranking: r.Count(data.People, men)}}, "slope"),
		chart.Slope(l, titles, bands, "slope-bands"),
		chart.Pairwise(l, titles, all, pairs.Problems, pairs.Share, "pairs"),
		chart.Gaps(l, titles, gaps, sides, "gaps"),
		chart.Multiples(l, titles, all, panels, chart.Groups, "multiples"),
	}
}

// sample is a report of six sections, as it would hang on the board.
func sample(t testing.TB, l *lang.Lang, size Size) Document {
	t.Helper()
	f := figures(l, village(t), need)
	d := document(l, size)
	d.Subtitle = "Ак-Муз айылы · 50 катышуучу, 6 топ, 8 көйгөй · келген адамдар боюнча · эреже 2017-ж. 12-сентябрда бекитилген"
	d.Sections = []Section{
		{Heading: "Ким угулду", Figure: &f[0]},
		{Heading: "Аялдар менен эркектер", Text: []string{"Аялдар таза сууну жана ФАПты, эркектер ички жолдорду жана сугат сууну биринчи коёт. Ошондуктан адегенде эки тизме жанаша турат."}, Figure: &f[1], Table: &f[1].Table},
		{Heading: "Баары чогуу", Figure: &f[2], Table: &f[2].Table},
		{Heading: "Ар бир топтун биринчи тандоосу", Figure: &f[3]},
		{Heading: "Топтор боюнча сандар", Table: &f[3].Table},
		{Heading: "Кантип эсептелди", Break: true, Text: []string{
			"Ар бир топто ар бир көйгөй калгандары менен жуптап салыштырылат. Упай – 100 салыштыруунун канчасында ошол көйгөй утканы. Айтылбаган көйгөйлөр тизменин аягында бирдей турат.",
			"Бир топту алып салганда орун канчага жылышы мүмкүн экени ар бир саптын аягында жазылган.",
		}},
	}
	return d
}

func document(l *lang.Lang, size Size) Document {
	return Document{
		Lang: l.Code(), Size: size, Title: "Аялдар менен эркектердин биринчи көйгөйү ар башка",
		Synthetic: "Ойдон чыгарылган маалымат: үйрөнүү үчүн гана", Footer: "Ак-Муз айыл аймагы · 2017-жылдын айлампасы · түзүлгөн 2017-ж., 14-сентябрь, 16:05",
		Page: func(page, of int) string { return fmt.Sprintf("%d-бет, баары %d", page, of) },
		Made: time.Date(2017, 9, 14, 10, 5, 0, 0, time.UTC),
	}
}

func written(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool is a program of Poppler, which reads what was written as others do.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
		t.Fatalf("%s is not installed, and ASHAR_TEST_REQUIRED asks for every check", name)
	}
	t.Skipf("not read back: %s is not installed", name)
	return ""
}

// readBack is the text of each page.
func readBack(t testing.TB, pdf []byte) []string {
	t.Helper()
	program := tool(t, "pdftotext")
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-enc", "UTF-8", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(out), "\f")
	return pages[:len(pages)-1]
}

// flat is a text in one line, however it was broken.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
