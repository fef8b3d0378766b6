package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/cell"
	forms "ashar/data/form"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// source is a survey whose ranking question is ranked in the place of a round's
// sessions. Its voices are never added to theirs.
type source struct {
	Survey data.Survey
	Tiers  string // the word for the tiers that count
	Asked  int
	Said   int     // of those asked, so many answered
	Later  []reach // problems that not everybody could choose
	Agrees rank.Agreement
	alone  rank.Alone // what of it may be shown

	Same, Of int     // of the first few of both orders, so many are the same; Of is 0 where undefined
	Overlap  float64 // rank-biased, 0 to 1
}

// reach is how many of those who answered could choose a problem.
type reach struct {
	Problem data.ID
	N       int
}

// topCompared is how many of the first problems of two orders are compared.
const topCompared = 5

// The words for tiers in addresses that stand for several of them.
const (
	allTiers     = "all"
	trustedTiers = "trusted" // with a code, or typed in by staff
)

// tierWords in the order in which they are offered.
var tierWords = []string{allTiers, trustedTiers, string(data.TierCoded), string(data.TierPaper), string(data.TierOpen)}

// tiersOf are the tiers that a word of an address stands for; nil for a word
// that stands for none.
func tiersOf(word string) []data.Tier {
	switch word {
	case allTiers:
		return data.Tiers
	case trustedTiers:
		return []data.Tier{data.TierCoded, data.TierPaper}
	}
	if slices.Contains(data.Tiers, data.Tier(word)) {
		return []data.Tier{data.Tier(word)}
	}
	return nil
}

// usualTiers are those that are ranked unless somebody asks otherwise: where
// codes were given out, what came through the open link stands apart.
func usualTiers(survey data.Survey) string {
	if survey.Door == data.DoorBoth {
		return trustedTiers
	}
	return allTiers
}

// sourced is the round in the address, or the survey of it that the address
// names as its source.
func (s *Server) sourced(c *gin.Context, r data.Round) (*Counted, error) {
	groups, err := s.counted(c, home(c), r)
	if err != nil || c.Query("source") == "" {
		return groups, err
	}
	id, err := data.ParseID(c.Query("source"))
	if err != nil {
		return nil, err
	}
	survey, err := s.store.Survey(c, home(c), id)
	if err != nil {
		return nil, err
	}
	word := c.DefaultQuery("tier", usualTiers(survey))
	if survey.Round != r.ID || tiersOf(word) == nil {
		return nil, data.ErrMissing
	}
	var counted *Counted
	err = s.tally(c, home(c), survey, groups, func(t *surveyTally) error {
		counted, err = t.source(survey, groups, word)
		return err
	})
	return counted, err
}

// source is the survey's ranking question as a round of its own.
func (t *surveyTally) source(survey data.Survey, groups *Counted, word string) (*Counted, error) {
	if kept, ok := t.sources[word]; ok {
		return kept, nil
	}
	at := t.tally.Source()
	if at < 0 {
		return nil, data.ErrMissing
	}
	want := func(c forms.Cell) bool { return slices.Contains(tiersOf(word), c.Tier) }
	sum := t.tally.Sum(at, want)
	round := groups.Round
	round.Rule.Rho = 0 // people answered one by one, and not as a group
	alone := t.tally.Alone(at, tiersOf(word), round.Rule)
	if round.Rule.View == data.Groups || !alone.Residents {
		round.Rule.View = data.People
	}
	round.Scheme.Tags = nil
	counted := &Counted{Version: t.version + " " + word, Round: round, Problems: groups.Problems, Villages: groups.Villages, Sessions: map[data.ID]data.Session{},
		Source: &source{Survey: survey, Tiers: word, Asked: sum.Asked, Said: sum.Answered, alone: alone}}
	counted.Rank = rank.Round{Scheme: round.Scheme, Rule: round.Rule, Population: groups.Rank.Population, Problems: groups.Rank.Problems,
		Voices: t.tally.Voices(at, survey.ID, true, want)}
	counted.ready()
	asked := &t.tally.Asked[at]
	for i, n := range asked.Could(&sum) {
		if n < sum.Answered && !asked.Choices[i].Problem.Zero() {
			counted.Source.Later = append(counted.Source.Later, reach{asked.Choices[i].Problem, n})
		}
	}
	theirs, ours := groups.Ranking(groups.Round.Rule.View, Everybody), counted.Ranking(round.Rule.View, Everybody)
	counted.Source.Agrees = rank.Agree(*theirs, *ours)
	if a, b := rank.Tiers(*theirs), rank.Tiers(*ours); ours.Reason == "" {
		counted.Source.Same, counted.Source.Of, _ = rank.TopSame(a, b, topCompared)
		counted.Source.Overlap, _ = rank.Overlap(a, b, rank.Persistence)
	}
	t.sources[word] = counted
	return counted, nil
}

// views are those that a ranking can be seen in. Residents who answer one by one
// are no groups.
func (c *Counted) views() []data.View {
	if c.Source != nil {
		return []data.View{data.People, data.Citizens}
	}
	return data.Views
}

