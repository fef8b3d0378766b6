package lang

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
)

// Collate compares two names as the language's alphabet orders them: ң after н, ө after о, ү after у, and 2 before
// 10. Different names are never equal, so an order is always the same one.
func (l *Lang) Collate(a, b string) int {
	// A collator keeps buffers and serves one caller at a time.
	c, ok := l.collators.Get().(*collate.Collator)
	if !ok {
		c = collate.New(l.tag, collate.Numeric)
	}
	defer l.collators.Put(c)
	return cmp.Or(c.CompareString(a, b), cmp.Compare(a, b))
}

// Sort puts names in the order of the language's alphabet.
func (l *Lang) Sort(names []string) { slices.SortFunc(names, l.Collate) }
