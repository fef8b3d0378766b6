package handlers

import (
	"testing"

	"ashar/data/store"
	"ashar/data/storetest"
)

// eachEngine runs a test on a new store of every engine.
func eachEngine(t *testing.T, do func(*testing.T, *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, place string) {
		opened, err := store.Open(t.Context(), place, Mint)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { opened.Close() })
		do(t, opened)
	})
}
