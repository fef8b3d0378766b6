package chart

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCutFits(t *testing.T) {
	if got := cut("Таза суу", 40, 300); got != "Таза суу" {
		t.Errorf("a short title became %q", got)
	}
	if got := cut("Ички жолдорду оңдоо", 12, 300); got != "Ички жолдор…" {
		t.Errorf("a long title became %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		letters, room := rapid.IntRange(2, 60).Draw(t, "letters"), rapid.IntRange(20, 500).Draw(t, "room")
		got := cut(s, letters, room)
		if utf8.RuneCountInString(got) > letters || textWidth(got) > room {
			t.Fatalf("%q has %d letters and is %d wide", got, utf8.RuneCountInString(got), textWidth(got))
		}
		if got != s && !strings.HasPrefix(s, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q is no beginning of %q", got, s)
		}
	})
}

func TestWrapKeepsWordsAndWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[а-яөүңА-Я0-9–,]{1,14}`), 0, 8).Draw(t, "words")
		room, most := rapid.IntRange(60, 200).Draw(t, "room"), rapid.IntRange(1, 4).Draw(t, "most")
		lines := wrap(strings.Join(words, " "), room, most)
		if len(lines) > most {
			t.Fatalf("%d lines", len(lines))
		}
		whole := true
		for _, line := range lines {
			if textWidth(line) > room {
				t.Fatalf("%q is %d wide", line, textWidth(line))
			}
			whole = whole && !strings.HasSuffix(line, "…")
		}
		if whole && strings.Join(lines, " ") != strings.Join(words, " ") {
			t.Fatalf("%q became %q", words, lines)
		}
	})
}

func TestHowSureAPlaceIsStandsAtTheEndOfItsRow(t *testing.T) {
	d := rankedDrawing(broad, []bar{{mark: "1", title: "Таза суу", score: 100, text: "100,00", sure: "1–3"}, {mark: "2", title: "Жол", score: 50, text: "50"}})
	var sure, value Text
	for _, x := range d.Texts {
		if x.Class == "sure" {
			sure = x
		}
		if x.Text == "100,00" {
			value = x
		}
	}
	if sure.Text != "1–3" || sure.Anchor != "end" || sure.X > d.Width || sure.X-textWidth(sure.Text) < value.X+textWidth(value.Text) {
		t.Errorf("%+v stands beside %+v", sure, value)
	}
}
