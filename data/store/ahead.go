package store

import "iter"

// ahead runs a sequence in a goroutine of its own, up to some hundred ahead of who
// ranges over it. A panic in it becomes one of who ranges.
func ahead[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	type item struct {
		value T
		err   error
	}
	const size = 64
	return func(yield func(T, error) bool) {
		batches, stop := make(chan []item, 4), make(chan struct{})
		var trouble any
		go func() {
			defer close(batches)
			defer func() { trouble = recover() }()
			batch := make([]item, 0, size)
			send := func() bool {
				select {
				case batches <- batch:
					batch = make([]item, 0, size)
					return true
				case <-stop:
					return false
				}
			}
			for value, err := range seq {
				if batch = append(batch, item{value, err}); len(batch) == size && !send() {
					return
				}
			}
			send()
		}()
		defer func() { // the reader has let go of the database when we return
			close(stop)
			for range batches {
			}
		}()
		for batch := range batches {
			for _, one := range batch {
				if !yield(one.value, one.err) {
					return
				}
			}
		}
		if trouble != nil {
			panic(trouble)
		}
	}
}
