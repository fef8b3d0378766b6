package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"ashar/data"
)

// PB writes a round in PabuLib's format.
//
// An age band goes into the column age as a bucket, "18-28", which the format
// knows; an open one ends at 150. What the format lacks stands in columns of
// our own, only where it is needed: places for orders with ties, tag for
// categories. What is not known, such as the cost of a problem or a budget, is
// left empty rather than made up. Sessions without ballots are named in META.
func PB(w io.Writer, r Round) error {
	s, err := look(r)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	writeMeta(out, r, s)
	writeProjects(out, r, s)
	if err := writeVotes(out, r, s); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// The writer keeps the first error for the end, so that the rows need not look.

func writeMeta(out *csv.Writer, r Round, s *survey) {
	put := func(key, value string) {
		if value != "" {
			_ = out.Write([]string{key, value})
		}
	}
	_ = out.Write([]string{"META"})
	put("key", "value")
	put("description", strings.Trim(line(r.Municipality)+", "+line(r.Name), ", "))
	put("unit", line(r.Municipality))
	put("instance", line(r.Name))
	put("num_projects", strconv.Itoa(len(r.Problems)))
	put("num_votes", strconv.Itoa(s.ballots))
	put("vote_type", string(s.kind))
	put("rule", "unknown")
	put("date_begin", day(r.Starts))
	put("date_end", day(r.Ends))
	if r.Top > 0 {
		put("max_length", strconv.Itoa(r.Top))
	}
	var left []string
	for _, one := range r.LeftOut {
		left = append(left, fmt.Sprintf("%s: %s %s", one.Form, line(one.Village), one.Date))
	}
	put("left_out", strings.Join(left, " | "))
}

// day is a date as PabuLib writes it.
func day(d data.Date) string {
	if !d.Valid() {
		return ""
	}
	return d.Time().Format("02.01.2006")
}

func writeProjects(out *csv.Writer, r Round, s *survey) {
	_ = out.Write([]string{"PROJECTS"})
	head := []string{"project_id", "cost", "votes", "name"}
	if s.points {
		head = append(head, "score")
	}
	_ = out.Write(head)
	for i, p := range r.Problems {
		row := []string{s.ids[p.ID], p.Cost, strconv.Itoa(s.votes[i]), line(p.Title)}
		if s.points {
			row = append(row, strconv.Itoa(s.score[i]))
		}
		_ = out.Write(row)
	}
}

func writeVotes(out *csv.Writer, r Round, s *survey) error {
	head := []string{"voter_id", "vote", "points", "age", "sex", "district", "places", "tag"}
	has := []bool{true, true, s.points, true, true, true, s.kind == ordinal && s.ties, s.tags}
	write := func(cells []string) {
		row := cells[:0:0]
		for i, cell := range cells {
			if has[i] {
				row = append(row, cell)
			}
		}
		_ = out.Write(row)
	}
	_ = out.Write([]string{"VOTES"})
	write(head)
	n := 0
	for b, err := range r.Ballots {
		if err != nil {
			return err
		}
		n++
		vote := list(b.Choices, func(c data.Choice) string { return s.ids[c.Problem] })
		points := ""
		if s.kind != ordinal || pointed(b) {
			points = list(b.Choices, func(c data.Choice) string { return strconv.Itoa(c.Points) })
		}
		tiers := list(b.Choices, func(c data.Choice) string { return strconv.Itoa(c.Place) })
		write([]string{strconv.Itoa(n), vote, points, bucket(b.Group.Band), letter(b.Group.Sex), line(b.Village), tiers, b.Group.Tag})
	}
	return nil
}

func list(b data.Ballot, of func(data.Choice) string) string {
	parts := make([]string, len(b))
	for i, c := range b {
		parts[i] = of(c)
	}
	return strings.Join(parts, ",")
}

// bucket is a band as PabuLib writes one.
func bucket(b data.Band) string {
	from, to, err := b.Ages()
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d-%d", from, to)
}

func letter(s data.Sex) string {
	switch s {
	case data.Female:
		return "F"
	case data.Male:
		return "M"
	}
	return ""
}
