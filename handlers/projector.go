package handlers

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/chart"
	"ashar/templates/lang"
)

// projectorView is the result on a wall, one message a slide, as it was at one
// moment.
type projectorView struct {
	Of, Back, Version string
	Frozen            time.Time
	Slides            []chart.Slide
}

// What a slide can hold and still be read from the back of a hall.
const (
	slideBars  = 7
	slideLists = 4
	slideSteps = 5
)

// showProjector shows what may leave the staff: it is seen by the whole assembly.
func (s *Server) showProjector(c *gin.Context) error {
	r, err := s.round(c, "ranking")
	if err != nil {
		return err
	}
	counted, err := s.counted(c, home(c), r)
	if err != nil {
		return err
	}
	name, _ := municipality(c).Name.In(words(c).Code())
	view := projectorView{Of: name + " · " + r.Name, Back: under(c, "rounds", r.ID.String(), "ranking"), Version: counted.Version[:8], Frozen: s.Now()}
	view.Slides = counted.slides(words(c))
	return s.page(c, http.StatusOK, "projector", view)
}

func (c *Counted) slides(l *lang.Lang) (slides []chart.Slide) {
	open := c.public()
	headline := open.whole
	if headline.Reason != "" {
		return []chart.Slide{{Heading: l.T("chart.none"), Text: []string{l.T("ranking.reason."+headline.Reason, "least", c.Round.Rule.Smallest())}}}
	}
	titles := func(id data.ID) string { return c.title(l, id) }
	slides = append(slides, open.heardSlide(l))
	if lists := open.sexLists(l, slideLists); lists != nil {
		slides = append(slides, chart.Slide{Heading: chart.Sexes(l, titles, *headline, *open.women, *open.men, "sexes").Heading, Lists: lists})
	}
	ranked := chart.RankedSure(l, titles, *headline, open.study.sure(), "ranked")
	sure := open.study.words(l, c, headline)
	slides = append(slides, chart.Slide{Heading: ranked.Heading, Rows: chart.SlideRows(l, titles, *headline, open.study.sure(), slideBars), Note: l.T("chart.unit")})
	if open.study.leave.Spans != nil {
		slides = append(slides, chart.Slide{Heading: sure.Lead, Rows: chart.SlideRows(l, titles, *headline, open.study.sure(), slideSteps), Ladder: true, Text: lines(sure.Badge)})
	}
	if open.study.redraw.Frames != nil {
		ids, frames := open.study.frames(headline)
		replay := chart.NewReplay(l, titles, ids, frames, "replay")
		slides = append(slides, chart.Slide{Heading: replay.Heading, Replay: &replay})
	}
	return slides
}

// open is what of a round may leave the staff.
type open struct {
	*rank.Public
	counted    *Counted
	whole      *rank.Ranking // Reason is "few" where even everybody are too few
	study      *study
	women, men *rank.Ranking // nil where they are not shown apart
}

// public is what of the round may leave the staff, in the view of its rule.
func (c *Counted) public() open {
	view := c.Round.Rule.View
	o := open{Public: c.Rank.Public(), counted: c, whole: c.Ranking(view, Everybody), study: c.Study(view, Everybody)}
	if o.whole.Reason == "" && !o.Shows(Everybody) {
		o.whole = &rank.Ranking{View: view, Reason: "few"}
	}
	her, his := Everybody.BySex()
	if c.Round.Scheme.Sexes && o.Shows(her) && o.Shows(his) {
		women, men := c.Ranking(view, her), c.Ranking(view, his)
		if women.Reason == "" && men.Reason == "" {
			o.women, o.men = women, men
		}
	}
	return o
}

// heard is who was heard, without numbers of few people.
func (o *open) heard() rank.Heard { return o.Public.Heard(nil).Shown() }

func (o *open) heardSlide(l *lang.Lang) chart.Slide {
	heading, grid := chart.HeardGrid(l, o.heard(), func(key string) string { return tagName(l, o.counted.Round.Scheme, key) })
	return chart.Slide{Heading: heading, Grid: &grid}
}

// sexLists are the lists of women and men, where they may be shown.
func (o *open) sexLists(l *lang.Lang, most int) []chart.SlideList {
	if o.women == nil {
		return nil
	}
	titles := func(id data.ID) string { return o.counted.title(l, id) }
	list := func(r *rank.Ranking, sex data.Sex, group string) chart.SlideList {
		return chart.SlideList{Name: sexName(l, sex), Group: group, N: l.T("count.people", "n", r.N), Rows: chart.SlideRows(l, titles, *r, chart.Sure{}, most)}
	}
	return []chart.SlideList{list(o.women, data.Female, "women"), list(o.men, data.Male, "men")}
}
