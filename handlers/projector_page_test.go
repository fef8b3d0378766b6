package handlers

import (
	"bytes"
	"html"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"ashar/data"
	"ashar/data/rank"
	"ashar/static"
	"ashar/templates"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// wall is what the page of slides is drawn from.
type wall struct {
	Of, Back, Version string
	Frozen            time.Time
	Slides            []chart.Slide
}

const hostileWish = `</title><script>alert(1)</script> "onclick="x`

// oneOfEach is a wall with every kind of slide, and titles that must stay text.
func oneOfEach(l *lang.Lang) wall {
	title := func(p data.ID) string { return hostileWish + string(rune('A'+p[15])) }
	r := rank.Ranking{N: 12}
	ranges := map[data.ID]chart.Range{}
	var ids []data.ID
	for i := range 7 {
		id := data.ID{15: byte(i)}
		ids, ranges[id] = append(ids, id), chart.Range{Best: i + 1, Worst: 7}
		r.Places = append(r.Places, rank.Place{Problem: id, Rank: i + 1, Score: big.NewRat(int64(90-10*i), 100)})
	}
	sure := chart.Sure{Basis: chart.LeftOut, Ranges: ranges}
	round := rank.Round{Scheme: data.Scheme{Sexes: true, Bands: []data.Band{"18-28", "61+"}}, Voices: []rank.Voice{{Group: data.Group{Sex: data.Female, Band: "61+"}, N: 5}}}
	heard, grid := chart.HeardGrid(l, round.Heard(nil), nil)
	replay := chart.NewReplay(l, title, ids, [][]float64{{.9, .8, .7, .6, .5, .4, .3}, {.3, .4, .5, .6, .7, .8, .9}}, "replay")
	rows := chart.SlideRows(l, title, r, sure, 7, chart.Digits(r))
	return wall{Of: "Ак-Муз", Back: "/back", Version: "3f2a9c1", Frozen: time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC), Slides: []chart.Slide{
		{Heading: heard, Grid: &grid, Text: []string{hostileWish}},
		{Heading: l.T("chart.sexes.women"), Lists: []chart.SlideList{{Name: l.T("sex.female"), Group: "women", N: l.T("count.people", "n", 5), Rows: rows[:3]}, {Name: l.T("sex.male"), Group: "men", None: l.T("ranking.side.none")}}},
		{Heading: hostileWish, Rows: rows, Note: l.T("chart.unit")},
		{Heading: l.T("chart.tiers.none"), Rows: rows[:4], Ladder: true},
		{Heading: replay.Heading, Replay: &replay},
	}}
}

// onTheWall draws the page of slides in every language.
func onTheWall(t *testing.T, check func(t *testing.T, w wall, page string)) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	words.OnMissing(func(code, key string) { t.Errorf("%s has no word %s", code, key) })
	assets, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := templates.New(words, assets)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range words.All() {
		t.Run(l.Code(), func(t *testing.T) {
			w, page := oneOfEach(l), bytes.Buffer{}
			err := pages.Render(&page, "projector", "", templates.Page{Lang: l, Languages: words.All(), Account: templates.Account{SignedIn: true, ID: "x", Name: "Айгүл Сыдыкова", Observer: true}, View: w})
			if err != nil {
				t.Fatal(err)
			}
			check(t, w, page.String())
		})
	}
}

func TestEverySlideSaysWhoseAndOfWhenItIs(t *testing.T) {
	onTheWall(t, func(t *testing.T, w wall, page string) {
		slides := strings.Split(page, `<section class="slide"`)[1:]
		if len(slides) != len(w.Slides) {
			t.Fatalf("%d slides of %d", len(slides), len(w.Slides))
		}
		for i, slide := range slides {
			for _, wanted := range []string{w.Of, w.Version, "2026", ":00", html.EscapeString(w.Slides[i].Heading)} {
				if !strings.Contains(slide, wanted) {
					t.Errorf("slide %d lacks %s", i+1, wanted)
				}
			}
		}
	})
}

func TestSlidesLeadToEachOtherWithoutScripts(t *testing.T) {
	link := regexp.MustCompile(`href="#(slide-\d+)"`)
	onTheWall(t, func(t *testing.T, w wall, page string) {
		links := link.FindAllStringSubmatch(page, -1)
		if len(links) != 2*(len(w.Slides)-1) {
			t.Errorf("%d links between %d slides", len(links), len(w.Slides))
		}
		for _, l := range links {
			if strings.Count(page, `id="`+l[1]+`"`) != 1 {
				t.Errorf("%s leads nowhere, or to many", l[1])
			}
		}
		if strings.Count(page, `href="/back"`) != 2 {
			t.Error("the first and the last slide do not lead back to the pages")
		}
	})
}

func TestSlidesNameNobodyAndRunNothing(t *testing.T) {
	onTheWall(t, func(t *testing.T, _ wall, page string) {
		for _, raw := range []string{"Айгүл", "ZgotmplZ", "<script>", "alert(1)</", `"onclick="`, " style=", "http://", "https://"} {
			if strings.Contains(page, raw) {
				t.Errorf("the page has %s", raw)
			}
		}
		if scripts := strings.Count(page, "<script "); scripts != 2 {
			t.Errorf("the page has %d scripts", scripts)
		}
	})
}
