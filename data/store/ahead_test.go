package store

import (
	"errors"
	"testing"
)

func TestWhatRunsAheadComesInOrderAndStopsWhereItIsStopped(t *testing.T) {
	ended, failed := false, errors.New("the disk is gone")
	numbers := func(n int, last error) func(yield func(int, error) bool) {
		return func(yield func(int, error) bool) {
			ended = false
			defer func() { ended = true }()
			for i := range n {
				if !yield(i, nil) {
					return
				}
			}
			if last != nil {
				yield(n, last)
			}
		}
	}
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		at := 0
		for i, err := range ahead(numbers(n, failed)) {
			if i != at || (i == n) != (err == failed) {
				t.Fatalf("of %d the one after %d is %d, %v", n, at, i, err)
			}
			at++
		}
		if at != n+1 || !ended {
			t.Errorf("of %d came %d", n, at)
		}
	}
	for i := range ahead(numbers(100_000, nil)) {
		if i == 70 {
			break
		}
	}
	if !ended {
		t.Error("it still runs where nobody reads on")
	}
}

func TestTroubleAheadIsTheReaders(t *testing.T) {
	defer func() {
		if got := recover(); got != "no such column" {
			t.Errorf("the reader got %v", got)
		}
	}()
	for range ahead(func(yield func(int, error) bool) { yield(1, nil); panic("no such column") }) {
	}
	t.Error("nobody heard of it")
}
