package handlers

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/data/rank"
	"ashar/templates/chart"
)

// askedView is what people said to one question.
type askedView struct {
	ID       string
	Label    string
	Lang     string
	Kind     string
	Repeat   string
	States   []string
	Figure   *chart.Figure
	Tables   []chart.Table
	Notes    []string
	Few      string // why nothing of it is shown
	Hidden   bool
	Written  int
	Personal int      // of the open answers, those that look as if they named somebody
	Quotes   []string // those that may be shown
	Answers  string   // where all of them are read
}

// asking is a question being drawn.
type asking struct {
	*reading
	*forms.Asked
	at    int
	table forms.Table
	order rank.Ranking // of a question that orders
	rows  []int        // in the order in which they are shown
}

// question at a place of the tally, as it is shown; false for what nobody needs
// to see.
func (r *reading) question(at int) (v askedView, shown bool) {
	a := asking{reading: r, Asked: &r.tally.Asked[at], at: at}
	v = askedView{ID: "q-" + strconv.Itoa(at+1), Kind: r.l.T("question.kind." + string(a.Kind)), Repeat: a.Repeat}
	if v.Label, v.Lang = a.Label.In(r.l.Code()); v.Label == "" {
		v.Label = a.Name
	}
	if string(a.Kind) == r.by { // the sexes by sex would say nothing
		plain := *r
		plain.kinds, plain.by, a.reading = nil, "", &plain
	}
	eased := a.light()
	var kinds []func(forms.Cell) bool
	for _, k := range a.kinds {
		kinds = append(kinds, k.in)
	}
	a.table = r.tally.Table(at, r.tiers, kinds, r.least(), a.weight)
	all := &a.table.Cols[0]
	if !a.Kind.Shown() && all.Answered == 0 {
		return v, false
	}
	v.States = a.states(all)
	if v.Few = a.few(all); v.Few != "" || all.Answered == 0 {
		return v, true
	}
	if a.Kind == forms.Text || a.Kind == forms.Long {
		v.Written = all.Answered
		for _, written := range r.tally.Texts[at] {
			if written.Personal != 0 {
				v.Personal++
			}
		}
		return v, true
	}
	a.order = a.count()
	a.sort()
	figure := chart.Survey(r.l, a.answers(v.ID+"-figure"))
	v.Figure, v.Hidden = &figure, a.table.Hidden
	v.Tables, v.Notes = a.more(all)
	if eased {
		v.Notes = append(v.Notes, r.l.T("survey.weight.few", "least", r.least()))
	}
	v.Notes = append(v.Notes, a.later(all)...)
	return v, true
}

// later tells of choices that did not stand on every version's list: who could not
// choose one has not left it out.
func (a *asking) later(all *forms.Col) (notes []string) {
	for i, n := range a.Could(&all.Count) {
		if n < all.Answered {
			notes = append(notes, a.l.T("survey.offered", "title", a.named(a.Choices[i]), "n", a.l.Number(n), "of", a.l.Number(all.Answered)))
		}
	}
	return notes
}

// more are the tables and sentences under the figure.
func (a *asking) more(all *forms.Col) (tables []chart.Table, notes []string) {
	switch a.Kind {
	case forms.Rank:
		return []chart.Table{a.places(), a.pairs()}, []string{a.beats()}
	case forms.Pairs:
		return []chart.Table{a.pairs()}, lines(a.beats(), a.strength())
	case forms.Integer, forms.Decimal, forms.Range:
		return nil, []string{a.middle(all.Values)}
	}
	return nil, nil
}

// states tell apart how the question was left.
func (a *asking) states(c *forms.Col) []string {
	states := []string{a.l.T("survey.said.answered", "n", c.Answered, "asked", a.l.Number(c.Asked))}
	say := func(key string, n int, args ...any) {
		if n > 0 {
			states = append(states, a.l.T("survey.said."+key, append(args, "n", n)...))
		}
	}
	say("refused", c.Refused)
	say("empty", c.Empty)
	say("unasked", c.Count.Of-c.Asked)
	if a.Kind == forms.Rank {
		whole := a.Offers[0].Most
		differ := slices.ContainsFunc(a.Offers, func(o forms.Offer) bool { return o.Most != whole })
		for k, n := range c.Ranked {
			if differ {
				say("partial.some", n, "k", a.l.Number(k+1))
			} else {
				say("partial", n, "k", a.l.Number(k+1), "m", a.l.Number(whole))
			}
		}
		say("tied", c.Tied)
	}
	return states
}

// most is how many choices could be ranked.
func (a *asking) most() int {
	if a.Top > 0 {
		return min(a.Top, len(a.Choices))
	}
	return len(a.Choices)
}

