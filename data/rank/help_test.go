package rank

import (
	"encoding/binary"
	"iter"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ashar/data"
)

// named is the problem, village or session of that name.
func named(name string) (id data.ID) {
	copy(id[:], name)
	return id
}

// num is the n-th thing ever born.
func num(n int) (id data.ID) {
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// A speaker is a group at a meeting.
type speaker struct {
	group   data.Group
	n       int
	hands   map[data.ID]int
	ballots []data.Ballot
	reason  bool // somebody explained why its votes are more than its people
}

// A meeting is a session as its people would tell of it: the tests write it
// down in entries, and count it by hand.
type meeting struct {
	session  data.Session
	speakers []speaker
	order    data.Ballot
	pairs    map[data.Pair]int
}

// entries writes the meeting down.
func (m meeting) entries() (entries []data.Entry) {
	for _, s := range m.speakers {
		if s.n > 0 {
			entries = append(entries, data.Entry{Kind: data.PresenceCount, Group: s.group, N: s.n})
		}
		sum := len(s.ballots)
		for problem, n := range s.hands {
			sum += n
			entries = append(entries, data.Entry{Kind: data.TallyCount, Group: s.group, Problem: problem, N: n})
			if s.reason {
				entries = append(entries, data.Entry{Kind: data.Explain, Group: s.group, Problem: problem, N: n, Text: "late"})
			}
		}
		entries = slices.Grow(entries, len(s.ballots)+1)
		for _, b := range s.ballots {
			entries = append(entries, data.Entry{Kind: data.Cast, Group: s.group, Ballot: b})
		}
		if s.reason {
			entries = append(entries, data.Entry{Kind: data.Explain, Group: s.group, N: sum, Text: "late"})
		}
	}
	if m.order != nil {
		entries = append(entries, data.Entry{Kind: data.Agree, Ballot: m.order})
	}
	for pair, n := range m.pairs {
		entries = append(entries, data.Entry{Kind: data.Compare, Problem: pair.A, Other: pair.B, N: n})
	}
	for i := range entries {
		entries[i].ID = num(i + 1)
	}
	return entries
}

type tester interface {
	Helper()
	Fatal(args ...any)
}

// voices are what the package makes of the meeting.
func (m meeting) voices(t tester, merges data.Merges) []Voice {
	t.Helper()
	sheet, err := data.Fold(m.session, each(m.entries()))
	if err != nil {
		t.Fatal(err)
	}
	return Voices(sheet, merges)
}

func each(entries []data.Entry) iter.Seq2[data.Entry, error] {
	return func(yield func(data.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func voicesOf(t tester, meetings []meeting, merges data.Merges) (voices []Voice) {
	t.Helper()
	for _, m := range meetings {
		voices = append(voices, m.voices(t, merges)...)
	}
	return voices
}

// order writes a ballot short: "A B=C D" has A first, then B and C tied.
func order(s string) (b data.Ballot) {
	for i, tier := range strings.Fields(s) {
		for _, p := range strings.Split(tier, "=") {
			b = append(b, data.Choice{Problem: named(p), Place: i + 1})
		}
	}
	return b
}

// profile writes many ballots short: "3 A; 2 B C" has three that name A alone.
func profile(s string) (ballots []data.Ballot) {
	for _, part := range strings.Split(s, ";") {
		n, ranking, _ := strings.Cut(strings.TrimSpace(part), " ")
		times, err := strconv.Atoi(n)
		if err != nil {
			panic(err)
		}
		for range times {
			ballots = append(ballots, order(ranking))
		}
	}
	return ballots
}

func problems(names string) (ids []data.ID) {
	for _, name := range strings.Fields(names) {
		ids = append(ids, named(name))
	}
	return ids
}

// one is the round of a single group and its ballots.
func one(t tester, ballots []data.Ballot, ids []data.ID) Round {
	t.Helper()
	m := meeting{session: data.Session{ID: num(1), Form: data.Ballots}, speakers: []speaker{{n: len(ballots), ballots: ballots}}}
	return Round{Voices: m.voices(t, nil), Problems: ids}
}

func fraction(t *testing.T, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no fraction", s)
	}
	return r
}

// scores are the scores of a ranking by problem.
func scores(r Ranking) map[data.ID]*big.Rat {
	m := map[data.ID]*big.Rat{}
	for _, p := range r.Places {
		if p.Score != nil {
			m[p.Problem] = p.Score
		}
	}
	return m
}

// same tells whether two rankings have the very same scores.
func same(a, b map[data.ID]*big.Rat) bool {
	if len(a) != len(b) {
		return false
	}
	for p, x := range a {
		if y := b[p]; y == nil || x.Cmp(y) != 0 {
			return false
		}
	}
	return true
}

// wants checks scores written short: "A 1/2 B 2/3".
func wants(t *testing.T, what string, r Ranking, want string) {
	t.Helper()
	fields := strings.Fields(want)
	got := scores(r)
	if len(got) != len(fields)/2 {
		t.Errorf("%s: %d scores, want %d", what, len(got), len(fields)/2)
	}
	for pair := range slices.Chunk(fields, 2) {
		if s := got[named(pair[0])]; s == nil || s.Cmp(fraction(t, pair[1])) != 0 {
			t.Errorf("%s: %s has %v, want %s", what, pair[0], s, pair[1])
		}
	}
}
