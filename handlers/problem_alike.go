package handlers

import (
	"cmp"
	"slices"

	"ashar/data"
	"ashar/templates/lang"
)

// mostAlike is how many like titles a person can compare.
const mostAlike = 5

// alike proposes problems that have one of the typed titles but for letters, or
// nearly; the same ones first. One that was merged is proposed as the one that
// stands for it.
func alike(l *lang.Lang, typed data.Text, problems []data.Problem) (found []data.Problem, same bool) {
	problems = slices.Clone(problems)
	sortProblems(l, problems)
	byID := make(map[data.ID]data.Problem, len(problems))
	for _, p := range problems {
		byID[p.ID] = p
	}
	var likes []data.Like
	for _, code := range data.Languages {
		likes = append(likes, data.Alike(typed.Exact(code), problems, len(problems))...)
	}
	merges := data.MergesOf(problems)
	propose := func(same bool) {
		for _, like := range likes {
			p := byID[merges.Of(like.Problem.ID)]
			known := slices.ContainsFunc(found, func(o data.Problem) bool { return o.ID == p.ID })
			if like.Same == same && !known && len(found) < mostAlike {
				found = append(found, p)
			}
		}
	}
	propose(true)
	same = len(found) > 0
	propose(false)
	return found, same
}

// sortProblems puts problems in order of title, equals in order of birth.
func sortProblems(l *lang.Lang, list []data.Problem) {
	slices.SortFunc(list, func(a, b data.Problem) int {
		x, _ := a.Title.In(l.Code())
		y, _ := b.Title.In(l.Code())
		return cmp.Or(l.Collate(x, y), slices.Compare(a.ID[:], b.ID[:]))
	})
}
