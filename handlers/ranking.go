package handlers

import (
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// rankingView is the ranking of a round or of a part of it.
type rankingView struct {
	Address  string // of the page, with its cut and without what it has seen
	Version  string
	Round    data.Round
	Heading  string
	View     string // the frozen one, or the one asked for
	Rule     string
	Frozen   string
	Of       string // the part of the round that is shown; empty for all of it
	N        int
	Groups   int
	Problems int
	Filter   filterView
	Rows     []rankingRow
	Views    []viewHead
	Unnamed  []string
	Out      []outLine
	Missing  string   // how many kinds of residents nobody heard, village by village
	Left     []string // whom the view of all residents leaves out, and who stands in
	Sexes    []sideView
	Heard    chart.Figure
	Sure     sureView
	Order    []chart.Figure
	People   peopleView
	Methods  methodView
	Figures  []chart.Figure // groups beside each other
	Villages []chart.Figure
	Replay   chart.Replay
	What     whatView
	Alone    []aloneRow // first choices of a survey, and what they say of others
	Level    int        // of intervals and sets of places, of 100
	Method   []string
	Points   bool
	First    bool
	Mentions bool
	Source   sourceView
	Query    string // of the downloads
	CutQuery string // the same without the view, ready to be continued
}

// viewHead is one of the three views: its name, and why it has no order.
type viewHead struct {
	Key, Label, Reason string
	Headline           bool
}

type rankingRow struct {
	Mark     string // 1, 2=
	Title    string
	Score    string
	Bar      int // in tenths of a percent
	First    string
	Mentions string
	Named    string
	Points   string
	Places   string // that it may take: 1–3
	Words    string // the same in words
	Top3     string // how often it is among the first three of the re-draws
	Others   []viewCell
}

// viewCell is the place of a problem in another view.
type viewCell struct{ Mark, Score string }

// outLine is a group whose voice stays out of the score, and why.
type outLine struct{ Session, Group, Reason string }

// sideView is the list of women or of men.
type sideView struct {
	Label, Class string
	N            int
	Rows         []rankingRow
}

// filterView is the form that chooses a part of the round.
type filterView struct {
	Village, Sex, Band, Tag      string
	Villages, Sexes, Bands, Tags []option
	View                         string
	Source, Tier                 string
}

// asked is what the address of a ranking asks for.
type asked struct {
	view data.View
	cut  rank.Cut
	by   rank.By
}

// ask reads view and cut from the address; what does not exist is missing.
func (s *Server) ask(c *gin.Context, counted *Counted) (a asked, err error) {
	r := counted.Round
	a.view = data.View(c.DefaultQuery("view", string(r.Rule.View)))
	if !slices.Contains(counted.views(), a.view) {
		return a, data.ErrMissing
	}
	if v := c.Query("village"); v != "" {
		id, err := data.ParseID(v)
		if err != nil || !slices.ContainsFunc(counted.Villages, func(v data.Village) bool { return v.ID == id }) {
			return a, data.ErrMissing
		}
		a.cut.Village = &id
	}
	g := data.Group{Sex: data.Sex(known(c.Query("sex"))), Band: data.Band(known(c.Query("band"))), Tag: known(c.Query("tag"))}
	if !r.Scheme.Has(g) {
		return a, data.ErrMissing
	}
	if c.Query("sex") != "" {
		a.cut.Sex = &g.Sex
	}
	if c.Query("band") != "" {
		a.cut.Band = &g.Band
	}
	if c.Query("tag") != "" {
		a.cut.Tag = &g.Tag
	}
	return a, nil
}

// known turns the word for "not said" into the empty value that stands for it.
func known(word string) string {
	if word == "unknown" {
		return ""
	}
	return word
}

// cutQuery is the part of an address that says which part of the round.
func cutQuery(c *gin.Context, names ...string) string {
	q := url.Values{}
	for _, name := range names {
		if v := c.Query(name); v != "" {
			q.Set(name, v)
		}
	}
	return q.Encode()
}

func (s *Server) rankingPage(c *gin.Context, whole, counted *Counted, a asked) (rankingView, error) {
	l, r := words(c), counted.Round
	headline := counted.Ranking(a.view, a.cut)
	query := cutQuery(c, "source", "tier", "village", "sex", "band", "tag", "view", "without")
	file := cutQuery(c, "source", "tier", "village", "sex", "band", "tag", "view") // files are never of what would be if
	view := rankingView{Address: under(c, "rounds", r.ID.String(), "ranking") + "?" + query, Query: file, Version: counted.Version, Round: r,
		View: l.T("view." + string(a.view)), Rule: l.T("view." + string(r.Rule.View)), N: headline.Counted, Groups: headline.Voices,
		Of: cutLabel(l, counted, a.cut), Filter: filterOf(c, l, counted, a)}
	if cut := cutQuery(c, "source", "tier", "village", "sex", "band", "tag", "without"); cut != "" {
		view.CutQuery = cut + "&"
	}
	view.Frozen = s.frozenOn(l, r)
	for _, v := range counted.views() {
		other := counted.Ranking(v, a.cut)
		head := viewHead{Key: string(v), Label: l.T("view." + string(v)), Headline: v == a.view}
		if other.Reason != "" {
			head.Reason = l.T("ranking.reason."+other.Reason, "least", r.Rule.Smallest())
		}
		view.Views = append(view.Views, head)
	}
	study := counted.Study(a.view, a.cut)
	beside(func() { view.fill(l, counted, a, headline, study) }, // the words and the pictures take as long
		func() { view.pictures(l, counted, a, headline, study) })
	view.out(l, counted, a, headline)
	view.What = counted.asks(l, whole, a)
	view.Alone, view.Level = counted.alone(l, a.cut, headline), level(r.Rule)
	view.Method = counted.method(l, a.view, study, headline, view.Frozen)
	var err error
	view.Source, err = s.sources(c, counted)
	return view, err
}

// fill writes the rows of the main table.
func (v *rankingView) fill(l *lang.Lang, counted *Counted, a asked, headline *rank.Ranking, study *study) {
	if headline.Reason == "" {
		v.Sure = study.words(l, counted, headline)
		v.People = study.people(l, counted, a, headline)
		v.Methods = study.methods(l, counted, headline)
	}
	sure := study.sure()
	digits := chart.Digits(*headline)
	var others []map[data.ID]viewCell
	for _, other := range counted.views() {
		others = append(others, counted.cells(l, other, a.cut))
	}
	for _, p := range headline.Places {
		if p.Named == 0 && p.Score == nil && !counted.named[p.Problem] {
			v.Unnamed = append(v.Unnamed, counted.title(l, p.Problem))
			continue
		}
		row := rowOf(l, counted, p, digits, headline.N)
		row.sure(l, study, sure, p.Problem)
		for _, cells := range others {
			row.Others = append(row.Others, cells[p.Problem])
		}
		v.First = v.First || p.First != nil
		v.Mentions = v.Mentions || p.Mentions != nil
		v.Points = v.Points || p.Points != nil
		v.Rows = append(v.Rows, row)
	}
	v.Problems = len(v.Rows)
}

// rowOf is one problem with its numbers in words.
func rowOf(l *lang.Lang, counted *Counted, p rank.Place, digits, n int) rankingRow {
	row := rankingRow{Title: counted.title(l, p.Problem), Mark: chart.Mark(p), Score: "–", First: "–", Mentions: "–", Points: "–",
		Named: l.T("count.of", "k", p.Named, "n", p.Of)}
	if p.Score != nil {
		share, _ := p.Score.Float64()
		row.Score, row.Bar = l.Decimal(share*100, digits), int(share*1000+0.5)
	}
	if p.First != nil {
		first, _ := p.First.Float64()
		row.First = l.Decimal(first, 1)
	}
	if p.Mentions != nil {
		row.Mentions = votesOf(l, *p.Mentions, n)
	}
	if p.Points != nil {
		row.Points = l.Number(*p.Points)
	}
	return row
}

// sure says where a problem may stand.
func (row *rankingRow) sure(l *lang.Lang, study *study, sure chart.Sure, problem data.ID) {
	row.Places, row.Top3 = "–", "–"
	if r, ok := sure.Ranges[problem]; ok {
		row.Places, row.Words = r.String(), placeWords(l, r)
	}
	if share, ok := study.redraw.Top3[problem]; ok {
		row.Top3 = tenths(l, share)
	}
}

// sideRows is how many problems stand in the lists of women and men.
const sideRows = 7

func side(l *lang.Lang, counted *Counted, r *rank.Ranking, sex data.Sex, digits int) sideView {
	v := sideView{Label: sexName(l, sex), Class: groupClass(counted.Round.Scheme, data.Group{Sex: sex}), N: r.Counted}
	for _, p := range r.Places {
		if p.Score != nil && len(v.Rows) < sideRows {
			v.Rows = append(v.Rows, rowOf(l, counted, p, digits, r.N))
		}
	}
	return v
}
