package handlers

import (
	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// title of a problem in a language.
func (c *Counted) title(l *lang.Lang, id data.ID) string {
	t, _ := c.Problems[id].Title.In(l.Code())
	return t
}

// village is the name of a village; the zero one is the whole municipality.
func (c *Counted) village(l *lang.Lang, id data.ID) string {
	for _, v := range c.Villages {
		if v.ID == id {
			name, _ := v.Name.In(l.Code())
			return name
		}
	}
	return l.T("ranking.whole")
}

// sitting names a session by its village and date.
func (c *Counted) sitting(l *lang.Lang, id data.ID) string {
	s := c.Sessions[id]
	return c.village(l, s.Village) + ", " + l.ShortDate(s.Date.Time())
}

// cells is where problems stand in a view.
func (c *Counted) cells(l *lang.Lang, view data.View, cut rank.Cut) map[data.ID]viewCell {
	r, cells := c.Ranking(view, cut), map[data.ID]viewCell{}
	digits := chart.Digits(*r)
	for _, p := range r.Places {
		cells[p.Problem] = viewCell{"–", ""}
		if p.Score != nil {
			share, _ := p.Score.Float64()
			cells[p.Problem] = viewCell{chart.Mark(p), l.Decimal(share*100, digits)}
		}
	}
	return cells
}

func tagName(l *lang.Lang, scheme data.Scheme, key string) string {
	if t, ok := scheme.Tag(key); ok {
		name, _ := t.Name.In(l.Code())
		return name
	}
	return l.T("tag.unknown")
}

// cutLabel names the part of the round that is shown; empty for all of it.
func cutLabel(l *lang.Lang, c *Counted, cut rank.Cut) string {
	if cut == (rank.Cut{}) {
		return ""
	}
	return chart.CutName(l, cut, func(id data.ID) string { return c.village(l, id) }, func(key string) string { return tagName(l, c.Round.Scheme, key) })
}

// filterOf is the form that chooses a part, as it is set now.
func filterOf(g *gin.Context, l *lang.Lang, c *Counted, a asked) filterView {
	f := filterView{Village: g.Query("village"), Sex: g.Query("sex"), Band: g.Query("band"), Tag: g.Query("tag"), View: string(a.view), Source: g.Query("source"), Tier: g.Query("tier")}
	for _, v := range c.Villages {
		name, _ := v.Name.In(l.Code())
		f.Villages = append(f.Villages, option{Value: v.ID.String(), Label: name})
	}
	if c.Round.Scheme.Sexes {
		for _, s := range data.Sexes {
			f.Sexes = append(f.Sexes, option{Value: s.Key(), Label: sexName(l, s)})
		}
	}
	for _, b := range c.Round.Scheme.Bands {
		f.Bands = append(f.Bands, option{Value: string(b), Label: chart.BandName(l, b)})
	}
	if len(f.Bands) > 0 {
		f.Bands = append(f.Bands, option{Value: "unknown", Label: chart.BandName(l, "")})
	}
	for _, t := range c.Round.Scheme.Tags {
		name, _ := t.Name.In(l.Code())
		f.Tags = append(f.Tags, option{Value: t.Key, Label: name})
	}
	return f
}

// frozenOn is the day on which the rule of a round was frozen; empty while it is
// not.
func (s *Server) frozenOn(l *lang.Lang, r data.Round) string {
	if r.Frozen.IsZero() {
		return ""
	}
	return l.Date(r.Frozen.In(s.Zone))
}
