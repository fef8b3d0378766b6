package data

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
)

// codeLetters cannot be taken for one another when they are read out or written
// by hand.
var codeLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Code is six letters that stand for all numbers of the sheet. It is printed on
// the protocol: a sheet whose numbers were changed after the signing has
// another one. Notes, and in which order things were written down, are not part
// of it.
func (s *Sheet) Code() string {
	var lines []string
	for cell, c := range s.counts {
		if c.N > 0 {
			lines = append(lines, fmt.Sprintf("n %q %q %q %s %d", cell.Group.Sex, cell.Group.Band, cell.Group.Tag, cell.Problem, c.N))
		}
	}
	for _, b := range s.Ballots {
		lines = append(lines, fmt.Sprintf("b %q %q %q %s", b.Group.Sex, b.Group.Band, b.Group.Tag, b.Ballot.code()))
	}
	for pair, said := range s.Pairs {
		lines = append(lines, fmt.Sprintf("p %s %s %d", pair.A, pair.B, said.N))
	}
	if s.Order != nil {
		lines = append(lines, "o "+s.Order.Ballot.code())
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(s.Session.ID.String() + "\n" + strings.Join(lines, "\n")))
	return codeLetters.EncodeToString(sum[:])[:6]
}

// code writes a ballot in one way only.
func (b Ballot) code() string {
	parts := make([]string, len(b))
	for i, c := range b {
		parts[i] = fmt.Sprintf("%d:%s:%d", c.Place, c.Problem, c.Points)
	}
	slices.Sort(parts) // tied problems stand in no order
	return strings.Join(parts, " ")
}
