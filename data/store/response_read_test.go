package store

import (
	"bytes"
	"slices"
	"testing"

	"ashar/data"
)

// A file tells of every response once, in the order of their keys, however many
// are read ahead of it; who stops early leaves nothing behind.
func TestFilesTellOfResponsesByTheirKeys(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		var want []data.Response
		for range 150 {
			want = append(want, a.answer(t, s, "суу"))
		}
		slices.SortFunc(want, func(a, b data.Response) int { return bytes.Compare(a.Key[:], b.Key[:]) })
		for i := range want {
			want[i].Key, want[i].Seconds, want[i].Changed = data.Key{}, 0, data.ID{}
		}
		for _, most := range []int{150, 1, 64, 65} {
			var told []data.Response
			for r, err := range s.Shuffled(t.Context(), a.municipality, a.survey.ID) {
				must(t, err)
				if told = append(told, r); len(told) == most {
					break
				}
			}
			same(t, want[:most], told)
		}
	})
}

// Answers that cannot be made out are an error, and the end.
func TestBrokenAnswersAreNotPassedOver(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		a := ask(t, s)
		a.answer(t, s, "суу")
		must(t, s.update(t.Context(), func(t tx) error {
			_, err := t.exec(`UPDATE response SET body = $1`, []byte(`{"need":`))
			return err
		}))
		n := 0
		for _, err := range s.Shuffled(t.Context(), a.municipality, a.survey.ID) {
			if n++; err == nil {
				t.Fatal("read")
			}
		}
		same(t, 1, n)
	})
}
