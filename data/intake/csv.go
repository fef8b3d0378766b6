package intake

import (
	"slices"
	"strings"
)

// csv reads the long CSV: one line for each problem on each ballot, in any
// order. Its columns, in any order too: ballot, village, sex, age or band, tag,
// problem (a title or an id; problem_id and title tell the two apart), and
// place, points or score. With none of the last three a ballot is an approval.
type csv struct {
	*reading
	columns columns // nil before the header
	width   int
	points  string // the column of points or scores, "" where there is none
	ballots []rough
	at      map[string]int32 // ballot -> index
}

// rough is a ballot of which more lines may come.
type rough struct {
	voter                 string
	choices               []Choice
	village               int32 // -1 while no line says it
	sex, band, tag        int32 // values of people
	line                  int32 // the first
	rows, placed, pointed int32 // lines; those with a place; with points
}

// known are the columns of the long CSV.
var known = []string{"ballot", "village", "sex", "age", "band", "tag", "problem", "problem_id", "title", "place", "points", "score"}

// sniff is the delimiter that makes the most of a header.
func sniff(head string) byte {
	best, most := byte(','), 0
	for _, comma := range []byte(",;\t") {
		n := 0
		for name := range strings.SplitSeq(head, string(comma)) {
			if slices.Contains(known, strings.ToLower(strings.Trim(name, " \""))) {
				n++
			}
		}
		if n > most {
			best, most = comma, n
		}
	}
	return best
}

func (r *reading) readCSV(head string) error {
	r.file.Kind, r.comma = "csv", sniff(head)
	c := &csv{reading: r, at: map[string]int32{}}
	if err := r.records(c.record); err != nil {
		return err
	}
	c.finish()
	return nil
}

func (c *csv) record(fields []string) error {
	rows := &c.file.Report.Rows
	switch {
	case blank(fields):
		c.skip(c.first, "import.skipped.blank")
		if c.columns != nil {
			rows.All++
			rows.Skipped++
		}
		return nil
	case c.columns == nil:
		return c.head(fields)
	}
	rows.All++
	switch c.row(fields) {
	case taken:
		rows.Read++
	case skipped:
		rows.Skipped++
	case refused:
		rows.Refused++
	}
	return nil
}

func (c *csv) head(fields []string) error {
	var twice string
	c.width = len(fields)
	c.columns, twice = newColumns(fields)
	c.points = c.columns.first("points", "score")
	if c.points == "points" && c.columns.first("score") != "" {
		twice = "score"
	}
	switch {
	case c.columns.first("ballot") == "" || c.columns.first("problem_id", "problem", "title") == "":
		return c.stop(c.first, "import.refused.kind")
	case twice != "":
		return c.stop(c.first, "import.refused.column.twice", "column", twice)
	}
	for name := range c.columns {
		if !slices.Contains(known, name) && name != "" {
			c.warn(c.first, "import.warned.column", "column", name)
		}
	}
	if c.points == "score" {
		c.file.Form = "scores"
	}
	return nil
}

func (c *csv) row(fields []string) fate {
	if !c.fits(fields, c.width) {
		return refused
	}
	voter := tidy(c.columns.of(fields, "ballot"))
	if _, long := cut(voter, MaxTitle); long || voter == "" {
		c.refuse(c.first, "import.refused.voter", "max", MaxTitle)
		return refused
	}
	cell := func(names ...string) string {
		for _, name := range names {
			if s := tidy(c.columns.of(fields, name)); s != "" {
				return s
			}
		}
		return ""
	}
	id, title := cell("problem_id", "problem", "title"), cell("title", "problem", "problem_id")
	if id == "" {
		c.skip(c.first, "import.skipped.empty")
		return skipped
	}
	choice := Choice{Place: 1}
	placed, ok := c.number(&choice.Place, cell("place"), "import.refused.place", 1)
	pointed, fine := c.number(&choice.Points, cell(c.points), "import.refused.points", c.least())
	if !ok || !fine {
		return refused
	}
	if choice.Problem, ok = c.problem(id, title); !ok {
		c.refuse(c.first, "import.refused.problems", "max", MaxProblems)
		return refused
	}
	b := c.ballot(voter)
	if b == nil {
		c.refuse(c.first, "import.refused.ballots", "max", MaxBallots)
		return refused
	}
	if !c.person(b, fields) || !c.add(b, choice) {
		return refused
	}
	b.rows++
	b.placed += one(placed)
	b.pointed += one(pointed)
	return taken
}

func one(yes bool) int32 {
	if yes {
		return 1
	}
	return 0
}

