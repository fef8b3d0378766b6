package data

import (
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSlugSpellsAName(t *testing.T) {
	for name, want := range map[string]string{
		"Ак-Муз":                        "ak-muz",
		"  Көк-Жар айылы ":              "kok-jar-ayyly",
		"Ысык-Көл":                      "ysyk-kol",
		"Жети-Өгүз":                     "jeti-oguz",
		"Чоң-Таш №2":                    "chon-tash-2",
		"Щорс, подъезд, Юлия":           "schors-podezd-yuliya",
		"\u0439од и\u0306од":            "yod-yod",
		"ёлка е\u0308лка":               "yolka-yolka",
		"Łódź":                          "lodz",
		"Plzeň Plzen\u030cka":           "plzen-plzenka",
		"Katowice 2020":                 "katowice-2020",
		"---":                           "",
		"":                              "",
		"北京":                            "",
		"北京 2":                          "2",
		"Static":                        "static-aimak",
		"sync":                          "sync-aimak",
		strings.Repeat("щ", 40):         strings.Repeat("sch", 16) + "sc",
		strings.Repeat("ш", 24) + "и-а": strings.Repeat("sh", 24) + "i",
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

func TestEverySlugCanBeUsed(t *testing.T) {
	gen := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("Ак-Муз щшюstaic 1ñé—"))), rapid.SampledFrom([]string{"static", "Sign in", "sw js", "favicon.ico"}))
	rapid.Check(t, func(t *rapid.T) {
		name := gen.Draw(t, "name")
		slug := Slug(name)
		if slug == "" {
			return
		}
		m := Municipality{Slug: slug, Name: Text{KY: "Ак-Муз"}}
		if bad := m.Check(); bad != nil || Slug(slug) != slug {
			t.Fatalf("%q gives %q: %v", name, slug, bad)
		}
	})
}

func TestMunicipalityIsCheckedAsTyped(t *testing.T) {
	name := Text{KY: "Ак-Муз"}
	form := map[string]string{"slug": "municipality.slug.form"}
	for _, c := range []struct {
		m    Municipality
		want map[string]string
	}{
		{Municipality{Slug: "ak-muz", Name: name}, nil},
		{Municipality{Slug: "2", Name: name}, nil},
		{Municipality{Slug: strings.Repeat("a", 60), Name: name}, nil},
		{Municipality{Slug: strings.Repeat("a", 61), Name: name}, form},
		{Municipality{Name: name}, map[string]string{"slug": "error.required"}},
		{Municipality{Slug: "Ak-Muz", Name: name}, form},
		{Municipality{Slug: "ак-муз", Name: name}, form},
		{Municipality{Slug: "-ak", Name: name}, form},
		{Municipality{Slug: "ak--muz", Name: name}, form},
		{Municipality{Slug: "ak-", Name: name}, form},
		{Municipality{Slug: "ak/muz", Name: name}, form},
		{Municipality{Slug: "ak-muz\n", Name: name}, form},
		{Municipality{Slug: "sign-in", Name: name}, map[string]string{"slug": "error.taken"}},
		{Municipality{Slug: "static"}, map[string]string{"slug": "error.taken", "name": "error.required"}},
		{Municipality{Slug: "a", Name: Text{EN: strings.Repeat("ж", MaxName+1)}}, map[string]string{"name": "error.long"}},
	} {
		if got := faults(c.m.Check()); !maps.Equal(got, c.want) {
			t.Errorf("%q, %.20v: %v, want %v", c.m.Slug, c.m.Name, got, c.want)
		}
	}
	if bad := (Village{}).Check(); bad["name"].Key != "error.required" {
		t.Errorf("a village without a name: %v", bad)
	}
	if bad := (Village{Name: name}).Check(); bad != nil {
		t.Errorf("a village: %v", bad)
	}
}
