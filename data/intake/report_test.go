package intake

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ashar/data"
)

func TestNoAgeStaysInTheFile(t *testing.T) {
	text := "ballot,problem,age\n1,A,33\n2,A,7\n3,A,33 years\n4,A,33.5\n"
	f, err := Read(strings.NewReader(text), "file.csv", scheme, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range f.Ballots {
		if s := fmt.Sprint(b.Group); strings.Contains(s, "33") || strings.Contains(s, "7") {
			t.Errorf("group %s", s)
		}
	}
	report := string(must(json.Marshal(f.Report)))
	if strings.Contains(report, "33") || strings.Contains(report, `"7`) {
		t.Error(report)
	}
}

func TestReportSurvivesJSON(t *testing.T) {
	f, _ := readFixture(t, "dirty.pb")
	var back Report
	first := must(json.Marshal(f.Report))
	if err := json.Unmarshal(first, &back); err != nil {
		t.Fatal(err)
	}
	if again := must(json.Marshal(back)); string(first) != string(again) {
		t.Errorf("%s\n%s", first, again)
	}
}

func TestEveryNoteHasItsWords(t *testing.T) {
	holes := regexp.MustCompile(`\{(\w+)\}`)
	for _, lang := range data.Languages {
		var words map[string]any
		if err := json.Unmarshal(must(os.ReadFile("../../templates/lang/"+lang+".json")), &words); err != nil {
			t.Fatal(err)
		}
		for _, path := range must(filepath.Glob("testdata/*.*")) {
			f, _ := readFixture(t, filepath.Base(path))
			for _, p := range []Part{f.Report.Mapped, f.Report.Warned, f.Report.Skipped, f.Report.Refused} {
				for _, note := range p.Notes {
					word, ok := words[note.Key].(string)
					if !ok {
						t.Errorf("%s: no word for %s", lang, note.Key)
					}
					for _, hole := range holes.FindAllStringSubmatch(word, -1) {
						if !slices.Contains(note.Args, any(hole[1])) {
							t.Errorf("%s: %s wants {%s}, has %v", lang, note.Key, hole[1], note.Args)
						}
					}
				}
			}
		}
	}
}

func TestEveryKeyOfTheCodeHasAWord(t *testing.T) {
	keys := regexp.MustCompile(`"(import\.[a-z.]+)"`)
	words := string(must(os.ReadFile("../../templates/lang/en.json")))
	found := 0
	for _, path := range must(filepath.Glob("*.go")) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, key := range keys.FindAllStringSubmatch(string(must(os.ReadFile(path))), -1) {
			if found++; !strings.Contains(words, `"`+key[1]+`":`) {
				t.Errorf("%s: no word for %s", path, key[1])
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d keys found", found)
	}
}
