package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"ashar/data"
)

// CSV writes a round as the long CSV, one line for each problem on each ballot,
// for machines and to be read again: commas, every text as it is.
//
// The last columns depend on the ballots: points or score where these say the
// order, none where a ballot is a set without order, otherwise place, with
// points where some ballots carry them.
func CSV(w io.Writer, r Round) error {
	return writeCSV(csv.NewWriter(w), r, line)
}

// SpreadsheetCSV writes the same for people who open it in a spreadsheet: a
// byte order mark and semicolons, which Excel wants here, and texts that it
// would take for a formula made harmless. It is not for reading again, for the
// apostrophes would become part of the titles.
func SpreadsheetCSV(w io.Writer, r Round) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	return writeCSV(out, r, Harmless)
}

// Harmless is a text that no spreadsheet takes for a formula, on one line: what
// begins as one gets an apostrophe before it.
func Harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + line(s)
	}
	s = line(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

func writeCSV(out *csv.Writer, r Round, text func(string) string) error {
	s, err := look(r)
	if err != nil {
		return err
	}
	head := []string{"ballot", "village", "sex", "band", "tag", "problem_id", "title"}
	switch s.kind {
	case cumulative:
		head = append(head, "points")
	case scoring:
		head = append(head, "score")
	case ordinal:
		head = append(head, "place")
		if s.points {
			head = append(head, "points")
		}
	}
	_ = out.Write(head) // the writer keeps the first error for the end
	n := 0
	for b, err := range r.Ballots {
		if err != nil {
			return err
		}
		n++
		sex := ""
		if b.Group.Sex != data.UnknownSex {
			sex = b.Group.Sex.Key()
		}
		person := []string{strconv.Itoa(n), text(b.Village), sex, string(b.Group.Band), text(b.Group.Tag)}
		for _, c := range b.Choices {
			row := append(person[:len(person):len(person)], text(s.ids[c.Problem]), text(r.Problems[s.index[c.Problem]].Title))
			_ = out.Write(append(row, s.numbers(b, c)...))
		}
	}
	out.Flush()
	return out.Error()
}

// numbers are the last columns of a line.
func (s *survey) numbers(b Ballot, c data.Choice) []string {
	points := strconv.Itoa(c.Points)
	switch {
	case s.kind == approval:
		return nil
	case s.kind != ordinal:
		return []string{points}
	case !s.points:
		return []string{strconv.Itoa(c.Place)}
	case !pointed(b):
		points = ""
	}
	return []string{strconv.Itoa(c.Place), points}
}
