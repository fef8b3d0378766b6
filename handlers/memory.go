package handlers

import (
	"sync"

	"ashar/data"
)

// memory keeps what was made for things, by their ID, and makes it when it is
// first asked for. Once it holds the most, any one is forgotten for a new one:
// it will be made again.
type memory[T any] struct {
	most int
	make func() *T
	mu   sync.Mutex
	kept map[data.ID]*T
}

func newMemory[T any](most int, make func() *T) *memory[T] {
	return &memory[T]{most: most, make: make, kept: map[data.ID]*T{}}
}

func (m *memory[T]) of(id data.ID) *T {
	m.mu.Lock()
	defer m.mu.Unlock()
	one := m.kept[id]
	if one == nil {
		if len(m.kept) >= m.most {
			for other := range m.kept {
				delete(m.kept, other)
				break
			}
		}
		one = m.make()
		m.kept[id] = one
	}
	return one
}
