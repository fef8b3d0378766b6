package intake

import (
	"slices"
	"strings"
)

// fate is what becomes of a row of votes.
type fate int

const (
	taken fate = iota
	skipped
	refused
)

// row reads a line of VOTES.
func (p *pb) row(fields []string) {
	rows := &p.file.Report.Rows
	rows.All++
	switch p.cast(fields) {
	case taken:
		rows.Read++
	case skipped:
		rows.Skipped++
	case refused:
		rows.Refused++
	}
}

func (p *pb) cast(fields []string) fate {
	if !p.fits(fields, p.width) {
		return refused
	}
	voter := tidy(p.columns.of(fields, "voter_id"))
	if _, long := cut(voter, MaxTitle); long || voter == "" {
		p.refuse(p.first, "import.refused.voter", "max", MaxTitle)
		return refused
	}
	if !p.choice(fields) {
		return refused
	}
	if len(p.choices) == 0 {
		p.skip(p.first, "import.skipped.empty")
		return skipped
	}
	village := p.village(p.columns.of(fields, p.columns.first("district", "neighborhood")))
	if village < 0 {
		p.refuse(p.first, "import.refused.villages", "max", MaxVillages)
		return refused
	}
	sex := p.people.sex(p.columns.of(fields, "sex"))
	band := p.people.band(p.columns.of(fields, "age"), p.columns.of(fields, "band"))
	tag := p.people.tag(p.columns.of(fields, "tag"))
	b := Ballot{Voter: voter, Village: village, Group: p.people.group(sex, band, tag), Choices: p.choices}
	if i, twice := p.voters[voter]; twice {
		return p.again(b, p.file.Ballots[i], int(p.lineOf[i]))
	}
	if len(p.file.Ballots) == MaxBallots {
		p.refuse(p.first, "import.refused.ballots", "max", MaxBallots)
		return refused
	}
	p.people.count(p.first, sex, band, tag)
	b.Voter, b.Choices = strings.Clone(voter), p.store(p.choices)
	p.voters[b.Voter] = int32(len(p.file.Ballots))
	p.lineOf = append(p.lineOf, int32(p.first))
	p.file.Ballots = append(p.file.Ballots, b)
	return taken
}

// again judges a second line of one voter: the same ballot once more is one
// ballot, another one nobody can choose between.
func (p *pb) again(b, before Ballot, line int) fate {
	if b.Village == before.Village && b.Group == before.Group && slices.Equal(b.Choices, before.Choices) {
		p.skip(p.first, "import.skipped.twice", "first", line)
		return skipped
	}
	p.refuse(p.first, "import.refused.voter.twice", "first", line)
	return refused
}

// choice reads the ballot of a line into p.choices. All that is wrong with it
// is said.
func (p *pb) choice(fields []string) bool {
	p.ids = list(p.ids, p.columns.of(fields, "vote"))
	p.choices = p.begin(p.choices)
	pointed, ok := p.numbers(&p.points, fields, "points", -MaxPoints)
	placed, fine := p.numbers(&p.places, fields, "places", 1)
	ok = ok && fine
	switch {
	case p.kind == "cumulative" || p.kind == "scoring":
		if ok && !pointed && len(p.ids) > 0 {
			p.refuse(p.first, "import.refused.points.number", "n", 0, "max", len(p.ids))
			ok = false
		}
	case p.kind != "ordinal" && pointed:
		p.warn(p.first, "import.warned.points")
		pointed = false
	}
	for i, id := range p.ids {
		at, known := p.problems[tidy(id)]
		if !known {
			p.refuse(p.first, "import.refused.project.unknown", "id", tidy(id))
			ok = false
		}
		if !ok {
			continue
		}
		c := Choice{Problem: at, Place: 1}
		if pointed {
			c.Points = p.points[i]
		}
		if p.kind == "ordinal" && placed {
			c.Place = p.places[i]
		} else if p.kind == "ordinal" {
			c.Place = int32(i + 1)
		}
		p.choices, ok = p.choose(p.choices, c)
	}
	p.file.Points = p.file.Points || ok && pointed
	settle(p.choices, p.kind == "cumulative" || p.kind == "scoring")
	return ok
}

// numbers reads a list of whole numbers, one for each project of the vote.
// There may be none at all.
func (p *pb) numbers(into *[]int32, fields []string, column string, least int) (some, ok bool) {
	p.numerals = list(p.numerals, p.columns.of(fields, column))
	*into = (*into)[:0]
	if len(p.numerals) == 0 {
		return false, true
	}
	if len(p.numerals) != len(p.ids) {
		p.refuse(p.first, "import.refused.points.number", "n", len(p.numerals), "max", len(p.ids))
		return false, false
	}
	if p.kind == "cumulative" && column == "points" {
		least = 0
	}
	for _, s := range p.numerals {
		n, isNumber := whole(strings.TrimSpace(s))
		if !isNumber || n < least || n > MaxPoints {
			p.refuse(p.first, "import.refused.points", "raw", s)
			return false, false
		}
		*into = append(*into, int32(n))
	}
	return true, true
}

// list cuts a list at its commas. An empty field is no list; a comma too many
// at the end is none.
func list(into []string, s string) []string {
	into = into[:0]
	s = strings.TrimSuffix(strings.TrimSpace(s), ",")
	if strings.Trim(s, " ,") == "" {
		return into
	}
	for part := range strings.SplitSeq(s, ",") {
		into = append(into, part)
	}
	return into
}

// name calls the file what it calls itself.
func (p *pb) name() {
	f := p.file
	if title := f.Meta["description"]; title != "" {
		f.Title = title
	} else if title := strings.TrimSpace(f.Meta["unit"] + " " + f.Meta["instance"]); title != "" {
		f.Title = title
	}
}

// compare warns where the file's own sums are not what was counted, and where
// its limit of projects on a ballot is not kept. Where lines are refused the sums
// must differ, and say nothing.
func (p *pb) compare() {
	f := p.file
	if f.Report.Refused.Total() > 0 {
		return
	}
	votes, points := make([]int, len(f.Problems)), make([]int, len(f.Problems))
	longest := 0
	for _, b := range f.Ballots {
		longest = max(longest, len(b.Choices))
		for _, c := range b.Choices {
			votes[c.Problem]++
			points[c.Problem] += int(c.Points)
		}
	}
	for i, q := range f.Problems {
		if q.Votes != nil && *q.Votes != votes[i] {
			p.warn(0, "import.warned.votes", "id", q.Source, "stated", *q.Votes, "counted", votes[i])
		}
		if f.Points && q.Score != nil && *q.Score != points[i] {
			p.warn(0, "import.warned.score", "id", q.Source, "stated", *q.Score, "counted", points[i])
		}
	}
	if n, ok := whole(f.Meta["num_votes"]); ok && n != len(f.Ballots) {
		p.warn(0, "import.warned.ballots", "stated", n, "counted", len(f.Ballots))
	}
	if n, ok := whole(f.Meta["num_projects"]); ok && n != len(f.Problems) {
		p.warn(0, "import.warned.problems", "stated", n, "counted", len(f.Problems))
	}
	top, ok := whole(f.Meta["max_length"])
	switch {
	case !ok || top < 1 || top >= len(f.Problems):
	case longest > top:
		p.warn(0, "import.warned.top", "max", top, "longest", longest)
	default:
		f.Top = top
	}
}
