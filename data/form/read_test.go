package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ashar/data"
)

func points(n int) func(*Question) { return func(q *Question) { q.Points = n } }
func ties(q *Question)             { q.Ties = true }
func random(q *Question)           { q.Random = true }
func marked(q *Question)           { q.List, q.Marks = "wants", "marks" }
func scale(from, to, step float64) func(*Question) {
	return func(q *Question) { q.From, q.To, q.Step = from, to, step }
}

var (
	tenThousand = strings.Repeat("ө", 10_000)
	badUTF8     = "су\xff\xfeу"
	wants       = of("wants")
)

// read is what a page sends and what comes of it: an answer, or a fault.
type read struct {
	q     Question
	post  post
	want  data.Answer
	fault string
}

func answersThatAreGood() []read {
	refused, empty := data.Answer{Said: data.Refused}, data.Answer{Said: data.Empty}
	text := func(s string) data.Answer { return data.Answer{Text: s} }
	good := func(q Question, p post, want data.Answer) read { return read{q: q, post: p, want: want} }
	return []read{
		good(asks("q", Text), sent("q", " Суу \n жок\x00 "), text("Суу жок")),
		good(asks("q", Text), sent("q", badUTF8), text("суу")),
		good(asks("q", Text), sent("q", "\u200b\u202e\x00"), empty),
		good(asks("q", Text), sent(), empty),
		good(asks("q", Text), sent("q", RefusedValue), text(RefusedValue)),
		good(asks("q", Text, refusable), sent("q", "суу", "q/_refused", "on"), refused),
		good(asks("q", Text), sent("q", strings.Repeat("ө", MaxText)), text(strings.Repeat("ө", MaxText))),
		good(asks("q", Long), sent("q", "бир\r\nэки"), text("бир\nэки")),
		good(asks("q", Integer), sent("q", " 1 000 000 000"), text("1000000000")),
		good(asks("q", Integer), sent("q", "−7"), text("-7")),
		good(asks("q", Integer), sent("q", "5.0"), text("5")),
		good(asks("q", Integer), sent("q", "-0"), text("0")),
		good(asks("q", Integer), sent("q", "007"), text("7")),
		good(asks("q", Decimal), sent("q", "3,50"), text("3.5")),
		good(asks("q", Decimal), sent("q", "+0.000000001"), text("0.000000001")),
		good(asks("q", Date), sent("q", "2026-11-24"), text("2026-11-24")),
		good(asks("q", Date), sent("q", "4.3.2026"), text("2026-03-04")),
		good(asks("q", Date), sent("q", "04/03/2026"), text("2026-03-04")),
		good(asks("q", One, of("yn")), sent("q", "yes", "q", "no"), text("yes")),
		good(asks("q", One, of("yn"), refusable), sent("q", RefusedValue), refused),
		good(asks("q", Village), sent("q", "v2"), text("v2")),
		good(asks("q", Sex, refusable), sent("q", RefusedValue), refused),
		good(asks("q", Band), sent("q", "61+"), text("61+")),
		good(asks("q", Consent), sent("q", "on"), text(Agreed)),
		good(asks("q", Consent), sent(), empty),
		good(asks("q", Many, wants), sent("q", "light", "q", "", "q", "water", "q", "light"), data.Answer{Picks: []string{"water", "light"}}),
		good(asks("q", Many, wants), sent("q", ""), empty),
		good(asks("q", Rank, wants), sent("q/road", "1", "q/water", "4", "q/light", ""), data.Answer{Ranks: [][]string{{"road"}, {"water"}}}),
		good(asks("q", Rank, wants, ties), sent("q/road", "2", "q/water", "2", "q/clinic", "5"), data.Answer{Ranks: [][]string{{"water", "road"}, {"clinic"}}}),
		good(asks("q", Rank, wants), sent("q/road", ""), empty),
		good(asks("q", Rank, wants, random), sent("q/road", "1", "q/_shown", "light clinic school road water"),
			data.Answer{Ranks: [][]string{{"road"}}, Shown: []string{"light", "clinic", "school", "road", "water"}}),
		good(asks("q", Rank, wants, random), sent("q/_shown", "light clinic school road road"), empty),
		good(asks("q", Rank, wants, random), sent("q/_shown", "light clinic school road"), empty),
		good(asks("q", Rank, wants), sent("q/_shown", "light clinic school road water"), empty),
		good(asks("q", Points, wants, points(10)), sent("q/road", "7", "q/water", "3", "q/light", "0"), data.Answer{Points: map[string]int{"road": 7, "water": 3}}),
		good(asks("q", Points, wants, points(10)), sent("q/road", "0"), empty),
		good(asks("q", Pairs, wants), sent("q/water/road", "road", "q/road/light", Tie), data.Answer{Cells: map[string]string{"water road": "road", "road light": Tie}}),
		good(asks("q", Pairs, wants), sent("q/road/water", "road"), data.Answer{Cells: map[string]string{"water road": "road"}}),
		good(asks("q", Range, scale(0, 1, 0.1)), sent("q", "0,3"), text("0.3")),
		good(asks("q", Range, scale(-2, 2, 0)), sent("q", "-2"), text("-2")),
		good(asks("q", Matrix, marked), sent("q/water", "3", "q/road", "1"), data.Answer{Cells: map[string]string{"water": "3", "road": "1"}}),
	}
}

func TestAnswersAreRead(t *testing.T) {
	for _, c := range answersThatAreGood() {

		f := open(t, c.q)
		r := f.Run(nil, noon, "ky")
		got, fault := r.Read(&f.Questions[0], -1, c.post.values)
		if fault.Key != "" {
			t.Errorf("%s %.100v: %v", c.q.Kind, c.post, fault)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s %.100v (-want +got):\n%s", c.q.Kind, c.post, diff)
		}
	}
}