// count orders the choices of everybody and of each kind of people, by their
// ballots; what is not weighed or ordered stays as it is.
func (a *asking) count() rank.Ranking {
	if a.Kind == forms.Pairs {
		a.won()
	}
	if a.Kind != forms.Rank {
		return rank.Ranking{}
	}
	round := a.came()
	round.Voices, round.Problems = a.tally.Voices(a.at, a.survey.ID, false, a.want), a.IDs
	view := data.People
	if a.weight != nil {
		view = data.Citizens
	}
	all := round.Count(view, Everybody)
	a.score(0, &all)
	for i, k := range a.kinds {
		r := round.Count(view, k.cut)
		a.score(i+1, &r)
	}
	return all
}

// score makes the score of a ranking the figure of a column.
func (a *asking) score(col int, r *rank.Ranking) {
	for row, id := range a.IDs {
		share := math.NaN()
		if p := placeOf(r, id); p.Score != nil {
			share, _ = p.Score.Float64()
		}
		a.table.Cols[col].Share[row] = share
	}
}

func placeOf(r *rank.Ranking, id data.ID) rank.Place {
	i := slices.IndexFunc(r.Places, func(p rank.Place) bool { return p.Problem == id })
	if i < 0 {
		return rank.Place{}
	}
	return r.Places[i]
}

// won makes the share of comparisons won the figure of a question in pairs. It
// is not weighted.
func (a *asking) won() {
	m := len(a.Choices)
	for i := range a.table.Cols {
		c := &a.table.Cols[i]
		for row := range m {
			won, of := 0, 0
			for other := range m {
				won += 2*c.Wins[row*m+other] + c.Ties[row*m+other]
				of += 2 * (c.Wins[row*m+other] + c.Wins[other*m+row] + c.Ties[row*m+other])
			}
			c.Share[row] = float64(won) / float64(of) // of nothing it is not a number
		}
	}
}

// sort puts choices in order of what people said; numbers, kinds of people, and
// items with their marks stay as they are.
func (a *asking) sort() {
	all := &a.table.Cols[0]
	for row := range all.N {
		a.rows = append(a.rows, row)
	}
	switch a.Kind {
	case forms.One, forms.Many, forms.Rank, forms.Points, forms.Pairs:
		slices.SortStableFunc(a.rows, func(x, y int) int { return cmp.Compare(defined(all.Share[y]), defined(all.Share[x])) })
	}
}

// defined makes what is not a number the least of all.
func defined(x float64) float64 {
	if math.IsNaN(x) {
		return -1
	}
	return x
}

// label of a row.
func (a *asking) label(row int) string {
	switch {
	case a.table.Cols[0].Values != nil:
		return a.span(a.table.Spans[row])
	case a.Kind == forms.Consent:
		return a.l.T("button.yes")
	case a.Kind == forms.Matrix:
		return a.named(a.Choices[row/len(a.Marks)]) + ": " + a.named(a.Marks[row%len(a.Marks)])
	}
	return a.named(a.Choices[row])
}

func (a *asking) named(c forms.Choice) string {
	if label, _ := c.Label.In(a.l.Code()); label != "" {
		return label
	}
	return c.Name
}

func (a *asking) span(s forms.Span) string {
	if s.From == s.To {
		_, after, _ := strings.Cut(s.Value, ".")
		if x, err := strconv.ParseFloat(s.Value, 64); err == nil {
			return a.l.Decimal(x, len(after))
		}
		if s.Value == "" {
			return a.l.T("survey.value.other")
		}
		return s.Value
	}
	places := 0
	for step := s.To - s.From; step < 1 && places < 6; step *= 10 {
		places++
	}
	return a.l.T("survey.value.span", "from", a.l.Decimal(s.From, places), "to", a.l.Decimal(s.To, places))
}

// mostQuotes is how many open answers stand on the page of results.
const mostQuotes = 12

// quotes are open answers that staff said may be shown.
func (s *Server) quotes(c *gin.Context, r *reading, at int, readings []data.Reading) (quotes []string, err error) {
	asked := &r.tally.Asked[at]
	for _, note := range readings {
		question, row := rowOfReading(note.Question)
		if !note.Public || question != asked.Name || len(quotes) == mostQuotes {
			continue
		}
		response, err := s.store.Response(c, home(c), r.survey.ID, note.Response)
		if err != nil {
			return nil, err
		}
		if response.State == data.StateCounted && slices.Contains(r.tiers, response.Tier) {
			if text := writtenIn(response.Answers, asked.Repeat, question, row); text != "" {
				quotes = append(quotes, text)
			}
		}
	}
	return quotes, nil
}
