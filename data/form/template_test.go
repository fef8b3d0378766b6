package form

import (
	"testing"

	"ashar/data"
)

func TestTemplatesAreReady(t *testing.T) {
	list, err := Templates()
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	for _, one := range list {
		for _, found := range one.Form.Check() {
			t.Errorf("%s: %+v", one.Key, found)
		}
		for _, lang := range data.Languages {
			if one.Title.Exact(lang) == "" || one.About.Exact(lang) == "" {
				t.Errorf("%s is not ready in %s", one.Key, lang)
			}
			if done, of := one.Form.Translated(lang); done != of || of == 0 {
				t.Errorf("%s: %d of %d texts in %s", one.Key, done, of, lang)
			}
		}
		for _, kind := range []Kind{Village, Sex, Band} {
			if one.Form.Find(kind) == nil {
				t.Errorf("%s does not ask for %s: it could not be counted against the population", one.Key, kind)
			}
		}
	}
}