func answersThatAreNone() []read {
	bad := func(q Question, p post, fault string) read { return read{q: q, post: p, fault: fault} }
	return []read{
		bad(asks("q", Text, must), sent("q", " \x00 "), "error.required"),
		bad(asks("q", Text), sent("q", tenThousand), "error.long"),
		bad(asks("q", Text), sent("q", strings.Repeat("ө", MaxText+1)), "error.long"),
		bad(asks("q", Long), sent("q", tenThousand), "error.long"),
		bad(asks("q", Integer), sent("q", "1e9"), "error.number"),
		bad(asks("q", Integer), sent("q", "NaN"), "error.number"),
		bad(asks("q", Integer), sent("q", "Inf"), "error.number"),
		bad(asks("q", Integer), sent("q", "0x10"), "error.number"),
		bad(asks("q", Integer), sent("q", "1_000"), "error.number"),
		bad(asks("q", Integer), sent("q", "٣"), "error.number"),
		bad(asks("q", Integer), sent("q", tenThousand), "error.number"),
		bad(asks("q", Integer), sent("q", strings.Repeat("9", 16)), "error.number"),
		bad(asks("q", Integer), sent("q", "7\x00"), "error.number"),
		bad(asks("q", Integer), sent("q", "2,5"), "form.number.whole"),
		bad(asks("q", Decimal), sent("q", "1,000.5"), "error.number"),
		bad(asks("q", Decimal), sent("q", "."), "error.number"),
		bad(asks("q", Integer, must), sent("q", " "), "error.required"),
		bad(asks("q", Integer, constrained(". >= 18")), sent("q", "17"), "form.constraint"),
		bad(asks("q", Date), sent("q", "2026-02-30"), "error.date"),
		bad(asks("q", Date), sent("q", "30.2.2026"), "error.date"),
		bad(asks("q", Date), sent("q", badUTF8), "error.date"),
		bad(asks("q", Date, constrained(". <= today()")), sent("q", "2026-11-25"), "form.constraint"),
		bad(asks("q", One, of("yn")), sent("q", "maybe"), "error.choose"),
		bad(asks("q", One, of("yn")), sent("q", RefusedValue), "error.choose"),
		bad(asks("q", One, of("yn")), sent("q", "yes\x00"), "error.choose"),
		bad(asks("q", One, of("yn")), sent("q", tenThousand), "error.choose"),
		bad(asks("q", One, of("yn"), must), sent(), "error.choose"),
		bad(asks("q", Village), sent("q", "v3"), "error.choose"),
		bad(asks("q", Sex), sent("q", "Female"), "error.choose"),
		bad(asks("q", Band), sent("q", "18-29"), "error.choose"),
		bad(asks("q", Consent, must), sent("q", ""), "form.consent.needed"),
		bad(asks("q", Many, wants), sent("q", "water", "q", "gold"), "error.choose"),
		bad(asks("q", Many, wants, must), sent("q", ""), "error.choose"),
		bad(asks("q", Many, wants, top(2)), sent("q", "water", "q", "road", "q", "light"), "form.many.top"),
		bad(asks("q", Rank, wants), sent("q/road", "1", "q/water", "1"), "form.rank.twice"),
		bad(asks("q", Rank, wants), sent("q/road", "0"), "error.range"),
		bad(asks("q", Rank, wants), sent("q/road", "-1"), "error.range"),
		bad(asks("q", Rank, wants), sent("q/road", "6"), "error.range"),
		bad(asks("q", Rank, wants), sent("q/road", "1.5"), "error.range"),
		bad(asks("q", Rank, wants), sent("q/road", "99999999999999999999"), "error.range"),
		bad(asks("q", Rank, wants, top(2)), sent("q/road", "1", "q/water", "2", "q/light", "3"), "form.rank.top"),
		bad(asks("q", Rank, wants, must), sent("q/gold", "1"), "form.rank.none"),
		bad(asks("q", Points, wants, points(10)), sent("q/road", "7", "q/water", "4"), "form.points.over"),
		bad(asks("q", Points, wants, points(10)), sent("q/road", "11"), "error.range"),
		bad(asks("q", Points, wants, points(10)), sent("q/road", "-1", "q/water", "11"), "error.range"),
		bad(asks("q", Points, wants, points(10)), sent("q/road", "1e9"), "error.range"),
		bad(asks("q", Points, wants, points(10), must), sent("q/road", "0"), "error.required"),
		bad(asks("q", Pairs, wants), sent("q/water/road", "light"), "error.choose"),
		bad(asks("q", Pairs, wants, must), sent(), "error.choose"),
		bad(asks("q", Range, scale(0, 10, 0.5)), sent("q", "0,3"), "error.range"),
		bad(asks("q", Range, scale(0, 10, 0)), sent("q", "-1"), "error.range"),
		bad(asks("q", Range, scale(0, 10, 0)), sent("q", "11"), "error.range"),
		bad(asks("q", Matrix, marked), sent("q/water", "4"), "error.choose"),
		bad(asks("q", Matrix, marked, must), sent("q/water", "3"), "form.matrix.all"),
		bad(asks("q", Matrix, marked, must), sent(), "form.matrix.all"),
	}
}

func TestWhatIsNoAnswerIsRefused(t *testing.T) {
	for _, c := range answersThatAreNone() {

		f := open(t, c.q)
		if _, fault := f.Run(nil, noon, "ky").Read(&f.Questions[0], -1, c.post.values); fault.Key != c.fault || len(fault.Args)%2 != 0 {
			t.Errorf("%s %.80v: %v, want %s", c.q.Kind, c.post, fault, c.fault)
		}
	}
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}
