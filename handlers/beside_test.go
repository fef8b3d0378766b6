package handlers

import "testing"

func TestTroubleBesideIsTheCallers(t *testing.T) {
	fails, works := func() { panic("trouble") }, func() {}
	for name, two := range map[string][2]func(){"the other": {fails, works}, "its own": {works, fails}, "both": {fails, fails}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the caller knows of no trouble", name)
				}
			}()
			beside(two[0], two[1])
		}()
	}
	done := 0
	beside(func() { done++ }, works)
	if done != 1 {
		t.Error("it did not wait for the other")
	}
}
