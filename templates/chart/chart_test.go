package chart

import (
	"fmt"
	"html/template"
	"math/big"
	"testing"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

func languages(t testing.TB) []*lang.Lang {
	t.Helper()
	set, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	set.OnMissing(func(code, key string) { t.Errorf("%s has no word %s", code, key) })
	return set.All()
}

func speaking(t testing.TB, code string) *lang.Lang {
	t.Helper()
	for _, l := range languages(t) {
		if l.Code() == code {
			return l
		}
	}
	t.Fatalf("no language %s", code)
	return nil
}

func id(n int) data.ID { return data.ID{14: byte(n >> 8), 15: byte(n)} }

// village is a round of a few groups with ballots, the numbers of the sketch: women want water and
// the clinic, men roads and irrigation.
func village() (rank.Round, func(data.ID) string) {
	titles := []string{"", "Таза суу", "ФАП", "Бала бакча", "Ички жолдор", "Сугат суу", "Көчө жарыгы", "Стадион"}
	r := rank.Round{
		Scheme:   data.Scheme{Sexes: true, Bands: []data.Band{"14-17", "18-28", "29-45", "46-60", "61+"}},
		Problems: []data.ID{id(1), id(2), id(3), id(4), id(5), id(6), id(7)},
	}
	speak := func(sex data.Sex, band data.Band, n int, order ...int) {
		v := rank.Voice{Group: data.Group{Sex: sex, Band: band}, Form: data.Ballots}
		var ballot data.Ballot
		for place, p := range order {
			ballot = append(ballot, data.Choice{Problem: id(p), Place: place + 1})
		}
		for range n {
			v.Cast(ballot)
		}
		r.Voices = append(r.Voices, v)
	}
	speak(data.Female, "18-28", 14, 1, 2, 3, 4, 6, 5)
	speak(data.Female, "29-45", 6, 2, 1, 3, 6, 4, 5)
	speak(data.Female, "46-60", 4, 1, 2, 4, 3)
	speak(data.Male, "18-28", 5, 4, 6, 1)
	speak(data.Male, "29-45", 9, 4, 5, 1, 2)
	speak(data.Male, "46-60", 12, 5, 4, 6, 1, 2, 3)
	return r, func(p data.ID) string { return titles[p[15]] }
}

// hostile are titles that must come out as they went in, and never as markup or script.
var hostile = []string{
	`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, "a\u2028b\u2029c", `<!-- x`, `--><img src=x onerror=alert(1)>`,
	`"onmouseover="alert(1)`, `'); alert(1); ('`, `{{.ID}} {a|b} {b}`, `</title></svg><b>`, `var(--ink)`, `ashar:absolute`, `\u003c/script\u003e`,
	`&lt;b&gt; &amp; ]]>`, "строка с «кавычками» и очень длинным названием, которое не помещается на рисунке целиком",
}

// crowd is a ranking of so many problems, the last of which has no score; some share a place.
func crowd(n int, shift int) rank.Ranking {
	r := rank.Ranking{View: data.People, N: 100 + shift, Counted: 100 + shift}
	for i := range n {
		named := n - i
		p := rank.Place{Problem: id((i+shift)%n + 1), Rank: i + 1, Mentions: &named, First: big.NewRat(int64(named), 3), Named: 1, Of: 2}
		p.Score = big.NewRat(int64(n-i), int64(n))
		r.Places = append(r.Places, p)
	}
	if n > 3 {
		r.Places[2].Score, r.Places[2].Rank, r.Places[2].Tied, r.Places[1].Tied = r.Places[1].Score, 2, true, true
	}
	r.Places[n-1].Score, r.Places[n-1].Rank = nil, 0
	return r
}

func hostileTitle(p data.ID) string {
	n := int(p[14])<<8 + int(p[15])
	return hostile[n%len(hostile)] + fmt.Sprintf(" %d", n)
}

// figures are all figures of a village and of a crowd of hostile titles.
func figures(l *lang.Lang) map[string]Figure {
	r, titles := village()
	women, men := data.Female, data.Male
	all := r.Count(data.People, rank.Cut{})
	hisHers := [2]rank.Ranking{r.Count(data.People, rank.Cut{Sex: &women}), r.Count(data.People, rank.Cut{Sex: &men})}
	byGroup := Columns(l, r.Break(data.People, rank.Cut{}, rank.By{Sex: true, Band: true}), nil, nil)
	many := crowd(len(hostile)*3, 0)
	var groups []Column
	for i := range 25 {
		groups = append(groups, Column{hostile[i%len(hostile)], crowd(len(hostile)*3, i)})
	}
	tagged := rank.Round{Scheme: data.Scheme{Tags: []data.Tag{{Key: "a"}, {Key: "b"}}}, Voices: []rank.Voice{{Group: data.Group{Tag: "b"}, N: 4}}}
	named := func(key string) string { return hostile[0] + key }
	none := rank.Ranking{Reason: "nothing"}
	return map[string]Figure{
		"ranked":          Ranked(l, titles, all, "ranked"),
		"ranked, hostile": Ranked(l, hostileTitle, many, "ranked-hostile"),
		"ranked, nothing": Ranked(l, titles, none, "ranked-nothing"),
		"sexes":           Sexes(l, titles, all, hisHers[0], hisHers[1], "sexes"),
		"sexes, hostile":  Sexes(l, hostileTitle, many, crowd(len(hostile)*3, 1), none, "sexes-hostile"),
		"sexes, nothing":  Sexes(l, titles, none, none, none, "sexes-nothing"),
		"heat":            Heat(l, titles, all, byGroup, "heat"),
		"heat, hostile":   Heat(l, hostileTitle, many, groups, "heat-hostile"),
		"heat, nothing":   Heat(l, titles, none, nil, "heat-nothing"),
		"heard":           Heard(l, r.Heard(nil), nil, "heard"),
		"heard, known":    Heard(l, withPeople(r).Heard(nil), nil, "heard-known"),
		"heard, hostile":  Heard(l, tagged.Heard(nil), named, "heard-hostile"),
		"heard, nothing":  Heard(l, (&rank.Round{}).Heard(nil), nil, "heard-nothing"),
	}
}

func withPeople(r rank.Round) *rank.Round {
	for i, band := range r.Scheme.Bands {
		r.Population = append(r.Population, data.Population{Sex: data.Female, Band: band, People: 90 - 10*i}, data.Population{Sex: data.Male, Band: band, People: 100 - 15*i})
	}
	return &r
}

func partial(t testing.TB) *template.Template {
	t.Helper()
	parsed, err := template.ParseFiles("../figure.html")
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}
