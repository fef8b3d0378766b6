package intake

import "ashar/data"

// maxNotes is how many notes of one key are kept; all are counted.
const maxNotes = 1000

// Report says what became of a file. It holds message keys, no words, and no
// exact age of anybody.
type Report struct {
	Kind     string  `json:"kind"`
	Title    string  `json:"title"`
	Lines    int     `json:"lines"` // of the whole file
	Rows     Rows    `json:"rows"`
	Problems int     `json:"problems"`
	Villages int     `json:"villages"` // named ones
	Ballots  int     `json:"ballots"`
	Sexes    []Count `json:"sexes"` // voters by sex, in data.Sexes' order
	Bands    []Count `json:"bands"` // voters by band, in the scheme's order, unknown last
	Mapped   Part    `json:"mapped"`
	Warned   Part    `json:"warned"`
	Skipped  Part    `json:"skipped"`
	Refused  Part    `json:"refused"`
}

// Rows counts the lines that tell of votes: All = Read + Skipped + Refused.
type Rows struct {
	All     int `json:"all"`
	Read    int `json:"read"`
	Skipped int `json:"skipped"`
	Refused int `json:"refused"`
}

// Count is a number of voters.
type Count struct {
	Key string `json:"key"`
	N   int    `json:"n"`
}

// Part is one kind of notes: the first thousand of each key, and how many there
// were of each.
type Part struct {
	Counts map[string]int `json:"counts,omitempty"`
	Notes  []Note         `json:"notes,omitempty"`
}

// Note is one line of a report: a message key with the values of its
// placeholders, as in data.Fault. Line is 0 where it is about the whole file.
type Note struct {
	Line int    `json:"line,omitempty"`
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// Total is the number of notes, those that were not kept included.
func (p Part) Total() int {
	sum := 0
	for _, n := range p.Counts {
		sum += n
	}
	return sum
}

func (p *Part) add(line int, key string, args ...any) {
	if p.Counts == nil {
		p.Counts = map[string]int{}
	}
	p.Counts[key]++
	if p.Counts[key] > maxNotes {
		return
	}
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i], _ = cut(s, 80)
		}
	}
	p.Notes = append(p.Notes, Note{line, key, args})
}

// people counts voters by sex and band.
func (r *Report) people(ballots []Ballot, scheme data.Scheme) {
	sexes, bands := map[data.Sex]int{}, map[data.Band]int{}
	for _, b := range ballots {
		sexes[b.Group.Sex]++
		bands[b.Group.Band]++
	}
	for _, s := range data.Sexes {
		r.Sexes = append(r.Sexes, Count{s.Key(), sexes[s]})
	}
	for _, b := range scheme.Bands {
		r.Bands = append(r.Bands, Count{b.Key(), bands[b]})
	}
	r.Bands = append(r.Bands, Count{data.Band("").Key(), bands[""]})
}
