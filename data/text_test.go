package data

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTextFallsBackAndSaysSo(t *testing.T) {
	for _, c := range []struct {
		text               Text
		lang, want, really string
	}{
		{Text{KY: "суу", RU: "вода", EN: "water"}, "ky", "суу", "ky"},
		{Text{KY: "суу", RU: "вода", EN: "water"}, "ru", "вода", "ru"},
		{Text{KY: "суу", RU: "вода", EN: "water"}, "en", "water", "en"},
		{Text{RU: "вода", EN: "water"}, "ky", "вода", "ru"},
		{Text{KY: "суу", RU: "вода"}, "en", "суу", "ky"},
		{Text{EN: "water"}, "ru", "water", "en"},
		{Text{KY: "суу"}, "de", "суу", "ky"},
		{Text{}, "ru", "", "ru"},
	} {
		if got, really := c.text.In(c.lang); got != c.want || really != c.really {
			t.Errorf("%+v in %s: %q, really %s", c.text, c.lang, got, really)
		}
	}
}

func TestTextIsPutAndKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want Text
		longest := 0
		for _, lang := range Languages {
			s := rapid.String().Draw(t, lang)
			want.Put(lang, s)
			longest = max(longest, len([]rune(s)))
			if want.Exact(lang) != s {
				t.Fatalf("%q is put in %s, %q is there", s, lang, want.Exact(lang))
			}
		}
		if want.Longest() != longest || want.Empty() != (longest == 0) {
			t.Fatalf("%+v has %d letters, empty %v", want, want.Longest(), want.Empty())
		}
		if got := want.Clean(); got != (Text{Clean(want.KY), Clean(want.RU), Clean(want.EN)}) {
			t.Fatalf("%+v is cleaned to %+v", want, got)
		}
		value, err := want.Value()
		if err != nil {
			t.Fatal(err)
		}
		for _, src := range []any{value, []byte(value.(string))} {
			var back Text
			if err := back.Scan(src); err != nil || back != want {
				t.Fatalf("%v comes back as %+v, %v", src, back, err)
			}
		}
	})
	for _, src := range []any{5, "no JSON", []byte("{")} {
		if err := new(Text).Scan(src); err == nil {
			t.Errorf("%v is a text", src)
		}
	}
	if err := new(Text).Scan(nil); err != nil {
		t.Error(err)
	}
	no := Text{KY: "суу"}
	if no.Put("de", "Wasser"); no != (Text{KY: "суу"}) || no.Exact("de") != "" {
		t.Errorf("got %+v", no)
	}
}