// least is the fewest points that can be given: fewer than none only where they
// are scores, or where the order does not come from them.
func (c *csv) least() int {
	if c.points == "score" || c.columns.first("place") != "" {
		return -MaxPoints
	}
	return 0
}

func (c *csv) number(into *int32, raw, key string, least int) (some, ok bool) {
	if raw == "" {
		return false, true
	}
	n, isNumber := whole(raw)
	if !isNumber || n < least || n > MaxPoints {
		c.refuse(c.first, key, "raw", raw)
		return true, false
	}
	*into = int32(n)
	return true, true
}

// problem finds or makes the problem of a line.
func (c *csv) problem(id, title string) (int32, bool) {
	id, _ = cut(id, MaxTitle) // cut titles are warned of
	if i, ok := c.problems[id]; ok {
		short, _ := cut(title, MaxTitle)
		if had := c.file.Problems[i].Title; short != had && title != id {
			c.warn(c.first, "import.warned.title.other", "id", id, "first", had)
		}
		return i, true
	}
	return c.addProblem(Problem{Source: strings.Clone(id), Title: strings.Clone(title)})
}

// ballot finds or makes the ballot of a line, nil where there are too many.
func (c *csv) ballot(voter string) *rough {
	i, ok := c.at[voter]
	if !ok {
		if len(c.ballots) == MaxBallots {
			return nil
		}
		voter = strings.Clone(voter)
		i = int32(len(c.ballots))
		c.at[voter] = i
		c.ballots = append(c.ballots, rough{voter: voter, village: -1, line: int32(c.first), sex: -1, band: -1, tag: -1})
	}
	return &c.ballots[i]
}

// person reads who cast the ballot. An empty cell says nothing, so that one
// line of a ballot may speak for all; two that say different things are refused.
func (c *csv) person(b *rough, fields []string) bool {
	ok := c.village32(b, c.columns.of(fields, "village"))
	ok = c.same(&b.sex, c.people.sex(c.columns.of(fields, "sex")), "sex") && ok
	ok = c.same(&b.band, c.people.band(c.columns.of(fields, "age"), c.columns.of(fields, "band")), c.columns.first("age", "band")) && ok
	return c.same(&b.tag, c.people.tag(c.columns.of(fields, "tag")), "tag") && ok
}

func (c *csv) same(had *int32, now int32, column string) bool {
	values := c.people.values
	switch {
	case *had < 0 || values[*had].empty:
		*had = now
	case values[now].empty || now == *had:
	case values[now].group != values[*had].group || values[now].key == "import.mapped.tag.unknown":
		c.refuse(c.first, "import.refused.conflict", "column", column)
		return false
	}
	return true
}

func (c *csv) village32(b *rough, raw string) bool {
	if nothing(tidy(raw)) {
		return true
	}
	i := int32(c.village(raw))
	switch {
	case i < 0:
		c.refuse(c.first, "import.refused.villages", "max", MaxVillages)
		return false
	case b.village >= 0 && b.village != i:
		c.refuse(c.first, "import.refused.conflict", "column", "village")
		return false
	}
	b.village = i
	return true
}

func (c *csv) add(b *rough, choice Choice) bool {
	for i := range b.choices {
		if b.choices[i].Problem == choice.Problem {
			return c.merge(&b.choices[i], choice)
		}
	}
	b.choices = append(b.choices, choice)
	return true
}

// finish makes ballots of what was collected.
func (c *csv) finish() {
	rows := &c.file.Report.Rows
	c.at = nil
	c.file.Ballots = make([]Ballot, 0, len(c.ballots))
	for i := range c.ballots {
		b := &c.ballots[i]
		if b.rows == 0 { // all its lines are refused
			continue
		}
		if !c.even(b, b.placed, "place") || !c.even(b, b.pointed, c.points) {
			rows.Refused += int(b.rows)
			rows.Read -= int(b.rows)
			continue
		}
		village := int(b.village)
		if village < 0 {
			village = c.village("")
		}
		c.file.Points = c.file.Points || b.pointed > 0
		settle(b.choices, b.placed == 0 && b.pointed > 0)
		c.people.count(int(b.line), b.sex, b.band, b.tag)
		c.file.Ballots = append(c.file.Ballots, Ballot{Voter: b.voter, Village: village, Group: c.people.group(b.sex, b.band, b.tag), Choices: c.store(b.choices)})
		b.choices = nil
	}
}

// even wants a place, or points, on all lines of a ballot or on none.
func (c *csv) even(b *rough, some int32, column string) bool {
	if some == 0 || some == b.rows {
		return true
	}
	c.refuse(int(b.line), "import.refused.some", "column", column)
	return false
}
