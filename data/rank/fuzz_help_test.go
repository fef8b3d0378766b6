package rank

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"ashar/data"
)

// spring gives out bytes as small numbers, and noughts when they are at an end.
type spring struct{ bytes []byte }

// below is a number from 0 to n-1, n at most 256.
func (s *spring) below(n int) int {
	if len(s.bytes) == 0 {
		return 0
	}
	b := int(s.bytes[0])
	s.bytes = s.bytes[1:]
	return b % n
}

func pour[E any](s *spring, from []E) E { return from[s.below(len(from))] }

// kinds that entries of a session may be, by what they are about; each form has
// its own besides.
var (
	fuzzKinds = []data.Kind{data.PresenceCount, data.PresenceCount, data.PresenceAdd, data.Explain, data.Void, data.Offer, data.Note, data.Close}
	fuzzForms = map[data.Form][]data.Kind{
		data.Tally: {data.TallyAdd, data.TallyCount}, data.Ballots: {data.Cast}, data.Scores: {data.Cast}, data.Pairs: {data.Compare}, data.Order: {data.Agree},
	}
	fuzzProblems = problems("A B C D E F G")
)

// ballot is a ballot of anything, mostly settled.
func (s *spring) ballot(form data.Form) data.Ballot {
	var choices []data.Choice
	for range s.below(8) {
		choices = append(choices, data.Choice{Problem: pour(s, fuzzProblems), Place: s.below(9) - 1, Points: s.below(7)})
	}
	switch {
	case s.below(8) == 7:
		return choices
	case form == data.Scores:
		return data.BallotByPoints(choices)
	}
	return data.NewBallot(choices)
}

// entry is the n-th thing written down in a session, whatever it may be.
func (s *spring) entry(n int, session data.Session) data.Entry {
	e := data.Entry{ID: num(n), Kind: pour(s, fuzzKinds)}
	if s.below(3) > 0 {
		e.Kind = pour(s, fuzzForms[session.Form])
	}
	e.Group, e.Problem, e.Other = pour(s, drawGroups), pour(s, fuzzProblems), pour(s, fuzzProblems)
	switch e.N = int(int8(s.below(256))); e.Kind {
	case data.PresenceCount, data.TallyCount:
		e.N, e.Seen = max(e.N, 0), num(s.below(n+1))
	case data.Compare:
		e.N = s.below(3) - 1
	case data.Cast, data.Agree:
		e.Ballot = s.ballot(session.Form)
	case data.Void:
		e.Target = num(1 + s.below(n))
	case data.Explain:
		if s.below(2) == 0 {
			e.Problem = data.ID{}
		}
		e.Text = "late"
	case data.Note:
		e.Text = "rain"
	}
	return e
}

// sheets are the sheets of a few sessions, of the entries that those accept.
func (s *spring) sheets(t *testing.T) (sheets []*data.Sheet) {
	t.Helper()
	for i := range 1 + s.below(5) {
		session := data.Session{ID: num(i + 1), Village: pour(s, drawVillages), Form: pour(s, data.Forms), Each: s.below(4), Top: s.below(5)}
		var entries []data.Entry
		for n := range 2 * s.below(32) {
			if e := s.entry(n+1, session); len(e.Check(session, data.Round{Scheme: drawScheme})) == 0 {
				entries = append(entries, e)
			}
		}
		sheet, err := data.Fold(session, each(entries))
		if err != nil {
			t.Fatal(err)
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// round is a round of sheets: some of its problems merged, any figures of
// residents, any rule.
func (s *spring) round(sheets []*data.Sheet) (Round, data.Merges) {
	merges := data.Merges{}
	for _, p := range fuzzProblems[5:] {
		if to := s.below(8); to < 5 {
			merges[p] = fuzzProblems[to]
		}
	}
	round := Round{Scheme: drawScheme, Rule: data.Rule{
		Rho: pour(s, []float64{0, 0.2, 1}), Trim: pour(s, []float64{0, 2, 5}), Least: pour(s, []int{0, 3, 5, 8}),
	}}
	for _, p := range fuzzProblems {
		if merges.Of(p) == p {
			round.Problems = append(round.Problems, p)
		}
	}
	for _, sheet := range sheets {
		round.Voices = append(round.Voices, Voices(sheet, merges)...)
	}
	for range s.below(16) {
		row := data.Population{Village: pour(s, append(drawVillages, data.ID{})), Sex: pour(s, data.Sexes), Band: pour(s, append(slices.Clone(drawScheme.Bands), "")), People: s.below(200)}
		if !slices.ContainsFunc(round.Population, func(p data.Population) bool { p.People = row.People; return p == row }) {
			round.Population = append(round.Population, row)
		}
	}
	return round, merges
}

// cut is whose voices to count.
func (s *spring) cut() (c Cut) {
	g, village := pour(s, drawGroups), pour(s, drawVillages)
	parts := s.below(32)
	if parts&1 != 0 {
		c.Sex = &g.Sex
	}
	if parts&2 != 0 {
		c.Band = &g.Band
	}
	if parts&4 != 0 {
		c.Village = &village
	}
	if parts == 31 {
		c.Tag = &g.Tag
	}
	return c
}

// numbers fails where anything that can be reached from v is no number, or no
// finite one.
func numbers(t *testing.T, what string, v any) {
	t.Helper()
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Float64, reflect.Float32:
			if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
				t.Fatalf("%s: %v", what, f)
			}
		case reflect.Pointer:
			if _, number := v.Interface().(*big.Rat); !number && !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for i := v.MapRange(); i.Next(); {
				walk(i.Value())
			}
		}
	}
	walk(reflect.ValueOf(v))
}
