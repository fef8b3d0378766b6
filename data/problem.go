package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Competence says who can mend a problem. Residents name what hurts, whoever's
// duty it is.
type Competence string

// The competences; empty is not said.
const (
	OfAimak Competence = "aimak"
	OfState Competence = "state"
	OfOther Competence = "other"
)

// Competences in the order in which they are offered.
var Competences = []Competence{OfAimak, OfState, OfOther}

// Problem is one need that people of a round named. It may be merged into
// another; it and its entries stay, and the merge can be undone.
type Problem struct {
	ID         ID
	Round      ID
	Title      Text
	Issue      int        // number of the issue of local significance, 0 where none
	Competence Competence // whose duty it is
	Source     string     // the project id of an imported file
	Into       ID         // the problem it is merged into
	Created    time.Time
}

// Check is what is wrong with a problem as typed.
func (p Problem) Check() (bad Bad) {
	checkText(&bad, "title", p.Title, MaxName)
	if p.Issue < 0 || p.Issue > 99 {
		bad.Add("issue", "error.range", "min", 0, "max", 99)
	}
	if p.Competence != "" && !slices.Contains(Competences, p.Competence) {
		bad.Add("competence", "error.choose")
	}
	return bad
}

// CheckChange is what is wrong with a stored problem as it was changed. A title
// that a file brought in may be longer than one that is typed; left as it was, it
// stands in nobody's way.
func (p Problem) CheckChange(was Problem) Bad {
	for _, lang := range Languages {
		if title := was.Title.Exact(lang); p.Title.Exact(lang) == title {
			p.Title.Put(lang, string([]rune(title)[:min(MaxName, utf8.RuneCountInString(title))]))
		}
	}
	return p.Check()
}

// Folded is everything a search may find the problem by.
func (p Problem) Folded() string {
	return FoldText(p.Title.KY + "\n" + p.Title.RU + "\n" + p.Title.EN + "\n" + p.Source)
}

// Merges tells for each problem of a round the one that stands for it now: the
// end of its chain of merges. A problem that is not merged stands for itself.
type Merges map[ID]ID

// MergesOf follows the chains. A circle, which Merge never makes, would end at
// one of its own members.
func MergesOf(problems []Problem) Merges {
	into := make(map[ID]ID, len(problems))
	for _, p := range problems {
		into[p.ID] = p.Into
	}
	m := make(Merges, len(problems))
	for _, p := range problems {
		at := p.ID
		for range problems {
			next := into[at]
			if next.Zero() {
				break
			}
			at = next
		}
		m[p.ID] = at
	}
	return m
}

// Of is the problem that stands for id; unknown ones stand for themselves.
func (m Merges) Of(id ID) ID {
	if to, ok := m[id]; ok {
		return to
	}
	return id
}

// CanMerge is what speaks against merging problem from into problem to.
func CanMerge(problems []Problem, from, to ID) Fault {
	m := MergesOf(problems)
	_, known := m[from]
	end, also := m[to]
	switch {
	case !known || !also:
		return Fault{Key: "error.choose"}
	case m[from] == end:
		return Fault{Key: "problem.merge.self"}
	}
	return Fault{}
}

// Like is a stored problem that resembles what was typed.
type Like struct {
	Problem Problem
	Same    bool    // the same but for letters that are typed for each other
	Score   float64 // 0 to 1, the Jaccard index of three-letter pieces
}

// likeEnough is where two titles begin to be worth showing to a person: in
// trials "ичуучу суу жетишсиз" and its full spelling had 0.62, unrelated ones at
// most 0.25.
const likeEnough = 0.3

// Alike finds stored problems whose title in any language is the typed one but
// for letters, or nearly; the same first, then the likest, at most most of
// them. A person decides.
func Alike(title string, problems []Problem, most int) []Like {
	typed := FoldText(title)
	if typed == "" {
		return nil
	}
	pieces := trigrams(typed)
	var found []Like
	for _, p := range problems {
		best := Like{Problem: p}
		for _, lang := range Languages {
			folded := FoldText(p.Title.Exact(lang))
			if folded == "" {
				continue
			}
			best.Same = best.Same || folded == typed
			best.Score = max(best.Score, jaccard(pieces, trigrams(folded)))
		}
		if best.Same || best.Score >= likeEnough {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b Like) int {
		switch {
		case a.Same == b.Same:
			return cmp.Compare(b.Score, a.Score)
		case a.Same:
			return -1
		}
		return 1
	})
	return found[:min(most, len(found))]
}

// Search keeps the problems that have every word of the query somewhere, letters
// folded.
func Search(query string, problems []Problem) []Problem {
	words := strings.Fields(FoldText(query))
	var found []Problem
next:
	for _, p := range problems {
		folded := p.Folded()
		for _, w := range words {
			if !strings.Contains(folded, w) {
				continue next
			}
		}
		found = append(found, p)
	}
	return found
}

// trigrams are the three-letter pieces of a folded text, its words edged with
// spaces so that beginnings weigh more.
func trigrams(folded string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(folded) {
		runes := []rune("  " + word + " ")
		for i := 0; i+3 <= len(runes); i++ {
			set[string(runes[i:i+3])] = true
		}
	}
	return set
}

// jaccard is the share of pieces in common.
func jaccard(a, b map[string]bool) float64 {
	both := 0
	for piece := range a {
		if b[piece] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// Starter is a line of the starter list: a problem that villages often name,
// ready in three languages.
type Starter struct {
	ID         ID
	Title      Text
	Issue      int
	Competence Competence
}
