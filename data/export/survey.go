package export

import (
	"crypto/sha256"
	"encoding/base32"
	"iter"
	"slices"
	"strconv"
	"time"

	"ashar/data"
	"ashar/data/form"
)

// Survey is a survey as a file of its responses tells it: a line for each
// response, in an order that does not tell when it came.
type Survey struct {
	Title     data.Text
	Asked     []form.Asked
	Repeats   map[string]int // the most instances that anybody gave, by repeat
	Responses iter.Seq2[data.Response, error]
	Zone      *time.Location // whose days times are rounded to
	Village   func(data.ID) string
	Weight    func(*data.Response) float64 // nil where answers are not weighted
}

// column is one column of the wide table.
type column struct {
	asked  *form.Asked
	repeat string // in which it stands,
	row    int    // in this instance; -1 outside
	part   part
	choice int // of the question's; the second of a pair, or the place, is other
	other  int
}

// part is what a column tells of its question.
type part int

const (
	partValue  part = iota // the answer itself
	partState              // how the question was left
	partPicked             // 1 where the choice was taken, 0 where not
	partPlace              // rank: which choice stood in a place
	partRank               // rank: in which place a choice stood
	partPoints             // points of a choice
	partPair               // which of two choices came first
	partMark               // matrix: the mark of an item
)

// maxPairs bounds the columns of a question in pairs.
const maxPairs = 190

// columns of the wide table.
func (s *Survey) columns() (columns []column) {
	for i := range s.Asked {
		a := &s.Asked[i]
		rows := []int{-1}
		if a.Repeat != "" {
			rows = rows[:0]
			for row := range s.Repeats[a.Repeat] {
				rows = append(rows, row)
			}
		}
		for _, row := range rows {
			columns = append(columns, columnsOf(a, row)...)
		}
	}
	return columns
}

func columnsOf(a *form.Asked, row int) (columns []column) {
	add := func(p part, choice, other int) {
		columns = append(columns, column{a, a.Repeat, row, p, choice, other})
	}
	switch a.Kind {
	case form.Many:
		for i := range a.Choices {
			add(partPicked, i, 0)
		}
	case form.Rank:
		places := len(a.Choices)
		if a.Top > 0 {
			places = min(places, a.Top)
		}
		for place := range places {
			add(partPlace, 0, place)
		}
		for i := range a.Choices {
			add(partRank, i, 0)
		}
	case form.Points:
		for i := range a.Choices {
			add(partPoints, i, 0)
		}
	case form.Pairs:
		for i := range a.Choices {
			for j := i + 1; j < len(a.Choices) && len(columns) < maxPairs; j++ {
				add(partPair, i, j)
			}
		}
	case form.Matrix:
		for i := range a.Choices {
			add(partMark, i, 0)
		}
	default:
		add(partValue, 0, 0)
	}
	add(partState, 0, 0)
	return columns
}

// name of a column for machines.
func (c *column) name() string {
	name := c.asked.Name
	if c.row >= 0 {
		name = c.repeat + "/" + strconv.Itoa(c.row+1) + "/" + name
	}
	switch c.part {
	case partState:
		return name + "/_state"
	case partPlace:
		return name + "_" + strconv.Itoa(c.other+1)
	case partPicked, partRank, partPoints, partMark:
		return name + "/" + c.asked.Choices[c.choice].Name
	case partPair:
		return name + "/" + c.asked.Choices[c.choice].Name + "/" + c.asked.Choices[c.other].Name
	}
	return name
}

// head of a column for people.
func (c *column) head(v voice) string {
	head := v.text(c.asked.Label, c.asked.Name)
	if c.row >= 0 {
		head = strconv.Itoa(c.row+1) + ". " + head
	}
	choice := func(i int) string { return v.text(c.asked.Choices[i].Label, c.asked.Choices[i].Name) }
	switch c.part {
	case partState:
		return head + " – " + v.words("export.survey.state")
	case partPlace:
		return head + " – " + v.words("survey.place", "n", c.other+1)
	case partPicked, partRank, partPoints, partMark:
		return head + " – " + choice(c.choice)
	case partPair:
		return head + " – " + choice(c.choice) + " / " + choice(c.other)
	}
	return head
}

// voice says things in somebody's language; a machine's says names.
type voice struct {
	lang  string
	words Words
}

func (v voice) machine() bool { return v.words == nil }

// comma tells whether a spreadsheet of the language's people wants a comma in 2,5:
// it takes 2.5 for a day in May.
func (v voice) comma() bool { return v.lang == "ky" || v.lang == "ru" }

func (v voice) text(t data.Text, name string) string {
	if said, _ := t.In(v.lang); said != "" {
		return said
	}
	return name
}

func (v voice) choice(choices []form.Choice, name string) string {
	if v.machine() || name == "" {
		return name
	}
	if c, ok := form.ChoiceOf(choices, name); ok {
		return v.text(c.Label, name)
	}
	return name
}

// pseudonym of a response: the same in every file of a survey, and unlike its ID
// it does not tell when it was sent.
func pseudonym(r *data.Response) string {
	sum := sha256.Sum256(append(r.Survey[:], r.ID[:]...))
	return letters.EncodeToString(sum[:10])
}

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// facts are the columns before the answers. For machines their names begin with an
// underscore: a question may be named "village" too.
var facts = []string{"response", "day", "version", "language", "tier", "state", "village", "sex", "band"}

func (s *Survey) factHeads(v voice) []string {
	heads := slices.Clone(facts)
	if s.Weight != nil {
		heads = append(heads, "weight")
	}
	for i, fact := range heads {
		if v.machine() {
			heads[i] = "_" + fact
		} else {
			heads[i] = v.words("export.survey." + fact)
		}
	}
	return heads
}

func (s *Survey) facts(cells []any, r *data.Response, v voice) []any {
	sex, band, village := "", string(r.Band), ""
	if r.Sex != data.UnknownSex {
		sex = r.Sex.Key()
	}
	if !r.Village.Zero() {
		village = s.Village(r.Village)
	}
	tier, state := string(r.Tier), string(r.State)
	if !v.machine() {
		tier, state = v.words("survey.tier."+tier), v.words("survey.state."+state)
		sex = v.words("sex." + r.Sex.Key())
		if band == "" {
			band = v.words("band.unknown")
		}
	}
	cells = append(cells, pseudonym(r), r.Received.In(s.Zone).Format(time.DateOnly), r.Version, r.Lang, tier, state, village, sex, band)
	if s.Weight != nil {
		cells = append(cells, fifteen(s.Weight(r)))
	}
	return cells
}
