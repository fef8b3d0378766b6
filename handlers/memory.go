package handlers

import (
	"sync"

	"ashar/data"
)

// owned is a thing of a municipality. An ID alone does not name one: whoever makes
// a thing chooses its ID, and can choose that of another municipality's.
type owned struct{ municipality, id data.ID }

// memory keeps what was made for things, and makes it when it is first asked for. Once it holds the most, any one is forgotten for a new one:
// it will be made again.
type memory[T any] struct {
	most int
	make func() *T
	mu   sync.Mutex
	kept map[owned]*T
}

func newMemory[T any](most int, make func() *T) *memory[T] {
	return &memory[T]{most: most, make: make, kept: map[owned]*T{}}
}

func (m *memory[T]) of(one owned) *T {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.kept[one]
	if kept == nil {
		if len(m.kept) >= m.most {
			for other := range m.kept {
				delete(m.kept, other)
				break
			}
		}
		kept = m.make()
		m.kept[one] = kept
	}
	return kept
}
