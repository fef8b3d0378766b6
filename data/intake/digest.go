package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// digest is the SHA-256 of what is kept of a file: its problems and its
// ballots, whatever their order, the ends of its lines, its columns, or how it
// writes a sex or an age.
func (f *File) digest() string {
	sum := sha256.New()
	var line []byte
	say := func(parts ...string) {
		line = line[:0]
		for _, p := range parts {
			line = strconv.AppendInt(line, int64(len(p)), 10)
			line = append(append(line, ':'), p...)
		}
		sum.Write(append(line, '\n'))
	}
	say(string(f.Form))
	rank := make([]int, len(f.Problems)) // by source
	order := make([]int, len(f.Problems))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(f.Problems[a].Source, f.Problems[b].Source) })
	for n, i := range order {
		rank[i] = n
		say(f.Problems[i].Source, f.Problems[i].Title)
	}
	ballots := make([]int32, len(f.Ballots))
	for i := range ballots {
		ballots[i] = int32(i)
	}
	slices.SortFunc(ballots, func(a, b int32) int { return strings.Compare(f.Ballots[a].Voter, f.Ballots[b].Voter) })
	var choices []Choice
	for _, i := range ballots {
		b := f.Ballots[i]
		say(b.Voter, f.Villages[b.Village], string(b.Group.Sex), string(b.Group.Band), b.Group.Tag)
		choices = append(choices[:0], b.Choices...)
		slices.SortFunc(choices, func(x, y Choice) int {
			return cmp.Or(cmp.Compare(x.Place, y.Place), cmp.Compare(rank[x.Problem], rank[y.Problem]))
		})
		line = line[:0]
		for _, c := range choices {
			for _, n := range []int{rank[c.Problem], int(c.Place), int(c.Points)} {
				line = append(strconv.AppendInt(line, int64(n), 10), ' ')
			}
		}
		sum.Write(append(line, '\n'))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
