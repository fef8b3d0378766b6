package handlers

import (
	"slices"
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/rank"
)

// targetLine is how many people of a kind were to be heard, and how many were.
type targetLine struct {
	Kind     string
	Came, Of int
	Bar      int // in tenths of a percent
	Met      bool
}

// least is the size of the smallest kind of people whose answers are shown.
func (r *reading) least() int { return r.counted.Round.Rule.Smallest() }

func (r *reading) want(cell forms.Cell) bool { return slices.Contains(r.tiers, cell.Tier) }

func (r *reading) people(in func(forms.Cell) bool) (n int) {
	for cell, people := range r.tally.People {
		if r.want(cell) && in(cell) {
			n += people
		}
	}
	return n
}

// said tells how many responses count, by tier, and how many do not, and why.
func (r *reading) said() (said string, left []string, waiting int) {
	var parts []string
	sums := map[data.State]int{}
	for _, tier := range data.Tiers {
		if n := r.tally.States[tier][data.StateCounted]; n > 0 && slices.Contains(r.tiers, tier) {
			parts = append(parts, r.l.T("survey.tier."+string(tier)+".n", "n", n))
		}
		for state, n := range r.tally.States[tier] {
			sums[state] += n
		}
	}
	for _, state := range []data.State{data.StateHeld, data.StateRemoved, data.StateWithdrawn} {
		if n := sums[state]; n > 0 {
			left = append(left, r.l.T("survey.state."+string(state)+".n", "n", n))
		}
	}
	return strings.Join(parts, ", "), left, sums[data.StateHeld]
}

// came are the people who answered, as a round to be set beside residents and to
// be weighed.
func (r *reading) came() *rank.Round {
	scheme := r.counted.Round.Scheme
	scheme.Tags = nil
	return &rank.Round{Scheme: scheme, Rule: data.DefaultRule(data.People), Population: r.counted.Rank.Population, Voices: r.tally.Came(r.survey.ID, r.want)}
}

// weights makes each answer stand for residents, where that is asked for, and
// tells how.
func (r *reading) weights(came *rank.Round) []string {
	if !r.weigh {
		return nil
	}
	weights, left := came.Weights(Everybody)
	if weights == nil {
		r.weigh = false
		return []string{r.l.T("survey.weight.none", "reason", r.l.T("ranking.reason."+left.Reason, "least", r.least()))}
	}
	each := map[forms.Cell]float64{}
	least, most := 0.0, 0.0
	for i, v := range came.Voices {
		w := weights[i] / float64(v.N)
		each[forms.Cell{Village: v.Village, Sex: v.Group.Sex, Band: v.Group.Band}] = w
		if w > 0 && (least == 0 || w < least) {
			least = w
		}
		most = max(most, w)
	}
	r.weight = func(c forms.Cell) float64 {
		c.Tier = ""
		return each[c]
	}
	notes := []string{r.l.T("survey.weight.said", "least", r.l.Decimal(least, 1), "most", r.l.Decimal(most, 1))}
	return append(notes, r.counted.residentNotes(r.l, &left)...)
}

// targets are the people who were to be heard, beside those who were.
func (r *reading) targets() (lines []targetLine) {
	for _, t := range r.survey.Targets {
		came := r.people(func(c forms.Cell) bool {
			return (t.Village.Zero() || c.Village == t.Village) && (t.Sex == "" || c.Sex == t.Sex) && (t.Band == "" || c.Band == t.Band)
		})
		var cut rank.Cut
		if !t.Village.Zero() {
			cut.Village = &t.Village
		}
		if t.Sex != "" {
			cut.Sex = &t.Sex
		}
		if t.Band != "" {
			cut.Band = &t.Band
		}
		line := targetLine{Kind: cutLabel(r.l, r.counted, cut), Came: came, Of: t.People, Met: came >= t.People}
		if line.Kind == "" {
			line.Kind = r.l.T("sex.all")
		}
		if t.People > 0 {
			line.Bar = min(1000, came*1000/t.People)
		}
		lines = append(lines, line)
	}
	return lines
}

// breakDown finds the kinds of people that somebody belongs to.
func (r *reading) breakDown() {
	add := func(name string, cut rank.Cut, in func(forms.Cell) bool) {
		if n := r.people(in); n > 0 {
			r.kinds = append(r.kinds, kindOf{r.l.T("survey.kind", "name", name, "n", r.l.Number(n)), in, cut})
		}
	}
	switch r.by {
	case "sex":
		for _, sex := range data.Sexes {
			add(sexName(r.l, sex), rank.Cut{Sex: &sex}, func(c forms.Cell) bool { return c.Sex == sex })
		}
	case "band":
		for _, band := range append(slices.Clone(r.counted.Round.Scheme.Bands), "") {
			add(bandName(r.l, band), rank.Cut{Band: &band}, func(c forms.Cell) bool { return c.Band == band })
		}
	case "village":
		for _, village := range r.counted.Villages {
			name, _ := village.Name.In(r.l.Code())
			add(name, rank.Cut{Village: &village.ID}, func(c forms.Cell) bool { return c.Village == village.ID })
		}
		none := data.ID{}
		add(r.l.T("survey.village.unsaid"), rank.Cut{Village: &none}, func(c forms.Cell) bool { return c.Village.Zero() })
	}
}

// few says why nothing of a question is shown; empty where it is.
func (a *asking) few(all *forms.Col) string {
	switch {
	case !all.Small:
		return ""
	case all.Answered < a.least():
		return a.l.T("survey.few.question", "least", a.least())
	}
	return a.l.T("survey.few.beside", "least", a.least())
}

// light lets each answer to the question count once where a weight would tell what
// few people said: beside the numbers of people, which are not weighted, the
// weighted shares tell kinds of people apart. It tells whether it had to.
func (a *asking) light() bool {
	var kind rank.Cut // any one of the break-down
	if len(a.kinds) > 0 {
		kind = a.kinds[0].cut
	}
	if a.weight == nil || a.tally.Alone(a.at, a.tiers, a.counted.Round.Rule).Shows(data.Citizens, kind) {
		return false
	}
	plain := *a.reading
	plain.weight, a.reading = nil, &plain
	return true
}
