package form

import (
	"crypto/sha256"
	"slices"

	"ashar/data"
	"ashar/data/rank"
)

// Cell is the finest kind of people that answers are counted by.
type Cell struct {
	Village data.ID
	Sex     data.Sex
	Band    data.Band
	Tier    data.Tier
}

// Tally is what the responses of a survey say, added up by cell. It only ever
// adds: when a response that is in it changes, a new one is begun.
type Tally struct {
	Asked  []Asked // every question of every version, in the order of the newest
	States map[data.Tier]map[data.State]int
	Flags  map[data.Flag]int // of those that are held
	Cells  map[Cell][]Count  // by question, as in Asked
	People map[Cell]int      // responses that count
	Texts  [][]Written       // by question: the open answers, as they came

	meters map[int][]meter // by version
	merges data.Merges
}

// Asked is a question of the survey with all choices that any version gave it.
// The newest version's words are taken.
type Asked struct {
	*Question
	Choices []Choice
	IDs     []data.ID // of the choices: the problem a choice stands for, or an ID made of its name
	Marks   []Choice
	Repeat  string  // the repeat it is in
	Offers  []Offer // by version that asks it, the newest first
}

// Offer is what one version let people choose from.
type Offer struct {
	Version int
	Most    int            // rank: so many choices could be named; 0 where a filter decides
	choice  map[string]int // as they stand in Asked
}

// Most is how many choices could be ranked in a version; 0 where that hangs on
// what people answered before.
func (a *Asked) Most(version int) int {
	for _, o := range a.Offers {
		if o.Version == version {
			return o.Most
		}
	}
	return 0
}

// Could is by choice how many of those who answered were offered it at all.
func (a *Asked) Could(c *Count) []int {
	could := make([]int, len(a.Choices))
	for i, o := range a.Offers {
		for _, at := range o.choice {
			could[at] += c.Given[i]
		}
	}
	return could
}

// Written is an open answer that somebody wrote, to be found again.
type Written struct {
	Response data.ID
	Row      int      // instance of a repeat, -1 outside
	Personal Personal // what in it looks as if it named somebody
}

// Count is what one kind of people said to one question.
type Count struct {
	Of       int // responses, or instances of a repeat, to which the question could be put
	Asked    int
	Answered int
	Empty    int
	Refused  int
	Given    []int          // by version, as the offers of Asked: so many answered
	Partial  int            // rank: of the answered, those that named fewer choices than they could
	Tied     int            // rank: of the answered, those with choices in one place
	Picks    []int          // by choice: how many chose or named it; a matrix by item and mark
	Points   []int          // by choice
	Values   map[string]int // numbers; days by month; calculated and hidden values
	Ranked   []int          // rank: [k-1] of the partial named k choices
	Places   [][]int        // rank: by choice and place
	Wins     []int          // rank and pairs, [i*m+j]: choice i stood before choice j
	Ties     []int          // the same where they were equal
	Voice    rank.Voice     // rank and points: the ballots added up, over IDs
	Merged   rank.Voice     // the same after problems were merged
}

// meter counts one question of one version.
type meter struct {
	q      *Question
	at     int            // in Asked
	offer  int            // among its offers
	choice map[string]int // its choices, as they stand in Asked
	mark   map[string]int
	most   int // rank: how many choices could be named; 0 where a filter decides
	inner  []meter
}

