package handlers

import (
	"errors"
	"runtime"
	"sync"
	"testing"
)

// crowded waits until so many ask for the page.
func crowded(t *turns[int], n int) {
	for {
		t.mu.Lock()
		one := t.of["page"]
		there := one != nil && one.waiting == n && one.begun == 1
		t.mu.Unlock()
		if there {
			return
		}
		runtime.Gosched()
	}
}

// What was begun before somebody asked may not know what they have just written.
func TestWhoWaitsSharesWhatIsMadeNext(t *testing.T) {
	var all turns[int]
	made, gate := 0, make(chan struct{})
	makes := func() (int, error) {
		made++
		<-gate
		return made, nil
	}
	got := make([]int, 8)
	var viewers sync.WaitGroup
	viewers.Go(func() { got[0], _ = all.take("page", makes) })
	crowded(&all, 1)
	for i := range got[1:] {
		viewers.Go(func() { got[i+1], _ = all.take("page", makes) })
	}
	crowded(&all, len(got))
	close(gate)
	viewers.Wait()
	for i, n := range got {
		if n != min(i+1, 2) {
			t.Errorf("viewer %d got number %d", i, n)
		}
	}
	if made != 2 || len(all.of) != 0 {
		t.Errorf("made %d times, %d are kept", made, len(all.of))
	}
}

func TestTroubleOfOneViewerIsNotTheOthers(t *testing.T) {
	var all turns[int]
	gate, tries := make(chan struct{}), 0
	makes := func() (int, error) {
		if tries++; tries == 1 {
			<-gate
		}
		if tries == 2 {
			return 0, errors.New("gone away")
		}
		return tries, nil
	}
	var viewers sync.WaitGroup
	viewers.Go(func() { all.take("page", makes) })
	crowded(&all, 1)
	var got [3]int
	for i := range got {
		viewers.Go(func() { got[i], _ = all.take("page", makes) })
	}
	crowded(&all, 1+len(got))
	close(gate)
	viewers.Wait()
	if tries != 3 || got[0]+got[1]+got[2] != 6 {
		t.Errorf("%d tries, and they got %v", tries, got)
	}
}
