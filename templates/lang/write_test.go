package lang

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
	"pgregory.net/rapid"
)

var day = time.Date(2027, time.February, 5, 9, 5, 59, 0, time.FixedZone("Bishkek", 6*60*60))

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ code, one, many, decimal, percent string }{
		{"ky", "7", "1\u00a0234\u00a0567", "-1\u00a0234,50", "25,6%"},
		{"ru", "7", "1\u00a0234\u00a0567", "-1\u00a0234,50", "25,6\u00a0%"},
		{"en", "7", "1,234,567", "-1,234.50", "25.6%"},
	} {
		l := speaking(t, c.code)
		got := []string{l.Number(7), l.Number(1234567), l.Decimal(-1234.5, 2), l.Percent(0.2561)}
		if diff := cmp.Diff([]string{c.one, c.many, c.decimal, c.percent}, got); diff != "" {
			t.Errorf("%s: %s", c.code, diff)
		}
	}
}

func TestEdgesOfNumbers(t *testing.T) {
	l := speaking(t, "ky")
	for want, got := range map[string]string{
		"0":           l.Decimal(-0.4, 0),
		"0,00":        l.Decimal(-0.001, 2),
		"-0,01":       l.Decimal(-0.01, 2),
		"-999":        l.Number(-999),
		"-1\u00a0000": l.Number(-1000),
		"9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0807": l.Number(math.MaxInt64),
		"100%": l.Percent(1),
		"0%":   l.Percent(0),
		"–":    l.Percent(math.NaN()),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := l.Decimal(math.Inf(1), 2); got != "–" {
		t.Errorf("infinity is written %q", got)
	}
}

// The marks between digits are the ones that CLDR gives, however we put them there.
func TestNumbersAreWrittenAsCLDRDoes(t *testing.T) {
	for _, l := range loaded(t).All() {
		cldr := message.NewPrinter(l.tag)
		rapid.Check(t, func(t *rapid.T) {
			n := rapid.Int().Draw(t, "n")
			if want := cldr.Sprint(number.Decimal(n)); l.Number(n) != want {
				t.Fatalf("%s: Number(%d) = %q, CLDR has %q", l.Code(), n, l.Number(n), want)
			}
			tenths := rapid.IntRange(-10_000_000, 10_000_000).Draw(t, "tenths")
			x := float64(tenths) / 10
			want := cldr.Sprint(number.Decimal(x, number.Scale(1)))
			if got := l.Decimal(x, 1); tenths != 0 && got != want {
				t.Fatalf("%s: Decimal(%v, 1) = %q, CLDR has %q", l.Code(), x, got, want)
			}
			want = cldr.Sprint(number.Percent(x/100, number.MaxFractionDigits(1)))
			if got := l.Percent(x / 100); tenths != 0 && got != want {
				t.Fatalf("%s: Percent(%v) = %q, CLDR has %q", l.Code(), x/100, got, want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ code, date, short, both string }{
		{"ky", "2027-ж., 5-февраль", "05.02.2027", "2027-ж., 5-февраль, 09:05"},
		{"ru", "5 февраля 2027 г.", "05.02.2027", "5 февраля 2027 г., 09:05"},
		{"en", "5 February 2027", "5 Feb 2027", "5 February 2027, 09:05"},
	} {
		l := speaking(t, c.code)
		got := []string{l.Date(day), l.ShortDate(day), l.DateTime(day), l.Clock(day)}
		if diff := cmp.Diff([]string{c.date, c.short, c.both, "09:05"}, got); diff != "" {
			t.Errorf("%s: %s", c.code, diff)
		}
		var none time.Time
		if got := l.Date(none) + l.ShortDate(none) + l.DateTime(none) + l.Clock(none); got != "" {
			t.Errorf("%s: no date is written %q", c.code, got)
		}
	}
}

func TestEveryMonthHasItsName(t *testing.T) {
	for _, l := range loaded(t).All() {
		seen := map[string]bool{}
		for m := time.January; m <= time.December; m++ {
			date := l.Date(time.Date(2027, m, 28, 0, 0, 0, 0, time.UTC))
			if !strings.Contains(date, l.months[m-1]) || !strings.Contains(date, "28") || seen[date] {
				t.Errorf("%s: %v is written %q", l.Code(), m, date)
			}
			seen[date] = true
		}
	}
}

func TestKyrgyzAlphabetOrder(t *testing.T) {
	want := strings.Fields("ата ег ек ёлка жа на ңа оз өз суу сүт уй үй")
	for _, l := range loaded(t).All() {
		got := slices.Clone(want)
		slices.Reverse(got)
		l.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", l.Code(), diff)
		}
	}
}

func TestOrderCountsNumbersAndNeverLeavesTies(t *testing.T) {
	l := speaking(t, "ky")
	want := []string{"2-участок", "10-участок", "ак-муз", "Ак-Муз", "Ат-Башы"}
	got := []string{"Ат-Башы", "10-участок", "Ак-Муз", "2-участок", "ак-муз"}
	l.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// й as one code point and as two is one letter to a reader.
	if one, two := "\u0439", "\u0438\u0306"; l.Collate(one, two) == 0 || l.Collate(one, two) != -l.Collate(two, one) {
		t.Error("two spellings have no order of their own")
	}
	if l.Collate("Чаек", "Чаек") != 0 {
		t.Error("a name is not equal to itself")
	}
}

func TestManyRequestsSortAtOnce(t *testing.T) {
	l := speaking(t, "ky")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				names := []string{"үй", "уй", "өз", "оз", "ңа", "на"}
				l.Sort(names)
				if !slices.Equal(names, []string{"на", "ңа", "оз", "өз", "уй", "үй"}) {
					t.Errorf("got %v", names)
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkNumber(b *testing.B) {
	l := speaking(b, "ky")
	b.ReportAllocs()
	for b.Loop() {
		l.Number(1234567)
	}
}

func BenchmarkCollate(b *testing.B) {
	l := speaking(b, "ky")
	b.ReportAllocs()
	for b.Loop() {
		l.Collate("Кара-Дыйкан", "Кара-Суу")
	}
}