// NewTally begins to count a survey by its versions.
func NewTally(versions map[int]*Form, merges data.Merges) *Tally {
	t := &Tally{States: map[data.Tier]map[data.State]int{}, Flags: map[data.Flag]int{}, Cells: map[Cell][]Count{}, People: map[Cell]int{},
		meters: map[int][]meter{}, merges: merges}
	var numbers []int
	for version := range versions {
		numbers = append(numbers, version)
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	at := map[string]int{}
	for _, version := range numbers {
		t.meters[version] = t.measure(version, versions[version], versions[version].Questions, "", at)
	}
	t.Texts = make([][]Written, len(t.Asked))
	return t
}

// measure makes the meters of some questions of a version, and a line in Asked
// for each that is new. A name that was once of another kind is a question of
// its own.
func (t *Tally) measure(version int, f *Form, questions []Question, repeat string, at map[string]int) (meters []meter) {
	for i := range questions {
		q := &questions[i]
		if q.Kind == Group {
			meters = append(meters, t.measure(version, f, q.Questions, repeat, at)...)
			continue
		}
		if q.Kind == Note {
			continue
		}
		key := q.Name + " " + string(q.Kind)
		n, known := at[key]
		if !known {
			n = len(t.Asked)
			at[key] = n
			t.Asked = append(t.Asked, Asked{Question: q, Repeat: repeat})
		}
		m := meter{q: q, at: n}
		a := &t.Asked[n]
		a.Choices, m.choice = join(a.Choices, choicesToCount(f, q))
		a.Marks, m.mark = join(a.Marks, f.MarksOf(q))
		a.IDs = nil
		for _, c := range a.Choices {
			a.IDs = append(a.IDs, c.ID())
		}
		if m.most = len(m.choice); q.Top > 0 {
			m.most = min(m.most, q.Top)
		}
		if q.Filter != "" {
			m.most = 0
		}
		m.offer = len(a.Offers)
		a.Offers = append(a.Offers, Offer{version, m.most, m.choice})
		if q.Kind == Repeat {
			m.inner = t.measure(version, f, q.Questions, q.Name, at)
		}
		meters = append(meters, m)
	}
	return meters
}

// choicesToCount of a question: those of its list. A consent has one, which is
// yes.
func choicesToCount(f *Form, q *Question) []Choice {
	switch {
	case q.Kind == Consent:
		return []Choice{{Name: Yes}}
	case q.Kind.Chosen():
		return f.Choices(q)
	}
	return nil
}

// Yes is the answer of somebody who consents.
const Yes = "yes"

// join adds the choices that are not there yet, and tells where each stands.
func join(all, more []Choice) ([]Choice, map[string]int) {
	at := make(map[string]int, len(more))
	for _, c := range more {
		i := slices.IndexFunc(all, func(o Choice) bool { return o.Name == c.Name })
		if i < 0 {
			i = len(all)
			all = append(all, c)
		}
		at[c.Name] = i
	}
	return all, at
}

// ID of a choice: the problem it stands for, or one that its name always gives.
func (c Choice) ID() data.ID {
	if !c.Problem.Zero() {
		return c.Problem
	}
	sum := sha256.Sum256([]byte(c.Name))
	return data.ID(sum[:16])
}

// Source is the first question that puts problems in order, by its place in
// Asked; -1 where none does.
func (t *Tally) Source() int {
	return slices.IndexFunc(t.Asked, func(a Asked) bool {
		return (a.Kind == Rank || a.Kind == Points) && a.Repeat == "" && slices.ContainsFunc(a.Choices, func(c Choice) bool { return !c.Problem.Zero() })
	})
}

// Add counts a response in.
func (t *Tally) Add(r *data.Response) {
	if t.States[r.Tier] == nil {
		t.States[r.Tier] = map[data.State]int{}
	}
	t.States[r.Tier][r.State]++
	if r.State == data.StateHeld {
		for _, flag := range r.Flags {
			t.Flags[flag]++
		}
	}
	if r.State != data.StateCounted {
		return
	}
	at := Cell{r.Village, r.Sex, r.Band, r.Tier}
	counts := t.Cells[at]
	if counts == nil {
		counts = t.blank()
		t.Cells[at] = counts
	}
	t.People[at]++
	t.read(counts, t.meters[r.Version], r.ID, -1, r.Answers)
}

// blank are counts of nobody.
func (t *Tally) blank() []Count {
	counts := make([]Count, len(t.Asked))
	for i := range counts {
		counts[i].room(&t.Asked[i])
	}
	return counts
}

func (t *Tally) read(counts []Count, meters []meter, id data.ID, row int, answers data.Answers) {
	for i := range meters {
		m := &meters[i]
		c := &counts[m.at]
		c.Of++
		a, asked := answers[m.q.Name]
		if !asked {
			continue
		}
		c.Asked++
		switch a.Said {
		case data.Empty:
			c.Empty++
			continue
		case data.Refused:
			c.Refused++
			continue
		}
		c.Answered++
		c.Given[m.offer]++
		if m.q.Kind == Text || m.q.Kind == Long {
			t.Texts[m.at] = append(t.Texts[m.at], Written{id, row, PersonalIn(a.Text)})
			continue
		}
		if m.q.Kind == Repeat {
			for at, inside := range a.Rows {
				t.read(counts, m.inner, id, at, inside)
			}
		}
		c.add(m, &t.Asked[m.at], a, t.merges)
	}
}

// RanksProblems tells whether a form has a question that puts problems of the
// round in order.
func RanksProblems(f *Form) (found bool) {
	f.All(func(q, repeat *Question) bool {
		found = repeat == nil && (q.Kind == Rank || q.Kind == Points) &&
			slices.ContainsFunc(f.Choices(q), func(c Choice) bool { return !c.Problem.Zero() })
		return !found
	})
	return found
}
