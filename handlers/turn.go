package handlers

import "sync"

// turns make what many ask for at once, one at a time for each key. Whoever waits
// while something is made gets what is made next, together with all others who wait:
// so nobody gets what was begun before they asked, and however many ask and however
// fast things change, nothing is made twice side by side.
type turns[T any] struct {
	mu sync.Mutex
	of map[string]*turn[T] // those that somebody waits for
}

type turn[T any] struct {
	waiting int // with begun, under the lock of all turns
	begun   int

	mu   sync.Mutex
	at   int // which one last is
	last T
}

// take is what make makes, or what somebody else has made meanwhile.
func (t *turns[T]) take(key string, make func() (T, error)) (T, error) {
	one, came := t.enter(key)
	defer t.leave(key, one)
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.at > came {
		return one.last, nil
	}
	at := t.begin(one)
	made, err := make()
	if err == nil {
		one.at, one.last = at, made
	}
	return made, err
}

func (t *turns[T]) enter(key string) (one *turn[T], came int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil {
		t.of = map[string]*turn[T]{}
	}
	if one = t.of[key]; one == nil {
		one = &turn[T]{}
		t.of[key] = one
	}
	one.waiting++
	return one, one.begun
}

func (t *turns[T]) begin(one *turn[T]) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	one.begun++
	return one.begun
}

func (t *turns[T]) leave(key string, one *turn[T]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one.waiting--; one.waiting == 0 {
		delete(t.of, key)
	}
}