// guarded is a ranking of a survey's answers without what would show what a few
// people said. Counts are shown of everybody only.
func (c *Counted) guarded(view data.View, cut rank.Cut, r rank.Ranking) rank.Ranking {
	if c.Source == nil {
		return r
	}
	if !c.Source.alone.Shows(view, cut) {
		r.Reason, r.Out, r.Unheard = c.few(cut), nil, nil
		for i := range r.Places {
			r.Places[i] = rank.Place{Problem: r.Places[i].Problem}
		}
		return r
	}
	if cut != Everybody {
		for i := range r.Places {
			p := &r.Places[i]
			p.First, p.Mentions, p.Points = nil, nil, nil
		}
	}
	return r
}

// few is why the answers of a cut are not shown: it holds "few" people, or else
// those of a few "beside" it could be worked out.
func (c *Counted) few(cut rank.Cut) (why string) {
	n := 0
	for i := range c.Rank.Voices {
		if v := &c.Rank.Voices[i]; cut.Holds(v) {
			n += v.N
		}
	}
	if cell.Small(n, c.Round.Rule.Smallest()) {
		return "few"
	}
	return "beside"
}

// agreement says in words how much the order of the groups and that of a survey
// agree.
func agreement(l *lang.Lang, g rank.Agreement) string {
	tau := l.Decimal(g.Tau, 2)
	switch {
	case !g.Defined && g.N == 0:
		return l.T("survey.agree.none")
	case !g.Defined:
		return l.T("survey.agree.undefined", "n", g.N)
	case g.Tau >= 0.7:
		return l.T("survey.agree.much", "n", g.N, "tau", tau)
	case g.Tau >= 0.3:
		return l.T("survey.agree.some", "n", g.N, "tau", tau)
	case g.Tau > -0.3:
		return l.T("survey.agree.little", "n", g.N, "tau", tau)
	}
	return l.T("survey.agree.against", "n", g.N, "tau", tau)
}

// sourceView is what the ranking page says of where its votes come from.
type sourceView struct {
	Sources []link // the groups, and each survey with a ranking question
	Survey  bool   // it shows a survey
	Said    string // how many were asked and answered
	Tiers   []link
	Agrees  string
	First   string
	Top     string   // how many of the first are the same
	Later   []string // problems that did not stand on everybody's list
	Results string   // address of the survey's results
}

// link is an address with a name; Here is the one that is shown.
type link struct {
	Label, Address string
	Here           bool
}

// sources are the groups and those surveys of the round that put its problems in
// order.
func (s *Server) sources(c *gin.Context, counted *Counted) (v sourceView, err error) {
	l := words(c)
	surveys, err := s.store.Surveys(c, home(c), counted.Round.ID)
	if err != nil {
		return v, err
	}
	address := under(c, "rounds", counted.Round.ID.String(), "ranking")
	for _, survey := range surveys {
		if survey.Version == 0 || survey.Archived || !survey.Purged.IsZero() {
			continue
		}
		f, err := s.store.Version(c, home(c), survey.ID, survey.Version)
		if err != nil {
			return v, err
		}
		if forms.RanksProblems(&f) {
			title, _ := survey.Title.In(l.Code())
			v.Sources = append(v.Sources, link{l.T("survey.source.survey", "title", title), address + "?source=" + survey.ID.String(),
				counted.Source != nil && counted.Source.Survey.ID == survey.ID})
		}
	}
	if len(v.Sources) > 0 {
		v.Sources = append([]link{{l.T("survey.source.groups"), address, counted.Source == nil}}, v.Sources...)
	}
	if counted.Source != nil {
		v.fill(c, l, counted, address)
	}
	return v, nil
}

func (v *sourceView) fill(c *gin.Context, l *lang.Lang, counted *Counted, address string) {
	source := counted.Source
	v.Survey = true
	v.Said = l.T("survey.source.said", "asked", l.Number(source.Asked), "n", source.Said)
	v.Agrees = agreement(l, source.Agrees)
	for _, o := range source.Later {
		v.Later = append(v.Later, l.T("survey.offered", "title", counted.title(l, o.Problem), "n", l.Number(o.N), "of", l.Number(source.Said)))
	}
	switch {
	case source.Agrees.N == 0:
	case source.Agrees.First:
		v.First = l.T("survey.agree.first.same")
	default:
		v.First = l.T("survey.agree.first.differ")
	}
	if source.Of > 0 {
		v.Top = l.T("survey.agree.top", "n", source.Same, "of", source.Of, "rbo", l.Decimal(source.Overlap, 2))
	}
	v.Results = under(c, "surveys", source.Survey.ID.String(), "results")
	for _, word := range tierWords {
		v.Tiers = append(v.Tiers, link{l.T("survey.tier." + word), address + "?source=" + source.Survey.ID.String() + "&tier=" + word, word == source.Tiers})
	}
}
