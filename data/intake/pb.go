package intake

import (
	"slices"
	"strings"

	"ashar/data"
)

// pb reads PabuLib's format. Beside its own columns it knows `band`, and
// `places` for orders that have ties.
type pb struct {
	*reading
	section  string
	done     map[string]bool // sections met
	columns  columns         // of the section, nil before its header
	width    int             // of its header
	kind     string          // vote_type
	voters   map[string]int32
	lineOf   []int32 // by ballot
	choices  []Choice
	ids      []string
	points   []int32
	places   []int32
	numerals []string
}

// columns is where each column of a table stands.
type columns map[string]int

func (c columns) of(fields []string, name string) string {
	if i, ok := c[name]; ok && i < len(fields) {
		return fields[i]
	}
	return ""
}

// newColumns reads a header, and names a column that comes twice.
func newColumns(fields []string) (c columns, twice string) {
	c = columns{}
	for i, name := range fields {
		name = strings.ToLower(tidy(name))
		if _, ok := c[name]; ok && name != "" {
			twice = name
		}
		c[strings.Clone(name)] = i
	}
	return c, twice
}

// first is the first of some columns that the table has.
func (c columns) first(names ...string) string {
	for _, name := range names {
		if _, ok := c[name]; ok {
			return name
		}
	}
	return ""
}

func (r *reading) readPB() error {
	r.file.Kind, r.file.Meta, r.comma = "pb", map[string]string{}, ';'
	p := &pb{reading: r, done: map[string]bool{}, voters: map[string]int32{}}
	if err := r.records(p.record); err != nil {
		return err
	}
	for _, s := range []string{"projects", "votes"} {
		if !p.done[s] {
			r.refuse(0, "import.refused.section", "section", strings.ToUpper(s))
		}
	}
	p.name()
	p.compare()
	return nil
}

func (p *pb) record(fields []string) error {
	rows := &p.file.Report.Rows
	voting := p.section == "votes" && p.columns != nil
	if blank(fields) {
		p.skip(p.first, "import.skipped.blank")
		if voting {
			rows.All++
			rows.Skipped++
		}
		return nil
	}
	if name := strings.ToLower(strings.TrimSpace(fields[0])); slices.Contains([]string{"meta", "projects", "votes"}, name) && blank(fields[1:]) {
		return p.open(name)
	}
	switch {
	case p.section == "meta":
		p.meta(fields)
	case p.columns == nil:
		return p.head(fields)
	case voting:
		p.row(fields)
	case p.fits(fields, p.width):
		p.project(fields)
	}
	return nil
}

func (p *pb) open(name string) error {
	switch {
	case p.done[name]:
		return p.stop(p.first, "import.refused.section.twice", "section", strings.ToUpper(name))
	case name == "votes" && !p.done["projects"]:
		return p.stop(p.first, "import.refused.section", "section", "PROJECTS")
	}
	p.section, p.done[name], p.columns = name, true, nil
	return nil
}

// meta keeps a line of META. Semicolons that somebody forgot to quote belong to
// the value.
func (p *pb) meta(fields []string) {
	key := strings.ToLower(tidy(fields[0]))
	value := tidy(strings.TrimRight(strings.Join(fields[1:], ";"), "; "))
	if key == "key" && strings.EqualFold(value, "value") {
		return
	}
	if _, ok := p.file.Meta[key]; ok {
		p.warn(p.first, "import.warned.meta", "key", key)
	}
	p.file.Meta[key] = value
}

func (p *pb) head(fields []string) error {
	var twice string
	p.width = len(fields)
	if p.columns, twice = newColumns(fields); twice != "" {
		return p.stop(p.first, "import.refused.column.twice", "column", twice)
	}
	need := []string{"project_id"}
	if p.section == "votes" {
		need = []string{"voter_id", "vote"}
		p.kind = strings.ToLower(p.file.Meta["vote_type"])
		if !slices.Contains([]string{"approval", "choose-1", "cumulative", "ordinal", "scoring"}, p.kind) {
			return p.stop(p.first, "import.refused.type", "type", p.kind)
		}
		if p.kind == "cumulative" || p.kind == "scoring" {
			need = append(need, "points")
			p.file.Points = true
		}
		if p.kind == "scoring" {
			p.file.Form = data.Scores
		}
	}
	for _, name := range need {
		if p.columns.first(name) == "" {
			return p.stop(p.first, "import.refused.column", "column", name)
		}
	}
	if p.section == "projects" && p.columns.first("name") == "" {
		p.warn(p.first, "import.warned.titles")
	}
	return nil
}

// fits refuses a line with more fields than the header has columns: a semicolon
// that is not quoted, and so nobody knows which field is which.
func (r *reading) fits(fields []string, width int) bool {
	if len(fields) > width && !blank(fields[width:]) {
		r.refuse(r.first, "import.refused.fields", "n", len(fields), "max", width)
		return false
	}
	return true
}

func (p *pb) project(fields []string) {
	of := func(name string) string { return strings.Clone(tidy(p.columns.of(fields, name))) }
	id, long := cut(of("project_id"), MaxTitle)
	switch _, twice := p.problems[id]; {
	case id == "":
		p.refuse(p.first, "import.refused.project.none")
		return
	case twice || long:
		p.refuse(p.first, "import.refused.project.twice", "id", id)
		return
	}
	title := of("name")
	if title == "" {
		title = id
		if p.columns.first("name") != "" {
			p.warn(p.first, "import.warned.title.none", "id", id)
		}
	}
	problem := Problem{Source: id, Title: title, Cost: of("cost"), Category: of(p.columns.first("category", "categories"))}
	problem.Votes = p.stated("votes", of("votes"))
	problem.Score = p.stated("score", of("score"))
	if _, ok := p.addProblem(problem); !ok {
		p.refuse(p.first, "import.refused.problems", "max", MaxProblems)
	}
}

// stated is a count that the file gives; nil where it gives none.
func (p *pb) stated(column, raw string) *int {
	n, ok := whole(raw)
	switch {
	case ok:
		return &n
	case !nothing(raw):
		p.warn(p.first, "import.warned.number", "column", column, "raw", raw)
	}
	return nil
}
