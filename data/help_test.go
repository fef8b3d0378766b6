package data

import (
	"encoding/binary"
	"iter"
	"slices"
	"testing"
)

// id is the n-th thing ever born.
func id(n int) (id ID) {
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// born gives the entries their IDs, 1 and up, where they have none.
func born(entries ...Entry) []Entry {
	entries = slices.Clone(entries)
	for i := range entries {
		if entries[i].ID.Zero() {
			entries[i].ID = id(i + 1)
		}
	}
	return entries
}

// all hands out entries in the order of their birth, as the store does.
func all(entries []Entry) iter.Seq2[Entry, error] {
	entries = slices.SortedFunc(slices.Values(entries), func(a, b Entry) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

type tester interface {
	Helper()
	Fatal(args ...any)
}

// says is the sheet of a session after the entries.
func says(t tester, s Session, entries ...Entry) *Sheet {
	t.Helper()
	sheet, err := Fold(s, all(born(entries...)))
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

var (
	women = Group{Sex: Female, Band: "18-28"}
	men   = Group{Sex: Male, Band: "18-28"}

	scheme = Scheme{Sexes: true, Bands: []Band{"14-17", "18-28", "61+"}, Tags: []Tag{{Key: "poor"}, {Key: "elderly"}}}

	round = Round{Scheme: scheme}

	water, road, light = id(901), id(902), id(903)
)

// faults are the fields and keys of what is wrong, as one comparable value.
func faults(bad Bad) map[string]string {
	keys := map[string]string{}
	for field, fault := range bad {
		keys[field] = fault.Key
	}
	return keys
}

func TestTheFirstFaultOfAFieldStays(t *testing.T) {
	var bad Bad
	bad.Add("name", "error.required")
	bad.Add("name", "error.long", "max", 3)
	if f := bad["name"]; len(bad) != 1 || f.Key != "error.required" || f.Args != nil {
		t.Errorf("got %v", bad)
	}
}
