package data

import (
	"testing"
)

func TestStarterListIsReadyToUse(t *testing.T) {
	seed, err := SeedStarters()
	if err != nil || seed.Basis == "" || len(seed.Starters) == 0 {
		t.Fatalf("%d lines on the basis %q, %v", len(seed.Starters), seed.Basis, err)
	}
	seen := map[string]Text{}
	for _, s := range seed.Starters {
		if bad := (Problem{Title: s.Title, Issue: s.Issue, Competence: s.Competence}).Check(); bad != nil || s.Competence == "" {
			t.Errorf("%+v: %v", s, bad)
		}
		for _, lang := range Languages {
			title := s.Title.Exact(lang)
			if title == "" || title != Clean(title) {
				t.Errorf("%+v: the title in %s is %q", s, lang, title)
			}
			if twin, twice := seen[lang+FoldText(title)]; twice {
				t.Errorf("%+v and %+v are the same in %s", s, twin, lang)
			}
			seen[lang+FoldText(title)] = s.Title
		}
	}
}
