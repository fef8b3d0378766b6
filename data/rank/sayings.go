package rank

import (
	"iter"
	"math/bits"
	"slices"

	"ashar/data"
)

// Said is what a voice said of one problem.
type Said struct {
	Mentions int   // ballots that name it; votes of a tally
	Places   int   // twice the sum of its places over those ballots; tied problems share the mean place
	Length   int   // problems on those ballots together
	First    []int // First[t-1] ballots have it first together with t-1 others
	Top      int   // ballots that have it in a tier that begins within the first three places
	Points   int
	Marks    []int // Marks[s] score sheets give it s points
	Wins     int   // pairs: twice the comparisons won, a tie being half a win
}

// Sayings are what a voice said of each problem, and of each two problems. They
// add up, so that a million ballots are no more than one row for each problem and
// one number for each two. The zero value says nothing. Copies share what is
// counted: only the one who counts may change it.
type Sayings struct {
	ids   []data.ID
	said  []Said
	slots []slot  // rows by the short tails of their problems; a power of two long
	shift int     // that leaves of a hash as many bits as slots need
	room  int     // length of a row of above
	above []int32 // above[i*room+j]: ballots, or comparisons, that have problem i before j
	picks []pick  // of the ballot that is being counted
	rows  []int32 // the same of a ballot without ties
}

// slot holds a row, counted from 1, and the short tail of its problem.
type slot struct {
	short uint32
	row   int32
}

// pick is one problem of a ballot that is being counted.
type pick struct {
	row    int32
	place  int32
	points int
}

// SayingsOf are sayings that were counted elsewhere.
func SayingsOf(said map[data.ID]Said) (s Sayings) {
	ids := make([]data.ID, 0, len(said))
	for id := range said {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range ids {
		s.said[s.row(id)] = said[id]
	}
	return s
}

// Len is the number of problems that something was said of.
func (s *Sayings) Len() int { return len(s.ids) }

// Of is what was said of a problem; the zero value where nothing was.
func (s *Sayings) Of(problem data.ID) Said {
	if i := s.find(problem); i >= 0 {
		return s.said[i]
	}
	return Said{}
}

// Has tells whether anything was said of a problem.
func (s *Sayings) Has(problem data.ID) bool { return s.find(problem) >= 0 }

// All are the problems that something was said of, in the order in which they
// came up.
func (s *Sayings) All() iter.Seq2[data.ID, Said] {
	return func(yield func(data.ID, Said) bool) {
		for i, id := range s.ids {
			if !yield(id, s.said[i]) {
				return
			}
		}
	}
}

// lead is on how many more ballots a stands before b than b before a, among
// those that name both.
func (s *Sayings) lead(a, b data.ID) int {
	i, j := s.find(a), s.find(b)
	if i < 0 || j < 0 || s.room == 0 {
		return 0
	}
	return int(s.above[i*s.room+j] - s.above[j*s.room+i])
}

// find is the row of a problem, or -1.
func (s *Sayings) find(problem data.ID) int {
	if len(s.slots) == 0 {
		return -1
	}
	mask := uint32(len(s.slots) - 1)
	for at := s.spread(problem.Short()); s.slots[at].row != 0; at = (at + 1) & mask {
		if i := s.slots[at].row - 1; s.ids[i] == problem {
			return int(i)
		}
	}
	return -1
}

// findShort is the row of the problem with a short tail, or -1: no two problems
// of a round have the same one.
func (s *Sayings) findShort(short uint32) int {
	if len(s.slots) == 0 {
		return -1
	}
	mask := uint32(len(s.slots) - 1)
	for at := s.spread(short); s.slots[at].row != 0; at = (at + 1) & mask {
		if s.slots[at].short == short {
			return int(s.slots[at].row - 1)
		}
	}
	return -1
}

// spread makes of a short tail a place to look for it, by Fibonacci hashing
// (Knuth): tails that were counted up would stand side by side.
func (s *Sayings) spread(short uint32) uint32 {
	return short * 2654435769 >> s.shift
}

// row is the row of a problem, begun where there is none.
func (s *Sayings) row(problem data.ID) int {
	if i := s.find(problem); i >= 0 {
		return i
	}
	s.ids, s.said = append(s.ids, problem), append(s.said, Said{})
	if 5*len(s.ids) > len(s.slots) { // mostly empty: most are found at once
		s.index(max(16, 2*len(s.slots)))
	} else {
		s.slot(len(s.ids) - 1)
	}
	return len(s.ids) - 1
}

func (s *Sayings) index(slots int) {
	s.slots, s.shift = make([]slot, slots), 33-bits.Len(uint(slots))
	for i := range s.ids {
		s.slot(i)
	}
}

func (s *Sayings) slot(row int) {
	mask := uint32(len(s.slots) - 1)
	short := s.ids[row].Short()
	at := s.spread(short)
	for s.slots[at].row != 0 {
		at = (at + 1) & mask
	}
	s.slots[at] = slot{short, int32(row + 1)}
}

// widen makes room to compare each two problems.
func (s *Sayings) widen() {
	if len(s.ids) <= s.room {
		return
	}
	room := max(4, s.room)
	for room < len(s.ids) {
		room += room / 2
	}
	above := make([]int32, room*room)
	for i := range s.room {
		copy(above[i*room:], s.above[i*s.room:(i+1)*s.room])
	}
	s.room, s.above = room, above
}

// win counts one comparison, won by the first.
func (s *Sayings) win(a, b data.ID) {
	i, j := s.row(a), s.row(b)
	s.widen()
	s.above[i*s.room+j]++
}

// add counts in what others said.
func (s *Sayings) add(other *Sayings) {
	rows := make([]int, len(other.ids))
	for i, id := range other.ids {
		rows[i] = s.row(id)
		s.said[rows[i]].add(other.said[i])
	}
	if other.room == 0 {
		return
	}
	s.widen()
	for i, a := range rows {
		for j, b := range rows {
			s.above[a*s.room+b] += other.above[i*other.room+j]
		}
	}
}

func (s *Said) add(more Said) {
	s.Mentions += more.Mentions
	s.Places += more.Places
	s.Length += more.Length
	s.Top += more.Top
	s.Points += more.Points
	s.Wins += more.Wins
	s.First = addCounts(slices.Clone(s.First), more.First)
	s.Marks = addCounts(slices.Clone(s.Marks), more.Marks)
}

// clone is a copy that stays as it is while the counting goes on.
func (s *Sayings) clone() Sayings {
	c := Sayings{ids: slices.Clone(s.ids), said: slices.Clone(s.said), slots: slices.Clone(s.slots), shift: s.shift, room: s.room, above: slices.Clone(s.above)}
	for i := range c.said {
		c.said[i].First, c.said[i].Marks = slices.Clone(c.said[i].First), slices.Clone(c.said[i].Marks)
	}
	return c
}
