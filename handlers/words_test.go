package handlers

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ashar/templates/lang"
)

// spoken are the ways in which our files name a word whole. Keys that are put
// together from parts are met by the tests that draw every page.
var spoken = map[string][]*regexp.Regexp{
	".go": {
		regexp.MustCompile(`\.T\("([^"]+)"[,)]`),
		regexp.MustCompile(`\.Add\([^,\n]+, "([a-z0-9_]+(?:\.[a-z0-9_]+)+)"`),
		regexp.MustCompile(`\bKey: +"([^"]+)"`),
	},
	".html": {regexp.MustCompile(`\bt "([^"]+)"`)},
}

// keysIn are the words that the files of a folder name, each with a file that
// does.
func keysIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, pattern := range spoken[filepath.Ext(name)] {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range pattern.FindAllSubmatch(text, -1) {
				keys[string(found[1])] = name
			}
		}
	}
	if len(keys) == 0 {
		t.Fatalf("no file in %s names a word: the test looks past them", folder)
	}
	return keys
}

func TestEveryWordIsInEveryLanguage(t *testing.T) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{".", "../data", "../templates", "../templates/chart"} {
		for key, name := range keysIn(t, folder) {
			for _, l := range words.All() {
				if !l.Has(key) {
					t.Errorf("%s says %s, which %s.json has not", name, key, l.Code())
				}
			}
		}
	}
}
